#include "scene/views/arcs/paths.h"

#include <math.h>

#include "scene/views/arcs/layout.h"

enum { LOOP = 9, LOOP_HEIGHT = 15 /* of an arc from a word to itself */ };
enum { STEM = 12, CLEAR = 8 /* beside an arc's top */ };
enum { LABEL_WIDTH = 110, LABEL_LINE = 15, LABEL_HEADS = 4, LABEL_GAP = 12 };

/* Of the widest arcs, as a share of the span. */
static const float rise_up = 0.57F, rise_down = 0.5F;
/* Of the strongest link: what is fainter gets no room of its own. */
static const float faint = 0.05F;

static float lane_of(const struct heed_arcs *arcs, struct heed_link link)
{
    const float lane = link.weight >= 0.1F ? arcs->lane : arcs->lane / 2;
    return ((float)(arcs->shown.n - 1) / 2 - (float)link.map) * lane;
}

static float rise_of(float span, bool up)
{
    return (up ? rise_up : rise_down) * span;
}

/* Of a rise, linear for small ones, bent so that the greatest that counts just fits the
 * room. */
static float height_of(const struct heed_arcs *arcs, float rise, bool up)
{
    const float ends = (STEM + CLEAR) * arcs->s;
    const float room = (up ? arcs->up : arcs->down) - ends;
    const float most = fmaxf((up ? arcs->reach.up : arcs->reach.down) - ends, 0.5F);
    if (room <= 0) {
        return 1;
    }
    if (arcs->frame->is_export && rise >= most) { /* what is too faint to count, too */
        return fminf(most, room);
    }
    return most <= room ? rise : rise / (1 + rise * (1 / room - 1 / most));
}

float heed_arcs_bent(const struct heed_arcs *arcs, float reach, bool up)
{
    const float ends = (STEM + CLEAR) * arcs->s;
    return reach > ends ? fminf(height_of(arcs, reach - ends, up) + ends, reach) : reach;
}

struct heed_arc_path heed_arcs_path(const struct heed_arcs *arcs, struct heed_link link)
{
    const struct heed_arc_word *query = &arcs->words[link.query];
    const struct heed_arc_word *key = &arcs->words[link.key];
    const float s = arcs->s, off = lane_of(arcs, link);
    const float way = key->x < query->x ? -1 : 1;
    const float y = heed_arcs_line_y(arcs, query->line);
    struct heed_arc_path path = {
        .is_cubic = query->line != key->line,
        .up = link.key <= link.query,
        .x0 = query->x - way * off,
        .x1 = key->x + way * off,
    };
    const float side = path.up ? -1 : 1;
    path.y0 = path.y1 = y + side * arcs->half;
    if (path.is_cubic) {
        path.y1 = heed_arcs_line_y(arcs, key->line) - side * arcs->half;
    } else if (link.query == link.key) {
        const float wide = LOOP * s + fabsf(off) * 0.5F;
        path.x0 = query->x + wide;
        path.x1 = query->x - wide;
        path.height =
            fminf(LOOP_HEIGHT * s, height_of(arcs, rise_of(arcs->span, true), true)) + off * 0.5F;
    } else {
        path.height = height_of(arcs, rise_of(fabsf(path.x1 - path.x0), path.up), path.up);
    }
    path.height = fmaxf(path.height, 1);
    return path;
}

/* px that a link would take without being bent, its numbers included that have no room
 * within it. */
static float reach_of(const struct heed_arcs *arcs, struct heed_link link, bool has_label)
{
    const struct heed_arc_path path = heed_arcs_path(arcs, link);
    const float s = arcs->s, span = fabsf(path.x1 - path.x0);
    const int heads = arcs->shown.n < LABEL_HEADS ? arcs->shown.n : LABEL_HEADS;
    const float label = (float)(LABEL_LINE * heads) * s;
    const float rise = link.query == link.key
                           ? LOOP_HEIGHT * s + fmaxf(lane_of(arcs, link), 0) * 0.5F
                           : rise_of(span, path.up);
    const bool fits = rise > label + LABEL_GAP * s && 0.75F * span > LABEL_WIDTH * s;
    return rise + (STEM + CLEAR) * s + (has_label && !fits ? label : 0);
}

static void add_links(struct heed_arcs *arcs, const struct heed_chosen_links *links, bool labels)
{
    struct heed_arcs_reach *reach = &arcs->reach;
    float strongest = 0;
    for (int i = 0; i < links->n; i++) {
        strongest = fmaxf(strongest, links->links[i].weight);
    }
    for (int i = 0; i < links->n; i++) {
        const struct heed_link link = links->links[i];
        const int line = arcs->words[link.query].line;
        const bool up = link.key <= link.query;
        if (arcs->words[link.key].line == line && link.weight >= faint * strongest) {
            const float own = reach_of(arcs, link, labels && link.weight >= 0.01F);
            float *of_all = up ? &reach->up : &reach->down;
            float *of_edge = up ? &reach->first_up : &reach->last_down;
            *of_all = fmaxf(*of_all, own);
            if (line == (up ? 0 : arcs->n_lines - 1)) {
                *of_edge = fmaxf(*of_edge, own);
            }
        }
    }
}

void heed_arcs_find_reach(struct heed_arcs *arcs, const struct heed_link_request *request)
{
    const float ends = (STEM + CLEAR) * arcs->s, edge = 4 * arcs->s;
    const float up = rise_of(arcs->span, true) + ends, down = rise_of(arcs->span, false) + ends;
    arcs->reach = (struct heed_arcs_reach){up, down, up, down};
    if (!arcs->frame->is_export || arcs->frame->list->failed) {
        return;
    }
    arcs->reach = (struct heed_arcs_reach){edge, edge, edge, edge};
    const struct heed_chosen_links ground = heed_link_choose(request);
    add_links(arcs, &ground, false);
    if (heed_arcs_is_pointed(arcs)) {
        const struct heed_chosen_links strong = heed_link_collect(request, arcs->query, arcs->key);
        add_links(arcs, &strong, true);
    }
}
