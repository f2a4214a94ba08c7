/* The half of the canvas that speaks to OpenGL. */
#include <stdint.h>
#include <stdlib.h>

#include "base/compiler.h"
#include "render/gl/gl_atlas.h"
#include "render/gl/gl_canvas.h"
#include "render/gl/gl_commands.h"

struct attribute {
    GLuint location;
    GLint size;
    GLenum type;
    size_t offset;
};

static const struct attribute rect_attributes[] = {
    {0, 4, GL_FLOAT, offsetof(struct heed_gl_rect, quad)},
    {1, 4, GL_FLOAT, offsetof(struct heed_gl_rect, shape)},
    {2, 3, GL_FLOAT, offsetof(struct heed_gl_rect, radius)},
    {3, 4, GL_FLOAT, offsetof(struct heed_gl_rect, fill_a)},
    {4, 4, GL_FLOAT, offsetof(struct heed_gl_rect, fill_b)},
    {5, 4, GL_FLOAT, offsetof(struct heed_gl_rect, stroke)},
};

static const struct attribute glyph_attributes[] = {
    {0, 4, GL_FLOAT, offsetof(struct heed_gl_glyphs, x)},
    {1, 4, GL_FLOAT, offsetof(struct heed_gl_glyphs, box)},
    {2, 4, GL_FLOAT, offsetof(struct heed_gl_glyphs, texels)},
    {3, 4, GL_FLOAT, offsetof(struct heed_gl_glyphs, paint)},
};

static const struct attribute mesh_attributes[] = {
    {0, 2, GL_FLOAT, offsetof(struct heed_gl_vertex, x)},
    {1, 4, GL_FLOAT, offsetof(struct heed_gl_vertex, across)},
    {2, 4, GL_UNSIGNED_SHORT, offsetof(struct heed_gl_vertex, color)},
};

/* Points the attributes at element `first` of the buffer that is bound. */
static void point_attributes(const struct attribute *attributes, size_t n, size_t stride,
                             size_t first)
{
    for (size_t i = 0; i < n; i++) {
        const uintptr_t offset = attributes[i].offset + first * stride;
        glVertexAttribPointer(attributes[i].location, attributes[i].size, attributes[i].type,
                              attributes[i].type == GL_UNSIGNED_SHORT, (GLsizei)stride,
                              (const void *)offset);
    }
}

static void enable_attributes(const struct attribute *attributes, size_t n, GLuint divisor)
{
    for (size_t i = 0; i < n; i++) {
        glEnableVertexAttribArray(attributes[i].location);
        glVertexAttribDivisor(attributes[i].location, divisor);
    }
}

bool heed_gl_canvas_init(struct heed_gl_canvas *canvas, struct heed_error *err)
{
    *canvas = (struct heed_gl_canvas){
        .rects = {.item_size = sizeof(struct heed_gl_rect)},
        .glyphs = {.item_size = sizeof(struct heed_gl_glyphs)},
    };
    if (!heed_gl_programs_create(canvas->programs, err)) {
        return false;
    }
    canvas->is_software = heed_gl_is_software();
    glGenVertexArrays(HEED_GL_N_PROGRAMS, canvas->arrays);
    glGenBuffers(HEED_GL_N_PROGRAMS, canvas->buffers);
    glGenBuffers(1, &canvas->index_buffer);
    glBindVertexArray(canvas->arrays[HEED_GL_PROGRAM_RECT]);
    enable_attributes(rect_attributes, HEED_COUNT(rect_attributes), 1);
    glBindVertexArray(canvas->arrays[HEED_GL_PROGRAM_TEXT]);
    enable_attributes(glyph_attributes, HEED_COUNT(glyph_attributes), 1);
    glBindVertexArray(canvas->arrays[HEED_GL_PROGRAM_PICTURE]);
    enable_attributes(glyph_attributes, HEED_COUNT(glyph_attributes), 1);
    glBindVertexArray(canvas->arrays[HEED_GL_PROGRAM_MESH]);
    glBindBuffer(GL_ARRAY_BUFFER, canvas->buffers[HEED_GL_PROGRAM_MESH]);
    enable_attributes(mesh_attributes, HEED_COUNT(mesh_attributes), 0);
    point_attributes(mesh_attributes, HEED_COUNT(mesh_attributes), sizeof(struct heed_gl_vertex),
                     0);
    glBindBuffer(GL_ELEMENT_ARRAY_BUFFER, canvas->index_buffer);
    glBindVertexArray(0);
    return true;
}

