#include "pictures.h"

#include <math.h>
#include <string.h>

#include "base/compiler.h"
#include "draw/display_list.h"
#include "draw/theme.h"

static const struct heed_color black = {0, 0, 0, 1};
static const struct heed_color blue = {0.1f, 0.4f, 0.9f, 1};
static const struct heed_color red = {0.85f, 0.2f, 0.1f, 1};
static const struct heed_color green = {0, 0.4f, 0.35f, 1};

static struct heed_color faint(struct heed_color color, float alpha)
{
    return heed_color_alpha(color, alpha);
}

static struct heed_stroke stroke(float width, struct heed_color color)
{
    return (struct heed_stroke){.width = width, .color = color};
}

static void fill(struct heed_list *list, float x, float y, float w, float h,
                 struct heed_color color)
{
    heed_list_rect(list, (struct heed_item_rect){.rect = {x, y, w, h}, .fill = color});
}

static void draw_nothing(struct heed_list *list)
{
    (void)list;
}

static void draw_rects(struct heed_list *list)
{
    fill(list, 8, 8, 40, 24, blue);
    heed_list_rect(list,
                   (struct heed_item_rect){.rect = {56, 8, 40, 24}, .radius = 8, .fill = red});
    heed_list_rect(list, (struct heed_item_rect){.rect = {104, 8, 48, 24},
                                                 .radius = 8,
                                                 .fill = faint(green, 0.5f),
                                                 .stroke = stroke(2, black)});
    heed_list_rect(list,
                   (struct heed_item_rect){.rect = {8, 40, 40, 40}, .radius = 20, .fill = blue});
    heed_list_rect(list, (struct heed_item_rect){
                             .rect = {56, 40, 40, 40}, .radius = 100, .stroke = stroke(6, red)});
    heed_list_rect(list, (struct heed_item_rect){.rect = {104, 40, 48, 40},
                                                 .fill = faint(blue, 0.3f),
                                                 .stroke = stroke(8, faint(red, 0.5f))});
    heed_list_rect(list,
                   (struct heed_item_rect){.rect = {8, 88, 40, 24}, .stroke = stroke(1, black)});
    heed_list_rect(list,
                   (struct heed_item_rect){.rect = {56, 88, 40, 24}, .stroke = stroke(60, green)});
}

static void draw_small_rects(struct heed_list *list)
{
    for (int i = 0; i < 12; i++) {
        const float size = 0.25f * (float)(i + 1);
        fill(list, 8 + 12 * (float)i, 16, size, 40, black);
        fill(list, 8 + 12 * (float)i, 72, 8, size, red);
        heed_list_rect(list, (struct heed_item_rect){.rect = {8 + 12 * (float)i, 88, 8, size},
                                                     .radius = 4,
                                                     .fill = blue});
    }
}

static void draw_lines(struct heed_list *list)
{
    for (int i = 0; i < 6; i++) {
        const float y = 10 + 12 * (float)i;
        heed_list_line(list, (struct heed_item_line){8, y, 70, y + 4 * (float)i,
                                                     stroke(0.4f + (float)i, i % 2 ? red : blue)});
    }
    struct heed_stroke dashed = stroke(3, black);
    dashed.dash_on = 6;
    dashed.dash_off = 4;
    heed_list_line(list, (struct heed_item_line){80, 10, 152, 10, dashed});
    dashed.round_caps = true;
    dashed.dash_off = 8;
    heed_list_line(list, (struct heed_item_line){80, 24, 152, 60, dashed});
    struct heed_stroke round = stroke(14, green);
    round.round_caps = true;
    heed_list_line(list, (struct heed_item_line){90, 60, 90, 100, round});
    round.round_caps = false;
    heed_list_line(list, (struct heed_item_line){120, 60, 140, 100, round});
    heed_list_line(list, (struct heed_item_line){8.5f, 104, 8.5f, 116, stroke(1, black)});
}

static struct heed_item_cubic link(float y0, float y1, struct heed_stroke s)
{
    return (struct heed_item_cubic){8, y0, 74, y0, 86, y1, 152, y1, s};
}

