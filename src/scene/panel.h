/*
 * Panels: what a long task has come to, shown in the place of the view. Head
 * map, rail and inspector stay. Here is what all panels share: the header
 * with its buttons, and the progress of what runs. One file a panel draws the
 * rest. Pure; the thread that builds the list.
 */
#ifndef HEED_SCENE_PANEL_H
#define HEED_SCENE_PANEL_H

#include "base/buffer.h"
#include "scene/tasks.h"
#include "scene/view.h"
#include "scene/widgets.h"

/* The state's panel, into rect; skin is the window's, or an export's. Fills
 * the frame's content_height. */
void heed_panel_draw(struct heed_frame *frame, const struct heed_skin *skin, struct heed_rect rect);
/* What an export of it needs at this width, px. */
float heed_panel_height(struct heed_frame *frame, float width);

/* What the open panel colours the head map by. */
struct heed_panel_map {
    const float *values; /* by place; in the list's arena */
    float high;          /* the palette's upper end */
    bool is_signed;      /* its lower end is -high, else 0 */
    int decimals;        /* of the ends */
    char note[32];       /* "largest change" */
    char title[160];
};

/* False: no panel is open, or it has nothing that is of what is shown. */
bool heed_panel_get_map(const struct heed_frame *frame, struct heed_panel_map *map);

/* On a head: a row of the probe's table. */
enum { HEED_TARGET_FLAG_PROBED = 8 };

/* The probe's panel: baselines, heads, sentences. */
void heed_probe_panel_draw(struct heed_frame *frame, const struct heed_skin *skin,
                           struct heed_rect rect);
float heed_probe_panel_height(struct heed_frame *frame, float width);

struct heed_probe_run;
/* The newest probe, or NULL. */
const struct heed_probe_run *heed_frame_get_probe(const struct heed_frame *frame);
/* It is there, and of a model of the maps' size. */
bool heed_probe_fits(const struct heed_frame *frame);

struct heed_panel_header {
    const char *title;       /* "Ablation" */
    const char *explanation; /* after it, muted */
    const char *run;         /* the button's label, "Run again"; NULL: no button */
    bool cant_run;           /* it is shown, but does nothing */
    const char *units;       /* what is counted: "heads" */
    enum heed_task_kind kind;
};

/* Title, the button that runs it (or its progress) and the one that closes
 * it, at the top of rect; an export has the title only. Returns what is left
 * below. */
struct heed_rect heed_panel_draw_header(const struct heed_frame *frame,
                                        const struct heed_skin *skin, struct heed_rect rect,
                                        const struct heed_panel_header *header);

float heed_panel_header_height(const struct heed_frame *frame, const struct heed_skin *skin);

/* The open panel's table as JSON, as its command prints it, or as CSV. Looks at
 * the frame's state, result and tasks alone. Errors: no panel is open, it
 * hasn't run, or not for what is shown. */
bool heed_panel_put_table(struct heed_buffer *out, const struct heed_frame *frame, bool json,
                          struct heed_error *err);

/* The head map as a figure, for exports: its title, all heads with their
 * numbering, the colour bar with its limits; from (x, y) on. Returns the
 * height, 0 if the panel has no map now. */
float heed_panel_draw_map(const struct heed_frame *frame, const struct heed_skin *skin, float x,
                          float y, float width);
float heed_panel_map_height(const struct heed_frame *frame, const struct heed_skin *skin,
                            float width);

/* Buttons that open the panels, side by side in rect (36 logical px high). */
void heed_panel_draw_openers(const struct heed_frame *frame, const struct heed_skin *skin,
                             struct heed_rect rect);

/* A bar, "34 of 72 heads" and Cancel in one line, 36 logical px high. */
void heed_progress_draw(const struct heed_skin *skin, struct heed_rect rect,
                        const struct heed_tasks *tasks, const char *units);

/* px of a button with this label in a panel. */
float heed_panel_button_width(const struct heed_skin *skin, const char *label);

#endif
