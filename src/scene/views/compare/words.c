#include "scene/views/compare/words.h"

#include <stdio.h>
#include <string.h>

#include "scene/frame/aligned.h"
#include "scene/frame/two_models.h"
#include "scene/views/compare/layout.h"

/* --- tips --- */

static void put_weight(char *text, size_t size, bool has, float weight)
{
    if (has) {
        heed_format_number(text, size, (double)weight, 3);
    } else {
        snprintf(text, size, "no such link");
    }
}

static int describe_states(const struct heed_frame *frame, int layer, int column,
                           char lines[][HEED_TIP_BYTES])
{
    const struct heed_comparison *comparison = heed_frame_get_comparison(frame);
    const struct heed_maps *maps = frame->result->maps;
    const int place = heed_compare_aligned_place(&comparison->units, column);
    if (place < 0 || layer < 0 || layer > maps->n_layers) {
        return 0;
    }
    const struct heed_aligned *at = &comparison->units.places[place];
    char a[96], b[96], number[32];
    const struct heed_unit *unit = &maps->units[at->a];
    const struct heed_unit *unit_b = &comparison->result->maps->units[at->b];
    heed_pin_words(frame->result, (struct heed_pin){unit->first, unit->count}, a, sizeof(a));
    heed_pin_words(comparison->result, (struct heed_pin){unit_b->first, unit_b->count}, b,
                   sizeof(b));
    heed_format_number(number, sizeof(number),
                       (double)comparison->cosines[layer * comparison->units.n + place], 3);
    snprintf(lines[0], HEED_TIP_BYTES,
             "\xE2\x80\x9C%.70s\xE2\x80\x9D in A, \xE2\x80\x9C%.70s\xE2\x80\x9D in B", a, b);
    if (layer == 0) {
        snprintf(lines[1], HEED_TIP_BYTES, "cosine %s of the embeddings", number);
    } else {
        snprintf(lines[1], HEED_TIP_BYTES, "cosine %s of the states after layer %d", number,
                 layer - 1);
    }
    return 2;
}

int heed_compare_describe(const struct heed_frame *frame, const struct heed_tip_subject *subject,
                          char lines[HEED_TIP_LINES][HEED_TIP_BYTES])
{
    const struct heed_comparison *comparison = heed_frame_get_comparison(frame);
    const struct heed_hover hover = frame->hover;
    const struct heed_head_id id = hover.has_head ? hover.head : (struct heed_head_id){-1, 0};
    const enum heed_target_kind kind = (enum heed_target_kind)subject->target.kind;
    if (comparison == NULL || (kind != HEED_TARGET_CELL && kind != HEED_TARGET_LINK)) {
        return 0;
    }
    if (kind == HEED_TARGET_CELL && subject->target.c == 1 + HEED_COMPARE_LAYERS) {
        return describe_states(frame, subject->row, subject->column, lines);
    }
    const struct heed_maps *maps = frame->result->maps;
    char query[96], key[96], a[32], b[32];
    float in_a = 0, in_b = 0;
    const bool has_a = heed_maps_weigh(maps, id, heed_pin_units(maps, hover.query),
                                       heed_pin_units(maps, hover.key), &in_a);
    const bool has_b = heed_maps_weigh(comparison->result->maps, id,
                                       heed_pin_units_b(comparison, maps, hover.query),
                                       heed_pin_units_b(comparison, maps, hover.key), &in_b);
    if (!has_a && !has_b) {
        return 0;
    }
    heed_pin_words(heed_pin_result(frame->result, hover.query), hover.query, query, sizeof(query));
    heed_pin_words(heed_pin_result(frame->result, hover.key), hover.key, key, sizeof(key));
    put_weight(a, sizeof(a), has_a, in_a);
    put_weight(b, sizeof(b), has_b, in_b);
    snprintf(lines[0], HEED_TIP_BYTES, "%.80s \xE2\x86\x92 %.80s in ", query, key);
    const size_t used = strlen(lines[0]);
    if (hover.has_head) {
        snprintf(lines[0] + used, HEED_TIP_BYTES - used, "L%dH%d", id.layer, id.head);
    } else {
        snprintf(lines[0] + used, HEED_TIP_BYTES - used, "the shown heads");
    }
    snprintf(lines[1], HEED_TIP_BYTES, "A %s \xC2\xB7 B %s", a, b);
    if (!has_a || !has_b) {
        return 2;
    }
    heed_format_signed(a, sizeof(a), (double)(in_b - in_a));
    snprintf(lines[2], HEED_TIP_BYTES, "B \xE2\x88\x92 A %s", a);
    return 3;
}

