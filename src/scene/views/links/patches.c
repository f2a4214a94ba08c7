#include "scene/views/links/patches.h"

#include <math.h>
#include <stdio.h>

#include "draw/hit.h"
#include "scene/parts/empty.h"
#include "scene/parts/patches.h"
#include "scene/parts/provisos.h"
#include "scene/parts/shapes.h"
#include "scene/widgets/label.h"
#include "scene/widgets/target.h"

enum { A_LINE = 4 /* panels side by side at most */, PANEL = 280, ROW = 52, THUMBNAIL = 38 };

static const float NUMBERS_FROM = 0.03F; /* smaller weights are colour alone */
static const float SCALE_STEP = 0.05F;   /* the scale's end is a multiple */

struct patches {
    struct heed_frame *frame;
    struct heed_skin skin;
    float s, pad; /* px a logical px; px */
    const struct heed_maps *maps;
    const struct heed_picture *picture;
    struct heed_shown_maps shown;
    struct heed_range query; /* pinned or hovered, else all rows */
    bool is_chosen;
    struct heed_rect rect;
    float high;                     /* the scale's end */
    int a_line;                     /* panels side by side */
    float width, height, gap, line; /* px: of a panel's picture; from panel to panel */
    float top;                      /* of the first picture */
    float end;                      /* below the last one */
};

bool heed_patches_wanted(const struct heed_frame *frame)
{
    const struct heed_picture *picture = heed_frame_get_picture(frame);
    return picture != NULL && picture->keys.rows > 0 && !frame->state->patch_lists &&
           !heed_frame_get_maps(frame)->filter.words;
}

/* --- values --- */

/* The key's column in the maps; -1: hidden. */
static int unit_of(const struct patches *patches, int row, int column)
{
    return heed_maps_find_unit(patches->maps,
                               heed_picture_token(&patches->picture->keys, row, column));
}

static float value_of(const struct patches *patches, int map, int unit)
{
    return heed_map_weight(patches->shown.items[map].weights, patches->maps->n, patches->query,
                           (struct heed_range){unit, 1});
}

static void find_scale(struct patches *patches)
{
    const struct heed_patch_grid *grid = &patches->picture->keys;
    float largest = 0;
    for (int map = 0; map < patches->shown.n; map++) {
        for (int i = 0; i < grid->rows * grid->columns; i++) {
            const int unit = unit_of(patches, i / grid->columns, i % grid->columns);
            largest = unit < 0 ? largest : fmaxf(largest, value_of(patches, map, unit));
        }
    }
    patches->high = fmaxf(ceilf(largest / SCALE_STEP - 1e-4F), 1) * SCALE_STEP;
}

/* What keys get that have no place in the picture: "[CLS] 0.118". */
static void say_others(const struct patches *patches, int map, char *text, size_t size)
{
    const struct heed_maps *maps = patches->maps;
    float sum = 0;
    int n = 0, last = 0;
    text[0] = '\0';
    for (int u = maps->columns.first; u < maps->columns.first + maps->columns.count; u++) {
        if (!heed_patch_is(patches->frame, maps->units[u].first)) {
            sum += value_of(patches, map, u);
            last = u;
            n++;
        }
    }
    if (n > 0) {
        snprintf(text, size, "%.24s %.3f", n == 1 ? maps->units[last].label : "other tokens",
                 (double)sum);
    } else if (maps->n < maps->n_all) {
        snprintf(text, size, "hidden %.3f",
                 (double)heed_map_hidden(patches->shown.items[map].hidden, patches->query));
    }
}

/* --- places --- */

static bool begin(struct patches *patches, struct heed_frame *frame, struct heed_rect rect)
{
    const bool is_export = frame->is_export;
    *patches = (struct patches){.frame = frame,
                                .skin = heed_frame_get_view_skin(frame, HEED_EXPORT_BASE),
                                .maps = heed_frame_get_maps(frame),
                                .picture = heed_frame_get_picture(frame),
                                .shown = heed_shown_collect(frame),
                                .query = heed_frame_query(frame),
                                .rect = rect};
    const float s = patches->skin.scale;
    patches->s = s;
    patches->pad = (is_export ? 2 : rect.w < 720 * s ? 14 : 28) * s;
    patches->is_chosen = patches->query.count > 0;
    if (!patches->is_chosen) {
        patches->query = (struct heed_range){patches->maps->rows.first, patches->maps->rows.count};
    }
    if (patches->shown.n == 0 || patches->maps->n == 0) {
        return false;
    }
    patches->a_line = patches->shown.n < A_LINE ? patches->shown.n : A_LINE;
    patches->gap = (is_export ? 12 : 32) * s;
    const float room = rect.w - 2 * patches->pad - (float)(patches->a_line - 1) * patches->gap;
    patches->width = floorf(room / (float)patches->a_line);
    if (!is_export) {
        patches->width = fminf(patches->width, PANEL * s);
    }
    patches->height =
        roundf(patches->width * (float)patches->picture->height / (float)patches->picture->width);
    const float most = 1.6F * PANEL * s;
    if (patches->height > most) {
        patches->width = floorf(patches->width * most / patches->height);
        patches->height = roundf(most);
    }
    patches->line = patches->height + (is_export ? 28 : 46) * s;
    patches->top = rect.y + (is_export ? 24 : 92) * s - frame->scroll_y;
    const int lines = (patches->shown.n + patches->a_line - 1) / patches->a_line;
    patches->end = patches->top + (float)lines * patches->line - (is_export ? 28 : 46) * s;
    find_scale(patches);
    return true;
}

