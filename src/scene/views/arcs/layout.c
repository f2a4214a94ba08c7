#include "scene/views/arcs/layout.h"

#include <math.h>

#include "base/compiler.h"
#include "scene/parts/link_numbers.h"
#include "scene/parts/provisos.h"
#include "scene/parts/shapes.h"
#include "scene/views/arcs/flow.h"
#include "scene/views/arcs/paths.h"

enum {
    LEAST_TYPE = 18,
    LEAST_OVER_ROWS = 13, /* words may be smaller to have their numbers below them */
    MOST_TYPE = 40,
    WRAPPED_TYPE = 24,
    LEAST_SLOT = 29,  /* over two decimals */
    BARE_SLOT = 30,   /* and without */
    LEAST_ROOM = 334, /* for arcs, words and the title of the rows */
    LEAST_ROW = 24,
    MOST_ROW = 42,
    HALL_ROOM = 190, /* the same three in a hall */
    HALL_LEAST_ROW = 20,
    HALL_ROW = 24,
    HALL_SLOT = 47,
    HALL_NARROW = 36,         /* over two decimals */
    HALL_HIDDEN = 66,         /* the column of hidden tokens' share */
    LEAST_WITH_NUMBERS = 280, /* the least height of the view that has them in words */
    LEAST_UP = 52,            /* room for arcs between wrapped lines */
    LEAST_DOWN = 36
};

bool heed_arcs_is_pointed(const struct heed_arcs *arcs)
{
    return arcs->query.count > 0 || arcs->key.count > 0;
}

bool heed_arcs_in_hall(const struct heed_arcs *arcs)
{
    return heed_frame_is_projected(arcs->frame) && heed_arcs_is_pointed(arcs);
}

float heed_arcs_line_y(const struct heed_arcs *arcs, int line)
{
    return arcs->first_y + (float)line * arcs->pitch - arcs->scroll;
}

void heed_arcs_visible(const struct heed_arcs *arcs, int *first, int *last)
{
    const float above = arcs->first_y - arcs->up - arcs->half - arcs->body.y;
    *first = (int)floorf((arcs->scroll - above) / arcs->pitch);
    *last = (int)ceilf((arcs->scroll - above + arcs->body.h) / arcs->pitch);
    *first = *first < 0 ? 0 : *first;
    *last = *last > arcs->n_lines ? arcs->n_lines : *last;
}

/* The largest type that sets all words on one line; 0: none does. */
static float fit_one_line(const struct heed_arcs *arcs, float width, float least_slot, int least)
{
    const float s = arcs->s;
    if (arcs->frame->is_export) {
        const float type = HEED_EXPORT_TYPE * s;
        return heed_arcs_measure(arcs, type, least_slot) <= width ? type : 0;
    }
    if ((float)arcs->maps->n * least_slot > width) {
        return 0;
    }
    for (int size = MOST_TYPE; size >= least; size--) {
        if (heed_arcs_measure(arcs, (float)size * s, least_slot) <= width) {
            return (float)size * s;
        }
    }
    return 0;
}

static float widest_name(const struct heed_arcs *arcs)
{
    const struct heed_text_style style = heed_widget_style(&arcs->skin, 14, 600);
    float widest = 0;
    for (int i = 0; i < arcs->shown.n; i++) {
        const char *name = arcs->shown.items[i].name;
        widest = fmaxf(widest, heed_widget_width(&arcs->skin, style, name));
    }
    return widest;
}

/* The type of the words over cells, with the widest of these slots that lets all of them
 * stand on one line; 0: none does. */
static float fit_over_cells(struct heed_arcs *arcs, float width)
{
    static const float in_window[] = {HEED_ARCS_CELL_SLOT, HEED_ARCS_NARROW_SLOT, LEAST_SLOT};
    static const float in_hall[] = {HALL_SLOT, HALL_NARROW};
    static const float in_export[] = {34};
    const bool hall = heed_arcs_in_hall(arcs), is_export = arcs->frame->is_export;
    const float *slots = is_export ? in_export : hall ? in_hall : in_window;
    const size_t n = is_export ? 1 : hall ? HEED_COUNT(in_hall) : HEED_COUNT(in_window);
    float type = 0;
    for (size_t i = 0; i < n && type == 0; i++) {
        arcs->slot = slots[i] * arcs->s;
        type = fit_one_line(arcs, width, arcs->slot, hall ? LEAST_OVER_ROWS + 2 : LEAST_OVER_ROWS);
    }
    return type;
}

