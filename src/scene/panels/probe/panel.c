#include "scene/panels/probe/panel.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/array.h"

#include "scene/frame/shown.h"
#include "scene/frame/tasks.h"
#include "scene/panels/probe/relations.h"
#include "scene/panels/probe/sentences.h"
#include "scene/parts/panel_header.h"
#include "scene/widgets/label.h"
#include "scene/widgets/target.h"
#include "scene/widgets/terms.h"

enum { PADDING = 28, GAP = 40, ROW = 24, TOP = 10, STACKED_BELOW = 640 };

/* --- what lies above the numbers --- */

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash != NULL ? slash + 1 : path;
}

static void explain(const struct heed_probe_panel *panel, char *text, size_t size)
{
    const struct heed_probe_run *run = panel->run;
    if (run == NULL) {
        snprintf(text, size, "does a head look from a pronoun to the right word?");
        return;
    }
    char skipped[64] = "";
    if (run->n_skipped > 0) {
        snprintf(skipped, sizeof(skipped), ", %zu skipped", run->n_skipped);
    }
    if (heed_probe_run_is_relations(run)) {
        snprintf(text, size, "%s: %d sentences, %d words with a head%s", base_name(run->name),
                 run->n_sentences, heed_relations_count(run->relations), skipped);
        return;
    }
    if (run->n_unanswered > 0) {
        snprintf(skipped, sizeof(skipped), ", %zu unanswered, %zu skipped", run->n_unanswered,
                 run->n_skipped);
    }
    if (run->summary.n_pairs == (int)run->n) {
        snprintf(text, size, "%s: %zu sentence%s%s", base_name(run->name), run->n,
                 run->n == 1 ? "" : "s", skipped);
        return;
    }
    snprintf(text, size, "%s: %zu sentence%s in %d pair%s%s", base_name(run->name), run->n,
             run->n == 1 ? "" : "s", run->summary.n_pairs, run->summary.n_pairs == 1 ? "" : "s",
             skipped);
}

/* text: room for the explanation. */
static struct heed_panel_header header_of(const struct heed_probe_panel *panel, char *text,
                                          size_t size)
{
    explain(panel, text, size);
    return (struct heed_panel_header){.title = "Probe",
                                      .explanation = text,
                                      .run = panel->run != NULL ? "Run again" : "Run",
                                      .is_start = panel->run == NULL,
                                      .cant_run = panel->frame->state->probe == NULL,
                                      .units = "sentences",
                                      .kind = HEED_TASK_PROBE};
}

static struct heed_rect draw_header(const struct heed_probe_panel *panel, struct heed_rect rect)
{
    char text[256];
    const struct heed_panel_header header = header_of(panel, text, sizeof(text));
    return heed_panel_draw_header(panel->frame, panel->skin, rect, &header);
}

/* Whose numbers are shown, where the file has groups. */
static float draw_groups(const struct heed_probe_panel *panel, float y)
{
    const struct heed_probe_run *whole = heed_tasks_get_work(panel->frame->tasks, HEED_TASK_PROBE);
    const float s = panel->s;
    char text[120];
    if (whole == NULL || whole->n_groups < 2) {
        return y;
    }
    if (panel->run == whole) {
        snprintf(text, sizeof(text), "all %d", whole->n_groups);
    } else {
        snprintf(text, sizeof(text), "%.80s",
                 panel->run->name[0] != '\0' ? panel->run->name : "without a name");
    }
    heed_widget_select(
        panel->skin, (struct heed_rect){panel->x, roundf(y), fminf(panel->width, 320 * s), 32 * s},
        "Group", text, heed_command_target(HEED_COMMAND_PROBE_GROUP, 0));
    return y + 44 * s;
}

