#include "core/text/tokenizer.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/utf8.h"
#include "core/text/bytes.h"
#include "core/text/encoding.h"
#include "core/text/settings.h"
#include "core/text/token_list.h"
#include "core/text/unicode.h"

struct heed_tokenizer {
    struct heed_tokenizer_settings settings;
    int limit;
    uint64_t number; /* no other has it */
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
    if (opened->limit < (int)opened->settings.pair.n_tokens || opened->limit < 1) {
        const int limit = opened->limit;
        heed_tokenizer_destroy(opened);
        return heed_error_set(
            err, HEED_ERROR_UNSUPPORTED,
            "'%s': a model of %d positions has no place for text: see max_position_embeddings in "
            "config.json and model_max_length in tokenizer_config.json",
            folder, limit);
    }
    static atomic_uint_fast64_t n_opened;
    opened->number = atomic_fetch_add(&n_opened, 1) + 1;
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

static void put_tokens(struct heed_encoding *encoding, const struct heed_token_list *list, size_t n,
                       int32_t type)
{
    for (size_t i = 0; i < n; i++) {
        struct heed_token *token = &encoding->tokens[encoding->n_tokens++];
        *token = list->tokens[i];
        token->type = type;
    }
}

/* The template's tokens, and the texts' where it has them. */
static void fill(struct heed_encoding *encoding, const struct heed_tokenizer_settings *settings,
                 const struct heed_template *template, const struct heed_token_list lists[2],
                 const size_t kept[2])
{
    int32_t segment = 0;
    for (size_t i = 0; i < template->n; i++) {
        const struct heed_template_item *item = &template->items[i];
        const int32_t type = settings->has_types ? item->type : 0;
        if (item->sequence >= 0) {
            put_tokens(encoding, &lists[item->sequence], kept[item->sequence], type);
            segment = item->sequence;
            continue;
        }
        encoding->tokens[encoding->n_tokens++] = (struct heed_token){
            .id = item->id, .segment = segment, .type = type, .special = true, .is_template = true};
    }
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
    const struct heed_template *template =
        has_pair ? &tokenizer->settings.pair : &tokenizer->settings.single;
    const size_t n_template = template->n_tokens;
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
    encoding->tokenizer = tokenizer->number;
    encoding->text_length = lengths[0];
    encoding->pair_length = has_pair ? lengths[1] : 0;
    encoding->text_kept = kept_until(&lists[0], kept[0], texts[0], lengths[0]);
    if (has_pair) {
        encoding->pair_kept = kept_until(&lists[1], kept[1], texts[1], lengths[1]);
    }
    fill(encoding, &tokenizer->settings, template, lists, kept);
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
        ok = heed_token_list_read(&lists[i], &tokenizer->settings, texts[i], lengths[i], i);
    }
    ok = ok && assemble(owned, tokenizer, lists, texts, lengths);
    heed_arena_finish(&scratch);
    return ok;
}

/* What can't be shown as the model would see it. */
static bool check_tokens(const struct heed_encoding *encoding,
                         const struct heed_tokenizer *tokenizer, struct heed_error *err)
{
    if (encoding->n_tokens == 0) {
        return heed_error_set(err, HEED_ERROR_INPUT,
                              "the text has no token: the model's template adds none to it");
    }
    return !tokenizer->settings.cuts_left || encoding->n_total == encoding->n_tokens ||
           heed_error_set(err, HEED_ERROR_UNSUPPORTED,
                          "the text has %d tokens, of which the model's tokenizer cuts off the "
                          "first ones (truncation_side), and heed doesn't: give a shorter one",
                          encoding->n_total);
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
    if (!check_tokens(&made->encoding, tokenizer, err)) {
        heed_encoding_destroy(&made->encoding);
        return false;
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
        segments[i] = encoding->tokens[i].type;
    }
}

