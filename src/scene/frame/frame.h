/*
 * A picture is a pure function: state and result in, display list out. Views
 * lay out and choose colours; nothing here keeps anything between frames.
 */
#ifndef HEED_SCENE_FRAME_FRAME_H
#define HEED_SCENE_FRAME_FRAME_H

#include <stdbool.h>

#include "core/engine/result.h"
#include "draw/metrics.h"
#include "state/state.h"

struct heed_link_measures;
struct heed_panel_kind;
struct heed_tasks;
struct heed_tokenizer;
struct heed_view_kind;

/* What the pointer or the keyboard points at without pinning it. Tokens are
 * ranges as in heed_pin; layer < 0: no head. */
struct heed_hover {
    struct heed_pin query, key;
    struct heed_head_id head;
    bool has_head;
};

/* What stands at an export's foot: its provisos, collected once, when the view
 * has counted its links. */
struct heed_foot {
    char text[1024];
    bool is_set;
    bool tells_hidden; /* the picture has the hidden tokens' share of every head */
    bool no_brackets;  /* it doesn't mark candidates */
    char note[64];     /* of the picture itself; "": none */
};

/* Everything a view may look at. */
struct heed_frame {
    struct heed_list *list;
    const struct heed_state *state;
    const struct heed_view_kind *kind;   /* of the state's view */
    const struct heed_panel_kind *panel; /* of the state's panel; NULL: none is open */
    const struct heed_result *result;    /* NULL before the first */
    const struct heed_theme *theme;
    const struct heed_metrics *metrics;
    struct heed_hover hover;
    struct heed_rect canvas; /* where a window shows the view, px */
    float scale;             /* logical px to the list's px */
    float hairline;          /* max(1, round(scale)); exports may go finer */
    bool is_export;          /* no controls, no limit on the number of links but ... */
    int link_limit;          /* ... this, of an export; 0: none */
    bool is_part;            /* one panel of an export: the foot stands elsewhere */
    int columns;             /* of an export of several maps: panels a line; 0: as fit */
    /* A second text to show beside the first (NULL: none), and its pins. */
    const struct heed_result *compare;
    struct heed_pin compare_query, compare_key;
    float scroll_x, scroll_y;       /* of the canvas, px */
    unsigned unfolded;              /* 1 << enum heed_ranking: it lists all, not the first */
    bool second_page;               /* projected: of a picture that has two */
    float zoom;                     /* 1 is fitted */
    float covered;                  /* px of the picture's right that a drawer lies over */
    struct heed_target focus;       /* keyboard focus; kind NONE: none */
    struct heed_target hot;         /* what is under the pointer */
    const struct heed_model *model; /* its sizes, for costs; NULL: not known */
    const struct heed_tokenizer *tokenizer; /* words for ids; NULL: not known */
    const void *cache;                      /* what the view keeps between frames; NULL: nothing */
    const void *panel_cache;                /* what the panel does, in a window; NULL: nothing */
    const struct heed_link_measures *links; /* of the untouched run; NULL: not computed (yet) */
    struct heed_foot *foot;                 /* of an export; not NULL there */
    const struct heed_tasks *tasks;         /* what panels show; NULL: nothing */
    /* Filled by the view: what the status bar must say. */
    bool is_meagre;      /* it would show more, were it wider: an export may choose to be */
    int links_total;     /* links of the shown heads, before any cut */
    int links_below;     /* not drawn: under threshold, top-p or top-k */
    int links_left_out;  /* not drawn: more than the limit on screen */
    float mass_left_out; /* their share of all drawn and left-out weight */
    float content_width, content_height; /* px, for scrolling */
    float fixed_top;                     /* px at the canvas's top that don't scroll: panels' */
};

/* In a hall: all is large, and what a lecture has no use for is left out. */
static inline bool heed_frame_is_projected(const struct heed_frame *frame)
{
    return frame->state->projector && !frame->is_export;
}

static inline bool heed_frame_unfolds(const struct heed_frame *frame, enum heed_ranking ranking)
{
    return (frame->unfolded & 1U << ranking) != 0;
}

#endif