static struct heed_rect panel_of(const struct patches *patches, int map)
{
    return (struct heed_rect){
        roundf(patches->rect.x + patches->pad +
               (float)(map % patches->a_line) * (patches->width + patches->gap)),
        roundf(patches->top + (float)(map / patches->a_line) * patches->line), patches->width,
        patches->height};
}

static struct heed_rect patch_rect(const struct patches *patches, struct heed_rect panel,
                                   const struct heed_patch_grid *grid, int row, int column)
{
    const float w = panel.w / (float)grid->columns, h = panel.h / (float)grid->rows;
    const float x = roundf(panel.x + (float)column * w), y = roundf(panel.y + (float)row * h);
    (void)patches;
    return (struct heed_rect){x, y, roundf(panel.x + (float)(column + 1) * w) - x,
                              roundf(panel.y + (float)(row + 1) * h) - y};
}

/* --- a panel --- */

static void draw_number(const struct patches *patches, struct heed_rect cell, float value,
                        struct heed_color ground)
{
    const float s = patches->s;
    if (value < NUMBERS_FROM || cell.w < 28 * s || cell.h < 18 * s) {
        return;
    }
    char text[16];
    snprintf(text, sizeof(text), "%.2f", (double)value);
    heed_widget_middle(&patches->skin, cell.x + cell.w / 2, cell.y + cell.h / 2, 12, 500,
                       heed_color_on(ground), text[0] == '0' ? text + 1 : text, 0);
}

struct heed_target heed_patches_target(const struct heed_picture *picture, int row, int column)
{
    const struct heed_patch_grid *queries = &picture->queries, *keys = &picture->keys;
    const bool same = queries->rows == keys->rows && queries->columns == keys->columns;
    return heed_target_of(same ? HEED_TARGET_QUERY : HEED_TARGET_KEY,
                          heed_picture_token(same ? queries : keys, row, column), 1, 0);
}

/* What an export of numbers is made of: each row's own, where a cell is their mean. */
static void mark_links(const struct patches *patches, int map, struct heed_rect cell, int unit)
{
    const struct heed_range rows = patches->query;
    for (int i = rows.first; i < rows.first + rows.count; i++) {
        const struct heed_link link = {.query = i, .key = unit};
        heed_list_spot(patches->frame->list, cell,
                       heed_link_target(patches->shown.items[map].id, link));
    }
}

/* In the middle the root of the weight, that small ones let the picture through. */
static float opacity_of(const struct patches *patches, float part)
{
    const float heat = (float)patches->frame->state->heat / 100, root = sqrtf(part);
    return heat <= 0.5F ? 2 * heat * root : root + (1 - root) * (2 * heat - 1);
}

static void draw_heat(const struct patches *patches, int map, struct heed_rect panel)
{
    const struct heed_patch_grid *grid = &patches->picture->keys;
    const struct heed_frame *frame = patches->frame;
    const struct heed_palette *palette =
        heed_palette_get(frame->state->theme, frame->state->palette);
    struct heed_list *list = frame->list;
    for (int i = 0; i < grid->rows * grid->columns; i++) {
        const int row = i / grid->columns, column = i % grid->columns;
        const int unit = unit_of(patches, row, column);
        const struct heed_rect cell = patch_rect(patches, panel, grid, row, column);
        const float value = unit >= 0 ? value_of(patches, map, unit) : 0;
        const float part = fminf(value / patches->high, 1);
        const struct heed_color color = heed_palette_color(palette, part);
        const float opacity = opacity_of(patches, part);
        if (unit >= 0 && opacity > 0) {
            heed_list_fill(list, cell, 0, heed_color_alpha(color, opacity));
            const struct heed_color pale = {0.85F, 0.85F, 0.85F, 1};
            draw_number(patches, cell, value, heed_color_mix(pale, color, opacity));
        }
        if (!frame->is_export) {
            heed_list_spot(list, cell, heed_patches_target(patches->picture, row, column));
        } else if (unit >= 0) {
            mark_links(patches, map, cell, unit);
        }
    }
}

