/* Pronouns: a row becomes a sentence that is counted, and what they come to. */
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/utf8.h"
#include "core/engine/probe_private.h"
#include "core/text/folded.h"
#include "core/text/names.h"
#include "core/text/words.h"

/* ---- pairs that the file names ---- */

struct key {
    const char *pair;
    size_t row;
};

static int compare_keys(const void *left, const void *right)
{
    const struct key *a = left;
    const struct key *b = right;
    const int by = strcmp(a->pair, b->pair);
    return by != 0 ? by : (a->row > b->row) - (a->row < b->row);
}

bool heed_probe_pairs_begin(struct heed_probe_run *run, struct heed_error *err)
{
    const size_t n = run->rows.n;
    struct key *keys = malloc((n + 1) * sizeof *keys);
    size_t n_keys = 0;
    int n_pairs = 0;
    run->pair_of = heed_arena_alloc(&run->arena, (n + 1) * sizeof *run->pair_of);
    run->pair_numbers = heed_arena_alloc(&run->arena, (n + 1) * sizeof *run->pair_numbers);
    if (!keys || !run->pair_of || !run->pair_numbers) {
        free(keys);
        return heed_probe_no_memory(err);
    }
    for (size_t i = 0; i < n; i++) {
        const char *pair = run->rows.rows[i].pair;
        run->pair_of[i] = run->pair_numbers[i] = -1;
        if (pair && *pair != '\0') {
            keys[n_keys++] = (struct key){pair, i};
        }
    }
    heed_sort(keys, n_keys, sizeof *keys, compare_keys);
    for (size_t i = 0; i < n_keys; i++) {
        n_pairs += i == 0 || strcmp(keys[i].pair, keys[i - 1].pair) != 0;
        run->pair_of[keys[i].row] = n_pairs - 1;
    }
    free(keys);
    return true;
}

/* ---- names ---- */

/* One row, while its names are looked for. */
struct search {
    struct heed_probe_run *run;
    const struct heed_probe_row *row;
    const struct heed_tokenizer *tokenizer;
    const struct heed_encoding *encoding;
    struct heed_probe_sentence *sentence;
    struct heed_named *named; /* [n candidates] */
};

static bool note_ambiguous(const struct search *search, const char *name,
                           const struct heed_named *named, struct heed_error *err)
{
    struct heed_probe_run *run = search->run;
    if (named->is_chosen || named->n_occurrences < 2) {
        return true;
    }
    if (run->strict) {
        return heed_error_set(err, HEED_ERROR_INPUT,
                              "'%.60s' occurs %d times, and --strict takes no first one: write "
                              "'%.60s:1' to '%.60s:%d'",
                              name, named->n_occurrences, name, name, named->n_occurrences);
    }
    if (!heed_arena_reserve(&run->arena, &run->ambiguous, &run->ambiguous_capacity,
                            run->n_ambiguous + 1, sizeof *run->ambiguous)) {
        return heed_probe_no_memory(err);
    }
    run->ambiguous[run->n_ambiguous++] = (struct heed_probe_ambiguous){
        search->row->file, search->row->line, name, named->n_occurrences};
    return true;
}

static bool find(const struct search *search, const char *name, struct heed_named *named,
                 struct heed_error *err)
{
    if (!heed_names_find(search->tokenizer, search->encoding, name, named, err)) {
        return false;
    }
    search->run->n_beyond += named->is_beyond;
    return note_ambiguous(search, name, named, err);
}

static bool same(const struct heed_named *a, const struct heed_named *b)
{
    return a->first == b->first && a->count == b->count;
}

static struct heed_token_range range_of(const struct heed_named *named)
{
    return (struct heed_token_range){named->first, named->count};
}

static bool add_candidate(struct search *search, int at, const char *name,
                          const struct heed_named *pronoun, struct heed_error *err)
{
    struct heed_named *named = &search->named[at];
    if (!find(search, name, named, err)) {
        return false;
    }
    if (same(named, pronoun)) {
        return heed_error_set(err, HEED_ERROR_INPUT, "the pronoun '%.60s' is its own candidate",
                              name);
    }
    for (int c = 0; c < at; c++) {
        if (same(named, &search->named[c])) {
            return heed_error_set(err, HEED_ERROR_INPUT, "the candidate '%.60s' is there twice",
                                  name);
        }
    }
    return true;
}

static int count_names(const char *list)
{
    int n = 1;
    for (const char *at = heed_names_next(list, '|'); at; at = heed_names_next(at + 1, '|')) {
        n++;
    }
    return n;
}

