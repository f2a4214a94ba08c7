/*
 * config.json of a model folder: the sizes, and which of the layouts that
 * heed knows the weights follow. What heed can't compute exactly is refused
 * here. Any thread.
 */
#ifndef HEED_CORE_MODEL_CONFIG_H
#define HEED_CORE_MODEL_CONFIG_H

#include <stdbool.h>

#include "base/error.h"
#include "core/model/architecture.h"
#include "core/model/model.h"

struct heed_config_file {
    const struct heed_architecture *architecture;
    bool has_task_ids; /* each token gets the first task embedding (ERNIE) */
    bool ties_words;   /* the head's matrix is the word embeddings, unless the file has one */
    struct heed_model_config sizes;
    char model_type[32];    /* a word of the architecture's types */
    char note[256];         /* what may be otherwise than config.json wants; empty: nothing */
    char name_or_path[256]; /* "_name_or_path"; empty if there is none */
};

/* Of the class of transformers that saved it, "BertForTokenClassification". */
enum heed_class_kind heed_config_class_kind(const char *class_name);
HEED_NODISCARD bool heed_config_read(struct heed_config_file *config, const char *path,
                                     struct heed_error *err);

#endif
