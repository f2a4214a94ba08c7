#include "scene/views/heads/layout.h"

#include <math.h>

#include "base/array.h"

#include "scene/frame/shown.h"
#include "scene/parts/head_values.h"
#include "scene/parts/provisos.h"
#include "scene/views/heads/labels.h"

enum {
    LEAST = 32,   /* logical px a side ... */
    FINE = 16,    /* ... in an export */
    MOST = 320,   /* unless zoomed */
    ZOOMED = 640, /* then */
    NUMBERS_FROM = 56,
    LABELS_FROM = 36,
    ROOMY_FROM = 48,
    TITLE = 30,  /* a heading's height */
    FINEST = 160 /* units that are drawn one by one */
};

int heed_heads_map_of(const struct heed_heads *heads, struct heed_head_id id)
{
    return id.layer * heads->maps->n_heads + id.head;
}

bool heed_heads_is_hovered(const struct heed_heads *heads, struct heed_head_id id)
{
    const struct heed_hover *hover = &heads->frame->hover;
    return hover->has_head && heed_head_equal(hover->head, id);
}

bool heed_heads_sees(const struct heed_heads *heads, struct heed_rect rect)
{
    const struct heed_rect area = heads->area;
    return rect.y + rect.h > area.y && rect.y < area.y + area.h && rect.x + rect.w > area.x &&
           rect.x < area.x + area.w;
}

/* --- order --- */

/* The numbers of a measure, as the head map would show them. */
static const float *measure_values(struct heed_heads *heads)
{
    struct heed_state state = *heads->frame->state;
    struct heed_frame frame = *heads->frame;
    state.color_by = (enum heed_color_by)(heads->order - HEED_ORDER_MEASURE);
    frame.state = &state;
    const float *values = heed_head_map_values(&frame, &heads->high);
    heads->low = values != NULL ? heed_head_map_low(&frame, heads->high) : 0;
    return values;
}

static int band_of(const struct heed_heads *heads, float value)
{
    const float part = (value - heads->low) / (heads->high - heads->low);
    const int band = (int)(part * HEED_HEADS_BANDS);
    return band < 0 ? 0 : band >= HEED_HEADS_BANDS ? HEED_HEADS_BANDS - 1 : band;
}

/* Groups come in the order of their numbers: labels as they are listed, those
 * without one last; bands from the highest. */
static void find_group(const struct heed_heads *heads, const float *values, int index,
                       struct heed_thumbnail *item)
{
    if (heads->order == HEED_ORDER_LABEL) {
        const enum heed_head_label label = heed_maps_label(heads->maps, index, &item->value);
        item->group = label == HEED_LABEL_NONE ? HEED_LABEL_BROAD + 1 : (int)label;
    } else if (values != NULL) {
        item->value = isnan(values[index]) ? -1 : values[index]; /* not known yet: last */
        if (heads->frame->state->heads_bands) {
            item->group = HEED_HEADS_BANDS - 1 - band_of(heads, item->value);
        }
    }
}

/* Equal ones stay by layer and head. */
static int compare(const void *left, const void *right)
{
    const struct heed_thumbnail *a = left;
    const struct heed_thumbnail *b = right;
    if (a->group != b->group) {
        return a->group < b->group ? -1 : 1;
    }
    if (a->value != b->value) {
        return a->value > b->value ? -1 : 1;
    }
    if (a->id.layer != b->id.layer) {
        return a->id.layer < b->id.layer ? -1 : 1;
    }
    return a->id.head - b->id.head;
}

static bool order_items(struct heed_heads *heads)
{
    struct heed_list *list = heads->frame->list;
    const struct heed_maps *maps = heads->maps;
    heads->n = maps->n_layers * maps->n_heads;
    heads->items = heed_arena_zeroed(&list->arena, (size_t)heads->n, sizeof(*heads->items));
    heads->titles = heed_arena_zeroed(&list->arena, HEED_LABEL_BROAD + 2, sizeof(*heads->titles));
    const float *values = heads->order >= HEED_ORDER_MEASURE ? measure_values(heads) : NULL;
    if (heads->items == NULL || heads->titles == NULL) {
        list->failed = true;
        return false;
    }
    for (int i = 0; i < heads->n; i++) {
        heads->items[i].id =
            (struct heed_head_id){(int16_t)(i / maps->n_heads), (int16_t)(i % maps->n_heads)};
        find_group(heads, values, i, &heads->items[i]);
    }
    if (heads->order != HEED_ORDER_GRID) {
        heed_sort(heads->items, (size_t)heads->n, sizeof(*heads->items), compare);
    }
    return true;
}

