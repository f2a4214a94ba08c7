#include "scene/views/lab/lab.h"

#include <math.h>
#include <string.h>

#include "scene/frame/shown.h"
#include "scene/views/lab/controls.h"
#include "scene/views/lab/cost.h"
#include "scene/views/lab/effect.h"
#include "scene/views/lab/sheet.h"

/* Logical px. */
enum {
    WIDE = 860,        /* from here on the cost stands beside the effect */
    BESIDE = 600,      /* numbers beside the matrices */
    MOST_WIDTH = 1280, /* of all, if it isn't much higher: the rest is margin */
    LOW = 700,         /* less high than this the controls take less */
    NARROW = 700,
    LEAST_LOWER = 300
};

/* Width to height of a large canvas's picture. */
static const float MOST_ASPECT = 1.4F;

bool heed_lab_begin(struct heed_lab *lab, struct heed_frame *frame)
{
    memset(lab, 0, sizeof(*lab));
    lab->frame = frame;
    lab->skin = heed_frame_get_view_skin(frame, HEED_EXPORT_BASE);
    lab->s = lab->skin.scale;
    lab->maps = heed_frame_get_maps(frame);
    lab->head = (struct heed_head_id){-1, -1};
    if (lab->maps == NULL) {
        return false;
    }
    lab->result = frame->result;
    lab->lab = lab->result->run;
    lab->trained = lab->result->plain != NULL ? lab->result->plain : lab->lab;
    const struct heed_state *state = frame->state;
    for (int i = 0; i < state->n_shown; i++) {
        const struct heed_head_id id = state->shown[i].id;
        const bool chosen = heed_head_equal(id, state->matrix_head);
        if (id.layer < lab->maps->n_layers && id.head < lab->maps->n_heads &&
            (chosen || lab->head.layer < 0)) {
            lab->head = id;
        }
    }
    return true;
}

/* One below the other: the heights that they need. */
static float stack_parts(struct heed_lab *lab, struct heed_rect rect, float y)
{
    const float effect = heed_lab_effect_height(lab, rect.w);
    const float cost = heed_lab_cost_height(lab, rect.w);
    lab->effect = (struct heed_rect){rect.x, y, rect.w, effect};
    lab->cost = (struct heed_rect){rect.x, y + effect, rect.w, cost};
    return effect + cost;
}

/* Side by side: they fill what is left. */
static float split_parts(struct heed_lab *lab, struct heed_rect rect, float y)
{
    const float split = roundf(rect.w * 0.483F);
    const float least = fmaxf(heed_lab_effect_least(lab), LEAST_LOWER * lab->s);
    const float left = rect.y + rect.h - y;
    const float height = fmaxf(least, left);
    lab->effect = (struct heed_rect){rect.x, y, split, height};
    lab->cost = (struct heed_rect){rect.x + split, y, rect.w - split, height};
    return height;
}

/* Places all parts in rect; returns the height of all, px. */
static float place(struct heed_lab *lab, struct heed_rect rect)
{
    const float s = lab->s;
    const float most = fmaxf(MOST_WIDTH * s, roundf(MOST_ASPECT * rect.h));
    if (rect.w > most) {
        rect.x += roundf((rect.w - most) / 2);
        rect.w = most;
    }
    lab->columns = rect.w >= WIDE * s;
    lab->beside = !lab->columns && rect.w >= BESIDE * s;
    lab->low = rect.h < LOW * s;
    lab->pad = (rect.w < NARROW * s ? 12 : 28) * s;
    lab->controls = rect;
    lab->controls.h = heed_lab_controls(lab, false);
    const float y = rect.y + lab->controls.h;
    return lab->controls.h + (lab->columns ? split_parts(lab, rect, y) : stack_parts(lab, rect, y));
}

static void draw_dividers(const struct heed_lab *lab)
{
    struct heed_list *list = lab->frame->list;
    const float line = lab->skin.hairline;
    const struct heed_color color = lab->frame->theme->border;
    const struct heed_rect effect = lab->effect, cost = lab->cost;
    heed_list_fill(list,
                   (struct heed_rect){lab->controls.x, roundf(effect.y), lab->controls.w, line}, 0,
                   color);
    heed_list_fill(list,
                   lab->columns ? (struct heed_rect){cost.x, cost.y, line, cost.h}
                                : (struct heed_rect){cost.x, roundf(cost.y), cost.w, line},
                   0, color);
}

void heed_lab_draw(struct heed_frame *frame, struct heed_rect rect)
{
    struct heed_lab lab;
    if (frame->is_export) {
        heed_lab_sheet_draw(frame, rect);
        return;
    }
    if (!heed_lab_begin(&lab, frame)) {
        return;
    }
    const float scroll = frame->scroll_y;
    const float height = place(&lab, rect);
    frame->content_height = height;
    if (scroll > 0) { /* all of it moves */
        const float by = fminf(scroll, fmaxf(height - rect.h, 0));
        lab.controls.y -= by;
        lab.effect.y -= by;
        lab.cost.y -= by;
    }
    heed_lab_controls(&lab, true);
    heed_lab_draw_effect(&lab);
    heed_lab_draw_cost(&lab);
    draw_dividers(&lab);
}
