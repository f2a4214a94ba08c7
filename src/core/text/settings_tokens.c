#include "core/text/settings_source.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/compiler.h"
#include "core/model/json.h"

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
static const cJSON *find_special(const struct heed_settings_source *source, const char *key)
{
    const cJSON *item = NULL;
    if (!heed_json_find(source->config, "added_tokens_decoder")) {
        item = heed_json_find(source->special, key);
    }
    return item ? item : heed_json_find(source->config, key);
}

static struct heed_added_token find_role(const struct heed_settings_source *source, enum role role)
{
    struct heed_added_token token;
    if (!parse_token(find_special(source, roles[role].key), &token)) {
        token = (struct heed_added_token){.content = roles[role].content};
    }
    token.special = true;
    return token;
}

static bool collect_tokens(struct token_list *list, const struct heed_settings_source *source,
                           struct heed_error *err)
{
    const cJSON *decoder = heed_json_find(source->config, "added_tokens_decoder");
    const cJSON *added = heed_json_find(source->tokenizer, "added_tokens");
    if ((!source->is_bert || !decoder) && !put_all(list, source, added, false, err)) {
        return false;
    }
    if (!put_all(list, source, decoder, false, err)) {
        return false;
    }
    for (int i = 0; source->is_bert && i < N_ROLES; i++) {
        const struct heed_added_token token = find_role(source, (enum role)i);
        if (!put_token(list, &token, false)) {
            return heed_settings_fail_memory(source, err);
        }
    }
    return put_all(list, source, find_special(source, "additional_special_tokens"), true, err);
}

static bool normalise_pattern(struct heed_tokenizer_settings *settings,
                              struct heed_added_token *token)
{
    char *normal = NULL;
    size_t length = 0;
    if (!heed_settings_normalise(&settings->normal, token->content, strlen(token->content), &normal,
                                 &length)) {
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
                        const struct heed_settings_source *source, struct heed_added_token token,
                        int32_t *next_id, struct heed_error *err)
{
    const size_t length = strlen(token.content);
    token.id = heed_vocabulary_find_piece(&settings->vocabulary, token.content, length);
    if (token.id < 0) {
        token.id = (*next_id)++;
    }
    if (!heed_settings_keep(settings, source, token.content, &token.content, err)) {
        return false;
    }
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
    int32_t next_id = (int32_t)settings->vocabulary.n_entries;
    bool ok = collect_tokens(&list, source, err);
    for (size_t i = 0; ok && i < list.n; i++) {
        ok = place_token(settings, source, list.tokens[i], &next_id, err);
    }
    free(list.tokens);
    return ok;
}

static int32_t find_id(const struct heed_tokenizer_settings *settings, const char *content)
{
    const struct heed_added_set *sets[] = {&settings->raw, &settings->normalised};
    for (size_t i = 0; i < HEED_COUNT(sets); i++) {
        for (size_t k = 0; k < sets[i]->n_tokens; k++) {
            if (strcmp(sets[i]->tokens[k].content, content) == 0) {
                return sets[i]->tokens[k].id;
            }
        }
    }
    return heed_vocabulary_find_piece(&settings->vocabulary, content, strlen(content));
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
    const char *again[] = {item_name(cJSON_GetArrayItem(two, 0), "SpecialToken", 0),
                           item_name(cJSON_GetArrayItem(two, 2), "SpecialToken", 0),
                           item_name(cJSON_GetArrayItem(two, 4), "SpecialToken", 1)};
    return *cls && *sep && again[0] && again[1] && again[2] && strcmp(*cls, again[0]) == 0 &&
           strcmp(*sep, again[1]) == 0 && strcmp(*sep, again[2]) == 0 &&
           is_sequence(cJSON_GetArrayItem(one, 1), "A", 0) &&
           is_sequence(cJSON_GetArrayItem(two, 1), "A", 0) &&
           is_sequence(cJSON_GetArrayItem(two, 3), "B", 1);
}

static bool read_processor(const struct heed_settings_source *source, const char **cls,
                           const char **sep, struct heed_error *err)
{
    const cJSON *processor = heed_json_find(source->tokenizer, "post_processor");
    const char *type = heed_json_find_string(processor, "type", "");
    if (strcmp(type, "BertProcessing") == 0) {
        const cJSON *first = cJSON_GetArrayItem(heed_json_find(processor, "cls"), 0);
        const cJSON *last = cJSON_GetArrayItem(heed_json_find(processor, "sep"), 0);
        *cls = cJSON_IsString(first) ? first->valuestring : "[CLS]";
        *sep = cJSON_IsString(last) ? last->valuestring : "[SEP]";
        return true;
    }
    if (strcmp(type, "TemplateProcessing") == 0 && read_template(processor, cls, sep)) {
        return true;
    }
    return heed_error_set(err, HEED_ERROR_UNSUPPORTED,
                          "'%s': its post_processor isn't BERT's [CLS] A [SEP] B [SEP]",
                          source->path);
}

bool heed_settings_read_ids(struct heed_tokenizer_settings *settings,
                            const struct heed_settings_source *source, struct heed_error *err)
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
    settings->unk_id = heed_vocabulary_find_piece(&settings->vocabulary, unk, strlen(unk));
    settings->mask_id = find_id(settings, find_role(source, ROLE_MASK).content);
    if (settings->cls_id < 0 || settings->sep_id < 0 || settings->unk_id < 0) {
        const char *missing = settings->unk_id < 0 ? unk : settings->cls_id < 0 ? cls : sep;
        return heed_error_set(err, HEED_ERROR_FORMAT,
                              "'%s': its vocabulary has no '%.50s'; fetch the file again",
                              source->path, missing);
    }
    return true;
}
