#include "core/analysis/measures.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/analysis/row_sums.h"
#include "core/text/words.h"

/* What all heads share: which tokens count as the same word. */
struct plan {
    const struct heed_encoding *encoding;
    int n;
    int32_t *word;  /* [n] index of the token's word; -1: the template's */
    int32_t *next;  /* [n] the next token with the same id, in a ring */
    float *columns; /* [n] column sums of the head in hand */
    heed_row_sums_function *sum;
};

static void plan_finish(struct plan *plan)
{
    free(plan->word);
    free(plan->next);
    free(plan->columns);
}

/* Tokens sorted by id, then position: packed into one integer each. */
static int compare_keys(const void *a, const void *b)
{
    const uint64_t x = *(const uint64_t *)a;
    const uint64_t y = *(const uint64_t *)b;
    return x < y ? -1 : x > y;
}

/* Links the tokens of each id into a ring. */
static bool link_same_ids(struct plan *plan)
{
    uint64_t *keys = malloc((size_t)plan->n * sizeof *keys);
    if (!keys) {
        return false;
    }
    for (int i = 0; i < plan->n; i++) {
        const uint32_t id = (uint32_t)plan->encoding->tokens[i].id;
        keys[i] = (uint64_t)id << 32 | (uint32_t)i;
    }
    qsort(keys, (size_t)plan->n, sizeof *keys, compare_keys);
    for (int first = 0; first < plan->n;) {
        int end = first + 1;
        while (end < plan->n && keys[end] >> 32 == keys[first] >> 32) {
            end++;
        }
        for (int k = first; k < end; k++) {
            const int follower = k + 1 < end ? k + 1 : first;
            plan->next[(uint32_t)keys[k]] = (int32_t)(uint32_t)keys[follower];
        }
        first = end;
    }
    free(keys);
    return true;
}

/* A token that no word holds is a word by itself. */
static void mark_words(struct plan *plan, const struct heed_word *words, int n_words)
{
    for (int i = 0; i < plan->n; i++) {
        plan->word[i] = plan->encoding->tokens[i].is_template ? -1 : n_words + i;
    }
    for (int w = 0; w < n_words; w++) {
        for (int k = 0; k < words[w].count; k++) {
            plan->word[words[w].first + k] = w;
        }
    }
}

static bool plan_init(struct plan *plan, const struct heed_encoding *encoding,
                      struct heed_error *err)
{
    const size_t n = (size_t)encoding->n_tokens;
    struct heed_word *words = NULL;
    int n_words = 0;
    if (!heed_words_find(encoding, &words, &n_words, err)) {
        return false;
    }
    *plan = (struct plan){.encoding = encoding,
                          .n = encoding->n_tokens,
                          .sum = heed_row_sums_get_fastest()};
    plan->word = malloc(n * sizeof *plan->word);
    plan->next = malloc(n * sizeof *plan->next);
    plan->columns = malloc(n * sizeof *plan->columns);
    const bool ok =
        plan->word && plan->next && plan->columns && link_same_ids(plan);
    if (ok) {
        mark_words(plan, words, n_words);
    } else {
        plan_finish(plan);
        heed_error_set(err, HEED_ERROR_MEMORY,
                       "no memory left for the heads' measures");
    }
    free(words);
    return ok;
}

static float share_to_same_word(const struct plan *plan, const float *row, int i)
{
    if (plan->word[i] < 0) {
        return 0;
    }
    float share = 0;
    for (int j = plan->next[i]; j != i; j = plan->next[j]) {
        share += plan->word[j] < 0 ? 0 : row[j];
    }
    const int32_t id = plan->encoding->tokens[i].id;
    for (int step = -1; step <= 1; step += 2) {
        for (int j = i + step;
             j >= 0 && j < plan->n && plan->word[j] == plan->word[i]; j += step) {
            share += plan->encoding->tokens[j].id == id ? 0 : row[j];
        }
    }
    return share;
}

