/*
 * Words of a normalised text and their pieces: splits at spaces and signs
 * (BERT's pre-tokenizer), then greedy longest match (WordPiece). One thread a
 * splitter.
 */
#ifndef HEED_CORE_TEXT_WORDPIECE_H
#define HEED_CORE_TEXT_WORDPIECE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/compiler.h"
#include "core/text/normaliser.h"
#include "core/text/settings.h"
#include "core/text/tokenizer.h"

/* Tokens of one text: the first max_kept are kept, all are counted. */
struct heed_token_list {
    struct heed_token *tokens;
    size_t n, capacity;
    size_t max_kept;
    size_t n_total;
    struct heed_arena *arena; /* where they lie */
    bool failed;              /* memory ran out */
};

void heed_token_list_put(struct heed_token_list *list, struct heed_token token);

/* The word that is being collected, in the list's arena: up to max_word_chars of it. */
struct heed_word_splitter {
    const struct heed_tokenizer_settings *settings;
    struct heed_token_list *out;
    int32_t segment;
    char *bytes;            /* UTF-8 */
    size_t *at;             /* byte offset of each character, and of the end */
    int32_t *starts, *ends; /* what each character stands for */
    uint64_t *hashes;       /* scratch of the search */
    size_t n_chars;         /* may exceed max_word_chars: an unknown word */
    int32_t end;            /* of the last character, kept or not */
};

HEED_NODISCARD bool heed_word_splitter_init(struct heed_word_splitter *splitter,
                                            const struct heed_tokenizer_settings *settings,
                                            struct heed_token_list *out, int32_t segment);
void heed_word_splitter_put(struct heed_word_splitter *splitter, struct heed_normal_char c);
/* The text ends here, or an added token comes: the word is complete. */
void heed_word_splitter_end(struct heed_word_splitter *splitter);

#endif
