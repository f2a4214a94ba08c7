#include "render/gl/gl_canvas.h"

#include <stdint.h>
#include <stdlib.h>

#include "base/compiler.h"
#include "render/gl/gl_atlas.h"

/* How many boxes are looked at before a new command is begun. */
enum { MAX_LOOKS = 512 };

enum command_kind {
    COMMAND_RECTS,
    COMMAND_MESH,
    COMMAND_GLYPHS,
    COMMAND_PICTURES,
    COMMAND_BLOCK,
    COMMAND_HEATMAP,
    COMMAND_IMAGE,
    COMMAND_PUSH,
    COMMAND_POP
};

struct heed_gl_command {
    enum command_kind kind;
    struct heed_gl_clip clip;
    struct heed_gl_box box; /* of all that it paints */
    size_t first, count;
    size_t last; /* RECTS, GLYPHS, PICTURES: 1 + index of its newest in the pile */
    union {
        struct heed_color color;           /* BLOCK */
        const struct heed_gl_cells *cells; /* HEATMAP */
        struct {
            GLuint texture;
            struct heed_rect rect;
            float opacity;
        } image;
        struct heed_gl_target target; /* PUSH */
    } as;
};

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
static void point_attributes(const struct attribute *attributes, size_t n,
                             size_t stride, size_t first)
{
    for (size_t i = 0; i < n; i++) {
        const uintptr_t offset = attributes[i].offset + first * stride;
        glVertexAttribPointer(attributes[i].location, attributes[i].size,
                              attributes[i].type,
                              attributes[i].type == GL_UNSIGNED_SHORT,
                              (GLsizei)stride, (const void *)offset);
    }
}

static void enable_attributes(const struct attribute *attributes, size_t n,
                              GLuint divisor)
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
    point_attributes(mesh_attributes, HEED_COUNT(mesh_attributes),
                     sizeof(struct heed_gl_vertex), 0);
    glBindBuffer(GL_ELEMENT_ARRAY_BUFFER, canvas->index_buffer);
    glBindVertexArray(0);
    return true;
}

void heed_gl_canvas_finish(struct heed_gl_canvas *canvas)
{
    if (canvas->programs[0].name) {
        heed_gl_programs_destroy(canvas->programs);
        glDeleteVertexArrays(HEED_GL_N_PROGRAMS, canvas->arrays);
        glDeleteBuffers(HEED_GL_N_PROGRAMS, canvas->buffers);
        glDeleteBuffers(1, &canvas->index_buffer);
    }
    heed_gl_mesh_finish(&canvas->mesh);
    heed_gl_pile_finish(&canvas->rects);
    heed_gl_pile_finish(&canvas->glyphs);
    free(canvas->commands);
    free(canvas->next);
    *canvas = (struct heed_gl_canvas){0};
}

static bool grow_commands(struct heed_gl_canvas *canvas)
{
    const size_t capacity =
        canvas->command_capacity ? canvas->command_capacity * 2 : 256;
    struct heed_gl_command *commands =
        realloc(canvas->commands, capacity * sizeof *commands);
    if (commands) {
        canvas->commands = commands;
    }
    size_t *next = realloc(canvas->next, capacity * sizeof *next);
    if (next) {
        canvas->next = next;
    }
    if (!commands || !next) {
        canvas->failed = true;
        return false;
    }
    canvas->command_capacity = capacity;
    return true;
}

static struct heed_gl_command *add_command(struct heed_gl_canvas *canvas,
                                           enum command_kind kind,
                                           struct heed_gl_box box)
{
    if (canvas->n_commands == canvas->command_capacity && !grow_commands(canvas)) {
        return NULL;
    }
    struct heed_gl_command *command = &canvas->commands[canvas->n_commands++];
    *command =
        (struct heed_gl_command){.kind = kind, .clip = canvas->clip, .box = box};
    return command;
}

static struct heed_gl_box rect_box(struct heed_rect rect)
{
    return (struct heed_gl_box){rect.x, rect.y, rect.x + rect.w, rect.y + rect.h};
}

static struct heed_gl_box clip_box(struct heed_gl_clip clip)
{
    return (struct heed_gl_box){(float)clip.x0, (float)clip.y0, (float)clip.x1,
                                (float)clip.y1};
}

static void join_box(struct heed_gl_box *box, struct heed_gl_box more)
{
    box->x0 = more.x0 < box->x0 ? more.x0 : box->x0;
    box->y0 = more.y0 < box->y0 ? more.y0 : box->y0;
    box->x1 = more.x1 > box->x1 ? more.x1 : box->x1;
    box->y1 = more.y1 > box->y1 ? more.y1 : box->y1;
}