static void ring(const struct patches *patches, struct heed_rect cell, struct heed_color color)
{
    const float s = patches->s;
    const struct heed_color white = {1, 1, 1, 1};
    heed_list_outline(patches->frame->list, heed_rect_grow(cell, 3 * s), 2 * s, 1.5F * s, white);
    heed_list_outline(patches->frame->list, heed_rect_grow(cell, 1.5F * s), 1 * s,
                      (patches->frame->is_export ? 2 : 3) * s, color);
}

/* The query's own patches, and the key in hand. */
static void draw_rings(const struct patches *patches, struct heed_rect panel)
{
    const struct heed_frame *frame = patches->frame;
    const struct heed_range key = heed_frame_key(frame);
    const struct heed_color black = {0, 0, 0, 1};
    int row = 0, column = 0;
    for (int u = 0; u < patches->maps->n; u++) {
        const int token = patches->maps->units[u].first;
        const bool own = patches->is_chosen && heed_range_has(patches->query, u);
        if ((own || heed_range_has(key, u)) &&
            heed_picture_find(patches->picture, token, &row, &column)) {
            const struct heed_patch_grid *grid = own && patches->picture->queries.rows > 0
                                                     ? &patches->picture->queries
                                                     : &patches->picture->keys;
            ring(patches, patch_rect(patches, panel, grid, row, column),
                 own ? black : frame->theme->accent);
        }
    }
}

static void draw_panel(const struct patches *patches, int map)
{
    const struct heed_shown_map *shown = &patches->shown.items[map];
    const struct heed_rect panel = panel_of(patches, map);
    const struct heed_skin *skin = &patches->skin;
    const float s = patches->s, cy = panel.y - (patches->frame->is_export ? 12 : 20) * s;
    char others[64];
    say_others(patches, map, others, sizeof(others));
    heed_chip_draw(skin, panel.x, cy, 13, shown->color, shown->dashed);
    const float used = heed_widget_left(skin, panel.x + 20 * s, cy, 15, 600, skin->theme->text,
                                        shown->name, panel.w - 20 * s);
    heed_widget_right(skin, panel.x + panel.w, cy, 13, 400, skin->theme->muted, others,
                      fmaxf(panel.w - 28 * s - used, 1));
    heed_picture_draw(patches->frame, panel, true);
    draw_heat(patches, map, panel);
    heed_list_outline(skin->list, panel, 0, skin->hairline, skin->theme->strong_border);
    draw_rings(patches, panel);
}

/* --- around them --- */

static void draw_header(const struct patches *patches)
{
    char query[96], text[160];
    const float s = patches->s, cy = patches->top - 58 * s;
    heed_units_text(patches->maps, patches->query, query, sizeof(query));
    if (patches->is_chosen) {
        snprintf(text, sizeof(text), "what %.80s attends to%s", query,
                 patches->query.count > 1 ? ", mean of their rows" : "");
    } else {
        snprintf(text, sizeof(text), "nothing pinned: the mean of all rows");
    }
    float x = patches->rect.x + patches->pad;
    x += heed_widget_left(&patches->skin, x, cy, 16, 600, patches->skin.theme->text, "Patches", 0);
    x += 12 * s;
    const float end = patches->rect.x + patches->rect.w - patches->pad;
    const char *how[] = {"click pins a patch, a drag several; arrows move it",
                         "click or drag pins, arrows move", ""};
    const struct heed_text_style style = heed_widget_style(&patches->skin, 13, 400);
    const float name =
        heed_widget_width(&patches->skin, heed_widget_style(&patches->skin, 14, 400), text);
    float used = heed_widget_width(&patches->skin, style, how[0]);
    int i = 0;
    while (how[i][0] != '\0' && x + name + 16 * s + used > end) {
        used = heed_widget_width(&patches->skin, style, how[++i]);
    }
    heed_widget_left(&patches->skin, x, cy, 14, 400, patches->skin.theme->muted, text,
                     fmaxf(end - x - used - 16 * s, 1));
    heed_widget_right(&patches->skin, end, cy, 13, 400, patches->skin.theme->muted, how[i], 0);
}

