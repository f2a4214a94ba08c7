/*
 * What the files that make a result share: the pipeline (pipeline.c), a result and what it
 * holds (result_owner.c), one text's (result_fill.c), and two held against each other (run.c).
 */
#ifndef HEED_CORE_ENGINE_PIPELINE_PRIVATE_H
#define HEED_CORE_ENGINE_PIPELINE_PRIVATE_H

#include <stdatomic.h>

#include "base/arena.h"
#include "core/engine/attention_source.h"
#include "core/engine/pipeline.h"

struct heed_pipeline {
    const struct heed_kit *kit;
    const struct heed_model *model; /* the kit's */
    const struct heed_tokenizer *tokenizer;
    struct heed_encoder *encoder;
    struct heed_attention_source *source; /* in place of those; else NULL */
    struct heed_pipeline *second;         /* the file or model that it was last compared with */
    char *second_name;                    /* of the model, as jobs have it; with second NULL this
                                             is that model itself */
    struct heed_encoder_options options;  /* for that one */
    char *path;                           /* of the source */
    size_t most_read;                     /* likewise */
    int32_t *ids;                         /* [capacity]: ids, then segments */
    size_t capacity;
};

/* An encoding that several results share. */
struct shared_encoding {
    atomic_int references;
    struct heed_encoding *encoding;
};

struct heed_result_owner {
    struct heed_result result; /* first: a pointer to it is one to the owner */
    atomic_int references;
    struct heed_arena arena; /* of all that isn't shared, and of this */
    struct shared_encoding *shared;
    struct heed_head_id *heads; /* what the aggregate is over */
    int n_heads;
    float *head_scale;     /* the result's */
    struct heed_cut *cuts; /* likewise */
};

static inline bool heed_result_no_memory(struct heed_error *err)
{
    return heed_error_set(err, HEED_ERROR_MEMORY, "no memory left for the result");
}

static inline struct heed_result_owner *heed_result_owner_of(const struct heed_result *result)
{
    return (struct heed_result_owner *)(uintptr_t)result;
}

/* NULL of a file. */
static inline struct heed_stock *heed_pipeline_get_stock(const struct heed_pipeline *pipeline)
{
    return pipeline->encoder ? heed_encoder_get_stock(pipeline->encoder) : NULL;
}

static inline struct heed_pool *heed_pipeline_get_pool(const struct heed_pipeline *pipeline)
{
    return pipeline->encoder ? heed_encoder_get_pool(pipeline->encoder) : NULL;
}

/* The same part of another file, or, of a file with a single part, whatever one that has:
 * pipeline->second. */
HEED_NODISCARD bool heed_pipeline_open_second_file(struct heed_pipeline *pipeline, const char *path,
                                                   enum heed_part_kind part,
                                                   struct heed_error *err);

/* Empty, with one reference. NULL without memory. */
struct heed_result_owner *heed_result_create(uint64_t generation, struct heed_stock *stock);
/* All of it but what it is compared with. a: the result that this is to be held against;
 * NULL: none. */
HEED_NODISCARD bool heed_result_fill(struct heed_result_owner *owner,
                                     struct heed_pipeline *pipeline, const struct heed_job *job,
                                     const struct heed_result *a,
                                     const struct heed_pipeline_hints *hints,
                                     struct heed_error *err);
/* Its maps, or those of previous (the same runs; NULL: none) where the job asks for the same. */
HEED_NODISCARD bool heed_result_make_maps(struct heed_result_owner *owner,
                                          const struct heed_pipeline *pipeline,
                                          const struct heed_job *job,
                                          const struct heed_result_owner *previous,
                                          struct heed_error *err);

#endif
