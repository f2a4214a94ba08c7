#include <math.h>
#include <stdio.h>

#include "cli/commands.h"
#include "cli/probe_parts.h"

/* "<.001" where 10,000 draws can't say more. */
static void put_p(struct heed_buffer *out, double p)
{
    char text[16];
    snprintf(text, sizeof text, p < 0.001 ? "<.001" : "%.3f", p);
    heed_buffer_printf(out, "  %5s", text);
}

static void put_name(struct heed_buffer *out, const struct heed_probe_run *run, int layer, int head,
                     enum heed_probe_direction direction)
{
    char name[48];
    if (run->is_layers) {
        snprintf(name, sizeof name, "layer %d", layer);
    } else {
        snprintf(name, sizeof name, "L%dH%d", layer, head);
    }
    heed_buffer_printf(out, "%-8s", name);
    if (run->direction == HEED_PROBE_BOTH) {
        heed_buffer_printf(out, " %-9s", direction == HEED_PROBE_PRONOUN ? "pronoun" : "candidate");
    }
}

/* ---- what was read ---- */

static void put_line(struct heed_buffer *out, const struct heed_probe_run *run, int file,
                     size_t line)
{
    if (run->n_files > 1) {
        heed_buffer_printf(out, "%s, ", heed_probe_run_file(run, file));
    }
    heed_buffer_printf(out, "line %zu", line);
}

static void put_left_out(struct heed_buffer *out, const struct heed_probe_run *run)
{
    if (run->rows.n_comments > 0) {
        heed_buffer_printf(out, "%zu line%s with # left out:", run->rows.n_comments,
                           run->rows.n_comments == 1 ? "" : "s");
        for (size_t i = 0; i < run->rows.n_comments; i++) {
            heed_buffer_printf(out, "%s %zu", i > 0 ? "," : "", run->rows.comments[i].line);
        }
        heed_buffer_puts(out, "\n");
    }
    for (size_t i = 0; i < run->n_skipped; i++) {
        put_line(out, run, run->skipped[i].file, run->skipped[i].line);
        heed_buffer_printf(out, " skipped: %s\n", run->skipped[i].why);
    }
}

static void put_taken(struct heed_buffer *out, const struct heed_probe_run *run)
{
    if (run->n_ambiguous > 0) {
        heed_buffer_printf(out,
                           "%zu name%s occur%s more than once, and the first was taken (:k and @ "
                           "say which):\n",
                           run->n_ambiguous, run->n_ambiguous == 1 ? "" : "s",
                           run->n_ambiguous == 1 ? "s" : "");
    }
    for (size_t i = 0; i < run->n_ambiguous; i++) {
        put_line(out, run, run->ambiguous[i].file, run->ambiguous[i].line);
        heed_buffer_printf(out, ": '%s' occurs %d times\n", run->ambiguous[i].name,
                           run->ambiguous[i].count);
    }
    if (run->n_beyond > 0) {
        heed_buffer_printf(out, "of %zu names a token reaches beyond: its weight is the whole's\n",
                           run->n_beyond);
    }
}

static void put_counts(struct heed_buffer *out, const struct heed_probe_run *run)
{
    const int n = heed_probe_get_count(run->probe);
    heed_buffer_printf(out, "%d sentence%s", n, n == 1 ? "" : "s");
    if (run->summary.n_pairs < n) {
        heed_buffer_printf(out, " in %d pair%s", run->summary.n_pairs,
                           run->summary.n_pairs == 1 ? "" : "s");
    }
    if (run->n_unanswered > 0) {
        heed_buffer_printf(out, ", %zu unanswered", run->n_unanswered);
    }
    heed_buffer_printf(out, ", %zu skipped\n", run->n_skipped);
}

/* ---- pronouns ---- */

static void put_half(struct heed_buffer *out, const struct heed_probe_run *run, int i)
{
    const struct heed_probe_half *half = &run->summary.halves[i];
    const bool pairs = run->summary.n_pairs < heed_probe_get_count(run->probe);
    if (half->n == 0 || half->n_other == 0) {
        return;
    }
    heed_buffer_printf(out, "best %s of %s of the %s: ", run->is_layers ? "layer" : "head",
                       i == 0 ? "one half" : "the other half", pairs ? "pairs" : "sentences");
    if (run->is_layers) {
        heed_buffer_printf(out, "%d", half->layer);
    } else {
        heed_buffer_printf(out, "L%dH%d", half->layer, half->head);
    }
    heed_buffer_printf(out, ", %.3f of %d; of the %d others %.3f\n", half->accuracy, half->n,
                       half->n_other, half->on_other);
}

