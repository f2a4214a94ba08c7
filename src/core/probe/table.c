/* Tables whose header names the columns: heed's own, GAP and Winogender. */
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "core/probe/read.h"

enum { MOST_COLUMNS = 64 };

enum column {
    COLUMN_TEXT,
    COLUMN_PRONOUN,
    COLUMN_CANDIDATES,
    COLUMN_ANSWER,
    COLUMN_ID,
    COLUMN_GROUP,
    COLUMN_PAIR,
    COLUMN_PRONOUN_OFFSET,
    COLUMN_A,
    COLUMN_A_OFFSET,
    COLUMN_A_COREF,
    COLUMN_B,
    COLUMN_B_OFFSET,
    COLUMN_B_COREF,
    COLUMN_SENTID,
    N_COLUMNS
};

/* What a header may call them. */
static const struct {
    const char *name;
    enum column column;
} titles[] = {
    {"sentence", COLUMN_TEXT},
    {"text", COLUMN_TEXT},
    {"pronoun", COLUMN_PRONOUN},
    {"candidates", COLUMN_CANDIDATES},
    {"answer", COLUMN_ANSWER},
    {"id", COLUMN_ID},
    {"group", COLUMN_GROUP},
    {"pair", COLUMN_PAIR},
    {"a", COLUMN_A},
    {"pronoun-offset", COLUMN_PRONOUN_OFFSET},
    {"a-offset", COLUMN_A_OFFSET},
    {"a-coref", COLUMN_A_COREF},
    {"b", COLUMN_B},
    {"b-offset", COLUMN_B_OFFSET},
    {"b-coref", COLUMN_B_COREF},
    {"sentid", COLUMN_SENTID},
};

struct table {
    struct heed_probe_reader *reader;
    char separator;
    int at[N_COLUMNS]; /* -1: the table lacks it */
    int n;             /* columns */
};

/* ---- fields ---- */

/* The end of a field that RFC 4180 would quote: behind its last quote; NULL: its
 * quotes are text. */
static const char *find_quoted_end(const char *at, const char *end, char separator)
{
    if (at == end || *at != '"') {
        return NULL;
    }
    for (at++; at < end; at++) {
        if (*at == '"' && at + 1 < end && at[1] == '"') {
            at++;
        } else if (*at == '"') {
            return at + 1 == end || at[1] == separator ? at + 1 : NULL;
        }
    }
    return NULL;
}

static char *unquote(struct heed_probe_reader *reader, const char *from, const char *to)
{
    char *field = heed_probe_copy(reader, from + 1, (size_t)(to - from) - 2);
    char *out = field;
    for (const char *in = field; *in != '\0'; in++) {
        in += in[0] == '"' && in[1] == '"';
        *out++ = *in;
    }
    *out = '\0';
    return field;
}

/* Returns how many there are, also beyond what fits. */
static int split(struct heed_probe_reader *reader, struct heed_line line, char separator,
                 char *fields[MOST_COLUMNS])
{
    const char *at = line.text;
    const char *end = line.text + line.length;
    int n = 0;
    for (bool more = true; more; n++) {
        const char *quoted = find_quoted_end(at, end, separator);
        const char *stop = quoted;
        if (!quoted) {
            stop = memchr(at, separator, (size_t)(end - at));
            stop = stop ? stop : end;
        }
        if (n < MOST_COLUMNS) {
            fields[n] = quoted ? unquote(reader, at, stop)
                               : heed_probe_copy(reader, at, (size_t)(stop - at));
        }
        more = stop < end;
        at = more ? stop + 1 : end;
    }
    return n;
}

/* ---- rows of heed's own tables ---- */

static const char *get(const struct table *table, char *const *fields, enum column column)
{
    return table->at[column] < 0 ? "" : fields[table->at[column]];
}

