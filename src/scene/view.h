/*
 * A picture is a pure function: state and result in, display list out. Views
 * lay out and choose colours; nothing here keeps anything between frames.
 */
#ifndef HEED_SCENE_VIEW_H
#define HEED_SCENE_VIEW_H

#include "core/analysis/maps.h"
#include "core/engine/engine.h"
#include "scene/display_list.h"
#include "scene/metrics.h"
#include "scene/state.h"
#include "scene/theme.h"

struct heed_stack;
struct heed_heads_links;
struct heed_tasks;
struct heed_tokenizer;
struct heed_link_measures;

/* In Compare: a QUERY's or KEY's tokens, a LINK's units, are B's. */
enum { HEED_TARGET_FLAG_B = 4 };

/* What the pointer or the keyboard points at without pinning it. Tokens are
 * ranges as in heed_pin; layer < 0: no head. */
struct heed_hover {
    struct heed_pin query, key;
    struct heed_head_id head;
    bool has_head;
};

/* Everything a view may look at. */
struct heed_frame {
    struct heed_list *list;
    const struct heed_state *state;
    const struct heed_result *result; /* NULL before the first */
    const struct heed_theme *theme;
    const struct heed_metrics *metrics;
    struct heed_hover hover;
    struct heed_rect canvas; /* where a window shows the view, px */
    float scale;             /* logical px to the list's px */
    float hairline;          /* max(1, round(scale)); exports may go finer */
    bool is_export;          /* no controls, no limit on the number of links */
    /* A second text to show beside the first (NULL: none), and its pins. */
    const struct heed_result *compare;
    struct heed_pin compare_query, compare_key;
    float scroll_x, scroll_y;               /* of the canvas, px */
    bool all_heads;                         /* rankings list every head, not the first */
    float zoom;                             /* 1 is fitted */
    float covered;                          /* px of the picture's right that a drawer lies over */
    struct heed_target focus;               /* keyboard focus; kind NONE: none */
    struct heed_target hot;                 /* what is under the pointer */
    const struct heed_model *model;         /* its sizes, for costs; NULL: not known */
    const struct heed_tokenizer *tokenizer; /* words for ids; NULL: not known */
    const struct heed_stack *stack;         /* what Stack shows; NULL: not computed */
    const struct heed_heads_links *heads_links; /* NULL: not kept */
    struct heed_link_measures *links;           /* of the untouched run; NULL: not
                                                         computed (yet) */
    const struct heed_tasks *tasks;             /* what panels show; NULL: nothing */
    /* Filled by the view: what the status bar must say. */
    int links_total;                     /* links of the shown heads, before any cut */
    int links_below;                     /* not drawn: under threshold, top-p or top-k */
    int links_left_out;                  /* not drawn: more than the limit on screen */
    float mass_left_out;                 /* their share of all drawn and left-out weight */
    float content_width, content_height; /* px, for scrolling */
    float fixed_top;                     /* px at the canvas's top that don't scroll: panels' */
};

/* Draws the state's view, or the panel over it, into rect. The picture
 * includes its legend. */
void heed_view_draw(struct heed_frame *frame, struct heed_rect rect);

void heed_links_draw(struct heed_frame *frame, struct heed_rect rect);
void heed_arcs_draw(struct heed_frame *frame, struct heed_rect rect);
void heed_matrix_draw(struct heed_frame *frame, struct heed_rect rect);
void heed_heads_draw(struct heed_frame *frame, struct heed_rect rect);
void heed_neuron_draw(struct heed_frame *frame, struct heed_rect rect);
void heed_stack_draw(struct heed_frame *frame, struct heed_rect rect);

/* The height that an export needs at this width when none is given, px. */
float heed_view_export_height(struct heed_frame *frame, float width);

/* The caption line of an export: model, heads in both numberings, filters. */
void heed_view_caption(const struct heed_state *state, const struct heed_model *model, char *text,
                       size_t size);

#endif
