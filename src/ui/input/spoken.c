#include "ui/input/spoken.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "draw/hit.h"
#include "scene/frame/shown.h"
#include "scene/frame/two_models.h"
#include "scene/widgets/target.h"
#include "ui/input/places.h"
#include "ui/popover/tooltip.h"
#include "ui/window/fields.h"
#include "ui/window/hover.h"
#include "ui/window/pins.h"

enum { NAME = 192, OWN_GROUPS = 4 }; /* row in hand, inspector, popover, status */

/* What is being made. */
struct speaker {
    struct heed_ui *ui;
    struct heed_spoken_tree *tree;
    struct heed_places places;
    char (*names)[NAME]; /* of the places: the texts drawn with their targets */
    int capacity;
};

/* --- names --- */

static const char *keep(struct speaker *it, const char *text)
{
    const char *copy = heed_arena_copy(&it->tree->arena, text, strlen(text));
    return copy != NULL ? copy : "";
}

static void append(char *name, const char *text, size_t length)
{
    const size_t used = strlen(name);
    if (used + length + 2 < NAME) {
        snprintf(name + used, NAME - used, "%s%.*s", used > 0 ? " " : "", (int)length, text);
    }
}

/* Texts with a place's target are its name, in the order they are drawn. */
static void collect_names(struct speaker *it)
{
    const struct heed_list *list = &it->ui->list;
    for (size_t i = 0; i < list->n_items; i++) {
        const struct heed_item *item = &list->items[i];
        const struct heed_place *place =
            item->kind == HEED_ITEM_TEXT ? heed_places_find(&it->places, item->target) : NULL;
        if (place != NULL) {
            append(it->names[place - it->places.items], item->as.text.text, item->as.text.length);
        }
    }
}

static const char *name_of_class(int class)
{
    static const char *const names[HEED_N_CLASSES] = {
        [HEED_CLASS_QUERY] = "Queries",
        [HEED_CLASS_KEY] = "Keys",
        [HEED_CLASS_CELL] = "Maps",
        [HEED_CLASS_MAP] = "Map of heads",
        [HEED_CLASS_SHOWN] = "Shown heads",
        [HEED_CLASS_FILTERS] = "Filters",
        [HEED_CLASS_TABS] = "Views",
        [HEED_CLASS_COMMANDS] = "Commands",
        [HEED_CLASS_MEASURE] = "Measure",
        [HEED_CLASS_SEGMENTS] = "Segments",
        [HEED_CLASS_WORDS] = "Tokens or words",
        [HEED_CLASS_SELECT] = "Choices",
        [HEED_CLASS_FIELD] = "Text",
        [HEED_CLASS_FIELD + 1] = "Second text",
        [HEED_CLASS_FIELD + 2] = "Field",
        [HEED_CLASS_MODE] = "How heads are drawn",
        [HEED_CLASS_SENTENCE] = "Sentences",
        [HEED_CLASS_PROBED] = "Heads of the probe",
        [HEED_CLASS_MASK] = "Mask",
        [HEED_CLASS_POSITIONS] = "Positions",
        [HEED_CLASS_ATTENTION] = "Attention",
    };
    return names[class] != NULL ? names[class] : "Controls";
}

static void name_group(int group, char *name, size_t size)
{
    static const char *const regions[] = {
        [HEED_REGION_TEXT] = "",
        [HEED_REGION_TABS] = "",
        [HEED_REGION_RAIL] = "",
        [HEED_REGION_CANVAS] = "Picture: ",
        [HEED_REGION_INSPECTOR] = "Inspector: ",
        [HEED_REGION_STATUS] = "Status: ",
        [HEED_REGION_SHEET] = "",
        [HEED_REGION_POPOVER] = "Dialog: ",
    };
    const int region = group / HEED_N_CLASSES;
    snprintf(name, size, "%s%s", regions[region],
             region == HEED_REGION_SHEET ? "Export" : name_of_class(group % HEED_N_CLASSES));
}

/* --- one thing --- */

/* What of the state a command's argument is one of; false: it isn't such a command. */
static bool choice_of(const struct heed_state *state, enum heed_command command, int32_t *now)
{
    switch (command) {
    case HEED_COMMAND_MEASURE:
        *now = (int32_t)state->filter.measure;
        return true;
    case HEED_COMMAND_SEGMENTS:
        *now = (int32_t)state->filter.segments;
        return true;
    case HEED_COMMAND_STACK_PAGE:
        *now = state->stack_page;
        return true;
    case HEED_COMMAND_MASK:
        *now = (int32_t)state->variant.mask.kind;
        return true;
    case HEED_COMMAND_POSITIONS:
        *now = (int32_t)state->variant.positions;
        return true;
    case HEED_COMMAND_ATTENTION:
        *now = (int32_t)state->variant.attention;
        return true;
    case HEED_COMMAND_ABLATION_BY:
        *now = (int32_t)state->ablation_by;
        return true;
    default:
        return false;
    }
}

