/* Any bytes as a lesson, with words that fit a sound one, and as its words: refused with
 * a reason, or read whole. */
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "session/lessons.h"

static const char sound[] = "{\"version\": 1, \"id\": \"x\", \"minutes\": 1, \"model\": \"m\","
                            " \"licence\": \"MIT\", \"steps\": [{\"id\": \"a\", \"state\":"
                            " {\"text\": \"a b\", \"query\": \"a\", \"cut\": [\"a->b\"]},"
                            " \"claims\": [{\"of\": \"tokens\", \"is\": 4, \"within\": 0}],"
                            " \"ask\": {\"bin\": \"tokens\", \"bounds\": [3], \"answer\": 2}}]}";
static const char words[] =
    "{\"version\": 1, \"language\": \"en\", \"title\": \"t\", \"aim\": \"a\","
    " \"limits\": \"l\", \"steps\": {\"a\": {\"headline\": \"h\","
    " \"text\": \"{tokens|0}\", \"question\": \"q\","
    " \"choices\": [\"1\", \"2\"]}}}";

static void try(const char *json, const char *said)
{
    const struct heed_lesson_source source = {json, "a.json", said, "en/a.json"};
    struct heed_lesson lesson = {0};
    struct heed_error err = {0};
    if (!heed_lesson_parse(&lesson, &source, &err)) {
        if (err.text[0] == '\0' || lesson.steps != NULL) {
            abort();
        }
        return;
    }
    for (int i = 0; i < lesson.n_steps; i++) {
        if (lesson.steps[i].headline == NULL || lesson.steps[i].state.text == NULL) {
            abort();
        }
    }
    heed_lesson_finish(&lesson);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = malloc(size + 1);
    if (text == NULL) {
        return 0;
    }
    memcpy(text, data, size);
    text[size] = '\0';
    try(text, words);
    try(sound, text);
    free(text);
    return 0;
}
