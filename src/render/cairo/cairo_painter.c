#include "render/cairo/cairo_painter.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cairo-pdf.h>
#include <cairo.h>

#include "base/version.h"
#include "render/cairo/cairo_heatmap.h"
#include "render/cairo/cairo_items.h"

/* A list's px is 1/96 inch, PDF's unit 1/72. */
#define POINTS_A_PX 0.75
#define INCHES_A_METRE (1 / 0.0254)

enum { MOST_PIXELS = 32767 };

static bool no_memory(struct heed_error *err)
{
    return heed_error_set(err, HEED_ERROR_MEMORY, "no memory left to draw the picture");
}

static bool check_size(const struct heed_list *list, struct heed_error *err)
{
    if (heed_list_failed(list)) {
        return no_memory(err);
    }
    if (!(list->width > 0) || !(list->height > 0) || isinf(list->width) || isinf(list->height)) {
        return heed_error_set(err, HEED_ERROR_INPUT,
                              "the picture has no size; give a --size above 0");
    }
    return true;
}

static bool check_status(cairo_status_t status, struct heed_error *err)
{
    if (status == CAIRO_STATUS_SUCCESS) {
        return true;
    }
    if (status == CAIRO_STATUS_NO_MEMORY) {
        return no_memory(err);
    }
    return heed_error_set(err, HEED_ERROR_SYSTEM, "can't draw the picture: %s",
                          cairo_status_to_string(status));
}

/* A date that never changes: the same list gives the same bytes. */
static void set_metadata(cairo_surface_t *surface, const char *title)
{
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, "2000-01-01T00:00:00Z");
    char creator[64];
    snprintf(creator, sizeof creator, "heed %s", heed_version);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATOR, creator);
    if (title && title[0]) {
        cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, title);
    }
}

struct heed_pdf {
    struct heed_pango *pango;
    struct heed_buffer *out;
    size_t before; /* bytes of out */
    cairo_surface_t *surface;
    cairo_t *cr;
    int n_pages;
    bool whole; /* every page that was to be there is */
};

bool heed_cairo_begin_pdf(struct heed_pdf **pdf, struct heed_pango *pango, const char *title,
                          struct heed_buffer *out, struct heed_error *err)
{
    struct heed_pdf *made = calloc(1, sizeof *made);
    if (!made) {
        return no_memory(err);
    }
    *made = (struct heed_pdf){.pango = pango, .out = out, .before = out->size, .whole = true};
    made->surface = cairo_pdf_surface_create_for_stream(heed_cairo_append, out, 1, 1);
    cairo_pdf_surface_restrict_to_version(made->surface, CAIRO_PDF_VERSION_1_5);
    set_metadata(made->surface, title);
    made->cr = cairo_create(made->surface);
    *pdf = made;
    return true;
}

bool heed_cairo_add_page(struct heed_pdf *pdf, const struct heed_list *list, const char *name,
                         struct heed_error *err)
{
    char page[40];
    if (!check_size(list, err)) {
        pdf->whole = false;
        return false;
    }
    pdf->n_pages++;
    cairo_pdf_surface_set_size(pdf->surface, (double)list->width * POINTS_A_PX,
                               (double)list->height * POINTS_A_PX);
    if (list->about && list->about->text) {
        cairo_pdf_surface_set_metadata(pdf->surface, CAIRO_PDF_METADATA_SUBJECT, list->about->text);
    }
    if (name) {
        snprintf(page, sizeof page, "page=%d", pdf->n_pages);
        cairo_pdf_surface_add_outline(pdf->surface, CAIRO_PDF_OUTLINE_ROOT, name, page,
                                      (cairo_pdf_outline_flags_t)0);
    }
    cairo_save(pdf->cr);
    cairo_scale(pdf->cr, POINTS_A_PX, POINTS_A_PX);
    pdf->whole = heed_cairo_draw_list(pdf->pango, pdf->cr, list, true) && pdf->whole;
    cairo_restore(pdf->cr);
    cairo_show_page(pdf->cr);
    return true;
}

bool heed_cairo_end_pdf(struct heed_pdf *pdf, struct heed_error *err)
{
    if (!pdf) {
        return true;
    }
    struct heed_buffer *out = pdf->out;
    const size_t before = pdf->before;
    const bool whole = pdf->whole;
    cairo_status_t status = cairo_status(pdf->cr);
    cairo_destroy(pdf->cr);
    cairo_surface_finish(pdf->surface);
    if (status == CAIRO_STATUS_SUCCESS) {
        status = cairo_surface_status(pdf->surface);
    }
    cairo_surface_destroy(pdf->surface);
    free(pdf);
    /* What the end couldn't be appended to isn't always a status. */
    const bool ok = check_status(status, err) && ((whole && !out->failed) || no_memory(err));
    if (!ok && out->data) {
        out->size = before;
    }
    return ok;
}

bool heed_cairo_write_pdf(struct heed_pango *pango, const struct heed_list *list, const char *title,
                          struct heed_buffer *out, struct heed_error *err)
{
    struct heed_pdf *pdf = NULL;
    if (!heed_cairo_begin_pdf(&pdf, pango, title, out, err)) {
        return false;
    }
    const bool ok = heed_cairo_add_page(pdf, list, NULL, err);
    return heed_cairo_end_pdf(pdf, ok ? err : NULL) && ok;
}

/* CRC-32 as in PNG (ISO 3309), bit by bit: it is for few bytes. */
static uint32_t crc(const unsigned char *data, size_t size)
{
    uint32_t sum = 0xFFFFFFFF;
    for (size_t i = 0; i < size; i++) {
        sum ^= data[i];
        for (int bit = 0; bit < 8; bit++) {
            sum = sum & 1 ? sum >> 1 ^ 0xEDB88320 : sum >> 1;
        }
    }
    return ~sum;
}

