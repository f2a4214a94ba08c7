#include "ui/input/focus.h"

#include <math.h>
#include <stdlib.h>

#include "draw/hit.h"
#include "scene/chrome/chrome.h"
#include "ui/actions/filters.h"
#include "ui/actions/patches.h"
#include "ui/actions/tasks.h"
#include "ui/input/places.h"
#include "ui/input/pointer.h"
#include "ui/window/fields.h"
#include "ui/window/run.h"

/* The focused target; a text field counts as one. */
static struct heed_target focused_target(const struct heed_ui *ui)
{
    if (ui->focused_field != HEED_UI_FIELD_NONE) {
        return (struct heed_target){
            .kind = HEED_TARGET_TEXT_FIELD,
            .flags = ui->focused_field == HEED_UI_FIELD_POPOVER ? HEED_TARGET_FLAG_POPOVER : 0,
            .a = ui->focused_field};
    }
    return ui->focus.target;
}

/* --- remembering --- */

static void remember(struct heed_focus *focus, int group, struct heed_target target)
{
    for (int i = 0; i < focus->n_memory; i++) {
        if (focus->memory[i].group == group) {
            focus->memory[i].target = target;
            return;
        }
    }
    if (focus->n_memory < HEED_FOCUS_MEMORY) {
        focus->memory[focus->n_memory].group = group;
        focus->memory[focus->n_memory++].target = target;
    }
}

/* Where Tab enters a group: where it was left, else what is in use there. */
static const struct heed_place *entry_of(const struct heed_ui *ui, const struct heed_places *places,
                                         int group)
{
    const struct heed_focus *focus = &ui->focus;
    const struct heed_state *state = &ui->now.state;
    const struct heed_place *first = NULL;
    for (int i = 0; i < focus->n_memory; i++) {
        if (focus->memory[i].group == group) {
            const struct heed_place *place = heed_places_find(places, focus->memory[i].target);
            if (place != NULL && place->group == group) {
                return place;
            }
        }
    }
    for (int i = 0; i < places->n; i++) {
        const struct heed_place *place = &places->items[i];
        const struct heed_target *target = &place->target;
        if (place->group != group) {
            continue;
        }
        first = first != NULL ? first : place;
        const bool active_tab = target->kind == HEED_TARGET_COMMAND &&
                                target->a == HEED_COMMAND_VIEW && target->b == (int32_t)state->view;
        const bool matrix_head = target->kind == HEED_TARGET_HEAD &&
                                 target->a == state->matrix_head.layer &&
                                 target->b == state->matrix_head.head;
        if (active_tab || matrix_head) {
            return place;
        }
    }
    return first;
}

/* --- moving --- */

enum { RING = 8 /* logical px that the ring about what has the focus needs */ };

/* From `from` to `to`, with the ring about it. */
static void show_in(const struct heed_ui *ui, float *scroll, float first, float last, float from,
                    float to)
{
    const float ring = RING * heed_ui_scale(ui) * ui->layout.projection;
    if (first - ring < from) {
        *scroll -= from - (first - ring);
    } else if (last + ring > to) {
        *scroll += fminf(last + ring - to, first - ring - from);
    }
}

static void show_in_canvas(struct heed_ui *ui, struct heed_rect r)
{
    const struct heed_rect canvas = ui->layout.canvas;
    show_in(ui, &ui->scroll_x, r.x, r.x + r.w, canvas.x, canvas.x + canvas.w);
    show_in(ui, &ui->scroll_y, r.y, r.y + r.h, canvas.y + ui->fixed_top, canvas.y + canvas.h);
}

/* Of the export panel: what scrolls. */
static bool is_in_body(struct heed_target target)
{
    return target.kind == HEED_TARGET_TEXT_FIELD || target.a == HEED_COMMAND_EXPORT_SET ||
           (target.a == HEED_COMMAND_EXPORT_COPY && target.b == 3);
}

