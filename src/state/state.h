/*
 * What a person looks at: one plain struct. Undo keeps old ones, a session
 * file is one as JSON, an export is one with another painter. Hover, focus,
 * scrolling and the caret aren't in it (see ui.h). It owns its texts.
 */
#ifndef HEED_STATE_STATE_H
#define HEED_STATE_STATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/analysis/interventions.h"
#include "core/attention/attention_file.h"
#include "draw/theme.h"

/* The views, in the order of their tabs and keys: what enum, table and command
 * are called, the word in sessions and on the command line, the name. */
#define HEED_EACH_VIEW(VIEW)                                                                       \
    VIEW(LINKS, links, "Links")                                                                    \
    VIEW(ARCS, arcs, "Arcs")                                                                       \
    VIEW(MATRIX, matrix, "Matrix")                                                                 \
    VIEW(HEADS, heads, "Heads")                                                                    \
    VIEW(NEURON, neuron, "Neuron")                                                                 \
    VIEW(STACK, stack, "Stack")                                                                    \
    VIEW(COMPARE, compare, "Compare")                                                              \
    VIEW(LAB, lab, "Lab")

/* Panels: what long work has come to, shown in the view's place. */
#define HEED_EACH_PANEL(PANEL)                                                                     \
    PANEL(ABLATION, ablation, "Ablation")                                                          \
    PANEL(PROBE, probe, "Probe")

#define HEED_VIEW_VALUE(upper, word, name) HEED_VIEW_##upper,
#define HEED_VIEW_WORD(upper, word, name) #word ", "
/* "links, arcs, ", for messages and help. */
#define HEED_VIEW_LIST HEED_EACH_VIEW(HEED_VIEW_WORD)
#define HEED_PANEL_VALUE(upper, word, name) HEED_PANEL_##upper,

enum heed_view { HEED_EACH_VIEW(HEED_VIEW_VALUE) HEED_N_VIEWS };
enum heed_panel { HEED_PANEL_NONE, HEED_EACH_PANEL(HEED_PANEL_VALUE) HEED_N_PANELS };

/* Rankings that unfold, each by itself. */
enum heed_ranking {
    HEED_RANKING_INSPECTOR, /* the heads for the pinned link */
    HEED_RANKING_PANEL,     /* the open panel's heads */
    HEED_RANKING_WORDS      /* the words of a probe's relation */
};

/* What the ablation panel orders the heads by, and colours the map by. */
enum heed_ablation_by {
    HEED_ABLATION_BY_LARGEST, /* the link's largest change, signed */
    HEED_ABLATION_BY_MEAN,    /* the mean of |change| */
    HEED_ABLATION_BY_TOKEN,   /* how far the query's state moves */
    HEED_ABLATION_BY_SENTENCE,
    HEED_N_ABLATION_BY
};

/* What colours the head map: enum, the word in sessions, the name, the member of
 * struct heed_head_measures, its decimals. LINK is the weight of the pinned link;
 * with only a query pinned its largest weight; else as ENTROPY, or where the keys aren't
 * the queries as MAPS. MARGIN is of the candidates, PROBE_* of the newest probe: without
 * them as LINK. */
#define HEED_EACH_COLOR_BY(MEASURE)                                                                \
    MEASURE(LINK, "link", "Pinned link", entropy, 3)                                               \
    MEASURE(ENTROPY, "entropy", "Entropy", entropy, 2)                                             \
    MEASURE(DISTANCE, "distance", "Mean distance", distance, 1)                                    \
    MEASURE(CONFIDENCE, "confidence", "Confidence", confidence, 2)                                 \
    MEASURE(TO_SELF, "to-self", "To itself", to_self, 2)                                           \
    MEASURE(TO_PREVIOUS, "to-previous", "To previous token", to_previous, 2)                       \
    MEASURE(TO_NEXT, "to-next", "To next token", to_next, 2)                                       \
    MEASURE(TO_CLS, "to-cls", "To [CLS]", to_cls, 2)                                               \
    MEASURE(TO_SEP, "to-sep", "To [SEP]", to_sep, 2)                                               \
    MEASURE(TO_PUNCTUATION, "to-punctuation", "To punctuation", to_punctuation, 2)                 \
    MEASURE(TO_SAME_WORD, "to-same-word", "To the same word", to_same_word, 2)                     \
    MEASURE(MARGIN, "margin", "Margin of candidates", entropy, 3)                                  \
    MEASURE(PROBE_ACCURACY, "probe-accuracy", "Probe: accuracy", entropy, 2)                       \
    MEASURE(PROBE_MARGIN, "probe-margin", "Probe: margin", entropy, 2)
#define HEED_COLOR_BY_VALUE(upper, word, name, member, decimals) HEED_COLOR_BY_##upper,

enum heed_color_by {
    HEED_EACH_COLOR_BY(HEED_COLOR_BY_VALUE) HEED_COLOR_BY_MAPS, /* no number: each head's map */
    HEED_N_COLOR_BY
};

