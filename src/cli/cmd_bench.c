#include <ctype.h>
#include <stddef.h>
#include <string.h>

#include "cli/bench.h"
#include "cli/commands.h"
#include "cli/progress.h"
#include "core/bert/encoder.h"
#include "core/model/model.h"
#include "core/tensor/machine.h"

enum { MOST_LENGTHS = 64 };

/* --only */
enum { ONLY_ENCODE = 1, ONLY_DRAW };

static bool parse_lengths(const char *list, int *lengths, int *n, struct heed_error *err)
{
    const char *at = list;
    int count = 0;
    do {
        int length = 0;
        const char *start = at;
        while (isdigit((unsigned char)*at) && at - start < 6) {
            length = length * 10 + (*at++ - '0');
        }
        if (at == start || length == 0 || count == MOST_LENGTHS || (*at != ',' && *at != '\0')) {
            return heed_error_set(err, HEED_ERROR_USAGE,
                                  "--lengths can't be '%.40s'; write token counts as 16,64,128",
                                  list);
        }
        lengths[count++] = length;
    } while (*at++ == ',');
    *n = count;
    return true;
}

static bool fit_lengths(const int *lengths, int n, const struct heed_tokenizer *tokenizer,
                        struct heed_error *err)
{
    const int limit = heed_tokenizer_get_limit(tokenizer);
    for (int k = 0; k < n; k++) {
        if (lengths[k] > limit) {
            return heed_error_set(err, HEED_ERROR_INPUT, "%d tokens are more than the model's %d",
                                  lengths[k], limit);
        }
    }
    return true;
}

static void put_machine(struct heed_buffer *out, struct heed_pipeline *pipeline,
                        const struct heed_bench_machine *machine)
{
    const struct heed_encoder *encoder = heed_pipeline_get_encoder(pipeline);
    const char *name = heed_model_get_name(heed_pipeline_get_model(pipeline));
    const char *kernels = heed_encoder_get_kernels(encoder)->name;
    heed_buffer_puts(out, ",\"model\":");
    heed_buffer_put_json(out, name, strlen(name));
    heed_buffer_puts(out, ",\"kernels\":");
    heed_buffer_put_json(out, kernels, strlen(kernels));
    heed_buffer_printf(out, ",\"threads\":%d,\"machine\":{\"gflops\":%.1f,\"read_gb_s\":%.1f}}\n",
                       heed_encoder_get_threads(encoder), machine->gflops, machine->read_gb_s);
}

/* The default lengths that the model can take. */
static int default_lengths(int *lengths, const struct heed_tokenizer *tokenizer)
{
    static const int all[] = {16, 64, 128, 512};
    const int limit = heed_tokenizer_get_limit(tokenizer);
    int n = 0;
    for (size_t k = 0; k < HEED_COUNT(all); k++) {
        if (all[k] <= limit) {
            lengths[n++] = all[k];
        }
    }
    return n;
}

/* Without a part that was asked for by name, a machine that can't draw still
 * gets the other's numbers. */
static bool bench_draw(struct heed_buffer *out, struct heed_pipeline *pipeline, const int *lengths,
                       int n, bool is_wanted, struct heed_error *err)
{
    struct heed_buffer part = {0};
    struct heed_error problem = {0};
    bool ok = heed_bench_draw(&part, pipeline, lengths, n, &problem);
    if (ok) {
        heed_buffer_append(out, part.data, part.size);
        out->failed |= part.failed;
    } else if (is_wanted) {
        heed_error_set(err, problem.code, "%s", problem.text);
    } else {
        heed_cli_note("note: drawing isn't measured: %s", problem.text);
        heed_buffer_puts(out, "\"draw\":[]");
        ok = true;
    }
    heed_buffer_finish(&part);
    return ok;
}

