#include "scene/parts/candidate_words.h"

#include <math.h>
#include <stdio.h>

#include "scene/frame/shown.h"

#define OPEN "\xE2\x80\x9C" /* quotes */
#define CLOSE "\xE2\x80\x9D"

/* False if the filter hides it, whole or in part. */
static bool find_units(const struct heed_maps *maps, struct heed_pin pin,
                       struct heed_unit_range *units)
{
    const struct heed_token_range tokens = {pin.first, pin.count};
    return pin.count > 0 && !pin.in_b && heed_rank_find_units(maps, tokens, "", units, NULL);
}

static void add_key(struct heed_margin_request *request, struct heed_pin pin)
{
    struct heed_unit_range units;
    if (request->n < HEED_MARGIN_MOST_KEYS && find_units(request->maps, pin, &units)) {
        request->keys[request->n++] = units;
    }
}

bool heed_candidates_find(const struct heed_frame *frame, struct heed_margin_request *request)
{
    const struct heed_state *state = frame->state;
    *request = (struct heed_margin_request){.maps = heed_frame_get_maps(frame)};
    if (request->maps == NULL || !find_units(request->maps, state->query, &request->query)) {
        return false;
    }
    const int answer = heed_state_find_candidate(state, state->key);
    if (answer < 0) {
        add_key(request, state->key); /* none of them: one more */
    }
    for (int i = 0; i < state->n_candidates; i++) {
        if (i == answer) {
            request->answer = request->n;
        }
        add_key(request, state->candidates[i]);
    }
    if (request->answer >= request->n) {
        request->answer = 0;
    }
    return request->n > 0;
}

/* Why a pin can't be ranked by; false: it can. */
static bool explain_pin(const struct heed_frame *frame, struct heed_pin pin, char *text,
                        size_t size)
{
    const struct heed_maps *maps = heed_frame_get_maps(frame);
    struct heed_unit_range units;
    char words[64], whole[80];
    bool hidden = false;
    if (pin.count == 0 || find_units(maps, pin, &units)) {
        return false;
    }
    heed_pin_words(frame->result, pin, words, sizeof(words));
    heed_units_text(maps, heed_pin_units(maps, pin), whole, sizeof(whole));
    for (int token = pin.first; token < pin.first + pin.count; token++) {
        hidden |= heed_maps_find_unit(maps, token) < 0;
    }
    if (hidden) {
        snprintf(text, size, "%s%s%s is hidden, whole or in part: show it to rank heads by it.",
                 words[0] != '\0' ? OPEN : "", words[0] != '\0' ? words : "What is pinned",
                 words[0] != '\0' ? CLOSE : "");
    } else {
        snprintf(text, size,
                 OPEN "%s" CLOSE " is a part of " OPEN "%s" CLOSE ": choose " OPEN
                      "Word pieces" CLOSE " to rank heads by it.",
                 words, whole);
    }
    return true;
}

bool heed_candidates_explain(const struct heed_frame *frame, char *text, size_t size)
{
    const struct heed_state *state = frame->state;
    if (heed_frame_get_maps(frame) == NULL || state->query.count == 0 ||
        (state->key.count == 0 && state->n_candidates == 0)) {
        return false;
    }
    bool lacks =
        explain_pin(frame, state->query, text, size) || explain_pin(frame, state->key, text, size);
    for (int i = 0; !lacks && i < state->n_candidates; i++) {
        lacks = explain_pin(frame, state->candidates[i], text, size);
    }
    return lacks;
}

bool heed_candidates_have_margin(const struct heed_frame *frame,
                                 struct heed_margin_request *request)
{
    return frame->state->n_candidates > 0 && heed_candidates_find(frame, request) && request->n > 1;
}

void heed_candidates_name(const struct heed_margin_request *request, int key, char *text,
                          size_t size)
{
    const struct heed_unit_range units = request->keys[key];
    heed_units_text(request->maps, (struct heed_range){units.first, units.count}, text, size);
}

void heed_candidates_text(const struct heed_frame *frame, char *text, size_t size)
{
    struct heed_margin_request request;
    char answer[80], other[80];
    text[0] = '\0';
    if (!heed_candidates_have_margin(frame, &request)) {
        return;
    }
    heed_candidates_name(&request, request.answer, answer, sizeof(answer));
    if (request.n == 2) {
        heed_candidates_name(&request, 1 - request.answer, other, sizeof(other));
    } else {
        snprintf(other, sizeof(other), "best of %d", request.n - 1);
    }
    snprintf(text, size, "%s \xE2\x88\x92 %s", answer, other);
}

void heed_candidate_draw(const struct heed_skin *skin, const struct heed_state *state,
                         const struct heed_unit *unit, struct heed_candidate_label label)
{
    if (heed_state_find_candidate(state, (struct heed_pin){unit->first, unit->count}) < 0) {
        return;
    }
    const float s = skin->scale;
    const bool chipped = label.below > 0;
    const float down = chipped ? label.below + 3.5F * s : 0.66F * label.size;
    const float rise = chipped ? 3 * s : fmaxf(0.2F * label.size, 3 * s);
    const float right = label.width + 2 * s;
    const float at[4][2] = {
        {-2 * s, down - rise}, {-2 * s, down}, {right, down}, {right, down - rise}};
    const float turn = label.turned ? 0.70710678F : 0;
    const struct heed_stroke stroke = {.width = fmaxf(1.75F * s, skin->hairline),
                                       .color = chipped ? skin->theme->text : label.color,
                                       .round_caps = true};
    float x[4], y[4];
    for (int i = 0; i < 4; i++) {
        x[i] = label.x + (label.turned ? (at[i][0] + at[i][1]) * turn : at[i][0]);
        y[i] = label.cy + (label.turned ? (at[i][1] - at[i][0]) * turn : at[i][1]);
    }
    for (int i = 0; i < 3; i++) {
        heed_list_line(skin->list, (struct heed_item_line){x[i], y[i], x[i + 1], y[i + 1], stroke});
    }
}
