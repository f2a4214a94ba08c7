#include "session/words.h"

const char *const heed_ablation_by_words[HEED_N_ABLATION_BY + 1] = {
    [HEED_ABLATION_BY_LARGEST] = "largest",
    [HEED_ABLATION_BY_MEAN] = "mean",
    [HEED_ABLATION_BY_TOKEN] = "token",
    [HEED_ABLATION_BY_SENTENCE] = "sentence"};

#define AT_MEASURE(upper, word, name, member, decimals) [HEED_COLOR_BY_##upper] = (word),
#define AT_ORDER(upper, word, name, member, decimals)                                              \
    [HEED_ORDER_MEASURE + HEED_COLOR_BY_##upper] = (word),

const char *const heed_color_by_words[HEED_N_COLOR_BY + 1] = {
    HEED_EACH_COLOR_BY(AT_MEASURE)[HEED_COLOR_BY_MAPS] = "maps"};

const char *const heed_heads_order_words[HEED_N_ORDERS + 1] = {
    [HEED_ORDER_GRID] = "grid", [HEED_ORDER_LABEL] = "label", HEED_EACH_COLOR_BY(AT_ORDER)};

const char *const heed_heads_mode_words[HEED_N_HEADS_MODES + 1] = {
    [HEED_HEADS_HEATMAPS] = "heatmaps", [HEED_HEADS_LINKS] = "links"};

const char *const heed_compare_map_words[HEED_N_COMPARE_MAPS + 1] = {
    [HEED_COMPARE_DIFFERENCE] = "difference",
    [HEED_COMPARE_A] = "a",
    [HEED_COMPARE_B] = "b",
    [HEED_COMPARE_LAYERS] = "layers"};

const char *const heed_compare_rank_words[HEED_N_COMPARE_RANKS + 1] = {
    [HEED_COMPARE_BY_MARGIN] = "margin",
    [HEED_COMPARE_BY_LINK] = "link",
    [HEED_COMPARE_BY_MAP] = "map"};

const char *const heed_theme_words[HEED_N_THEMES + 1] = {
    [HEED_THEME_LIGHT] = "light", [HEED_THEME_DARK] = "dark", [HEED_THEME_PAPER] = "paper"};

const char *const heed_palette_words[HEED_N_PALETTES + 1] = {[HEED_PALETTE_TIDE] = "tide",
                                                             [HEED_PALETTE_INK] = "ink",
                                                             [HEED_PALETTE_VIRIDIS] = "viridis",
                                                             [HEED_PALETTE_CIVIDIS] = "cividis"};

const char *const heed_export_format_words[] = {"by-name", "svg",  "pdf", "png",
                                                "csv",     "json", NULL};

#define WIDTH_WORD(upper, word, mm, name) word,
const char *const heed_export_width_words[] = {HEED_EACH_EXPORT_WIDTH(WIDTH_WORD) "other", NULL};
