#include "core/model/weights.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/checked.h"
#include "base/compiler.h"
#include "core/model/bind.h"
#include "core/model/shards.h"

/* A name in layer `number`, whose place among names the layout's %d has. */
static void print_layer(char *name, size_t size, const struct heed_binder *binder, int number,
                        const char *stem)
{
    const char *place = strstr(binder->layout->layer, "%d");
    snprintf(name, size, "%s%.*s%d%s%s", binder->prefix, (int)(place - binder->layout->layer),
             binder->layout->layer, number, place + 2, stem);
}

static bool bind_layer(struct heed_binder *binder, int index, struct heed_layer_weights *layer,
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
        char stem[HEED_MAX_TENSOR_NAME];
        print_layer(stem, sizeof stem, binder, index, parts[i].stem);
        const bool ok = parts[i].linear ? heed_bind_linear(binder, stem, parts[i].out, parts[i].in,
                                                           parts[i].linear, err)
                                        : heed_bind_norm(binder, stem, hidden, parts[i].norm, err);
        if (!ok) {
            return false;
        }
    }
    return true;
}

static bool bind_layers(struct heed_binder *binder, struct heed_model_weights *weights,
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
static bool bind_table(struct heed_binder *binder, const char *stem, int rows, int columns,
                       const float **values, struct heed_error *err)
{
    char name[HEED_MAX_TENSOR_NAME];
    snprintf(name, sizeof name, "%s%s.weight", binder->prefix, stem);
    const struct heed_wanted wanted = {name, (size_t)rows, (size_t)columns};
    return heed_bind(binder, &wanted, NULL, values, err);
}

/* Every token is of the first task: its row is added to that of each segment. */
static bool add_task(struct heed_binder *binder, struct heed_model_weights *weights,
                     struct heed_error *err)
{
    const size_t width = (size_t)binder->sizes->embedding;
    const size_t n = (size_t)binder->sizes->n_segments * width;
    const char *path = NULL;
    char name[HEED_MAX_TENSOR_NAME];
    snprintf(name, sizeof name, "%sembeddings.task_type_embeddings.weight", binder->prefix);
    const struct heed_tensor_info *info = heed_bind_find(binder, name, &path);
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

static bool bind_embeddings(struct heed_binder *binder, struct heed_model_weights *weights,
                            struct heed_error *err)
{
    const struct heed_model_config *sizes = binder->sizes;
    const int width = sizes->embedding;
    const int before = sizes->padding_id + 1;
    char norm[HEED_MAX_TENSOR_NAME];
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
    return heed_bind_norm(binder, norm, width, &weights->embedding_norm, err);
}

/* What lies between the embeddings and the layers, and what all layers share. */
static bool bind_own(struct heed_binder *binder, struct heed_model_weights *weights,
                     struct heed_error *err)
{
    const struct heed_architecture *layout = binder->layout;
    const struct heed_model_config *sizes = binder->sizes;
    char stem[HEED_MAX_TENSOR_NAME];
    snprintf(stem, sizeof stem, "%s%s", binder->prefix,
             layout->projection ? layout->projection : "");
    /* ALBERT maps even where the widths are the same. */
    const bool is_mapped =
        layout->has_projection && (layout->has_groups || sizes->embedding != sizes->hidden);
    return (!is_mapped || heed_bind_linear(binder, stem, sizes->hidden, sizes->embedding,
                                           &weights->projection, err)) &&
           (sizes->n_buckets == 0 || bind_table(binder, layout->relative_bias, sizes->n_buckets,
                                                sizes->n_heads, &weights->relative_bias, err));
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
static bool find_prefix(const struct heed_binder *binder, const char *ending, char *prefix,
                        struct heed_error *err)
{
    const struct heed_shards *shards = &binder->file->shards;
    bool found = false;
    prefix[0] = '\0';
    for (size_t f = 0; f < shards->n_files; f++) {
        for (size_t i = 0; i < heed_safetensors_count(shards->files[f]); i++) {
            const char *name = heed_safetensors_get(shards->files[f], i)->name;
            size_t length = 0;
            if (!has_ending(name, ending, &length) || length >= HEED_MAX_TENSOR_NAME / 2) {
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

static bool find_prefixes(struct heed_binder *binder, struct heed_error *err)
{
    char ending[HEED_MAX_TENSOR_NAME];
    char class_ending[HEED_MAX_TENSOR_NAME];
    snprintf(ending, sizeof ending, "%s.weight", binder->layout->mlm_transform);
    snprintf(class_ending, sizeof class_ending, "%s.weight", heed_bind_class_out(binder));
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
    struct heed_binder binder = {.layout = config->architecture,
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
             heed_bind_mlm(&binder, &bound, err) && heed_bind_classes(&binder, &bound, err);
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
