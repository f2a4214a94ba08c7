/*
 * What the views and the frame around them share: the maps of the shown
 * heads, pins as rows and columns of those maps, token labels, wrapped text.
 * Inside scene only; pure; the thread that builds the list.
 */
#ifndef HEED_SCENE_FRAME_SHOWN_H
#define HEED_SCENE_FRAME_SHOWN_H

#include <stdbool.h>
#include <stddef.h>

#include "scene/frame/frame.h"
#include "scene/frame/heading.h"
#include "scene/widgets/widgets.h"

/* One map that is drawn: a shown head's, or the aggregate of all shown. */
struct heed_shown_map {
    const float *weights;   /* [n, n] */
    const float *hidden;    /* [n] */
    struct heed_head_id id; /* layer -1: the aggregate */
    struct heed_color color;
    bool dashed;                      /* its chip */
    struct heed_dash dash;            /* its lines */
    char name[24];                    /* "L3H1", "mean of 3", "layer 5": see heading.h */
    char heading[HEED_HEADING_BYTES]; /* "mean of L0H1, L0H2, L3H1", "rollout to layer 5" */
};

struct heed_shown_maps {
    const struct heed_shown_map *items; /* in the list's arena */
    int n;
};

/* Rows or columns [first, first + count) of the maps. */
struct heed_range {
    int first, count;
};

static inline bool heed_range_has(struct heed_range range, int unit)
{
    return unit >= range.first && unit < range.first + range.count;
}

/* A number and what it belongs to: a unit or a head. */
struct heed_ranked {
    int index;
    float value;
};

/* The maps that can be drawn now; NULL before the first result. */
const struct heed_maps *heed_frame_get_maps(const struct heed_frame *frame);
enum {
    HEED_EXPORT_TYPE = 12, /* logical px of all type in an export ... */
    HEED_EXPORT_BASE = 15  /* ... for which so many of the frame stand, but in Links */
};

/* A head as a command's argument; 0 is none. */
int32_t heed_head_argument(struct heed_head_id id);
/* The head's own colour if it is shown, else the other. */
struct heed_color heed_frame_head_color(const struct heed_frame *frame, struct heed_head_id id,
                                        struct heed_color otherwise);
struct heed_skin heed_frame_get_skin(const struct heed_frame *frame);
/* The same for a whole picture: in an export all type has one size, for which
 * `base` logical px of the frame stand. */
struct heed_skin heed_frame_get_view_skin(const struct heed_frame *frame, float base);
void heed_frame_fit_skin(const struct heed_frame *frame, struct heed_skin *skin, float base);
/* Name and colour of a shown head itself, whatever is averaged; false if the model hasn't it. */
bool heed_shown_head(const struct heed_frame *frame, const struct heed_shown_head *shown,
                     struct heed_shown_map *map);
struct heed_shown_maps heed_shown_collect(const struct heed_frame *frame);
/* NULL: it isn't among them. */
const struct heed_shown_map *heed_shown_find(const struct heed_shown_maps *shown,
                                             struct heed_head_id id);
/* The map that Matrix shows; items NULL and n 0 when there is none. */
bool heed_shown_matrix(const struct heed_frame *frame, struct heed_shown_map *map);
/* The visible units that hold a pin's tokens; count 0: none. */
struct heed_range heed_pin_units(const struct heed_maps *maps, struct heed_pin pin);
/* The first unit of a pair's second text, before which a rule stands; 0: there is no pair, or
 * nothing of one of its texts is visible. */
int heed_pair_start(const struct heed_maps *maps);
/* Hover goes before pin. */
struct heed_range heed_frame_query(const struct heed_frame *frame);
struct heed_range heed_frame_key(const struct heed_frame *frame);
/* Rows averaged, columns summed. */
float heed_map_weight(const float *weights, int n, struct heed_range query, struct heed_range key);
/* What the other rows give the key on average; NAN if there are none. */
float heed_map_others(const struct heed_maps *maps, const float *weights, struct heed_range query,
                      struct heed_range key);
/* That of a head's map, of layer -1 the aggregate's; false: there is no such
 * map, or nothing is seen of the query or key. */
bool heed_maps_weigh(const struct heed_maps *maps, struct heed_head_id id, struct heed_range rows,
                     struct heed_range columns, float *weight);
float heed_map_hidden(const float *hidden, struct heed_range query);
/* The n_top largest of a row (or, with by_query, a column), largest first;
 * returns how many there are. *rest is the sum of all others. */
int heed_map_top(const float *weights, int n, struct heed_range range, bool by_query,
                 struct heed_ranked *top, int n_top, float *rest);
/* "to previous token 1.00", "no label", "by weight: no label" where the measure is
 * another; "" of the aggregate. */
void heed_head_label_text(const struct heed_maps *maps, struct heed_head_id id, char *text,
                          size_t size);
/* What a figure may say of a map beside its heading: that label, "" without one, and of
 * what isn't a head's weights. */
void heed_map_label_text(const struct heed_maps *maps, struct heed_head_id id, char *text,
                         size_t size);
void heed_head_name(struct heed_head_id id, char *text, size_t size);
/* The result (A or B) whose tokens a pin speaks of; NULL: it has no such tokens. */
const struct heed_result *heed_pin_result(const struct heed_result *result, struct heed_pin pin);
/* The words of a pin as they were typed; "" if the result (may be NULL) hasn't its tokens. */
void heed_pin_words(const struct heed_result *result, struct heed_pin pin, char *text, size_t size);
/* "hidden [CLS] and [SEP]" by their own names, "hidden punctuation", "hidden tokens": what the
 * filter hides of the maps' tokens. */
void heed_hidden_name(const struct heed_maps *maps, const struct heed_filter *filter, char *text,
                      size_t size);
/* "[CLS] and [SEP]", by the names that the tokenizer or the file gives them; "special tokens"
 * if there are others. */
void heed_special_names(const struct heed_maps *maps, char *text, size_t size);
/* "to previous token", "to [CLS]" by its own name. */
void heed_label_name(const struct heed_maps *maps, enum heed_head_label label, char *text,
                     size_t size);
const char *heed_measure_name(enum heed_measure measure);
/* What measures call [CLS], and what [SEP]: the first special token of the keys, and the
 * second where there are no others, else "other special". */
const char *heed_template_label(const struct heed_maps *maps, bool cls);
void heed_template_name(const struct heed_maps *maps, bool cls, char *text, size_t size);
/* What the rows are called, and the columns: "Query" and "Key", or of cross-attention
 * "Decoder" and "Encoder". */
const char *heed_query_name(const struct heed_result *result);
const char *heed_key_name(const struct heed_result *result);
/* "it -> animal" of the pinned (or hovered) tokens; "" without. */
void heed_pair_text(const struct heed_frame *frame, char *text, size_t size);
/* The labels of some units, pieces of a word joined. */
void heed_units_text(const struct heed_maps *maps, struct heed_range range, char *text,
                     size_t size);
/* The comparison that can be drawn now, or NULL. */
const struct heed_comparison *heed_frame_get_comparison(const struct heed_frame *frame);

#endif