/* The candidates' ranges; list is "animal|street". */
static bool find_candidates(struct search *search, const struct heed_named *pronoun,
                            struct heed_error *err)
{
    struct heed_probe_run *run = search->run;
    struct heed_probe_item *item = &search->sentence->item;
    const char *list = search->row->candidates;
    const int n = count_names(list);
    struct heed_token_range *ranges = heed_arena_alloc(&run->arena, (size_t)n * sizeof *ranges);
    struct heed_probe_span *spans = heed_arena_alloc(&run->arena, (size_t)n * sizeof *spans);
    search->named = heed_arena_zeroed(&run->arena, (size_t)n, sizeof *search->named);
    if (!ranges || !spans || !search->named) {
        return heed_probe_no_memory(err);
    }
    for (int c = 0; c < n; c++) {
        const char *end = heed_names_next(list, '|');
        const size_t length = end ? (size_t)(end - list) : strlen(list);
        const char *name = heed_arena_copy(&run->arena, list, length);
        if (!name) {
            return heed_probe_no_memory(err);
        }
        if (!add_candidate(search, c, name, pronoun, err)) {
            return false;
        }
        ranges[c] = range_of(&search->named[c]);
        spans[c] = (struct heed_probe_span){search->named[c].start, search->named[c].end};
        list = end ? end + 1 : list;
    }
    item->candidates = ranges;
    item->n_candidates = n;
    search->sentence->spans = spans;
    return n > 1 ||
           heed_error_set(err, HEED_ERROR_INPUT, "it needs two candidates, separated by |");
}

static bool find_answer(struct search *search, struct heed_error *err)
{
    struct heed_probe_item *item = &search->sentence->item;
    struct heed_named named = {0};
    if (!heed_names_find(search->tokenizer, search->encoding, search->row->answer, &named, err)) {
        return false;
    }
    for (int c = 0; c < item->n_candidates; c++) {
        if (same(&named, &search->named[c])) {
            item->answer = c;
            return true;
        }
    }
    return heed_error_set(err, HEED_ERROR_INPUT, "the answer '%.60s' isn't one of the candidates",
                          search->row->answer);
}

/* ---- twins: what the names mean ---- */

/* The run's text without case, and which of its occurrences it is. */
static const char *meaning_of(const struct search *search, const struct heed_named *named)
{
    struct heed_arena *arena = &search->run->arena;
    const char *text = search->row->text;
    const size_t from = heed_utf8_offset(text, strlen(text), (size_t)named->start);
    const size_t to = heed_utf8_offset(text, strlen(text), (size_t)named->end);
    struct heed_folded folded;
    struct heed_buffer out = {0};
    bool ok = heed_fold(&folded, arena, text + from, to - from, true);
    for (size_t i = 0; ok && i < folded.n; i++) {
        char bytes[4];
        heed_buffer_append(&out, bytes, heed_utf8_encode(folded.chars[i].c, bytes));
    }
    heed_buffer_printf(&out, ":%d", named->occurrence);
    char *meaning = ok && !out.failed ? heed_arena_copy(arena, out.data, out.size) : NULL;
    heed_buffer_finish(&out);
    return meaning;
}

