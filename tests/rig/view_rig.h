/*
 * A state, a result and a list, for tests of the views and of the frame
 * around them. Uses the fake result and the fixed text widths.
 */
#ifndef HEED_TESTS_RIG_VIEW_RIG_H
#define HEED_TESTS_RIG_VIEW_RIG_H

#include "draw/display_list.h"
#include "fake_result.h"
#include "lists.h"
#include "scene/chrome/chrome.h"
#include "scene/field/textfield.h"
#include "scene/frame/frame.h"
#include "state/state.h"

struct view_rig {
    struct heed_state state;
    const struct heed_result *result;
    struct heed_list list;
    struct heed_frame frame;
    struct heed_foot foot;
    struct heed_chrome chrome;
    struct heed_textfield field, pair_field;
    float width, height, scale;
    float note_height; /* px */
    /* In place of the state's view and panel; NULL: those. */
    const struct heed_view_kind *kind;
    const struct heed_panel_kind *panel;
};

/* pair may be NULL. 1600 x 1000 at scale 1, the first start's heads. */
void view_rig_open(struct view_rig *rig, const char *text, const char *pair);
/* 150 words, the heads of layer 3, a low threshold: more links than are drawn. */
void view_rig_open_long(struct view_rig *rig);
void view_rig_close(struct view_rig *rig);
/* The result for the state as it is now (filters changed). */
void view_rig_compute(struct view_rig *rig);
void view_rig_show_layer(struct view_rig *rig, int layer, int n_heads);
/* The links of the shown heads that the filter keeps. */
int view_rig_count_kept(const struct view_rig *rig);
/* The view alone, in a rect of this size at (0, 0). */
void view_rig_draw_view(struct view_rig *rig, float width, float height);
void view_rig_draw_window(struct view_rig *rig);
/* The view alone; its first group, which holds the links that aren't in hand. */
const struct heed_item_group *view_rig_draw_ground(struct view_rig *rig);

/* Where a text is drawn: capitals and digits, not descenders. */
struct heed_rect view_rig_text_box(const struct heed_item_text *text);

#endif