static void draw_cubics(struct heed_list *list)
{
    heed_list_cubic(list, link(10, 110, stroke(2, faint(blue, 0.3f))));
    heed_list_cubic(list, link(30, 20, stroke(6, red)));
    heed_list_cubic(list, link(50, 50, stroke(3, green)));
    heed_list_cubic(list, link(110, 40, stroke(1, black)));
    for (int i = 0; i < 20; i++) {
        heed_list_cubic(list, link(60 + (float)i, 100 - (float)i, stroke(2, faint(blue, 0.1f))));
    }
}

static void draw_dashed_cubics(struct heed_list *list)
{
    struct heed_stroke dashed = stroke(4, blue);
    dashed.dash_on = 6;
    dashed.dash_off = 4;
    heed_list_cubic(list, link(16, 104, dashed));
    dashed.color = red;
    dashed.round_caps = true;
    dashed.dash_off = 10;
    heed_list_cubic(list, link(104, 16, dashed));
    /* A cusp, and one whose ends meet. */
    heed_list_cubic(list,
                    (struct heed_item_cubic){20, 60, 140, 20, 20, 20, 140, 60, stroke(2, black)});
    heed_list_cubic(list,
                    (struct heed_item_cubic){80, 70, 160, 118, 0, 118, 80, 70, stroke(3, green)});
}

static void draw_arcs(struct heed_list *list)
{
    const float pi = 3.14159265f;
    heed_list_arc(list, (struct heed_item_arc){40, 56, 32, 40, pi, 2 * pi, stroke(3, blue)});
    heed_list_arc(list, (struct heed_item_arc){40, 60, 32, 20, 0, pi, stroke(6, faint(red, 0.5f))});
    heed_list_arc(list, (struct heed_item_arc){112, 40, 36, 28, 0, 2 * pi, stroke(4, green)});
    heed_list_arc(list, (struct heed_item_arc){112, 40, 12, 12, 0.3f, 4, stroke(8, black)});
    struct heed_stroke dashed = stroke(2, red);
    dashed.dash_on = 6;
    dashed.dash_off = 4;
    heed_list_arc(list, (struct heed_item_arc){112, 112, 40, 30, pi, 2 * pi, dashed});
    heed_list_arc(list, (struct heed_item_arc){40, 100, 20, 8, 0, 100, stroke(1, black)});
}

static void draw_triangles(struct heed_list *list)
{
    heed_list_triangle(list, (struct heed_item_triangle){8, 8, 72, 8, 40, 56, blue});
    heed_list_triangle(list, (struct heed_item_triangle){152, 8, 88, 8, 120, 56, faint(red, 0.5f)});
    heed_list_triangle(list,
                       (struct heed_item_triangle){100, 8, 140, 56, 84, 52, faint(green, 0.5f)});
    heed_list_triangle(list, (struct heed_item_triangle){8, 70, 152, 71, 80, 72, black});
    heed_list_triangle(list, (struct heed_item_triangle){8, 100, 16, 96, 16, 104, black});
    heed_list_triangle(list, (struct heed_item_triangle){40, 100, 60, 100, 80, 100, red});
}

static void draw_gradients(struct heed_list *list)
{
    const struct heed_palette *tide = heed_palette_get(HEED_THEME_LIGHT, HEED_PALETTE_TIDE);
    heed_list_gradient(list, (struct heed_item_gradient){.rect = {8, 8, 144, 16},
                                                         .stops = tide->stops,
                                                         .n_stops = HEED_PALETTE_STOPS});
    heed_list_gradient(list, (struct heed_item_gradient){.rect = {8, 32, 24, 80},
                                                         .radius = 6,
                                                         .stops = tide->stops,
                                                         .n_stops = HEED_PALETTE_STOPS,
                                                         .vertical = true});
    const struct heed_color two[2] = {red, faint(red, 0)};
    heed_list_gradient(list,
                       (struct heed_item_gradient){
                           .rect = {48, 32, 96, 24}, .radius = 12, .stops = two, .n_stops = 2});
    heed_list_gradient(
        list, (struct heed_item_gradient){.rect = {48, 72, 40, 40}, .stops = &green, .n_stops = 1});
    heed_list_gradient(list, (struct heed_item_gradient){.rect = {104, 72, 40.5f, 40.5f},
                                                         .stops = (struct heed_color[]){blue, red},
                                                         .n_stops = 2,
                                                         .vertical = true});
}

