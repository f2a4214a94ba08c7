#include "render/gl/gl_atlas.h"

#include <epoxy/gl.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "render/gl/gl_table.h"

enum {
    MAX_SHELVES = 256,
    HEIGHT_STEP = 8, /* shelves are this much apart in height */
    MAX_KEY = 2048,
    MAX_PICTURES = 1 << 15
};

struct shelf {
    int y, height, used; /* texels */
    uint32_t generation; /* grows when it is emptied */
    uint64_t last_use;
};

struct sheet {
    GLuint texture;
    int size;
    int texel; /* bytes */
    struct shelf shelves[MAX_SHELVES];
    int n_shelves, bottom;
};

struct heed_gl_atlas {
    struct sheet sheets[2]; /* coverage, colour */
    struct heed_gl_table pictures;
    uint64_t now;
    uint32_t next_generation;
};

static void make_texture(struct sheet *sheet, int size, int texel)
{
    sheet->size = size;
    sheet->texel = texel;
    glGenTextures(1, &sheet->texture);
    glBindTexture(GL_TEXTURE_2D, sheet->texture);
    glTexImage2D(GL_TEXTURE_2D, 0, texel == 1 ? GL_R8 : GL_RGBA8, size, size, 0,
                 texel == 1 ? GL_RED : GL_RGBA, GL_UNSIGNED_BYTE, NULL);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_LINEAR);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_LINEAR);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
}

bool heed_gl_atlas_create(struct heed_gl_atlas **out, struct heed_error *err)
{
    struct heed_gl_atlas *atlas = calloc(1, sizeof *atlas);
    if (!atlas) {
        return heed_error_set(err, HEED_ERROR_MEMORY, "not enough memory for text");
    }
    atlas->now = 1;
    atlas->next_generation = 1;
    make_texture(&atlas->sheets[0], HEED_GL_ATLAS_SIZE, 1);
    *out = atlas;
    return true;
}

void heed_gl_atlas_destroy(struct heed_gl_atlas *atlas)
{
    if (!atlas) {
        return;
    }
    for (int i = 0; i < 2; i++) {
        glDeleteTextures(1, &atlas->sheets[i].texture);
    }
    heed_gl_table_finish(&atlas->pictures);
    free(atlas);
}

void heed_gl_atlas_advance(struct heed_gl_atlas *atlas)
{
    atlas->now++;
    if (atlas->pictures.count > MAX_PICTURES) {
        heed_gl_table_clear(&atlas->pictures);
        for (int i = 0; i < 2; i++) {
            atlas->sheets[i].n_shelves = 0;
            atlas->sheets[i].bottom = 0;
        }
    }
}

unsigned heed_gl_atlas_get_texture(const struct heed_gl_atlas *atlas, bool color)
{
    return atlas->sheets[color ? 1 : 0].texture;
}

static struct shelf *open_shelf(struct heed_gl_atlas *atlas, struct sheet *sheet, int height)
{
    if (sheet->n_shelves == MAX_SHELVES || sheet->bottom + height > sheet->size) {
        return NULL;
    }
    struct shelf *shelf = &sheet->shelves[sheet->n_shelves++];
    *shelf = (struct shelf){
        .y = sheet->bottom,
        .height = height,
        .generation = atlas->next_generation++,
    };
    sheet->bottom += height;
    return shelf;
}

/* Empties the shelf unused for longest that is high enough, but none that this frame draws from. */
static struct shelf *empty_shelf(struct heed_gl_atlas *atlas, struct sheet *sheet, int height)
{
    struct shelf *oldest = NULL;
    for (int i = 0; i < sheet->n_shelves; i++) {
        struct shelf *shelf = &sheet->shelves[i];
        if (shelf->height >= height && shelf->last_use < atlas->now &&
            (!oldest || shelf->last_use < oldest->last_use)) {
            oldest = shelf;
        }
    }
    if (oldest) {
        oldest->used = 0;
        oldest->generation = atlas->next_generation++;
    }
    return oldest;
}

/* When every shelf is too low: all of them go, unless one is in use. */
static struct shelf *rebuild(struct heed_gl_atlas *atlas, struct sheet *sheet, int height)
{
    for (int i = 0; i < sheet->n_shelves; i++) {
        if (sheet->shelves[i].last_use >= atlas->now) {
            return NULL;
        }
    }
    sheet->n_shelves = 0;
    sheet->bottom = 0;
    return open_shelf(atlas, sheet, height);
}