static bool same_clip(struct heed_gl_clip a, struct heed_gl_clip b)
{
    return a.x0 == b.x0 && a.y0 == b.y0 && a.x1 == b.x1 && a.y1 == b.y1;
}

/* The pile that holds what such commands draw; NULL: none does. */
static const struct heed_gl_pile *find_pile(const struct heed_gl_canvas *canvas,
                                            enum command_kind kind)
{
    switch (kind) {
    case COMMAND_RECTS:
        return &canvas->rects;
    case COMMAND_GLYPHS:
    case COMMAND_PICTURES:
        return &canvas->glyphs;
    default:
        return NULL;
    }
}

/* True if the box may lie over what the command paints. Gives up, with true,
 * after *patience looks. */
static bool is_over(const struct heed_gl_canvas *canvas,
                    const struct heed_gl_command *command,
                    struct heed_gl_box box, int *patience)
{
    if (command->kind == COMMAND_PUSH || command->kind == COMMAND_POP) {
        return true;
    }
    if (!heed_gl_box_meets(command->box, box)) {
        return false;
    }
    const struct heed_gl_pile *pile = find_pile(canvas, command->kind);
    if (!pile) {
        return true;
    }
    const struct heed_gl_place *places = pile->places;
    for (size_t i = command->last; i > 0; i = places[i - 1].before) {
        if (--*patience < 0 || heed_gl_box_meets(places[i - 1].box, box)) {
            return true;
        }
    }
    return false;
}

/* The command that can draw something more of its kind at the box without
 * changing the picture; a new one if there is none. */
static struct heed_gl_command *find_command(struct heed_gl_canvas *canvas,
                                            enum command_kind kind,
                                            struct heed_gl_box box)
{
    int patience = MAX_LOOKS;
    for (size_t i = canvas->n_commands; i > 0; i--) {
        struct heed_gl_command *command = &canvas->commands[i - 1];
        if (command->kind == kind && same_clip(command->clip, canvas->clip)) {
            join_box(&command->box, box);
            return command;
        }
        if (--patience < 0 || is_over(canvas, command, box, &patience)) {
            break;
        }
    }
    return add_command(canvas, kind, box);
}

static void add_to_pile(struct heed_gl_canvas *canvas,
                        struct heed_gl_pile *pile, enum command_kind kind,
                        const void *item, struct heed_gl_box box)
{
    struct heed_gl_command *command = find_command(canvas, kind, box);
    if (!command) {
        return;
    }
    const struct heed_gl_place place = {box, (size_t)(command - canvas->commands),
                                        command->last};
    if (heed_gl_pile_add(pile, item, place)) {
        command->last = pile->n;
        command->count++;
    } else {
        canvas->failed = true;
    }
}

void heed_gl_canvas_add_rect(struct heed_gl_canvas *canvas,
                             const struct heed_gl_rect *rect)
{
    add_to_pile(canvas, &canvas->rects, COMMAND_RECTS, rect, rect_box(rect->quad));
}

void heed_gl_canvas_add_glyphs(struct heed_gl_canvas *canvas,
                               const struct heed_gl_glyphs *glyphs, bool color)
{
    const struct heed_rect box = glyphs->box;
    struct heed_gl_box place = {glyphs->x, glyphs->y, glyphs->x, glyphs->y};
    for (int i = 0; i < 4; i++) {
        const float x = box.x + (i & 1 ? box.w : 0.0f);
        const float y = box.y + (i & 2 ? box.h : 0.0f);
        const float at_x = glyphs->x + x * glyphs->cosine - y * glyphs->sine;
        const float at_y = glyphs->y + x * glyphs->sine + y * glyphs->cosine;
        const struct heed_gl_box corner = {at_x, at_y, at_x, at_y};
        if (i == 0) {
            place = corner;
        }
        join_box(&place, corner);
    }
    add_to_pile(canvas, &canvas->glyphs,
                color ? COMMAND_PICTURES : COMMAND_GLYPHS, glyphs, place);
}

/* Triangles aren't sorted: they join the last command or begin one. */
void heed_gl_canvas_add_mesh(struct heed_gl_canvas *canvas, size_t first_vertex,
                             size_t first_index)
{
    const struct heed_gl_mesh *mesh = &canvas->mesh;
    if (mesh->n_indices == first_index) {
        return;
    }
    struct heed_gl_box box = {1e30f, 1e30f, -1e30f, -1e30f};
    for (size_t i = first_vertex; i < mesh->n_vertices; i++) {
        const struct heed_gl_vertex *v = &mesh->vertices[i];
        join_box(&box, (struct heed_gl_box){v->x, v->y, v->x, v->y});
    }
    struct heed_gl_command *last =
        canvas->n_commands > 0 ? &canvas->commands[canvas->n_commands - 1] : NULL;
    if (!last || last->kind != COMMAND_MESH ||
        !same_clip(last->clip, canvas->clip)) {
        last = add_command(canvas, COMMAND_MESH, box);
        if (!last) {
            return;
        }
        last->first = first_index;
    }
    join_box(&last->box, box);
    last->count += mesh->n_indices - first_index;
}

