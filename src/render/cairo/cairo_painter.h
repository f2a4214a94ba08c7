/*
 * Paints display lists with cairo and pango: PDF and PNG. The same list gives
 * the same bytes. One thread at a time per font map (pango's default).
 */
#ifndef HEED_RENDER_CAIRO_CAIRO_PAINTER_H
#define HEED_RENDER_CAIRO_CAIRO_PAINTER_H

#include "base/buffer.h"
#include "base/error.h"
#include "draw/display_list.h"
#include "draw/metrics.h"

struct heed_pango;

/* Pango's text widths at 1/96 inch px. NULL on failure (message in err: no
 * font can be found). */
HEED_NODISCARD bool heed_pango_create(struct heed_pango **pango, struct heed_error *err);
/* All text from now on is of this family, what it lacks of the others. Errors:
 * the system hasn't got it. */
HEED_NODISCARD bool heed_pango_use_family(struct heed_pango *pango, const char *family,
                                          struct heed_error *err);
/* Names of the families that text may be set in, those of single scripts left out, by
 * name; at most `most` are written. Returns how many. */
int heed_pango_list_families(struct heed_pango *pango, char (*names)[64], int most);
void heed_pango_destroy(struct heed_pango *pango);
const struct heed_metrics *heed_pango_get_metrics(struct heed_pango *pango);

/* One page of list->width x list->height px at 96 px an inch; fonts
 * embedded; constant creation date. title may be NULL. */
HEED_NODISCARD bool heed_cairo_write_pdf(struct heed_pango *pango, const struct heed_list *list,
                                         const char *title, struct heed_buffer *out,
                                         struct heed_error *err);

/* The same of many pages, each as large as its list. */
struct heed_pdf;
/* out must outlive it, and holds nothing whole before the end. */
HEED_NODISCARD bool heed_cairo_begin_pdf(struct heed_pdf **pdf, struct heed_pango *pango,
                                         const char *title, struct heed_buffer *out,
                                         struct heed_error *err);
/* name: where readers list pages; NULL: not there. */
HEED_NODISCARD bool heed_cairo_add_page(struct heed_pdf *pdf, const struct heed_list *list,
                                        const char *name, struct heed_error *err);
/* Frees it, whatever it returns; false leaves out as it was before. NULL is fine. */
HEED_NODISCARD bool heed_cairo_end_pdf(struct heed_pdf *pdf, struct heed_error *err);
/* pixels_per_px: 300 / 96 gives 300 dpi. The PNG's size in pixels is
 * round(list size * pixels_per_px), at most 32767 a side; dpi goes into the
 * file's pHYs. title: the file's; NULL: none. */
HEED_NODISCARD bool heed_cairo_write_png(struct heed_pango *pango, const struct heed_list *list,
                                         const char *title, float pixels_per_px,
                                         struct heed_buffer *out, struct heed_error *err);

/* 32-bit pixels, red in bits 16 to 23 of each. */
struct heed_pixels {
    unsigned char *data;
    int width, height, stride; /* stride: bytes */
};

/* Over what is there: the list's corner lies at (x, y) pixels, a px of it is so many. */
HEED_NODISCARD bool heed_cairo_paint(struct heed_pango *pango, const struct heed_list *list,
                                     const struct heed_pixels *pixels, float x, float y,
                                     float pixels_per_px, struct heed_error *err);

#endif
