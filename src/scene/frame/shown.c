#include "scene/frame/shown.h"

#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "core/analysis/rank.h"

const struct heed_maps *heed_frame_get_maps(const struct heed_frame *frame)
{
    if (frame->result == NULL || !frame->result->ok) {
        return NULL;
    }
    return frame->result->maps;
}

struct heed_color heed_frame_head_color(const struct heed_frame *frame, struct heed_head_id id,
                                        struct heed_color otherwise)
{
    int index = 0;
    return heed_state_shows(frame->state, id, &index)
               ? frame->theme->heads[frame->state->shown[index].color % HEED_N_HEAD_COLORS]
               : otherwise;
}

struct heed_skin heed_frame_get_skin(const struct heed_frame *frame)
{
    return (struct heed_skin){
        .list = frame->list,
        .theme = frame->theme,
        .metrics = frame->metrics,
        .scale = frame->scale,
        .hairline = frame->hairline,
        .projected = heed_frame_is_projected(frame),
        .printed = frame->is_export,
        .focus = frame->focus,
        .hot = frame->hot,
    };
}

void heed_frame_fit_skin(const struct heed_frame *frame, struct heed_skin *skin, float base)
{
    if (frame->is_export) {
        skin->scale = frame->scale * base / HEED_EXPORT_TYPE;
        skin->type = HEED_EXPORT_TYPE;
    }
}

struct heed_skin heed_frame_get_view_skin(const struct heed_frame *frame, float base)
{
    struct heed_skin skin = heed_frame_get_skin(frame);
    heed_frame_fit_skin(frame, &skin, base);
    return skin;
}

int32_t heed_head_argument(struct heed_head_id id)
{
    return ((int32_t)id.layer << 16 | (int32_t)id.head) + 1;
}

void heed_head_name(struct heed_head_id id, char *text, size_t size)
{
    snprintf(text, size, "L%dH%d", id.layer, id.head);
}

void heed_pin_words(const struct heed_result *result, struct heed_pin pin, char *text, size_t size)
{
    text[0] = '\0';
    if (result == NULL || pin.count <= 0 || pin.first < 0 ||
        pin.first + pin.count > result->encoding->n_tokens) {
        return;
    }
    const struct heed_encoding *encoding = result->encoding;
    if (encoding->tokens[pin.first].is_template) {
        const int unit = heed_maps_find_unit(result->maps, pin.first);
        const char *name = unit >= 0 ? result->maps->units[unit].label : NULL;
        if (name == NULL && encoding->labels != NULL) {
            name = encoding->labels[pin.first];
        }
        if (name != NULL) {
            snprintf(text, size, "%s", name);
        } else {
            heed_template_name(result->maps, pin.first == 0, text, size);
        }
        return;
    }
    if (pin.count == 1 && encoding->tokens[pin.first].blank) { /* its place is the next one's */
        snprintf(text, size, "%s", HEED_BLANK_LABEL);
        return;
    }
    size_t length = 0;
    const char *covered = heed_encoding_get_text(encoding, pin.first, pin.count, &length);
    heed_utf8_cut(text, size, covered, length);
}

static void name_map(const struct heed_state *state, const struct heed_filter *filter,
                     struct heed_shown_map *map)
{
    heed_heading_short(state, filter, map->id, map->name, sizeof(map->name));
    heed_heading(state, filter, map->id, map->heading, sizeof(map->heading));
}

bool heed_shown_head(const struct heed_frame *frame, const struct heed_shown_head *shown,
                     struct heed_shown_map *map)
{
    const struct heed_maps *maps = heed_frame_get_maps(frame);
    if (shown->id.layer < 0 || shown->id.layer >= maps->n_layers || shown->id.head < 0 ||
        shown->id.head >= maps->n_heads) {
        return false;
    }
    map->id = shown->id;
    map->color = frame->theme->heads[shown->color % HEED_N_HEAD_COLORS];
    map->dashed = shown->color >= HEED_N_HEAD_COLORS;
    map->dash = heed_theme_dash(frame->theme, shown->color);
    name_map(frame->state, &maps->filter, map);
    return true;
}

