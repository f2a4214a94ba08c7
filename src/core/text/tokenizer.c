#include "core/text/tokenizer.h"

#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/utf8.h"
#include "core/text/added.h"
#include "core/text/encoding.h"
#include "core/text/normaliser.h"
#include "core/text/settings.h"
#include "core/text/wordpiece.h"

struct heed_tokenizer {
    struct heed_tokenizer_settings settings;
    int limit;
};

enum {
    N_SINGLE = 2, /* [CLS] A [SEP] */
    N_PAIR = 3,   /* [CLS] A [SEP] B [SEP] */
};

/* ---- opening ---- */

bool heed_tokenizer_open(struct heed_tokenizer **tokenizer, const char *folder, int max_positions,
                         struct heed_error *err)
{
    struct heed_tokenizer *opened = calloc(1, sizeof *opened);
    if (!opened) {
        return heed_error_set(err, HEED_ERROR_MEMORY, "no memory left to open '%s'", folder);
    }
    if (!heed_settings_read(&opened->settings, folder, err)) {
        heed_tokenizer_destroy(opened);
        return false;
    }
    const size_t max_length = opened->settings.max_length;
    opened->limit = max_length < (size_t)max_positions ? (int)max_length : max_positions;
    if (opened->limit < N_PAIR) {
        const int limit = opened->limit;
        heed_tokenizer_destroy(opened);
        return heed_error_set(
            err, HEED_ERROR_UNSUPPORTED,
            "'%s': a model of %d positions has no place for text: see max_position_embeddings in "
            "config.json and model_max_length in tokenizer_config.json",
            folder, limit);
    }
    *tokenizer = opened;
    return true;
}

void heed_tokenizer_destroy(struct heed_tokenizer *tokenizer)
{
    if (tokenizer) {
        heed_settings_finish(&tokenizer->settings);
        free(tokenizer);
    }
}

/* ---- one text ---- */

struct text_run {
    const struct heed_tokenizer_settings *settings;
    struct heed_normaliser normaliser;
    struct heed_word_splitter splitter;
    struct heed_token_list list;
    int32_t segment;
    int32_t position; /* code points read */
    /* The normalised stretch, kept only if added tokens match in it. */
    struct heed_buffer normal_text;
    struct heed_buffer normal_chars; /* of struct heed_normal_char */
};

static void put_added(struct text_run *run, const struct heed_added_token *added, int32_t start,
                      int32_t end)
{
    heed_word_splitter_end(&run->splitter);
    heed_token_list_put(&run->list, (struct heed_token){
                                        .id = added->id,
                                        .segment = run->segment,
                                        .start = start,
                                        .end = end,
                                        .special = added->special,
                                    });
}

static void split_now(void *context, struct heed_normal_char c)
{
    struct text_run *run = context;
    heed_word_splitter_put(&run->splitter, c);
}

static void keep_char(void *context, struct heed_normal_char c)
{
    struct text_run *run = context;
    char bytes[4];
    heed_buffer_append(&run->normal_text, bytes, heed_utf8_encode(c.c, bytes));
    heed_buffer_append(&run->normal_chars, &c, sizeof c);
}

/* Hands on the kept characters whose bytes are [*at, end). */
static void split_kept(struct text_run *run, size_t *at, size_t *index, size_t end)
{
    const struct heed_normal_char *chars =
        (const struct heed_normal_char *)(const void *)run->normal_chars.data;
    while (*at < end) {
        char bytes[4];
        *at += heed_utf8_encode(chars[*index].c, bytes);
        heed_word_splitter_put(&run->splitter, chars[(*index)++]);
    }
}

/* Added tokens that match the normalised text. */
static void end_kept(struct text_run *run)
{
    const struct heed_normal_char *chars =
        (const struct heed_normal_char *)(const void *)run->normal_chars.data;
    struct heed_added_scan scan = {.set = &run->settings->normalised,
                                   .text = run->normal_text.data,
                                   .length = run->normal_text.size};
    struct heed_added_match match;
    size_t at = 0;
    size_t index = 0;
    while (heed_added_next(&scan, &match)) {
        split_kept(run, &at, &index, match.start);
        const size_t first = index;
        while (at < match.end) {
            char bytes[4];
            at += heed_utf8_encode(chars[index++].c, bytes);
        }
        put_added(run, match.token, chars[first].start, chars[index - 1].end);
    }
    split_kept(run, &at, &index, run->normal_text.size);
    heed_buffer_clear(&run->normal_text);
    heed_buffer_clear(&run->normal_chars);
}

static void put_stretch(struct text_run *run, const char *text, size_t length)
{
    for (size_t i = 0; i < length;) {
        uint32_t c = 0;
        i += heed_utf8_decode(text + i, length - i, &c);
        heed_normaliser_feed(&run->normaliser, c, run->position++);
    }
    heed_normaliser_end(&run->normaliser);
    if (run->normal_text.failed || run->normal_chars.failed) {
        run->list.failed = true;
    } else if (run->normal_text.size > 0) {
        end_kept(run);
    }
    heed_word_splitter_end(&run->splitter);
}