static void leave_rows(struct heed_arcs *arcs)
{
    arcs->n_rows = 0;
    arcs->names_width = arcs->hidden_width = 0;
}

/* A row a shown head; in a hall, of more than three, the strongest's alone. */
static void choose_rows(struct heed_arcs *arcs, float room)
{
    const float s = arcs->s, width = arcs->right - arcs->left;
    const bool is_export = arcs->frame->is_export, hall = heed_arcs_in_hall(arcs);
    const int rows = hall && arcs->shown.n > 3 ? 1 : arcs->shown.n;
    const float least = (hall ? HALL_ROOM : LEAST_ROOM) * s;
    const float spare = fminf(room - least, 0.42F * room) / (float)rows;
    const float pitch = is_export ? 20 * s : fminf(spare, (hall ? HALL_ROW : MOST_ROW) * s);
    leave_rows(arcs);
    arcs->row_pitch = pitch;
    if (is_export ? !heed_arcs_is_pointed(arcs) : pitch < (hall ? HALL_LEAST_ROW : LEAST_ROW) * s) {
        return;
    }
    const bool hides = hall && arcs->query.count > 0 && arcs->maps->n < arcs->maps->n_all;
    const float names = fmaxf(widest_name(arcs) + 30 * s, 84 * s);
    const float hidden = hides ? HALL_HIDDEN * s : 0;
    const float cells = width - names - hidden;
    arcs->type = fit_over_cells(arcs, cells);
    if (arcs->type > 0) {
        arcs->n_rows = rows;
        arcs->names_width = names;
        arcs->hidden_width = hidden;
    }
}

/* Rows of numbers give way first, then the one line. */
static void choose_type(struct heed_arcs *arcs, float room)
{
    const float s = arcs->s, width = arcs->right - arcs->left;
    const bool is_export = arcs->frame->is_export;
    const float zoom = arcs->frame->zoom > 0 ? arcs->frame->zoom : 1;
    choose_rows(arcs, room);
    if (arcs->n_rows == 0) {
        arcs->type = fit_one_line(arcs, width, (is_export ? 10 : BARE_SLOT) * s, LEAST_TYPE);
    }
    if (arcs->type == 0) {
        const float wrapped = arcs->rect.w < 860 * s ? 20 : WRAPPED_TYPE;
        arcs->type = (is_export ? HEED_EXPORT_TYPE : wrapped) * s;
    }
    arcs->type *= zoom;
    if (!is_export) { /* there it is the given size, to the pt */
        arcs->type = floorf(arcs->type);
    }
    if (zoom > 1) {
        leave_rows(arcs);
    }
}

static float least_room(const struct heed_arcs *arcs)
{
    if (arcs->frame->is_export && arcs->n_lines == 1) {
        return 0.6F * fminf((LEAST_UP + LEAST_DOWN) * arcs->s, arcs->reach.up + arcs->reach.down);
    }
    return (LEAST_UP + LEAST_DOWN) * arcs->s * (arcs->frame->is_export ? 0.6F : 1);
}

/* Splits a line's room between arcs above and below; px of all lines. Above the first
 * and below the last an export has no more than their own arcs take. */
static float split_room(struct heed_arcs *arcs, float room)
{
    const float s = arcs->s, band = 2 * arcs->half;
    const float least = least_room(arcs), share = arcs->n_lines > 1 ? 0.6F : 0.74F;
    const struct heed_arcs_reach *reach = &arcs->reach;
    arcs->up = fminf(reach->up, fmaxf(share * room, room - reach->down));
    arcs->down = fminf(reach->down, room - arcs->up);
    if (arcs->n_lines > 1) {
        arcs->up = fminf(fmaxf(arcs->up, share * least), 220 * s);
        arcs->down = fminf(fmaxf(arcs->down, (1 - share) * least), 130 * s);
    }
    arcs->pitch = band + arcs->up + arcs->down;
    arcs->first_up = heed_arcs_bent(arcs, reach->first_up, true);
    arcs->content = arcs->pitch * (float)arcs->n_lines - (arcs->up - arcs->first_up) -
                    (arcs->down - heed_arcs_bent(arcs, reach->last_down, false));
    return arcs->content;
}