static void put_u32(unsigned char *bytes, uint32_t value)
{
    bytes[0] = (unsigned char)(value >> 24);
    bytes[1] = (unsigned char)(value >> 16);
    bytes[2] = (unsigned char)(value >> 8);
    bytes[3] = (unsigned char)value;
}

static void put_chunk(const struct heed_buffer *chunk, struct heed_buffer *out)
{
    unsigned char number[4];
    put_u32(number, (uint32_t)chunk->size - 4);
    heed_buffer_append(out, number, 4);
    heed_buffer_append(out, chunk->data, chunk->size);
    put_u32(number, crc((const unsigned char *)chunk->data, chunk->size));
    heed_buffer_append(out, number, 4);
}

/* tEXt has Latin-1 alone, iTXt UTF-8. */
static void put_text_chunk(const char *key, const char *text, struct heed_buffer *out)
{
    bool is_ascii = true;
    for (const char *c = text; *c != '\0'; c++) {
        is_ascii = is_ascii && (unsigned char)*c < 0x80;
    }
    struct heed_buffer chunk = {0};
    heed_buffer_puts(&chunk, is_ascii ? "tEXt" : "iTXt");
    heed_buffer_append(&chunk, key, strlen(key) + 1);
    heed_buffer_append(&chunk, "\0\0\0", is_ascii ? 0 : 4); /* plain; no language, no other key */
    heed_buffer_puts(&chunk, text);
    out->failed = out->failed || chunk.failed;
    if (!chunk.failed) {
        put_chunk(&chunk, out);
    }
    heed_buffer_finish(&chunk);
}

/* Puts a pHYs chunk, and what the picture says, behind IHDR, which always ends at
 * byte 33. */
static void put_with_density(const struct heed_buffer *png, double pixels_a_metre,
                             const char *title, const char *text, struct heed_buffer *out)
{
    enum { HEADER_END = 33, DATA = 9 };
    unsigned char chunk[4 + 4 + DATA + 4];
    const uint32_t density = (uint32_t)lrint(pixels_a_metre);
    put_u32(chunk, DATA);
    memcpy(chunk + 4, "pHYs", 4);
    put_u32(chunk + 8, density);
    put_u32(chunk + 12, density);
    chunk[16] = 1; /* the unit is the metre */
    put_u32(chunk + 17, crc(chunk + 4, 4 + DATA));
    heed_buffer_append(out, png->data, HEADER_END);
    heed_buffer_append(out, chunk, sizeof chunk);
    if (title) {
        put_text_chunk("Title", title, out);
    }
    if (text) {
        put_text_chunk("Description", text, out);
    }
    heed_buffer_append(out, png->data + HEADER_END, png->size - HEADER_END);
}

static bool pixel_size(const struct heed_list *list, float pixels_per_px, int *width, int *height,
                       struct heed_error *err)
{
    const double w = rint((double)list->width * (double)pixels_per_px);
    const double h = rint((double)list->height * (double)pixels_per_px);
    if (!(w <= MOST_PIXELS) || !(h <= MOST_PIXELS)) {
        return heed_error_set(
            err, HEED_ERROR_INPUT,
            "a PNG of %.0f x %.0f pixels is too large; at most %d a side (give a smaller --size)",
            w, h, MOST_PIXELS);
    }
    *width = w < 1 ? 1 : (int)w;
    *height = h < 1 ? 1 : (int)h;
    return true;
}

bool heed_cairo_write_png(struct heed_pango *pango, const struct heed_list *list, const char *title,
                          float pixels_per_px, struct heed_buffer *out, struct heed_error *err)
{
    int width = 0;
    int height = 0;
    if (!check_size(list, err) || !pixel_size(list, pixels_per_px, &width, &height, err)) {
        return false;
    }
    cairo_surface_t *surface = cairo_image_surface_create(
        list->background.a < 1 ? CAIRO_FORMAT_ARGB32 : CAIRO_FORMAT_RGB24, width, height);
    cairo_t *cr = cairo_create(surface);
    cairo_scale(cr, (double)pixels_per_px, (double)pixels_per_px);
    const bool whole = heed_cairo_draw_list(pango, cr, list, false);
    const cairo_status_t status = cairo_status(cr);
    cairo_destroy(cr);
    struct heed_buffer png = {0};
    bool ok = check_status(status, err) && (whole || no_memory(err)) &&
              heed_cairo_put_png(surface, &png, err);
    cairo_surface_destroy(surface);
    if (ok) {
        put_with_density(&png, (double)pixels_per_px * 96 * INCHES_A_METRE, title,
                         list->about ? list->about->text : NULL, out);
        ok = !out->failed || no_memory(err);
    }
    heed_buffer_finish(&png);
    return ok;
}

bool heed_cairo_paint(struct heed_pango *pango, const struct heed_list *list,
                      const struct heed_pixels *pixels, float x, float y, float pixels_per_px,
                      struct heed_error *err)
{
    if (!check_size(list, err)) {
        return false;
    }
    cairo_surface_t *surface = cairo_image_surface_create_for_data(
        pixels->data, CAIRO_FORMAT_RGB24, pixels->width, pixels->height, pixels->stride);
    cairo_t *cr = cairo_create(surface);
    cairo_translate(cr, (double)x, (double)y);
    cairo_scale(cr, (double)pixels_per_px, (double)pixels_per_px);
    cairo_rectangle(cr, 0, 0, (double)list->width, (double)list->height);
    cairo_clip(cr);
    const bool whole = heed_cairo_draw_list(pango, cr, list, false);
    const cairo_status_t status = cairo_status(cr);
    cairo_destroy(cr);
    cairo_surface_destroy(surface);
    return check_status(status, err) && (whole || no_memory(err));
}
