/* CoNLL-U: words with their heads, found in the sentence's text by SpaceAfter or, where
 * "# text" is given, one after the other in it. A word of a multi-word token has its
 * own part of the token where the forms of its words make it up, else all of it. */
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "core/probe/read.h"

enum { N_FIELDS = 10, FORM = 1, HEAD = 6, RELATION = 7, MISC = 9, MOST_WORDS = 4096 };

struct row {
    struct heed_line fields[N_FIELDS];
    long id;
    long last; /* of a multi-word token; else 0 */
    bool is_empty_node;
    size_t line;
};

/* One sentence, while it is read. */
struct sentence {
    struct heed_probe_reader *reader;
    struct row *rows;
    size_t n, capacity;
    struct heed_tree_word *words;
    int n_words;
    size_t line; /* its first */
    struct heed_line id, text;
    char *own_text; /* the text, or made of the forms */
};

/* ---- lines ---- */

static bool split(struct heed_line line, struct heed_line fields[N_FIELDS])
{
    const char *at = line.text;
    const char *end = at + line.length;
    for (int i = 0; i < N_FIELDS; i++) {
        const char *tab = memchr(at, '\t', (size_t)(end - at));
        if ((tab == NULL) != (i == N_FIELDS - 1)) {
            return false;
        }
        const char *stop = tab ? tab : end;
        fields[i] = (struct heed_line){at, (size_t)(stop - at)};
        at = tab ? tab + 1 : end;
    }
    return true;
}

/* Digits of a field; -1: it doesn't begin with one. *rest is what follows. */
static long read_number(struct heed_line field, struct heed_line *rest)
{
    long value = 0;
    size_t i = 0;
    for (; i < field.length && i < 9 && field.text[i] >= '0' && field.text[i] <= '9'; i++) {
        value = value * 10 + (field.text[i] - '0');
    }
    *rest = (struct heed_line){field.text + i, field.length - i};
    return i > 0 ? value : -1;
}

static bool read_row(struct heed_line line, size_t number, struct row *row)
{
    struct heed_line rest;
    *row = (struct row){.line = number};
    if (!split(line, row->fields)) {
        return false;
    }
    row->id = read_number(row->fields[0], &rest);
    if (row->id < 0 || rest.length == 0) {
        return row->id > 0;
    }
    row->is_empty_node = rest.text[0] == '.';
    if (row->is_empty_node) {
        return true;
    }
    rest = (struct heed_line){rest.text + 1, rest.length - 1};
    row->last = rest.text[-1] == '-' ? read_number(rest, &rest) : -1;
    return row->last > row->id && rest.length == 0;
}

/* The value of "# key = value". */
static bool read_comment(struct heed_line line, const char *key, struct heed_line *value)
{
    const size_t length = strlen(key);
    const char *at = line.text + 1;
    const char *end = line.text + line.length;
    while (at < end && *at == ' ') {
        at++;
    }
    if ((size_t)(end - at) < length || memcmp(at, key, length) != 0) {
        return false;
    }
    at += length;
    while (at < end && *at == ' ') {
        at++;
    }
    if (at == end || *at != '=') {
        return false;
    }
    at++;
    at += at < end && *at == ' ';
    *value = (struct heed_line){at, (size_t)(end - at)};
    return true;
}

/* ---- where the words stand ---- */

static bool has_space_after(const struct row *row)
{
    static const char no[] = "SpaceAfter=No";
    const struct heed_line misc = row->fields[MISC];
    for (size_t i = 0; i + sizeof no - 1 <= misc.length; i++) {
        if (memcmp(misc.text + i, no, sizeof no - 1) == 0) {
            return false;
        }
    }
    return true;
}

static bool is_surface(const struct row *row, long covered)
{
    return !row->is_empty_node && (row->last > 0 || row->id > covered);
}

