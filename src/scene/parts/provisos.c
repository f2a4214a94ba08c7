#include "scene/parts/provisos.h"

#include <ctype.h>
#include <limits.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "scene/frame/off_words.h"
#include "scene/frame/shown.h"
#include "scene/frame/tasks.h"
#include "scene/widgets/label.h"

/* Text that grows clause by clause, never past its end. */
struct line {
    char *text;
    size_t size, length;
};

static void add(struct line *line, const char *separator, const char *text)
{
    if (line->size == 0) {
        return;
    }
    const int written = snprintf(line->text + line->length, line->size - line->length, "%s%s",
                                 line->length > 0 ? separator : "", text);
    if (written > 0 && (size_t)written < line->size - line->length) {
        line->length += (size_t)written;
    } else {
        line->text[line->length] = '\0'; /* no half clause */
    }
}

static const char DOT[] = "  \xC2\xB7  ";

static void add_heads(struct line *line, const struct heed_state *state,
                      const struct heed_view_kind *kind)
{
    enum { NAMED = 8 };
    const bool rollout = state->filter.measure == HEED_MEASURE_ROLLOUT &&
                         state->filter.aggregate == HEED_AGGREGATE_NONE;
    if (kind->all_heads) {
        add(line, DOT, "all heads");
        return;
    }
    for (int i = 0; i < state->n_shown && i < NAMED; i++) {
        char head[80];
        const struct heed_head_id id = state->shown[i].id;
        if (rollout && i > 0 && id.layer == state->shown[i - 1].id.layer) {
            continue; /* the same map */
        }
        if (rollout) {
            snprintf(head, sizeof(head), "to layer %d (%d counted from 1)", id.layer, id.layer + 1);
        } else {
            snprintf(head, sizeof(head), "L%dH%d (layer %d, head %d)", id.layer, id.head,
                     id.layer + 1, id.head + 1);
        }
        add(line, i == 0 ? DOT : ", ", head);
    }
    if (state->n_shown > NAMED) {
        char more[48];
        snprintf(more, sizeof(more), " and %d more heads", state->n_shown - NAMED);
        add(line, "", more);
    }
}

static const char *segments_clause(enum heed_segments segments)
{
    switch (segments) {
    case HEED_SEGMENTS_AA:
        return "only links within A";
    case HEED_SEGMENTS_AB:
        return "only links from A to B";
    case HEED_SEGMENTS_BA:
        return "only links from B to A";
    case HEED_SEGMENTS_BB:
        return "only links within B";
    case HEED_SEGMENTS_ALL:
        break;
    }
    return NULL;
}

/* What was done to the maps themselves. */
static void add_transforms(struct line *line, const struct heed_filter *filter)
{
    if (filter->measure == HEED_MEASURE_VALUE_NORM) {
        add(line, DOT, "weight \xC3\x97 |value| as a share of its row");
    } else if (filter->measure == HEED_MEASURE_ROLLOUT) {
        add(line, DOT, "rollout: one map a layer, not a head\xE2\x80\x99s own");
    }
    if (filter->words) {
        add(line, DOT, "word pieces merged");
    }
    if (filter->aggregate != HEED_AGGREGATE_NONE) {
        add(line, DOT,
            filter->aggregate == HEED_AGGREGATE_MAX ? "largest of the heads" : "mean of the heads");
    }
}

void heed_view_caption(const struct heed_state *state, const struct heed_view_kind *kind,
                       const char *model, char *text, size_t size)
{
    const struct heed_filter *filter = &state->filter;
    struct line line = {text, size, 0};
    if (size > 0) {
        text[0] = '\0';
    }
    add(&line, "", model != NULL ? model : "");
    add_heads(&line, state, kind);
    if (filter->hide_special) {
        add(&line, DOT, "special tokens hidden");
    }
    if (filter->hide_punctuation) {
        add(&line, DOT, "punctuation hidden");
    }
    if (filter->renormalise) {
        add(&line, DOT, "rows renormalised");
    }
    add_transforms(&line, filter);
    char clause[96];
    if (kind->draws_links) {
        snprintf(clause, sizeof(clause), "links from %.4g up", (double)filter->threshold);
        add(&line, DOT, clause);
        if (filter->top_p < 1) {
            snprintf(clause, sizeof(clause), "top %.0f %% of each row",
                     (double)filter->top_p * 100);
            add(&line, DOT, clause);
        }
        if (filter->top_k > 0) {
            snprintf(clause, sizeof(clause), "%d largest of each row", filter->top_k);
            add(&line, DOT, clause);
        }
    }
}

