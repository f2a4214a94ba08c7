/*
 * Lessons as files: states and claims in DIR/ID.json, words in DIR/LANGUAGE/ID.json
 * (docs/lessons.md). Pure but for reading files. Any thread, each lesson on one.
 */
#ifndef HEED_SESSION_LESSONS_H
#define HEED_SESSION_LESSONS_H

#include <stddef.h>

#include "base/buffer.h"
#include "base/error.h"
#include "lesson/lesson.h"

enum { HEED_LESSON_VERSION = 1, HEED_LESSON_MAX_BYTES = 4 << 20 };

/* The two texts, each with a NUL behind it, and their names for messages. */
struct heed_lesson_source {
    const char *json, *path;
    const char *words, *words_path;
};

/* *lesson must be zeroed. Errors name the file, the line and the key. */
HEED_NODISCARD bool heed_lesson_parse(struct heed_lesson *lesson,
                                      const struct heed_lesson_source *source,
                                      struct heed_error *err);
/* path is DIR/ID.json; its words are DIR/en/ID.json. */
HEED_NODISCARD bool heed_lesson_read(struct heed_lesson *lesson, const char *path,
                                     struct heed_error *err);
/* The words' path of a lesson's. */
HEED_NODISCARD bool heed_lesson_words_path(char *path, size_t size, const char *lesson,
                                           struct heed_error *err);
/* Whether a file looks like a lesson's and not like a session: it has "steps". */
bool heed_lesson_is(const char *json, size_t length);

/* Those that are part of the program. */
struct heed_lessons {
    struct heed_lesson *items; /* heap */
    int n;
};
HEED_NODISCARD bool heed_lessons_load(struct heed_lessons *lessons, struct heed_error *err);
/* Only that one; false and HEED_ERROR_INPUT: there is none, and which there are. */
HEED_NODISCARD bool heed_lessons_load_one(struct heed_lesson *lesson, const char *id,
                                          struct heed_error *err);
void heed_lessons_finish(struct heed_lessons *lessons);

#endif
