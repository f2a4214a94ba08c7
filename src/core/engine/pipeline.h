/*
 * The whole way on one thread: model, tokenizer and encoder opened together,
 * and result = run(job). The worker and the commands share it. One thread at
 * a time; results outlive it.
 */
#ifndef HEED_CORE_ENGINE_PIPELINE_H
#define HEED_CORE_ENGINE_PIPELINE_H

#include <stdbool.h>

#include "base/error.h"
#include "core/attention/attention_file.h"
#include "core/bert/encoder.h"
#include "core/engine/result.h"

struct heed_pipeline;

/* folder NULL: the default model's (core/model/locate.h). */
HEED_NODISCARD bool heed_pipeline_open(struct heed_pipeline **pipeline, const char *folder,
                                       struct heed_encoder_options options, struct heed_error *err);
/* The same of a part of an attention file (as heed_attention_source_open has it),
 * whose one text is each job's; what it is compared with is another file. A job that asks
 * for another text (a pair, something off) is an error. There is no
 * model, tokenizer or encoder then: those are NULL. */
HEED_NODISCARD bool heed_pipeline_open_file(struct heed_pipeline **pipeline, const char *path,
                                            const char *kind, size_t most_read,
                                            struct heed_error *err);
/* For most_read: a file with more bytes of weights is opened without reading them. */
enum { HEED_MOST_READ = 256 << 20 };
/* False if the model's or the file's bytes were changed since, or something was read of
 * a large file that is no number to show. */
HEED_NODISCARD bool heed_pipeline_check(const struct heed_pipeline *pipeline,
                                        struct heed_error *err);
/* NULL is harmless. */
void heed_pipeline_close(struct heed_pipeline *pipeline);

/* Of a model: the one that jobs with this compare_model are compared with is open, as
 * heed_pipeline_open has it. A run opens it by itself, in the place of the one before. */
HEED_NODISCARD bool heed_pipeline_open_second(struct heed_pipeline *pipeline, const char *name,
                                              struct heed_error *err);
/* The same with one that is open already; takes both. NULL: closes the one before. */
void heed_pipeline_give_second(struct heed_pipeline *pipeline, char *name,
                               struct heed_pipeline *second);
/* The caller's from now on, with its name; either may be NULL. */
struct heed_pipeline *heed_pipeline_take_second(struct heed_pipeline *pipeline, char **name);
/* NULL: none is open, or it is this one. */
struct heed_pipeline *heed_pipeline_get_second(const struct heed_pipeline *pipeline);

/* NULL of a file. */
const struct heed_kit *heed_pipeline_get_kit(const struct heed_pipeline *pipeline);
const struct heed_model *heed_pipeline_get_model(const struct heed_pipeline *pipeline);
/* The sizes, of either. */
const struct heed_model_config *heed_pipeline_get_config(const struct heed_pipeline *pipeline);
/* NULL of a model. */
const struct heed_row_findings *heed_pipeline_get_rows(const struct heed_pipeline *pipeline);
const struct heed_tokenizer *heed_pipeline_get_tokenizer(const struct heed_pipeline *pipeline);
struct heed_encoder *heed_pipeline_get_encoder(struct heed_pipeline *pipeline);

/* Zero means: nothing to reuse, never cancelled. */
struct heed_pipeline_hints {
    /* Of this pipeline: its tokens and run are shared if the texts are the
     * same, its maps if the filter asks for the same. */
    const struct heed_result *previous;
    const struct heed_result *previous_b; /* for the second text; NULL: its own */
    bool (*cancelled)(void *context);     /* polled; see heed_request */
    void *context;
};

/* *result holds one reference, and its ok is true. */
HEED_NODISCARD bool heed_pipeline_run(struct heed_pipeline *pipeline, const struct heed_job *job,
                                      struct heed_pipeline_hints hints,
                                      const struct heed_result **result, struct heed_error *err);

/* The job of what the first is held against: its second text, or file. */
struct heed_job heed_job_of_second(const struct heed_job *job);
/* True if result is of the job's text and pair, or of its file's part. */
bool heed_result_has_text(const struct heed_result *result, const struct heed_job *job);
/* What a job couldn't be done for the want of. */
enum heed_result_want { HEED_WANTS_NOTHING, HEED_WANTS_MODEL, HEED_WANTS_SECOND };
/* A result that only carries an error. NULL without memory. */
HEED_NODISCARD const struct heed_result *
heed_result_fail(uint64_t generation, const struct heed_error *error, enum heed_result_want want);

#endif