/* "Picture (slider) Heat" up to the end, if there is room; returns what it takes. */
static float draw_blend(const struct patches *patches, float end, float cy, float left)
{
    const struct heed_skin *skin = &patches->skin;
    const float s = patches->s, track = 96 * s;
    const struct heed_text_style style = heed_widget_style(skin, 13, 400);
    const float picture = heed_widget_width(skin, style, "Picture"),
                heat = heed_widget_width(skin, style, "Heat");
    const float whole = picture + heat + track + 40 * s;
    if (end - left < whole) {
        return 0;
    }
    const struct heed_target target = {.kind = HEED_TARGET_SLIDER, .a = HEED_SLIDER_HEAT};
    heed_widget_right(skin, end, cy, 13, 400, skin->theme->muted, "Heat", 0);
    const float right = end - heat - 12 * s;
    heed_widget_track(skin, (struct heed_rect){right - track, roundf(cy - 2 * s), track, 4 * s},
                      (float)patches->frame->state->heat / 100, false, target);
    heed_widget_right(skin, right - track - 12 * s, cy, 13, 400, skin->theme->muted, "Picture", 0);
    return whole + 16 * s;
}

/* Returns the y below it. */
static float draw_scale(const struct patches *patches, float y)
{
    const struct heed_skin *skin = &patches->skin;
    const struct heed_state *state = patches->frame->state;
    const float s = patches->s, cy = y + 10 * s;
    const bool is_export = patches->frame->is_export;
    float x = patches->rect.x + patches->pad;
    char number[32];
    x += heed_widget_left(skin, x, cy, 13, 400, skin->theme->muted, "weight", 0) + 10 * s;
    x += heed_widget_left(skin, x, cy, 13, 400, skin->theme->muted, "0", 0) + 6 * s;
    const struct heed_rect bar = {x, roundf(cy - 4 * s), (is_export ? 80 : 160) * s, 8 * s};
    heed_widget_palette(skin, bar, 1 * s, heed_palette_get(state->theme, state->palette), false);
    x += bar.w + 6 * s;
    heed_format_number(number, sizeof(number), (double)patches->high, 2);
    x += heed_widget_left(skin, x, cy, 13, 400, skin->theme->muted, number, 0) + 18 * s;
    const bool numbers = patches->width / (float)patches->picture->keys.columns >= 28 * s;
    const char *const notes[] = {numbers ? "one scale for all heads; numbers from 0.03"
                                         : "one scale for all heads",
                                 "one scale"};
    const float end = patches->rect.x + patches->rect.w - patches->pad;
    const float room = end - x - (is_export ? 0 : draw_blend(patches, end, cy, x));
    const struct heed_text_style style = heed_widget_style(skin, 13, 400);
    const bool fits = heed_widget_width(skin, style, notes[0]) <= room;
    heed_widget_left(skin, x, cy, 13, 400, skin->theme->muted, notes[!fits], fmaxf(room, 1));
    return y + 24 * s;
}

/* --- the largest keys --- */

struct key {
    int unit;
    float mean;
};

static float mean_of(const struct patches *patches, int unit)
{
    float sum = 0;
    for (int map = 0; map < patches->shown.n; map++) {
        sum += value_of(patches, map, unit);
    }
    return sum / (float)patches->shown.n;
}

/* The largest, largest first; returns how many. */
static int find_keys(const struct patches *patches, struct key *keys, int most)
{
    const struct heed_unit_range columns = patches->maps->columns;
    int n = 0;
    for (int u = columns.first; u < columns.first + columns.count; u++) {
        const struct key key = {u, mean_of(patches, u)};
        int at = n < most ? n++ : most;
        while (at > 0 && keys[at - 1].mean < key.mean) {
            if (at < most) {
                keys[at] = keys[at - 1];
            }
            at--;
        }
        if (at < most) {
            keys[at] = key;
        }
    }
    return n;
}

static void draw_key(const struct patches *patches, const struct key *key, float x, float y,
                     float width)
{
    const struct heed_maps *maps = patches->maps;
    const struct heed_unit *unit = &maps->units[key->unit];
    const struct heed_skin *skin = &patches->skin;
    const float s = patches->s, cy = y + ROW * s / 2, cell = 66 * s;
    const int shown = patches->shown.n < A_LINE ? patches->shown.n : A_LINE;
    const float cells = x + width - (float)shown * cell;
    char place[16];
    snprintf(place, sizeof(place), "%d", heed_maps_place(maps, unit->first));
    heed_widget_right(skin, x + 24 * s, cy, 13, 400, skin->theme->muted, place, 0);
    const struct heed_rect square = {roundf(x + 34 * s), roundf(cy - THUMBNAIL * s / 2),
                                     THUMBNAIL * s, THUMBNAIL * s};
    if (heed_patch_draw(patches->frame, unit->first, square)) {
        heed_list_outline(skin->list, square, 0, skin->hairline, skin->theme->border);
    }
    heed_widget_left(skin, x + 84 * s, cy, 15, 400, skin->theme->text, unit->label,
                     fmaxf(cells - x - 92 * s, 1));
    for (int map = 0; map < shown; map++) {
        const struct heed_rect rect = {roundf(cells + (float)map * cell + 2 * s),
                                       roundf(cy - 18 * s), cell - 4 * s, 36 * s};
        heed_number_cell(skin, rect, patches->shown.items[map].color,
                         value_of(patches, map, key->unit), 14, false);
    }
    heed_list_spot(skin->list, (struct heed_rect){x, y, width, ROW * s},
                   heed_target_of(HEED_TARGET_KEY, unit->first, unit->count, 0));
}

