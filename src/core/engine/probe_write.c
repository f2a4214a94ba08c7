#include <string.h>

#include "core/engine/probe_task.h"

static void put_halves(struct heed_buffer *out, const struct heed_probe_summary *summary)
{
    heed_buffer_puts(out, ",\"halves\":[");
    for (int i = 0; i < 2; i++) {
        const struct heed_probe_half *half = &summary->halves[i];
        if (half->n == 0 || half->n_other == 0) {
            continue; /* one pair has no halves */
        }
        heed_buffer_printf(out,
                           "%s{\"layer\":%d,\"head\":%d,\"sentences\":%d,\"accuracy\":%.7g,\"other_"
                           "sentences\":%d,\"other_accuracy\":%.7g}",
                           i > 0 ? "," : "", half->layer, half->head, half->n, half->accuracy,
                           half->n_other, half->on_other);
    }
    heed_buffer_puts(out, "]");
}

static void put_skipped(struct heed_buffer *out, const struct heed_probe_run *run)
{
    heed_buffer_puts(out, ",\"skipped\":[");
    for (size_t i = 0; i < run->n_skipped; i++) {
        heed_buffer_printf(out, "%s{\"line\":%zu,\"why\":", i > 0 ? "," : "", run->skipped[i].line);
        heed_buffer_put_json(out, run->skipped[i].why, strlen(run->skipped[i].why));
        heed_buffer_puts(out, "}");
    }
    heed_buffer_puts(out, "]");
}

void heed_probe_put_json(struct heed_buffer *out, const struct heed_probe_run *run)
{
    heed_buffer_printf(out, "{\"sentences\":%d", heed_probe_get_count(run->probe));
    put_skipped(out, run);
    heed_buffer_puts(out, ",\"heads\":[");
    for (int h = 0; h < run->n_layers * run->n_heads; h++) {
        const struct heed_probed_head *head = &run->heads[h];
        const struct heed_probe_head_intervals *of = &run->intervals[h];
        heed_buffer_printf(out,
                           "%s{\"layer\":%d,\"head\":%d,\"accuracy\":%.7g,\"margin\":%.7g,"
                           "\"interval\":[%.7g,%.7g],\"margin_interval\":[%.7g,%.7g]}",
                           h > 0 ? "," : "", head->layer, head->head, head->accuracy, head->margin,
                           of->accuracy.low, of->accuracy.high, of->margin.low, of->margin.high);
    }
    const struct heed_probe_baselines baselines = run->baselines;
    const struct heed_probe_summary *summary = &run->summary;
    heed_buffer_printf(out,
                       "],\"baselines\":{\"nearest\":%.7g,\"first\":%.7g,\"uniform\":%.7g},"
                       "\"pairs\":%d,\"mas\":{\"accuracy\":%.7g,\"interval\":[%.7g,%.7g]}",
                       baselines.nearest, baselines.first, baselines.uniform, summary->n_pairs,
                       summary->mas, summary->mas_interval.low, summary->mas_interval.high);
    put_halves(out, summary);
    heed_buffer_puts(out, "}\n");
}

void heed_probe_put_csv(struct heed_buffer *out, const struct heed_probe_run *run)
{
    heed_buffer_puts(
        out, "layer,head,accuracy,accuracy_low,accuracy_high,margin,margin_low,margin_high\n");
    for (int h = 0; h < run->n_layers * run->n_heads; h++) {
        const struct heed_probed_head *head = &run->heads[h];
        const struct heed_probe_head_intervals *of = &run->intervals[h];
        heed_buffer_printf(out, "%d,%d,%.7g,%.7g,%.7g,%.7g,%.7g,%.7g\n", head->layer, head->head,
                           head->accuracy, of->accuracy.low, of->accuracy.high, head->margin,
                           of->margin.low, of->margin.high);
    }
}
