#include "ui/input/pointer.h"

#include <math.h>

#include "draw/hit.h"
#include "scene/chrome/sliders.h"
#include "scene/parts/minimap.h"
#include "scene/views/neuron/words.h"
#include "scene/widgets/target.h"
#include "ui/actions/context.h"
#include "ui/actions/filters.h"
#include "ui/actions/heads.h"
#include "ui/actions/pair.h"
#include "ui/actions/probe.h"
#include "ui/actions/zoom.h"
#include "ui/input/field_menu.h"
#include "ui/input/fields.h"
#include "ui/popover/keys.h"
#include "ui/popover/popover.h"
#include "ui/sheet/export_panel.h"
#include "ui/window/fields.h"
#include "ui/window/hover.h"
#include "ui/window/pins.h"
#include "ui/window/run.h"

static const float pan_after = 4.0F;   /* logical px */
static const float wheel_step = 60.0F; /* logical px a notch */
static const float wheel_zoom = 1.15F;

/* The item under the pointer; with a popover open only its own count. */
static const struct heed_item *find_item(const struct heed_ui *ui, float x, float y)
{
    const struct heed_item *item = heed_list_hit(&ui->list, x, y);
    if (item != NULL && ui->popover.kind != HEED_POPOVER_NONE &&
        (size_t)(item - ui->list.items) < ui->popover_items) {
        return NULL;
    }
    return item;
}

void heed_ui_update_hot(struct heed_ui *ui)
{
    struct heed_pointer *pointer = &ui->pointer;
    const struct heed_item *item = pointer->inside ? find_item(ui, pointer->x, pointer->y) : NULL;
    struct heed_target target = {0};
    struct heed_rect rect = {0};
    int row = -1;
    int column = -1;
    if (item != NULL) {
        target = item->target;
        rect = heed_item_bounds(item);
    }
    if (target.kind == HEED_TARGET_CELL && item->kind == HEED_ITEM_HEATMAP) {
        heed_heatmap_cell(&item->as.heatmap, pointer->x, pointer->y, &row, &column);
    }
    if (target.kind == HEED_TARGET_VALUE && target.c > 0 && rect.w > 0.0F) {
        const float at = (pointer->x - rect.x) / rect.w * (float)target.c;
        column = (int)fminf(at, (float)target.c - 1.0F);
    }
    pointer->hot_rect = rect;
    if (heed_target_equal(target, pointer->hot) && row == pointer->hot_row &&
        column == pointer->hot_column) {
        return;
    }
    pointer->hot = target;
    pointer->hot_row = row;
    pointer->hot_column = column;
    pointer->hot_since = ui->time;
    pointer->tip_hidden = false;
    heed_ui_touch(ui);
}

static void click_pair(struct heed_ui *ui)
{
    const struct heed_hover hover = heed_ui_hover(ui);
    if (hover.key.count == 0) {
        heed_ui_pin_query(ui, hover.query);
    } else {
        heed_ui_pin_pair(ui, hover.query, hover.key);
    }
}

/* Commands of controls that stay. */
static bool keeps_popover(const struct heed_ui *ui, enum heed_command command)
{
    if (ui->popover.kind == HEED_POPOVER_SETTINGS) {
        return command != HEED_COMMAND_MODELS && command != HEED_COMMAND_UNPIN;
    }
    return command == HEED_COMMAND_ACCEPT || command == HEED_COMMAND_MODEL_ROW ||
           command == HEED_COMMAND_MODEL_OPEN || command == HEED_COMMAND_MODEL_STOP ||
           command == HEED_COMMAND_PATH_ROW || command == HEED_COMMAND_BROWSE;
}

