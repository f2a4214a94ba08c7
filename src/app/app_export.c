#include "app/app_export.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/app_export_line.h"
#include "app/app_files.h"
#include "app/app_private.h"
#include "app/app_save.h"
#include "app/app_work.h"
#include "app/clipboard.h"
#include "base/compiler.h"
#include "base/errand.h"
#include "base/folder.h"
#include "base/platform.h"
#include "export/command.h"
#include "export/export.h"
#include "render/cairo/cairo_painter.h"
#include "ui/actions/tasks.h"
#include "ui/sheet/export_panel.h"
#include "ui/ui.h"

enum { MOST_FAMILIES = 60, MS_TO_LOOK = 50 /* at a path, before a frame is drawn without */ };

/* The preview, and what it is of. */
struct heed_app_export {
    struct heed_export_preview preview;
    struct heed_error problem;
    bool is_current;
    const struct heed_result *result; /* retained: the list borrows of it */
    struct heed_state state;
    struct heed_export_choice choice;
    struct heed_tasks tasks;     /* to compare; nothing of it is looked at */
    struct heed_errand *looking; /* at the path that is typed; NULL: it was */
    char looked[PATH_MAX];
    char names[MOST_FAMILIES][64];
    const char *families[MOST_FAMILIES];
};

/* --- what is exported --- */

static const struct heed_model *model_of(const struct heed_app *app)
{
    return app->result ? heed_kit_get_model(app->result->kit) : NULL;
}

static const struct heed_tokenizer *tokenizer_of(const struct heed_app *app)
{
    return app->result ? heed_kit_get_tokenizer(app->result->kit) : NULL;
}

/* The state as the result can be drawn with it, in the chosen theme. Borrowed texts. */
static struct heed_state drawn_state(struct heed_app *app, const struct heed_export_choice *choice)
{
    struct heed_state state;
    heed_ui_drawn_state(app->ui, &state);
    state.theme = choice->theme;
    return state;
}

static struct heed_export_options options_of(struct heed_app *app, const struct heed_state *state,
                                             const struct heed_export_choice *choice)
{
    struct heed_export_options options = heed_export_options_of(state, choice);
    options.tokenizer = tokenizer_of(app);
    options.tasks = heed_ui_get_tasks(app->ui);
    return options;
}

/* The bytes of the picture, or of its data, in this format. */
static bool make(struct heed_app *app, enum heed_export_format format, struct heed_buffer *out,
                 struct heed_error *err)
{
    struct heed_export_choice choice = *heed_ui_export_choice(app->ui);
    const struct heed_state state = drawn_state(app, &choice);
    choice.format = format;
    if (!app->result) {
        return heed_error_set(err, HEED_ERROR_INPUT, "there is no picture yet to export");
    }
    if ((format == HEED_EXPORT_CSV || format == HEED_EXPORT_JSON) &&
        state.panel != HEED_PANEL_NONE) {
        return heed_ui_put_table(app->ui, out, format == HEED_EXPORT_JSON, err);
    }
    const struct heed_export_options options = options_of(app, &state, &choice);
    const struct heed_export_source source = {&state, app->result, model_of(app)};
    return heed_export_make(&source, &options, out, err);
}

/* --- the preview --- */

void heed_app_begin_export(struct heed_app *app)
{
    char folder[PATH_MAX], shown[PATH_MAX];
    const char *kept = app->settings.export_folder;
    heed_folder_shorten(getcwd(folder, sizeof folder) ? folder : "", shown, sizeof shown);
    heed_ui_begin_export(app->ui, app->settings.exports, kept[0] ? kept : shown);
}

static bool begin(struct heed_app *app)
{
    struct heed_pango *pango = NULL;
    int n = 0;
    if (app->exporting) {
        return true;
    }
    app->exporting = calloc(1, sizeof *app->exporting);
    if (!app->exporting) {
        return false;
    }
    if (heed_pango_create(&pango, NULL)) {
        n = heed_pango_list_families(pango, app->exporting->names, MOST_FAMILIES);
        heed_pango_destroy(pango);
    }
    for (int i = 0; i < n; i++) {
        app->exporting->families[i] = app->exporting->names[i];
    }
    heed_ui_show_families(app->ui, app->exporting->families, n);
    return true;
}

