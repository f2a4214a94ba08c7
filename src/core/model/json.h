/*
 * JSON of model folders by cJSON, with what cJSON leaves out: the text is
 * checked to be UTF-8, trailing bytes are refused, numbers are checked to be
 * integers in a range, and messages name file and key. Knows nothing of what
 * the values mean. Any thread.
 */
#ifndef HEED_CORE_MODEL_JSON_H
#define HEED_CORE_MODEL_JSON_H

#include <stdbool.h>
#include <stddef.h>

#include <cjson/cJSON.h>

#include "base/error.h"

/* The values of a text with a NUL at text[size]; nothing but their form is
 * checked. *end is where the reading ended. NULL: it is broken there or, which
 * *no_memory then tells (cJSON has one NULL for both), memory ran out. */
HEED_NODISCARD cJSON *heed_json_values(const char *text, size_t size, size_t *end, bool *no_memory);

/* text must have a NUL at text[size]. The result is freed by cJSON_Delete.
 * path only names the file in messages. */
HEED_NODISCARD bool heed_json_parse(cJSON **root, const char *text, size_t size, const char *path,
                                    struct heed_error *err);
/* Reads and parses a file; the root must be an object. */
HEED_NODISCARD bool heed_json_read(cJSON **root, const char *path, size_t max_size,
                                   struct heed_error *err);

/* A whole number that fits a double exactly: 0 .. 2^53. */
bool heed_json_is_size(const cJSON *item, size_t *value);

/* Members of object, which may be NULL (nothing is found then). A member that
 * is null counts as missing. */
const cJSON *heed_json_find(const cJSON *object, const char *key);
/* The string, or fallback if it is missing or no string. */
const char *heed_json_find_string(const cJSON *object, const char *key, const char *fallback);
bool heed_json_find_bool(const cJSON *object, const char *key, bool fallback);

struct heed_json_int {
    const char *key;
    int min, max;
    int fallback; /* used if the key is missing and not required */
    bool required;
};

/* *value is untouched on failure: missing, no integer, out of range. */
HEED_NODISCARD bool heed_json_get_int(const cJSON *object, struct heed_json_int what,
                                      const char *path, int *value, struct heed_error *err);

#endif
