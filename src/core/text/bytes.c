#include "core/text/bytes.h"

#include "base/utf8.h"

/* These are letters of themselves; the others are numbered from U+0100 on. */
static bool is_itself(unsigned byte)
{
    return (byte >= '!' && byte <= '~') || (byte >= 0xA1 && byte <= 0xAC) || byte >= 0xAE;
}

uint32_t heed_bytes_letter(unsigned char byte)
{
    /* 33 before '!', 34 from DEL to 0xA0, and 0xAD. */
    return is_itself(byte) ? byte
           : byte < '!'    ? 0x100U + byte
           : byte == 0xAD  ? 0x143U
                           : 0x121U + (byte - 0x7FU);
}

int heed_bytes_find(uint32_t letter)
{
    if (letter < 0x100) {
        return is_itself(letter) ? (int)letter : -1;
    }
    return letter <= 0x120   ? (int)letter - 0x100
           : letter <= 0x142 ? (int)letter - 0x121 + 0x7F
           : letter == 0x143 ? 0xAD
                             : -1;
}

bool heed_bytes_spell(struct heed_stretch *stretch, struct heed_arena *arena)
{
    struct heed_normal_char *out = heed_arena_zeroed(arena, stretch->n * 4 + 1, sizeof *out);
    size_t n = 0;
    for (size_t i = 0; out && i < stretch->n; i++) {
        char bytes[4];
        const size_t size = heed_utf8_encode(stretch->chars[i].c, bytes);
        for (size_t k = 0; k < size; k++) {
            out[n] = stretch->chars[i];
            out[n++].c = heed_bytes_letter((unsigned char)bytes[k]);
        }
    }
    stretch->chars = out;
    stretch->n = n;
    return out != NULL;
}