static void click_command(struct heed_ui *ui, struct heed_target target)
{
    const bool in_popover = (target.flags & HEED_TARGET_FLAG_POPOVER) != 0;
    if (in_popover && !keeps_popover(ui, (enum heed_command)target.a)) {
        const enum heed_command from = ui->popover.command;
        heed_popover_close(ui);
        if (target.a != HEED_COMMAND_UNPIN) { /* its Cancel */
            heed_popover_run(ui, from, (enum heed_command)target.a, target.b);
        }
        return;
    }
    heed_ui_run(ui, (enum heed_command)target.a, target.b);
}

static void click_head(struct heed_ui *ui, struct heed_target target, int clicks, uint8_t mods)
{
    const struct heed_head_id id = {(int16_t)target.a, (int16_t)target.b};
    if (target.flags == 1) {
        if (clicks == 2) {
            heed_ui_isolate(ui, id);
        } else {
            heed_ui_choose_matrix(ui, id);
        }
    } else if (target.flags == HEED_TARGET_FLAG_PROBED) {
        heed_ui_choose_probed(ui, id);
    } else if (target.flags == HEED_TARGET_FLAG_COMPARED) {
        heed_ui_click_ranked(ui, id, mods);
    } else if (target.flags == HEED_TARGET_FLAG_THUMBNAIL && clicks == 2) {
        heed_ui_open_head(ui, id, true);
    } else if (clicks <= 2) {
        heed_ui_click_head(ui, id, clicks, mods);
    }
}

static void click_token(struct heed_ui *ui, struct heed_target target, uint8_t mods)
{
    const struct heed_pin pin = heed_target_pin(target);
    const struct heed_state *state = &ui->now.state;
    const bool key = target.kind == HEED_TARGET_KEY;
    const bool word = key || target.kind == HEED_TARGET_QUERY;
    if (word && (mods & HEED_MOD_SHIFT) != 0 && (mods & HEED_MOD_CTRL) != 0) {
        heed_ui_twin_of(ui, pin);
        return;
    }
    if ((mods & HEED_MOD_SHIFT) != 0 && word) {
        heed_ui_extend_pin(ui, key, key ? state->key : state->query, pin);
        return;
    }
    if ((mods & HEED_MOD_CTRL) != 0 && word) {
        heed_ui_toggle_candidate(ui, pin);
        return;
    }
    switch (target.kind) {
    case HEED_TARGET_QUERY:
        heed_ui_pin_query(ui, pin);
        break;
    case HEED_TARGET_KEY:
        heed_ui_pin_key(ui, pin);
        break;
    case HEED_TARGET_LINK:
    case HEED_TARGET_CELL:
        click_pair(ui);
        break;
    default:
        break;
    }
}

void heed_ui_activate(struct heed_ui *ui, struct heed_target target, struct heed_rect rect,
                      int clicks, uint8_t mods)
{
    struct heed_pin key = {0, 0};
    (void)rect;
    switch (target.kind) {
    case HEED_TARGET_COMMAND:
        click_command(ui, target);
        break;
    case HEED_TARGET_QUERY:
    case HEED_TARGET_KEY:
    case HEED_TARGET_LINK:
    case HEED_TARGET_CELL:
        if (clicks <= 1) {
            click_token(ui, target, mods);
        }
        break;
    case HEED_TARGET_VALUE:
        if (clicks <= 1 && heed_neuron_value_key(target, &key)) {
            heed_ui_pin_key(ui, key);
        }
        break;
    case HEED_TARGET_HEAD:
        click_head(ui, target, clicks, mods);
        break;
    case HEED_TARGET_LAYER_LABEL:
        heed_ui_show_layer(ui, target.a);
        break;
    case HEED_TARGET_HEAD_LABEL:
        heed_ui_show_column(ui, target.a);
        break;
    case HEED_TARGET_TEXT_FIELD:
        heed_ui_focus_field(ui, target.a);
        break;
    default:
        break;
    }
}

