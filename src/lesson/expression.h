/*
 * Numbers in a lesson's words and claims: `weight it->animal L3H1`, `similarity bank
 * @6 - similarity bank @0`, computed from the run on screen. docs/lessons.md lists
 * them all. Pure; any thread.
 */
#ifndef HEED_LESSON_EXPRESSION_H
#define HEED_LESSON_EXPRESSION_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"
#include "base/error.h"
#include "core/engine/probe_task.h"
#include "core/engine/result.h"
#include "core/model/model.h"

/* What they are computed from; borrowed. */
struct heed_lesson_world {
    const struct heed_result *result; /* ok; its compare is B */
    const struct heed_model *model;
    const struct heed_tokenizer *tokenizer;
    const struct heed_probe_run *probe; /* NULL: none has been run */
};

struct heed_lesson_value {
    double number;
    char name[64]; /* of a token or a head; "": it is a number */
};

/* Errors: it isn't one (HEED_ERROR_FORMAT); a word isn't in the text, or what it is of
 * isn't there (HEED_ERROR_INPUT). */
HEED_NODISCARD bool heed_lesson_evaluate(struct heed_lesson_value *value, const char *expression,
                                         const struct heed_lesson_world *world,
                                         struct heed_error *err);

/* Appends the words with every {expression} computed: {e|3} has three decimals, {e|%} is
 * a percentage, {e} has two. A missing '}' is an error, too. */
HEED_NODISCARD bool heed_lesson_fill(struct heed_buffer *out, const char *words,
                                     const struct heed_lesson_world *world, struct heed_error *err);

/* The tokens of a word of the text; "##ment" is a piece. */
HEED_NODISCARD bool heed_lesson_find_word(struct heed_token_range *tokens,
                                          const struct heed_tokenizer *tokenizer,
                                          const struct heed_encoding *encoding, const char *word,
                                          struct heed_error *err);

#endif
