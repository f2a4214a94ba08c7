#include "export/data.h"

#include <string.h>

#include "base/version.h"
#include "export/rows.h"
#include "scene/frame/heading.h"
#include "scene/frame/two_models.h"
#include "scene/panels/panels.h"

static void put_quoted(struct heed_buffer *out, const char *text)
{
    if (text[strcspn(text, ",\"\n\r")] == '\0') {
        heed_buffer_puts(out, text);
        return;
    }
    heed_buffer_puts(out, "\"");
    for (; *text != '\0'; text++) {
        heed_buffer_append(out, text, 1);
        heed_buffer_puts(out, *text == '"' ? "\"" : "");
    }
    heed_buffer_puts(out, "\"");
}

static void put_json_text(struct heed_buffer *out, const char *key, const char *text)
{
    heed_buffer_printf(out, ",\"%s\":", key);
    heed_buffer_put_json(out, text, strlen(text));
}

/* Enough for the float; of a written number those that stand there. */
static int digits_of(const struct heed_data_row *row)
{
    return row->kind == HEED_DATA_VALUE && row->key < 0 ? 6 : 9;
}

static const char *const kind_names[] = {"link", "number", "cell", "value"};

static void put_json_row(struct heed_buffer *out, const struct heed_data_row *row, const char *part,
                         const char *map, const struct heed_data_name names[2])
{
    heed_buffer_printf(out, "{\"kind\":\"%s\"", kind_names[row->kind]);
    put_json_text(out, "part", part);
    put_json_text(out, "map", map);
    heed_buffer_printf(out, ",\"layer\":%d,\"head\":%d,\"query\":%d",
                       row->head.layer < -1 ? -1 : row->head.layer, row->head.head,
                       names[0].position);
    put_json_text(out, "query_token", names[0].text);
    heed_buffer_printf(out, ",\"key\":%d", names[1].position);
    put_json_text(out, "key_token", names[1].text);
    heed_buffer_printf(out, ",\"value\":%.*g}", digits_of(row), (double)row->value);
}

static void put_csv_row(struct heed_buffer *out, const struct heed_data_row *row, const char *part,
                        const char *map, const struct heed_data_name names[2])
{
    heed_buffer_printf(out, "%s,%s,", kind_names[row->kind], part);
    put_quoted(out, map);
    heed_buffer_printf(out, ",%d,%d,%d,", row->head.layer < -1 ? -1 : row->head.layer,
                       row->head.head, names[0].position);
    put_quoted(out, names[0].text);
    heed_buffer_printf(out, ",%d,", names[1].position);
    put_quoted(out, names[1].text);
    heed_buffer_printf(out, ",%.*g", digits_of(row), (double)row->value);
}

/* A column more where A and B are of two models: which one made it; of a change none. */
static void put_model(struct heed_buffer *out, const struct heed_data_source *source,
                      const struct heed_data_row *row, const char *part)
{
    char name[HEED_MODEL_NAME_BYTES] = "";
    const size_t length = strlen(part);
    const char side = length > 0 && (length < 3 || strcmp(part + length - 3, "B-A") != 0)
                          ? part[length - 1]
                          : '\0';
    if (!heed_compares_models(source->result)) {
        return;
    }
    if (row->part != HEED_DATA_PART_LAYERS && (side == 'A' || side == 'B')) {
        heed_name_side_model(source->result, side == 'B', name, sizeof name);
    }
    heed_buffer_puts(out, ",");
    put_quoted(out, name);
}

static void put_row(const struct heed_data_source *source, const struct heed_data_row *row,
                    bool as_json, struct heed_buffer *out)
{
    char map[HEED_HEADING_BYTES];
    struct heed_data_name names[2];
    heed_data_map_name(source, row, map, sizeof map);
    heed_data_find_name(source, row, true, &names[0]);
    heed_data_find_name(source, row, false, &names[1]);
    const char *part = heed_data_part_name(source, row);
    (as_json ? put_json_row : put_csv_row)(out, row, part, map, names);
    if (!as_json) {
        put_model(out, source, row, part);
        heed_buffer_puts(out, "\n");
    }
}

static void put_all(const struct heed_data_rows *rows, bool as_json, struct heed_buffer *out)
{
    const struct heed_data_source *source = rows->source;
    if (as_json) {
        heed_buffer_printf(out, "{\"heed\":\"%s\"", heed_version);
        put_json_text(out, "model", source->model ? source->model : "");
        if (heed_compares_models(source->result)) {
            char second[HEED_MODEL_NAME_BYTES];
            heed_name_side_model(source->result, true, second, sizeof second);
            put_json_text(out, "compare_model", second);
        }
        put_json_text(out, "caption", source->caption);
        heed_buffer_puts(out, ",\"rows\":[");
    } else {
        heed_buffer_printf(out,
                           "kind,part,map,layer,head,query,query_token,key,key_token,value%s\n",
                           heed_compares_models(source->result) ? ",model" : "");
    }
    for (size_t i = 0; i < rows->n; i++) {
        heed_buffer_puts(out, !as_json ? "" : i > 0 ? ",\n" : "\n");
        put_row(source, &rows->items[i], as_json, out);
    }
    heed_buffer_puts(out, as_json ? "]}\n" : "");
}

/* A panel's numbers are those that its command prints: of all heads. */
static bool write_panel(const struct heed_data_source *source, bool as_json,
                        struct heed_buffer *out, struct heed_error *err)
{
    const struct heed_frame frame = {.state = source->state,
                                     .panel = heed_panel_get_kind(source->state->panel),
                                     .result = source->result,
                                     .tasks = source->tasks};
    return heed_panel_put_table(out, &frame, as_json, err);
}

bool heed_data_write(const struct heed_data_source *source, bool as_json, struct heed_buffer *out,
                     struct heed_error *err)
{
    struct heed_data_rows rows;
    if (source->state->panel != HEED_PANEL_NONE) {
        return write_panel(source, as_json, out, err);
    }
    const bool ok = heed_data_collect(&rows, source, err);
    if (ok) {
        put_all(&rows, as_json, out);
    }
    heed_data_finish(&rows);
    return ok && (!out->failed || heed_error_set(err, HEED_ERROR_MEMORY,
                                                 "no memory left for the picture's numbers"));
}