/* --- the status line --- */

static void count_places(const struct heed_frame *frame, char *text, size_t size)
{
    const struct heed_comparison *comparison = heed_frame_get_comparison(frame);
    if (comparison == NULL) {
        snprintf(text, size, "B is being computed");
        return;
    }
    const bool words = comparison->by_words;
    const struct heed_alignment *tokens = words ? &comparison->words.words : &comparison->tokens;
    int length = snprintf(text, size, "%d of %d %s aligned", tokens->n_same, tokens->n,
                          words ? "words" : "tokens");
    const struct {
        int n;
        const char *what;
    } parts[] = {{tokens->n_replaced, "replaced"},
                 {tokens->n_only_a, "only in A"},
                 {tokens->n_only_b, "only in B"}};
    for (int i = 0; i < 3; i++) {
        if (parts[i].n > 0 && length > 0 && (size_t)length < size) {
            length += snprintf(text + length, size - (size_t)length, ", %d %s", parts[i].n,
                               parts[i].what);
        }
    }
}

/* "L8H3, L8H5 only in A", of the shown heads. */
static void say_shown_in_a(struct heed_clauses *clauses)
{
    const struct heed_state *state = clauses->frame->state;
    const struct heed_maps *maps = clauses->frame->result->compare->result->maps;
    char names[128] = "", name[24];
    size_t used = 0;
    for (int i = 0; i < state->n_shown && used + sizeof(name) < sizeof(names); i++) {
        if (!heed_maps_have(maps, state->shown[i].id)) {
            heed_head_name(state->shown[i].id, name, sizeof(name));
            used += (size_t)snprintf(names + used, sizeof(names) - used, "%s%s",
                                     used > 0 ? ", " : "", name);
        }
    }
    if (used > 0) {
        heed_clauses_say(clauses, HEED_COMMAND_NONE, 0, "%s only in A", names);
    }
}

/* What two models don't have in common, and what equal numbers of heads don't say. */
static void say_models(struct heed_clauses *clauses)
{
    const struct heed_result *result = clauses->frame->result;
    const struct heed_comparison *comparison = result->compare;
    char a[HEED_MODEL_NAME_BYTES], b[HEED_MODEL_NAME_BYTES], lonely[160];
    if (!heed_compares_models(result)) {
        return;
    }
    heed_name_side_model(result, false, a, sizeof(a));
    heed_name_side_model(result, true, b, sizeof(b));
    heed_say_lonely_heads(result, lonely, sizeof(lonely));
    heed_clauses_say(clauses, HEED_COMMAND_COMPARE_MODEL, 1, "A is of %.60s, B of %.60s", a, b);
    heed_clauses_say(clauses, HEED_COMMAND_NONE, 0, "%s",
                     clauses->short_form ? heed_two_models_brief : heed_two_models_caveat);
    if (lonely[0] != '\0') {
        heed_clauses_say(clauses, HEED_COMMAND_NONE, 0, "%s", lonely);
    }
    say_shown_in_a(clauses);
    if (comparison->by_words) {
        heed_clauses_say(clauses, HEED_COMMAND_NONE, 0,
                         "two vocabularies, so whole words: %d of them cut otherwise",
                         comparison->words.n_cut_otherwise);
    }
}

/* Muted, scaled and cut heads that B's model hasn't are so in A alone. */
static void say_off_in_a(struct heed_clauses *clauses)
{
    const struct heed_result *result = clauses->frame->result;
    const struct heed_state *state = clauses->frame->state;
    const struct heed_maps *maps = result->compare->result->maps;
    int n = 0;
    for (int i = 0; i < state->n_muted; i++) {
        n += !heed_maps_have(maps, state->muted[i]);
    }
    for (int i = 0; i < state->n_scaled; i++) {
        n += !heed_maps_have(maps, state->scaled[i].id);
    }
    if (n > 0) {
        heed_clauses_say(clauses, HEED_COMMAND_NONE, 0, "%d of the heads that are off %s only in A",
                         n, n == 1 ? "is" : "are");
    }
}

