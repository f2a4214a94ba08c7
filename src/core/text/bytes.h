/*
 * The alphabet of byte-level tokenizers (GPT-2's): each byte of UTF-8 is one
 * character that can be seen, a space is U+0120. Pure; any thread.
 */
#ifndef HEED_CORE_TEXT_BYTES_H
#define HEED_CORE_TEXT_BYTES_H

#include "core/text/stretch.h"

uint32_t heed_bytes_letter(unsigned char byte);
/* The byte of a letter, or -1. */
int heed_bytes_find(uint32_t letter);
/* Each character becomes the letters of its bytes. False without memory. */
HEED_NODISCARD bool heed_bytes_spell(struct heed_stretch *stretch, struct heed_arena *arena);

#endif