/* Without blanks around. */
static const char *get_short(const struct table *table, char *const *fields, enum column column)
{
    const char *field = get(table, fields, column);
    return heed_probe_trim(table->reader, field, strlen(field));
}

static bool is_neither(const char *answer)
{
    return heed_probe_same_word(answer, strlen(answer), "neither", 7);
}

static void read_plain(const struct table *table, size_t line, char *const *fields)
{
    const char *answer = get_short(table, fields, COLUMN_ANSWER);
    heed_probe_put_row(
        table->reader,
        (struct heed_probe_row){
            .line = line,
            .id = get_short(table, fields, COLUMN_ID),
            .text = get(table, fields, COLUMN_TEXT),
            .pronoun = get(table, fields, COLUMN_PRONOUN),
            .candidates = get(table, fields, COLUMN_CANDIDATES),
            .answer = is_neither(answer) ? "" : answer,
            .group = get_short(table, fields, COLUMN_GROUP),
            .pair = table->at[COLUMN_PAIR] < 0 ? NULL : get_short(table, fields, COLUMN_PAIR)});
}

/* ---- GAP ---- */

/* "Name@12-16" of a name and where it begins; NULL, with a problem, if it's none. */
static const char *place_name(const struct table *table, size_t line, const char *name,
                              const char *offset)
{
    char *end = NULL;
    const long begin = strtol(offset, &end, 10);
    struct heed_buffer out = {0};
    if (end == offset || *end != '\0' || begin < 0 || name[0] == '\0') {
        heed_probe_put_problem(table->reader, line,
                               "'%.40s' at '%.20s' is no name with its offset in characters", name,
                               offset);
        return NULL;
    }
    const size_t length = strlen(name);
    heed_probe_put_name(&out, name, length);
    heed_buffer_printf(&out, "@%ld-%ld", begin, begin + (long)heed_utf8_count(name, length));
    return heed_probe_keep(table->reader, &out);
}

/* TRUE or FALSE; -1, with a problem: neither. */
static int read_truth(const struct table *table, size_t line, const char *value)
{
    if (heed_probe_same_word(value, strlen(value), "true", 4)) {
        return 1;
    }
    if (heed_probe_same_word(value, strlen(value), "false", 5)) {
        return 0;
    }
    heed_probe_put_problem(table->reader, line, "'%.40s' is neither TRUE nor FALSE", value);
    return -1;
}

static void read_gap(const struct table *table, size_t line, char *const *fields)
{
    struct heed_probe_reader *reader = table->reader;
    const char *pronoun = place_name(table, line, get(table, fields, COLUMN_PRONOUN),
                                     get_short(table, fields, COLUMN_PRONOUN_OFFSET));
    const char *a = pronoun ? place_name(table, line, get(table, fields, COLUMN_A),
                                         get_short(table, fields, COLUMN_A_OFFSET))
                            : NULL;
    const char *b = a ? place_name(table, line, get(table, fields, COLUMN_B),
                                   get_short(table, fields, COLUMN_B_OFFSET))
                      : NULL;
    const int is_a = b ? read_truth(table, line, get_short(table, fields, COLUMN_A_COREF)) : -1;
    const int is_b =
        is_a >= 0 ? read_truth(table, line, get_short(table, fields, COLUMN_B_COREF)) : -1;
    if (is_b < 0) {
        return;
    }
    if (is_a && is_b) {
        heed_probe_put_problem(reader, line, "both names are said to be right");
        return;
    }
    struct heed_buffer both = {0};
    heed_buffer_printf(&both, "%s|%s", a, b);
    heed_probe_put_row(reader,
                       (struct heed_probe_row){.line = line,
                                               .id = get_short(table, fields, COLUMN_ID),
                                               .text = get(table, fields, COLUMN_TEXT),
                                               .pronoun = pronoun,
                                               .candidates = heed_probe_keep(reader, &both),
                                               .answer = is_a   ? a
                                                         : is_b ? b
                                                                : "",
                                               .group = get_short(table, fields, COLUMN_GROUP),
                                               .pair = ""});
}