static bool bench(const struct heed_cli_options *options, struct heed_pipeline *pipeline,
                  int *lengths, int n, struct heed_error *err)
{
    const struct heed_tokenizer *tokenizer = heed_pipeline_get_tokenizer(pipeline);
    if (n == 0) {
        n = default_lengths(lengths, tokenizer);
    }
    const struct heed_encoder *encoder = heed_pipeline_get_encoder(pipeline);
    struct heed_buffer out = {0};
    struct heed_bench_machine machine = {0};
    heed_buffer_puts(&out, "{");
    bool ok =
        fit_lengths(lengths, n, tokenizer, err) &&
        heed_machine_measure(heed_encoder_get_kernels(encoder), heed_encoder_get_threads(encoder),
                             &machine.gflops, &machine.read_gb_s, err);
    if (options->only != ONLY_DRAW) {
        ok = ok && heed_bench_encode(&out, pipeline, &machine, lengths, n, err);
        heed_buffer_puts(&out, ",");
        ok = ok && heed_bench_stages(&out, pipeline, lengths, n, err);
        heed_buffer_puts(&out, options->only == 0 ? "," : "");
    }
    if (options->only != ONLY_ENCODE) {
        ok = ok && bench_draw(&out, pipeline, lengths, n, options->only == ONLY_DRAW, err);
    }
    put_machine(&out, pipeline, &machine);
    ok = ok && heed_cli_print(&out, err);
    heed_buffer_finish(&out);
    return ok;
}

static bool bench_probe(const char *path, struct heed_pipeline *pipeline, struct heed_error *err)
{
    struct heed_cli_progress progress = {.what = "sentences"};
    struct heed_buffer out = {0};
    heed_buffer_puts(&out, "{");
    bool ok = heed_bench_probe(&out, pipeline, path, heed_cli_show_progress, &progress, err);
    heed_buffer_puts(&out, "}\n");
    ok = ok && heed_cli_print(&out, err);
    heed_buffer_finish(&out);
    return ok;
}

static bool run(const struct heed_cli_options *options, struct heed_error *err)
{
    int lengths[MOST_LENGTHS];
    int n = 0; /* the default's */
    if (options->lengths && !parse_lengths(options->lengths, lengths, &n, err)) {
        return false;
    }
    struct heed_pipeline *pipeline = NULL;
    const bool ok = heed_cli_open_model(&pipeline, options, err) &&
                    (options->probe ? bench_probe(options->probe, pipeline, err)
                                    : bench(options, pipeline, lengths, n, err));
    heed_pipeline_close(pipeline);
    return ok;
}

static const char *const parts[] = {"encode", "draw", NULL};

static const struct heed_option options_of_bench[] = {
    {HEED_OPTION(TEXT, "lengths", "N,N,...", lengths,
                 "tokens, [CLS] and [SEP] counted (default: 16,64,128,512)")},
    {HEED_OPTION(CHOICE, "only", "PART", only, "measure one part"), 0, 0, parts, ONLY_ENCODE},
    {HEED_OPTION(PATH, "probe", "FILE", probe, "the Probe panel with this file, nothing else")},
    {HEED_OPTION(CHOICE, "kernels", "SET", kernels, "compute with these, not the fastest"), 0, 0,
     heed_kernels_names, 1},
};

const struct heed_command heed_command_bench = {
    .name = "bench",
    .usage = "[--lengths 16,64,...]",
    .summary = "measure how fast this machine computes; prints JSON",
    .about =
        "Medians in ms of at least 20 runs and a second for each length; gflops counts the\n"
        "matrix products and the attention; peak_share is its share of the multiply-adds that\n"
        "these kernels' instructions can do here, read_share that of the packed weights' bytes a "
        "run in what it\n"
        "can read. draw is the window at 1600x1000 with three heads,\n"
        "drawn off-screen; keystroke_ms and the like are from an event to its picture.\n",
    .options = options_of_bench,
    .n_options = HEED_COUNT(options_of_bench),
    .takes = HEED_TAKES_RUN | HEED_TAKES_JSON,
    .run = run,
};
