#include "session/document.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/utf8.h"

static int line_of(const char *text, size_t offset)
{
    int line = 1;
    for (size_t i = 0; i < offset; i++) {
        line += text[i] == '\n';
    }
    return line;
}

/* An escaped NUL would end the string early without a word. */
static bool find_nul(const char *text, size_t length, size_t *offset)
{
    static const char escape[] = "u0000";
    const char *nul = memchr(text, '\0', length);
    if (nul) {
        *offset = (size_t)(nul - text);
        return true;
    }
    for (size_t i = 0; i + 1 < length; i++) {
        if (text[i] != '\\') {
            continue;
        }
        if (length - i > sizeof escape - 1 &&
            memcmp(text + i + 1, escape, sizeof escape - 1) == 0) {
            *offset = i;
            return true;
        }
        i++; /* the escaped character */
    }
    return false;
}

static bool check_bytes(const char *text, size_t length, const char *name, struct heed_error *err)
{
    size_t offset = 0;
    if (find_nul(text, length, &offset)) {
        return heed_error_set(err, HEED_ERROR_FORMAT, "'%s', line %d: it holds a NUL character",
                              name, line_of(text, offset));
    }
    if (!heed_utf8_valid(text, length, &offset)) {
        return heed_error_set(err, HEED_ERROR_FORMAT, "'%s', line %d: it isn't valid UTF-8", name,
                              line_of(text, offset));
    }
    return true;
}

static bool is_blank(const char *text, const char *end)
{
    while (text < end && strchr(" \t\r\n", *text)) {
        text++;
    }
    return text >= end;
}

bool heed_document_open(struct heed_document *json, const char *text, size_t length,
                        const char *name, struct heed_error *err)
{
    *json = (struct heed_document){.name = name, .err = err};
    if (length >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0) {
        text += 3; /* a byte order mark is no text */
        length -= 3;
    }
    if (!check_bytes(text, length, name, err)) {
        json->failed = true;
        return false;
    }
    size_t end = 0;
    bool no_memory = false;
    cJSON *root = heed_json_values(text, length, &end, &no_memory);
    if (no_memory) {
        json->failed = true;
        return heed_error_set(err, HEED_ERROR_MEMORY, "no memory left to read '%s'", name);
    }
    if (!root || !is_blank(text + end, text + length)) {
        cJSON_Delete(root);
        json->failed = true;
        return heed_error_set(err, HEED_ERROR_FORMAT, "'%s', line %d: it isn't valid JSON", name,
                              line_of(text, end < length ? end : length));
    }
    if (!cJSON_IsObject(root)) {
        cJSON_Delete(root);
        json->failed = true;
        return heed_error_set(err, HEED_ERROR_FORMAT,
                              "'%s' isn't a file of heed: it holds no object", name);
    }
    json->root = root;
    return true;
}

void heed_document_close(struct heed_document *json)
{
    cJSON_Delete(json->root);
    json->root = NULL;
}

void heed_document_refuse(struct heed_document *json, const char *key, const char *problem)
{
    if (!json->failed) {
        heed_error_set(json->err, HEED_ERROR_FORMAT, "'%s': \"%s\" %s", json->name, key, problem);
        json->failed = true;
    }
}

const cJSON *heed_document_find(struct heed_document *json, const char *key, int types,
                                const char *problem)
{
    const cJSON *item = heed_json_find(json->root, key);
    if (!item || json->failed) {
        return NULL;
    }
    if ((item->type & 0xFF & types) == 0) {
        heed_document_refuse(json, key, problem);
        return NULL;
    }
    return item;
}

static bool is_whole(const cJSON *item, double low, double high)
{
    return cJSON_IsNumber(item) && item->valuedouble >= low && item->valuedouble <= high &&
           item->valuedouble == floor(item->valuedouble);
}

void heed_document_check_version(struct heed_document *json, int newest)
{
    const cJSON *item = heed_json_find(json->root, "version");
    if (!item) {
        heed_document_refuse(json, "version", "is missing: it isn't a file of heed");
    } else if (!is_whole(item, 1, 1e9)) {
        heed_document_refuse(json, "version", "must be a whole number from 1");
    } else if (item->valuedouble > newest) {
        heed_error_set(
            json->err, HEED_ERROR_UNSUPPORTED,
            "'%s': \"version\" is %.0f, but this heed reads up to %d; open it with a newer heed",
            json->name, item->valuedouble, newest);
        json->failed = true;
    }
}

static const cJSON *find_by_path(const struct heed_document *json, const cJSON *object,
                                 const char *path)
{
    const char *dot = strrchr(path, '.');
    return json->failed ? NULL : heed_json_find(object, dot ? dot + 1 : path);
}

