/* The small model and a file of what must come out of it. For tests. */
#ifndef HEED_TESTS_CORE_ANALYSIS_GOLDEN_RIG_H
#define HEED_TESTS_CORE_ANALYSIS_GOLDEN_RIG_H

#include <stdbool.h>

#include "core/engine/pipeline.h"
#include "core/model/safetensors.h"

/* name: of a file in tests/golden. Says on stderr why it can't. */
bool golden_rig_open(struct heed_pipeline **pipeline, struct heed_safetensors **golden,
                     const char *name);

#endif
