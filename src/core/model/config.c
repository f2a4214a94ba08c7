#include "core/model/config.h"

#include <stdio.h>
#include <string.h>

#include "base/compiler.h"
#include "core/model/config_note.h"
#include "core/model/json.h"

/* Sizes beyond these are a broken file, not a model. */
enum {
    MAX_FILE = 4 * 1024 * 1024,
    MAX_LAYERS = 256,
    MAX_HEADS = 256,
    MAX_HIDDEN = 32768,
    MAX_INTERMEDIATE = 262144,
    MAX_VOCAB = 16777216,
    MAX_POSITIONS = 1048576,
    MAX_SEGMENTS = 256,
};

static bool refuse(const char *path, const char *key, const char *value, const char *remedy,
                   struct heed_error *err)
{
    return heed_error_set(err, HEED_ERROR_UNSUPPORTED, "'%s': \"%s\" is %.100s; %s", path, key,
                          value, remedy);
}

/* Old files have no model_type; the class that saved them tells it. */
static bool read_architecture(const cJSON *root, const char *path,
                              const struct heed_architecture **architecture, struct heed_error *err)
{
    const char *type = heed_json_find_string(root, "model_type", NULL);
    const cJSON *class = cJSON_GetArrayItem(heed_json_find(root, "architectures"), 0);
    *architecture = type                    ? heed_architecture_find(type)
                    : cJSON_IsString(class) ? heed_architecture_find_class(class->valuestring)
                                            : NULL;
    if (*architecture) {
        return true;
    }
    char remedy[200];
    snprintf(remedy, sizeof remedy, "heed reads %s", heed_architecture_names());
    return type ? refuse(path, "model_type", type, remedy, err)
                : heed_error_set(err, HEED_ERROR_UNSUPPORTED, "'%s' has no \"model_type\": %s",
                                 path, remedy);
}

/* What would change the computation in a way that heed doesn't follow. */
static bool check_variant(const cJSON *root, const char *path, struct heed_error *err)
{
    const char *encoder = "heed reads encoders only";
    const char *positions = heed_json_find_string(root, "position_embedding_type", "absolute");
    if (strcmp(positions, "absolute") != 0) {
        return refuse(path, "position_embedding_type", positions,
                      "heed reads absolute positions only", err);
    }
    if (heed_json_find_bool(root, "is_decoder", false)) {
        return refuse(path, "is_decoder", "true", encoder, err);
    }
    if (heed_json_find_bool(root, "add_cross_attention", false)) {
        return refuse(path, "add_cross_attention", "true", encoder, err);
    }
    if (heed_json_find(root, "quantization_config")) {
        return refuse(path, "quantization_config", "set",
                      "heed reads F64, F32, F16 and BF16 weights", err);
    }
    const cJSON *pruned = heed_json_find(root, "pruned_heads");
    if (pruned && cJSON_GetArraySize(pruned) > 0) {
        return refuse(path, "pruned_heads", "not empty", "heed reads models with all their heads",
                      err);
    }
    return true;
}

static bool find_activation(const char *name, enum heed_activation *activation)
{
    static const struct {
        const char *name;
        enum heed_activation activation;
    } known[] = {
        {"gelu", HEED_ACTIVATION_GELU},
        {"gelu_python", HEED_ACTIVATION_GELU},
        {"gelu_new", HEED_ACTIVATION_GELU_TANH},
        {"gelu_fast", HEED_ACTIVATION_GELU_TANH},
        {"gelu_pytorch_tanh", HEED_ACTIVATION_GELU_TANH},
        {"gelu_accurate", HEED_ACTIVATION_GELU_TANH},
        {"gelu_10", HEED_ACTIVATION_GELU_10},
        {"quick_gelu", HEED_ACTIVATION_QUICK_GELU},
        {"silu", HEED_ACTIVATION_SILU},
        {"swish", HEED_ACTIVATION_SILU},
        {"mish", HEED_ACTIVATION_MISH},
        {"tanh", HEED_ACTIVATION_TANH},
        {"relu", HEED_ACTIVATION_RELU},
    };
    for (size_t i = 0; i < HEED_COUNT(known); i++) {
        if (strcmp(known[i].name, name) == 0) {
            *activation = known[i].activation;
            return true;
        }
    }
    return false;
}

