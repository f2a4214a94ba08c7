/* Checked reading of a lesson's two files. Inside session/ only. */
#ifndef HEED_SESSION_LESSON_READER_H
#define HEED_SESSION_LESSON_READER_H

#include "core/model/json.h"
#include "lesson/lesson.h"
#include "session/lessons.h"

enum { HEED_LESSON_PATH = 160 };

/* "steps/3" and "claims": "steps/3/claims"; cut if it is too long. */
void heed_lesson_join(char to[HEED_LESSON_PATH], const char *path, const char *key);
void heed_lesson_join_item(char to[HEED_LESSON_PATH], const char *path, const char *key, int item);

/* A file under way. The first error ends it: calls that follow do nothing. */
struct heed_lesson_reader {
    struct heed_lesson *lesson;
    const char *text, *name;
    struct heed_error *err;
    bool failed;
};

/* Says what is wrong at a path like "steps/3/claims" and sets failed. */
void heed_lesson_refuse(struct heed_lesson_reader *reader, const char *path, const char *format,
                        ...) HEED_PRINTF(3, 4);
int heed_lesson_line(const struct heed_lesson_reader *reader, const char *path);
/* Refuses a member whose key isn't among `known`, which ends in NULL. */
void heed_lesson_check_keys(struct heed_lesson_reader *reader, const cJSON *object,
                            const char *path, const char *const *known);
/* A string of the object, copied; NULL if it isn't there and needn't be. */
const char *heed_lesson_string(struct heed_lesson_reader *reader, const cJSON *object,
                               const char *path, const char *key, bool needed);
/* Fails for want of memory, unless it has failed. */
void heed_lesson_no_memory(struct heed_lesson_reader *reader);
void *heed_lesson_room(struct heed_lesson_reader *reader, size_t count, size_t size);

/* A step's state: the patch merged into `whole`, which is kept for the next; its words
 * and its session go into the step. */
void heed_lesson_read_state(struct heed_lesson_reader *reader, const cJSON *step, const char *path,
                            const cJSON *texts, cJSON **whole, struct heed_lesson_step *to);
/* What it points at. */
void heed_lesson_read_points(struct heed_lesson_reader *reader, const cJSON *step, const char *path,
                             struct heed_lesson_step *to);
/* What it claims and asks. */
void heed_lesson_read_claims(struct heed_lesson_reader *reader, const cJSON *step, const char *path,
                             struct heed_lesson_step *to);
void heed_lesson_read_ask(struct heed_lesson_reader *reader, const cJSON *step, const char *path,
                          struct heed_lesson_step *to);
/* All that is said. */
void heed_lesson_read_words(struct heed_lesson_reader *reader, const cJSON *root);

#endif