void heed_gl_canvas_rest(struct heed_gl_canvas *canvas)
{
    heed_gl_mesh_finish(&canvas->mesh);
    heed_gl_pile_finish(&canvas->rects);
    heed_gl_pile_finish(&canvas->glyphs);
    free(canvas->commands);
    free(canvas->next);
    canvas->commands = NULL;
    canvas->next = NULL;
    canvas->n_commands = canvas->command_capacity = 0;
}

void heed_gl_canvas_finish(struct heed_gl_canvas *canvas)
{
    if (canvas->programs[0].name) {
        heed_gl_programs_destroy(canvas->programs);
        glDeleteVertexArrays(HEED_GL_N_PROGRAMS, canvas->arrays);
        glDeleteBuffers(HEED_GL_N_PROGRAMS, canvas->buffers);
        glDeleteBuffers(1, &canvas->index_buffer);
    }
    heed_gl_canvas_rest(canvas);
    *canvas = (struct heed_gl_canvas){0};
}

static const struct heed_gl_target *current_target(const struct heed_gl_canvas *canvas)
{
    return &canvas->targets[canvas->n_targets - 1];
}

static void bind_target(struct heed_gl_canvas *canvas)
{
    const struct heed_gl_target *target = current_target(canvas);
    glBindFramebuffer(GL_FRAMEBUFFER, target->framebuffer);
    glViewport(0, 0, target->width, target->height);
}

/* llvmpipe collects what is drawn on a target in a scene, and takes another while
 * that one is being painted. Each keeps what it held, megabytes, until it is used
 * again: waiting at a change of targets makes the first one enough. */
static void change_target(struct heed_gl_canvas *canvas)
{
    if (canvas->is_software) {
        glFinish();
    }
    bind_target(canvas);
}

static void clear(struct heed_color color)
{
    glDisable(GL_SCISSOR_TEST);
    glClearColor(color.r * color.a, color.g * color.a, color.b * color.a, color.a);
    glClear(GL_COLOR_BUFFER_BIT);
    glEnable(GL_SCISSOR_TEST);
}

/* Sets the scissors; false if nothing of the command can be seen. */
static bool set_clip(const struct heed_gl_canvas *canvas, struct heed_gl_clip clip)
{
    const struct heed_gl_target *target = current_target(canvas);
    const struct heed_gl_clip whole = {target->x, target->y, target->x + target->width,
                                       target->y + target->height};
    clip = heed_gl_clip_intersect(clip, whole);
    glScissor(clip.x0 - target->x, target->height - (clip.y1 - target->y), clip.x1 - clip.x0,
              clip.y1 - clip.y0);
    return clip.x1 > clip.x0 && clip.y1 > clip.y0;
}

/* Quicker without scissors. */
static void clear_clip(const struct heed_gl_canvas *canvas, struct heed_gl_clip clip,
                       struct heed_color color)
{
    const struct heed_gl_target *target = current_target(canvas);
    if (clip.x0 <= target->x && clip.y0 <= target->y && clip.x1 >= target->x + target->width &&
        clip.y1 >= target->y + target->height) {
        clear(color);
    } else if (set_clip(canvas, clip)) {
        glClearColor(color.r * color.a, color.g * color.a, color.b * color.a, color.a);
        glClear(GL_COLOR_BUFFER_BIT);
    }
}