static int compare_strings(const void *left, const void *right)
{
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

static bool find_meaning(struct search *search, struct heed_error *err)
{
    struct heed_probe_sentence *sentence = search->sentence;
    const int n = sentence->item.n_candidates;
    struct heed_buffer out = {0};
    const char **parts = malloc((size_t)n * sizeof *parts);
    bool ok = parts != NULL;
    for (int c = 0; ok && c < n; c++) {
        parts[c] = meaning_of(search, &search->named[c]);
        ok = parts[c] != NULL;
    }
    if (ok) {
        sentence->answer_meaning = parts[sentence->item.answer];
        heed_sort(parts, (size_t)n, sizeof *parts, compare_strings);
        for (int c = 0; c < n; c++) {
            heed_buffer_printf(&out, "%s\n", parts[c]);
        }
        ok = !out.failed;
    }
    sentence->meaning = ok ? heed_arena_copy(&search->run->arena, out.data, out.size) : NULL;
    heed_buffer_finish(&out);
    free(parts);
    return sentence->meaning || heed_probe_no_memory(err);
}

/* Two sentences that follow each other are a minimal pair if their candidates mean the
 * same and their answers don't. */
static bool ends_pair(const struct heed_probe_run *run, const struct heed_probe_sentence *sentence)
{
    const struct heed_probe_sentence *former = run->n > 0 ? &run->sentences[run->n - 1] : NULL;
    return !sentence->row->pair && former && !former->row->pair && !former->ends_pair &&
           former->file == sentence->file && strcmp(former->group, sentence->group) == 0 &&
           strcmp(former->meaning, sentence->meaning) == 0 &&
           strcmp(former->answer_meaning, sentence->answer_meaning) != 0;
}

/* ---- one row ---- */

static int word_of(const struct heed_word *words, int n, struct heed_token_range range)
{
    int word = 0;
    while (word + 1 < n &&
           (words[word].count == 0 || words[word].first + words[word].count <= range.first)) {
        word++;
    }
    return word;
}

static bool find_places(struct search *search, struct heed_error *err)
{
    struct heed_probe_item *item = &search->sentence->item;
    struct heed_arena arena = {0};
    struct heed_word *words = NULL;
    int n = 0;
    item->places =
        heed_arena_alloc(&search->run->arena, (size_t)item->n_candidates * sizeof *item->places);
    bool ok = item->places || heed_probe_no_memory(err);
    ok = ok && heed_words_find(search->encoding, &arena, &words, &n, err);
    for (int c = 0; ok && c < item->n_candidates; c++) {
        item->places[c] = word_of(words, n, item->candidates[c]) - word_of(words, n, item->pronoun);
    }
    heed_arena_finish(&arena);
    return ok;
}

static bool find_names(struct search *search, struct heed_error *err)
{
    struct heed_named pronoun = {0};
    if (!find(search, search->row->pronoun, &pronoun, err)) {
        return false;
    }
    search->sentence->item.pronoun = range_of(&pronoun);
    search->sentence->pronoun_span = (struct heed_probe_span){pronoun.start, pronoun.end};
    return find_candidates(search, &pronoun, err) && find_answer(search, err) &&
           find_places(search, err) && (search->row->pair || find_meaning(search, err));
}

/* The first sentence tells how many heads there are. */
static bool prepare(struct heed_probe_run *run, const struct heed_maps *maps,
                    struct heed_error *err)
{
    run->is_layers = run->filter.measure == HEED_MEASURE_ROLLOUT;
    run->n_layers = maps->n_layers;
    run->n_heads = run->is_layers ? 1 : maps->n_heads;
    const struct heed_probe_shape shape = {run->n_layers, run->n_heads, run->direction};
    return run->probe || heed_probe_create(&run->probe, shape, err);
}

static const char *group_of(const struct heed_probe_run *run, const struct heed_probe_row *row)
{
    return *row->group != '\0' || run->n_files < 2 ? row->group
                                                   : heed_probe_run_file(run, row->file);
}

static bool count(struct search *search, const struct heed_result *result, struct heed_error *err)
{
    struct heed_probe_run *run = search->run;
    struct heed_probe_sentence *sentence = search->sentence;
    if (!prepare(run, result->maps, err) || !find_names(search, err)) {
        return false;
    }
    const int own = run->pair_of[search->row - run->rows.rows];
    const int next = run->n > 0 ? run->summary.n_pairs : 0;
    sentence->ends_pair = ends_pair(run, sentence);
    if (own >= 0) {
        sentence->item.pair = run->pair_numbers[own] >= 0 ? run->pair_numbers[own] : next;
    } else {
        sentence->item.pair = sentence->ends_pair ? run->sentences[run->n - 1].item.pair : next;
    }
    if (!heed_probe_add(run->probe, result->maps, &sentence->item, err)) {
        return false;
    }
    if (own >= 0) {
        run->pair_numbers[own] = sentence->item.pair;
    }
    run->summary.n_pairs = sentence->item.pair >= next ? sentence->item.pair + 1 : next;
    run->sentences[run->n++] = *sentence;
    return true;
}

bool heed_probe_count_row(struct heed_probe_run *run, const struct heed_task_world *world,
                          const struct heed_probe_row *row, struct heed_error *err)
{
    const size_t n_ambiguous = run->n_ambiguous;
    const size_t n_beyond = run->n_beyond;
    const struct heed_result *result = NULL;
    if (row->text[0] == '\0') {
        return heed_error_set(err, HEED_ERROR_INPUT, "it has no sentence");
    }
    if (row->answer[0] == '\0') {
        run->n_unanswered++;
        return true;
    }
    if (!heed_probe_encode(&result, run, world, row->text, err)) {
        return false;
    }
    struct heed_probe_sentence sentence = {
        .row = row,
        .file = row->file,
        .line = row->line,
        .text = row->text,
        .pronoun = row->pronoun,
        .candidates = row->candidates,
        .answer = row->answer,
        .group = group_of(run, row),
        .n_tokens = result->encoding->n_tokens,
        .n_total = result->encoding->n_total,
    };
    struct search search = {.run = run,
                            .row = row,
                            .tokenizer = heed_pipeline_get_tokenizer(world->pipeline),
                            .encoding = result->encoding,
                            .sentence = &sentence};
    const bool ok = count(&search, result, err);
    heed_result_release(result);
    if (!ok) { /* a row that is skipped leaves nothing */
        run->n_ambiguous = n_ambiguous;
        run->n_beyond = n_beyond;
    }
    return ok;
}

/* ---- what they come to ---- */

bool heed_probe_end_rows(struct heed_probe_run *run, struct heed_probe_patience patience,
                         struct heed_error *err)
{
    run->n_columns = heed_probe_count_columns(run->probe);
    const size_t n = (size_t)run->n_columns;
    if (!run->heads) {
        run->heads = malloc(n * sizeof *run->heads);
        run->intervals = malloc(n * sizeof *run->intervals);
    }
    if (!run->heads || !run->intervals) {
        return heed_probe_no_memory(err);
    }
    heed_probe_get_heads(run->probe, run->heads);
    run->baselines = heed_probe_get_baselines(run->probe);
    return heed_probe_summarise(run->probe, run->heads, &run->summary, run->intervals, patience,
                                err) &&
           heed_probe_test(run->probe, run->heads, patience, err);
}
