#include "app/app_chooser.h"

#include <SDL_syswm.h>
#include <gio/gio.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/app_bus.h"
#include "app/app_document.h"
#include "app/app_private.h"
#include "base/compiler.h"
#include "base/folder.h"
#include "base/platform.h"
#include "ui/popover/paths.h"
#include "ui/ui.h"

/* One that is open. It is freed by whoever ends it; what was asked of others by then is
 * cancelled and finds nothing. */
struct heed_chooser {
    struct heed_app *app;
    struct heed_path_question question;
    char folder[PATH_MAX], name[NAME_MAX + 1]; /* where it begins; name may be "" */
    GCancellable *cancel;
    GDBusConnection *bus; /* NULL: it is a program */
    char *request;        /* the portal's object for it */
    guint answered, watched;
    GSubprocess *process;
    const char *program;
};

static void end(struct heed_chooser *it)
{
    it->app->chooser = NULL;
    g_cancellable_cancel(it->cancel);
    g_object_unref(it->cancel);
    if (it->answered != 0) {
        g_dbus_connection_signal_unsubscribe(it->bus, it->answered);
    }
    if (it->watched != 0) {
        g_bus_unwatch_name(it->watched);
    }
    g_clear_object(&it->bus);
    g_clear_object(&it->process);
    g_free(it->request);
    free(it);
}

/* Ends it with a line below the path. */
static void leave(struct heed_chooser *it, const char *format, const char *what)
{
    struct heed_app *app = it->app;
    char text[256];
    snprintf(text, sizeof text, format, what);
    end(it);
    heed_popover_tell(app->ui, text, true);
    app->redraw = true;
}

/* Takes path, of GLib's memory. NULL: it is none of a file here. */
static void choose(struct heed_chooser *it, char *path)
{
    struct heed_app *app = it->app;
    if (!path || !*path || !g_utf8_validate(path, -1, NULL)) {
        leave(it, "%s",
              path && *path ? "The chosen file's name isn't UTF-8." : "Nothing was chosen.");
        g_free(path);
        return;
    }
    end(it);
    g_free(app->chosen);
    app->chosen = path;
}

char *heed_chooser_take(struct heed_app *app)
{
    char *chosen = app->chosen;
    app->chosen = NULL;
    return chosen;
}

/* --- programs --- */

static void add(GPtrArray *arguments, const char *format, ...) G_GNUC_PRINTF(2, 3);

static void add(GPtrArray *arguments, const char *format, ...)
{
    va_list more;
    va_start(more, format);
    g_ptr_array_add(arguments, g_strdup_vprintf(format, more));
    va_end(more);
}

/* "*.a *.b" */
static char *patterns(const struct heed_chooser *it)
{
    return g_strjoinv(" ", (char **)(uintptr_t)it->question.patterns);
}

static void add_zenity(GPtrArray *arguments, const struct heed_chooser *it)
{
    char *of_heed = patterns(it);
    add(arguments, "--file-selection");
    add(arguments, "--title=%s", it->question.title);
    add(arguments, "--filename=%s%s", it->folder, it->name);
    if (it->question.is_folder) {
        add(arguments, "--directory");
    } else if (it->question.saves) {
        add(arguments, "--save");
        add(arguments, "--confirm-overwrite");
    }
    if (!it->question.is_folder) {
        add(arguments, "--file-filter=%s | %s", it->question.kind, of_heed);
        add(arguments, "--file-filter=All files | *");
    }
    g_free(of_heed);
}

static void add_kdialog(GPtrArray *arguments, const struct heed_chooser *it)
{
    char *of_heed = patterns(it);
    add(arguments, "--title");
    add(arguments, "%s", it->question.title);
    add(arguments, it->question.is_folder ? "--getexistingdirectory"
                   : it->question.saves   ? "--getsavefilename"
                                          : "--getopenfilename");
    add(arguments, "%s%s", it->folder, it->name);
    if (!it->question.is_folder) {
        add(arguments, "%s (%s)\nAll files (*)", it->question.kind, of_heed);
    }
    g_free(of_heed);
}

static const struct {
    const char *name;
    void (*add)(GPtrArray *arguments, const struct heed_chooser *it);
} programs[] = {{"zenity", add_zenity}, {"kdialog", add_kdialog}};

/* It prints the path, and ends with 1 when nothing was chosen. */
static void on_printed(GObject *source, GAsyncResult *result, gpointer context)
{
    GSubprocess *process = G_SUBPROCESS(source);
    char *text = NULL;
    GError *error = NULL;
    if (!g_subprocess_communicate_utf8_finish(process, result, &text, NULL, &error)) {
        const bool closed = g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
        g_error_free(error);
        if (!closed) {
            leave(context, "%s", "The chosen file's name isn't UTF-8.");
        }
        return;
    }
    struct heed_chooser *it = context;
    if (g_subprocess_get_if_exited(process) && g_subprocess_get_exit_status(process) <= 1) {
        text[strcspn(text, "\n")] = '\0';
        choose(it, text);
        return;
    }
    g_free(text);
    leave(it, "%s ended without an answer: the path can be typed.", it->program);
}

