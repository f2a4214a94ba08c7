#include "core/text/settings.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/compiler.h"
#include "base/file.h"
#include "base/utf8.h"
#include "core/model/json.h"
#include "core/model/shards.h"
#include "core/text/unicode.h"

enum {
    MAX_JSON = 64 * 1024 * 1024,
    MAX_CONFIG = 16 * 1024 * 1024,
    MAX_WORD_CHARS = 10000,
};

/* The files of a folder; those that aren't there are NULL. */
struct source {
    const char *folder;
    char path[PATH_MAX]; /* the one that gives the vocabulary */
    cJSON *tokenizer;    /* tokenizer.json */
    cJSON *config;       /* tokenizer_config.json */
    cJSON *special;      /* special_tokens_map.json */
    bool is_bert;        /* tokenizer_config.json decides */
};

static bool fail_memory(const struct source *source, struct heed_error *err)
{
    return heed_error_set(err, HEED_ERROR_MEMORY, "no memory left to open '%s'",
                          source->path);
}

static bool fail_format(const struct source *source, const char *what,
                        struct heed_error *err)
{
    return heed_error_set(err, HEED_ERROR_FORMAT,
                          "'%s': %s; fetch the file again", source->path, what);
}

/* ---- normalising whole strings ---- */

static void append_char(void *context, struct heed_normal_char c)
{
    char bytes[4];
    heed_buffer_append(context, bytes, heed_utf8_encode(c.c, bytes));
}

