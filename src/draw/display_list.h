/*
 * A display list: everything a picture consists of, as plain shapes in
 * painting order. Views write it, painters read it, tests compare it, and the
 * pointer is resolved by walking it from the top. It knows neither state nor
 * model nor window.
 *
 * Units are device pixels of the window (logical px times the UI scale,
 * already rounded where a crisp edge is wanted), or 1/96 inch in an export.
 * y grows downwards; angles are radians, clockwise. Colours are sRGB with
 * straight alpha, blended in sRGB as every painter's library does.
 *
 * A list and all it points to (text, stops, indices) lives until the next
 * heed_list_clear, heatmap values as long as their owner (a heed_maps).
 * One thread at a time.
 */
#ifndef HEED_DRAW_DISPLAY_LIST_H
#define HEED_DRAW_DISPLAY_LIST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/compiler.h"

struct heed_color {
    float r, g, b, a; /* 0..1 */
};

struct heed_rect {
    float x, y, w, h;
};

/* The same with `by` more on each side. */
static inline struct heed_rect heed_rect_grow(struct heed_rect rect, float by)
{
    return (struct heed_rect){rect.x - by, rect.y - by, rect.w + 2 * by, rect.h + 2 * by};
}

/* What an item stands for: what a click on it means. */
enum heed_target_kind {
    HEED_TARGET_NONE = 0,
    HEED_TARGET_BLOCK,       /* swallows the pointer: panels, popovers */
    HEED_TARGET_QUERY,       /* a: first token, b: count */
    HEED_TARGET_KEY,         /* a: first token, b: count */
    HEED_TARGET_CELL,        /* a matrix: the pointer's cell follows from the
                                heatmap; a: layer, b: head (-1: aggregate), c:
                                0, in Compare 1 + enum heed_compare_map, in Lab
                                HEED_LAB_TRAINED */
    HEED_TARGET_LINK,        /* a: query unit, b: key unit, c: layer << 16 | head */
    HEED_TARGET_HEAD,        /* a: layer, b: head */
    HEED_TARGET_LAYER_LABEL, /* a: layer */
    HEED_TARGET_HEAD_LABEL,  /* a: head */
    HEED_TARGET_COMMAND,     /* a: enum heed_command, b: its argument */
    HEED_TARGET_SLIDER,      /* a: enum heed_slider; x, w of the item = track */
    HEED_TARGET_TEXT_FIELD,  /* a: 0 text, 1 pair, 2 find */
    HEED_TARGET_VALUE,       /* a number of a vector in Neuron or Stack; a: which
                                vector, b: its token, c: how many cells lie
                                side by side in the item; 0: the whole */
    HEED_TARGET_SCROLL,      /* a scrolling area; a: enum heed_scroll */
    HEED_TARGET_TERM         /* a word that is explained; a: its place in the table */
};

struct heed_target {
    uint16_t kind; /* enum heed_target_kind */
    uint16_t flags;
    int32_t a, b, c;
};

static inline struct heed_target heed_target_of(enum heed_target_kind kind, int32_t a, int32_t b,
                                                int32_t c)
{
    return (struct heed_target){.kind = (uint16_t)kind, .a = a, .b = b, .c = c};
}

enum heed_item_kind {
    HEED_ITEM_RECT,
    HEED_ITEM_LINE,
    HEED_ITEM_CUBIC,
    HEED_ITEM_ARC,
    HEED_ITEM_TRIANGLE,
    HEED_ITEM_GRADIENT,
    HEED_ITEM_TEXT,
    HEED_ITEM_HEATMAP,
    HEED_ITEM_CLIP,    /* push: intersect with rect */
    HEED_ITEM_UNCLIP,  /* pop */
    HEED_ITEM_GROUP,   /* push: what follows is composed by itself ... */
    HEED_ITEM_UNGROUP, /* ... and laid on the rest with one opacity */
    HEED_ITEM_HOTSPOT  /* paints nothing; only for the pointer */
};

struct heed_stroke {
    float width; /* 0: none */
    struct heed_color color;
    float dash_on, dash_off; /* 0: solid */
    bool round_caps;         /* else butt */
};

