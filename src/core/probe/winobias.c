/* WinoBias: "12 [The clerk] called the nurse because [he] was late." The bracketed
 * mention is the answer, the bracketed pronoun the pronoun; the other candidate is
 * one that stands in brackets elsewhere in the file and in this sentence. */
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/utf8.h"
#include "core/probe/read.h"

enum { MOST_BRACKETS = 8, MOST_WORDS = 6 /* of a mention */ };

struct slice {
    const char *text;
    size_t length;
};

/* One line without its number and brackets. */
struct sentence {
    const char *id;
    char *text;
    size_t length;
    struct slice brackets[MOST_BRACKETS]; /* in text */
    int n;                                /* also beyond what fits */
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* False: its brackets don't close. */
static bool read_sentence(struct heed_probe_reader *reader, struct heed_line line,
                          struct sentence *sentence)
{
    const char *at = line.text;
    const char *end = at + line.length;
    size_t begin = 0;
    bool open = false;
    while (at < end && is_digit(*at)) {
        at++;
    }
    const bool numbered = at > line.text && at < end && (*at == ' ' || *at == '\t');
    *sentence = (struct sentence){
        .id = numbered ? heed_probe_copy(reader, line.text, (size_t)(at - line.text)) : ""};
    at = numbered ? at + 1 : line.text;
    sentence->text = heed_probe_trim(reader, at, (size_t)(end - at));
    char *out = sentence->text;
    for (const char *in = sentence->text; *in != '\0'; in++) {
        if (*in != '[' && *in != ']') {
            *out++ = *in;
            continue;
        }
        if ((*in == '[') == open) {
            return false;
        }
        open = !open;
        if (open) {
            begin = (size_t)(out - sentence->text);
        } else {
            if (sentence->n < MOST_BRACKETS) {
                sentence->brackets[sentence->n] =
                    (struct slice){sentence->text + begin, (size_t)(out - sentence->text) - begin};
            }
            sentence->n++;
        }
    }
    *out = '\0';
    sentence->length = (size_t)(out - sentence->text);
    return !open;
}

/* ---- the file's mentions ---- */

struct mentions {
    struct slice *items;
    size_t n, capacity;
};

static int lower(unsigned char c)
{
    return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c;
}

static int compare(const void *left, const void *right)
{
    const struct slice *a = left;
    const struct slice *b = right;
    const size_t n = a->length < b->length ? a->length : b->length;
    for (size_t i = 0; i < n; i++) {
        const int by = lower((unsigned char)a->text[i]) - lower((unsigned char)b->text[i]);
        if (by != 0) {
            return by;
        }
    }
    return (a->length > b->length) - (a->length < b->length);
}

/* The one mention among the brackets, and the first pronoun; NULL if there is none, or
 * a second mention. */
static const struct slice *find_mention(const struct sentence *sentence,
                                        const struct slice **pronoun)
{
    const struct slice *mention = NULL;
    int n = 0;
    *pronoun = NULL;
    for (int i = 0; i < sentence->n && i < MOST_BRACKETS; i++) {
        const struct slice *at = &sentence->brackets[i];
        if (!heed_probe_is_pronoun(at->text, at->length)) {
            mention = at;
            n++;
        } else if (!*pronoun) {
            *pronoun = at;
        }
    }
    return n == 1 && sentence->n <= MOST_BRACKETS ? mention : NULL;
}

static bool collect(struct heed_probe_reader *reader, struct mentions *mentions)
{
    for (size_t i = 0; i < reader->lines->n; i++) {
        struct sentence sentence;
        const struct slice *pronoun = NULL;
        if (!read_sentence(reader, reader->lines->items[i], &sentence)) {
            continue;
        }
        const struct slice *mention = find_mention(&sentence, &pronoun);
        if (!mention || mention->length == 0) {
            continue;
        }
        if (!heed_arena_reserve(&reader->rows->arena, &mentions->items, &mentions->capacity,
                                mentions->n + 1, sizeof *mention)) {
            return false;
        }
        mentions->items[mentions->n++] = *mention;
    }
    if (mentions->n > 0) {
        heed_sort(mentions->items, mentions->n, sizeof *mentions->items, compare);
    }
    return true;
}

/* ---- the other candidate ---- */

static bool is_inside(unsigned char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_digit((char)c) || c >= 0x80;
}

static bool overlaps(struct slice a, const struct slice *b)
{
    return a.text < b->text + b->length && b->text < a.text + a.length;
}

/* The longest known mention that begins at a word; length 0: none. */
static struct slice find_at(const struct mentions *mentions, const struct sentence *sentence,
                            const char *from)
{
    struct slice best = {from, 0};
    const char *end = sentence->text + sentence->length;
    const char *at = from;
    for (int words = 0; words < MOST_WORDS && at < end; words++) {
        while (at < end && is_inside((unsigned char)*at)) {
            at++;
        }
        const struct slice run = {from, (size_t)(at - from)};
        if (bsearch(&run, mentions->items, mentions->n, sizeof run, compare)) {
            best = run;
        }
        while (at < end && !is_inside((unsigned char)*at)) {
            at++;
        }
    }
    return best;
}

/* How many others there are; *other is the first. */
static int find_others(const struct mentions *mentions, const struct sentence *sentence,
                       const struct slice *mention, struct slice *other)
{
    int n = 0;
    for (const char *at = sentence->text; at < sentence->text + sentence->length; at++) {
        const bool begins = is_inside((unsigned char)*at) &&
                            (at == sentence->text || !is_inside((unsigned char)at[-1]));
        const struct slice found = begins ? find_at(mentions, sentence, at) : (struct slice){at, 0};
        if (found.length == 0 || overlaps(found, mention) || compare(&found, mention) == 0) {
            continue;
        }
        if (n == 0 || compare(&found, other) != 0) {
            *other = n == 0 ? found : *other;
            n++;
        }
        at += found.length - 1;
    }
    return n;
}

/* ---- rows ---- */

static const char *place(struct heed_probe_reader *reader, const struct sentence *sentence,
                         struct slice run)
{
    struct heed_buffer out = {0};
    const size_t begin = heed_utf8_count(sentence->text, (size_t)(run.text - sentence->text));
    heed_probe_put_name(&out, run.text, run.length);
    heed_buffer_printf(&out, "@%zu-%zu", begin, begin + heed_utf8_count(run.text, run.length));
    return heed_probe_keep(reader, &out);
}

static void read_line(struct heed_probe_reader *reader, const struct mentions *mentions,
                      size_t number, struct heed_line line)
{
    struct sentence sentence;
    const struct slice *pronoun = NULL;
    struct slice other = {0};
    const bool closes = read_sentence(reader, line, &sentence);
    const struct slice *mention = closes ? find_mention(&sentence, &pronoun) : NULL;
    if (!mention || !pronoun) {
        heed_probe_put_problem(reader, number,
                               "it needs one [mention] and a [pronoun] in brackets");
        return;
    }
    const int n = find_others(mentions, &sentence, mention, &other);
    if (n != 1) {
        heed_probe_put_problem(reader, number,
                               "%s of the file's other bracketed mentions stand%s in it beside "
                               "'%.*s'",
                               n == 0 ? "none" : "several", n == 0 ? "s" : "",
                               (int)(mention->length < 60 ? mention->length : 60), mention->text);
        return;
    }
    const char *answer = place(reader, &sentence, *mention);
    const char *second = place(reader, &sentence, other);
    struct heed_buffer both = {0};
    const bool in_order = mention->text < other.text;
    heed_buffer_printf(&both, "%s|%s", in_order ? answer : second, in_order ? second : answer);
    heed_probe_put_row(reader,
                       (struct heed_probe_row){.line = number,
                                               .id = sentence.id,
                                               .text = sentence.text,
                                               .pronoun = place(reader, &sentence, *pronoun),
                                               .candidates = heed_probe_keep(reader, &both),
                                               .answer = answer,
                                               .group = "",
                                               .pair = sentence.id});
}

bool heed_probe_read_winobias(struct heed_probe_reader *reader, struct heed_error *err)
{
    const struct heed_lines *lines = reader->lines;
    struct mentions mentions = {0};
    struct sentence sentence;
    const struct slice *pronoun = NULL;
    size_t first = 0;
    while (first < lines->n && heed_probe_is_blank(lines->items[first])) {
        first++;
    }
    if (!read_sentence(reader, lines->items[first], &sentence) ||
        !find_mention(&sentence, &pronoun) || !pronoun) {
        return heed_error_set(err, HEED_ERROR_FORMAT,
                              "line %zu of '%.100s' has no [mention] and [pronoun] in brackets, as "
                              "WinoBias has them",
                              first + 1, reader->name);
    }
    if (!collect(reader, &mentions)) {
        reader->failed = true;
    }
    for (size_t i = first; i < lines->n && !reader->failed; i++) {
        if (!heed_probe_is_blank(lines->items[i])) {
            read_line(reader, &mentions, i + 1, lines->items[i]);
        }
    }
    return true;
}
