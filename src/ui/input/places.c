#include "ui/input/places.h"

#include <math.h>
#include <stdlib.h>

#include "draw/hit.h"
#include "scene/widgets/target.h"

static int class_of_command(const struct heed_target *target)
{
    if (target->flags == HEED_TARGET_FLAG_UNDO) {
        return HEED_CLASS_FILTERS;
    }
    switch (target->a) {
    case HEED_COMMAND_VIEW:
        return HEED_CLASS_TABS;
    case HEED_COMMAND_MEASURE:
        return HEED_CLASS_MEASURE;
    case HEED_COMMAND_SEGMENTS:
        return HEED_CLASS_SEGMENTS;
    case HEED_COMMAND_WORDS:
        return HEED_CLASS_WORDS;
    case HEED_COMMAND_COLOR_BY:
    case HEED_COMMAND_PALETTE:
    case HEED_COMMAND_HEADS_ORDER:
        return HEED_CLASS_SELECT;
    case HEED_COMMAND_HEADS_MODE:
        return HEED_CLASS_MODE;
    case HEED_COMMAND_PROBE_OPEN:
    case HEED_COMMAND_PROBE_RELATION:
        return HEED_CLASS_SENTENCE;
    case HEED_COMMAND_MASK:
    case HEED_COMMAND_MASK_NARROWER:
    case HEED_COMMAND_MASK_WIDER:
        return HEED_CLASS_MASK;
    case HEED_COMMAND_POSITIONS:
        return HEED_CLASS_POSITIONS;
    case HEED_COMMAND_ATTENTION:
        return HEED_CLASS_ATTENTION;
    case HEED_COMMAND_MUTE_MENU:
    case HEED_COMMAND_CUT_MENU:
    case HEED_COMMAND_HIDE_SPECIAL:
    case HEED_COMMAND_HIDE_PUNCTUATION:
    case HEED_COMMAND_RENORMALISE:
    case HEED_COMMAND_AGGREGATE:
    case HEED_COMMAND_RESET_FILTERS:
    case HEED_COMMAND_FILTERS:
    case HEED_COMMAND_PROVISOS:
    case HEED_COMMAND_OFF:
    case HEED_COMMAND_UNMUTE:
        return HEED_CLASS_FILTERS;
    default:
        return HEED_CLASS_COMMANDS;
    }
}

/* -1: not for the keyboard. */
int heed_place_class(const struct heed_target *target)
{
    switch (target->kind) {
    case HEED_TARGET_QUERY:
        return HEED_CLASS_QUERY;
    case HEED_TARGET_KEY:
        return HEED_CLASS_KEY;
    case HEED_TARGET_CELL:
        return HEED_CLASS_CELL;
    case HEED_TARGET_HEAD:
        return target->flags == 1                         ? HEED_CLASS_SHOWN
               : target->flags == HEED_TARGET_FLAG_PROBED ? HEED_CLASS_PROBED
                                                          : HEED_CLASS_MAP;
    case HEED_TARGET_LAYER_LABEL:
    case HEED_TARGET_HEAD_LABEL:
        return HEED_CLASS_MAP;
    case HEED_TARGET_SLIDER:
        return HEED_CLASS_FILTERS;
    case HEED_TARGET_TEXT_FIELD:
        return HEED_CLASS_FIELD + target->a;
    case HEED_TARGET_COMMAND:
        return class_of_command(target);
    default:
        return -1;
    }
}

/* In the export panel each control is a group by itself, each field too. */
static int class_in_sheet(const struct heed_target *target)
{
    enum { COMMANDS = HEED_N_EXPORT_CONTROLS, FIELDS = COMMANDS + 5 };
    if (target->kind == HEED_TARGET_TEXT_FIELD) {
        return FIELDS + target->a - HEED_UI_FIELD_EXPORT;
    }
    switch (target->a) {
    case HEED_COMMAND_EXPORT_SET:
        return target->b / 65536;
    case HEED_COMMAND_EXPORT_COPY:
        return COMMANDS + (target->b == 3 ? 3 : 0);
    case HEED_COMMAND_EXPORT_SAVE:
    case HEED_COMMAND_EXPORT_FOLDER:
        return COMMANDS + 1;
    case HEED_COMMAND_BROWSE:
        return COMMANDS + 4;
    default:
        return COMMANDS + 2;
    }
}

static int class_in(int region, const struct heed_target *target)
{
    return region == HEED_REGION_SHEET ? class_in_sheet(target) : heed_place_class(target);
}

/* The export panel lies over it. */
static bool is_covered(const struct heed_ui *ui, size_t item, struct heed_rect rect)
{
    return item < ui->sheet_items &&
           heed_rect_has(ui->exporting.rect, rect.x + rect.w / 2.0F, rect.y + rect.h / 2.0F);
}

