#include "core/model/architecture.h"

#include <stddef.h>
#include <string.h>

#include "base/compiler.h"

/* What many have in common. */
#define USUAL_KEYS                                                                                 \
    {                                                                                              \
        "num_hidden_layers", "num_attention_heads", "hidden_size", "intermediate_size",            \
            "hidden_act"                                                                           \
    }
#define BERT_LAYER                                                                                 \
    .layer = "encoder.layer.%d.", .query = "attention.self.query", .key = "attention.self.key",    \
    .value = "attention.self.value", .attention_output = "attention.output.dense",                 \
    .attention_norm = "attention.output.LayerNorm", .inner = "intermediate.dense",                 \
    .outer = "output.dense", .output_norm = "output.LayerNorm"
#define ROBERTA_HEAD                                                                               \
    .mlm_activation = "gelu", .mlm_transform = "lm_head.dense", .mlm_norm = "lm_head.layer_norm",  \
    .mlm_decoder = "lm_head.decoder", .mlm_bias = "lm_head.bias"

#define POOLED_CLASSES(dense)                                                                      \
    .class_dense_is_pooler = true, .class_dense = (dense), .class_activation = "tanh",             \
    .class_out = "classifier"
#define OWN_CLASSES(activation)                                                                    \
    .class_dense = "classifier.dense", .class_activation = (activation),                           \
    .class_out = "classifier.out_proj"

static const struct heed_architecture rows[] = {
    {.types = {"bert", "ernie"},
     .names = {"BERT", "ERNIE"},
     .classes = {"Bert", "Ernie"},
     .keys = USUAL_KEYS,
     .activation = "gelu",
     .has_segments = true,
     BERT_LAYER,
     .mlm_transform = "cls.predictions.transform.dense",
     .mlm_norm = "cls.predictions.transform.LayerNorm",
     .mlm_decoder = "cls.predictions.decoder",
     .mlm_bias = "cls.predictions.bias",
     POOLED_CLASSES("pooler.dense")},
    {.types = {"distilbert"},
     .names = {"DistilBERT"},
     .classes = {"DistilBert"},
     .keys = {"n_layers", "n_heads", "dim", "hidden_dim", "activation"},
     .activation = "gelu",
     .fixed_eps = 1e-12f,
     .layer = "transformer.layer.%d.",
     .query = "attention.q_lin",
     .key = "attention.k_lin",
     .value = "attention.v_lin",
     .attention_output = "attention.out_lin",
     .attention_norm = "sa_layer_norm",
     .inner = "ffn.lin1",
     .outer = "ffn.lin2",
     .output_norm = "output_layer_norm",
     .mlm_transform = "vocab_transform",
     .mlm_norm = "vocab_layer_norm",
     .mlm_decoder = "vocab_projector",
     .mlm_bias = "vocab_projector.bias",
     .class_dense = "pre_classifier",
     .class_activation = "relu",
     .class_out = "classifier"},
    {.types = {"roberta", "xlm-roberta", "camembert", "data2vec-text"},
     .names = {"RoBERTa", "XLM-R", "CamemBERT", "data2vec"},
     .classes = {"Roberta", "XLMRoberta", "Camembert", "Data2VecText"},
     .keys = USUAL_KEYS,
     .activation = "gelu",
     .has_segments = true,
     .counts_from_padding = true,
     BERT_LAYER,
     ROBERTA_HEAD,
     OWN_CLASSES("tanh")},
    {.types = {"mpnet"},
     .names = {"MPNet"},
     .classes = {"MPNet"},
     .keys = USUAL_KEYS,
     .activation = "gelu",
     .counts_from_padding = true,
     .fixed_padding = 1,
     .has_relative_bias = true,
     .layer = "encoder.layer.%d.",
     .query = "attention.attn.q",
     .key = "attention.attn.k",
     .value = "attention.attn.v",
     .attention_output = "attention.attn.o",
     .attention_norm = "attention.LayerNorm",
     .inner = "intermediate.dense",
     .outer = "output.dense",
     .output_norm = "output.LayerNorm",
     .relative_bias = "encoder.relative_attention_bias",
     ROBERTA_HEAD,
     OWN_CLASSES("tanh")},
    {.types = {"electra"},
     .names = {"ELECTRA"},
     .classes = {"Electra"},
     .keys = USUAL_KEYS,
     .activation = "gelu",
     .has_segments = true,
     .has_projection = true,
     .projection = "embeddings_project",
     BERT_LAYER,
     .mlm_activation = "gelu",
     .mlm_transform = "generator_predictions.dense",
     .mlm_norm = "generator_predictions.LayerNorm",
     .mlm_decoder = "generator_lm_head",
     .mlm_bias = "generator_lm_head.bias",
     OWN_CLASSES("gelu")},
    {.types = {"albert"},
     .names = {"ALBERT"},
     .classes = {"Albert"},
     .keys = USUAL_KEYS,
     .activation = "gelu_new",
     .has_segments = true,
     .has_projection = true,
     .has_groups = true,
     .projection = "encoder.embedding_hidden_mapping_in",
     .layer = "encoder.albert_layer_groups.%d.albert_layers.0.",
     .query = "attention.query",
     .key = "attention.key",
     .value = "attention.value",
     .attention_output = "attention.dense",
     .attention_norm = "attention.LayerNorm",
     .inner = "ffn",
     .outer = "ffn_output",
     .output_norm = "full_layer_layer_norm",
     .mlm_transform = "predictions.dense",
     .mlm_norm = "predictions.LayerNorm",
     .mlm_decoder = "predictions.decoder",
     .mlm_bias = "predictions.bias",
     POOLED_CLASSES("pooler")},
};

const struct heed_architecture *heed_architecture_find(const char *model_type)
{
    for (size_t i = 0; i < HEED_COUNT(rows); i++) {
        for (size_t k = 0; k < HEED_MODEL_TYPES && rows[i].types[k]; k++) {
            if (strcmp(rows[i].types[k], model_type) == 0) {
                return &rows[i];
            }
        }
    }
    return NULL;
}

const char *heed_architecture_get_name(const char *model_type)
{
    const struct heed_architecture *row = heed_architecture_find(model_type);
    for (size_t k = 0; row && row->types[k]; k++) {
        if (strcmp(row->types[k], model_type) == 0) {
            return row->names[k];
        }
    }
    return NULL;
}

const struct heed_architecture *heed_architecture_find_class(const char *class_name)
{
    for (size_t i = 0; i < HEED_COUNT(rows); i++) {
        for (size_t k = 0; k < HEED_MODEL_TYPES && rows[i].classes[k]; k++) {
            if (strncmp(class_name, rows[i].classes[k], strlen(rows[i].classes[k])) == 0) {
                return &rows[i];
            }
        }
    }
    return NULL;
}

const char *heed_architecture_names(void)
{
    return "albert, bert, camembert, data2vec-text, distilbert, electra, ernie, mpnet, roberta and "
           "xlm-roberta";
}
