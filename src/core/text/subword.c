#include "core/text/subword.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/compiler.h"
#include "core/model/json.h"

enum { MAX_WORD_CHARS = 10000 };

/* ---- reading ---- */

struct reading {
    struct heed_subword *model;
    const cJSON *rules;
    const char *merges; /* merges.txt */
    const char *path;
    struct heed_error *err;
};

static bool fail_memory(const struct reading *reading)
{
    return heed_error_set(reading->err, HEED_ERROR_MEMORY, "no memory left to open '%s'",
                          reading->path);
}

static bool fail_format(const struct reading *reading, const char *what)
{
    return heed_error_set(reading->err, HEED_ERROR_FORMAT, "'%s': %s; fetch the file again",
                          reading->path, what);
}

static bool add_piece(const struct reading *reading, const char *piece, size_t id)
{
    return heed_vocabulary_add(&reading->model->vocabulary, piece, strlen(piece), (int32_t)id) ||
           fail_memory(reading);
}

static bool read_pieces(const struct reading *reading)
{
    const cJSON *vocabulary = heed_json_find(reading->rules, "vocab");
    const cJSON *item = NULL;
    if (!cJSON_IsObject(vocabulary)) {
        return fail_format(reading, "its model has no \"vocab\"");
    }
    cJSON_ArrayForEach(item, vocabulary)
    {
        size_t id = 0;
        if (!heed_json_is_size(item, &id) || id > HEED_VOCABULARY_MAX_ID) {
            return heed_error_set(reading->err, HEED_ERROR_FORMAT,
                                  "'%s': the id of piece '%.100s' is no whole number from 0 to %d; "
                                  "fetch the file again",
                                  reading->path, item->string, HEED_VOCABULARY_MAX_ID);
        }
        if (!add_piece(reading, item->string, id)) {
            return false;
        }
    }
    return true;
}

static bool keep(const struct reading *reading, const char *text, const char **kept)
{
    *kept = heed_arena_copy(&reading->model->vocabulary.arena, text, strlen(text));
    return *kept || fail_memory(reading);
}

static bool read_prefix(const struct reading *reading, const char *fallback)
{
    struct heed_subword *model = reading->model;
    const char *text = heed_json_find_string(reading->rules, "continuing_subword_prefix", fallback);
    model->prefix_length = strlen(text);
    return keep(reading, text, &model->prefix);
}

static bool read_wordpiece(const struct reading *reading)
{
    struct heed_subword *model = reading->model;
    const struct heed_json_int what = {"max_input_chars_per_word", 1, MAX_WORD_CHARS, 100, false};
    const char *unk = heed_json_find_string(reading->rules, "unk_token", "[UNK]");
    int chars = 0;
    if (!heed_json_get_int(reading->rules, what, reading->path, &chars, reading->err) ||
        !read_prefix(reading, "##")) {
        return false;
    }
    /* The rules of vocab.txt come without pieces, which are there already. */
    if (model->vocabulary.n_entries == 0 && !read_pieces(reading)) {
        return false;
    }
    model->max_word_chars = (size_t)chars;
    model->unk_id = heed_vocabulary_find_piece(&model->vocabulary, unk, strlen(unk));
    return model->unk_id >= 0 ||
           heed_error_set(reading->err, HEED_ERROR_FORMAT,
                          "'%s': its vocabulary has no '%.50s'; fetch the file again",
                          reading->path, unk);
}

/* ---- BPE ---- */

static bool add_merge(const struct reading *reading, const char *left, size_t left_length,
                      const char *right, size_t right_length, uint32_t rank)
{
    bool missing = false;
    return heed_bpe_add(reading->model, left, left_length, right, right_length, rank, &missing) ||
           heed_error_set(reading->err, HEED_ERROR_FORMAT,
                          "'%s': merge %u is of pieces that its vocabulary doesn't have; fetch the "
                          "file again",
                          reading->path, rank + 1);
}

