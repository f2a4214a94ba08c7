#include "scene/panels/probe/sentences.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "scene/widgets/target.h"

enum { ROW = 26, FEW = 5 };

/* --- skipped lines --- */

float heed_probe_draw_skipped(const struct heed_probe_panel *panel, float y)
{
    const struct heed_probe_run *run = panel->run;
    const float s = panel->s;
    if (run->n_skipped == 0) {
        return y;
    }
    y = heed_probe_title(panel, panel->x, y, panel->width, "Skipped lines",
                         "they count in none of the numbers");
    for (size_t i = 0; i < run->n_skipped; i++, y += 22 * s) {
        char text[512];
        if (heed_probe_sees(panel, y, 22 * s)) {
            snprintf(text, sizeof(text), "line %zu: %s", run->skipped[i].line, run->skipped[i].why);
            heed_widget_left(panel->skin, panel->x, y + 11 * s, 14, 400, panel->skin->theme->text,
                             text, panel->width);
        }
    }
    return y + 20 * s;
}

/* --- sentences --- */

static bool is_open(const struct heed_state *state, const struct heed_probe_sentence *sentence)
{
    return state->pair == NULL && strcmp(state->text, sentence->text) == 0;
}

static void draw_words(const struct heed_probe_panel *panel,
                       const struct heed_probe_sentence *sentence, float x, float cy, double margin)
{
    const float s = panel->s, end = panel->x + panel->width;
    const float right = panel->width >= 560 * s ? 150 * s : 0;
    const bool chosen = is_open(panel->frame->state, sentence);
    char text[160];
    heed_format_signed(text, sizeof(text), margin);
    heed_widget_right(panel->skin, x + 58 * s, cy, 14, 400, panel->skin->theme->text, text, 0);
    x += 74 * s;
    heed_widget_left(panel->skin, x, cy, 14, chosen ? 500 : 400, panel->skin->theme->text,
                     sentence->text, end - right - x - 12 * s);
    if (right > 0) {
        snprintf(text, sizeof(text), "%.40s \xE2\x86\x92 %.60s", sentence->pronoun,
                 sentence->answer);
        heed_widget_right(panel->skin, end, cy, 13, 400, panel->skin->theme->muted, text, right);
    }
}

static void draw_sentence(const struct heed_probe_panel *panel, size_t index, float y)
{
    const struct heed_probe_sentence *sentence = &panel->run->sentences[index];
    const float s = panel->s, cy = y + ROW * s / 2;
    double margin = 0;
    const double score =
        heed_probe_get_score(panel->run->probe, (int)index, panel->column, &margin);
    char number[24];
    heed_probe_row(panel, (struct heed_rect){panel->x - 6 * s, y, panel->width + 12 * s, ROW * s},
                   heed_command_target(HEED_COMMAND_PROBE_OPEN, (int)index + 1),
                   is_open(panel->frame->state, sentence));
    snprintf(number, sizeof(number), "%zu", sentence->line);
    heed_widget_right(panel->skin, panel->x + 28 * s, cy, 13, 400, panel->skin->theme->muted,
                      number, 0);
    heed_probe_disc(panel, panel->x + 48 * s, cy, score);
    heed_widget_left(panel->skin, panel->x + 62 * s, cy, 14, 400,
                     score >= 1 ? panel->skin->theme->muted : panel->skin->theme->text,
                     score >= 1  ? "right"
                     : score > 0 ? "tied"
                                 : "wrong",
                     0);
    draw_words(panel, sentence, panel->x + 104 * s, cy, margin);
    panel->skin->list->target = (struct heed_target){0};
}

/* How many of the run's sentences are right. */
static int title_of(const struct heed_probe_panel *panel, char *text, size_t size)
{
    int right = 0, tied = 0;
    for (size_t i = 0; i < panel->run->n; i++) {
        double margin = 0;
        const double score =
            heed_probe_get_score(panel->run->probe, (int)i, panel->column, &margin);
        right += score >= 1;
        tied += score > 0 && score < 1;
    }
    char ties[32] = "";
    if (tied > 0) {
        snprintf(ties, sizeof(ties), ", %d tied", tied);
    }
    snprintf(text, size, "by L%dH%d's margin%s", panel->chosen.layer, panel->chosen.head, ties);
    return right;
}

struct ranked {
    double margin;
    size_t index;
};

static int compare_ranked(const void *left, const void *right)
{
    const struct ranked *a = left;
    const struct ranked *b = right;
    if (a->margin != b->margin) {
        return a->margin < b->margin ? 1 : -1;
    }
    return (a->index > b->index) - (a->index < b->index);
}

/* Those that are kept, by the chosen head's margin, the largest first. */
static const struct ranked *rank(const struct heed_probe_panel *panel, size_t *n_kept)
{
    const size_t n = panel->run->n;
    *n_kept = 0;
    struct heed_list *list = panel->skin->list;
    struct ranked *order = heed_arena_alloc(&list->arena, n * sizeof *order);
    if (order == NULL) {
        list->failed = true;
        return NULL;
    }
    for (size_t i = 0; i < n; i++) {
        struct ranked one = {.index = i};
        const double score =
            heed_probe_get_score(panel->run->probe, (int)i, panel->column, &one.margin);
        if (heed_probe_keeps(panel, score)) {
            order[(*n_kept)++] = one;
        }
    }
    qsort(order, *n_kept, sizeof *order, compare_ranked);
    return order;
}

float heed_probe_draw_sentences(const struct heed_probe_panel *panel, float y)
{
    const struct heed_probe_run *run = panel->run;
    const float s = panel->s;
    char text[160];
    const bool few = run->n_skipped <= FEW;
    if (panel->frame->is_export) {
        return y;
    }
    if (run->n_skipped > 0 && few) {
        y = heed_probe_draw_skipped(panel, y);
    }
    const int right = title_of(panel, text, sizeof(text));
    const float used =
        heed_probe_draw_keeps(panel, panel->x + panel->width, y, right, (int)run->n - right);
    y = heed_probe_title(panel, panel->x, y, panel->width - used - 12 * s, "Sentences", text);
    size_t n = 0;
    const struct ranked *order = rank(panel, &n);
    for (size_t i = 0; order != NULL && i < n; i++, y += ROW * s) {
        if (heed_probe_sees(panel, y, ROW * s)) {
            draw_sentence(panel, order[i].index, y);
        }
    }
    y += 20 * s;
    return few ? y : heed_probe_draw_skipped(panel, y);
}