static void put_summary(struct heed_buffer *out, const struct heed_probe_run *run)
{
    const struct heed_probe_baselines baselines = run->baselines;
    const struct heed_probe_summary *summary = &run->summary;
    heed_buffer_printf(out,
                       "baselines: nearest %.3f, first %.3f, uniform %.3f, %+d words from the "
                       "pronoun %.3f\n",
                       baselines.nearest, baselines.first, baselines.uniform, baselines.places,
                       baselines.offset);
    heed_buffer_printf(out, "all %s together (maximum attention score): %.3f [%.3f, %.3f]\n",
                       run->is_layers ? "layers" : "heads", summary->mas, summary->mas_interval.low,
                       summary->mas_interval.high);
    put_half(out, run, 0);
    put_half(out, run, 1);
    heed_buffer_puts(
        out, "The best of many heads is good by luck too: its accuracy on the others counts.\n");
}

void heed_cli_put_probe_heads(struct heed_buffer *out, const struct heed_probe_run *run)
{
    heed_buffer_printf(out,
                       "%-8s%s  accuracy  95 %% interval       p  p, all    margin       p  "
                       "p, all\n",
                       run->is_layers ? "layer" : "head",
                       run->direction == HEED_PROBE_BOTH ? " row of   " : "");
    for (int h = 0; h < run->n_columns; h++) {
        const struct heed_probed_head *head = &run->heads[h];
        put_name(out, run, head->layer, head->head, head->direction);
        heed_buffer_printf(out, " %9.3f  %.3f to %.3f", head->accuracy,
                           run->intervals[h].accuracy.low, run->intervals[h].accuracy.high);
        put_p(out, head->p);
        put_p(out, head->p_max);
        heed_buffer_printf(out, "   %+7.3f", head->margin);
        put_p(out, head->margin_p);
        put_p(out, head->margin_p_max);
        heed_buffer_puts(out, "\n");
    }
}

void heed_cli_put_probe(struct heed_buffer *out, const struct heed_probe_run *run)
{
    put_counts(out, run);
    put_left_out(out, run);
    put_taken(out, run);
    put_summary(out, run);
    heed_cli_put_probe_heads(out, run);
}

void heed_cli_put_contrast(struct heed_buffer *out, const struct heed_probe_run *run,
                           const struct heed_probe_contrasted *contrast)
{
    heed_buffer_printf(out,
                       "\n%s minus %s, over %d pairs that have both\n"
                       "%-8s%s  accuracy  95 %% interval          p  p, all    margin\n",
                       contrast->a, contrast->b, contrast->n_pairs,
                       run->is_layers ? "layer" : "head",
                       run->direction == HEED_PROBE_BOTH ? " row of   " : "");
    for (int h = 0; h < contrast->n; h++) {
        const struct heed_probe_contrast *of = &contrast->heads[h];
        put_name(out, run, of->layer, of->head, of->direction);
        heed_buffer_printf(out, "    %+6.3f  %+.3f to %+.3f", of->accuracy, of->interval.low,
                           of->interval.high);
        put_p(out, of->p);
        put_p(out, of->p_max);
        heed_buffer_printf(out, "   %+7.3f\n", of->margin);
    }
}

/* ---- relations ---- */

void heed_cli_put_relations(struct heed_buffer *out, const struct heed_probe_run *run)
{
    heed_buffer_printf(out, "%d sentences, %d words with a head, %zu skipped\n", run->n_sentences,
                       heed_relations_count(run->relations), run->n_skipped);
    put_left_out(out, run);
    heed_buffer_puts(out, "accuracy: the largest weight among the other words leads to the right "
                          "one; offset: always the\nword so many places away; other half: each "
                          "word by the head that was best in the other half;\np: of the gain over "
                          "the offset, with the maximum over all heads\n"
                          "relation            n  head     finds      accuracy  95 % interval    "
                          "offset          gain   other half     p\n");
    for (int i = 0; i < run->n_related; i++) {
        const struct heed_related *of = &run->related[i];
        char name[32];
        snprintf(name, sizeof name, run->is_layers ? "layer %d" : "L%dH%d", of->layer, of->head);
        heed_buffer_printf(out, "%-15s %5d  %-8s %-9s %9.3f  %.3f to %.3f  %+4d  %.3f  %+7.3f",
                           run->relation_names[of->relation], of->n, name,
                           of->direction == HEED_RELATION_HEAD ? "its head" : "dependent",
                           of->accuracy, of->interval.low, of->interval.high, of->offset,
                           of->offset_accuracy, of->gain);
        if (of->other_half >= 0) {
            heed_buffer_printf(out, "        %.3f", of->other_half);
        } else {
            heed_buffer_puts(out, "            -");
        }
        put_p(out, of->p_max);
        heed_buffer_puts(out, "\n");
    }
}