/* The file, and which number the head map and the table follow. */
static float draw_tools(const struct heed_probe_panel *panel, float y)
{
    static const char *const labels[] = {"Accuracy", "Margin"};
    const struct heed_state *state = panel->frame->state;
    const float s = panel->s;
    const bool margin = state->color_by == HEED_COLOR_BY_PROBE_MARGIN;
    const bool accuracy = state->color_by == HEED_COLOR_BY_PROBE_ACCURACY;
    const bool one = panel->run != NULL && heed_probe_run_is_relations(panel->run);
    if (panel->frame->is_export) {
        return y;
    }
    const struct heed_target targets[] = {
        heed_command_target(HEED_COMMAND_COLOR_BY, HEED_COLOR_BY_PROBE_ACCURACY + 1),
        heed_command_target(HEED_COMMAND_COLOR_BY, HEED_COLOR_BY_PROBE_MARGIN + 1)};
    const int n = one ? 1 : 2; /* relations have no margin */
    const float segments = heed_widget_segments_width(panel->skin, labels, n);
    const float room = panel->width - segments - 16 * s;
    heed_widget_select(
        panel->skin, (struct heed_rect){panel->x, roundf(y), fminf(room, 320 * s), 32 * s},
        "Sentences", state->probe != NULL ? base_name(state->probe) : "choose a file",
        heed_command_target(HEED_COMMAND_PROBE_FILE, 0));
    heed_widget_segments(
        panel->skin,
        (struct heed_rect){panel->x + panel->width - segments, roundf(y), segments, 32 * s}, labels,
        n,
        accuracy || (one && margin) ? 0
        : margin                    ? 1
                                    : -1,
        targets);
    return draw_groups(panel, y + 44 * s) + 4 * s;
}

static float draw_box(const struct heed_probe_panel *panel, float x, float y, float width,
                      const char *text)
{
    const struct heed_skin *skin = panel->skin;
    const struct heed_theme *theme = skin->theme;
    const float s = panel->s, line = 19 * s, pad = 12 * s;
    const struct heed_text_style style = heed_widget_style(panel->skin, 14, 400);
    const int lines = heed_text_lines(skin, style, text, width - 2 * pad, 6);
    const struct heed_rect box = {x, roundf(y), width, (float)lines * line + 20 * s};
    heed_widget_note(skin, box);
    heed_text_wrapped(skin, x + pad, box.y + 10 * s + line / 2, line, style, theme->text, text,
                      width - 2 * pad, 6);
    return y + box.h + 16 * s;
}

static float draw_paragraph(const struct heed_probe_panel *panel, float x, float y, float width,
                            const char *text, bool muted)
{
    const float line = 19 * panel->s;
    const struct heed_theme *theme = panel->skin->theme;
    const int lines = heed_text_wrapped(panel->skin, x, y + line / 2, line,
                                        heed_widget_style(panel->skin, 14, 400),
                                        muted ? theme->muted : theme->text, text, width, 8);
    return y + (float)lines * line;
}

/* --- the table of heads --- */

static int compare_margins(const void *left, const void *right)
{
    const struct heed_probed_head *a = *(const struct heed_probed_head *const *)left;
    const struct heed_probed_head *b = *(const struct heed_probed_head *const *)right;
    if (a->margin != b->margin) {
        return a->margin < b->margin ? 1 : -1;
    }
    return a < b ? -1 : 1;
}

/* In the order that is asked for; the probe's own is by accuracy. */
static const struct heed_probed_head **order_heads(const struct heed_probe_panel *panel, int n)
{
    const struct heed_probed_head **order =
        heed_arena_alloc(&panel->skin->list->arena, (size_t)n * sizeof(*order));
    if (order == NULL) {
        panel->skin->list->failed = true;
        return NULL;
    }
    for (int i = 0; i < n; i++) {
        order[i] = &panel->run->heads[i];
    }
    if (panel->frame->state->color_by == HEED_COLOR_BY_PROBE_MARGIN) {
        heed_sort(order, (size_t)n, sizeof(*order), compare_margins);
    }
    return order;
}

struct table {
    float x, width;                                       /* px */
    float name, plot, plot_w, accuracy, interval, margin; /* left, right ends */
    double low, high;                                     /* accuracies at the ends of the plot */
};

/* From the lowest to the highest end of an interval, in whole tenths. */
static void find_scale(struct table *table, const struct heed_probe_run *run)
{
    table->low = table->high = run->baselines.uniform;
    for (int h = 0; h < run->n_columns; h++) {
        table->low = fmin(table->low, run->intervals[h].accuracy.low);
        table->high = fmax(table->high, run->intervals[h].accuracy.high);
    }
    table->low = fmax(floor(table->low * 10 - 1e-6) / 10, 0);
    table->high = fmin(ceil(table->high * 10 + 1e-6) / 10, 1);
}

/* px of a column: of what stands in it, in the type that was chosen, and what is usual. */
static float column_width(const struct heed_probe_panel *panel, float usual, const char *head,
                          const char *number)
{
    const struct heed_text_style style = heed_widget_style(panel->skin, 13, 400);
    const float widest = fmaxf(heed_widget_width(panel->skin, style, head),
                               heed_widget_width(panel->skin, style, number));
    return fmaxf(usual * panel->s, widest + 4 * panel->s);
}

