/*
 * Which links of the shown maps a view draws: those that the filter keeps, the
 * strongest first when there are too many; and those of one token. Knows
 * nothing of where they are drawn. Inside scene only; pure.
 */
#ifndef HEED_SCENE_FRAME_LINK_CHOICE_H
#define HEED_SCENE_FRAME_LINK_CHOICE_H

#include <stddef.h>
#include <stdint.h>

#include "scene/frame/shown.h"

enum { HEED_LINKS_MAX_ON_SCREEN = 2000 };

struct heed_link {
    float weight;
    int32_t query, key;
    int32_t map; /* index into shown */
};

struct heed_chosen_links {
    struct heed_link *links; /* weakest first, in an export head by head; in the list's arena */
    int n;
    long total, below, left_out;
    double mass, mass_left_out;
};

struct heed_link_request {
    struct heed_frame *frame;
    const struct heed_maps *maps;
    struct heed_shown_maps shown;
    int first, last; /* the units on screen, last exclusive */
    int limit;       /* 0: all */
};

/* The links that pass the filter and touch or cross the units on screen, the
 * strongest `limit` of them. */
struct heed_chosen_links heed_link_choose(const struct heed_link_request *request);
/* Only total and below. */
struct heed_chosen_links heed_link_count(const struct heed_link_request *request);
/* The links that pass the filter from the queries or, without, into the keys; wherever they lie. */
struct heed_chosen_links heed_link_collect(const struct heed_link_request *request,
                                           struct heed_range query, struct heed_range key);
/* How many links of the ground are drawn at most; 0: all. */
int heed_link_limit(const struct heed_frame *frame);
/* Counts all units' links and reports them: what the provisos say. Links of the query
 * or into the key are drawn whatever the limit. */
void heed_link_report_all(const struct heed_link_request *request, struct heed_range query,
                          struct heed_range key);
/* Fills the frame's counts for the status bar. */
void heed_link_report(struct heed_frame *frame, const struct heed_chosen_links *chosen);
/* A group's key from all that choice and colours depend on, and the view's
 * own numbers; never what is pinned or hovered. */
uint64_t heed_link_ground_key(const struct heed_link_request *request, const float *numbers,
                              size_t n_numbers);

#endif
