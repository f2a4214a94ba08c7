/*
 * One thing on screen as an ATK object: a name, a role, a place, children. Inside app/, of
 * a build with ATK. Main thread.
 */
#ifndef HEED_APP_ACCESS_NODE_H
#define HEED_APP_ACCESS_NODE_H

#include <atk/atk.h>
#include <stdbool.h>

#include "draw/display_list.h"

typedef struct _HeedNode HeedNode;

/* What nodes ask of the window. */
struct heed_node_world {
    void (*click)(void *context, struct heed_rect rect);
    /* From the list's px to the window's units, or the screen's. */
    void (*place)(void *context, struct heed_rect *rect, bool on_screen);
};

struct heed_node_look {
    struct heed_rect rect; /* the list's px */
    bool focused, checked, idle, acts;
    const char *value; /* a field's text; not NULL */
    int caret;
};

/* NULL: the window is gone. */
void heed_node_set_world(const struct heed_node_world *world, void *context);
/* The program's object, made once, and what ATK gives as its root. */
HeedNode *heed_node_root(void);
HeedNode *heed_node_child(HeedNode *node, int index); /* NULL: there is none */
/* A new child in this place, of what was there or behind the last; told of. Borrowed. */
HeedNode *heed_node_put(HeedNode *node, int index, AtkRole role);
/* Only the first n children stay. */
void heed_node_cut(HeedNode *node, int n);
AtkRole heed_node_role(HeedNode *node);
/* These tell what has changed. */
void heed_node_name(HeedNode *node, const char *name, const char *about);
void heed_node_look(HeedNode *node, const struct heed_node_look *look);
void heed_node_activate(HeedNode *node, bool is_active);

#endif