static void bring_into_view(struct heed_ui *ui, const struct heed_place *place)
{
    const struct heed_rect r = place->rect;
    const struct heed_layout *layout = &ui->layout;
    switch (place->group / HEED_N_CLASSES) {
    case HEED_REGION_RAIL:
        show_in(ui, &ui->rail_scroll, r.y, r.y + r.h, layout->rail.y,
                layout->rail.y + layout->rail.h);
        break;
    case HEED_REGION_INSPECTOR:
        show_in(ui, heed_ui_inspector_scroll(ui), r.y, r.y + r.h, layout->inspector.y,
                layout->inspector.y + layout->inspector.h);
        break;
    case HEED_REGION_SHEET:
        if (is_in_body(place->target)) {
            show_in(ui, &ui->exporting.scroll, r.y, r.y + r.h, ui->exporting.body.y,
                    ui->exporting.body.y + ui->exporting.body.h);
        }
        break;
    case HEED_REGION_CANVAS:
        if (place->target.kind != HEED_TARGET_CELL && !heed_ui_is_fixed(place->target)) {
            show_in_canvas(ui, r);
        }
        break;
    default:
        break;
    }
    heed_ui_clamp_scroll(ui);
}

static void focus_on(struct heed_ui *ui, const struct heed_place *place)
{
    struct heed_focus *focus = &ui->focus;
    remember(focus, place->group, place->target);
    if (place->target.kind == HEED_TARGET_TEXT_FIELD) {
        heed_ui_focus_field(ui, place->target.a);
        return;
    }
    heed_ui_focus_field(ui, HEED_UI_FIELD_NONE);
    if (place->target.kind == HEED_TARGET_CELL && (focus->row < 0 || focus->column < 0)) {
        focus->row = focus->column = 0;
    }
    focus->target = place->target;
    focus->rect = place->rect;
    focus->by_keyboard = true;
    bring_into_view(ui, place);
    ui->pointer.hot_since = ui->time;
    ui->pointer.tip_hidden = false;
    /* What the mouse points at steps back until it moves. */
    ui->pointer.inside = false;
    heed_ui_update_hot(ui);
    heed_ui_touch(ui);
}

void heed_ui_tab(struct heed_ui *ui, bool backwards)
{
    heed_ui_list(ui);
    struct heed_places places = heed_places_collect(ui);
    const struct heed_place *groups[HEED_MAX_GROUPS];
    const int n = heed_places_groups(&places, groups);
    const struct heed_place *now = heed_places_find(&places, focused_target(ui));
    int index = backwards ? 0 : -1;
    for (int i = 0; now != NULL && i < n; i++) {
        index = groups[i]->group == now->group ? i : index;
    }
    if (n > 0) {
        index = (index + (backwards ? n - 1 : 1)) % n;
        focus_on(ui, entry_of(ui, &places, groups[index]->group));
    }
    free(places.items);
}

struct direction {
    float x, y;
};

static bool is_token(struct heed_target target)
{
    return target.kind == HEED_TARGET_QUERY || target.kind == HEED_TARGET_KEY;
}

/* The nearest place of the group in a direction; Left and Right also go from
 * queries to keys and back. */
static const struct heed_place *nearest(const struct heed_places *places,
                                        const struct heed_place *now, struct direction direction)
{
    const float x = now->rect.x + now->rect.w / 2.0F;
    const float y = now->rect.y + now->rect.h / 2.0F;
    const struct heed_place *best = NULL;
    float best_cost = INFINITY;
    for (int i = 0; i < places->n; i++) {
        const struct heed_place *place = &places->items[i];
        const bool sibling =
            direction.x != 0.0F && is_token(now->target) && is_token(place->target);
        if ((place->group != now->group && !sibling) || place == now) {
            continue;
        }
        const float dx = place->rect.x + place->rect.w / 2.0F - x;
        const float dy = place->rect.y + place->rect.h / 2.0F - y;
        const float along = dx * direction.x + dy * direction.y;
        const float across = fabsf(dx * direction.y) + fabsf(dy * direction.x);
        const float cost = along + 3.0F * across;
        if (along > 1.0F && cost < best_cost) {
            best_cost = cost;
            best = place;
        }
    }
    return best;
}