static struct table place_table(const struct heed_probe_panel *panel, float x, float width)
{
    const float s = panel->s, end = x + width;
    const bool wide = width >= 400 * s;
    struct table table = {.x = x,
                          .width = width,
                          .name = x + 30 * s,
                          .margin = end,
                          .interval = end - column_width(panel, 66, "margin", "+0.000"),
                          .plot = x + (panel->frame->is_export ? 92 : 104) * s};
    table.accuracy =
        table.interval - (wide ? column_width(panel, 116, "95 % interval", "0.000 to 0.000") : 0);
    const float accuracy =
        column_width(panel, panel->frame->is_export ? 55 : 73, "accuracy", "0.000");
    /* On a page the scale's last number would stand before the next heading as a part of it. */
    const float apart = panel->frame->is_export ? 22 : 11;
    table.plot_w = fmaxf(table.accuracy - accuracy - apart * s - table.plot, 0);
    find_scale(&table, panel->run);
    return table;
}

static float along(const struct table *table, double share)
{
    return table->plot + table->plot_w * (float)((share - table->low) / (table->high - table->low));
}

/* The accuracy with its interval. */
static void draw_plot(const struct heed_probe_panel *panel, const struct table *table,
                      const struct heed_probed_head *head,
                      const struct heed_probe_head_intervals *intervals, float cy)
{
    struct heed_list *list = panel->skin->list;
    const struct heed_theme *theme = panel->skin->theme;
    const float s = panel->s, x = along(table, head->accuracy);
    heed_list_stroke(list, along(table, intervals->accuracy.low), cy,
                     along(table, intervals->accuracy.high), cy, 2 * s, theme->muted);
    heed_list_fill(list, (struct heed_rect){x - 4 * s, cy - 4 * s, 8 * s, 8 * s}, 4 * s,
                   theme->ink);
}

static void draw_head(const struct heed_probe_panel *panel, const struct table *table,
                      const struct heed_probed_head *head, int place, float y)
{
    const struct heed_probe_head_intervals *intervals =
        &panel->run->intervals[head - panel->run->heads];
    const bool by_margin = panel->frame->state->color_by == HEED_COLOR_BY_PROBE_MARGIN;
    const float s = panel->s, cy = y + ROW * s / 2;
    const struct heed_head_id id = {(int16_t)head->layer, (int16_t)head->head};
    const struct heed_target target = {
        .kind = HEED_TARGET_HEAD, .flags = HEED_TARGET_FLAG_PROBED, .a = id.layer, .b = id.head};
    const bool chosen = heed_head_equal(panel->chosen, id);
    char text[48];
    heed_probe_row(panel, (struct heed_rect){table->x - 6 * s, y, table->width + 12 * s, ROW * s},
                   target, chosen);
    snprintf(text, sizeof(text), "%d", place);
    heed_widget_right(panel->skin, table->x + 18 * s, cy, 13, 400, panel->skin->theme->muted, text,
                      0);
    heed_head_name(id, text, sizeof(text));
    heed_widget_left(panel->skin, table->name, cy, 14, chosen ? 600 : 400, panel->skin->theme->text,
                     text, 0);
    draw_plot(panel, table, head, intervals, cy);
    heed_widget_number(panel->skin, table->accuracy, cy, 14, by_margin ? 400 : 600,
                       panel->skin->theme->text, head->accuracy, 3);
    if (table->interval > table->accuracy) {
        snprintf(text, sizeof(text), "%.3f to %.3f", intervals->accuracy.low,
                 intervals->accuracy.high);
        heed_widget_right(panel->skin, table->interval, cy, 13, 400, panel->skin->theme->muted,
                          text, 0);
    }
    heed_format_signed(text, sizeof(text), head->margin);
    heed_widget_right(panel->skin, table->margin, cy, 14, by_margin ? 600 : 400,
                      panel->skin->theme->text, text, 0);
    panel->skin->list->target = (struct heed_target){0};
}

