#include "scene/views/lab/cost.h"

#include <math.h>
#include <stdio.h>

#include "base/array.h"

#include "core/analysis/cost.h"
#include "scene/views/lab/style.h"
#include "scene/widgets/formula.h"
#include "scene/widgets/label.h"

/* Logical px. */
enum {
    HEAD = 46,
    LEFT = 40,    /* the decades' numbers */
    LABELS = 160, /* the lines' names, right of them: at least */
    BESIDE = 26,  /* what of that isn't their letters */
    AXIS = 42,    /* below the lines */
    LINE = 18,    /* of the caption */
    FOOT = 14,
    LEAST_PLOT = 150,
    MOST_PLOT = 560,
    LEAST_LENGTH = 16,
    MOST_LENGTH = 8192
};

enum { CAPTION_LINES = 3, STEPS = 24 };

/* Both axes are logarithmic: n to base 2, the cost to base 10. */
struct chart {
    const struct heed_lab *lab;
    struct heed_cost_model model;
    int window;      /* of HEED_COST_WINDOW */
    float s, labels; /* labels: the width of the lines' names */
    struct heed_rect plot;
    double n, limit, crossing;
    double x0, x1, y0, y1; /* the axes' ends, as logarithms */
};

static float chart_x(const struct chart *chart, double n)
{
    return chart->plot.x + chart->plot.w * (float)((log2(n) - chart->x0) / (chart->x1 - chart->x0));
}

static double cost_of(const struct chart *chart, enum heed_cost_kind kind, double n)
{
    return heed_cost_layer(&chart->model, kind, n, chart->window);
}

static float chart_y(const struct chart *chart, double cost)
{
    return chart->plot.y +
           chart->plot.h * (float)((chart->y1 - log10(cost)) / (chart->y1 - chart->y0));
}

/* From this text, if it is short, to beyond where n^2 overtakes; whole decades. */
static void find_axes(struct chart *chart)
{
    const double least = fmin(chart->n, LEAST_LENGTH);
    const double most = fmax(fmax(chart->crossing, chart->limit) * 1.4, MOST_LENGTH);
    chart->x0 = floor(log2(fmax(least, 1)));
    chart->x1 = ceil(log2(most));
    double low = INFINITY, high = 0;
    for (int i = 0; i < HEED_N_COSTS; i++) {
        low = fmin(low, cost_of(chart, (enum heed_cost_kind)i, exp2(chart->x0)));
        high = fmax(high, cost_of(chart, (enum heed_cost_kind)i, exp2(chart->x1)));
    }
    chart->y0 = floor(log10(low));
    chart->y1 = ceil(log10(high));
}

static struct heed_color color_of(const struct chart *chart, enum heed_cost_kind kind)
{
    const struct heed_theme *theme = chart->lab->frame->theme;
    switch (kind) {
    case HEED_COST_SOFTMAX:
        return theme->heads[1];
    case HEED_COST_LINEAR:
        return theme->heads[2];
    case HEED_COST_WINDOW:
        return theme->heads[5];
    case HEED_COST_RECURRENT:
        return theme->heads[4];
    default:
        return theme->muted;
    }
}

/* --- the axes --- */

static void draw_decades(const struct chart *chart)
{
    const struct heed_lab *lab = chart->lab;
    const struct heed_theme *theme = lab->frame->theme;
    const float s = chart->s;
    const struct heed_text_style style = heed_widget_style(&lab->skin, 12, 400);
    const float pitch = chart->plot.h / (float)(chart->y1 - chart->y0);
    const int step = pitch >= 20 * s ? 1 : 2;
    for (int decade = (int)chart->y0; decade <= (int)chart->y1; decade += step) {
        const float y = roundf(chart_y(chart, pow(10, decade)));
        char text[32];
        snprintf(text, sizeof(text), "10^{%d}", decade);
        const float width = heed_formula_width(&lab->skin, style, text);
        heed_formula_draw(&lab->skin, chart->plot.x - 8 * s - width, y, style, theme->muted, text,
                          0);
        heed_list_stroke(lab->frame->list, chart->plot.x, y, chart->plot.x + chart->plot.w, y,
                         lab->skin.hairline,
                         decade == (int)chart->y0 ? theme->strong_border : theme->border);
    }
}