/* The text of the forms, if the file doesn't give it. */
static void make_text(struct sentence *sentence)
{
    struct heed_buffer out = {0};
    long covered = 0;
    for (size_t i = 0; i < sentence->n; i++) {
        const struct row *row = &sentence->rows[i];
        if (!is_surface(row, covered)) {
            continue;
        }
        covered = row->last > 0 ? row->last : row->id;
        heed_buffer_append(&out, row->fields[FORM].text, row->fields[FORM].length);
        heed_buffer_append(&out, " ", has_space_after(row));
    }
    if (out.size > 0 && out.data[out.size - 1] == ' ') {
        out.size--;
    }
    sentence->own_text = heed_probe_keep(sentence->reader, &out);
}

/* The words of a multi-word token share it, or have their parts of it. */
static void share(struct sentence *sentence, long first, long last, struct heed_line form,
                  int32_t start)
{
    size_t used = 0;
    bool parts = true;
    const int32_t end = start + (int32_t)heed_utf8_count(form.text, form.length);
    for (int pass = 0; pass < 2; pass++) {
        for (size_t i = 0; i < sentence->n; i++) {
            const struct row *row = &sentence->rows[i];
            const struct heed_line own = row->fields[FORM];
            if (row->last > 0 || row->is_empty_node || row->id < first || row->id > last) {
                continue;
            }
            struct heed_tree_word *word = &sentence->words[row->id - 1];
            if (pass == 1) {
                word->start = parts ? word->start : start;
                word->end = parts ? word->end : end;
            } else if (parts && used + own.length <= form.length &&
                       memcmp(form.text + used, own.text, own.length) == 0) {
                word->start = start + (int32_t)heed_utf8_count(form.text, used);
                used += own.length;
                word->end = start + (int32_t)heed_utf8_count(form.text, used);
            } else {
                parts = false;
            }
        }
        parts = parts && used == form.length;
    }
}

static bool place_words(struct sentence *sentence)
{
    const char *text = sentence->own_text;
    const size_t length = strlen(text);
    size_t at = 0;
    int32_t position = 0;
    long covered = 0;
    for (size_t i = 0; i < sentence->n; i++) {
        const struct row *row = &sentence->rows[i];
        const struct heed_line form = row->fields[FORM];
        if (!is_surface(row, covered)) {
            continue;
        }
        while (at < length && (text[at] == ' ' || text[at] == '\t' ||
                               (text[at] == '\xC2' && text[at + 1] == '\xA0'))) {
            at += text[at] == '\xC2' ? 2 : 1;
            position++;
        }
        if (length - at < form.length || memcmp(text + at, form.text, form.length) != 0 ||
            form.length == 0) {
            heed_probe_put_problem(sentence->reader, row->line,
                                   "the word '%.*s' isn't at character %d of the sentence's # text",
                                   (int)(form.length < 60 ? form.length : 60), form.text,
                                   (int)position);
            return false;
        }
        covered = row->last > 0 ? row->last : row->id;
        if (row->last > 0) {
            share(sentence, row->id, row->last, form, position);
        }
        const int32_t count = (int32_t)heed_utf8_count(form.text, form.length);
        if (row->last == 0) {
            sentence->words[row->id - 1].start = position;
            sentence->words[row->id - 1].end = position + count;
        }
        position += count;
        at += form.length;
    }
    return true;
}

/* ---- a sentence ---- */

static bool read_heads(struct sentence *sentence)
{
    long next = 1;
    for (size_t i = 0; i < sentence->n; i++) {
        const struct row *row = &sentence->rows[i];
        struct heed_line rest;
        if (row->is_empty_node || row->last > 0) {
            if (row->last > sentence->n_words) {
                heed_probe_put_problem(sentence->reader, row->line,
                                       "a multi-word token reaches beyond the sentence");
                return false;
            }
            continue;
        }
        if (row->id != next) {
            heed_probe_put_problem(sentence->reader, row->line, "the word's number is %ld, not %ld",
                                   row->id, next);
            return false;
        }
        const long head = read_number(row->fields[HEAD], &rest);
        const bool none = row->fields[HEAD].length == 1 && row->fields[HEAD].text[0] == '_';
        if (!none && (head < 0 || rest.length > 0 || head > sentence->n_words || head == next)) {
            heed_probe_put_problem(
                sentence->reader, row->line, "its head is '%.*s', and the sentence has %d words",
                (int)(row->fields[HEAD].length < 20 ? row->fields[HEAD].length : 20),
                row->fields[HEAD].text, sentence->n_words);
            return false;
        }
        sentence->words[next - 1].head = none ? -1 : (int)head - 1;
        sentence->words[next - 1].relation = heed_probe_copy(
            sentence->reader, row->fields[RELATION].text, row->fields[RELATION].length);
        next++;
    }
    return true;
}

