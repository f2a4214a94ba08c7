#include "core/text/names.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "core/text/labels.h"
#include "core/text/moves.h"
#include "core/text/names_near.h"

static const char escaped[] = ":@|;\\";
static const char digits[] = "0123456789";

/* ---- reading a name ---- */

/* What a name says beside the run's text; n < 0: nothing. */
struct suffix {
    size_t length; /* bytes of the name before it */
    long n;        /* ":k" */
    long begin, end;
};

static bool is_escape(const char *at)
{
    return at[0] == '\\' && at[1] != '\0' && strchr(escaped, at[1]) != NULL;
}

const char *heed_names_next(const char *list, char separator)
{
    for (const char *at = list; *at != '\0'; at++) {
        if (*at == separator) {
            return at;
        }
        at += is_escape(at);
    }
    return NULL;
}

/* The last place of a sign that isn't escaped; NULL: none. */
static const char *find_last(const char *name, char sign)
{
    const char *found = NULL;
    for (const char *at = name; *at != '\0'; at++) {
        found = *at == sign ? at : found;
        at += is_escape(at);
    }
    return found;
}

static long read_number(const char **at)
{
    const size_t n = strspn(*at, digits);
    const long value = n > 0 ? strtol(*at, NULL, 10) : -1;
    *at += n;
    return value < INT_MAX ? value : INT_MAX;
}

static bool read_occurrence(const char *name, struct suffix *suffix)
{
    const char *colon = find_last(name, ':');
    const char *at = colon ? colon + 1 : NULL;
    if (!colon) {
        return false;
    }
    *suffix = (struct suffix){(size_t)(colon - name), read_number(&at), -1, -1};
    return suffix->length > 0 && suffix->n >= 0 && *at == '\0';
}

static bool read_place(const char *name, struct suffix *suffix)
{
    const char *sign = find_last(name, '@');
    const char *at = sign ? sign + 1 : NULL;
    if (!sign) {
        return false;
    }
    suffix->length = (size_t)(sign - name);
    suffix->n = -1;
    suffix->begin = read_number(&at);
    if (suffix->begin < 0 || *at++ != '-') {
        return false;
    }
    suffix->end = read_number(&at);
    return suffix->end >= 0 && *at == '\0';
}

/* ---- looking for it ---- */

struct search {
    const struct heed_tokenizer *tokenizer;
    const struct heed_encoding *encoding;
    const char *name;            /* as it was given, for messages */
    struct heed_arena *arena;    /* of this search */
    struct heed_folded texts[2]; /* the text and its pair, folded alike */
    struct heed_folded wanted;
    const char *word; /* what is wanted, without escapes */
    long k;           /* which of them is taken, from 1 */
    long found;
    struct heed_named *named;
};

static bool no_memory(struct heed_error *err)
{
    return heed_error_set(err, HEED_ERROR_MEMORY, "no memory left for the name of a word");
}

static bool fold_texts(struct search *search, bool lower_case)
{
    const struct heed_encoding *encoding = search->encoding;
    return heed_fold(&search->texts[0], search->arena, encoding->text, encoding->text_length,
                     lower_case) &&
           (!encoding->pair || heed_fold(&search->texts[1], search->arena, encoding->pair,
                                         encoding->pair_length, lower_case)) &&
           heed_fold(&search->wanted, search->arena, search->word, strlen(search->word),
                     lower_case);
}

static void meet(struct search *search, struct heed_named met)
{
    search->found++;
    if (search->found == search->k) {
        *search->named = met;
        search->named->occurrence = (int)search->found;
    }
}

static void look_at_template(struct search *search, int token)
{
    const struct heed_token *at = &search->encoding->tokens[token];
    const char *piece =
        at->is_template ? heed_tokenizer_get_piece(search->tokenizer, at->id) : NULL;
    if (piece && strcmp(piece, search->word) == 0) {
        meet(search, (struct heed_named){.first = token, .count = 1, .segment = at->segment});
    }
}