static float draw_table_head(const struct heed_probe_panel *panel, const struct table *table,
                             float y)
{
    const float s = panel->s, cy = y + 8 * s;
    heed_term_left(panel->skin, table->name, cy, 13, 400, panel->skin->theme->muted, "head", 0);
    const double ends[] = {table->low, table->high};
    for (int i = 0; i < 2; i++) {
        char text[16];
        heed_format_number(text, sizeof(text), ends[i], 1);
        heed_widget_middle(panel->skin, along(table, ends[i]), cy, 12, 400,
                           panel->skin->theme->muted, text, 0);
    }
    heed_term_right(panel->skin, table->accuracy, cy, 13, 400, panel->skin->theme->muted,
                    "accuracy", 0);
    if (table->interval > table->accuracy) {
        heed_term_right(panel->skin, table->interval, cy, 13, 400, panel->skin->theme->muted,
                        "95 % interval", 0);
    }
    heed_term_right(panel->skin, table->margin, cy, 13, 400, panel->skin->theme->muted, "margin",
                    0);
    return y + 22 * s;
}

/* Where a guess lies, and the ends of the scale. */
static void draw_scale(const struct heed_probe_panel *panel, const struct table *table, float y,
                       float height)
{
    const double at[] = {table->low, panel->run->baselines.uniform, table->high};
    for (int i = 0; i < 3; i++) {
        const float x = roundf(along(table, at[i]));
        heed_list_line(panel->skin->list,
                       (struct heed_item_line){x,
                                               y,
                                               x,
                                               y + height,
                                               {.width = panel->skin->hairline,
                                                .color = i == 1 ? panel->skin->theme->strong_border
                                                                : panel->skin->theme->border,
                                                .dash_on = i == 1 ? 3 * panel->s : 0,
                                                .dash_off = i == 1 ? 3 * panel->s : 0}});
    }
}

static float draw_heads(const struct heed_probe_panel *panel, float x, float y, float width)
{
    const float s = panel->s;
    const int n = panel->run->n_columns;
    const bool all = heed_frame_unfolds(panel->frame, HEED_RANKING_PANEL) || n <= TOP;
    const int shown = all ? n : TOP;
    const struct table table = place_table(panel, x, width);
    const struct heed_probed_head **order = order_heads(panel, n);
    if (order == NULL) {
        return y;
    }
    y = heed_probe_title(panel, x, y, width, "Heads",
                         "accuracy with its interval, dashed: a guess");
    y = draw_table_head(panel, &table, y);
    draw_scale(panel, &table, y, (float)shown * ROW * s);
    for (int i = 0; i < shown; i++, y += ROW * s) {
        if (heed_probe_sees(panel, y, ROW * s)) {
            draw_head(panel, &table, order[i], i + 1, y);
        }
    }
    if (n > TOP && !panel->frame->is_export) {
        char label[48];
        snprintf(label, sizeof(label), all ? "First %d heads" : "All %d heads", all ? (int)TOP : n);
        heed_widget_button(panel->skin, (struct heed_rect){x, roundf(y + 6 * s), width, 30 * s},
                           HEED_ICON_NONE, label, false, false,
                           heed_command_target(HEED_COMMAND_RANK_ALL, HEED_RANKING_PANEL));
        y += 36 * s;
    }
    if (!all && panel->frame->is_export) {
        char text[64];
        snprintf(text, sizeof(text), "The %d heads that come after are left out.", n - shown);
        y = draw_paragraph(panel, x, y + 6 * s, width, text, true);
    }
    return y + 20 * s;
}

/* --- what the heads are held against --- */

static float draw_baselines(const struct heed_probe_panel *panel, float x, float y, float width)
{
    const struct heed_probe_baselines *of = &panel->run->baselines;
    const struct {
        const char *label;
        double value;
    } rows[] = {{"Always the nearest candidate", of->nearest},
                {"Always the first one", of->first},
                {"A guess (uniform)", of->uniform}};
    y = heed_probe_title(panel, x, y, width, "Baselines", "accuracy");
    for (int i = 0; i < 3; i++) {
        char number[32];
        heed_format_number(number, sizeof(number), rows[i].value, 3);
        y = heed_probe_value(panel, x, y, width, rows[i].label, number);
    }
    return y + 12 * panel->s;
}

static float draw_together(const struct heed_probe_panel *panel, float x, float y, float width)
{
    const struct heed_probe_summary *of = &panel->run->summary;
    char number[64];
    y = heed_probe_title(panel, x, y, width, "All heads together", NULL);
    heed_format_number(number, sizeof(number), of->mas, 3);
    y = heed_probe_value(panel, x, y, width, "Maximum attention score", number);
    snprintf(number, sizeof(number), "%.3f to %.3f", of->mas_interval.low, of->mas_interval.high);
    heed_widget_left(panel->skin, x, y + 9 * panel->s, 13, 400, panel->skin->theme->muted,
                     "Klein & Nabi 2019", width / 2);
    heed_widget_right(panel->skin, x + width, y + 9 * panel->s, 13, 400, panel->skin->theme->muted,
                      number, width / 2);
    return y + 34 * panel->s;
}

