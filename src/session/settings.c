#include "session/settings.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
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

#define PLACE(kind, member) HEED_FIELD(kind, heed_window_place, member)

static const struct heed_field place_fields[] = {
    {PLACE(INT, x), -100000, 100000}, {PLACE(INT, y), -100000, 100000},
    {PLACE(INT, width), 0, 100000},   {PLACE(INT, height), 0, 100000},
    {PLACE(BOOL, maximised)},
};

#define EXPORT(kind, member) HEED_FIELD(kind, heed_export_choice, member)

static const struct heed_field export_fields[] = {
    {EXPORT(WORD, format), HEED_WORDS(heed_export_format_words)},
    {EXPORT(WORD, width), HEED_WORDS(heed_export_width_words)},
    {EXPORT(FLOAT, other_mm), 20, 2000},
    {EXPORT(FLOAT, pt), 6, 24},
    {EXPORT(WORD, theme), HEED_WORDS(heed_theme_words)},
    {EXPORT(BOOL, figure)},
    {EXPORT(BOOL, transparent)},
    {EXPORT(INT, dpi), 10, 4800},
};

struct heed_settings heed_settings_default(void)
{
    struct heed_settings settings = {.ui_scale = 1};
    for (int i = 0; i < HEED_N_EXPORT_CHOICES; i++) {
        settings.exports[i] = heed_export_choice_default();
    }
    return settings;
}

void heed_settings_take(struct heed_settings *settings, const struct heed_state *state)
{
    settings->theme = state->theme;
    settings->palette = state->palette;
    settings->ui_scale = state->ui_scale;
    settings->reduced_motion = state->reduced_motion;
    snprintf(settings->model, sizeof settings->model, "%s", state->model ? state->model : "");
}

static bool equal_places(const struct heed_window_place *a, const struct heed_window_place *b)
{
    return a->x == b->x && a->y == b->y && a->width == b->width && a->height == b->height &&
           a->maximised == b->maximised;
}

bool heed_settings_equal(const struct heed_settings *a, const struct heed_settings *b)
{
    bool equal =
        a->theme == b->theme && a->palette == b->palette && a->ui_scale == b->ui_scale &&
        a->reduced_motion == b->reduced_motion && a->hint_seen == b->hint_seen &&
        strcmp(a->export_folder, b->export_folder) == 0 && strcmp(a->model, b->model) == 0 &&
        memcmp(a->recent, b->recent, sizeof a->recent) == 0 &&
        memcmp(a->files, b->files, sizeof a->files) == 0 && equal_places(&a->window, &b->window);
    for (int i = 0; i < HEED_MOST_SEEN; i++) {
        equal = equal && a->lessons[i].steps == b->lessons[i].steps &&
                strcmp(a->lessons[i].name, b->lessons[i].name) == 0;
    }
    for (int i = 0; i < HEED_N_EXPORT_CHOICES; i++) {
        equal = equal && heed_export_choice_equal(&a->exports[i], &b->exports[i]);
    }
    return equal;
}

void heed_settings_apply(const struct heed_settings *settings, struct heed_state *state)
{
    state->theme = settings->theme;
    state->palette = settings->palette;
    state->ui_scale = settings->ui_scale;
    state->reduced_motion = settings->reduced_motion;
    if (settings->model[0] != '\0' && !heed_state_set_model(state, settings->model, NULL)) {
        return; /* the usual one then */
    }
}

/* ---- folders of models, files ---- */

static void read_path(struct heed_document *json, const cJSON *item, const char *key,
                      char path[PATH_MAX])
{
    if (!cJSON_IsString(item) || strlen(item->valuestring) >= PATH_MAX) {
        heed_document_refuse(json, key, "must be a path");
    } else {
        snprintf(path, PATH_MAX, "%s", item->valuestring);
    }
}

static void read_paths(struct heed_document *json, const char *key, char (*paths)[PATH_MAX],
                       int most)
{
    const cJSON *list = heed_document_find(json, key, cJSON_Array, "must be a list of paths");
    int n = 0;
    for (const cJSON *item = list ? list->child : NULL; item && n < most; item = item->next) {
        read_path(json, item, key, paths[n++]);
    }
}

static void put_paths(struct heed_buffer *out, const char (*paths)[PATH_MAX], int most)
{
    for (int i = 0; i < most && paths[i][0] != '\0'; i++) {
        heed_buffer_puts(out, i > 0 ? ", " : "");
        heed_buffer_put_json(out, paths[i], strlen(paths[i]));
    }
    heed_buffer_puts(out, "]");
}

void heed_settings_put_first(char (*paths)[PATH_MAX], int n, const char *path)
{
    char first[PATH_MAX];
    int at = 0;
    while (at + 1 < n && strcmp(paths[at], path) != 0) {
        at++;
    }
    snprintf(first, sizeof first, "%s", path); /* it may be one of them */
    memmove(paths[1], paths[0], (size_t)at * sizeof paths[0]);
    snprintf(paths[0], sizeof paths[0], "%s", first);
}

static void read_models(struct heed_document *json, struct heed_settings *settings)
{
    const cJSON *model = heed_document_find(json, "model", cJSON_String, "must be a folder's path");
    if (model) {
        read_path(json, model, "model", settings->model);
    }
    read_paths(json, "recent_models", settings->recent, HEED_MOST_RECENT);
    read_paths(json, "recent_files", settings->files, HEED_MOST_FILES);
}

static void put_models(struct heed_buffer *out, const struct heed_settings *settings)
{
    heed_buffer_puts(out, "  \"model\": ");
    if (settings->model[0] != '\0') {
        heed_buffer_put_json(out, settings->model, strlen(settings->model));
    } else {
        heed_buffer_puts(out, "null");
    }
    heed_buffer_puts(out, ",\n  \"recent_models\": [");
    put_paths(out, settings->recent, HEED_MOST_RECENT);
    heed_buffer_puts(out, ",\n  \"recent_files\": [");
    put_paths(out, settings->files, HEED_MOST_FILES);
    heed_buffer_puts(out, ",\n");
}