/* --- clauses --- */

void heed_clauses_say(struct heed_clauses *clauses, enum heed_command undo, int32_t argument,
                      const char *format, ...)
{
    if (clauses->n == HEED_MAX_PROVISOS) {
        return;
    }
    struct heed_proviso *it = &clauses->items[clauses->n++];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(it->text, sizeof(it->text), format, arguments);
    va_end(arguments);
    it->undo = undo;
    it->argument = argument;
}

static float mean_hidden(const struct heed_maps *maps, const struct heed_shown_map *map)
{
    return heed_map_hidden(map->hidden, (struct heed_range){maps->rows.first, maps->rows.count});
}

/* Of all heads' rows. */
static float mean_hidden_of_all(const struct heed_maps *maps)
{
    const int n_heads = maps->n_layers * maps->n_heads;
    const struct heed_range rows = {maps->rows.first, maps->rows.count};
    float sum = 0;
    for (int i = 0; i < n_heads; i++) {
        sum += heed_map_hidden(maps->hidden + (size_t)i * (size_t)maps->n, rows);
    }
    return sum / (float)n_heads;
}

/* "they hold 0.11 of “it” in L3H1"; "" when there is nothing to tell. */
static void hidden_mass(const struct heed_clauses *clauses, char *text, size_t size)
{
    const struct heed_maps *maps = clauses->maps;
    const struct heed_frame *frame = clauses->frame;
    const char *verb = clauses->short_form ? "hold" : "they hold";
    struct heed_shown_map map = {0};
    text[0] = '\0';
    if (maps->n == 0 || maps->n == maps->n_all) {
        return;
    }
    if (frame->is_export && frame->kind->all_heads && maps->hidden != NULL) {
        snprintf(text, size, "%s %.2f of a head\xE2\x80\x99s row on average", verb,
                 (double)mean_hidden_of_all(maps));
        return;
    }
    if (!heed_shown_matrix(frame, &map)) {
        return;
    }
    const struct heed_range query = heed_frame_query(clauses->frame);
    if (query.count > 0) {
        char token[96];
        heed_units_text(maps, query, token, sizeof(token));
        snprintf(text, size, "%s %.2f of \xE2\x80\x9C%s\xE2\x80\x9D in %s", verb,
                 (double)heed_map_hidden(map.hidden, query), token, map.name);
    } else {
        snprintf(text, size, "%s%s %.2f in %s", clauses->short_form ? "" : "on average ", verb,
                 (double)mean_hidden(maps, &map), map.name);
    }
}

void heed_say_hidden(struct heed_clauses *clauses)
{
    const struct heed_filter *filter = &clauses->maps->filter;
    const bool hides_special = /* of what a file marks */
        filter->hide_special && (clauses->frame->result->lacks & HEED_LACKS_SPECIAL) == 0;
    const bool short_form = clauses->short_form;
    char special[160];
    heed_special_names(clauses->maps, special, sizeof(special));
    const char *what = special;
    enum heed_command undo = HEED_COMMAND_HIDE_SPECIAL;
    char mass[192];
    hidden_mass(clauses, mass, sizeof(mass));
    if (!hides_special && !filter->hide_punctuation) {
        return;
    }
    if (clauses->frame->is_export && clauses->frame->foot->tells_hidden) {
        heed_clauses_say(clauses, HEED_COMMAND_NONE, 0,
                         "hidden: the share of %s%s, mean of a head\xE2\x80\x99s rows",
                         hides_special ? special : "punctuation",
                         hides_special && filter->hide_punctuation ? " and of punctuation" : "");
        return;
    }
    if (hides_special && filter->hide_punctuation) {
        heed_clauses_say(clauses, HEED_COMMAND_HIDE_SPECIAL, 0, "%s hidden",
                         short_form ? "special" : special);
    }
    if (filter->hide_punctuation) {
        what = short_form || hides_special ? "punctuation" : "Punctuation";
        undo = HEED_COMMAND_HIDE_PUNCTUATION;
    } else if (short_form) {
        what = "special";
    }
    heed_clauses_say(clauses, undo, 0, "%s hidden%s%s%s", what, mass[0] != '\0' ? ": " : "", mass,
                     short_form || filter->renormalise || mass[0] == '\0' ? ""
                                                                          : ", not renormalised");
}

