#include "app/access_node.h"
#include "base/version.h"

#include <string.h>

struct _HeedNode {
    AtkObject object;
    GPtrArray *children; /* of HeedNode, held */
    int index;
    struct heed_node_look look; /* its value is held */
    bool is_active;             /* of a window */
};

typedef struct {
    AtkObjectClass parent;
} HeedNodeClass;

static const struct heed_node_world *the_world;
static void *the_context;
static HeedNode *the_root;

GType heed_node_get_type(void);
GType heed_action_get_type(void);
GType heed_field_get_type(void);
GType heed_frame_get_type(void);
#define NODE(object) ((HeedNode *)(object))

/* --- where it is --- */

static void get_extents(AtkComponent *component, gint *x, gint *y, gint *width, gint *height,
                        AtkCoordType type)
{
    struct heed_rect rect = NODE(component)->look.rect;
    if (the_world) {
        the_world->place(the_context, &rect, type == ATK_XY_SCREEN);
    }
    *x = (gint)rect.x;
    *y = (gint)rect.y;
    *width = (gint)rect.w;
    *height = (gint)rect.h;
}

static void component_init(AtkComponentIface *iface)
{
    iface->get_extents = get_extents;
}

/* --- what a click on it does --- */

static gboolean do_action(AtkAction *action, gint index)
{
    if (index != 0 || !the_world || !NODE(action)->look.acts) {
        return FALSE;
    }
    the_world->click(the_context, NODE(action)->look.rect);
    return TRUE;
}

static gint get_n_actions(AtkAction *action)
{
    return NODE(action)->look.acts ? 1 : 0;
}

static const gchar *get_action_name(AtkAction *action, gint index)
{
    return index == 0 ? "click" : NULL;
}

static void action_init(AtkActionIface *iface)
{
    iface->do_action = do_action;
    iface->get_n_actions = get_n_actions;
    iface->get_name = get_action_name;
}

/* --- a field's text --- */

static gchar *get_text(AtkText *text, gint start, gint end)
{
    const char *value = NODE(text)->look.value;
    const glong n = g_utf8_strlen(value, -1);
    end = end < 0 || end > n ? (gint)n : end;
    start = start < 0 ? 0 : start > end ? end : start;
    return g_utf8_substring(value, start, end);
}

static gint get_character_count(AtkText *text)
{
    return (gint)g_utf8_strlen(NODE(text)->look.value, -1);
}

static gint get_caret_offset(AtkText *text)
{
    return NODE(text)->look.caret;
}

static gunichar get_character_at_offset(AtkText *text, gint offset)
{
    return offset >= 0 && offset < get_character_count(text)
               ? g_utf8_get_char(g_utf8_offset_to_pointer(NODE(text)->look.value, offset))
               : 0;
}

/* A character, a word with the blanks behind it, or all. */
static gchar *get_string_at_offset(AtkText *text, gint offset, AtkTextGranularity granularity,
                                   gint *start, gint *end)
{
    const gint n = get_character_count(text);
    offset = offset < 0 ? 0 : offset > n ? n : offset;
    *start = 0;
    *end = n;
    if (granularity == ATK_TEXT_GRANULARITY_CHAR) {
        *start = offset;
        *end = offset < n ? offset + 1 : n;
    } else if (granularity == ATK_TEXT_GRANULARITY_WORD) {
        for (*start = offset;
             *start > 0 && !g_unichar_isspace(get_character_at_offset(text, *start - 1));) {
            (*start)--;
        }
        for (*end = offset; *end < n && !g_unichar_isspace(get_character_at_offset(text, *end));) {
            (*end)++;
        }
        while (*end < n && g_unichar_isspace(get_character_at_offset(text, *end))) {
            (*end)++;
        }
    }
    return get_text(text, *start, *end);
}

static void text_init(AtkTextIface *iface)
{
    iface->get_text = get_text;
    iface->get_character_count = get_character_count;
    iface->get_caret_offset = get_caret_offset;
    iface->get_character_at_offset = get_character_at_offset;
    iface->get_string_at_offset = get_string_at_offset;
}

/* --- the object --- */

static gint get_n_children(AtkObject *object)
{
    return (gint)NODE(object)->children->len;
}

static AtkObject *ref_child(AtkObject *object, gint index)
{
    HeedNode *child = heed_node_child(NODE(object), index);
    return child ? g_object_ref(ATK_OBJECT(child)) : NULL;
}

