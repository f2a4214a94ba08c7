/*
 * How a tokenizer splits a normalised stretch before its model sees the parts: steps,
 * each of which splits every part of the one before, each a row of a table by its
 * "type" in tokenizer.json. Read once, then immutable: any thread.
 */
#ifndef HEED_CORE_TEXT_SPLITTER_H
#define HEED_CORE_TEXT_SPLITTER_H

#include <cjson/cJSON.h>

#include "base/error.h"
#include "core/text/pattern.h"
#include "core/text/stretch.h"

/* What becomes of what a step looks for. */
enum heed_split_behavior {
    HEED_SPLIT_ISOLATED,
    HEED_SPLIT_REMOVED,
    HEED_SPLIT_CONTIGUOUS,
    HEED_SPLIT_WITH_PREVIOUS,
    HEED_SPLIT_WITH_NEXT,
};

/* When a character is put before a part that doesn't begin with it. */
enum heed_split_prepend { HEED_PREPEND_NEVER, HEED_PREPEND_FIRST, HEED_PREPEND_ALWAYS };

struct heed_split_step {
    struct heed_pattern *pattern; /* what is looked for, */
    bool (*is_match)(uint32_t c); /* or which characters, */
    uint32_t letter;              /* or this one; without any of them nothing is split */
    bool invert;                  /* what lies between counts as found */
    enum heed_split_behavior behavior;
    uint32_t blank; /* put before, and what spaces become; 0: neither */
    enum heed_split_prepend prepend;
    bool keeps_spaces; /* spaces don't become the blank */
    bool to_bytes;     /* the parts become letters of bytes */
};

struct heed_splitter {
    struct heed_split_step *steps; /* on the heap */
    size_t n, capacity;
};

HEED_NODISCARD bool heed_splitter_read(struct heed_splitter *splitter, const cJSON *rules,
                                       const char *path, struct heed_error *err);
void heed_splitter_finish(struct heed_splitter *splitter);

typedef bool heed_split_take(void *context, const struct heed_stretch *part);

/* Gives every part that isn't empty to take, in order, until that returns false. False
 * then, or without memory. */
HEED_NODISCARD bool heed_splitter_run(const struct heed_splitter *splitter,
                                      struct heed_stretch stretch, struct heed_arena *arena,
                                      heed_split_take *take, void *context);

/* GPT-2's pattern: words with the space before them, numbers, signs, spaces. */
extern const char heed_gpt2_pattern[];

#endif