/* What was done to the maps themselves. */
void heed_say_transforms(struct heed_clauses *clauses)
{
    const struct heed_filter *filter = &clauses->maps->filter;
    const bool short_form = clauses->short_form;
    if (filter->renormalise) {
        heed_clauses_say(clauses, HEED_COMMAND_RENORMALISE, 0,
                         short_form ? "renormalised" : "rows renormalised");
    }
    if (filter->measure == HEED_MEASURE_VALUE_NORM) {
        heed_clauses_say(clauses, HEED_COMMAND_MEASURE, HEED_MEASURE_WEIGHT,
                         short_form ? "weight \xC3\x97 |value|"
                                    : "weight \xC3\x97 |value| as a share of its row");
    } else if (filter->measure == HEED_MEASURE_ROLLOUT) {
        heed_clauses_say(clauses, HEED_COMMAND_MEASURE, HEED_MEASURE_WEIGHT,
                         short_form ? "rollout"
                                    : "rollout: one map a layer, not a head\xE2\x80\x99s own");
    }
    if (filter->words) {
        heed_clauses_say(clauses, HEED_COMMAND_WORDS, 0,
                         short_form ? "words" : "word pieces merged");
    }
    if (filter->aggregate != HEED_AGGREGATE_NONE && !clauses->frame->kind->all_heads &&
        !clauses->frame->is_export) { /* there the heading says it */
        const char *what =
            filter->aggregate == HEED_AGGREGATE_MAX ? "largest of the heads" : "mean of the heads";
        heed_clauses_say(clauses, HEED_COMMAND_AGGREGATE, 0, "%s", what);
    }
}

/* Top shares and counts cut too: then the threshold is one of several. */
void heed_say_cuts(struct heed_clauses *clauses)
{
    const struct heed_frame *frame = clauses->frame;
    const struct heed_filter *filter = &frame->state->filter;
    char below[24], total[24];
    const char *end = clauses->short_form ? "" : " not drawn";
    heed_format_count(below, sizeof(below), frame->links_below);
    heed_format_count(total, sizeof(total), frame->links_total);
    if (filter->top_p >= 1 && filter->top_k == 0) {
        if (frame->links_below > 0) {
            heed_clauses_say(clauses, HEED_COMMAND_NO_THRESHOLD, 0, "%s of %s links below %.4g%s",
                             below, total, (double)filter->threshold, end);
        }
        return;
    }
    if (filter->top_p < 1) {
        heed_clauses_say(clauses, HEED_COMMAND_KEEP_ALL, 0, "top %.0f %%%s",
                         (double)filter->top_p * 100, clauses->short_form ? "" : " of each row");
    }
    if (filter->top_k > 0) {
        heed_clauses_say(clauses, HEED_COMMAND_TOP_K, 0, "%d largest%s", filter->top_k,
                         clauses->short_form ? "" : " of each row");
    }
    if (filter->threshold > 0) {
        heed_clauses_say(clauses, HEED_COMMAND_NO_THRESHOLD, 0, "links from %.4g up",
                         (double)filter->threshold);
    }
    if (frame->links_below > 0) {
        heed_clauses_say(clauses, HEED_COMMAND_NONE, 0, "%s of %s links %s", below, total,
                         clauses->short_form ? "cut off" : "not drawn");
    }
}

