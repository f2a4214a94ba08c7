/* Lab's words: tips and provisos. */
#ifndef HEED_SCENE_VIEWS_LAB_WORDS_H
#define HEED_SCENE_VIEWS_LAB_WORDS_H

#include "scene/parts/provisos.h"

/* Of a cell: the link as trained and in the lab. */
int heed_lab_describe(const struct heed_frame *frame, const struct heed_tip_subject *subject,
                      char lines[HEED_TIP_LINES][HEED_TIP_BYTES]);
void heed_lab_say(struct heed_clauses *clauses);

#endif
