/*
 * Attention that was computed elsewhere, as docs/attention-file.md has it: a
 * safetensors file with the weights of one or more parts (a model's encoder,
 * its decoder, the one's attention to the other) and, if they are there,
 * queries, keys and more. Opening checks every name, type, shape and piece of
 * metadata, and reads no values: those are in the mapping. Knows nothing of
 * models. An open file is immutable: any thread.
 */
#ifndef HEED_CORE_ATTENTION_ATTENTION_FILE_H
#define HEED_CORE_ATTENTION_ATTENTION_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "core/model/safetensors.h"

#define HEED_ATTENTION_FORMAT "heed-attention/1"

enum { HEED_ATTENTION_MOST_TOKENS = 1 << 16, HEED_ATTENTION_MOST_HEADS = 1 << 12 };

enum heed_part_kind { HEED_PART_SELF, HEED_PART_ENCODER, HEED_PART_DECODER, HEED_PART_CROSS };
#define HEED_N_PART_KINDS 4
extern const char *const heed_part_kind_words[HEED_N_PART_KINDS + 1]; /* up to NULL */

/* Where a kind is asked for by its word: the first that there is. */
#define HEED_FIRST_PART ""

enum heed_part_tensor {
    HEED_PART_ATTENTIONS,    /* [layers, heads, n, m] */
    HEED_PART_QUERIES,       /* [layers, heads, n, d] */
    HEED_PART_KEYS,          /* [layers, key heads, m, d] */
    HEED_PART_VALUES,        /* [layers, key heads, m, its own d] */
    HEED_PART_BIAS,          /* [layers, heads, n, m] */
    HEED_PART_VALUE_NORMS,   /* [layers, heads, m] */
    HEED_PART_HIDDEN_STATES, /* [layers + 1, n, hidden] */
    HEED_PART_IMAGE          /* U8 [height, width, 3] */
};
#define HEED_N_PART_TENSORS 8
extern const char *const heed_part_tensor_names[HEED_N_PART_TENSORS];

/* Tokens that are the patches of a picture: rows of columns from `first` on. */
struct heed_patch_grid {
    int rows, columns, first; /* rows 0: none */
};

/* The tokens of the rows, or of the columns. Arrays are [n], or NULL where the
 * file says nothing. */
struct heed_attention_side {
    int n;
    const char *const *labels; /* what is shown; control characters are written
                                  as in JSON. Never NULL */
    const char *const *pieces; /* as a vocabulary has them */
    const int32_t *ids;
    const bool *special;
    const int32_t *words;    /* which word, from 0, never falling; -1: none */
    const int32_t *segments; /* 0, or 1 for the pair */
    const int32_t *offsets;  /* [n, 2]: code points of text (or pair); 0, 0: none */
    const char *text, *pair; /* NULL without */
    struct heed_patch_grid grid;
};

struct heed_attention_part {
    enum heed_part_kind kind;
    int n_layers, n_heads, n_key_heads;
    int head_dim, value_dim, hidden; /* 0: no such tensor */
    int image_width, image_height;   /* likewise */
    struct heed_attention_side queries, keys;
    bool one_axis; /* keys are the queries themselves */
    const struct heed_tensor_info *tensors[HEED_N_PART_TENSORS]; /* NULL: isn't there */
    const char *mask; /* as the file calls it, "full" or "causal"; NULL: not said */
    double scale;     /* of q k; 1 / sqrt(head_dim) where the file doesn't say */
};

struct heed_attention_file;

HEED_NODISCARD bool heed_attention_open(struct heed_attention_file **file, const char *path,
                                        struct heed_error *err);
/* NULL is harmless. */
void heed_attention_close(struct heed_attention_file *file);

/* At least one; in the order of the kinds. */
int heed_attention_count_parts(const struct heed_attention_file *file);
const struct heed_attention_part *heed_attention_get_part(const struct heed_attention_file *file,
                                                          int index);
const char *heed_attention_get_path(const struct heed_attention_file *file);
/* Of these parts (a bit for each kind) the one that is asked for: SELF is the first. */
enum heed_part_kind heed_part_choose(unsigned parts, enum heed_part_kind asked);
/* A string of the metadata, of the whole file ("model"), or NULL. */
const char *heed_attention_get_metadata(const struct heed_attention_file *file, const char *key);
/* False if the file was changed since it was opened. */
HEED_NODISCARD bool heed_attention_still_same(const struct heed_attention_file *file,
                                              struct heed_error *err);

/* Gives the pages that were read back to the system. */
void heed_attention_drop_pages(const struct heed_attention_file *file);

/* What heed_attention_check finds: rows whose sum isn't 1, which is no error
 * (a file may hold what is left of a row) but is to be said. */
struct heed_row_findings {
    size_t n_rows, n_off; /* off: by more than tolerance */
    double tolerance;     /* 1e-3; of BF16 1e-2 */
    /* The sum furthest from 1, and where it is. */
    double sum;
    int layer, head, row;
};

/* For rows of a part, in any order: adds one whose weights have this sum. */
struct heed_row_findings heed_row_findings_begin(const struct heed_attention_part *part);
void heed_row_findings_add(struct heed_row_findings *findings, int layer, int head, int row,
                           double sum);

/* Values [first, first + count) of a tensor of a part, as they were read: as
 * heed_attention_check has them. */
HEED_NODISCARD bool heed_attention_check_values(const struct heed_attention_file *file, int part,
                                                enum heed_part_tensor which, size_t first,
                                                const float *values, size_t count,
                                                struct heed_error *err);

/* All of a tensor; true if the part doesn't have it. */
HEED_NODISCARD bool heed_attention_check_tensor(const struct heed_attention_file *file, int part,
                                                enum heed_part_tensor which,
                                                struct heed_error *err);

/* Every value of a part: weights and value norms finite and not negative, a
 * bias not NaN and not +infinity, all else finite. Errors name the tensor and
 * the place. cancelled may be NULL; when it is true, the error is of that. */
HEED_NODISCARD bool heed_attention_check(const struct heed_attention_file *file, int part,
                                         struct heed_row_findings *findings,
                                         bool (*cancelled)(void *context), void *context,
                                         struct heed_error *err);

#endif
