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

const char *heed_sentences_get(const struct heed_state *state, int index, size_t *length)
{
    const char *at = state->sentences;
    for (; index > 0; index--) {
        at = strchr(at, '\n') + 1;
    }
    *length = strcspn(at, "\n");
    return at;
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

/* Line ends of a text become spaces. */
static void put(struct heed_buffer *out, const char *text, size_t length)
{
    if (length > 0) {
        heed_buffer_puts(out, out->size > 0 ? "\n" : "");
        const size_t begin = out->size;
        heed_buffer_append(out, text, length);
        for (size_t i = begin; !out->failed && i < out->size; i++) {
            out->data[i] = out->data[i] == '\n' ? ' ' : out->data[i];
        }
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
            put(&out, lines + at, size);
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

/* All lines, but in the place of `at` what `text` says (NULL: nothing), with `after` put
 * behind it (NULL: nothing). at -1: after stands at the end. */
static bool rewrite(struct heed_state *state, int at, const char *text, const char *after,
                    int shown, struct heed_error *err)
{
    struct heed_buffer out = {0};
    const int n = heed_sentences_count(state);
    for (int i = 0; i < n; i++) {
        size_t length = 0;
        const char *line = heed_sentences_get(state, i, &length);
        if (i != at) {
            put(&out, line, length);
        } else if (text != NULL) {
            put(&out, text, strlen(text));
        }
        if (i == at && after != NULL) {
            put(&out, after, strlen(after));
        }
    }
    if (at < 0 && after != NULL) {
        put(&out, after, strlen(after));
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
    return rewrite(state, -1, NULL, state->text, n + 1, err);
}

bool heed_sentences_replace(struct heed_state *state, struct heed_error *err)
{
    return rewrite(state, state->sentence - 1, state->text, NULL, state->sentence, err);
}

bool heed_sentences_remove(struct heed_state *state, struct heed_error *err)
{
    return rewrite(state, state->sentence - 1, NULL, NULL, state->sentence, err) &&
           (state->sentence == 0 || heed_sentences_show(state, state->sentence - 1, err));
}

bool heed_sentences_move(struct heed_state *state, int by, struct heed_error *err)
{
    const int from = state->sentence - 1, to = from + by;
    const int low = from < to ? from : to;
    size_t length = 0, other_length = 0;
    const char *line = heed_sentences_get(state, low, &length);
    const char *other = heed_sentences_get(state, low + 1, &other_length);
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
