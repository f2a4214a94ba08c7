/*
 * Text items to pictures of the atlas on the canvas. Needs the painter's
 * context.
 */
#ifndef HEED_RENDER_GL_GL_TEXT_H
#define HEED_RENDER_GL_GL_TEXT_H

#include "draw/display_list.h"
#include "render/gl/gl_atlas.h"
#include "render/gl/gl_canvas.h"
#include "render/gl/gl_lines.h"

struct heed_gl_text {
    struct heed_gl_lines *lines;
    struct heed_gl_atlas *atlas;
    struct heed_gl_canvas *canvas;
    /* Draws what was collected and lets the caches forget what it used. */
    void (*make_room)(void *context);
    void *context;
};

/* What lies outside of the canvas's clip is left out. */
void heed_gl_text_add(const struct heed_gl_text *text, const struct heed_item_text *item);

#endif
