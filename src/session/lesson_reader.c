#include "session/lesson_reader.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "session/lesson_lines.h"

void heed_lesson_join(char to[HEED_LESSON_PATH], const char *path, const char *key)
{
    const int n = snprintf(to, HEED_LESSON_PATH, "%s%s%s", path, path[0] ? "/" : "", key);
    if (n < 0 || n >= HEED_LESSON_PATH) {
        to[HEED_LESSON_PATH - 1] = '\0';
    }
}

void heed_lesson_join_item(char to[HEED_LESSON_PATH], const char *path, const char *key, int item)
{
    char last[40];
    const int n = snprintf(last, sizeof last, "%.24s/%d", key, item);
    heed_lesson_join(to, path, n > 0 ? last : key);
}

int heed_lesson_line(const struct heed_lesson_reader *reader, const char *path)
{
    return heed_json_line(reader->text, path);
}

void heed_lesson_refuse(struct heed_lesson_reader *reader, const char *path, const char *format,
                        ...)
{
    char problem[300];
    va_list arguments;
    if (reader->failed) {
        return;
    }
    va_start(arguments, format);
    vsnprintf(problem, sizeof problem, format, arguments);
    va_end(arguments);
    reader->failed = true;
    heed_error_set(reader->err, HEED_ERROR_FORMAT, "'%s', line %d: \"%s\" %s", reader->name,
                   heed_lesson_line(reader, path), path, problem);
}

void heed_lesson_no_memory(struct heed_lesson_reader *reader)
{
    if (!reader->failed) {
        reader->failed = true;
        heed_error_set(reader->err, HEED_ERROR_MEMORY, "no memory left for the lesson");
    }
}

void *heed_lesson_room(struct heed_lesson_reader *reader, size_t count, size_t size)
{
    void *room = reader->failed
                     ? NULL
                     : heed_arena_zeroed(&reader->lesson->arena, count > 0 ? count : 1, size);
    if (!room) {
        heed_lesson_no_memory(reader);
    }
    return room;
}

void heed_lesson_check_keys(struct heed_lesson_reader *reader, const cJSON *object,
                            const char *path, const char *const *known)
{
    for (const cJSON *item = object ? object->child : NULL; item; item = item->next) {
        int i = 0;
        while (known[i] && strcmp(known[i], item->string) != 0) {
            i++;
        }
        if (!known[i]) {
            char at[HEED_LESSON_PATH];
            heed_lesson_join(at, path, item->string);
            heed_lesson_refuse(reader, at, "isn't a key that a lesson has here");
            return;
        }
    }
}

const char *heed_lesson_string(struct heed_lesson_reader *reader, const cJSON *object,
                               const char *path, const char *key, bool needed)
{
    const cJSON *item = heed_json_find(object, key);
    char at[HEED_LESSON_PATH];
    heed_lesson_join(at, path, key);
    if (reader->failed || (!item && !needed)) {
        return NULL;
    }
    if (!item) {
        heed_lesson_refuse(reader, at, "is missing");
        return NULL;
    }
    if (!cJSON_IsString(item) || item->valuestring[0] == '\0') {
        heed_lesson_refuse(reader, at, "must be a string with something in it");
        return NULL;
    }
    char *copy = heed_lesson_room(reader, strlen(item->valuestring) + 1, 1);
    if (copy) {
        memcpy(copy, item->valuestring, strlen(item->valuestring) + 1);
    }
    return copy;
}

/* --- words --- */

static void read_facts(struct heed_lesson_reader *reader, const cJSON *words, const char *path,
                       struct heed_lesson_step *to)
{
    const cJSON *list = heed_json_find(words, "facts");
    char at[HEED_LESSON_PATH];
    if (!list || reader->failed) {
        return;
    }
    heed_lesson_join(at, path, "facts");
    const int n = cJSON_IsArray(list) ? cJSON_GetArraySize(list) : -1;
    const char **facts = heed_lesson_room(reader, n > 0 ? (size_t)n : 1, sizeof *facts);
    if (n < 0 || !facts) {
        heed_lesson_refuse(reader, at, "must be a list of numbers as they are written: [\"12\"]");
        return;
    }
    for (const cJSON *item = list->child; item; item = item->next) {
        if (!cJSON_IsString(item)) {
            heed_lesson_refuse(reader, at,
                               "must be a list of numbers as they are written: "
                               "[\"12\"]");
            return;
        }
        char *copy = heed_lesson_room(reader, strlen(item->valuestring) + 1, 1);
        if (!copy) {
            return;
        }
        memcpy(copy, item->valuestring, strlen(item->valuestring) + 1);
        facts[to->n_facts++] = copy;
    }
    to->facts = facts;
}

static size_t longest_word(const char *text)
{
    size_t most = 0;
    for (const char *word = text; *word != '\0';) {
        const size_t length = strcspn(word, " ");
        const size_t letters = heed_utf8_count(word, length);
        most = letters > most ? letters : most;
        word += length + strspn(word + length, " ");
    }
    return most;
}

