/*
 * One picture inside another: a list's items, moved and made larger or smaller, in
 * their colours or in grey, as a printer without colour gives them. Any thread, each
 * list on one.
 */
#ifndef HEED_DRAW_EMBED_H
#define HEED_DRAW_EMBED_H

#include "draw/display_list.h"

struct heed_embedding {
    float x, y;  /* where the picture's upper left corner goes */
    float scale; /* px of the outer list a px of the inner one */
    bool grey;
};

/* Adds ground and items of `from`, clipped to its size, to `to`, with the target of
 * `to`; their own stay behind. `from` must be whole, and outlive nothing: texts are
 * copied, a heatmap's values are borrowed from their owner as ever. */
void heed_list_embed(struct heed_list *to, const struct heed_list *from, struct heed_embedding how);

/* As light as it is printed in grey: by its relative luminance. */
struct heed_color heed_color_grey(struct heed_color color);

#endif
