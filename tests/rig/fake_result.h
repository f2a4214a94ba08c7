/*
 * A result without a model: words and signs as tokens (long words in two
 * pieces), weights from a formula. It stands in for the engine's and the
 * encoder's reference counting and for the pipeline too (a pointer to a
 * tokenizer is one), so a test that uses it must not link real ones.
 */
#ifndef HEED_TESTS_RIG_FAKE_RESULT_H
#define HEED_TESTS_RIG_FAKE_RESULT_H

#include "core/engine/result.h"

enum { FAKE_LAYERS = 6, FAKE_HEADS = 12, FAKE_LIMIT = 512 };

/* As an engine would answer the job; ok is false for measures that need a
 * model. Release with heed_result_release. */
const struct heed_result *fake_result_create(const struct heed_job *job);
const struct heed_result *fake_result_fail(uint64_t generation, const char *message);

#endif
