#include "core/text/wordpiece.h"

#include "base/utf8.h"
#include "core/text/unicode.h"

void heed_token_list_put(struct heed_token_list *list, struct heed_token token)
{
    list->n_total++;
    if (list->n == list->max_kept || list->failed) {
        return;
    }
    if (!heed_arena_reserve(list->arena, &list->tokens, &list->capacity, list->n + 1,
                            sizeof token)) {
        list->failed = true;
        return;
    }
    list->tokens[list->n++] = token;
}

bool heed_word_splitter_init(struct heed_word_splitter *splitter,
                             const struct heed_tokenizer_settings *settings,
                             struct heed_token_list *out, int32_t segment)
{
    const size_t n = settings->max_word_chars;
    struct heed_arena *arena = out->arena;
    *splitter = (struct heed_word_splitter){
        .settings = settings,
        .out = out,
        .segment = segment,
        .bytes = heed_arena_alloc(arena, n * 4),
        .at = heed_arena_zeroed(arena, n + 1, sizeof *splitter->at),
        .starts = heed_arena_zeroed(arena, n, sizeof *splitter->starts),
        .ends = heed_arena_zeroed(arena, n, sizeof *splitter->ends),
        .hashes = heed_arena_zeroed(arena, n + 1, sizeof *splitter->hashes),
    };
    return splitter->bytes && splitter->at && splitter->starts && splitter->ends &&
           splitter->hashes;
}

static void append(struct heed_word_splitter *splitter, struct heed_normal_char c)
{
    const size_t i = splitter->n_chars++;
    splitter->end = c.end;
    if (i >= splitter->settings->max_word_chars) {
        return;
    }
    splitter->starts[i] = c.start;
    splitter->ends[i] = c.end;
    splitter->at[i + 1] =
        splitter->at[i] + heed_utf8_encode(c.c, splitter->bytes + splitter->at[i]);
}

/* The longest piece that begins at character `first`; *next is the character
 * behind it. -1 if there is none. */
static int32_t find_longest(struct heed_word_splitter *splitter, size_t first, size_t *next)
{
    const struct heed_tokenizer_settings *settings = splitter->settings;
    const struct heed_vocabulary *vocabulary = &settings->vocabulary;
    const char *prefix = first > 0 ? settings->prefix : "";
    const size_t prefix_length = first > 0 ? settings->prefix_length : 0;
    const size_t *at = splitter->at;
    size_t last = splitter->n_chars;
    if (last - first > vocabulary->max_chars) {
        last = first + vocabulary->max_chars;
    }
    uint64_t hash = heed_vocabulary_hash(HEED_VOCABULARY_HASH_START, prefix, prefix_length);
    for (size_t i = first; i < last; i++) {
        hash = heed_vocabulary_hash(hash, splitter->bytes + at[i], at[i + 1] - at[i]);
        splitter->hashes[i + 1] = hash;
    }
    for (size_t end = last; end > first; end--) {
        const int32_t id =
            heed_vocabulary_find(vocabulary, splitter->hashes[end], prefix, prefix_length,
                                 splitter->bytes + at[first], at[end] - at[first]);
        if (id >= 0) {
            *next = end;
            return id;
        }
    }
    return -1;
}

static void put_unknown(struct heed_word_splitter *splitter, bool punctuation)
{
    heed_token_list_put(splitter->out, (struct heed_token){
                                           .id = splitter->settings->unk_id,
                                           .segment = splitter->segment,
                                           .start = splitter->starts[0],
                                           .end = splitter->end,
                                           .unknown = true,
                                           .punctuation = punctuation,
                                       });
}

/* Finds out first whether all of it has pieces: else it is one unknown. */
static void put_word(struct heed_word_splitter *splitter, bool punctuation)
{
    struct heed_token_list *out = splitter->out;
    const size_t n_before = out->n;
    const size_t total_before = out->n_total;
    if (splitter->n_chars > splitter->settings->max_word_chars) {
        put_unknown(splitter, punctuation);
        return;
    }
    for (size_t first = 0; first < splitter->n_chars;) {
        size_t next = first;
        const int32_t id = find_longest(splitter, first, &next);
        if (id < 0) {
            out->n = n_before;
            out->n_total = total_before;
            put_unknown(splitter, punctuation);
            return;
        }
        heed_token_list_put(out, (struct heed_token){
                                     .id = id,
                                     .segment = splitter->segment,
                                     .start = splitter->starts[first],
                                     .end = splitter->ends[next - 1],
                                     .continues = first > 0,
                                     .punctuation = punctuation,
                                 });
        first = next;
    }
}

static void end_word(struct heed_word_splitter *splitter, bool punctuation)
{
    if (splitter->n_chars > 0) {
        put_word(splitter, punctuation);
        splitter->n_chars = 0;
    }
}

void heed_word_splitter_put(struct heed_word_splitter *splitter, struct heed_normal_char c)
{
    if (heed_unicode_is_space(c.c)) {
        end_word(splitter, false);
    } else if (heed_unicode_classify(c.c) & HEED_UNICODE_PUNCTUATION) {
        end_word(splitter, false);
        append(splitter, c);
        end_word(splitter, true);
    } else {
        append(splitter, c);
    }
}

void heed_word_splitter_end(struct heed_word_splitter *splitter)
{
    end_word(splitter, false);
}
