#include "scene/views/links/links.h"

#include <math.h>
#include <string.h>

#include "scene/figure/column.h"
#include "scene/parts/empty.h"
#include "scene/parts/minimap.h"
#include "scene/parts/provisos.h"
#include "scene/parts/shapes.h"
#include "scene/views/links/drawn.h"
#include "scene/views/links/layout.h"
#include "scene/views/links/patches.h"
#include "scene/views/links/rows.h"
#include "scene/widgets/label.h"

static bool is_projected(const struct heed_links *links)
{
    return links->frame->state->projector && !links->frame->is_export;
}

/* Behind a pinned token a lecture hall needs no weights, only the links. */
static bool is_faint(const struct heed_links *links)
{
    return is_projected(links) && heed_links_is_pointed(links);
}

/* All that the ground depends on; never what is pinned or hovered. */
static uint64_t ground_key(const struct heed_links *links, const struct heed_link_request *request)
{
    const float numbers[] = {
        links->rows.x,
        links->rows.y,
        links->rows.w,
        links->rows.h,
        links->left,
        links->right,
        links->s,
        links->pitch,
        links->lane,
        links->scroll,
        is_faint(links) ? 1 : 0,
    };
    return heed_link_ground_key(request, numbers, HEED_COUNT(numbers));
}

static void draw_curve(const struct heed_links *links, struct heed_link link, float from,
                       float width, float opacity)
{
    const struct heed_shown_map *map = &links->shown.items[link.map];
    const float shift = ((float)link.map - (float)(links->shown.n - 1) / 2) * links->lane;
    const float y0 = heed_links_row_y(links, link.query) + shift;
    const float y1 = heed_links_row_y(links, link.key) + shift;
    const float handle = 0.46F * (links->right - from);
    const struct heed_stroke stroke =
        heed_map_stroke(map, width, heed_color_alpha(map->color, opacity), links->s);
    heed_list_cubic(links->frame->list,
                    (struct heed_item_cubic){from, y0, from + handle, y0, links->right - handle, y1,
                                             links->right, y1, stroke});
}

static float ground_width(const struct heed_links *links)
{
    if (is_faint(links)) {
        return 1.25F * links->s / 1.6F;
    }
    return (links->frame->is_export ? 1.2F : 2) * links->s;
}

static float ground_opacity(const struct heed_links *links, float weight)
{
    return heed_link_opacity(links->frame->theme, links->shown.n, weight, 0.03F);
}

static float strong_width(const struct heed_links *links, float weight)
{
    if (is_projected(links)) {
        return (2 + 11 * weight) * links->s / 1.6F;
    }
    return 0.1F * links->type * (1 + 2.5F * weight);
}

static float strong_opacity(float weight)
{
    return fminf(0.25F + 0.75F * weight, 1);
}

static void draw_ground(struct heed_links *links)
{
    struct heed_frame *frame = links->frame;
    const struct heed_link_request request = heed_links_request(links);
    const struct heed_chosen_links chosen = heed_link_choose(&request);
    heed_link_report(frame, &chosen);
    const struct heed_rect bounds = {links->left, links->rows.y, links->right - links->left,
                                     links->rows.h};
    const float faint = frame->state->theme == HEED_THEME_DARK ? 0.07F : 0.045F;
    heed_list_group(frame->list,
                    (struct heed_item_group){
                        .key = ground_key(links, &request),
                        .opacity = is_faint(links)                ? faint
                                   : heed_links_is_pointed(links) ? frame->theme->ground
                                                                  : 1,
                        .bounds = bounds,
                    });
    for (int i = 0; i < chosen.n; i++) {
        const struct heed_head_id id = links->shown.items[chosen.links[i].map].id;
        frame->list->target = heed_ground_target(frame, id, chosen.links[i]);
        draw_curve(links, chosen.links[i], links->left, ground_width(links),
                   is_faint(links) ? 1 : ground_opacity(links, chosen.links[i].weight));
    }
    frame->list->target = (struct heed_target){0};
    heed_list_ungroup(frame->list);
}