static enum heed_spoken_role role_of(const struct speaker *it, struct heed_target target)
{
    const struct heed_command_info *info;
    int32_t now = 0;
    switch (target.kind) {
    case HEED_TARGET_QUERY:
    case HEED_TARGET_KEY:
        return HEED_SPOKEN_TOKEN;
    case HEED_TARGET_CELL:
        return HEED_SPOKEN_MAP;
    case HEED_TARGET_HEAD:
        return HEED_SPOKEN_HEAD;
    case HEED_TARGET_SLIDER:
        return HEED_SPOKEN_SLIDER;
    case HEED_TARGET_TEXT_FIELD:
        return HEED_SPOKEN_FIELD;
    case HEED_TARGET_COMMAND:
        info = heed_commands_get_info(it->ui->commands, (enum heed_command)target.a, target.b);
        return target.a == HEED_COMMAND_VIEW                    ? HEED_SPOKEN_TAB
               : (target.flags & HEED_TARGET_FLAG_POPOVER) != 0 ? HEED_SPOKEN_ITEM
               : info != NULL && info->flips != 0               ? HEED_SPOKEN_TOGGLE
               : choice_of(&it->ui->now.state, (enum heed_command)target.a, &now)
                   ? HEED_SPOKEN_CHOICE
                   : HEED_SPOKEN_BUTTON;
    default:
        return HEED_SPOKEN_BUTTON;
    }
}

static bool is_checked(const struct speaker *it, struct heed_target target)
{
    const struct heed_state *state = &it->ui->now.state;
    const struct heed_head_id id = {(int16_t)target.a, (int16_t)target.b};
    if (target.kind == HEED_TARGET_HEAD) {
        return heed_state_shows(state, id, NULL);
    }
    if (target.kind == HEED_TARGET_QUERY || target.kind == HEED_TARGET_KEY) {
        return heed_pin_equal(heed_target_pin(target),
                              target.kind == HEED_TARGET_QUERY ? state->query : state->key);
    }
    if (target.kind != HEED_TARGET_COMMAND) {
        return false;
    }
    int32_t now = 0;
    if (choice_of(state, (enum heed_command)target.a, &now)) {
        return (target.b & (target.a == HEED_COMMAND_MASK ? 0xFF : -1)) == now;
    }
    const struct heed_command_info *info =
        heed_commands_get_info(it->ui->commands, (enum heed_command)target.a, target.b);
    return target.a == HEED_COMMAND_VIEW
               ? state->panel == HEED_PANEL_NONE && target.b == (int32_t)state->view
               : info != NULL && info->flips != 0 &&
                     *(const bool *)((const char *)state + info->flips);
}

/* "animal: 0.677 in L3H1, 0.673 in L5H11" of the row in hand, or the column. */
static void weigh(const struct speaker *it, struct heed_pin query, struct heed_pin key, char *text,
                  size_t size)
{
    const struct heed_state *state = &it->ui->now.state;
    size_t used = 0;
    text[0] = '\0';
    for (int i = 0; i < state->n_shown && used + 32 < size; i++) {
        const struct heed_head_id id = state->shown[i].id;
        float weight = 0.0F;
        if (heed_ui_weight(it->ui, id, query, key, &weight)) {
            used += (size_t)snprintf(text + used, size - used, "%s%.3f in L%dH%d",
                                     used > 0 ? ", " : "", (double)weight, id.layer, id.head);
        }
    }
}

/* "Text of B (tiny-bert)" in Compare, which model it is where there are two; else false. */
static bool name_side(const struct speaker *it, const char *what, bool b, char *text, size_t size)
{
    char side[HEED_MODEL_NAME_BYTES + 8];
    if (!heed_state_compares(&it->ui->now.state) || it->ui->result == NULL) {
        return false;
    }
    heed_name_side(it->ui->result, b, side, sizeof(side));
    snprintf(text, size, "%s of %s", what, side);
    return true;
}

static void fill_field(struct speaker *it, struct heed_spoken *item)
{
    char name[NAME];
    const bool second = item->target.a == HEED_UI_FIELD_PAIR;
    struct heed_textfield *field = heed_ui_field(it->ui, item->target.a);
    if (field != NULL && field->text.size > 0) {
        const char *value = heed_arena_copy(&it->tree->arena, field->text.data, field->text.size);
        item->value = value != NULL ? value : "";
        for (size_t i = 0; i < field->caret && i < field->text.size; i++) {
            item->caret += ((unsigned char)field->text.data[i] & 0xC0) != 0x80;
        }
    }
    const bool is_text = second || item->target.a == HEED_UI_FIELD_TEXT;
    item->name = is_text && name_side(it, "Text", second, name, sizeof(name))
                     ? keep(it, name)
                     : name_of_class(heed_place_class(&item->target));
}

