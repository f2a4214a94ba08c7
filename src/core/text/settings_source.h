/*
 * The files that a tokenizer's settings are read from, and the parts of the
 * reading: vocabulary and rules in settings.c, special and added tokens and
 * the template in settings_tokens.c. For these two only.
 */
#ifndef HEED_CORE_TEXT_SETTINGS_SOURCE_H
#define HEED_CORE_TEXT_SETTINGS_SOURCE_H

#include <limits.h>

#include <cjson/cJSON.h>

#include "core/text/settings.h"

/* The files of a folder; those that aren't there are NULL. */
struct heed_settings_source {
    const char *folder;
    char path[PATH_MAX]; /* the one that gives the vocabulary */
    cJSON *tokenizer;    /* tokenizer.json */
    cJSON *config;       /* tokenizer_config.json */
    cJSON *special;      /* special_tokens_map.json */
    bool is_bert;        /* tokenizer_config.json decides */
};

/* These set the error and return false; what: is wrong in the file. */
bool heed_settings_fail_memory(const struct heed_settings_source *source, struct heed_error *err);

bool heed_settings_fail_format(const struct heed_settings_source *source, const char *what,
                               struct heed_error *err);

/* A copy in the settings' memory. */
bool heed_settings_keep(struct heed_tokenizer_settings *settings,
                        const struct heed_settings_source *source, const char *text,
                        const char **kept, struct heed_error *err);

/* The added tokens, and the special ones that the vocabulary lacks; before it is sealed. */
bool heed_settings_read_added(struct heed_tokenizer_settings *settings,
                              const struct heed_settings_source *source, struct heed_error *err);
/* The ids of the template's tokens, [UNK] and [MASK]; after it is sealed. */
bool heed_settings_read_ids(struct heed_tokenizer_settings *settings,
                            const struct heed_settings_source *source, struct heed_error *err);

#endif
