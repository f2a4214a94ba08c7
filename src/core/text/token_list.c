#include "core/text/token_list.h"

#include <string.h>

#include "base/buffer.h"
#include "base/utf8.h"
#include "core/text/bytes.h"
#include "core/text/unicode.h"

enum { BLANK = 0x2581 };

/* One text. */
struct text_run {
    const struct heed_tokenizer_settings *settings;
    struct heed_token_list *list;
    int32_t segment;
    struct heed_stretch whole; /* as it was typed */
    struct heed_arena *arena;  /* of what it becomes */
    struct heed_arena scratch; /* of one part */
};

/* ---- tokens ---- */

static void put(struct heed_token_list *list, struct heed_token token)
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

static bool is_trimmed(uint32_t c)
{
    return c == heed_bytes_letter(' ') || heed_unicode_is_space(c);
}

/* The spaces of a piece aren't its text, but for the one that was put before the
 * first: as the reference counts them, in the piece as the vocabulary has it. */
static void trim(const struct text_run *run, struct heed_token *token, const char *piece)
{
    const size_t length = strlen(piece);
    int32_t leading = 0;
    int32_t trailing = 0;
    bool only = true;
    for (size_t at = 0; at < length;) {
        uint32_t c = 0;
        at += heed_utf8_decode(piece + at, length - at, &c);
        only &= is_trimmed(c);
        leading += only;
        trailing = is_trimmed(c) ? trailing + 1 : 0;
    }
    const bool is_first = run->list->n_total == 0 || token->start == 0;
    if (is_first && run->settings->keeps_prefix_space && leading == 1) {
        leading = 0;
    }
    if (leading > 0) {
        token->start = token->start + leading < token->end ? token->start + leading : token->end;
    }
    if (trailing > 0 && token->end >= trailing) {
        token->end = token->end - trailing > token->start ? token->end - trailing : token->start;
    }
}

static bool is_word_letter(uint32_t c)
{
    return !heed_unicode_is_space(c) && !heed_unicode_is_cjk(c) &&
           !(heed_unicode_classify(c) & HEED_UNICODE_PUNCTUATION);
}

/* What is shown of a token, by the text that it stands for. */
static void describe(const struct text_run *run, struct heed_token *token)
{
    const struct heed_normal_char *typed = run->whole.chars;
    bool blank = true;
    for (int32_t i = token->start; i < token->end; i++) {
        blank &= heed_unicode_is_space(typed[i].c);
    }
    token->blank |= blank;
    token->continues = !token->blank && token->start > 0 && is_word_letter(typed[token->start].c) &&
                       is_word_letter(typed[token->start - 1].c);
    token->punctuation =
        token->end == token->start + 1 &&
        (heed_unicode_classify(typed[token->start].c) & HEED_UNICODE_PUNCTUATION) != 0;
}

/* True if there is nothing in it but what stands for spaces. */
static bool is_only_blanks(const struct heed_tokenizer_settings *settings,
                           const struct heed_normal_char *chars, size_t n)
{
    const uint32_t blank = settings->is_bytes ? heed_bytes_letter(' ') : BLANK;
    bool only = settings->is_bytes || settings->has_blanks;
    for (size_t i = 0; only && i < n; i++) {
        only = chars[i].c == blank;
    }
    return only;
}

static void put_piece(struct text_run *run, const struct heed_stretch *part,
                      const struct heed_piece *piece)
{
    const struct heed_tokenizer_settings *settings = run->settings;
    const struct heed_normal_char *chars = part->chars + piece->from;
    const size_t n = piece->to - piece->from;
    struct heed_token token = {
        .id = piece->id,
        .segment = run->segment,
        .start = chars[0].start,
        .end = chars[n - 1].end,
        .unknown = piece->unknown,
    };
    if (settings->model.split == heed_wordpiece_split) {
        token.continues = piece->continues;
        token.punctuation =
            part->n == 1 && (heed_unicode_classify(chars[0].c) & HEED_UNICODE_PUNCTUATION) != 0;
    } else {
        token.blank = is_only_blanks(settings, chars, n);
    }
    if (settings->trims_offsets) {
        const struct heed_stretch spelt = {part->chars + piece->from, n, 0};
        const char *text = settings->model.vocabulary.pieces[piece->id];
        const bool is_spelt = settings->model.split == heed_unigram_split && piece->unknown;
        text = is_spelt || !text ? heed_stretch_spell(&spelt, &run->scratch, NULL) : text;
        run->list->failed |= !text;
        trim(run, &token, text ? text : "");
    }
    if (settings->model.split != heed_wordpiece_split) {
        describe(run, &token);
    }
    put(run->list, token);
}

