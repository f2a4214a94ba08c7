#include "scene/views/stack/pages.h"

#include <math.h>
#include <stdio.h>

#include "scene/widgets/target.h"

/* Logical px. */
enum { FIRST = 104, LAST = 120, PAGE = 38 /* two digits, and an arrow */, LEAST = 26, GAP = 18 };

static void page_name(const struct heed_stack *stack, int page, char *text, size_t size)
{
    if (page == 0) {
        snprintf(text, size, "Embedding");
    } else if (page <= stack->n_layers) {
        snprintf(text, size, "%d", page - 1);
    } else {
        snprintf(text, size, "%s",
                 stack->has_classes    ? "Labels"
                 : stack->has_mlm_head ? "Predictions"
                                       : "Mean pooling");
    }
}

static void arrow(const struct heed_stack_view *view, float x0, float x1, float y)
{
    const float s = view->s;
    const struct heed_color color = view->skin.theme->faint;
    const struct heed_stroke stroke = {.width = fmaxf(1.2F * s, 1), .color = color};
    struct heed_list *list = view->frame->list;
    if (x1 - x0 < 6 * s) {
        return;
    }
    heed_list_line(list, (struct heed_item_line){x0, y, x1, y, stroke});
    heed_list_line(list, (struct heed_item_line){x1 - 5 * s, y - 4 * s, x1, y, stroke});
    heed_list_line(list, (struct heed_item_line){x1 - 5 * s, y + 4 * s, x1, y, stroke});
}

static void page_box(const struct heed_stack_view *view, int page, struct heed_rect rect,
                     const char *name)
{
    const struct heed_theme *theme = view->skin.theme;
    struct heed_list *list = view->frame->list;
    const bool on = page == view->stack->page;
    const struct heed_target target = heed_command_target(HEED_COMMAND_STACK_PAGE, page);
    list->target = target;
    heed_list_box(list, rect, 8 * view->s, on ? theme->ink : theme->panel,
                  on ? 0 : view->skin.hairline, theme->border);
    heed_widget_middle(&view->skin, rect.x + rect.w / 2, rect.y + rect.h / 2, 14, on ? 600 : 500,
                       on ? theme->on_ink : theme->text, name, rect.w - 4 * view->s);
    list->target = (struct heed_target){0};
    heed_widget_ring(&view->skin, rect, target, 0, 8 * view->s);
}

/* In the arrow's place, where pages are left out: it leads to the nearest of them. */
static void skipped(const struct heed_stack_view *view, float x0, float x1, int page)
{
    const float s = view->s;
    struct heed_list *list = view->frame->list;
    const struct heed_rect rect = {x0, view->stepper - 17 * s, x1 - x0, 34 * s};
    const struct heed_target target = heed_command_target(HEED_COMMAND_STACK_PAGE, page);
    list->target = target;
    heed_list_hotspot(list, rect);
    const float pitch = fminf((x1 - x0) / 3, 5 * s), r = fminf(pitch / 3, 1.4F * s);
    for (int i = -1; i <= 1; i++) {
        const float x = (x0 + x1) / 2 + (float)i * pitch;
        heed_list_fill(list, (struct heed_rect){x - r, view->stepper - r, 2 * r, 2 * r}, r,
                       view->skin.theme->text);
    }
    list->target = (struct heed_target){0};
    heed_widget_ring(&view->skin, rect, target, 0, 4 * s);
}

/* The pages round the present one, as many as there is room for. */
static void draw_one_line(const struct heed_stack_view *view, int seen)
{
    const struct heed_stack *stack = view->stack;
    const float s = view->s, h = (view->frame->is_export ? 22 : 34) * s;
    const float first_w = FIRST * s, last_w = LAST * s;
    const int layers = stack->n_layers;
    const float room = view->end - view->x - first_w - last_w;
    int from = stack->page - 1 - seen / 2;
    from = from > layers - seen ? layers - seen : from;
    from = from < 0 ? 0 : from;
    const float pitch = room / (float)seen;
    const float gap = fminf(fmaxf(pitch * 0.36F, 5 * s), 56 * s);
    const float y = roundf(view->stepper - h / 2);
    float x = view->x;
    const float box = (room - gap * (float)(seen + 1)) / (float)seen;
    for (int page = 0; page <= layers + 1; page++) {
        const bool end = page == 0 || page == layers + 1;
        if (!end && (page - 1 < from || page - 1 >= from + seen)) {
            continue;
        }
        char name[32];
        page_name(stack, page, name, sizeof(name));
        const float w = page == 0 ? first_w : end ? last_w : box;
        const struct heed_rect rect = {roundf(x), y, roundf(w), h};
        page_box(view, page, rect, name);
        if (page == 0 && from > 0) {
            skipped(view, x + w, x + w + gap, from);
        } else if (!end && page == from + seen && page < layers) {
            skipped(view, x + w, x + w + gap, page + 1);
        } else if (page <= layers) {
            arrow(view, x + w + 4 * s, x + w + gap - 4 * s, view->stepper);
        }
        x += w + gap;
    }
}

/* How many layers have room on one line. */
static int count_seen(const struct heed_stack_view *view)
{
    const float room = view->end - view->x - (FIRST + LAST) * view->s;
    const int seen = (int)(room / (PAGE * view->s)), layers = view->stack->n_layers;
    return seen < 1 ? 1 : seen > layers ? layers : seen;
}

/* One after the other, as wide as their names; returns in how many lines. */
static int flow(const struct heed_stack_view *view, bool draw)
{
    const float s = view->s, h = 22 * s;
    const struct heed_text_style style = heed_widget_style(&view->skin, 14, 600);
    const int last = view->stack->n_layers + 1;
    float x = view->x;
    int lines = 1;
    for (int page = 0; page <= last; page++) {
        char name[32];
        page_name(view->stack, page, name, sizeof(name));
        const float w = fmaxf(heed_widget_width(&view->skin, style, name) + 14 * s, LEAST * s);
        if (x > view->x && x + w > view->end) {
            x = view->x;
            lines++;
        }
        const float y = view->stepper + (float)(lines - 1) * HEED_STACK_PAGE_LINE * s;
        if (draw) {
            page_box(view, page, (struct heed_rect){x, y - h / 2, w, h}, name);
        }
        if (draw && page < last && x + w + GAP * s <= view->end) {
            arrow(view, x + w + 3 * s, x + w + (GAP - 3) * s, y);
        }
        x += w + GAP * s;
    }
    return lines;
}

static bool flows(const struct heed_stack_view *view)
{
    return view->frame->is_export && count_seen(view) < view->stack->n_layers;
}

int heed_stack_page_lines(const struct heed_stack_view *view)
{
    return flows(view) ? flow(view, false) : 1;
}

void heed_stack_draw_pages(const struct heed_stack_view *view)
{
    if (flows(view)) {
        flow(view, true);
    } else {
        draw_one_line(view, count_seen(view));
    }
}
