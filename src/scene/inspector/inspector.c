#include "scene/inspector/inspector.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "scene/inspector/off.h"
#include "scene/inspector/outputs.h"
#include "scene/parts/candidate_words.h"
#include "scene/parts/patches.h"
#include "scene/widgets/icons.h"
#include "scene/widgets/label.h"

enum { BOX_LINES = 20 };

/* A token as a chip; returns its width. */
static float unit_chip(const struct heed_column *column, float x, float cy,
                       const struct heed_unit *unit, bool is_key, float room)
{
    const struct heed_skin *skin = column->skin;
    const struct heed_theme *theme = skin->theme;
    const float s = column->s;
    const struct heed_text_style style = heed_widget_style(skin, 18, 600);
    const float width = fminf(heed_token_width(skin, style, unit), room - 16 * s);
    struct heed_item_rect chip = {
        .rect = {x, roundf(cy - 15 * s), width + 16 * s, 30 * s},
        .radius = 6 * s,
        .fill = is_key ? theme->raised : theme->ink,
    };
    if (is_key) {
        chip.stroke = (struct heed_stroke){.width = 1.5F * s, .color = theme->ink};
    }
    heed_list_rect(skin->list, chip);
    heed_token_draw(skin, x + 8 * s, cy, style, HEED_ANCHOR_START,
                    is_key ? theme->text : theme->on_ink, unit, width);
    return chip.rect.w;
}

struct heed_unit heed_inspector_unit(const struct heed_maps *maps, struct heed_range range,
                                     char *text, size_t size)
{
    struct heed_unit unit = maps->units[range.first];
    if (range.count > 1) {
        heed_units_text(maps, range, text, size);
        unit.label = text;
    }
    return unit;
}

void heed_inspector_close_header(struct heed_column *column)
{
    column->y += 55 * column->s;
    heed_column_separator(column);
    heed_off_inspect(column);
    heed_outputs_inspect(column);
}

float heed_inspector_header_room(struct heed_column *column, float cy)
{
    const float s = column->s;
    const float end = column->x + column->width;
    if (column->is_drawer) {
        const struct heed_rect rect = {end - 24 * s, roundf(cy - 14 * s), 28 * s, 28 * s};
        heed_widget_icon_button(column->skin, rect, HEED_ICON_CLOSE, false,
                                heed_command_target(HEED_COMMAND_INSPECTOR, 0));
        return end - 30 * s;
    }
    if (column->frame->state->query.count > 0) {
        return end -
               heed_widget_right(column->skin, end, cy, 13, 400, column->skin->theme->muted,
                                 "Esc unpins", 0) -
               8 * s;
    }
    return end;
}

void heed_inspector_token_header(struct heed_column *column, const struct heed_unit *unit,
                                 bool is_key, const char *note)
{
    const float s = column->s, cy = column->y + 28 * s;
    const float end = heed_inspector_header_room(column, cy);
    const float room =
        heed_widget_width(column->skin, heed_widget_style(column->skin, 15, 400), note) + 12 * s;
    float x = column->x;
    x += unit_chip(column, x, cy, unit, is_key, fmaxf(end - x - room, 48 * s)) + 12 * s;
    heed_widget_left(column->skin, x, cy, 15, 400, column->skin->theme->text, note,
                     fmaxf(end - x, 1));
    heed_inspector_close_header(column);
}

void heed_inspector_pair_header(struct heed_column *column, const struct heed_unit *query,
                                const struct heed_unit *key)
{
    const float s = column->s, cy = column->y + 28 * s;
    const float end = heed_inspector_header_room(column, cy);
    const float room = (end - column->x - 32 * s) / 2;
    float x = column->x;
    x += unit_chip(column, x, cy, query, false, room) + 8 * s;
    heed_widget_icon(column->skin, HEED_ICON_CHEVRON_RIGHT, x + 8 * s, cy,
                     column->skin->theme->text);
    unit_chip(column, x + 24 * s, cy, key, true, room);
    heed_inspector_close_header(column);
}

void heed_inspector_unpinned(struct heed_column *column, const char *title, const char *how)
{
    const float s = column->s, cy = column->y + 28 * s;
    const float end = heed_inspector_header_room(column, cy);
    heed_widget_left(column->skin, column->x, cy, 15, 600, column->skin->theme->text, title,
                     end - column->x);
    heed_inspector_close_header(column);
    column->y += 16 * s;
    heed_column_hint(column, how);
}