/* The most room with which an export's lines are no higher than their place. */
static float find_room(struct heed_arcs *arcs)
{
    float low = least_room(arcs), high = arcs->reach.up + arcs->reach.down;
    if (high <= low || split_room(arcs, high) <= arcs->body.h) {
        return fmaxf(high, low);
    }
    for (int i = 0; i < 24; i++) {
        const float middle = (low + high) / 2;
        *(split_room(arcs, middle) <= arcs->body.h ? &low : &high) = middle;
    }
    return low;
}

static void place_lines(struct heed_arcs *arcs)
{
    const float n = (float)(arcs->n_lines > 0 ? arcs->n_lines : 1);
    const float even = fmaxf(arcs->body.h / n - 2 * arcs->half, least_room(arcs));
    const float content = split_room(arcs, arcs->frame->is_export ? find_room(arcs) : even);
    const float over = content - arcs->body.h;
    arcs->scroll = fminf(fmaxf(arcs->frame->scroll_y, 0), fmaxf(over, 0));
    arcs->first_y = roundf(arcs->body.y + fmaxf(-over, 0) / 2 + arcs->first_up + arcs->half);
    arcs->frame->content_height += content;
}

int heed_arcs_numbers(const struct heed_arcs *arcs, const char *lead, float x, float cy,
                      float width, bool draw)
{
    const struct heed_link_numbers numbers = {
        .frame = arcs->frame,
        .skin = &arcs->skin,
        .maps = arcs->maps,
        .shown = arcs->shown,
        .query = arcs->query,
        .key = arcs->key,
        .lead = lead,
        .most = arcs->frame->is_export ? 0 : HEED_ARCS_NUMBERS,
    };
    const bool none = arcs->n_rows > 0 || !heed_arcs_is_pointed(arcs);
    return none ? 0 : heed_link_numbers(&numbers, x, cy, width, draw);
}

/* Below wrapped lines a window keeps this much for numbers in words, pointed at or not. */
static float words_height(const struct heed_arcs *arcs)
{
    const bool has = !arcs->frame->is_export && !heed_arcs_in_hall(arcs) && arcs->n_rows == 0 &&
                     arcs->rect.h > LEAST_WITH_NUMBERS * arcs->s;
    return has ? (HEED_ARCS_NUMBERS * HEED_FEW_NUMBERS_LINE + 12) * arcs->s : 0;
}

static void place_vertically(struct heed_arcs *arcs, const struct heed_link_edges *edges,
                             float foot)
{
    const float s = arcs->s, head = edges->head;
    const struct heed_rect rect = arcs->rect;
    const bool is_export = arcs->frame->is_export;
    const float rows = arcs->n_rows > 0
                           ? (float)arcs->n_rows * arcs->row_pitch + (is_export ? 20 : 34) * s
                           : words_height(arcs);
    arcs->body = (struct heed_rect){rect.x, roundf(rect.y + head), rect.w,
                                    fmaxf(rect.h - head - foot - rows, 1)};
    arcs->half = roundf(fmaxf(0.875F * arcs->type, 12 * s) + 3 * s);
    arcs->frame->content_height = head + foot + rows;
    arcs->frame->content_width = rect.w;
    place_lines(arcs);
    const float end = arcs->body.y + arcs->body.h;
    arcs->header_y = rect.y + edges->header;
    arcs->rows_y = end + (is_export ? 8 : 14) * s;
    arcs->has_words = words_height(arcs) > 0;
    arcs->legend_y = end + rows +
                     (is_export                 ? 11
                      : heed_arcs_in_hall(arcs) ? 14
                      : edges->low              ? 22
                                                : 30) *
                         s;
}

static struct heed_link_request request_of(const struct heed_arcs *arcs)
{
    return (struct heed_link_request){.frame = arcs->frame,
                                      .maps = arcs->maps,
                                      .shown = arcs->shown,
                                      .last = arcs->maps->n,
                                      .limit = heed_link_limit(arcs->frame)};
}

