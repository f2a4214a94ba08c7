/* A lesson's states: what a step sets, and what only words can say. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "session/lesson_reader.h"
#include "session/off.h"
#include "session/session.h"

/* A session's keys but for the eyes' (theme, size), which are the reader's own. */
static const char *const known_keys[] = {
    "text",        "pair",        "compare",     "probe",       "view",          "panel",
    "ablation_by", "shown",       "mask",        "positions",   "attention",     "muted",
    "scaled",      "matrix_head", "filter",      "compare_map", "compare_rank",  "compare_heads",
    "color_by",    "heads_mode",  "heads_order", "heads_bands", "neuron_sorted", "neuron_values",
    "neuron_step", "stack_page",  "query",       "key",         "cut",           NULL};

/* What a patch says goes over what was; null takes it away. */
static bool merge(cJSON *whole, const cJSON *patch)
{
    for (const cJSON *item = patch->child; item; item = item->next) {
        cJSON *old = cJSON_GetObjectItemCaseSensitive(whole, item->string);
        if (cJSON_IsObject(old) && cJSON_IsObject(item) && strcmp(item->string, "filter") == 0) {
            if (!merge(old, item)) {
                return false;
            }
            continue;
        }
        cJSON_DeleteItemFromObjectCaseSensitive(whole, item->string);
        cJSON *copy = cJSON_IsNull(item) ? NULL : cJSON_Duplicate(item, true);
        if (!cJSON_IsNull(item) && (!copy || !cJSON_AddItemToObject(whole, item->string, copy))) {
            cJSON_Delete(copy);
            return false;
        }
    }
    return true;
}

/* "@tired" is the lesson's text of that name. */
static void put_text(struct heed_lesson_reader *reader, cJSON *session, const char *key,
                     const char *path, const cJSON *texts)
{
    const cJSON *item = heed_json_find(session, key);
    if (!cJSON_IsString(item) || item->valuestring[0] != '@' || reader->failed) {
        return;
    }
    const cJSON *text = heed_json_find(texts, item->valuestring + 1);
    char at[HEED_LESSON_PATH];
    heed_lesson_join(at, path, key);
    if (!cJSON_IsString(text)) {
        heed_lesson_refuse(reader, at, "is %.60s, which \"texts\" doesn't have", item->valuestring);
        return;
    }
    cJSON *copy = cJSON_CreateString(text->valuestring);
    if (!copy || !cJSON_ReplaceItemInObjectCaseSensitive(session, key, copy)) {
        cJSON_Delete(copy);
        heed_lesson_no_memory(reader);
    } else if (!copy->string) { /* cJSON replaces even so */
        heed_lesson_no_memory(reader);
    }
}

/* "L3H1 it->tired", or "it->tired" for every head. */
static void read_cut(struct heed_lesson_reader *reader, const char *text, const char *path,
                     struct heed_lesson_cut *cut)
{
    const char *arrow = strstr(text, "->");
    const char *blank = strchr(text, ' ');
    char name[16];
    cut->head = (struct heed_head_id){-1, -1};
    if (blank && (size_t)(blank - text) < sizeof name) {
        snprintf(name, sizeof name, "%.*s", (int)(blank - text), text);
        if (heed_session_read_head(name, &cut->head)) {
            text = blank + 1;
        }
    }
    const size_t length = strlen(text);
    char *query = heed_lesson_room(reader, length + 1, 1);
    if (!arrow || arrow < text || !query) {
        heed_lesson_refuse(reader, path, "must be a list like [\"it->tired\", \"L3H1 it->wide\"]");
        return;
    }
    memcpy(query, text, length + 1);
    query[arrow - text] = '\0';
    cut->query = query;
    cut->key = query + (arrow - text) + 2;
}

