/*
 * What a model folder opens to, model and tokenizer, counted by reference: whoever shows
 * a result keeps what it was made with. Immutable; any thread.
 */
#ifndef HEED_CORE_ENGINE_KIT_H
#define HEED_CORE_ENGINE_KIT_H

#include <stdbool.h>

#include "base/error.h"
#include "core/model/model.h"
#include "core/model/pooling.h"
#include "core/text/tokenizer.h"

struct heed_kit;

/* chosen as in heed_model_find (core/model/locate.h). */
HEED_NODISCARD bool heed_kit_open(const struct heed_kit **kit, const char *chosen,
                                  struct heed_error *err);
const struct heed_kit *heed_kit_retain(const struct heed_kit *kit);
/* NULL is harmless. */
void heed_kit_release(const struct heed_kit *kit);

/* How its folder's modules.json makes one vector of a text; the mean where that says nothing
 * that heed computes, and of no kit. */
enum heed_pooling heed_kit_get_pooling(const struct heed_kit *kit);
/* NULL of no kit. */
const struct heed_model *heed_kit_get_model(const struct heed_kit *kit);
const struct heed_tokenizer *heed_kit_get_tokenizer(const struct heed_kit *kit);

#endif
