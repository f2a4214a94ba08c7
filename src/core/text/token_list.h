/* The tokens of one text while it is read: the first max_kept are kept, all are
 * counted. For core/text only. */
#ifndef HEED_CORE_TEXT_TOKEN_LIST_H
#define HEED_CORE_TEXT_TOKEN_LIST_H

#include "core/text/settings.h"
#include "core/text/tokenizer.h"

struct heed_token_list {
    struct heed_token *tokens;
    size_t n, capacity;
    size_t max_kept;
    size_t n_total;
    struct heed_arena *arena; /* where they lie */
    bool failed;              /* memory ran out */
};

/* Tokens of one valid text without the template. False, and *hard, if a pattern takes
 * too long; false otherwise: memory. */
HEED_NODISCARD bool heed_token_list_read(struct heed_token_list *list,
                                         const struct heed_tokenizer_settings *settings,
                                         const char *text, size_t length, int32_t segment);

#endif