static void draw_strong(const struct heed_links *links)
{
    if (!heed_links_is_pointed(links)) {
        return;
    }
    struct heed_list *list = links->frame->list;
    const struct heed_link_request request = heed_links_request(links);
    const struct heed_chosen_links strong = heed_link_collect(&request, links->query, links->key);
    const bool pair = links->query.count > 0 && links->key.count > 0;
    int from = 0;
    if (!links->frame->is_export && strong.n > HEED_LINKS_MAX_ON_SCREEN) {
        from = strong.n - HEED_LINKS_MAX_ON_SCREEN;
    }
    for (int pass = 0; pass < (pair ? 2 : 1); pass++) {
        for (int i = from; i < strong.n; i++) {
            const struct heed_link link = strong.links[i];
            const bool chosen = !pair || heed_range_has(links->key, link.key);
            if (pair && chosen != (pass == 1)) {
                continue;
            }
            list->target = heed_link_target(links->shown.items[link.map].id, link);
            draw_curve(links, link, links->from, strong_width(links, link.weight),
                       strong_opacity(link.weight) * (chosen ? 1 : 0.35F));
        }
    }
    list->target = (struct heed_target){0};
}

static void draw_hint(const struct heed_links *links)
{
    if (links->n_columns == 0 || links->frame->is_export) {
        return;
    }
    const float s = links->s;
    const float width = (float)links->n_columns * links->column_width;
    heed_text_wrapped(&links->skin, links->columns_x + 4 * s, links->rows.y + 20 * s, 18 * s,
                      heed_widget_style(&links->skin, 13, 400), links->frame->theme->muted,
                      links->n_columns > 1 ? "Hover or click a token to see its numbers."
                                           : "Hover a token: its values.",
                      width - 8 * s, 6);
}

/* Where the strong links of the token in hand lie in a text that scrolls. */
static void draw_minimap(const struct heed_links *links)
{
    const struct heed_frame *frame = links->frame;
    const float w = 14 * links->s;
    const struct heed_rect strip = {links->rect.x + links->rect.w - w, links->rows.y, w,
                                    links->rows.h};
    const float over = links->pitch * (float)heed_links_count_rows(links->maps) - strip.h;
    if (heed_maps_have_sides(links->maps) || !heed_minimap_strip(frame, strip, over)) {
        return;
    }
    for (int i = 0; i < links->maps->n; i++) {
        float weight = 0;
        struct heed_color color = {0};
        if (heed_minimap_link(frame, &links->shown, i, &weight, &color)) {
            heed_minimap_mark(frame, strip, i, links->maps->n, weight, color);
        }
    }
    heed_minimap_grip(frame, strip, 0, 0, strip.h);
}

/* Between a pair's texts, on both sides. */
static void draw_rule(const struct heed_links *links)
{
    const int start = heed_pair_start(links->maps);
    const float y = heed_links_row_y(links, start) - links->pitch / 2;
    struct heed_list *list = links->frame->list;
    const struct heed_color color = links->frame->theme->faint;
    const float left = links->query_x - links->label_width, w = links->skin.hairline;
    if (start > 0) {
        heed_list_stroke(list, left, y, links->left, y, w, color);
        heed_list_stroke(list, links->right, y, links->end, y, w, color);
    }
}

static void draw_rows(struct heed_links *links)
{
    struct heed_list *list = links->frame->list;
    const struct heed_link_request request = heed_links_request(links);
    const bool *strong_queries = heed_find_strong_units(&request, links->key, true);
    const bool *strong_keys = heed_find_strong_units(&request, links->query, false);
    heed_list_clip(list, links->rows);
    draw_ground(links);
    draw_strong(links);
    if (links->from > links->left) { /* numbers before the curves lie on no other link */
        heed_list_fill(list,
                       (struct heed_rect){links->columns_x, links->rows.y,
                                          links->from - links->columns_x, links->rows.h},
                       0, links->frame->theme->canvas);
    }
    for (int i = 0; i < links->maps->n; i++) {
        const float y = heed_links_row_y(links, i) - links->rows.y;
        if (y <= -links->pitch / 2 || y >= links->rows.h + links->pitch / 2) {
            continue;
        }
        heed_links_draw_tokens(links, i, links->query.count > 0 ? NULL : strong_queries,
                               strong_keys);
        if (heed_links_is_pointed(links)) {
            heed_links_draw_values(links, i);
        }
    }
    if (!heed_links_is_pointed(links)) {
        draw_hint(links);
    }
    draw_rule(links);
    heed_list_unclip(list);
}

/* A figure's columns are too narrow for a chip beside the name. */
static void draw_export_head(const struct heed_links *links, const struct heed_shown_map *map,
                             float middle)
{
    const float s = links->s, width = links->column_width - 6 * s;
    const char *name = links->shown.n == 1 ? map->heading : map->name;
    heed_widget_middle(&links->skin, middle, links->header_y, 12, 600, links->frame->theme->text,
                       name, width + 4 * s);
    heed_list_line(links->frame->list,
                   (struct heed_item_line){middle - width / 2, links->header_y + 9 * s,
                                           middle + width / 2, links->header_y + 9 * s,
                                           heed_map_stroke(map, 2.5F * s, map->color, s)});
}

