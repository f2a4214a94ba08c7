/* What an encoding lies in. For this folder only. */
#ifndef HEED_CORE_TEXT_ENCODING_H
#define HEED_CORE_TEXT_ENCODING_H

#include "base/arena.h"
#include "core/text/tokenizer.h"

struct heed_owned_encoding {
    struct heed_encoding encoding; /* first: an encoding is its owner */
    struct heed_arena arena;       /* of all that it holds, and of this */
};

/* NULL without memory. */
HEED_NODISCARD struct heed_owned_encoding *heed_owned_encoding_create(struct heed_stock *stock);

#endif
