/* Stack's words: tips and provisos. */
#ifndef HEED_SCENE_VIEWS_STACK_WORDS_H
#define HEED_SCENE_VIEWS_STACK_WORDS_H

#include "scene/parts/provisos.h"

/* Of a HEED_TARGET_VALUE. */
int heed_stack_describe(const struct heed_frame *frame, const struct heed_tip_subject *subject,
                        char lines[HEED_TIP_LINES][HEED_TIP_BYTES]);
void heed_stack_say(struct heed_clauses *clauses);

#endif
