/*
 * One part of an attention file as what a pipeline makes of a model and a text:
 * its tokens, and a run whose arrays are the file's own where they are aligned
 * float32, else copies. Immutable; the run outlives it. Any thread.
 */
#ifndef HEED_CORE_ENGINE_ATTENTION_SOURCE_H
#define HEED_CORE_ENGINE_ATTENTION_SOURCE_H

#include "base/error.h"
#include "core/attention/attention_file.h"
#include "core/engine/result.h"
#include "core/model/model.h"

struct heed_attention_source;

/* Of the part of this kind (a word of heed_part_kind_words; NULL: its only one;
 * HEED_FIRST_PART). Where its weights are most_read bytes or fewer all is read now, and
 * must be sound; of a larger one names, shapes and metadata, and its run reads what is
 * looked at (struct heed_run_reader). Errors: also memory. */
HEED_NODISCARD bool heed_attention_source_open(struct heed_attention_source **source,
                                               const char *path, const char *kind, size_t most_read,
                                               struct heed_error *err);
/* NULL is harmless. */
void heed_attention_source_close(struct heed_attention_source *source);

/* Layers, heads, widths and tokens; the rest is zero. */
const struct heed_model_config *
heed_attention_source_get_config(const struct heed_attention_source *source);
/* What of a result is the file's own and no job can change: its run (of which the
 * result then holds a reference), where any head looks at all, what it lacks, and
 * whose it is. The run is without hidden states, and without queries, keys and
 * values where the file has none. Errors: a job that asks
 * for a pair, something off or a measure that the file has no more of; memory. */
HEED_NODISCARD bool heed_attention_source_fill(const struct heed_attention_source *source,
                                               const struct heed_job *job, struct heed_arena *arena,
                                               struct heed_result *result, struct heed_error *err);
/* True if the result's run is this one's, not an earlier opening's or another file's. */
bool heed_attention_source_made(const struct heed_attention_source *source,
                                const struct heed_result *result);
/* [layers, heads, n]; NULL: not in the file. */
const float *heed_attention_source_get_norms(const struct heed_attention_source *source);
/* Its tokens; the caller's. */
HEED_NODISCARD bool heed_attention_source_encode(const struct heed_attention_source *source,
                                                 struct heed_encoding **encoding,
                                                 struct heed_error *err);
/* False if the file was changed since, or a value was read that is none. */
HEED_NODISCARD bool heed_attention_source_check(const struct heed_attention_source *source,
                                                struct heed_error *err);
/* The rows' sums, as heed_attention_check has them; none of a large file. */
const struct heed_row_findings *
heed_attention_source_get_rows(const struct heed_attention_source *source);

#endif
