/*
 * What a command is: one row of a table that ui/commands.c has. Buttons, menus,
 * keys and help come from it. Inside ui; one thread.
 */
#ifndef HEED_UI_WINDOW_COMMANDS_H
#define HEED_UI_WINDOW_COMMANDS_H

#include "state/commands.h"
#include "state/event.h"
#include "state/state.h"

struct heed_ui;

struct heed_command_key {
    enum heed_key key;
    uint8_t mods; /* HEED_MOD_* */
    bool bare;    /* only while no text field has the focus */
};

enum { HEED_COMMAND_KEYS = 2 };

/* What else follows from another state. */
enum {
    HEED_AFTER_TOP = 1,    /* the picture is scrolled to its top ... */
    HEED_AFTER_ORIGIN = 2, /* ... or to its origin, and fitted */
    HEED_AFTER_REVEAL = 4, /* what is pinned is scrolled to */
    HEED_AFTER_FIELDS = 8  /* the fields may hold other texts */
};

/* It does one of these: flips a bool of the state, sets the state, opens a menu
 * (when its argument is 0), runs, or steps. The first two are one step of the history. */
struct heed_command_info {
    enum heed_command command;
    int32_t argument;
    const char *name;                                /* "Hide special tokens"; NULL: not listed */
    const char *group;                               /* "Filters" */
    struct heed_command_key keys[HEED_COMMAND_KEYS]; /* NONE: none */
    /* Where this holds its keys mean it, whatever they mean elsewhere; where it doesn't
     * it has none. NULL: its keys are its own everywhere else. */
    bool (*only)(const struct heed_state *state);
    /* False if it would do nothing now; NULL: it always does something. */
    bool (*can)(const struct heed_ui *ui, int32_t argument);
    bool says_why; /* runs all the same: it tells what is missing */
    size_t flips;  /* offsetof(struct heed_state, ...); 0: none */
    void (*set)(struct heed_state *state, int32_t argument);
    void (*menu)(struct heed_ui *ui); /* adds the rows */
    void (*run)(struct heed_ui *ui, int32_t argument);
    void (*step)(struct heed_ui *ui, int by);
    int8_t by;     /* of step: 1 up, -1 down */
    uint8_t after; /* HEED_AFTER_*, of flips and set */
};

struct heed_command_table {
    const struct heed_command_info *rows; /* in the order of the help sheet */
    int n;
    const struct heed_command_info *unlisted; /* without name, group and keys */
    int n_unlisted;
};

/* The command that a key press means in this state, or NULL. */
const struct heed_command_info *heed_commands_find(const struct heed_command_table *table,
                                                   const struct heed_state *state,
                                                   const struct heed_event *event,
                                                   bool in_text_field);
/* Its row, or NULL. */
const struct heed_command_info *heed_commands_get_info(const struct heed_command_table *table,
                                                       enum heed_command command, int32_t argument);
/* "Ctrl+Z"; "" if it has no key. */
void heed_command_key_text(const struct heed_command_info *info, char *text, size_t size);

#endif
