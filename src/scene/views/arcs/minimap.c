#include "scene/views/arcs/minimap.h"

#include <math.h>

#include "scene/frame/link_choice.h"
#include "scene/parts/minimap.h"

/* The lines of the text, each word a dash; in the list's px. */
static struct heed_rect word_dash(const struct heed_arcs *arcs, int index)
{
    const struct heed_arc_word *word = &arcs->words[index];
    const struct heed_rect map = arcs->map;
    const float pitch = map.h / (float)arcs->n_lines;
    const float scale = map.w / fmaxf(arcs->right - arcs->left, 1);
    const float h = fmaxf(floorf(0.55F * pitch), 1);
    const float w = fmaxf(word->width * scale, arcs->skin.hairline);
    return (struct heed_rect){map.x + (word->x - word->width / 2 - arcs->left) * scale,
                              map.y + ((float)word->line + 0.5F) * pitch - h / 2, w, h};
}

static void draw_words(const struct heed_arcs *arcs)
{
    const float numbers[] = {arcs->map.x, arcs->map.y, arcs->map.w, arcs->map.h,
                             arcs->type,  arcs->left,  arcs->right};
    const struct heed_link_request all = {
        .frame = arcs->frame, .maps = arcs->maps, .shown = arcs->shown, .last = arcs->maps->n};
    const struct heed_item_group group = {
        .key = heed_link_ground_key(&all, numbers, HEED_COUNT(numbers)),
        .opacity = 1,
        .bounds = arcs->map};
    heed_list_group(arcs->frame->list, group);
    for (int i = 0; i < arcs->maps->n; i++) {
        heed_list_fill(arcs->frame->list, word_dash(arcs, i), 0, arcs->frame->theme->strong_border);
    }
    heed_list_ungroup(arcs->frame->list);
}

static void draw_window(const struct heed_arcs *arcs)
{
    const struct heed_rect map = arcs->map;
    const float length = arcs->pitch * (float)arcs->n_lines;
    const float out = 6 * arcs->s;
    const struct heed_rect seen = {map.x - out, map.y + arcs->scroll / length * map.h,
                                   map.w + 2 * out, fminf(arcs->body.h / length, 1) * map.h};
    heed_list_box(arcs->frame->list, seen, 4 * arcs->s, arcs->frame->theme->hover,
                  arcs->skin.hairline, arcs->frame->theme->border);
}

void heed_arcs_draw_minimap(const struct heed_arcs *arcs)
{
    if (arcs->map.w <= 0) {
        return;
    }
    const float grow = arcs->s;
    draw_window(arcs);
    draw_words(arcs);
    for (int i = 0; i < arcs->maps->n; i++) {
        float weight = 0;
        struct heed_color color = {0};
        if (heed_minimap_link(arcs->frame, &arcs->shown, i, &weight, &color)) {
            const struct heed_rect dash = word_dash(arcs, i);
            color.a = fminf(0.35F + 0.65F * weight, 1);
            heed_list_fill(arcs->frame->list, heed_rect_grow(dash, grow), grow, color);
        }
    }
    const float out = 8 * arcs->s;
    heed_minimap_grip(
        arcs->frame,
        (struct heed_rect){arcs->map.x - out, arcs->map.y, arcs->map.w + 2 * out, arcs->map.h}, 0,
        0, arcs->body.h);
}