static gint get_index_in_parent(AtkObject *object)
{
    return NODE(object)->index;
}

static AtkStateSet *ref_state_set(AtkObject *object)
{
    const HeedNode *node = NODE(object);
    const AtkRole role = atk_object_get_role(object);
    AtkStateSet *set = atk_state_set_new();
    const struct {
        AtkStateType state;
        bool on;
    } states[] = {
        {ATK_STATE_VISIBLE, true},
        {ATK_STATE_SHOWING, true},
        {ATK_STATE_ENABLED, !node->look.idle},
        {ATK_STATE_SENSITIVE, !node->look.idle},
        {ATK_STATE_FOCUSABLE, node->look.acts},
        {ATK_STATE_FOCUSED, node->look.focused},
        {ATK_STATE_CHECKED, node->look.checked},
        {ATK_STATE_SELECTED,
         node->look.checked && (role == ATK_ROLE_PAGE_TAB || role == ATK_ROLE_LIST_ITEM)},
        {ATK_STATE_EDITABLE, role == ATK_ROLE_ENTRY},
        {ATK_STATE_SINGLE_LINE, role == ATK_ROLE_ENTRY},
        {ATK_STATE_ACTIVE, node->is_active},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(states); i++) {
        if (states[i].on) {
            atk_state_set_add_state(set, states[i].state);
        }
    }
    return set;
}

G_DEFINE_TYPE_WITH_CODE(HeedNode, heed_node, ATK_TYPE_OBJECT,
                        G_IMPLEMENT_INTERFACE(ATK_TYPE_COMPONENT, component_init))

static void heed_node_finalize(GObject *object)
{
    g_ptr_array_unref(NODE(object)->children);
    g_free((char *)NODE(object)->look.value);
    G_OBJECT_CLASS(heed_node_parent_class)->finalize(object);
}

static void heed_node_class_init(HeedNodeClass *class)
{
    AtkObjectClass *object = &class->parent;
    object->get_n_children = get_n_children;
    object->ref_child = ref_child;
    object->get_index_in_parent = get_index_in_parent;
    object->ref_state_set = ref_state_set;
    G_OBJECT_CLASS(class)->finalize = heed_node_finalize;
}

static void heed_node_init(HeedNode *node)
{
    node->children = g_ptr_array_new_with_free_func(g_object_unref);
    node->look.value = g_strdup("");
}

typedef struct _HeedNode HeedAction;
typedef HeedNodeClass HeedActionClass;
G_DEFINE_TYPE_WITH_CODE(HeedAction, heed_action, heed_node_get_type(),
                        G_IMPLEMENT_INTERFACE(ATK_TYPE_ACTION, action_init))
static void heed_action_class_init(HeedActionClass *class)
{
}
static void heed_action_init(HeedAction *node)
{
}

typedef struct _HeedNode HeedField;
typedef HeedNodeClass HeedFieldClass;
G_DEFINE_TYPE_WITH_CODE(HeedField, heed_field, heed_action_get_type(),
                        G_IMPLEMENT_INTERFACE(ATK_TYPE_TEXT, text_init))
static void heed_field_class_init(HeedFieldClass *class)
{
}
static void heed_field_init(HeedField *node)
{
}

typedef struct _HeedNode HeedFrame;
typedef HeedNodeClass HeedFrameClass;
G_DEFINE_TYPE_WITH_CODE(HeedFrame, heed_frame, heed_node_get_type(),
                        G_IMPLEMENT_INTERFACE(ATK_TYPE_WINDOW, NULL))
static void heed_frame_class_init(HeedFrameClass *class)
{
}
static void heed_frame_init(HeedFrame *node)
{
}

/* --- ATK's entrance --- */

static AtkObject *get_root(void)
{
    return ATK_OBJECT(heed_node_root());
}

static const gchar *get_toolkit_name(void)
{
    return "heed";
}

static const gchar *get_toolkit_version(void)
{
    return heed_version;
}

HeedNode *heed_node_root(void)
{
    if (!the_root) {
        AtkUtilClass *util = ATK_UTIL_CLASS(g_type_class_ref(ATK_TYPE_UTIL));
        util->get_root = get_root;
        util->get_toolkit_name = get_toolkit_name;
        util->get_toolkit_version = get_toolkit_version;
        the_root = g_object_new(heed_node_get_type(), NULL);
        atk_object_set_role(ATK_OBJECT(the_root), ATK_ROLE_APPLICATION);
    }
    return the_root;
}