static void put_text(struct text_run *run, const char *text, size_t length)
{
    struct heed_added_scan scan = {.set = &run->settings->raw, .text = text, .length = length};
    struct heed_added_match match;
    size_t at = 0;
    while (heed_added_next(&scan, &match)) {
        put_stretch(run, text + at, match.start - at);
        const int32_t start = run->position;
        run->position += (int32_t)heed_utf8_count(text + match.start, match.end - match.start);
        put_added(run, match.token, start, run->position);
        at = match.end;
    }
    put_stretch(run, text + at, length - at);
}

/* Tokens of one text without the template, in the list's arena. */
static bool tokenize_text(const struct heed_tokenizer *tokenizer, const char *text, size_t length,
                          int32_t segment, struct heed_token_list *list)
{
    struct text_run run = {.settings = &tokenizer->settings, .segment = segment, .list = *list};
    run.normaliser.options = tokenizer->settings.normal;
    run.normaliser.context = &run;
    run.normaliser.arena = list->arena;
    run.normaliser.sink = tokenizer->settings.normalised.n_tokens > 0 ? keep_char : split_now;
    bool ok = heed_word_splitter_init(&run.splitter, &tokenizer->settings, &run.list, segment);
    if (ok) {
        put_text(&run, text, length);
        ok = !run.list.failed && !run.normaliser.failed;
    }
    heed_buffer_finish(&run.normal_text);
    heed_buffer_finish(&run.normal_chars);
    *list = run.list;
    return ok;
}

/* ---- cutting ---- */

/* Pairs are cut longest first: the shorter text stays whole if it takes at
 * most half; else both get half, and the longer one an odd rest. */
static void cut_pair(size_t *a, size_t *b, size_t room)
{
    if (*a + *b <= room) {
        return;
    }
    const bool swap = *a > *b;
    size_t shorter = swap ? *b : *a;
    size_t longer = shorter;
    if (shorter <= room && room - shorter > shorter) {
        longer = room - shorter;
    }
    if (shorter + longer > room) {
        shorter = room / 2;
        longer = shorter + room % 2;
    }
    *a = swap ? longer : shorter;
    *b = swap ? shorter : longer;
}

static int32_t kept_until(const struct heed_token_list *list, size_t n_kept, const char *text,
                          size_t length)
{
    if (n_kept == list->n_total) {
        return (int32_t)heed_utf8_count(text, length);
    }
    return n_kept > 0 ? list->tokens[n_kept - 1].end : 0;
}

/* ---- encodings ---- */

static void put_template(struct heed_encoding *encoding, int32_t id, int32_t segment)
{
    encoding->tokens[encoding->n_tokens++] =
        (struct heed_token){.id = id, .segment = segment, .special = true, .is_template = true};
}

static void put_tokens(struct heed_encoding *encoding, const struct heed_token_list *list, size_t n)
{
    if (n > 0) {
        memcpy(encoding->tokens + encoding->n_tokens, list->tokens, n * sizeof *list->tokens);
    }
    encoding->n_tokens += (int)n;
}

/* An encoding lies at the beginning of its arena. */

struct heed_owned_encoding *heed_owned_encoding_create(struct heed_stock *stock)
{
    struct heed_arena arena = {.stock = stock};
    struct heed_owned_encoding *owned = heed_arena_zeroed(&arena, 1, sizeof *owned);
    if (owned) {
        owned->arena = arena;
    }
    return owned;
}

/* Fills an encoding from the texts' tokens; false if memory runs out. */
static bool assemble(struct heed_owned_encoding *owned, const struct heed_tokenizer *tokenizer,
                     const struct heed_token_list lists[2], const char *const texts[2],
                     const size_t lengths[2])
{
    struct heed_encoding *encoding = &owned->encoding;
    struct heed_arena *arena = &owned->arena;
    const bool has_pair = texts[1] != NULL;
    const size_t n_template = has_pair ? N_PAIR : N_SINGLE;
    size_t kept[2] = {lists[0].n_total, lists[1].n_total};
    encoding->n_total = (int)(kept[0] + kept[1] + n_template);
    if (encoding->n_limit > 0) {
        cut_pair(&kept[0], &kept[1], (size_t)encoding->n_limit - n_template);
    }
    encoding->tokens =
        heed_arena_zeroed(arena, kept[0] + kept[1] + n_template, sizeof *encoding->tokens);
    encoding->text = heed_arena_copy(arena, texts[0], lengths[0]);
    encoding->pair = has_pair ? heed_arena_copy(arena, texts[1], lengths[1]) : NULL;
    if (!encoding->tokens || !encoding->text || (has_pair && !encoding->pair)) {
        return false;
    }
    encoding->text_length = lengths[0];
    encoding->pair_length = has_pair ? lengths[1] : 0;
    put_template(encoding, tokenizer->settings.cls_id, 0);
    put_tokens(encoding, &lists[0], kept[0]);
    put_template(encoding, tokenizer->settings.sep_id, 0);
    encoding->text_kept = kept_until(&lists[0], kept[0], texts[0], lengths[0]);
    if (has_pair) {
        put_tokens(encoding, &lists[1], kept[1]);
        put_template(encoding, tokenizer->settings.sep_id, 1);
        encoding->pair_kept = kept_until(&lists[1], kept[1], texts[1], lengths[1]);
    }
    return true;
}

