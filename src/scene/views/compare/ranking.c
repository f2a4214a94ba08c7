#include "scene/views/compare/ranking.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/array.h"

#include "scene/frame/aligned.h"
#include "scene/frame/two_models.h"
#include "scene/parts/candidate_words.h"
#include "scene/views/compare/layout.h"

/* --- what there is to rank by --- */

static struct heed_unit_range units_b(const struct heed_comparison *comparison,
                                      struct heed_unit_range units)
{
    const struct heed_range b =
        heed_units_b(comparison, (struct heed_range){units.first, units.count});
    return (struct heed_unit_range){b.first, b.count};
}

bool heed_compare_find_margins(const struct heed_frame *frame,
                               struct heed_margin_request requests[2])
{
    const struct heed_comparison *comparison = heed_frame_get_comparison(frame);
    struct heed_margin_request all;
    if (comparison == NULL || !heed_candidates_have_margin(frame, &all)) {
        return false;
    }
    const struct heed_unit_range query = units_b(comparison, all.query);
    requests[0] = (struct heed_margin_request){.maps = all.maps, .query = all.query};
    requests[1] = (struct heed_margin_request){.maps = comparison->result->maps, .query = query};
    bool has_answer = false;
    int n = 0;
    for (int i = 0; i < all.n; i++) {
        const struct heed_unit_range key = units_b(comparison, all.keys[i]);
        if (key.count == 0) {
            continue;
        }
        if (i == all.answer) {
            has_answer = true;
            requests[0].answer = requests[1].answer = n;
        }
        requests[0].keys[n] = all.keys[i];
        requests[1].keys[n++] = key;
    }
    requests[0].n = requests[1].n = n;
    return query.count > 0 && has_answer && n > 1;
}

static bool has_link(const struct heed_frame *frame)
{
    const struct heed_comparison *comparison = heed_frame_get_comparison(frame);
    const struct heed_maps *a = heed_frame_get_maps(frame);
    const struct heed_pin query = frame->state->query, key = frame->state->key;
    return comparison != NULL && heed_pin_units_b(comparison, a, query).count > 0 &&
           heed_pin_units_b(comparison, a, key).count > 0 && heed_pin_units(a, query).count > 0 &&
           heed_pin_units(a, key).count > 0;
}

static enum heed_compare_rank available(const struct heed_frame *frame, enum heed_compare_rank by)
{
    struct heed_margin_request requests[2];
    if (by == HEED_COMPARE_BY_MARGIN && !heed_compare_find_margins(frame, requests)) {
        by = HEED_COMPARE_BY_LINK;
    }
    return by == HEED_COMPARE_BY_LINK && !has_link(frame) ? HEED_COMPARE_BY_MAP : by;
}

enum heed_compare_rank heed_compare_rank_of(const struct heed_frame *frame)
{
    return available(frame, frame->state->compare_rank);
}

/* --- the numbers --- */

/* What all heads are asked for: found once. */
struct question {
    enum heed_compare_rank by;
    const struct heed_comparison *comparison;
    const struct heed_maps *maps[2];
    struct heed_margin_request margins[2];
    struct heed_range query[2], key[2];
};

static struct question ask(const struct heed_frame *frame, enum heed_compare_rank by)
{
    struct question question = {.comparison = heed_frame_get_comparison(frame)};
    question.by = available(frame, by);
    question.maps[0] = heed_frame_get_maps(frame);
    question.maps[1] = question.comparison->result->maps;
    if (question.by == HEED_COMPARE_BY_MARGIN) {
        heed_compare_find_margins(frame, question.margins);
    }
    question.query[0] = heed_pin_units(question.maps[0], frame->state->query);
    question.key[0] = heed_pin_units(question.maps[0], frame->state->key);
    question.query[1] = heed_units_b(question.comparison, question.query[0]);
    question.key[1] = heed_units_b(question.comparison, question.key[0]);
    return question;
}

static float weigh(const struct question *question, struct heed_head_id id, int side)
{
    if (question->by == HEED_COMPARE_BY_MARGIN) {
        double weights[HEED_MARGIN_MOST_KEYS];
        const struct heed_margin_request *request = &question->margins[side];
        heed_margin_weigh(weights, request, id.layer, id.head);
        return (float)heed_margin_of(weights, request->n, request->answer);
    }
    const struct heed_maps *maps = question->maps[side];
    return heed_map_weight(heed_maps_row(maps, id.layer, id.head, 0), maps->n,
                           question->query[side], question->key[side]);
}

static struct heed_compared_head answer(const struct question *question, struct heed_head_id id)
{
    struct heed_compared_head head = {.id = id};
    if (!heed_maps_have(question->maps[1], id)) {
        head.a = question->by == HEED_COMPARE_BY_MAP ? 0 : weigh(question, id, 0);
        head.b = head.change = NAN;
        return head;
    }
    if (question->by == HEED_COMPARE_BY_MAP) {
        const int place = id.layer * question->maps[0]->n_heads + id.head;
        head.b = question->comparison->distances[place].distance;
    } else {
        head.a = weigh(question, id, 0);
        head.b = weigh(question, id, 1);
    }
    head.change = head.b - head.a;
    return head;
}

