#include "scene/views/neuron/vectors.h"

#include <math.h>
#include <stdio.h>

#include "scene/parts/value_tokens.h"
#include "scene/views/neuron/strips.h"
#include "scene/views/neuron/values.h"
#include "scene/widgets/formula.h"
#include "scene/widgets/label.h"

/* Logical px. */
enum { LEAST_CELL = 2, MOST_CELL = 28, BESIDE_LABEL = 84 /* the symbol and its name */ };
enum { LABELLED_BARS = 3 };

double heed_neuron_norm(const struct heed_neuron_numbers *n, enum heed_neuron_value kind, int token)
{
    double sum = 0;
    for (int i = 0; i < n->d; i++) {
        const double x = (double)heed_neuron_number(n, kind, token, i);
        sum += x * x;
    }
    return sqrt(sum);
}

struct strip_place {
    float x, cell, label_end, norm_end;
};

/* px beside the strips: on paper query and key are never cut. */
static float label_width(const struct heed_neuron_view *view, float least)
{
    const struct heed_neuron_numbers *n = &view->numbers;
    const int tokens[] = {n->query, n->key};
    float widest = 0;
    for (int i = 0; view->frame->is_export && i < 2; i++) {
        const struct heed_unit unit =
            heed_neuron_unit(&view->frame->list->arena, n->maps, tokens[i]);
        widest = fmaxf(
            widest, heed_token_width(&view->skin, heed_widget_style(&view->skin, 15, 600), &unit));
    }
    return fmaxf(least * view->s, widest + BESIDE_LABEL * view->s);
}

static struct strip_place place_strips(const struct heed_neuron_view *view)
{
    const float s = view->s;
    const bool narrow = view->width < 700 * s;
    const float label = label_width(view, narrow ? 112 : 150), norm = (narrow ? 58 : 90) * s;
    const float room = view->width - label - norm;
    float cell = fminf(room / (float)view->numbers.d, MOST_CELL * s);
    if (view->frame->is_export && cell < LEAST_CELL * s) {
        heed_list_lack(view->frame->list, "%d numbers of a vector", view->numbers.d);
    }
    cell = cell >= 8 && !view->frame->is_export ? floorf(cell) : cell;
    const float x = roundf(view->x + label);
    return (struct strip_place){x, fmaxf(cell, 0.1F), x - 10 * s, view->x + view->width};
}

void heed_neuron_row_draw(struct heed_neuron_view *view, const struct heed_neuron_row *row, float y,
                          float h)
{
    const struct heed_theme *theme = view->skin.theme;
    const struct strip_place place = place_strips(view);
    const float s = view->s, cy = y + h / 2;
    float x = view->x;
    x += heed_formula_draw(&view->skin, x, cy, heed_widget_style(&view->skin, 15, 400), theme->text,
                           row->symbol, 0) +
         6 * s;
    const bool wide = place.label_end - view->x > 130 * s;
    if (wide) {
        x += heed_widget_left(&view->skin, x, cy, 13, 400, theme->muted, row->what, 0) + 8 * s;
    }
    if (row->token >= 0) {
        const struct heed_unit unit =
            heed_neuron_unit(&view->frame->list->arena, view->numbers.maps, row->token);
        heed_token_draw(&view->skin, place.label_end, cy, heed_widget_style(&view->skin, 15, 600),
                        HEED_ANCHOR_END, theme->text, &unit, fmaxf(place.label_end - x, 12 * s));
    }
    const struct heed_rect rect = {place.x, roundf(y), place.cell * (float)view->numbers.d,
                                   roundf(h)};
    heed_neuron_strip(view, rect, row->kind, row->token, row->limit,
                      place.cell >= 6 * s ? view->skin.hairline : 0);
    heed_list_outline(view->frame->list, rect, 0, view->skin.hairline, theme->border);
    heed_norm_draw(&view->skin, place.norm_end, cy, row->symbol,
                   heed_neuron_norm(&view->numbers, row->kind, row->token));
}

/* --- the bars --- */

static void find_extremes(const struct heed_neuron_view *view, enum heed_neuron_value kind,
                          float *low, float *high)
{
    *low = *high = 0;
    for (int i = 0; i < view->numbers.d; i++) {
        const float x = heed_neuron_number(&view->numbers, kind, view->numbers.key, i);
        *low = fminf(*low, x);
        *high = fmaxf(*high, x);
    }
}

/* No bar beside it reaches as far: a name there lies on none. */
static bool stands_out(const struct heed_neuron_view *view, enum heed_neuron_value kind, int i,
                       float cell)
{
    const int reach = (int)ceilf(18 * view->s / cell);
    const float x = heed_neuron_number(&view->numbers, kind, view->numbers.key, i);
    for (int j = i - reach; j <= i + reach; j++) {
        const float other = j >= 0 && j < view->numbers.d
                                ? heed_neuron_number(&view->numbers, kind, view->numbers.key, j)
                                : 0;
        if (other * x > x * x) {
            return false;
        }
    }
    return true;
}

