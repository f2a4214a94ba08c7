#include "draw/text_fit.h"

#include <string.h>

#include <utf8proc.h>

#include "base/utf8.h"

enum { ELIDE_MAX = 512 /* bytes looked at: no label is as wide as that */ };

/* The largest grapheme boundary at or before offset. */
static size_t grapheme_floor(const char *text, size_t length, size_t offset)
{
    size_t at = 0, boundary = 0;
    utf8proc_int32_t state = 0;
    uint32_t before = 0;
    while (at < length && at <= offset) {
        uint32_t c = 0;
        const size_t bytes = heed_utf8_decode(text + at, length - at, &c);
        if (bytes == 0) {
            return boundary;
        }
        if (at == 0 || utf8proc_grapheme_break_stateful((utf8proc_int32_t)before,
                                                        (utf8proc_int32_t)c, &state)) {
            boundary = at;
        }
        before = c;
        at += bytes;
    }
    return at <= offset ? at : boundary;
}

char *heed_text_elide(struct heed_list *list, const struct heed_metrics *metrics,
                      struct heed_text_style style, const char *text, float max_width, float *width)
{
    static const char dots[] = "\xE2\x80\xA6";
    const size_t all = strlen(text);
    const size_t length = all < ELIDE_MAX ? all : ELIDE_MAX;
    char *result = heed_arena_alloc(&list->arena, length + sizeof(dots));
    if (result == NULL) {
        return NULL;
    }
    heed_list_lack(list, "%s", heed_quote(text, all).text);
    size_t low = 0, high = length;
    while (low < high) {
        size_t middle = low + (high - low + 1) / 2;
        const size_t cut = grapheme_floor(text, length, middle);
        memcpy(result, text, cut);
        memcpy(result + cut, dots, sizeof(dots));
        if (heed_text_width(metrics, style, result, cut + 3) <= max_width) {
            low = middle;
        } else {
            high = middle - 1;
        }
    }
    size_t cut = grapheme_floor(text, length, low);
    while (cut > 0 && text[cut - 1] == ' ') {
        cut--;
    }
    memcpy(result, text, cut);
    memcpy(result + cut, dots, sizeof(dots));
    *width = heed_text_width(metrics, style, result, cut + 3);
    return result;
}

size_t heed_text_line(const struct heed_metrics *metrics, struct heed_text_style style,
                      const char *text, float max_width, size_t *skip)
{
    const size_t all = strlen(text);
    size_t end = 0;
    while (end < all) {
        const char *space = strchr(text + end + (end > 0), ' ');
        const size_t next = space != NULL ? (size_t)(space - text) : all;
        if (end > 0 && heed_text_width(metrics, style, text, next) > max_width) {
            break;
        }
        end = next;
    }
    *skip = end;
    while (text[*skip] == ' ') {
        (*skip)++;
    }
    return end;
}
