#include "core/text/settings_source.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/compiler.h"
#include "core/model/json.h"
#include "core/text/tokenizer_class.h"

/* A token as a file gives it: a string, or an object with flags. */
static bool parse_token(const cJSON *item, struct heed_added_token *token)
{
    const char *content =
        cJSON_IsString(item) ? item->valuestring : heed_json_find_string(item, "content", NULL);
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

static struct heed_added_token *find_token(const struct token_list *list, const char *content)
{
    for (size_t i = 0; i < list->n; i++) {
        if (strcmp(list->tokens[i].content, content) == 0) {
            return &list->tokens[i];
        }
    }
    return NULL;
}

static bool put_token(struct token_list *list, const struct heed_added_token *token, bool replace)
{
    struct heed_added_token *known = find_token(list, token->content);
    if (known) {
        *known = replace ? *token : *known;
        return true;
    }
    if (!heed_array_reserve(&list->tokens, &list->capacity, list->n + 1, sizeof *token)) {
        return false;
    }
    list->tokens[list->n++] = *token;
    return true;
}

static bool put_all(struct token_list *list, const struct heed_settings_source *source,
                    const cJSON *items, bool are_special, struct heed_error *err)
{
    const cJSON *item = NULL;
    cJSON_ArrayForEach(item, items)
    {
        struct heed_added_token token;
        if (!parse_token(item, &token)) {
            return heed_settings_fail_format(source, "an added token has no content", err);
        }
        token.special = token.special || are_special;
        if (!put_token(list, &token, !are_special)) {
            return heed_settings_fail_memory(source, err);
        }
    }
    return true;
}

static const char *const role_keys[HEED_N_ROLES] = {
    [HEED_ROLE_BOS] = "bos_token",   [HEED_ROLE_EOS] = "eos_token", [HEED_ROLE_UNK] = "unk_token",
    [HEED_ROLE_SEP] = "sep_token",   [HEED_ROLE_PAD] = "pad_token", [HEED_ROLE_CLS] = "cls_token",
    [HEED_ROLE_MASK] = "mask_token",
};

/* special_tokens_map.json goes first, unless tokenizer_config.json is of the
 * newer kind that lists every added token. */
static const cJSON *find_special(const struct heed_settings_source *source, const char *key)
{
    const cJSON *item = NULL;
    if (!heed_json_find(source->config, "added_tokens_decoder")) {
        item = heed_json_find(source->special, key);
    }
    return item ? item : heed_json_find(source->config, key);
}

/* False: there is none. */
static bool find_role(const struct heed_settings_source *source, enum heed_role role,
                      struct heed_added_token *token)
{
    const cJSON *item = find_special(source, role_keys[role]);
    const char *fallback = source->class ? source->class->roles[role] : NULL;
    if (!parse_token(item, token)) {
        *token = (struct heed_added_token){.content = fallback};
    }
    if (role == HEED_ROLE_MASK && source->class && !cJSON_IsObject(item)) {
        token->lstrip = source->class->mask_takes_space;
    }
    token->special = true;
    return token->content != NULL;
}

const char *heed_settings_find_role(const struct heed_settings_source *source, enum heed_role role)
{
    struct heed_added_token token;
    return find_role(source, role, &token) ? token.content : NULL;
}

static int by_id(const void *a, const void *b)
{
    const double x = (*(const cJSON *const *)a)->valuedouble;
    const double y = (*(const cJSON *const *)b)->valuedouble;
    return (x > y) - (x < y);
}

/* Of added_tokens.json: the flags follow from whether it is special. */
static struct heed_added_token legacy_token(const struct heed_settings_source *source,
                                            const char *content)
{
    struct heed_added_token token = {.content = content, .id = -1};
    for (int role = 0; role < HEED_N_ROLES; role++) {
        const char *special = heed_settings_find_role(source, (enum heed_role)role);
        token.special |= special && strcmp(special, content) == 0;
    }
    token.normalized = !token.special;
    return token;
}

/* Those of added_tokens.json, in the order of their ids. */
static bool put_legacy(struct token_list *list, const struct heed_settings_source *source,
                       struct heed_error *err)
{
    const cJSON **items = calloc((size_t)cJSON_GetArraySize(source->added) + 1, sizeof *items);
    const cJSON *item = NULL;
    size_t n = 0;
    bool ok = true;
    if (!items) {
        return heed_settings_fail_memory(source, err);
    }
    cJSON_ArrayForEach(item, source->added)
    {
        items[n] = item;
        n += cJSON_IsNumber(item) != 0;
    }
    heed_sort(items, n, sizeof *items, by_id);
    for (size_t i = 0; ok && i < n; i++) {
        const struct heed_added_token token = legacy_token(source, items[i]->string);
        ok = put_token(list, &token, true);
    }
    free(items);
    return ok || heed_settings_fail_memory(source, err);
}

/* The tokens that only this model has: KEY_token as a string. */
static bool put_own(struct token_list *list, const struct heed_settings_source *source,
                    struct heed_error *err)
{
    const cJSON *item = NULL;
    cJSON_ArrayForEach(item, source->config)
    {
        const size_t length = strlen(item->string);
        bool is_role = length < 6 || strcmp(item->string + length - 6, "_token") != 0;
        for (int i = 0; i < HEED_N_ROLES; i++) {
            is_role |= strcmp(role_keys[i], item->string) == 0;
        }
        const struct heed_added_token token = {.content = item->valuestring, .special = true};
        if (!is_role && cJSON_IsString(item) && !put_token(list, &token, false)) {
            return heed_settings_fail_memory(source, err);
        }
    }
    return true;
}

/* A list, or an object of names and tokens. */
static bool put_extra(struct token_list *list, const struct heed_settings_source *source,
                      struct heed_error *err)
{
    const cJSON *extra = find_special(source, "extra_special_tokens");
    if (cJSON_GetArraySize(extra) == 0) {
        extra = find_special(source, "additional_special_tokens");
    }
    for (size_t i = 0; !extra && source->class && i < HEED_COUNT(source->class->extra); i++) {
        const struct heed_added_token token = {.content = source->class->extra[i], .special = true};
        if (token.content && !put_token(list, &token, false)) {
            return heed_settings_fail_memory(source, err);
        }
    }
    return put_all(list, source, extra, true, err);
}

static bool collect_tokens(struct token_list *list, const struct heed_settings_source *source,
                           struct heed_error *err)
{
    const cJSON *decoder = heed_json_find(source->config, "added_tokens_decoder");
    const cJSON *added = heed_json_find(source->tokenizer, "added_tokens");
    if (!decoder && !put_legacy(list, source, err)) {
        return false;
    }
    if ((!source->class || !decoder) && !put_all(list, source, added, false, err)) {
        return false;
    }
    if (!put_all(list, source, decoder, false, err)) {
        return false;
    }
    for (int i = 0; i < HEED_N_ROLES; i++) {
        struct heed_added_token token;
        if (find_role(source, (enum heed_role)i, &token) && !put_token(list, &token, false)) {
            return heed_settings_fail_memory(source, err);
        }
    }
    return put_own(list, source, err) && put_extra(list, source, err);
}

static bool normalise_pattern(struct heed_tokenizer_settings *settings,
                              struct heed_added_token *token)
{
    char *normal = NULL;
    size_t length = 0;
    if (!heed_normalise_text(&settings->normaliser, token->content, strlen(token->content), &normal,
                             &length)) {
        return false;
    }
    token->pattern = heed_arena_copy(&settings->model.vocabulary.arena, normal, length);
    token->length = length;
    free(normal);
    return token->pattern != NULL;
}

/* Gives the token its id (the vocabulary's, or the next free one) and puts
 * it into the set that it belongs to. */
static bool place_token(struct heed_tokenizer_settings *settings,
                        const struct heed_settings_source *source, struct heed_added_token token,
                        int32_t *next_id, struct heed_error *err)
{
    const size_t length = strlen(token.content);
    token.id = heed_vocabulary_find_piece(&settings->model.vocabulary, token.content, length);
    if (token.id < 0) {
        token.id = (*next_id)++;
    }
    token.content = heed_arena_copy(&settings->model.vocabulary.arena, token.content, length);
    if (!token.content) {
        return heed_settings_fail_memory(source, err);
    }
    token.is_skipped =
        token.special && heed_json_find_bool(source->config, "split_special_tokens", false);
    token.pattern = token.content;
    token.length = length;
    if (token.normalized && !normalise_pattern(settings, &token)) {
        return heed_settings_fail_memory(source, err);
    }
    struct heed_added_set *set = token.normalized ? &settings->normalised : &settings->raw;
    return heed_added_set_add(set, &token) || heed_settings_fail_memory(source, err);
}

bool heed_settings_read_added(struct heed_tokenizer_settings *settings,
                              const struct heed_settings_source *source, struct heed_error *err)
{
    struct token_list list = {0};
    int32_t next_id = (int32_t)settings->model.vocabulary.n_entries;
    bool ok = collect_tokens(&list, source, err);
    for (size_t i = 0; ok && i < list.n; i++) {
        ok = place_token(settings, source, list.tokens[i], &next_id, err);
    }
    free(list.tokens);
    return ok;
}

int32_t heed_settings_find_id(const struct heed_tokenizer_settings *settings, const char *content)
{
    const struct heed_added_set *sets[] = {&settings->raw, &settings->normalised};
    for (size_t i = 0; i < HEED_COUNT(sets); i++) {
        for (size_t k = 0; k < sets[i]->n_tokens; k++) {
            if (strcmp(sets[i]->tokens[k].content, content) == 0) {
                return sets[i]->tokens[k].id;
            }
        }
    }
    return heed_vocabulary_find_piece(&settings->model.vocabulary, content, strlen(content));
}