/* Rounded rectangle. A stroke lies inside the rectangle's edge (its outer
 * edge is the rectangle). A circle is a square with radius w / 2. */
struct heed_item_rect {
    struct heed_rect rect;
    float radius;
    struct heed_color fill; /* a == 0: none */
    struct heed_stroke stroke;
};

struct heed_item_line {
    float x0, y0, x1, y1;
    struct heed_stroke stroke;
};

struct heed_item_cubic {
    float x0, y0, x1, y1, x2, y2, x3, y3;
    struct heed_stroke stroke;
};

/* Part of an axis-parallel ellipse from angle from to angle to (to > from;
 * 0 points right, pi / 2 points down). */
struct heed_item_arc {
    float cx, cy, rx, ry;
    float from, to;
    struct heed_stroke stroke;
};

struct heed_item_triangle {
    float x0, y0, x1, y1, x2, y2;
    struct heed_color fill;
};

/* A rectangle filled by evenly spaced stops along one axis, linear in sRGB
 * between them: left to right, or bottom to top. */
struct heed_item_gradient {
    struct heed_rect rect;
    float radius;
    const struct heed_color *stops;
    int n_stops;
    bool vertical;
};

enum heed_anchor { HEED_ANCHOR_START, HEED_ANCHOR_MIDDLE, HEED_ANCHOR_END };

enum heed_family { HEED_FAMILY_SANS }; /* Inter, else the system's sans */

/* weight: 400, 500 or 600. tabular: each digit sits centred in the advance of the widest digit. */
struct heed_text_style {
    float size;
    uint16_t weight;
    bool italic;
    bool tabular;
};

/* One line of UTF-8. Painters shape it, order it (bidi) and find fallback
 * fonts; x is its start, middle or end on the baseline y, and the text is
 * turned about that point. Start is the left end, whatever the script. */
struct heed_item_text {
    float x, y;
    struct heed_text_style style;
    enum heed_anchor anchor;
    float angle;
    struct heed_color color;
    const char *text;
    uint32_t length; /* bytes */
};

enum { HEED_PALETTE_STOPS = 9 };

struct heed_palette {
    struct heed_color stops[HEED_PALETTE_STOPS]; /* at 0, 1/8 ... 1 */
};

/* Numbers that a heatmap shows: slices of row-major float32 matrices. The id
 * differs for different content, so that a painter may keep what it made of
 * them (a texture). */
struct heed_values {
    uint64_t id;       /* 0: don't keep */
    const float *data; /* [slices, rows, columns] */
    int n_slices, n_rows, n_columns;
};

/*
 * Cells [row, row + rows) x [column, column + columns) of one slice, fitted
 * exactly into rect: the pitch is rect.w / columns by rect.h / rows. A cell is
 * drawn inset by gap / 2 on each side with corner radius `radius` (both may
 * be 0; the list keeps the gap to half a pitch). Colour = palette((value - low) / (high - low)),
 * clamped, linear between stops; values below `threshold` (by magnitude) count as 0. A pitch below
 * 1 px shows each pixel's maximum by magnitude. NaN draws nothing.
 */
struct heed_item_heatmap {
    struct heed_rect rect;
    struct heed_values values;
    int slice;
    int row, rows, column, columns;
    float gap, radius;
    float low, high, threshold;
    /* Values are colours, 0xRRGGBB each, and no numbers: a pixel shows the mean of its
     * cells; scale and palette mean nothing. */
    bool is_picture;
    struct heed_palette palette;
};

struct heed_item_group {
    uint64_t key; /* not 0: equal keys have equal content and bounds, so a
                     painter may keep it */
    float opacity;
    struct heed_rect bounds; /* holds all that the group paints */
};

struct heed_item {
    enum heed_item_kind kind;
    struct heed_target target;
    union {
        struct heed_item_rect rect;
        struct heed_item_line line;
        struct heed_item_cubic cubic;
        struct heed_item_arc arc;
        struct heed_item_triangle triangle;
        struct heed_item_gradient gradient;
        struct heed_item_text text;
        struct heed_item_heatmap heatmap;
        struct heed_rect clip;
        struct heed_item_group group;
        struct heed_rect hotspot;
    } as;
};

