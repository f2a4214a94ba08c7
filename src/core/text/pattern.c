#define PCRE2_CODE_UNIT_WIDTH 8

#include "core/text/pattern.h"

#include <stdlib.h>
#include <string.h>

#include <pcre2.h>

#include "base/buffer.h"
#include "base/compiler.h"
#include "base/utf8.h"
#include "core/model/json.h"
#include "core/text/unicode.h"

enum {
    MOST_BYTES = 20000, /* of a pattern as it is written */
    MOST_DEPTH = 50,
    MOST_STEPS = 20 * 1000 * 1000
};

struct heed_pattern {
    pcre2_code *code;
    pcre2_match_context *context;
};

/* ---- from their dialect to PCRE2's ---- */

struct translation {
    const char *text; /* what is left */
    struct heed_buffer out;
    const char *refused; /* what isn't supported begins here */
    size_t refused_length;
    int depth;
    bool in_class;
};

static bool refuse(struct translation *translation, size_t length)
{
    translation->refused = translation->text;
    const size_t left = strlen(translation->text);
    translation->refused_length = length < left ? length : left;
    return false;
}

static void put_spans(struct translation *translation, const char *category)
{
    size_t index = 0;
    struct heed_unicode_span span;
    while (heed_unicode_next_span(category, &index, &span)) {
        heed_buffer_printf(&translation->out, "\\x{%X}-\\x{%X}", span.first, span.last);
    }
}

static void put_letter_class(struct translation *translation, char letter)
{
    if (letter == 's') {
        heed_buffer_puts(&translation->out, "\\x{9}-\\x{D}\\x{85}");
    }
    put_spans(translation, letter == 'd' ? "Nd" : letter == 's' ? "Z" : "w");
}

/* \p{L}, \P{Lu}, \p{^N} with or without braces. */
static bool put_property(struct translation *translation)
{
    const char *at = translation->text + 2;
    bool negated = translation->text[1] == 'P';
    char name[3] = "";
    if (*at != '{') {
        return refuse(translation, 3);
    }
    at++;
    if (*at == '^') {
        negated = !negated;
        at++;
    }
    const size_t length = strcspn(at, "}");
    size_t none = 0;
    struct heed_unicode_span span;
    if (length < 1 || length > 2 || at[length] != '}' || (translation->in_class && negated)) {
        return refuse(translation, (size_t)(at - translation->text) + length + 1);
    }
    memcpy(name, at, length);
    if (strchr("LMNPSZ", name[0]) == NULL || !heed_unicode_next_span(name, &none, &span)) {
        return refuse(translation, (size_t)(at - translation->text) + length + 1);
    }
    heed_buffer_puts(&translation->out, translation->in_class ? "" : negated ? "[^" : "[");
    put_spans(translation, name);
    heed_buffer_puts(&translation->out, translation->in_class ? "" : "]");
    translation->text = at + length + 1;
    return true;
}

/* What stands behind a backslash. */
static bool put_escape(struct translation *translation)
{
    const char letter = translation->text[1];
    if (letter == 'p' || letter == 'P') {
        return put_property(translation);
    }
    if (letter != '\0' && strchr("sdwSDW", letter)) {
        const bool negated = letter < 'a';
        if (translation->in_class && negated) {
            return refuse(translation, 2);
        }
        heed_buffer_puts(&translation->out, translation->in_class ? "" : negated ? "[^" : "[");
        put_letter_class(translation, (char)(letter | 0x20));
        heed_buffer_puts(&translation->out, translation->in_class ? "" : "]");
    } else if (letter != '\0' &&
               (strchr("rntf", letter) || !((letter | 0x20) >= 'a' && (letter | 0x20) <= 'z')) &&
               !(letter >= '0' && letter <= '9') && (unsigned char)letter < 0x80) {
        heed_buffer_append(&translation->out, translation->text, 2);
    } else {
        return refuse(translation, 2);
    }
    translation->text += 2;
    return true;
}

