/*
 * What a tokenizer does to the characters of a text before it splits it: steps, one
 * after the other, each a row of a table by its "type" in tokenizer.json. They are
 * read once and then immutable: any thread.
 */
#ifndef HEED_CORE_TEXT_NORMALISER_H
#define HEED_CORE_TEXT_NORMALISER_H

#include <cjson/cJSON.h>

#include "base/error.h"
#include "core/text/charsmap.h"
#include "core/text/pattern.h"
#include "core/text/stretch.h"

struct heed_normal_step;

/* Does the step to the stretch; false without memory. */
typedef bool heed_normal_do(const struct heed_normal_step *step, struct heed_stretch *stretch,
                            struct heed_arena *arena);

struct heed_normal_step {
    heed_normal_do *run;
    bool left, right;        /* of Strip: which ends */
    bool compat, composes;   /* of the Unicode forms: K, C */
    const uint32_t *content; /* what Prepend and Replace put in */
    size_t n_content;
    struct heed_pattern *pattern;  /* what Replace looks for */
    struct heed_charsmap charsmap; /* of Precompiled */
};

struct heed_normaliser {
    struct heed_normal_step *steps; /* on the heap */
    size_t n, capacity;
};

/* Adds the steps that a "normalizer" says; rules may be NULL: none. arena keeps what
 * they hold. path names the file in errors. */
HEED_NODISCARD bool heed_normaliser_read(struct heed_normaliser *normaliser,
                                         struct heed_arena *arena, const cJSON *rules,
                                         const char *path, struct heed_error *err);
void heed_normaliser_finish(struct heed_normaliser *normaliser);

HEED_NODISCARD bool heed_normaliser_run(const struct heed_normaliser *normaliser,
                                        struct heed_stretch *stretch, struct heed_arena *arena);

/* The stretch of a valid text whose first code point has this position. NULL chars
 * without memory. */
struct heed_stretch heed_stretch_read(const char *text, size_t length, int32_t position,
                                      struct heed_arena *arena);

/* A whole text; the result (heap) has a NUL behind it. False without memory. */
HEED_NODISCARD bool heed_normalise_text(const struct heed_normaliser *normaliser, const char *text,
                                        size_t length, char **result, size_t *result_length);

#endif
