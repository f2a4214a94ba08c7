#include "scene/view.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "scene/arcs_parts.h"
#include "scene/links_parts.h"
#include "scene/matrix_parts.h"
#include "scene/parts.h"

void heed_view_draw(struct heed_frame *frame, struct heed_rect rect)
{
    frame->links_total = frame->links_below = frame->links_left_out = 0;
    frame->mass_left_out = 0;
    frame->content_width = rect.w;
    frame->content_height = rect.h;
    if (rect.w <= 0 || rect.h <= 0) {
        return;
    }
    if (frame->state->view == HEED_VIEW_MATRIX) {
        heed_matrix_draw(frame, rect);
    } else if (frame->state->view == HEED_VIEW_ARCS) {
        heed_arcs_draw(frame, rect);
    } else {
        heed_links_draw(frame, rect);
    }
}

float heed_view_export_height(struct heed_frame *frame, float width)
{
    switch (frame->state->view) {
    case HEED_VIEW_MATRIX:
        return ceilf(heed_matrix_height(frame, width));
    case HEED_VIEW_ARCS:
        return ceilf(heed_arcs_height(frame, width));
    default:
        return ceilf(heed_links_height(frame, width));
    }
}

/* Links that a filter cuts off are counted. */
static bool draws_links(const struct heed_state *state)
{
    return state->view == HEED_VIEW_LINKS || state->view == HEED_VIEW_ARCS;
}

void heed_view_empty(struct heed_frame *frame, struct heed_rect rect,
                     const char *why, const char *how)
{
    const struct heed_skin skin = heed_frame_get_skin(frame);
    const float s = skin.scale, y = rect.y + rect.h / 2 - 12 * s;
    const float room = rect.w - 32 * s;
    heed_widget_text(&skin, rect.x + rect.w / 2, y,
                     heed_widget_style(&skin, 20, 600), HEED_ANCHOR_MIDDLE,
                     frame->theme->text, why, room);
    heed_widget_text(&skin, rect.x + rect.w / 2, y + 30 * s,
                     heed_widget_style(&skin, 14, 400), HEED_ANCHOR_MIDDLE,
                     frame->theme->muted, how, room);
}

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
    const int written =
        snprintf(line->text + line->length, line->size - line->length, "%s%s",
                 line->length > 0 ? separator : "", text);
    if (written > 0 && (size_t)written < line->size - line->length) {
        line->length += (size_t)written;
    } else {
        line->text[line->length] = '\0'; /* no half clause */
    }
}

static const char DOT[] = "  \xC2\xB7  ";

static void add_heads(struct line *line, const struct heed_state *state)
{
    enum { NAMED = 8 };
    for (int i = 0; i < state->n_shown && i < NAMED; i++) {
        char head[80];
        const struct heed_head_id id = state->shown[i].id;
        snprintf(head, sizeof(head), "L%dH%d (layer %d, head %d)", id.layer,
                 id.head, id.layer + 1, id.head + 1);
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
            filter->aggregate == HEED_AGGREGATE_MAX ? "largest of the heads"
                                                    : "mean of the heads");
    }
}

void heed_view_caption(const struct heed_state *state,
                       const struct heed_model *model, char *text, size_t size)
{
    const struct heed_filter *filter = &state->filter;
    struct line line = {text, size, 0};
    if (size > 0) {
        text[0] = '\0';
    }
    add(&line, "", model != NULL ? heed_model_get_name(model) : "");
    add_heads(&line, state);
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
    if (draws_links(state)) {
        snprintf(clause, sizeof(clause), "links from %.4g up",
                 (double)filter->threshold);
        add(&line, DOT, clause);
        if (filter->top_p < 1) {
            snprintf(clause, sizeof(clause), "top %.0f %% of each row",
                     (double)filter->top_p * 100);
            add(&line, DOT, clause);
        }
        if (filter->top_k > 0) {
            snprintf(clause, sizeof(clause), "%d largest of each row",
                     filter->top_k);
            add(&line, DOT, clause);
        }
    }
}

static const char *hidden_things(const struct heed_filter *filter)
{
    if (filter->hide_special && filter->hide_punctuation) {
        return "Special tokens and punctuation hidden";
    }
    return filter->hide_punctuation ? "Punctuation hidden"
                                    : "[CLS] and [SEP] hidden";
}

static float mean_hidden(const struct heed_maps *maps,
                         const struct heed_shown_map *map)
{
    return heed_map_hidden(map->hidden, (struct heed_range){0, maps->n});
}

