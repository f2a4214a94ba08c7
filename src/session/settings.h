/*
 * What a new state starts with: $XDG_CONFIG_HOME/heed/settings.json
 * (~/.config without it). Any thread.
 */
#ifndef HEED_SESSION_SETTINGS_H
#define HEED_SESSION_SETTINGS_H

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "draw/theme.h"
#include "state/export_choice.h"
#include "state/state.h"

enum { HEED_MOST_RECENT = 5, HEED_MOST_FILES = 8, HEED_MOST_SEEN = 32 };

/* How far one came in a lesson. */
struct heed_lesson_seen {
    char name[256]; /* its id; of one's own its file, an absolute path */
    int steps;
};

/* In the display's units, without what the desktop puts around it. */
struct heed_window_place {
    int x, y, width, height; /* width == 0: it is not known yet */
    bool maximised;          /* then the others say what it goes back to */
};

struct heed_settings {
    enum heed_theme_id theme;
    enum heed_palette_id palette;
    float ui_scale;
    bool reduced_motion;
    char model[PATH_MAX]; /* the folder that was chosen last; "": the usual one */
    /* What no state has: */
    char recent[HEED_MOST_RECENT][PATH_MAX]; /* folders of models, the newest first; then "" */
    char files[HEED_MOST_FILES][PATH_MAX];   /* opened or saved, likewise */
    bool hint_seen;                          /* the first start's hint */
    struct heed_export_choice exports[HEED_N_EXPORT_CHOICES];
    struct heed_lesson_seen lessons[HEED_MOST_SEEN]; /* then such with no name */
    struct heed_window_place window;                 /* as it was left */
    char export_folder[1024]; /* where the next picture goes, "~" allowed; "": none yet */
};

struct heed_settings heed_settings_default(void);
/* path comes first of n that end with "", which has it once. */
void heed_settings_put_first(char (*paths)[PATH_MAX], int n, const char *path);
/* Takes what a state has from it. */
void heed_settings_take(struct heed_settings *settings, const struct heed_state *state);
void heed_settings_apply(const struct heed_settings *settings, struct heed_state *state);

bool heed_settings_equal(const struct heed_settings *a, const struct heed_settings *b);
HEED_NODISCARD bool heed_settings_path(char *path, size_t size, struct heed_error *err);
/* Without a file: true, and the defaults. A broken one is refused with a
 * message and left as it is. */
HEED_NODISCARD bool heed_settings_load(struct heed_settings *settings, struct heed_error *err);
HEED_NODISCARD bool heed_settings_save(const struct heed_settings *settings,
                                       struct heed_error *err);

#endif