static void draw_clips(struct heed_list *list)
{
    heed_list_clip(list, (struct heed_rect){16, 16, 80, 80});
    fill(list, 0, 0, 160, 120, faint(blue, 0.3f));
    heed_list_clip(list, (struct heed_rect){64, 48, 96, 72});
    fill(list, 0, 0, 160, 120, red);
    heed_list_unclip(list);
    heed_list_cubic(list, link(0, 120, stroke(8, black)));
    heed_list_unclip(list);
    heed_list_clip(list, (struct heed_rect){104, 8, 0, 0});
    fill(list, 0, 0, 160, 120, green);
    heed_list_unclip(list);
    heed_list_clip(list, (struct heed_rect){8, 8, 40, 40});
    heed_list_clip(list, (struct heed_rect){100, 60, 40, 40});
    fill(list, 0, 0, 160, 120, green);
    heed_list_unclip(list);
    heed_list_unclip(list);
    heed_list_clip(list, (struct heed_rect){-1e9f, 104, 2e9f, 8});
    fill(list, 112, 0, 40, 120, green);
    heed_list_unclip(list);
}

static void draw_groups(struct heed_list *list)
{
    fill(list, 8, 56, 144, 8, black);
    heed_list_group(list,
                    (struct heed_item_group){.key = 1, .opacity = 0.5f, .bounds = {8, 8, 72, 104}});
    fill(list, 16, 16, 40, 72, blue);
    fill(list, 32, 32, 40, 72, red);
    heed_list_group(
        list, (struct heed_item_group){.key = 2, .opacity = 0.5f, .bounds = {24, 24, 40, 40}});
    fill(list, 24, 24, 24, 24, green);
    fill(list, 40, 40, 24, 24, black);
    heed_list_ungroup(list);
    heed_list_ungroup(list);
    heed_list_group(list,
                    (struct heed_item_group){.key = 3, .opacity = 1, .bounds = {88, 8, 64, 32}});
    fill(list, 88, 8, 64, 32, faint(red, 0.5f));
    heed_list_ungroup(list);
    heed_list_group(list,
                    (struct heed_item_group){.key = 4, .opacity = 0, .bounds = {88, 48, 64, 24}});
    fill(list, 88, 48, 64, 24, blue);
    heed_list_ungroup(list);
    heed_list_group(
        list, (struct heed_item_group){.key = 5, .opacity = 0.25f, .bounds = {88, 80, 64, 32}});
    heed_list_ungroup(list);
}

static void draw_groups_and_clips(struct heed_list *list)
{
    heed_list_clip(list, (struct heed_rect){16, 16, 64, 88});
    heed_list_group(
        list, (struct heed_item_group){.key = 11, .opacity = 0.5f, .bounds = {0, 0, 160, 120}});
    fill(list, 0, 0, 160, 60, blue);
    heed_list_clip(list, (struct heed_rect){48, 40, 96, 40});
    fill(list, 0, 0, 160, 120, red);
    heed_list_unclip(list);
    heed_list_ungroup(list);
    heed_list_unclip(list);
    heed_list_group(
        list, (struct heed_item_group){.key = 12, .opacity = 0.75f, .bounds = {88, 8, 64, 104}});
    heed_list_clip(list, (struct heed_rect){96, 16, 48, 48});
    heed_list_arc(list, (struct heed_item_arc){120, 60, 30, 40, 0, 6.2831853f, stroke(8, green)});
    heed_list_unclip(list);
    fill(list, 96, 80, 48, 16, black);
    heed_list_ungroup(list);
}

/* A view that returned early: painters close what is open. */
static void draw_unclosed(struct heed_list *list)
{
    fill(list, 8, 8, 40, 40, green);
    heed_list_clip(list, (struct heed_rect){32, 32, 96, 64});
    heed_list_group(
        list, (struct heed_item_group){.key = 21, .opacity = 0.5f, .bounds = {0, 0, 160, 120}});
    fill(list, 0, 0, 160, 120, blue);
    heed_list_clip(list, (struct heed_rect){64, 48, 16, 16});
    fill(list, 0, 0, 160, 120, red);
}

