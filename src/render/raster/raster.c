#include "render/raster/raster.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "draw/display_list.h"
#include "render/raster/parts.h"

void heed_raster_finish(struct heed_raster *raster)
{
    for (int i = 0; i < HEED_RASTER_THREADS; i++) {
        struct heed_raster_half *half = &raster->halves[i];
        heed_path_finish(&half->path);
        free(half->nodes);
        free(half->chains);
        free(half->cuts);
        free(half->colors);
        free(half->spans);
    }
    free(raster->bytes);
    memset(raster, 0, sizeof *raster);
}

/* One thread's share. */
struct share {
    struct heed_raster *raster;
    struct heed_raster_half *half;
    const struct heed_item *items;
    size_t first, last; /* of the items */
    float scale;
    int index;
    bool ok;
};

/* Makes parts of its items. */
static void *flatten(void *context)
{
    struct share *share = context;
    const struct heed_raster *raster = share->raster;
    struct heed_raster_half *half = share->half;
    const struct heed_rect seen = {(float)raster->x, (float)raster->y, (float)raster->width,
                                   (float)raster->height};
    const size_t n_tiles = (size_t)raster->n_across * (size_t)raster->n_down;
    half->n_nodes = half->n_cuts = half->n_colors = 0;
    share->ok =
        heed_array_reserve(&half->chains, &half->chain_capacity, n_tiles, sizeof *half->chains);
    if (share->ok) {
        memset(half->chains, 0, n_tiles * sizeof *half->chains);
    }
    for (size_t i = share->first; share->ok && i < share->last; i++) {
        struct heed_stroke stroke;
        if (heed_path_set_item(&half->path, &share->items[i], share->scale, seen, &stroke)) {
            share->ok = heed_raster_add_stroke(raster, half, &stroke);
        }
        share->ok = share->ok && !half->path.failed;
    }
    return NULL;
}

/* Draws every second tile. */
static void *draw_tiles(void *context)
{
    struct share *share = context;
    const struct heed_raster *raster = share->raster;
    const size_t n = (size_t)raster->n_across * (size_t)raster->n_down;
    for (size_t tile = (size_t)share->index; share->ok && tile < n; tile += HEED_RASTER_THREADS) {
        share->ok = heed_raster_draw_tile(raster, share->half, tile);
    }
    return NULL;
}

/* Both shares, on two threads if that is worth it. */
static bool do_both(struct share shares[HEED_RASTER_THREADS], void *(*work)(void *),
                    bool worth_a_thread)
{
    pthread_t thread;
    const bool helped = worth_a_thread && pthread_create(&thread, NULL, work, &shares[1]) == 0;
    work(&shares[0]);
    if (helped) {
        pthread_join(thread, NULL);
    } else {
        work(&shares[1]);
    }
    return shares[0].ok && shares[1].ok;
}

static bool begin(struct heed_raster *raster, const struct heed_raster_picture *picture)
{
    raster->x = picture->x;
    raster->y = picture->y;
    raster->width = picture->width;
    raster->height = picture->height;
    raster->top_first = picture->top_first;
    raster->n_across = (picture->width + HEED_RASTER_TILE - 1) / HEED_RASTER_TILE;
    raster->n_down = (picture->height + HEED_RASTER_TILE - 1) / HEED_RASTER_TILE;
    const bool ok = heed_array_reserve(&raster->bytes, &raster->byte_capacity,
                                       (size_t)raster->width * (size_t)raster->height * 4, 1);
    return ok;
}

const uint8_t *heed_raster_draw(struct heed_raster *raster,
                                const struct heed_raster_picture *picture)
{
    enum { ITEMS_WORTH = 60, PARTS_WORTH = 1000 }; /* some tenths of a ms */
    if (!begin(raster, picture)) {
        return NULL;
    }
    struct share shares[HEED_RASTER_THREADS];
    for (int i = 0; i < HEED_RASTER_THREADS; i++) {
        shares[i] = (struct share){
            .raster = raster,
            .half = &raster->halves[i],
            .items = picture->items,
            .first = picture->n * (size_t)i / HEED_RASTER_THREADS,
            .last = picture->n * (size_t)(i + 1) / HEED_RASTER_THREADS,
            .scale = picture->scale,
            .index = i,
        };
    }
    const struct heed_raster_half *halves = raster->halves;
    const bool ok =
        do_both(shares, flatten, picture->n > ITEMS_WORTH) &&
        do_both(shares, draw_tiles, halves[0].n_nodes + halves[1].n_nodes > PARTS_WORTH);
    return ok ? raster->bytes : NULL;
}
