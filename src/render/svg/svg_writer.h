/*
 * Pieces of SVG text: numbers, colours, ids, base64. Inside render/svg. All of
 * it is the same in every locale.
 */
#ifndef HEED_RENDER_SVG_SVG_WRITER_H
#define HEED_RENDER_SVG_SVG_WRITER_H

#include <stdint.h>

#include "base/buffer.h"
#include "draw/display_list.h"

struct heed_svg_writer {
    struct heed_buffer *out;
    uint32_t hash; /* of the text so far, for ids */
    size_t hashed;
    struct heed_svg_group *groups; /* the heads that had one */
    size_t n_groups, group_capacity;
    int64_t open_head; /* whose group is open; -1: none */
};

/* A head's items that follow each other are a group with its name for an id;
 * from the second one on it ends in "-2" and so on. */
struct heed_svg_group {
    int64_t head;
    int count;
};

/* At most `decimals` (0..3) decimals, without trailing zeros. */
void heed_svg_put_number(struct heed_svg_writer *writer, double value, int decimals);
/* ` name="value"` with two decimals. */
void heed_svg_put_attribute(struct heed_svg_writer *writer, const char *name, double value);
/* Numbers with two decimals, each behind a space or, the first, behind `before`. */
void heed_svg_put_points(struct heed_svg_writer *writer, const char *before, const float *values,
                         int n);
/* ` name="#rrggbb"`, and ` name-opacity="a"` below 1; name is fill, stroke or stop. */
void heed_svg_put_color(struct heed_svg_writer *writer, const char *name, struct heed_color color);
/* x, y, width, height and, above 0, rx. */
void heed_svg_put_rect(struct heed_svg_writer *writer, double x, double y, double w, double h,
                       double radius);
/* All of a stroke's attributes. */
void heed_svg_put_stroke(struct heed_svg_writer *writer, const struct heed_stroke *stroke);
/* An id that no other item has, nor (but for a chance of 1 in 4 thousand
 * million) an item of another picture set into the same page. */
uint32_t heed_svg_next_id(struct heed_svg_writer *writer);
void heed_svg_put_base64(struct heed_svg_writer *writer, const struct heed_buffer *data);

#endif
