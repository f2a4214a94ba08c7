#include "core/text/settings.h"

#include <stdlib.h>
#include <string.h>

#include "base/compiler.h"
#include "base/file.h"
#include "base/utf8.h"
#include "core/model/json.h"
#include "core/model/shards.h"
#include "core/text/settings_source.h"
#include "core/text/tokenizer_class.h"
#include "core/text/unicode.h"

enum {
    MAX_JSON = 64 * 1024 * 1024,
    MAX_CONFIG = 16 * 1024 * 1024,
};

/* ---- vocab.txt ---- */

static size_t trim_end(const char *line, size_t length)
{
    while (length > 0) {
        size_t at = length - 1;
        while (at > 0 && ((unsigned char)line[at] & 0xC0) == 0x80) {
            at--;
        }
        uint32_t c = 0;
        if (heed_utf8_decode(line + at, length - at, &c) == 0 || !heed_unicode_is_space(c)) {
            break;
        }
        length = at;
    }
    return length;
}

static bool add_lines(struct heed_tokenizer_settings *settings,
                      const struct heed_settings_source *source, const char *text, size_t size,
                      struct heed_error *err)
{
    int32_t id = 0;
    for (size_t start = 0; start < size; id++) {
        const char *newline = memchr(text + start, '\n', size - start);
        const size_t end = newline ? (size_t)(newline - text) : size;
        const size_t length = trim_end(text + start, end - start);
        if (id > HEED_VOCABULARY_MAX_ID) {
            return heed_settings_fail_format(source, "it has too many lines", err);
        }
        if (!heed_vocabulary_add(&settings->model.vocabulary, text + start, length, id)) {
            return heed_settings_fail_memory(source, err);
        }
        start = end + 1;
    }
    return true;
}

static bool read_vocabulary_lines(struct heed_tokenizer_settings *settings,
                                  const struct heed_settings_source *source, struct heed_error *err)
{
    char *text = NULL;
    size_t size = 0;
    size_t bad = 0;
    if (!heed_file_read_regular(source->path, MAX_JSON, &text, &size, err)) {
        return false;
    }
    bool ok = heed_utf8_valid(text, size, &bad);
    if (!ok) {
        heed_error_set(err, HEED_ERROR_FORMAT,
                       "'%s': invalid UTF-8 at byte %zu; fetch the file again", source->path, bad);
    }
    ok = ok && add_lines(settings, source, text, size, err);
    free(text);
    return ok;
}

/* ---- tokenizer.json's parts ---- */

static bool has_step(const cJSON *rules, const char *type)
{
    const cJSON *item = NULL;
    if (strcmp(heed_json_find_string(rules, "type", ""), type) == 0) {
        return true;
    }
    cJSON_ArrayForEach(item, rules)
    {
        if ((cJSON_IsObject(item) || cJSON_IsArray(item)) && has_step(item, type)) {
            return true;
        }
    }
    return false;
}

static bool read_rules(struct heed_tokenizer_settings *settings,
                       const struct heed_settings_source *source, struct heed_error *err)
{
    const cJSON *tokenizer = source->tokenizer;
    const cJSON *model = heed_json_find(tokenizer, "model");
    const cJSON *normalizer = heed_json_find(tokenizer, "normalizer");
    const cJSON *splitter = heed_json_find(tokenizer, "pre_tokenizer");
    if (!cJSON_IsObject(model)) {
        return heed_settings_fail_format(source, "it has no \"model\"", err);
    }
    settings->is_bytes = has_step(splitter, "ByteLevel") || has_step(normalizer, "ByteLevel");
    settings->has_blanks = has_step(splitter, "Metaspace");
    return heed_normaliser_read(&settings->normaliser, &settings->model.vocabulary.arena,
                                normalizer, source->path, err) &&
           heed_splitter_read(&settings->splitter, splitter, source->path, err) &&
           heed_subword_read(&settings->model, model, source->merges, source->path, err);
}

/* A huge number stands for "none"; so does a missing one. */
static void read_max_length(struct heed_tokenizer_settings *settings,
                            const struct heed_settings_source *source)
{
    const cJSON *item = heed_json_find(source->config, "model_max_length");
    if (!item) {
        item = heed_json_find(source->config, "max_len");
    }
    settings->max_length = SIZE_MAX;
    if (cJSON_IsNumber(item) && item->valuedouble >= 0 && item->valuedouble < (double)INT32_MAX) {
        settings->max_length = (size_t)item->valuedouble;
    }
}

static void read_options(struct heed_tokenizer_settings *settings,
                         const struct heed_settings_source *source)
{
    const cJSON *truncation = heed_json_find(source->tokenizer, "truncation");
    const cJSON *names = heed_json_find(source->config, "model_input_names");
    const cJSON *item = NULL;
    const char *side = heed_json_find_string(truncation, "direction", "Right");
    side = heed_json_find_string(source->config, "truncation_side", side);
    settings->cuts_left = strcmp(side, "left") == 0 || strcmp(side, "Left") == 0;
    settings->has_types = !cJSON_IsArray(names) && source->class && source->class->has_types;
    cJSON_ArrayForEach(item, names)
    {
        settings->has_types |=
            cJSON_IsString(item) && strcmp(item->valuestring, "token_type_ids") == 0;
    }
    read_max_length(settings, source);
}

/* ---- the files ---- */

/* *root stays NULL if there is no such file. */
static bool read_optional(const struct heed_settings_source *source, const char *name, cJSON **root,
                          struct heed_error *err)
{
    char path[PATH_MAX];
    if (!heed_path_join(path, sizeof path, source->folder, name, err)) {
        return false;
    }
    return !heed_path_exists(path) || heed_json_read(root, path, MAX_CONFIG, err);
}

