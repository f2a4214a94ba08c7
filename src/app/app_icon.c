#include "app/app_icon.h"

#include <cairo.h>
#include <stddef.h>

#include "base/compiler.h"

enum { SIZE = 128 }; /* px; it is designed on 64 */

static const double pi = 3.14159265358979;

static void set_color(cairo_t *cr, unsigned rgb)
{
    cairo_set_source_rgb(cr, (rgb >> 16) / 255.0, (rgb >> 8 & 0xFF) / 255.0, (rgb & 0xFF) / 255.0);
}

static void add_box(cairo_t *cr, double x, double y, double w, double h, double r)
{
    cairo_new_sub_path(cr);
    cairo_arc(cr, x + w - r, y + r, r, -pi / 2, 0);
    cairo_arc(cr, x + w - r, y + h - r, r, 0, pi / 2);
    cairo_arc(cr, x + r, y + h - r, r, pi / 2, pi);
    cairo_arc(cr, x + r, y + r, r, pi, 3 * pi / 2);
    cairo_close_path(cr);
}

/* A token, and its links to three others. */
static void draw(cairo_t *cr)
{
    static const struct {
        double y, width, radius;
        unsigned color;
    } links[] = {{14, 5, 4.2, 0x86B6FF}, {50, 2.2, 3.2, 0x379C80}, {32, 3.2, 3.2, 0xF8551F}};
    set_color(cr, 0x14171C);
    add_box(cr, 2, 2, 60, 60, 13);
    cairo_fill(cr);
    cairo_set_line_cap(cr, CAIRO_LINE_CAP_ROUND);
    for (size_t i = 0; i < HEED_COUNT(links); i++) {
        set_color(cr, links[i].color);
        cairo_set_line_width(cr, links[i].width);
        cairo_move_to(cr, 15, 32);
        cairo_curve_to(cr, 28, 32, 36, links[i].y, 49, links[i].y);
        cairo_stroke(cr);
    }
    set_color(cr, 0xECEEF2);
    add_box(cr, 10, 26, 10, 12, 3.5);
    for (size_t i = 0; i < HEED_COUNT(links); i++) {
        cairo_new_sub_path(cr);
        cairo_arc(cr, 50, links[i].y, links[i].radius, 0, 2 * pi);
    }
    cairo_fill(cr);
}

void heed_icon_set(SDL_Window *window)
{
    cairo_surface_t *drawn = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, SIZE, SIZE);
    cairo_t *cr = cairo_create(drawn);
    cairo_scale(cr, SIZE / 64.0, SIZE / 64.0);
    draw(cr);
    cairo_destroy(cr);
    cairo_surface_flush(drawn);
    if (cairo_surface_status(drawn) == CAIRO_STATUS_SUCCESS) {
        SDL_Surface *icon = SDL_CreateRGBSurfaceWithFormatFrom(
            cairo_image_surface_get_data(drawn), SIZE, SIZE, 32,
            cairo_image_surface_get_stride(drawn), SDL_PIXELFORMAT_ARGB8888);
        if (icon != NULL) {
            SDL_SetWindowIcon(window, icon);
            SDL_FreeSurface(icon);
        }
    }
    cairo_surface_destroy(drawn);
}