/* "left right". */
static bool add_line(const struct reading *reading, const char *line, size_t length, uint32_t rank)
{
    const char *space = memchr(line, ' ', length);
    const size_t left = space ? (size_t)(space - line) : 0;
    if (!space || memchr(space + 1, ' ', length - left - 1)) {
        return heed_error_set(reading->err, HEED_ERROR_FORMAT,
                              "'%s': merge %u isn't two pieces with a space between; fetch the "
                              "file again",
                              reading->path, rank + 1);
    }
    return add_merge(reading, line, left, space + 1, length - left - 1, rank);
}

static bool read_merge(const struct reading *reading, const cJSON *item, uint32_t rank)
{
    const cJSON *left = cJSON_GetArrayItem(item, 0);
    const cJSON *right = cJSON_GetArrayItem(item, 1);
    if (cJSON_IsString(item)) {
        return add_line(reading, item->valuestring, strlen(item->valuestring), rank);
    }
    if (!cJSON_IsString(left) || !cJSON_IsString(right)) {
        return fail_format(reading, "a merge of its model isn't two pieces");
    }
    return add_merge(reading, left->valuestring, strlen(left->valuestring), right->valuestring,
                     strlen(right->valuestring), rank);
}

static bool read_merges(const struct reading *reading)
{
    const cJSON *merges = heed_json_find(reading->rules, "merges");
    const cJSON *item = NULL;
    uint32_t rank = 0;
    if (!cJSON_IsArray(merges)) {
        return fail_format(reading, "its model has no \"merges\"");
    }
    if (!heed_bpe_reserve(reading->model, (size_t)cJSON_GetArraySize(merges))) {
        return fail_memory(reading);
    }
    cJSON_ArrayForEach(item, merges)
    {
        if (!read_merge(reading, item, rank++)) {
            return false;
        }
    }
    return true;
}

/* merges.txt: a line each, but for a first one that says its version. */
static bool read_lines(const struct reading *reading)
{
    const char *line = reading->merges;
    uint32_t rank = 0;
    size_t n = 1;
    for (const char *at = line; *at != '\0'; at++) {
        n += *at == '\n';
    }
    if (!heed_bpe_reserve(reading->model, n)) {
        return fail_memory(reading);
    }
    while (*line != '\0') {
        size_t length = strcspn(line, "\n");
        const char *next = line + length + (line[length] == '\n');
        length -= length > 0 && line[length - 1] == '\r';
        if (strncmp(line, "#version", 8) != 0 && !add_line(reading, line, length, rank++)) {
            return false;
        }
        line = next;
    }
    return true;
}

static bool read_bpe(const struct reading *reading)
{
    struct heed_subword *model = reading->model;
    const cJSON *rules = reading->rules;
    const char *unk = heed_json_find_string(rules, "unk_token", NULL);
    const char *suffix = heed_json_find_string(rules, "end_of_word_suffix", "");
    const cJSON *dropout = heed_json_find(rules, "dropout");
    if (cJSON_IsNumber(dropout) && dropout->valuedouble > 0) {
        return heed_error_set(reading->err, HEED_ERROR_UNSUPPORTED,
                              "'%s': its model drops merges by chance (dropout): set it to null",
                              reading->path);
    }
    if (!read_prefix(reading, "") || !keep(reading, suffix, &model->suffix) ||
        (model->vocabulary.n_entries == 0 && !read_pieces(reading))) {
        return false;
    }
    model->suffix = suffix[0] == '\0' ? NULL : model->suffix;
    model->byte_fallback = heed_json_find_bool(rules, "byte_fallback", false);
    model->fuse_unk = heed_json_find_bool(rules, "fuse_unk", false);
    model->ignore_merges = heed_json_find_bool(rules, "ignore_merges", false);
    model->unk_id = unk ? heed_vocabulary_find_piece(&model->vocabulary, unk, strlen(unk)) : -1;
    return reading->merges ? read_lines(reading) : read_merges(reading);
}