/* [...]: its members stand for themselves, but for escapes; no class in a class. */
static bool put_class(struct translation *translation)
{
    heed_buffer_puts(&translation->out, "[");
    translation->text++;
    translation->in_class = true;
    if (*translation->text == '^') {
        heed_buffer_puts(&translation->out, "^");
        translation->text++;
    }
    bool ok = *translation->text != ']' || refuse(translation, 1);
    while (ok && *translation->text != ']') {
        const char c = *translation->text;
        if (c == '\\') {
            ok = put_escape(translation);
        } else if (c == '\0' || c == '[' || (c == '&' && translation->text[1] == '&')) {
            ok = refuse(translation, c == '&' ? 2 : 1);
        } else {
            heed_buffer_append(&translation->out, translation->text++, 1);
        }
    }
    if (ok) {
        heed_buffer_puts(&translation->out, "]");
        translation->text++;
    }
    translation->in_class = false;
    return ok;
}

/* "(" with what says of which kind it is. */
static bool put_group(struct translation *translation)
{
    static const char *const kinds[] = {"(?i:", "(?:", "(?=", "(?!", "(?<=", "(?<!", "(?>"};
    if (++translation->depth > MOST_DEPTH) {
        return refuse(translation, 1);
    }
    for (size_t i = 0; i < HEED_COUNT(kinds); i++) {
        const size_t length = strlen(kinds[i]);
        if (strncmp(translation->text, kinds[i], length) == 0) {
            heed_buffer_puts(&translation->out, kinds[i]);
            translation->text += length;
            return true;
        }
    }
    if (translation->text[1] == '?') {
        return refuse(translation, 3);
    }
    heed_buffer_puts(&translation->out, "(?:");
    translation->text++;
    return true;
}

/* {2}, {2,}, {2,3}, and what may follow it. */
static bool put_count(struct translation *translation)
{
    const char *at = translation->text + 1;
    const size_t low = strspn(at, "0123456789");
    size_t length = 1 + low;
    if (translation->text[length] == ',') {
        length += 1 + strspn(translation->text + length + 1, "0123456789");
    }
    const char behind =
        low > 0 && translation->text[length] == '}' ? translation->text[length + 1] : '+';
    if (behind == '+' || behind == '?' || length > 9) {
        return refuse(translation, length + 2);
    }
    heed_buffer_append(&translation->out, translation->text, length + 1);
    translation->text += length + 1;
    return true;
}

static bool translate(struct translation *translation)
{
    bool ok = true;
    while (ok && *translation->text != '\0') {
        switch (*translation->text) {
        case '\\':
            ok = put_escape(translation);
            break;
        case '[':
            ok = put_class(translation);
            break;
        case '(':
            ok = put_group(translation);
            break;
        case '{':
            ok = put_count(translation);
            break;
        case ')':
            translation->depth--;
            /* fallthrough */
        default:
            heed_buffer_append(&translation->out, translation->text++, 1);
        }
    }
    return ok;
}

/* ---- compiling ---- */

static bool compile(struct heed_pattern *pattern, const struct heed_buffer *text, bool literal)
{
    int code = 0;
    PCRE2_SIZE at = 0;
    const uint32_t options = PCRE2_UTF | (literal ? PCRE2_LITERAL : PCRE2_MULTILINE);
    pcre2_compile_context *context = pcre2_compile_context_create(NULL);
    if (context) {
        pcre2_set_newline(context, PCRE2_NEWLINE_LF); /* each distribution has its own */
        pattern->code =
            pcre2_compile((PCRE2_SPTR)text->data, text->size, options, &code, &at, context);
        pcre2_compile_context_free(context);
    }
    pattern->context = pcre2_match_context_create(NULL);
    if (pattern->context) {
        pcre2_set_match_limit(pattern->context, MOST_STEPS);
    }
    return pattern->code && pattern->context;
}

bool heed_pattern_compile(struct heed_pattern **pattern, const char *text, bool literal,
                          const char *path, struct heed_error *err)
{
    struct translation translation = {.text = text};
    struct heed_pattern *made = calloc(1, sizeof *made);
    const size_t length = strlen(text);
    bool ok = made && length > 0 && length <= MOST_BYTES;
    bool refused = false;
    if (ok && literal) {
        heed_buffer_puts(&translation.out, text);
    } else if (ok) {
        ok = translate(&translation);
        refused = !ok;
    }
    ok = ok && !translation.out.failed && compile(made, &translation.out, literal);
    heed_buffer_finish(&translation.out);
    if (ok) {
        *pattern = made;
        return true;
    }
    heed_pattern_destroy(made);
    if (refused) {
        return heed_error_set(err, HEED_ERROR_UNSUPPORTED,
                              "'%s': its pattern '%.60s' has '%.*s', which heed doesn't read", path,
                              text, (int)translation.refused_length, translation.refused);
    }
    return heed_error_set(err, HEED_ERROR_UNSUPPORTED,
                          "'%s': its pattern '%.60s' is no pattern that heed reads", path, text);
}