/* ---- Winogender ---- */

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

/* "he@12-14" of the one pronoun; NULL, with a problem, if there isn't one. */
static const char *find_pronoun(const struct table *table, size_t line, const char *text,
                                const char *gender)
{
    const char *found = NULL;
    size_t length = 0;
    int n = 0;
    for (const char *at = text; *at != '\0';) {
        const char *end = at;
        while (is_letter(*end)) {
            end++;
        }
        if (end > at && heed_probe_is_pronoun_of(gender, at, (size_t)(end - at))) {
            found = at;
            length = (size_t)(end - at);
            n++;
        }
        at = end > at ? end : at + 1;
    }
    if (n != 1) {
        heed_probe_put_problem(table->reader, line, "it has %d pronouns of its gender, not one", n);
        return NULL;
    }
    struct heed_buffer out = {0};
    const size_t begin = heed_utf8_count(text, (size_t)(found - text));
    heed_buffer_printf(&out, "%.*s@%zu-%zu", (int)length, found, begin, begin + length);
    return heed_probe_keep(table->reader, &out);
}

static char *name_of(struct heed_probe_reader *reader, const char *text, size_t length)
{
    struct heed_buffer out = {0};
    heed_probe_put_name(&out, text, length);
    return heed_probe_keep(reader, &out);
}

/* sentid: occupation.participant.answer.gender.txt */
static void read_winogender(const struct table *table, size_t line, char *const *fields)
{
    struct heed_probe_reader *reader = table->reader;
    const char *id = get_short(table, fields, COLUMN_SENTID);
    const char *text = get(table, fields, COLUMN_TEXT);
    const char *parts[4];
    int n = 0;
    for (const char *at = id; at && n < 4; n++) {
        parts[n] = at;
        at = strchr(at, '.');
        at = at ? at + 1 : NULL;
    }
    if (n < 4 || parts[3] - parts[2] != 2 || (*parts[2] != '0' && *parts[2] != '1')) {
        heed_probe_put_problem(reader, line,
                               "'%.60s' isn't occupation.participant.answer.gender (0 or 1)", id);
        return;
    }
    const char *pronoun = find_pronoun(table, line, text, parts[3]);
    if (!pronoun) {
        return;
    }
    const char *names[] = {
        name_of(reader, parts[0], (size_t)(parts[1] - parts[0]) - 1),
        name_of(reader, parts[1], (size_t)(parts[2] - parts[1]) - 1),
    };
    const char *gender_end = strchr(parts[3], '.');
    struct heed_buffer both = {0};
    heed_buffer_printf(&both, "%s|%s", names[0], names[1]);
    heed_probe_put_row(
        reader,
        (struct heed_probe_row){
            .line = line,
            .id = id,
            .text = text,
            .pronoun = pronoun,
            .candidates = heed_probe_keep(reader, &both),
            .answer = names[*parts[2] - '0'],
            .group = heed_probe_copy(
                reader, parts[3], gender_end ? (size_t)(gender_end - parts[3]) : strlen(parts[3])),
            .pair = heed_probe_copy(reader, id, (size_t)(parts[2] - id) - 1)});
}

/* ---- the header ---- */

static enum heed_probe_format tell(const struct table *table)
{
    const int *at = table->at;
    if (at[COLUMN_PRONOUN_OFFSET] >= 0 && at[COLUMN_A_OFFSET] >= 0 && at[COLUMN_B_OFFSET] >= 0 &&
        at[COLUMN_A_COREF] >= 0 && at[COLUMN_B_COREF] >= 0 && at[COLUMN_A] >= 0 &&
        at[COLUMN_B] >= 0 && at[COLUMN_TEXT] >= 0 && at[COLUMN_PRONOUN] >= 0) {
        return HEED_PROBE_GAP;
    }
    if (at[COLUMN_SENTID] >= 0 && at[COLUMN_TEXT] >= 0 && at[COLUMN_PRONOUN] < 0) {
        return HEED_PROBE_WINOGENDER;
    }
    return at[COLUMN_TEXT] >= 0 && at[COLUMN_PRONOUN] >= 0 && at[COLUMN_CANDIDATES] >= 0 &&
                   at[COLUMN_ANSWER] >= 0
               ? HEED_PROBE_TABLE
               : HEED_PROBE_ANY;
}

