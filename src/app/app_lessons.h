/* Lessons of one's own, and how far one came, from one start to the next. Main thread. */
#ifndef HEED_APP_APP_LESSONS_H
#define HEED_APP_APP_LESSONS_H

#include "base/error.h"

struct heed_app;
struct heed_settings;

/* Lists the file's lesson behind the others, or anew where it was; *index: which it is. */
HEED_NODISCARD bool heed_app_add_lesson(struct heed_app *app, const char *path, int *index,
                                        struct heed_error *err);
/* Those of the settings, as far as they can be read still. */
void heed_app_recall_lessons(struct heed_app *app);
void heed_app_take_lessons(const struct heed_app *app, struct heed_settings *settings);

#endif