/* ---- Unigram ---- */

static bool read_scored(const struct reading *reading, const cJSON *item, size_t id)
{
    struct heed_subword *model = reading->model;
    const cJSON *piece = cJSON_GetArrayItem(item, 0);
    const cJSON *score = cJSON_GetArrayItem(item, 1);
    if (!cJSON_IsString(piece) || !cJSON_IsNumber(score)) {
        return fail_format(reading, "a piece of its model has no text and score");
    }
    if (!add_piece(reading, piece->valuestring, id)) {
        return false;
    }
    const char *text = piece->valuestring;
    const size_t entry = heed_vocabulary_find_entry(&model->vocabulary, text, strlen(text));
    model->scores[entry] = score->valuedouble;
    if (id == 0 || score->valuedouble < model->unk_score) {
        model->unk_score = score->valuedouble;
    }
    return true;
}

static bool read_unigram(const struct reading *reading)
{
    enum { UNKNOWN_PENALTY = 10 }; /* as SentencePiece has it */
    struct heed_subword *model = reading->model;
    const cJSON *vocabulary = heed_json_find(reading->rules, "vocab");
    const cJSON *item = NULL;
    const size_t n = (size_t)cJSON_GetArraySize(vocabulary);
    size_t unk = 0;
    size_t id = 0;
    if (!cJSON_IsArray(vocabulary) || n == 0) {
        return fail_format(reading, "its model has no \"vocab\"");
    }
    if (!heed_json_is_size(heed_json_find(reading->rules, "unk_id"), &unk) || unk >= n) {
        return fail_format(reading, "its model has no \"unk_id\" of its vocabulary");
    }
    model->scores = calloc(n, sizeof *model->scores);
    if (!model->scores) {
        return fail_memory(reading);
    }
    cJSON_ArrayForEach(item, vocabulary)
    {
        if (!read_scored(reading, item, id++)) {
            return false;
        }
    }
    model->unk_id = (int32_t)unk;
    model->unk_score -= UNKNOWN_PENALTY;
    model->byte_fallback = heed_json_find_bool(reading->rules, "byte_fallback", false);
    return heed_unigram_seal(model) || fail_memory(reading);
}

/* ---- the table ---- */

static const struct row {
    const char *type;
    bool (*read)(const struct reading *reading);
    heed_subword_split *split;
} rows[] = {
    {"WordPiece", read_wordpiece, heed_wordpiece_split},
    {"BPE", read_bpe, heed_bpe_split},
    {"Unigram", read_unigram, heed_unigram_split},
};

/* Old files don't say; what else they hold tells. */
const char *heed_subword_type(const cJSON *rules)
{
    const char *otherwise = heed_json_find(rules, "unk_id") ? "Unigram" : "WordPiece";
    return heed_json_find_string(rules, "type",
                                 heed_json_find(rules, "merges") ? "BPE" : otherwise);
}

bool heed_subword_read(struct heed_subword *model, const cJSON *rules, const char *merges,
                       const char *path, struct heed_error *err)
{
    const struct reading reading = {model, rules, merges, path, err};
    const char *type = heed_subword_type(rules);
    for (size_t i = 0; i < HEED_COUNT(rows); i++) {
        if (strcmp(rows[i].type, type) == 0) {
            model->split = rows[i].split;
            return rows[i].read(&reading);
        }
    }
    return heed_error_set(err, HEED_ERROR_UNSUPPORTED,
                          "'%s' is a %.30s tokenizer: heed reads WordPiece, BPE and Unigram", path,
                          type);
}

void heed_subword_finish(struct heed_subword *model)
{
    free(model->merges);
    free(model->scores);
    free(model->sorted);
    heed_vocabulary_finish(&model->vocabulary);
    *model = (struct heed_subword){0};
}