int heed_inspector_top(const float *values, int n, bool by_magnitude, int *top, int n_top)
{
    int count = 0;
    for (int i = 0; i < n; i++) {
        int at = count;
        while (at > 0 && (by_magnitude ? fabsf(values[top[at - 1]]) < fabsf(values[i])
                                       : values[top[at - 1]] < values[i])) {
            at--;
        }
        if (at >= n_top) {
            continue;
        }
        const int moved = (count < n_top ? count : n_top - 1) - at;
        memmove(&top[at + 1], &top[at], (size_t)moved * sizeof(*top));
        top[at] = i;
        count += count < n_top;
    }
    return count;
}

/* One line of a ranking: token, bar, number. */
static void ranked_row(struct heed_column *column, const struct heed_unit *unit, float value,
                       struct heed_color color, bool strongest)
{
    const struct heed_skin *skin = column->skin;
    const float s = column->s, cy = column->y + 13 * s;
    if (heed_column_sees(column, 26 * s)) {
        const struct heed_text_style style = heed_widget_style(skin, 15, strongest ? 500 : 400);
        const float bar_x = column->x + 92 * s;
        const float bar_w = column->width - 92 * s - 52 * s;
        const struct heed_rect patch = {roundf(column->x), roundf(cy - 11 * s), 22 * s, 22 * s};
        const bool is_patch =
            unit->count == 1 && heed_patch_draw(column->frame, unit->first, patch);
        const float shift = is_patch ? 28 * s : 0; /* before its name */
        const float width = heed_token_draw(skin, column->x + shift, cy, style, HEED_ANCHOR_START,
                                            skin->theme->text, unit, 84 * s - shift);
        heed_candidate_draw(skin, column->frame->state, unit,
                            (struct heed_candidate_label){column->x + shift, cy, width, style.size,
                                                          skin->theme->text});
        heed_widget_bar(skin, (struct heed_rect){bar_x, roundf(cy - 6 * s), bar_w, 12 * s},
                        bar_w * fminf(fmaxf(value, 0), 1), color);
        heed_widget_number(skin, column->x + column->width, cy, 15, strongest ? 500 : 400,
                           skin->theme->text, (double)value, 3);
    }
    column->y += 26 * s;
}

void heed_inspector_others(struct heed_column *column, int n, const char *what, const char *number)
{
    const struct heed_skin *skin = column->skin;
    const float s = column->s, cy = column->y + 13 * s;
    char text[64];
    if (n <= 0) {
        return;
    }
    snprintf(text, sizeof(text), "%d other%s%s", n, n == 1 ? "" : "s", what);
    heed_widget_left(skin, column->x, cy, 14, 400, skin->theme->muted, text, 0);
    heed_widget_right(skin, column->x + column->width, cy, 15, 400, skin->theme->muted, number, 0);
    column->y += 26 * s;
}

/* The largest of a row, or of the rows that attend to a key. Those that are
 * nothing to three decimals go to the others. */
void heed_inspector_ranking(struct heed_column *column, const struct heed_shown_map *map,
                            struct heed_range range, bool by_query, int n_top)
{
    const struct heed_maps *maps = heed_frame_get_maps(column->frame);
    struct heed_ranked top[HEED_INSPECTOR_LIST];
    float rest = 0;
    int n = heed_map_top(map->weights, maps->n, range, by_query, top, n_top, &rest);
    while (n > 1 && top[n - 1].value < 0.0005F) {
        rest += top[--n].value;
    }
    for (int i = 0; i < n; i++) {
        ranked_row(column, &maps->units[top[i].index], top[i].value, map->color, i == 0);
    }
    const int others = (by_query ? maps->rows.count : maps->columns.count) - n;
    char number[32];
    heed_format_number(number, sizeof(number),
                       (double)(by_query && others > 0 ? rest / (float)others : rest), 3);
    heed_inspector_others(column, others, by_query ? ", mean" : "", number);
}