bool heed_settings_normalise(const struct heed_normaliser_options *options,
                             const char *text, size_t length, char **result,
                             size_t *result_length)
{
    struct heed_buffer out = {0};
    struct heed_arena arena = {0};
    struct heed_normaliser normaliser = {.options = *options,
                                         .sink = append_char,
                                         .context = &out,
                                         .arena = &arena};
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
                                 const struct source *source,
                                 const cJSON *vocabulary, struct heed_error *err)
{
    const cJSON *item = NULL;
    cJSON_ArrayForEach(item, vocabulary)
    {
        size_t id = 0;
        if (!heed_json_is_size(item, &id) || id > HEED_VOCABULARY_MAX_ID) {
            return heed_error_set(err, HEED_ERROR_FORMAT,
                                  "'%s': the id of piece '%.100s' is no whole "
                                  "number from 0 to %d; fetch the file again",
                                  source->path, item->string,
                                  HEED_VOCABULARY_MAX_ID);
        }
        if (!heed_vocabulary_add(&settings->vocabulary, item->string,
                                 strlen(item->string), (int32_t)id)) {
            return fail_memory(source, err);
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
        if (heed_utf8_decode(line + at, length - at, &c) == 0 ||
            !heed_unicode_is_space(c)) {
            break;
        }
        length = at;
    }
    return length;
}

static bool add_lines(struct heed_tokenizer_settings *settings,
                      const struct source *source, const char *text,
                      size_t size, struct heed_error *err)
{
    int32_t id = 0;
    for (size_t start = 0; start < size; id++) {
        const char *newline = memchr(text + start, '\n', size - start);
        const size_t end = newline ? (size_t)(newline - text) : size;
        const size_t length = trim_end(text + start, end - start);
        if (id > HEED_VOCABULARY_MAX_ID) {
            return fail_format(source, "it has too many lines", err);
        }
        if (!heed_vocabulary_add(&settings->vocabulary, text + start, length, id)) {
            return fail_memory(source, err);
        }
        start = end + 1;
    }
    return true;
}

static bool read_vocabulary_lines(struct heed_tokenizer_settings *settings,
                                  const struct source *source,
                                  struct heed_error *err)
{
    char *text = NULL;
    size_t size = 0;
    size_t bad = 0;
    if (!heed_file_read(source->path, MAX_JSON, &text, &size, err)) {
        return false;
    }
    bool ok = heed_utf8_valid(text, size, &bad);
    if (!ok) {
        heed_error_set(err, HEED_ERROR_FORMAT,
                       "'%s': invalid UTF-8 at byte %zu; fetch the file again",
                       source->path, bad);
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
    return !heed_json_find(model, "merges") &&
           cJSON_IsObject(heed_json_find(model, "vocab"));
}

static bool read_model(struct heed_tokenizer_settings *settings,
                       const struct source *source, struct heed_error *err)
{
    const cJSON *model = heed_json_find(source->tokenizer, "model");
    if (!cJSON_IsObject(model)) {
        return fail_format(source, "it has no \"model\"", err);
    }
    if (!is_wordpiece(model)) {
        return heed_error_set(err, HEED_ERROR_UNSUPPORTED,
                              "'%s' is a %.30s tokenizer: heed reads "
                              "WordPiece, as BERT has it",
                              source->path,
                              heed_json_find_string(model, "type", "BPE"));
    }
    const cJSON *vocabulary = heed_json_find(model, "vocab");
    if (!cJSON_IsObject(vocabulary)) {
        return fail_format(source, "its model has no \"vocab\"", err);
    }
    return read_vocabulary_json(settings, source, vocabulary, err);
}

static bool keep_string(struct heed_tokenizer_settings *settings,
                        const struct source *source, const char *text,
                        const char **kept, struct heed_error *err)
{
    *kept = heed_arena_copy(&settings->vocabulary.arena, text, strlen(text));
    return *kept || fail_memory(source, err);
}

/* max_input_chars_per_word and the prefix, of a class other than BERT's. */
static bool read_word_rules(struct heed_tokenizer_settings *settings,
                            const struct source *source, struct heed_error *err)
{
    const cJSON *model = heed_json_find(source->tokenizer, "model");
    const struct heed_json_int what = {"max_input_chars_per_word", 1,
                                       MAX_WORD_CHARS, 100, false};
    int chars = 0;
    if (!heed_json_get_int(model, what, source->path, &chars, err)) {
        return false;
    }
    settings->max_word_chars = (size_t)chars;
    return keep_string(
        settings, source,
        heed_json_find_string(model, "continuing_subword_prefix", "##"),
        &settings->prefix, err);
}

static bool check_type(const struct source *source, const char *key,
                       const char *wanted, struct heed_error *err)
{
    const cJSON *part = heed_json_find(source->tokenizer, key);
    const char *type = heed_json_find_string(part, "type", "missing");
    if (strcmp(type, wanted) == 0) {
        return true;
    }
    return heed_error_set(err, HEED_ERROR_UNSUPPORTED,
                          "'%s': its %s is %.50s, but heed reads %s",
                          source->path, key, type, wanted);
}

static bool is_strip_set(const cJSON *parent, bool lower_case)
{
    return heed_json_find_bool(parent, "strip_accents", lower_case);
}

static bool read_rules(struct heed_tokenizer_settings *settings,
                       const struct source *source, struct heed_error *err)
{
    struct heed_normaliser_options *normal = &settings->normal;
    if (source->is_bert) {
        const cJSON *config = source->config;
        normal->clean_text = true;
        normal->split_cjk =
            heed_json_find_bool(config, "tokenize_chinese_chars", true);
        normal->lower_case = heed_json_find_bool(config, "do_lower_case", true);
        normal->strip_accents = is_strip_set(config, normal->lower_case);
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
    normal->strip_accents = is_strip_set(rules, normal->lower_case);
    return read_word_rules(settings, source, err);
}

/* ---- special and added tokens ---- */

/* A token as a file gives it: a string, or an object with flags. */
static bool parse_token(const cJSON *item, struct heed_added_token *token)
{
    const char *content = cJSON_IsString(item)
                              ? item->valuestring
                              : heed_json_find_string(item, "content", NULL);
    if (!content) {
        return false;
    }
    *token = (struct heed_added_token){
        .content = content,
        .id = -1,
        .special = heed_json_find_bool(item, "special", false),
        .normalized = heed_json_find_bool(item, "normalized", false),
        .single_word = heed_json_find_bool(item, "single_word", false),
        .lstrip = heed_json_find_bool(item, "lstrip", false),
        .rstrip = heed_json_find_bool(item, "rstrip", false),
    };
    return true;
}

/* All tokens of the files, before they get ids. Strings are borrowed. */
struct token_list {
    struct heed_added_token *tokens;
    size_t n, capacity;
};

static struct heed_added_token *find_token(const struct token_list *list,
                                           const char *content)
{
    for (size_t i = 0; i < list->n; i++) {
        if (strcmp(list->tokens[i].content, content) == 0) {
            return &list->tokens[i];
        }
    }
    return NULL;
}

static bool put_token(struct token_list *list,
                      const struct heed_added_token *token, bool replace)
{
    struct heed_added_token *known = find_token(list, token->content);
    if (known) {
        *known = replace ? *token : *known;
        return true;
    }
    if (list->n == list->capacity) {
        const size_t capacity = list->capacity == 0 ? 16 : list->capacity * 2;
        void *tokens = realloc(list->tokens, capacity * sizeof *list->tokens);
        if (!tokens) {
            return false;
        }
        list->tokens = tokens;
        list->capacity = capacity;
    }
    list->tokens[list->n++] = *token;
    return true;
}

static bool put_all(struct token_list *list, const struct source *source,
                    const cJSON *items, bool are_special, struct heed_error *err)
{
    const cJSON *item = NULL;
    cJSON_ArrayForEach(item, items)
    {
        struct heed_added_token token;
        if (!parse_token(item, &token)) {
            return fail_format(source, "an added token has no content", err);
        }
        token.special = token.special || are_special;
        if (!put_token(list, &token, !are_special)) {
            return fail_memory(source, err);
        }
    }
    return true;
}

enum role { ROLE_UNK, ROLE_SEP, ROLE_PAD, ROLE_CLS, ROLE_MASK, N_ROLES };

static const struct {
    const char *key, *content;
} roles[N_ROLES] = {
    [ROLE_UNK] = {"unk_token", "[UNK]"},    [ROLE_SEP] = {"sep_token", "[SEP]"},
    [ROLE_PAD] = {"pad_token", "[PAD]"},    [ROLE_CLS] = {"cls_token", "[CLS]"},
    [ROLE_MASK] = {"mask_token", "[MASK]"},
};

/* special_tokens_map.json goes first, unless tokenizer_config.json is of the
 * newer kind that lists every added token. */
static const cJSON *find_special(const struct source *source, const char *key)
{
    const cJSON *item = NULL;
    if (!heed_json_find(source->config, "added_tokens_decoder")) {
        item = heed_json_find(source->special, key);
    }
    return item ? item : heed_json_find(source->config, key);
}

static struct heed_added_token find_role(const struct source *source, enum role role)
{
    struct heed_added_token token;
    if (!parse_token(find_special(source, roles[role].key), &token)) {
        token = (struct heed_added_token){.content = roles[role].content};
    }
    token.special = true;
    return token;
}

static bool collect_tokens(struct token_list *list, const struct source *source,
                           struct heed_error *err)
{
    const cJSON *decoder =
        heed_json_find(source->config, "added_tokens_decoder");
    const cJSON *added = heed_json_find(source->tokenizer, "added_tokens");
    if ((!source->is_bert || !decoder) &&
        !put_all(list, source, added, false, err)) {
        return false;
    }
    if (!put_all(list, source, decoder, false, err)) {
        return false;
    }
    for (int i = 0; source->is_bert && i < N_ROLES; i++) {
        const struct heed_added_token token = find_role(source, (enum role)i);
        if (!put_token(list, &token, false)) {
            return fail_memory(source, err);
        }
    }
    return put_all(list, source,
                   find_special(source, "additional_special_tokens"), true, err);
}

static bool normalise_pattern(struct heed_tokenizer_settings *settings,
                              struct heed_added_token *token)
{
    char *normal = NULL;
    size_t length = 0;
    if (!heed_settings_normalise(&settings->normal, token->content,
                                 strlen(token->content), &normal, &length)) {
        return false;
    }
    token->pattern = heed_arena_copy(&settings->vocabulary.arena, normal, length);
    token->length = length;
    free(normal);
    return token->pattern != NULL;
}

/* Gives the token its id (the vocabulary's, or the next free one) and puts
 * it into the set that it belongs to. */
static bool place_token(struct heed_tokenizer_settings *settings,
                        const struct source *source, struct heed_added_token token,
                        int32_t *next_id, struct heed_error *err)
{
    const size_t length = strlen(token.content);
    token.id =
        heed_vocabulary_find_piece(&settings->vocabulary, token.content, length);
    if (token.id < 0) {
        token.id = (*next_id)++;
    }
    if (!keep_string(settings, source, token.content, &token.content, err)) {
        return false;
    }
    token.pattern = token.content;
    token.length = length;
    if (token.normalized && !normalise_pattern(settings, &token)) {
        return fail_memory(source, err);
    }
    struct heed_added_set *set =
        token.normalized ? &settings->normalised : &settings->raw;
    return heed_added_set_add(set, &token) || fail_memory(source, err);
}

static bool read_added(struct heed_tokenizer_settings *settings,
                       const struct source *source, struct heed_error *err)
{
    struct token_list list = {0};
    int32_t next_id = (int32_t)settings->vocabulary.n_entries;
    bool ok = collect_tokens(&list, source, err);
    for (size_t i = 0; ok && i < list.n; i++) {
        ok = place_token(settings, source, list.tokens[i], &next_id, err);
    }
    free(list.tokens);
    return ok;
}

static int32_t find_id(const struct heed_tokenizer_settings *settings,
                       const char *content)
{
    const struct heed_added_set *sets[] = {&settings->raw, &settings->normalised};
    for (size_t i = 0; i < HEED_COUNT(sets); i++) {
        for (size_t k = 0; k < sets[i]->n_tokens; k++) {
            if (strcmp(sets[i]->tokens[k].content, content) == 0) {
                return sets[i]->tokens[k].id;
            }
        }
    }
    return heed_vocabulary_find_piece(&settings->vocabulary, content,
                                      strlen(content));
}

/* ---- the template ---- */

/* One item of a template: {"SpecialToken": {"id": "[CLS]", "type_id": 0}} or
 * {"Sequence": {"id": "A", "type_id": 0}}. */
static const char *item_name(const cJSON *item, const char *kind, int type_id)
{
    const cJSON *inside = heed_json_find(item, kind);
    const cJSON *type = heed_json_find(inside, "type_id");
    const bool fits = cJSON_IsNumber(type) && type->valuedouble == type_id;
    return fits ? heed_json_find_string(inside, "id", NULL) : NULL;
}

static bool is_sequence(const cJSON *item, const char *name, int type_id)
{
    const char *found = item_name(item, "Sequence", type_id);
    return found && strcmp(found, name) == 0;
}

/* [CLS] A [SEP], and [CLS] A [SEP] B [SEP] with B of type 1. */
static bool read_template(const cJSON *processor, const char **cls, const char **sep)
{
    const cJSON *one = heed_json_find(processor, "single");
    const cJSON *two = heed_json_find(processor, "pair");
    if (cJSON_GetArraySize(one) != 3 || cJSON_GetArraySize(two) != 5) {
        return false;
    }
    *cls = item_name(cJSON_GetArrayItem(one, 0), "SpecialToken", 0);
    *sep = item_name(cJSON_GetArrayItem(one, 2), "SpecialToken", 0);
    const char *again[] = {
        item_name(cJSON_GetArrayItem(two, 0), "SpecialToken", 0),
        item_name(cJSON_GetArrayItem(two, 2), "SpecialToken", 0),
        item_name(cJSON_GetArrayItem(two, 4), "SpecialToken", 1)};
    return *cls && *sep && again[0] && again[1] && again[2] &&
           strcmp(*cls, again[0]) == 0 && strcmp(*sep, again[1]) == 0 &&
           strcmp(*sep, again[2]) == 0 &&
           is_sequence(cJSON_GetArrayItem(one, 1), "A", 0) &&
           is_sequence(cJSON_GetArrayItem(two, 1), "A", 0) &&
           is_sequence(cJSON_GetArrayItem(two, 3), "B", 1);
}

static bool read_processor(const struct source *source, const char **cls,
                           const char **sep, struct heed_error *err)
{
    const cJSON *processor =
        heed_json_find(source->tokenizer, "post_processor");
    const char *type = heed_json_find_string(processor, "type", "");
    if (strcmp(type, "BertProcessing") == 0) {
        const cJSON *first =
            cJSON_GetArrayItem(heed_json_find(processor, "cls"), 0);
        const cJSON *last =
            cJSON_GetArrayItem(heed_json_find(processor, "sep"), 0);
        *cls = cJSON_IsString(first) ? first->valuestring : "[CLS]";
        *sep = cJSON_IsString(last) ? last->valuestring : "[SEP]";
        return true;
    }
    if (strcmp(type, "TemplateProcessing") == 0 &&
        read_template(processor, cls, sep)) {
        return true;
    }
    return heed_error_set(err, HEED_ERROR_UNSUPPORTED,
                          "'%s': its post_processor isn't BERT's [CLS] A [SEP] "
                          "B [SEP]",
                          source->path);
}

static bool read_ids(struct heed_tokenizer_settings *settings,
                     const struct source *source, struct heed_error *err)
{
    const cJSON *model = heed_json_find(source->tokenizer, "model");
    const char *cls = find_role(source, ROLE_CLS).content;
    const char *sep = find_role(source, ROLE_SEP).content;
    const char *unk = find_role(source, ROLE_UNK).content;
    if (!source->is_bert) {
        unk = heed_json_find_string(model, "unk_token", "[UNK]");
        if (!read_processor(source, &cls, &sep, err)) {
            return false;
        }
    }
    settings->cls_id = find_id(settings, cls);
    settings->sep_id = find_id(settings, sep);
    settings->unk_id =
        heed_vocabulary_find_piece(&settings->vocabulary, unk, strlen(unk));
    settings->mask_id = find_id(settings, find_role(source, ROLE_MASK).content);
    if (settings->cls_id < 0 || settings->sep_id < 0 || settings->unk_id < 0) {
        const char *missing = settings->unk_id < 0   ? unk
                              : settings->cls_id < 0 ? cls
                                                     : sep;
        return heed_error_set(err, HEED_ERROR_FORMAT,
                              "'%s': its vocabulary has no '%.50s'; fetch the "
                              "file again",
                              source->path, missing);
    }
    return true;
}

/* A huge number stands for "none"; so does a missing one. */
static void read_max_length(struct heed_tokenizer_settings *settings,
                            const struct source *source)
{
    const cJSON *item = heed_json_find(source->config, "model_max_length");
    if (!item) {
        item = heed_json_find(source->config, "max_len");
    }
    settings->max_length = SIZE_MAX;
    if (cJSON_IsNumber(item) && item->valuedouble >= 0 &&
        item->valuedouble < (double)INT32_MAX) {
        settings->max_length = (size_t)item->valuedouble;
    }
}

/* ---- the files ---- */

/* *root stays NULL if there is no such file. */
static bool read_optional(const struct source *source, const char *name,
                          cJSON **root, struct heed_error *err)
{
    char path[PATH_MAX];
    if (!heed_path_join(path, sizeof path, source->folder, name, err)) {
        return false;
    }
    return !heed_path_exists(path) || heed_json_read(root, path, MAX_CONFIG, err);
}

static bool is_bert_class(const char *name)
{
    static const char *const names[] = {
        "BertTokenizer",           "BertTokenizerFast", "DistilBertTokenizer",
        "DistilBertTokenizerFast", "ElectraTokenizer",  "ElectraTokenizerFast"};
    for (size_t i = 0; i < HEED_COUNT(names); i++) {
        if (strcmp(names[i], name) == 0) {
            return true;
        }
    }
    return false;
}

static bool find_vocabulary(struct source *source, struct heed_error *err)
{
    const char *class =
        heed_json_find_string(source->config, "tokenizer_class", "BertTokenizer");
    source->is_bert = is_bert_class(class);
    if (!heed_path_join(source->path, sizeof source->path, source->folder,
                        "tokenizer.json", err)) {
        return false;
    }
    if (heed_path_exists(source->path)) {
        return heed_json_read(&source->tokenizer, source->path, MAX_JSON, err);
    }
    if (!heed_path_join(source->path, sizeof source->path, source->folder,
                        "vocab.txt", err)) {
        return false;
    }
    if (!heed_path_exists(source->path)) {
        return heed_error_set(err, HEED_ERROR_FILE,
                              "'%s' holds neither tokenizer.json nor "
                              "vocab.txt: a model folder needs one of them",
                              source->folder);
    }
    return source->is_bert ||
           heed_error_set(err, HEED_ERROR_UNSUPPORTED,
                          "'%s': its tokenizer is a %.60s, which heed can "
                          "read from tokenizer.json only",
                          source->folder, class);
}

static bool read_source(struct heed_tokenizer_settings *settings,
                        struct source *source, struct heed_error *err)
{
    if (!read_optional(source, "tokenizer_config.json", &source->config, err) ||
        !read_optional(source, "special_tokens_map.json", &source->special, err) ||
        !find_vocabulary(source, err) || !read_rules(settings, source, err)) {
        return false;
    }
    settings->prefix_length = strlen(settings->prefix);
    read_max_length(settings, source);
    const bool ok = source->tokenizer
                        ? read_model(settings, source, err)
                        : read_vocabulary_lines(settings, source, err);
    return ok && read_added(settings, source, err) &&
           (heed_vocabulary_seal(&settings->vocabulary) ||
            fail_memory(source, err)) &&
           read_ids(settings, source, err);
}

bool heed_settings_read(struct heed_tokenizer_settings *settings,
                        const char *folder, struct heed_error *err)
{
    struct source source = {.folder = folder};
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
