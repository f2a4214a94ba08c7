#include "session/examples.h"

#include <stdlib.h>
#include <string.h>

#include "session/document.h"
#include "session/session.h"
#include "state/state.h"

#include "examples_json.h"

enum { EXAMPLES_VERSION = 1, MOST_EXAMPLES = 200 };

static char *take_text(struct heed_document *json, const cJSON *object, const char *key)
{
    const cJSON *item = heed_json_find(object, key);
    char *text = NULL;
    if (json->failed) {
        return NULL;
    }
    if (!cJSON_IsString(item) || item->valuestring[0] == '\0') {
        heed_document_refuse(json, key, "must be a string with something in it");
        return NULL;
    }
    text = strdup(item->valuestring);
    if (!text) {
        json->failed = true;
        heed_error_set(json->err, HEED_ERROR_MEMORY, "not enough memory for the examples");
    }
    return text;
}

/* NULL, and no refusal, if it isn't there. */
static char *take_word(struct heed_document *json, const cJSON *object, const char *key)
{
    return heed_json_find(object, key) ? take_text(json, object, key) : NULL;
}

/* The session is one like any file's. */
static void take_session(struct heed_document *json, const cJSON *object, struct heed_state *state)
{
    const cJSON *item = heed_json_find(object, "session");
    char *text = NULL;
    if (json->failed) {
        return;
    }
    if (!cJSON_IsObject(item)) {
        heed_document_refuse(json, "session", "must be an object");
        return;
    }
    text = cJSON_PrintUnformatted(item);
    if (!text) {
        json->failed = true;
        heed_error_set(json->err, HEED_ERROR_MEMORY, "not enough memory for the examples");
        return;
    }
    json->failed = !heed_session_parse(state, text, strlen(text), json->name, json->err);
    cJSON_free(text);
}

static void take_all(struct heed_document *json, struct heed_examples *examples)
{
    const cJSON *list = heed_json_find(json->root, "examples");
    const int n = cJSON_IsArray(list) ? cJSON_GetArraySize(list) : -1;
    if (n < 0 || n > MOST_EXAMPLES) {
        heed_document_refuse(json, "examples", "must be a list of at most 200");
        return;
    }
    examples->items = calloc((size_t)n + 1, sizeof(*examples->items));
    if (!examples->items) {
        json->failed = true;
        heed_error_set(json->err, HEED_ERROR_MEMORY, "not enough memory for the examples");
        return;
    }
    for (const cJSON *item = list->child; item && !json->failed; item = item->next) {
        struct heed_example *example = &examples->items[examples->n++];
        example->title = take_text(json, item, "title");
        example->group = take_text(json, item, "group");
        example->look = take_text(json, item, "look");
        example->query = take_word(json, item, "query");
        example->key = take_word(json, item, "key");
        take_session(json, item, &example->state);
    }
}

bool heed_examples_parse(struct heed_examples *examples, const char *json, size_t length,
                         const char *name, struct heed_error *err)
{
    struct heed_document document;
    if (!heed_document_open(&document, json, length, name, err)) {
        return false;
    }
    heed_document_check_version(&document, EXAMPLES_VERSION);
    if (!document.failed) {
        take_all(&document, examples);
    }
    heed_document_close(&document);
    if (document.failed) {
        heed_examples_finish(examples);
    }
    return !document.failed;
}

bool heed_examples_load(struct heed_examples *examples, struct heed_error *err)
{
    return heed_examples_parse(examples, heed_asset_examples_json,
                               sizeof(heed_asset_examples_json) - 1, "examples.json", err);
}

void heed_examples_finish(struct heed_examples *examples)
{
    for (int i = 0; i < examples->n; i++) {
        free(examples->items[i].title);
        free(examples->items[i].group);
        free(examples->items[i].look);
        free(examples->items[i].query);
        free(examples->items[i].key);
        heed_state_finish(&examples->items[i].state);
    }
    free(examples->items);
    *examples = (struct heed_examples){0};
}
