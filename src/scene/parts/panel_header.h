/* The head of a panel: title, run or progress, close. */
#ifndef HEED_SCENE_PARTS_PANEL_HEADER_H
#define HEED_SCENE_PARTS_PANEL_HEADER_H

#include <stdbool.h>

#include "core/engine/task.h"
#include "scene/frame/frame.h"
#include "scene/widgets/widgets.h"

struct heed_panel_header {
    const char *title;       /* "Ablation" */
    const char *explanation; /* after it, muted */
    const char *run;         /* the button's label, "Run again"; NULL: no button */
    bool is_start;           /* nothing was run yet: the button stands beside what it does */
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
/* In place of results that aren't there yet: what Run does and how long it takes, with the
 * button beside the words; the header then has none. Returns the y below. */
float heed_panel_draw_start(const struct heed_frame *frame, const struct heed_skin *skin,
                            struct heed_rect rect, const struct heed_panel_header *header,
                            const char *what, const char *cost);
float heed_panel_header_height(const struct heed_frame *frame, const struct heed_skin *skin,
                               const struct heed_panel_header *header, float width);

#endif
