/*
 * Counterfactuals of the whole encoder, the same in every layer and head:
 * which keys a query may see, what tells it the order of the tokens, and how
 * scores become weights. Zero is as trained. Knows no text: segments tell a
 * pair's halves apart. Pure; any thread.
 */
#ifndef HEED_CORE_BERT_VARIANT_H
#define HEED_CORE_BERT_VARIANT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

/* Which keys j a query i may see. */
enum heed_mask_kind {
    HEED_MASK_FULL,   /* all of them */
    HEED_MASK_CAUSAL, /* j <= i: as a decoder, Vaswani et al. 2017, 3.2.3 */
    HEED_MASK_WINDOW, /* |i - j| <= width: Beltagy et al. 2020, 3.1 */
    /* |i - j| <= 1, or i - j a multiple of width: after the strided pattern of
     * Child et al. 2019, 4.3, to both sides, as an encoder has no future to
     * hide, and with the neighbours alone where that has a stride of them. */
    HEED_MASK_STRIDED,
    /* Of a pair, only keys of the other segment, as a decoder's attention to
     * its encoder goes. [CLS] and the first [SEP] are of the first segment,
     * the last [SEP] of the second, as when it was trained: so no row is
     * empty. Without a second segment it is full. */
    HEED_MASK_CROSS,
    HEED_N_MASK_KINDS
};

enum { HEED_MASK_LEAST_WIDTH = 1, HEED_MASK_MOST_WIDTH = 64 };

struct heed_mask {
    enum heed_mask_kind kind;
    int width; /* of window and strided, within the limits above; else 0 */
};

enum heed_positions {
    HEED_POSITIONS_LEARNED,
    HEED_POSITIONS_OFF, /* a bag of tokens: their order has no effect */
    /* Vaswani et al. 2017, 3.5: sin and cos of pos / 10000^(2i / hidden), times
     * one factor that makes their norm the mean norm of the learned ones. */
    HEED_POSITIONS_SINUSOIDAL,
    HEED_N_POSITIONS
};

enum heed_attention_kind {
    HEED_ATTENTION_SOFTMAX,
    /* Katharopoulos et al. 2020, eq. 4 and 7: f(q) f(k) as a share of its row,
     * f(x) = elu(x) + 1. */
    HEED_ATTENTION_LINEAR,
    /* Dao et al. 2022, algorithm 1: the same softmax block by block of keys,
     * with what was summed so far rescaled: equal to rounding. */
    HEED_ATTENTION_FLASH,
    HEED_N_ATTENTION_KINDS
};

struct heed_variant {
    struct heed_mask mask;
    enum heed_positions positions;
    enum heed_attention_kind attention;
};

/* Of this kind; width 0: its usual one (2 for a window, 3 for a stride), and
 * others are held within the limits. */
struct heed_mask heed_mask_of(enum heed_mask_kind kind, int width);
/* True for window and strided. */
bool heed_mask_has_width(enum heed_mask_kind kind);
bool heed_mask_equal(struct heed_mask a, struct heed_mask b);
/* Whether the query may see the key; same_segment is of the two. */
bool heed_mask_allows(struct heed_mask mask, int query, int key, bool same_segment);
/* allowed: [n, n] as heed_request's; segments: [n], or NULL: all 0. Returns
 * whether it forbids anything; if not, allowed isn't filled. */
HEED_NODISCARD bool heed_mask_fill(uint8_t *allowed, struct heed_mask mask, const int32_t *segments,
                                   int n);

bool heed_variant_equal(const struct heed_variant *a, const struct heed_variant *b);
/* True if nothing is changed. */
bool heed_variant_is_plain(const struct heed_variant *variant);

/* Names as the command line and a session write them: "full", "causal",
 * "window:2", "strided:3", "cross"; "learned" ...; "softmax" ... */
void heed_mask_name(struct heed_mask mask, char *text, size_t size);
const char *heed_mask_kind_name(enum heed_mask_kind kind);
const char *heed_positions_name(enum heed_positions positions);
const char *heed_attention_name(enum heed_attention_kind attention);
/* All of them, in their order; then NULL. */
extern const char *const heed_positions_names[];
extern const char *const heed_attention_names[];
/* False, and nothing changed, for what isn't such a name. "window" alone has its usual width. */
bool heed_mask_find(const char *name, struct heed_mask *mask);
bool heed_positions_find(const char *name, enum heed_positions *positions);
bool heed_attention_find(const char *name, enum heed_attention_kind *attention);

/* f(x) = elu(x) + 1 of linear attention. */
float heed_linear_feature(float x);

/* [width] of one position, times factor. */
void heed_positions_sinusoid(float *row, int position, int width, float factor);
/* The factor that gives them the mean norm of learned ones [n, width]. */
float heed_positions_factor(const float *learned, int n, int width);

#endif
