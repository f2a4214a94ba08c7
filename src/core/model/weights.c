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

struct binder {
    struct heed_weights_file *file;
    const struct heed_architecture *layout;
    const struct heed_config_file *config;
    const struct heed_model_config *sizes;
    char prefix[MAX_NAME / 2];       /* of the encoder */
    char head_prefix[MAX_NAME / 2];  /* of the masked-language head */
    char class_prefix[MAX_NAME / 2]; /* of the head for classes */
    bool only_looks;                 /* nothing is read */
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
        return heed_error_set(
            err, HEED_ERROR_UNSUPPORTED,
            "'%s', tensor '%s' is of type %.20s: heed reads F64, F32, F16 and BF16", path,
            info->name, info->dtype_name);
    }
    if (info->dtype == HEED_DTYPE_F32 && (uintptr_t)info->data % sizeof(float) == 0) {
        *values = (const float *)(const void *)info->data;
        return true;
    }
    if (binder->only_looks) {
        static const float none;
        *values = &none;
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

static bool bind_norm(struct binder *binder, const char *stem, int width,
                      struct heed_norm_weights *norm, struct heed_error *err)
{
    char names[4][MAX_NAME];
    static const char *const endings[] = {"weight", "gamma", "bias", "beta"};
    for (size_t i = 0; i < HEED_COUNT(endings); i++) {
        snprintf(names[i], MAX_NAME, "%s.%s", stem, endings[i]);
    }
    const struct wanted gamma = {names[0], 0, (size_t)width};
    const struct wanted beta = {names[2], 0, (size_t)width};
    return bind(binder, &gamma, names[1], &norm->gamma, err) &&
           bind(binder, &beta, names[3], &norm->beta, err);
}

/* A name in layer `number`, whose place among names the layout's %d has. */
static void print_layer(char *name, size_t size, const struct binder *binder, int number,
                        const char *stem)
{
    const char *place = strstr(binder->layout->layer, "%d");
    snprintf(name, size, "%s%.*s%d%s%s", binder->prefix, (int)(place - binder->layout->layer),
             binder->layout->layer, number, place + 2, stem);
}

static bool bind_layer(struct binder *binder, int index, struct heed_layer_weights *layer,
                       struct heed_error *err)
{
    const struct heed_architecture *layout = binder->layout;
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
        print_layer(stem, sizeof stem, binder, index, parts[i].stem);
        const bool ok = parts[i].linear ? bind_linear(binder, stem, parts[i].out, parts[i].in,
                                                      parts[i].linear, err)
                                        : bind_norm(binder, stem, hidden, parts[i].norm, err);
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
    const int n = binder->sizes->n_layers;
    const int n_groups = binder->sizes->n_groups;
    for (int i = 0; i < n; i++) {
        /* As transformers divides, in floating point. */
        const int number = n_groups > 0 ? (int)((double)i / ((double)n / n_groups)) : i;
        if (!bind_layer(binder, number, &layers[i], err)) {
            return false;
        }
    }
    weights->layers = layers;
    return true;
}

/* A matrix with this many columns. */
static bool bind_table(struct binder *binder, const char *stem, int rows, int columns,
                       const float **values, struct heed_error *err)
{
    char name[MAX_NAME];
    snprintf(name, sizeof name, "%s%s.weight", binder->prefix, stem);
    const struct wanted wanted = {name, (size_t)rows, (size_t)columns};
    return bind(binder, &wanted, NULL, values, err);
}

/* Every token is of the first task: its row is added to that of each segment. */
static bool add_task(struct binder *binder, struct heed_model_weights *weights,
                     struct heed_error *err)
{
    const size_t width = (size_t)binder->sizes->embedding;
    const size_t n = (size_t)binder->sizes->n_segments * width;
    const char *path = NULL;
    char name[MAX_NAME];
    snprintf(name, sizeof name, "%sembeddings.task_type_embeddings.weight", binder->prefix);
    const struct heed_tensor_info *info = find(binder, name, &path);
    float *sums = heed_arena_alloc(&binder->file->arena, (n + width) * sizeof *sums);
    if (!sums) {
        return heed_error_set(err, HEED_ERROR_MEMORY, "no memory left to open a model");
    }
    if (!info || info->dtype == HEED_DTYPE_OTHER || info->rank != 2 || info->shape[0] < 1 ||
        info->shape[1] != width) {
        return heed_error_set(err, HEED_ERROR_FORMAT,
                              "'%s' has no table '%s' of %zu columns, which config.json asks for: "
                              "the two files don't belong together",
                              heed_shards_get_path(&binder->file->shards), name, width);
    }
    if (binder->only_looks) {
        return true;
    }
    heed_tensor_read(info, 0, width, sums + n);
    for (size_t i = 0; i < n; i++) {
        sums[i] = weights->segment_embeddings[i] + sums[n + i % width];
    }
    weights->segment_embeddings = sums;
    return true;
}

static bool bind_embeddings(struct binder *binder, struct heed_model_weights *weights,
                            struct heed_error *err)
{
    const struct heed_model_config *sizes = binder->sizes;
    const int width = sizes->embedding;
    const int before = sizes->padding_id + 1;
    char norm[MAX_NAME];
    snprintf(norm, sizeof norm, "%sembeddings.LayerNorm", binder->prefix);
    if (!bind_table(binder, "embeddings.word_embeddings", sizes->vocab_size, width,
                    &weights->word_embeddings, err) ||
        !bind_table(binder, "embeddings.position_embeddings", before + sizes->max_positions, width,
                    &weights->position_embeddings, err) ||
        (sizes->n_segments > 0 &&
         !bind_table(binder, "embeddings.token_type_embeddings", sizes->n_segments, width,
                     &weights->segment_embeddings, err)) ||
        (binder->config->has_task_ids && !add_task(binder, weights, err))) {
        return false;
    }
    weights->position_embeddings += (size_t)before * (size_t)width;
    return bind_norm(binder, norm, width, &weights->embedding_norm, err);
}

/* What lies between the embeddings and the layers, and what all layers share. */
static bool bind_own(struct binder *binder, struct heed_model_weights *weights,
                     struct heed_error *err)
{
    const struct heed_architecture *layout = binder->layout;
    const struct heed_model_config *sizes = binder->sizes;
    char stem[MAX_NAME];
    snprintf(stem, sizeof stem, "%s%s", binder->prefix,
             layout->projection ? layout->projection : "");
    /* ALBERT maps even where the widths are the same. */
    const bool is_mapped =
        layout->has_projection && (layout->has_groups || sizes->embedding != sizes->hidden);
    return (!is_mapped || bind_linear(binder, stem, sizes->hidden, sizes->embedding,
                                      &weights->projection, err)) &&
           (sizes->n_buckets == 0 || bind_table(binder, layout->relative_bias, sizes->n_buckets,
                                                sizes->n_heads, &weights->relative_bias, err));
}

/* ---- the masked-language head ---- */

/* A name of the head, if the file has it. */
static bool has_head(const struct binder *binder, const char *stem, const char *ending, char *name)
{
    snprintf(name, MAX_NAME, "%s%s%s", binder->head_prefix, stem, ending);
    return find(binder, name, NULL) != NULL;
}

/* Its own matrix and bias where the file has them, as transformers takes them. */
static bool bind_decoder(struct binder *binder, struct heed_model_weights *weights,
                         struct heed_error *err)
{
    const struct heed_architecture *layout = binder->layout;
    const size_t vocab = (size_t)binder->sizes->vocab_size;
    char name[MAX_NAME];
    struct heed_linear_weights *decoder = &weights->mlm.decoder;
    const struct wanted matrix = {name, vocab, (size_t)binder->sizes->embedding};
    const struct wanted vector = {name, 0, vocab};
    decoder->weight = weights->word_embeddings;
    if (has_head(binder, layout->mlm_decoder, ".weight", name) &&
        !bind(binder, &matrix, NULL, &decoder->weight, err)) {
        return false;
    }
    return (!has_head(binder, layout->mlm_decoder, ".bias", name) &&
            !has_head(binder, layout->mlm_bias, "", name)) ||
           bind(binder, &vector, NULL, &decoder->bias, err);
}

/* A head that lacks a part is none: the layers don't need it. */
static bool has_whole_head(const struct binder *binder)
{
    const struct heed_architecture *layout = binder->layout;
    char name[MAX_NAME];
    return has_head(binder, layout->mlm_transform, ".weight", name) &&
           has_head(binder, layout->mlm_transform, ".bias", name) &&
           (has_head(binder, layout->mlm_norm, ".weight", name) ||
            has_head(binder, layout->mlm_norm, ".gamma", name)) &&
           (has_head(binder, layout->mlm_norm, ".bias", name) ||
            has_head(binder, layout->mlm_norm, ".beta", name)) &&
           (binder->config->ties_words || has_head(binder, layout->mlm_decoder, ".weight", name)) &&
           (has_head(binder, layout->mlm_decoder, ".bias", name) ||
            has_head(binder, layout->mlm_bias, "", name));
}

static bool bind_mlm(struct binder *binder, struct heed_model_weights *weights,
                     struct heed_error *err)
{
    const struct heed_architecture *layout = binder->layout;
    const int width = binder->sizes->embedding;
    char transform[MAX_NAME];
    char norm[MAX_NAME];
    if (!has_whole_head(binder)) {
        return true;
    }
    weights->has_mlm_head = true;
    snprintf(transform, sizeof transform, "%s%s", binder->head_prefix, layout->mlm_transform);
    snprintf(norm, sizeof norm, "%s%s", binder->head_prefix, layout->mlm_norm);
    return bind_linear(binder, transform, width, binder->sizes->hidden, &weights->mlm.transform,
                       err) &&
           bind_norm(binder, norm, width, &weights->mlm.norm, err) &&
           bind_decoder(binder, weights, err);
}

/* ---- the head for classes ---- */

/* Its last map, which every such head has. */
static const char *class_out(const struct binder *binder)
{
    return binder->sizes->class_kind == HEED_CLASSES_OF_TEXT ? binder->layout->class_out
                                                             : "classifier";
}

static bool has_linear(const struct binder *binder, const char *stem)
{
    char weight[MAX_NAME + 8];
    char bias[MAX_NAME + 8];
    snprintf(weight, sizeof weight, "%s.weight", stem);
    snprintf(bias, sizeof bias, "%s.bias", stem);
    return find(binder, weight, NULL) && find(binder, bias, NULL);
}

/* As of the masked-language head: one that lacks a part is none. */
static bool bind_classes(struct binder *binder, struct heed_model_weights *weights,
                         struct heed_error *err)
{
    const struct heed_architecture *layout = binder->layout;
    const struct heed_model_config *sizes = binder->sizes;
    const bool has_dense = sizes->class_kind == HEED_CLASSES_OF_TEXT;
    char dense[MAX_NAME];
    char out[MAX_NAME];
    snprintf(dense, sizeof dense, "%s%s",
             layout->class_dense_is_pooler ? binder->prefix : binder->class_prefix,
             layout->class_dense);
    snprintf(out, sizeof out, "%s%s", binder->class_prefix, class_out(binder));
    if (sizes->class_kind == HEED_CLASSES_NONE || !has_linear(binder, out) ||
        (has_dense && !has_linear(binder, dense))) {
        return true;
    }
    return (!has_dense || bind_linear(binder, dense, sizes->hidden, sizes->hidden,
                                      &weights->classes.dense, err)) &&
           bind_linear(binder, out, sizes->n_classes, sizes->hidden, &weights->classes.out, err);
}

/* ---- prefixes ---- */

/* The part of a name before this ending, which begins a name or follows a point. */
static bool has_ending(const char *name, const char *ending, size_t *length)
{
    const size_t all = strlen(name);
    const size_t end = strlen(ending);
    *length = all >= end ? all - end : 0;
    return all >= end && strcmp(name + *length, ending) == 0 &&
           (*length == 0 || name[*length - 1] == '.');
}

/* What stands before this ending in the file's names, whatever classes and wrappers
 * put there; "" if nothing has it. False if two have it. */
static bool find_prefix(const struct binder *binder, const char *ending, char *prefix,
                        struct heed_error *err)
{
    const struct heed_shards *shards = &binder->file->shards;
    bool found = false;
    prefix[0] = '\0';
    for (size_t f = 0; f < shards->n_files; f++) {
        for (size_t i = 0; i < heed_safetensors_count(shards->files[f]); i++) {
            const char *name = heed_safetensors_get(shards->files[f], i)->name;
            size_t length = 0;
            if (!has_ending(name, ending, &length) || length >= MAX_NAME / 2) {
                continue;
            }
            if (found) {
                return heed_error_set(err, HEED_ERROR_UNSUPPORTED,
                                      "'%s' holds two models, '%s' and '%.*s': heed reads one a "
                                      "file; save the one that is wanted by itself",
                                      heed_shards_get_path(shards), prefix, (int)length, name);
            }
            found = true;
            memcpy(prefix, name, length);
            prefix[length] = '\0';
        }
    }
    return true;
}

static bool find_prefixes(struct binder *binder, struct heed_error *err)
{
    char ending[MAX_NAME];
    char class_ending[MAX_NAME];
    snprintf(ending, sizeof ending, "%s.weight", binder->layout->mlm_transform);
    snprintf(class_ending, sizeof class_ending, "%s.weight", class_out(binder));
    return find_prefix(binder, "embeddings.word_embeddings.weight", binder->prefix, err) &&
           find_prefix(binder, ending, binder->head_prefix, err) &&
           (binder->sizes->class_kind == HEED_CLASSES_NONE ||
            find_prefix(binder, class_ending, binder->class_prefix, err));
}

static bool open_weights(struct heed_weights_file **file, const char *folder,
                         const struct heed_config_file *config, bool only_looks,
                         struct heed_model_weights *weights, struct heed_error *err)
{
    struct heed_model_weights bound = {0};
    struct binder binder = {.layout = config->architecture,
                            .config = config,
                            .sizes = &config->sizes,
                            .only_looks = only_looks,
                            .file = calloc(1, sizeof *binder.file)};
    if (!binder.file) {
        return heed_error_set(err, HEED_ERROR_MEMORY, "no memory left to open '%s'", folder);
    }
    bool ok = heed_shards_open(&binder.file->shards, folder, err);
    if (ok) {
        ok = find_prefixes(&binder, err) && bind_embeddings(&binder, &bound, err) &&
             bind_own(&binder, &bound, err) && bind_layers(&binder, &bound, err) &&
             bind_mlm(&binder, &bound, err) && bind_classes(&binder, &bound, err);
    }
    if (!ok) {
        heed_weights_destroy(binder.file);
        return false;
    }
    *file = binder.file;
    *weights = bound;
    return true;
}

bool heed_weights_open(struct heed_weights_file **file, const char *folder,
                       const struct heed_config_file *config, struct heed_model_weights *weights,
                       struct heed_error *err)
{
    return open_weights(file, folder, config, false, weights, err);
}

static void count(const struct heed_shards *shards, struct heed_weights_facts *facts)
{
    size_t most = 0;
    for (size_t f = 0; f < shards->n_files; f++) {
        for (size_t i = 0; i < heed_safetensors_count(shards->files[f]); i++) {
            const struct heed_tensor_info *info = heed_safetensors_get(shards->files[f], i);
            facts->bytes += info->size;
            facts->n_parameters += info->dtype != HEED_DTYPE_OTHER ? heed_tensor_count(info) : 0;
            if (info->size > most) {
                most = info->size;
                snprintf(facts->numbers, sizeof facts->numbers, "%s", info->dtype_name);
            }
        }
    }
}

bool heed_weights_look(const char *folder, const struct heed_config_file *config,
                       struct heed_weights_facts *facts, struct heed_error *err)
{
    struct heed_weights_file *file = NULL;
    struct heed_model_weights weights = {0};
    if (!open_weights(&file, folder, config, true, &weights, err)) {
        return false;
    }
    count(&file->shards, facts);
    facts->has_mlm_head = weights.has_mlm_head;
    facts->has_classes = weights.classes.out.weight != NULL;
    heed_weights_destroy(file);
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
