/*
 * The files that a tokenizer's settings are read from, and the parts of the
 * reading: rules and vocabulary in settings.c, special and added tokens in
 * settings_tokens.c, the template in settings_template.c. For these only.
 */
#ifndef HEED_CORE_TEXT_SETTINGS_SOURCE_H
#define HEED_CORE_TEXT_SETTINGS_SOURCE_H

#include <limits.h>

#include <cjson/cJSON.h>

#include "core/text/settings.h"

struct heed_tokenizer_class;

enum heed_role {
    HEED_ROLE_BOS,
    HEED_ROLE_EOS,
    HEED_ROLE_UNK,
    HEED_ROLE_SEP,
    HEED_ROLE_PAD,
    HEED_ROLE_CLS,
    HEED_ROLE_MASK,
    HEED_N_ROLES
};

/* The files of a folder; those that aren't there are NULL. */
struct heed_settings_source {
    const char *folder;
    char path[PATH_MAX];                      /* the one that gives the vocabulary */
    cJSON *tokenizer;                         /* tokenizer.json, or what stands for it */
    cJSON *config;                            /* tokenizer_config.json */
    cJSON *special;                           /* special_tokens_map.json */
    cJSON *added;                             /* added_tokens.json */
    cJSON *model;                             /* config.json */
    char *merges;                             /* merges.txt, without a tokenizer.json */
    const struct heed_tokenizer_class *class; /* NULL: tokenizer.json alone decides */
    char note[256];                           /* core/text/settings_note.h */
};

/* These set the error and return false; what: is wrong in the file. */
HEED_NODISCARD bool heed_settings_fail_memory(const struct heed_settings_source *source,
                                              struct heed_error *err);

HEED_NODISCARD bool heed_settings_fail_format(const struct heed_settings_source *source,
                                              const char *what, struct heed_error *err);

/* The content of a special token: what the files say, else the class; NULL: none. */
const char *heed_settings_find_role(const struct heed_settings_source *source, enum heed_role role);
/* Of an added token or a piece of the vocabulary; -1: none. */
int32_t heed_settings_find_id(const struct heed_tokenizer_settings *settings, const char *content);

/* The added tokens, and the special ones that the vocabulary lacks. */
HEED_NODISCARD bool heed_settings_read_added(struct heed_tokenizer_settings *settings,
                                             const struct heed_settings_source *source,
                                             struct heed_error *err);
/* After the added tokens. */
HEED_NODISCARD bool heed_settings_read_template(struct heed_tokenizer_settings *settings,
                                                const struct heed_settings_source *source,
                                                struct heed_error *err);

#endif
