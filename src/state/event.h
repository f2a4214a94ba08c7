/*
 * Events as the scene knows them: what app/ makes of SDL's, and tests make of
 * nothing. Positions are in the list's px.
 */
#ifndef HEED_STATE_EVENT_H
#define HEED_STATE_EVENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { HEED_MOD_SHIFT = 1, HEED_MOD_CTRL = 2, HEED_MOD_ALT = 4, HEED_MOD_SUPER = 8 };

/* Letters and digits are their ASCII upper case; the rest has names. */
enum heed_key {
    HEED_KEY_NONE = 0,
    HEED_KEY_PLUS = '+',
    HEED_KEY_MINUS = '-',
    HEED_KEY_SLASH = '/',
    HEED_KEY_0 = '0',
    HEED_KEY_A = 'A', /* ... to 'Z' */
    HEED_KEY_LEFT = 256,
    HEED_KEY_RIGHT,
    HEED_KEY_UP,
    HEED_KEY_DOWN,
    HEED_KEY_HOME,
    HEED_KEY_END,
    HEED_KEY_PAGE_UP,
    HEED_KEY_PAGE_DOWN,
    HEED_KEY_BACKSPACE,
    HEED_KEY_DELETE,
    HEED_KEY_INSERT,
    HEED_KEY_ENTER,
    HEED_KEY_TAB,
    HEED_KEY_ESCAPE,
    HEED_KEY_SPACE,
    HEED_KEY_MENU,
    HEED_KEY_F1 /* ... F12 follow */
};

enum heed_event_kind {
    HEED_EVENT_NONE,
    HEED_EVENT_KEY,     /* key, mods, repeat */
    HEED_EVENT_TEXT,    /* text: committed UTF-8 */
    HEED_EVENT_COMPOSE, /* text: the input method's unfinished text;
                           cursor, selected: in code points */
    HEED_EVENT_POINTER_MOVE,
    HEED_EVENT_POINTER_DOWN, /* button 1 left, 2 middle, 3 right; clicks 1..3 */
    HEED_EVENT_POINTER_UP,
    HEED_EVENT_POINTER_LEAVE,
    HEED_EVENT_WHEEL,       /* wheel_x, wheel_y: notches, up and left positive */
    HEED_EVENT_PASTE,       /* text: what an effect asked for; primary too */
    HEED_EVENT_DROP,        /* text: path of a file */
    HEED_EVENT_FOCUS,       /* the window got or lost the keyboard: has_focus */
    HEED_EVENT_FILE_CHOSEN, /* text: the path that the desktop's chooser gives */
    HEED_EVENT_COMMAND      /* command, argument: a button of the teacher's window */
};

struct heed_event {
    enum heed_event_kind kind;
    double time; /* seconds, monotonic */
    float x, y;
    float wheel_x, wheel_y;
    int button, clicks;
    uint8_t mods;
    enum heed_key key;
    bool repeat, has_focus;
    const char *text; /* borrowed for the call */
    size_t length;
    int cursor, selected;
    int command; /* enum heed_command */
    int32_t argument;
};

#endif
