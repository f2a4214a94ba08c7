#include "app/app_export_line.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/app_private.h"
#include "base/file.h"
#include "export/command.h"
#include "session/session.h"
#include "ui/ui.h"

static bool holds(const char *path, const struct heed_buffer *bytes)
{
    char *data = NULL;
    size_t size = 0;
    const bool same = heed_file_read_regular(path, bytes->size, &data, &size, NULL) &&
                      size == bytes->size && memcmp(data, bytes->data, size) == 0;
    free(data);
    return same;
}

/* The picture's path with another ending, and a number where there is another session of that
 * name, which stays. True if it is there as it is to be. */
static bool find_session(const char *path, const struct heed_buffer *bytes, char out[PATH_MAX])
{
    const char *slash = strrchr(path, '/'), *dot = strrchr(path, '.');
    const int stem = dot && (!slash || dot > slash) ? (int)(dot - path) : (int)strlen(path);
    snprintf(out, PATH_MAX, "%.*s.heed", stem, path);
    for (int n = 2; access(out, F_OK) == 0; n++) {
        if (holds(out, bytes)) {
            return true;
        }
        snprintf(out, PATH_MAX, "%.*s-%d.heed", stem, path, n);
    }
    return false;
}

/* The model's folder, where it isn't the default one. */
static const char *folder_of(const struct heed_app *app)
{
    const struct heed_model *model = heed_kit_get_model(app->result->kit);
    return model && (app->names_model || heed_ui_get_state(app->ui)->model)
               ? heed_model_get_folder(model)
               : NULL;
}

bool heed_app_make_line(struct heed_app *app, const struct heed_state *state,
                        const struct heed_export_choice *choice, const char *path,
                        char session[PATH_MAX], struct heed_buffer *out, struct heed_error *err)
{
    struct heed_buffer kept = {0};
    bool needs_session = false;
    if (!app->result) {
        return heed_error_set(err, HEED_ERROR_INPUT, "there is no picture yet to export");
    }
    bool ok = heed_session_write(state, NULL, &kept, err);
    const bool is_kept = ok && find_session(path, &kept, session);
    const struct heed_export_line line = {
        .source = {state, app->result, heed_kit_get_model(app->result->kit)},
        .tokenizer = heed_kit_get_tokenizer(app->result->kit),
        .choice = choice,
        .model_folder = folder_of(app),
        .path = path,
        .session = session};
    ok = ok && heed_export_put_line(&line, out, &needs_session, err) &&
         (!needs_session || is_kept ||
          (heed_file_check_target(session, err) &&
           heed_file_write(session, kept.data, kept.size, err)));
    heed_buffer_finish(&kept);
    heed_buffer_append(out, "", 1);
    if (!needs_session) {
        session[0] = '\0';
    }
    return ok && (!out->failed || heed_error_set(err, HEED_ERROR_MEMORY, "out of memory"));
}
