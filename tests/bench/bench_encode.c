/* Encodes and prints medians: for a meson build's benchmark target. Takes the
 * model's folder from HEED_TEST_MODEL and, as arguments, token counts. */
#include <stdio.h>
#include <stdlib.h>

#include "core/bert/encoder.h"
#include "core/tensor/machine.h"

enum { MAX_RUNS = 200 };

static int compare(const void *a, const void *b)
{
    const double x = *(const double *)a;
    const double y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Operations of the products, two for a multiply-add. */
static double operations_of(const struct heed_model_config *c, double n)
{
    const double h = c->hidden;
    const double linear = 4 * h * h + 2 * h * c->intermediate;
    return 2.0 * c->n_layers * (n * linear + 2.0 * n * n * h);
}

static bool measure(struct heed_encoder *encoder, const struct heed_model_config *config, int n,
                    double peak, struct heed_error *err)
{
    int32_t *ids = (int32_t *)malloc((size_t)n * sizeof(*ids));
    double times[MAX_RUNS];
    const int runs = n <= 128 ? MAX_RUNS : MAX_RUNS / 5;
    bool is_done = ids != NULL;
    for (int i = 0; i < n && ids; i++) {
        ids[i] = (i * 37 + 11) % config->vocab_size;
    }
    const struct heed_request request = {.ids = ids, .n_tokens = n};
    for (int i = -3; i < runs && is_done; i++) {
        const struct heed_run *run = NULL;
        is_done = heed_encode(encoder, &request, &run, err);
        if (is_done && i >= 0) {
            times[i] = run->encode_ms;
        }
        heed_run_release(is_done ? run : NULL);
    }
    if (is_done) {
        qsort(times, (size_t)runs, sizeof(times[0]), compare);
        const double gflops = operations_of(config, n) / times[0] * 1e-6;
        printf("%5d tokens: median %8.3f ms, least %8.3f ms, %6.1f GFLOP/s, "
               "%2.0f %% of the peak\n",
               n, times[runs / 2], times[0], gflops, 100.0 * gflops / peak);
    }
    free(ids);
    return is_done;
}

int main(int argc, char **argv)
{
    static const int usual[] = {16, 64, 128, 256, 512};
    const char *folder = getenv("HEED_TEST_MODEL");
    const char *threads = getenv("HEED_BENCH_THREADS");
    struct heed_error err = {0};
    struct heed_model *model = NULL;
    struct heed_encoder *encoder = NULL;
    const struct heed_encoder_options options = {.n_threads = threads ? atoi(threads) : 0};
    double peak = 0.0;
    double read = 0.0;
    if (!folder) {
        fputs("HEED_TEST_MODEL isn't set\n", stderr);
        return 77;
    }
    bool is_done = heed_model_open(&model, folder, &err) &&
                   heed_encoder_create(&encoder, model, options, &err) &&
                   heed_machine_measure(heed_encoder_get_kernels(encoder), options.n_threads, &peak,
                                        &read, &err);
    if (is_done) {
        printf("%s, %d threads; peak %.0f GFLOP/s, reads %.1f GB/s\n",
               heed_encoder_get_kernels(encoder)->name, heed_encoder_get_threads(encoder), peak,
               read);
    }
    const int count = argc > 1 ? argc - 1 : 5;
    for (int i = 0; i < count && is_done; i++) {
        is_done = measure(encoder, heed_model_get_config(model),
                          argc > 1 ? atoi(argv[i + 1]) : usual[i], peak, &err);
    }
    if (!is_done) {
        fprintf(stderr, "%s\n", err.text);
    }
    heed_encoder_destroy(encoder);
    heed_model_destroy(model);
    return is_done ? 0 : 1;
}
