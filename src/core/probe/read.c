#include "core/probe/read.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static const char escaped[] = ":@|;\\";

/* ---- what the readers put ---- */

static void *put(struct heed_probe_reader *reader, void *array, size_t *capacity, size_t *n,
                 size_t size)
{
    if (!heed_arena_reserve(&reader->rows->arena, array, capacity, *n + 1, size)) {
        reader->failed = true;
        return NULL;
    }
    char *items = NULL;
    memcpy(&items, array, sizeof items);
    return items + size * (*n)++;
}

void heed_probe_put_row(struct heed_probe_reader *reader, struct heed_probe_row row)
{
    struct heed_probe_rows *rows = reader->rows;
    struct heed_probe_row *to =
        put(reader, &rows->rows, &rows->capacity, &rows->n, sizeof *rows->rows);
    row.file = reader->file;
    if (to) {
        *to = row;
    }
}

void heed_probe_put_tree(struct heed_probe_reader *reader, struct heed_probe_tree tree)
{
    struct heed_probe_rows *rows = reader->rows;
    struct heed_probe_tree *to =
        put(reader, &rows->trees, &rows->trees_capacity, &rows->n_trees, sizeof *rows->trees);
    tree.file = reader->file;
    if (to) {
        *to = tree;
    }
}

void heed_probe_put_problem(struct heed_probe_reader *reader, size_t line, const char *format, ...)
{
    struct heed_probe_rows *rows = reader->rows;
    struct heed_error error = {0};
    char text[400];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    heed_error_set(&error, HEED_ERROR_INPUT, "%s", text);
    struct heed_probe_problem *to = put(reader, &rows->problems, &rows->problems_capacity,
                                        &rows->n_problems, sizeof *rows->problems);
    if (to) {
        *to = (struct heed_probe_problem){reader->file, line,
                                          heed_probe_copy(reader, error.text, strlen(error.text))};
    }
}

void heed_probe_put_comment(struct heed_probe_reader *reader, size_t line)
{
    struct heed_probe_rows *rows = reader->rows;
    struct heed_probe_problem *to = put(reader, &rows->comments, &rows->comments_capacity,
                                        &rows->n_comments, sizeof *rows->comments);
    if (to) {
        *to = (struct heed_probe_problem){reader->file, line, NULL};
    }
}

/* ---- pieces of text ---- */

char *heed_probe_copy(struct heed_probe_reader *reader, const char *text, size_t length)
{
    static char nothing[1];
    char *copy = heed_arena_copy(&reader->rows->arena, text, length);
    reader->failed |= !copy;
    return copy ? copy : nothing;
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

char *heed_probe_trim(struct heed_probe_reader *reader, const char *text, size_t length)
{
    while (length > 0 && is_space(*text)) {
        text++;
        length--;
    }
    while (length > 0 && is_space(text[length - 1])) {
        length--;
    }
    return heed_probe_copy(reader, text, length);
}

char *heed_probe_keep(struct heed_probe_reader *reader, struct heed_buffer *buffer)
{
    reader->failed |= buffer->failed;
    char *copy = heed_probe_copy(reader, buffer->data ? buffer->data : "", buffer->size);
    heed_buffer_finish(buffer);
    return copy;
}

void heed_probe_put_name(struct heed_buffer *out, const char *name, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if (strchr(escaped, name[i])) {
            heed_buffer_append(out, "\\", 1);
        }
        heed_buffer_append(out, name + i, 1);
    }
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

bool heed_probe_same_word(const char *a, size_t n_a, const char *b, size_t n_b)
{
    bool same = n_a == n_b;
    for (size_t i = 0; same && i < n_a; i++) {
        same = lower(a[i]) == lower(b[i]);
    }
    return same;
}

static bool is_among(const char *const *words, const char *word, size_t length)
{
    for (; *words; words++) {
        if (heed_probe_same_word(word, length, *words, strlen(*words))) {
            return true;
        }
    }
    return false;
}

static const char *const male[] = {"he", "him", "his", "himself", NULL};
static const char *const female[] = {"she", "her", "hers", "herself", NULL};
static const char *const neutral[] = {"they",     "them",       "their", "theirs",
                                      "themself", "themselves", NULL};
static const char *const others[] = {"it", "its", "itself", "xe", "ze", "hir", "zir", NULL};

bool heed_probe_is_pronoun(const char *word, size_t length)
{
    return is_among(male, word, length) || is_among(female, word, length) ||
           is_among(neutral, word, length) || is_among(others, word, length);
}

bool heed_probe_is_pronoun_of(const char *gender, const char *word, size_t length)
{
    if (strncmp(gender, "male", 4) == 0) {
        return is_among(male, word, length);
    }
    if (strncmp(gender, "female", 6) == 0) {
        return is_among(female, word, length);
    }
    return strncmp(gender, "neutral", 7) == 0 ? is_among(neutral, word, length)
                                              : heed_probe_is_pronoun(word, length);
}

bool heed_probe_is_blank(struct heed_line line)
{
    for (size_t i = 0; i < line.length; i++) {
        if (!is_space(line.text[i])) {
            return false;
        }
    }
    return true;
}