static void draw_lengths(const struct chart *chart)
{
    const struct heed_lab *lab = chart->lab;
    const struct heed_theme *theme = lab->frame->theme;
    const float s = chart->s, y = chart->plot.y + chart->plot.h;
    const float last = chart->plot.x + chart->plot.w;
    for (double power = chart->x0; power <= chart->x1; power += 1) {
        const float x = roundf(chart_x(chart, exp2(power)));
        const bool is_last = power == chart->x1;
        heed_list_stroke(lab->frame->list, x, y, x, y + 4 * s, lab->skin.hairline,
                         theme->strong_border);
        const bool even = fmod(power - chart->x0, 2) == 0;
        if (is_last || (even && last - x >= 44 * s)) {
            char text[24];
            snprintf(text, sizeof(text), "%.0f", exp2(power));
            heed_widget_middle(&lab->skin, x, y + 14 * s, 12, 400, theme->muted, text, 0);
        }
    }
    heed_widget_right(&lab->skin, last + 14 * s, y + 32 * s, 12, 400, theme->muted, "tokens n", 0);
}

/* Its name stands at the bottom, below all lines. */
static void draw_limit(const struct chart *chart)
{
    const struct heed_lab *lab = chart->lab;
    const struct heed_theme *theme = lab->frame->theme;
    const float s = chart->s;
    const float x = roundf(chart_x(chart, chart->limit));
    if (chart->limit < exp2(chart->x0)) {
        return;
    }
    heed_list_stroke(lab->frame->list, x, chart->plot.y, x, chart->plot.y + chart->plot.h,
                     lab->skin.hairline, theme->faint);
    const struct heed_text_style style = heed_widget_style(&lab->skin, 12, 400);
    const float end = chart->plot.x + chart->plot.w;
    for (int i = 0; i < 4; i++) { /* long and right, long and left, short ... */
        char text[48];
        snprintf(text, sizeof(text), i < 2 ? "model limit %.0f" : "limit %.0f", chart->limit);
        const float width = heed_widget_width(&lab->skin, style, text) + 8 * s;
        const bool left = i % 2 == 1;
        if (left ? x - width >= chart->plot.x : x + width <= end) {
            heed_widget_text(&lab->skin, x + (left ? -6 : 6) * s,
                             chart->plot.y + chart->plot.h - 10 * s, style,
                             left ? HEED_ANCHOR_END : HEED_ANCHOR_START, theme->muted, text, 0);
            break;
        }
    }
}

/* --- the lines --- */

static bool is_used(const struct chart *chart, enum heed_cost_kind kind)
{
    const bool linear = chart->lab->frame->state->variant.attention == HEED_ATTENTION_LINEAR;
    return kind == (linear ? HEED_COST_LINEAR : HEED_COST_SOFTMAX);
}

/* Dashes keep the lines apart in a print without colours. */
static struct heed_stroke stroke_of(const struct chart *chart, enum heed_cost_kind kind)
{
    static const struct heed_dash printed[HEED_N_COSTS] = {
        [HEED_COST_LINEAR] = {3.5F, 2}, [HEED_COST_WINDOW] = {1.5F, 2}};
    const float s = chart->s;
    const struct heed_dash dash = kind == HEED_COST_RECURRENT           ? (struct heed_dash){6, 4}
                                  : chart->lab->frame->theme->for_print ? printed[kind]
                                                                        : (struct heed_dash){0};
    return (struct heed_stroke){.width = (is_used(chart, kind) ? 3 : 2) * s,
                                .color = color_of(chart, kind),
                                .dash_on = dash.on * s,
                                .dash_off = dash.off * s};
}

static void draw_line(const struct chart *chart, enum heed_cost_kind kind)
{
    const struct heed_stroke stroke = stroke_of(chart, kind);
    /* Only a window's line bends. */
    const int steps = kind == HEED_COST_WINDOW ? STEPS : 1;
    for (int i = 0; i < steps; i++) {
        const double from = exp2(chart->x0 + (chart->x1 - chart->x0) * i / steps);
        const double to = exp2(chart->x0 + (chart->x1 - chart->x0) * (i + 1) / steps);
        heed_list_line(chart->lab->frame->list,
                       (struct heed_item_line){
                           chart_x(chart, from), chart_y(chart, cost_of(chart, kind, from)),
                           chart_x(chart, to), chart_y(chart, cost_of(chart, kind, to)), stroke});
    }
}

