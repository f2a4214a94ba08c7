#include "core/model/pooling.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/compiler.h"
#include "base/file.h"
#include "base/platform.h"
#include "core/model/json.h"
#include "core/model/shards.h"

enum { MAX_JSON = 1 << 20 };

const char *const heed_pooling_words[HEED_N_POOLINGS + 1] = {"mean", "first", "max", "mean-sqrt",
                                                             NULL};

/* The flags of a pooling's config.json, and what they are called since version 5. */
static const struct {
    const char *flag, *word;
    int pooling; /* -1: not computed */
} modes[] = {
    {"pooling_mode_mean_tokens", "mean", HEED_POOLING_MEAN},
    {"pooling_mode_cls_token", "cls", HEED_POOLING_FIRST},
    {"pooling_mode_max_tokens", "max", HEED_POOLING_MAX},
    {"pooling_mode_mean_sqrt_len_tokens", "mean_sqrt_len_tokens", HEED_POOLING_MEAN_SQRT},
    {"pooling_mode_weightedmean_tokens", "weightedmean", -1},
    {"pooling_mode_lasttoken", "lasttoken", -1},
};

static bool refuse(const char *path, const char *what, struct heed_error *err)
{
    return heed_error_set(err, HEED_ERROR_UNSUPPORTED,
                          "'%s': its pooling is %.60s, and heed computes mean, cls, max or "
                          "mean_sqrt_len_tokens alone",
                          path, what);
}

static bool read_mode(const cJSON *root, const char *path, enum heed_pooling *pooling,
                      struct heed_error *err)
{
    const char *word = heed_json_find_string(root, "pooling_mode", NULL);
    int n = 0;
    for (size_t i = 0; i < HEED_COUNT(modes); i++) {
        const bool is_set = word ? strcmp(word, modes[i].word) == 0
                                 : heed_json_find_bool(root, modes[i].flag, false);
        if (!is_set) {
            continue;
        }
        if (modes[i].pooling < 0) {
            return refuse(path, modes[i].word, err);
        }
        *pooling = (enum heed_pooling)modes[i].pooling;
        n++;
    }
    return n == 1 || refuse(path, n > 1 ? "several modes together" : word ? word : "none", err);
}

static bool read_pooling(const char *folder, const char *inside, enum heed_pooling *pooling,
                         struct heed_error *err)
{
    char name[PATH_MAX];
    char path[PATH_MAX];
    cJSON *root = NULL;
    const int length =
        snprintf(name, sizeof name, "%s%sconfig.json", inside, inside[0] != '\0' ? "/" : "");
    if (length < 0 || (size_t)length >= sizeof name || heed_platform_is_absolute(inside) ||
        strstr(inside, "..")) {
        return heed_error_set(err, HEED_ERROR_FORMAT,
                              "'%s/modules.json': a module's path must be inside of the folder",
                              folder);
    }
    if (!heed_path_join(path, sizeof path, folder, name, err) ||
        !heed_json_read(&root, path, MAX_JSON, err)) {
        return false;
    }
    const bool ok = read_mode(root, path, pooling, err);
    cJSON_Delete(root);
    return ok;
}

/* "sentence_transformers.models.Pooling", or a longer path since version 5. */
static bool is_kind(const char *type, const char *kind)
{
    const char *dot = strrchr(type, '.');
    return strcmp(dot ? dot + 1 : type, kind) == 0;
}

static bool read_modules(const cJSON *list, const char *folder, enum heed_pooling *pooling,
                         struct heed_error *err)
{
    const cJSON *module = NULL;
    bool found = false;
    cJSON_ArrayForEach(module, list)
    {
        const char *type = heed_json_find_string(module, "type", "");
        if (is_kind(type, "Pooling")) {
            found = true;
            if (!read_pooling(folder, heed_json_find_string(module, "path", ""), pooling, err)) {
                return false;
            }
        } else if (!is_kind(type, "Transformer") && !is_kind(type, "Normalize")) {
            return heed_error_set(err, HEED_ERROR_UNSUPPORTED,
                                  "'%s/modules.json': heed doesn't compute the module %.80s",
                                  folder, type[0] != '\0' ? type : "without a type");
        }
    }
    return found || heed_error_set(err, HEED_ERROR_UNSUPPORTED,
                                   "'%s/modules.json' names no Pooling: heed can't tell how texts "
                                   "are compared",
                                   folder);
}

bool heed_pooling_read(enum heed_pooling *pooling, bool *found, const char *folder,
                       struct heed_error *err)
{
    char path[PATH_MAX];
    cJSON *list = NULL;
    *pooling = HEED_POOLING_MEAN;
    *found = false;
    if (!heed_path_join(path, sizeof path, folder, "modules.json", err)) {
        return false;
    }
    if (!heed_path_exists(path)) {
        return true;
    }
    *found = true;
    char *text = NULL;
    size_t size = 0;
    if (!heed_file_read_regular(path, MAX_JSON, &text, &size, err)) {
        return false;
    }
    const bool is_json = heed_json_parse(&list, text, size, path, err);
    free(text);
    if (!is_json) {
        return false;
    }
    const bool ok = read_modules(list, folder, pooling, err);
    cJSON_Delete(list);
    return ok;
}
