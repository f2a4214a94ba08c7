/* A keystroke at a token count seen before asks for no memory, from the copy
 * of its text to the release of the result before: not from the heap, whose
 * functions the linker replaces by counting ones, nor from the system. With
 * the real model (HEED_TEST_MODEL). */
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/compiler.h"
#include "core/engine/engine.h"

enum { LARGE = 64 * 1024 * 1024 };

static atomic_int calls;
static atomic_int n_large; /* that were ever asked for */

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *memory, size_t size);
int __real_posix_memalign(void **memory, size_t alignment, size_t size);
void *__real_mmap64(void *at, size_t size, int access, int flags, int file, off_t offset);
void __real_free(void *memory);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *memory, size_t size);
int __wrap_posix_memalign(void **memory, size_t alignment, size_t size);
void *__wrap_mmap64(void *at, size_t size, int access, int flags, int file, off_t offset);
void __wrap_free(void *memory);

void *__wrap_malloc(size_t size)
{
    atomic_fetch_add(&calls, 1);
    return __real_malloc(size);
}

void *__wrap_calloc(size_t count, size_t size)
{
    atomic_fetch_add(&calls, 1);
    return __real_calloc(count, size);
}

void *__wrap_realloc(void *memory, size_t size)
{
    atomic_fetch_add(&calls, 1);
    return __real_realloc(memory, size);
}

int __wrap_posix_memalign(void **memory, size_t alignment, size_t size)
{
    atomic_fetch_add(&calls, 1);
    return __real_posix_memalign(memory, alignment, size);
}

void *__wrap_mmap64(void *at, size_t size, int access, int flags, int file, off_t offset)
{
    atomic_fetch_add(&calls, 1);
    atomic_fetch_add(&n_large, size >= LARGE);
    return __real_mmap64(at, size, access, flags, file, offset);
}

void __wrap_free(void *memory)
{
    atomic_fetch_add(&calls, memory != NULL);
    __real_free(memory);
}

/* What is asked for beside the text. */
enum changes { MUTED = 1, CUT = 2, COMPARED = 4 };

static const struct heed_head_id muted[] = {{1, 2}};
static const struct heed_scaled_head scaled[] = {{{3, 1}, 0.5f}};
static const struct heed_cut_link cuts[] = {{{-1, -1}, {2, 1}, {3, 1}}, {{3, 1}, {1, 2}, {4, 1}}};
static const char compared[] = "animal street wide wide house river quick";

/* The window's side: it holds one result, as the window does. */
struct window {
    enum changes changes;
    struct heed_engine *engine;
    const struct heed_result *shown;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    int rung, seen;
    uint64_t generation;
    struct heed_variant variant; /* of every job */
};

static void ring(void *context)
{
    struct window *window = context;
    pthread_mutex_lock(&window->lock);
    window->rung++;
    pthread_cond_broadcast(&window->changed);
    pthread_mutex_unlock(&window->lock);
}

static void open_window(struct window *window)
{
    *window = (struct window){.generation = 0};
    pthread_mutex_init(&window->lock, NULL);
    pthread_cond_init(&window->changed, NULL);
    const struct heed_engine_options options = {
        .folder = getenv("HEED_TEST_MODEL"),
        .encoder = {.n_threads = 2},
        .wake = ring,
        .wake_context = window,
    };
    assert_true(heed_engine_create(&window->engine, options, NULL));
}

static void close_window(struct window *window)
{
    heed_result_release(window->shown);
    heed_engine_destroy(window->engine);
}

