/* What is pinned, and how it follows the text. */
#ifndef HEED_UI_WINDOW_PINS_H
#define HEED_UI_WINDOW_PINS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/compiler.h"
#include "ui/window/window.h"

void heed_ui_follow_result(struct heed_ui *ui, const struct heed_result *result);
void heed_ui_pin_query(struct heed_ui *ui, struct heed_pin query);
/* Makes the query, or the key, the run from it to pin. Nothing was pinned: that alone. */
void heed_ui_extend_pin(struct heed_ui *ui, bool key, struct heed_pin from, struct heed_pin to);
void heed_ui_pin_key(struct heed_ui *ui, struct heed_pin key);
void heed_ui_pin_pair(struct heed_ui *ui, struct heed_pin query, struct heed_pin key);
bool heed_ui_unpin(struct heed_ui *ui); /* one step; false: nothing pinned */
/* The words of a pin, as they are shown. */
void heed_ui_pin_text(const struct heed_ui *ui, struct heed_pin pin, char *text, size_t size);
struct heed_pin heed_ui_unit_pin(const struct heed_ui *ui, int unit);
/* Of B's unit: A's word beside it, if there is one. */
struct heed_pin heed_ui_unit_pin_b(const struct heed_ui *ui, int unit);
/* The result whose tokens a pin speaks of; NULL: it has no such tokens. */
const struct heed_result *heed_ui_pin_result(const struct heed_ui *ui, struct heed_pin pin);
/* Weight of a pair in a head as the maps show it; false: not visible. */
bool heed_ui_weight(const struct heed_ui *ui, struct heed_head_id id, struct heed_pin query,
                    struct heed_pin key, float *weight);
/* Makes a pin within a word of A that word; false without memory. */
HEED_NODISCARD bool heed_ui_whole_word(const struct heed_ui *ui, struct heed_pin *pin);
/* Marks the word of a token as a candidate, or unmarks it. */
void heed_ui_toggle_candidate(struct heed_ui *ui, struct heed_pin pin);
/* As heed_ui_begin, for pins: they speak of the tokens that are seen. */
HEED_NODISCARD bool heed_ui_begin_pin(struct heed_ui *ui);
/* The words of the first cut whose tokens an edit takes away, "" without;
 * before they have followed it. */
void heed_ui_find_lost_cut(const struct heed_ui *ui, const struct heed_token_moves *moves,
                           char *text, size_t size);

#endif