static void look_in_text(struct search *search, int32_t segment)
{
    const struct heed_folded *text = &search->texts[segment];
    const size_t length = search->wanted.n;
    size_t at = 0;
    while (length > 0 && at + length <= text->n) {
        if (heed_folded_cuts(text, at) && heed_folded_cuts(text, at + length) &&
            heed_folded_stands(text, at, &search->wanted)) {
            meet(search, (struct heed_named){.segment = segment,
                                             .start = text->chars[at].start,
                                             .end = text->chars[at + length - 1].end});
            at += length;
        } else {
            at++;
        }
    }
}

/* Counts the occurrences in their order: [CLS], the text, [SEP], the pair, [SEP]. */
static bool look(struct search *search, const char *word, bool lower_case)
{
    search->word = word;
    search->found = 0;
    if (!fold_texts(search, lower_case)) {
        return false;
    }
    search->wanted = heed_folded_trim(search->wanted);
    for (int32_t segment = 0; segment < 2; segment++) {
        if (segment == 0 && search->encoding->n_tokens > 0) {
            look_at_template(search, 0);
        }
        look_in_text(search, segment);
        for (int i = 1; i < search->encoding->n_tokens; i++) {
            if (search->encoding->tokens[i].segment == segment) {
                look_at_template(search, i);
            }
        }
    }
    return true;
}

/* As it is spelt, else without case. *level: how it was found. */
static bool look_twice(struct search *search, const char *word, bool *without_case)
{
    *without_case = false;
    if (!look(search, word, false)) {
        return false;
    }
    *without_case = search->found < search->k;
    return search->found >= search->k || look(search, word, true);
}

/* ---- its tokens ---- */

static bool fail_cut(const struct search *search, const char *how, struct heed_error *err)
{
    return heed_error_set(err, HEED_ERROR_INPUT,
                          "'%.100s' was cut off%s: the model takes %d tokens, give a shorter text",
                          search->name, how, search->encoding->n_limit);
}

static bool find_tokens(const struct search *search, struct heed_error *err)
{
    struct heed_named *named = search->named;
    const struct heed_encoding *encoding = search->encoding;
    const int kept = named->segment == 0 ? encoding->text_kept : encoding->pair_kept;
    if (named->count > 0) {
        return true; /* a template's */
    }
    for (int i = 0; i < encoding->n_tokens; i++) {
        const struct heed_token *token = &encoding->tokens[i];
        if (!token->is_template && token->segment == named->segment && token->start < named->end &&
            token->end > named->start) {
            named->first = named->count == 0 ? i : named->first;
            named->count = i - named->first + 1;
            named->is_beyond |= token->start < named->start || token->end > named->end;
        }
    }
    if (named->end > kept && encoding->n_tokens < encoding->n_total) {
        return fail_cut(search, named->count > 0 ? " in part" : "", err);
    }
    return named->count > 0 ||
           heed_error_set(err, HEED_ERROR_INPUT, "'%.100s' has no token of its own", search->name);
}

static void unescape(char *word)
{
    char *to = word;
    for (const char *from = word; *from != '\0'; from++) {
        from += is_escape(from);
        *to++ = *from;
    }
    *to = '\0';
}

/* ---- the kinds of names ---- */

static bool fail_not_found(struct search *search, struct heed_error *err)
{
    char near[200];
    if (search->found > 0) {
        return heed_error_set(err, HEED_ERROR_INPUT,
                              "'%.60s' occurs %ld time%s, so there is no '%.100s'", search->word,
                              search->found, search->found == 1 ? "" : "s", search->name);
    }
    if (!heed_names_say_near(near, sizeof near, search->texts, 2, &search->wanted,
                             search->encoding)) {
        return no_memory(err);
    }
    return heed_error_set(err, HEED_ERROR_INPUT, "the text has no '%.100s'%s", search->word, near);
}

