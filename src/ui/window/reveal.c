#include "ui/window/reveal.h"

#include <math.h>

#include "draw/hit.h"
#include "scene/parts/minimap.h"
#include "ui/window/pins.h"

/* Where a unit's label stands now; w 0: not in the list. */
static struct heed_rect unit_rect(struct heed_ui *ui, int unit, uint16_t kind)
{
    const struct heed_pin pin = heed_ui_unit_pin(ui, unit);
    const struct heed_list *list = heed_ui_list(ui);
    for (size_t i = 0; i < list->n_items; i++) {
        const struct heed_item *item = &list->items[i];
        const struct heed_rect rect = heed_item_bounds(item);
        if (item->target.kind == kind && item->target.a == pin.first && rect.w > 0.0F) {
            return rect;
        }
    }
    return (struct heed_rect){0};
}

/* A word of Arcs is a query or a key, whichever a click would make it. */
static struct heed_rect label_rect(struct heed_ui *ui, int unit, bool is_key)
{
    const uint16_t kinds[] = {HEED_TARGET_QUERY, HEED_TARGET_KEY};
    const struct heed_rect rect = unit_rect(ui, unit, kinds[is_key]);
    const bool either = heed_view_get_kind(ui->now.state.view)->words_are_both;
    return rect.w > 0.0F || !either ? rect : unit_rect(ui, unit, kinds[!is_key]);
}

/* What of the picture scrolls, px: as its minimap says. */
static struct heed_rect scrolling_part(struct heed_ui *ui)
{
    const struct heed_list *list = heed_ui_list(ui);
    for (size_t i = 0; i < list->n_items; i++) {
        const struct heed_target *target = &list->items[i].target;
        if (target->kind == HEED_TARGET_SCROLL && (target->flags & HEED_MINIMAP_DOWN) != 0) {
            return (struct heed_rect){0, 0, (float)target->b, (float)target->c};
        }
    }
    return (struct heed_rect){0, 0, ui->layout.canvas.w, ui->layout.canvas.h};
}

/* One direction of a picture that scrolls, and a label in it. */
struct span {
    float from, to;      /* the label's; equal: it isn't in the list */
    float start, length; /* the canvas's */
    float content, seen; /* px of all, and of the part that scrolls */
    float share;         /* where of all the label lies, 0..1 */
};

static void move_along(const struct span *span, float margin, float *scroll)
{
    const float edge = fminf(margin, span->length / 4.0F);
    const bool listed = span->to > span->from;
    if (span->content <= span->length + 1.0F || (listed && span->from >= span->start + edge &&
                                                 span->to <= span->start + span->length - edge)) {
        return;
    }
    if (listed) {
        *scroll += (span->from + span->to) / 2.0F - span->start - span->length / 2.0F;
    } else {
        *scroll = span->share * (span->content - span->length + span->seen) - span->seen / 2.0F;
    }
}

/* Where of all rows a unit stands. */
static float share_of(const struct heed_ui *ui, int unit)
{
    const struct heed_frame frame = {.state = &ui->now.state, .result = ui->result};
    const struct heed_view_kind *kind = heed_view_get_kind(frame.state->view);
    return kind->row_share != NULL ? kind->row_share(&frame, unit)
                                   : ((float)unit + 0.5F) / (float)ui->result->maps->n;
}

/* Scrolls down to a unit's label, or across to it. */
static void show(struct heed_ui *ui, int unit, bool is_key, bool down)
{
    const struct heed_rect canvas = ui->layout.canvas, part = scrolling_part(ui);
    const struct heed_rect rect = label_rect(ui, unit, is_key);
    const struct span span = {.from = down ? rect.y : rect.x,
                              .to = down ? rect.y + rect.h : rect.x + rect.w,
                              .start = down ? canvas.y : canvas.x,
                              .length = down ? canvas.h : canvas.w,
                              .content = down ? ui->content_height : ui->content_width,
                              .seen = down ? part.h : part.w,
                              .share = share_of(ui, unit)};
    move_along(&span, (down ? 90.0F : 140.0F) * heed_ui_scale(ui),
               down ? &ui->scroll_y : &ui->scroll_x);
}

/* Where rows aren't all there is, a share of the height leads nowhere: from the top on the
 * first place where the unit is seen. */
static void look_for(struct heed_ui *ui, int unit, bool is_key)
{
    const float step = ui->layout.canvas.h / 2.0F, content = ui->content_height;
    const float before = ui->scroll_y;
    if (heed_view_get_kind(ui->now.state.view)->row_share != NULL || step <= 0.0F ||
        label_rect(ui, unit, is_key).w > 0.0F) {
        return;
    }
    for (float y = 0.0F; y < content; y += step) {
        ui->scroll_y = y;
        heed_ui_clamp_scroll(ui);
        heed_ui_touch(ui);
        if (label_rect(ui, unit, is_key).w > 0.0F) {
            show(ui, unit, is_key, true);
            return;
        }
    }
    ui->scroll_y = before;
}

void heed_ui_show_units(struct heed_ui *ui, int query, int key, bool by_query)
{
    const enum heed_reveal reveal = heed_view_get_kind(ui->now.state.view)->reveal;
    const bool is_key = reveal == HEED_REVEAL_KEY || (reveal == HEED_REVEAL_HAND && !by_query);
    const int down = is_key ? key : query;
    if (ui->result == NULL || ui->metrics == NULL || reveal == HEED_REVEAL_NONE) {
        return;
    }
    /* Twice: only about where it lies is known of what isn't in the list. */
    for (int pass = 0; pass < 2; pass++) {
        if (down >= 0) {
            show(ui, down, is_key, true);
        }
        if (key >= 0 && ui->content_width > ui->layout.canvas.w + 1.0F) {
            show(ui, key, true, false);
        }
        heed_ui_clamp_scroll(ui);
        heed_ui_touch(ui);
    }
    if (down >= 0 && ui->content_height > ui->layout.canvas.h + 1.0F) {
        look_for(ui, down, is_key);
        heed_ui_clamp_scroll(ui);
        heed_ui_touch(ui);
    }
}

void heed_ui_show_pins(struct heed_ui *ui)
{
    const struct heed_state *state = &ui->now.state;
    if (ui->result == NULL || ui->now.pin_version != ui->result_version ||
        state->panel != HEED_PANEL_NONE) { /* a panel scrolls by itself */
        return;
    }
    const struct heed_range query = heed_pin_units(ui->result->maps, state->query);
    const struct heed_range key = heed_pin_units(ui->result->maps, state->key);
    ui->reveal = false;
    heed_ui_show_units(ui, query.count > 0 ? query.first : -1, key.count > 0 ? key.first : -1,
                       true);
}