static struct shelf *find_shelf(struct heed_gl_atlas *atlas, struct sheet *sheet, int width,
                                int height)
{
    height = (height + HEIGHT_STEP - 1) / HEIGHT_STEP * HEIGHT_STEP;
    for (int i = 0; i < sheet->n_shelves; i++) {
        struct shelf *shelf = &sheet->shelves[i];
        if (shelf->height == height && shelf->used + width <= sheet->size) {
            return shelf;
        }
    }
    struct shelf *shelf = open_shelf(atlas, sheet, height);
    if (!shelf) {
        shelf = empty_shelf(atlas, sheet, height);
    }
    return shelf ? shelf : rebuild(atlas, sheet, height);
}

/* Puts a bitmap with a clear border into a sheet. */
static bool store(struct heed_gl_atlas *atlas, struct heed_gl_picture *picture,
                  const struct heed_gl_bitmap *bitmap, bool *is_full)
{
    struct sheet *sheet = &atlas->sheets[bitmap->is_color ? 1 : 0];
    if (!sheet->texture) {
        make_texture(sheet, HEED_GL_ATLAS_COLOR_SIZE, 4);
    }
    const int width = bitmap->width + 2, height = bitmap->height + 2;
    if (width > sheet->size || height > sheet->size) {
        return false;
    }
    struct shelf *shelf = find_shelf(atlas, sheet, width, height);
    if (!shelf) {
        *is_full = true;
        return false;
    }
    const size_t texel = (size_t)sheet->texel;
    uint8_t *pixels = calloc((size_t)width * (size_t)height, texel);
    if (!pixels) {
        return false;
    }
    for (int y = 0; y < bitmap->height; y++) {
        memcpy(pixels + ((size_t)(y + 1) * (size_t)width + 1) * texel,
               bitmap->pixels + (size_t)y * (size_t)bitmap->width * texel,
               (size_t)bitmap->width * texel);
    }
    glBindTexture(GL_TEXTURE_2D, sheet->texture);
    glPixelStorei(GL_UNPACK_ALIGNMENT, 1);
    glTexSubImage2D(GL_TEXTURE_2D, 0, shelf->used, shelf->y, width, height,
                    texel == 1 ? GL_RED : GL_RGBA, GL_UNSIGNED_BYTE, pixels);
    free(pixels);
    picture->x = (int16_t)(shelf->used + 1);
    picture->y = (int16_t)(shelf->y + 1);
    picture->shelf = (int16_t)(shelf - sheet->shelves);
    picture->generation = shelf->generation;
    shelf->used += width;
    shelf->last_use = atlas->now;
    return true;
}

static bool make(struct heed_gl_atlas *atlas, struct heed_gl_picture *picture,
                 const struct heed_gl_piece *piece, float size, int phase, bool *is_full)
{
    struct heed_gl_bitmap bitmap = {0};
    if (!heed_gl_piece_raster(piece, size, phase, &bitmap)) {
        return false;
    }
    *picture = (struct heed_gl_picture){
        .width = (int16_t)bitmap.width,
        .height = (int16_t)bitmap.height,
        .left = (int16_t)bitmap.left,
        .top = (int16_t)bitmap.top,
        .is_color = bitmap.is_color,
        .shelf = -1,
    };
    const bool ok = bitmap.width == 0 || store(atlas, picture, &bitmap, is_full);
    free(bitmap.pixels);
    picture->is_made = ok;
    return ok;
}

static bool is_there(struct heed_gl_atlas *atlas, const struct heed_gl_picture *picture)
{
    if (!picture->is_made || picture->shelf < 0) {
        return picture->is_made;
    }
    struct sheet *sheet = &atlas->sheets[picture->is_color ? 1 : 0];
    struct shelf *shelf = &sheet->shelves[picture->shelf];
    if (picture->shelf >= sheet->n_shelves || shelf->generation != picture->generation) {
        return false;
    }
    shelf->last_use = atlas->now;
    return true;
}

const struct heed_gl_picture *heed_gl_atlas_get(struct heed_gl_atlas *atlas,
                                                const struct heed_gl_piece *piece, float size,
                                                int phase, bool *is_full)
{
    const size_t length = strlen(piece->text);
    char key[MAX_KEY];
    const int16_t head[4] = {(int16_t)heed_gl_face_get_index(piece->face),
                             (int16_t)(piece->script << 1 | piece->rtl), (int16_t)phase,
                             (int16_t)lroundf(size * 4.0f)};
    *is_full = false;
    if (length + sizeof head > sizeof key) {
        return NULL;
    }
    memcpy(key, head, sizeof head);
    memcpy(key + sizeof head, piece->text, length);
    bool is_new;
    struct heed_gl_picture *picture =
        heed_gl_table_get(&atlas->pictures, key, sizeof head + length, sizeof *picture, &is_new);
    if (!picture) {
        return NULL;
    }
    if (is_there(atlas, picture) || make(atlas, picture, piece, size, phase, is_full)) {
        return picture;
    }
    return NULL;
}
