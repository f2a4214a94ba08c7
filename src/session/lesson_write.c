#include "session/lesson_write.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "core/model/json.h"
#include "core/text/names.h"
#include "session/document.h"
#include "session/lessons.h"
#include "session/session.h"

/* What is the reader's own, or is written as words, or has no place in a lesson. */
static const char *const left_out[] = {
    "version", "model", "theme", "palette",    "ui_scale", "projector", "reduced_motion",
    "query",   "key",   "cuts",  "candidates", "file",     "part",      NULL};

static bool no_memory(struct heed_error *err)
{
    return heed_error_set(err, HEED_ERROR_MEMORY, "no memory left for the lesson");
}

static cJSON *session_of(const struct heed_state *state, struct heed_error *err)
{
    struct heed_buffer out = {0};
    cJSON *json = NULL;
    if (heed_session_write(state, NULL, &out, err)) {
        json = cJSON_Parse(out.data);
    }
    heed_buffer_finish(&out);
    return json;
}

/* A step says only what isn't as at the first start. */
static bool drop_defaults(cJSON *session, struct heed_error *err)
{
    struct heed_state first = {0};
    if (!heed_state_init(&first, err)) {
        return false;
    }
    cJSON *plain = session_of(&first, err);
    heed_state_finish(&first);
    if (!plain) {
        return no_memory(err);
    }
    for (int i = 0; left_out[i]; i++) {
        cJSON_DeleteItemFromObjectCaseSensitive(session, left_out[i]);
    }
    for (cJSON *item = session->child, *next = NULL; item; item = next) {
        next = item->next;
        const cJSON *old = cJSON_GetObjectItemCaseSensitive(plain, item->string);
        if (strcmp(item->string, "text") != 0 && strcmp(item->string, "view") != 0 &&
            (cJSON_IsNull(item) || cJSON_Compare(item, old, true))) {
            cJSON_Delete(cJSON_DetachItemViaPointer(session, item));
        }
    }
    cJSON_Delete(plain);
    return true;
}

static bool put_name(cJSON *session, const char *key, struct heed_token_range tokens,
                     const struct heed_tokenizer *tokenizer, const struct heed_encoding *encoding,
                     struct heed_error *err)
{
    char *name = NULL;
    if (tokens.count <= 0) {
        return true;
    }
    if (!heed_names_write(&name, tokenizer, encoding, tokens.first, tokens.count, err)) {
        return false;
    }
    const bool ok = cJSON_AddStringToObject(session, key, name) != NULL || no_memory(err);
    free(name);
    return ok;
}

static bool put_cuts(cJSON *session, const struct heed_state *state,
                     const struct heed_tokenizer *tokenizer, const struct heed_encoding *encoding,
                     struct heed_error *err)
{
    cJSON *list = state->n_cuts > 0 ? cJSON_AddArrayToObject(session, "cut") : NULL;
    bool ok = true;
    for (int i = 0; ok && list && i < state->n_cuts; i++) {
        const struct heed_cut_link *cut = &state->cuts[i];
        char *from = NULL;
        char *to = NULL;
        char text[400];
        ok =
            heed_names_write(&from, tokenizer, encoding, cut->query.first, cut->query.count, err) &&
            heed_names_write(&to, tokenizer, encoding, cut->key.first, cut->key.count, err);
        if (ok && heed_cut_is_everywhere(cut)) {
            snprintf(text, sizeof text, "%.150s->%.150s", from, to);
        } else if (ok) {
            snprintf(text, sizeof text, "L%dH%d %.150s->%.150s", cut->head.layer, cut->head.head,
                     from, to);
        }
        ok = ok && (cJSON_AddItemToArray(list, cJSON_CreateString(text)) || no_memory(err));
        free(from);
        free(to);
    }
    return ok;
}

static bool put_words(cJSON *session, const struct heed_state *state,
                      const struct heed_tokenizer *tokenizer, struct heed_error *err)
{
    const struct heed_tokenize_options options = {0};
    struct heed_encoding *encoding = NULL;
    const struct heed_token_range none = {0, 0};
    const bool in_a = !state->query.in_b && !state->key.in_b;
    const struct heed_token_range query = {state->query.first, state->query.count};
    const struct heed_token_range key = {state->key.first, state->key.count};
    if (!heed_tokenize(&encoding, tokenizer, state->text, strlen(state->text), state->pair,
                       state->pair ? strlen(state->pair) : 0, options, err)) {
        return false;
    }
    const bool ok = put_name(session, "query", in_a ? query : none, tokenizer, encoding, err) &&
                    put_name(session, "key", in_a ? key : none, tokenizer, encoding, err) &&
                    put_cuts(session, state, tokenizer, encoding, err);
    heed_encoding_destroy(encoding);
    return ok;
}

