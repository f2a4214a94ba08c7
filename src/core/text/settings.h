/*
 * What a tokenizer's files say: how a text is normalised and split, the model with its
 * vocabulary, the template, special and added tokens. As transformers' AutoTokenizer
 * reads them: a class that it knows rebuilds its own rules and takes of tokenizer.json
 * the vocabulary and the added tokens (core/text/tokenizer_class.h); for any other
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
#include "core/text/splitter.h"
#include "core/text/subword.h"

/* One token that the template adds, or the place of a text. */
struct heed_template_item {
    int8_t sequence; /* 0: the text, 1: the pair, -1: a token */
    int32_t id;      /* of a token */
    int32_t type;    /* what the model is given as token_type_ids */
};

struct heed_template {
    struct heed_template_item *items; /* on the heap */
    size_t n, capacity;
    size_t n_tokens; /* those that aren't a text */
};

struct heed_tokenizer_settings {
    struct heed_subword model;
    struct heed_normaliser normaliser;
    struct heed_splitter splitter;
    struct heed_template single, pair;
    bool trims_offsets;               /* the spaces of a piece aren't its text */
    bool keeps_prefix_space;          /* but for the one that was put before the first */
    bool has_types;                   /* the model is given token_type_ids */
    bool is_bytes;                    /* pieces are letters of bytes */
    bool has_blanks;                  /* pieces have U+2581 for a space */
    bool cuts_left;                   /* a text that is too long loses its beginning */
    char note[256];                   /* where its files disagree; or empty */
    int32_t mask_id;                  /* -1: there is none */
    size_t max_length;                /* model_max_length; SIZE_MAX: none */
    struct heed_added_set raw;        /* match the text as typed */
    struct heed_added_set normalised; /* match the normalised text */
};

/* On failure *settings is empty. */
HEED_NODISCARD bool heed_settings_read(struct heed_tokenizer_settings *settings, const char *folder,
                                       struct heed_error *err);
void heed_settings_finish(struct heed_tokenizer_settings *settings);

#endif