/* Shares to kinds of keys, from the sums of the columns. */
static void add_key_shares(struct heed_head_measures *measures,
                           const struct plan *plan)
{
    bool seen_template = false;
    for (int j = 0; j < plan->n; j++) {
        const struct heed_token *token = &plan->encoding->tokens[j];
        if (token->is_template && !seen_template) {
            measures->to_cls += plan->columns[j];
            seen_template = true;
        } else if (token->is_template) {
            measures->to_sep += plan->columns[j];
        }
        if (token->punctuation) {
            measures->to_punctuation += plan->columns[j];
        }
    }
}

static void divide(struct heed_head_measures *measures, int n)
{
    const float rows = (float)n;
    measures->entropy /= n > 1 ? rows * log2f(rows) : 1.0F;
    measures->distance /= rows;
    measures->confidence /= rows;
    measures->to_self /= rows;
    measures->to_previous /= rows;
    measures->to_next /= rows;
    measures->to_cls /= rows;
    measures->to_sep /= rows;
    measures->to_punctuation /= rows;
    measures->to_same_word /= rows;
}

static struct heed_head_measures measure_head(const struct plan *plan,
                                              const float *map)
{
    struct heed_head_measures sums = {0};
    const int n = plan->n;
    memset(plan->columns, 0, (size_t)n * sizeof *plan->columns);
    for (int i = 0; i < n; i++) {
        const float *row = map + (size_t)i * (size_t)n;
        const struct heed_row_sums of_row = plan->sum(row, n, i, plan->columns);
        sums.entropy += of_row.entropy;
        sums.distance += of_row.distance;
        sums.confidence += of_row.largest;
        sums.to_self += row[i];
        sums.to_previous += row[i > 0 ? i - 1 : i];
        sums.to_next += row[i + 1 < n ? i + 1 : i];
        sums.to_same_word += share_to_same_word(plan, row, i);
    }
    add_key_shares(&sums, plan);
    divide(&sums, n);
    if (n == 1 || sums.entropy < 0) {
        sums.entropy = 0;
    }
    return sums;
}

bool heed_measure_heads(struct heed_head_measures *measures,
                        const struct heed_run *run,
                        const struct heed_encoding *encoding,
                        struct heed_error *err)
{
    struct plan plan;
    if (!plan_init(&plan, encoding, err)) {
        return false;
    }
    const size_t cells = (size_t)plan.n * (size_t)plan.n;
    for (int h = 0; h < run->n_layers * run->n_heads; h++) {
        measures[h] = measure_head(&plan, run->attention + (size_t)h * cells);
    }
    plan_finish(&plan);
    return true;
}

enum heed_head_label heed_head_label(const struct heed_head_measures *measures,
                                     float *value)
{
    const float shares[] = {
        [HEED_LABEL_PREVIOUS] = measures->to_previous,
        [HEED_LABEL_NEXT] = measures->to_next,
        [HEED_LABEL_SELF] = measures->to_self,
        [HEED_LABEL_CLS] = measures->to_cls,
        [HEED_LABEL_SEP] = measures->to_sep,
        [HEED_LABEL_PUNCTUATION] = measures->to_punctuation,
        [HEED_LABEL_SAME_WORD] = measures->to_same_word,
    };
    enum heed_head_label label = HEED_LABEL_PREVIOUS;
    for (int l = HEED_LABEL_PREVIOUS; l <= HEED_LABEL_SAME_WORD; l++) {
        if (shares[l] > shares[label]) {
            label = (enum heed_head_label)l;
        }
    }
    float deciding = shares[label];
    if (deciding < 0.40F) {
        deciding = measures->entropy;
        label = deciding >= 0.80F ? HEED_LABEL_BROAD : HEED_LABEL_NONE;
    }
    if (value) {
        *value = deciding;
    }
    return label;
}

const char *heed_head_label_name(enum heed_head_label label)
{
    static const char *const names[] = {
        [HEED_LABEL_NONE] = "no label",
        [HEED_LABEL_PREVIOUS] = "to previous token",
        [HEED_LABEL_NEXT] = "to next token",
        [HEED_LABEL_SELF] = "to itself",
        [HEED_LABEL_CLS] = "to [CLS]",
        [HEED_LABEL_SEP] = "to [SEP]",
        [HEED_LABEL_PUNCTUATION] = "to punctuation",
        [HEED_LABEL_SAME_WORD] = "to same word",
        [HEED_LABEL_BROAD] = "broad",
    };
    return names[label];
}