bool heed_settings_path(char *path, size_t size, struct heed_error *err)
{
    return heed_path_find(path, size, "XDG_CONFIG_HOME", ".config", "settings.json", err);
}

/* *to keeps what it has if there is none. */
static void read_string(struct heed_document *json, const cJSON *object, const char *key, char *to,
                        size_t size)
{
    const cJSON *item = heed_json_find(object, key);
    if (item && !json->failed && (!cJSON_IsString(item) || strlen(item->valuestring) >= size)) {
        heed_document_refuse(json, key, "must be a string, and a shorter one");
    } else if (item && !json->failed) {
        snprintf(to, size, "%s", item->valuestring);
    }
}

/* {"links": {...}, ...}, of the views and panels that were exported. */
static void read_exports(struct heed_document *json, struct heed_settings *settings)
{
    const cJSON *all = heed_document_find(json, "exports", cJSON_Object, "must be an object");
    for (int i = 0; all && i < HEED_N_EXPORT_CHOICES; i++) {
        const cJSON *one = heed_json_find(all, heed_export_choice_word(i));
        if (one && cJSON_IsObject(one)) {
            heed_document_read(json, one, "exports.", export_fields, HEED_COUNT(export_fields),
                               &settings->exports[i]);
            read_string(json, one, "font", settings->exports[i].font,
                        sizeof settings->exports[i].font);
        }
    }
    read_string(json, json->root, "export_folder", settings->export_folder,
                sizeof settings->export_folder);
}

static void put_exports(struct heed_buffer *out, const struct heed_settings *settings)
{
    const struct heed_export_choice usual = heed_export_choice_default();
    const char *comma = "";
    heed_buffer_puts(out, ",\n  \"export_folder\": ");
    heed_buffer_put_json(out, settings->export_folder, strlen(settings->export_folder));
    heed_buffer_puts(out, ",\n  \"exports\": {");
    for (int i = 0; i < HEED_N_EXPORT_CHOICES; i++) {
        const struct heed_export_choice *choice = &settings->exports[i];
        if (!heed_export_choice_equal(choice, &usual)) {
            heed_buffer_printf(out, "%s\n    \"%s\": {\n", comma, heed_export_choice_word(i));
            heed_document_put(out, "      ", export_fields, HEED_COUNT(export_fields), choice);
            heed_buffer_puts(out, ",\n      \"font\": ");
            heed_buffer_put_json(out, choice->font, strlen(choice->font));
            heed_buffer_puts(out, "\n    }");
            comma = ",";
        }
    }
    heed_buffer_puts(out, *comma ? "\n  }" : "}");
}

/* ---- lessons: {"it": 10, "FOLDER/mine.json": 2} ---- */

static void read_lessons(struct heed_document *json, struct heed_settings *settings)
{
    const cJSON *all = heed_document_find(json, "lessons", cJSON_Object, "must be an object");
    int n = 0;
    for (const cJSON *item = all ? all->child : NULL; item && n < HEED_MOST_SEEN;
         item = item->next) {
        struct heed_lesson_seen *seen = &settings->lessons[n];
        if (!cJSON_IsNumber(item) || item->valuedouble < 0 || item->valuedouble > 1000 ||
            strlen(item->string) == 0 || strlen(item->string) >= sizeof seen->name) {
            heed_document_refuse(json, "lessons", "must have a number of steps for each lesson");
            return;
        }
        snprintf(seen->name, sizeof seen->name, "%s", item->string);
        seen->steps = (int)item->valuedouble;
        n++;
    }
}

static void put_lessons(struct heed_buffer *out, const struct heed_settings *settings)
{
    heed_buffer_puts(out, ",\n  \"lessons\": {");
    for (int i = 0; i < HEED_MOST_SEEN && settings->lessons[i].name[0] != '\0'; i++) {
        const struct heed_lesson_seen *seen = &settings->lessons[i];
        heed_buffer_puts(out, i > 0 ? ", " : "");
        heed_buffer_put_json(out, seen->name, strlen(seen->name));
        heed_buffer_printf(out, ": %d", seen->steps);
    }
    heed_buffer_puts(out, "}");
}

static void read_place(struct heed_document *json, struct heed_window_place *place)
{
    const cJSON *item = heed_document_find(json, "window", cJSON_Object, "must be an object");
    if (item) {
        heed_document_read(json, item, "window.", place_fields, HEED_COUNT(place_fields), place);
    }
}

static void put_place(struct heed_buffer *out, const struct heed_window_place *place)
{
    heed_buffer_puts(out, ",\n  \"window\": {\n");
    heed_document_put(out, "    ", place_fields, HEED_COUNT(place_fields), place);
    heed_buffer_puts(out, "\n  }");
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
    read_exports(&json, &read);
    read_models(&json, &read);
    read_lessons(&json, &read);
    read_place(&json, &read.window);
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
    put_models(&out, settings);
    heed_document_put(&out, "  ", fields, HEED_COUNT(fields), settings);
    put_lessons(&out, settings);
    put_exports(&out, settings);
    put_place(&out, &settings->window);
    heed_buffer_puts(&out, "\n}\n");
    bool ok = heed_settings_path(path, sizeof path, err) && heed_path_make_parent(path, err);
    if (ok && out.failed) {
        ok = heed_error_set(err, HEED_ERROR_MEMORY, "no memory left to write the settings");
    }
    ok = ok && heed_file_write(path, out.data, out.size, err);
    heed_buffer_finish(&out);
    return ok;
}