static bool run_program(struct heed_chooser *it, size_t index, const char *path)
{
    GPtrArray *arguments = g_ptr_array_new_with_free_func(g_free);
    add(arguments, "%s", path);
    programs[index].add(arguments, it);
    g_ptr_array_add(arguments, NULL);
    it->program = programs[index].name;
    it->process =
        g_subprocess_newv((const char *const *)arguments->pdata,
                          G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE, NULL);
    g_ptr_array_unref(arguments);
    if (it->process) {
        g_subprocess_communicate_utf8_async(it->process, NULL, it->cancel, on_printed, it);
    }
    return it->process != NULL;
}

/* The desktop's own first. */
static void try_programs(struct heed_chooser *it)
{
    const char *desktop = getenv("XDG_CURRENT_DESKTOP");
    const size_t first = desktop && strstr(desktop, "KDE") ? 1 : 0;
    for (size_t i = 0; i < HEED_COUNT(programs); i++) {
        const size_t index = (first + i) % HEED_COUNT(programs);
        char *path = g_find_program_in_path(programs[index].name);
        const bool runs = path && run_program(it, index, path);
        g_free(path);
        if (runs) {
            return;
        }
    }
    leave(it, "No chooser is here (%s): the path can be typed.",
          "neither the desktop's portal, nor zenity or kdialog");
}

/* --- the portal --- */

static const char portal[] = "org.freedesktop.portal.Desktop";
static const char object[] = "/org/freedesktop/portal/desktop";

static void on_response(GDBusConnection *bus, const char *sender, const char *path,
                        const char *interface, const char *signal, GVariant *parameters,
                        void *context)
{
    GVariant *results = NULL;
    const char **uris = NULL;
    guint32 response = 2; /* 1: cancelled, 2: closed, or it failed */
    (void)bus, (void)sender, (void)path, (void)interface, (void)signal;
    if (g_variant_is_of_type(parameters, G_VARIANT_TYPE("(ua{sv})"))) {
        g_variant_get(parameters, "(u@a{sv})", &response, &results);
        g_variant_lookup(results, "uris", "^a&s", &uris);
    }
    if (response == 0 && uris && uris[0] && strncmp(uris[0], "file:", 5) != 0) {
        leave(context, "%s", "What was chosen is no file of this machine: heed can't open it.");
    } else {
        choose(context,
               response == 0 && uris && uris[0] ? g_filename_from_uri(uris[0], NULL, NULL) : NULL);
    }
    g_free(uris);
    g_clear_pointer(&results, g_variant_unref);
}

static void await_response(struct heed_chooser *it)
{
    if (it->answered != 0) {
        g_dbus_connection_signal_unsubscribe(it->bus, it->answered);
    }
    it->answered = g_dbus_connection_signal_subscribe(
        it->bus, portal, "org.freedesktop.portal.Request", "Response", it->request, NULL,
        G_DBUS_SIGNAL_FLAGS_NONE, on_response, it, NULL);
}

static void on_vanished(GDBusConnection *bus, const char *name, void *context)
{
    (void)bus, (void)name;
    leave(context, "%s", "The desktop's chooser has gone: the path can be typed.");
}

static void on_asked(GObject *source, GAsyncResult *result, gpointer context)
{
    GError *error = NULL;
    GVariant *reply = g_dbus_connection_call_finish(G_DBUS_CONNECTION(source), result, &error);
    if (!reply) {
        const bool closed = g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
        g_error_free(error);
        if (!closed) { /* there is no portal, or it has no chooser */
            try_programs(context);
        }
        return;
    }
    struct heed_chooser *it = context;
    const char *request = NULL;
    g_variant_get(reply, "(&o)", &request);
    if (strcmp(request, it->request) != 0) { /* an old portal's */
        g_free(it->request);
        it->request = g_strdup(request);
        await_response(it);
    }
    it->watched = g_bus_watch_name_on_connection(it->bus, portal, G_BUS_NAME_WATCHER_FLAGS_NONE,
                                                 NULL, on_vanished, it, NULL);
    g_variant_unref(reply);
}

static GVariant *filter(const char *name, const char *const *wanted)
{
    GVariantBuilder kinds;
    g_variant_builder_init(&kinds, G_VARIANT_TYPE("a(us)"));
    for (; *wanted; wanted++) {
        g_variant_builder_add(&kinds, "(us)", 0U, *wanted);
    }
    return g_variant_new("(sa(us))", name, &kinds);
}

