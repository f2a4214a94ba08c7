/* Compare of two models: their names, and which heads have a partner. Inside scene only;
 * pure. */
#ifndef HEED_SCENE_FRAME_TWO_MODELS_H
#define HEED_SCENE_FRAME_TWO_MODELS_H

#include "core/engine/result.h"

enum { HEED_MODEL_NAME_BYTES = 96 };

/* B is of another model than A. result may be NULL. */
bool heed_compares_models(const struct heed_result *result);
/* Their vocabularies differ, so that maps are of whole words whatever is chosen. Likewise. */
bool heed_compares_whole_words(const struct heed_result *result);
/* "roberta-base"; its folder, where both are called the same. "" of one model. */
void heed_name_side_model(const struct heed_result *result, bool b, char *text, size_t size);
/* "A", or "A (roberta-base)". */
void heed_name_side(const struct heed_result *result, bool b, char *text, size_t size);
/* That equal numbers of heads mean nothing by themselves; and in fewer words. */
extern const char heed_two_models_caveat[], heed_two_models_brief[];
/* What Compare shows of them, a sentence. */
extern const char heed_two_models_what[];

/* layer < 0: the average of the shown ones. */
bool heed_maps_have(const struct heed_maps *maps, struct heed_head_id id);
/* How many of A's heads B's model has. */
int heed_count_partners(const struct heed_result *result);
/* "24 of A's 72 heads have no partner in B, 12 of B's 60 none in A"; "": all have one. */
void heed_say_lonely_heads(const struct heed_result *result, char *text, size_t size);
/* "B's model has no L8H3: it has 6 layers of 12 heads". */
void heed_say_lacks_head(const struct heed_result *result, struct heed_head_id id, char *text,
                         size_t size);

#endif
