/*
 * What the parts of the ui share. Nothing outside ui*.c, popover*.c and
 * tooltip.c includes it. One thread.
 */
#ifndef HEED_SCENE_UI_PRIVATE_H
#define HEED_SCENE_UI_PRIVATE_H

#include "base/buffer.h"
#include "scene/chrome.h"
#include "scene/commands.h"
#include "scene/layout.h"
#include "scene/popover.h"
#include "scene/probe_files.h"
#include "scene/provisos.h"
#include "scene/textfield.h"
#include "scene/ui.h"
#include "scene/view.h"

enum { HEED_UI_FIELD_TEXT, HEED_UI_FIELD_PAIR, HEED_UI_FIELD_POPOVER, HEED_UI_FIELD_NONE };

/* What a change belongs to: equal tags in a row are one step of the history.
 * Fields use TYPING + field, sliders SLIDER + slider. */
enum {
    HEED_MERGE_NONE = 0,
    HEED_MERGE_TYPING = 1,
    HEED_MERGE_ERASING = 8,
    HEED_MERGE_SLIDER = 16,
    HEED_MERGE_HEAD_CLICK = 32
};

/* A state and the versions that it speaks of: a version numbers one pair of
 * texts; the pins' tokens are those of pin_version. */
struct heed_moment {
    struct heed_state state;
    uint64_t text_version, pin_version;
};

enum { HEED_HISTORY_STEPS = 200 };

struct heed_history {
    struct heed_moment *undo[HEED_HISTORY_STEPS];
    struct heed_moment *redo[HEED_HISTORY_STEPS];
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

enum { HEED_SEARCH_MATCHES = 2048, HEED_TIP_BYTES = 200 };

/* What Ctrl+F finds, in order. */
struct heed_search {
    struct heed_pin items[HEED_SEARCH_MATCHES];
    int n, at;
};

struct heed_ui {
    struct heed_moment now;
    struct heed_moment *before; /* the state before the change in hand */
    struct heed_history history;
    uint64_t next_version;

    const struct heed_result *result; /* the last good one */
    uint64_t result_version;          /* of its texts */
    uint64_t job_generation, seen_generation;
    double waiting_since;
    const struct heed_model *model;
    const struct heed_tokenizer *tokenizer;

    struct heed_textfield fields[2];
    int focused_field;
    bool drop_text;     /* the next text is of a key that was a command */
    double caret_since; /* the caret is steady at first, then blinks */
    bool window_focused;

    struct heed_pointer pointer;
    struct heed_focus focus;
    struct heed_head_id last_head; /* a Shift-click extends from it */
    bool has_last_head, last_head_shown;
    struct heed_moment *before_click; /* for a double click on a head */

    const struct heed_example *examples;  /* borrowed */
    const struct heed_probe_file *probes; /* borrowed */
    int n_probes;
    int n_examples, example; /* the one taken over; -1: none */
    bool hint;               /* the first start's: what to try */
    float note_height;       /* px; 0: no note is seen */

    struct heed_link_measures *links; /* of the inspected run, or NULL */
    double result_since;              /* when the shown result came, s */
    struct heed_tasks tasks;
    uint64_t last_task;                   /* the newest's id */
    struct heed_stack *stack;             /* what Stack shows; NULL in other views */
    struct heed_heads_links *heads_links; /* NULL unless Heads shows links */
    struct heed_popover popover;
    struct heed_search search; /* of the SEARCH popover */
    struct heed_hover subject; /* what the context menu is about ... */
    bool has_subject;          /* ... while its command runs */
    bool inspector_open, rail_open, filters_open;
    bool rank_all; /* rankings list every head */
    float rail_scroll, inspector_scroll, scroll_x, scroll_y, zoom;
    float rail_content, inspector_content, content_width, content_height;
    float fixed_top; /* px of the canvas that don't scroll */
    char message[640];
    bool message_is_error, message_of_result;
    double message_until; /* typing doesn't end it before; 0: it does */