static bool map_of_head(const struct heed_frame *frame, const struct heed_maps *maps,
                        const struct heed_shown_head *shown, struct heed_shown_map *map)
{
    if (!heed_shown_head(frame, shown, map)) {
        return false;
    }
    const int head = shown->id.layer * maps->n_heads + shown->id.head;
    map->weights = heed_maps_head(maps, head);
    map->hidden = maps->hidden + (size_t)head * (size_t)maps->n;
    return true;
}

static struct heed_shown_map map_of_aggregate(const struct heed_frame *frame,
                                              const struct heed_maps *maps)
{
    struct heed_shown_map map = {
        .weights = maps->aggregate,
        .hidden = maps->aggregate_hidden,
        .id = {-1, -1},
        .color = frame->theme->heads[0],
    };
    name_map(frame->state, &maps->filter, &map);
    return map;
}

static bool is_among(const struct heed_shown_maps *shown, const struct heed_filter *filter,
                     struct heed_head_id id)
{
    for (int i = 0; i < shown->n; i++) {
        if (heed_heading_same_map(filter, shown->items[i].id, id)) {
            return true;
        }
    }
    return false;
}

struct heed_shown_maps heed_shown_collect(const struct heed_frame *frame)
{
    struct heed_shown_maps shown = {0};
    const struct heed_maps *maps = heed_frame_get_maps(frame);
    const struct heed_state *state = frame->state;
    if (maps == NULL) {
        return shown;
    }
    struct heed_shown_map *items =
        heed_arena_zeroed(&frame->list->arena, (size_t)state->n_shown + 1, sizeof(*items));
    if (items == NULL) {
        frame->list->failed = true;
        return shown;
    }
    shown.items = items;
    if (maps->aggregate != NULL) {
        items[shown.n++] = map_of_aggregate(frame, maps);
        return shown;
    }
    const int most = heed_maps_hold(maps, state->n_shown);
    for (int i = 0; i < state->n_shown && shown.n < most; i++) {
        if (!is_among(&shown, &maps->filter, state->shown[i].id) &&
            map_of_head(frame, maps, &state->shown[i], &items[shown.n])) {
            shown.n++;
        }
    }
    return shown;
}

const struct heed_shown_map *heed_shown_find(const struct heed_shown_maps *shown,
                                             struct heed_head_id id)
{
    for (int i = 0; i < shown->n; i++) {
        if (heed_head_equal(shown->items[i].id, id)) {
            return &shown->items[i];
        }
    }
    return NULL;
}

bool heed_shown_matrix(const struct heed_frame *frame, struct heed_shown_map *map)
{
    const struct heed_shown_maps shown = heed_shown_collect(frame);
    if (shown.n == 0) {
        return false;
    }
    *map = shown.items[0];
    for (int i = 0; i < shown.n; i++) {
        const struct heed_filter *filter = &heed_frame_get_maps(frame)->filter;
        if (heed_heading_same_map(filter, shown.items[i].id, frame->state->matrix_head)) {
            *map = shown.items[i];
        }
    }
    return true;
}

struct heed_range heed_pin_units(const struct heed_maps *maps, struct heed_pin pin)
{
    struct heed_range range = {0, 0};
    if (maps == NULL || pin.count <= 0 || pin.in_b) {
        return range;
    }
    for (int i = 0; i < maps->n; i++) {
        const struct heed_unit *unit = &maps->units[i];
        if (unit->first < pin.first + pin.count && pin.first < unit->first + unit->count) {
            if (range.count == 0) {
                range.first = i;
            }
            range.count = i - range.first + 1;
        }
    }
    return range;
}

static struct heed_range hover_or_pin(const struct heed_frame *frame, struct heed_pin hover,
                                      struct heed_pin pin)
{
    const struct heed_maps *maps = heed_frame_get_maps(frame);
    return heed_pin_units(maps, hover.count > 0 ? hover : pin);
}

int heed_pair_start(const struct heed_maps *maps)
{
    for (int i = 1; i < maps->n && !heed_maps_have_sides(maps); i++) {
        if (maps->units[i].segment == 1 && maps->units[i - 1].segment == 0) {
            return i;
        }
    }
    return 0;
}

struct heed_range heed_frame_query(const struct heed_frame *frame)
{
    return hover_or_pin(frame, frame->hover.query, frame->state->query);
}

struct heed_range heed_frame_key(const struct heed_frame *frame)
{
    return hover_or_pin(frame, frame->hover.key, frame->state->key);
}