static void submit(struct window *window, const char *text, const struct heed_filter *filter)
{
    static const struct heed_head_id heads[] = {{0, 0}, {0, 1}, {0, 2}};
    struct heed_job job = {
        .generation = ++window->generation,
        .text = text,
        .text_length = strlen(text),
        .variant = window->variant,
        .filter = *filter,
        .heads = heads,
        .n_heads = HEED_COUNT(heads),
    };
    if (window->changes & MUTED) {
        job.muted = muted;
        job.n_muted = HEED_COUNT(muted);
        job.scaled = scaled;
        job.n_scaled = HEED_COUNT(scaled);
    }
    if (window->changes & CUT) {
        job.cuts = cuts;
        job.n_cuts = HEED_COUNT(cuts);
        job.cuts_of = window->shown;
    }
    if (window->changes & COMPARED) {
        job.compare = compared;
        job.compare_length = strlen(compared);
    }
    assert_true(heed_engine_submit(window->engine, &job, NULL));
}

static void wait_for_bell(struct window *window)
{
    pthread_mutex_lock(&window->lock);
    while (window->rung == window->seen) {
        pthread_cond_wait(&window->changed, &window->lock);
    }
    window->seen = window->rung;
    pthread_mutex_unlock(&window->lock);
}

static void take(struct window *window)
{
    const struct heed_result *result = heed_engine_take(window->engine);
    assert_non_null(result);
    assert_true(result->ok);
    heed_engine_give_back(window->engine, window->shown);
    window->shown = result;
}

/* From the key to the result, and the old one is released. */
static void press(struct window *window, const char *text, const struct heed_filter *filter)
{
    submit(window, text, filter);
    wait_for_bell(window);
    take(window);
}

enum { MAX_TEXT = 4096, MOST_TOKENS = 512, LETTERS = 5 };

/* So many tokens, the template's two among them; the last one changes. */
static const char *make_text(int n_tokens, int variant)
{
    static const char *const words[] = {"animal", "street", "tired", "wide",
                                        "house",  "river",  "quick"};
    static char text[MAX_TEXT];
    size_t length = 0;
    for (int i = 0; i + 3 < n_tokens; i++) {
        length += (size_t)snprintf(text + length, sizeof text - length, "%s ",
                                   words[i % (int)HEED_COUNT(words)]);
    }
    snprintf(text + length, sizeof text - length, "%s", words[variant % (int)HEED_COUNT(words)]);
    return text;
}

static long count_faults(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_minflt;
}

static void type(struct window *window, int n_tokens, int first, const struct heed_filter *filter)
{
    for (int i = first; i < first + LETTERS; i++) {
        press(window, make_text(n_tokens, i), filter);
        assert_int_equal(window->shown->encoding->n_tokens, n_tokens);
    }
}

static void assert_nothing_asked(struct window *window, int n_tokens,
                                 const struct heed_filter *filter)
{
    type(window, n_tokens, 0, filter);
    const int before = atomic_load(&calls);
    const long faults = count_faults();
    type(window, n_tokens, LETTERS, filter);
    const long new_faults = count_faults() - faults;
    const int new_calls = atomic_load(&calls) - before;
    assert_int_equal(new_calls, 0);
#if defined(__SANITIZE_THREAD__)
    (void)new_faults; /* the sanitizer's own */
#else
    /* Fewer than one a keystroke: a thread that gets some task for the first
     * time may touch a page of its stack. */
    assert_true(new_faults < LETTERS);
#endif
}

static const int lengths[] = {16, 128, MOST_TOKENS, 16};

static void a_warm_keystroke_asks_for_no_memory(void **state)
{
    (void)state;
    struct window window;
    const struct heed_filter filter = heed_filter_default();
    open_window(&window);
    for (size_t i = 0; i < HEED_COUNT(lengths); i++) {
        assert_nothing_asked(&window, lengths[i], &filter);
    }
    close_window(&window);
}

static void nor_does_one_under_a_filter(void **state)
{
    (void)state;
    struct window window;
    open_window(&window);
    for (int measure = 0; measure < 3; measure++) {
        struct heed_filter filter = heed_filter_default();
        filter.measure = (enum heed_measure)measure;
        filter.hide_special = true;
        filter.words = measure > 0;
        filter.renormalise = true;
        filter.aggregate = (enum heed_aggregate)measure;
        assert_nothing_asked(&window, 128, &filter);
    }
    close_window(&window);
}

