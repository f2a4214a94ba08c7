/* What the models of subword.h find, put in a list. */
#include <stdio.h>

#include "core/text/subword.h"

bool heed_pieces_put(struct heed_pieces *pieces, struct heed_arena *arena, struct heed_piece piece)
{
    if (!heed_arena_reserve(arena, &pieces->pieces, &pieces->capacity, pieces->n + 1,
                            sizeof piece)) {
        return false;
    }
    pieces->pieces[pieces->n++] = piece;
    return true;
}

static int32_t find_byte(const struct heed_subword *model, char byte)
{
    char name[8];
    const int length = snprintf(name, sizeof name, "<0x%02X>", (unsigned)(unsigned char)byte);
    return heed_vocabulary_find_piece(&model->vocabulary, name, (size_t)length);
}

bool heed_subword_put_bytes(const struct heed_subword *model, const char *bytes, size_t length,
                            struct heed_piece piece, struct heed_arena *scratch,
                            struct heed_pieces *pieces, bool *failed)
{
    bool all = model->byte_fallback;
    for (size_t i = 0; all && i < length; i++) {
        all = find_byte(model, bytes[i]) >= 0;
    }
    for (size_t i = 0; all && !*failed && i < length; i++) {
        piece.id = find_byte(model, bytes[i]);
        *failed = !heed_pieces_put(pieces, scratch, piece);
    }
    return all && !*failed;
}
