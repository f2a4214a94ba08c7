#include "session/settings.h"

#include <limits.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/file.h"
#include "session/document.h"
#include "session/paths.h"
#include "session/words.h"

enum { VERSION = 1, MOST_BYTES = 1 << 20 };

#define SETTING(kind, member) HEED_FIELD(kind, heed_settings, member)

static const struct heed_field fields[] = {
    {SETTING(WORD, theme), HEED_WORDS(heed_theme_words)},
    {SETTING(WORD, palette), HEED_WORDS(heed_palette_words)},
    {SETTING(FLOAT, ui_scale), 0.75, 3},
    {SETTING(BOOL, reduced_motion)},
    {SETTING(BOOL, hint_seen)},
};

struct heed_settings heed_settings_default(void)
{
    return (struct heed_settings){.ui_scale = 1};
}

struct heed_settings heed_settings_of(const struct heed_state *state)
{
    return (struct heed_settings){.theme = state->theme,
                                  .palette = state->palette,
                                  .ui_scale = state->ui_scale,
                                  .reduced_motion = state->reduced_motion};
}

void heed_settings_apply(const struct heed_settings *settings, struct heed_state *state)
{
    state->theme = settings->theme;
    state->palette = settings->palette;
    state->ui_scale = settings->ui_scale;
    state->reduced_motion = settings->reduced_motion;
}

bool heed_settings_path(char *path, size_t size, struct heed_error *err)
{
    return heed_path_find(path, size, "XDG_CONFIG_HOME", ".config", "settings.json", err);
}

static bool parse(struct heed_settings *settings, const char *text, size_t length, const char *name,
                  struct heed_error *err)
{
    struct heed_document json;
    if (!heed_document_open(&json, text, length, name, err)) {
        return false;
    }
    struct heed_settings read = heed_settings_default();
    heed_document_check_version(&json, VERSION);
    heed_document_read(&json, json.root, "", fields, HEED_COUNT(fields), &read);
    if (!json.failed) {
        *settings = read;
    }
    heed_document_close(&json);
    return !json.failed;
}

bool heed_settings_load(struct heed_settings *settings, struct heed_error *err)
{
    char path[PATH_MAX];
    if (!heed_settings_path(path, sizeof path, err)) {
        return false;
    }
    if (access(path, F_OK) != 0) {
        *settings = heed_settings_default();
        return true;
    }
    char *text = NULL;
    size_t size = 0;
    if (!heed_file_read_regular(path, MOST_BYTES, &text, &size, err)) {
        return false;
    }
    const bool ok = parse(settings, text, size, path, err);
    free(text);
    return ok;
}

bool heed_settings_save(const struct heed_settings *settings, struct heed_error *err)
{
    char path[PATH_MAX];
    struct heed_buffer out = {0};
    heed_buffer_printf(&out, "{\n  \"version\": %d,\n", VERSION);
    heed_document_put(&out, "  ", fields, HEED_COUNT(fields), settings);
    heed_buffer_puts(&out, "\n}\n");
    bool ok = heed_settings_path(path, sizeof path, err) && heed_path_make_parent(path, err);
    if (ok && out.failed) {
        ok = heed_error_set(err, HEED_ERROR_MEMORY, "no memory left to write the settings");
    }
    ok = ok && heed_file_write(path, out.data, out.size, err);
    heed_buffer_finish(&out);
    return ok;
}
