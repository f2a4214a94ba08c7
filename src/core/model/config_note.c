#include "core/model/config_note.h"

#include <stdio.h>
#include <string.h>

#include "base/compiler.h"

/* What the configurations of these architectures have in transformers, now or once. */
static const char *const known[] = {
    "_commit_hash",
    "_name_or_path",
    "_num_labels",
    "activation",
    "add_cross_attention",
    "architectures",
    "attention_dropout",
    "attention_probs_dropout_prob",
    "auto_map",
    "bos_token_id",
    "chunk_size_feed_forward",
    "classifier_dropout",
    "classifier_dropout_prob",
    "dim",
    "directionality",
    "down_scale_factor",
    "dropout",
    "dtype",
    "embedding_size",
    "eos_token_id",
    "finetuning_task",
    "gap_size",
    "generator_hidden_size",
    "gradient_checkpointing",
    "hidden_act",
    "hidden_dim",
    "hidden_dropout_prob",
    "hidden_size",
    "id2label",
    "initializer_range",
    "inner_group_num",
    "intermediate_size",
    "is_decoder",
    "is_encoder_decoder",
    "label2id",
    "layer_norm_eps",
    "max_position_embeddings",
    "model_type",
    "n_heads",
    "n_layers",
    "net_structure_type",
    "num_attention_heads",
    "num_hidden_groups",
    "num_hidden_layers",
    "num_memory_blocks",
    "output_attentions",
    "output_hidden_states",
    "output_past",
    "pad_token_id",
    "pooler_fc_size",
    "pooler_num_attention_heads",
    "pooler_num_fc_layers",
    "pooler_size_per_head",
    "pooler_type",
    "position_embedding_type",
    "problem_type",
    "pruned_heads",
    "qa_dropout",
    "relative_attention_num_buckets",
    "return_dict",
    "seq_classif_dropout",
    "sentence_transformers",
    "sinusoidal_pos_embds",
    "summary_activation",
    "summary_last_dropout",
    "summary_type",
    "summary_use_proj",
    "task_type_vocab_size",
    "tie_weights_",
    "tie_word_embeddings",
    "torch_dtype",
    "transformers_version",
    "type_vocab_size",
    "use_cache",
    "use_task_id",
    "vocab_size",
};

static bool is_known(const char *key)
{
    for (size_t i = 0; i < HEED_COUNT(known); i++) {
        if (strcmp(known[i], key) == 0) {
            return true;
        }
    }
    return false;
}

void heed_config_note(const cJSON *root, char *note, size_t size)
{
    char keys[140] = "";
    note[0] = '\0';
    if (!heed_json_find(root, "auto_map")) {
        return;
    }
    for (const cJSON *item = root->child; item; item = item->next) {
        const size_t used = strlen(keys);
        if (!is_known(item->string) && used + 2 < sizeof keys) {
            snprintf(keys + used, sizeof keys - used, "%s%.40s", used > 0 ? ", " : "",
                     item->string);
        }
    }
    if (keys[0] != '\0') {
        snprintf(note, size,
                 "config.json asks for code of its own (auto_map), with %s: heed computes as its "
                 "model_type does",
                 keys);
    }
}

static int find_size(const cJSON *root, const char *const names[4])
{
    for (int i = 0; i < 4; i++) {
        const cJSON *item = heed_json_find(root, names[i]);
        if (cJSON_IsNumber(item) && item->valuedouble > 0 && item->valuedouble < 1e6) {
            return (int)item->valuedouble;
        }
    }
    return 0;
}

bool heed_config_glimpse(struct heed_config_glimpse *glimpse, const char *path)
{
    enum { MAX_FILE = 4 * 1024 * 1024 };
    static const char *const layers[4] = {"num_hidden_layers", "n_layers", "n_layer", "num_layers"};
    static const char *const heads[4] = {"num_attention_heads", "n_heads", "n_head", "num_heads"};
    cJSON *root = NULL;
    if (!heed_json_read(&root, path, MAX_FILE, NULL)) {
        return false;
    }
    const cJSON *class = cJSON_GetArrayItem(heed_json_find(root, "architectures"), 0);
    snprintf(glimpse->model_type, sizeof glimpse->model_type, "%s",
             heed_json_find_string(root, "model_type", ""));
    snprintf(glimpse->class_name, sizeof glimpse->class_name, "%s",
             cJSON_IsString(class) ? class->valuestring : "");
    glimpse->n_layers = find_size(root, layers);
    glimpse->n_heads = find_size(root, heads);
    cJSON_Delete(root);
    return true;
}
