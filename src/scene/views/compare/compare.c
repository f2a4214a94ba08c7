#include "scene/views/compare/compare.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "scene/parts/candidate_words.h"
#include "scene/parts/empty.h"
#include "scene/parts/provisos.h"
#include "scene/parts/shapes.h"
#include "scene/views/compare/arcs.h"
#include "scene/views/compare/heads.h"
#include "scene/views/compare/layout.h"
#include "scene/views/compare/line.h"
#include "scene/views/compare/map.h"
#include "scene/views/compare/sheet.h"
#include "scene/widgets/label.h"
#include "scene/widgets/target.h"

static void draw_header(const struct heed_compare *compare)
{
    const struct heed_theme *theme = compare->frame->theme;
    const float s = compare->s, pad = 28 * s;
    const struct heed_rect upper = compare->upper;
    const float y = upper.y + 30 * s;
    float x = upper.x + pad, end = upper.x + upper.w - pad;
    const struct heed_shown_maps shown = heed_shown_collect(compare->frame);
    for (int i = shown.n - 1; i >= 0 && end - x > 360 * s; i--) {
        end -= heed_widget_right(&compare->skin, end, y, 14, 600, theme->text, shown.items[i].name,
                                 0) +
               18 * s;
        heed_chip_draw(&compare->skin, end, y, 11, shown.items[i].color, shown.items[i].dashed);
        end -= 16 * s;
    }
    char token[128];
    const struct heed_compared_pin *query = &compare->query;
    const struct heed_compared_pin *subject = query->places.count > 0 ? query : &compare->key;
    const char *what = "A above the line, B below; click a word to see what it attends to";
    if (heed_compare_is_pointed(compare)) {
        heed_compare_text(compare, subject, token, sizeof(token));
        x += heed_widget_left(&compare->skin, x, y, 14, 600, theme->text, token, 200 * s) + 8 * s;
        what = query->places.count > 0 ? "attends: A above the line, B below"
                                       : "is attended to: A above the line, B below";
    }
    if (heed_frame_is_projected(compare->frame)) { /* the band below says it */
        what = "";
    } else if (shown.n == 0) {
        what = "No head is shown: click a cell of the head map, or a layer\xE2\x80\x99s label";
    }
    heed_widget_left(&compare->skin, x, y, 14, 400, theme->muted, what, fmaxf(end - x, 1));
    heed_compare_draw_letters(compare, upper.x + pad, 20);
}

static void draw_dividers(const struct heed_compare *compare)
{
    struct heed_list *list = compare->frame->list;
    const float line = compare->skin.hairline;
    const struct heed_color color = compare->frame->theme->border;
    const struct heed_rect lower = compare->map;
    heed_list_fill(list, (struct heed_rect){compare->rect.x, lower.y, compare->rect.w, line}, 0,
                   color);
    if (!compare->folded) {
        heed_list_fill(list, (struct heed_rect){lower.x + lower.w, lower.y, line, lower.h}, 0,
                       color);
    }
}

static void draw_empty(struct heed_frame *frame, struct heed_rect rect)
{
    if (heed_frame_get_maps(frame) == NULL) {
        return;
    }
    if (frame->result->compare == NULL) {
        heed_view_empty(frame, rect, "One moment \xE2\x80\xA6",
                        "The second text is being encoded.");
    } else {
        heed_view_no_token(frame, rect);
    }
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
    heed_list_clip(frame->list, compare.upper);
    heed_compare_draw_arcs(&compare);
    for (int i = 0; i < compare.n; i++) {
        const struct heed_compare_word *word = &compare.words[i];
        if (word->x + word->slot >= rect.x && word->x - word->slot <= rect.x + rect.w) {
            heed_compare_draw_word(&compare, i);
        }
    }
    draw_header(&compare);
    heed_compare_legend(&compare, compare.upper.x + 28 * compare.s,
                        compare.upper.y + compare.upper.h - 14 * compare.s);
    heed_list_unclip(frame->list);
    draw_dividers(&compare);
    const bool below = compare.map.y < rect.y + rect.h; /* projected: a screen further down */
    if (below && (!compare.folded || !frame->state->compare_heads)) {
        heed_compare_draw_map(&compare);
    }
    if (below && (!compare.folded || frame->state->compare_heads)) {
        heed_compare_draw_heads(&compare);
    }
}