static void end_sentence(struct sentence *sentence)
{
    struct heed_probe_reader *reader = sentence->reader;
    int n = 0;
    for (size_t i = 0; i < sentence->n; i++) {
        n += sentence->rows[i].last == 0 && !sentence->rows[i].is_empty_node;
    }
    if (sentence->n > MOST_WORDS) {
        heed_probe_put_problem(reader, sentence->line, "its sentence has more than %d words",
                               (int)MOST_WORDS);
        return;
    }
    sentence->n_words = n;
    sentence->words =
        heed_arena_zeroed(&reader->rows->arena, (size_t)n + 1, sizeof *sentence->words);
    if (!sentence->words) {
        reader->failed = true;
        return;
    }
    if (sentence->text.text) {
        sentence->own_text = heed_probe_copy(reader, sentence->text.text, sentence->text.length);
    } else {
        make_text(sentence);
    }
    if (n > 0 && read_heads(sentence) && place_words(sentence)) {
        heed_probe_put_tree(
            reader, (struct heed_probe_tree){
                        .line = sentence->line,
                        .id = heed_probe_copy(reader, sentence->id.text ? sentence->id.text : "",
                                              sentence->id.length),
                        .text = sentence->own_text,
                        .words = sentence->words,
                        .n = n});
    }
}

static void start_sentence(struct sentence *sentence)
{
    *sentence = (struct sentence){
        .reader = sentence->reader, .rows = sentence->rows, .capacity = sentence->capacity};
}

static bool add_row(struct sentence *sentence, const struct row *row)
{
    if (!heed_arena_reserve(&sentence->reader->rows->arena, &sentence->rows, &sentence->capacity,
                            sentence->n + 1, sizeof *row)) {
        sentence->reader->failed = true;
        return false;
    }
    sentence->rows[sentence->n++] = *row;
    return true;
}

/* True if a sentence's lines begin here, as far as one can see. */
static bool looks_right(const struct heed_lines *lines)
{
    for (size_t i = 0; i < lines->n; i++) {
        struct row row;
        if (heed_probe_is_blank(lines->items[i]) || lines->items[i].text[0] == '#') {
            continue;
        }
        return read_row(lines->items[i], i + 1, &row);
    }
    return false;
}

bool heed_probe_read_conllu(struct heed_probe_reader *reader, struct heed_error *err)
{
    const struct heed_lines *lines = reader->lines;
    struct sentence sentence = {.reader = reader};
    bool broken = false; /* what is left of a sentence with a bad line is passed over */
    if (!looks_right(lines)) {
        return heed_error_set(err, HEED_ERROR_FORMAT,
                              "'%.100s' holds no words with ten columns, as CoNLL-U has them",
                              reader->name);
    }
    for (size_t i = 0; i <= lines->n && !reader->failed; i++) {
        struct row row;
        const bool ends = i == lines->n || heed_probe_is_blank(lines->items[i]);
        if (ends) {
            if (sentence.n > 0 && !broken) {
                end_sentence(&sentence);
            }
            start_sentence(&sentence);
            broken = false;
            continue;
        }
        const struct heed_line line = lines->items[i];
        sentence.line = sentence.line == 0 ? i + 1 : sentence.line;
        if (line.text[0] == '#') {
            struct heed_line value;
            sentence.id = read_comment(line, "sent_id", &value) ? value : sentence.id;
            sentence.text = read_comment(line, "text", &value) ? value : sentence.text;
        } else if (!broken && read_row(line, i + 1, &row)) {
            (void)add_row(&sentence, &row);
        } else if (!broken) {
            heed_probe_put_problem(
                reader, i + 1, "the line isn't a word with ten columns; its sentence is left out");
            broken = true;
        }
    }
    return true;
}
