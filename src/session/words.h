/* The words for enums in our files, in the enums' order. Inside session/. */
#ifndef HEED_SESSION_WORDS_H
#define HEED_SESSION_WORDS_H

#include "draw/theme.h"
#include "state/state.h"

enum { HEED_N_MEASURES = 3, HEED_N_AGGREGATES = 3, HEED_N_SEGMENTS = 5 };

extern const char *const heed_ablation_by_words[HEED_N_ABLATION_BY];
extern const char *const heed_color_by_words[HEED_N_COLOR_BY];
extern const char *const heed_heads_mode_words[HEED_N_HEADS_MODES];
extern const char *const heed_heads_order_words[HEED_N_ORDERS];
extern const char *const heed_compare_map_words[HEED_N_COMPARE_MAPS];
extern const char *const heed_theme_words[HEED_N_THEMES];
extern const char *const heed_palette_words[HEED_N_PALETTES];
extern const char *const heed_measure_words[HEED_N_MEASURES];
extern const char *const heed_aggregate_words[HEED_N_AGGREGATES];
extern const char *const heed_segments_words[HEED_N_SEGMENTS];

#endif
