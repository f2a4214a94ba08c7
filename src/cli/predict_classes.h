/* What predict prints of a head for classes. Inside cli only. */
#ifndef HEED_CLI_PREDICT_CLASSES_H
#define HEED_CLI_PREDICT_CLASSES_H

#include "cli/commands.h"
#include "core/engine/pipeline.h"

/* The classes of the text, or of each of its tokens that the template didn't add; the
 * model has such a head. */
HEED_NODISCARD bool heed_cli_print_classes(const struct heed_cli_options *options,
                                           const struct heed_pipeline *pipeline,
                                           const struct heed_result *result,
                                           struct heed_error *err);

#endif
