#include "ui/window/hover.h"

#include "scene/views/compare/layout.h"
#include "scene/views/neuron/words.h"
#include "scene/widgets/target.h"
#include "ui/window/pins.h"

/* The shown result's comparison, where Compare is seen; else NULL. */
static const struct heed_comparison *compared(const struct heed_ui *ui)
{
    return heed_state_compares(&ui->now.state) && ui->result != NULL ? ui->result->compare : NULL;
}

/* What stands at a place, in A if that has it. */
static struct heed_pin any_pin(const struct heed_ui *ui, const struct heed_alignment *units,
                               int place)
{
    if (place < 0 || place >= units->n) {
        return (struct heed_pin){0, 0};
    }
    const struct heed_aligned *at = &units->places[place];
    return at->a >= 0 ? heed_ui_unit_pin(ui, at->a) : heed_ui_unit_pin_b(ui, at->b);
}

/* A's unit at the index-th place that both texts have. */
static struct heed_pin place_pin(const struct heed_ui *ui, const struct heed_alignment *units,
                                 int index)
{
    const int place = heed_compare_aligned_place(units, index);
    return place >= 0 ? heed_ui_unit_pin(ui, units->places[place].a) : (struct heed_pin){0, 0};
}

/* What a CELL's row and column stand for; key empty: it stands for one token. */
static void cell_pins(const struct heed_ui *ui, struct heed_target cell, int row, int column,
                      struct heed_pin *query, struct heed_pin *key)
{
    const struct heed_comparison *comparison = compared(ui);
    const int kind = comparison != NULL ? cell.c - 1 : -1;
    switch (kind) {
    case HEED_COMPARE_DIFFERENCE:
    case HEED_COMPARE_A:
    case HEED_COMPARE_B:
        *query = any_pin(ui, &comparison->units, row);
        *key = any_pin(ui, &comparison->units, column);
        break;
    case HEED_COMPARE_LAYERS:
        *query = place_pin(ui, &comparison->units, column);
        break;
    default:
        *query = heed_ui_unit_pin(ui, row);
        *key = heed_ui_unit_pin(ui, column);
        break;
    }
}

/* What a context menu's commands are about, else what is pointed at. */
struct heed_hover heed_ui_in_hand(const struct heed_ui *ui)
{
    return ui->has_subject ? ui->subject : heed_ui_hover(ui);
}

struct heed_head_id heed_ui_argument_head(const struct heed_ui *ui, int32_t argument)
{
    if (argument > 0) {
        return (struct heed_head_id){(int16_t)((argument - 1) >> 16),
                                     (int16_t)((argument - 1) & 0xFFFF)};
    }
    const struct heed_hover hover = heed_ui_in_hand(ui);
    return hover.has_head && hover.head.layer >= 0 ? hover.head : ui->now.state.matrix_head;
}

bool heed_ui_pair_in_hand(const struct heed_ui *ui, struct heed_pin *query, struct heed_pin *key)
{
    const struct heed_hover hover = heed_ui_in_hand(ui);
    const struct heed_state *state = &ui->now.state;
    *query = hover.query.count > 0 ? hover.query : state->query;
    *key = hover.key.count > 0 ? hover.key : state->key;
    return query->count > 0 && key->count > 0;
}

bool heed_target_is_thing(struct heed_target target)
{
    return target.kind != HEED_TARGET_NONE && target.kind != HEED_TARGET_BLOCK &&
           target.kind != HEED_TARGET_SCROLL && target.kind != HEED_TARGET_TERM;
}

struct heed_pin heed_target_pin(struct heed_target target)
{
    return (struct heed_pin){target.a, target.b, (target.flags & HEED_TARGET_FLAG_B) != 0};
}

static struct heed_pin linked_unit(const struct heed_ui *ui, struct heed_target target, int unit)
{
    return (target.flags & HEED_TARGET_FLAG_B) != 0 ? heed_ui_unit_pin_b(ui, unit)
                                                    : heed_ui_unit_pin(ui, unit);
}

struct heed_hover heed_ui_hover(const struct heed_ui *ui)
{
    struct heed_hover hover = {.head = {-1, -1}};
    struct heed_target target = ui->pointer.hot;
    int row = ui->pointer.hot_row;
    int column = ui->pointer.hot_column;
    if (!heed_target_is_thing(target) && ui->focus.by_keyboard) {
        target = ui->focus.target;
        row = ui->focus.row;
        column = ui->focus.column;
    }
    switch (target.kind) {
    case HEED_TARGET_QUERY:
        hover.query = heed_target_pin(target);
        break;
    case HEED_TARGET_KEY:
        hover.key = heed_target_pin(target);
        break;
    case HEED_TARGET_CELL:
        cell_pins(ui, target, row, column, &hover.query, &hover.key);
        hover.head = (struct heed_head_id){(int16_t)target.a, (int16_t)target.b};
        hover.has_head = target.a >= 0 && target.b >= 0;
        break;
    case HEED_TARGET_LINK:
        hover.query = linked_unit(ui, target, target.a);
        hover.key = linked_unit(ui, target, target.b);
        hover.head = (struct heed_head_id){(int16_t)(target.c >> 16), (int16_t)(target.c & 0xFFFF)};
        hover.has_head = target.c >= 0;
        break;
    case HEED_TARGET_VALUE:
        heed_neuron_value_key(target, &hover.key);
        break;
    case HEED_TARGET_HEAD:
        hover.head = (struct heed_head_id){(int16_t)target.a, (int16_t)target.b};
        hover.has_head = true;
        break;
    default:
        break;
    }
    return hover;
}