static void add_hidden(struct line *line, const struct heed_frame *frame,
                       bool short_form)
{
    const struct heed_maps *maps = heed_frame_get_maps(frame);
    struct heed_shown_map map = {0};
    char clause[320], token[128];
    const struct heed_range query = heed_frame_query(frame);
    if (maps->n == maps->n_all) {
        return;
    }
    if (maps->n == 0 || !heed_shown_matrix(frame, &map)) {
        add(line, DOT, hidden_things(&maps->filter));
        return;
    }
    const char *after =
        maps->filter.renormalise ? ", rows renormalised" : ", not renormalised";
    heed_units_text(maps, query, token, sizeof(token));
    const double held = query.count > 0
                            ? (double)heed_map_hidden(map.hidden, query)
                            : (double)mean_hidden(maps, &map);
    if (query.count > 0 && !short_form) {
        snprintf(clause, sizeof(clause),
                 "%s: they hold %.2f of \xE2\x80\x9C%s\xE2\x80\x9D in %s%s",
                 hidden_things(&maps->filter), held, token, map.name, after);
    } else if (query.count > 0) {
        snprintf(clause, sizeof(clause),
                 "hidden %.2f of \xE2\x80\x9C%s\xE2\x80\x9D in %s%s", held,
                 token, map.name, maps->filter.renormalise ? after : "");
    } else {
        snprintf(clause, sizeof(clause),
                 short_form ? "%.0shidden %.2f of %s%s"
                            : "%s: on average they hold %.2f in %s%s",
                 hidden_things(&maps->filter), held, map.name,
                 short_form && !maps->filter.renormalise ? "" : after);
    }
    add(line, DOT, clause);
}

static void add_links(struct line *line, const struct heed_frame *frame,
                      bool short_form)
{
    const struct heed_filter *filter = &frame->state->filter;
    char clause[200], below[24], total[24];
    const char *segments = segments_clause(filter->segments);
    if (segments != NULL) {
        add(line, DOT, segments);
    }
    heed_format_count(below, sizeof(below), frame->links_below);
    heed_format_count(total, sizeof(total), frame->links_total);
    if (frame->links_below > 0) {
        char reason[64];
        if (filter->top_p < 1 || filter->top_k > 0) {
            snprintf(reason, sizeof(reason), "cut off");
        } else {
            snprintf(reason, sizeof(reason), "below %.4g",
                     (double)filter->threshold);
        }
        snprintf(clause, sizeof(clause), "%s of %s links %s%s", below, total,
                 reason, short_form ? "" : " not drawn");
        add(line, DOT, clause);
    }
    if (frame->links_left_out > 0) {
        heed_format_count(below, sizeof(below), frame->links_left_out);
        snprintf(clause, sizeof(clause),
                 short_form ? "weakest %s left out (%.0f %%)"
                            : "the weakest %s left out (%.0f %% of the weight)",
                 below, (double)frame->mass_left_out * 100);
        add(line, DOT, clause);
    }
}

static void add_truncation(struct line *line, const struct heed_frame *frame)
{
    const struct heed_encoding *encoding = frame->result->encoding;
    if (encoding == NULL || encoding->n_tokens >= encoding->n_total) {
        return;
    }
    char clause[96], kept[24], all[24];
    heed_format_count(kept, sizeof(kept), encoding->n_tokens);
    heed_format_count(all, sizeof(all), encoding->n_total);
    snprintf(clause, sizeof(clause), "Cut to %s of %s tokens", kept, all);
    add(line, DOT, clause);
}

void heed_provisos(const struct heed_frame *frame, bool short_form, char *text,
                   size_t size)
{
    const struct heed_maps *maps = heed_frame_get_maps(frame);
    struct line line = {text, size, 0};
    if (size > 0) {
        text[0] = '\0';
    }
    if (maps == NULL) {
        return;
    }
    add_truncation(&line, frame);
    add_hidden(&line, frame, short_form);
    add_transforms(&line, &maps->filter);
    if (draws_links(frame->state)) {
        add_links(&line, frame, short_form);
    } else if (!short_form) {
        char clause[64];
        if (line.length == 0) {
            add(&line, DOT, "Nothing hidden");
        }
        const char *palette = heed_palette_name(frame->state->palette);
        snprintf(clause, sizeof(clause), "palette %c%s, linear, 0 to 1",
                 toupper((unsigned char)palette[0]), palette + 1);
        add(&line, DOT, clause);
    }
    if (line.length == 0) {
        add(&line, DOT, "Nothing hidden");
    }
}

int heed_export_provisos(const struct heed_frame *frame,
                         const struct heed_skin *skin, float x, float cy,
                         float width, bool draw)
{
    char text[1024];
    heed_provisos(frame, true, text, sizeof(text));
    struct heed_skin quiet = *skin;
    if (!draw) {
        quiet.list = NULL;
    }
    return heed_text_wrapped(&quiet, x, cy, 16 * skin->scale,
                             heed_widget_style(skin, 12, 400),
                             frame->theme->muted, text, width, 12);
}
