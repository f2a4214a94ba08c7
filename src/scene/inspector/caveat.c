#include "scene/inspector/caveat.h"

#include <math.h>
#include <stdio.h>

#include "core/analysis/link_measures.h"
#include "core/analysis/spearman.h"
#include "scene/frame/ablation_values.h"
#include "scene/frame/off_values.h"
#include "scene/inspector/inspector.h"
#include "scene/parts/progress.h"
#include "scene/widgets/label.h"

enum { MOST_ROWS = 6, N_MEASURES = 4, COLUMN = 60, ROW = 24 /* logical px */ };

/* One link by each measure in all heads. */
struct measures {
    double *values[N_MEASURES]; /* by place; NULL: not known */
    int n;
};

static const char *const names[N_MEASURES] = {"weight", "|value|", "rollout", "ablation"};

static const enum heed_measure by_map[] = {HEED_MEASURE_WEIGHT, HEED_MEASURE_VALUE_NORM,
                                           HEED_MEASURE_ROLLOUT};

static bool is_pin(struct heed_token_range range, struct heed_token_range pin)
{
    return range.first == pin.first && range.count == pin.count;
}

static double *make_column(const struct heed_column *column, int n)
{
    struct heed_list *list = column->frame->list;
    double *values = heed_arena_alloc(&list->arena, (size_t)n * sizeof(*values));
    list->failed = list->failed || values == NULL;
    return values;
}

/* The ablation's only if it is of this link. */
static void fill_measures(struct measures *measures, const struct heed_column *column,
                          const struct heed_inspected_pair *pair)
{
    const struct heed_frame *frame = column->frame;
    const struct heed_maps *maps = heed_frame_get_maps(frame);
    const struct heed_token_range query = heed_unit_tokens(maps, pair->query);
    const struct heed_token_range key = heed_unit_tokens(maps, pair->key);
    measures->n = maps->n_layers * maps->n_heads;
    for (int i = 0; frame->links != NULL && i < N_MEASURES - 1; i++) {
        measures->values[i] = make_column(column, measures->n);
        if (measures->values[i] != NULL) {
            heed_link_measures_weigh(frame->links, by_map[i], query, key, measures->values[i]);
        }
    }
    bool current = false;
    const struct heed_ablation_work *work = heed_ablation_find(frame, &current);
    if (!current || !is_pin(work->query, query) || !is_pin(work->key, key)) {
        return;
    }
    double *effects = make_column(column, measures->n);
    for (int i = 0; effects != NULL && i < measures->n; i++) {
        const struct heed_ablation_row *row = &work->table.rows[i];
        effects[row->head.layer * maps->n_heads + row->head.head] = row->values[HEED_ABLATION_LINK];
    }
    measures->values[N_MEASURES - 1] = effects;
}

static float column_end(const struct heed_column *column, int measure)
{
    return column->x + column->width - (float)(N_MEASURES - 1 - measure) * COLUMN * column->s;
}

static void put(const struct heed_column *column, int measure, float cy, const char *text,
                float size, int weight, struct heed_color color)
{
    heed_widget_right(column->skin, column_end(column, measure), cy, size, weight, color, text,
                      (COLUMN - 4) * column->s);
}

static void draw_head(struct heed_column *column, int n)
{
    for (int i = 0; i < n; i++) {
        put(column, i, column->y + 6 * column->s, names[i], 13, 400, column->skin->theme->muted);
    }
    column->y += 18 * column->s;
}

static void draw_row(struct heed_column *column, const struct measures *measures,
                     const struct heed_shown_head *shown)
{
    const struct heed_skin *skin = column->skin;
    const struct heed_maps *maps = heed_frame_get_maps(column->frame);
    const float s = column->s, cy = column->y + ROW * s / 2;
    char text[40];
    heed_chip_of(skin, column->x, cy, 11, shown->color);
    heed_head_name(shown->id, text, sizeof(text));
    heed_widget_left(skin, column->x + 17 * s, cy, 14, 600, skin->theme->text, text, 0);
    for (int i = 0; i < N_MEASURES; i++) {
        const double *values = measures->values[i];
        const int place = shown->id.layer * maps->n_heads + shown->id.head;
        const bool last = i == N_MEASURES - 1;
        if (values == NULL || (last && shown->id.layer == maps->n_layers - 1)) {
            put(column, i, cy, last ? "\xE2\x80\x93" : "\xE2\x80\xA6", 14, 400, skin->theme->muted);
            continue;
        }
        heed_format_number(text, sizeof(text), values[place], last ? 4 : 3);
        put(column, i, cy, text, 14, 400, skin->theme->text);
    }
    column->y += ROW * s;
}

