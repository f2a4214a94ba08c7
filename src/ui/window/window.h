/* The window's own state. Inside ui only; one thread. */
#ifndef HEED_UI_WINDOW_WINDOW_H
#define HEED_UI_WINDOW_WINDOW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "scene/chrome/layout.h"
#include "scene/frame/tasks.h"
#include "scene/panels/panels.h"
#include "scene/parts/provisos.h"
#include "scene/views/views.h"
#include "state/examples.h"
#include "state/probe_files.h"
#include "ui/window/commands.h"
#include "ui/window/effects.h"
#include "ui/window/export.h"
#include "ui/window/lesson.h"
#include "ui/window/models.h"
#include "ui/window/popover.h"
#include "ui/window/step.h"

enum {
    HEED_UI_FIELD_TEXT,
    HEED_UI_FIELD_PAIR,
    HEED_UI_FIELD_POPOVER,
    HEED_UI_FIELD_EXPORT, /* and the others of enum heed_export_field */
    HEED_UI_FIELD_NONE = HEED_UI_FIELD_EXPORT + HEED_N_EXPORT_FIELDS
};

/* What a change belongs to: equal tags in a row are one step of the history.
 * Fields use TYPING + field, sliders SLIDER + slider. */
enum {
    HEED_MERGE_NONE = 0,
    HEED_MERGE_TYPING = 1,
    HEED_MERGE_ERASING = 8,
    HEED_MERGE_SLIDER = 16,
    HEED_MERGE_HEAD_CLICK = 32
};

enum { HEED_HISTORY_STEPS = 200 };

struct heed_history {
    struct heed_step *undo[HEED_HISTORY_STEPS];
    struct heed_step *redo[HEED_HISTORY_STEPS];
    int n_undo, n_redo;
    int merge; /* tag of the newest step while it may still grow */
};

enum { HEED_FOCUS_MEMORY = 32 };

struct heed_focus {
    struct heed_target target; /* kind NONE: nothing, or a text field */
    struct heed_rect rect;     /* where it was in the last list */
    bool by_keyboard;          /* the ring is shown */
    int row, column;           /* inside a CELL target */
    struct {
        int group;
        struct heed_target target;
    } memory[HEED_FOCUS_MEMORY];
    int n_memory;
};

struct heed_pointer {
    float x, y;
    bool inside;
    struct heed_target hot;
    struct heed_rect hot_rect;
    int hot_row, hot_column; /* of a CELL, else -1 */
    double hot_since;
    bool down, panning, tip_hidden;
    int clicks;
    uint8_t mods;
    float down_x, down_y;
    float pan_x, pan_y; /* scroll when the button went down */
    struct heed_target pressed;
    struct heed_rect pressed_rect;
};

enum { HEED_SEARCH_MATCHES = 2048 };

/* What Ctrl+F finds, in order. */
struct heed_search {
    struct heed_pin items[HEED_SEARCH_MATCHES];
    int n, at;
};

/* What the last picture was of, as far as it tells how the next one comes. */
struct heed_ui_seen {
    bool is_known, page;
    unsigned n_changes;
    int view, panel, popover;
    uint64_t text_version, result_version;
    const struct heed_result *result; /* only compared */
    const struct heed_kit *kit;       /* likewise, of that result */
    struct heed_target hot, focus;
    int hot_row, hot_column;
    float places[9]; /* size, scale, scrolls */
};

struct heed_ui {
    struct heed_moment now;
    struct heed_step *before; /* the state before the change in hand */
    struct heed_history history;
    uint64_t next_version;

    const struct heed_result *result; /* the last good one */
    uint64_t result_version;          /* of its texts */
    uint64_t job_generation, seen_generation;
    double waiting_since;
    const struct heed_model *model;
    const struct heed_tokenizer *tokenizer;

    struct heed_textfield fields[2];
    int rows[2]; /* that their texts would take */
    int focused_field;
    bool drop_text;     /* the next text is of a key that was a command */
    double caret_since; /* the caret is steady at first, then blinks */
    bool window_focused;
    bool desktop_is_still; /* it asks for no motion */
    unsigned n_changes;    /* of the state */
    struct heed_ui_seen seen;

    struct heed_pointer pointer;
    struct heed_focus focus;
    struct heed_head_id last_head; /* a Shift-click extends from it */
    bool has_last_head, last_head_shown;
    struct heed_step *before_click; /* for a double click on a head */

    const struct heed_example *examples;  /* borrowed */
    const struct heed_probe_file *probes; /* borrowed */
    int n_probes;
    int n_examples, example;    /* the one taken over; -1: none */
    bool story;                 /* the first result is to be told of */
    bool hint;                  /* the first start's: what to try */
    unsigned tried;             /* what of it was done */
    struct heed_pin told_query; /* what the first start has pinned */
    float note_height;          /* px; 0: no note is seen */
    float caption_height;       /* px that a projected example's words need, or ... */
    float caption_need;         /* ... what is to be said of the picture, when last drawn */
    bool fullscreen;            /* at the desk */
    bool printed;               /* slides: no keys are named, nothing scrolls */
    enum heed_blank blank;
    bool second_page; /* projected Compare: maps and heads in place of the arcs */
    bool pair_large;  /* projected: the pinned pair in place of the picture */
    struct heed_ui_lesson lesson;