static void draw_dot(const struct chart *chart, float x, float y, float r, struct heed_color color,
                     bool filled)
{
    heed_list_box(chart->lab->frame->list, (struct heed_rect){x - r, y - r, 2 * r, 2 * r}, r,
                  filled ? color : chart->lab->frame->theme->canvas, filled ? 0 : 1.5F * chart->s,
                  color);
}

static void draw_text_length(const struct chart *chart)
{
    const struct heed_lab *lab = chart->lab;
    const float s = chart->s, x = chart_x(chart, chart->n);
    for (int i = 0; i < HEED_N_COSTS; i++) {
        const enum heed_cost_kind kind = (enum heed_cost_kind)i;
        draw_dot(chart, x, chart_y(chart, cost_of(chart, kind, chart->n)), 4 * s,
                 color_of(chart, kind), true);
    }
    char text[48];
    snprintf(text, sizeof(text), "this text: %.0f", chart->n);
    const struct heed_text_style style = heed_widget_style(&lab->skin, 12, 600);
    const float half = heed_text_width(lab->skin.metrics, style, text, 12) / 2 + 8 * s;
    const float most = chart->plot.x + chart->plot.w - 60 * s - half;
    heed_widget_text(&lab->skin, fminf(fmaxf(x, chart->plot.x - 24 * s + half), most),
                     chart->plot.y + chart->plot.h + 32 * s, style, HEED_ANCHOR_MIDDLE,
                     lab->frame->theme->text, text, 0);
}

/* Where n^2 overtakes: named above and left of it, where no line is. */
static void draw_crossing(const struct chart *chart)
{
    const struct heed_lab *lab = chart->lab;
    const struct heed_theme *theme = lab->frame->theme;
    const float s = chart->s, x = chart_x(chart, chart->crossing);
    const float y = chart_y(chart, cost_of(chart, HEED_COST_DENSE, chart->crossing));
    draw_dot(chart, x, y, 5.5F * s, theme->ink, false);
    char text[48];
    snprintf(text, sizeof(text), "*n* = %.0f", chart->crossing);
    const struct heed_text_style bold = heed_widget_style(&lab->skin, 13, 600);
    const struct heed_text_style plain = heed_widget_style(&lab->skin, 12, 400);
    static const char below[] = "n\xC2\xB2 overtakes";
    const float name = heed_formula_width(&lab->skin, bold, text);
    const float note = heed_text_width(lab->skin.metrics, plain, below, sizeof(below) - 1);
    const float width = fmaxf(name, note);
    const float limit = chart_x(chart, chart->limit);
    float end = x - 10 * s;
    if (end > limit && end - width < limit + 4 * s) {
        end = limit - 8 * s;
    }
    end = fmaxf(end, chart->plot.x + width + 4 * s);
    /* On a ground of its own: a short text's dots may lie there. */
    heed_list_fill(lab->frame->list, (struct heed_rect){end - width, y - 34 * s, width, 34 * s}, 0,
                   theme->canvas);
    heed_formula_draw(&lab->skin, end - name, y - 24 * s, bold, theme->text, text, 0);
    heed_widget_text(&lab->skin, end, y - 8 * s, plain, HEED_ANCHOR_END, theme->muted, below, 0);
}

/* --- their names --- */

static void put_name(const struct chart *chart, enum heed_cost_kind kind, char *name, char *formula,
                     size_t size)
{
    const struct heed_cost_model *model = &chart->model;
    const double dense = 4 + 2.0 * model->intermediate / model->hidden;
    switch (kind) {
    case HEED_COST_SOFTMAX:
        snprintf(name, size, "softmax, flash");
        snprintf(formula, size, "2 *n*^2 *d*");
        break;
    case HEED_COST_DENSE:
        if (dense == floor(dense)) {
            snprintf(name, size, "projections and");
            snprintf(formula, size, "feed-forward %.0f *n* *d*^2", dense);
        } else {
            snprintf(name, size, "all linear maps");
            snprintf(formula, size, "*n* (4 *d*^2 + 2 *d* *f*)");
        }
        break;
    case HEED_COST_LINEAR:
        snprintf(name, size, "linear");
        snprintf(formula, size, "2 *n* *d* \xC2\xB7 %d", model->hidden / model->n_heads);
        break;
    case HEED_COST_WINDOW:
        snprintf(name, size, "local window \xC2\xB1%d", chart->window);
        snprintf(formula, size, "about %d *n* *d*", 2 * (2 * chart->window + 1));
        break;
    default:
        snprintf(name, size, "recurrent 2 *n* *d*^2");
        snprintf(formula, size, "*n* steps in turn");
        break;
    }
}