/* A bar's number, written, and its middle: none reaches over end. */
struct bar_name {
    char text[40];
    float x;
};

static struct bar_name name_bar(const struct heed_neuron_view *view, enum heed_neuron_value kind,
                                int i, float end)
{
    const struct strip_place place = place_strips(view);
    const struct heed_text_style style = heed_widget_style(&view->skin, 12, 400);
    const float x = heed_neuron_number(&view->numbers, kind, view->numbers.key, i);
    struct bar_name name;
    char number[32];
    heed_format_number(number, sizeof(number), (double)x, fabsf(x) >= 0.95F ? 1 : 2);
    snprintf(name.text, sizeof(name.text), "%s%s", x > 0 ? "+" : "", number);
    name.x = fminf(place.x + ((float)i + 0.5F) * place.cell,
                   end - heed_widget_width(&view->skin, style, name.text) / 2);
    return name;
}

/* The largest are named, unless their names would lie on one another. */
static void label_bars(const struct heed_neuron_view *view, enum heed_neuron_value kind, float base,
                       float unit, float end)
{
    const struct strip_place place = place_strips(view);
    struct bar_name chosen[LABELLED_BARS];
    for (int k = 0; k < LABELLED_BARS; k++) {
        int best = -1;
        float most = 0;
        for (int i = 0; i < view->numbers.d; i++) {
            bool free_place = stands_out(view, kind, i, place.cell);
            const float middle = name_bar(view, kind, i, end).x;
            for (int j = 0; j < k; j++) {
                free_place &= fabsf(chosen[j].x - middle) >= 40 * view->s;
            }
            const float x = fabsf(heed_neuron_number(&view->numbers, kind, view->numbers.key, i));
            if (free_place && x > most) {
                most = x;
                best = i;
            }
        }
        if (best < 0) {
            return;
        }
        chosen[k] = name_bar(view, kind, best, end);
        const float x = heed_neuron_number(&view->numbers, kind, view->numbers.key, best);
        heed_widget_middle(&view->skin, chosen[k].x, base - x * unit + (x > 0 ? -9 : 9) * view->s,
                           12, 400, view->skin.theme->text, chosen[k].text, 0);
    }
}

void heed_neuron_bars_draw(struct heed_neuron_view *view, const struct heed_neuron_bars *bars,
                           float y, float room)
{
    const struct heed_theme *theme = view->skin.theme;
    const struct heed_palette *palette =
        heed_palette_get(view->frame->state->theme, HEED_PALETTE_DIFFERENCE);
    struct heed_list *list = view->frame->list;
    const struct strip_place place = place_strips(view);
    const float s = view->s, full = place.cell * (float)view->numbers.d;
    float low = 0, high = 0;
    find_extremes(view, bars->kind, &low, &high);
    const float unit = high > low ? room / (high - low) : 0;
    const float base = roundf(y + 18 * s + high * unit);
    const float inset = place.cell >= 6 * s ? roundf(place.cell * 0.1F) : 0;
    for (int i = 0; i < view->numbers.d; i++) {
        const float x = heed_neuron_number(&view->numbers, bars->kind, view->numbers.key, i);
        const float h = fmaxf(fabsf(x * unit), view->skin.hairline);
        heed_list_fill(list,
                       (struct heed_rect){place.x + (float)i * place.cell + inset,
                                          x >= 0 ? base - h : base, place.cell - 2 * inset, h},
                       0, palette->stops[x >= 0 ? 7 : 1]);
    }
    heed_list_stroke(list, place.x, base, place.x + full, base, view->skin.hairline,
                     theme->strong_border);
    char text[32];
    heed_format_number(text, sizeof(text), bars->sum, 2);
    const float sum =
        fmaxf(heed_widget_width(&view->skin, heed_widget_style(&view->skin, 13, 400), bars->what),
              heed_widget_width(&view->skin, heed_widget_style(&view->skin, 15, 600), text));
    label_bars(view, bars->kind, base, unit, place.norm_end - sum - 6 * s);
    heed_list_spot(
        list, (struct heed_rect){place.x, y + 4 * s, full, room + 26 * s},
        heed_target_of(HEED_TARGET_VALUE, (int32_t)bars->kind, view->numbers.key, view->numbers.d));
    const float cy = y + 18 * s + room / 2;
    heed_formula_draw(&view->skin, view->x, cy - 9 * s, heed_widget_style(&view->skin, 15, 400),
                      theme->text, bars->symbol, place.label_end - view->x);
    heed_widget_left(&view->skin, view->x, cy + 9 * s, 13, 400, theme->muted, bars->under,
                     place.label_end - view->x);
    heed_widget_right(&view->skin, place.norm_end, cy - 9 * s, 13, 400, theme->muted, bars->what,
                      0);
    heed_widget_right(&view->skin, place.norm_end, cy + 9 * s, 15, 600, theme->text, text, 0);
}