static void text(struct heed_list *list, float x, float y, float size, const char *string)
{
    heed_list_text(list, (struct heed_item_text){.x = x,
                                                 .y = y,
                                                 .style = {.size = size, .weight = 400},
                                                 .color = black,
                                                 .text = string,
                                                 .length = (uint32_t)strlen(string)});
}

static void draw_text(struct heed_list *list)
{
    static const uint16_t weights[] = {400, 500, 600};
    heed_list_line(list, (struct heed_item_line){80, 0, 80, 120, stroke(1, red)});
    for (int i = 0; i < 3; i++) {
        const float y = 24 + 22 * (float)i;
        heed_list_text(list, (struct heed_item_text){.x = 80,
                                                     .y = y,
                                                     .style = {.size = 14, .weight = weights[i]},
                                                     .anchor = (enum heed_anchor)i,
                                                     .color = black,
                                                     .text = "animal",
                                                     .length = 6});
    }
    heed_list_text(list,
                   (struct heed_item_text){.x = 8,
                                           .y = 92,
                                           .style = {.size = 20, .weight = 400, .italic = true},
                                           .color = faint(blue, 0.6f),
                                           .text = "slanted",
                                           .length = 7});
    text(list, 8, 110, 4, "very small text");
    text(list, 90, 116, 40, "Ag");
}

static void draw_tabular(struct heed_list *list)
{
    static const char *const numbers[] = {"0.111", "0.444", "1.000", "−0.171"};
    for (int i = 0; i < 4; i++) {
        heed_list_text(
            list,
            (struct heed_item_text){
                .x = 150,
                .y = 24 + 26 * (float)i,
                .style = {.size = 22, .weight = (uint16_t)(i == 2 ? 600 : 400), .tabular = true},
                .anchor = HEED_ANCHOR_END,
                .color = black,
                .text = numbers[i],
                .length = (uint32_t)strlen(numbers[i])});
    }
}

static void draw_turned_text(struct heed_list *list)
{
    static const float angles[] = {-0.78539816f, 1.5707963f, 3.1415927f, -1.0f};
    static const float xs[] = {16, 70, 110, 120};
    static const float ys[] = {80, 16, 30, 110};
    for (int i = 0; i < 4; i++) {
        heed_list_text(list,
                       (struct heed_item_text){.x = xs[i],
                                               .y = ys[i],
                                               .style = {.size = 15, .weight = 500},
                                               .anchor = (enum heed_anchor)(i % 3 == 2 ? 2 : 0),
                                               .angle = angles[i],
                                               .color = i % 2 ? red : black,
                                               .text = "because",
                                               .length = 7});
        heed_list_rect(list,
                       (struct heed_item_rect){.rect = {xs[i] - 1, ys[i] - 1, 2, 2}, .fill = blue});
    }
}

static void draw_scripts(struct heed_list *list)
{
    text(list, 8, 20, 16, "שלום עולם");
    text(list, 8, 44, 16, "مرحبا abc");
    text(list, 8, 68, 16, "注意力 気付く");
    text(list, 8, 92, 16, "हिन्दी Ελλάδα");
    text(list, 8, 114, 16,
         "e\xCC\x81te\xCC\x81 \xF0\x9F\x98\x80\xF0\x9F\x91\xA9"
         "\xE2\x80\x8D\xF0\x9F\x9A\x80 ok");
    heed_list_text(list, (struct heed_item_text){.x = 152,
                                                 .y = 20,
                                                 .style = {16, 400, false, false},
                                                 .anchor = HEED_ANCHOR_END,
                                                 .color = red,
                                                 .text = "חתול",
                                                 .length = 8});
}

