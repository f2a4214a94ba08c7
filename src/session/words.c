#include "session/words.h"

const char *const heed_ablation_by_words[HEED_N_ABLATION_BY + 1] = {
    [HEED_ABLATION_BY_LARGEST] = "largest",
    [HEED_ABLATION_BY_MEAN] = "mean",
    [HEED_ABLATION_BY_TOKEN] = "token",
    [HEED_ABLATION_BY_SENTENCE] = "sentence"};

/* What heads are coloured by, and ordered by: at AT(its number). */
#define MEASURES(AT)                                                                               \
    AT(HEED_COLOR_BY_LINK) = "link", AT(HEED_COLOR_BY_ENTROPY) = "entropy",                        \
    AT(HEED_COLOR_BY_DISTANCE) = "distance", AT(HEED_COLOR_BY_CONFIDENCE) = "confidence",          \
    AT(HEED_COLOR_BY_TO_SELF) = "to-self", AT(HEED_COLOR_BY_TO_PREVIOUS) = "to-previous",          \
    AT(HEED_COLOR_BY_TO_NEXT) = "to-next", AT(HEED_COLOR_BY_TO_CLS) = "to-cls",                    \
    AT(HEED_COLOR_BY_TO_SEP) = "to-sep", AT(HEED_COLOR_BY_TO_PUNCTUATION) = "to-punctuation",      \
    AT(HEED_COLOR_BY_TO_SAME_WORD) = "to-same-word", AT(HEED_COLOR_BY_MARGIN) = "margin",          \
    AT(HEED_COLOR_BY_PROBE_ACCURACY) = "probe-accuracy",                                           \
    AT(HEED_COLOR_BY_PROBE_MARGIN) = "probe-margin"
#define AT_MEASURE(measure) [measure]
#define AT_ORDER(measure) [HEED_ORDER_MEASURE + (measure)]

const char *const heed_color_by_words[HEED_N_COLOR_BY + 1] = {MEASURES(AT_MEASURE)};

const char *const heed_heads_order_words[HEED_N_ORDERS + 1] = {
    [HEED_ORDER_GRID] = "grid", [HEED_ORDER_LABEL] = "label", MEASURES(AT_ORDER)};

const char *const heed_heads_mode_words[HEED_N_HEADS_MODES + 1] = {
    [HEED_HEADS_HEATMAPS] = "heatmaps", [HEED_HEADS_LINKS] = "links"};

const char *const heed_compare_map_words[HEED_N_COMPARE_MAPS + 1] = {
    [HEED_COMPARE_DIFFERENCE] = "difference",
    [HEED_COMPARE_A] = "a",
    [HEED_COMPARE_B] = "b",
    [HEED_COMPARE_LAYERS] = "layers"};

const char *const heed_theme_words[HEED_N_THEMES + 1] = {
    [HEED_THEME_LIGHT] = "light", [HEED_THEME_DARK] = "dark", [HEED_THEME_PAPER] = "paper"};

const char *const heed_palette_words[HEED_N_PALETTES + 1] = {[HEED_PALETTE_TIDE] = "tide",
                                                             [HEED_PALETTE_INK] = "ink",
                                                             [HEED_PALETTE_VIRIDIS] = "viridis",
                                                             [HEED_PALETTE_CIVIDIS] = "cividis"};
