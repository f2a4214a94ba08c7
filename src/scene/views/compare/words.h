/* Compare's words: tips and provisos. */
#ifndef HEED_SCENE_VIEWS_COMPARE_WORDS_H
#define HEED_SCENE_VIEWS_COMPARE_WORDS_H

#include "scene/parts/provisos.h"

int heed_compare_describe(const struct heed_frame *frame, const struct heed_tip_subject *subject,
                          char lines[HEED_TIP_LINES][HEED_TIP_BYTES]);
void heed_compare_say(struct heed_clauses *clauses);

/* Projected: the pinned link in A, then in B. */
void heed_compare_headline(const struct heed_frame *frame, char *title, size_t title_size,
                           char *line, size_t line_size);

#endif
