#include "scene/views/views.h"

#include <math.h>

#include "scene/panels/panels.h"
#include "scene/views/arcs/arcs.h"
#include "scene/views/arcs/layout.h"
#include "scene/views/compare/compare.h"
#include "scene/views/compare/layout.h"
#include "scene/views/heads/heads.h"
#include "scene/views/heads/layout.h"
#include "scene/views/lab/lab.h"
#include "scene/views/links/layout.h"
#include "scene/views/links/links.h"
#include "scene/views/matrix/matrix.h"
#include "scene/views/neuron/neuron.h"
#include "scene/views/stack/stack.h"

void heed_view_draw(struct heed_frame *frame, struct heed_rect rect)
{
    frame->links_total = frame->links_below = frame->links_left_out = 0;
    frame->mass_left_out = 0;
    frame->content_width = rect.w;
    frame->content_height = rect.h;
    if (rect.w <= 0 || rect.h <= 0) {
        return;
    }
    if (frame->state->panel != HEED_PANEL_NONE) {
        const struct heed_skin skin = heed_frame_get_skin(frame);
        heed_panel_draw(frame, &skin, rect);
    } else if (frame->state->view == HEED_VIEW_COMPARE) {
        heed_compare_draw(frame, rect);
    } else if (frame->state->view == HEED_VIEW_MATRIX) {
        heed_matrix_draw(frame, rect);
    } else if (frame->state->view == HEED_VIEW_HEADS) {
        heed_heads_draw(frame, rect);
    } else if (frame->state->view == HEED_VIEW_ARCS) {
        heed_arcs_draw(frame, rect);
    } else if (frame->state->view == HEED_VIEW_NEURON) {
        heed_neuron_draw(frame, rect);
    } else if (frame->state->view == HEED_VIEW_STACK) {
        heed_stack_draw(frame, rect);
    } else if (frame->state->view == HEED_VIEW_LAB) {
        heed_lab_draw(frame, rect);
    } else {
        heed_links_draw(frame, rect);
    }
}

float heed_view_export_height(struct heed_frame *frame, float width)
{
    if (frame->state->panel != HEED_PANEL_NONE) {
        return ceilf(heed_panel_height(frame, width));
    }
    switch (frame->state->view) {
    case HEED_VIEW_COMPARE:
        return ceilf(heed_compare_height(frame, width));
    case HEED_VIEW_MATRIX:
        return ceilf(heed_matrix_height(frame, width));
    case HEED_VIEW_HEADS:
        return ceilf(heed_heads_height(frame, width));
    case HEED_VIEW_ARCS:
        return ceilf(heed_arcs_height(frame, width));
    case HEED_VIEW_NEURON:
        return ceilf(heed_neuron_height(frame, width));
    case HEED_VIEW_STACK:
        return ceilf(heed_stack_height(frame, width));
    case HEED_VIEW_LAB:
        return ceilf(heed_lab_height(frame, width));
    default:
        return ceilf(heed_links_height(frame, width));
    }
}