void heed_node_set_world(const struct heed_node_world *world, void *context)
{
    the_world = world;
    the_context = context;
}

/* --- changing it --- */

HeedNode *heed_node_child(HeedNode *node, int index)
{
    return index >= 0 && index < (int)node->children->len
               ? g_ptr_array_index(node->children, (guint)index)
               : NULL;
}

AtkRole heed_node_role(HeedNode *node)
{
    return atk_object_get_role(ATK_OBJECT(node));
}

static void leave(HeedNode *node, HeedNode *child)
{
    atk_object_notify_state_change(ATK_OBJECT(child), ATK_STATE_DEFUNCT, TRUE);
    g_signal_emit_by_name(node, "children-changed::remove", child->index, child, NULL);
}

HeedNode *heed_node_put(HeedNode *node, int index, AtkRole role)
{
    const GType type =
        role == ATK_ROLE_ENTRY   ? heed_field_get_type()
        : role == ATK_ROLE_FRAME ? heed_frame_get_type()
        : role == ATK_ROLE_PANEL || role == ATK_ROLE_LABEL || role == ATK_ROLE_TABLE_CELL
            ? heed_node_get_type()
            : heed_action_get_type();
    HeedNode *child = g_object_new(type, NULL);
    atk_object_set_role(ATK_OBJECT(child), role);
    atk_object_set_parent(ATK_OBJECT(child), ATK_OBJECT(node));
    child->index = index;
    HeedNode *old = heed_node_child(node, index);
    if (old) {
        leave(node, old);
        g_ptr_array_index(node->children, (guint)index) = child;
        g_object_unref(old);
    } else {
        g_ptr_array_add(node->children, child);
    }
    g_signal_emit_by_name(node, "children-changed::add", index, child, NULL);
    return child;
}

void heed_node_cut(HeedNode *node, int n)
{
    while ((int)node->children->len > n) {
        HeedNode *child = heed_node_child(node, (int)node->children->len - 1);
        leave(node, child);
        g_ptr_array_remove_index(node->children, node->children->len - 1);
    }
}

void heed_node_name(HeedNode *node, const char *name, const char *about)
{
    AtkObject *object = ATK_OBJECT(node);
    const char *old_name = atk_object_get_name(object);
    const char *old_about = atk_object_get_description(object);
    if (!old_name || strcmp(old_name, name) != 0) {
        atk_object_set_name(object, name);
    }
    if (!old_about || strcmp(old_about, about) != 0) {
        atk_object_set_description(object, about);
    }
}

void heed_node_look(HeedNode *node, const struct heed_node_look *look)
{
    const struct heed_node_look old = node->look;
    AtkObject *object = ATK_OBJECT(node);
    const bool other = strcmp(old.value, look->value) != 0;
    const glong n_old = other ? g_utf8_strlen(old.value, -1) : 0;
    node->look = *look;
    node->look.value = other ? g_strdup(look->value) : old.value;
    if (old.checked != look->checked) {
        atk_object_notify_state_change(object, ATK_STATE_CHECKED, look->checked);
    }
    if (old.focused != look->focused) {
        atk_object_notify_state_change(object, ATK_STATE_FOCUSED, look->focused);
    }
    if (other) {
        const glong n = g_utf8_strlen(look->value, -1);
        if (ATK_IS_TEXT(object) && n_old > 0) {
            g_signal_emit_by_name(object, "text-remove", 0, (gint)n_old, old.value);
        }
        if (ATK_IS_TEXT(object) && n > 0) {
            g_signal_emit_by_name(object, "text-insert", 0, (gint)n, look->value);
        }
        g_free((char *)old.value);
    }
    if (ATK_IS_TEXT(object) && old.caret != look->caret) {
        g_signal_emit_by_name(object, "text-caret-moved", look->caret);
    }
}

void heed_node_activate(HeedNode *node, bool is_active)
{
    node->is_active = is_active;
    g_signal_emit_by_name(node, is_active ? "activate" : "deactivate");
    atk_object_notify_state_change(ATK_OBJECT(node), ATK_STATE_ACTIVE, is_active);
}