static void fill(struct speaker *it, struct heed_spoken *item, const struct heed_place *place)
{
    const struct heed_ui *ui = it->ui;
    char lines[HEED_TIP_LINES][HEED_TIP_BYTES], text[HEED_TIP_LINES * HEED_TIP_BYTES] = "";
    char name[NAME];
    item->target = place->target;
    item->rect = place->rect;
    item->role = role_of(it, place->target);
    item->checked = is_checked(it, place->target);
    item->idle = place->target.kind == HEED_TARGET_COMMAND &&
                 (place->target.flags & (HEED_TARGET_FLAG_LACKS | HEED_TARGET_FLAG_IDLE)) != 0;
    item->focused = item->role == HEED_SPOKEN_FIELD
                        ? ui->focused_field == place->target.a
                        : ui->focused_field == HEED_UI_FIELD_NONE &&
                              heed_places_find(&it->places, ui->focus.target) == place;
    snprintf(name, sizeof(name), "%s", it->names[place - it->places.items]);
    const int n = heed_ui_tip_lines(ui, place->target, lines);
    if (place->target.kind == HEED_TARGET_HEAD || place->target.kind == HEED_TARGET_CELL) {
        heed_head_name((struct heed_head_id){(int16_t)place->target.a, (int16_t)place->target.b},
                       name, sizeof(name));
    } else if (place->target.kind == HEED_TARGET_LAYER_LABEL ||
               place->target.kind == HEED_TARGET_HEAD_LABEL) {
        snprintf(name, sizeof(name), "%s %d",
                 place->target.kind == HEED_TARGET_LAYER_LABEL ? "Layer" : "Head", place->target.a);
    } else if (item->role == HEED_SPOKEN_TAB) {
        snprintf(name, sizeof(name), "%s", heed_view_name((enum heed_view)place->target.b));
    } else if (item->role == HEED_SPOKEN_TOKEN) {
        char word[NAME];
        heed_ui_pin_text(ui, heed_target_pin(place->target), word, sizeof(word));
        if ((place->target.flags & HEED_TARGET_FLAG_B) == 0 ||
            !name_side(it, word, true, name, sizeof(name))) {
            snprintf(name, sizeof(name), "%s", word);
        }
    }
    for (int i = name[0] == '\0' && n > 0 ? 1 : 0; i < n; i++) {
        const size_t used = strlen(text);
        snprintf(text + used, sizeof(text) - used, "%s%s", used > 0 ? ". " : "", lines[i]);
    }
    item->name = keep(it, name[0] != '\0' ? name : n > 0 ? lines[0] : "");
    item->about = keep(it, text);
    item->value = "";
    if (item->role == HEED_SPOKEN_FIELD) {
        fill_field(it, item);
    }
}

/* --- groups of what isn't a target --- */

static struct heed_spoken *add(struct speaker *it)
{
    struct heed_spoken *item = &it->tree->items[it->tree->n++];
    *item = (struct heed_spoken){.name = "", .about = "", .value = ""};
    return item;
}

/* Each key of the row in hand with its weights; of a key alone each query. */
static void add_row(struct speaker *it, struct heed_spoken *group)
{
    const struct heed_hover hand = heed_ui_in_hand(it->ui);
    const struct heed_result *result = it->ui->result;
    const struct heed_state *state = &it->ui->now.state;
    const struct heed_pin query = hand.query.count > 0 ? hand.query : state->query;
    const struct heed_pin key = hand.key;
    const bool by_key = hand.query.count == 0 && key.count > 0;
    char text[512], word[NAME];
    if (result == NULL || (query.count == 0 && !by_key)) {
        return;
    }
    heed_ui_pin_text(it->ui, by_key ? key : query, word, sizeof(word));
    snprintf(text, sizeof(text),
             by_key ? "Weights to \xE2\x80\x9C%s\xE2\x80\x9D"
                    : "Weights of \xE2\x80\x9C%s\xE2\x80\x9D",
             word);
    char whose[512];
    group->name = keep(it, name_side(it, text, false, whose, sizeof(whose)) ? whose : text);
    const struct heed_unit_range side = by_key ? result->maps->rows : result->maps->columns;
    for (int i = side.first; i < side.first + side.count; i++) {
        const struct heed_pin other = heed_ui_unit_pin(it->ui, i);
        weigh(it, by_key ? other : query, by_key ? key : other, text, sizeof(text));
        if (text[0] != '\0') {
            struct heed_spoken *item = add(it);
            item->role = HEED_SPOKEN_WEIGHT;
            heed_ui_pin_text(it->ui, other, word, sizeof(word));
            item->value = keep(it, text);
            item->rect = group->rect;
            snprintf(text, sizeof(text), "%s: %s", word, item->value);
            item->name = keep(it, text);
        }
    }
}