static struct heed_gl_clip intersect(struct heed_gl_clip a, struct heed_gl_clip b)
{
    struct heed_gl_clip c = {a.x0 > b.x0 ? a.x0 : b.x0, a.y0 > b.y0 ? a.y0 : b.y0,
                             a.x1 < b.x1 ? a.x1 : b.x1, a.y1 < b.y1 ? a.y1 : b.y1};
    c.x1 = c.x1 < c.x0 ? c.x0 : c.x1;
    c.y1 = c.y1 < c.y0 ? c.y0 : c.y1;
    return c;
}

/* True if the box shows the background still, which is of this colour. */
static bool is_bare(const struct heed_gl_canvas *canvas, struct heed_gl_box box,
                    struct heed_color color)
{
    const struct heed_color ground = canvas->background;
    if (ground.a < 1.0f || ground.r != color.r || ground.g != color.g ||
        ground.b != color.b) {
        return false;
    }
    int patience = MAX_LOOKS;
    for (size_t i = canvas->n_commands; i > 0; i--) {
        if (is_over(canvas, &canvas->commands[i - 1], box, &patience)) {
            return false;
        }
    }
    return true;
}

void heed_gl_canvas_add_block(struct heed_gl_canvas *canvas,
                              struct heed_gl_clip block, struct heed_color color)
{
    const struct heed_gl_clip clip = intersect(canvas->clip, block);
    if (is_bare(canvas, clip_box(clip), color)) {
        return;
    }
    struct heed_gl_command *command =
        add_command(canvas, COMMAND_BLOCK, clip_box(clip));
    if (command) {
        command->clip = clip;
        command->as.color = color;
    }
}

void heed_gl_canvas_add_heatmap(struct heed_gl_canvas *canvas,
                                const struct heed_gl_cells *cells)
{
    struct heed_gl_command *command =
        add_command(canvas, COMMAND_HEATMAP, rect_box(cells->rect));
    if (command) {
        command->as.cells = cells;
    }
}

void heed_gl_canvas_add_image(struct heed_gl_canvas *canvas, GLuint texture,
                              struct heed_rect rect, float opacity)
{
    struct heed_gl_command *command =
        add_command(canvas, COMMAND_IMAGE, rect_box(rect));
    if (command) {
        command->as.image.texture = texture;
        command->as.image.rect = rect;
        command->as.image.opacity = opacity;
    }
}

void heed_gl_canvas_push(struct heed_gl_canvas *canvas, struct heed_gl_target target)
{
    struct heed_gl_command *command =
        add_command(canvas, COMMAND_PUSH, (struct heed_gl_box){0});
    if (command) {
        command->as.target = target;
    }
}

void heed_gl_canvas_pop(struct heed_gl_canvas *canvas)
{
    add_command(canvas, COMMAND_POP, (struct heed_gl_box){0});
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
    const struct heed_gl_clip whole = {target->x, target->y,
                                       target->x + target->width,
                                       target->y + target->height};
    clip = intersect(clip, whole);
    glScissor(clip.x0 - target->x, target->height - (clip.y1 - target->y),
              clip.x1 - clip.x0, clip.y1 - clip.y0);
    return clip.x1 > clip.x0 && clip.y1 > clip.y0;
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
    glUniform4f(program->view, sx, sy, -1.0f - (float)target->x * sx,
                1.0f - (float)target->y * sy);
    return program;
}

static void draw_rects(struct heed_gl_canvas *canvas,
                       const struct heed_gl_command *command)
{
    use_program(canvas, HEED_GL_PROGRAM_RECT);
    glBindBuffer(GL_ARRAY_BUFFER, canvas->buffers[HEED_GL_PROGRAM_RECT]);
    point_attributes(rect_attributes, HEED_COUNT(rect_attributes),
                     sizeof(struct heed_gl_rect), command->first);
    glDrawArraysInstanced(GL_TRIANGLE_STRIP, 0, 4, (GLsizei)command->count);
}

static void draw_mesh(struct heed_gl_canvas *canvas,
                      const struct heed_gl_command *command)
{
    use_program(canvas, HEED_GL_PROGRAM_MESH);
    const uintptr_t offset = command->first * sizeof(uint32_t);
    glDrawElements(GL_TRIANGLES, (GLsizei)command->count, GL_UNSIGNED_INT,
                   (const void *)offset);
}

