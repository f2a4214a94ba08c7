#include "render/gl/gl_fade.h"

void heed_gl_fade_finish(struct heed_gl_fade *fade)
{
    glDeleteTextures(2, fade->textures);
    *fade = (struct heed_gl_fade){0};
}

static GLuint make_texture(int width, int height)
{
    GLuint texture = 0;
    glGenTextures(1, &texture);
    glBindTexture(GL_TEXTURE_2D, texture);
    glTexImage2D(GL_TEXTURE_2D, 0, GL_RGB8, width, height, 0, GL_RGB, GL_UNSIGNED_BYTE, NULL);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_NEAREST);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_NEAREST);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
    return texture;
}

void heed_gl_fade_take(struct heed_gl_fade *fade, enum heed_gl_fade_side side, int width,
                       int height)
{
    if (fade->width != width || fade->height != height) {
        heed_gl_fade_finish(fade);
        fade->width = width;
        fade->height = height;
    }
    if (fade->textures[side] == 0) {
        fade->textures[side] = make_texture(width, height);
    }
    glBindTexture(GL_TEXTURE_2D, fade->textures[side]);
    glCopyTexSubImage2D(GL_TEXTURE_2D, 0, 0, 0, 0, 0, width, height);
}

void heed_gl_fade_mix(const struct heed_gl_fade *fade, struct heed_gl_canvas *canvas, float share)
{
    const struct heed_rect all = {0, 0, (float)fade->width, (float)fade->height};
    const struct heed_gl_target target = {0, 0, 0, fade->width, fade->height};
    const struct heed_color black = {0, 0, 0, 1};
    canvas->clip = (struct heed_gl_clip){0, 0, fade->width, fade->height};
    heed_gl_canvas_begin(canvas, target, black);
    heed_gl_canvas_add_image(canvas, fade->textures[HEED_GL_FADE_TO], all, 1.0f);
    if (share > 0.0f && fade->textures[HEED_GL_FADE_FROM] != 0) {
        heed_gl_canvas_add_image(canvas, fade->textures[HEED_GL_FADE_FROM], all, share);
    }
    heed_gl_canvas_flush(canvas);
}