static bool is_current(const struct heed_app *app, const struct heed_state *state)
{
    const struct heed_app_export *it = app->exporting;
    return it->is_current && it->result == app->result && heed_state_equal(&it->state, state) &&
           heed_export_choice_equal(&it->choice, heed_ui_export_choice(app->ui)) &&
           (state->panel == HEED_PANEL_NONE ||
            memcmp(&it->tasks, heed_ui_get_tasks(app->ui), sizeof it->tasks) == 0);
}

static void lay_out(struct heed_app *app, const struct heed_state *state)
{
    struct heed_app_export *it = app->exporting;
    const struct heed_export_choice *choice = heed_ui_export_choice(app->ui);
    struct heed_export_options options = options_of(app, state, choice);
    const struct heed_export_source source = {state, app->result, model_of(app)};
    heed_state_finish(&it->state);
    it->state = (struct heed_state){0};
    it->is_current = heed_state_copy(&it->state, state, NULL);
    heed_result_release(it->result);
    it->result = app->result ? heed_result_retain(app->result) : NULL;
    it->choice = *choice;
    it->tasks = *heed_ui_get_tasks(app->ui);
    it->problem = (struct heed_error){0};
    const bool ok =
        app->result && heed_export_preview(&source, &options, &it->preview, &it->problem);
    const struct heed_export_page *page = &it->preview.page;
    const struct heed_export_shown shown = {.list = ok ? &it->preview.list : NULL,
                                            .width_mm = page->width_mm,
                                            .height_mm = page->height_mm,
                                            .pt = page->pt,
                                            .fits = it->preview.fits,
                                            .fit_pt = it->preview.fit_pt,
                                            .problem = ok                    ? it->preview.problem
                                                       : it->problem.text[0] ? it->problem.text
                                                                             : NULL,
                                            .caption = page->caption};
    heed_ui_show_export(app->ui, &shown);
}

/* The path as a file's name: "~" is the home folder. */
static bool find_path(struct heed_app *app, char path[PATH_MAX])
{
    char typed[HEED_EXPORT_PATH];
    heed_ui_export_path(app->ui, typed);
    return heed_folder_expand(typed, path, PATH_MAX);
}

/* A path, looked at on another thread. */
struct path_look {
    char path[PATH_MAX], folder[PATH_MAX];
    bool is_there;
    char rest[256]; /* of a folder's name */
};

static void look_at_path(void *job)
{
    struct path_look *it = job;
    it->is_there = access(it->path, F_OK) == 0;
    heed_folder_complete(it->folder, it->rest, sizeof it->rest);
}

static void start_look(struct heed_app *app, const char *path)
{
    static const struct heed_errand_kind kind = {look_at_path, free};
    struct path_look *look = calloc(1, sizeof *look);
    if (look) {
        snprintf(look->path, sizeof look->path, "%s", path);
        snprintf(look->folder, sizeof look->folder, "%s", heed_ui_export_get_folder(app->ui));
        if (!heed_errand_start(&app->exporting->looking, &kind, look, heed_app_wake, app, NULL)) {
            free(look);
        }
    }
}

static void follow_path(struct heed_app *app)
{
    char path[PATH_MAX] = "";
    struct heed_app_export *it = app->exporting;
    if (!find_path(app, path)) {
        path[0] = '\0';
    }
    if (strcmp(path, it->looked) != 0) {
        snprintf(it->looked, sizeof it->looked, "%s", path);
        heed_errand_drop(it->looking);
        it->looking = NULL;
        heed_ui_show_export_path(app->ui, false, "");
        start_look(app, path);
    }
    if (it->looking && heed_errand_wait(it->looking, MS_TO_LOOK)) {
        struct path_look *look = heed_errand_finish(it->looking);
        it->looking = NULL;
        heed_ui_show_export_path(app->ui, look->is_there, look->rest);
        free(look);
    }
}

