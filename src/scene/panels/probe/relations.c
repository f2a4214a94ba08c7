#include "scene/panels/probe/relations.h"

#include <math.h>
#include <stdio.h>

#include "draw/hit.h"
#include "draw/theme.h"
#include "scene/frame/tasks.h"
#include "scene/panels/probe/words.h"
#include "scene/widgets/target.h"
#include "scene/widgets/terms.h"

enum { ROW = 37, BAR = 28 };

/* The gain at which a bar has the palette's end. */
static const double full_gain = 0.4;

struct columns {
    float x, n, offset, bars, bars_w, best, accuracy, interval, gain, p; /* left or right ends */
    bool wide; /* has room for the interval */
};

static struct columns place(const struct heed_probe_panel *panel)
{
    const float s = panel->s, end = panel->x + panel->width;
    const bool wide = panel->width >= 820 * s;
    struct columns at = {.x = panel->x,
                         .n = panel->x + 150 * s,
                         .offset = panel->x + 206 * s,
                         .bars = panel->x + 222 * s,
                         .p = end,
                         .gain = end - 58 * s,
                         .interval = end - 124 * s,
                         .accuracy = end - (wide ? 232 : 124) * s,
                         .best = end - (wide ? 344 : 236) * s,
                         .wide = wide};
    at.bars_w = fmaxf(at.best - 16 * s - at.bars, 0);
    return at;
}

static struct heed_color gain_color(const struct heed_probe_panel *panel, double gain)
{
    const struct heed_palette *palette =
        heed_palette_get(panel->frame->state->theme, HEED_PALETTE_DIFFERENCE);
    return heed_palette_color(palette, (float)(0.5 + 0.5 * fmin(gain / full_gain, 1)));
}

static void draw_heading(const struct heed_probe_panel *panel, const struct columns *at, float y)
{
    const struct heed_skin *skin = panel->skin;
    const struct heed_color muted = skin->theme->muted;
    const float cy = y + 10 * panel->s;
    heed_term_left(skin, at->x, cy, 13, 400, muted, "Relation", 0);
    heed_term_right(skin, at->n, cy, 13, 400, muted, "n", 0);
    heed_term_right(skin, at->offset, cy, 13, 400, muted, "offset", 0);
    heed_term_left(skin, at->bars, cy, 13, 400, muted,
                   at->wide ? "each head; dashed: the offset" : "each head", at->bars_w);
    heed_term_left(skin, at->best, cy, 13, 400, muted, "best", 0);
    heed_term_right(skin, at->accuracy, cy, 13, 400, muted, "accuracy", 0);
    if (at->wide) {
        heed_term_right(skin, at->interval, cy, 13, 400, muted, "95 %", 0);
    }
    heed_term_right(skin, at->gain, cy, 13, 400, muted, "gain", 0);
    heed_term_right(skin, at->p, cy, 13, 400, muted, "p", 0);
}

/* What follows is of this head. */
static void target_head(const struct heed_probe_panel *panel, int head, struct heed_rect spot)
{
    const int n = panel->run->n_heads;
    panel->skin->list->target = (struct heed_target){.kind = HEED_TARGET_HEAD,
                                                     .flags = HEED_TARGET_FLAG_PROBED,
                                                     .a = (int16_t)(head / n),
                                                     .b = head % n};
    heed_list_hotspot(panel->skin->list, spot);
}

/* A bar a head, of the better direction: grey up to the offset, by its gain above it. Those
 * of an opened relation can be chosen. */
static void draw_bars(const struct heed_probe_panel *panel, const struct columns *at,
                      const struct heed_related *of, float base, bool opened)
{
    const struct heed_probe_run *run = panel->run;
    const float s = panel->s;
    const int n = run->n_layers * run->n_heads;
    struct heed_list *list = panel->skin->list;
    double *accuracies =
        heed_arena_alloc(&list->arena, (size_t)run->n_columns * sizeof *accuracies);
    if (accuracies == NULL) {
        list->failed = true;
        return;
    }
    heed_probe_run_relate(run, of, accuracies);
    const float gap = 8 * s;
    const float pitch = (at->bars_w - gap * (float)(run->n_layers - 1)) / (float)n;
    for (int h = 0; h < n && pitch > 0; h++) {
        const double accuracy = accuracies[h];
        const float x = at->bars + (float)h * pitch + gap * (float)(h / run->n_heads);
        const float high = fmaxf((float)accuracy * BAR * s, panel->skin->hairline);
        const bool gains = accuracy > of->offset_accuracy;
        const struct heed_rect bar = {x, base - high, fmaxf(pitch - s, 0.6F * pitch), high};
        if (opened) {
            target_head(panel, h, (struct heed_rect){x, base - (ROW - 4) * s, pitch, ROW * s});
        }
        heed_list_fill(list, bar, 0,
                       gains ? gain_color(panel, accuracy - of->offset_accuracy)
                             : panel->skin->theme->strong_border);
        if (h == of->layer * run->n_heads + of->head) {
            heed_list_box(list, (struct heed_rect){bar.x - s, bar.y - s, bar.w + 2 * s, bar.h + s},
                          2 * s, (struct heed_color){0}, 1.5F * s, panel->skin->theme->ink);
        }
    }
    const float line = roundf(base - (float)of->offset_accuracy * BAR * s);
    heed_list_line(list, (struct heed_item_line){at->bars,
                                                 line,
                                                 at->bars + at->bars_w,
                                                 line,
                                                 {.width = panel->skin->hairline,
                                                  .color = panel->skin->theme->muted,
                                                  .dash_on = 2 * s,
                                                  .dash_off = 2 * s}});
}