/* Texts of [from, to) without a target, whose middle is in the rectangle. */
static void add_labels(struct speaker *it, size_t from, size_t to, struct heed_rect rect)
{
    const struct heed_list *list = &it->ui->list;
    for (size_t i = from; i < to; i++) {
        const struct heed_item *item = &list->items[i];
        const bool is_label = item->kind == HEED_ITEM_TEXT && item->as.text.length > 0 &&
                              heed_place_class(&item->target) < 0;
        if (is_label && heed_rect_has(rect, item->as.text.x, item->as.text.y)) {
            struct heed_spoken *label = add(it);
            label->role = HEED_SPOKEN_LABEL;
            label->name = keep(it, item->as.text.text);
            label->rect = (struct heed_rect){item->as.text.x, item->as.text.y, 1.0F, 1.0F};
        }
    }
}

static void add_status(struct speaker *it)
{
    struct heed_ui *ui = it->ui;
    for (int i = -1; i < ui->n_provisos; i++) {
        const char *text = i < 0 ? ui->message : ui->provisos[i].text;
        if (text[0] != '\0') {
            struct heed_spoken *label = add(it);
            label->role = HEED_SPOKEN_LABEL;
            label->name = keep(it, text);
            label->rect = ui->layout.status;
        }
    }
}

static void add_own(struct speaker *it, struct heed_spoken *groups)
{
    struct heed_ui *ui = it->ui;
    static const char *const names[OWN_GROUPS] = {"Weights", "Inspector", "Dialog", "Status"};
    const bool modal = ui->popover.kind != HEED_POPOVER_NONE;
    for (int i = 0; i < OWN_GROUPS; i++) {
        groups[i] = (struct heed_spoken){.name = names[i], .about = "", .value = ""};
        groups[i].rect = i < 2    ? ui->layout.inspector
                         : i == 2 ? ui->popover.rect
                                  : ui->layout.status;
        groups[i].first = it->tree->n;
        if (i == 0) {
            add_row(it, &groups[i]);
        } else if (i == 1) {
            add_labels(it, 0, modal ? ui->popover_items : ui->list.n_items, ui->layout.inspector);
        } else if (i == 2 && modal) {
            add_labels(it, ui->popover_items, ui->list.n_items, ui->popover.rect);
        } else if (i == 3) {
            add_status(it);
        }
        groups[i].last = it->tree->n;
    }
}

/* --- the tree --- */

static void add_places(struct speaker *it)
{
    struct heed_spoken_tree *tree = it->tree;
    const struct heed_place *groups[HEED_MAX_GROUPS];
    const int n = heed_places_groups(&it->places, groups);
    char name[NAME];
    tree->n_groups = n + OWN_GROUPS;
    tree->n = tree->n_groups;
    for (int g = 0; g < n; g++) {
        struct heed_spoken *group = &tree->items[g];
        name_group(groups[g]->group, name, sizeof(name));
        *group = (struct heed_spoken){.name = keep(it, name), .about = "", .value = ""};
        group->rect = groups[g]->rect;
        group->first = tree->n;
        for (int i = 0; i < it->places.n; i++) {
            if (it->places.items[i].group == groups[g]->group) {
                fill(it, add(it), &it->places.items[i]);
            }
        }
        group->last = tree->n;
    }
    add_own(it, tree->items + n);
}

bool heed_ui_speak(struct heed_ui *ui, struct heed_spoken_tree *tree)
{
    struct speaker it = {.ui = ui, .tree = tree, .places = heed_places_collect(ui)};
    const int n_units = ui->result != NULL ? ui->result->maps->n : 0;
    it.capacity = HEED_MAX_GROUPS + OWN_GROUPS + it.places.n + n_units + (int)ui->list.n_items +
                  HEED_MAX_PROVISOS + 1;
    heed_arena_reset(&tree->arena);
    tree->n = tree->n_groups = 0;
    it.names = calloc((size_t)it.places.n + 1, sizeof(*it.names));
    tree->items = heed_arena_zeroed(&tree->arena, (size_t)it.capacity, sizeof(*tree->items));
    const bool ok = it.names != NULL && tree->items != NULL;
    if (ok) {
        collect_names(&it);
        add_places(&it);
    }
    free(it.names);
    free(it.places.items);
    return ok;
}

void heed_spoken_finish(struct heed_spoken_tree *tree)
{
    heed_arena_finish(&tree->arena);
    *tree = (struct heed_spoken_tree){0};
}