static void draw_column_heads(const struct heed_links *links)
{
    const struct heed_theme *theme = links->frame->theme;
    const float s = links->s;
    const bool tight = links->tight;
    const struct heed_text_style style = heed_widget_style(&links->skin, tight ? 13 : 14, 600);
    for (int i = 0; i < links->n_columns; i++) {
        const float middle = links->columns_x + ((float)i + 0.5F) * links->column_width;
        if (links->n_columns < links->shown.n) {
            heed_widget_middle(&links->skin, middle, links->header_y, 13, 400, theme->muted,
                               tight ? "max" : "strongest", links->column_width);
            continue;
        }
        const struct heed_shown_map *map = &links->shown.items[i];
        if (links->frame->is_export) {
            draw_export_head(links, map, middle);
            continue;
        }
        const float chip = tight ? 10 : 12;
        const float gap = (tight ? 3 : 5) * s;
        const float room = links->column_width - chip * s - gap - 2 * s;
        const float width = fminf(heed_widget_width(&links->skin, style, map->name), room);
        const float x = middle - (chip * s + gap + width) / 2;
        heed_chip_draw(&links->skin, x, links->header_y, chip, map->color, map->dashed);
        heed_widget_text(&links->skin, x + chip * s + gap, links->header_y, style,
                         HEED_ANCHOR_START, theme->text, map->name, room);
    }
}

static void draw_header(const struct heed_links *links)
{
    const struct heed_theme *theme = links->frame->theme;
    const struct heed_text_style plain = heed_widget_style(&links->skin, 14, 400);
    const float gap = 7 * links->s, y = links->header_y;
    float x = links->query_x;
    if (!links->frame->is_export) {
        x -= heed_widget_text(&links->skin, x, y, plain, HEED_ANCHOR_END, theme->muted, "attends",
                              0) +
             gap;
    }
    heed_widget_right(&links->skin, x, y, 14, 600, theme->text,
                      heed_query_name(links->frame->result), 0);
    x = links->key_x;
    x += heed_widget_left(&links->skin, x, y, 14, 600, theme->text,
                          heed_key_name(links->frame->result), 0) +
         gap;
    const float end =
        links->n_columns > 0 ? links->columns_x : links->rect.x + links->rect.w - 4 * links->s;
    const float need = heed_text_width(links->skin.metrics, plain, "is attended to", 14);
    if (x + need <= end && !links->frame->is_export) {
        heed_widget_text(&links->skin, x, y, plain, HEED_ANCHOR_START, theme->muted,
                         "is attended to", 0);
    }
    draw_column_heads(links);
}

static void draw_legend_line(const struct heed_links *links, float x, float y, float weight)
{
    const bool pointed = heed_links_is_pointed(links);
    const float width = pointed ? strong_width(links, weight) : ground_width(links);
    const float opacity = pointed ? strong_opacity(weight) : ground_opacity(links, weight);
    heed_list_stroke(links->frame->list, x, y, x + (links->frame->is_export ? 14 : 26) * links->s,
                     y, width, heed_color_alpha(links->frame->theme->ink, opacity));
}

static const char *legend_name(const struct heed_filter *filter)
{
    switch (filter->measure) {
    case HEED_MEASURE_VALUE_NORM:
        return "share";
    case HEED_MEASURE_ROLLOUT:
        return "rollout";
    case HEED_MEASURE_WEIGHT:
        break;
    }
    return "weight";
}

static void draw_legend(const struct heed_links *links, float y)
{
    static const float weights[] = {0.1F, 0.3F, 0.6F, 1};
    static const char *const labels[] = {"0.1", "0.3", "0.6", "1"};
    const struct heed_theme *theme = links->frame->theme;
    const float s = links->s;
    const bool is_export = links->frame->is_export;
    float x = is_export                ? links->rect.x + 2 * s
              : links->positions_x > 0 ? links->positions_x - 16 * s
                                       : links->query_x - links->label_width;
    x += heed_widget_left(&links->skin, x, y, 14, 400, theme->muted,
                          legend_name(&links->maps->filter), 0) +
         (is_export ? 8 : 16) * s;
    for (size_t i = 0; i < HEED_COUNT(weights); i++) {
        draw_legend_line(links, x, y, weights[i]);
        x += (is_export ? 17 : 32) * s;
        x += heed_widget_left(&links->skin, x, y, 14, 400, theme->muted, labels[i], 0) +
             (is_export ? 8 : 12) * s;
    }
}