/* How the Heads view draws each head. */
enum heed_heads_mode {
    HEED_HEADS_HEATMAPS,
    HEED_HEADS_LINKS, /* its strongest links */
    HEED_N_HEADS_MODES
};

/* How the Heads view orders them: by layer and head, by label, or from
 * HEED_ORDER_MEASURE on by an enum heed_color_by, largest first. */
enum heed_heads_order {
    HEED_ORDER_GRID,
    HEED_ORDER_LABEL,
    HEED_ORDER_MEASURE,
    HEED_N_ORDERS = HEED_ORDER_MEASURE + HEED_COLOR_BY_MAPS
};

/* What Compare's map shows. */
enum heed_compare_map {
    HEED_COMPARE_DIFFERENCE, /* B - A of one head */
    HEED_COMPARE_A,          /* that head in A, over all of A */
    HEED_COMPARE_B,
    HEED_COMPARE_LAYERS, /* how alike the hidden states are, by layer */
    HEED_N_COMPARE_MAPS
};

/* What Compare ranks the heads by. Without candidates a margin is as the link, without a
 * pinned link that is as the whole map. */
enum heed_compare_rank {
    HEED_COMPARE_BY_MARGIN,
    HEED_COMPARE_BY_LINK,
    HEED_COMPARE_BY_MAP, /* the distance of their maps */
    HEED_N_COMPARE_RANKS
};

/* What Neuron shows of how a row comes to its weights: all of it, or up to one step. */
enum heed_neuron_step {
    HEED_NEURON_WHOLE,
    HEED_NEURON_VECTORS,  /* q and k */
    HEED_NEURON_PRODUCTS, /* q x k, one by one */
    HEED_NEURON_SUM,      /* q k */
    HEED_NEURON_SCALE,    /* over the root of the head's width: the score */
    HEED_NEURON_SOFTMAX,
    HEED_NEURON_WEIGHTED, /* weight x v, and their sum */
    HEED_N_NEURON_STEPS
};

enum {
    HEED_MAX_SHOWN = 1024,
    HEED_USUAL_HEAT = 50,
    HEED_MAX_MUTED = 256,
    HEED_MAX_CANDIDATES = 32,
    HEED_MAX_SCALED = 256,
    HEED_MAX_CUTS = 256,
    HEED_MAX_TEXT = 1 << 20 /* bytes */
};

struct heed_shown_head {
    struct heed_head_id id;
    int16_t color; /* slot: from the 13th on colours repeat, dashed */
};

/* Tokens [first, first + count) of the whole sequence; count 0: none. */
struct heed_pin {
    int32_t first, count;
    bool in_b; /* only in Compare: of B's sequence; A has no such word */
};

struct heed_state {
    char *text;               /* UTF-8, heap, never NULL, at most HEED_MAX_TEXT bytes */
    char *pair;               /* NULL: no second text */
    char *sentences;          /* those that a person goes through, a line each: see
                                 sentences.h; NULL: none */
    int sentence;             /* the one that was shown last, from 1 on; 0: none */
    char *compare;            /* B of Compare, of a file the path of another; NULL until that
                                 view was opened */
    char *probe;              /* the file of sentences: its path, or the name of one that
                                 the program carries; NULL: none was chosen */
    char *file;               /* an attention file (its path) in the place of the text and the
                                 model, which is kept; NULL: none */
    enum heed_part_kind part; /* of the file; SELF: its first */
    char *model;              /* its folder; NULL: the one that heed began with */
    char *compare_model;      /* of Compare's B; NULL: A's */
    int heat;                 /* 0: its picture alone, 100: the weights alone */
    /* That work was done, of this text and model, or of this file of sentences: a window that
     * begins with it does it again. */
    bool ablation_ran, probe_ran;
    bool patch_lists; /* its patches in lists, as other tokens, and not in the picture */
    enum heed_view view;
    enum heed_panel panel; /* lies over the view; the head map is its own */
    enum heed_ablation_by ablation_by;
    struct heed_shown_head shown[HEED_MAX_SHOWN]; /* by layer, then head, but in an
                                                     export as they were given */
    int n_shown;
    struct heed_head_id matrix_head;           /* the one map of Matrix: one that is
                                                  shown, if any is */
    struct heed_head_id muted[HEED_MAX_MUTED]; /* output zero; by layer, then
                                                  head */
    int n_muted;
    struct heed_scaled_head scaled[HEED_MAX_SCALED]; /* by layer, then head;
                                                        never by 0 or 1 */
    int n_scaled;
    struct heed_cut_link cuts[HEED_MAX_CUTS]; /* of the text's tokens, as pins
                                                 are; in the order of cutting */
    int n_cuts;
    struct heed_variant variant; /* of the whole encoder; its mask is cross only
                                    with a pair */
    struct heed_pin query, key;  /* a key is pinned only with a query */
    /* Words that the query could mean, as they come in the text. */
    struct heed_pin candidates[HEED_MAX_CANDIDATES];
    int n_candidates;
    struct heed_filter filter;
    enum heed_color_by color_by;
    enum heed_heads_mode heads_mode;
    enum heed_heads_order heads_order;
    bool heads_bands; /* a measure's order in five bands with headings */
    enum heed_compare_map compare_map;
    enum heed_compare_rank compare_rank;
    bool compare_heads; /* where there is room for one: the heads, not the maps */
    bool neuron_sorted; /* keys by weight, not in order */
    bool neuron_values; /* the values and the output above, not q and k */
    enum heed_neuron_step neuron_step;
    int stack_page; /* 0: the embedding, 1 + l: layer l, then the end */
    enum heed_theme_id theme;
    enum heed_palette_id palette;
    float ui_scale; /* 0.75 .. 3 */
    bool projector;
    bool reduced_motion;
};

