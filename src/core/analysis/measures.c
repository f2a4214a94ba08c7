#include "core/analysis/measures.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#include "core/analysis/row_sums.h"
#include "core/text/words.h"

struct heed_measure_plan {
    const struct heed_encoding *encoding;
    int n;
    /* Tokens that aren't the template's, those of one id next to each other. */
    int32_t *same; /* [n] */
    struct family {
        int32_t first, next, end; /* in `same`; next: while it is filled */
    } * families;                 /* [n] by token; empty for the template's */
    int32_t *places;              /* [n] of the tokens, in `same` */
    int32_t *word;                /* [n] index of the token's word; -1: the template's */
    heed_row_sums_function *sum;
    heed_row_entropy_function *entropy;
};

/* leaders[i]: the first token with the id of token i; -1: the template's.
 * slots: a hash table of mask + 1 places, at least half of them free. */
static void find_leaders(const struct heed_encoding *encoding, int32_t *leaders, int32_t *slots,
                         uint32_t mask)
{
    memset(slots, -1, ((size_t)mask + 1) * sizeof *slots);
    for (int i = 0; i < encoding->n_tokens; i++) {
        const struct heed_token *token = &encoding->tokens[i];
        uint32_t at = (uint32_t)token->id * 2654435761U >> 7;
        leaders[i] = -1;
        while (!token->is_template && leaders[i] < 0) {
            int32_t *slot = &slots[at++ & mask];
            *slot = *slot < 0 ? i : *slot;
            leaders[i] = encoding->tokens[*slot].id == token->id ? *slot : -1;
        }
    }
}

/* Families are laid beside each other in the order of their leaders. */
static void find_families(struct heed_measure_plan *plan, const int32_t *leaders)
{
    int32_t at = 0;
    for (int i = 0; i < plan->n; i++) { /* first their sizes, in `end` */
        if (leaders[i] >= 0) {
            plan->families[leaders[i]].end++;
        }
    }
    for (int i = 0; i < plan->n; i++) {
        if (leaders[i] < 0) {
            continue;
        }
        struct family *leader = &plan->families[leaders[i]];
        if (leaders[i] == i) {
            const int32_t size = leader->end;
            *leader = (struct family){at, at, at + size};
            at += size;
        }
        const int32_t place = leader->next++;
        plan->same[place] = i;
        plan->families[i].first = leader->first;
        plan->families[i].end = leader->end;
        plan->places[i] = place;
    }
}

/* A token that no word holds is a word by itself. */
static void mark_words(struct heed_measure_plan *plan, const struct heed_word *words, int n_words)
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

const struct heed_measure_plan *heed_measure_plan_create(struct heed_arena *arena,
                                                         const struct heed_encoding *encoding,
                                                         struct heed_error *err)
{
    const size_t n = (size_t)encoding->n_tokens;
    struct heed_word *words = NULL;
    int n_words = 0;
    if (!heed_words_find(encoding, arena, &words, &n_words, err)) {
        return NULL;
    }
    uint32_t mask = 1;
    while (mask < 2 * n) {
        mask = 2 * mask + 1;
    }
    struct heed_measure_plan *plan = heed_arena_zeroed(arena, 1, sizeof *plan);
    int32_t *numbers = heed_arena_zeroed(arena, 4 * n + mask + 1, sizeof *numbers);
    struct family *families = heed_arena_zeroed(arena, n, sizeof *families);
    if (!plan || !numbers || !families) {
        heed_error_set(err, HEED_ERROR_MEMORY, "no memory left for the heads' measures");
        return NULL;
    }
    *plan = (struct heed_measure_plan){
        .encoding = encoding,
        .n = encoding->n_tokens,
        .same = numbers,
        .families = families,
        .places = numbers + n,
        .word = numbers + 2 * n,
        .sum = heed_row_sums_get_fastest(),
        .entropy = heed_row_entropy_get_fastest(),
    };
    find_leaders(encoding, numbers + 3 * n, numbers + 4 * n, mask);
    find_families(plan, numbers + 3 * n);
    mark_words(plan, words, n_words);
    return plan;
}

