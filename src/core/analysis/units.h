/*
 * The rows and columns of the maps before anything is hidden: the tokens, or
 * the words when wordpieces are merged. Inside core/analysis only; pure.
 */
#ifndef HEED_CORE_ANALYSIS_UNITS_H
#define HEED_CORE_ANALYSIS_UNITS_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/error.h"
#include "core/analysis/maps.h"

/* *units and their labels live in the arena. Units cover all tokens in order,
 * each token once. tokenizer names the template's tokens; NULL: [CLS], [SEP]. */
HEED_NODISCARD bool heed_units_create(struct heed_unit **units, int *n, struct heed_arena *arena,
                                      const struct heed_encoding *encoding,
                                      const struct heed_tokenizer *tokenizer, bool words,
                                      struct heed_error *err);

/* What a template's special tokens, or those of a file's keys, are called: the first, the first
 * of another name, in the arena. Returns how many names there are, 3 for more; -1: no memory. */
int heed_units_name_special(const char *names[2], struct heed_arena *arena,
                            const struct heed_encoding *encoding,
                            const struct heed_tokenizer *tokenizer);

/* True if filter leaves this unit out. */
bool heed_unit_is_hidden(const struct heed_unit *unit, const struct heed_filter *filter);

#endif