    float width, height, pixel_ratio;
    struct heed_layout layout;
    struct heed_list list;
    struct heed_proviso provisos[HEED_MAX_PROVISOS]; /* of the list */
    int n_provisos;
    void (*rebuild)(struct heed_ui *ui); /* draws the list anew */
    size_t popover_items; /* the list's items from here are the popover's */
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

/* ui.c */
void heed_ui_layout(struct heed_ui *ui);
/* The list of the present state, built anew if it isn't. */
const struct heed_list *heed_ui_list(struct heed_ui *ui);
void heed_ui_touch(struct heed_ui *ui); /* the picture changes */
int heed_ui_n_layers(const struct heed_ui *ui);
int heed_ui_n_heads(const struct heed_ui *ui);
/* The state as the shown result can be drawn with it. */
void heed_ui_drawn_state(const struct heed_ui *ui, struct heed_state *state);
void heed_ui_say(struct heed_ui *ui, bool is_error, const char *format, ...) HEED_PRINTF(3, 4);

/* ui_history.c: every change of the state lies between begin and end. */
bool heed_ui_begin(struct heed_ui *ui);
void heed_ui_end(struct heed_ui *ui, int merge);
void heed_ui_seal(struct heed_ui *ui); /* the next change is a new step */
bool heed_ui_undo(struct heed_ui *ui, bool redo);
void heed_ui_forget(struct heed_ui *ui);
struct heed_moment *heed_moment_create(const struct heed_moment *from);
void heed_moment_destroy(struct heed_moment *moment);
/* Field texts follow the state, carets stay near what changed. */
void heed_ui_sync_fields(struct heed_ui *ui);
/* The same for another document: carets go to the ends of other texts. */
void heed_ui_renew_fields(struct heed_ui *ui);

/* ui_pins.c */
void heed_ui_follow_result(struct heed_ui *ui, const struct heed_result *result);
void heed_ui_pin_query(struct heed_ui *ui, struct heed_pin query);
void heed_ui_pin_key(struct heed_ui *ui, struct heed_pin key);
void heed_ui_pin_pair(struct heed_ui *ui, struct heed_pin query, struct heed_pin key);
bool heed_ui_unpin(struct heed_ui *ui); /* one step; false: nothing pinned */
bool heed_pin_equal(struct heed_pin a, struct heed_pin b);
/* The words of a pin, as they are shown. */
void heed_ui_pin_text(const struct heed_ui *ui, struct heed_pin pin, char *text, size_t size);
struct heed_pin heed_ui_unit_pin(const struct heed_ui *ui, int unit);
/* Of B's unit: A's word beside it, if there is one. */
struct heed_pin heed_ui_unit_pin_b(const struct heed_ui *ui, int unit);
/* Of a QUERY or KEY. */
struct heed_pin heed_target_pin(struct heed_target target);
/* What is pointed at, else pinned; false if no pair is. */
bool heed_ui_pair_in_hand(const struct heed_ui *ui, struct heed_pin *query, struct heed_pin *key);
/* The result whose tokens a pin speaks of; NULL: it has no such tokens. */
const struct heed_result *heed_ui_pin_result(const struct heed_ui *ui, struct heed_pin pin);
/* The same pair's in Compare's B; false: B hasn't both words. */
bool heed_ui_weight_b(const struct heed_ui *ui, struct heed_head_id id, struct heed_pin query,
                      struct heed_pin key, float *weight);
/* Weight of a pair in a head as the maps show it; false: not visible. */
bool heed_ui_weight(const struct heed_ui *ui, struct heed_head_id id, struct heed_pin query,
                    struct heed_pin key, float *weight);

/* Marks the word of a token as a candidate, or unmarks it. */
void heed_ui_toggle_candidate(struct heed_ui *ui, struct heed_pin pin);
/* As heed_ui_begin, for pins: they speak of the tokens that are seen. */
bool heed_ui_begin_pin(struct heed_ui *ui);

/* ui_probe.c */
/* The menu of the files that can be probed. */
void heed_ui_fill_probes(struct heed_ui *ui);
/* 0: that menu, below the anchor; i + 1: probes the i-th that is carried. */
void heed_ui_choose_probe(struct heed_ui *ui, int32_t argument, struct heed_rect anchor);
/* The i-th sentence of the newest probe becomes the text: its pronoun and
 * answer pinned, its candidates marked. */
void heed_ui_open_sentence(struct heed_ui *ui, int index);
/* Only this head: the one whose answers are listed. */
void heed_ui_choose_probed(struct heed_ui *ui, struct heed_head_id id);

/* ui_tasks.c: false if the command is none of the panels'. */
bool heed_ui_run_panel(struct heed_ui *ui, enum heed_command command, int32_t argument);
bool heed_ui_can_panel(const struct heed_ui *ui, enum heed_command command, int32_t argument);
/* Esc: cancels what runs, else closes the panel; false: neither. */
bool heed_ui_leave_panel(struct heed_ui *ui);
/* Makes ui->links when a pair is pinned and no run has come for a while, so
 * that typing needn't wait for it. */
void heed_ui_follow_links(struct heed_ui *ui);
double heed_ui_links_in(const struct heed_ui *ui); /* s; negative: never */
/* A control of a panel's header, which doesn't scroll. */
bool heed_ui_is_fixed(struct heed_target target);

/* ui_compare.c */
/* What a CELL's row and column stand for; key empty: it stands for one token. */
void heed_ui_cell_pins(const struct heed_ui *ui, struct heed_target cell, int row, int column,
                       struct heed_pin *query, struct heed_pin *key);
/* The tip for a pair or a cell in Compare; returns how many lines. */
int heed_ui_describe_compared(const struct heed_ui *ui, struct heed_target target,
                              char lines[][HEED_TIP_BYTES]);

/* ui_context.c */
struct heed_hover heed_ui_in_hand(const struct heed_ui *ui);
/* The head of a command's argument; 0: the one in hand, else Matrix's. */
struct heed_head_id heed_ui_argument_head(const struct heed_ui *ui, int32_t argument);
/* The menu of what is pointed at or focused, below the anchor. */
void heed_ui_open_context(struct heed_ui *ui, struct heed_rect anchor);
void heed_ui_fill_context(struct heed_ui *ui);
bool heed_ui_run_context(struct heed_ui *ui, enum heed_command command, int32_t argument);

/* ui_off.c: what a person switches off; false if the command is none of it */
bool heed_ui_run_off(struct heed_ui *ui, enum heed_command command, int32_t argument);
/* Rows of the menus: of a pair, of the subject's head, of all that is off. */
void heed_ui_add_cut_rows(struct heed_ui *ui, struct heed_pin query, struct heed_pin key);
void heed_ui_fill_factors(struct heed_ui *ui);
void heed_ui_fill_off(struct heed_ui *ui);
/* The words of the first cut whose tokens an edit takes away, "" without;
 * before they have followed it. */
void heed_ui_find_lost_cut(const struct heed_ui *ui, const struct heed_token_moves *moves,
                           char *text, size_t size);

/* ui_variant.c: mask, positions, attention; false if the command is none of
 * them */
bool heed_ui_run_variant(struct heed_ui *ui, enum heed_command command, int32_t argument);
bool heed_ui_can_variant(const struct heed_ui *ui, enum heed_command command, int32_t argument);

/* ui_lab.c: false if the command is none of Lab's menus. */
bool heed_ui_run_lab(struct heed_ui *ui, enum heed_command command);
void heed_ui_fill_mutes(struct heed_ui *ui);
void heed_ui_fill_cuts(struct heed_ui *ui);
/* The tip for a cell in Lab; returns how many lines, 0 in other views. */
int heed_ui_describe_lab(const struct heed_ui *ui, char lines[][HEED_TIP_BYTES]);

/* ui_heads.c */
void heed_ui_click_head(struct heed_ui *ui, struct heed_head_id id, int clicks, uint8_t mods);
void heed_ui_isolate(struct heed_ui *ui, struct heed_head_id id);
/* Only this head, in Matrix; as if a first click before hadn't been. */
void heed_ui_open_head(struct heed_ui *ui, struct heed_head_id id, bool after_click);
void heed_ui_show_layer(struct heed_ui *ui, int layer);
void heed_ui_show_column(struct heed_ui *ui, int head);
void heed_ui_step_layer(struct heed_ui *ui, int by);
void heed_ui_step_matrix(struct heed_ui *ui, int by);
void heed_ui_choose_matrix(struct heed_ui *ui, struct heed_head_id id);

/* ui_commands.c */
void heed_ui_run(struct heed_ui *ui, enum heed_command command, int32_t argument);
/* False if it would do nothing now. */
bool heed_ui_can(const struct heed_ui *ui, enum heed_command command, int32_t argument);
/* A path that was dropped or chosen, for OPEN, SAVE or EXPORT. */
void heed_ui_take_path(struct heed_ui *ui, const struct heed_event *event,
                       enum heed_command command);
void heed_ui_zoom_at(struct heed_ui *ui, float factor, float x, float y);
void heed_ui_clamp_scroll(struct heed_ui *ui);

/* ui_filters.c: false if the command is none of the filters'. */
bool heed_ui_run_filter(struct heed_ui *ui, enum heed_command command, int32_t argument);
void heed_ui_set_slider(struct heed_ui *ui, enum heed_slider slider, float value);

/* ui_fields.c */
struct heed_textfield *heed_ui_field(struct heed_ui *ui, int field);
void heed_ui_focus_field(struct heed_ui *ui, int field);
bool heed_ui_field_event(struct heed_ui *ui, const struct heed_event *event);
bool heed_ui_caret_on(const struct heed_ui *ui, double *next);

/* ui_pointer.c */
void heed_ui_pointer_event(struct heed_ui *ui, const struct heed_event *event);
void heed_ui_update_hot(struct heed_ui *ui);
struct heed_hover heed_ui_hover(const struct heed_ui *ui);
/* What a click on a target means. */
void heed_ui_activate(struct heed_ui *ui, struct heed_target target, struct heed_rect rect,
                      int clicks, uint8_t mods);
/* The rectangle that an item takes. */
struct heed_rect heed_item_bounds(const struct heed_item *item);
bool heed_rect_has(struct heed_rect rect, float x, float y);

/* ui_focus.c */
void heed_ui_tab(struct heed_ui *ui, bool backwards);
bool heed_ui_focus_key(struct heed_ui *ui, const struct heed_event *event);
void heed_ui_clear_focus(struct heed_ui *ui);
void heed_ui_refresh_focus(struct heed_ui *ui);

/* ui_keys.c */
void heed_ui_key_event(struct heed_ui *ui, const struct heed_event *event);

/* tooltip.c */
double heed_ui_tooltip_in(const struct heed_ui *ui); /* s; negative: none */
void heed_ui_draw_tooltip(struct heed_ui *ui, const struct heed_skin *skin);

/* At least 640 x 480 logical px remain. */
void heed_ui_fit_scale(struct heed_ui *ui);

/* In, out, or fitted again. */
void heed_ui_zoom(struct heed_ui *ui, enum heed_command command);

/* The shown result's comparison, where Compare is seen; else NULL. */
const struct heed_comparison *heed_ui_compared(const struct heed_ui *ui);

/* The index-th place that both texts have; -1: there is none. */
int heed_ui_aligned_place(const struct heed_alignment *units, int index);

/* Neither nothing, nor a ground. */
bool heed_target_is_thing(struct heed_target target);

#endif
