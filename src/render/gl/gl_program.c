#include "render/gl/gl_program.h"

#include <SDL.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gl_shaders.h"

struct source {
    const char *name, *vertex, *fragment;
    const char *sampler;
};

static const struct source sources[HEED_GL_N_PROGRAMS] = {
    [HEED_GL_PROGRAM_RECT] = {"rect", heed_shader_rect_vert, heed_shader_rect_frag, NULL},
    [HEED_GL_PROGRAM_MESH] = {"mesh", heed_shader_mesh_vert, heed_shader_mesh_frag, NULL},
    [HEED_GL_PROGRAM_TEXT] = {"text", heed_shader_text_vert, heed_shader_text_frag, "coverage"},
    [HEED_GL_PROGRAM_PICTURE] = {"picture", heed_shader_text_vert, heed_shader_picture_frag,
                                 "picture"},
    [HEED_GL_PROGRAM_HEATMAP] = {"heatmap", heed_shader_heatmap_vert, heed_shader_heatmap_frag,
                                 "image"},
    [HEED_GL_PROGRAM_IMAGE] = {"image", heed_shader_image_vert, heed_shader_image_frag, "image"},
};

/* What OpenGL ES 3.0 reads in place of a shader's first line. All that is drawn lies in one
 * plane, where interpolation with perspective, its only one, is the same. */
static const char es_heading[] = "#version 300 es\n"
                                 "precision highp float;\n"
                                 "precision highp int;\n"
                                 "#define noperspective\n";

static bool compile(GLuint program, GLenum kind, const char *text, const char *name,
                    struct heed_error *err)
{
    const GLuint shader = glCreateShader(kind);
    const bool is_es = !epoxy_is_desktop_gl();
    const char *const parts[] = {is_es ? es_heading : "", is_es ? strchr(text, '\n') : text};
    glShaderSource(shader, 2, parts, NULL);
    glCompileShader(shader);
    GLint ok = 0;
    glGetShaderiv(shader, GL_COMPILE_STATUS, &ok);
    if (ok) {
        glAttachShader(program, shader);
    } else {
        char log[256] = "";
        glGetShaderInfoLog(shader, sizeof log, NULL, log);
        heed_error_set(err, HEED_ERROR_SYSTEM, "OpenGL refuses the shader %s: %s", name, log);
    }
    glDeleteShader(shader); /* lives on with the program */
    return ok != 0;
}

static void find_uniforms(struct heed_gl_program *program, const struct source *source)
{
    const GLuint name = program->name;
    program->view = glGetUniformLocation(name, "view");
    program->rect = glGetUniformLocation(name, "rect");
    program->atlas_size = glGetUniformLocation(name, "atlas_size");
    program->cells = glGetUniformLocation(name, "cells");
    program->cell_form = glGetUniformLocation(name, "cell_form");
    program->opacity = glGetUniformLocation(name, "opacity");
    glUseProgram(name);
    if (source->sampler) {
        glUniform1i(glGetUniformLocation(name, source->sampler), 0);
    }
}

static bool make(struct heed_gl_program *program, const struct source *source,
                 struct heed_error *err)
{
    program->name = glCreateProgram();
    if (!compile(program->name, GL_VERTEX_SHADER, source->vertex, source->name, err) ||
        !compile(program->name, GL_FRAGMENT_SHADER, source->fragment, source->name, err)) {
        return false;
    }
    glLinkProgram(program->name);
    GLint ok = 0;
    glGetProgramiv(program->name, GL_LINK_STATUS, &ok);
    if (!ok) {
        char log[256] = "";
        glGetProgramInfoLog(program->name, sizeof log, NULL, log);
        return heed_error_set(err, HEED_ERROR_SYSTEM, "OpenGL can't link the program %s: %s",
                              source->name, log);
    }
    find_uniforms(program, source);
    return true;
}

bool heed_gl_programs_create(struct heed_gl_program programs[HEED_GL_N_PROGRAMS],
                             struct heed_error *err)
{
    for (int i = 0; i < HEED_GL_N_PROGRAMS; i++) {
        if (!make(&programs[i], &sources[i], err)) {
            heed_gl_programs_destroy(programs);
            return false;
        }
    }
    return true;
}

void heed_gl_programs_destroy(struct heed_gl_program programs[HEED_GL_N_PROGRAMS])
{
    for (int i = 0; i < HEED_GL_N_PROGRAMS; i++) {
        if (programs[i].name) {
            glDeleteProgram(programs[i].name);
        }
        programs[i].name = 0;
    }
}

void heed_gl_describe(char *text, size_t size)
{
    const char *renderer = (const char *)glGetString(GL_RENDERER);
    const char *version = (const char *)glGetString(GL_VERSION);
    /* "OpenGL ES 3.2 ..." there, "4.5 ..." else. */
    snprintf(text, size, "%s, %s%s", renderer ? renderer : "unknown",
             epoxy_is_desktop_gl() ? "OpenGL " : "", version ? version : "OpenGL unknown");
}

bool heed_gl_wants_es(void)
{
    const char *wanted = getenv("HEED_OPENGL");
    return wanted && strcmp(wanted, "es") == 0;
}

bool heed_gl_is_software(void)
{
    const char *renderer = (const char *)glGetString(GL_RENDERER);
    return renderer && (strstr(renderer, "llvmpipe") || strstr(renderer, "softpipe"));
}

void heed_gl_set_attributes(bool is_es)
{
    SDL_GL_SetAttribute(SDL_GL_CONTEXT_MAJOR_VERSION, 3);
    SDL_GL_SetAttribute(SDL_GL_CONTEXT_MINOR_VERSION, is_es ? 0 : 3);
    SDL_GL_SetAttribute(SDL_GL_CONTEXT_PROFILE_MASK,
                        is_es ? SDL_GL_CONTEXT_PROFILE_ES : SDL_GL_CONTEXT_PROFILE_CORE);
    SDL_GL_SetAttribute(SDL_GL_DOUBLEBUFFER, 1);
    SDL_GL_SetAttribute(SDL_GL_DEPTH_SIZE, 0);
    SDL_GL_SetAttribute(SDL_GL_STENCIL_SIZE, 0);
    SDL_GL_SetAttribute(SDL_GL_RED_SIZE, 8);
    SDL_GL_SetAttribute(SDL_GL_GREEN_SIZE, 8);
    SDL_GL_SetAttribute(SDL_GL_BLUE_SIZE, 8);
}
