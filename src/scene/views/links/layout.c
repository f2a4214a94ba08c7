#include "scene/views/links/layout.h"
#include "scene/figure/column.h"

#include <math.h>
#include <string.h>

#include "scene/parts/provisos.h"
#include "scene/parts/shapes.h"
#include "scene/views/links/drawn.h"
#include "scene/views/links/patches.h"
#include "scene/widgets/label.h"

enum {
    LEAST_PITCH = 20,
    PROJECTED_PITCH = 18, /* 16 tokens in 386 */
    MOST_PITCH = 64,
    LEAST_TYPE = 12,
    MOST_TYPE = 24,
    EXPORT_BASE = 20, /* logical px that an export's pt stands for */
    EXPORT_COLUMNS = 6,
    LEAST_CURVES = 80 /* logical px of an export's links */
};

int heed_links_count_rows(const struct heed_maps *maps)
{
    return maps->rows.count > maps->columns.count ? maps->rows.count : maps->columns.count;
}

/* Both lists are centred on the same line. */
float heed_links_row_y(const struct heed_links *links, int unit)
{
    const struct heed_maps *maps = links->maps;
    const struct heed_unit_range side = unit < maps->rows.count ? maps->rows : maps->columns;
    const float spare = (float)(heed_links_count_rows(maps) - side.count) / 2;
    return links->rows.y - links->scroll +
           ((float)(unit - side.first) + spare + 0.5F) * links->pitch;
}

/* Type grows with the pitch: 12 at 20, 16 at 31, 20 from 43 to 52, 24. */
static float type_for(float pitch)
{
    const float small = LEAST_TYPE + (pitch - LEAST_PITCH) * 0.35F;
    const float large = pitch > 52 ? 20 + (pitch - 52) / 3 : 20;
    return fminf(fmaxf(fminf(small, large), LEAST_TYPE), MOST_TYPE);
}

/* A lecture hall reads 28 and no less than 20 from afar. */
static float projected_type(const struct heed_links *links)
{
    const float least = heed_widget_type(&links->skin, 14) * links->s;
    return fminf(fmaxf(0.62F * links->pitch, least), 20 * links->s);
}

static float widest_label(const struct heed_links *links)
{
    /* In a window the first ones will do: what is wider is elided there. */
    enum { MEASURED = 256 };
    const int n = links->frame->is_export || links->maps->n < MEASURED ? links->maps->n : MEASURED;
    const struct heed_text_style style = {.size = links->type, .weight = 600, .tabular = true};
    const char *name = heed_query_name(links->frame->result);
    float widest = heed_text_width(links->skin.metrics, style, name, strlen(name));
    for (int i = 0; i < n; i++) {
        widest = fmaxf(widest, heed_token_width(&links->skin, style, &links->maps->units[i]));
    }
    return widest;
}

static void place_rows(struct heed_links *links)
{
    const float s = links->s;
    const struct heed_rect rect = links->rect;
    const bool is_export = links->frame->is_export;
    const struct heed_link_edges edges = heed_link_edges(links->frame, rect, s);
    const float head = edges.head;
    float foot = (is_export ? 22 : edges.low ? 44 : 69) * s;
    if (is_export) {
        foot += heed_foot_height(links->frame, &links->skin, rect.w - 4 * s) + 6 * s;
        foot += links->has_hidden ? 20 * s : 0;
        foot += (float)heed_links_heads(links, 0, 0, rect.w, false) * 18 * s;
    }
    const float room = fmaxf(rect.h - head - foot, LEAST_PITCH * s);
    const float zoom = links->frame->zoom > 0 ? links->frame->zoom : 1;
    const float n = (float)heed_links_count_rows(links->maps);
    const float least = (is_export                               ? 15
                         : heed_frame_is_projected(links->frame) ? PROJECTED_PITCH
                                                                 : LEAST_PITCH) *
                        s;
    links->pitch = fminf(fmaxf(room / n * zoom, least), MOST_PITCH * s);
    links->type = is_export ? LEAST_TYPE * s : roundf(type_for(links->pitch / s) * s * 4) / 4;
    if (heed_frame_is_projected(links->frame)) {
        links->type = projected_type(links);
    }
    /* What isn't needed is margin, above and below. */
    const float spare = is_export ? 0 : fmaxf(floorf((room - links->pitch * n) / 2), 0);
    links->rows = (struct heed_rect){rect.x, roundf(rect.y + spare + head), rect.w,
                                     fminf(room, links->pitch * n)};
    const float over = links->pitch * n - links->rows.h;
    links->scroll = fminf(fmaxf(links->frame->scroll_y, 0), fmaxf(over, 0));
    links->header_y = rect.y + spare + edges.header;
    links->footer_y = links->rows.y + links->rows.h + (is_export ? 13 : edges.low ? 19 : 23) * s;
    links->frame->content_height = head + foot + links->pitch * n;
    links->frame->content_width = rect.w;
}

