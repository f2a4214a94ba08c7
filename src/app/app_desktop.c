#include "app/app_desktop.h"

#include <SDL_syswm.h>
#include <gio/gio.h>
#include <limits.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/thread.h"

static const float least_scale = 0.5F, most_scale = 4.0F;

static float in_range(float scale)
{
    return scale >= least_scale && scale <= most_scale ? scale : 1.0F;
}

/* ---- scale ---- */

/* "Xft.dpi:\t192" of what xrdb holds; 0: it isn't there. */
static float find_dpi(const char *resources)
{
    for (const char *line = resources; line && *line; line = strchr(line, '\n')) {
        line += *line == '\n';
        if (strncmp(line, "Xft.dpi:", 8) == 0) {
            return strtof(line + 8, NULL);
        }
    }
    return 0.0F;
}

/* By the library that SDL has opened, once more. */
static float ask_x11(SDL_Window *window)
{
    union {
        void *address;
        char *(*call)(void *display);
    } get = {NULL};
    SDL_SysWMinfo info;
    SDL_VERSION(&info.version);
    if (SDL_GetWindowWMInfo(window, &info) != SDL_TRUE || info.subsystem != SDL_SYSWM_X11) {
        return 0.0F;
    }
    void *x11 = SDL_LoadObject("libX11.so.6");
    get.address = x11 ? SDL_LoadFunction(x11, "XResourceManagerString") : NULL;
#ifdef SDL_VIDEO_DRIVER_X11
    return get.address ? find_dpi(get.call(info.info.x11.display)) : 0.0F;
#else
    return 0.0F;
#endif
}

/* Monitors say what they are not, often: only what is far from usual is believed. */
static float ask_sdl(SDL_Window *window)
{
    float dpi = 0.0F;
    if (SDL_GetDisplayDPI(SDL_GetWindowDisplayIndex(window), NULL, &dpi, NULL) != 0 ||
        dpi < 168.0F) {
        return 1.0F;
    }
    return in_range((float)(int)(dpi / 96.0F * 2.0F) / 2.0F); /* by halves */
}

float heed_desktop_scale(SDL_Window *window)
{
    const char *driver = SDL_GetCurrentVideoDriver();
    const char *gdk = getenv("GDK_SCALE");
    if (!driver || strcmp(driver, "x11") != 0) {
        return 1.0F;
    }
    if (gdk && *gdk) {
        return in_range(strtof(gdk, NULL));
    }
    const float dpi = ask_x11(window);
    return dpi > 0.0F ? in_range(dpi / 96.0F) : ask_sdl(window);
}

/* ---- motion ---- */

static atomic_bool is_still;

/* What is known by now, of the thread that asks. */
struct answers {
    bool no_animations, reduces;
    Uint32 wake_event;
};

bool heed_desktop_is_still(void)
{
    return atomic_load(&is_still);
}

/* Once the program ends SDL takes no event any more, which harms nobody. */
static void tell(const struct answers *it)
{
    SDL_Event event = {.type = it->wake_event};
    const bool now = it->no_animations || it->reduces;
    if (atomic_exchange(&is_still, now) != now) {
        SDL_PushEvent(&event);
    }
}

/* "gtk-enable-animations=0" or "false" in $XDG_CONFIG_HOME/gtk-N.0/settings.ini. */
static bool reads_still(int version)
{
    static const char key[] = "gtk-enable-animations";
    char path[PATH_MAX];
    char *text = NULL;
    size_t size = 0;
    bool still = false;
    snprintf(path, sizeof path, "%s/gtk-%d.0/settings.ini", g_get_user_config_dir(), version);
    struct heed_error err = {0};
    if (access(path, R_OK) == 0 && heed_file_read_regular(path, 1 << 20, &text, &size, &err)) {
        const char *at = strstr(text, key);
        at = at ? at + strlen(key) : "";
        at += strspn(at, " \t=");
        still = *at == '0' || strncmp(at, "false", 5) == 0;
    }
    free(text);
    return still;
}