static void drag_slider(struct heed_ui *ui, float x)
{
    const struct heed_pointer *pointer = &ui->pointer;
    const enum heed_slider slider = (enum heed_slider)pointer->pressed.a;
    const struct heed_rect track = pointer->pressed_rect;
    if (track.w > 0.0F) {
        const float position = (x - track.x) / track.w;
        heed_ui_set_slider(ui, slider,
                           heed_slider_to_value(slider, fminf(fmaxf(position, 0.0F), 1.0F)));
    }
}

static bool is_minimap(struct heed_target target)
{
    return target.kind == HEED_TARGET_SCROLL && (target.flags & HEED_MINIMAP_DOWN) != 0;
}

/* What of a length of px, of which some are seen, lies before the window round a share of it. */
static float scroll_to(float share, float length, float canvas, float seen)
{
    return share * (length - canvas + seen) - seen / 2.0F;
}

/* The middle of what is seen goes to the pointer. */
static void drag_minimap(struct heed_ui *ui, float x, float y)
{
    const struct heed_rect canvas = ui->layout.canvas;
    const struct heed_rect map = ui->pointer.pressed_rect;
    const struct heed_target grip = ui->pointer.pressed;
    if (map.w <= 0.0F || map.h <= 0.0F) {
        return;
    }
    ui->scroll_y = scroll_to((y - map.y) / map.h, ui->content_height, canvas.h, (float)grip.c);
    if ((grip.flags & HEED_MINIMAP_ACROSS) != 0) {
        ui->scroll_x = scroll_to((x - map.x) / map.w, ui->content_width, canvas.w, (float)grip.b);
    }
    heed_ui_clamp_scroll(ui);
    heed_ui_touch(ui);
}

/* Controls leave the caret where it is, so that one can go on typing. */
static bool keeps_caret(struct heed_target target)
{
    return target.kind == HEED_TARGET_COMMAND || target.kind == HEED_TARGET_SLIDER;
}

static void press_left(struct heed_ui *ui, const struct heed_event *event)
{
    struct heed_pointer *pointer = &ui->pointer;
    pointer->down = true;
    pointer->clicks = event->clicks;
    pointer->mods = event->mods;
    pointer->pressed = pointer->hot;
    pointer->pressed_rect = pointer->hot_rect;
    if (!keeps_caret(pointer->hot) && ui->popover.kind == HEED_POPOVER_NONE) {
        heed_ui_focus_field(ui, HEED_UI_FIELD_NONE);
    }
    ui->focus.by_keyboard = false;
    if (heed_target_is_thing(pointer->hot)) {
        ui->focus.target = pointer->hot;
        ui->focus.rect = pointer->hot_rect;
        ui->focus.row = pointer->hot_row;
        ui->focus.column = pointer->hot_column;
    }
    if (is_minimap(pointer->hot)) {
        drag_minimap(ui, event->x, event->y);
    }
    if (pointer->hot.kind == HEED_TARGET_SLIDER) {
        heed_ui_seal(ui);
        drag_slider(ui, event->x);
    }
    heed_ui_touch(ui);
}

static void start_pan(struct heed_ui *ui, const struct heed_event *event)
{
    struct heed_pointer *pointer = &ui->pointer;
    pointer->down_x = event->x;
    pointer->down_y = event->y;
    pointer->pan_x = ui->scroll_x;
    pointer->pan_y = ui->scroll_y;
    pointer->panning = false;
}

/* The menu of what lies under the pointer; controls have none, a field its own. */
static void press_right(struct heed_ui *ui, const struct heed_event *event)
{
    const struct heed_target hot = ui->pointer.hot;
    const bool about =
        hot.kind == HEED_TARGET_SCROLL ? hot.a == HEED_SCROLL_CANVAS : heed_target_is_thing(hot);
    if (ui->popover.kind == HEED_POPOVER_NONE && about && hot.kind != HEED_TARGET_COMMAND &&
        hot.kind != HEED_TARGET_SLIDER && hot.kind != HEED_TARGET_TEXT_FIELD) {
        heed_ui_open_context(ui, (struct heed_rect){event->x, event->y, 1.0F, 0.0F});
    }
}