static bool fail_header(const struct heed_probe_reader *reader, size_t line, struct heed_error *err)
{
    return heed_error_set(err, HEED_ERROR_FORMAT,
                          "line %zu of '%.100s' isn't the header: it needs the columns sentence, "
                          "pronoun, candidates and answer, separated by tabs or commas (GAP, "
                          "WinoBias, Winogender, DPR and CoNLL-U are read as they are)",
                          line, reader->name);
}

/* Two columns of one meaning would make one of them unseen. */
static bool read_header(struct table *table, struct heed_line line, size_t number,
                        struct heed_error *err)
{
    char *fields[MOST_COLUMNS];
    table->separator = memchr(line.text, '\t', line.length) ? '\t' : ',';
    table->n = split(table->reader, line, table->separator, fields);
    for (int c = 0; c < N_COLUMNS; c++) {
        table->at[c] = -1;
    }
    if (table->n > MOST_COLUMNS) {
        return heed_error_set(err, HEED_ERROR_FORMAT, "line %zu of '%.100s' has %d columns; %d fit",
                              number, table->reader->name, table->n, (int)MOST_COLUMNS);
    }
    for (int i = 0; i < table->n; i++) {
        fields[i] = heed_probe_trim(table->reader, fields[i], strlen(fields[i]));
        for (size_t t = 0; t < HEED_COUNT(titles); t++) {
            if (!heed_probe_same_word(fields[i], strlen(fields[i]), titles[t].name,
                                      strlen(titles[t].name))) {
                continue;
            }
            if (table->at[titles[t].column] >= 0) {
                return heed_error_set(err, HEED_ERROR_FORMAT,
                                      "line %zu of '%.100s' has the column '%.40s' twice", number,
                                      table->reader->name, fields[i]);
            }
            table->at[titles[t].column] = i;
        }
    }
    return true;
}

bool heed_probe_read_table(struct heed_probe_reader *reader, enum heed_probe_format asked,
                           struct heed_error *err)
{
    struct table table = {.reader = reader};
    const struct heed_lines *lines = reader->lines;
    size_t first = 0;
    while (first < lines->n && heed_probe_is_blank(lines->items[first])) {
        first++;
    }
    if (!read_header(&table, lines->items[first], first + 1, err)) {
        return false;
    }
    const enum heed_probe_format format = tell(&table);
    if (format == HEED_PROBE_ANY || (asked != HEED_PROBE_ANY && asked != format)) {
        return fail_header(reader, first + 1, err);
    }
    for (size_t i = first + 1; i < lines->n && !reader->failed; i++) {
        const struct heed_line line = lines->items[i];
        char *fields[MOST_COLUMNS];
        if (heed_probe_is_blank(line)) {
            continue;
        }
        if (line.text[0] == '#') {
            heed_probe_put_comment(reader, i + 1);
            continue;
        }
        const int n = split(reader, line, table.separator, fields);
        if (n != table.n) {
            heed_probe_put_problem(reader, i + 1, "it has %d column%s, and the header %d", n,
                                   n == 1 ? "" : "s", table.n);
        } else if (format == HEED_PROBE_GAP) {
            read_gap(&table, i + 1, fields);
        } else if (format == HEED_PROBE_WINOGENDER) {
            read_winogender(&table, i + 1, fields);
        } else {
            read_plain(&table, i + 1, fields);
        }
    }
    return true;
}
