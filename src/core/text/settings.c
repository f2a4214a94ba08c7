#include "core/text/settings.h"

#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/compiler.h"
#include "base/file.h"
#include "base/utf8.h"
#include "core/model/json.h"
#include "core/model/shards.h"
#include "core/text/settings_source.h"
#include "core/text/unicode.h"

enum {
    MAX_JSON = 64 * 1024 * 1024,
    MAX_CONFIG = 16 * 1024 * 1024,
    MAX_WORD_CHARS = 10000,
};

bool heed_settings_fail_memory(const struct heed_settings_source *source, struct heed_error *err)
{
    return heed_error_set(err, HEED_ERROR_MEMORY, "no memory left to open '%s'", source->path);
}

bool heed_settings_fail_format(const struct heed_settings_source *source, const char *what,
                               struct heed_error *err)
{
    return heed_error_set(err, HEED_ERROR_FORMAT, "'%s': %s; fetch the file again", source->path,
                          what);
}

/* ---- normalising whole strings ---- */

static void append_char(void *context, struct heed_normal_char c)
{
    char bytes[4];
    heed_buffer_append(context, bytes, heed_utf8_encode(c.c, bytes));
}

bool heed_settings_normalise(const struct heed_normaliser_options *options, const char *text,
                             size_t length, char **result, size_t *result_length)
{
    struct heed_buffer out = {0};
    struct heed_arena arena = {0};
    struct heed_normaliser normaliser = {
        .options = *options, .sink = append_char, .context = &out, .arena = &arena};
    heed_buffer_append(&out, "", 0);
    for (size_t i = 0; i < length;) {
        uint32_t c = 0;
        const size_t size = heed_utf8_decode(text + i, length - i, &c);
        if (size == 0) {
            break;
        }
        heed_normaliser_feed(&normaliser, c, 0);
        i += size;
    }
    heed_normaliser_end(&normaliser);
    heed_arena_finish(&arena);
    if (normaliser.failed || out.failed) {
        heed_buffer_finish(&out);
        return false;
    }
    *result = out.data;
    *result_length = out.size;
    return true;
}

/* ---- the vocabulary ---- */