void heed_say_segments(struct heed_clauses *clauses)
{
    const char *segments = segments_clause(clauses->frame->state->filter.segments);
    if (segments != NULL) {
        heed_clauses_say(clauses, HEED_COMMAND_SEGMENTS, HEED_SEGMENTS_ALL, "%s", segments);
    }
}

void heed_say_links(struct heed_clauses *clauses)
{
    const struct heed_frame *frame = clauses->frame;
    heed_say_segments(clauses);
    heed_say_cuts(clauses);
    if (frame->links_left_out > 0) {
        char count[24];
        heed_format_count(count, sizeof(count), frame->links_left_out);
        heed_clauses_say(clauses, HEED_COMMAND_NONE, 0,
                         clauses->short_form ? "weakest %s left out (%.0f %%)"
                                             : "the weakest %s left out (%.0f %% of the weight)",
                         count, (double)frame->mass_left_out * 100);
    }
}

/* What the run was made without; those of the result, not of the state. */
static void say_off(struct heed_clauses *clauses)
{
    char text[HEED_PROVISO_TEXT - 64];
    heed_off_words(clauses->frame->result, text, sizeof(text));
    if (text[0] != '\0' && heed_off_is_exact(clauses->frame->result)) {
        heed_clauses_say(clauses, HEED_COMMAND_UNMUTE, 0, "%s%s", text,
                         clauses->short_form ? "" : ": the same softmax, block by block");
    } else if (text[0] != '\0') {
        heed_clauses_say(clauses, HEED_COMMAND_UNMUTE, 0, "Counterfactual: %s%s", text,
                         clauses->short_form ? ""
                                             : " \xE2\x80\x93 the model wasn\xE2\x80\x99t "
                                               "trained that way");
    }
}

static void say_truncation(struct heed_clauses *clauses)
{
    const struct heed_encoding *encoding = clauses->frame->result->encoding;
    if (encoding == NULL || encoding->n_tokens >= encoding->n_total) {
        return;
    }
    char kept[24], all[24];
    heed_format_count(kept, sizeof(kept), encoding->n_tokens);
    heed_format_count(all, sizeof(all), encoding->n_total);
    heed_clauses_say(clauses, HEED_COMMAND_NONE, 0, "Cut to %s of %s tokens", kept, all);
}

void heed_say_nothing_hidden(struct heed_clauses *clauses)
{
    if (clauses->n == 0 && !clauses->frame->is_export) {
        heed_clauses_say(clauses, HEED_COMMAND_NONE, 0, "Nothing hidden");
    }
}

void heed_say_palette(struct heed_clauses *clauses)
{
    const char *palette = heed_palette_name(clauses->frame->state->palette);
    if (!clauses->short_form && !clauses->frame->is_export) {
        heed_clauses_say(clauses, HEED_COMMAND_NONE, 0, "palette %c%s, linear, 0 to 1",
                         toupper((unsigned char)palette[0]), palette + 1);
    }
}

void heed_say_maps(struct heed_clauses *clauses)
{
    heed_say_hidden(clauses);
    heed_say_transforms(clauses);
    heed_say_nothing_hidden(clauses);
    heed_say_palette(clauses);
}

void heed_say_drawn_links(struct heed_clauses *clauses)
{
    heed_say_hidden(clauses);
    heed_say_transforms(clauses);
    heed_say_links(clauses);
    heed_say_nothing_hidden(clauses);
}

/* What the dashed line below a word means, where there is no tip. */
static void say_unknown(struct heed_clauses *clauses)
{
    const struct heed_maps *maps = clauses->maps;
    for (int i = 0; i < maps->n; i++) {
        if (maps->units[i].unknown) {
            heed_clauses_say(clauses, HEED_COMMAND_NONE, 0,
                             "dashed: [UNK] to the model, not in its vocabulary");
            return;
        }
    }
}

