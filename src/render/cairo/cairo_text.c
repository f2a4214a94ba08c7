#include "render/cairo/cairo_text.h"

#include "draw/metrics.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/array.h"

/* Inter, else the system's sans; pango finds the fallback for other scripts. */
#define FAMILIES "Inter, sans-serif"

enum { N_KEPT_WIDTHS = 16, N_KNOWN = 4096, MOST_KNOWN = 47 /* bytes of a text */ };

/* The widest digit of a tabular style, since every such text asks for it. */
struct digit_width {
    struct heed_text_style style;
    int width; /* pango units; 0: free */
};

/* A text that was measured: to lay a page out asks for the same ones again and again. */
struct known_width {
    struct heed_text_style style;
    float width;
    uint8_t length; /* 0: free */
    char text[MOST_KNOWN];
};

struct heed_pango {
    PangoFontMap *map;
    PangoContext *context;
    struct heed_metrics metrics;
    char families[160];
    struct digit_width kept[N_KEPT_WIDTHS];
    int next_kept;
    struct known_width known[N_KNOWN]; /* each at the place that its hash says */
};

static PangoLayout *create_layout(struct heed_pango *pango, struct heed_text_style style,
                                  const char *text, size_t length)
{
    PangoFontDescription *font = pango_font_description_new();
    pango_font_description_set_family_static(font, pango->families);
    pango_font_description_set_weight(font, (PangoWeight)style.weight);
    pango_font_description_set_style(font, style.italic ? PANGO_STYLE_ITALIC : PANGO_STYLE_NORMAL);
    pango_font_description_set_absolute_size(font, (double)style.size * PANGO_SCALE);
    PangoLayout *layout = pango_layout_new(pango->context);
    pango_layout_set_font_description(layout, font);
    pango_font_description_free(font);
    if (style.tabular) { /* kerning would make columns of digits uneven; the
                            font's own tabular digits leave no gaps that a
                            PDF's reader takes for spaces */
        PangoAttrList *attributes = pango_attr_list_new();
        pango_attr_list_insert(attributes, pango_attr_font_features_new("tnum=1, kern=0"));
        pango_layout_set_attributes(layout, attributes);
        pango_attr_list_unref(attributes);
    }
    pango_layout_set_single_paragraph_mode(layout, TRUE);
    pango_layout_set_text(layout, text, (int)length);
    return layout;
}

static int measure_widest_digit(struct heed_pango *pango, struct heed_text_style style)
{
    int widest = 0;
    for (char digit = '0'; digit <= '9'; digit++) {
        PangoLayout *layout = create_layout(pango, style, &digit, 1);
        int width = 0;
        pango_layout_get_size(layout, &width, NULL);
        widest = width > widest ? width : widest;
        g_object_unref(layout);
    }
    return widest;
}

static int widest_digit(struct heed_pango *pango, struct heed_text_style style)
{
    for (int i = 0; i < N_KEPT_WIDTHS; i++) {
        const struct digit_width *kept = &pango->kept[i];
        if (kept->width > 0 && kept->style.size == style.size &&
            kept->style.weight == style.weight && kept->style.italic == style.italic) {
            return kept->width;
        }
    }
    const int width = measure_widest_digit(pango, style);
    pango->kept[pango->next_kept] = (struct digit_width){style, width};
    pango->next_kept = (pango->next_kept + 1) % N_KEPT_WIDTHS;
    return width;
}

static void centre_digits(PangoGlyphItem *run, const char *text, int advance)
{
    PangoGlyphItemIter iter;
    for (gboolean more = pango_glyph_item_iter_init_start(&iter, run, text); more;
         more = pango_glyph_item_iter_next_cluster(&iter)) {
        const char c = text[iter.start_index];
        const int n_glyphs = abs(iter.end_glyph - iter.start_glyph);
        if (c < '0' || c > '9' || n_glyphs != 1) {
            continue;
        }
        PangoGlyphGeometry *glyph = &run->glyphs->glyphs[iter.start_glyph].geometry;
        glyph->x_offset += (advance - glyph->width) / 2;
        glyph->width = advance;
    }
}

