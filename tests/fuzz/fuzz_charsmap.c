/* Any bytes as SentencePiece's rules of characters, their last as the text that they
 * change: nothing is read outside, and what a character becomes is text. */
#include <string.h>

#include "core/text/charsmap.h"
#include "fuzz.h"
#include "stretch.h"

enum { TEXT = 24 };

static const char signs[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/* tokenizer.json has them so. */
static char *encode(const uint8_t *data, size_t size)
{
    char *text = malloc((size + 2) / 3 * 4 + 1);
    char *to = text;
    for (size_t i = 0; text && i < size; i += 3) {
        const uint32_t all = (uint32_t)data[i] << 16 |
                             (i + 1 < size ? (uint32_t)data[i + 1] << 8 : 0) |
                             (i + 2 < size ? data[i + 2] : 0);
        for (size_t k = 0; k < 4; k++) {
            *to++ = i + k > size ? '=' : signs[all >> (18 - 6 * k) & 63];
        }
    }
    if (!text) {
        abort();
    }
    *to = '\0';
    return text;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char usual[] = "\xEF\xBC\xA1\xEF\xAC\x81 e\xCC\x81 \xC2\xBD\t\xE2\x80\x8B";
    struct heed_arena arena = {0};
    struct heed_charsmap map = {0};
    bool broken = false;
    char *text = encode(data, size);
    if (heed_charsmap_read(&map, &arena, text, &broken)) {
        const size_t from = size > TEXT ? size - TEXT : 0;
        struct heed_stretch all[2] = {fuzz_stretch((const char *)data + from, size - from, &arena),
                                      fuzz_stretch(usual, sizeof usual - 1, &arena)};
        for (int i = 0; i < 2; i++) {
            if (heed_charsmap_apply(&map, &all[i], &arena)) {
                for (size_t k = 0; k < all[i].n; k++) {
                    if (all[i].chars[k].c > 0x10FFFF) {
                        abort();
                    }
                }
            }
        }
    }
    heed_arena_finish(&arena);
    free(text);
    return 0;
}