static bool read_activation(const cJSON *root, const char *path, struct heed_config_file *config,
                            struct heed_error *err)
{
    const struct heed_architecture *architecture = config->architecture;
    const char *key = architecture->keys.activation;
    const char *name = heed_json_find_string(root, key, architecture->activation);
    const char *head = architecture->mlm_activation ? architecture->mlm_activation : name;
    return (find_activation(name, &config->sizes.activation) &&
            find_activation(head, &config->sizes.mlm_activation)) ||
           refuse(path, key, name, "heed computes gelu and its kin, silu, mish, tanh and relu",
                  err);
}

static bool read_eps(const cJSON *root, const char *path, float *eps, struct heed_error *err)
{
    const cJSON *item = heed_json_find(root, "layer_norm_eps");
    const double value = cJSON_IsNumber(item) ? item->valuedouble : 1e-12;
    if ((item && !cJSON_IsNumber(item)) || !(value >= 0 && value < 1)) {
        return heed_error_set(err, HEED_ERROR_FORMAT,
                              "'%s': \"layer_norm_eps\" must be a number from 0 to 1", path);
    }
    *eps = (float)value;
    return true;
}

static bool read_sizes(const cJSON *root, const char *path, struct heed_config_file *config,
                       struct heed_error *err)
{
    const struct heed_config_keys *keys = &config->architecture->keys;
    struct heed_model_config *sizes = &config->sizes;
    const struct {
        struct heed_json_int what;
        int *value;
    } fields[] = {
        {{keys->layers, 1, MAX_LAYERS, 0, true}, &sizes->n_layers},
        {{keys->heads, 1, MAX_HEADS, 0, true}, &sizes->n_heads},
        {{keys->hidden, 1, MAX_HIDDEN, 0, true}, &sizes->hidden},
        {{keys->intermediate, 1, MAX_INTERMEDIATE, 0, true}, &sizes->intermediate},
        {{"vocab_size", 1, MAX_VOCAB, 0, true}, &sizes->vocab_size},
        {{"max_position_embeddings", 1, MAX_POSITIONS, 512, false}, &sizes->max_positions},
    };
    for (size_t i = 0; i < HEED_COUNT(fields); i++) {
        if (!heed_json_get_int(root, fields[i].what, path, fields[i].value, err)) {
            return false;
        }
    }
    if (sizes->hidden % sizes->n_heads != 0) {
        return heed_error_set(err, HEED_ERROR_FORMAT,
                              "'%s': \"%s\" %d can't be divided by \"%s\" %d", path, keys->hidden,
                              sizes->hidden, keys->heads, sizes->n_heads);
    }
    sizes->head_dim = sizes->hidden / sizes->n_heads;
    return true;
}

/* What only some architectures have, by what their rows say. */
static bool read_own(const cJSON *root, const char *path, struct heed_config_file *config,
                     struct heed_error *err)
{
    enum { USUAL_EMBEDDING = 128, LEAST_BUCKETS = 32 };
    const struct heed_architecture *architecture = config->architecture;
    struct heed_model_config *sizes = &config->sizes;
    const struct {
        bool wanted;
        struct heed_json_int what;
        int *value;
        int otherwise;
    } fields[] = {
        {architecture->has_segments,
         {"type_vocab_size", 1, MAX_SEGMENTS, 2, false},
         &sizes->n_segments,
         0},
        {architecture->has_projection,
         {"embedding_size", 1, MAX_HIDDEN, USUAL_EMBEDDING, false},
         &sizes->embedding,
         sizes->hidden},
        {architecture->counts_from_padding,
         {"pad_token_id", 0, MAX_VOCAB, 1, false},
         &sizes->padding_id,
         -1},
        {architecture->has_relative_bias,
         {"relative_attention_num_buckets", LEAST_BUCKETS, MAX_POSITIONS, LEAST_BUCKETS, false},
         &sizes->n_buckets,
         0},
        {architecture->has_groups,
         {"num_hidden_groups", 1, MAX_LAYERS, 1, false},
         &sizes->n_groups,
         0},
    };
    for (size_t i = 0; i < HEED_COUNT(fields); i++) {
        *fields[i].value = fields[i].otherwise;
        if (fields[i].wanted &&
            !heed_json_get_int(root, fields[i].what, path, fields[i].value, err)) {
            return false;
        }
    }
    if (architecture->fixed_padding > 0) {
        sizes->padding_id = architecture->fixed_padding;
    }
    sizes->max_positions -= sizes->padding_id + 1;
    return sizes->max_positions > 0 ||
           heed_error_set(
               err, HEED_ERROR_FORMAT,
               "'%s': \"max_position_embeddings\" has no room behind \"pad_token_id\" %d", path,
               sizes->padding_id);
}