void heed_app_take_looked(struct heed_app *app)
{
    app->redraw |=
        app->exporting && app->exporting->looking && heed_errand_wait(app->exporting->looking, 0);
}

static void drop_look(struct heed_app_export *it)
{
    heed_errand_drop(it->looking);
    it->looking = NULL;
    it->looked[0] = '\0';
}

static void drop_preview(struct heed_app *app)
{
    const struct heed_export_shown nothing = {0};
    struct heed_app_export *it = app->exporting;
    if (it) {
        drop_look(it);
    }
    if (it && it->result) {
        heed_list_finish(&it->preview.list);
        heed_result_release(it->result);
        it->result = NULL;
        it->is_current = false;
        heed_ui_show_export(app->ui, &nothing);
    }
}

void heed_app_follow_export(struct heed_app *app)
{
    if (!heed_ui_export_is_seen(app->ui)) {
        drop_preview(app);
        return;
    }
    if (!begin(app)) {
        return;
    }
    const struct heed_state state = drawn_state(app, heed_ui_export_choice(app->ui));
    if (!is_current(app, &state)) {
        lay_out(app, &state);
    }
    follow_path(app);
}

void heed_app_end_export(struct heed_app *app)
{
    heed_clipboard_close(app->clipboard);
    if (app->exporting) {
        drop_look(app->exporting);
        heed_list_finish(&app->exporting->preview.list);
        heed_result_release(app->exporting->result);
        heed_state_finish(&app->exporting->state);
        free(app->exporting);
        app->exporting = NULL;
    }
}

/* --- what a person asks for --- */

static void take_saved(struct heed_app *app, const struct heed_saved *saved)
{
    char text[PATH_MAX + 16];
    if (saved->is_there && heed_ui_export_is_seen(app->ui)) {
        heed_ui_ask_replace(app->ui);
        app->redraw = true;
        return;
    }
    if (app->exporting) {
        drop_look(app->exporting); /* it is there now */
    }
    heed_ui_end_export(app->ui, saved->ok ? NULL : saved->problem);
    snprintf(text, sizeof text, "Exported %s", saved->path);
    heed_app_say(app, !saved->ok, saved->ok ? text : saved->problem);
}

static void save(struct heed_app *app)
{
    struct heed_error err = {0};
    struct heed_buffer out = {0};
    char path[PATH_MAX];
    const bool replaces = app->ui->exporting.replaces;
    heed_app_keep_state(app);
    if (heed_app_is_writing(app)) {
        return;
    }
    if (app->ui->exporting.is_there && !replaces) {
        heed_ui_ask_replace(app->ui);
        app->redraw = true;
        return;
    }
    const bool ok = ((find_path(app, path) && path[0]) ||
                     heed_error_set(&err, HEED_ERROR_INPUT, "the picture needs a name")) &&
                    make(app, heed_ui_export_choice(app->ui)->format, &out, &err) &&
                    heed_app_write(app, path, &out, replaces, take_saved, &err);
    heed_buffer_finish(&out);
    if (!ok) {
        heed_ui_end_export(app->ui, err.text);
        heed_app_say(app, true, err.text);
    }
    heed_app_note_change(app);
}

static bool make_pictures(struct heed_app *app, struct heed_buffer *png, struct heed_buffer *svg,
                          struct heed_error *err)
{
    return make(app, HEED_EXPORT_PNG, png, err) && make(app, HEED_EXPORT_SVG, svg, err);
}

static void copy_picture(struct heed_app *app)
{
    struct heed_error err = {0};
    struct heed_buffer png = {0}, svg = {0};
    bool ok = make_pictures(app, &png, &svg, &err);
    if (ok) {
        const struct heed_clip clips[] = {{"image/png", &png}, {"image/svg+xml", &svg}};
        heed_clipboard_close(app->clipboard);
        app->clipboard = NULL;
        ok = heed_clipboard_offer(&app->clipboard, &app->window, clips, HEED_COUNT(clips), &err);
    }
    heed_buffer_finish(&png);
    heed_buffer_finish(&svg);
    heed_app_say(app, !ok, ok ? "Copied the picture, as PNG and SVG" : err.text);
}