static void press(struct heed_ui *ui, const struct heed_event *event)
{
    struct heed_pointer *pointer = &ui->pointer;
    pointer->tip_hidden = true;
    if (ui->popover.kind != HEED_POPOVER_NONE &&
        !heed_rect_has(ui->popover.rect, event->x, event->y)) {
        heed_popover_close(ui);
        return;
    }
    if (pointer->hot.kind == HEED_TARGET_TEXT_FIELD && event->button <= 3) {
        heed_ui_focus_field(ui, pointer->hot.a);
        heed_ui_field_event(ui, event);
        if (event->button == 3 && ui->popover.kind == HEED_POPOVER_NONE) {
            heed_ui_open_field_menu(ui, (struct heed_rect){event->x, event->y, 1.0F, 0.0F});
        }
        return;
    }
    if (event->button == 3) {
        press_right(ui, event);
        return;
    }
    start_pan(ui, event);
    if (event->button == 1) {
        press_left(ui, event);
    } else if (event->button == 2) {
        pointer->down = true;
        pointer->pressed = (struct heed_target){0};
    }
}

/* A drag over the picture moves it, where it is larger than its place. */
static bool pan(struct heed_ui *ui, const struct heed_event *event)
{
    struct heed_pointer *pointer = &ui->pointer;
    const float dx = event->x - pointer->down_x;
    const float dy = event->y - pointer->down_y;
    const struct heed_rect canvas = ui->layout.canvas;
    if (!pointer->down || pointer->pressed.kind == HEED_TARGET_SLIDER ||
        ui->popover.kind != HEED_POPOVER_NONE ||
        !heed_rect_has(canvas, pointer->down_x, pointer->down_y) ||
        heed_rect_has(ui->exporting.rect, pointer->down_x, pointer->down_y) ||
        (ui->content_width <= canvas.w && ui->content_height <= canvas.h)) {
        return false;
    }
    if (!pointer->panning && fabsf(dx) + fabsf(dy) < pan_after * heed_ui_scale(ui)) {
        return false;
    }
    pointer->panning = true;
    ui->scroll_x = pointer->pan_x - dx;
    ui->scroll_y = pointer->pan_y - dy;
    heed_ui_clamp_scroll(ui);
    heed_ui_touch(ui);
    return true;
}

static void move(struct heed_ui *ui, const struct heed_event *event)
{
    struct heed_pointer *pointer = &ui->pointer;
    const struct heed_textfield *field = heed_ui_field(ui, ui->focused_field);
    if (field != NULL && field->dragging) {
        heed_ui_field_event(ui, event);
    } else if (pointer->down && pointer->pressed.kind == HEED_TARGET_SLIDER) {
        drag_slider(ui, event->x);
    } else if (pointer->down && is_minimap(pointer->pressed)) {
        drag_minimap(ui, event->x, event->y);
    } else if (!pan(ui, event)) {
        heed_ui_list(ui);
        heed_ui_update_hot(ui);
    }
}

/* A drag from one token to another pins all that lie between. */
static void drag_over_tokens(struct heed_ui *ui)
{
    const struct heed_pointer *pointer = &ui->pointer;
    const enum heed_target_kind kind = pointer->pressed.kind;
    if (kind == pointer->hot.kind && (kind == HEED_TARGET_QUERY || kind == HEED_TARGET_KEY)) {
        heed_ui_extend_pin(ui, kind == HEED_TARGET_KEY, heed_target_pin(pointer->pressed),
                           heed_target_pin(pointer->hot));
    }
}