static const struct heed_gl_program *use_program(struct heed_gl_canvas *canvas,
                                                 enum heed_gl_program_id id)
{
    const struct heed_gl_target *target = current_target(canvas);
    const struct heed_gl_program *program = &canvas->programs[id];
    const float sx = 2.0f / (float)target->width;
    const float sy = -2.0f / (float)target->height;
    glUseProgram(program->name);
    glBindVertexArray(canvas->arrays[id]);
    glUniform4f(program->view, sx, sy, -1.0f - (float)target->x * sx, 1.0f - (float)target->y * sy);
    return program;
}

static void draw_rects(struct heed_gl_canvas *canvas, const struct heed_gl_command *command)
{
    use_program(canvas, HEED_GL_PROGRAM_RECT);
    glBindBuffer(GL_ARRAY_BUFFER, canvas->buffers[HEED_GL_PROGRAM_RECT]);
    point_attributes(rect_attributes, HEED_COUNT(rect_attributes), sizeof(struct heed_gl_rect),
                     command->first);
    glDrawArraysInstanced(GL_TRIANGLE_STRIP, 0, 4, (GLsizei)command->count);
}

static void draw_mesh(struct heed_gl_canvas *canvas, const struct heed_gl_command *command)
{
    use_program(canvas, HEED_GL_PROGRAM_MESH);
    const uintptr_t offset = command->first * sizeof(uint32_t);
    glDrawElements(GL_TRIANGLES, (GLsizei)command->count, GL_UNSIGNED_INT, (const void *)offset);
}

static void draw_glyphs(struct heed_gl_canvas *canvas, const struct heed_gl_command *command)
{
    const bool color = command->kind == HEED_GL_COMMAND_PICTURES;
    const struct heed_gl_program *program =
        use_program(canvas, color ? HEED_GL_PROGRAM_PICTURE : HEED_GL_PROGRAM_TEXT);
    glUniform1f(program->atlas_size,
                color ? (float)HEED_GL_ATLAS_COLOR_SIZE : (float)HEED_GL_ATLAS_SIZE);
    glBindTexture(GL_TEXTURE_2D, canvas->atlas_textures[color]);
    glBindBuffer(GL_ARRAY_BUFFER, canvas->buffers[HEED_GL_PROGRAM_TEXT]);
    point_attributes(glyph_attributes, HEED_COUNT(glyph_attributes), sizeof(struct heed_gl_glyphs),
                     command->first);
    glDrawArraysInstanced(GL_TRIANGLE_STRIP, 0, 4, (GLsizei)command->count);
}

static void draw_heatmap(struct heed_gl_canvas *canvas, const struct heed_gl_command *command)
{
    const struct heed_gl_cells *cells = command->as.cells;
    const struct heed_gl_program *program = use_program(canvas, HEED_GL_PROGRAM_HEATMAP);
    const struct heed_rect rect = cells->rect;
    glBindTexture(GL_TEXTURE_2D, cells->texture);
    glUniform4f(program->rect, rect.x, rect.y, rect.w, rect.h);
    glUniform2i(program->cells, cells->columns, cells->rows);
    glUniform2f(program->cell_form, cells->gap, cells->radius);
    glDrawArrays(GL_TRIANGLE_STRIP, 0, 4);
}

static void draw_image(struct heed_gl_canvas *canvas, const struct heed_gl_command *command)
{
    const struct heed_gl_program *program = use_program(canvas, HEED_GL_PROGRAM_IMAGE);
    const struct heed_rect rect = command->as.image.rect;
    glBindTexture(GL_TEXTURE_2D, command->as.image.texture);
    glUniform4f(program->rect, rect.x, rect.y, rect.w, rect.h);
    glUniform1f(program->opacity, command->as.image.opacity);
    glDrawArrays(GL_TRIANGLE_STRIP, 0, 4);
}

