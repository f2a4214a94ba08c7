/*
 * The classes of tokenizers that transformers 5 rebuilds by their own rules, whatever
 * tokenizer.json says: each a row. Any thread.
 */
#ifndef HEED_CORE_TEXT_TOKENIZER_CLASS_H
#define HEED_CORE_TEXT_TOKENIZER_CLASS_H

#include "base/buffer.h"
#include "core/text/settings_source.h"

enum { HEED_CLASS_NAMES = 10 };

struct heed_tokenizer_class {
    const char *names[HEED_CLASS_NAMES];       /* without "Tokenizer" */
    const char *model_types[HEED_CLASS_NAMES]; /* of config.json: those that have no other */
    const char *model;                         /* its type */
    const char *roles[HEED_N_ROLES];           /* special tokens, where the files have none */
    const char *extra[3];                      /* so for the additional ones */
    bool mask_takes_space;                     /* the space before it belongs to the mask */
    bool has_types;                            /* the model is given token_type_ids */
    bool keeps_template;                       /* the post_processor of tokenizer.json stands */
    /* Writes its rules, as tokenizer.json has them, a comma behind each. */
    void (*write)(struct heed_buffer *out, const struct heed_settings_source *source);
};

/* The class that the files ask for: *class is NULL if tokenizer.json alone decides.
 * False: one whose rules heed doesn't have. */
HEED_NODISCARD bool heed_tokenizer_class_find(const struct heed_settings_source *source,
                                              const struct heed_tokenizer_class **class,
                                              struct heed_error *err);

/* source->tokenizer gets the rules of source->class in place of its own. */
HEED_NODISCARD bool heed_tokenizer_class_apply(struct heed_settings_source *source,
                                               struct heed_error *err);

#endif