static void draw_numbers(const struct heed_probe_panel *panel, const struct columns *at,
                         const struct heed_related *of, float cy)
{
    const struct heed_skin *skin = panel->skin;
    const bool sure = of->p_max < 0.05;
    char text[48];
    snprintf(text, sizeof text, "L%dH%d", of->layer, of->head);
    heed_widget_left(skin, at->best, cy, 14, sure ? 600 : 400, skin->theme->text, text, 0);
    heed_widget_number(skin, at->accuracy, cy, 14, sure ? 600 : 400, skin->theme->text,
                       of->accuracy, 3);
    if (at->wide) {
        snprintf(text, sizeof text, "%.3f to %.3f", of->interval.low, of->interval.high);
        heed_widget_right(skin, at->interval, cy, 13, 400, skin->theme->muted, text, 0);
    }
    heed_format_signed(text, sizeof text, of->gain);
    heed_widget_right(skin, at->gain, cy, 14, sure ? 600 : 400, skin->theme->text, text, 0);
    snprintf(text, sizeof text, of->p_max < 0.001 ? "< .001" : "%.3f", of->p_max);
    heed_widget_right(skin, at->p, cy, 14, sure ? 600 : 400,
                      sure ? skin->theme->text : skin->theme->muted, text, 0);
}

static void draw_row(const struct heed_probe_panel *panel, const struct columns *at,
                     const struct heed_related *of, float y)
{
    const struct heed_skin *skin = panel->skin;
    const float s = panel->s, cy = y + ROW * s / 2;
    const int number = (int)(of - panel->run->related) + 1;
    const bool opened = panel->frame->tasks->look.relation == number;
    const struct heed_target target = heed_command_target(HEED_COMMAND_PROBE_RELATION, number);
    char text[48];
    heed_probe_row(panel, (struct heed_rect){at->x - 6 * s, y, panel->width + 12 * s, ROW * s},
                   target, opened);
    heed_widget_left(skin, at->x, cy, 14, 600, skin->theme->text,
                     panel->run->relation_names[of->relation], at->n - at->x - 44 * s);
    snprintf(text, sizeof text, "%d", of->n);
    heed_widget_right(skin, at->n, cy, 13, 400, skin->theme->muted, text, 0);
    snprintf(text, sizeof text, "%s%d", of->offset < 0 ? "\xE2\x88\x92" : "+",
             of->offset < 0 ? -of->offset : of->offset);
    heed_widget_right(skin, at->offset, cy - 8 * s, 13, 400, skin->theme->text, text, 0);
    heed_widget_number(skin, at->offset, cy + 8 * s, 12, 400, skin->theme->muted,
                       of->offset_accuracy, 3);
    draw_bars(panel, at, of, y + (ROW - 4) * s, opened);
    skin->list->target = target;
    if (opened) { /* its bars lie over its middle */
        heed_list_hotspot(skin->list, (struct heed_rect){at->x, y, at->bars - at->x, ROW * s});
    }
    draw_numbers(panel, at, of, cy);
    skin->list->target = (struct heed_target){0};
}

float heed_probe_draw_relations(const struct heed_probe_panel *panel, float y)
{
    const struct columns at = place(panel);
    const float s = panel->s;
    y = heed_probe_title(panel, panel->x, y, panel->width, "Relations",
                         "does a word's largest weight lead to the word it depends on?");
    draw_heading(panel, &at, y);
    y += 26 * s;
    for (int i = 0; i < panel->run->n_related; i++) {
        const struct heed_related *of = &panel->run->related[i];
        if (heed_probe_sees(panel, y, ROW * s)) {
            draw_row(panel, &at, of, y);
        }
        y += ROW * s;
        if (panel->frame->tasks->look.relation == i + 1 && !panel->frame->is_export) {
            y = heed_probe_draw_words(panel, of, y + 12 * s);
        }
    }
    return y + 20 * s;
}
