#include "core/model/shards.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/array.h"

#include "core/model/json.h"

enum {
    MAX_SHARDS = 1024,
    MAX_INDEX = 64 * 1024 * 1024,
};

bool heed_path_join(char *path, size_t size, const char *folder, const char *name,
                    struct heed_error *err)
{
    const size_t length = strlen(folder);
    const char *slash = length > 0 && folder[length - 1] == '/' ? "" : "/";
    int written = snprintf(path, size, "%s%s%s", folder, slash, name);
    if (written < 0 || (size_t)written >= size) {
        return heed_error_set(err, HEED_ERROR_FILE, "the path '%.300s' is too long", folder);
    }
    return true;
}

bool heed_path_exists(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0;
}

static bool add_file(struct heed_shards *shards, const char *folder, const char *name,
                     struct heed_error *err)
{
    char path[PATH_MAX];
    if (!heed_path_join(path, sizeof path, folder, name, err)) {
        return false;
    }
    if (!heed_safetensors_open(&shards->files[shards->n_files], path, err)) {
        return false;
    }
    shards->n_files++;
    return true;
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The different file names of the map, sorted. They must name files of this very folder. */
static bool collect_names(const cJSON *map, const char *path, const char **names, size_t *n_names,
                          struct heed_error *err)
{
    size_t count = 0;
    const cJSON *item = NULL;
    cJSON_ArrayForEach(item, map)
    {
        const char *name = cJSON_IsString(item) ? item->valuestring : NULL;
        if (!name || name[0] == '\0' || strchr(name, '/')) {
            return heed_error_set(
                err, HEED_ERROR_FORMAT,
                "'%s', tensor '%.200s': its value is no file name; fetch the file again", path,
                item->string);
        }
        names[count++] = name;
    }
    if (count > 0) {
        heed_sort(names, count, sizeof *names, by_text);
    }
    *n_names = 0;
    for (size_t i = 0; i < count; i++) {
        if (i == 0 || strcmp(names[i], names[i - 1]) != 0) {
            names[(*n_names)++] = names[i];
        }
    }
    return true;
}

static bool open_named(struct heed_shards *shards, const char *folder, const char *path,
                       const cJSON *map, struct heed_error *err)
{
    size_t n_names = 0;
    const char **names = calloc((size_t)cJSON_GetArraySize(map) + 1, sizeof *names);
    if (!names) {
        return heed_error_set(err, HEED_ERROR_MEMORY, "no memory left to open '%s'", path);
    }
    bool ok = collect_names(map, path, names, &n_names, err);
    if (ok && (n_names == 0 || n_names > MAX_SHARDS)) {
        ok = heed_error_set(err, HEED_ERROR_FORMAT,
                            "'%s' names %zu files, but must name 1 to %d; fetch the file again",
                            path, n_names, MAX_SHARDS);
    }
    if (ok) {
        shards->files = calloc(n_names, sizeof(struct heed_safetensors *));
        ok = shards->files ||
             heed_error_set(err, HEED_ERROR_MEMORY, "no memory left to open '%s'", path);
    }
    for (size_t i = 0; ok && i < n_names; i++) {
        ok = add_file(shards, folder, names[i], err);
    }
    free(names);
    return ok;
}

static bool open_index(struct heed_shards *shards, const char *folder, const char *path,
                       struct heed_error *err)
{
    cJSON *root = NULL;
    if (!heed_json_read(&root, path, MAX_INDEX, err)) {
        return false;
    }
    const cJSON *map = heed_json_find(root, "weight_map");
    bool ok = cJSON_IsObject(map)
                  ? open_named(shards, folder, path, map, err)
                  : heed_error_set(err, HEED_ERROR_FORMAT,
                                   "'%s' has no \"weight_map\"; fetch the file again", path);
    cJSON_Delete(root);
    return ok;
}

static bool open_single(struct heed_shards *shards, const char *folder, struct heed_error *err)
{
    shards->files = calloc(1, sizeof(struct heed_safetensors *));
    if (!shards->files) {
        return heed_error_set(err, HEED_ERROR_MEMORY, "no memory left to open '%s'", folder);
    }
    return add_file(shards, folder, "model.safetensors", err);
}

static bool fail_without_weights(const char *folder, struct heed_error *err)
{
    char other[PATH_MAX];
    if (heed_path_join(other, sizeof other, folder, "pytorch_model.bin", NULL) &&
        heed_path_exists(other)) {
        return heed_error_set(err, HEED_ERROR_UNSUPPORTED,
                              "'%s' holds pytorch_model.bin, but heed reads model.safetensors: "
                              "save the model again with save_pretrained",
                              folder);
    }
    return heed_error_set(err, HEED_ERROR_FILE,
                          "'%s' holds no model.safetensors: a model folder has config.json, "
                          "model.safetensors and tokenizer.json",
                          folder);
}

bool heed_shards_open(struct heed_shards *shards, const char *folder, struct heed_error *err)
{
    char single[PATH_MAX];
    char index[PATH_MAX];
    if (!heed_path_join(single, sizeof single, folder, "model.safetensors", err) ||
        !heed_path_join(index, sizeof index, folder, "model.safetensors.index.json", err)) {
        return false;
    }
    struct heed_shards opened = {0};
    bool ok = false;
    if (heed_path_exists(single)) {
        ok = open_single(&opened, folder, err);
    } else if (heed_path_exists(index)) {
        ok = open_index(&opened, folder, index, err);
    } else {
        ok = fail_without_weights(folder, err);
    }
    if (!ok) {
        heed_shards_finish(&opened);
        return false;
    }
    *shards = opened;
    return true;
}

void heed_shards_finish(struct heed_shards *shards)
{
    for (size_t i = 0; i < shards->n_files; i++) {
        heed_safetensors_destroy(shards->files[i]);
    }
    free(shards->files);
    *shards = (struct heed_shards){0};
}

const struct heed_tensor_info *heed_shards_find(const struct heed_shards *shards, const char *name,
                                                const char **path)
{
    for (size_t i = 0; i < shards->n_files; i++) {
        const struct heed_tensor_info *info = heed_safetensors_find(shards->files[i], name);
        if (info) {
            if (path) {
                *path = heed_safetensors_get_path(shards->files[i]);
            }
            return info;
        }
    }
    return NULL;
}

const char *heed_shards_get_path(const struct heed_shards *shards)
{
    return heed_safetensors_get_path(shards->files[0]);
}

bool heed_shards_hash(const struct heed_shards *shards, char hex[65], struct heed_error *err)
{
    struct heed_sha256 hash;
    heed_sha256_init(&hash);
    for (size_t i = 0; i < shards->n_files; i++) {
        heed_safetensors_hash(shards->files[i], &hash);
    }
    heed_sha256_end(&hash, hex);
    return heed_shards_check(shards, err);
}

bool heed_shards_check(const struct heed_shards *shards, struct heed_error *err)
{
    for (size_t i = 0; i < shards->n_files; i++) {
        if (!heed_safetensors_check(shards->files[i], err)) {
            return false;
        }
    }
    return true;
}

void heed_shards_drop_pages(const struct heed_shards *shards)
{
    for (size_t i = 0; i < shards->n_files; i++) {
        heed_safetensors_drop_pages(shards->files[i]);
    }
}
