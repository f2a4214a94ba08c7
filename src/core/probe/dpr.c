/* DPR: blocks of four lines, sentence, pronoun, candidates with a comma between,
 * answer; a blank line between two blocks. */
#include <string.h>

#include "core/probe/read.h"

enum { N_LINES = 4 };

struct block {
    size_t first, n; /* lines, from 0 */
};

static struct block next_block(const struct heed_lines *lines, size_t at)
{
    while (at < lines->n && heed_probe_is_blank(lines->items[at])) {
        at++;
    }
    struct block block = {at, 0};
    while (at < lines->n && !heed_probe_is_blank(lines->items[at])) {
        at++;
        block.n++;
    }
    return block;
}

static const char *name_of(struct heed_probe_reader *reader, const char *text, size_t length)
{
    struct heed_buffer out = {0};
    const char *name = heed_probe_trim(reader, text, length);
    heed_probe_put_name(&out, name, strlen(name));
    return heed_probe_keep(reader, &out);
}

/* "a,b" as "a|b", and which of them is the answer; NULL: none is. */
static const char *split_names(struct heed_probe_reader *reader, struct heed_line line,
                               const char *wanted, const char **answer)
{
    struct heed_buffer out = {0};
    const char *end = line.text + line.length;
    *answer = NULL;
    for (const char *at = line.text; at <= end;) {
        const char *comma = memchr(at, ',', (size_t)(end - at));
        const char *stop = comma ? comma : end;
        const char *name = name_of(reader, at, (size_t)(stop - at));
        heed_buffer_printf(&out, "%s%s", out.size > 0 ? "|" : "", name);
        if (heed_probe_same_word(name, strlen(name), wanted, strlen(wanted))) {
            *answer = name;
        }
        at = stop + 1;
    }
    return heed_probe_keep(reader, &out);
}

static void read_block(struct heed_probe_reader *reader, struct block block)
{
    const struct heed_line *lines = reader->lines->items + block.first;
    const size_t number = block.first + 1;
    if (block.n != N_LINES) {
        heed_probe_put_problem(reader, number,
                               "its block has %zu lines, not sentence, pronoun, candidates, answer",
                               block.n);
        return;
    }
    const char *answer = NULL;
    const char *wanted = name_of(reader, lines[3].text, lines[3].length);
    const char *names = split_names(reader, lines[2], wanted, &answer);
    heed_probe_put_row(reader, (struct heed_probe_row){
                                   .line = number,
                                   .id = "",
                                   .text = heed_probe_trim(reader, lines[0].text, lines[0].length),
                                   .pronoun = name_of(reader, lines[1].text, lines[1].length),
                                   .candidates = names,
                                   .answer = answer ? answer : wanted,
                                   .group = "",
                                   .pair = NULL});
}

bool heed_probe_read_dpr(struct heed_probe_reader *reader, struct heed_error *err)
{
    struct block block = next_block(reader->lines, 0);
    const struct heed_line *lines = reader->lines->items + block.first;
    if (block.n != N_LINES || !memchr(lines[2].text, ',', lines[2].length) ||
        memchr(lines[0].text, '\t', lines[0].length)) {
        return heed_error_set(err, HEED_ERROR_FORMAT,
                              "'%.100s' doesn't begin with a block of DPR: sentence, pronoun, "
                              "candidates with a comma between, answer, a line each",
                              reader->name);
    }
    while (block.n > 0 && !reader->failed) {
        read_block(reader, block);
        block = next_block(reader->lines, block.first + block.n);
    }
    return true;
}