/* The head, how it does on the other half, and how it was chosen. */
static float draw_half(const struct heed_probe_panel *panel, float x, float y, float width,
                       const struct heed_probe_half *half, bool odd)
{
    char text[160], number[32];
    snprintf(text, sizeof(text), "L%dH%d on the %d others", half->layer, half->head, half->n_other);
    heed_format_number(number, sizeof(number), half->on_other, 3);
    y = heed_probe_value(panel, x, y, width, text, number);
    snprintf(text, sizeof(text), "best of the %s pairs: %.3f of %d", odd ? "odd" : "even",
             half->accuracy, half->n);
    heed_widget_left(panel->skin, x, y + 9 * panel->s, 13, 400, panel->skin->theme->muted, text,
                     width);
    return y + 26 * panel->s;
}

static float draw_halves(const struct heed_probe_panel *panel, float x, float y, float width)
{
    const struct heed_probe_half *halves = panel->run->summary.halves;
    char text[160];
    y = heed_probe_title(panel, x, y, width, "Chosen on one half", "accuracy on the other");
    for (int i = 0; i < 2; i++) {
        if (halves[i].n > 0 && halves[i].n_other > 0) {
            y = draw_half(panel, x, y, width, &halves[i], i == 0);
        }
    }
    if (halves[0].n == 0 || halves[0].n_other == 0) {
        y = draw_paragraph(panel, x, y, width, "One pair has no other half.", true);
    }
    snprintf(text, sizeof(text),
             "Choosing among %d heads finds a good one by luck: the number to report is its "
             "accuracy on the other half.",
             panel->run->n_columns);
    return draw_box(panel, x, y + 10 * panel->s, width, text);
}

/* What was read: the filter of the run, whatever it is now. */
static float draw_filter(const struct heed_probe_panel *panel, float x, float y, float width)
{
    const struct heed_filter *filter = &panel->run->filter;
    const struct heed_maps *maps = heed_frame_get_maps(panel->frame);
    char text[280], hidden[160] = "no token hidden";
    if (maps != NULL && (filter->hide_special || filter->hide_punctuation)) {
        heed_hidden_name(maps, filter, hidden, sizeof(hidden));
    }
    snprintf(text, sizeof(text), "Read from: %s, %s%s, every link counts.",
             heed_measure_name(filter->measure), hidden,
             filter->renormalise ? ", renormalised" : "");
    return draw_paragraph(panel, x, y, width, text, true) + 16 * panel->s;
}

static float draw_summary(const struct heed_probe_panel *panel, float x, float y, float width)
{
    y = draw_baselines(panel, x, y, width);
    y = draw_together(panel, x, y, width);
    y = draw_halves(panel, x, y, width);
    return draw_filter(panel, x, y, width);
}

static float draw_numbers(const struct heed_probe_panel *panel, float y)
{
    const float s = panel->s;
    if (panel->width < STACKED_BELOW * s) {
        y = draw_heads(panel, panel->x, y, panel->width);
        return draw_summary(panel, panel->x, y, panel->width);
    }
    const float gap = fminf(GAP * s, 0.05F * panel->width);
    /* A file has no tips: there the intervals are always written out. */
    const float share = panel->frame->is_export ? 0.6F : 0.54F;
    const float left = roundf(share * (panel->width - gap));
    const float a = draw_heads(panel, panel->x, y, left);
    const float b = draw_summary(panel, panel->x + left + gap, y, panel->width - left - gap);
    return fmaxf(a, b);
}

/* --- all of it --- */

/* What running it would do; size: 400 is enough. */
static void start_text(const char *name, char *text, size_t size)
{
    if (name == NULL) {
        snprintf(text, size,
                 "Choose a file of sentences above, or drop one on the window. For each head it "
                 "is counted how often the pronoun gives the right candidate the most weight.");
        return;
    }
    const char *ending = strrchr(name, '.');
    snprintf(text, size,
             ending != NULL && strcmp(ending, ".conllu") == 0
                 ? "Run reads %.120s and counts for each relation and head how often a word "
                   "gives the word that it depends on the most weight."
                 : "Run reads %.120s and counts for each head how often the pronoun gives the "
                   "right candidate the most weight.",
             base_name(name));
}