static void read_cuts(struct heed_lesson_reader *reader, const cJSON *whole, const char *path,
                      struct heed_lesson_step *to)
{
    const cJSON *list = heed_json_find(whole, "cut");
    const int n = cJSON_IsArray(list) ? cJSON_GetArraySize(list) : 0;
    struct heed_lesson_cut *cuts = heed_lesson_room(reader, (size_t)n, sizeof *cuts);
    char at[HEED_LESSON_PATH];
    heed_lesson_join(at, path, "cut");
    for (const cJSON *item = n > 0 ? list->child : NULL; item && cuts && !reader->failed;
         item = item->next) {
        read_cut(reader, cJSON_IsString(item) ? item->valuestring : "", at, &cuts[to->n_cuts++]);
    }
    to->cuts = cuts;
}

/* What is only words in a lesson is taken out of the session. */
static void take_words(struct heed_lesson_reader *reader, cJSON *session, const char *path,
                       struct heed_lesson_step *to)
{
    to->query = heed_lesson_string(reader, session, path, "query", false);
    to->key = heed_lesson_string(reader, session, path, "key", false);
    read_cuts(reader, session, path, to);
    const cJSON *muted = heed_json_find(session, "muted");
    to->mute_all = cJSON_IsString(muted) && strcmp(muted->valuestring, "all") == 0;
    cJSON_DeleteItemFromObjectCaseSensitive(session, "query");
    cJSON_DeleteItemFromObjectCaseSensitive(session, "key");
    cJSON_DeleteItemFromObjectCaseSensitive(session, "cut");
    if (to->mute_all) {
        cJSON_DeleteItemFromObjectCaseSensitive(session, "muted");
    }
}

/* As any session is read; its message is about the step. */
static void read_session(struct heed_lesson_reader *reader, cJSON *session, const char *path,
                         struct heed_lesson_step *to)
{
    struct heed_error error = {0};
    char *text = NULL;
    if (!cJSON_AddNumberToObject(session, "version", HEED_SESSION_VERSION) ||
        !(text = cJSON_PrintUnformatted(session))) {
        heed_lesson_no_memory(reader);
        return;
    }
    if (heed_session_parse(&to->state, text, strlen(text), "a state", &error)) {
        to->state.projector = false;
    } else if (error.code == HEED_ERROR_MEMORY) {
        heed_lesson_no_memory(reader);
    } else {
        const char *said = strstr(error.text, ": ");
        heed_lesson_refuse(reader, path, "isn't a state: %s", said ? said + 2 : error.text);
    }
    cJSON_free(text);
}

void heed_lesson_read_state(struct heed_lesson_reader *reader, const cJSON *step, const char *path,
                            const cJSON *texts, cJSON **whole, struct heed_lesson_step *to)
{
    const cJSON *state = heed_json_find(step, "state");
    const cJSON *patch = heed_json_find(step, "patch");
    const char *key = state ? "state" : "patch";
    char at[HEED_LESSON_PATH];
    heed_lesson_join(at, path, key);
    if (reader->failed) {
        return;
    }
    if ((state != NULL) == (patch != NULL) || !cJSON_IsObject(state ? state : patch)) {
        heed_lesson_refuse(reader, path, "needs either a \"state\" or a \"patch\", an object");
        return;
    }
    if (patch && !*whole) {
        heed_lesson_refuse(reader, at, "is the first step's: that needs a whole \"state\"");
        return;
    }
    heed_lesson_check_keys(reader, state ? state : patch, at, known_keys);
    if (state) {
        cJSON_Delete(*whole);
        *whole = cJSON_CreateObject();
    }
    cJSON *session = NULL;
    if (!*whole || !merge(*whole, state ? state : patch) ||
        !(session = cJSON_Duplicate(*whole, true))) {
        heed_lesson_no_memory(reader);
        return;
    }
    put_text(reader, session, "text", at, texts);
    put_text(reader, session, "pair", at, texts);
    put_text(reader, session, "compare", at, texts);
    take_words(reader, session, at, to);
    if (!reader->failed) {
        read_session(reader, session, at, to);
    }
    cJSON_Delete(session);
}
