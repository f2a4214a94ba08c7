/* The words for enums in our files, in the enums' order, then NULL. Inside session/. */
#ifndef HEED_SESSION_WORDS_H
#define HEED_SESSION_WORDS_H

#include "draw/theme.h"
#include "state/export_choice.h"
#include "state/state.h"

extern const char *const heed_ablation_by_words[HEED_N_ABLATION_BY + 1];
extern const char *const heed_color_by_words[HEED_N_COLOR_BY + 1];
extern const char *const heed_heads_mode_words[HEED_N_HEADS_MODES + 1];
extern const char *const heed_heads_order_words[HEED_N_ORDERS + 1];
extern const char *const heed_compare_map_words[HEED_N_COMPARE_MAPS + 1];
extern const char *const heed_export_format_words[HEED_N_EXPORT_FORMATS + 1];
extern const char *const heed_export_width_words[HEED_N_EXPORT_WIDTHS + 1];
extern const char *const heed_compare_rank_words[HEED_N_COMPARE_RANKS + 1];
extern const char *const heed_theme_words[HEED_N_THEMES + 1];
extern const char *const heed_palette_words[HEED_N_PALETTES + 1];

#endif