static float draw_nothing(const struct heed_probe_panel *panel, float y)
{
    const float width = fminf(panel->width, 640 * panel->s);
    const double ms = panel->frame->result != NULL ? panel->frame->result->run->encode_ms : 0;
    char text[400], explanation[256], cost[160] = "";
    const struct heed_panel_header header = header_of(panel, explanation, sizeof(explanation));
    start_text(panel->frame->state->probe, text, sizeof(text));
    if (ms > 0) {
        snprintf(cost, sizeof(cost),
                 "A sentence is one run: as the last one of %.1f ms, a hundred take about %.*f s.",
                 ms, ms < 99.5 ? 1 : 0, ms / 10);
    }
    y = heed_panel_draw_start(panel->frame, panel->skin,
                              (struct heed_rect){panel->x, y, panel->width, 0}, &header, text,
                              cost);
    return draw_paragraph(panel, panel->x, y, width,
                          "A table with the columns sentence, pronoun, candidates (separated by "
                          "|) and answer; or GAP, WinoBias, Winogender, DPR as they are; or "
                          "CoNLL-U for relations between words. Two lines that follow each other "
                          "with the same candidates and another answer are a minimal pair.",
                          true) +
           12 * panel->s;
}

static void draw_scrollbar(const struct heed_probe_panel *panel, float content)
{
    const struct heed_rect body = panel->body;
    const float s = panel->s;
    if (content <= body.h + 1 || panel->frame->is_export) {
        return;
    }
    const float h = fmaxf(body.h * body.h / content, 24 * s);
    const float at = fminf(fmaxf(panel->frame->scroll_y, 0), content - body.h) / (content - body.h);
    heed_list_fill(panel->skin->list,
                   (struct heed_rect){body.x + body.w - panel->frame->covered - 7 * s,
                                      body.y + at * (body.h - h), 4 * s, h},
                   2 * s, panel->skin->theme->strong_border);
}

void heed_probe_panel_draw(struct heed_frame *frame, const struct heed_skin *skin,
                           struct heed_rect rect)
{
    struct heed_skin own = *skin;
    heed_frame_fit_skin(frame, &own, HEED_EXPORT_BASE);
    skin = &own;
    struct heed_probe_panel panel = {.frame = frame,
                                     .skin = skin,
                                     .run = heed_frame_get_probe(frame),
                                     .s = skin->scale,
                                     .listed = frame->panel_cache};
    const float pad = (frame->is_export ? 4 : PADDING) * panel.s;
    panel.body = draw_header(&panel, rect);
    panel.x = rect.x + pad;
    panel.width = fmaxf(rect.w - frame->covered - 2 * pad, 1);
    const float top = panel.body.y - frame->scroll_y;
    float y = top + 8 * panel.s;
    heed_list_clip(skin->list, panel.body);
    y = draw_tools(&panel, y);
    if (frame->tasks != NULL && frame->tasks->failed[HEED_TASK_PROBE].code != HEED_OK) {
        y = draw_box(&panel, panel.x, y, panel.width, frame->tasks->failed[HEED_TASK_PROBE].text);
    }
    if (panel.run == NULL) {
        y = draw_nothing(&panel, y);
    } else if (heed_probe_run_is_relations(panel.run)) {
        y = heed_probe_draw_relations(&panel, y);
        y = heed_probe_draw_skipped(&panel, y);
    } else {
        panel.chosen = heed_probe_listed_head(frame->state, panel.run);
        y = draw_numbers(&panel, y);
        y = heed_probe_draw_sentences(&panel, y);
    }
    heed_list_unclip(skin->list);
    const float content = y + 16 * panel.s - top;
    draw_scrollbar(&panel, content);
    frame->fixed_top = panel.body.y - rect.y;
    frame->content_width = rect.w;
    frame->content_height = content + panel.body.y - rect.y;
}

float heed_probe_panel_height(struct heed_frame *frame, float width)
{
    struct heed_list list = {0};
    struct heed_frame copy = *frame;
    copy.list = &list;
    const struct heed_skin skin = heed_frame_get_skin(&copy);
    heed_probe_panel_draw(&copy, &skin, (struct heed_rect){0, 0, width, 0});
    heed_list_finish(&list);
    return copy.content_height;
}
