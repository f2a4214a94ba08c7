/*
 * What export's --mute, --scale and --cut switch off in a state. Errors say
 * how it is to be written, or name the word.
 */
#ifndef HEED_CLI_EXPORT_OFF_H
#define HEED_CLI_EXPORT_OFF_H

#include <stdbool.h>

#include "base/error.h"
#include "cli/options.h"
#include "core/engine/pipeline.h"
#include "state/state.h"

/* The state has its texts. */
HEED_NODISCARD bool heed_export_switch_off(struct heed_state *state,
                                           const struct heed_cli_options *options,
                                           const struct heed_pipeline *pipeline,
                                           struct heed_error *err);

#endif
