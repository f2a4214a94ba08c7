#include "session/lessons.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "session/document.h"
#include "session/lesson_reader.h"

#include "lessons_json.h"

static void read_step(struct heed_lesson_reader *reader, const cJSON *item, int index,
                      const cJSON *texts, cJSON **whole)
{
    static const char *const known[] = {"id", "state", "patch", "point", "claims", "ask", NULL};
    struct heed_lesson *lesson = reader->lesson;
    struct heed_lesson_step *to = &lesson->steps[index];
    char path[HEED_LESSON_PATH];
    heed_lesson_join_item(path, "", "steps", index);
    heed_lesson_check_keys(reader, item, path, known);
    to->line = heed_lesson_line(reader, path);
    to->id = heed_lesson_string(reader, item, path, "id", true);
    for (int i = 0; i < index && to->id; i++) {
        if (strcmp(lesson->steps[i].id, to->id) == 0) {
            heed_lesson_refuse(reader, path, "has an \"id\" that another step has: %.40s", to->id);
        }
    }
    heed_lesson_read_state(reader, item, path, texts, whole, to);
    heed_lesson_read_points(reader, item, path, to);
    heed_lesson_read_claims(reader, item, path, to);
    heed_lesson_read_ask(reader, item, path, to);
}

static void read_steps(struct heed_lesson_reader *reader, const cJSON *root)
{
    const cJSON *list = heed_json_find(root, "steps");
    const int n = cJSON_IsArray(list) ? cJSON_GetArraySize(list) : 0;
    cJSON *whole = NULL;
    if (n < 1 || n > HEED_LESSON_MOST_STEPS) {
        heed_lesson_refuse(reader, "steps", "must be a list of 1 to %d", HEED_LESSON_MOST_STEPS);
        return;
    }
    reader->lesson->steps = heed_lesson_room(reader, (size_t)n, sizeof *reader->lesson->steps);
    int index = 0;
    for (const cJSON *item = list->child; item && !reader->failed; item = item->next) {
        reader->lesson->n_steps++;
        read_step(reader, item, index++, heed_json_find(root, "texts"), &whole);
    }
    cJSON_Delete(whole);
}

static void read_head(struct heed_lesson_reader *reader, const cJSON *root)
{
    static const char *const known[] = {"version", "id",      "minutes", "model",
                                        "texts",   "licence", "steps",   NULL};
    struct heed_lesson *lesson = reader->lesson;
    const cJSON *minutes = heed_json_find(root, "minutes");
    heed_lesson_check_keys(reader, root, "", known);
    lesson->id = heed_lesson_string(reader, root, "", "id", true);
    lesson->model = heed_lesson_string(reader, root, "", "model", true);
    lesson->licence = heed_lesson_string(reader, root, "", "licence", true);
    if (!cJSON_IsNumber(minutes) || minutes->valuedouble < 1 || minutes->valuedouble > 240) {
        heed_lesson_refuse(reader, "minutes", "must be a number from 1 to 240");
        return;
    }
    lesson->minutes = (int)minutes->valuedouble;
}

static bool open_part(struct heed_document *document, struct heed_lesson_reader *reader,
                      const char *text, const char *name)
{
    reader->text = text;
    reader->name = name;
    if (!heed_document_open(document, text, strlen(text), name, reader->err)) {
        return false;
    }
    heed_document_check_version(document, HEED_LESSON_VERSION);
    return !document->failed;
}

bool heed_lesson_parse(struct heed_lesson *lesson, const struct heed_lesson_source *source,
                       struct heed_error *err)
{
    struct heed_lesson_reader reader = {.lesson = lesson, .err = err};
    struct heed_document json = {0};
    struct heed_document words = {0};
    bool ok = open_part(&json, &reader, source->json, source->path);
    if (ok) {
        read_head(&reader, json.root);
        read_steps(&reader, json.root);
        ok = !reader.failed && open_part(&words, &reader, source->words, source->words_path);
    }
    if (ok) {
        heed_lesson_read_words(&reader, words.root);
        char *path = heed_lesson_room(&reader, strlen(source->path) + 1, 1);
        char *words_path = heed_lesson_room(&reader, strlen(source->words_path) + 1, 1);
        ok = !reader.failed;
        if (ok) {
            memcpy(path, source->path, strlen(source->path) + 1);
            memcpy(words_path, source->words_path, strlen(source->words_path) + 1);
            lesson->path = path;
            lesson->words_path = words_path;
        }
    }
    heed_document_close(&json);
    heed_document_close(&words);
    if (!ok) {
        heed_lesson_finish(lesson);
    }
    return ok;
}