static enum heed_region region_of(const struct heed_ui *ui, struct heed_rect rect)
{
    const struct heed_layout *layout = &ui->layout;
    const float x = rect.x + rect.w / 2.0F;
    const float y = rect.y + rect.h / 2.0F;
    if (heed_rect_has(layout->text_row, x, y)) {
        return HEED_REGION_TEXT;
    }
    if (heed_rect_has(layout->tab_row, x, y) || heed_rect_has(layout->note, x, y)) {
        return HEED_REGION_TABS;
    }
    if (heed_rect_has(layout->status, x, y) || heed_rect_has(layout->strip, x, y)) {
        return HEED_REGION_STATUS;
    }
    if (x >= layout->inspector.x && x < layout->inspector.x + layout->inspector.w) {
        return HEED_REGION_INSPECTOR;
    }
    if (x >= layout->rail.x && x < layout->rail.x + layout->rail.w) {
        return HEED_REGION_RAIL;
    }
    return HEED_REGION_CANVAS;
}

static struct heed_rect united(struct heed_rect a, struct heed_rect b)
{
    const float x = fminf(a.x, b.x);
    const float y = fminf(a.y, b.y);
    return (struct heed_rect){x, y, fmaxf(a.x + a.w, b.x + b.w) - x,
                              fmaxf(a.y + a.h, b.y + b.h) - y};
}

static bool touch(struct heed_rect a, struct heed_rect b)
{
    return a.x <= b.x + b.w && b.x <= a.x + a.w && a.y <= b.y + b.h && b.y <= a.y + a.h;
}

/* The items of one target lie near each other in the list. */
static struct heed_place *find_recent(struct heed_places *places, struct heed_target target)
{
    const int first = places->n > 64 ? places->n - 64 : 0;
    for (int i = places->n - 1; i >= first; i--) {
        if (heed_target_equal(places->items[i].target, target)) {
            return &places->items[i];
        }
    }
    return NULL;
}

static bool add_place(struct heed_places *places, struct heed_place place)
{
    struct heed_place *known = find_recent(places, place.target);
    if (known != NULL) {
        if (touch(known->rect, place.rect)) {
            known->rect = united(known->rect, place.rect);
        }
        return true;
    }
    if (places->n == places->capacity) {
        const int capacity = places->capacity > 0 ? places->capacity * 2 : 256;
        struct heed_place *items =
            realloc(places->items, (size_t)capacity * sizeof(places->items[0]));
        if (items == NULL) {
            return false;
        }
        places->items = items;
        places->capacity = capacity;
    }
    places->items[places->n++] = place;
    return true;
}

/* All that the keyboard can reach now; free places->items. */
struct heed_places heed_places_collect(struct heed_ui *ui)
{
    const struct heed_list *list = &ui->list;
    const bool modal = ui->popover.kind != HEED_POPOVER_NONE;
    struct heed_places places = {0};
    struct heed_rect panel = {0};
    int depth = 0;
    for (size_t i = modal ? ui->popover_items : 0; i < list->n_items; i++) {
        const struct heed_item *item = &list->items[i];
        if (item->kind == HEED_ITEM_CLIP && depth++ == 0) {
            panel = item->as.clip;
        }
        depth -= item->kind == HEED_ITEM_UNCLIP;
        const int class = heed_place_class(&item->target);
        const struct heed_rect rect = heed_item_bounds(item);
        if (class < 0 || rect.w <= 0.0F || rect.h <= 0.0F || is_covered(ui, i, rect)) {
            continue;
        }
        const bool in_sheet = i >= ui->sheet_items && i < ui->popover_items;
        /* What is scrolled out of a panel belongs to it all the same. */
        struct heed_place place = {item->target, rect,
                                   in_sheet ? HEED_REGION_SHEET
                                            : (int)region_of(ui, depth > 0 ? panel : rect)};
        if (!add_place(&places, place)) {
            break;
        }
    }
    for (int i = 0; i < places.n; i++) {
        struct heed_place *place = &places.items[i];
        const int region = modal ? HEED_REGION_POPOVER : place->group;
        place->group = region * HEED_N_CLASSES + class_in(region, &place->target);
    }
    return places;
}

const struct heed_place *heed_places_find(const struct heed_places *places,
                                          struct heed_target target)
{
    for (int i = 0; i < places->n; i++) {
        if (heed_target_equal(places->items[i].target, target)) {
            return &places->items[i];
        }
    }
    return NULL;
}

/* Before: by region, from the top, from the left. */
static bool lies_before(const struct heed_place *a, const struct heed_place *b)
{
    if (a->group / HEED_N_CLASSES != b->group / HEED_N_CLASSES) {
        return a->group / HEED_N_CLASSES < b->group / HEED_N_CLASSES;
    }
    if (fabsf(a->rect.y - b->rect.y) > 12.0F) {
        return a->rect.y < b->rect.y;
    }
    return a->rect.x < b->rect.x;
}

/* One place of each group, the first, in reading order. */
int heed_places_groups(const struct heed_places *places,
                       const struct heed_place *groups[HEED_MAX_GROUPS])
{
    int n = 0;
    for (int i = 0; i < places->n; i++) {
        const struct heed_place *place = &places->items[i];
        int at = 0;
        while (at < n && groups[at]->group != place->group) {
            at++;
        }
        if (at < n) {
            groups[at] = lies_before(place, groups[at]) ? place : groups[at];
        } else if (n < HEED_MAX_GROUPS) {
            groups[n++] = place;
        }
    }
    for (int i = 1; i < n; i++) {
        const struct heed_place *place = groups[i];
        int at = i;
        for (; at > 0 && lies_before(place, groups[at - 1]); at--) {
            groups[at] = groups[at - 1];
        }
        groups[at] = place;
    }
    return n;
}
