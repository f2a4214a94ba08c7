/*
 * Reading and writing of our own JSON files: checked values under names that
 * messages can point at. Inside session/ only.
 */
#ifndef HEED_SESSION_DOCUMENT_H
#define HEED_SESSION_DOCUMENT_H

#include <stdbool.h>
#include <stddef.h>

#include <cjson/cJSON.h>

#include "base/buffer.h"
#include "base/error.h"

/* A document under way. The first error ends it: the calls that follow do
 * nothing. */
struct heed_document {
    cJSON *root;
    const char *name; /* of the file, for messages */
    struct heed_error *err;
    bool failed;
};

/* The root is an object. Refuses NUL, invalid UTF-8 and what isn't JSON; err
 * may be NULL. */
bool heed_document_open(struct heed_document *json, const char *text, size_t length,
                        const char *name, struct heed_error *err);
void heed_document_close(struct heed_document *json);
/* Says what is wrong with a key and sets failed. */
void heed_document_refuse(struct heed_document *json, const char *key, const char *problem);
/* "version": whole, at least 1, at most `newest`. */
void heed_document_check_version(struct heed_document *json, int newest);

/* NULL if there is none, or null. */
const cJSON *heed_document_find(const cJSON *object, const char *key);

/* Each leaves *value as it is if the key is missing. Keys of an object within
 * the root are given as "object.key" in messages: `path` is that name, its
 * last part the key. */
void heed_document_bool(struct heed_document *json, const cJSON *object, const char *path,
                        bool *value);
void heed_document_int(struct heed_document *json, const cJSON *object, const char *path, int low,
                       int high, int *value);
void heed_document_float(struct heed_document *json, const cJSON *object, const char *path,
                         float low, float high, float *value);
/* One of n words, in any case; gives its index. */
void heed_document_word(struct heed_document *json, const cJSON *object, const char *path,
                        const char *const *words, int n, int *value);

/* The shortest decimal that reads back as the same float; with a point in
 * every locale. value is finite. */
void heed_document_put_float(struct heed_buffer *out, float value);

#endif
