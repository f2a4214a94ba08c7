/*
 * A window without a window on the real model (HEED_TEST_MODEL), with real fonts: events go
 * in, each is followed by the run and the long work that it asks for, and by a build.
 * One at a time, for it is a test's only one.
 */
#ifndef HEED_TESTS_RIG_REAL_WINDOW_H
#define HEED_TESTS_RIG_REAL_WINDOW_H

#include "core/engine/pipeline.h"
#include "draw/display_list.h"
#include "draw/metrics.h"
#include "render/cairo/cairo_painter.h"
#include "session/examples.h"
#include "session/lessons.h"
#include "state/event.h"
#include "state/state.h"
#include "ui/window/window.h"

struct real_window {
    struct heed_ui *ui;
    struct heed_pipeline *pipeline;
    struct heed_pango *pango;
    struct heed_lessons lessons;
    struct heed_examples examples;
    struct heed_effects effects; /* of the last event */
    const struct heed_list *list;
    uint64_t generation;
    double time;
};

extern struct real_window real;

/* cmocka's set-up and tear-down of a group. */
int real_open(void **context);
int real_close(void **context);

/* Another window, as at the first start, without a run. */
void real_begin(void);
const struct heed_metrics *real_metrics(void);
void real_build(void);
/* The run of the state as it is now. */
void real_answer(void);
void real_send(struct heed_event event);
void real_press(int key, int mods);
/* This state, its run, the picture. */
void real_set_state(const struct heed_state *state);
/* Writes the picture to FOLDER/NAME.png. */
void real_take_picture(const char *folder, const char *name);

#endif