static void draw_rows(struct heed_column *column, const struct measures *measures)
{
    const struct heed_frame *frame = column->frame;
    const struct heed_maps *maps = heed_frame_get_maps(frame);
    for (int i = 0; i < frame->state->n_shown && i < MOST_ROWS; i++) {
        const struct heed_shown_head *shown = &frame->state->shown[i];
        if (shown->id.layer < maps->n_layers && shown->id.head < maps->n_heads) {
            draw_row(column, measures, shown);
        }
    }
}

/* The button that fills the last column, or how far that is. */
static void draw_run(struct heed_column *column)
{
    const struct heed_tasks *tasks = column->frame->tasks;
    const float s = column->s;
    const struct heed_rect rect = {column->x, roundf(column->y + 8 * s), column->width, 34 * s};
    if (heed_tasks_runs(tasks, HEED_TASK_ABLATION)) {
        heed_progress_draw(column->skin, rect, tasks, "heads");
        column->y += 54 * s;
        return;
    }
    char cost[96];
    heed_ablation_cost(column->frame, cost, sizeof(cost));
    heed_widget_button(column->skin, rect, HEED_ICON_NONE, "Run ablation", false, false,
                       heed_command_target(HEED_COMMAND_RUN, HEED_TASK_ABLATION + 1));
    heed_widget_left(column->skin, column->x, column->y + 55 * s, 13, 400,
                     column->skin->theme->muted, cost, column->width);
    column->y += 70 * s;
}

/* Each pair of measures that are known, below the columns of the table. */
static void draw_correlations(struct heed_column *column, const struct measures *measures)
{
    const struct heed_skin *skin = column->skin;
    const float s = column->s;
    char text[64];
    snprintf(text, sizeof(text), "over all %d heads", measures->n);
    heed_column_title(column, "Rank correlation", text, NULL);
    draw_head(column, N_MEASURES - 1);
    for (int y = 1; y < N_MEASURES; y++, column->y += ROW * s) {
        const float cy = column->y + ROW * s / 2;
        heed_widget_left(skin, column->x, cy, 14, 400, skin->theme->muted, names[y], 0);
        for (int x = 0; x < y; x++) {
            const double *a = measures->values[x], *b = measures->values[y];
            const double rho = a != NULL && b != NULL ? heed_spearman(a, b, measures->n) : NAN;
            snprintf(text, sizeof(text), "\xE2\x80\x93");
            if (isfinite(rho)) {
                heed_format_number(text, sizeof(text), rho, 2);
            }
            put(column, x, cy, text, 14, 400, skin->theme->text);
        }
    }
    column->y += 10 * s;
}

static void draw_text(struct heed_column *column)
{
    const struct heed_model *model = column->frame->model;
    const bool predicts = model != NULL && heed_model_get_weights(model)->has_mlm_head;
    char text[900];
    snprintf(text, sizeof(text),
             "Jain & Wallace 2019 found other weights that give the same prediction; Wiegreffe & "
             "Pinter 2019 answer that it depends on what one asks of an explanation. Weights leave "
             "out how long the values are (Kobayashi et al. 2020) and that after the first layer "
             "tokens are mixtures (Abnar & Zuidema 2020). Muting is closer to a cause, but no head "
             "was muted in training.%s",
             model == NULL ? ""
             : predicts ? " This model predicts masked words: what a link means for them shows in "
                          "their change when it is cut."
                        : " This model has no output head: its embedding is its only output, so "
                          "there is no prediction that a link could explain.");
    heed_inspector_box(column, "None of them is an explanation", text);
}

void heed_inspector_caveat(struct heed_column *column, const struct heed_inspected_pair *pair)
{
    const struct heed_frame *frame = column->frame;
    struct measures measures = {0};
    char note[48] = "";
    if (frame->tasks == NULL) {
        return;
    }
    if (frame->state->n_shown > MOST_ROWS) {
        snprintf(note, sizeof(note), "first %d of %d", MOST_ROWS, frame->state->n_shown);
    }
    if (frame->result->lacks & HEED_LACKS_MODEL) { /* nothing can be muted, nor measured */
        column->y += 12 * column->s;
        draw_text(column);
        heed_column_separator(column);
        return;
    }
    fill_measures(&measures, column, pair);
    heed_column_title(column, "Four measures",
                      frame->result->plain != NULL ? "of this link, untouched run"
                                                   : "of this link, no filter",
                      note);
    draw_head(column, N_MEASURES);
    draw_rows(column, &measures);
    if (measures.values[N_MEASURES - 1] == NULL) {
        draw_run(column);
    } else {
        column->y += 8 * column->s;
    }
    draw_correlations(column, &measures);
    draw_text(column);
    heed_column_separator(column);
}
