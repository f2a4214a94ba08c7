#include "token_golden.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/model/json.h"

const char *test_path(const char *kind, const char *name)
{
    static char path[4096];
    const char *root = getenv("HEED_TEST_DATA");
    assert_non_null(root);
    snprintf(path, sizeof path, "%s/%s/%s", root, kind, name);
    return path;
}

struct heed_tokenizer *open_tokenizer(const char *folder, int max_positions)
{
    struct heed_error err = {0};
    struct heed_tokenizer *tokenizer = NULL;
    if (!heed_tokenizer_open(&tokenizer, folder, max_positions, &err)) {
        fail_msg("%s", err.text);
    }
    return tokenizer;
}

struct heed_encoding *encode_text(const struct heed_tokenizer *tokenizer, const char *text,
                                  const char *pair)
{
    struct heed_error err = {0};
    struct heed_encoding *encoding = NULL;
    if (!heed_tokenize(&encoding, tokenizer, text, strlen(text), pair, pair ? strlen(pair) : 0,
                       (struct heed_tokenize_options){0}, &err)) {
        fail_msg("%s", err.text);
    }
    return encoding;
}

static int number_at(const cJSON *array, int index)
{
    const cJSON *item = cJSON_GetArrayItem(array, index);
    assert_true(cJSON_IsNumber(item));
    return (int)item->valuedouble;
}

static void check_token(const cJSON *golden, int i, const struct heed_token *token, int case_index)
{
    const cJSON *ids = heed_json_find(golden, "ids");
    const cJSON *offsets = heed_json_find(golden, "offsets");
    const cJSON *types = heed_json_find(golden, "types");
    if (token->id != number_at(ids, i) || token->start != number_at(offsets, 2 * i) ||
        token->end != number_at(offsets, 2 * i + 1) || token->type != number_at(types, i)) {
        fail_msg("case %d, token %d: id %d [%d, %d) of type %d, but the "
                 "golden has id %d [%d, %d) of type %d",
                 case_index, i, token->id, token->start, token->end, token->type, number_at(ids, i),
                 number_at(offsets, 2 * i), number_at(offsets, 2 * i + 1), number_at(types, i));
    }
}

static void check_case(const struct heed_tokenizer *tokenizer, const cJSON *golden, int case_index)
{
    const cJSON *ids = heed_json_find(golden, "ids");
    struct heed_encoding *encoding =
        encode_text(tokenizer, heed_json_find_string(golden, "text", NULL),
                    heed_json_find_string(golden, "pair", NULL));
    if (encoding->n_tokens != cJSON_GetArraySize(ids)) {
        fail_msg("case %d: %d tokens, but the golden has %d", case_index, encoding->n_tokens,
                 cJSON_GetArraySize(ids));
    }
    for (int i = 0; i < encoding->n_tokens; i++) {
        check_token(golden, i, &encoding->tokens[i], case_index);
    }
    assert_int_equal(encoding->n_total, (int)heed_json_find(golden, "total")->valuedouble);
    heed_encoding_destroy(encoding);
}

void compare_goldens(const char *name, const char *folder)
{
    char file[64];
    cJSON *root = NULL;
    int n_cases = 0;
    struct heed_error err = {0};
    snprintf(file, sizeof file, "tokens-%s.json", name);
    struct heed_tokenizer *tokenizer = open_tokenizer(folder, 512);
    if (!heed_json_read(&root, test_path("golden", file), 1 << 24, &err)) {
        fail_msg("%s", err.text);
    }
    const cJSON *golden = NULL;
    cJSON_ArrayForEach(golden, heed_json_find(root, "cases"))
    {
        check_case(tokenizer, golden, n_cases++);
    }
    assert_true(n_cases > 100);
    cJSON_Delete(root);
    heed_tokenizer_destroy(tokenizer);
}