/* The first start: the example sentence, L0H0 to L0H2, nothing pinned.
 * False when memory is exhausted. */
HEED_NODISCARD bool heed_state_init(struct heed_state *state, struct heed_error *err);
HEED_NODISCARD bool heed_state_copy(struct heed_state *to, const struct heed_state *from,
                                    struct heed_error *err);
void heed_state_finish(struct heed_state *state);
bool heed_pin_equal(struct heed_pin a, struct heed_pin b);
bool heed_state_equal(const struct heed_state *a, const struct heed_state *b);
/* It takes the place of a file, too. */
HEED_NODISCARD bool heed_state_set_text(struct heed_state *state, const char *text, size_t length,
                                        struct heed_error *err);
HEED_NODISCARD bool heed_state_set_pair(struct heed_state *state, const char *pair, size_t length,
                                        struct heed_error *err);
/* As heed_state_set_pair. */
HEED_NODISCARD bool heed_state_set_compare(struct heed_state *state, const char *compare,
                                           size_t length, struct heed_error *err);
/* An attention file in the text's place: no second text, nothing off, nothing pinned.
 * path NULL: the text again. */
HEED_NODISCARD bool heed_state_set_file(struct heed_state *state, const char *path,
                                        struct heed_error *err);
/* Another model: what is pinned follows its words when it computes. NULL: the first. */
HEED_NODISCARD bool heed_state_set_model(struct heed_state *state, const char *folder,
                                         struct heed_error *err);
bool heed_state_same_model(const struct heed_state *a, const struct heed_state *b);
/* B's, a folder or a model's name; NULL: A's. */
HEED_NODISCARD bool heed_state_set_compare_model(struct heed_state *state, const char *model,
                                                 struct heed_error *err);
/* That of B where Compare is open and it is another than A's; else NULL. */
const char *heed_state_second_model(const struct heed_state *state);
/* Another part of it: what was pinned were other tokens. */
void heed_state_set_part(struct heed_state *state, enum heed_part_kind part);
/* As heed_state_set_pair, of a file's name. */
HEED_NODISCARD bool heed_state_set_probe(struct heed_state *state, const char *name, size_t length,
                                         struct heed_error *err);
/* What the second text field holds: B in Compare, else the pair; NULL: there
 * is none. */
const char *heed_state_get_second(const struct heed_state *state);
/* Compare is open: its B is a run of its own. */
bool heed_state_compares(const struct heed_state *state);
/* Gives Compare a text B if it has none: the first sentence's other half, else
 * a copy of A. False when memory is exhausted. */
HEED_NODISCARD bool heed_state_begin_compare(struct heed_state *state, struct heed_error *err);
bool heed_state_shows(const struct heed_state *state, struct heed_head_id id, int *index);
/* Showing gives the lowest free colour; hiding frees it. matrix_head follows. */
void heed_state_show(struct heed_state *state, struct heed_head_id id);
void heed_state_hide(struct heed_state *state, struct heed_head_id id);
/* Exactly these; their colours are 0, 1, 2 ... in this order. */
void heed_state_show_only(struct heed_state *state, const struct heed_head_id *ids, int n);
/* Puts the shown heads in the order of their colours, for a picture: no head may be
 * shown or hidden after that. */
void heed_state_order_shown(struct heed_state *state);
/* Drops heads, pins and cuts that a model or text of this size doesn't have. */
void heed_state_fit(struct heed_state *state, int n_layers, int n_heads, int n_tokens);
/* Drops pins of B outside of Compare, or beyond its n_tokens (negative: not known). */
void heed_state_fit_b(struct heed_state *state, int n_tokens);
extern const char *const heed_view_words[HEED_N_VIEWS + 1]; /* "links"; then NULL */
/* "all", "vectors", "products", "sum", "scale", "softmax", "values"; then NULL */
extern const char *const heed_neuron_step_words[HEED_N_NEURON_STEPS + 1];
extern const char *const heed_panel_words[HEED_N_PANELS + 1]; /* "none", "ablation" */
const char *heed_view_name(enum heed_view view);              /* "Links" */
const char *heed_panel_name(enum heed_panel panel);           /* "Ablation" */
bool heed_view_find(const char *name, enum heed_view *view);  /* any case */
const char *heed_color_by_name(enum heed_color_by color_by);
int heed_color_by_decimals(enum heed_color_by color_by); /* that its numbers are shown with */
const char *heed_heads_order_name(enum heed_heads_order order);

#endif
