#include "app/app_handle.h"

#include <limits.h>
#include <string.h>

#include "app/app_chooser.h"
#include "app/app_export.h"
#include "app/app_files.h"
#include "app/app_models.h"
#include "app/app_open.h"
#include "app/app_private.h"
#include "app/app_report.h"
#include "app/app_save.h"
#include "app/app_teacher.h"
#include "app/app_work.h"
#include "base/clock.h"
#include "base/folder.h"
#include "ui/ui.h"

static void paste(struct heed_app *app, bool primary)
{
    char *text = NULL;
    if (!primary) {
        text = SDL_GetClipboardText();
    }
#if SDL_VERSION_ATLEAST(2, 26, 0)
    if (primary) {
        text = SDL_GetPrimarySelectionText();
    }
#endif
    if (text && *text) {
        heed_app_handle(app, (struct heed_event){
                                 .kind = HEED_EVENT_PASTE, .text = text, .length = strlen(text)});
    } else if (!primary) {
        /* SDL gives nothing of what comes in parts, as large texts do. */
        heed_ui_set_message(app->ui,
                            "nothing was pasted: the clipboard holds no text, or "
                            "more than can be taken at once",
                            true);
        app->redraw = true;
    }
    SDL_free(text);
}

static void set_selections(const struct heed_effects *effects)
{
    if (effects->set_clipboard) {
        SDL_SetClipboardText(effects->set_clipboard);
    }
#if SDL_VERSION_ATLEAST(2, 26, 0)
    if (effects->set_primary) {
        SDL_SetPrimarySelectionText(effects->set_primary);
    }
#endif
}

/* The path is the ui's and won't outlive the next call to it; "~" is the home folder. */
static void with_path(struct heed_app *app, const char *path,
                      void (*act)(struct heed_app *, const char *))
{
    char whole[PATH_MAX];
    if (path && heed_folder_expand(path, whole, sizeof whole)) {
        act(app, whole);
    }
}

static void carry_out(struct heed_app *app, const struct heed_effects *effects)
{
    app->quit |= effects->quit;
    app->redraw |= effects->redraw;
    set_selections(effects);
    heed_window_follow(&app->window, effects);
    heed_app_give_work(app, effects);
    heed_app_follow_models(app, effects);
    if (effects->redraw) {
        heed_app_note_change(app);
    }
    const bool want_clipboard = effects->want_clipboard;
    const bool want_primary = effects->want_primary;
    with_path(app, effects->open_path, heed_app_open_file);
    with_path(app, effects->second_path, heed_app_open_second);
    if (effects->open_anyway != 0) {
        heed_app_open_anyway(app, effects->open_anyway == 2);
    }
    with_path(app, effects->save_path,
              effects->replaces ? heed_app_replace_file : heed_app_save_file);
    if (effects->begins_projector) {
        heed_app_offer_teacher(app);
    }
    if (effects->teacher) {
        heed_app_toggle_teacher(app);
    }
    if (effects->browse) {
        heed_chooser_open(app);
    }
    with_path(app, effects->lesson_path, heed_app_add_step);
    heed_app_export(app, effects->export_act);
    if (effects->report) {
        heed_app_copy_report(app);
    }
    if (want_clipboard || want_primary) {
        paste(app, want_primary);
    }
}

void heed_app_handle(struct heed_app *app, struct heed_event event)
{
    struct heed_effects effects = {0};
    if (event.kind == HEED_EVENT_KEY && event.key == HEED_KEY_ESCAPE && event.mods == 0 &&
        (heed_app_cancel_opening(app) || heed_app_cancel_writing(app))) {
        return;
    }
    event.time = heed_clock_seconds();
    heed_ui_handle(app->ui, &event, app->metrics, &effects);
    carry_out(app, &effects);
}
