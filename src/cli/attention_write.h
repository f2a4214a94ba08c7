/* A result as an attention file (docs/attention-file.md). */
#ifndef HEED_CLI_ATTENTION_WRITE_H
#define HEED_CLI_ATTENTION_WRITE_H

#include "base/error.h"
#include "core/engine/pipeline.h"

/* Maps with the links that the filter doesn't draw as 0, under the names of the
 * units that it leaves; what is known of each token (queries, hidden states)
 * only where every token is a unit, which *is_whole tells. "-" is standard output. */
HEED_NODISCARD bool heed_cli_write_attention(const char *path, const struct heed_result *result,
                                             struct heed_pipeline *pipeline, bool *is_whole,
                                             struct heed_error *err);

#endif
