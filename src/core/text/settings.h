/*
 * What a tokenizer's files say: vocabulary, normaliser, special and added
 * tokens. As transformers reads them: for the classes of BERT and DistilBERT
 * tokenizer_config.json decides, with its defaults, and tokenizer.json (or
 * vocab.txt) gives the vocabulary and the added tokens' flags; for any other
 * class tokenizer.json alone decides. Any thread.
 */
#ifndef HEED_CORE_TEXT_SETTINGS_H
#define HEED_CORE_TEXT_SETTINGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "core/text/added.h"
#include "core/text/normaliser.h"
#include "core/text/vocabulary.h"

struct heed_tokenizer_settings {
    struct heed_vocabulary vocabulary; /* its arena holds every string here */
    struct heed_normaliser_options normal;
    const char *prefix; /* of a piece that continues a word: "##" */
    size_t prefix_length;
    size_t max_word_chars; /* a longer word is unknown */
    int32_t unk_id, cls_id, sep_id;
    int32_t mask_id;                  /* -1: there is none */
    size_t max_length;                /* model_max_length; SIZE_MAX: none */
    struct heed_added_set raw;        /* match the text as typed */
    struct heed_added_set normalised; /* match the normalised text */
};

/* On failure *settings is empty. */
HEED_NODISCARD bool heed_settings_read(struct heed_tokenizer_settings *settings, const char *folder,
                                       struct heed_error *err);
void heed_settings_finish(struct heed_tokenizer_settings *settings);

/* Normalises a whole text, which is valid UTF-8; the result (heap) has a NUL
 * behind it. False when memory is exhausted. */
HEED_NODISCARD bool heed_settings_normalise(const struct heed_normaliser_options *options,
                                            const char *text, size_t length, char **result,
                                            size_t *result_length);

#endif