static bool direction_of(enum heed_key key, struct direction *direction)
{
    switch (key) {
    case HEED_KEY_LEFT:
        *direction = (struct direction){-1.0F, 0.0F};
        return true;
    case HEED_KEY_RIGHT:
        *direction = (struct direction){1.0F, 0.0F};
        return true;
    case HEED_KEY_UP:
        *direction = (struct direction){0.0F, -1.0F};
        return true;
    case HEED_KEY_DOWN:
        *direction = (struct direction){0.0F, 1.0F};
        return true;
    default:
        return false;
    }
}

static void move_cell(struct heed_ui *ui, struct direction direction)
{
    struct heed_focus *focus = &ui->focus;
    focus->row = (int)fmaxf((float)focus->row + direction.y, 0.0F);
    focus->column = (int)fmaxf((float)focus->column + direction.x, 0.0F);
    heed_ui_refresh_focus(ui); /* not beyond its last cell */
    focus->by_keyboard = true;
    ui->pointer.inside = false;
    heed_ui_update_hot(ui);
    heed_ui_touch(ui);
    heed_ui_list(ui); /* now focus->rect is the cell's */
    show_in_canvas(ui, focus->rect);
    heed_ui_clamp_scroll(ui);
    heed_ui_touch(ui);
}

static void move_slider(struct heed_ui *ui, bool up)
{
    static const enum heed_command commands[][2] = {
        [HEED_SLIDER_THRESHOLD] = {HEED_COMMAND_THRESHOLD_DOWN, HEED_COMMAND_THRESHOLD_UP},
        [HEED_SLIDER_TOP_P] = {HEED_COMMAND_TOP_P_DOWN, HEED_COMMAND_TOP_P_UP},
        [HEED_SLIDER_TOP_K] = {HEED_COMMAND_TOP_K_DOWN, HEED_COMMAND_TOP_K_UP},
    };
    if (ui->focus.target.a == HEED_SLIDER_HEAT) {
        heed_ui_step_heat(ui, up ? 1 : -1);
        return;
    }
    heed_ui_run(ui, commands[ui->focus.target.a][up], 0);
}

static bool is_card(struct heed_target target)
{
    return target.kind == HEED_TARGET_COMMAND && target.a == HEED_COMMAND_LESSON;
}

/* Beyond the end of a line of cards the next line begins. */
static const struct heed_place *next_card(const struct heed_places *places, struct heed_target card,
                                          struct direction direction)
{
    card.b += direction.x > 0.0F ? 1 : -1;
    return heed_places_find(places, card);
}

/* Patches go by their places in the picture, whichever of its panels they were found in. */
static const struct heed_place *next_place(const struct heed_ui *ui,
                                           const struct heed_places *places,
                                           const struct heed_place *now, struct direction direction)
{
    struct heed_target patch;
    if (heed_ui_next_patch(ui, now->target, (int)direction.x, (int)direction.y, &patch)) {
        return heed_places_find(places, patch);
    }
    return direction.x != 0.0F && is_card(now->target) ? next_card(places, now->target, direction)
                                                       : nearest(places, now, direction);
}

/* The next place, scrolling the picture on when it ends at its edge. */
static void move_place(struct heed_ui *ui, struct direction direction)
{
    for (int attempt = 0; attempt < 2; attempt++) {
        heed_ui_list(ui);
        struct heed_places places = heed_places_collect(ui);
        const struct heed_place *now = heed_places_find(&places, ui->focus.target);
        const struct heed_place *next =
            now == NULL ? NULL : next_place(ui, &places, now, direction);
        if (next != NULL) {
            focus_on(ui, next);
        }
        const bool scrolls = next == NULL && now != NULL && is_token(now->target);
        free(places.items);
        if (!scrolls) {
            return;
        }
        ui->scroll_x += direction.x * 60.0F * heed_ui_scale(ui);
        ui->scroll_y += direction.y * 60.0F * heed_ui_scale(ui);
        heed_ui_clamp_scroll(ui);
        heed_ui_touch(ui);
    }
}

/* With nothing focused an arrow enters the picture. */
static bool enter_canvas(struct heed_ui *ui)
{
    heed_ui_list(ui);
    struct heed_places places = heed_places_collect(ui);
    const struct heed_place *groups[HEED_MAX_GROUPS];
    const int n = heed_places_groups(&places, groups);
    bool found = false;
    for (int i = 0; i < n && !found; i++) {
        if (groups[i]->group / HEED_N_CLASSES == HEED_REGION_CANVAS &&
            heed_place_class(&groups[i]->target) <= HEED_CLASS_MAP) {
            focus_on(ui, entry_of(ui, &places, groups[i]->group));
            found = true;
        }
    }
    free(places.items);
    return found;
}

