#include "core/engine/pipeline.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "core/engine/pipeline_private.h"
#include "core/model/locate.h"

bool heed_pipeline_open(struct heed_pipeline **pipeline, const char *folder,
                        struct heed_encoder_options options, struct heed_error *err)
{
    struct heed_pipeline *made = calloc(1, sizeof *made);
    if (!made) {
        return heed_result_no_memory(err);
    }
    bool ok = heed_kit_open(&made->kit, folder, err);
    if (ok) {
        made->model = heed_kit_get_model(made->kit);
        made->tokenizer = heed_kit_get_tokenizer(made->kit);
        ok = heed_encoder_create(&made->encoder, made->model, options, err);
        made->options = options;
        made->options.go_on = NULL; /* of this opening alone */
        made->options.go_on_context = NULL;
    }
    if (!ok) {
        heed_pipeline_close(made);
        return false;
    }
    *pipeline = made;
    return true;
}

bool heed_pipeline_open_file(struct heed_pipeline **pipeline, const char *path, const char *kind,
                             size_t most_read, struct heed_error *err)
{
    struct heed_pipeline *made = calloc(1, sizeof *made);
    if (!made) {
        return heed_result_no_memory(err);
    }
    made->path = strdup(path);
    made->most_read = most_read;
    if (!(made->path || heed_result_no_memory(err)) ||
        !heed_attention_source_open(&made->source, path, kind, most_read, err)) {
        heed_pipeline_close(made);
        return false;
    }
    *pipeline = made;
    return true;
}

void heed_pipeline_close(struct heed_pipeline *pipeline)
{
    if (!pipeline) {
        return;
    }
    heed_encoder_destroy(pipeline->encoder);
    heed_kit_release(pipeline->kit);
    heed_attention_source_close(pipeline->source);
    heed_pipeline_close(pipeline->second);
    free(pipeline->second_name);
    free(pipeline->path);
    free(pipeline->ids);
    free(pipeline);
}

void heed_pipeline_give_second(struct heed_pipeline *pipeline, char *name,
                               struct heed_pipeline *second)
{
    heed_pipeline_close(pipeline->second);
    free(pipeline->second_name);
    pipeline->second = second;
    pipeline->second_name = name;
}

struct heed_pipeline *heed_pipeline_take_second(struct heed_pipeline *pipeline, char **name)
{
    struct heed_pipeline *second = pipeline->second;
    *name = pipeline->second_name;
    pipeline->second = NULL;
    pipeline->second_name = NULL;
    return second;
}

struct heed_pipeline *heed_pipeline_get_second(const struct heed_pipeline *pipeline)
{
    return pipeline->second;
}

bool heed_pipeline_open_second(struct heed_pipeline *pipeline, const char *name,
                               struct heed_error *err)
{
    char folder[PATH_MAX];
    struct heed_pipeline *second = NULL;
    if (pipeline->second_name && strcmp(pipeline->second_name, name) == 0) {
        return true;
    }
    heed_pipeline_give_second(pipeline, NULL, NULL); /* two of them may not fit */
    if (!heed_model_find(folder, sizeof folder, name, err)) {
        return false;
    }
    char *copy = strdup(name);
    if (!copy) {
        return heed_result_no_memory(err);
    }
    if (strcmp(folder, heed_model_get_folder(pipeline->model)) != 0 &&
        !heed_pipeline_open(&second, folder, pipeline->options, err)) {
        free(copy);
        return false;
    }
    heed_pipeline_give_second(pipeline, copy, second);
    return true;
}

bool heed_pipeline_open_second_file(struct heed_pipeline *pipeline, const char *path,
                                    enum heed_part_kind part, struct heed_error *err)
{
    struct heed_pipeline *second = pipeline->second;
    const char *kind = part == HEED_PART_SELF ? NULL : heed_part_kind_words[part];
    if (second && strcmp(second->path, path) == 0 && heed_pipeline_check(second, NULL)) {
        return true;
    }
    heed_pipeline_close(second);
    pipeline->second = NULL;
    return heed_pipeline_open_file(&pipeline->second, path, kind, pipeline->most_read, err);
}

bool heed_pipeline_check(const struct heed_pipeline *pipeline, struct heed_error *err)
{
    return pipeline->source ? heed_attention_source_check(pipeline->source, err)
                            : heed_model_check(pipeline->model, err);
}

const struct heed_kit *heed_pipeline_get_kit(const struct heed_pipeline *pipeline)
{
    return pipeline->kit;
}

const struct heed_model *heed_pipeline_get_model(const struct heed_pipeline *pipeline)
{
    return pipeline->model;
}

const struct heed_model_config *heed_pipeline_get_config(const struct heed_pipeline *pipeline)
{
    return pipeline->source ? heed_attention_source_get_config(pipeline->source)
                            : heed_model_get_config(pipeline->model);
}

const struct heed_row_findings *heed_pipeline_get_rows(const struct heed_pipeline *pipeline)
{
    return pipeline->source ? heed_attention_source_get_rows(pipeline->source) : NULL;
}

const struct heed_tokenizer *heed_pipeline_get_tokenizer(const struct heed_pipeline *pipeline)
{
    return pipeline->tokenizer;
}

struct heed_encoder *heed_pipeline_get_encoder(struct heed_pipeline *pipeline)
{
    return pipeline->encoder;
}
