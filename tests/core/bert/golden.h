/* Golden runs: what transformers computed, read from a safetensors file with
 * the project's own reader. For tests only. */
#ifndef HEED_TESTS_CORE_BERT_GOLDEN_H
#define HEED_TESTS_CORE_BERT_GOLDEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/bert/encoder.h"
#include "core/model/safetensors.h"

enum { GOLDEN_MAX_TOKENS = 512, GOLDEN_MAX_CUTS = 8, GOLDEN_MAX_HEADS = 72 };

struct golden_request {
    int32_t ids[GOLDEN_MAX_TOKENS];
    int32_t segments[GOLDEN_MAX_TOKENS];
    struct heed_cut cuts[GOLDEN_MAX_CUTS]; /* of the case "changed" */
    float scale[GOLDEN_MAX_HEADS];
    struct heed_request request; /* borrows them */
};

/* $HEED_TEST_DATA/folder/name; a static buffer. */
const char *golden_path(const char *folder, const char *name);
struct heed_safetensors *golden_open(const char *name);
/* The tensor of a case, or NULL. */
const struct heed_tensor_info *golden_find(struct heed_safetensors *file, const char *golden_case,
                                           const char *tensor);
void golden_get_request(struct heed_safetensors *file, const char *golden_case,
                        struct golden_request *request);
/* Compares every array of run with the file's: whole tensors, or samples if
 * the file has indices. Fails the test beyond the tolerances. */
void golden_compare(struct heed_safetensors *file, const char *golden_case,
                    const struct heed_run *run, double attention_tolerance,
                    double hidden_tolerance);

/* One tensor of the case, of count values. */
void golden_compare_tensor(struct heed_safetensors *file, const char *golden_case,
                           const char *tensor, const float *values, size_t count, double tolerance);

#endif
