#include "scene/views/compare/compare.h"

#include <math.h>
#include <stdio.h>

#include "scene/frame/two_models.h"
#include "scene/parts/empty.h"
#include "scene/views/compare/arcs.h"
#include "scene/views/compare/blocks.h"
#include "scene/views/compare/candidates.h"
#include "scene/views/compare/hall.h"
#include "scene/views/compare/heads.h"
#include "scene/views/compare/layout.h"
#include "scene/views/compare/line.h"
#include "scene/views/compare/map.h"
#include "scene/views/compare/sheet.h"
#include "scene/widgets/label.h"

/* What the arcs are of. */
static const char *what_is_seen(const struct heed_compare *compare, char *text, size_t size)
{
    char a[HEED_MODEL_NAME_BYTES + 8], b[HEED_MODEL_NAME_BYTES + 8];
    if (heed_frame_is_projected(compare->frame)) { /* the band below says it */
        return "";
    }
    if (compare->frame->state->n_shown == 0) {
        return "No head is shown: click a cell of the head map, or a layer\xE2\x80\x99s label";
    }
    heed_name_side(compare->frame->result, false, a, sizeof(a));
    heed_name_side(compare->frame->result, true, b, sizeof(b));
    const bool pointed = heed_compare_is_pointed(compare);
    snprintf(text, size, "%s%s above the line, %s below%s",
             !pointed                          ? ""
             : compare->query.places.count > 0 ? "attends: "
                                               : "is attended to: ",
             a, b,
             pointed || heed_compares_models(compare->frame->result)
                 ? ""
                 : "; click a word to see what it attends to");
    return text;
}

/* The subject, what the grounds of words mean, and the shown heads. */
static void draw_heading(const struct heed_compare *compare)
{
    const struct heed_theme *theme = compare->frame->theme;
    const struct heed_skin *skin = &compare->skin;
    const float s = compare->s, y = compare->upper.y + 22 * s;
    const float end = compare->upper.x + compare->upper.w - compare->pad;
    char seen[2 * HEED_MODEL_NAME_BYTES + 96];
    const char *what = what_is_seen(compare, seen, sizeof(seen));
    const struct heed_text_style style = heed_widget_style(skin, 14, 400);
    char token[128];
    float x = compare->upper.x + compare->pad;
    if (compare->compact && heed_compare_is_pointed(compare)) {
        return; /* the values have its room */
    }
    if (heed_compare_is_pointed(compare)) {
        heed_compare_text(compare,
                          compare->query.places.count > 0 ? &compare->query : &compare->key, token,
                          sizeof(token));
        x += heed_widget_left(skin, x, y, 14, 600, theme->text, token, 200 * s) + 8 * s;
    }
    x += heed_widget_left(skin, x, y, 14, 400, theme->muted, what, fmaxf(end - x, 1));
    if (!compare->compact && heed_widget_width(skin, style, what) > 0) {
        heed_compare_draw_names(compare, x + 24 * s, end, y);
    }
}

static void draw_arcs(const struct heed_compare *compare)
{
    const struct heed_rect canvas = compare->frame->canvas;
    heed_list_clip(compare->skin.list, compare->upper);
    heed_compare_draw_arcs(compare);
    for (int i = 0; i < compare->n; i++) {
        const struct heed_compare_line line = heed_compare_line(compare, compare->words[i].line);
        if (canvas.h <= 0 ||
            (line.y + compare->half >= canvas.y && line.y - compare->half <= canvas.y + canvas.h)) {
            heed_compare_draw_word(compare, i);
        }
    }
    if (compare->skin.projected && compare->n_lines == 1) {
        heed_compare_draw_ends(compare);
    } else {
        heed_compare_draw_letters(compare, compare->upper.x + compare->pad, 20);
    }
    draw_heading(compare);
    heed_list_unclip(compare->skin.list);
}

static void draw_rule(const struct heed_compare *compare, float x, float y, float w, float h)
{
    const float line = compare->skin.hairline;
    heed_list_fill(compare->skin.list,
                   (struct heed_rect){x, roundf(y), fmaxf(w, line), fmaxf(h, line)}, 0,
                   compare->frame->theme->border);
}

static void draw_dividers(const struct heed_compare *compare)
{
    const struct heed_rect rect = compare->rect;
    const float first = fmaxf(compare->candidates.y, compare->upper.y);
    draw_rule(compare, rect.x, first, rect.w, 0);
    draw_rule(compare, rect.x, compare->map.y, rect.w, 0);
    if (!compare->folded) {
        draw_rule(compare, compare->heads.x, compare->heads.y, 0, compare->heads.h);
    }
}

static void draw_empty(struct heed_frame *frame, struct heed_rect rect)
{
    if (heed_frame_get_maps(frame) == NULL) {
        return;
    }
    if (frame->result->compare == NULL) {
        heed_view_empty(frame, rect, "One moment \xE2\x80\xA6",
                        frame->state->file != NULL ? "The second file is being read."
                        : heed_state_second_model(frame->state) != NULL
                            ? "The second text is being encoded by the other model."
                            : "The second text is being encoded.");
    } else {
        heed_view_no_token(frame, rect);
    }
}

/* Maps and heads, or one of both behind a tab. */
static void draw_lower(struct heed_compare *compare)
{
    const bool heads = compare->frame->state->compare_heads;
    heed_list_clip(compare->skin.list, (struct heed_rect){compare->rect.x, compare->map.y,
                                                          compare->rect.w, compare->map.h});
    if (compare->folded) {
        heed_compare_tabs(compare, compare->map);
    }
    if (!compare->folded || !heads) {
        heed_compare_draw_map(compare);
    }
    if (!compare->folded || heads) {
        heed_compare_draw_heads(compare);
    }
    heed_list_unclip(compare->skin.list);
}

void heed_compare_draw(struct heed_frame *frame, struct heed_rect rect)
{
    struct heed_compare compare;
    if (frame->is_export) {
        if (!heed_compare_sheet_draw(frame, rect)) {
            draw_empty(frame, rect);
        }
        return;
    }
    if (!heed_compare_place(&compare, frame, rect)) {
        draw_empty(frame, rect);
        return;
    }
    const float end = rect.y + rect.h;
    draw_arcs(&compare);
    if (compare.candidates.h > 0 && compare.candidates.y < end) {
        heed_compare_draw_candidates(&compare);
    }
    if (compare.map.y < end) { /* projected: a screen further down */
        draw_lower(&compare);
    }
    draw_dividers(&compare);
}
