#include "core/model/weights.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/checked.h"
#include "base/compiler.h"
#include "core/model/shards.h"

struct heed_weights_file {
    struct heed_shards shards;
    struct heed_arena arena; /* layers, and what had to be copied */
};

enum { MAX_NAME = 256 };

/* Where a family keeps each weight, without prefix and ".weight". */
struct layout {
    const char *prefixes[3]; /* tried in this order */
    const char *layer;
    const char *query, *key, *value, *attention_output, *attention_norm;
    const char *inner, *outer, *output_norm;
    const char *mlm_transform, *mlm_norm, *mlm_decoder, *mlm_bias;
};

static const struct layout layouts[] = {
    [HEED_FAMILY_BERT] =
        {
            .prefixes = {"", "bert.", "model."},
            .layer = "encoder.layer.",
            .query = "attention.self.query",
            .key = "attention.self.key",
            .value = "attention.self.value",
            .attention_output = "attention.output.dense",
            .attention_norm = "attention.output.LayerNorm",
            .inner = "intermediate.dense",
            .outer = "output.dense",
            .output_norm = "output.LayerNorm",
            .mlm_transform = "cls.predictions.transform.dense",
            .mlm_norm = "cls.predictions.transform.LayerNorm",
            .mlm_decoder = "cls.predictions.decoder",
            .mlm_bias = "cls.predictions.bias",
        },
    [HEED_FAMILY_DISTILBERT] =
        {
            .prefixes = {"", "distilbert.", "model."},
            .layer = "transformer.layer.",
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
        },
};

struct binder {
    struct heed_weights_file *file;
    const struct layout *layout;
    const struct heed_model_config *sizes;
    const char *prefix;
};

/* rows 0: a vector of `columns` values. */
struct wanted {
    const char *name;
    size_t rows, columns;
};

/* In place where the file has aligned float32, else a copy. */
static bool read_values(struct binder *binder, const struct heed_tensor_info *info,
                        const char *path, size_t count, const float **values,
                        struct heed_error *err)
{
    if (info->dtype == HEED_DTYPE_OTHER) {
        return heed_error_set(err, HEED_ERROR_UNSUPPORTED,
                              "'%s', tensor '%s' is of type %.20s: heed reads F32, F16 and BF16",
                              path, info->name, info->dtype_name);
    }
    if (info->dtype == HEED_DTYPE_F32 && (uintptr_t)info->data % sizeof(float) == 0) {
        *values = (const float *)(const void *)info->data;
        return true;
    }
    float *copy = heed_arena_alloc(&binder->file->arena, count * sizeof *copy);
    if (!copy) {
        return heed_error_set(err, HEED_ERROR_MEMORY, "no memory left for '%s', tensor '%s'", path,
                              info->name);
    }
    heed_tensor_read(info, 0, count, copy);
    *values = copy;
    return true;
}

static void print_shape(char *text, size_t size, const size_t *shape, int rank)
{
    size_t used = 0;
    text[0] = '\0';
    for (int i = 0; i < rank && used + 1 < size; i++) {
        int length = snprintf(text + used, size - used, "%s%zu", i > 0 ? ", " : "", shape[i]);
        used += length > 0 ? (size_t)length : 0;
    }
}

static bool check_shape(const struct heed_tensor_info *info, const char *path,
                        const struct wanted *wanted, struct heed_error *err)
{
    const size_t shape[2] = {wanted->rows > 0 ? wanted->rows : wanted->columns, wanted->columns};
    const int rank = wanted->rows > 0 ? 2 : 1;
    bool fits = info->rank == rank;
    for (int i = 0; fits && i < rank; i++) {
        fits = info->shape[i] == shape[i];
    }
    if (fits) {
        return true;
    }
    char has[200];
    char needs[64];
    print_shape(has, sizeof has, info->shape, info->rank);
    print_shape(needs, sizeof needs, shape, rank);
    return heed_error_set(err, HEED_ERROR_FORMAT,
                          "'%s', tensor '%s' has the shape [%s], but config.json asks for [%s]: "
                          "the two files don't belong together",
                          path, info->name, has, needs);
}

static const struct heed_tensor_info *find(const struct binder *binder, const char *name,
                                           const char **path)
{
    return heed_shards_find(&binder->file->shards, name, path);
}

