/*
 * BERT's normaliser, a code point at a time: clean, put spaces around CJK,
 * decompose and strip accents, lower-case. Each character that comes out knows
 * the code points of the input that it stands for, by the rule of the
 * reference tokenizer. One thread a normaliser.
 */
#ifndef HEED_CORE_TEXT_NORMALISER_H
#define HEED_CORE_TEXT_NORMALISER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

struct heed_normaliser_options {
    bool clean_text;
    bool split_cjk;
    bool strip_accents;
    bool lower_case;
};

struct heed_normal_char {
    uint32_t c;
    int32_t start, end; /* code points of the input */
};

typedef void (*heed_normal_sink)(void *context, struct heed_normal_char c);

/* A character that waits for its place among combining marks. */
struct heed_normal_pending {
    uint32_t c;
    int combining_class;
    bool is_first; /* of its character's decomposition */
};

struct heed_normaliser {
    struct heed_normaliser_options options;
    heed_normal_sink sink;
    void *context;
    struct heed_arena *arena; /* for what waits; its owner finishes it */
    bool failed;              /* memory ran out: what came out is incomplete */
    struct heed_normal_pending *pending;
    size_t n_pending, pending_capacity;
    int32_t *positions; /* input characters whose first part waits */
    size_t n_positions, position_capacity, next_position;
    int32_t position; /* of the character that came out last */
};

/* Zero-initialise, set options, sink, context and arena; then feed and end. */
void heed_normaliser_feed(struct heed_normaliser *normaliser, uint32_t c, int32_t position);
/* Gives out what waits. The normaliser can be fed anew. */
void heed_normaliser_end(struct heed_normaliser *normaliser);

#endif