static void draw_keys(struct patches *patches, float y)
{
    enum { MOST = 12 };
    struct key keys[MOST];
    const float s = patches->s, x = patches->rect.x + patches->pad;
    const float room = patches->rect.w - 2 * patches->pad;
    const int columns = room > 760 * s ? 2 : 1;
    const float width = floorf((room - (float)(columns - 1) * 32 * s) / (float)columns);
    const int n = find_keys(patches, keys, MOST);
    char note[96];
    heed_list_stroke(patches->skin.list, patches->rect.x, y, patches->rect.x + patches->rect.w, y,
                     patches->skin.hairline, patches->skin.theme->border);
    snprintf(note, sizeof(note), "the %d largest of %d, by the mean of the shown heads", n,
             patches->maps->columns.count);
    const float used = heed_widget_left(&patches->skin, x, y + 26 * s, 16, 600,
                                        patches->skin.theme->text, "Keys", 0);
    heed_widget_left(&patches->skin, x + used + 12 * s, y + 26 * s, 14, 400,
                     patches->skin.theme->muted, note, fmaxf(room - used - 12 * s, 1));
    const int rows = (n + columns - 1) / columns;
    for (int i = 0; i < n; i++) {
        draw_key(patches, &keys[i], x + (float)(i / rows) * (width + 32 * s),
                 y + 46 * s + (float)(i % rows) * ROW * s, width);
    }
    patches->end = y + 58 * s + (float)rows * ROW * s;
}

void heed_patches_draw(struct heed_frame *frame, struct heed_rect rect)
{
    struct patches patches;
    if (!begin(&patches, frame, rect)) {
        (void)heed_view_is_empty(frame, rect, patches.shown.n);
        return;
    }
    heed_list_clip(frame->list, rect);
    if (!frame->is_export) {
        draw_header(&patches);
    }
    for (int map = 0; map < patches.shown.n; map++) {
        draw_panel(&patches, map);
    }
    float y = draw_scale(&patches, patches.end + 10 * patches.s);
    if (frame->is_export) {
        heed_foot_draw(frame, &patches.skin, rect.x + 2 * patches.s, y + 12 * patches.s,
                       rect.w - 4 * patches.s);
    } else {
        draw_keys(&patches, y + 16 * patches.s);
    }
    heed_list_unclip(frame->list);
    frame->content_width = rect.w;
    frame->content_height = patches.end + frame->scroll_y - rect.y;
}

float heed_patches_height(struct heed_frame *frame, float width)
{
    struct patches patches;
    if (!begin(&patches, frame, (struct heed_rect){0, 0, width, 0})) {
        return 120 * patches.s;
    }
    return patches.end + 40 * patches.s +
           heed_foot_height(frame, &patches.skin, width - 4 * patches.s);
}

float heed_patches_options(const struct heed_options_place *place)
{
    static const char *const labels[] = {"Patches", "Lists"};
    const struct heed_picture *picture = heed_frame_get_picture(place->frame);
    const float s = place->frame->scale, h = (place->is_drawer ? 30 : 32) * s;
    if (picture == NULL || picture->keys.rows == 0) {
        return place->right;
    }
    const bool lists = place->frame->state->patch_lists;
    const struct heed_target change = heed_command_target(HEED_COMMAND_PATCH_LISTS, 0);
    const struct heed_target keep = {.kind = HEED_TARGET_BLOCK};
    const struct heed_target targets[] = {lists ? change : keep, lists ? keep : change};
    const float w = heed_widget_segments_width(place->skin, labels, 2);
    if (place->right - w < place->left) {
        return place->right;
    }
    const struct heed_rect rect = {roundf(place->right - w),
                                   roundf(place->row.y + place->row.h / 2 - h / 2), w, h};
    heed_widget_segments(place->skin, rect, labels, 2, lists, targets);
    return rect.x - 12 * s;
}
