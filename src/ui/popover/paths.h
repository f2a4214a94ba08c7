/*
 * The question for a path: its words, the list of the folder that is typed, what is wrong
 * with it. The disk is app/'s, which lists what the ui can't. Inside the ui and for app/.
 * One thread.
 */
#ifndef HEED_UI_POPOVER_PATHS_H
#define HEED_UI_POPOVER_PATHS_H

#include "base/folder.h"
#include "ui/window/window.h"

void heed_popover_open_path(struct heed_ui *ui, enum heed_command command);
/* OPEN, from the folder of the attention file that is shown; second: for what it is compared
 * with. */
void heed_popover_ask_file(struct heed_ui *ui, bool second);
/* Which lesson the state becomes a step of: the last one is offered, or a new one. */
void heed_popover_ask_step(struct heed_ui *ui, bool in_a_new_one);
/* A sentence's name, this one now; the answer is the command SENTENCES with -1. */
void heed_popover_ask_name(struct heed_ui *ui, const char *name, size_t length);
/* OPEN, with what that folder holds; its path ends in a slash. */
void heed_popover_ask_in(struct heed_ui *ui, const char *folder);
/* OPEN, with these paths to choose from until something is typed. */
void heed_popover_ask_which(struct heed_ui *ui, const struct heed_folder *paths);
const char *heed_popover_path_title(const struct heed_popover *popover);
const char *heed_popover_path_note(const struct heed_popover *popover);
/* The field's text changed: the list is to be made anew. */
void heed_popover_path_typed(struct heed_ui *ui);
/* The row in hand, or what is typed. */
void heed_popover_accept_path(struct heed_ui *ui);
/* A row: a folder is typed on, a file is taken. */
void heed_popover_choose_path(struct heed_ui *ui, int row);
/* The desktop's chooser gave this path: it is typed, and taken, loaded as a model, or the
 * export's folder. */
void heed_popover_take_chosen(struct heed_ui *ui, const char *path, size_t length);
/* Tab; false if nothing completes what is typed. */
bool heed_popover_complete_path(struct heed_ui *ui);

/* --- for app/ --- */
/* What is asked for, as the desktop's chooser is to ask it; false: neither a path nor a model
 * is. The export's folder is one, too. */
struct heed_path_question {
    const char *title, *typed;   /* the ui's, until the next call to it */
    const char *kind;            /* of files ... */
    const char *const *patterns; /* ... whose names are such; ends with NULL */
    bool saves;
    bool is_folder; /* a folder is asked for, a model's or the export's */
};
bool heed_popover_get_question(const struct heed_ui *ui, struct heed_path_question *question);
/* A line below the path, or in the export panel's foot, until something is typed; ends: the
 * chooser is closed. */
void heed_popover_tell(struct heed_ui *ui, const char *text, bool ends);
/* A path is asked for whose folder isn't listed yet: what is typed; NULL: none is. */
const char *heed_popover_get_unlisted(const struct heed_ui *ui);
/* A path is asked for, and what its last Enter met is still told below it. */
bool heed_popover_shows_problem(const struct heed_ui *ui);
/* A path was taken, and what became of it isn't said yet. */
bool heed_popover_is_waiting(const struct heed_ui *ui);
/* What that folder holds; the rows are what begins with the path's last part, in any case.
 * Before anything is typed the paths that were opened last stand above it (NULL: none). */
void heed_popover_list(struct heed_ui *ui, const struct heed_folder *folder,
                       const struct heed_folder *recent);
/* The recent files aren't so any more: they are listed anew, unless a row is in hand. */
void heed_popover_relist(struct heed_ui *ui);
/* Another session would replace `name`, which has changes: OPEN_ANYWAY is the answer. */
void heed_popover_ask_open(struct heed_ui *ui, const char *name);

#endif