static void run_command(struct heed_gl_canvas *canvas, const struct heed_gl_command *command)
{
    switch (command->kind) {
    case HEED_GL_COMMAND_PUSH:
        canvas->targets[canvas->n_targets++] = command->as.target;
        change_target(canvas);
        clear((struct heed_color){0});
        return;
    case HEED_GL_COMMAND_POP:
        canvas->n_targets--;
        change_target(canvas);
        return;
    default:
        break;
    }
    if (!set_clip(canvas, command->clip)) {
        return;
    }
    switch (command->kind) {
    case HEED_GL_COMMAND_RECTS:
        draw_rects(canvas, command);
        break;
    case HEED_GL_COMMAND_MESH:
        draw_mesh(canvas, command);
        break;
    case HEED_GL_COMMAND_GLYPHS:
    case HEED_GL_COMMAND_PICTURES:
        draw_glyphs(canvas, command);
        break;
    case HEED_GL_COMMAND_HEATMAP:
        draw_heatmap(canvas, command);
        break;
    case HEED_GL_COMMAND_IMAGE:
        draw_image(canvas, command);
        break;
    default: /* BLOCK */
        glClearColor(command->as.color.r, command->as.color.g, command->as.color.b,
                     command->as.color.a);
        glClear(GL_COLOR_BUFFER_BIT);
        break;
    }
}

static void send(GLenum target, GLuint buffer, const void *data, size_t size)
{
    if (size > 0) {
        glBindBuffer(target, buffer);
        glBufferData(target, (GLsizeiptr)size, data, GL_STREAM_DRAW);
    }
}

void heed_gl_canvas_begin(struct heed_gl_canvas *canvas, struct heed_gl_target target,
                          struct heed_color background)
{
    canvas->targets[0] = target;
    canvas->n_targets = 1;
    canvas->background = background;
    bind_target(canvas);
    glDisable(GL_DEPTH_TEST);
    glDisable(GL_CULL_FACE);
    glEnable(GL_BLEND);
    glBlendFunc(GL_ONE, GL_ONE_MINUS_SRC_ALPHA);
    glActiveTexture(GL_TEXTURE0);
    glEnable(GL_SCISSOR_TEST);
    if (background.a > 0.0f) {
        clear_clip(canvas, canvas->clip, background);
    }
}

/* Brings a pile into the order of the commands and sends it. */
static void send_pile(struct heed_gl_canvas *canvas, struct heed_gl_pile *pile, GLuint buffer)
{
    size_t n = 0;
    for (size_t i = 0; i < canvas->n_commands; i++) {
        struct heed_gl_command *command = &canvas->commands[i];
        if (heed_gl_command_pile(canvas, command->kind) == pile) {
            command->first = canvas->next[i] = n;
            n += command->count;
        }
    }
    if (pile->n > 0) {
        heed_gl_pile_sort(pile, canvas->next);
        send(GL_ARRAY_BUFFER, buffer, pile->sorted, pile->n * pile->item_size);
    }
    pile->n = 0;
}

void heed_gl_canvas_flush(struct heed_gl_canvas *canvas)
{
    glBindVertexArray(canvas->arrays[HEED_GL_PROGRAM_MESH]);
    send_pile(canvas, &canvas->rects, canvas->buffers[HEED_GL_PROGRAM_RECT]);
    send_pile(canvas, &canvas->glyphs, canvas->buffers[HEED_GL_PROGRAM_TEXT]);
    send(GL_ARRAY_BUFFER, canvas->buffers[HEED_GL_PROGRAM_MESH], canvas->mesh.vertices,
         canvas->mesh.n_vertices * sizeof *canvas->mesh.vertices);
    send(GL_ELEMENT_ARRAY_BUFFER, canvas->index_buffer, canvas->mesh.indices,
         canvas->mesh.n_indices * sizeof *canvas->mesh.indices);
    bind_target(canvas);
    for (size_t i = 0; i < canvas->n_commands; i++) {
        run_command(canvas, &canvas->commands[i]);
    }
    glBindVertexArray(0);
    canvas->background.a = 0.0f; /* something lies over it now */
    canvas->failed |= canvas->mesh.failed;
    canvas->n_commands = 0;
    heed_gl_mesh_clear(&canvas->mesh);
}