static void release(struct heed_ui *ui, const struct heed_event *event)
{
    struct heed_pointer *pointer = &ui->pointer;
    const struct heed_textfield *field = heed_ui_field(ui, ui->focused_field);
    const bool was_down = pointer->down;
    if (field != NULL && field->dragging) {
        heed_ui_field_event(ui, event);
    }
    if (!was_down) {
        return;
    }
    pointer->down = false;
    heed_ui_touch(ui);
    if (pointer->pressed.kind == HEED_TARGET_SLIDER) {
        heed_ui_seal(ui);
    } else if (pointer->panning) {
        pointer->panning = false;
    } else if (event->button == 1 && heed_target_is_thing(pointer->pressed)) {
        heed_ui_list(ui);
        heed_ui_update_hot(ui);
        if (heed_target_equal(pointer->hot, pointer->pressed)) {
            heed_ui_activate(ui, pointer->pressed, pointer->pressed_rect, pointer->clicks,
                             pointer->mods);
        } else {
            drag_over_tokens(ui);
        }
    }
}

static void scroll_area(struct heed_ui *ui, float x, float y, float by_x, float by_y)
{
    const struct heed_layout *layout = &ui->layout;
    if (heed_rect_has(layout->inspector, x, y)) {
        *heed_ui_inspector_scroll(ui) -= by_y;
    } else if (heed_rect_has(layout->rail, x, y)) {
        ui->rail_scroll -= by_y;
    } else if (heed_rect_has(layout->canvas, x, y)) {
        ui->scroll_x -= by_x;
        ui->scroll_y -= by_y;
    } else if (ui->pointer.hot.kind == HEED_TARGET_TEXT_FIELD) {
        struct heed_textfield *field = heed_ui_field(ui, ui->pointer.hot.a);
        heed_textfield_scroll(field, -(by_x + by_y));
    }
    heed_ui_clamp_scroll(ui);
    heed_ui_touch(ui);
}

static void wheel(struct heed_ui *ui, const struct heed_event *event)
{
    const float step = wheel_step * heed_ui_scale(ui);
    const bool sideways = (event->mods & HEED_MOD_SHIFT) != 0;
    ui->pointer.tip_hidden = true;
    if (ui->popover.kind != HEED_POPOVER_NONE) {
        heed_popover_wheel(ui, event->wheel_y);
    } else if (heed_rect_has(ui->exporting.rect, event->x, event->y)) {
        heed_ui_export_wheel(ui, (event->wheel_x + (sideways ? event->wheel_y : 0.0F)) * step,
                             sideways ? 0.0F : event->wheel_y * step);
    } else if ((event->mods & HEED_MOD_CTRL) != 0) {
        if (heed_rect_has(ui->layout.canvas, event->x, event->y)) {
            heed_ui_zoom_at(ui, powf(wheel_zoom, event->wheel_y), event->x, event->y);
        }
    } else {
        scroll_area(ui, event->x, event->y,
                    (event->wheel_x + (sideways ? event->wheel_y : 0.0F)) * step,
                    sideways ? 0.0F : event->wheel_y * step);
    }
}

static void leave(struct heed_ui *ui)
{
    ui->pointer.inside = false;
    heed_ui_update_hot(ui);
}

void heed_ui_pointer_event(struct heed_ui *ui, const struct heed_event *event)
{
    struct heed_pointer *pointer = &ui->pointer;
    if (event->kind == HEED_EVENT_POINTER_LEAVE) {
        leave(ui);
        return;
    }
    pointer->x = event->x;
    pointer->y = event->y;
    pointer->inside = true;
    switch (event->kind) {
    case HEED_EVENT_POINTER_MOVE:
        move(ui, event);
        break;
    case HEED_EVENT_POINTER_DOWN:
        ui->blank = HEED_BLANK_NONE;
        heed_ui_list(ui);
        heed_ui_update_hot(ui);
        press(ui, event);
        break;
    case HEED_EVENT_POINTER_UP:
        release(ui, event);
        break;
    default:
        heed_ui_list(ui);
        heed_ui_update_hot(ui);
        wheel(ui, event);
        break;
    }
}
