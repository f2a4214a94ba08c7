#include "scene/panels/probe/sentences.h"

#include <stdio.h>
#include <string.h>

#include "scene/widgets/target.h"

enum { ROW = 26, LINE = 22, FEW = 5 };

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
    const struct heed_probe_rows_seen seen =
        heed_probe_see_rows(panel, y, LINE * s, (int)run->n_skipped);
    for (int i = seen.first; i < seen.end; i++) {
        const struct heed_probe_skipped *line = &run->skipped[i];
        char text[512];
        snprintf(text, sizeof(text), "line %zu: %s", line->line, line->why);
        heed_widget_left(panel->skin, panel->x, y + ((float)i * LINE + 11) * s, 14, 400,
                         panel->skin->theme->text, text, panel->width);
    }
    return y + ((float)run->n_skipped * LINE + 20) * s;
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
        heed_probe_get_score(panel->run->probe, (int)index, panel->listed->column, &margin);
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

float heed_probe_draw_sentences(const struct heed_probe_panel *panel, float y)
{
    const struct heed_probe_run *run = panel->run;
    const struct heed_probe_listed *listed = panel->listed;
    const float s = panel->s;
    char text[160], ties[32] = "";
    const bool few = run->n_skipped <= FEW;
    if (panel->frame->is_export || listed == NULL) {
        panel->skin->list->failed |= !panel->frame->is_export;
        return y;
    }
    if (run->n_skipped > 0 && few) {
        y = heed_probe_draw_skipped(panel, y);
    }
    if (listed->tied > 0) {
        snprintf(ties, sizeof(ties), ", %d tied", listed->tied);
    }
    snprintf(text, sizeof(text), "by L%dH%d's margin%s", listed->head.layer, listed->head.head,
             ties);
    const float used = heed_probe_draw_keeps(panel, panel->x + panel->width, y, listed->right,
                                             (int)run->n - listed->right);
    y = heed_probe_title(panel, panel->x, y, panel->width - used - 12 * s, "Sentences", text);
    const struct heed_probe_rows_seen seen = heed_probe_see_rows(panel, y, ROW * s, listed->n);
    for (int i = seen.first; i < seen.end; i++) {
        draw_sentence(panel, (size_t)listed->items[i], y + (float)i * ROW * s);
    }
    y += (float)listed->n * ROW * s + 20 * s;
    return few ? y : heed_probe_draw_skipped(panel, y);
}