static bool take_part(void *context, const struct heed_stretch *part)
{
    struct text_run *run = context;
    const struct heed_subword *model = &run->settings->model;
    struct heed_pieces pieces = {0};
    const bool ok = model->split(model, part, &run->scratch, &pieces);
    for (size_t i = 0; ok && i < pieces.n; i++) {
        put_piece(run, part, &pieces.pieces[i]);
    }
    heed_arena_reset(&run->scratch);
    return ok && !run->list->failed;
}

/* ---- added tokens ---- */

static void put_added(struct text_run *run, const struct heed_added_token *added,
                      const struct heed_stretch *place)
{
    struct heed_token token = {
        .id = added->id,
        .segment = run->segment,
        .start = place->chars[0].start,
        .end = place->chars[place->n - 1].end,
        .special = added->special,
    };
    if (run->settings->trims_offsets) {
        const char *text = heed_stretch_spell(place, run->arena, NULL);
        run->list->failed |= !text;
        trim(run, &token, text ? text : "");
    }
    put(run->list, token);
}

typedef bool take_stretch(struct text_run *run, struct heed_stretch stretch);

/* Gives what lies between the added tokens of a stretch to take, in order. */
static bool split_added(struct text_run *run, const struct heed_added_set *set,
                        struct heed_stretch stretch, take_stretch *take)
{
    if (set->n_tokens == 0 || stretch.n == 0) {
        return take(run, stretch);
    }
    size_t *at = NULL;
    struct heed_added_scan scan = {.set = set};
    struct heed_added_match match;
    size_t done = 0;
    size_t index = 0;
    scan.text = heed_stretch_spell(&stretch, run->arena, &at);
    bool ok = scan.text != NULL;
    scan.length = ok ? at[stretch.n] : 0;
    while (ok && heed_added_next(&scan, &match)) {
        while (at[index] < match.start) {
            index++;
        }
        ok = index == done || take(run, heed_stretch_cut(&stretch, done, index));
        const size_t first = index;
        while (at[index] < match.end) {
            index++;
        }
        const struct heed_stretch place = heed_stretch_cut(&stretch, first, index);
        if (ok) {
            put_added(run, match.token, &place);
        }
        done = index;
    }
    return ok && (done == stretch.n || take(run, heed_stretch_cut(&stretch, done, stretch.n)));
}

static bool split_parts(struct text_run *run, struct heed_stretch stretch)
{
    stretch.base = stretch.n > 0 ? stretch.chars[0].start : stretch.base;
    return heed_splitter_run(&run->settings->splitter, stretch, run->arena, take_part, run);
}

static bool normalise(struct text_run *run, struct heed_stretch stretch)
{
    return heed_normaliser_run(&run->settings->normaliser, &stretch, run->arena) &&
           split_added(run, &run->settings->normalised, stretch, split_parts);
}

bool heed_token_list_read(struct heed_token_list *list,
                          const struct heed_tokenizer_settings *settings, const char *text,
                          size_t length, int32_t segment)
{
    struct text_run run = {
        .settings = settings, .list = list, .segment = segment, .arena = list->arena};
    run.scratch.stock = list->arena->stock;
    run.whole = heed_stretch_read(text, length, 0, run.arena);
    const bool ok = run.whole.chars && split_added(&run, &settings->raw, run.whole, normalise);
    heed_arena_finish(&run.scratch);
    return ok && !list->failed;
}