static bool arrow(struct heed_ui *ui, struct direction direction)
{
    const struct heed_focus *focus = &ui->focus;
    switch (focus->target.kind) {
    case HEED_TARGET_NONE:
        if (direction.y != 0.0F && ui->now.state.projector &&
            heed_state_compares(&ui->now.state)) { /* its two screens lie below one another */
            heed_ui_run(ui, direction.y > 0.0F ? HEED_COMMAND_PAGE_NEXT : HEED_COMMAND_PAGE_BACK,
                        0);
            return true;
        }
        if (ui->popover.kind == HEED_POPOVER_NONE &&
            heed_ui_move_patch(ui, (int)direction.x, (int)direction.y)) {
            return true;
        }
        return ui->popover.kind == HEED_POPOVER_NONE && enter_canvas(ui);
    case HEED_TARGET_CELL:
        move_cell(ui, direction);
        return true;
    case HEED_TARGET_SLIDER:
        if (direction.x != 0.0F) {
            ui->focus.by_keyboard = true;
            move_slider(ui, direction.x > 0.0F);
            return true;
        }
        break;
    default:
        break;
    }
    move_place(ui, direction);
    return true;
}

bool heed_ui_focus_key(struct heed_ui *ui, const struct heed_event *event)
{
    struct direction direction;
    const struct heed_focus *focus = &ui->focus;
    if ((event->mods & ~HEED_MOD_SHIFT) != 0) {
        return false;
    }
    if (direction_of(event->key, &direction)) {
        return arrow(ui, direction);
    }
    if ((event->key == HEED_KEY_ENTER || event->key == HEED_KEY_SPACE) &&
        focus->target.kind != HEED_TARGET_NONE) {
        ui->focus.by_keyboard = true;
        heed_ui_activate(ui, focus->target, focus->rect, 1, event->mods);
        return true;
    }
    return false;
}

/* Where one cell of a heatmap lies. */
static struct heed_rect cell_rect(const struct heed_item_heatmap *map, int row, int column)
{
    const float w = map->rect.w / (float)map->columns;
    const float h = map->rect.h / (float)map->rows;
    return (struct heed_rect){map->rect.x + w * (float)(column - map->column),
                              map->rect.y + h * (float)(row - map->row), w, h};
}

/* The item of the focused target; of a heatmap that is gone another. */
static const struct heed_item *find_focused(const struct heed_ui *ui)
{
    const struct heed_target target = ui->focus.target;
    const struct heed_item *other = NULL;
    for (size_t i = 0; i < ui->list.n_items; i++) {
        const struct heed_item *item = &ui->list.items[i];
        if (heed_item_bounds(item).w <= 0.0F) {
            continue;
        }
        if (heed_target_equal(item->target, target)) {
            return item;
        }
        if (other == NULL && target.kind == HEED_TARGET_CELL &&
            item->target.kind == HEED_TARGET_CELL) {
            other = item;
        }
    }
    return other;
}

void heed_ui_refresh_focus(struct heed_ui *ui)
{
    struct heed_focus *focus = &ui->focus;
    if (focus->target.kind == HEED_TARGET_NONE) {
        return;
    }
    const struct heed_item *item = find_focused(ui);
    if (item == NULL) {
        heed_ui_clear_focus(ui);
        return;
    }
    focus->target = item->target;
    focus->rect = heed_item_bounds(item);
    if (item->kind == HEED_ITEM_HEATMAP && item->as.heatmap.rows > 0 &&
        item->as.heatmap.columns > 0) {
        const struct heed_item_heatmap *map = &item->as.heatmap;
        focus->row = focus->row < map->rows ? focus->row : map->rows - 1;
        focus->column = focus->column < map->columns ? focus->column : map->columns - 1;
        focus->rect = cell_rect(map, focus->row, focus->column);
    }
}