/* As wide as what stands above it: "L11H10", "mean of L3H1, L5H11". */
static float column_width(const struct heed_links *links)
{
    const float s = links->s;
    const bool is_export = links->frame->is_export, is_alone = links->shown.n == 1;
    const bool narrow = is_export || links->rect.w < 860 * s;
    const float type = is_alone || !narrow ? 14 : is_export ? 12 : 13;
    const float beside = is_alone || !narrow ? 24 : is_export ? 4 : 17;
    const struct heed_text_style style = heed_widget_style(&links->skin, type, 600);
    float width = (is_export ? 42 : narrow ? 64 : 72) * s;
    for (int i = 0; i < links->shown.n; i++) {
        const struct heed_shown_map *map = &links->shown.items[i];
        const char *name = is_alone && is_export ? map->heading : map->name;
        width = fmaxf(width, ceilf(beside * s + heed_widget_width(&links->skin, style, name)));
    }
    return width;
}

static void choose_columns(struct heed_links *links, float room, float least)
{
    const bool is_export = links->frame->is_export;
    const float width = column_width(links);
    links->tight = is_export || (links->rect.w < 860 * links->s &&
                                 (links->shown.n > 1 || width < 70 * links->s));
    const bool wanted = links->shown.n > 0 && (!is_export || links->query.count > 0);
    int n = wanted ? links->shown.n : 0;
    if (n > (is_export ? EXPORT_COLUMNS : HEED_LINKS_MAX_COLUMNS)) {
        n = 1;
    }
    links->n_columns = n;
    links->column_width = width;
    if (is_export) { /* the page is as wide as they need */
        return;
    }
    if (n > 1 && room - (float)n * width < least) {
        n = 1;
    }
    if (n == 1 && room - width < least) {
        n = 0;
    }
    links->n_columns = n;
}

/* What an export has no room for. */
static void note_narrow(const struct heed_links *links, float curves)
{
    if (links->frame->is_export && curves < LEAST_CURVES * links->s) {
        heed_list_lack(links->frame->list, "links beside words and numbers");
    }
}

/* Positions give way first, then columns; then labels are elided. */
static void place_columns(struct heed_links *links)
{
    const float s = links->s;
    const bool is_export = links->frame->is_export;
    const struct heed_link_edges edges = heed_link_edges(links->frame, links->rect, s);
    const bool small = edges.small;
    const float pad = edges.pad;
    const float gap = (is_export ? 6 : small ? 14 : 20) * s;
    const float least = (is_export ? 100 : 200) * s;
    const float inner = links->rect.w - 2 * pad;
    const float natural = widest_label(links) + 8 * s;
    const float most = is_export ? natural : fmaxf(inner * 0.19F, 72 * s);
    float query = fminf(fmaxf(natural, (is_export ? 0 : 112) * s), most);
    float key = fminf(fmaxf(natural, (is_export ? 0 : 138) * s), most);
    if (heed_maps_have_sides(links->maps) && !is_export) {
        key += 24 * s; /* its positions */
    }
    float positions = (is_export ? 0 : 28) * s;
    float room = inner - query - key - 2 * gap - positions;
    choose_columns(links, room, least);
    const float columns = (float)links->n_columns * links->column_width;
    if (positions > 0 && room - columns < least) {
        room += positions;
        positions = 0;
    }
    note_narrow(links, room - columns);
    if (room - columns < least && !is_export) {
        const float give = (least - room + columns) / 2;
        query = fmaxf(query - give, 40 * s);
        key = fmaxf(key - give, 40 * s);
        room = inner - query - key - 2 * gap - positions;
    }
    const float curves = fmaxf(fminf(room - columns, 720 * s), 20 * s);
    const float used = positions + query + key + 2 * gap + curves + columns;
    const float x = links->rect.x + pad + fmaxf(inner - used, 0) / 2;
    links->label_width = query;
    links->key_width = key - (heed_maps_have_sides(links->maps) && !is_export ? 30 : 6) * s;
    links->positions_x = positions > 0 ? x + 16 * s : 0;
    links->query_x = roundf(x + positions + query);
    links->left = roundf(links->query_x + gap);
    links->right = roundf(links->left + curves);
    links->key_x = roundf(links->right + gap);
    links->columns_x = roundf(x + used - columns);
    links->end = fmaxf(links->columns_x + columns, links->key_x + links->key_width);
    links->from = links->left;
    links->roomy = !small && !is_export;
}