const struct heed_measure_row heed_inspector_measures[HEED_INSPECTOR_MEASURES] = {
    {"Entropy / log n", offsetof(struct heed_head_measures, entropy), 2},
    {"Mean distance", offsetof(struct heed_head_measures, distance), 1, HEED_LACKS_ONE_AXIS},
    {"Confidence", offsetof(struct heed_head_measures, confidence), 2},
    {"To previous", offsetof(struct heed_head_measures, to_previous), 2, HEED_LACKS_ONE_AXIS},
    {"To [CLS]", offsetof(struct heed_head_measures, to_cls), 2, HEED_LACKS_SPECIAL},
    {"To [SEP]", offsetof(struct heed_head_measures, to_sep), 2, HEED_LACKS_SPECIAL},
};

float heed_inspector_measure(const struct heed_maps *maps, struct heed_head_id id,
                             const struct heed_measure_row *row)
{
    const char *measures =
        (const char *)heed_maps_measures_of(maps, id.layer * maps->n_heads + id.head);
    float value = 0;
    memcpy(&value, measures + row->offset, sizeof(value));
    return value;
}

/* What else there is to look at: only what the file allows. */
static const char *advice(const struct heed_frame *frame, bool rollout_too)
{
    const unsigned lacks = frame->result->lacks;
    const bool values = (lacks & HEED_LACKS_VALUE_NORMS) == 0;
    const bool rollout = rollout_too && (lacks & HEED_LACKS_ONE_AXIS) == 0;
    return values && rollout ? " Compare Weight \xC3\x97 |value| and Rollout."
           : values          ? " Compare Weight \xC3\x97 |value|."
           : rollout         ? " Compare Rollout."
                             : "";
}

/* What can truly be said with what is on screen. */
static void note_text(const struct heed_frame *frame, const struct heed_shown_map *head, char *text,
                      size_t size)
{
    const struct heed_maps *maps = heed_frame_get_maps(frame);
    const enum heed_measure measure = maps->filter.measure;
    const struct heed_head_measures *measures =
        head->id.layer >= 0
            ? heed_maps_measures_of(maps, head->id.layer * maps->n_heads + head->id.head)
            : NULL;
    if (measure == HEED_MEASURE_VALUE_NORM) {
        snprintf(text, size,
                 "Each weight is scaled by the length of the vector that it carries, as a share of "
                 "its row. It still doesn\xE2\x80\x99t show what the output depends on.");
    } else if (measure == HEED_MEASURE_ROLLOUT) {
        snprintf(text, size,
                 "Rollout multiplies the layers\xE2\x80\x99 mean weights and the residual path; it "
                 "leaves out values and feed-forward layers.");
    } else if (measures != NULL) {
        const float special = measures->to_cls + measures->to_sep;
        if (special >= 0.05F) {
            snprintf(text, size,
                     "%s gives %.2f of its weight to special tokens on this text, whatever they "
                     "carry.%s",
                     head->name, (double)special, advice(frame, false));
        } else {
            snprintf(text, size, "A large weight on a short value moves little.%s",
                     advice(frame, true));
        }
    } else {
        snprintf(text, size,
                 "A mean hides which head gives the weight. Compare the heads one by one.%s",
                 advice(frame, false));
    }
}

void heed_inspector_box(struct heed_column *column, const char *title, const char *text)
{
    const struct heed_skin *skin = column->skin;
    const struct heed_theme *theme = skin->theme;
    const float s = column->s, pad = 12 * s, line = 18 * s;
    const struct heed_text_style style = heed_widget_style(skin, 13, 400);
    const float room = column->width - 2 * pad;
    const int lines = heed_text_lines(skin, style, text, room, BOX_LINES);
    const struct heed_rect note = {column->x, roundf(column->y), column->width,
                                   38 * s + (float)lines * line};
    heed_widget_note(skin, note);
    heed_widget_left(skin, note.x + pad, note.y + 19 * s, 14, 600, theme->text, title, room);
    heed_text_wrapped(skin, note.x + pad, note.y + 40 * s, line, style, theme->muted, text, room,
                      BOX_LINES);
    column->y += note.h + 16 * s;
}

void heed_inspector_note(struct heed_column *column, const struct heed_shown_map *head)
{
    const bool weight = heed_frame_get_maps(column->frame)->filter.measure == HEED_MEASURE_WEIGHT;
    char text[480];
    note_text(column->frame, head, text, sizeof(text));
    heed_inspector_box(
        column, weight ? "Weight isn\xE2\x80\x99t explanation" : "Not an explanation either", text);
}