void heed_encoding_copy_sides(const struct heed_encoding *encoding, int32_t *sides)
{
    for (int i = 0; i < encoding->n_tokens; i++) {
        sides[i] = encoding->tokens[i].segment;
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
    const struct heed_vocabulary *vocabulary = &settings->model.vocabulary;
    const char *piece = NULL;
    if (id >= 0 && (size_t)id < vocabulary->n_ids) {
        piece = vocabulary->pieces[id];
    }
    piece = piece ? piece : find_added(&settings->raw, id);
    return piece ? piece : find_added(&settings->normalised, id);
}

/* The bytes of a piece that is made of letters of bytes; false: it isn't. */
static bool spell_bytes(const char *piece, struct heed_buffer *out)
{
    const size_t length = strlen(piece);
    for (size_t at = 0; at < length;) {
        uint32_t c = 0;
        at += heed_utf8_decode(piece + at, length - at, &c);
        const int byte = heed_bytes_find(c);
        if (byte < 0) {
            return false;
        }
        const char letter = (char)byte;
        heed_buffer_append(out, &letter, 1);
    }
    return true;
}

/* What isn't UTF-8 becomes the numbers of its bytes. */
static void put_readable(struct heed_buffer *out, const char *bytes, size_t length)
{
    for (size_t at = 0; at < length;) {
        uint32_t c = 0;
        const size_t size = heed_utf8_decode(bytes + at, length - at, &c);
        if (size > 0 && c >= 0x20) {
            heed_buffer_append(out, bytes + at, size);
        } else {
            heed_buffer_printf(out, "<0x%02X>", (unsigned)(unsigned char)bytes[at]);
        }
        at += size > 0 ? size : 1;
    }
}

static bool continues_word(const char *text)
{
    uint32_t c = 0;
    return heed_utf8_decode(text, strlen(text), &c) > 0 && !heed_unicode_is_space(c) &&
           !heed_unicode_is_cjk(c) && !(heed_unicode_classify(c) & HEED_UNICODE_PUNCTUATION);
}

/* Without the mark of a space, and "##" where there was none. */
static void put_marked(struct heed_buffer *out, const struct heed_tokenizer_settings *settings,
                       const char *piece)
{
    static const char blank[] = "\xE2\x96\x81";
    struct heed_buffer text = {0};
    const char *mark = settings->is_bytes ? " " : blank;
    if (!settings->is_bytes || !spell_bytes(piece, &text)) {
        heed_buffer_clear(&text);
        heed_buffer_puts(&text, piece);
    }
    if (!text.failed) {
        const bool marked = strncmp(text.data, mark, strlen(mark)) == 0;
        const char *rest = text.data + (marked ? strlen(mark) : 0);
        heed_buffer_puts(out, *rest == '\0'                     ? HEED_BLANK_LABEL
                              : !marked && continues_word(rest) ? "##"
                                                                : "");
        put_readable(out, rest, strlen(rest));
    }
    out->failed |= text.failed;
    heed_buffer_finish(&text);
}

bool heed_tokenizer_show_piece(const struct heed_tokenizer *tokenizer, int32_t id, char *out,
                               size_t size)
{
    const struct heed_tokenizer_settings *settings = &tokenizer->settings;
    const char *piece = heed_tokenizer_get_piece(tokenizer, id);
    const bool is_added =
        find_added(&settings->raw, id) != NULL || find_added(&settings->normalised, id) != NULL;
    struct heed_buffer text = {0};
    if (piece && !is_added && (settings->is_bytes || settings->has_blanks)) {
        put_marked(&text, settings, piece);
    } else if (piece) {
        heed_buffer_puts(&text, piece);
    }
    const bool ok = !text.failed;
    if (piece && ok) {
        snprintf(out, size, "%s", text.data);
    } else {
        snprintf(out, size, "id %d", (int)id);
    }
    heed_buffer_finish(&text);
    return ok;
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
           (heed_normalise_text(&tokenizer->settings.normaliser, text, length, result,
                                &result_length) ||
            heed_error_set(err, HEED_ERROR_MEMORY, "no memory left to normalise a text"));
}

const char *heed_tokenizer_get_kind(const struct heed_tokenizer *tokenizer)
{
    const struct heed_tokenizer_settings *settings = &tokenizer->settings;
    if (settings->model.split == heed_wordpiece_split) {
        return "WordPiece";
    }
    if (settings->model.split == heed_unigram_split) {
        return "Unigram";
    }
    return settings->is_bytes ? "byte-level BPE" : "BPE";
}

int heed_tokenizer_count(const struct heed_tokenizer *tokenizer)
{
    return (int)tokenizer->settings.model.vocabulary.n_ids;
}

const char *heed_tokenizer_get_note(const struct heed_tokenizer *tokenizer)
{
    return tokenizer->settings.note;
}