/* --- sizes --- */

/* px of a row of thumbnails with so many lines of text beneath. */
static float row_height(const struct heed_heads *heads, float slot, int lines)
{
    static const float text[] = {6, 26, 52};
    return slot + roundf(text[lines] * heads->s);
}

static int lines_of(const struct heed_heads *heads, float slot)
{
    return slot >= NUMBERS_FROM * heads->s ? 2 : slot >= LABELS_FROM * heads->s ? 1 : 0;
}

static float gap_for(const struct heed_heads *heads, float slot)
{
    return (slot >= ROOMY_FROM * heads->s ? 10 : slot > LEAST * heads->s ? 6 : 4) * heads->s;
}

/* The largest thumbnail of which a row fits this width: ten logical px apart, six when
 * they are small, four when they are smallest. */
static float slot_for(const struct heed_heads *heads, float width)
{
    const float s = heads->s, n = (float)heads->maps->n_heads;
    float slot = floorf((width + 10 * s) / n) - 10 * s;
    if (slot < ROOMY_FROM * s) {
        slot = fminf(floorf((width + 6 * s) / n) - 6 * s, ROOMY_FROM * s - 1);
    }
    const float least = heads->frame->is_export ? FINE : LEAST;
    return fminf(fmaxf(floorf(slot), least * s), MOST * s);
}

/* Numbers of small ones give way first, then labels, then size, then the picture scrolls. */
static void fit_height(struct heed_heads *heads, float height)
{
    const float rows = (float)heads->maps->n_layers;
    const float widest = heads->slot;
    const float step = fmaxf(floorf(heads->s), 1);
    for (float slot = widest; slot >= LABELS_FROM * heads->s; slot -= step) {
        if (rows * row_height(heads, slot, lines_of(heads, slot)) <= height) {
            heads->slot = slot;
            heads->lines = rows * row_height(heads, slot, 2) <= height ? 2 : 1;
            return;
        }
    }
    const float bare = floorf(height / rows - row_height(heads, 0, 0));
    heads->slot = fminf(widest, bare);
    heads->lines = 0;
    if (heads->slot < LEAST * heads->s) {
        heads->slot = widest;
        heads->lines = lines_of(heads, widest);
    }
}

/* Rows and columns lie as far apart as the canvas lets them, within reason. */
static void spread(struct heed_heads *heads, float width, float height)
{
    const float gap = gap_for(heads, heads->slot);
    const float across = floorf((width + gap) / (float)heads->maps->n_heads);
    heads->pitch_x = fmaxf(heads->slot + gap, fminf(across, 2 * heads->slot));
    heads->pitch_y = row_height(heads, heads->slot, heads->lines);
    if (heads->order == HEED_ORDER_GRID && !heads->frame->is_export) {
        const float down = floorf(height / (float)heads->maps->n_layers);
        heads->pitch_y = fmaxf(heads->pitch_y, fminf(down, heads->pitch_y + heads->slot));
    }
}

static void apply_zoom(struct heed_heads *heads)
{
    const float zoom = heads->frame->zoom;
    if (zoom > 1) {
        const float most = fmaxf(ZOOMED * heads->s, heads->slot);
        heads->slot = fminf(floorf(heads->slot * zoom), most);
        heads->lines = lines_of(heads, heads->slot);
    }
    if (heads->order != HEED_ORDER_GRID && heads->lines == 0) {
        heads->lines = 1; /* out of the grid a head must be named */
    }
}

