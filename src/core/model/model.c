#include "core/model/model.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "core/model/classes.h"
#include "core/model/config.h"
#include "core/model/locate.h"
#include "core/model/places.h"
#include "core/model/shards.h"
#include "core/model/weights.h"

struct heed_model {
    char *folder;
    char name[256];
    struct heed_config_file config;
    struct heed_weights_file *file;
    struct heed_model_weights weights;
    char **classes; /* [n_classes] names; NULL without a head for them */
};

bool heed_model_check_folder(const char *folder, struct heed_error *err)
{
    struct stat status;
    char config[PATH_MAX];
    if (stat(folder, &status) != 0 && errno != ENOENT) {
        return heed_error_set(err, HEED_ERROR_FILE, "can't read '%s': %s", folder, strerror(errno));
    }
    if (stat(folder, &status) != 0) {
        return heed_error_set(err, HEED_ERROR_FILE,
                              "no model at '%s': give a folder that has config.json, "
                              "model.safetensors and tokenizer.json",
                              folder);
    }
    if (!S_ISDIR(status.st_mode)) {
        return heed_error_set(err, HEED_ERROR_FILE,
                              "'%s' is no folder: a model is the folder that holds config.json",
                              folder);
    }
    if (!heed_path_join(config, sizeof config, folder, "config.json", err)) {
        return false;
    }
    if (stat(config, &status) != 0 && errno != ENOENT) {
        return heed_error_set(err, HEED_ERROR_FILE, "can't read '%s': %s", config, strerror(errno));
    }
    char inside[PATH_MAX];
    if (!heed_path_exists(config) && heed_model_find_inside(inside, sizeof inside, folder)) {
        return heed_error_set(err, HEED_ERROR_FILE,
                              "'%s' holds no config.json, but a folder in it does: give '%s'",
                              folder, inside);
    }
    if (!heed_path_exists(config)) {
        return heed_error_set(err, HEED_ERROR_FILE,
                              "'%s' holds no config.json: a model folder has config.json, "
                              "model.safetensors and tokenizer.json",
                              folder);
    }
    return true;
}

static bool open_classes(struct heed_model *model, const char *config, struct heed_error *err)
{
    return !model->weights.classes.out.weight ||
           heed_classes_read(&model->classes, model->config.sizes.n_classes, config, err);
}

static bool open_parts(struct heed_model *model, struct heed_error *err)
{
    char config[PATH_MAX];
    return heed_model_check_folder(model->folder, err) &&
           heed_path_join(config, sizeof config, model->folder, "config.json", err) &&
           heed_config_read(&model->config, config, err) &&
           heed_weights_open(&model->file, model->folder, &model->config, &model->weights, err) &&
           open_classes(model, config, err);
}

bool heed_model_open(struct heed_model **model, const char *folder, struct heed_error *err)
{
    struct heed_model *opened = calloc(1, sizeof *opened);
    if (opened) {
        opened->folder = strdup(folder);
    }
    if (!opened || !opened->folder) {
        heed_model_destroy(opened);
        return heed_error_set(err, HEED_ERROR_MEMORY, "no memory left to open '%s'", folder);
    }
    if (!open_parts(opened, err)) {
        heed_model_destroy(opened);
        return false;
    }
    heed_model_choose_name(opened->name, sizeof opened->name, folder, opened->config.name_or_path);
    *model = opened;
    return true;
}

void heed_model_destroy(struct heed_model *model)
{
    if (model) {
        heed_weights_destroy(model->file);
        heed_classes_free(model->classes, model->config.sizes.n_classes);
        free(model->folder);
        free(model);
    }
}

const struct heed_model_config *heed_model_get_config(const struct heed_model *model)
{
    return &model->config.sizes;
}

const struct heed_model_weights *heed_model_get_weights(const struct heed_model *model)
{
    return &model->weights;
}

const char *heed_model_get_folder(const struct heed_model *model)
{
    return model->folder;
}

const char *heed_model_get_name(const struct heed_model *model)
{
    return model->name;
}

const char *heed_model_get_architecture(const struct heed_model *model)
{
    return heed_architecture_get_name(model->config.model_type);
}

const char *heed_model_get_class(const struct heed_model *model, int index)
{
    return model->classes[index];
}

const char *heed_model_get_note(const struct heed_model *model)
{
    return model->config.note;
}

bool heed_model_hash(const struct heed_model *model, char hex[65], struct heed_error *err)
{
    return heed_weights_hash(model->file, hex, err);
}

bool heed_model_check(const struct heed_model *model, struct heed_error *err)
{
    return heed_weights_check(model->file, err);
}

void heed_model_drop_pages(const struct heed_model *model)
{
    heed_weights_drop_pages(model->file);
}