/* Of a key in hand alone the numbers are the queries', so they stand beside those: before
 * the curves. No label moves, so that the pointer stays on its own. */
static void move_columns(struct heed_links *links)
{
    const float s = links->s, curves = links->right - links->left;
    if (links->n_columns > 1 && curves - (float)links->n_columns * links->column_width < 96 * s) {
        links->n_columns = 1;
    }
    links->columns_x = roundf(links->query_x + 10 * s);
    links->from = links->columns_x + (float)links->n_columns * links->column_width + 4 * s;
}

void heed_links_place(struct heed_links *links, struct heed_rect rect)
{
    struct heed_frame *frame = links->frame;
    links->rect = rect;
    links->maps = heed_frame_get_maps(frame);
    links->skin = heed_frame_get_view_skin(frame, EXPORT_BASE);
    links->s = links->skin.scale;
    links->shown = heed_shown_collect(frame);
    links->query = heed_frame_query(frame);
    links->key = heed_frame_key(frame);
    if (links->maps == NULL || links->maps->n == 0 || links->shown.n == 0) {
        return;
    }
    links->has_hidden =
        links->maps->n < links->maps->n_all && (!frame->is_export || links->query.count > 0);
    links->has_sums = !frame->is_export && !links->has_hidden && frame->result->file != NULL;
    if (frame->is_export) {
        heed_links_count(links); /* the provisos' lines depend on it */
    }
    if (frame->is_export) {
        links->type = LEAST_TYPE * links->s;
        place_columns(links); /* so does whether the heads need a legend */
    }
    place_rows(links);
    place_columns(links);
    if (links->key.count > 0 && links->query.count == 0 && links->n_columns > 0) {
        move_columns(links);
    }
    links->lane = heed_link_lane(links->shown.n, 7 * links->s, 0.6F * links->pitch);
}

bool heed_links_is_whole(const struct heed_frame *frame)
{
    return frame->is_export && heed_frame_query(frame).count == 0;
}

float heed_links_height(struct heed_frame *frame, float width)
{
    if (heed_patches_wanted(frame)) {
        return heed_patches_height(frame, width);
    }
    if (heed_links_is_whole(frame)) {
        return heed_links_sheet_height(frame, width);
    }
    struct heed_links links = {.frame = frame};
    heed_links_place(&links, (struct heed_rect){0, 0, width, 0});
    if (links.maps == NULL || links.maps->n == 0 || links.shown.n == 0) {
        return 120 * links.s;
    }
    const float pitch = 19 * links.s;
    return frame->content_height + (pitch - links.pitch) * (float)heed_links_count_rows(links.maps);
}

bool heed_links_is_pointed(const struct heed_links *links)
{
    return links->query.count > 0 || links->key.count > 0;
}

int heed_links_heads(const struct heed_links *links, float x, float cy, float width, bool draw)
{
    if (links->n_columns == links->shown.n) {
        return 0; /* the columns name them */
    }
    return heed_heads_legend(&links->skin, links->shown, x, cy, width, draw);
}
