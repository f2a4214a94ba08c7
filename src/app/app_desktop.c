#include "app/app_desktop.h"

#include <SDL_syswm.h>
#include <gio/gio.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/app_bus.h"
#include "base/file.h"

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

/* ---- size ---- */

/* A projector's and a virtual screen's millimetres are no screen's, or only its shape. */
static bool is_screen(const SDL_DisplayMode *mode, float across, float down)
{
    static const float least_dots = 50.0F, most_dots = 500.0F, least_inches = 6.0F;
    return across >= least_dots && across <= most_dots && down >= 0.9F * across &&
           down <= 1.1F * across && (float)mode->w / across >= least_inches;
}

float heed_desktop_dots(SDL_Window *window)
{
    const int screen = SDL_GetWindowDisplayIndex(window);
    SDL_DisplayMode mode;
    float across = 0.0F, down = 0.0F;
    const bool says = screen >= 0 && SDL_GetDisplayDPI(screen, NULL, &across, &down) == 0 &&
                      SDL_GetDesktopDisplayMode(screen, &mode) == 0;
    return says && is_screen(&mode, across, down) ? across : 0.0F;
}

/* ---- motion ---- */

/* What is known by now. */
static struct {
    bool no_animations, reduces;
} wishes;

bool heed_desktop_is_still(void)
{
    return wishes.no_animations || wishes.reduces;
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
static void take(const char *key, GVariant *value)
{
    value = unwrap(value);
    if (value && strcmp(key, "reduced-motion") == 0 &&
        g_variant_is_of_type(value, G_VARIANT_TYPE_UINT32)) {
        wishes.reduces = g_variant_get_uint32(value) == 1;
    } else if (value && strcmp(key, "enable-animations") == 0 &&
               g_variant_is_of_type(value, G_VARIANT_TYPE_BOOLEAN)) {
        wishes.no_animations = !g_variant_get_boolean(value);
    }
    if (value) {
        g_variant_unref(value);
    }
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
    (void)bus, (void)sender, (void)path, (void)interface, (void)signal, (void)context;
    if (g_variant_is_of_type(parameters, G_VARIANT_TYPE("(ssv)"))) {
        g_variant_get(parameters, "(&s&sv)", &space, &key, &value);
        take(key, value);
    }
}

static void on_answer(GObject *bus, GAsyncResult *result, gpointer key)
{
    GVariant *value = NULL;
    GVariant *answer = g_dbus_connection_call_finish(G_DBUS_CONNECTION(bus), result, NULL);
    if (answer) {
        g_variant_get(answer, "(v)", &value);
        take(key, value);
        g_variant_unref(answer);
    }
}

static void ask(GDBusConnection *bus, const char *space, const char *key)
{
    g_dbus_connection_call(bus, portal, object, settings, "Read", g_variant_new("(ss)", space, key),
                           G_VARIANT_TYPE("(v)"), G_DBUS_CALL_FLAGS_NONE, 3000, NULL, on_answer,
                           (gpointer)key);
}

static void join(GDBusConnection *bus, void *context)
{
    (void)context;
    g_dbus_connection_signal_subscribe(bus, portal, settings, "SettingChanged", object, NULL,
                                       G_DBUS_SIGNAL_FLAGS_NONE, on_change, NULL, NULL);
    ask(bus, "org.gnome.desktop.interface", "enable-animations");
    ask(bus, "org.freedesktop.appearance", "reduced-motion");
}

void heed_desktop_watch(struct heed_bus *bus)
{
    wishes.no_animations = reads_still(4) || reads_still(3);
    heed_bus_join(bus, join, NULL);
}