bool heed_lesson_is(const char *json, size_t length)
{
    struct heed_document document = {0};
    const bool ok = heed_document_open(&document, json, length, "", NULL) &&
                    heed_json_find(document.root, "steps") != NULL;
    heed_document_close(&document);
    return ok;
}

bool heed_lesson_words_path(char *path, size_t size, const char *lesson, struct heed_error *err)
{
    const char *slash = strrchr(lesson, '/');
    const int folder = slash ? (int)(slash + 1 - lesson) : 0;
    const int n = snprintf(path, size, "%.*sen/%s", folder, lesson, lesson + folder);
    return (n > 0 && (size_t)n < size) ||
           heed_error_set(err, HEED_ERROR_INPUT, "the path of '%.60s' is too long", lesson);
}

bool heed_lesson_read(struct heed_lesson *lesson, const char *path, struct heed_error *err)
{
    char words_path[4096];
    char *json = NULL;
    char *words = NULL;
    size_t size = 0;
    bool ok = heed_lesson_words_path(words_path, sizeof words_path, path, err) &&
              heed_file_read(path, HEED_LESSON_MAX_BYTES, &json, &size, err) &&
              heed_file_read(words_path, HEED_LESSON_MAX_BYTES, &words, &size, err);
    if (ok) {
        const struct heed_lesson_source source = {json, path, words, words_path};
        ok = heed_lesson_parse(lesson, &source, err);
    }
    free(json);
    free(words);
    return ok;
}

static const struct {
    const char *id;
    struct heed_lesson_source source;
} shipped[] = {
#define SHIPPED(id)                                                                                \
    {                                                                                              \
#id,                                                                                       \
        {                                                                                          \
            heed_asset_##id##_json, #id ".json", heed_asset_en_##id##_json, "en/" #id ".json"      \
        }                                                                                          \
    }
    SHIPPED(context), SHIPPED(query), SHIPPED(softmax), SHIPPED(heads), SHIPPED(it), SHIPPED(order),
};

bool heed_lessons_load(struct heed_lessons *lessons, struct heed_error *err)
{
    const size_t n = sizeof shipped / sizeof shipped[0];
    *lessons = (struct heed_lessons){.items = calloc(n, sizeof(struct heed_lesson))};
    if (!lessons->items) {
        return heed_error_set(err, HEED_ERROR_MEMORY, "no memory left for the lessons");
    }
    for (size_t i = 0; i < n; i++) {
        if (!heed_lesson_parse(&lessons->items[i], &shipped[i].source, err)) {
            heed_lessons_finish(lessons);
            return false;
        }
        lessons->n++;
    }
    return true;
}

bool heed_lessons_load_one(struct heed_lesson *lesson, const char *id, struct heed_error *err)
{
    char ids[200] = "";
    for (size_t i = 0; i < sizeof shipped / sizeof shipped[0]; i++) {
        if (strcmp(shipped[i].id, id) == 0) {
            return heed_lesson_parse(lesson, &shipped[i].source, err);
        }
        snprintf(ids + strlen(ids), sizeof ids - strlen(ids), "%s%s", i > 0 ? ", " : "",
                 shipped[i].id);
    }
    return heed_error_set(err, HEED_ERROR_INPUT, "there is no lesson '%.60s': there are %s", id,
                          ids);
}

void heed_lessons_finish(struct heed_lessons *lessons)
{
    for (int i = 0; i < lessons->n; i++) {
        heed_lesson_finish(&lessons->items[i]);
    }
    free(lessons->items);
    *lessons = (struct heed_lessons){0};
}
