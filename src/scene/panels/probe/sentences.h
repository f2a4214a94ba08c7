/* The probe's list of sentences. */
#ifndef HEED_SCENE_PANELS_PROBE_SENTENCES_H
#define HEED_SCENE_PANELS_PROBE_SENTENCES_H

#include "scene/panels/probe/parts.h"

/* Skipped lines and sentences; returns the y below. */
/* The lines that were left out, if there are any. */
float heed_probe_draw_skipped(const struct heed_probe_panel *panel, float y);
float heed_probe_draw_sentences(const struct heed_probe_panel *panel, float y);

#endif
