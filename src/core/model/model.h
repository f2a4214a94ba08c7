/*
 * A model folder in Hugging Face's layout, opened: its sizes and its weights
 * by role. Knows nothing of kernels, text or runs. A model is immutable once
 * open and may be shared between threads.
 */
#ifndef HEED_CORE_MODEL_MODEL_H
#define HEED_CORE_MODEL_MODEL_H

#include <stdbool.h>

#include "base/error.h"

enum heed_activation {
    HEED_ACTIVATION_GELU,      /* exact: x Phi(x) by erf */
    HEED_ACTIVATION_GELU_TANH, /* "gelu_new", "gelu_pytorch_tanh", "gelu_accurate" */
    HEED_ACTIVATION_RELU,
    HEED_ACTIVATION_GELU_10,    /* gelu, at most 10 and at least -10 */
    HEED_ACTIVATION_QUICK_GELU, /* x sigmoid(1.702 x) */
    HEED_ACTIVATION_SILU,       /* x sigmoid(x) */
    HEED_ACTIVATION_MISH,       /* x tanh(ln(1 + e^x)) */
    HEED_ACTIVATION_TANH
};

/* Whose classes a classification head tells. */
enum heed_class_kind { HEED_CLASSES_NONE, HEED_CLASSES_OF_TEXT, HEED_CLASSES_OF_TOKENS };

/* What makes a score of each of its numbers, as transformers' pipelines choose. */
enum heed_class_scores {
    HEED_SCORES_SOFTMAX,
    HEED_SCORES_SIGMOID, /* each by itself: several may hold, or there is only one */
    HEED_SCORES_PLAIN    /* a regression: the number itself */
};

struct heed_model_config {
    int n_layers;
    int n_heads;
    int hidden;       /* width of a hidden state */
    int embedding;    /* of the embeddings: hidden, unless they are mapped to it */
    int head_dim;     /* hidden / n_heads */
    int intermediate; /* width of the feed-forward's inside */
    int vocab_size;
    int max_positions; /* tokens that the position table has rows for */
    int padding_id;    /* counts_from_padding: rows before the first position are those up
                          to it, and a token of this id takes its row; else -1 */
    int n_buckets;     /* rows of the relative bias; 0: there is none */
    int n_groups;      /* of layers that share their weights; 0: none do */
    int n_segments;    /* rows of the segment table; 0: there is none */
    float layer_norm_eps;
    enum heed_activation activation;
    enum heed_activation mlm_activation; /* of the masked-language head */
    enum heed_class_kind class_kind; /* what config.json says of the head; the file may lack it */
    enum heed_class_scores class_scores;
    enum heed_activation class_activation; /* of its dense map */
    int n_classes;                         /* 0: no head for classes */
};

/* Row-major float32, borrowed from the model. A linear map is stored as the
 * file has it: weight [out, in], y = x weight^T + bias. */
struct heed_linear_weights {
    const float *weight;
    const float *bias;
};

struct heed_norm_weights {
    const float *gamma; /* [hidden] */
    const float *beta;  /* [hidden] */
};

struct heed_layer_weights {
    struct heed_linear_weights query, key, value; /* [hidden, hidden] */
    struct heed_linear_weights attention_output;  /* [hidden, hidden] */
    struct heed_norm_weights attention_norm;
    struct heed_linear_weights inner; /* [intermediate, hidden] */
    struct heed_linear_weights outer; /* [hidden, intermediate] */
    struct heed_norm_weights output_norm;
};

/* The masked-language head, if the file has one (has_mlm_head). */
struct heed_mlm_weights {
    struct heed_linear_weights transform; /* [embedding, hidden] */
    struct heed_norm_weights norm;
    struct heed_linear_weights decoder; /* [vocab, embedding] */
};

/* The head for classes, if the file has all of it. */
struct heed_class_weights {
    struct heed_linear_weights dense; /* [hidden, hidden], of a text's first token; weight NULL:
                                         there is none */
    struct heed_linear_weights out;   /* [n_classes, hidden]; weight NULL: there is no head */
};

struct heed_model_weights {
    const float *word_embeddings;          /* [vocab, embedding] */
    const float *position_embeddings;      /* [max_positions, embedding]; with a padding_id
                                              there are rows before it, from -1 - padding_id */
    const float *segment_embeddings;       /* [n_segments, embedding], or NULL */
    struct heed_linear_weights projection; /* [hidden, embedding]; weight NULL: none */
    const float *relative_bias;            /* [n_buckets, heads], or NULL */
    struct heed_norm_weights embedding_norm;
    const struct heed_layer_weights *layers; /* [n_layers] */
    bool has_mlm_head;
    struct heed_mlm_weights mlm;
    struct heed_class_weights classes;
};

struct heed_model;

/* That it is a folder with a config.json. */
HEED_NODISCARD bool heed_model_check_folder(const char *folder, struct heed_error *err);
/* Opens config.json and model.safetensors (or the sharded index) of a folder.
 * F32 tensors are used where they lie in the mapped file (aligned copies where
 * they aren't aligned); F16, BF16 and F64 become float32 once. Errors name the file
 * and the tensor or key. */
HEED_NODISCARD bool heed_model_open(struct heed_model **model, const char *folder,
                                    struct heed_error *err);
void heed_model_destroy(struct heed_model *model);

const struct heed_model_config *heed_model_get_config(const struct heed_model *model);
const struct heed_model_weights *heed_model_get_weights(const struct heed_model *model);
/* The folder as given, and a short name for people: the folder's own, unless
 * it says nothing (locate.h). For the default model: all-MiniLM-L6-v2. */
const char *heed_model_get_folder(const struct heed_model *model);
const char *heed_model_get_name(const struct heed_model *model);
/* What people call its architecture: "RoBERTa". */
const char *heed_model_get_architecture(const struct heed_model *model);
/* The name of a class (0 .. n_classes - 1), as config.json has it. */
const char *heed_model_get_class(const struct heed_model *model, int index);
/* What of it may be computed otherwise than its files want, a line; "": nothing is known. */
const char *heed_model_get_note(const struct heed_model *model);

/* After computing with the weights: false if a file of them was changed since it
 * was opened. What was computed since mustn't be used then. */
bool heed_model_check(const struct heed_model *model, struct heed_error *err);
/* SHA-256 of the weights' file as hex; of several, of their bytes one after the other.
 * Reads them all: a second or so a gigabyte. */
HEED_NODISCARD bool heed_model_hash(const struct heed_model *model, char hex[65],
                                    struct heed_error *err);
/* Gives the mapped weights' resident pages back to the system, once an encoder
 * has packed them. The weights stay valid: reading faults them in again. */
void heed_model_drop_pages(const struct heed_model *model);

#endif
