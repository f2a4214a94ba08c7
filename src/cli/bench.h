/*
 * Repeated timings and their medians, for bench. Inside cli only.
 */
#ifndef HEED_CLI_BENCH_H
#define HEED_CLI_BENCH_H

#include <stdbool.h>

#include "base/buffer.h"
#include "base/clock.h"
#include "base/error.h"
#include "core/engine/pipeline.h"

/* Milliseconds of one thing, run again and again. */
struct heed_timings {
    double *ms;
    int n;
    size_t capacity;
    double total_ms;
};

/* False without memory. */
HEED_NODISCARD bool heed_timings_add(struct heed_timings *timings, double ms);
/* Enough of them: 20, and a second in all; at most 2000. */
bool heed_timings_are_enough(const struct heed_timings *timings);
/* Sorts, and returns the median; the least is ms[0]. */
double heed_timings_median(struct heed_timings *timings);
void heed_timings_finish(struct heed_timings *timings);

/* What it can do at most, by all threads that compute (machine.h). */
struct heed_bench_machine {
    double gflops, read_gb_s;
};

/* Appends `"encode":[...]`: one object a length (counted with [CLS] and
 * [SEP]). */
HEED_NODISCARD bool heed_bench_encode(struct heed_buffer *out, struct heed_pipeline *pipeline,
                                      const struct heed_bench_machine *machine, const int *lengths,
                                      int n, struct heed_error *err);

/* Appends `"stages":[...]`: what a keystroke costs before its picture: to
 * tokenise, to analyse (maps and measures), and in all with the encoding. */
HEED_NODISCARD bool heed_bench_stages(struct heed_buffer *out, struct heed_pipeline *pipeline,
                                      const int *lengths, int n, struct heed_error *err);

/* Appends `"draw":[...]`: one object a view and length. A picture is the whole
 * window at 1600x1000 with three heads, drawn off-screen until OpenGL has
 * finished, not read back; median_ms is a new text's, from its maps to the
 * picture. The other times are from an event to its picture. */
HEED_NODISCARD bool heed_bench_draw(struct heed_buffer *out, struct heed_pipeline *pipeline,
                                    const int *lengths, int n, struct heed_error *err);

/* Appends `"probe":{...}`: the same of the Probe panel with this file. progress as of
 * heed_task_run. */
HEED_NODISCARD bool heed_bench_probe(struct heed_buffer *out, struct heed_pipeline *pipeline,
                                     const char *path,
                                     bool (*progress)(void *context, int done, int all),
                                     void *context, struct heed_error *err);

#endif