/* The layout's only line, its digits spread if the style asks for it. Valid
 * as long as the layout. */
static PangoLayoutLine *shape(struct heed_pango *pango, PangoLayout *layout,
                              struct heed_text_style style)
{
    PangoLayoutLine *line = pango_layout_get_line(layout, 0);
    if (!line || !style.tabular) {
        return line;
    }
    const int advance = widest_digit(pango, style);
    const char *text = pango_layout_get_text(layout);
    for (GSList *run = line->runs; run; run = run->next) {
        centre_digits(run->data, text, advance);
    }
    return line;
}

static double line_width(const PangoLayoutLine *line)
{
    int width = 0;
    for (const GSList *run = line ? line->runs : NULL; run; run = run->next) {
        const PangoGlyphItem *item = run->data;
        width += pango_glyph_string_get_width(item->glyphs);
    }
    return (double)width / PANGO_SCALE;
}

static float measure_width(struct heed_pango *pango, struct heed_text_style style, const char *text,
                           size_t length)
{
    PangoLayout *layout = create_layout(pango, style, text, length);
    const double width = line_width(shape(pango, layout, style));
    g_object_unref(layout);
    return (float)width;
}

static bool same_style(struct heed_text_style a, struct heed_text_style b)
{
    return a.size == b.size && a.weight == b.weight && a.italic == b.italic &&
           a.tabular == b.tabular;
}

/* FNV-1a. */
static uint32_t hash_of(struct heed_text_style style, const char *text, size_t length)
{
    uint32_t hash = 2166136261U ^ (uint32_t)(style.size * 64) ^ (uint32_t)style.weight << 16 ^
                    (uint32_t)style.italic << 30 ^ (uint32_t)style.tabular << 31;
    for (size_t i = 0; i < length; i++) {
        hash = (hash ^ (unsigned char)text[i]) * 16777619U;
    }
    return hash ^ hash >> 16;
}

static float metrics_width(void *context, struct heed_text_style style, const char *text,
                           size_t length)
{
    struct heed_pango *pango = context;
    if (length == 0 || length > MOST_KNOWN) {
        return measure_width(pango, style, text, length);
    }
    struct known_width *known = &pango->known[hash_of(style, text, length) % N_KNOWN];
    if (known->length != length || !same_style(known->style, style) ||
        memcmp(known->text, text, length) != 0) {
        *known = (struct known_width){.style = style, .length = (uint8_t)length};
        memcpy(known->text, text, length);
        known->width = measure_width(pango, style, text, length);
    }
    return known->width;
}

static float metrics_caret(void *context, struct heed_text_style style, const char *text,
                           size_t length, size_t offset)
{
    struct heed_pango *pango = context;
    PangoLayout *layout = create_layout(pango, style, text, length);
    PangoLayoutLine *line = shape(pango, layout, style);
    int x = 0;
    if (line && (offset < length ||
                 pango_layout_line_get_resolved_direction(line) != PANGO_DIRECTION_RTL)) {
        const size_t at = offset < length ? offset : length;
        pango_layout_line_index_to_x(line, (int)at, FALSE, &x);
    }
    g_object_unref(layout);
    return (float)x / PANGO_SCALE;
}

/* Pango lists its aliases (Sans, ...) even where there is no font, so a letter
 * must show that one has glyphs. */
static bool has_fonts(PangoContext *context)
{
    PangoLayout *layout = pango_layout_new(context);
    pango_layout_set_text(layout, "a", 1);
    const bool has = pango_layout_get_unknown_glyphs_count(layout) == 0;
    g_object_unref(layout);
    return has;
}

/* Unhinted, so that widths scale with the size and the picture is the same at every resolution. */
static void set_font_options(PangoContext *context)
{
    cairo_font_options_t *options = cairo_font_options_create();
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
    pango_cairo_context_set_font_options(context, options);
    cairo_font_options_destroy(options);
    pango_context_set_round_glyph_positions(context, FALSE);
    pango_context_set_language(context, pango_language_from_string("en"));
}