/* Which numbers the heatmaps show, and at what size. */
static void choose_values(struct heed_heads *heads)
{
    const struct heed_maps *maps = heads->maps;
    const int larger =
        maps->rows.count > maps->columns.count ? maps->rows.count : maps->columns.count;
    const bool fits = !heads->frame->is_export && larger <= FINEST && (float)larger <= heads->slot;
    heads->small = heed_maps_are_slow(maps) || (maps->thumbnails != NULL && !fits);
    heads->rows = heads->small ? maps->thumbnail_rows : maps->rows.count;
    heads->columns = heads->small ? maps->thumbnail_columns : maps->columns.count;
    const int n = heads->rows > heads->columns ? heads->rows : heads->columns;
    heads->side = heads->slot;
    const float whole = floorf(heads->slot / (float)n) * (float)n;
    if (!heads->frame->is_export && whole >= heads->slot * 15 / 16) {
        heads->side = whole; /* cells of one size, where that costs little */
    }
}

/* --- places --- */

static float label_width(const struct heed_heads *heads)
{
    const char *widest = heads->maps->n_layers > 10 ? "L00" : "L0";
    return heed_widget_width(&heads->skin, heed_widget_style(&heads->skin, 13, 400), widest) +
           (heads->frame->is_export ? 4 : 8) * heads->s;
}

static bool is_small(const struct heed_heads *heads)
{
    return heads->rect.w < 860 * heads->s || heads->rect.h < 620 * heads->s;
}

/* px above and below the thumbnails. */
static float header_height(const struct heed_heads *heads)
{
    if (heads->frame->is_export) {
        return (44 + HEED_HEADS_LINE * (float)(heed_heads_header_lines(heads) - 1)) * heads->s;
    }
    return (is_small(heads) ? 64 : 84) * heads->s;
}

static float footer_height(const struct heed_heads *heads)
{
    const float s = heads->s;
    if (heads->frame->is_export) {
        return (26 + HEED_HEADS_LINE * (float)heed_heads_note_lines(heads)) * s +
               heed_foot_height(heads->frame, &heads->skin, heads->rect.w - 4 * s);
    }
    return (is_small(heads) ? 36 : 66) * s;
}

/* Rows and columns one after the other; returns the height of them all. */
static float place_items(struct heed_heads *heads)
{
    const bool grouped = heads->order == HEED_ORDER_LABEL ||
                         (heads->order != HEED_ORDER_GRID && heads->frame->state->heads_bands);
    const int columns = heads->maps->n_heads;
    float y = 0;
    int column = 0;
    for (int i = 0; i < heads->n; i++) {
        struct heed_thumbnail *item = &heads->items[i];
        const bool new_group = grouped && (i == 0 || item->group != heads->items[i - 1].group);
        if (i > 0 && (column == columns || new_group)) {
            column = 0;
            y += heads->pitch_y;
        }
        if (new_group) {
            heads->titles[heads->n_titles++] =
                (struct heed_heads_title){.y = y + TITLE * heads->s / 2, .group = item->group};
            y += TITLE * heads->s;
        }
        if (grouped) {
            heads->titles[heads->n_titles - 1].n++;
        }
        item->slot =
            (struct heed_rect){(float)column * heads->pitch_x, y, heads->slot, heads->slot};
        column++;
    }
    return y + heads->pitch_y;
}

/* From places in the content to places on screen. */
static void move_items(struct heed_heads *heads)
{
    const float x = heads->area.x - heads->scroll_x;
    const float y = heads->area.y - heads->scroll_y;
    for (int i = 0; i < heads->n; i++) {
        struct heed_rect *slot = &heads->items[i].slot;
        slot->x = roundf(slot->x + x);
        slot->y = roundf(slot->y + y);
    }
    for (int i = 0; i < heads->n_titles; i++) {
        heads->titles[i].y += y;
    }
}

static void place_lines(struct heed_heads *heads, float top)
{
    const float s = heads->s;
    if (heads->frame->is_export) {
        heads->header_y = top + 11 * s;
        heads->columns_y = heads->area.y - 10 * s;
        heads->footer_y = heads->area.y + heads->area.h + 12 * s;
        return;
    }
    const bool small = is_small(heads);
    heads->header_y = top + (small ? 22 : 34) * s;
    heads->columns_y = heads->area.y - 16 * s;
    heads->footer_y = heads->area.y + heads->area.h + (small ? 18 : 20) * s;
}

