#include "core/bert/remake.h"

#include <string.h>

#include "core/tensor/memory.h"
#include "core/tensor/whole.h"

static struct heed_weighing weighing_of(const struct heed_remaking *remaking, int map,
                                        const float *packed_keys)
{
    const struct heed_run *run = remaking->run;
    const size_t n = (size_t)run->n_tokens;
    struct heed_weighing of = remaking->of;
    of.layer = map / run->n_heads;
    of.head = map % run->n_heads;
    of.queries = run->queries + (size_t)map * n * (size_t)run->head_dim;
    of.packed_keys = packed_keys;
    of.bias = run->distances ? run->distances + (size_t)of.head * (2 * n - 1) : NULL;
    return of;
}

static void remake(const struct heed_remaking *remaking, int map, int first, int count, float *to,
                   float *room)
{
    const struct heed_run *run = remaking->run;
    const struct heed_weighing of = weighing_of(remaking, map, room);
    const size_t n = (size_t)run->n_tokens;
    const size_t head = (size_t)map * n * (size_t)run->head_dim;
    float *scores = room + heed_weigh_key_floats(of.kernels, of.n, of.dim);
    heed_weigh_pack_keys(room, of.kernels, of.kind, run->keys + head, of.n, of.dim);
    for (int done = 0; done < count; done += of.shape.rows) {
        heed_weigh(&of, &(struct heed_weigh_block){
                            .begin = first + done,
                            .rows = heed_least(of.shape.rows, count - done),
                            .weights = to + (size_t)done * n,
                            .scores = scores,
                            .scratch = scores + (size_t)of.shape.rows * of.shape.stride,
                        });
    }
}

static void read_rows(const void *context, enum heed_run_array which, int map, int first, int count,
                      float *to)
{
    struct heed_remaking *remaking = (struct heed_remaking *)(uintptr_t)context;
    const struct heed_weighing *of = &remaking->of;
    const size_t rows = (size_t)of->shape.rows;
    (void)which; /* the run keeps all others */
    float *room = heed_floats_alloc(heed_weigh_key_floats(of->kernels, of->n, of->dim) +
                                    rows * (of->shape.stride + (size_t)of->dim + 2));
    if (!room) {
        memset(to, 0, (size_t)count * (size_t)of->n * sizeof *to);
        atomic_store(&remaking->failed, true);
        return;
    }
    remake(remaking, map, first, count, to, room);
    heed_floats_free(room);
}

static bool check(const void *context, struct heed_error *err)
{
    const struct heed_remaking *remaking = context;
    return !atomic_load(&remaking->failed) ||
           heed_error_set(err, HEED_ERROR_MEMORY,
                          "out of memory for the attention of %d tokens; shorten the text",
                          remaking->run->n_tokens);
}

static void drop(const void *context)
{
    (void)context;
}

struct heed_run_reader heed_remaking_begin(struct heed_remaking *remaking,
                                           const struct heed_run *run,
                                           const struct heed_request *request,
                                           const struct heed_kernel_set *kernels, void *room)
{
    const size_t n = (size_t)run->n_tokens;
    const size_t cuts = (size_t)request->n_cuts * sizeof *request->cuts;
    uint8_t *allowed = (uint8_t *)room + cuts;
    if (cuts > 0) {
        memcpy(room, request->cuts, cuts);
    }
    if (request->allowed) {
        memcpy(allowed, request->allowed, n * n);
    }
    *remaking = (struct heed_remaking){
        .run = run,
        .of = {.kernels = kernels,
               .shape = heed_score_shape_of(kernels, run->n_tokens),
               .kind = request->attention,
               .n = run->n_tokens,
               .dim = run->head_dim,
               .allowed = request->allowed ? allowed : NULL,
               .cuts = room,
               .n_cuts = request->n_cuts},
    };
    atomic_init(&remaking->failed, false);
    return (struct heed_run_reader){.context = remaking,
                                    .has = 1U << HEED_RUN_ATTENTION,
                                    .read = read_rows,
                                    .check = check,
                                    .drop = drop};
}
