/*
 * A small model, open while a group of tests runs, and what the window's rig
 * asks for made by it: in place of fake_result.c.
 */
#ifndef HEED_TESTS_RIG_TINY_MODEL_H
#define HEED_TESTS_RIG_TINY_MODEL_H

#include "core/engine/pipeline.h"
#include "fake_result.h"

/* Opens a model of tests/data. */
struct heed_pipeline *tiny_model_open_folder(const char *name);

/* A group's set-up and tear-down. */
int tiny_model_open(void **state);
int tiny_model_close(void **state);

struct heed_pipeline *tiny_model_pipeline(void);
/* What fake_result_create made last; NULL before. */
const struct heed_result *tiny_model_last(void);

#endif