static void copy_text(struct heed_app *app, const char *text, const char *done)
{
    heed_clipboard_close(app->clipboard);
    app->clipboard = NULL;
    const bool ok = SDL_SetClipboardText(text) == 0;
    heed_app_say(app, !ok, ok ? done : "the clipboard can't be written");
}

static void copy_caption(struct heed_app *app)
{
    const struct heed_state state = drawn_state(app, heed_ui_export_choice(app->ui));
    struct heed_app_export *it = app->exporting;
    if (!is_current(app, &state)) {
        lay_out(app, &state);
    }
    if (it->preview.list.n_items > 0) {
        copy_text(app, it->preview.page.caption, "Copied the caption");
    } else {
        heed_app_say(app, true, it->problem.text[0] ? it->problem.text : "there is no picture yet");
    }
}

static void copy_made(struct heed_app *app, enum heed_export_format format, const char *done)
{
    struct heed_error err = {0};
    struct heed_buffer out = {0};
    if (make(app, format, &out, &err)) {
        heed_buffer_append(&out, "", 1);
        copy_text(app, out.failed ? "" : out.data, done);
    } else {
        heed_app_say(app, true, err.text);
    }
    heed_buffer_finish(&out);
}

static void copy_line(struct heed_app *app)
{
    struct heed_error err = {0};
    struct heed_buffer out = {0};
    char path[PATH_MAX], session[PATH_MAX], done[PATH_MAX + 64];
    const struct heed_export_choice *choice = heed_ui_export_choice(app->ui);
    const struct heed_state state = drawn_state(app, choice);
    const bool ok =
        (find_path(app, path) ||
         heed_error_set(&err, HEED_ERROR_INPUT, "there is no home folder to write to")) &&
        heed_app_make_line(app, &state, choice, path, session, &out, &err);
    if (ok) {
        snprintf(done, sizeof done, "Copied the command%s%s",
                 session[0] ? "; what it can\xE2\x80\x99t say stands in " : "", session);
        copy_text(app, out.data, done);
    } else {
        heed_app_say(app, true, err.text);
    }
    heed_buffer_finish(&out);
}

static void open_folder(struct heed_app *app)
{
    char path[PATH_MAX], url[3 * PATH_MAX] = "file://";
    if (!find_path(app, path) || !heed_platform_is_absolute(path)) {
        if (!getcwd(path, sizeof path - 1)) {
            path[0] = '\0';
        }
        strcat(path, "/");
    }
    char *slash = strrchr(path, '/');
    slash[slash == path] = '\0';
    size_t n = strlen(url);
    for (const char *c = path; *c && n + 4 < sizeof url; c++) {
        n += (size_t)snprintf(
            url + n, sizeof url - n,
            *c == '/' || *c == '.' || *c == '-' || (*c >= '0' && *c <= 'z') ? "%c" : "%%%02X",
            (unsigned)(unsigned char)*c);
    }
    if (SDL_OpenURL(url) != 0) {
        heed_app_say(app, true, "nothing here opens a folder (xdg-open)");
    }
}

void heed_app_export(struct heed_app *app, enum heed_export_act act)
{
    if (act == HEED_EXPORT_ACT_NONE || !begin(app)) {
        return;
    }
    switch (act) {
    case HEED_EXPORT_ACT_SAVE:
        save(app);
        break;
    case HEED_EXPORT_ACT_COPY_PICTURE:
        copy_picture(app);
        break;
    case HEED_EXPORT_ACT_COPY_LINE:
        copy_line(app);
        break;
    case HEED_EXPORT_ACT_COPY_DATA:
        copy_made(app, HEED_EXPORT_CSV, "Copied the picture\xE2\x80\x99s data as CSV");
        break;
    case HEED_EXPORT_ACT_COPY_WORDS:
        copy_made(app, HEED_EXPORT_TEXT, "Copied the picture in words");
        break;
    case HEED_EXPORT_ACT_COPY_CAPTION:
        copy_caption(app);
        break;
    default:
        open_folder(app);
        break;
    }
}
