#include "scene/inspector/pair.h"

#include <math.h>
#include <stdio.h>

#include "scene/frame/scores.h"
#include "scene/inspector/candidates.h"
#include "scene/inspector/caveat.h"
#include "scene/inspector/inspector.h"
#include "scene/widgets/icons.h"

bool heed_pair_find(const struct heed_frame *frame, struct heed_inspected_pair *pair)
{
    const struct heed_maps *maps = heed_frame_get_maps(frame);
    pair->query = heed_frame_query(frame);
    pair->key = heed_frame_key(frame);
    if (pair->query.count == 0 || pair->key.count == 0 || !heed_shown_matrix(frame, &pair->map)) {
        return false;
    }
    const struct heed_shown_maps shown = heed_shown_collect(frame);
    pair->weight = heed_map_weight(pair->map.weights, maps->n, pair->query, pair->key);
    for (int i = 0; frame->state->view != HEED_VIEW_MATRIX && i < shown.n; i++) {
        const float weight =
            heed_map_weight(shown.items[i].weights, maps->n, pair->query, pair->key);
        if (weight > pair->weight) {
            pair->weight = weight;
            pair->map = shown.items[i];
        }
    }
    return true;
}

static void pair_header(struct heed_column *column, const struct heed_inspected_pair *pair)
{
    const struct heed_maps *maps = heed_frame_get_maps(column->frame);
    char query[128], key[128];
    const struct heed_unit from = heed_inspector_unit(maps, pair->query, query, sizeof(query));
    const struct heed_unit to = heed_inspector_unit(maps, pair->key, key, sizeof(key));
    heed_inspector_pair_header(column, &from, &to);
}

static int rank_in_row(const struct heed_maps *maps, const struct heed_inspected_pair *pair)
{
    int rank = 1;
    for (int i = 0; i < maps->n; i++) {
        const bool in_key = i >= pair->key.first && i < pair->key.first + pair->key.count;
        if (!in_key && heed_map_weight(pair->map.weights, maps->n, pair->query,
                                       (struct heed_range){i, 1}) > pair->weight) {
            rank++;
        }
    }
    return rank;
}

static const char *weight_name(const struct heed_maps *maps)
{
    switch (maps->filter.measure) {
    case HEED_MEASURE_VALUE_NORM:
        return "weight \xC3\x97 |value|";
    case HEED_MEASURE_ROLLOUT:
        return "rollout";
    case HEED_MEASURE_WEIGHT:
        break;
    }
    return maps->filter.renormalise ? "renormalised weight" : "weight";
}

static void big_number(struct heed_column *column, const struct heed_inspected_pair *pair)
{
    const struct heed_skin *skin = column->skin;
    const struct heed_maps *maps = heed_frame_get_maps(column->frame);
    const float s = column->s, cy = column->y + 46 * s;
    const float end = column->x + column->width;
    char text[96];
    heed_format_number(text, sizeof(text), (double)pair->weight, 3);
    const float used = heed_widget_left(skin, column->x, cy, 44, 600, skin->theme->text, text, 0);
    const float room = column->width - used - 10 * s;
    snprintf(text, sizeof(text), "%s in %s", weight_name(maps), pair->map.name);
    heed_widget_right(skin, end, cy - 10 * s, 14, 600, skin->theme->text, text, room);
    snprintf(text, sizeof(text), "rank %d of %d in its row", rank_in_row(maps, pair),
             maps->columns.count - pair->key.count + 1);
    heed_widget_right(skin, end, cy + 10 * s, 13, 400, skin->theme->muted, text, room);
    column->y += 74 * s;
}

static void score_row(struct heed_column *column, const struct heed_inspected_pair *pair)
{
    const struct heed_maps *maps = heed_frame_get_maps(column->frame);
    const struct heed_run *run = maps->run;
    const struct heed_unit *query = &maps->units[pair->query.first];
    const struct heed_unit *key = &maps->units[pair->key.first];
    const bool one =
        pair->query.count == 1 && pair->key.count == 1 && query->count == 1 && key->count == 1;
    if (!one || pair->map.id.layer < 0 || run == NULL || run->queries == NULL ||
        run->keys == NULL) {
        return; /* a merged word has many scores, and none of its own */
    }
    const struct heed_skin *skin = column->skin;
    const float s = column->s, cy = column->y + 13 * s;
    float x = column->x;
    const struct heed_color muted = skin->theme->muted;
    struct heed_text_style plain = heed_widget_style(skin, 14, 400);
    struct heed_text_style italic = plain;
    italic.italic = true;
    const struct heed_result *result = column->frame->result;
    const bool linear = result->variant.attention == HEED_ATTENTION_LINEAR;
    char root[48] = "", number[40];
    if (!linear && heed_score_is_plain(run)) {
        snprintf(root, sizeof(root), " / \xE2\x88\x9A%d", run->head_dim);
    } else if (!linear) {
        root[0] = ' ';
        heed_score_rule(run, root + 1, sizeof(root) - 1);
    }
    x += heed_widget_text(skin, x, cy, plain, HEED_ANCHOR_START, muted, "Score ", 0);
    x += heed_widget_text(skin, x, cy, italic, HEED_ANCHOR_START, muted,
                          linear ? "f(q)\xC2\xB7"
                                   "f(k)"
                                 : "q\xC2\xB7k",
                          0);
    heed_widget_text(skin, x, cy, plain, HEED_ANCHOR_START, muted, root, 0);
    const double score = heed_link_score(result, pair->map.id, query->first, key->first);
    const enum heed_link_off off = heed_link_is_off(result, pair->map.id, query->first, key->first);
    heed_format_number(number, sizeof(number), score, 3);
    if (off != HEED_LINK_ON) {
        char own[40];
        snprintf(own, sizeof(own), "%s", number);
        snprintf(number, sizeof(number), "%.12s, %s: %s", own,
                 off == HEED_LINK_CUT ? "cut" : "masked",
                 linear ? "0" : "\xE2\x88\x92\xE2\x88\x9E");
    }
    heed_widget_right(skin, column->x + column->width, cy, 15, 500, skin->theme->text, number, 0);
    column->y += 26 * s;
}

