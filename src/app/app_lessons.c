#include "app/app_lessons.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/app_private.h"
#include "base/platform.h"
#include "session/lessons.h"
#include "ui/actions/lesson.h"
#include "ui/window/lesson.h"

/* What names it between two starts. */
static const char *name_of(const struct heed_lesson *lesson)
{
    return heed_platform_is_absolute(lesson->path) ? lesson->path : lesson->id;
}

static bool make_room(struct heed_lessons *all, struct heed_error *err)
{
    struct heed_lesson *items = all->n < HEED_UI_MOST_LESSONS
                                    ? realloc(all->items, ((size_t)all->n + 1) * sizeof(*items))
                                    : NULL;
    if (!items) {
        return heed_error_set(err, HEED_ERROR_MEMORY, "there is no room for one more lesson");
    }
    all->items = items;
    return true;
}

static int find(const struct heed_lessons *all, const char *name)
{
    int i = 0;
    while (i < all->n && strcmp(name_of(&all->items[i]), name) != 0) {
        i++;
    }
    return i;
}

bool heed_app_add_lesson(struct heed_app *app, const char *path, int *index, struct heed_error *err)
{
    struct heed_lesson lesson = {0};
    struct heed_lessons *all = &app->lessons;
    char whole[PATH_MAX];
    const bool is_there = realpath(path, whole) != NULL; /* else the reading says it */
    if (!heed_lesson_read(&lesson, is_there ? whole : path, err)) {
        return false;
    }
    *index = find(all, name_of(&lesson));
    if (*index == all->n && !make_room(all, err)) {
        heed_lesson_finish(&lesson);
        return false;
    }
    if (*index < all->n) { /* an older reading */
        heed_ui_lesson_forget(app->ui);
        heed_lesson_finish(&all->items[*index]);
        heed_ui_set_reached(app->ui, *index, 0);
    }
    all->items[*index] = lesson;
    all->n += *index == all->n;
    heed_ui_set_lessons(app->ui, all->items, all->n);
    return true;
}

void heed_app_recall_lessons(struct heed_app *app)
{
    for (int i = 0; i < HEED_MOST_SEEN && app->settings.lessons[i].name[0] != '\0'; i++) {
        const struct heed_lesson_seen *seen = &app->settings.lessons[i];
        int index = 0;
        if (!heed_platform_is_absolute(seen->name)) {
            index = find(&app->lessons, seen->name);
        } else if (!heed_app_add_lesson(app, seen->name, &index, NULL)) {
            continue;
        }
        heed_ui_set_reached(app->ui, index, seen->steps);
    }
}

void heed_app_take_lessons(const struct heed_app *app, struct heed_settings *settings)
{
    int n = 0;
    memset(settings->lessons, 0, sizeof settings->lessons);
    for (int i = 0; i < app->lessons.n && n < HEED_MOST_SEEN; i++) {
        struct heed_lesson_seen *seen = &settings->lessons[n];
        const char *name = name_of(&app->lessons.items[i]);
        const int reached = heed_ui_get_reached(app->ui, i);
        if ((reached > 0 || heed_platform_is_absolute(name)) && strlen(name) < sizeof seen->name) {
            snprintf(seen->name, sizeof seen->name, "%s", name);
            seen->steps = reached;
            n++;
        }
    }
}
