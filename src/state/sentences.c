#include "state/sentences.h"

#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"

int heed_sentences_count(const struct heed_state *state)
{
    int n = 0;
    for (const char *at = state->sentences; at != NULL; at = strchr(at, '\n')) {
        n++;
        at += *at == '\n';
    }
    return n;
}

/* Its line, with the name. */
static const char *get_line(const struct heed_state *state, int index, size_t *length)
{
    const char *at = state->sentences;
    for (; index > 0; index--) {
        at = strchr(at, '\n') + 1;
    }
    *length = strcspn(at, "\n");
    return at;
}

const char *heed_sentences_get(const struct heed_state *state, int index, size_t *length)
{
    const char *line = get_line(state, index, length);
    const char *tab = memchr(line, '\t', *length);
    const size_t skip = tab != NULL ? (size_t)(tab - line) + 1 : 0;
    *length -= skip;
    return line + skip;
}

const char *heed_sentences_get_name(const struct heed_state *state, int index, size_t *length)
{
    const char *line = get_line(state, index, length);
    const char *tab = memchr(line, '\t', *length);
    *length = tab != NULL ? (size_t)(tab - line) : 0;
    return line;
}

static bool take(struct heed_state *state, struct heed_buffer *lines, int shown,
                 struct heed_error *err)
{
    heed_buffer_append(lines, "", 1);
    if (lines->failed || lines->size > HEED_MAX_TEXT) {
        heed_buffer_finish(lines);
        return heed_error_set(err, HEED_ERROR_INPUT, "a session's sentences have 1 MiB at most");
    }
    char *copy = strdup(lines->data);
    heed_buffer_finish(lines);
    if (copy == NULL) {
        return heed_error_set(err, HEED_ERROR_MEMORY, "no memory left for the sentences");
    }
    free(state->sentences);
    state->sentences = copy;
    if (copy[0] == '\0') {
        free(copy);
        state->sentences = NULL;
    }
    const int n = heed_sentences_count(state);
    state->sentence = shown < n ? shown : n;
    return true;
}

/* Line ends and tabs of it become spaces. */
static void put_words(struct heed_buffer *out, const char *text, size_t length)
{
    const size_t begin = out->size;
    heed_buffer_append(out, text, length);
    for (size_t i = begin; !out->failed && i < out->size; i++) {
        const bool parts = out->data[i] == '\n' || out->data[i] == '\t';
        out->data[i] = parts ? ' ' : out->data[i];
    }
}

/* name of length 0: none. */
static void put(struct heed_buffer *out, const char *name, size_t name_length, const char *text,
                size_t length)
{
    if (length > 0) {
        heed_buffer_puts(out, out->size > 0 ? "\n" : "");
        if (name_length > 0) {
            put_words(out, name, name_length);
            heed_buffer_puts(out, "\t");
        }
        put_words(out, text, length);
    }
}

bool heed_sentences_set(struct heed_state *state, const char *lines, size_t length,
                        struct heed_error *err)
{
    struct heed_buffer out = {0};
    int n = 0;
    for (size_t at = 0; at < length;) {
        const char *end = memchr(lines + at, '\n', length - at);
        const size_t next = end != NULL ? (size_t)(end - lines) : length;
        const size_t size = next - at - (next > at && lines[next - 1] == '\r');
        if (strspn(lines + at, " \t\r\n") < size) {
            const char *tab = memchr(lines + at, '\t', size);
            const size_t name = tab != NULL ? (size_t)(tab - lines) - at : 0;
            const size_t skip = tab != NULL ? name + 1 : 0;
            put(&out, lines + at, name, lines + at + skip, size - skip);
            n++;
        }
        at = next + 1;
    }
    if (n > HEED_MAX_SENTENCES) {
        heed_buffer_finish(&out);
        return heed_error_set(err, HEED_ERROR_INPUT,
                              "a session has at most %d sentences, and these are %d",
                              (int)HEED_MAX_SENTENCES, n);
    }
    return take(state, &out, 1, err);
}

/* All lines, but at `at` with these (NULL: its own; a text of "" drops it); `last` stands at
 * the end (NULL: nothing). */
static bool rewrite(struct heed_state *state, int at, const char *name, const char *text,
                    const char *last, int shown, struct heed_error *err)
{
    struct heed_buffer out = {0};
    const int n = heed_sentences_count(state);
    for (int i = 0; i < n; i++) {
        size_t length = 0, name_length = 0;
        const char *its = heed_sentences_get(state, i, &length);
        const char *its_name = heed_sentences_get_name(state, i, &name_length);
        const bool renames = i == at && name != NULL, changes = i == at && text != NULL;
        put(&out, renames ? name : its_name, renames ? strlen(name) : name_length,
            changes ? text : its, changes ? strlen(text) : length);
    }
    if (last != NULL) {
        put(&out, "", 0, last, strlen(last));
    }
    return take(state, &out, shown, err);
}

bool heed_sentences_add(struct heed_state *state, struct heed_error *err)
{
    const int n = heed_sentences_count(state);
    if (n >= HEED_MAX_SENTENCES) {
        return heed_error_set(err, HEED_ERROR_INPUT, "a session has at most %d sentences",
                              (int)HEED_MAX_SENTENCES);
    }
    return rewrite(state, -1, NULL, NULL, state->text, n + 1, err);
}

bool heed_sentences_replace(struct heed_state *state, struct heed_error *err)
{
    return rewrite(state, state->sentence - 1, NULL, state->text, NULL, state->sentence, err);
}

bool heed_sentences_name(struct heed_state *state, const char *name, struct heed_error *err)
{
    if (strlen(name) > HEED_MAX_SENTENCE_NAME) {
        return heed_error_set(err, HEED_ERROR_INPUT, "a sentence's name has at most %d bytes",
                              (int)HEED_MAX_SENTENCE_NAME);
    }
    return rewrite(state, state->sentence - 1, name, NULL, NULL, state->sentence, err);
}

bool heed_sentences_remove(struct heed_state *state, struct heed_error *err)
{
    return rewrite(state, state->sentence - 1, NULL, "", NULL, state->sentence, err) &&
           (state->sentence == 0 || heed_sentences_show(state, state->sentence - 1, err));
}

bool heed_sentences_move(struct heed_state *state, int by, struct heed_error *err)
{
    const int from = state->sentence - 1, to = from + by;
    const int low = from < to ? from : to;
    size_t length = 0, other_length = 0;
    const char *line = get_line(state, low, &length);
    const char *other = get_line(state, low + 1, &other_length);
    struct heed_buffer out = {0};
    heed_buffer_append(&out, state->sentences, (size_t)(line - state->sentences));
    heed_buffer_append(&out, other, other_length);
    heed_buffer_puts(&out, "\n");
    heed_buffer_append(&out, line, length);
    heed_buffer_puts(&out, other + other_length);
    return take(state, &out, to + 1, err);
}

bool heed_sentences_show(struct heed_state *state, int index, struct heed_error *err)
{
    size_t length = 0;
    const char *line = heed_sentences_get(state, index, &length);
    char *copy = strndup(line, length);
    const bool ok = copy != NULL && heed_state_set_text(state, copy, length, err);
    free(copy);
    state->sentence = ok ? index + 1 : state->sentence;
    return ok || heed_error_set(err, HEED_ERROR_MEMORY, "no memory left for the sentence");
}