struct heed_compared_head heed_compare_head(const struct heed_frame *frame,
                                            enum heed_compare_rank by, struct heed_head_id id)
{
    const struct question question = ask(frame, by);
    return answer(&question, id);
}

/* Of all heads, by place. */
static void answer_all(const struct question *question, struct heed_compared_head *heads)
{
    const int n_heads = question->maps[0]->n_heads;
    for (int i = 0; i < question->maps[0]->n_layers * n_heads; i++) {
        heads[i] =
            answer(question, (struct heed_head_id){(int16_t)(i / n_heads), (int16_t)(i % n_heads)});
    }
}

static int by_change(const void *left, const void *right)
{
    const struct heed_compared_head *a = left;
    const struct heed_compared_head *b = right;
    const float x = fabsf(a->change), y = fabsf(b->change);
    if (isnan(x) != isnan(y)) {
        return isnan(x) ? 1 : -1;
    }
    if (x != y && !isnan(x)) {
        return x < y ? 1 : -1;
    }
    return a->id.layer != b->id.layer ? a->id.layer - b->id.layer : a->id.head - b->id.head;
}

struct heed_compared_head *heed_compare_ranked(const struct heed_frame *frame, bool *is_link)
{
    const struct heed_maps *maps = heed_frame_get_maps(frame);
    const size_t n = (size_t)maps->n_layers * (size_t)maps->n_heads;
    struct heed_compared_head *heads = heed_arena_alloc(&frame->list->arena, n * sizeof(*heads));
    if (heads == NULL) {
        frame->list->failed = true;
        return NULL;
    }
    const struct question question = ask(frame, frame->state->compare_rank);
    *is_link = question.by != HEED_COMPARE_BY_MAP;
    answer_all(&question, heads);
    heed_sort(heads, n, sizeof(*heads), by_change);
    return heads;
}

int heed_compare_most(const struct heed_state *state, const struct heed_result *result,
                      struct heed_head_id *ids, int n)
{
    struct heed_list list = {0};
    const struct heed_frame frame = {.list = &list, .state = state, .result = result};
    bool is_link = false;
    int found = 0;
    if (heed_frame_get_comparison(&frame) != NULL) {
        const struct heed_compared_head *heads = heed_compare_ranked(&frame, &is_link);
        const int all = heed_count_partners(result);
        for (; heads != NULL && found < n && found < all; found++) {
            ids[found] = heads[found].id;
        }
    }
    heed_list_finish(&list);
    return found;
}

/* --- in words --- */

static void pair_text(const struct heed_frame *frame, char *text, size_t size)
{
    struct heed_frame pinned = *frame;
    pinned.hover = (struct heed_hover){0};
    heed_pair_text(&pinned, text, size);
}

void heed_compare_explain(const struct heed_frame *frame, char *text, size_t size)
{
    char what[192] = "";
    switch (heed_compare_rank_of(frame)) {
    case HEED_COMPARE_BY_MARGIN:
        heed_candidates_text(frame, what, sizeof(what));
        snprintf(text, size, "by change of margin %s", what);
        break;
    case HEED_COMPARE_BY_LINK:
        pair_text(frame, what, sizeof(what));
        snprintf(text, size, "by change of %s", what);
        break;
    default:
        snprintf(text, size, "by Jensen\xE2\x80\x93Shannon distance, mean over rows%s",
                 heed_frame_get_comparison(frame)->by_words ? " of whole words" : "");
        break;
    }
}

/* The map's own colours, asked for by name, go before what ranks. */
static enum heed_compare_rank colored_by(const struct heed_frame *frame)
{
    return frame->state->color_by == HEED_COLOR_BY_MARGIN ? available(frame, HEED_COMPARE_BY_MARGIN)
                                                          : heed_compare_rank_of(frame);
}

bool heed_compare_is_signed(const struct heed_frame *frame)
{
    return heed_frame_get_comparison(frame) != NULL && colored_by(frame) != HEED_COMPARE_BY_MAP;
}

void heed_compare_name_changes(const struct heed_frame *frame, struct heed_change_name *name)
{
    switch (colored_by(frame)) {
    case HEED_COMPARE_BY_MARGIN:
        name->measure = "Change of margin";
        name->note = "change of margin";
        heed_candidates_text(frame, name->what, sizeof(name->what));
        break;
    case HEED_COMPARE_BY_LINK:
        name->measure = "Change of link";
        name->note = "change";
        pair_text(frame, name->what, sizeof(name->what));
        break;
    default:
        name->measure = "Distance of maps";
        name->note = "distance";
        snprintf(name->what, sizeof(name->what), "A to B");
        break;
    }
}

bool heed_compare_fill_changes(const struct heed_frame *frame, float *changes)
{
    const struct question question = ask(frame, colored_by(frame));
    const int n_heads = question.maps[0]->n_heads;
    for (int i = 0; i < question.maps[0]->n_layers * n_heads; i++) {
        const struct heed_head_id id = {(int16_t)(i / n_heads), (int16_t)(i % n_heads)};
        changes[i] = answer(&question, id).change;
    }
    return question.by != HEED_COMPARE_BY_MAP;
}
