#include "core/probe/rows.h"

#include <string.h>

#include "base/compiler.h"
#include "core/probe/read.h"

const char *const heed_probe_format_words[] = {"table", "gap",    "winobias", "winogender",
                                               "dpr",   "conllu", NULL};

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