/* The cheapest control there is: do the other rows look there, too? */
static void others_row(struct heed_column *column, const struct heed_inspected_pair *pair)
{
    const struct heed_maps *maps = heed_frame_get_maps(column->frame);
    const float others = heed_map_others(maps, pair->map.weights, pair->query, pair->key);
    char key[64], label[96];
    if (isnan(others)) {
        return;
    }
    heed_units_text(maps, pair->key, key, sizeof(key));
    snprintf(label, sizeof(label), "Other rows give \xE2\x80\x9C%.24s\xE2\x80\x9D", key);
    heed_column_value(column, label, (double)others, 3);
}

static void layer_mean_row(struct heed_column *column, const struct heed_inspected_pair *pair)
{
    const struct heed_maps *maps = heed_frame_get_maps(column->frame);
    if (pair->map.id.layer < 0) {
        return;
    }
    double sum = 0;
    for (int head = 0; head < maps->n_heads; head++) {
        sum += (double)heed_map_weight(heed_maps_row(maps, pair->map.id.layer, head, 0), maps->n,
                                       pair->query, pair->key);
    }
    char label[64];
    snprintf(label, sizeof(label), "Mean over %d heads of layer %d", maps->n_heads,
             pair->map.id.layer);
    heed_column_value(column, label, sum / maps->n_heads, 3);
}

static void own_measures(struct heed_column *column, const struct heed_inspected_pair *pair)
{
    const struct heed_maps *maps = heed_frame_get_maps(column->frame);
    if (pair->map.id.layer < 0 || heed_maps_measures_of(maps, pair->map.id.layer * maps->n_heads +
                                                                  pair->map.id.head) == NULL) {
        return;
    }
    heed_column_separator(column);
    char name[24];
    heed_head_name(pair->map.id, name, sizeof(name));
    heed_column_title(column, name, "measures on this text", NULL);
    for (int i = 0; i < 3; i++) {
        if (heed_inspector_measures[i].needs & column->frame->result->lacks) {
            continue;
        }
        heed_column_value(
            column, heed_inspector_measures[i].label,
            (double)heed_inspector_measure(maps, pair->map.id, &heed_inspector_measures[i]),
            heed_inspector_measures[i].decimals);
    }
    column->y += 10 * column->s;
}

void heed_pair_draw(struct heed_column *column, const struct heed_inspected_pair *pair)
{
    const struct heed_maps *maps = heed_frame_get_maps(column->frame);
    const float s = column->s;
    char key[96], title[128];
    pair_header(column, pair);
    big_number(column, pair);
    others_row(column, pair);
    score_row(column, pair);
    layer_mean_row(column, pair);
    if (maps->n < maps->n_all) {
        heed_column_value(column, "Held by hidden tokens",
                          (double)heed_map_hidden(pair->map.hidden, pair->query), 3);
    }
    column->y += 14 * s;
    heed_column_separator(column);
    heed_inspector_candidates(column);
    heed_inspector_caveat(column, pair);
    heed_column_title(column, "Row", "what it attends to", NULL);
    heed_inspector_ranking(column, &pair->map, pair->query, false, HEED_INSPECTOR_LIST);
    column->y += 10 * s;
    heed_column_separator(column);
    heed_units_text(maps, pair->key, key, sizeof(key));
    snprintf(title, sizeof(title), "what attends to %s", key);
    heed_column_title(column, "Column", title, NULL);
    heed_inspector_ranking(column, &pair->map, pair->key, true, HEED_INSPECTOR_LIST);
    column->y += 10 * s;
    own_measures(column, pair);
    if (column->frame->result->plain != NULL) {
        heed_inspector_note(column, &pair->map);
    }
}