static void nor_does_one_of_a_changed_encoder(void **state)
{
    (void)state;
    static const struct heed_variant variants[] = {
        {.mask = {HEED_MASK_WINDOW, 2}, .attention = HEED_ATTENTION_LINEAR},
        {.mask = {HEED_MASK_CAUSAL}, .positions = HEED_POSITIONS_SINUSOIDAL},
        {.positions = HEED_POSITIONS_OFF, .attention = HEED_ATTENTION_FLASH}};
    struct window window;
    const struct heed_filter filter = heed_filter_default();
    open_window(&window);
    for (size_t i = 0; i < HEED_COUNT(variants); i++) {
        window.variant = variants[i];
        assert_nothing_asked(&window, 128, &filter);
        assert_non_null(window.shown->plain);
    }
    close_window(&window);
}

static void nor_does_one_with_something_off_or_compared(void **state)
{
    (void)state;
    const struct heed_filter filter = heed_filter_default();
    const int all = MUTED | CUT | COMPARED;
    for (int changes = MUTED; changes <= all; changes++) {
        struct window window;
        open_window(&window);
        window.changes = (enum changes)changes;
        assert_nothing_asked(&window, 16, &filter);
        assert_nothing_asked(&window, 64, &filter);
        assert_true(window.shown->plain || changes == COMPARED);
        assert_true(window.shown->compare || !(changes & COMPARED));
        close_window(&window);
    }
}

/* What idled in the stocks goes, large and small, and comes back with the next key. */
static void after_a_rest_only_the_first_asks(void **state)
{
    (void)state;
    const struct timespec pause = {.tv_nsec = 10 * 1000 * 1000};
    const struct heed_filter filter = heed_filter_default();
    struct window window;
    open_window(&window);
    assert_nothing_asked(&window, 128, &filter);
    const int before = atomic_load(&calls);
    heed_engine_rest(window.engine);
    for (int i = 0; atomic_load(&calls) == before; i++) {
        assert_true(i < 1000);
        nanosleep(&pause, NULL);
    }
    press(&window, make_text(128, 0), &filter);
    assert_in_range(atomic_load(&calls) - before, 8, 1000);
    assert_nothing_asked(&window, 128, &filter);
    close_window(&window);
}

/* The window is busy for a while when a result comes and the next key with
 * it: the worker waits for the window, not for the system's memory. */
static void keys_quicker_than_runs_need_no_third_run(void **state)
{
    (void)state;
    const struct timespec while_drawing = {.tv_nsec = 30 * 1000 * 1000};
    const struct heed_filter filter = heed_filter_default();
    struct window window;
    open_window(&window);
    press(&window, make_text(MOST_TOKENS, 0), &filter);
    const int before = atomic_load(&n_large);
    for (int i = 1; i <= LETTERS; i++) {
        submit(&window, make_text(MOST_TOKENS, 2 * i), &filter);
        wait_for_bell(&window);
        submit(&window, make_text(MOST_TOKENS, 2 * i + 1), &filter);
        nanosleep(&while_drawing, NULL);
        take(&window);
        wait_for_bell(&window);
        take(&window);
    }
    assert_int_equal(atomic_load(&n_large) - before, 1);
    close_window(&window);
}

int main(void)
{
    if (!getenv("HEED_TEST_MODEL") || HEED_FINDS_MISUSE) {
        return 77;
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_warm_keystroke_asks_for_no_memory),
        cmocka_unit_test(nor_does_one_under_a_filter),
        cmocka_unit_test(nor_does_one_of_a_changed_encoder),
        cmocka_unit_test(nor_does_one_with_something_off_or_compared),
        cmocka_unit_test(after_a_rest_only_the_first_asks),
        cmocka_unit_test(keys_quicker_than_runs_need_no_third_run),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
