#include "app/app_access.h"

#include <atk-bridge.h>
#include <atk/atk.h>
#include <gio/gio.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "app/access_node.h"
#include "app/app_bus.h"
#include "app/app_handle.h"
#include "app/app_private.h"
#include "ui/input/spoken.h"

struct heed_access {
    struct heed_app *app;
    GCancellable *cancel; /* what is asked of the bus */
    GDBusConnection *bus;
    guint told; /* the subscription */
    bool listens;
    struct heed_spoken_tree tree;
    HeedNode *root, *frame;
    bool is_active;
};

/* --- one thing --- */

static AtkRole role_of(enum heed_spoken_role role)
{
    static const AtkRole roles[] = {
        [HEED_SPOKEN_GROUP] = ATK_ROLE_PANEL,         [HEED_SPOKEN_FIELD] = ATK_ROLE_ENTRY,
        [HEED_SPOKEN_TAB] = ATK_ROLE_PAGE_TAB,        [HEED_SPOKEN_BUTTON] = ATK_ROLE_PUSH_BUTTON,
        [HEED_SPOKEN_TOGGLE] = ATK_ROLE_CHECK_BOX,    [HEED_SPOKEN_SLIDER] = ATK_ROLE_SLIDER,
        [HEED_SPOKEN_CHOICE] = ATK_ROLE_RADIO_BUTTON, [HEED_SPOKEN_HEAD] = ATK_ROLE_TOGGLE_BUTTON,
        [HEED_SPOKEN_TOKEN] = ATK_ROLE_LIST_ITEM,     [HEED_SPOKEN_MAP] = ATK_ROLE_TABLE,
        [HEED_SPOKEN_WEIGHT] = ATK_ROLE_TABLE_CELL,   [HEED_SPOKEN_LABEL] = ATK_ROLE_LABEL,
        [HEED_SPOKEN_ITEM] = ATK_ROLE_MENU_ITEM,
    };
    return roles[role];
}

static void update(HeedNode *node, const struct heed_spoken *spoken)
{
    const struct heed_node_look look = {.rect = spoken->rect,
                                        .focused = spoken->focused,
                                        .checked = spoken->checked,
                                        .idle = spoken->idle,
                                        .acts = spoken->target.kind != HEED_TARGET_NONE,
                                        .value = spoken->value,
                                        .caret = spoken->caret};
    heed_node_name(node, spoken->name, spoken->about);
    heed_node_look(node, &look);
}

/* Its children become those of items[n]: each is changed where its role allows that. */
static void follow_children(HeedNode *node, const struct heed_spoken *items, int n)
{
    for (int i = 0; i < n; i++) {
        const AtkRole role = role_of(items[i].role);
        HeedNode *child = heed_node_child(node, i);
        if (!child || heed_node_role(child) != role) {
            child = heed_node_put(node, i, role);
        }
        update(child, &items[i]);
    }
    heed_node_cut(node, n);
}

/* --- the whole --- */

static void click(void *context, struct heed_rect rect)
{
    struct heed_access *access = context;
    struct heed_event event = {.kind = HEED_EVENT_POINTER_MOVE,
                               .x = rect.x + rect.w / 2.0F,
                               .y = rect.y + rect.h / 2.0F,
                               .button = 1,
                               .clicks = 1};
    const enum heed_event_kind steps[] = {HEED_EVENT_POINTER_MOVE, HEED_EVENT_POINTER_DOWN,
                                          HEED_EVENT_POINTER_UP, HEED_EVENT_POINTER_LEAVE};
    for (size_t i = 0; i < HEED_COUNT(steps); i++) {
        event.kind = steps[i];
        heed_app_handle(access->app, event);
    }
}

static void place(void *context, struct heed_rect *rect, bool on_screen)
{
    const struct heed_access *access = context;
    const struct heed_window *window = &access->app->window;
    int x = 0, y = 0;
    if (on_screen) {
        SDL_GetWindowPosition(window->sdl, &x, &y);
    }
    const float ratio = window->pixel_ratio > 0.0F ? window->pixel_ratio : 1.0F;
    *rect = (struct heed_rect){rect->x / ratio + (float)x, rect->y / ratio + (float)y,
                               rect->w / ratio, rect->h / ratio};
}

