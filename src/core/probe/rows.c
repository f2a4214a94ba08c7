#include "core/probe/rows.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "core/probe/read.h"

const char *const heed_probe_format_words[] = {"table", "gap",    "winobias", "winogender",
                                               "dpr",   "conllu", NULL};

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

/* ---- which kind it is ---- */

/* What else a file is, by its first bytes; NULL: nothing that is known. */
static const char *name_other(const struct heed_lines *lines)
{
    static const struct {
        const char *begins, *name;
    } kinds[] = {
        {"{", "JSON"},
        {"[", "JSON"},
        {"PK\x03\x04", "a zip archive"},
        {"%PDF", "a PDF"},
        {"<?xml", "XML"},
        {"<!DOCTYPE", "a web page"},
        {"<html", "a web page"},
        {"\x89PNG", "a picture"},
        {"#!", "a program"},
        {"version https://git-lfs", "a pointer of Git LFS, not the file itself"},
    };
    const struct heed_line first = lines->n > 0 ? lines->items[0] : (struct heed_line){"", 0};
    for (size_t i = 0; i < HEED_COUNT(kinds); i++) {
        const size_t length = strlen(kinds[i].begins);
        if (first.length >= length && memcmp(first.text, kinds[i].begins, length) == 0) {
            return kinds[i].name;
        }
    }
    return NULL;
}

static bool fail_kind(const char *name, const struct heed_lines *lines, const char *why,
                      struct heed_error *err)
{
    const char *other = name_other(lines);
    if (other) {
        return heed_error_set(err, HEED_ERROR_FORMAT,
                              "'%.100s' is %s, no file of sentences: give a table with a header, "
                              "GAP, WinoBias, Winogender, DPR or CoNLL-U",
                              name, other);
    }
    return heed_error_set(err, HEED_ERROR_FORMAT, "%s", why);
}

/* The first line that holds anything. */
static struct heed_line find_first(const struct heed_lines *lines)
{
    for (size_t i = 0; i < lines->n; i++) {
        if (!heed_probe_is_blank(lines->items[i])) {
            return lines->items[i];
        }
    }
    return (struct heed_line){"", 0};
}

static bool read_as(struct heed_probe_reader *reader, enum heed_probe_format format,
                    struct heed_error *err)
{
    switch (format) {
    case HEED_PROBE_CONLLU:
        return heed_probe_read_conllu(reader, err);
    case HEED_PROBE_WINOBIAS:
        return heed_probe_read_winobias(reader, err);
    case HEED_PROBE_DPR:
        return heed_probe_read_dpr(reader, err);
    default:
        return heed_probe_read_table(reader, format, err);
    }
}

/* A header is told first: its words can't be meant otherwise. */
static bool read_any(struct heed_probe_reader *reader, enum heed_probe_format *format,
                     struct heed_error *err)
{
    static const enum heed_probe_format kinds[] = {HEED_PROBE_CONLLU, HEED_PROBE_WINOBIAS,
                                                   HEED_PROBE_DPR};
    *format = HEED_PROBE_ANY;
    if (read_as(reader, HEED_PROBE_ANY, err)) {
        return true;
    }
    for (size_t i = 0; i < HEED_COUNT(kinds); i++) {
        if (read_as(reader, kinds[i], NULL)) {
            *format = kinds[i];
            return true;
        }
    }
    return false;
}

bool heed_probe_rows_add(struct heed_probe_rows *rows, int file, const char *name,
                         const struct heed_lines *lines, enum heed_probe_format asked,
                         struct heed_error *err)
{
    struct heed_probe_reader reader = {.rows = rows, .lines = lines, .name = name, .file = file};
    enum heed_probe_format format = asked;
    struct heed_error why = {0};
    if (find_first(lines).length == 0) {
        return heed_error_set(err, HEED_ERROR_FORMAT,
                              "'%.100s' is empty: line 1 isn't the header of a table of sentences",
                              name);
    }
    const bool ok =
        asked == HEED_PROBE_ANY ? read_any(&reader, &format, &why) : read_as(&reader, asked, &why);
    if (!ok && !reader.failed) {
        return fail_kind(name, lines, why.text, err);
    }
    const bool first = file == 0;
    if (!first && (format == HEED_PROBE_CONLLU) != (rows->format == HEED_PROBE_CONLLU)) {
        return heed_error_set(err, HEED_ERROR_INPUT,
                              "'%.100s' is of another kind than the files before it: relations "
                              "and pronouns are probed one by one",
                              name);
    }
    rows->format = first ? format : rows->format;
    return !reader.failed || heed_error_set(err, HEED_ERROR_MEMORY, "no memory left for the lines");
}

void heed_probe_rows_finish(struct heed_probe_rows *rows)
{
    heed_arena_finish(&rows->arena);
    *rows = (struct heed_probe_rows){0};
}
