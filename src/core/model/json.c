#include "core/model/json.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/utf8.h"

cJSON *heed_json_values(const char *text, size_t size, size_t *end, bool *no_memory)
{
    const char *at = text;
    const int before = errno;
    errno = 0; /* an allocation that fails sets it, and a broken text doesn't */
    cJSON *parsed = cJSON_ParseWithLengthOpts(text, size, &at, 0);
    *no_memory = !parsed && errno == ENOMEM;
    *end = at && at >= text ? (size_t)(at - text) : 0;
    errno = before;
    return parsed;
}

bool heed_json_parse(cJSON **root, const char *text, size_t size, const char *path,
                     struct heed_error *err)
{
    size_t bad = 0;
    if (!heed_utf8_valid(text, size, &bad)) {
        return heed_error_set(
            err, HEED_ERROR_FORMAT,
            "'%s' is broken: invalid UTF-8 at byte %zu of its JSON; fetch the file again", path,
            bad);
    }
    size_t end = 0;
    bool no_memory = false;
    cJSON *parsed = heed_json_values(text, size, &end, &no_memory);
    if (no_memory) {
        return heed_error_set(err, HEED_ERROR_MEMORY, "no memory left to read '%s'", path);
    }
    if (!parsed || end + strspn(text + end, " \t\r\n") != size) {
        cJSON_Delete(parsed);
        return heed_error_set(
            err, HEED_ERROR_FORMAT,
            "'%s' is broken: its JSON can't be read at byte %zu; fetch the file again", path, end);
    }
    *root = parsed;
    return true;
}

bool heed_json_read(cJSON **root, const char *path, size_t max_size, struct heed_error *err)
{
    char *text = NULL;
    size_t size = 0;
    cJSON *parsed = NULL;
    if (!heed_file_read_regular(path, max_size, &text, &size, err)) {
        return false;
    }
    bool ok = heed_json_parse(&parsed, text, size, path, err);
    free(text);
    if (ok && !cJSON_IsObject(parsed)) {
        ok = heed_error_set(err, HEED_ERROR_FORMAT,
                            "'%s' is broken: its JSON must be an object; fetch the file again",
                            path);
        cJSON_Delete(parsed);
    }
    if (ok) {
        *root = parsed;
    }
    return ok;
}

bool heed_json_is_size(const cJSON *item, size_t *value)
{
    const double limit = 9007199254740992.0; /* 2^53 */
    if (!cJSON_IsNumber(item)) {
        return false;
    }
    const double number = item->valuedouble;
    if (!(number >= 0 && number <= limit) || number > (double)SIZE_MAX ||
        number != (double)(uint64_t)number) {
        return false;
    }
    *value = (size_t)number;
    return true;
}

const cJSON *heed_json_find(const cJSON *object, const char *key)
{
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, key);
    return cJSON_IsNull(item) ? NULL : item;
}

const char *heed_json_find_string(const cJSON *object, const char *key, const char *fallback)
{
    const cJSON *item = heed_json_find(object, key);
    return cJSON_IsString(item) ? item->valuestring : fallback;
}

bool heed_json_find_bool(const cJSON *object, const char *key, bool fallback)
{
    const cJSON *item = heed_json_find(object, key);
    return cJSON_IsBool(item) ? (bool)cJSON_IsTrue(item) : fallback;
}

bool heed_json_get_int(const cJSON *object, struct heed_json_int what, const char *path, int *value,
                       struct heed_error *err)
{
    const cJSON *item = heed_json_find(object, what.key);
    if (!item && !what.required) {
        *value = what.fallback;
        return true;
    }
    if (!item) {
        return heed_error_set(err, HEED_ERROR_FORMAT, "'%s' has no \"%s\": fetch the file again",
                              path, what.key);
    }
    const double number = cJSON_IsNumber(item) ? item->valuedouble : -1;
    if (!cJSON_IsNumber(item) || !(number >= what.min && number <= what.max) ||
        number != (double)(int)number) {
        return heed_error_set(err, HEED_ERROR_FORMAT,
                              "'%s': \"%s\" must be a whole number from %d to %d", path, what.key,
                              what.min, what.max);
    }
    *value = (int)number;
    return true;
}