static float foot_of(struct heed_arcs *arcs, const struct heed_link_edges *edges)
{
    const float s = arcs->s, width = arcs->rect.w - 4 * s;
    if (!arcs->frame->is_export) {
        return (heed_arcs_in_hall(arcs) ? 28 : edges->low ? 44 : 60) * s;
    }
    const struct heed_link_request request = request_of(arcs);
    heed_link_report_all(&request, arcs->query, arcs->key); /* the provisos depend on it */
    const int heads =
        arcs->frame->is_part ? 0 : heed_heads_legend(&arcs->skin, arcs->shown, 0, 0, width, false);
    const int numbers = heed_arcs_numbers(arcs, "", 0, 0, width, false);
    const int legend = arcs->frame->is_part ? 4 : 24;
    return ((float)legend + 18 * (float)(arcs->n_rows > 0 ? 0 : heads) +
            HEED_NUMBERS_LINE * (float)numbers) *
               s +
           heed_foot_height(arcs->frame, &arcs->skin, width);
}

static void flow(struct heed_arcs *arcs)
{
    const float bare = (arcs->frame->is_export ? 10 : BARE_SLOT) * arcs->s;
    const float x = arcs->left + arcs->names_width, width = arcs->right - arcs->hidden_width - x;
    heed_arcs_flow(arcs, x, width, arcs->n_rows > 0 ? arcs->slot : bare);
}

/* All but the minimap, which takes this much of the width. */
static void place_in(struct heed_arcs *arcs, float reserved)
{
    const struct heed_frame *frame = arcs->frame;
    const struct heed_rect rect = arcs->rect;
    const float s = arcs->s;
    struct heed_link_edges edges = heed_link_edges(frame, rect, s);
    if (heed_arcs_in_hall(arcs)) {
        edges.head = 8 * s;
    }
    arcs->left = rect.x + edges.pad;
    arcs->right = rect.x + rect.w - edges.pad - reserved;
    choose_type(arcs, rect.h - edges.head - 60 * s);
    flow(arcs);
    if (arcs->n_rows > 0 && arcs->n_lines > 1) { /* rows are for one line */
        leave_rows(arcs);
        flow(arcs);
    }
    arcs->lane = heed_link_lane(arcs->shown.n, (frame->is_export ? 5 : 10) * s,
                                0.9F * fmaxf(arcs->type, 22 * s));
    const struct heed_link_request request = request_of(arcs);
    heed_arcs_find_reach(arcs, &request);
    place_vertically(arcs, &edges, foot_of(arcs, &edges));
}

/* Many lines have a minimap at their right. */
static void place_map(struct heed_arcs *arcs)
{
    const float s = arcs->s;
    const float w = (arcs->rect.w < 860 * s ? 48 : 72) * s;
    const float over = arcs->pitch * (float)arcs->n_lines - arcs->body.h;
    if (arcs->frame->is_export || over <= 1 || arcs->rect.w < 400 * s) {
        return;
    }
    place_in(arcs, w + 16 * s);
    const float h = fminf((float)arcs->n_lines * 9 * s, arcs->body.h);
    arcs->map =
        (struct heed_rect){roundf(arcs->right + 24 * s), roundf(arcs->body.y), w, roundf(h)};
}

void heed_arcs_place(struct heed_arcs *arcs, struct heed_rect rect)
{
    struct heed_frame *frame = arcs->frame;
    arcs->rect = rect;
    arcs->maps = heed_frame_get_maps(frame);
    arcs->skin = heed_frame_get_view_skin(frame, HEED_EXPORT_BASE);
    arcs->s = arcs->skin.scale;
    arcs->shown = heed_shown_collect(frame);
    arcs->query = heed_frame_query(frame);
    arcs->key = heed_frame_key(frame);
    if (arcs->maps == NULL || arcs->maps->n == 0 || arcs->shown.n == 0) {
        return;
    }
    place_in(arcs, 0);
    place_map(arcs);
}

float heed_arcs_height(struct heed_frame *frame, float width)
{
    struct heed_arcs arcs = {.frame = frame};
    heed_arcs_place(&arcs, (struct heed_rect){0, 0, width, 0});
    if (arcs.maps == NULL || arcs.maps->n == 0 || arcs.shown.n == 0) {
        return 120 * arcs.s;
    }
    const float lines = arcs.content;
    const float most = arcs.n_lines > 1 ? 110 * arcs.s : 0.36F * width;
    const float room = fmaxf(fminf(arcs.reach.up + arcs.reach.down, most), least_room(&arcs));
    return frame->content_height - lines + split_room(&arcs, room);
}