    double result_since;  /* when the shown result was drawn first, s; negative: it wasn't */
    unsigned later;       /* the next job is the shown result's again, with this that comes after
                             its picture: a set of enum heed_later */
    unsigned later_asked; /* what was asked for ... */
    uint64_t later_for;   /* ... of the result of this generation */
    struct heed_tasks tasks;
    bool has_resumed;             /* what had run before this window began is known */
    unsigned resumes;             /* and of it this is to be begun again: 1 << heed_task_kind */
    uint64_t overview_id;         /* of the maps that the overview began last is of */
    uint64_t last_task;           /* the newest's id */
    struct heed_view_cache cache; /* of the open view */
    struct heed_panel_cache panel_cache;
    struct heed_popover popover;
    struct heed_ui_export exporting;
    struct heed_search search; /* of the SEARCH popover */
    struct heed_ui_models models;
    struct heed_hover subject; /* what the context menu is about ... */
    bool has_subject;          /* ... while its command runs */
    bool inspector_open, rail_open, filters_open;
    unsigned unfolded; /* 1 << enum heed_ranking: it lists all */
    float inspector_scrolls[HEED_N_VIEWS + HEED_N_PANELS]; /* each view's own, and panel's */
    float rail_scroll, scroll_x, scroll_y, zoom;
    float rail_content, inspector_content, content_width, content_height;
    float fixed_top; /* px of the canvas that don't scroll */
    char message[640];
    bool message_is_error, message_of_result;
    double message_until; /* typing doesn't end it before; 0: it does */

    float width, height, pixel_ratio;
    float dots; /* an inch of the screen; 0: not known */
    struct heed_layout layout;
    struct heed_list list;
    struct heed_proviso provisos[HEED_MAX_PROVISOS]; /* of the list */
    int n_provisos;
    /* Given by ui.c, since they lie above: the commands, what draws the list anew,
     * what opens a menu whose rows fill adds. */
    const struct heed_command_table *commands;
    void (*rebuild)(struct heed_ui *ui);
    void (*open_menu)(struct heed_ui *ui, enum heed_command command, struct heed_rect anchor,
                      void (*fill)(struct heed_ui *ui));
    size_t sheet_items;   /* the list's items from here are the export panel's ... */
    size_t popover_items; /* ... and from here the popover's */
    bool dirty;           /* the list isn't of the present state */
    bool changed;         /* since the last effects were filled */
    bool reveal;          /* the pinned tokens are to be scrolled to */
    double time;
    struct heed_effects idle; /* what happened outside of handle */
    struct heed_head_id job_heads[HEED_MAX_SHOWN];
    struct heed_rect caret, told_caret;
    const struct heed_metrics *metrics; /* during a call */
    struct heed_effects *effects;       /* during a call */
    struct heed_buffer clipboard, primary, path;
};

/* The whole picture, from its beginning. */
static inline void heed_ui_fit(struct heed_ui *ui)
{
    ui->scroll_x = ui->scroll_y = 0.0F;
    ui->zoom = 1.0F;
    ui->second_page = ui->pair_large = false;
}

/* Of what is seen now. */
static inline float *heed_ui_inspector_scroll(struct heed_ui *ui)
{
    const struct heed_state *state = &ui->now.state;
    return &ui->inspector_scrolls[state->panel != HEED_PANEL_NONE ? HEED_N_VIEWS + (int)state->panel
                                                                  : (int)state->view];
}

/* Logical px to px, of the picture and what lies over it. */
static inline float heed_ui_scale(const struct heed_ui *ui)
{
    return ui->layout.scale * ui->layout.projection;
}

void heed_ui_seal(struct heed_ui *ui); /* the next change is a new step */
/* The list of the present state, built anew if it isn't. */
const struct heed_list *heed_ui_list(struct heed_ui *ui);
void heed_ui_touch(struct heed_ui *ui); /* the picture changes */
/* Those of the shown result: NULL if it is of a file. */
const struct heed_model *heed_ui_model(const struct heed_ui *ui);
const struct heed_tokenizer *heed_ui_tokenizer(const struct heed_ui *ui);
int heed_ui_n_layers(const struct heed_ui *ui);
int heed_ui_n_heads(const struct heed_ui *ui);
/* The state as the shown result can be drawn with it. */
void heed_ui_drawn_state(const struct heed_ui *ui, struct heed_state *state);
void heed_ui_say(struct heed_ui *ui, bool is_error, const char *format, ...) HEED_PRINTF(3, 4);
void heed_ui_clamp_scroll(struct heed_ui *ui);

#endif
