/*
 * Inside the frame around the picture: its parts, and the column of controls
 * that a panel is filled with from the top.
 */
#ifndef HEED_SCENE_CHROME_PARTS_H
#define HEED_SCENE_CHROME_PARTS_H

#include "scene/chrome.h"
#include "scene/commands.h"
#include "scene/parts.h"

/* A panel that scrolls: what is added lies below what was added before. */
struct heed_column {
    struct heed_frame *frame;
    const struct heed_skin *skin;
    bool is_drawer; /* it can be closed */
    struct heed_rect panel;
    float s, x, width; /* of the content inside the padding, px */
    float y;           /* the next thing's top, px */
};

/* Ground, border, clip; to be closed. */
struct heed_column heed_column_open(struct heed_frame *frame, const struct heed_skin *skin,
                                    struct heed_rect panel, float scroll, enum heed_scroll area);
/* Returns the content's height, px. */
float heed_column_close(struct heed_column *column, float scroll);
/* False when [y, y + height) lies outside the panel: needn't be drawn. */
bool heed_column_sees(const struct heed_column *column, float height);
void heed_column_separator(struct heed_column *column);
/* A section title, with an explanation after it and a note at the right. */
void heed_column_title(struct heed_column *column, const char *title, const char *explanation,
                       const char *note);
/* "Entropy / log n" and its number, a row of 26. */
void heed_column_value(struct heed_column *column, const char *label, double value, int decimals);

void heed_head_map_draw(struct heed_column *column, const struct heed_layout *layout);
/* What is off in a head, on its cell; how many heads have such a mark; what
 * the marks that are there mean, a line below the map. */
void heed_head_marks_draw(const struct heed_skin *skin, const struct heed_state *state,
                          struct heed_head_id id, struct heed_rect rect);
/* The same in the upper right corner of a head's picture, on a ground of its
 * own; nothing of a head that is as it was. */
void heed_head_marks_badge(const struct heed_skin *skin, const struct heed_state *state,
                           struct heed_head_id id, struct heed_rect picture);
int heed_head_marks_count(const struct heed_state *state, const struct heed_maps *maps);
void heed_head_marks_legend(struct heed_column *column);
void heed_rail_draw(struct heed_chrome *chrome);
void heed_inspector_draw(struct heed_chrome *chrome);
void heed_status_draw(struct heed_chrome *chrome);
/* The caption of projector mode, and its words: what is pointed at or pinned,
 * and how much the shown heads give it. */
void heed_projector_draw(struct heed_chrome *chrome);
void heed_projector_words(const struct heed_frame *frame, char *title, size_t title_size,
                          char *line, size_t line_size);
/* What to look at in an example, below the tabs. */
void heed_note_draw(struct heed_chrome *chrome);
/* What is off, above the status: each with one click to put it back. */
void heed_strip_draw(struct heed_chrome *chrome);
/* A message in place, at the foot of the canvas. */
void heed_message_draw(struct heed_chrome *chrome);

static inline struct heed_target heed_command_target(enum heed_command command, int argument)
{
    return (struct heed_target){.kind = HEED_TARGET_COMMAND, .a = (int32_t)command, .b = argument};
}

/* What rows and fields lie on; takes the pointer from what is below. */
void heed_chrome_draw_ground(const struct heed_chrome *chrome, struct heed_rect rect);

/* The text fields, what can be done with them, undo and the rest at the right. */
void heed_text_row_draw(struct heed_chrome *chrome);

/* The views, and what the open one offers. */
void heed_tab_row_draw(const struct heed_chrome *chrome);

/* The view or panel, clipped, with its scroll bars. */
void heed_canvas_draw(struct heed_chrome *chrome);

/* Its numbers are of a change: Compare, or B - A. */
bool heed_head_map_shows_change(const struct heed_frame *frame);

/* Its palette has two sides. */
bool heed_head_map_is_signed(const struct heed_frame *frame);

/* What the middle of a palette with two sides stands for. */
float heed_head_map_middle(const struct heed_frame *frame);

#endif