/* Several layers in one group of shared ones, which nobody has published. */
static bool check_groups(const cJSON *root, const char *path, struct heed_error *err)
{
    const struct heed_json_int what = {"inner_group_num", 1, MAX_LAYERS, 1, false};
    int inner = 1;
    if (!heed_json_get_int(root, what, path, &inner, err)) {
        return false;
    }
    return inner == 1 ||
           refuse(path, "inner_group_num", "not 1", "heed reads one layer a group", err);
}

enum heed_class_kind heed_config_class_kind(const char *class_name)
{
    return strstr(class_name, "ForSequenceClassification") ? HEED_CLASSES_OF_TEXT
           : strstr(class_name, "ForTokenClassification")  ? HEED_CLASSES_OF_TOKENS
                                                           : HEED_CLASSES_NONE;
}

/* The class of transformers that the folder was saved from tells of its head; how its
 * numbers become scores is what that library's pipelines take. */
static bool read_classes(const cJSON *root, const char *path, struct heed_config_file *config,
                         struct heed_error *err)
{
    enum { MAX_CLASSES = 65536, USUAL_CLASSES = 2 };
    struct heed_model_config *sizes = &config->sizes;
    const cJSON *first = cJSON_GetArrayItem(heed_json_find(root, "architectures"), 0);
    const char *class = cJSON_IsString(first) ? first->valuestring : "";
    const char *problem = heed_json_find_string(root, "problem_type", "");
    sizes->class_kind = heed_config_class_kind(class);
    if (sizes->class_kind == HEED_CLASSES_NONE) {
        return true;
    }
    const struct heed_json_int what = {"num_labels", 1, MAX_CLASSES, USUAL_CLASSES, false};
    const cJSON *names = heed_json_find(root, "id2label");
    if (!heed_json_get_int(root, what, path, &sizes->n_classes, err)) {
        return false;
    }
    if (cJSON_IsObject(names)) {
        sizes->n_classes = cJSON_GetArraySize(names);
    }
    if (sizes->n_classes < 1 || sizes->n_classes > MAX_CLASSES) {
        return heed_error_set(err, HEED_ERROR_FORMAT,
                              "'%s': \"id2label\" must name 1 to %d classes", path, MAX_CLASSES);
    }
    if (sizes->class_kind == HEED_CLASSES_OF_TEXT) {
        sizes->class_scores =
            strcmp(problem, "regression") == 0 ? HEED_SCORES_PLAIN
            : strcmp(problem, "multi_label_classification") == 0 || sizes->n_classes == 1
                ? HEED_SCORES_SIGMOID
                : HEED_SCORES_SOFTMAX;
    }
    return find_activation(config->architecture->class_activation, &sizes->class_activation) ||
           heed_error_set(err, HEED_ERROR_UNSUPPORTED, "'%s' has a head that heed doesn't know",
                          path);
}

static bool read_root(const cJSON *root, const char *path, struct heed_config_file *config,
                      struct heed_error *err)
{
    if (!read_architecture(root, path, &config->architecture, err) ||
        !check_variant(root, path, err) || !read_sizes(root, path, config, err) ||
        !read_own(root, path, config, err) || !read_activation(root, path, config, err) ||
        !read_classes(root, path, config, err) ||
        (config->architecture->has_groups && !check_groups(root, path, err))) {
        return false;
    }
    snprintf(config->model_type, sizeof config->model_type, "%s",
             heed_json_find_string(root, "model_type", config->architecture->types[0]));
    heed_config_note(root, config->note, sizeof config->note);
    snprintf(config->name_or_path, sizeof config->name_or_path, "%s",
             heed_json_find_string(root, "_name_or_path", ""));
    config->has_task_ids = heed_json_find_bool(root, "use_task_id", false) &&
                           strcmp(heed_json_find_string(root, "model_type", ""), "ernie") == 0;
    config->ties_words = heed_json_find_bool(root, "tie_word_embeddings", true);
    config->sizes.layer_norm_eps = config->architecture->fixed_eps;
    return config->sizes.layer_norm_eps > 0 ||
           read_eps(root, path, &config->sizes.layer_norm_eps, err);
}

bool heed_config_read(struct heed_config_file *config, const char *path, struct heed_error *err)
{
    cJSON *root = NULL;
    struct heed_config_file read = {0};
    if (!heed_json_read(&root, path, MAX_FILE, err)) {
        return false;
    }
    const bool ok = read_root(root, path, &read, err);
    cJSON_Delete(root);
    if (ok) {
        *config = read;
    }
    return ok;
}