static void place_area(struct heed_heads *heads, float header, float footer)
{
    struct heed_frame *frame = heads->frame;
    const struct heed_rect rect = heads->rect;
    const float left = heads->pad + label_width(heads);
    const float gap = heads->pitch_x - heads->slot;
    const float full_w = (float)heads->maps->n_heads * heads->pitch_x - gap;
    const float full_h = place_items(heads);
    const float room_w = fmaxf(rect.w - left - heads->pad, 1);
    const float room_h = fmaxf(rect.h - header - footer, 1);
    heads->area.w = fminf(full_w, room_w);
    heads->area.h = fminf(full_h, room_h);
    const float spare_x = frame->is_export ? 0 : (room_w - heads->area.w) / 2;
    const float spare_y = frame->is_export ? 0 : (room_h - heads->area.h) / 2;
    heads->area.x = roundf(rect.x + left + spare_x);
    heads->area.y = roundf(rect.y + spare_y + header);
    heads->scroll_x = fminf(fmaxf(frame->scroll_x, 0), full_w - heads->area.w);
    heads->scroll_y = fminf(fmaxf(frame->scroll_y, 0), full_h - heads->area.h);
    frame->content_width = full_w + rect.w - heads->area.w;
    frame->content_height = full_h + rect.h - heads->area.h;
    move_items(heads);
    place_lines(heads, rect.y + spare_y);
}

/* Text beneath an export's thumbnails: all of it or, in the grid, where a head has
 * its place for a name, none. */
static void choose_lines(struct heed_heads *heads)
{
    const bool fits = heed_heads_widest_text(heads) <= heads->pitch_x - 2 * heads->s;
    heads->lines = fits || heads->order != HEED_ORDER_GRID ? 2 : 0;
    heads->frame->is_meagre = heads->lines == 0;
}

/* What an export has no room for. */
static void note_unseen(const struct heed_heads *heads)
{
    int unseen = 0;
    for (int i = 0; i < heads->n; i++) {
        const struct heed_rect slot = heads->items[i].slot, area = heed_rect_grow(heads->area, 1);
        unseen += slot.x + slot.w > area.x + area.w || slot.y + slot.h > area.y + area.h;
    }
    if (unseen > 0 && heads->frame->is_export) {
        heed_list_lack(heads->frame->list, "%d of %d heads", unseen, heads->n);
    }
}

bool heed_heads_place(struct heed_heads *heads, struct heed_rect rect)
{
    struct heed_frame *frame = heads->frame;
    heads->rect = rect;
    heads->maps = heed_frame_get_maps(frame);
    heads->skin = heed_frame_get_view_skin(frame, HEED_EXPORT_BASE);
    heads->s = heads->skin.scale;
    heads->order = frame->state->heads_order;
    heads->high = 1;
    heads->links = frame->state->heads_mode == HEED_HEADS_LINKS && heads->maps != NULL &&
                   !heed_maps_are_slow(heads->maps);
    if (heads->maps == NULL || heads->maps->n == 0 || !order_items(heads)) {
        return false;
    }
    const float s = heads->s;
    heads->pad = (frame->is_export ? 2 : is_small(heads) ? 14 : 28) * s;
    const float room = rect.w - 2 * heads->pad - label_width(heads);
    heads->slot = slot_for(heads, room);
    const float height = rect.h - header_height(heads) - footer_height(heads);
    if (!frame->is_export) {
        fit_height(heads, height);
    }
    apply_zoom(heads);
    spread(heads, room, height);
    if (frame->is_export) {
        choose_lines(heads);
        spread(heads, room, height);
    }
    choose_values(heads);
    place_area(heads, header_height(heads), footer_height(heads));
    note_unseen(heads);
    return true;
}

float heed_heads_height(struct heed_frame *frame, float width)
{
    struct heed_heads heads = {.frame = frame};
    if (!heed_heads_place(&heads, (struct heed_rect){0, 0, width, 1e6F})) {
        return 120 * frame->scale;
    }
    return heads.area.y + heads.area.h + footer_height(&heads);
}