/* Binds name, or other (an older name; may be NULL). */
static bool bind(struct binder *binder, const struct wanted *wanted, const char *other,
                 const float **values, struct heed_error *err)
{
    const char *path = NULL;
    const struct heed_tensor_info *info = find(binder, wanted->name, &path);
    if (!info && other) {
        info = find(binder, other, &path);
    }
    if (!info) {
        return heed_error_set(err, HEED_ERROR_FORMAT,
                              "'%s' has no tensor '%s', which config.json asks for: the two files "
                              "don't belong together",
                              heed_shards_get_path(&binder->file->shards), wanted->name);
    }
    const size_t rows = wanted->rows > 0 ? wanted->rows : 1;
    return check_shape(info, path, wanted, err) &&
           read_values(binder, info, path, rows * wanted->columns, values, err);
}

static bool bind_linear(struct binder *binder, const char *stem, int out, int in,
                        struct heed_linear_weights *linear, struct heed_error *err)
{
    char weight[MAX_NAME];
    char bias[MAX_NAME];
    snprintf(weight, sizeof weight, "%s.weight", stem);
    snprintf(bias, sizeof bias, "%s.bias", stem);
    const struct wanted matrix = {weight, (size_t)out, (size_t)in};
    const struct wanted vector = {bias, 0, (size_t)out};
    return bind(binder, &matrix, NULL, &linear->weight, err) &&
           bind(binder, &vector, NULL, &linear->bias, err);
}

static bool bind_norm(struct binder *binder, const char *stem, struct heed_norm_weights *norm,
                      struct heed_error *err)
{
    char names[4][MAX_NAME];
    static const char *const endings[] = {"weight", "gamma", "bias", "beta"};
    for (size_t i = 0; i < HEED_COUNT(endings); i++) {
        snprintf(names[i], MAX_NAME, "%s.%s", stem, endings[i]);
    }
    const size_t hidden = (size_t)binder->sizes->hidden;
    const struct wanted gamma = {names[0], 0, hidden};
    const struct wanted beta = {names[2], 0, hidden};
    return bind(binder, &gamma, names[1], &norm->gamma, err) &&
           bind(binder, &beta, names[3], &norm->beta, err);
}

static bool bind_layer(struct binder *binder, int index, struct heed_layer_weights *layer,
                       struct heed_error *err)
{
    const struct layout *layout = binder->layout;
    const int hidden = binder->sizes->hidden;
    const int inside = binder->sizes->intermediate;
    const struct {
        const char *stem;
        int out, in;
        struct heed_linear_weights *linear;
        struct heed_norm_weights *norm;
    } parts[] = {
        {layout->query, hidden, hidden, &layer->query, NULL},
        {layout->key, hidden, hidden, &layer->key, NULL},
        {layout->value, hidden, hidden, &layer->value, NULL},
        {layout->attention_output, hidden, hidden, &layer->attention_output, NULL},
        {layout->attention_norm, 0, 0, NULL, &layer->attention_norm},
        {layout->inner, inside, hidden, &layer->inner, NULL},
        {layout->outer, hidden, inside, &layer->outer, NULL},
        {layout->output_norm, 0, 0, NULL, &layer->output_norm},
    };
    for (size_t i = 0; i < HEED_COUNT(parts); i++) {
        char stem[MAX_NAME];
        snprintf(stem, sizeof stem, "%s%s%d.%s", binder->prefix, layout->layer, index,
                 parts[i].stem);
        const bool ok = parts[i].linear ? bind_linear(binder, stem, parts[i].out, parts[i].in,
                                                      parts[i].linear, err)
                                        : bind_norm(binder, stem, parts[i].norm, err);
        if (!ok) {
            return false;
        }
    }
    return true;
}

static bool bind_layers(struct binder *binder, struct heed_model_weights *weights,
                        struct heed_error *err)
{
    struct heed_layer_weights *layers =
        heed_arena_zeroed(&binder->file->arena, (size_t)binder->sizes->n_layers, sizeof *layers);
    if (!layers) {
        return heed_error_set(err, HEED_ERROR_MEMORY, "no memory left to open a model");
    }
    for (int i = 0; i < binder->sizes->n_layers; i++) {
        if (!bind_layer(binder, i, &layers[i], err)) {
            return false;
        }
    }
    weights->layers = layers;
    return true;
}

static bool bind_table(struct binder *binder, const char *stem, int rows, const float **values,
                       struct heed_error *err)
{
    char name[MAX_NAME];
    snprintf(name, sizeof name, "%sembeddings.%s.weight", binder->prefix, stem);
    const struct wanted wanted = {name, (size_t)rows, (size_t)binder->sizes->hidden};
    return bind(binder, &wanted, NULL, values, err);
}