void heed_document_bool(struct heed_document *json, const cJSON *object, const char *path,
                        bool *value)
{
    const cJSON *item = find_by_path(json, object, path);
    if (item && !cJSON_IsBool(item)) {
        heed_document_refuse(json, path, "must be true or false");
    } else if (item) {
        *value = cJSON_IsTrue(item);
    }
}

void heed_document_int(struct heed_document *json, const cJSON *object, const char *path, int low,
                       int high, int *value)
{
    const cJSON *item = find_by_path(json, object, path);
    if (item && !is_whole(item, low, high)) {
        char problem[80];
        snprintf(problem, sizeof problem, "must be a whole number from %d to %d", low, high);
        heed_document_refuse(json, path, problem);
    } else if (item) {
        *value = (int)item->valuedouble;
    }
}

static void read_float(struct heed_document *json, const cJSON *item, const char *path,
                       const struct heed_field *field, float *value)
{
    if (cJSON_IsNumber(item) && (float)item->valuedouble >= (float)field->low &&
        (float)item->valuedouble <= (float)field->high) {
        *value = (float)item->valuedouble;
        return;
    }
    char problem[80];
    snprintf(problem, sizeof problem, "must be a number from %g to %g", field->low, field->high);
    heed_document_refuse(json, path, problem);
}

static void refuse_word(struct heed_document *json, const char *path, const char *const *words)
{
    struct heed_buffer problem = {0};
    heed_buffer_puts(&problem, "must be one of ");
    for (int i = 0; words[i]; i++) {
        heed_buffer_puts(&problem, i > 0 ? ", " : "");
        heed_buffer_puts(&problem, words[i]);
    }
    heed_document_refuse(json, path, problem.failed ? "isn't a word it can be" : problem.data);
    heed_buffer_finish(&problem);
}

static void read_word(struct heed_document *json, const cJSON *item, const char *path,
                      const struct heed_field *field, void *value)
{
    for (int i = 0; cJSON_IsString(item) && field->words[i]; i++) {
        if (strcasecmp(item->valuestring, field->words[i]) == 0) {
            memcpy(value, &i, sizeof i);
            return;
        }
    }
    refuse_word(json, path, field->words);
}

void heed_document_read(struct heed_document *json, const cJSON *object, const char *name,
                        const struct heed_field *fields, size_t n, void *to)
{
    for (const struct heed_field *field = fields; field < fields + n; field++) {
        char path[80];
        snprintf(path, sizeof path, "%s%s", name, field->key);
        const cJSON *item = find_by_path(json, object, path);
        void *value = (char *)to + field->offset;
        if (!item) {
            continue;
        }
        switch (field->kind) {
        case HEED_FIELD_BOOL:
            heed_document_bool(json, object, path, value);
            break;
        case HEED_FIELD_INT:
            heed_document_int(json, object, path, (int)field->low, (int)field->high, value);
            break;
        case HEED_FIELD_FLOAT:
            read_float(json, item, path, field, value);
            break;
        case HEED_FIELD_WORD:
            read_word(json, item, path, field, value);
            break;
        }
    }
}

void heed_document_put_float(struct heed_buffer *out, float value)
{
    char text[40];
    for (int digits = 6; digits <= 9; digits++) {
        snprintf(text, sizeof text, "%.*g", digits, (double)value);
        if (strtof(text, NULL) == value) {
            break;
        }
    }
    for (char *c = text; *c; c++) {
        if (!strchr("0123456789+-e.", *c)) {
            *c = '.';
        }
    }
    heed_buffer_puts(out, text);
}

void heed_document_put(struct heed_buffer *out, const char *indent, const struct heed_field *fields,
                       size_t n, const void *from)
{
    for (const struct heed_field *field = fields; field < fields + n; field++) {
        const void *value = (const char *)from + field->offset;
        heed_buffer_printf(out, "%s%s\"%s\": ", field > fields ? ",\n" : "", indent, field->key);
        switch (field->kind) {
        case HEED_FIELD_BOOL:
            heed_buffer_puts(out, *(const bool *)value ? "true" : "false");
            break;
        case HEED_FIELD_INT:
            heed_buffer_printf(out, "%d", *(const int *)value);
            break;
        case HEED_FIELD_FLOAT:
            heed_document_put_float(out, *(const float *)value);
            break;
        case HEED_FIELD_WORD:
            heed_buffer_printf(out, "\"%s\"", field->words[*(const int *)value]);
            break;
        }
    }
}
