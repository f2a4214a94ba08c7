/*
 * The worker: takes the newest job, makes its result, calls a wake-up. A job
 * that was overtaken is dropped (or its run cancelled between layers). The
 * submitting thread never waits. Owns tokenizer, encoder and the thread.
 */
#ifndef HEED_CORE_ENGINE_ENGINE_H
#define HEED_CORE_ENGINE_ENGINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "core/analysis/maps.h"
#include "core/bert/encoder.h"
#include "core/text/tokenizer.h"

/* What the window asks for. Copied by submit. */
struct heed_job {
    uint64_t generation; /* chosen by the caller, growing */
    const char *text;
    size_t text_length;
    const char *pair; /* NULL without */
    size_t pair_length;
    struct heed_filter filter;
    const struct heed_head_id *heads; /* for the aggregate */
    int n_heads;
};

/* Immutable, reference-counted. When ok is false only generation and error
 * hold, and the window keeps its last good picture. */
struct heed_result {
    uint64_t generation;
    bool ok;
    struct heed_error error;
    const struct heed_encoding *encoding;
    const struct heed_run *run;
    const struct heed_maps *maps;
    double total_ms; /* from taking the job to publishing the result */
};

struct heed_engine;

struct heed_engine_options {
    const char *folder; /* of the model */
    struct heed_encoder_options encoder;
    void (*wake)(void *context); /* called on the worker after publishing */
    void *wake_context;
};

/* Starts at once and opens the model on the worker; failing to open it is
 * the error of every result. */
bool heed_engine_create(struct heed_engine **engine,
                        struct heed_engine_options options,
                        struct heed_error *err);
/* Cancels, joins. Results outlive the engine. */
void heed_engine_destroy(struct heed_engine *engine);

/* Newest wins; never blocks longer than a pointer swap. False only when
 * memory is exhausted. */
bool heed_engine_submit(struct heed_engine *engine, const struct heed_job *job,
                        struct heed_error *err);
/* The newest result since the last call, or NULL. The caller releases it. */
const struct heed_result *heed_engine_take(struct heed_engine *engine);
const struct heed_result *heed_result_retain(const struct heed_result *result);
void heed_result_release(const struct heed_result *result);

/* NULL until the model is open, then the same for the engine's life. Safe on
 * any thread. */
const struct heed_model *heed_engine_get_model(const struct heed_engine *engine);
const struct heed_tokenizer *
heed_engine_get_tokenizer(const struct heed_engine *engine);

#endif
