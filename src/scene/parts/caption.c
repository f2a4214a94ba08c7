#include "scene/parts/caption.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "scene/frame/shown.h"
#include "scene/frame/two_models.h"
#include "scene/parts/provisos.h"

enum { NAMED = 16 };

struct writer {
    char *text;
    size_t size, length;
};

static void put(struct writer *writer, const char *part)
{
    const size_t length = strlen(part);
    if (writer->length + length + 2 < writer->size) {
        memcpy(writer->text + writer->length, part, length + 1);
        writer->length += length;
    }
}

/* ", ", or before the last " and ". */
static const char *joint(int i, int n)
{
    return i == 0 ? "" : i + 1 == n ? " and " : ", ";
}

/* "rollout to layer 3 and rollout to layer 5": no head has one of its own. */
static void put_layers(struct writer *writer, const struct heed_shown_maps *shown)
{
    for (int i = 0; i < shown->n; i++) {
        put(writer, joint(i, shown->n));
        put(writer, shown->items[i].heading);
    }
}

/* "heads L3H1 and L5H11 (4-2 and 6-12 counted from 1)" */
static void put_heads(struct writer *writer, const struct heed_frame *frame)
{
    const struct heed_state *state = frame->state;
    const struct heed_filter *filter = &heed_frame_get_maps(frame)->filter;
    const int n = state->n_shown < NAMED ? state->n_shown : NAMED;
    char part[64];
    if (frame->kind->all_heads && state->panel == HEED_PANEL_NONE) {
        put(writer, "all heads");
        return;
    }
    if (filter->measure == HEED_MEASURE_ROLLOUT && filter->aggregate == HEED_AGGREGATE_NONE &&
        n > 0) {
        const struct heed_shown_maps shown = heed_shown_collect(frame);
        put_layers(writer, &shown);
        return;
    }
    if (filter->aggregate != HEED_AGGREGATE_NONE) {
        put(writer, filter->aggregate == HEED_AGGREGATE_MAX ? "maximum of " : "mean of ");
    }
    put(writer, n == 0 ? "all heads" : n == 1 ? "head " : "heads ");
    for (int i = 0; i < n; i++) {
        const struct heed_head_id id = state->shown[i].id;
        snprintf(part, sizeof(part), "%sL%dH%d", joint(i, n), id.layer, id.head);
        put(writer, part);
    }
    for (int i = 0; i < n; i++) {
        const struct heed_head_id id = state->shown[i].id;
        snprintf(part, sizeof(part), "%s%d-%d", i == 0 ? " (" : joint(i, n), id.layer + 1,
                 id.head + 1);
        put(writer, part);
    }
    snprintf(part, sizeof(part), " and %d more", state->n_shown - n);
    put(writer, n > 0 ? " counted from 1)" : "");
    put(writer, state->n_shown > n ? part : "");
}

static void put_pin(struct writer *writer, const struct heed_frame *frame, const char *what,
                    struct heed_pin pin)
{
    char token[160], part[200];
    heed_pin_words(heed_pin_result(frame->result, pin), pin, token, sizeof(token));
    if (token[0] != '\0') {
        snprintf(part, sizeof(part), ", %s \xE2\x80\x9C%s\xE2\x80\x9D", what, token);
        put(writer, part);
    }
}

/* "Hidden tokens hold 0.231 of “it” in L3H1 and 0.129 in L5H11." */
static void put_hidden(struct writer *writer, const struct heed_frame *frame)
{
    const struct heed_maps *maps = heed_frame_get_maps(frame);
    const struct heed_shown_maps shown = heed_shown_collect(frame);
    const struct heed_range pinned = heed_pin_units(maps, frame->state->query);
    const struct heed_range rows =
        pinned.count > 0 ? pinned : (struct heed_range){maps->rows.first, maps->rows.count};
    char part[200], token[96] = "";
    if (maps->n == 0 || maps->n == maps->n_all || shown.n == 0 || frame->kind->all_heads) {
        return;
    }
    if (pinned.count > 0) {
        heed_units_text(maps, pinned, token, sizeof(token));
    }
    put(writer, ". Hidden tokens hold ");
    for (int i = 0; i < shown.n && i < NAMED; i++) {
        const float mass = heed_map_hidden(shown.items[i].hidden, rows);
        snprintf(part, sizeof(part), "%s%.3f%s%s%s in %s", joint(i, shown.n), (double)mass,
                 i > 0              ? ""
                 : token[0] != '\0' ? " of \xE2\x80\x9C"
                                    : " of a row on average",
                 i > 0 ? "" : token, i == 0 && token[0] != '\0' ? "\xE2\x80\x9D" : "",
                 shown.items[i].name);
        put(writer, part);
    }
}

void heed_caption(const struct heed_frame *frame, const char *name, char *text, size_t size)
{
    struct writer writer = {text, size, 0};
    struct heed_proviso provisos[HEED_MAX_PROVISOS];
    const bool has_panel = frame->state->panel != HEED_PANEL_NONE;
    text[0] = '\0';
    put(&writer, name);
    text[0] = (char)toupper((unsigned char)text[0]);
    const char *model = frame->model ? heed_model_get_name(frame->model) : frame->result->origin;
    put(&writer, model ? " of " : "");
    put(&writer, model ? model : "");
    if (heed_compares_models(frame->result)) {
        char second[HEED_MODEL_NAME_BYTES], part[HEED_MODEL_NAME_BYTES + 32];
        heed_name_side_model(frame->result, true, second, sizeof(second));
        snprintf(part, sizeof(part), " (A) and %s (B)", second);
        put(&writer, part);
    }
    put(&writer, ": ");
    if (!has_panel) {
        put_heads(&writer, frame);
    } else if (frame->state->panel == HEED_PANEL_PROBE && frame->state->probe != NULL) {
        const char *name_of_file = strrchr(frame->state->probe, '/');
        put(&writer, name_of_file != NULL ? name_of_file + 1 : frame->state->probe);
        put(&writer, ", all heads");
    } else {
        put(&writer, "all heads, each by itself");
    }
    put_pin(&writer, frame, "query", frame->state->query);
    put_pin(&writer, frame, "key", frame->state->key);
    const int n = has_panel ? 0 : heed_provisos_collect(frame, false, provisos);
    bool first = true;
    for (int i = 0; i < n; i++) {
        if (strcmp(provisos[i].text, "Nothing hidden") == 0) { /* a window's word */
            continue;
        }
        put(&writer, first ? ". " : "; ");
        if (first) {
            provisos[i].text[0] = (char)toupper((unsigned char)provisos[i].text[0]);
        }
        put(&writer, provisos[i].text);
        first = false;
    }
    if (!has_panel) {
        put_hidden(&writer, frame);
    }
    put(&writer, ".");
}