/* What the bracket below a word means; Heads, Stack and the figure of a query draw none. */
static void say_candidates(struct heed_clauses *clauses)
{
    const struct heed_state *state = clauses->frame->state;
    const struct heed_view_kind *kind = clauses->frame->kind;
    const bool none = kind->all_heads || kind->has_pages || clauses->frame->foot->no_brackets;
    for (int i = 0; i < state->n_candidates && !none; i++) {
        if (heed_pin_units(clauses->maps, state->candidates[i]).count > 0) {
            heed_clauses_say(clauses, HEED_COMMAND_NONE, 0, "bracketed: a candidate");
            return;
        }
    }
}

/* Of a file; they are never repaired. */
static void say_row_sums(struct heed_clauses *clauses)
{
    const struct heed_row_findings *rows = heed_frame_get_rows(clauses->frame);
    char off[24], all[24];
    if (clauses->frame->result->file == NULL || rows->n_off == 0) {
        return;
    }
    heed_format_count(off, sizeof(off), (int)fmin((double)rows->n_off, INT_MAX));
    heed_format_count(all, sizeof(all), (int)fmin((double)rows->n_rows, INT_MAX));
    if (clauses->short_form) {
        heed_clauses_say(clauses, HEED_COMMAND_NONE, 0, "%s rows don\xE2\x80\x99t sum to 1", off);
    } else {
        heed_clauses_say(clauses, HEED_COMMAND_NONE, 0,
                         "%s of %s rows don\xE2\x80\x99t sum to 1 (L%dH%d, row %d: %.4g)", off, all,
                         rows->layer, rows->head, rows->row, rows->sum);
    }
}

int heed_provisos_collect(const struct heed_frame *frame, bool short_form,
                          struct heed_proviso provisos[HEED_MAX_PROVISOS])
{
    struct heed_clauses clauses = {.items = provisos,
                                   .frame = frame,
                                   .maps = heed_frame_get_maps(frame),
                                   .short_form = short_form};
    if (clauses.maps == NULL) {
        return 0;
    }
    say_off(&clauses);
    say_truncation(&clauses);
    say_row_sums(&clauses);
    frame->kind->say(&clauses);
    if (frame->is_export) {
        say_unknown(&clauses);
        say_candidates(&clauses);
        if (frame->foot->note[0] != '\0') {
            heed_clauses_say(&clauses, HEED_COMMAND_NONE, 0, "%s", frame->foot->note);
        }
    }
    return clauses.n;
}

void heed_provisos(const struct heed_frame *frame, bool short_form, char *text, size_t size)
{
    struct heed_proviso provisos[HEED_MAX_PROVISOS];
    const int n = heed_provisos_collect(frame, short_form, provisos);
    struct line line = {text, size, 0};
    if (size > 0) {
        text[0] = '\0';
    }
    for (int i = 0; i < n; i++) {
        add(&line, DOT, provisos[i].text);
    }
}

enum { FOOT_LINE = 16, MOST_LINES = 12 };

static int wrap_foot(struct heed_frame *frame, const struct heed_skin *skin, float x, float cy,
                     float width)
{
    struct heed_foot *foot = frame->foot;
    if (!foot->is_set) {
        heed_provisos(frame, false, foot->text, sizeof(foot->text));
        foot->is_set = true;
    }
    return heed_text_wrapped(skin, x, cy, FOOT_LINE * skin->scale, heed_widget_style(skin, 12, 400),
                             frame->theme->muted, foot->text, width, MOST_LINES);
}

float heed_foot_height(struct heed_frame *frame, const struct heed_skin *skin, float width)
{
    struct heed_skin quiet = *skin;
    quiet.list = NULL;
    return frame->is_export && !frame->is_part
               ? (float)wrap_foot(frame, &quiet, 0, 0, width) * FOOT_LINE * skin->scale
               : 0;
}

void heed_foot_draw(struct heed_frame *frame, const struct heed_skin *skin, float x, float cy,
                    float width)
{
    if (frame->is_export && !frame->is_part) {
        wrap_foot(frame, skin, x, cy, width);
    }
}