static GVariant *make_options(const struct heed_chooser *it, const char *token)
{
    static const char *const all[] = {"*", NULL};
    GVariantBuilder options;
    g_variant_builder_init(&options, G_VARIANT_TYPE("a{sv}"));
    g_variant_builder_add(&options, "{sv}", "handle_token", g_variant_new_string(token));
    g_variant_builder_add(&options, "{sv}", "modal", g_variant_new_boolean(TRUE));
    if (it->question.is_folder) {
        g_variant_builder_add(&options, "{sv}", "directory", g_variant_new_boolean(TRUE));
    } else {
        GVariant *filters[] = {filter(it->question.kind, it->question.patterns),
                               filter("All files", all)};
        g_variant_builder_add(&options, "{sv}", "filters",
                              g_variant_new_array(G_VARIANT_TYPE("(sa(us))"), filters, 2));
    }
    g_variant_builder_add(&options, "{sv}", "current_folder", g_variant_new_bytestring(it->folder));
    if (it->question.saves) {
        g_variant_builder_add(&options, "{sv}", "current_name", g_variant_new_string(it->name));
    }
    return g_variant_builder_end(&options);
}

/* The window that the chooser stands before; "": it isn't X11's. */
static void name_window(SDL_Window *window, char *name, size_t size)
{
    SDL_SysWMinfo info;
    SDL_VERSION(&info.version);
    name[0] = '\0';
#ifdef SDL_VIDEO_DRIVER_X11
    if (SDL_GetWindowWMInfo(window, &info) == SDL_TRUE && info.subsystem == SDL_SYSWM_X11) {
        snprintf(name, size, "x11:%lx", info.info.x11.window);
    }
#endif
}

static void ask_portal(struct heed_chooser *it)
{
    static unsigned count;
    char token[32], window[40];
    char *sender = g_strdelimit(g_strdup(g_dbus_connection_get_unique_name(it->bus) + 1), ".", '_');
    snprintf(token, sizeof token, "heed%u", ++count);
    name_window(it->app->window.sdl, window, sizeof window);
    it->request = g_strdup_printf("%s/request/%s/%s", object, sender, token);
    g_free(sender);
    await_response(it); /* it may come before the call returns */
    g_dbus_connection_call(
        it->bus, portal, object, "org.freedesktop.portal.FileChooser",
        it->question.saves ? "SaveFile" : "OpenFile",
        g_variant_new("(ss@a{sv})", window, it->question.title, make_options(it, token)),
        G_VARIANT_TYPE("(o)"), G_DBUS_CALL_FLAGS_NONE, -1, it->cancel, on_asked, it);
}

/* --- --- */

/* The typed path's folder, which ends in a slash, and what stands behind it. */
static void split(struct heed_chooser *it, const char *typed)
{
    char whole[PATH_MAX], here[PATH_MAX] = "";
    if (!heed_folder_expand(typed, whole, sizeof whole) ||
        (!heed_platform_is_absolute(whole) && !getcwd(here, sizeof here))) {
        whole[0] = '\0';
    }
    const char *slash = strrchr(whole, '/');
    const int n = slash ? (int)(slash - whole) + 1 : 0;
    const int used = snprintf(it->folder, sizeof it->folder, "%s%s%.*s", here,
                              heed_platform_is_absolute(whole) ? "" : "/", n, whole);
    if (used < 0 || (size_t)used >= sizeof it->folder) {
        it->folder[0] = '\0';
    }
    snprintf(it->name, sizeof it->name, "%s", whole + n);
}

void heed_chooser_open(struct heed_app *app)
{
    struct heed_path_question question;
    if (app->chooser || !heed_popover_get_question(app->ui, &question)) {
        return;
    }
    struct heed_chooser *it = calloc(1, sizeof *it);
    if (!it) {
        heed_popover_tell(app->ui, "Not enough memory for the desktop's chooser.", true);
        return;
    }
    app->chooser = it;
    heed_app_forget_asked(app);
    it->app = app;
    it->question = question;
    it->cancel = g_cancellable_new();
    split(it, question.typed);
    heed_popover_tell(app->ui, "The desktop's chooser is open; Escape closes it.", false);
    app->redraw = true;
    if (heed_bus_get_session(app->bus)) {
        it->bus = g_object_ref(heed_bus_get_session(app->bus));
        ask_portal(it);
    } else {
        try_programs(it);
    }
}

void heed_chooser_close(struct heed_app *app)
{
    struct heed_chooser *it = app->chooser;
    if (!it) {
        return;
    }
    if (it->process) {
        g_subprocess_send_signal(it->process, SIGTERM);
    } else if (it->request) {
        g_dbus_connection_call(it->bus, portal, it->request, "org.freedesktop.portal.Request",
                               "Close", NULL, NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, NULL, NULL);
    }
    end(it);
}

void heed_chooser_follow(struct heed_app *app)
{
    struct heed_path_question question;
    if (app->chooser && !heed_popover_get_question(app->ui, &question)) {
        heed_chooser_close(app);
    }
}
