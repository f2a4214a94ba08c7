#include "core/analysis/rank.h"

#include <math.h>
#include <stdlib.h>

#include "base/array.h"

bool heed_rank_check_whole(const struct heed_maps *maps, struct heed_token_range word,
                           const char *name, struct heed_error *err)
{
    for (int token = word.first; token < word.first + word.count; token++) {
        const int at = heed_maps_find_unit(maps, token);
        const struct heed_unit *unit = at >= 0 ? &maps->units[at] : NULL;
        if (unit &&
            (unit->first < word.first || unit->first + unit->count > word.first + word.count)) {
            return heed_error_set(err, HEED_ERROR_INPUT,
                                  "'%.100s' is only a part of the word '%.100s': leave out --words",
                                  name, unit->label);
        }
    }
    return true;
}

bool heed_rank_find_units(const struct heed_maps *maps, struct heed_token_range word,
                          const char *name, struct heed_unit_range *units, struct heed_error *err)
{
    int first = -1;
    int last = -1;
    for (int token = word.first; token < word.first + word.count; token++) {
        last = heed_maps_find_unit(maps, token);
        if (last < 0) {
            return heed_error_set(
                err, HEED_ERROR_INPUT,
                "the word '%s' is hidden by the filter; hide less, or choose another word", name);
        }
        first = first < 0 ? last : first;
    }
    *units = (struct heed_unit_range){first, last - first + 1};
    return heed_rank_check_whole(maps, word, name, err);
}

/* For a row of maps that are made when they are asked for; else NULL. Freed by the
 * caller. */
static float *take_room(const struct heed_maps *maps)
{
    return maps->store ? malloc(((size_t)maps->n + 1) * sizeof(float)) : NULL;
}

float heed_rank_link_weight(const struct heed_maps *maps, int layer, int head,
                            struct heed_unit_range query, struct heed_unit_range key)
{
    float sum = 0;
    float *room = take_room(maps);
    for (int i = query.first; i < query.first + query.count; i++) {
        const float *row = heed_maps_read_row(maps, layer * maps->n_heads + head, i, room);
        for (int j = key.first; j < key.first + key.count; j++) {
            sum += row[j];
        }
    }
    free(room);
    return sum / (float)query.count;
}

float heed_rank_others(const struct heed_maps *maps, const float *weights,
                       struct heed_unit_range query, struct heed_unit_range key)
{
    const int n = maps->n, n_others = maps->rows.count - query.count;
    double sum = 0;
    for (int i = 0; i < n; i++) {
        for (int j = key.first; j < key.first + key.count; j++) {
            const bool own = i >= query.first && i < query.first + query.count;
            sum += own ? 0 : (double)weights[(size_t)i * (size_t)n + (size_t)j];
        }
    }
    return n_others > 0 ? (float)(sum / (double)n_others) : NAN;
}

bool heed_rank_link_passes(const struct heed_maps *maps, int layer, int head,
                           struct heed_unit_range query, struct heed_unit_range key,
                           const struct heed_filter *filter)
{
    float *room = take_room(maps);
    bool passes = false;
    for (int i = query.first; !passes && i < query.first + query.count; i++) {
        const float *row = heed_maps_read_row(maps, layer * maps->n_heads + head, i, room);
        const float cutoff = heed_maps_row_cutoff(maps, row, filter);
        for (int j = key.first; !passes && j < key.first + key.count; j++) {
            passes = row[j] >= cutoff && heed_maps_segments_pass(maps, i, j, filter->segments);
        }
    }
    free(room);
    return passes;
}

static int compare_weights(const void *left, const void *right)
{
    const struct heed_ranked_head *a = left;
    const struct heed_ranked_head *b = right;
    return heed_rank_compare((double)a->weight, (double)b->weight, a->layer - b->layer,
                             a->head - b->head);
}

static int compare_changes(const void *left, const void *right)
{
    const struct heed_ranked_head *a = left;
    const struct heed_ranked_head *b = right;
    return heed_rank_compare(fabs((double)a->change), fabs((double)b->change), a->layer - b->layer,
                             a->head - b->head);
}

void heed_rank_heads(struct heed_ranked_head *ranked, const struct heed_maps *maps,
                     struct heed_unit_range query, struct heed_unit_range key)
{
    const int n = maps->n_layers * maps->n_heads;
    for (int h = 0; h < n; h++) {
        const int layer = h / maps->n_heads;
        const int head = h % maps->n_heads;
        ranked[h] = (struct heed_ranked_head){
            .layer = layer,
            .head = head,
            .weight = heed_rank_link_weight(maps, layer, head, query, key),
            .others = heed_rank_others(maps, heed_maps_row(maps, layer, head, 0), query, key),
        };
    }
    heed_sort(ranked, (size_t)n, sizeof *ranked, compare_weights);
}

void heed_rank_changes(struct heed_ranked_head *ranked, int n, const struct heed_maps *maps2,
                       struct heed_unit_range query2, struct heed_unit_range key2)
{
    for (int h = 0; h < n; h++) {
        ranked[h].weight2 =
            heed_rank_link_weight(maps2, ranked[h].layer, ranked[h].head, query2, key2);
        ranked[h].others2 = heed_rank_others(
            maps2, heed_maps_row(maps2, ranked[h].layer, ranked[h].head, 0), query2, key2);
        ranked[h].change = ranked[h].weight2 - ranked[h].weight;
    }
    heed_sort(ranked, (size_t)n, sizeof *ranked, compare_changes);
}
