#include "core/model/config.h"

#include <stdio.h>
#include <string.h>

#include "base/compiler.h"
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

/* The key of each size in a family's config.json. */
static const struct keys {
    const char *layers, *heads, *hidden, *intermediate, *activation;
} family_keys[] = {
    [HEED_FAMILY_BERT] = {"num_hidden_layers", "num_attention_heads", "hidden_size",
                          "intermediate_size", "hidden_act"},
    [HEED_FAMILY_DISTILBERT] = {"n_layers", "n_heads", "dim", "hidden_dim", "activation"},
};

static bool refuse(const char *path, const char *key, const char *value, const char *remedy,
                   struct heed_error *err)
{
    return heed_error_set(err, HEED_ERROR_UNSUPPORTED, "'%s': \"%s\" is %.100s; %s", path, key,
                          value, remedy);
}

/* Old files have no model_type; the class that saved them tells it. */
static const char *find_type(const cJSON *root)
{
    const char *type = heed_json_find_string(root, "model_type", NULL);
    if (type) {
        return type;
    }
    const cJSON *class = cJSON_GetArrayItem(heed_json_find(root, "architectures"), 0);
    const char *name = cJSON_IsString(class) ? class->valuestring : "";
    if (strncmp(name, "DistilBert", strlen("DistilBert")) == 0) {
        return "distilbert";
    }
    return strncmp(name, "Bert", strlen("Bert")) == 0 ? "bert" : NULL;
}

static bool read_family(const cJSON *root, const char *path, enum heed_model_family *family,
                        struct heed_error *err)
{
    const char *type = find_type(root);
    if (!type) {
        return heed_error_set(err, HEED_ERROR_UNSUPPORTED,
                              "'%s' has no \"model_type\": heed reads BERT and DistilBERT models",
                              path);
    }
    if (strcmp(type, "bert") == 0) {
        *family = HEED_FAMILY_BERT;
        return true;
    }
    if (strcmp(type, "distilbert") == 0) {
        *family = HEED_FAMILY_DISTILBERT;
        return true;
    }
    return refuse(path, "model_type", type, "heed reads BERT and DistilBERT models", err);
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
        return refuse(path, "quantization_config", "set", "heed reads F32, F16 and BF16 weights",
                      err);
    }
    const cJSON *pruned = heed_json_find(root, "pruned_heads");
    if (pruned && cJSON_GetArraySize(pruned) > 0) {
        return refuse(path, "pruned_heads", "not empty", "heed reads models with all their heads",
                      err);
    }
    return true;
}

static bool read_activation(const cJSON *root, const char *key, const char *path,
                            enum heed_activation *activation, struct heed_error *err)
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
        {"relu", HEED_ACTIVATION_RELU},
    };
    const char *name = heed_json_find_string(root, key, "gelu");
    for (size_t i = 0; i < HEED_COUNT(known); i++) {
        if (strcmp(known[i].name, name) == 0) {
            *activation = known[i].activation;
            return true;
        }
    }
    return refuse(path, key, name, "heed computes gelu, gelu_new and relu", err);
}

static bool read_eps(const cJSON *root, const char *path, float *eps, struct heed_error *err)
{
    const cJSON *item = heed_json_find(root, "layer_norm_eps");
    const double value = cJSON_IsNumber(item) ? item->valuedouble : 1e-12;
    if ((item && !cJSON_IsNumber(item)) || !(value > 0 && value < 1)) {
        return heed_error_set(err, HEED_ERROR_FORMAT,
                              "'%s': \"layer_norm_eps\" must be a number between 0 and 1", path);
    }
    *eps = (float)value;
    return true;
}

static bool read_sizes(const cJSON *root, const char *path, struct heed_config_file *config,
                       struct heed_error *err)
{
    const struct keys *keys = &family_keys[config->family];
    const bool has_segments = config->family == HEED_FAMILY_BERT;
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
    const struct heed_json_int segments = {"type_vocab_size", 1, MAX_SEGMENTS, 2, false};
    sizes->n_segments = 0;
    if (has_segments && !heed_json_get_int(root, segments, path, &sizes->n_segments, err)) {
        return false;
    }
    if (sizes->hidden % sizes->n_heads != 0) {
        return heed_error_set(err, HEED_ERROR_FORMAT,
                              "'%s': \"%s\" %d can't be divided by \"%s\" %d", path, keys->hidden,
                              sizes->hidden, keys->heads, sizes->n_heads);
    }
    sizes->head_dim = sizes->hidden / sizes->n_heads;
    return true;
}

static bool read_root(const cJSON *root, const char *path, struct heed_config_file *config,
                      struct heed_error *err)
{
    if (!read_family(root, path, &config->family, err) || !check_variant(root, path, err) ||
        !read_sizes(root, path, config, err) ||
        !read_activation(root, family_keys[config->family].activation, path,
                         &config->sizes.activation, err)) {
        return false;
    }
    snprintf(config->name_or_path, sizeof config->name_or_path, "%s",
             heed_json_find_string(root, "_name_or_path", ""));
    if (config->family == HEED_FAMILY_DISTILBERT) {
        config->sizes.layer_norm_eps = 1e-12f;
        return true;
    }
    return read_eps(root, path, &config->sizes.layer_norm_eps, err);
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