/* The slice of the text at [begin, end) is what the name says. */
static bool check_slice(struct search *search, const char *word, const struct suffix *suffix,
                        struct heed_error *err)
{
    const struct heed_encoding *encoding = search->encoding;
    const size_t from =
        heed_utf8_offset(encoding->text, encoding->text_length, (size_t)suffix->begin);
    const size_t to = heed_utf8_offset(encoding->text, encoding->text_length, (size_t)suffix->end);
    struct heed_folded wanted, stands;
    bool same = false;
    for (int lower = 0; !same && lower < 2; lower++) {
        if (!heed_fold(&wanted, search->arena, word, strlen(word), lower == 1) ||
            !heed_fold(&stands, search->arena, encoding->text + from, to - from, lower == 1)) {
            return no_memory(err);
        }
        wanted = heed_folded_trim(wanted);
        stands = heed_folded_trim(stands);
        same = heed_folded_equal(&wanted, &stands);
    }
    return same || wanted.n == 0 ||
           heed_error_set(err, HEED_ERROR_INPUT,
                          "at %ld-%ld stands '%.*s', not '%.100s' (characters count from 0)",
                          suffix->begin, suffix->end, to - from < 80 ? (int)(to - from) : 80,
                          encoding->text + from, word);
}

static bool take_place(struct search *search, const char *word, const struct suffix *suffix,
                       struct heed_error *err)
{
    const struct heed_encoding *encoding = search->encoding;
    const size_t n = heed_utf8_count(encoding->text, encoding->text_length);
    if (suffix->begin >= suffix->end || (size_t)suffix->end > n) {
        return heed_error_set(err, HEED_ERROR_INPUT,
                              "'%.100s' is no place in a text of %zu characters; @12-22 are the "
                              "characters 12 to 21, from 0",
                              search->name, n);
    }
    if (!check_slice(search, word, suffix, err)) {
        return false;
    }
    *search->named = (struct heed_named){.start = (int32_t)suffix->begin,
                                         .end = (int32_t)suffix->end,
                                         .n_occurrences = 1,
                                         .is_chosen = true};
    return true;
}

static bool take_occurrence(struct search *search, const char *word, const struct suffix *suffix,
                            struct heed_error *err)
{
    bool without_case = false;
    if (suffix->n == 0) {
        return heed_error_set(err, HEED_ERROR_INPUT, "'%.100s': occurrences count from 1",
                              search->name);
    }
    search->k = suffix->n;
    if (!look_twice(search, word, &without_case)) {
        return no_memory(err);
    }
    if (search->found < search->k) {
        return fail_not_found(search, err);
    }
    const long found = search->found;
    if (without_case && !look(search, word, false)) {
        return no_memory(err);
    }
    search->named->is_without_case = without_case && search->found > 0;
    search->named->is_chosen = true;
    search->named->n_occurrences = (int)found;
    return true;
}

/* name is the search's own copy: it is cut up. */
static bool find(struct search *search, char *name, struct heed_error *err)
{
    struct suffix suffix = {0};
    const bool has_occurrence = read_occurrence(name, &suffix);
    const bool has_place = !has_occurrence && read_place(name, &suffix);
    char *whole = heed_arena_copy(search->arena, name, strlen(name));
    bool without_case = false;
    if (!whole) {
        return no_memory(err);
    }
    unescape(whole);
    if (!look_twice(search, whole, &without_case)) {
        return no_memory(err);
    }
    if (search->found > 0) {
        search->named->n_occurrences = (int)search->found;
        return true;
    }
    if (search->wanted.n == 0) {
        return heed_error_set(err, HEED_ERROR_INPUT, "an empty name: give a word of the text");
    }
    if (!has_occurrence && !has_place) {
        return fail_not_found(search, err);
    }
    name[suffix.length] = '\0';
    unescape(name);
    return has_place ? take_place(search, name, &suffix, err)
                     : take_occurrence(search, name, &suffix, err);
}