bool heed_pattern_read(struct heed_pattern **pattern, const cJSON *rules, const char *path,
                       struct heed_error *err)
{
    const cJSON *item = heed_json_find(rules, "pattern");
    const char *literal =
        cJSON_IsString(item) ? item->valuestring : heed_json_find_string(item, "String", NULL);
    const char *text = literal ? literal : heed_json_find_string(item, "Regex", "");
    return heed_pattern_compile(pattern, text, literal != NULL, path, err);
}

void heed_pattern_destroy(struct heed_pattern *pattern)
{
    if (pattern) {
        pcre2_code_free(pattern->code);
        pcre2_match_context_free(pattern->context);
        free(pattern);
    }
}

/* ---- searching ---- */

bool heed_parts_put(struct heed_parts *parts, struct heed_arena *arena, size_t start, size_t end,
                    bool is_match)
{
    if (!heed_arena_reserve(arena, &parts->parts, &parts->capacity, parts->n + 1,
                            sizeof *parts->parts)) {
        return false;
    }
    parts->parts[parts->n++] = (struct heed_part){start, end, is_match};
    return true;
}

/* A search through one spelt stretch. */
struct search {
    const struct heed_pattern *pattern;
    pcre2_match_data *match;
    const char *text;
    size_t length;
    const size_t *at;  /* of its characters */
    size_t start, end; /* the match, in bytes */
};

/* The next match from this byte on; false: none, or *failed. */
static bool find_next(struct search *search, size_t from, bool *failed)
{
    const int found =
        pcre2_match(search->pattern->code, (PCRE2_SPTR)search->text, search->length, from,
                    PCRE2_NO_UTF_CHECK, search->match, search->pattern->context);
    if (found < 0) {
        *failed = found != PCRE2_ERROR_NOMATCH;
        return false;
    }
    const PCRE2_SIZE *places = pcre2_get_ovector_pointer(search->match);
    search->start = places[0];
    search->end = places[1];
    return true;
}

/* Matches in order; an empty one right behind another match doesn't count. */
static bool find_all(struct search *search, struct heed_arena *arena, struct heed_parts *parts)
{
    size_t from = 0; /* where the search goes on, in bytes */
    size_t done = 0; /* characters that stand in parts */
    size_t last = SIZE_MAX;
    size_t index = 0; /* a character at or before the match */
    bool failed = false;
    while (from <= search->length && find_next(search, from, &failed)) {
        while (search->at[index] < search->start) {
            index++;
        }
        size_t end = index;
        while (search->at[end] < search->end) {
            end++;
        }
        if (search->start == search->end && search->end == last) {
            from = search->end < search->length ? search->at[index + 1] : search->length + 1;
            continue;
        }
        if ((index > done && !heed_parts_put(parts, arena, done, index, false)) ||
            !heed_parts_put(parts, arena, index, end, true)) {
            return false;
        }
        done = end;
        last = from = search->end;
    }
    return !failed;
}

bool heed_pattern_find(const struct heed_pattern *pattern, const struct heed_stretch *stretch,
                       struct heed_arena *arena, struct heed_parts *parts)
{
    size_t *at = NULL;
    const char *text = heed_stretch_spell(stretch, arena, &at);
    struct search search = {.pattern = pattern, .text = text, .at = at};
    search.match = pcre2_match_data_create(1, NULL);
    bool ok = text && search.match;
    if (ok) {
        search.length = at[stretch->n];
        ok = find_all(&search, arena, parts);
    }
    if (ok) {
        const size_t done = parts->n > 0 ? parts->parts[parts->n - 1].end : 0;
        ok = done == stretch->n || heed_parts_put(parts, arena, done, stretch->n, false);
    }
    pcre2_match_data_free(search.match);
    return ok;
}