/* A variant in variants in variants. */
static GVariant *unwrap(GVariant *value)
{
    while (value && g_variant_is_of_type(value, G_VARIANT_TYPE_VARIANT)) {
        GVariant *inner = g_variant_get_variant(value);
        g_variant_unref(value);
        value = inner;
    }
    return value;
}

/* Of what the portal may know of it; takes value. */
static void take(struct answers *it, const char *key, GVariant *value)
{
    value = unwrap(value);
    if (value && strcmp(key, "reduced-motion") == 0 &&
        g_variant_is_of_type(value, G_VARIANT_TYPE_UINT32)) {
        it->reduces = g_variant_get_uint32(value) == 1;
    } else if (value && strcmp(key, "enable-animations") == 0 &&
               g_variant_is_of_type(value, G_VARIANT_TYPE_BOOLEAN)) {
        it->no_animations = !g_variant_get_boolean(value);
    }
    if (value) {
        g_variant_unref(value);
    }
    tell(it);
}

static const char portal[] = "org.freedesktop.portal.Desktop";
static const char object[] = "/org/freedesktop/portal/desktop";
static const char settings[] = "org.freedesktop.portal.Settings";

static void on_change(GDBusConnection *bus, const char *sender, const char *path,
                      const char *interface, const char *signal, GVariant *parameters,
                      void *context)
{
    const char *space = NULL, *key = NULL;
    GVariant *value = NULL;
    (void)bus, (void)sender, (void)path, (void)interface, (void)signal;
    if (g_variant_is_of_type(parameters, G_VARIANT_TYPE("(ssv)"))) {
        g_variant_get(parameters, "(&s&sv)", &space, &key, &value);
        take(context, key, value);
    }
}

static void ask(struct answers *it, GDBusConnection *bus, const char *space, const char *key)
{
    GVariant *answer = g_dbus_connection_call_sync(
        bus, portal, object, settings, "Read", g_variant_new("(ss)", space, key),
        G_VARIANT_TYPE("(v)"), G_DBUS_CALL_FLAGS_NONE, 3000, NULL, NULL);
    if (answer) {
        GVariant *value = NULL;
        g_variant_get(answer, "(v)", &value);
        take(it, key, value);
        g_variant_unref(answer);
    }
}

/* The session's bus where there is one: none is started. */
static GDBusConnection *open_bus(void)
{
    char socket[PATH_MAX];
    const char *address = getenv("DBUS_SESSION_BUS_ADDRESS");
    const char *runtime = getenv("XDG_RUNTIME_DIR");
    if (!address && runtime) {
        snprintf(socket, sizeof socket, "%s/bus", runtime);
        if (access(socket, R_OK) != 0) {
            return NULL;
        }
    }
    return address || runtime ? g_bus_get_sync(G_BUS_TYPE_SESSION, NULL, NULL) : NULL;
}

/* Sleeps in the loop until the desktop says something else. */
static void *listen(void *context)
{
    struct answers *it = context;
    GMainContext *own = g_main_context_new();
    g_main_context_push_thread_default(own);
    it->no_animations = reads_still(4) || reads_still(3);
    tell(it);
    GDBusConnection *bus = open_bus();
    if (bus) {
        g_dbus_connection_set_exit_on_close(bus, FALSE);
        g_dbus_connection_signal_subscribe(bus, portal, settings, "SettingChanged", object, NULL,
                                           G_DBUS_SIGNAL_FLAGS_NONE, on_change, it, NULL);
        ask(it, bus, "org.gnome.desktop.interface", "enable-animations");
        ask(it, bus, "org.freedesktop.appearance", "reduced-motion");
        g_main_loop_run(g_main_loop_new(own, FALSE));
    }
    return NULL;
}

void heed_desktop_watch(Uint32 wake_event)
{
    static struct answers answers;
    answers.wake_event = wake_event;
    if (heed_thread_begin(listen, &answers) != 0) {
        return; /* then there is motion */
    }
}