/* A cut speaks of A's tokens; B has those that are aligned. */
static void say_cuts_of_b(struct heed_clauses *clauses)
{
    const struct heed_result *a = clauses->frame->result;
    const struct heed_result *b = a->compare->result;
    if (a->n_cuts > 0 && b->n_cuts < a->n_cuts) {
        heed_clauses_say(clauses, HEED_COMMAND_NONE, 0,
                         b->n_cuts == 0 ? "nothing cut in B: its tokens aren\xE2\x80\x99t aligned"
                                        : "in B cut where its tokens are aligned");
    }
}

void heed_compare_say(struct heed_clauses *clauses)
{
    const struct heed_frame *frame = clauses->frame;
    const struct heed_comparison *comparison = heed_frame_get_comparison(frame);
    char text[160];
    count_places(frame, text, sizeof(text));
    heed_clauses_say(clauses, HEED_COMMAND_NONE, 0, "%s", text);
    if (comparison != NULL) {
        say_models(clauses);
        say_off_in_a(clauses);
        say_cuts_of_b(clauses);
        const struct heed_encoding *b = comparison->result->encoding;
        if (b->n_tokens < b->n_total) {
            heed_clauses_say(clauses, HEED_COMMAND_NONE, 0, "B cut to %d of %d tokens", b->n_tokens,
                             b->n_total);
        }
    }
    if (frame->state->pair != NULL) {
        heed_clauses_say(clauses, HEED_COMMAND_NONE, 0, "both with the same second text");
    }
    heed_say_hidden(clauses);
    heed_say_transforms(clauses);
    heed_say_links(clauses);
}

/* --- the projected headline --- */

void heed_compare_headline(const struct heed_frame *frame, char *title, size_t title_size,
                           char *line, size_t line_size)
{
    enum { NAMED = 4 };
    const struct heed_comparison *comparison = heed_frame_get_comparison(frame);
    const struct heed_maps *a = heed_frame_get_maps(frame);
    const struct heed_range query = heed_frame_query(frame), key = heed_frame_key(frame);
    if (comparison == NULL || query.count == 0 || key.count == 0) {
        return;
    }
    const struct heed_range query_b = heed_units_b(comparison, query);
    const struct heed_range key_b = heed_units_b(comparison, key);
    const struct heed_shown_maps shown = heed_shown_collect(frame);
    struct heed_frame other = *frame;
    other.result = comparison->result;
    const struct heed_shown_maps shown_b = heed_shown_collect(&other);
    char from[96], to[96];
    size_t used = 0;
    heed_units_text(a, query, from, sizeof(from));
    heed_units_text(a, key, to, sizeof(to));
    for (int i = 0; i < shown.n && i < NAMED && used < line_size; i++) {
        const struct heed_shown_map *in_b = heed_shown_find(&shown_b, shown.items[i].id);
        const double first = (double)heed_map_weight(shown.items[i].weights, a->n, query, key);
        char second[32] = "no such link";
        if (in_b != NULL && query_b.count > 0 && key_b.count > 0) {
            snprintf(second, sizeof(second), "%.3f",
                     (double)heed_map_weight(in_b->weights, comparison->result->maps->n, query_b,
                                             key_b));
        }
        if (i == 0) {
            snprintf(title, title_size,
                     "%s: \xE2\x80\x9C%s\xE2\x80\x9D looks at \xE2\x80\x9C%s\xE2\x80\x9D %.3f, "
                     "then %s",
                     shown.items[i].name, from, to, first, second);
        } else {
            used +=
                (size_t)snprintf(line + used, line_size - used, "%s%s %.3f, then %s",
                                 i > 1 ? "  \xC2\xB7  " : "", shown.items[i].name, first, second);
        }
    }
}