/* row[keys[0]] + row[keys[1]] ..., in four sums side by side. */
static float gather(const float *row, const int32_t *keys, int n)
{
    float parts[4] = {0};
    int k = 0;
    for (; k + 4 <= n; k += 4) {
        for (int p = 0; p < 4; p++) {
            parts[p] += row[keys[k + p]];
        }
    }
    for (; k < n; k++) {
        parts[0] += row[keys[k]];
    }
    return (parts[0] + parts[1]) + (parts[2] + parts[3]);
}

static float share_to_same_word(const struct heed_measure_plan *plan, const float *row, int i)
{
    if (plan->word[i] < 0) {
        return 0;
    }
    const struct family *family = &plan->families[i];
    const int32_t place = plan->places[i];
    float share = gather(row, plan->same + family->first, place - family->first) +
                  gather(row, plan->same + place + 1, family->end - place - 1);
    const int32_t id = plan->encoding->tokens[i].id;
    for (int step = -1; step <= 1; step += 2) {
        for (int j = i + step; j >= 0 && j < plan->n && plan->word[j] == plan->word[i]; j += step) {
            share += plan->encoding->tokens[j].id == id ? 0 : row[j];
        }
    }
    return share;
}

/* Shares to kinds of keys, from the sums of the columns. */
static void add_key_shares(struct heed_head_measures *measures,
                           const struct heed_measure_plan *plan, const float *columns)
{
    bool seen_template = false;
    for (int j = plan->encoding->n_queries; j < plan->n; j++) {
        const struct heed_token *token = &plan->encoding->tokens[j];
        if (token->is_template && !seen_template) {
            measures->to_cls += columns[j];
            seen_template = true;
        } else if (token->is_template) {
            measures->to_sep += columns[j];
        }
        if (token->punctuation) {
            measures->to_punctuation += columns[j];
        }
    }
}

static void divide(struct heed_head_measures *measures, int n_rows, int n)
{
    const float rows = (float)n_rows;
    measures->entropy /= n > 1 ? rows * log2f((float)n) : 1.0F;
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

void heed_measure_begin(struct heed_measuring *measuring, const struct heed_measure_plan *plan,
                        float *columns)
{
    *measuring = (struct heed_measuring){.columns = columns};
    memset(columns, 0, (size_t)plan->n * sizeof *columns);
}

void heed_measure_add_rows(struct heed_measuring *measuring, const struct heed_measure_plan *plan,
                           const float *map, const float *entropies, int first, int count)
{
    struct heed_head_measures *sums = &measuring->sums;
    const int n = plan->n;
    for (int i = first; i < first + count; i++) {
        const float *row = map + (size_t)i * (size_t)n;
        const struct heed_row_sums of_row = plan->sum(row, n, i, measuring->columns);
        sums->entropy += entropies ? entropies[i] : plan->entropy(row, n);
        sums->distance += of_row.distance;
        sums->confidence += of_row.largest;
        sums->to_self += row[i];
        sums->to_previous += row[i > 0 ? i - 1 : i];
        sums->to_next += row[i + 1 < n ? i + 1 : i];
        sums->to_same_word += share_to_same_word(plan, row, i);
    }
}

struct heed_head_measures heed_measure_end(struct heed_measuring *measuring,
                                           const struct heed_measure_plan *plan)
{
    struct heed_head_measures *sums = &measuring->sums;
    add_key_shares(sums, plan, measuring->columns);
    const int n_queries = plan->encoding->n_queries;
    const int n_keys = plan->n - n_queries;
    divide(sums, n_queries > 0 ? n_queries : plan->n, n_keys);
    if (n_keys == 1 || sums->entropy < 0) {
        sums->entropy = 0;
    }
    return *sums;
}

enum heed_head_label heed_head_label(const struct heed_head_measures *measures, float *value)
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
