#include "core/text/names_near.h"

#include <stdio.h>
#include <string.h>

#include "base/utf8.h"

/* Longer names are compared by their beginnings. */
enum { MOST_CHARS = 48 };

/* A run of one of the texts. */
struct run {
    int text; /* -1: none */
    size_t from, to;
};

static size_t find_edge(const struct heed_folded *text, size_t at, int step)
{
    while (!heed_folded_cuts(text, at)) {
        at = step > 0 ? at + 1 : at - 1;
    }
    return at;
}

/* The word that holds the name as a part: "he" in "the". */
static struct run find_around(const struct heed_folded *texts, int n_texts,
                              const struct heed_folded *wanted)
{
    for (int t = 0; t < n_texts; t++) {
        for (size_t at = 0; wanted->n > 0 && at + wanted->n <= texts[t].n; at++) {
            if (heed_folded_stands(&texts[t], at, wanted)) {
                return (struct run){t, find_edge(&texts[t], at, -1),
                                    find_edge(&texts[t], at + wanted->n, 1)};
            }
        }
    }
    return (struct run){.text = -1};
}

/* Optimal string alignment of two short runs: letters changed, left out, put in, or two
 * neighbours that changed places (Damerau 1964). */
static size_t measure(const struct heed_folded_char *a, size_t n_a,
                      const struct heed_folded_char *b, size_t n_b)
{
    size_t rows[3][MOST_CHARS + 1];
    for (size_t j = 0; j <= n_b; j++) {
        rows[0][j] = j;
    }
    for (size_t i = 1; i <= n_a; i++) {
        const size_t *above = rows[(i - 1) % 3], *two_above = rows[(i + 1) % 3];
        size_t *row = rows[i % 3];
        row[0] = i;
        for (size_t j = 1; j <= n_b; j++) {
            const size_t changed = above[j - 1] + (a[i - 1].c != b[j - 1].c);
            const size_t shorter = (above[j] < row[j - 1] ? above[j] : row[j - 1]) + 1;
            row[j] = changed < shorter ? changed : shorter;
            if (i > 1 && j > 1 && a[i - 1].c == b[j - 2].c && a[i - 2].c == b[j - 1].c &&
                two_above[j - 2] + 1 < row[j]) {
                row[j] = two_above[j - 2] + 1;
            }
        }
    }
    return rows[n_a % 3][n_b];
}

/* The run between two boundaries that the name is a slip of, if one is. */
static struct run find_alike(const struct heed_folded *texts, int n_texts,
                             const struct heed_folded *wanted)
{
    struct run best = {.text = -1};
    const size_t n = wanted->n;
    const size_t slack = n < 3 ? 0 : n / 3;
    size_t nearest = slack + 1;
    for (int t = 0; n <= MOST_CHARS - slack && t < n_texts; t++) {
        const struct heed_folded *text = &texts[t];
        for (size_t from = 0; from < text->n; from++) {
            if (!heed_folded_cuts(text, from) || text->chars[from].kind == HEED_CHAR_SPACE) {
                continue;
            }
            for (size_t length = n - slack; length <= n + slack && from + length <= text->n;
                 length++) {
                const size_t to = from + length;
                if (length == 0 || !heed_folded_cuts(text, to) ||
                    text->chars[to - 1].kind == HEED_CHAR_SPACE) {
                    continue;
                }
                const size_t far = measure(text->chars + from, length, wanted->chars, n);
                if (far < nearest) {
                    nearest = far;
                    best = (struct run){t, from, to};
                }
            }
        }
    }
    return best;
}

static void print_run(char *out, size_t size, const char *format, const struct heed_folded *texts,
                      struct run run, const struct heed_encoding *encoding)
{
    const char *text = run.text == 0 ? encoding->text : encoding->pair;
    const size_t length = run.text == 0 ? encoding->text_length : encoding->pair_length;
    const struct heed_folded_char *chars = texts[run.text].chars;
    const size_t from = heed_utf8_offset(text, length, (size_t)chars[run.from].start);
    const size_t to = heed_utf8_offset(text, length, (size_t)chars[run.to - 1].end);
    char word[81];
    snprintf(word, sizeof word, "%.*s", (int)(to - from), text + from);
    snprintf(out, size, "%s'%s'", format, word);
}

bool heed_names_say_near(char *out, size_t size, const struct heed_folded *texts, int n_texts,
                         const struct heed_folded *wanted, const struct heed_encoding *encoding)
{
    out[0] = '\0';
    const struct run around = find_around(texts, n_texts, wanted);
    if (around.text >= 0) {
        print_run(out, size, " as a word of its own; it is a part of ", texts, around, encoding);
        return true;
    }
    const struct run alike = find_alike(texts, n_texts, wanted);
    if (alike.text >= 0) {
        print_run(out, size, "; near it is ", texts, alike, encoding);
    }
    return true;
}
