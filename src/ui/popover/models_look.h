/* What the list of models and its details both draw. */
#ifndef HEED_UI_POPOVER_MODELS_LOOK_H
#define HEED_UI_POPOVER_MODELS_LOOK_H

#include "ui/popover/models.h"

/* "91 MB". */
void heed_models_put_size(char *text, size_t size, size_t bytes);
/* A tick, or a cross, from x on. */
void heed_models_draw_mark(const struct heed_skin *skin, float x, float cy, bool has,
                           struct heed_color color);
/* How far the load is, 0 to 1. */
float heed_models_progress(const struct heed_ui *ui);
/* What is being done: "499 MB, packing layer 7 of 12". */
void heed_models_say_progress(const struct heed_ui *ui, size_t bytes, char *words, size_t size);
/* "3 s left"; empty before two layers tell how fast it goes, and in the last half second. */
void heed_models_say_left(const struct heed_ui *ui, char *words, size_t size);
bool heed_models_is_loading(const struct heed_ui *ui, const struct heed_model_facts *facts);
/* A button whose press leaves the popover open. */
struct heed_target heed_models_target(enum heed_command command, int32_t argument);

#endif