static void draw_glyphs(struct heed_gl_canvas *canvas,
                        const struct heed_gl_command *command)
{
    const bool color = command->kind == COMMAND_PICTURES;
    const struct heed_gl_program *program = use_program(
        canvas, color ? HEED_GL_PROGRAM_PICTURE : HEED_GL_PROGRAM_TEXT);
    glUniform1f(program->atlas_size, color ? (float)HEED_GL_ATLAS_COLOR_SIZE
                                           : (float)HEED_GL_ATLAS_SIZE);
    glBindTexture(GL_TEXTURE_2D, canvas->atlas_textures[color]);
    glBindBuffer(GL_ARRAY_BUFFER, canvas->buffers[HEED_GL_PROGRAM_TEXT]);
    point_attributes(glyph_attributes, HEED_COUNT(glyph_attributes),
                     sizeof(struct heed_gl_glyphs), command->first);
    glDrawArraysInstanced(GL_TRIANGLE_STRIP, 0, 4, (GLsizei)command->count);
}

static void draw_heatmap(struct heed_gl_canvas *canvas,
                         const struct heed_gl_command *command)
{
    const struct heed_gl_cells *cells = command->as.cells;
    const struct heed_gl_program *program =
        use_program(canvas, HEED_GL_PROGRAM_HEATMAP);
    const struct heed_rect rect = cells->rect;
    glBindTexture(GL_TEXTURE_2D, cells->texture);
    glUniform4f(program->rect, rect.x, rect.y, rect.w, rect.h);
    glUniform2i(program->cells, cells->columns, cells->rows);
    glUniform2f(program->cell_form, cells->gap, cells->radius);
    glDrawArrays(GL_TRIANGLE_STRIP, 0, 4);
}

static void draw_image(struct heed_gl_canvas *canvas,
                       const struct heed_gl_command *command)
{
    const struct heed_gl_program *program =
        use_program(canvas, HEED_GL_PROGRAM_IMAGE);
    const struct heed_rect rect = command->as.image.rect;
    glBindTexture(GL_TEXTURE_2D, command->as.image.texture);
    glUniform4f(program->rect, rect.x, rect.y, rect.w, rect.h);
    glUniform1f(program->opacity, command->as.image.opacity);
    glDrawArrays(GL_TRIANGLE_STRIP, 0, 4);
}

static void run_command(struct heed_gl_canvas *canvas,
                        const struct heed_gl_command *command)
{
    switch (command->kind) {
    case COMMAND_PUSH:
        canvas->targets[canvas->n_targets++] = command->as.target;
        bind_target(canvas);
        clear((struct heed_color){0});
        return;
    case COMMAND_POP:
        canvas->n_targets--;
        bind_target(canvas);
        return;
    default:
        break;
    }
    if (!set_clip(canvas, command->clip)) {
        return;
    }
    switch (command->kind) {
    case COMMAND_RECTS:
        draw_rects(canvas, command);
        break;
    case COMMAND_MESH:
        draw_mesh(canvas, command);
        break;
    case COMMAND_GLYPHS:
    case COMMAND_PICTURES:
        draw_glyphs(canvas, command);
        break;
    case COMMAND_HEATMAP:
        draw_heatmap(canvas, command);
        break;
    case COMMAND_IMAGE:
        draw_image(canvas, command);
        break;
    default: /* BLOCK */
        glClearColor(command->as.color.r, command->as.color.g,
                     command->as.color.b, command->as.color.a);
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

void heed_gl_canvas_begin(struct heed_gl_canvas *canvas,
                          struct heed_gl_target target,
                          struct heed_color background)
{
    canvas->targets[0] = target;
    canvas->n_targets = 1;
    canvas->failed = false;
    canvas->background = background;
    bind_target(canvas);
    glDisable(GL_DEPTH_TEST);
    glDisable(GL_CULL_FACE);
    glEnable(GL_BLEND);
    glBlendFunc(GL_ONE, GL_ONE_MINUS_SRC_ALPHA);
    glActiveTexture(GL_TEXTURE0);
    if (background.a > 0.0f) {
        clear(background);
    }
    glEnable(GL_SCISSOR_TEST);
}

/* Brings a pile into the order of the commands and sends it. */
static void send_pile(struct heed_gl_canvas *canvas, struct heed_gl_pile *pile,
                      GLuint buffer)
{
    size_t n = 0;
    for (size_t i = 0; i < canvas->n_commands; i++) {
        struct heed_gl_command *command = &canvas->commands[i];
        if (find_pile(canvas, command->kind) == pile) {
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
    send(GL_ARRAY_BUFFER, canvas->buffers[HEED_GL_PROGRAM_MESH],
         canvas->mesh.vertices,
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
