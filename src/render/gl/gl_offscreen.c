#include "render/gl/gl_offscreen.h"

#include <SDL.h>
#include <epoxy/gl.h>
#include <stdlib.h>
#include <string.h>
#ifdef HEED_HAS_EGL
#include <epoxy/egl.h>
#endif

#include "base/platform.h"
#include "render/gl/gl_program.h"

struct heed_gl_offscreen {
#ifdef HEED_HAS_EGL
    EGLDisplay display;
    EGLContext context;
#endif
    bool has_video;     /* of SDL, where EGL gave no context */
    SDL_Window *window; /* which is never shown */
    SDL_GLContext of_window;
    GLuint framebuffer, texture;
    int width, height;
};

#ifdef HEED_HAS_EGL
static EGLContext context_of(EGLDisplay display, EGLenum api, EGLint minor)
{
    const EGLint attributes[] = {EGL_CONTEXT_MAJOR_VERSION, 3, EGL_CONTEXT_MINOR_VERSION, minor,
                                 EGL_NONE}; /* the core profile is what isn't said otherwise */
    return eglBindAPI(api)
               ? eglCreateContext(display, EGL_NO_CONFIG_KHR, EGL_NO_CONTEXT, attributes)
               : EGL_NO_CONTEXT;
}

/* Without any display. */
static bool make_surfaceless(struct heed_gl_offscreen *offscreen)
{
    if (!epoxy_has_egl() ||
        !epoxy_has_egl_extension(EGL_NO_DISPLAY, "EGL_MESA_platform_surfaceless")) {
        return false;
    }
    offscreen->display =
        eglGetPlatformDisplayEXT(EGL_PLATFORM_SURFACELESS_MESA, EGL_DEFAULT_DISPLAY, NULL);
    if (offscreen->display == EGL_NO_DISPLAY || !eglInitialize(offscreen->display, NULL, NULL)) {
        offscreen->display = EGL_NO_DISPLAY;
        return false;
    }
    if (!heed_gl_wants_es()) {
        offscreen->context = context_of(offscreen->display, EGL_OPENGL_API, 3);
    }
    if (offscreen->context == EGL_NO_CONTEXT) {
        offscreen->context = context_of(offscreen->display, EGL_OPENGL_ES_API, 0);
    }
    return offscreen->context != EGL_NO_CONTEXT &&
           eglMakeCurrent(offscreen->display, EGL_NO_SURFACE, EGL_NO_SURFACE, offscreen->context);
}

static void close_surfaceless(struct heed_gl_offscreen *offscreen)
{
    if (offscreen->context != EGL_NO_CONTEXT) {
        eglMakeCurrent(offscreen->display, EGL_NO_SURFACE, EGL_NO_SURFACE, EGL_NO_CONTEXT);
        eglDestroyContext(offscreen->display, offscreen->context);
    }
    if (offscreen->display != EGL_NO_DISPLAY) {
        eglTerminate(offscreen->display);
    }
    offscreen->context = EGL_NO_CONTEXT;
    offscreen->display = EGL_NO_DISPLAY;
}
#else
static bool make_surfaceless(struct heed_gl_offscreen *offscreen)
{
    (void)offscreen;
    return false;
}

static void close_surfaceless(struct heed_gl_offscreen *offscreen)
{
    (void)offscreen;
}
#endif

/* Where there is no EGL, or none of Mesa's kind. */
static bool make_window(struct heed_gl_offscreen *offscreen)
{
    if (!heed_platform_has_display()) {
        SDL_SetError("there is no display");
        return false;
    }
    offscreen->has_video = SDL_InitSubSystem(SDL_INIT_VIDEO) == 0;
    if (!offscreen->has_video) {
        return false;
    }
    heed_gl_set_attributes(heed_gl_wants_es());
    offscreen->window =
        SDL_CreateWindow("heed", 0, 0, 16, 16, SDL_WINDOW_OPENGL | SDL_WINDOW_HIDDEN);
    offscreen->of_window = offscreen->window ? SDL_GL_CreateContext(offscreen->window) : NULL;
    return offscreen->of_window != NULL;
}