static struct heed_text_style name_style(const struct chart *chart, enum heed_cost_kind kind)
{
    return heed_widget_style(&chart->lab->skin, 13, is_used(chart, kind) ? 600 : 500);
}

/* As wide as the type that was chosen makes them. */
static float labels_width(const struct chart *chart)
{
    const struct heed_skin *skin = &chart->lab->skin;
    float widest = LABELS * chart->s;
    for (int i = 0; i < HEED_N_COSTS; i++) {
        const enum heed_cost_kind kind = (enum heed_cost_kind)i;
        char name[64], formula[64];
        put_name(chart, kind, name, formula, sizeof(name));
        const float width =
            fmaxf(heed_formula_width(skin, name_style(chart, kind), name),
                  heed_formula_width(skin, heed_widget_style(skin, 12, 400), formula));
        widest = fmaxf(widest, ceilf(width + BESIDE * chart->s));
    }
    return widest;
}

/* What a name belongs to. */
static void draw_sample(const struct chart *chart, enum heed_cost_kind kind, float x, float y)
{
    if (chart->lab->frame->theme->for_print) {
        heed_list_line(chart->lab->frame->list,
                       (struct heed_item_line){x - 2 * chart->s, y, x + 11.5F * chart->s, y,
                                               stroke_of(chart, kind)});
    } else {
        heed_chip_draw(&chart->lab->skin, x, y, 10, color_of(chart, kind), false);
    }
}

struct label {
    enum heed_cost_kind kind;
    float y;
};

static int by_height(const void *left, const void *right)
{
    const float a = ((const struct label *)left)->y;
    const float b = ((const struct label *)right)->y;
    return a < b ? -1 : a > b;
}

/* At the lines' ends, pushed apart, and up where they would leave the plot. */
static void draw_labels(const struct chart *chart)
{
    const struct heed_lab *lab = chart->lab;
    const struct heed_theme *theme = lab->frame->theme;
    const float s = chart->s, pitch = 36 * s;
    const float bottom = chart->plot.y + chart->plot.h - 8 * s;
    struct label labels[HEED_N_COSTS];
    for (int i = 0; i < HEED_N_COSTS; i++) {
        const enum heed_cost_kind kind = (enum heed_cost_kind)i;
        labels[i] = (struct label){kind, chart_y(chart, cost_of(chart, kind, exp2(chart->x1)))};
    }
    heed_sort(labels, HEED_N_COSTS, sizeof(labels[0]), by_height);
    float least = chart->plot.y + 4 * s;
    for (int i = 0; i < HEED_N_COSTS; i++) {
        labels[i].y = fmaxf(labels[i].y, least);
        const float most = bottom - (float)(HEED_N_COSTS - 1 - i) * pitch;
        labels[i].y = fmaxf(fminf(labels[i].y, most), least);
        least = labels[i].y + pitch;
    }
    for (int i = 0; i < HEED_N_COSTS; i++) {
        const enum heed_cost_kind kind = labels[i].kind;
        const float x = chart->plot.x + chart->plot.w + 10 * s;
        char name[64], formula[64];
        put_name(chart, kind, name, formula, sizeof(name));
        draw_sample(chart, kind, x, labels[i].y);
        const float room = chart->labels - BESIDE * s;
        heed_formula_draw(&lab->skin, x + 16 * s, labels[i].y, name_style(chart, kind), theme->text,
                          name, room);
        heed_formula_draw(&lab->skin, x + 16 * s, labels[i].y + 16 * s,
                          heed_widget_style(&lab->skin, 12, 400), theme->muted, formula, room);
    }
}

/* --- below them --- */

