#include "core/text/added.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "core/text/unicode.h"

bool heed_added_set_add(struct heed_added_set *set, const struct heed_added_token *token)
{
    if (token->length == 0) {
        return true;
    }
    void *tokens = realloc(set->tokens, (set->n_tokens + 1) * sizeof *set->tokens);
    if (!tokens) {
        return false;
    }
    set->tokens = tokens;
    size_t at = set->n_tokens++;
    while (at > 0 && set->tokens[at - 1].length < token->length) {
        set->tokens[at] = set->tokens[at - 1];
        at--;
    }
    set->tokens[at] = *token;
    set->first_bytes[(unsigned char)token->pattern[0]] = true;
    return true;
}

void heed_added_set_finish(struct heed_added_set *set)
{
    free(set->tokens);
    *set = (struct heed_added_set){0};
}

static const struct heed_added_token *match_at(const struct heed_added_scan *scan, size_t at)
{
    for (size_t i = 0; i < scan->set->n_tokens; i++) {
        const struct heed_added_token *token = &scan->set->tokens[i];
        if (token->length <= scan->length - at &&
            memcmp(token->pattern, scan->text + at, token->length) == 0) {
            return token;
        }
    }
    return NULL;
}

static size_t step_back(const char *text, size_t at)
{
    do {
        at--;
    } while (at > 0 && ((unsigned char)text[at] & 0xC0) == 0x80);
    return at;
}

static bool is_word_at(const char *text, size_t length, size_t at)
{
    uint32_t c = 0;
    return heed_utf8_decode(text + at, length - at, &c) > 0 && heed_unicode_is_word(c);
}

static bool stands_alone(const struct heed_added_scan *scan, size_t start, size_t end)
{
    const bool joined_before =
        start > 0 && is_word_at(scan->text, scan->length, step_back(scan->text, start));
    const bool joined_behind = end < scan->length && is_word_at(scan->text, scan->length, end);
    return !joined_before && !joined_behind;
}

static size_t strip_before(const struct heed_added_scan *scan, size_t start)
{
    while (start > scan->taken) {
        const size_t before = step_back(scan->text, start);
        uint32_t c = 0;
        if (heed_utf8_decode(scan->text + before, start - before, &c) == 0 ||
            !heed_unicode_is_space(c)) {
            break;
        }
        start = before;
    }
    return start;
}

static size_t strip_behind(const struct heed_added_scan *scan, size_t end)
{
    while (end < scan->length) {
        uint32_t c = 0;
        const size_t size = heed_utf8_decode(scan->text + end, scan->length - end, &c);
        if (size == 0 || !heed_unicode_is_space(c)) {
            break;
        }
        end += size;
    }
    return end;
}

bool heed_added_next(struct heed_added_scan *scan, struct heed_added_match *match)
{
    while (scan->at < scan->length) {
        const size_t at = scan->at;
        const struct heed_added_token *token =
            scan->set->first_bytes[(unsigned char)scan->text[at]] ? match_at(scan, at) : NULL;
        if (!token) {
            scan->at++;
            continue;
        }
        const size_t end = at + token->length;
        scan->at = end;
        if (token->is_skipped || (token->single_word && !stands_alone(scan, at, end))) {
            continue;
        }
        match->token = token;
        match->start = token->lstrip ? strip_before(scan, at) : at;
        match->end = token->rstrip ? strip_behind(scan, end) : end;
        scan->taken = match->end;
        scan->at = match->end;
        return true;
    }
    return false;
}