/* What a file says of its picture beside the title; NULL: nothing. */
struct heed_about {
    const char *text;   /* a caption */
    const char *family; /* of its type, before Inter */
};

enum { HEED_LIST_MAX_DEPTH = 64 }; /* open clips and groups together */

/* What the picture should hold and had no room for. */
struct heed_lack {
    int n;          /* 0: nothing */
    char text[192]; /* the first of them, in words */
};

struct heed_list {
    struct heed_item *items;
    size_t n_items;
    size_t capacity;
    struct heed_arena arena;   /* text, stops */
    struct heed_target target; /* given to items added from now on */
    float width, height;       /* the picture's size */
    struct heed_color background;
    const struct heed_about *about; /* for painters of files; borrowed; may be NULL */
    bool failed;                    /* memory ran out: the list isn't whole */
    struct heed_lack lack;
    int depth;            /* clips and groups that are open now ... */
    uint64_t open_groups; /* ... a bit each, the first lowest: 1 for a group */
};

/* All zero is an empty list. Clearing keeps the memory, the size and the background. */
void heed_list_clear(struct heed_list *list);
void heed_list_finish(struct heed_list *list);

/* True if something is missing: an item, or what a view wanted of the list's
 * arena. Who writes or shows a list asks it first. */
static inline bool heed_list_failed(const struct heed_list *list)
{
    return list->failed || list->arena.failed;
}

/* Notes that something isn't drawn for lack of room, or was cut short: "18 of 72
 * heads". A window scrolls or has tips; an export of such a list is refused. */
void heed_list_lack(struct heed_list *list, const char *format, ...) HEED_PRINTF(2, 3);

/* A text in quotation marks, for a lack; a long one's beginning and an ellipsis. */
struct heed_quote {
    char text[80];
};
struct heed_quote heed_quote(const char *text, size_t length);

/* Adders never fail for the caller: out of memory sets list->failed. Text and
 * stops are copied, bytes that aren't UTF-8 as U+FFFD and control characters
 * as spaces. Items with nothing to paint (alpha 0, no size, empty text, a
 * coordinate that isn't finite) are left out, hotspots and targets apart;
 * coordinates end at +-HEED_LIST_LIMIT. So painters needn't check any of
 * that. Clips and groups must be closed in the reverse order, and be at most
 * HEED_LIST_MAX_DEPTH deep; a painter closes what is open at the end. */
#define HEED_LIST_LIMIT 1.0e6f

void heed_list_rect(struct heed_list *list, struct heed_item_rect rect);
void heed_list_line(struct heed_list *list, struct heed_item_line line);
void heed_list_cubic(struct heed_list *list, struct heed_item_cubic cubic);
void heed_list_arc(struct heed_list *list, struct heed_item_arc arc);
void heed_list_triangle(struct heed_list *list, struct heed_item_triangle triangle);
void heed_list_gradient(struct heed_list *list, struct heed_item_gradient gradient);
void heed_list_text(struct heed_list *list, struct heed_item_text text);
void heed_list_heatmap(struct heed_list *list, struct heed_item_heatmap heatmap);
void heed_list_clip(struct heed_list *list, struct heed_rect rect);
void heed_list_unclip(struct heed_list *list);
void heed_list_group(struct heed_list *list, struct heed_item_group group);
void heed_list_ungroup(struct heed_list *list);
void heed_list_hotspot(struct heed_list *list, struct heed_rect rect);
/* A hotspot of this target; what follows has none. */
void heed_list_spot(struct heed_list *list, struct heed_rect rect, struct heed_target target);

/* What most shapes are: filled, outlined, or both, with one solid stroke. */
void heed_list_fill(struct heed_list *list, struct heed_rect rect, float radius,
                    struct heed_color fill);
void heed_list_outline(struct heed_list *list, struct heed_rect rect, float radius, float width,
                       struct heed_color stroke);
void heed_list_box(struct heed_list *list, struct heed_rect rect, float radius,
                   struct heed_color fill, float width, struct heed_color stroke);
void heed_list_stroke(struct heed_list *list, float x0, float y0, float x1, float y1, float width,
                      struct heed_color color);

#endif
