/* Splits an encoding's CPU time on one thread by part: a kernel set that
 * times what it passes on. CPU time, because it says the same on a machine
 * that others use too. Takes the model's folder from HEED_TEST_MODEL and, as
 * arguments, a kernel set's name, if not the fastest one, and token counts. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/bert/encoder_internal.h"

enum part {
    QKV,
    SCORES,
    SOFTMAX,
    MIX,
    OUTPUT,
    INNER,
    OUTER,
    NORM,
    REST, /* embedding, packing of keys and values */
    ALL,
    N_PARTS
};

enum { RUNS = 40 };

static const char *const names[N_PARTS] = {"qkv",   "scores", "softmax", "a v",  "output",
                                           "inner", "outer",  "norm",    "rest", "all"};

static const struct heed_kernel_set *kernels;
static const struct heed_model_config *config;
static double spent[N_PARTS];
static double clock_ms; /* what it takes to ask for the time */
static int n_asked;     /* pairs of such questions */

static double cpu_ms(void)
{
    struct timespec time;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return (double)time.tv_sec * 1e3 + (double)time.tv_nsec * 1e-6;
}

static enum part part_of(const struct heed_product *product)
{
    const int hidden = config->hidden;
    if (product->depth == config->head_dim) {
        return SCORES;
    }
    if (product->columns == config->head_dim) {
        return MIX;
    }
    if (product->depth == config->intermediate) {
        return OUTER;
    }
    if (product->columns == 3 * hidden) {
        return QKV;
    }
    return product->columns == hidden ? OUTPUT : INNER;
}

/* A part holds one of the two questions that measure it, the rest the other. */
static void measure_clock(void)
{
    enum { CALLS = 100000 };
    const double start = cpu_ms();
    double last = start;
    for (int i = 0; i < CALLS; i++) {
        last = cpu_ms();
    }
    clock_ms = (last - start) / CALLS;
}

static void multiply(const struct heed_product *product)
{
    const double start = cpu_ms();
    kernels->multiply(product);
    n_asked++;
    spent[part_of(product)] += cpu_ms() - start - clock_ms;
}

static void softmax(float *weights, float *scores, size_t stride, int rows, int n, float *entropies)
{
    const double start = cpu_ms();
    kernels->softmax(weights, scores, stride, rows, n, entropies);
    n_asked++;
    spent[SOFTMAX] += cpu_ms() - start - clock_ms;
}

static void add_norm(float *y, const float *x, const float *residual, int rows,
                     const struct heed_norm *norm)
{
    const double start = cpu_ms();
    kernels->add_norm(y, x, residual, rows, norm);
    n_asked++;
    spent[NORM] += cpu_ms() - start - clock_ms;
}

static bool encode(struct heed_encoder *encoder, const int32_t *ids, int n, struct heed_error *err)
{
    const struct heed_request request = {.ids = ids, .n_tokens = n};
    const struct heed_run *run = NULL;
    memset(spent, 0, sizeof(spent));
    n_asked = 0;
    const double start = cpu_ms();
    if (!heed_encode(encoder, &request, &run, err)) {
        return false;
    }
    spent[ALL] = cpu_ms() - start - 2.0 * n_asked * clock_ms;
    heed_run_release(run);
    spent[REST] = spent[ALL];
    for (int p = 0; p < REST; p++) {
        spent[REST] -= spent[p];
    }
    return true;
}

/* The least of each part. */
static bool measure(struct heed_encoder *encoder, int n, struct heed_error *err)
{
    double least[N_PARTS];
    int32_t *ids = (int32_t *)malloc((size_t)n * sizeof(*ids));
    bool is_done = ids != NULL;
    for (int i = 0; i < n && ids; i++) {
        ids[i] = (i * 37 + 11) % config->vocab_size;
    }
    for (int i = 0; i < RUNS && is_done; i++) {
        is_done = encode(encoder, ids, n, err);
        for (int p = 0; p < N_PARTS; p++) {
            least[p] = i == 0 || spent[p] < least[p] ? spent[p] : least[p];
        }
    }
    printf("| %d |", n);
    for (int p = 0; p < N_PARTS && is_done; p++) {
        printf(" %.2f |", least[p]);
    }
    putchar('\n');
    free(ids);
    return is_done;
}

/* Takes the set's name out of the arguments, whose others are numbers. */
static bool choose_kernels(int *argc, char ***argv)
{
    const char *name = *argc > 1 ? (*argv)[1] : "";
    if (!isalpha((unsigned char)name[0])) {
        kernels = heed_kernels_get_fastest();
        return true;
    }
    kernels = heed_kernels_find(name);
    if (!kernels) {
        fprintf(stderr, "this processor, or this build, has no %s kernels; the build has", name);
        for (int i = 0; heed_kernels_names[i]; i++) {
            fprintf(stderr, " %s", heed_kernels_names[i]);
        }
        fputc('\n', stderr);
        return false;
    }
    --*argc;
    ++*argv;
    return true;
}

int main(int argc, char **argv)
{
    static const int usual[] = {16, 64, 128, 256, 512};
    const char *folder = getenv("HEED_TEST_MODEL");
    struct heed_error err = {0};
    struct heed_model *model = NULL;
    struct heed_encoder *encoder = NULL;
    if (!folder) {
        fputs("HEED_TEST_MODEL isn't set\n", stderr);
        return 77;
    }
    measure_clock();
    if (!choose_kernels(&argc, &argv)) {
        return 1;
    }
    struct heed_kernel_set timed = *kernels;
    timed.multiply = multiply;
    timed.softmax = softmax;
    timed.add_norm = add_norm;
    bool is_done = heed_model_open(&model, folder, &err);
    if (is_done) {
        config = heed_model_get_config(model);
        is_done = heed_encoder_create_with_kernels(&encoder, config, heed_model_get_weights(model),
                                                   &timed, 1, &err);
    }
    printf("| tokens |");
    for (int p = 0; p < N_PARTS; p++) {
        printf(" %s |", names[p]);
    }
    printf("\n|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|\n");
    const int count = argc > 1 ? argc - 1 : 5;
    for (int i = 0; i < count && is_done; i++) {
        is_done = measure(encoder, argc > 1 ? atoi(argv[i + 1]) : usual[i], &err);
    }
    if (!is_done) {
        fprintf(stderr, "%s\n", err.text);
    }
    heed_encoder_destroy(encoder);
    heed_model_destroy(model);
    return is_done ? 0 : 1;
}
