#include "scene/parts/head_values.h"

#include <math.h>
#include <stddef.h>
#include <string.h>

#include "core/engine/probe_task.h"
#include "scene/frame/kind.h"
#include "scene/frame/panel_kind.h"
#include "scene/frame/shown.h"
#include "scene/frame/tasks.h"
#include "scene/parts/candidate_words.h"

static float measure_value(const struct heed_head_measures *measures, enum heed_color_by color_by)
{
#define MEMBER(upper, word, name, member, decimals)                                                \
    [HEED_COLOR_BY_##upper] = offsetof(struct heed_head_measures, member),
    static const size_t members[HEED_N_COLOR_BY] = {HEED_EACH_COLOR_BY(MEMBER)};
    float value = 0;
    memcpy(&value, (const char *)measures + members[color_by], sizeof(value));
    return value;
}

static bool is_probed(enum heed_color_by color_by)
{
    return color_by == HEED_COLOR_BY_PROBE_ACCURACY || color_by == HEED_COLOR_BY_PROBE_MARGIN;
}

unsigned heed_color_by_needs(enum heed_color_by color_by)
{
    switch (color_by) {
    case HEED_COLOR_BY_DISTANCE:
    case HEED_COLOR_BY_TO_SELF:
    case HEED_COLOR_BY_TO_PREVIOUS:
    case HEED_COLOR_BY_TO_NEXT:
        return HEED_LACKS_ONE_AXIS;
    case HEED_COLOR_BY_TO_CLS:
    case HEED_COLOR_BY_TO_SEP:
        return HEED_LACKS_SPECIAL;
    case HEED_COLOR_BY_PROBE_ACCURACY:
    case HEED_COLOR_BY_PROBE_MARGIN:
        return HEED_LACKS_MODEL;
    default:
        return 0;
    }
}

/* A margin of nothing, or of no probe, is as the link; beside maps numbers are the link's. */
static enum heed_color_by chosen(const struct heed_frame *frame)
{
    struct heed_margin_request request;
    const enum heed_color_by color_by =
        frame->state->color_by == HEED_COLOR_BY_MAPS ? HEED_COLOR_BY_LINK : frame->state->color_by;
    const bool lacks = color_by == HEED_COLOR_BY_MARGIN
                           ? !heed_candidates_have_margin(frame, &request)
                           : is_probed(color_by) && !heed_probe_fits(frame);
    if (is_probed(color_by) && heed_tasks_get_related(frame->tasks) != NULL) {
        return lacks ? HEED_COLOR_BY_LINK : HEED_COLOR_BY_PROBE_ACCURACY; /* it has no margin */
    }
    const unsigned absent = frame->result != NULL ? frame->result->lacks : 0;
    return lacks || (heed_color_by_needs(color_by) & absent) != 0 ? HEED_COLOR_BY_LINK : color_by;
}

static bool has_room_for_maps(const struct heed_frame *frame)
{
    enum { MOST_HEADS = 24 /* in a layer, that something is seen of each */ };
    const struct heed_maps *maps = heed_frame_get_maps(frame);
    struct heed_panel_map map;
    return maps != NULL && maps->n > 0 && maps->n_heads <= MOST_HEADS &&
           !heed_panel_get_map(frame, &map);
}

/* In Compare the link's colours, and the margin's, are of its change. */
bool heed_head_map_shows_change(const struct heed_frame *frame)
{
    const enum heed_color_by by = chosen(frame);
    if (frame->state->color_by == HEED_COLOR_BY_MAPS && has_room_for_maps(frame)) {
        return false; /* maps are A's */
    }
    return frame->kind->fill_changes != NULL && heed_frame_get_comparison(frame) != NULL &&
           (by == HEED_COLOR_BY_LINK || by == HEED_COLOR_BY_MARGIN);
}

/* The changes of all heads. */
static void fill_changes(const struct heed_frame *frame, float *values, float *high)
{
    const struct heed_maps *maps = heed_frame_get_maps(frame);
    float largest = 0;
    frame->kind->fill_changes(frame, values);
    for (int i = 0; i < maps->n_layers * maps->n_heads; i++) {
        largest = fmaxf(largest, fabsf(values[i])); /* NAN, where B lacks the head, is passed */
    }
    *high = largest > 0 ? largest : 1;
}

/* True if the values lie on both sides of 0. */
bool heed_head_map_is_signed(const struct heed_frame *frame)
{
    struct heed_panel_map map;
    if (heed_panel_get_map(frame, &map)) {
        return map.is_signed;
    }
    if (!heed_head_map_shows_change(frame)) {
        return chosen(frame) == HEED_COLOR_BY_MARGIN ||
               (is_probed(chosen(frame)) && heed_tasks_get_related(frame->tasks) == NULL);
    }
    return frame->kind->changes_are_signed(frame);
}

enum heed_color_by heed_head_map_color_by(const struct heed_frame *frame)
{
    const enum heed_color_by color_by = chosen(frame);
    const struct heed_maps *maps = heed_frame_get_maps(frame);
    if (color_by == HEED_COLOR_BY_LINK && heed_pin_units(maps, frame->state->query).count == 0) {
        return HEED_COLOR_BY_ENTROPY;
    }
    return color_by;
}

/* Rows of a map, [range.count, n], read into room without the others where they aren't kept. */
static const float *rows_of(const struct heed_maps *maps, int map, struct heed_range range,
                            float *room)
{
    const size_t n = (size_t)maps->n;
    if (maps->store == NULL) {
        return heed_maps_head(maps, map) + (size_t)range.first * n;
    }
    for (int i = 0; i < range.count; i++) {
        (void)heed_maps_read_row(maps, map, range.first + i, room + (size_t)i * n);
    }
    return room;
}

static float link_value(const struct heed_maps *maps, int map, struct heed_range query,
                        struct heed_range key, float *room)
{
    const struct heed_range own = {0, query.count};
    if (maps->store != NULL && room == NULL) {
        return 0;
    }
    const float *rows = rows_of(maps, map, query, room);
    if (key.count > 0) {
        return heed_map_weight(rows, maps->n, own, key);
    }
    struct heed_ranked top = {0};
    float rest = 0;
    heed_map_top(rows, maps->n, own, false, &top, 1, &rest);
    return top.value;
}

/* The margins by place; the largest |margin| in *high. */
static void fill_margins(const struct heed_frame *frame, float *values, float *high)
{
    struct heed_margin_request request;
    float largest = 0;
    heed_candidates_find(frame, &request);
    const int n = request.maps->n_layers * request.maps->n_heads;
    struct heed_margin_head *heads =
        heed_arena_alloc(&frame->list->arena, (size_t)n * sizeof(*heads));
    if (heads == NULL) {
        frame->list->failed = true;
        memset(values, 0, (size_t)n * sizeof(*values));
        return;
    }
    heed_margin_heads(heads, &request, HEED_MARGIN_BY_PLACE);
    for (int i = 0; i < n; i++) {
        values[i] = heads[i].margin;
        largest = fmaxf(largest, fabsf(values[i]));
    }
    *high = largest > 0 ? largest : 1;
}

/* What the middle of a signed palette stands for. */
float heed_head_map_middle(const struct heed_frame *frame)
{
    struct heed_panel_map map;
    return !heed_panel_get_map(frame, &map) && chosen(frame) == HEED_COLOR_BY_PROBE_ACCURACY
               ? (float)heed_frame_get_probe(frame)->baselines.uniform
               : 0;
}

float heed_head_map_low(const struct heed_frame *frame, float high)
{
    return heed_head_map_is_signed(frame) ? 2 * heed_head_map_middle(frame) - high : 0;
}

/* Accuracies on one relation, from 0 on. */
static void fill_related(const struct heed_frame *frame, float *values, float *high)
{
    const struct heed_probe_run *run = heed_frame_get_probe(frame);
    const size_t n = (size_t)run->n_columns;
    double *accuracies = heed_arena_zeroed(&frame->list->arena, n, sizeof *accuracies);
    float largest = 0;
    if (accuracies == NULL) {
        frame->list->failed = true;
        memset(values, 0, (size_t)(run->n_layers * run->n_heads) * sizeof(*values));
        return;
    }
    heed_probe_run_relate(run, heed_tasks_get_related(frame->tasks), accuracies);
    for (int h = 0; h < run->n_layers * run->n_heads; h++) {
        values[h] = (float)accuracies[h];
        largest = fmaxf(largest, values[h]);
    }
    *high = largest > 0 ? largest : 1;
}

/* Accuracies about a guess, or margins about 0. */
static void fill_probed(const struct heed_frame *frame, enum heed_color_by color_by, float *values,
                        float *high)
{
    const struct heed_probe_run *run = heed_frame_get_probe(frame);
    const float middle = heed_head_map_middle(frame);
    float largest = 0;
    for (int h = 0; h < run->n_layers * run->n_heads; h++) {
        const struct heed_probed_head *head = &run->heads[h];
        const float value =
            (float)(color_by == HEED_COLOR_BY_PROBE_ACCURACY ? head->accuracy : head->margin);
        values[head->layer * run->n_heads + head->head] = value;
        largest = fmaxf(largest, fabsf(value - middle));
    }
    *high = middle + (largest > 0 ? largest : 1);
}

const float *heed_head_map_values(const struct heed_frame *frame, float *high)
{
    const struct heed_maps *maps = heed_frame_get_maps(frame);
    *high = 1;
    if (maps == NULL) {
        return NULL;
    }
    struct heed_panel_map map;
    if (heed_panel_get_map(frame, &map)) {
        *high = map.high;
        return map.values;
    }
    const int heads = maps->n_layers * maps->n_heads;
    float *values = heed_arena_alloc(&frame->list->arena, (size_t)heads * sizeof(*values));
    if (values == NULL) {
        frame->list->failed = true;
        return NULL;
    }
    if (heed_head_map_shows_change(frame)) {
        fill_changes(frame, values, high);
        return values;
    }
    const enum heed_color_by color_by = heed_head_map_color_by(frame);
    if (color_by == HEED_COLOR_BY_MARGIN) {
        fill_margins(frame, values, high);
        return values;
    }
    if (is_probed(color_by) && heed_tasks_get_related(frame->tasks) != NULL) {
        fill_related(frame, values, high);
        return values;
    }
    if (is_probed(color_by)) {
        fill_probed(frame, color_by, values, high);
        return values;
    }
    const struct heed_range query = heed_pin_units(maps, frame->state->query);
    const struct heed_range key = heed_pin_units(maps, frame->state->key);
    float *room = NULL;
    if (maps->store != NULL && color_by == HEED_COLOR_BY_LINK) {
        room = heed_arena_alloc(&frame->list->arena,
                                ((size_t)query.count * (size_t)maps->n + 1) * sizeof(*room));
    }
    float largest = 0;
    for (int i = 0; i < heads; i++) {
        const struct heed_head_measures *measures = heed_maps_measures_of(maps, i);
        values[i] = color_by == HEED_COLOR_BY_LINK ? link_value(maps, i, query, key, room)
                    : measures != NULL             ? measure_value(measures, color_by)
                                                   : NAN;
        largest = fmaxf(largest, values[i]);
    }
    if (color_by != HEED_COLOR_BY_ENTROPY) {
        *high = largest > 0 ? largest : 1;
    }
    return values;
}

bool heed_head_map_shows_maps(const struct heed_frame *frame)
{
    const struct heed_maps *maps = heed_frame_get_maps(frame);
    const struct heed_state *state = frame->state;
    if (!has_room_for_maps(frame) || state->color_by == HEED_COLOR_BY_MAPS) {
        return has_room_for_maps(frame);
    }
    return state->color_by == HEED_COLOR_BY_LINK && heed_maps_have_sides(maps) &&
           heed_pin_units(maps, state->query).count == 0 && !heed_head_map_shows_change(frame);
}

float heed_head_map_value(const struct heed_frame *frame, struct heed_head_id id, float *high)
{
    const struct heed_maps *maps = heed_frame_get_maps(frame);
    const float *values = heed_head_map_values(frame, high);
    if (values == NULL || id.layer < 0 || id.layer >= maps->n_layers || id.head < 0 ||
        id.head >= maps->n_heads) {
        return 0;
    }
    return values[id.layer * maps->n_heads + id.head];
}