static bool bind_embeddings(struct binder *binder, struct heed_model_weights *weights,
                            struct heed_error *err)
{
    const struct heed_model_config *sizes = binder->sizes;
    char norm[MAX_NAME];
    snprintf(norm, sizeof norm, "%sembeddings.LayerNorm", binder->prefix);
    return bind_table(binder, "word_embeddings", sizes->vocab_size, &weights->word_embeddings,
                      err) &&
           bind_table(binder, "position_embeddings", sizes->max_positions,
                      &weights->position_embeddings, err) &&
           (sizes->n_segments == 0 || bind_table(binder, "token_type_embeddings", sizes->n_segments,
                                                 &weights->segment_embeddings, err)) &&
           bind_norm(binder, norm, &weights->embedding_norm, err);
}

/* The decoder's matrix is the word embeddings, unless the file has its own. */
static bool bind_decoder(struct binder *binder, struct heed_model_weights *weights,
                         struct heed_error *err)
{
    const struct layout *layout = binder->layout;
    const size_t vocab = (size_t)binder->sizes->vocab_size;
    char weight[MAX_NAME];
    char bias[MAX_NAME];
    snprintf(weight, sizeof weight, "%s.weight", layout->mlm_decoder);
    snprintf(bias, sizeof bias, "%s.bias", layout->mlm_decoder);
    const struct wanted matrix = {weight, vocab, (size_t)binder->sizes->hidden};
    const struct wanted vector = {layout->mlm_bias, 0, vocab};
    struct heed_linear_weights *decoder = &weights->mlm.decoder;
    decoder->weight = weights->word_embeddings;
    if (find(binder, weight, NULL) && !bind(binder, &matrix, NULL, &decoder->weight, err)) {
        return false;
    }
    return bind(binder, &vector, bias, &decoder->bias, err);
}

static bool bind_mlm(struct binder *binder, struct heed_model_weights *weights,
                     struct heed_error *err)
{
    const struct layout *layout = binder->layout;
    const int hidden = binder->sizes->hidden;
    char first[MAX_NAME];
    snprintf(first, sizeof first, "%s.weight", layout->mlm_transform);
    if (!find(binder, first, NULL)) {
        return true;
    }
    weights->has_mlm_head = true;
    return bind_linear(binder, layout->mlm_transform, hidden, hidden, &weights->mlm.transform,
                       err) &&
           bind_norm(binder, layout->mlm_norm, &weights->mlm.norm, err) &&
           bind_decoder(binder, weights, err);
}

/* The prefix under which the word embeddings are found; "" if nowhere, so
 * that the message about them names the plain name. */
static const char *find_prefix(const struct binder *binder)
{
    for (size_t i = 0; i < HEED_COUNT(binder->layout->prefixes); i++) {
        char name[MAX_NAME];
        snprintf(name, sizeof name, "%sembeddings.word_embeddings.weight",
                 binder->layout->prefixes[i]);
        if (find(binder, name, NULL)) {
            return binder->layout->prefixes[i];
        }
    }
    return "";
}

bool heed_weights_open(struct heed_weights_file **file, const char *folder,
                       const struct heed_config_file *config, struct heed_model_weights *weights,
                       struct heed_error *err)
{
    struct heed_model_weights bound = {0};
    struct binder binder = {.layout = &layouts[config->family],
                            .sizes = &config->sizes,
                            .file = calloc(1, sizeof *binder.file)};
    if (!binder.file) {
        return heed_error_set(err, HEED_ERROR_MEMORY, "no memory left to open '%s'", folder);
    }
    bool ok = heed_shards_open(&binder.file->shards, folder, err);
    if (ok) {
        binder.prefix = find_prefix(&binder);
        ok = bind_embeddings(&binder, &bound, err) && bind_layers(&binder, &bound, err) &&
             bind_mlm(&binder, &bound, err);
    }
    if (!ok) {
        heed_weights_destroy(binder.file);
        return false;
    }
    *file = binder.file;
    *weights = bound;
    return true;
}

void heed_weights_destroy(struct heed_weights_file *file)
{
    if (file) {
        heed_shards_finish(&file->shards);
        heed_arena_finish(&file->arena);
        free(file);
    }
}

bool heed_weights_hash(const struct heed_weights_file *file, char hex[65], struct heed_error *err)
{
    return heed_shards_hash(&file->shards, hex, err);
}

bool heed_weights_check(const struct heed_weights_file *file, struct heed_error *err)
{
    return heed_shards_check(&file->shards, err);
}

void heed_weights_drop_pages(const struct heed_weights_file *file)
{
    heed_shards_drop_pages(&file->shards);
}