float heed_map_weight(const float *weights, int n, struct heed_range query, struct heed_range key)
{
    double sum = 0;
    for (int i = query.first; i < query.first + query.count; i++) {
        for (int j = key.first; j < key.first + key.count; j++) {
            sum += (double)weights[(size_t)i * (size_t)n + (size_t)j];
        }
    }
    return query.count > 0 ? (float)(sum / query.count) : 0;
}

float heed_map_hidden(const float *hidden, struct heed_range query)
{
    double sum = 0;
    for (int i = query.first; i < query.first + query.count; i++) {
        sum += (double)hidden[i];
    }
    return query.count > 0 ? (float)(sum / query.count) : 0;
}

int heed_map_top(const float *weights, int n, struct heed_range range, bool by_query,
                 struct heed_ranked *top, int n_top, float *rest)
{
    int count = 0;
    double sum = 0;
    for (int i = 0; i < n; i++) {
        const struct heed_range unit = {i, 1};
        const float value = by_query ? heed_map_weight(weights, n, unit, range)
                                     : heed_map_weight(weights, n, range, unit);
        int at = count;
        while (at > 0 && top[at - 1].value < value) {
            at--;
        }
        sum += (double)value;
        if (at >= n_top) {
            continue;
        }
        const int moved = (count < n_top ? count : n_top - 1) - at;
        memmove(&top[at + 1], &top[at], (size_t)moved * sizeof(*top));
        top[at] = (struct heed_ranked){i, value};
        count += count < n_top;
    }
    for (int i = 0; i < count; i++) {
        sum -= (double)top[i].value;
    }
    *rest = sum > 0 ? (float)sum : 0;
    return count;
}

const char *heed_template_label(const struct heed_maps *maps, bool cls)
{
    const int n = maps->n_special_names;
    const bool named = cls ? n > 0 : n == 2;
    return named ? maps->special_names[!cls] : cls ? "[CLS]" : "other special";
}

void heed_template_name(const struct heed_maps *maps, bool cls, char *text, size_t size)
{
    snprintf(text, size, "%.40s", heed_template_label(maps, cls));
}

void heed_special_names(const struct heed_maps *maps, char *text, size_t size)
{
    const char *const *names = maps->special_names;
    if (maps->n_special_names == 2) {
        snprintf(text, size, "%.40s and %.40s", names[0], names[1]);
    } else {
        snprintf(text, size, "%.40s", maps->n_special_names == 1 ? names[0] : "special tokens");
    }
}

void heed_label_name(const struct heed_maps *maps, enum heed_head_label label, char *text,
                     size_t size)
{
    char name[64];
    snprintf(text, size, "%s", heed_head_label_name(label));
    if (label == HEED_LABEL_CLS || label == HEED_LABEL_SEP) {
        heed_template_name(maps, label == HEED_LABEL_CLS, name, sizeof(name));
        snprintf(text, size, "to %s", name);
    }
}

void heed_head_label_text(const struct heed_maps *maps, struct heed_head_id id, char *text,
                          size_t size)
{
    text[0] = '\0';
    if (id.layer < 0 || heed_maps_measures_of(maps, id.layer * maps->n_heads + id.head) == NULL) {
        return;
    }
    float value = 0;
    const enum heed_head_label label =
        heed_maps_label(maps, id.layer * maps->n_heads + id.head, &value);
    const char *of = maps->filter.measure == HEED_MEASURE_WEIGHT ? "" : "by weight: ";
    if (label == HEED_LABEL_CLS || label == HEED_LABEL_SEP) {
        char name[64];
        heed_template_name(maps, label == HEED_LABEL_CLS, name, sizeof(name));
        snprintf(text, size, "%sto %s %.2f", of, name, (double)value);
    } else if (label == HEED_LABEL_NONE) {
        snprintf(text, size, "%sno label", of);
    } else {
        const char *what = label == HEED_LABEL_BROAD ? ", entropy" : ""; /* else a share */
        snprintf(text, size, "%s%s%s %.2f", of, heed_head_label_name(label), what, (double)value);
    }
}

