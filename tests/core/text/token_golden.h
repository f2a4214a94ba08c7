/* The goldens of make_token_goldens.py, and where test files lie. */
#ifndef HEED_TESTS_CORE_TEXT_TOKEN_GOLDEN_H
#define HEED_TESTS_CORE_TEXT_TOKEN_GOLDEN_H

#include "core/text/tokenizer.h"

/* HEED_TEST_DATA/kind/name, in a static buffer. */
const char *test_path(const char *kind, const char *name);
/* Fails the running test if the folder can't be opened. */
struct heed_tokenizer *open_tokenizer(const char *folder, int max_positions);
struct heed_encoding *encode_text(const struct heed_tokenizer *tokenizer, const char *text,
                                  const char *pair);
/* Every case of tests/golden/tokens-NAME.json. */
void compare_goldens(const char *name, const char *folder);

#endif