static void read_choices(struct heed_lesson_reader *reader, const cJSON *words, const char *path,
                         struct heed_lesson_ask *ask)
{
    const cJSON *list = heed_json_find(words, "choices");
    char at[HEED_LESSON_PATH];
    heed_lesson_join(at, path, "choices");
    const int n = cJSON_IsArray(list) ? cJSON_GetArraySize(list) : 0;
    if (n < 2 || n > HEED_LESSON_CHOICES) {
        heed_lesson_refuse(reader, at, "must be a list of 2 to %d", HEED_LESSON_CHOICES);
        return;
    }
    ask->n = n;
    for (int i = 0; i < n && !reader->failed; i++) {
        const cJSON *item = cJSON_GetArrayItem(list, i);
        char *copy = cJSON_IsString(item) && item->valuestring[0] != '\0'
                         ? heed_lesson_room(reader, strlen(item->valuestring) + 1, 1)
                         : NULL;
        if (!copy) {
            heed_lesson_refuse(reader, at, "must hold strings with something in them");
            return;
        }
        memcpy(copy, item->valuestring, strlen(item->valuestring) + 1);
        if (heed_utf8_count(copy, strlen(copy)) > HEED_LESSON_CHOICE) {
            heed_lesson_refuse(reader, at, "%d has more than %d characters: say it shorter", i + 1,
                               HEED_LESSON_CHOICE);
            return;
        }
        if (longest_word(copy) > HEED_LESSON_CHOICE_WORD) {
            heed_lesson_refuse(reader, at,
                               "%d has a word of more than %d letters: no card holds it", i + 1,
                               HEED_LESSON_CHOICE_WORD);
            return;
        }
        ask->choices[i] = copy;
    }
    const int wanted = ask->n_of;
    if (!ask->by_bounds && n != wanted) {
        heed_lesson_refuse(reader, at, "has %d choices, and \"ask\" weighs %d", n, wanted);
    } else if (ask->answer > n) {
        heed_lesson_refuse(reader, at, "has %d choices, and the answer is the %d.", n, ask->answer);
    }
}

static void read_step_words(struct heed_lesson_reader *reader, const cJSON *all,
                            struct heed_lesson_step *to)
{
    static const char *const known[] = {"headline", "text",  "question", "choices",
                                        "note",     "facts", NULL};
    const cJSON *words = heed_json_find(all, to->id);
    char path[HEED_LESSON_PATH];
    heed_lesson_join(path, "steps", to->id);
    if (!cJSON_IsObject(words)) {
        heed_lesson_refuse(reader, path, "is missing: the lesson has a step of that id");
        return;
    }
    to->words_line = heed_lesson_line(reader, path);
    heed_lesson_check_keys(reader, words, path, known);
    to->headline = heed_lesson_string(reader, words, path, "headline", true);
    to->text = heed_lesson_string(reader, words, path, "text", true);
    to->note = heed_lesson_string(reader, words, path, "note", false);
    read_facts(reader, words, path, to);
    to->ask.question = heed_lesson_string(reader, words, path, "question", to->ask.answer > 0);
    if (to->ask.answer > 0) {
        read_choices(reader, words, path, &to->ask);
    } else if (to->ask.question) {
        heed_lesson_refuse(reader, path, "has a question, but the lesson's step has no \"ask\"");
    }
}

/* A step that the lesson hasn't is a misspelt one. */
static void check_steps(struct heed_lesson_reader *reader, const cJSON *all)
{
    for (const cJSON *item = all ? all->child : NULL; item && !reader->failed; item = item->next) {
        bool found = false;
        for (int i = 0; i < reader->lesson->n_steps; i++) {
            found = found || strcmp(reader->lesson->steps[i].id, item->string) == 0;
        }
        if (!found) {
            char path[HEED_LESSON_PATH];
            heed_lesson_join(path, "steps", item->string);
            heed_lesson_refuse(reader, path, "is no step of the lesson");
        }
    }
}

void heed_lesson_read_words(struct heed_lesson_reader *reader, const cJSON *root)
{
    static const char *const known[] = {"version", "language", "title", "aim",
                                        "limits",  "steps",    NULL};
    struct heed_lesson *lesson = reader->lesson;
    const cJSON *steps = heed_json_find(root, "steps");
    heed_lesson_check_keys(reader, root, "", known);
    lesson->language = heed_lesson_string(reader, root, "", "language", true);
    lesson->title = heed_lesson_string(reader, root, "", "title", true);
    lesson->aim = heed_lesson_string(reader, root, "", "aim", true);
    lesson->limits = heed_lesson_string(reader, root, "", "limits", true);
    if (!cJSON_IsObject(steps)) {
        heed_lesson_refuse(reader, "steps", "must be an object: words by the steps' ids");
        return;
    }
    check_steps(reader, steps);
    for (int i = 0; i < lesson->n_steps && !reader->failed; i++) {
        read_step_words(reader, steps, &lesson->steps[i]);
    }
}