/* The file's object, or a fresh one. */
static cJSON *open_file(const char *path, const char *fresh, struct heed_error *err)
{
    cJSON *root = NULL;
    if (access(path, F_OK) != 0) {
        root = cJSON_Parse(fresh);
        return root ? root : (no_memory(err), NULL);
    }
    if (!heed_json_read(&root, path, HEED_LESSON_MAX_BYTES, err)) {
        return NULL;
    }
    if (!cJSON_GetObjectItemCaseSensitive(root, "steps")) {
        heed_error_set(err, HEED_ERROR_FORMAT, "'%s' isn't a lesson: it has no \"steps\"", path);
        cJSON_Delete(root);
        return NULL;
    }
    return root;
}

static bool save(const cJSON *root, const char *path, struct heed_error *err)
{
    char *text = cJSON_Print(root);
    const bool ok = text ? heed_file_write(path, text, strlen(text), err) : no_memory(err);
    cJSON_free(text);
    return ok;
}

/* A name that no step has yet. */
static void name_step(const cJSON *steps, char id[24])
{
    int n = cJSON_GetArraySize(steps) + 1;
    bool taken = true;
    while (taken) {
        taken = false;
        snprintf(id, 24, "step-%d", n++);
        for (const cJSON *step = steps->child; step; step = step->next) {
            taken = taken || strcmp(heed_json_find_string(step, "id", ""), id) == 0;
        }
    }
}

static bool add_state(cJSON *root, cJSON *session, char id[24], struct heed_error *err)
{
    cJSON *steps = cJSON_GetObjectItemCaseSensitive(root, "steps");
    cJSON *step = cJSON_CreateObject();
    if (!cJSON_IsArray(steps) || !step) {
        cJSON_Delete(step);
        cJSON_Delete(session);
        return heed_error_set(err, HEED_ERROR_FORMAT, "a lesson's \"steps\" must be a list");
    }
    name_step(steps, id);
    return (cJSON_AddStringToObject(step, "id", id) &&
            cJSON_AddItemToObject(step, "state", session) && cJSON_AddItemToArray(steps, step)) ||
           no_memory(err);
}

/* With a pair pinned the headline already computes its weight. */
static bool add_words(cJSON *root, const cJSON *session, const struct heed_state *state,
                      const char *id, struct heed_error *err)
{
    cJSON *words = cJSON_AddObjectToObject(cJSON_GetObjectItemCaseSensitive(root, "steps"), id);
    const char *query = heed_json_find_string(session, "query", NULL);
    const char *key = heed_json_find_string(session, "key", NULL);
    char headline[400] = "What there is to see";
    if (query && key && !strchr(query, ' ') && !strchr(key, ' ')) {
        snprintf(headline, sizeof headline,
                 "L%dH%d: \xE2\x80\x9C%.60s\xE2\x80\x9D gives \xE2\x80\x9C%.60s\xE2\x80\x9D "
                 "{weight %.60s->%.60s L%dH%d}",
                 state->matrix_head.layer, state->matrix_head.head, query, key, query, key,
                 state->matrix_head.layer, state->matrix_head.head);
    }
    return (words && cJSON_AddStringToObject(words, "headline", headline) &&
            cJSON_AddStringToObject(words, "text", "One or two sentences about it.")) ||
           no_memory(err);
}

/* "my/it.json": "it". */
static void fresh_lesson(const char *path, const char *model, char *text, size_t size)
{
    const char *slash = strrchr(path, '/');
    const char *name = slash ? slash + 1 : path;
    snprintf(text, size,
             "{\"version\": 1, \"id\": \"%.*s\", \"minutes\": 5, \"model\": \"%.100s\", "
             "\"licence\": \"CC0-1.0\", \"texts\": {}, \"steps\": []}",
             (int)strcspn(name, ".\"\\"), name, model ? model : "all-MiniLM-L6-v2");
}

static bool make_folder(const char *words_path, struct heed_error *err)
{
    char folder[4096];
    snprintf(folder, sizeof folder, "%s", words_path);
    *strrchr(folder, '/') = '\0';
    return heed_file_make_folder(folder, err);
}

bool heed_lesson_add_step(const char *path, const struct heed_state *state,
                          const struct heed_tokenizer *tokenizer, const char *model,
                          struct heed_error *err)
{
    static const char fresh_words[] =
        "{\"version\": 1, \"language\": \"en\", \"title\": \"A lesson\", "
        "\"aim\": \"What one knows after it.\", "
        "\"limits\": \"What it leaves out.\", \"steps\": {}}";
    char words_path[4096];
    char fresh[400];
    char id[24] = "";
    fresh_lesson(path, model, fresh, sizeof fresh);
    if (!heed_lesson_words_path(words_path, sizeof words_path, path, err)) {
        return false;
    }
    cJSON *lesson = open_file(path, fresh, err);
    cJSON *words = lesson ? open_file(words_path, fresh_words, err) : NULL;
    cJSON *session = words ? session_of(state, err) : NULL;
    bool ok =
        session != NULL && drop_defaults(session, err) && put_words(session, state, tokenizer, err);
    if (ok) {
        ok = add_state(lesson, session, id, err) && add_words(words, session, state, id, err) &&
             make_folder(words_path, err) && save(lesson, path, err) &&
             save(words, words_path, err);
    } else {
        cJSON_Delete(session);
    }
    cJSON_Delete(lesson);
    cJSON_Delete(words);
    return ok;
}