static void draw_hostile_text(struct heed_list *list)
{
    static const char bytes[] = "a\x00"
                                "b\x01\x1B[31m\x7F";
    static const char wrong[] = "\xFF\xC0\xAF ok \xED\xA0\x80 \xF4\x90\x80\x80";
    text(list, 8, 18, 12, "</text></svg><script>1</script>");
    text(list, 8, 36, 12, "]]> &amp; \"q\" 'a' <!-- --");
    heed_list_text(list, (struct heed_item_text){.x = 8,
                                                 .y = 54,
                                                 .style = {.size = 12, .weight = 400},
                                                 .color = black,
                                                 .text = bytes,
                                                 .length = sizeof bytes - 1});
    text(list, 8, 72, 12, wrong);
    text(list, 8, 90, 12, "  two  spaces  ");
    text(list, 8, 108, 12,
         "line\nend\ttab\r\xE2\x80\xA8"
         "end \xEF\xBF\xBE");
    text(list, 8, 108, 0, "no size");
    text(list, 8, 108, 12, "");
    text(list, NAN, 108, 12, "nowhere");
}

/* Values of a matrix that differ in every cell. */
static const float *ramp(void)
{
    static float values[2 * 8 * 8];
    for (int i = 0; i < 2 * 8 * 8; i++) {
        values[i] = (float)((i * 37) % 64) / 63;
    }
    return values;
}

static struct heed_item_heatmap ramp_map(struct heed_rect rect)
{
    return (struct heed_item_heatmap){.rect = rect,
                                      .values = {101, ramp(), 2, 8, 8},
                                      .rows = 8,
                                      .columns = 8,
                                      .high = 1,
                                      .palette =
                                          *heed_palette_get(HEED_THEME_LIGHT, HEED_PALETTE_TIDE)};
}

static void draw_heatmap(struct heed_list *list)
{
    heed_list_heatmap(list, ramp_map((struct heed_rect){8, 8, 96, 96}));
    struct heed_item_heatmap odd = ramp_map((struct heed_rect){112.3f, 8.2f, 41.7f, 97.3f});
    odd.slice = 1;
    heed_list_heatmap(list, odd);
}

static void draw_heatmap_gaps(struct heed_list *list)
{
    struct heed_item_heatmap map = ramp_map((struct heed_rect){8, 8, 96, 96});
    map.gap = 1;
    map.radius = 2;
    heed_list_heatmap(list, map);
    map.rect = (struct heed_rect){112, 8, 40, 40};
    map.gap = 100;
    map.radius = 100;
    heed_list_heatmap(list, map);
    map.rect = (struct heed_rect){112, 64, 40, 40};
    map.gap = 0;
    map.radius = 2.5f;
    heed_list_heatmap(list, map);
}

static void draw_heatmap_part(struct heed_list *list)
{
    struct heed_item_heatmap map = ramp_map((struct heed_rect){8, 8, 64, 96});
    map.slice = 1;
    map.row = 2;
    map.rows = 3;
    map.column = 5;
    map.columns = 2;
    heed_list_heatmap(list, map);
    map.rect.x = 88;
    map.row = 7;
    map.rows = 1;
    map.column = 0;
    map.columns = 8;
    map.threshold = 0.5f;
    heed_list_heatmap(list, map);
    map.rows = 2; /* beyond the matrix: left out */
    heed_list_heatmap(list, map);
}

static void draw_heatmap_signed(struct heed_list *list)
{
    static const float values[] = {-1, -0.5f, 0,         0.5f, 1,   NAN,   -0.1f, 0.1f, INFINITY,
                                   -3, 7,     -INFINITY, 0.3f, NAN, -0.0f, 1e-9f, 0.2f, -0.2f};
    struct heed_item_heatmap map = {
        .rect = {8, 8, 144, 72},
        .values = {102, values, 1, 3, 6},
        .rows = 3,
        .columns = 6,
        .low = -1,
        .high = 1,
        .threshold = 0.15f,
        .palette = *heed_palette_get(HEED_THEME_LIGHT, HEED_PALETTE_DIFFERENCE)};
    heed_list_heatmap(list, map);
    map.rect = (struct heed_rect){8, 88, 144, 24};
    map.low = map.high = 0.1f; /* no range: a step */
    map.threshold = 0;
    heed_list_heatmap(list, map);
}

enum { FINE = 128 };

/* Faint noise, a diagonal, and lone peaks that must not be lost. */
static const float *fine_values(void)
{
    static float values[FINE * FINE];
    for (int i = 0; i < FINE * FINE; i++) {
        const int row = i / FINE;
        const int column = i % FINE;
        values[i] = (float)((row * 7 + column * 13) % 10) / 60;
        if (row == column || (row % 32 == 9 && column % 32 == 20)) {
            values[i] = 1;
        }
    }
    return values;
}