static bool check_text(const char *name, const char *text, size_t length, struct heed_error *err)
{
    size_t bad = 0;
    if (length > INT32_MAX / 4) {
        return heed_error_set(err, HEED_ERROR_INPUT,
                              "the %s is larger than 512 MiB: give a shorter one", name);
    }
    if (!heed_utf8_valid(text, length, &bad)) {
        return heed_error_set(err, HEED_ERROR_INPUT, "the %s is no valid UTF-8 at byte %zu", name,
                              bad);
    }
    return true;
}

static bool encode(struct heed_owned_encoding *owned, const struct heed_tokenizer *tokenizer,
                   const char *const texts[2], const size_t lengths[2])
{
    struct heed_arena scratch = {.stock = owned->arena.stock};
    struct heed_token_list lists[2] = {{0}, {0}};
    const int limit = owned->encoding.n_limit;
    bool ok = true;
    for (int i = 0; ok && i < 2 && texts[i]; i++) {
        lists[i].arena = &scratch;
        lists[i].max_kept = limit > 0 ? (size_t)limit : SIZE_MAX;
        ok = tokenize_text(tokenizer, texts[i], lengths[i], i, &lists[i]);
    }
    ok = ok && assemble(owned, tokenizer, lists, texts, lengths);
    heed_arena_finish(&scratch);
    return ok;
}

bool heed_tokenize(struct heed_encoding **encoding, const struct heed_tokenizer *tokenizer,
                   const char *text, size_t text_length, const char *pair, size_t pair_length,
                   struct heed_tokenize_options options, struct heed_error *err)
{
    /* The reference takes an empty pair for none. */
    const char *const texts[2] = {text, pair_length > 0 ? pair : NULL};
    const size_t lengths[2] = {text_length, pair_length};
    if (!check_text("text", text, text_length, err) ||
        (texts[1] && !check_text("pair", pair, pair_length, err))) {
        return false;
    }
    struct heed_owned_encoding *made = heed_owned_encoding_create(options.stock);
    if (made) {
        made->encoding.n_limit = options.no_truncate ? 0 : tokenizer->limit;
    }
    if (!made || !encode(made, tokenizer, texts, lengths)) {
        heed_encoding_destroy(made ? &made->encoding : NULL);
        return heed_error_set(err, HEED_ERROR_MEMORY,
                              "no memory left to split the text into tokens");
    }
    *encoding = &made->encoding;
    return true;
}

void heed_encoding_destroy(struct heed_encoding *encoding)
{
    if (encoding) {
        struct heed_arena arena = ((struct heed_owned_encoding *)encoding)->arena;
        heed_arena_finish(&arena);
    }
}

void heed_encoding_copy_ids(const struct heed_encoding *encoding, int32_t *ids, int32_t *segments)
{
    for (int i = 0; i < encoding->n_tokens; i++) {
        ids[i] = encoding->tokens[i].id;
        segments[i] = encoding->tokens[i].segment;
    }
}

/* ---- queries ---- */

int heed_tokenizer_get_limit(const struct heed_tokenizer *tokenizer)
{
    return tokenizer->limit;
}

static const char *find_added(const struct heed_added_set *set, int32_t id)
{
    for (size_t i = 0; i < set->n_tokens; i++) {
        if (set->tokens[i].id == id) {
            return set->tokens[i].content;
        }
    }
    return NULL;
}

const char *heed_tokenizer_get_piece(const struct heed_tokenizer *tokenizer, int32_t id)
{
    const struct heed_tokenizer_settings *settings = &tokenizer->settings;
    const struct heed_vocabulary *vocabulary = &settings->vocabulary;
    const char *piece = NULL;
    if (id >= 0 && (size_t)id < vocabulary->n_ids) {
        piece = vocabulary->pieces[id];
    }
    piece = piece ? piece : find_added(&settings->raw, id);
    return piece ? piece : find_added(&settings->normalised, id);
}

int32_t heed_tokenizer_get_mask_id(const struct heed_tokenizer *tokenizer)
{
    return tokenizer->settings.mask_id;
}

bool heed_tokenizer_normalise(const struct heed_tokenizer *tokenizer, const char *text,
                              size_t length, char **result, struct heed_error *err)
{
    size_t result_length = 0;
    return check_text("text", text, length, err) &&
           (heed_settings_normalise(&tokenizer->settings.normal, text, length, result,
                                    &result_length) ||
            heed_error_set(err, HEED_ERROR_MEMORY, "no memory left to normalise a text"));
}