static bool find_file(struct heed_settings_source *source, const char *name, bool *found,
                      struct heed_error *err)
{
    *found = false;
    if (!heed_path_join(source->path, sizeof source->path, source->folder, name, err)) {
        return false;
    }
    *found = heed_path_exists(source->path);
    return true;
}

/* The files of a class that stand for a tokenizer.json; their text is its vocabulary. */
static bool read_lines(struct heed_tokenizer_settings *settings,
                       struct heed_settings_source *source, struct heed_error *err)
{
    source->tokenizer = cJSON_Parse("{\"model\":{}}");
    return source->tokenizer ? read_vocabulary_lines(settings, source, err)
                             : heed_settings_fail_memory(source, err);
}

static bool read_merges(struct heed_tokenizer_settings *settings,
                        struct heed_settings_source *source, struct heed_error *err)
{
    char path[PATH_MAX];
    size_t size = 0;
    size_t bad = 0;
    cJSON *vocabulary = NULL;
    (void)settings;
    if (!heed_path_join(path, sizeof path, source->folder, "merges.txt", err) ||
        !heed_file_read_regular(path, MAX_JSON, &source->merges, &size, err)) {
        return false;
    }
    if (!heed_utf8_valid(source->merges, size, &bad) || strlen(source->merges) != size) {
        return heed_error_set(err, HEED_ERROR_FORMAT,
                              "'%s': it is no text in UTF-8; fetch the file again", path);
    }
    source->tokenizer = cJSON_Parse("{\"model\":{\"type\":\"BPE\"}}");
    if (!heed_json_read(&vocabulary, source->path, MAX_JSON, err)) {
        return false;
    }
    cJSON *model = cJSON_GetObjectItemCaseSensitive(source->tokenizer, "model");
    if (!cJSON_AddItemToObject(model, "vocab", vocabulary)) {
        cJSON_Delete(vocabulary);
        return heed_settings_fail_memory(source, err);
    }
    return true;
}

static const struct {
    const char *model; /* of the class */
    const char *file, *needs;
    bool (*read)(struct heed_tokenizer_settings *settings, struct heed_settings_source *source,
                 struct heed_error *err);
} older[] = {
    {"WordPiece", "vocab.txt", "vocab.txt", read_lines},
    {"BPE", "vocab.json", "vocab.json with merges.txt", read_merges},
};

static bool read_vocabulary(struct heed_tokenizer_settings *settings,
                            struct heed_settings_source *source, struct heed_error *err)
{
    bool found = false;
    if (!heed_tokenizer_class_find(source, &source->class, err) ||
        !find_file(source, "tokenizer.json", &found, err)) {
        return false;
    }
    if (found) {
        return heed_json_read(&source->tokenizer, source->path, MAX_JSON, err);
    }
    const char *needs = NULL;
    for (size_t i = 0; i < HEED_COUNT(older); i++) {
        if (source->class && strcmp(source->class->model, older[i].model) == 0) {
            needs = older[i].needs;
            if (!find_file(source, older[i].file, &found, err) || found) {
                return found && older[i].read(settings, source, err);
            }
        }
    }
    return heed_error_set(err, HEED_ERROR_FILE,
                          "'%s' holds %s tokenizer.json%s%s: a model folder needs %s",
                          source->folder, needs ? "neither" : "no", needs ? " nor " : "",
                          needs ? needs : "", needs ? "one of them" : "it");
}

static bool read_source(struct heed_tokenizer_settings *settings,
                        struct heed_settings_source *source, struct heed_error *err)
{
    if (!read_optional(source, "tokenizer_config.json", &source->config, err) ||
        !read_optional(source, "special_tokens_map.json", &source->special, err) ||
        !read_optional(source, "added_tokens.json", &source->added, err) ||
        !read_optional(source, "config.json", &source->model, err) ||
        !read_vocabulary(settings, source, err) ||
        (source->class && !heed_tokenizer_class_apply(source, err)) ||
        !read_rules(settings, source, err)) {
        return false;
    }
    read_options(settings, source);
    if (!heed_settings_read_added(settings, source, err) ||
        !heed_settings_read_template(settings, source, err)) {
        return false;
    }
    memcpy(settings->note, source->note, sizeof settings->note);
    const char *mask = heed_settings_find_role(source, HEED_ROLE_MASK);
    settings->mask_id = heed_settings_find_id(settings, mask ? mask : "[MASK]");
    return heed_vocabulary_seal(&settings->model.vocabulary) ||
           heed_settings_fail_memory(source, err);
}

bool heed_settings_read(struct heed_tokenizer_settings *settings, const char *folder,
                        struct heed_error *err)
{
    struct heed_settings_source source = {.folder = folder};
    struct heed_tokenizer_settings read = {0};
    const bool ok = read_source(&read, &source, err);
    cJSON_Delete(source.tokenizer);
    cJSON_Delete(source.config);
    cJSON_Delete(source.special);
    cJSON_Delete(source.added);
    cJSON_Delete(source.model);
    free(source.merges);
    if (ok) {
        *settings = read;
    } else {
        heed_settings_finish(&read);
    }
    return ok;
}

void heed_settings_finish(struct heed_tokenizer_settings *settings)
{
    heed_added_set_finish(&settings->raw);
    heed_added_set_finish(&settings->normalised);
    heed_subword_finish(&settings->model);
    heed_normaliser_finish(&settings->normaliser);
    heed_splitter_finish(&settings->splitter);
    free(settings->single.items);
    free(settings->pair.items);
    *settings = (struct heed_tokenizer_settings){0};
}