static void draw_heatmap_fine(struct heed_list *list)
{
    struct heed_item_heatmap map = {.rect = {8, 8, FINE / 2, FINE / 2},
                                    .values = {103, fine_values(), 1, FINE, FINE},
                                    .rows = FINE,
                                    .columns = FINE,
                                    .high = 1,
                                    .palette =
                                        *heed_palette_get(HEED_THEME_LIGHT, HEED_PALETTE_INK)};
    heed_list_heatmap(list, map);
    map.rect = (struct heed_rect){80, 8, 72, 100};
    map.rows = 100;
    map.columns = 72; /* a cell a pixel */
    heed_list_heatmap(list, map);
    map.rect = (struct heed_rect){8, 80, 64, 32};
    map.rows = map.columns = FINE;
    map.gap = 1;
    heed_list_heatmap(list, map);
}

static void draw_no_size(struct heed_list *list)
{
    fill(list, 8, 8, 0, 40, black);
    fill(list, 8, 8, 40, -1, black);
    fill(list, 8, 8, 40, 40, faint(black, 0));
    heed_list_line(list, (struct heed_item_line){8, 8, 8, 8, stroke(4, black)});
    heed_list_line(list, (struct heed_item_line){8, 8, 80, 8, stroke(0, black)});
    heed_list_cubic(list, (struct heed_item_cubic){8, 8, 8, 8, 8, 8, 8, 8, stroke(4, black)});
    heed_list_arc(list, (struct heed_item_arc){40, 40, 0, 10, 0, 3, stroke(4, black)});
    heed_list_arc(list, (struct heed_item_arc){40, 40, 10, 10, 3, 3, stroke(4, black)});
    heed_list_gradient(list, (struct heed_item_gradient){.rect = {8, 8, 9, 9}, .stops = &black});
    heed_list_heatmap(list, ramp_map((struct heed_rect){8, 8, 0, 9}));
    heed_list_hotspot(list, (struct heed_rect){8, 8, 40, 40});
}

static void draw_not_finite(struct heed_list *list)
{
    fill(list, NAN, 8, 40, 40, black);
    fill(list, 8, 8, INFINITY, 40, black);
    fill(list, 8, 8, 40, 40, faint(black, NAN));
    heed_list_line(list, (struct heed_item_line){8, 8, INFINITY, 8, stroke(4, black)});
    heed_list_line(list, (struct heed_item_line){8, 8, 80, 8, stroke(NAN, black)});
    struct heed_item_cubic cubic = link(8, 100, stroke(2, black));
    cubic.y2 = NAN;
    heed_list_cubic(list, cubic);
    heed_list_arc(list, (struct heed_item_arc){40, 40, 9, 9, 0, INFINITY, stroke(4, black)});
    heed_list_triangle(list, (struct heed_item_triangle){0, 0, 9, 9, NAN, 0, black});
    struct heed_item_heatmap map = ramp_map((struct heed_rect){8, 8, 64, 64});
    map.high = NAN;
    heed_list_heatmap(list, map);
    heed_list_clip(list, (struct heed_rect){0, 0, NAN, 100});
    fill(list, 8, 8, 40, 40, black);
    heed_list_unclip(list);
    fill(list, 80, 60, 40, 40, blue);
}

static void draw_huge(struct heed_list *list)
{
    fill(list, -1e30f, 60, 2e30f, 1e30f, faint(blue, 0.3f));
    heed_list_line(list, (struct heed_item_line){-1e5f, 30, 1e5f, 30, stroke(4, red)});
    heed_list_rect(list, (struct heed_item_rect){
                             .rect = {-5000, 90, 10000, 5000}, .radius = 40, .fill = green});
    heed_list_arc(list,
                  (struct heed_item_arc){80, 4040, 4000, 4000, 0, 6.2831853f, stroke(3, black)});
}

