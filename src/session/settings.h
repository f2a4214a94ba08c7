/*
 * What a new state starts with: $XDG_CONFIG_HOME/heed/settings.json
 * (~/.config without it). Any thread.
 */
#ifndef HEED_SESSION_SETTINGS_H
#define HEED_SESSION_SETTINGS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "draw/theme.h"
#include "state/state.h"

struct heed_settings {
    enum heed_theme_id theme;
    enum heed_palette_id palette;
    float ui_scale;
    bool reduced_motion;
    bool hint_seen; /* the first start's hint; no state has it */
};

struct heed_settings heed_settings_default(void);
struct heed_settings heed_settings_of(const struct heed_state *state);
void heed_settings_apply(const struct heed_settings *settings, struct heed_state *state);

HEED_NODISCARD bool heed_settings_path(char *path, size_t size, struct heed_error *err);
/* Without a file: true, and the defaults. A broken one is refused with a
 * message and left as it is. */
HEED_NODISCARD bool heed_settings_load(struct heed_settings *settings, struct heed_error *err);
HEED_NODISCARD bool heed_settings_save(const struct heed_settings *settings,
                                       struct heed_error *err);

#endif