/* The name without the blanks around it. */
static char *copy_trimmed(struct heed_arena *arena, const char *name)
{
    const char *from = name + strspn(name, " \t");
    size_t length = strlen(from);
    while (length > 0 && (from[length - 1] == ' ' || from[length - 1] == '\t')) {
        length--;
    }
    return heed_arena_copy(arena, from, length);
}

bool heed_names_find(const struct heed_tokenizer *tokenizer, const struct heed_encoding *encoding,
                     const char *name, struct heed_named *named, struct heed_error *err)
{
    struct heed_arena arena = {0};
    struct heed_named made = {0};
    if (encoding->labels) {
        return heed_labels_find(encoding, name, named, err);
    }
    struct search search = {.tokenizer = tokenizer,
                            .encoding = encoding,
                            .name = name,
                            .arena = &arena,
                            .k = 1,
                            .named = &made};
    char *own = copy_trimmed(&arena, name);
    const bool ok = own ? find(&search, own, err) && find_tokens(&search, err) : no_memory(err);
    if (ok) {
        *named = made;
    }
    heed_arena_finish(&arena);
    return ok;
}

/* ---- writing one ---- */

/* Adds ":k" if it takes one to lead to the tokens. Occurrences are in the order of
 * the tokens, so k is found by halving. */
static bool try_name(char *name, size_t size, const struct heed_tokenizer *tokenizer,
                     const struct heed_encoding *encoding, int first, int count,
                     struct heed_error *err)
{
    struct heed_named named = {0};
    const size_t length = strlen(name);
    int low = 1;
    if (!heed_names_find(tokenizer, encoding, name, &named, err)) {
        return false;
    }
    int high = named.n_occurrences;
    if (high == 1) {
        return named.first == first && named.count == count;
    }
    while (low <= high) {
        const int k = low + (high - low) / 2;
        snprintf(name + length, size - length, ":%d", k);
        if (!heed_names_find(tokenizer, encoding, name, &named, err)) {
            break;
        }
        if (named.first == first && named.count == count) {
            return true;
        }
        low = named.first < first ? k + 1 : low;
        high = named.first < first ? high : k - 1;
    }
    name[length] = '\0';
    return false;
}

/* As find reads it; what begins or would begin an escape is one. Returns how many bytes. */
static size_t escape(char *to, const char *text, size_t length)
{
    size_t n = 0;
    for (size_t i = 0; i < length; i++) {
        if (text[i] == '\\' && (i + 1 == length || strchr(escaped, text[i + 1]))) {
            to[n++] = '\\';
        }
        to[n++] = text[i];
    }
    to[n] = '\0';
    return n;
}

bool heed_names_write(char **name, const struct heed_tokenizer *tokenizer,
                      const struct heed_encoding *encoding, int first, int count,
                      struct heed_error *err)
{
    const struct heed_token *token = &encoding->tokens[first];
    if (encoding->labels) {
        return heed_labels_write(name, encoding, first, count, err);
    }
    struct heed_error trouble = {0};
    size_t length = 0;
    const char *text = NULL;
    if (token->is_template) {
        text = heed_tokenizer_get_piece(tokenizer, token->id);
        length = strlen(text);
    } else {
        text = heed_encoding_get_text(encoding, first, count, &length);
    }
    const bool has_place = !token->is_template && token->segment == 0;
    const bool is_string = memchr(text, '\0', length) == NULL;
    length = is_string ? length : has_place ? 0 : strlen(text);
    const size_t size = 2 * length + 40;
    char *made = malloc(size);
    if (!made) {
        return no_memory(err);
    }
    length = escape(made, text, length);
    const bool is_found =
        is_string && try_name(made, size, tokenizer, encoding, first, count, &trouble);
    if (!is_found && has_place) {
        snprintf(made + length, size - length, "@%d-%d", (int)token->start,
                 (int)encoding->tokens[first + count - 1].end);
    }
    if (trouble.code == HEED_ERROR_MEMORY) {
        free(made);
        return no_memory(err);
    }
    *name = made;
    return true;
}