/* So many that painters of pixels draw them at once; one loops. */
static void draw_many_strokes(struct heed_list *list)
{
    heed_list_clip(list, (struct heed_rect){6.5f, 4, 146, 110});
    heed_list_group(list,
                    (struct heed_item_group){.key = 140, .opacity = 1, .bounds = {4, 4, 150, 112}});
    for (int i = 0; i < 140; i++) {
        struct heed_stroke faint_stroke = stroke(1.6f, faint(i % 2 ? blue : red, 0.08f));
        if (i % 7 == 0) {
            faint_stroke.dash_on = 4;
            faint_stroke.dash_off = 3;
        }
        heed_list_cubic(list, link(8 + 7 * (float)(i % 15), 8 + 7 * (float)(i / 10), faint_stroke));
    }
    heed_list_cubic(list, (struct heed_item_cubic){20, 100, 180, 20, -20, 20, 140, 100,
                                                   stroke(8, faint(green, 0.5f))});
    heed_list_arc(
        list, (struct heed_item_arc){80, 60, 40, 30, 0, 6.2831853f, stroke(3, faint(black, 0.5f))});
    heed_list_ungroup(list);
    heed_list_unclip(list);
}

static void draw_targets(struct heed_list *list)
{
    list->target = (struct heed_target){.kind = HEED_TARGET_HEAD, .a = 3, .b = 1};
    fill(list, 8, 8, 40, 40, blue);
    fill(list, 56, 8, 40, 40, faint(blue, 0));
    list->target = (struct heed_target){
        .kind = HEED_TARGET_LINK, .flags = 1, .a = 2, .b = 5, .c = 3 << 16 | 1};
    heed_list_cubic(list, link(60, 110, stroke(2, red)));
    list->target = (struct heed_target){.kind = HEED_TARGET_QUERY, .a = 4, .b = 1};
    heed_list_hotspot(list, (struct heed_rect){8, 60, 30, 20});
    list->target = (struct heed_target){0};
    fill(list, 104, 8, 40, 40, green);
}

static void draw_dark(struct heed_list *list)
{
    const struct heed_theme *dark = heed_theme_get(HEED_THEME_DARK);
    list->background = dark->canvas;
    for (int i = 0; i < HEED_N_HEAD_COLORS; i++) {
        fill(list, 8 + 12 * (float)i, 8, 8, 40, dark->heads[i]);
        heed_list_cubic(list, link(60 + 4 * (float)i, 110 - 4 * (float)i,
                                   stroke(2, faint(dark->heads[i], 0.5f))));
    }
}

static const struct picture pictures[] = {
    {"nothing", draw_nothing, false},
    {"rects", draw_rects, false},
    {"small_rects", draw_small_rects, false},
    {"lines", draw_lines, false},
    {"cubics", draw_cubics, false},
    {"dashed_cubics", draw_dashed_cubics, false},
    {"arcs", draw_arcs, false},
    {"triangles", draw_triangles, false},
    {"gradients", draw_gradients, false},
    {"clips", draw_clips, false},
    {"groups", draw_groups, false},
    {"groups_and_clips", draw_groups_and_clips, false},
    {"unclosed", draw_unclosed, false},
    {"text", draw_text, true},
    {"tabular", draw_tabular, true},
    {"turned_text", draw_turned_text, true},
    {"scripts", draw_scripts, true},
    {"hostile_text", draw_hostile_text, true},
    {"heatmap", draw_heatmap, false},
    {"heatmap_gaps", draw_heatmap_gaps, false},
    {"heatmap_part", draw_heatmap_part, false},
    {"heatmap_signed", draw_heatmap_signed, false},
    {"heatmap_fine", draw_heatmap_fine, true},
    {"no_size", draw_no_size, false},
    {"not_finite", draw_not_finite, false},
    {"huge", draw_huge, false},
    {"many_strokes", draw_many_strokes, false},
    {"targets", draw_targets, false},
    {"dark", draw_dark, false},
};

const struct picture *pictures_get(size_t *n)
{
    *n = HEED_COUNT(pictures);
    return pictures;
}

void picture_draw(const struct picture *picture, struct heed_list *list)
{
    heed_list_clear(list);
    list->width = PICTURE_WIDTH;
    list->height = PICTURE_HEIGHT;
    list->background = (struct heed_color){1, 1, 1, 1};
    picture->draw(list);
}