static bool make_context(struct heed_gl_offscreen *offscreen, struct heed_error *err)
{
    if (make_surfaceless(offscreen)) {
        return true;
    }
    close_surfaceless(offscreen);
    return make_window(offscreen) ||
           heed_error_set(err, HEED_ERROR_SYSTEM,
                          "no context of OpenGL 3.3 or OpenGL ES 3.0 can be made, neither by EGL "
                          "nor by a hidden window (%s)",
                          SDL_GetError());
}

static bool make_framebuffer(struct heed_gl_offscreen *offscreen, struct heed_error *err)
{
    glGenTextures(1, &offscreen->texture);
    glBindTexture(GL_TEXTURE_2D, offscreen->texture);
    glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA8, offscreen->width, offscreen->height, 0, GL_RGBA,
                 GL_UNSIGNED_BYTE, NULL);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_NEAREST);
    glGenFramebuffers(1, &offscreen->framebuffer);
    glBindFramebuffer(GL_FRAMEBUFFER, offscreen->framebuffer);
    glFramebufferTexture2D(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D, offscreen->texture,
                           0);
    if (glCheckFramebufferStatus(GL_FRAMEBUFFER) != GL_FRAMEBUFFER_COMPLETE) {
        return heed_error_set(err, HEED_ERROR_SYSTEM, "OpenGL has no framebuffer of %d x %d pixels",
                              offscreen->width, offscreen->height);
    }
    glClearColor(0.0f, 0.0f, 0.0f, 0.0f);
    glClear(GL_COLOR_BUFFER_BIT);
    return true;
}

bool heed_gl_offscreen_create(struct heed_gl_offscreen **out, int width, int height,
                              struct heed_error *err)
{
    struct heed_gl_offscreen *offscreen = calloc(1, sizeof *offscreen);
    if (!offscreen) {
        return heed_error_set(err, HEED_ERROR_MEMORY, "not enough memory to draw");
    }
    offscreen->width = width;
    offscreen->height = height;
    if (!make_context(offscreen, err) || !make_framebuffer(offscreen, err)) {
        heed_gl_offscreen_destroy(offscreen);
        return false;
    }
    *out = offscreen;
    return true;
}

void heed_gl_offscreen_destroy(struct heed_gl_offscreen *offscreen)
{
    if (!offscreen) {
        return;
    }
    if (offscreen->texture) {
        glDeleteTextures(1, &offscreen->texture);
        glDeleteFramebuffers(1, &offscreen->framebuffer);
    }
    close_surfaceless(offscreen);
    if (offscreen->of_window) {
        SDL_GL_DeleteContext(offscreen->of_window);
    }
    if (offscreen->window) {
        SDL_DestroyWindow(offscreen->window);
    }
    if (offscreen->has_video) {
        SDL_QuitSubSystem(SDL_INIT_VIDEO);
    }
    free(offscreen);
}

void heed_gl_offscreen_finish(struct heed_gl_offscreen *offscreen)
{
    glBindFramebuffer(GL_READ_FRAMEBUFFER, offscreen->framebuffer);
    glFinish();
}

bool heed_gl_offscreen_read(struct heed_gl_offscreen *offscreen, uint8_t *rgba,
                            struct heed_error *err)
{
    const size_t row = (size_t)offscreen->width * 4;
    const size_t height = (size_t)offscreen->height;
    uint8_t *upward = malloc(row * height);
    if (!upward) {
        return heed_error_set(err, HEED_ERROR_MEMORY, "not enough memory to read a picture");
    }
    glBindFramebuffer(GL_READ_FRAMEBUFFER, offscreen->framebuffer);
    glPixelStorei(GL_PACK_ALIGNMENT, 4);
    glReadPixels(0, 0, offscreen->width, offscreen->height, GL_RGBA, GL_UNSIGNED_BYTE, upward);
    for (size_t y = 0; y < height; y++) {
        memcpy(rgba + y * row, upward + (height - 1 - y) * row, row);
    }
    free(upward);
    return true;
}