static bool read_vocabulary_json(struct heed_tokenizer_settings *settings,
                                 const struct heed_settings_source *source, const cJSON *vocabulary,
                                 struct heed_error *err)
{
    const cJSON *item = NULL;
    cJSON_ArrayForEach(item, vocabulary)
    {
        size_t id = 0;
        if (!heed_json_is_size(item, &id) || id > HEED_VOCABULARY_MAX_ID) {
            return heed_error_set(err, HEED_ERROR_FORMAT,
                                  "'%s': the id of piece '%.100s' is no whole number from 0 to %d; "
                                  "fetch the file again",
                                  source->path, item->string, HEED_VOCABULARY_MAX_ID);
        }
        if (!heed_vocabulary_add(&settings->vocabulary, item->string, strlen(item->string),
                                 (int32_t)id)) {
            return heed_settings_fail_memory(source, err);
        }
    }
    return true;
}

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
        if (!heed_vocabulary_add(&settings->vocabulary, text + start, length, id)) {
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

/* ---- tokenizer.json's model ---- */

static bool is_wordpiece(const cJSON *model)
{
    const char *type = heed_json_find_string(model, "type", NULL);
    if (type) {
        return strcmp(type, "WordPiece") == 0;
    }
    /* Old files don't say; the other kinds have merges, or a list. */
    return !heed_json_find(model, "merges") && cJSON_IsObject(heed_json_find(model, "vocab"));
}

static bool read_model(struct heed_tokenizer_settings *settings,
                       const struct heed_settings_source *source, struct heed_error *err)
{
    const cJSON *model = heed_json_find(source->tokenizer, "model");
    if (!cJSON_IsObject(model)) {
        return heed_settings_fail_format(source, "it has no \"model\"", err);
    }
    if (!is_wordpiece(model)) {
        return heed_error_set(err, HEED_ERROR_UNSUPPORTED,
                              "'%s' is a %.30s tokenizer: heed reads WordPiece, as BERT has it",
                              source->path, heed_json_find_string(model, "type", "BPE"));
    }
    const cJSON *vocabulary = heed_json_find(model, "vocab");
    if (!cJSON_IsObject(vocabulary)) {
        return heed_settings_fail_format(source, "its model has no \"vocab\"", err);
    }
    return read_vocabulary_json(settings, source, vocabulary, err);
}

bool heed_settings_keep(struct heed_tokenizer_settings *settings,
                        const struct heed_settings_source *source, const char *text,
                        const char **kept, struct heed_error *err)
{
    *kept = heed_arena_copy(&settings->vocabulary.arena, text, strlen(text));
    return *kept || heed_settings_fail_memory(source, err);
}

/* max_input_chars_per_word and the prefix, of a class other than BERT's. */
static bool read_word_rules(struct heed_tokenizer_settings *settings,
                            const struct heed_settings_source *source, struct heed_error *err)
{
    const cJSON *model = heed_json_find(source->tokenizer, "model");
    const struct heed_json_int what = {"max_input_chars_per_word", 1, MAX_WORD_CHARS, 100, false};
    int chars = 0;
    if (!heed_json_get_int(model, what, source->path, &chars, err)) {
        return false;
    }
    settings->max_word_chars = (size_t)chars;
    return heed_settings_keep(settings, source,
                              heed_json_find_string(model, "continuing_subword_prefix", "##"),
                              &settings->prefix, err);
}

static bool check_type(const struct heed_settings_source *source, const char *key,
                       const char *wanted, struct heed_error *err)
{
    const cJSON *part = heed_json_find(source->tokenizer, key);
    const char *type = heed_json_find_string(part, "type", "missing");
    if (strcmp(type, wanted) == 0) {
        return true;
    }
    return heed_error_set(err, HEED_ERROR_UNSUPPORTED, "'%s': its %s is %.50s, but heed reads %s",
                          source->path, key, type, wanted);
}

static bool read_rules(struct heed_tokenizer_settings *settings,
                       const struct heed_settings_source *source, struct heed_error *err)
{
    struct heed_normaliser_options *normal = &settings->normal;
    if (source->is_bert) {
        const cJSON *config = source->config;
        normal->clean_text = true;
        normal->split_cjk = heed_json_find_bool(config, "tokenize_chinese_chars", true);
        normal->lower_case = heed_json_find_bool(config, "do_lower_case", true);
        normal->strip_accents = heed_json_find_bool(config, "strip_accents", normal->lower_case);
        settings->max_word_chars = 100;
        settings->prefix = "##";
        return true;
    }
    if (!check_type(source, "normalizer", "BertNormalizer", err) ||
        !check_type(source, "pre_tokenizer", "BertPreTokenizer", err)) {
        return false;
    }
    const cJSON *rules = heed_json_find(source->tokenizer, "normalizer");
    normal->clean_text = heed_json_find_bool(rules, "clean_text", true);
    normal->split_cjk = heed_json_find_bool(rules, "handle_chinese_chars", true);
    normal->lower_case = heed_json_find_bool(rules, "lowercase", true);
    normal->strip_accents = heed_json_find_bool(rules, "strip_accents", normal->lower_case);
    return read_word_rules(settings, source, err);
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

static bool is_bert_class(const char *name)
{
    static const char *const names[] = {"BertTokenizer",       "BertTokenizerFast",
                                        "DistilBertTokenizer", "DistilBertTokenizerFast",
                                        "ElectraTokenizer",    "ElectraTokenizerFast"};
    for (size_t i = 0; i < HEED_COUNT(names); i++) {
        if (strcmp(names[i], name) == 0) {
            return true;
        }
    }
    return false;
}

static bool find_vocabulary(struct heed_settings_source *source, struct heed_error *err)
{
    const char *class = heed_json_find_string(source->config, "tokenizer_class", "BertTokenizer");
    source->is_bert = is_bert_class(class);
    if (!heed_path_join(source->path, sizeof source->path, source->folder, "tokenizer.json", err)) {
        return false;
    }
    if (heed_path_exists(source->path)) {
        return heed_json_read(&source->tokenizer, source->path, MAX_JSON, err);
    }
    if (!heed_path_join(source->path, sizeof source->path, source->folder, "vocab.txt", err)) {
        return false;
    }
    if (!heed_path_exists(source->path)) {
        return heed_error_set(
            err, HEED_ERROR_FILE,
            "'%s' holds neither tokenizer.json nor vocab.txt: a model folder needs one of them",
            source->folder);
    }
    return source->is_bert ||
           heed_error_set(
               err, HEED_ERROR_UNSUPPORTED,
               "'%s': its tokenizer is a %.60s, which heed can read from tokenizer.json only",
               source->folder, class);
}

static bool read_source(struct heed_tokenizer_settings *settings,
                        struct heed_settings_source *source, struct heed_error *err)
{
    if (!read_optional(source, "tokenizer_config.json", &source->config, err) ||
        !read_optional(source, "special_tokens_map.json", &source->special, err) ||
        !find_vocabulary(source, err) || !read_rules(settings, source, err)) {
        return false;
    }
    settings->prefix_length = strlen(settings->prefix);
    read_max_length(settings, source);
    const bool ok = source->tokenizer ? read_model(settings, source, err)
                                      : read_vocabulary_lines(settings, source, err);
    return ok && heed_settings_read_added(settings, source, err) &&
           (heed_vocabulary_seal(&settings->vocabulary) ||
            heed_settings_fail_memory(source, err)) &&
           heed_settings_read_ids(settings, source, err);
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
    heed_vocabulary_finish(&settings->vocabulary);
}