bool heed_pango_create(struct heed_pango **pango, struct heed_error *err)
{
    struct heed_pango *made = calloc(1, sizeof *made);
    if (!made) {
        return heed_error_set(err, HEED_ERROR_MEMORY, "no memory left for the fonts");
    }
    made->map = pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT);
    made->context = made->map ? pango_font_map_create_context(made->map) : NULL;
    if (!made->context || !has_fonts(made->context)) {
        heed_pango_destroy(made);
        return heed_error_set(
            err, HEED_ERROR_SYSTEM,
            "no font can be found; install fonts-inter or any other sans-serif font");
    }
    set_font_options(made->context);
    memcpy(made->families, FAMILIES, sizeof FAMILIES);
    made->metrics = (struct heed_metrics){made, metrics_width, metrics_caret};
    *pango = made;
    return true;
}

bool heed_pango_use_family(struct heed_pango *pango, const char *family, struct heed_error *err)
{
    PangoFontFamily **families = NULL;
    int n = 0;
    bool found = false;
    pango_font_map_list_families(pango->map, &families, &n);
    for (int i = 0; i < n && !found; i++) {
        found = strcasecmp(pango_font_family_get_name(families[i]), family) == 0;
    }
    g_free(families);
    if (!found || strlen(family) + sizeof FAMILIES + 2 > sizeof pango->families) {
        return heed_error_set(err, HEED_ERROR_INPUT,
                              "there is no font '%.60s' on this system; fc-list : family lists "
                              "those that are",
                              family);
    }
    snprintf(pango->families, sizeof pango->families, "%s, " FAMILIES, family);
    memset(pango->known, 0, sizeof pango->known);
    memset(pango->kept, 0, sizeof pango->kept);
    return true;
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(a, b);
}

/* Noto has a family for each script. */
static bool is_of_one_script(const char *name)
{
    static const char *const whole[] = {"Noto Sans", "Noto Serif", "Noto Sans Mono"};
    for (size_t i = 0; i < HEED_COUNT(whole); i++) {
        if (strcmp(name, whole[i]) == 0) {
            return false;
        }
    }
    return strncmp(name, "Noto ", 5) == 0;
}

int heed_pango_list_families(struct heed_pango *pango, char (*names)[64], int most)
{
    PangoFontFamily **families = NULL;
    int n = 0, kept = 0;
    pango_font_map_list_families(pango->map, &families, &n);
    for (int i = 0; i < n && kept < most; i++) {
        const char *name = pango_font_family_get_name(families[i]);
        if (strlen(name) < sizeof names[0] && !is_of_one_script(name) &&
            strcmp(name, "Inter") != 0) {
            snprintf(names[kept++], sizeof names[0], "%s", name);
        }
    }
    g_free(families);
    heed_sort(names, (size_t)kept, sizeof names[0], compare_names);
    return kept;
}

void heed_pango_destroy(struct heed_pango *pango)
{
    if (!pango) {
        return;
    }
    g_clear_object(&pango->context);
    g_clear_object(&pango->map);
    free(pango);
}

const struct heed_metrics *heed_pango_get_metrics(struct heed_pango *pango)
{
    return &pango->metrics;
}

void heed_cairo_draw_text(struct heed_pango *pango, cairo_t *cr, const struct heed_item_text *text)
{
    cairo_save(cr);
    cairo_translate(cr, (double)text->x, (double)text->y);
    if (text->angle != 0) {
        cairo_rotate(cr, (double)text->angle);
    }
    PangoLayout *layout = create_layout(pango, text->style, text->text, text->length);
    PangoLayoutLine *line = shape(pango, layout, text->style);
    double x = 0;
    if (text->anchor != HEED_ANCHOR_START) {
        const double width = line_width(line);
        x = text->anchor == HEED_ANCHOR_END ? -width : -width / 2;
    }
    const struct heed_color color = text->color;
    cairo_set_source_rgba(cr, (double)color.r, (double)color.g, (double)color.b, (double)color.a);
    cairo_move_to(cr, x, 0);
    if (line) {
        pango_cairo_show_layout_line(cr, line);
    }
    g_object_unref(layout);
    cairo_restore(cr);
}