/* Right-aligned beside the columns, as wide as there is room. */
static void draw_footer_label(const struct heed_links *links, float y, const char *text,
                              const char *shorter)
{
    const struct heed_text_style style = heed_widget_style(&links->skin, 14, 400);
    const float left = links->left + 0.4F * (links->right - links->left);
    const float room = links->columns_x - 12 * links->s - left;
    const float width = heed_widget_width(&links->skin, style, text);
    heed_widget_text(&links->skin, links->columns_x - 8 * links->s, y, style, HEED_ANCHOR_END,
                     links->frame->theme->muted, width <= room && links->roomy ? text : shorter,
                     room);
}

/* Of a file, whose rows may hold less than 1: of what the columns show. */
static void draw_sums(const struct heed_links *links, float y)
{
    const struct heed_unit_range keys = links->maps->columns;
    const float bottom = links->rows.y + links->rows.h;
    heed_list_stroke(links->frame->list, links->columns_x, bottom,
                     links->columns_x + (float)links->n_columns * links->column_width, bottom,
                     links->skin.hairline, links->frame->theme->strong_border);
    draw_footer_label(links, y, "sum of the row", "sum");
    for (int i = 0; i < links->n_columns; i++) {
        char number[32];
        heed_format_number(number, sizeof(number),
                           (double)heed_map_weight(links->shown.items[i].weights, links->maps->n,
                                                   links->query,
                                                   (struct heed_range){keys.first, keys.count}),
                           3);
        heed_widget_middle(&links->skin, links->columns_x + ((float)i + 0.5F) * links->column_width,
                           y, 15, 400, links->frame->theme->muted, number,
                           links->column_width - 4 * links->s);
    }
}

static void draw_hidden_row(const struct heed_links *links, float y)
{
    const struct heed_theme *theme = links->frame->theme;
    const float s = links->s;
    const float width = (float)links->n_columns * links->column_width;
    heed_list_stroke(links->frame->list, links->columns_x, links->rows.y + links->rows.h,
                     links->columns_x + width, links->rows.y + links->rows.h, links->skin.hairline,
                     theme->strong_border);
    const bool strongest = links->n_columns < links->shown.n;
    char what[160] = "hidden in a head, at most";
    if (!strongest) {
        heed_hidden_name(links->maps, &links->maps->filter, what, sizeof(what));
    }
    draw_footer_label(links, y, what, strongest ? "hidden \xE2\x89\xA4" : "hidden");
    for (int i = 0; i < links->n_columns; i++) {
        float value = heed_map_hidden(links->shown.items[i].hidden, links->query);
        for (int j = 1; strongest && j < links->shown.n; j++) {
            value = fmaxf(value, heed_map_hidden(links->shown.items[j].hidden, links->query));
        }
        char number[32];
        heed_format_number(number, sizeof(number), (double)value, 3);
        heed_widget_middle(&links->skin, links->columns_x + ((float)i + 0.5F) * links->column_width,
                           y, 15, 400, theme->muted, number, links->column_width - 4 * s);
    }
}

static void draw_footer(const struct heed_links *links)
{
    const float s = links->s;
    const bool is_export = links->frame->is_export;
    float y = links->footer_y;
    const bool row = links->has_hidden && links->n_columns > 0 && links->query.count > 0;
    if (row) {
        draw_hidden_row(links, is_export ? y - 2 * s : y);
    } else if (links->has_sums && links->n_columns == links->shown.n && links->query.count > 0) {
        draw_sums(links, y);
    }
    if (is_export && links->has_hidden) {
        y += 20 * s;
    }
    draw_legend(links, y);
    if (is_export) {
        y += 18 * s;
        y += 18 * s * (float)heed_links_heads(links, links->rect.x + 2 * s, y, links->rect.w, true);
        heed_foot_draw(links->frame, &links->skin, links->rect.x + 2 * s, y, links->rect.w - 4 * s);
    }
}

void heed_links_draw(struct heed_frame *frame, struct heed_rect rect)
{
    struct heed_links links = {.frame = frame};
    if (heed_patches_wanted(frame)) {
        heed_patches_draw(frame, rect);
        return;
    }
    if (heed_links_is_whole(frame)) {
        heed_links_sheet_draw(frame, rect);
        return;
    }
    heed_links_place(&links, rect);
    if (links.maps == NULL) {
        return;
    }
    if (heed_view_is_empty(frame, rect, links.shown.n)) {
        return;
    }
    draw_rows(&links);
    draw_minimap(&links);
    draw_header(&links);
    draw_footer(&links);
}