/* An export is the same each time: it says no milliseconds. */
static int put_caption(const struct chart *chart, const struct heed_skin *skin, float x, float y,
                       float width)
{
    const struct heed_lab *lab = chart->lab;
    char now[32], most[32], text[320], limit[80] = "";
    heed_format_bytes(now, sizeof(now), heed_cost_weights_bytes(&chart->model, chart->n));
    heed_format_bytes(most, sizeof(most), heed_cost_weights_bytes(&chart->model, chart->limit));
    if (chart->n < chart->limit) {
        snprintf(limit, sizeof(limit), ", at %.0f tokens %s", chart->limit, most);
    }
    const int used = snprintf(text, sizeof(text),
                              "Softmax keeps all weights: 4 \xC2\xB7 %.0f\xC2\xB2 \xC2\xB7 %d "
                              "heads = %s%s. Flash keeps none of them.",
                              chart->n, chart->model.n_layers * chart->model.n_heads, now, limit);
    if (!lab->frame->is_export && lab->lab->encode_ms > 0) {
        snprintf(text + used, sizeof(text) - (size_t)used, " This text took %.1f ms here.",
                 lab->lab->encode_ms);
    }
    return heed_text_wrapped(skin, x, y, LINE * chart->s, heed_widget_style(&lab->skin, 13, 400),
                             lab->frame->theme->muted, text, width, CAPTION_LINES + 1);
}

static bool find_chart(const struct heed_lab *lab, struct chart *chart)
{
    const struct heed_mask mask = lab->frame->state->variant.mask;
    if (lab->frame->model == NULL) {
        return false;
    }
    const struct heed_model_config *config = heed_model_get_config(lab->frame->model);
    *chart = (struct chart){
        .lab = lab,
        .model = {config->n_layers, config->n_heads, config->hidden, config->intermediate},
        .window =
            mask.kind == HEED_MASK_WINDOW ? mask.width : heed_mask_of(HEED_MASK_WINDOW, 0).width,
        .s = lab->s,
        .n = lab->lab->n_tokens,
        .limit = lab->result->encoding->n_limit > 0 ? lab->result->encoding->n_limit
                                                    : config->max_positions};
    chart->crossing = heed_cost_crossing(&chart->model);
    find_axes(chart);
    return true;
}

static float right_pad(const struct heed_lab *lab)
{
    return fmaxf(lab->pad - 8 * lab->s, 4 * lab->s);
}

float heed_lab_cost_height(const struct heed_lab *lab, float width)
{
    const float plot = fminf(fmaxf(0.42F * width, LEAST_PLOT * lab->s), 260 * lab->s);
    return plot + (HEAD + AXIS + CAPTION_LINES * LINE + FOOT + 12) * lab->s;
}

void heed_lab_draw_cost(const struct heed_lab *lab)
{
    const struct heed_rect rect = lab->cost;
    const float s = lab->s;
    const float pad = lab->columns ? (lab->frame->is_export ? 14 : 22) * s : lab->pad;
    const float x = rect.x + pad, end = rect.x + rect.w - right_pad(lab);
    const float head = (lab->frame->is_export ? 32 : HEAD) * s;
    heed_lab_title(lab, x, rect.y + (lab->frame->is_export ? 16 : 26) * s, end,
                   "Cost against length", "multiply-adds a layer");
    struct chart chart;
    if (!find_chart(lab, &chart)) {
        heed_widget_left(&lab->skin, x, rect.y + head + 10 * s, 14, 400, lab->frame->theme->muted,
                         "The model\xE2\x80\x99s sizes aren\xE2\x80\x99t known yet.", end - x);
        return;
    }
    struct heed_skin quiet = lab->skin;
    quiet.list = NULL;
    const int lines = put_caption(&chart, &quiet, x, 0, end - x);
    const float foot = lab->frame->is_export ? 0 : FOOT;
    const float below = (AXIS + foot + 12) * s + (float)lines * LINE * s;
    const float h = fmaxf(fminf(rect.h - head - below, MOST_PLOT * s), 40 * s);
    chart.labels = labels_width(&chart);
    chart.plot = (struct heed_rect){roundf(x + LEFT * s), roundf(rect.y + head),
                                    end - x - LEFT * s - chart.labels, roundf(h)};
    draw_decades(&chart);
    draw_lengths(&chart);
    draw_limit(&chart);
    for (int i = HEED_N_COSTS - 1; i >= 0; i--) {
        draw_line(&chart, (enum heed_cost_kind)i);
    }
    draw_text_length(&chart);
    draw_crossing(&chart);
    draw_labels(&chart);
    put_caption(&chart, &lab->skin, x, chart.plot.y + h + (AXIS + 12) * s, end - x);
}
