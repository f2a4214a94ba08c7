/*
 * Everything that an export can be asked for, as cases by number: texts of
 * several scripts and lengths, heads, pins, views, styles, widths, type. For
 * tests; one thread.
 */
#ifndef HEED_TESTS_EXPORT_ROOM_CASES_H
#define HEED_TESTS_EXPORT_ROOM_CASES_H

#include <stdbool.h>
#include <stddef.h>

#include "core/engine/pipeline.h"
#include "state/state.h"

/* In this order, so that cases in a row share their text's run. */
struct room_case {
    int script, length, heads, turn;
    enum heed_view view;
    bool figure;
    int size, type;
    float width_mm; /* 0: none is asked for */
    float pt;
    int n_tokens; /* of the text, about */
    char name[160];
};

enum { ROOM_TURNS = 6 };

size_t room_count(void);
/* The number-th of them. */
struct room_case room_case_of(size_t number);

/* The state of a case and its result; made anew by the next call. */
struct room_rig {
    struct heed_pipeline *pipeline;
    struct heed_state state;
    const struct heed_result *result;
};

/* kernels: their set; NULL: the fastest. */
void room_open(struct room_rig *rig, const char *model, const char *kernels);
void room_close(struct room_rig *rig);
void room_choose(struct room_rig *rig, const struct room_case *it);
/* False: nobody can ask for this (a figure without a query). */
bool room_is_asked(const struct room_case *it);

#endif
