/*
 * What is on screen as a tree for who doesn't see it: roles, names, values, the focus. Made
 * of the last list's targets, as the keyboard's groups are, and of the row of weights in
 * hand. app/ gives it to the desktop's screen readers. One thread.
 */
#ifndef HEED_UI_INPUT_SPOKEN_H
#define HEED_UI_INPUT_SPOKEN_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/compiler.h"
#include "draw/display_list.h"

struct heed_ui;

enum heed_spoken_role {
    HEED_SPOKEN_GROUP,
    HEED_SPOKEN_FIELD, /* its value is the text */
    HEED_SPOKEN_TAB,
    HEED_SPOKEN_BUTTON,
    HEED_SPOKEN_TOGGLE,
    HEED_SPOKEN_CHOICE, /* one of several, of which one is checked */
    HEED_SPOKEN_SLIDER,
    HEED_SPOKEN_HEAD, /* a toggle: shown or not */
    HEED_SPOKEN_TOKEN,
    HEED_SPOKEN_MAP,    /* a matrix as a whole */
    HEED_SPOKEN_WEIGHT, /* one key of the row in hand, with its weights */
    HEED_SPOKEN_LABEL,
    HEED_SPOKEN_ITEM /* of a menu */
};

struct heed_spoken {
    enum heed_spoken_role role;
    const char *name;  /* never NULL */
    const char *about; /* what a tip says; "" */
    const char *value; /* "" */
    struct heed_rect rect;
    struct heed_target target; /* kind NONE: only to be read */
    bool focused, checked, idle;
    int caret;       /* of a field: in code points */
    int first, last; /* of a group: its items are [first, last) */
};

/* Groups stand before all items; the first groups[0 .. n_groups) are the window's children. */
struct heed_spoken_tree {
    struct heed_spoken *items; /* in the arena */
    int n, n_groups;
    struct heed_arena arena;
};

/* Makes it anew of the list that was built last. False without memory: it is empty then. */
HEED_NODISCARD bool heed_ui_speak(struct heed_ui *ui, struct heed_spoken_tree *tree);
void heed_spoken_finish(struct heed_spoken_tree *tree);

#endif
