/*
 * Reading and writing of our own JSON files: checked values under names that
 * messages can point at. Inside session/ only.
 */
#ifndef HEED_SESSION_DOCUMENT_H
#define HEED_SESSION_DOCUMENT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"
#include "base/compiler.h"
#include "base/error.h"
#include "core/model/json.h"

/* A document under way. The first error ends it: the calls that follow do nothing. */
struct heed_document {
    cJSON *root;
    const char *name; /* of the file, for messages */
    struct heed_error *err;
    bool failed;
};

/* The root is an object. Refuses NUL, invalid UTF-8 and what isn't JSON; err
 * may be NULL. */
HEED_NODISCARD bool heed_document_open(struct heed_document *json, const char *text, size_t length,
                                       const char *name, struct heed_error *err);
void heed_document_close(struct heed_document *json);
/* Says what is wrong with a key and sets failed. */
void heed_document_refuse(struct heed_document *json, const char *key, const char *problem);
/* "version": whole, at least 1, at most `newest`. */
void heed_document_check_version(struct heed_document *json, int newest);

/* The root's member of one of these types (cJSON_Array | ...). NULL if there is
 * none, or null, or it is of another type, which is refused. */
const cJSON *heed_document_find(struct heed_document *json, const char *key, int types,
                                const char *problem);

/* Each leaves *value as it is if the key is missing. Keys of an object within
 * the root are given as "object.key" in messages: `path` is that name, its
 * last part the key. */
void heed_document_bool(struct heed_document *json, const cJSON *object, const char *path,
                        bool *value);
void heed_document_int(struct heed_document *json, const cJSON *object, const char *path, int low,
                       int high, int *value);

/* A member of a struct that a file has under the same name. */
struct heed_field {
    const char *key;
    enum { HEED_FIELD_BOOL, HEED_FIELD_INT, HEED_FIELD_FLOAT, HEED_FIELD_WORD } kind;
    size_t offset;            /* of a bool, an int, a float or an enum */
    double low, high;         /* of numbers */
    const char *const *words; /* of the enum's values, in their order; then NULL */
};

#define HEED_FIELD(kind, type, member) #member, HEED_FIELD_##kind, offsetof(struct type, member)
#define HEED_WORDS(words) 0, 0, words

/* Leaves in the struct what the object lacks. Words are found in any case. The
 * root's name is "", that of a member "filter.". */
void heed_document_read(struct heed_document *json, const cJSON *object, const char *name,
                        const struct heed_field *fields, size_t n, void *to);
/* `"key": value` of each, with a comma, a line's end and the indent between. */
void heed_document_put(struct heed_buffer *out, const char *indent, const struct heed_field *fields,
                       size_t n, const void *from);

/* The shortest decimal that reads back as the same float; with a point in
 * every locale. value is finite. */
void heed_document_put_float(struct heed_buffer *out, float value);

#endif
