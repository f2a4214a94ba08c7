/*
 * The architectures that heed computes, each as data: how config.json names its sizes,
 * where the weights lie in the file, and what of the one encoder's formulas it has
 * (core/bert/encoder.h). A row more is an architecture more. Pure; any thread.
 */
#ifndef HEED_CORE_MODEL_ARCHITECTURE_H
#define HEED_CORE_MODEL_ARCHITECTURE_H

#include <stdbool.h>

#include "core/model/model.h"

enum { HEED_MODEL_TYPES = 5 };

/* The keys of the sizes in config.json. */
struct heed_config_keys {
    const char *layers, *heads, *hidden, *intermediate, *activation;
};

struct heed_architecture {
    const char *types[HEED_MODEL_TYPES];   /* of model_type; the first is the usual one */
    const char *names[HEED_MODEL_TYPES];   /* what people call each */
    const char *classes[HEED_MODEL_TYPES]; /* what old files' architectures begin with */
    struct heed_config_keys keys;
    const char *activation;     /* where config.json has none */
    const char *mlm_activation; /* of the head; NULL: the layers' own */
    float fixed_eps;            /* of the norms; 0: config.json's */
    bool has_segments;
    bool counts_from_padding; /* the first position is the one behind the padding's */
    int fixed_padding;        /* that padding's id, whatever config.json has; 0: config.json's */
    bool has_relative_bias;   /* a bias of the scores by the distance, of all layers */
    bool has_projection;      /* embeddings of their own width, mapped to the layers' */
    bool has_groups;          /* layers share weights (num_hidden_groups) */
    /* Names of weights, without prefix and ".weight"; %d: the number of a layer, or of
     * its group. */
    const char *layer;
    const char *query, *key, *value, *attention_output, *attention_norm;
    const char *inner, *outer, *output_norm;
    const char *relative_bias, *projection;
    const char *mlm_transform, *mlm_norm, *mlm_decoder, *mlm_bias;
    /* The head for a text's classes; of tokens' there is one map for all architectures. */
    bool class_dense_is_pooler; /* it stands among the encoder's weights */
    const char *class_dense, *class_activation, *class_out;
};

/* NULL: none of that name. */
const struct heed_architecture *heed_architecture_find(const char *model_type);
/* What people call that model_type, "RoBERTa"; NULL: none of that name. */
const char *heed_architecture_get_name(const char *model_type);
/* By the class that saved an old file; NULL: none. */
const struct heed_architecture *heed_architecture_find_class(const char *class_name);
/* "albert, bert, ...", for messages. */
const char *heed_architecture_names(void);

#endif
