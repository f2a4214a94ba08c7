/*
 * The window without a window: state, history, the text fields, hover, focus,
 * popovers. Events go in, a display list and effects come out, so that all of
 * it is tested without SDL. One thread.
 *
 *   state' = update(state, event);   list = build(state, result, size)
 */
#ifndef HEED_UI_UI_H
#define HEED_UI_UI_H

#include <stdbool.h>
#include <stdint.h>

#include "draw/metrics.h"
#include "state/event.h"
#include "state/state.h"
#include "ui/window/effects.h"

struct heed_ui;

HEED_NODISCARD bool heed_ui_create(struct heed_ui **ui, struct heed_error *err);
void heed_ui_destroy(struct heed_ui *ui);
const struct heed_state *heed_ui_get_state(const struct heed_ui *ui);
/* The newest result (retained by the ui). With ok == false the last good
 * picture stays and its message is shown in place. */
void heed_ui_set_result(struct heed_ui *ui, const struct heed_result *result);
/* For the status bar and tooltips; NULL until they are known. */
void heed_ui_set_model(struct heed_ui *ui, const struct heed_model *model,
                       const struct heed_tokenizer *tokenizer);
/* A line in the status bar until the next key or click. After save_path,
 * open_path or lesson_path an error brings their question back with it. */
void heed_ui_set_message(struct heed_ui *ui, const char *text, bool is_error);
/* width, height: px of the drawable; pixel_ratio: device px per window unit
 * (HiDPI). The scale of everything is pixel_ratio * state.ui_scale. */
void heed_ui_resize(struct heed_ui *ui, float width, float height, float pixel_ratio);
/* Px of the drawable an inch of the screen, for what is shown at its true size; 0: not known,
 * so an inch is 96 logical px. */
void heed_ui_set_dots(struct heed_ui *ui, float dots);
/* What is drawn becomes a page: no keys are named in it, and nothing scrolls. */
void heed_ui_set_printed(struct heed_ui *ui);
/* The desktop asks that nothing moves, or doesn't. True if that is another answer. */
bool heed_ui_set_stillness(struct heed_ui *ui, bool still);
void heed_ui_handle(struct heed_ui *ui, const struct heed_event *event,
                    const struct heed_metrics *metrics, struct heed_effects *effects);
/* Gives the list's memory back, which is as large as the largest picture yet; it is built
 * anew before it is looked at. */
void heed_ui_drop_picture(struct heed_ui *ui);
/* The whole window. The list is the ui's, valid until the next build. Also
 * fills effects->wake_in, cursor, input, raise_input and text_input, and sets
 * encode if a state was set since the last call that asks for another run. */
const struct heed_list *heed_ui_build(struct heed_ui *ui, double time,
                                      const struct heed_metrics *metrics,
                                      struct heed_effects *effects);
/* What to compute now. Borrowed strings. */
struct heed_job heed_ui_get_job(struct heed_ui *ui, uint64_t generation);

#endif