void heed_map_label_text(const struct heed_maps *maps, struct heed_head_id id, char *text,
                         size_t size)
{
    text[0] = '\0';
    if (id.layer >= 0 && maps->filter.measure == HEED_MEASURE_WEIGHT &&
        heed_maps_label(maps, id.layer * maps->n_heads + id.head, NULL) != HEED_LABEL_NONE) {
        heed_head_label_text(maps, id, text, size);
    }
}

void heed_hidden_name(const struct heed_maps *maps, const struct heed_filter *filter, char *text,
                      size_t size)
{
    char names[160];
    if (filter->hide_punctuation) {
        snprintf(text, size, "hidden %s", filter->hide_special ? "tokens" : "punctuation");
        return;
    }
    heed_special_names(maps, names, sizeof(names));
    snprintf(text, size, "hidden %s", names);
}

const char *heed_measure_name(enum heed_measure measure)
{
    switch (measure) {
    case HEED_MEASURE_VALUE_NORM:
        return "Weight \xC3\x97 |value|";
    case HEED_MEASURE_ROLLOUT:
        return "Rollout";
    case HEED_MEASURE_WEIGHT:
        break;
    }
    return "Weight";
}

const char *heed_query_name(const struct heed_result *result)
{
    return result->part == HEED_PART_CROSS ? "Decoder" : "Query";
}

const char *heed_key_name(const struct heed_result *result)
{
    return result->part == HEED_PART_CROSS ? "Encoder" : "Key";
}

const struct heed_comparison *heed_frame_get_comparison(const struct heed_frame *frame)
{
    return heed_frame_get_maps(frame) != NULL ? frame->result->compare : NULL;
}

void heed_units_text(const struct heed_maps *maps, struct heed_range range, char *text, size_t size)
{
    size_t used = 0;
    text[0] = '\0';
    for (int i = range.first; i < range.first + range.count; i++) {
        const struct heed_unit *unit = &maps->units[i];
        const bool joined =
            i > range.first && unit->continues && strncmp(unit->label, "##", 2) == 0;
        const char *label = unit->label + (joined ? 2 : 0);
        const bool space = i > range.first && !joined;
        const size_t length = strlen(label);
        if (used + length + space + 1 > size) {
            return;
        }
        if (space) {
            text[used++] = ' ';
        }
        memcpy(text + used, label, length + 1);
        used += length;
    }
}

void heed_pair_text(const struct heed_frame *frame, char *text, size_t size)
{
    const struct heed_maps *maps = heed_frame_get_maps(frame);
    text[0] = '\0';
    if (maps == NULL || size < 16) {
        return;
    }
    const struct heed_range query = heed_frame_query(frame);
    const struct heed_range key = heed_frame_key(frame);
    if (query.count > 0) {
        heed_units_text(maps, query, text, size / 2 - 8);
    }
    if (query.count > 0 && key.count > 0) {
        static const char arrow[] = " \xE2\x86\x92 ";
        const size_t used = strlen(text);
        memcpy(text + used, arrow, sizeof(arrow));
        heed_units_text(maps, key, text + used + sizeof(arrow) - 1, size / 2 - 8);
    }
}

float heed_map_others(const struct heed_maps *maps, const float *weights, struct heed_range query,
                      struct heed_range key)
{
    return heed_rank_others(maps, weights, (struct heed_unit_range){query.first, query.count},
                            (struct heed_unit_range){key.first, key.count});
}

bool heed_maps_weigh(const struct heed_maps *maps, struct heed_head_id id, struct heed_range rows,
                     struct heed_range columns, float *weight)
{
    if (rows.count == 0 || columns.count == 0 || id.layer >= maps->n_layers || id.head < 0 ||
        id.head >= maps->n_heads) {
        return false;
    }
    const float *map = id.layer < 0 ? maps->aggregate : heed_maps_row(maps, id.layer, id.head, 0);
    if (map == NULL) {
        return false;
    }
    *weight = heed_map_weight(map, maps->n, rows, columns);
    return true;
}

const struct heed_result *heed_pin_result(const struct heed_result *result, struct heed_pin pin)
{
    if (result != NULL && pin.in_b) {
        result = result->compare != NULL ? result->compare->result : NULL;
    }
    if (result == NULL || pin.count <= 0 || pin.first < 0 ||
        pin.first + pin.count > result->encoding->n_tokens) {
        return NULL;
    }
    return result;
}
