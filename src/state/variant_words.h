/*
 * The words for what the whole encoder does (core/bert/variant.h): names for
 * chips and captions, and what each means. Pure; any thread.
 */
#ifndef HEED_STATE_VARIANT_WORDS_H
#define HEED_STATE_VARIANT_WORDS_H

#include <stddef.h>

#include "core/bert/variant.h"

/* "causal mask", "window mask ±2", "strided mask, every 3rd" */
void heed_mask_words(struct heed_mask mask, char *text, size_t size);
/* "positions off"; "linear attention" */
const char *heed_positions_words(enum heed_positions positions);
const char *heed_attention_words(enum heed_attention_kind attention);
/* What follows the number: "2nd", "11th", "23rd" */
const char *heed_ordinal_ending(int n);
/* What it means for a token, a clause: "a token sees itself and those before it". */
void heed_mask_meaning(struct heed_mask mask, char *text, size_t size);
const char *heed_positions_meaning(enum heed_positions positions);
const char *heed_attention_meaning(enum heed_attention_kind attention);

#endif