void heed_access_follow(struct heed_access *access)
{
    if (!access || !access->listens || !heed_ui_speak(access->app->ui, &access->tree)) {
        return;
    }
    const struct heed_spoken_tree *tree = &access->tree;
    const struct heed_window *window = &access->app->window;
    const struct heed_node_look look = {.rect = {0, 0, (float)window->width, (float)window->height},
                                        .value = ""};
    heed_node_name(access->frame, SDL_GetWindowTitle(window->sdl), "");
    heed_node_look(access->frame, &look);
    follow_children(access->frame, tree->items, tree->n_groups);
    for (int i = 0; i < tree->n_groups; i++) {
        const struct heed_spoken *group = &tree->items[i];
        follow_children(heed_node_child(access->frame, i), tree->items + group->first,
                        group->last - group->first);
    }
    const bool is_active = (SDL_GetWindowFlags(window->sdl) & SDL_WINDOW_INPUT_FOCUS) != 0;
    if (is_active != access->is_active) {
        access->is_active = is_active;
        heed_node_activate(access->frame, is_active);
    }
}

/* --- who listens --- */

static void drop(const gchar *domain, GLogLevelFlags level, const gchar *text, gpointer context)
{
}

static void listen(struct heed_access *access)
{
    static const struct heed_node_world world = {click, place};
    if (access->listens) {
        return;
    }
    /* A bus that goes away is no business of a person at the terminal. */
    g_log_set_handler("dbind", G_LOG_LEVEL_MASK, drop, NULL);
    g_log_set_handler("atk-bridge", G_LOG_LEVEL_MASK, drop, NULL);
    heed_node_set_world(&world, access);
    access->root = heed_node_root();
    heed_node_name(access->root, "heed", "");
    access->frame = heed_node_put(access->root, 0, ATK_ROLE_FRAME);
    access->listens = atk_bridge_adaptor_init(NULL, NULL) == 0;
    heed_access_follow(access);
}

static void take_enabled(struct heed_access *access, GVariant *value)
{
    if (value && g_variant_is_of_type(value, G_VARIANT_TYPE_BOOLEAN) &&
        g_variant_get_boolean(value)) {
        listen(access);
    }
}

static void hear(GDBusConnection *bus, const gchar *sender, const gchar *path,
                 const gchar *interface, const gchar *signal, GVariant *parameters,
                 gpointer context)
{
    GVariant *changed = NULL, *value = NULL;
    if (!g_variant_is_of_type(parameters, G_VARIANT_TYPE("(sa{sv}as)"))) {
        return;
    }
    g_variant_get(parameters, "(s@a{sv}as)", NULL, &changed, NULL);
    value = g_variant_lookup_value(changed, "IsEnabled", NULL);
    take_enabled(context, value);
    g_clear_pointer(&value, g_variant_unref);
    g_variant_unref(changed);
}

static void answer(GObject *source, GAsyncResult *result, gpointer context)
{
    GVariant *reply = g_dbus_connection_call_finish(G_DBUS_CONNECTION(source), result, NULL);
    GVariant *value = NULL;
    if (reply) { /* else nobody is there, or the window is gone */
        g_variant_get(reply, "(v)", &value);
        take_enabled(context, value);
        g_variant_unref(value);
        g_variant_unref(reply);
    }
}

static void join(GDBusConnection *bus, void *context)
{
    struct heed_access *access = context;
    access->bus = g_object_ref(bus);
    access->told = g_dbus_connection_signal_subscribe(
        bus, "org.a11y.Bus", "org.freedesktop.DBus.Properties", "PropertiesChanged",
        "/org/a11y/bus", "org.a11y.Status", G_DBUS_SIGNAL_FLAGS_NONE, hear, access, NULL);
    g_dbus_connection_call(bus, "org.a11y.Bus", "/org/a11y/bus", "org.freedesktop.DBus.Properties",
                           "Get", g_variant_new("(ss)", "org.a11y.Status", "IsEnabled"),
                           G_VARIANT_TYPE("(v)"), G_DBUS_CALL_FLAGS_NONE, 5000, access->cancel,
                           answer, access);
}

struct heed_access *heed_access_create(struct heed_app *app)
{
    struct heed_access *access = calloc(1, sizeof *access);
    if (access) {
        access->app = app;
        access->cancel = g_cancellable_new();
        heed_bus_join(app->bus, join, access);
    }
    return access;
}

void heed_access_destroy(struct heed_access *access)
{
    if (!access) {
        return;
    }
    g_cancellable_cancel(access->cancel);
    while (g_main_context_iteration(NULL, FALSE)) { /* what was asked ends */
    }
    if (access->bus) {
        g_dbus_connection_signal_unsubscribe(access->bus, access->told);
        g_object_unref(access->bus);
    }
    if (access->listens) {
        atk_bridge_adaptor_cleanup();
    }
    if (access->root) {
        heed_node_cut(access->root, 0);
        heed_node_set_world(NULL, NULL);
    }
    g_object_unref(access->cancel);
    heed_spoken_finish(&access->tree);
    free(access);
}
