#include "render/gl/gl_canvas.h"

#include "base/array.h"
#include "render/gl/gl_commands.h"

/* How many boxes are looked at before a new command is begun. */
enum { MAX_LOOKS = 512 };

static bool grow_commands(struct heed_gl_canvas *canvas)
{
    const size_t n = canvas->n_commands + 1;
    size_t capacity[2] = {canvas->command_capacity, canvas->command_capacity};
    if (!heed_array_reserve(&canvas->commands, &capacity[0], n, sizeof *canvas->commands) ||
        !heed_array_reserve(&canvas->next, &capacity[1], n, sizeof *canvas->next)) {
        canvas->failed = true;
        return false;
    }
    canvas->command_capacity = capacity[0];
    return true;
}

static struct heed_gl_command *add_command(struct heed_gl_canvas *canvas,
                                           enum heed_gl_command_kind kind, struct heed_gl_box box)
{
    if (canvas->n_commands == canvas->command_capacity && !grow_commands(canvas)) {
        return NULL;
    }
    struct heed_gl_command *command = &canvas->commands[canvas->n_commands++];
    *command = (struct heed_gl_command){.kind = kind, .clip = canvas->clip, .box = box};
    return command;
}

static struct heed_gl_box rect_box(struct heed_rect rect)
{
    return (struct heed_gl_box){rect.x, rect.y, rect.x + rect.w, rect.y + rect.h};
}

static struct heed_gl_box clip_box(struct heed_gl_clip clip)
{
    return (struct heed_gl_box){(float)clip.x0, (float)clip.y0, (float)clip.x1, (float)clip.y1};
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

/* True if the box may lie over what the command paints. Gives up, with true,
 * after *patience looks. */
static bool is_over(const struct heed_gl_canvas *canvas, const struct heed_gl_command *command,
                    struct heed_gl_box box, int *patience)
{
    if (command->kind == HEED_GL_COMMAND_PUSH || command->kind == HEED_GL_COMMAND_POP) {
        return true;
    }
    if (!heed_gl_box_meets(command->box, box)) {
        return false;
    }
    const struct heed_gl_pile *pile = heed_gl_command_pile(canvas, command->kind);
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
                                            enum heed_gl_command_kind kind, struct heed_gl_box box)
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

static void add_to_pile(struct heed_gl_canvas *canvas, struct heed_gl_pile *pile,
                        enum heed_gl_command_kind kind, const void *item, struct heed_gl_box box)
{
    struct heed_gl_command *command = find_command(canvas, kind, box);
    if (!command) {
        return;
    }
    const struct heed_gl_place place = {box, (size_t)(command - canvas->commands), command->last};
    if (heed_gl_pile_add(pile, item, place)) {
        command->last = pile->n;
        command->count++;
    } else {
        canvas->failed = true;
    }
}

void heed_gl_canvas_add_rect(struct heed_gl_canvas *canvas, const struct heed_gl_rect *rect)
{
    add_to_pile(canvas, &canvas->rects, HEED_GL_COMMAND_RECTS, rect, rect_box(rect->quad));
}

void heed_gl_canvas_add_glyphs(struct heed_gl_canvas *canvas, const struct heed_gl_glyphs *glyphs,
                               bool color)
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
    add_to_pile(canvas, &canvas->glyphs, color ? HEED_GL_COMMAND_PICTURES : HEED_GL_COMMAND_GLYPHS,
                glyphs, place);
}

/* Triangles aren't sorted: they join the last command or begin one. */
void heed_gl_canvas_add_mesh(struct heed_gl_canvas *canvas, size_t first_vertex, size_t first_index)
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
    if (!last || last->kind != HEED_GL_COMMAND_MESH || !same_clip(last->clip, canvas->clip)) {
        last = add_command(canvas, HEED_GL_COMMAND_MESH, box);
        if (!last) {
            return;
        }
        last->first = first_index;
    }
    join_box(&last->box, box);
    last->count += mesh->n_indices - first_index;
}

/* True if the box shows the background still, which is of this colour. */
static bool is_bare(const struct heed_gl_canvas *canvas, struct heed_gl_box box,
                    struct heed_color color)
{
    const struct heed_color ground = canvas->background;
    if (ground.a < 1.0f || ground.r != color.r || ground.g != color.g || ground.b != color.b) {
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

void heed_gl_canvas_add_block(struct heed_gl_canvas *canvas, struct heed_gl_clip block,
                              struct heed_color color)
{
    const struct heed_gl_clip clip = heed_gl_clip_intersect(canvas->clip, block);
    if (is_bare(canvas, clip_box(clip), color)) {
        return;
    }
    struct heed_gl_command *command = add_command(canvas, HEED_GL_COMMAND_BLOCK, clip_box(clip));
    if (command) {
        command->clip = clip;
        command->as.color = color;
    }
}

void heed_gl_canvas_add_heatmap(struct heed_gl_canvas *canvas, const struct heed_gl_cells *cells)
{
    struct heed_gl_command *command =
        add_command(canvas, HEED_GL_COMMAND_HEATMAP, rect_box(cells->rect));
    if (command) {
        command->as.cells = cells;
    }
}

void heed_gl_canvas_add_image(struct heed_gl_canvas *canvas, GLuint texture, struct heed_rect rect,
                              float opacity)
{
    struct heed_gl_command *command = add_command(canvas, HEED_GL_COMMAND_IMAGE, rect_box(rect));
    if (command) {
        command->as.image.texture = texture;
        command->as.image.rect = rect;
        command->as.image.opacity = opacity;
    }
}

void heed_gl_canvas_push(struct heed_gl_canvas *canvas, struct heed_gl_target target)
{
    struct heed_gl_command *command =
        add_command(canvas, HEED_GL_COMMAND_PUSH, (struct heed_gl_box){0});
    if (command) {
        command->as.target = target;
    }
}

void heed_gl_canvas_pop(struct heed_gl_canvas *canvas)
{
    add_command(canvas, HEED_GL_COMMAND_POP, (struct heed_gl_box){0});
}
