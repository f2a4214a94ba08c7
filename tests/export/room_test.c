/* Every picture that can be asked for holds all that it shows, or is refused with
 * a size that does: every view, style, width and type, of short and long texts in
 * three scripts. A sample, or as many as HEED_TEST_SAMPLE says; HEED_TEST_FULL: all.
 * HEED_TEST_PART=2/4: the second quarter of them, for runs side by side.
 * HEED_TEST_SEED=N: another sample.
 * HEED_TEST_ONLY: those whose names hold this; HEED_TEST_VERBOSE: what became of each. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/compiler.h"
#include "export/page.h"
#include "ink.h"
#include "render/cairo/cairo_painter.h"
#include "room_cases.h"
#include "scene/views/views.h"

enum { SAMPLE = 260, SEED = 20 };

/* How often the label of each token is to be seen. */
static const int labels_of[HEED_N_VIEWS] = {
    [HEED_VIEW_LINKS] = 2,   [HEED_VIEW_ARCS] = 1, [HEED_VIEW_MATRIX] = 2, [HEED_VIEW_NEURON] = 1,
    [HEED_VIEW_COMPARE] = 1, [HEED_VIEW_LAB] = 2,  [HEED_VIEW_HEADS] = 0,  [HEED_VIEW_STACK] = 0,
};

struct fixture {
    struct room_rig rig;
    struct heed_pango *pango;
    struct ink *ink;
    struct heed_view_cache cache;
    struct heed_list list;
    struct heed_buffer out;
    const char **texts;
    size_t n_texts;
    int n_drawn, n_refused, n_bad;
};

static struct fixture fixture;

static int set_up(void **state)
{
    struct heed_error err = {0};
    *state = &fixture;
    room_open(&fixture.rig, getenv("HEED_TEST_MODEL"), NULL);
    fixture.ink = ink_open();
    return heed_pango_create(&fixture.pango, &err) ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    heed_view_forget(&fixture.cache);
    heed_list_finish(&fixture.list);
    heed_buffer_finish(&fixture.out);
    free(fixture.texts);
    heed_pango_destroy(fixture.pango);
    ink_close(fixture.ink);
    room_close(&fixture.rig);
    return 0;
}

static void complain(const char *format, ...) HEED_PRINTF(1, 2);

static void complain(const char *format, ...)
{
    char line[512];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    heed_buffer_printf(&fixture.out, "  %s\n", line);
}

/* --- what is to be seen --- */

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* All texts of the picture, in order: a long one has a million. */
static void collect_texts(void)
{
    fixture.texts = realloc(fixture.texts, (fixture.list.n_items + 1) * sizeof *fixture.texts);
    fixture.n_texts = 0;
    for (size_t i = 0; i < fixture.list.n_items; i++) {
        if (fixture.list.items[i].kind == HEED_ITEM_TEXT) {
            fixture.texts[fixture.n_texts++] = fixture.list.items[i].as.text.text;
        }
    }
    qsort(fixture.texts, fixture.n_texts, sizeof *fixture.texts, by_text);
}

/* How many are before label, or with_it: before what comes behind it. */
static size_t count_before(const char *label, bool with_it)
{
    size_t from = 0, to = fixture.n_texts;
    while (from < to) {
        const size_t middle = (from + to) / 2;
        const int order = strcmp(fixture.texts[middle], label);
        if (order < 0 || (with_it && order == 0)) {
            from = middle + 1;
        } else {
            to = middle;
        }
    }
    return from;
}

/* Also without the "##" of a piece that goes on, which is a text of its own. */
static int count_seen(const char *label)
{
    const int whole = (int)(count_before(label, true) - count_before(label, false));
    return whole + (strncmp(label, "##", 2) == 0 ? count_seen(label + 2) : 0);
}

static void expect(const char *label, int times)
{
    const int seen = count_seen(label);
    if (seen < times) {
        complain("\"%s\" is seen %d times of %d", label, seen, times);
    }
}

static void check_tokens(const struct heed_maps *maps, int times)
{
    for (int i = 0; i < maps->n; i++) {
        int same = 0;
        for (int j = 0; j < maps->n; j++) {
            same += strcmp(maps->units[i].label, maps->units[j].label) == 0;
        }
        if (i == 0 || strcmp(maps->units[i].label, maps->units[i - 1].label) != 0) {
            expect(maps->units[i].label, same * times);
        }
    }
}

static void check_numbers(const char *format, int n)
{
    for (int i = 0; i < n; i++) {
        char label[16];
        snprintf(label, sizeof label, format[0] == 'L' ? "L%d" : "%d", i);
        expect(label, 1);
    }
}

/* The figure of a query; of every other view the figure is its picture. */
static bool is_two_sided(const struct room_case *it)
{
    return it->figure && (it->view == HEED_VIEW_LINKS || it->view == HEED_VIEW_COMPARE);
}

static void check_labels(const struct room_case *it)
{
    const struct heed_maps *maps = fixture.rig.result->maps;
    check_tokens(maps, is_two_sided(it) ? 1 : labels_of[it->view]);
    if (it->view == HEED_VIEW_HEADS) {
        check_numbers("L", maps->n_layers);
        check_numbers("", maps->n_heads);
    } else if (it->view == HEED_VIEW_STACK) {
        expect("Embedding", 1);
        check_numbers("", maps->n_layers);
        expect("Mean pooling", 1);
    }
}

static void check_whole_words(void)
{
    for (size_t i = 0; i < fixture.list.n_items; i++) {
        const struct heed_item *item = &fixture.list.items[i];
        if (item->kind == HEED_ITEM_TEXT &&
            (strstr(item->as.text.text, "\xE2\x80\xA6") || strstr(item->as.text.text, "..."))) {
            complain("cut short: \"%s\"", item->as.text.text);
        }
    }
}

/* --- cases --- */

static bool ask(const struct room_case *it, struct heed_page *page, struct heed_error *err)
{
    const struct heed_state *state = &fixture.rig.state;
    const struct heed_model *model = heed_pipeline_get_model(fixture.rig.pipeline);
    struct heed_export_options options = {.figure = it->figure};
    if (it->figure && it->view == HEED_VIEW_COMPARE) { /* its text has a word more before them */
        options.compare = fixture.rig.result->compare->result;
        options.compare_query = (struct heed_pin){state->query.first + 1, state->query.count};
        options.compare_key = (struct heed_pin){state->key.first + 1, state->key.count};
    }
    const struct heed_view_source looked = {state, fixture.rig.result, model, NULL};
    heed_view_follow(&fixture.cache, &looked);
    const struct heed_page_source source = {
        .options = &options,
        .state = state,
        .result = fixture.rig.result,
        .model = model,
        .metrics = heed_pango_get_metrics(fixture.pango),
        .cache = fixture.cache.data,
    };
    page->unit = HEED_PX_PER_MM;
    page->unit_name = "mm";
    *err = (struct heed_error){0};
    return heed_page_find(&source, page, &fixture.list, err);
}

/* What was drawn is as it was asked for. */
static void check_picture(const struct room_case *it, const struct heed_page *page)
{
    const float asked = it->width_mm * HEED_PX_PER_MM;
    if (page->pt != it->pt) {
        complain("type is %g pt", (double)page->pt);
    }
    if (fixture.list.width != page->width || (asked > 0 && fabsf(page->width - asked) > 0.01f)) {
        complain("the page is %g mm wide", (double)(page->width / HEED_PX_PER_MM));
    }
    for (size_t i = 0; i < fixture.list.n_items; i++) {
        const struct heed_item *item = &fixture.list.items[i];
        if (item->kind == HEED_ITEM_TEXT && item->as.text.style.size < 0.7f * it->pt * 96 / 72) {
            complain("\"%s\" is of %g px", item->as.text.text, (double)item->as.text.style.size);
        }
    }
    collect_texts();
    ink_check(fixture.ink, &fixture.list, &fixture.out);
    check_labels(it);
    check_whole_words();
}

/* The message names a size, and that one does. */
static void check_refusal(const struct room_case *it, const struct heed_error *err)
{
    float mm = 0;
    const char *at = strstr(err->text, " needs ");
    struct heed_error other;
    if (at == NULL || sscanf(at, " needs %f mm at ", &mm) != 1) {
        complain("%s", err->text);
        return;
    }
    struct room_case named = *it;
    struct heed_page page = {.width = mm * HEED_PX_PER_MM, .pt = it->pt};
    named.width_mm = mm;
    if (mm <= it->width_mm) {
        complain("it had that size: %s", err->text);
    } else if (!ask(it, &page, &other)) {
        complain("%s; but then: %s", err->text, other.text);
    } else {
        check_picture(&named, &page);
    }
    if (it->width_mm == 0 && it->n_tokens <= 66 && it->pt <= 8) {
        complain("refused without a size: %s", err->text);
    }
}

static void try_case(const struct room_case *it)
{
    struct heed_error err;
    struct heed_page page = {.width = it->width_mm * HEED_PX_PER_MM, .pt = it->pt};
    heed_buffer_clear(&fixture.out);
    room_choose(&fixture.rig, it);
    const bool drawn = ask(it, &page, &err);
    if (drawn) {
        check_picture(it, &page);
    } else {
        check_refusal(it, &err);
    }
    fixture.n_drawn += drawn;
    fixture.n_refused += !drawn;
    fixture.n_bad += fixture.out.size > 0;
    if (fixture.out.size > 0) {
        print_error("%s:\n%.2000s", it->name, fixture.out.data);
    }
    if (getenv("HEED_TEST_VERBOSE")) {
        print_message("%s: %s\n", it->name, drawn ? "drawn" : err.text);
    }
}

static bool is_wanted(const struct room_case *it)
{
    const char *only = getenv("HEED_TEST_ONLY");
    return room_is_asked(it) && (only == NULL || strstr(it->name, only) != NULL);
}

static int by_number(const void *a, const void *b)
{
    const size_t x = *(const size_t *)a, y = *(const size_t *)b;
    return x < y ? -1 : x > y;
}

/* Of all cases a sixth, so that each turn meets every view, width and size of type. */
static bool is_its_turn(const struct room_case *it)
{
    return it->turn == (it->type + it->size + (int)it->view) % ROOM_TURNS;
}

static size_t asked_number(const char *name, size_t usual)
{
    const char *asked = getenv(name);
    return asked != NULL && atoi(asked) > 0 ? (size_t)atoi(asked) : usual;
}

/* Numbers of cases, in order: all, or some by a seed; of the longest text few, unless it is
 * said how many are to be tried. */
static size_t choose(size_t **numbers)
{
    const bool only = getenv("HEED_TEST_ONLY") != NULL;
    const bool full = getenv("HEED_TEST_FULL") != NULL || only;
    const bool fair = getenv("HEED_TEST_SAMPLE") != NULL;
    const size_t all = room_count(), some = asked_number("HEED_TEST_SAMPLE", SAMPLE);
    size_t n = 0;
    uint64_t random = asked_number("HEED_TEST_SEED", SEED);
    *numbers = calloc(full ? all : some, sizeof **numbers);
    for (size_t i = 0; full ? i < all : n < some; i++) {
        random = random * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        const size_t number = full ? i : (size_t)((random >> 33) % all);
        const struct room_case it = room_case_of(number);
        if (is_wanted(&it) &&
            (full ? only || is_its_turn(&it) : fair || it.n_tokens < 512 || n % 40 == 0)) {
            (*numbers)[n++] = number;
        }
    }
    qsort(*numbers, n, sizeof **numbers, by_number);
    return n;
}

static void a_picture_holds_all_that_it_shows_or_is_refused(void **state)
{
    (void)state;
    size_t *numbers = NULL, part = 1, parts = 1;
    fixture.n_drawn = fixture.n_refused = fixture.n_bad = 0;
    const size_t n = choose(&numbers);
    const char *asked = getenv("HEED_TEST_PART");
    if (asked != NULL && (sscanf(asked, "%zu/%zu", &part, &parts) != 2 || part < 1)) {
        fail_msg("HEED_TEST_PART can't be '%s'; write it as 1/4", asked);
    }
    for (size_t i = n * (part - 1) / parts; i < n * part / parts; i++) {
        const struct room_case it = room_case_of(numbers[i]);
        try_case(&it);
    }
    free(numbers);
    print_message("%d cases: %d drawn, %d refused, %d failures\n",
                  fixture.n_drawn + fixture.n_refused, fixture.n_drawn, fixture.n_refused,
                  fixture.n_bad);
    assert_int_equal(fixture.n_bad, 0);
}

/* A column of a paper, in the type that is usual there. */
static void three_heads_of_neuron_have_room_in_a_column(void **state)
{
    (void)state;
    int n = 0;
    fixture.n_drawn = fixture.n_refused = fixture.n_bad = 0;
    for (size_t i = 0; i < room_count(); i++) {
        const struct room_case it = room_case_of(i);
        if (strstr(it.name, "neuron, 16 tokens, ") != NULL &&
            strstr(it.name, " 3 heads, ") != NULL && strstr(it.name, ", 85 mm, 8 pt") != NULL) {
            try_case(&it);
            n++;
        }
    }
    assert_true(n >= 3 * ROOM_TURNS);
    assert_int_equal(fixture.n_drawn, n);
    assert_int_equal(fixture.n_bad, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(three_heads_of_neuron_have_room_in_a_column),
        cmocka_unit_test(a_picture_holds_all_that_it_shows_or_is_refused),
    };
    return getenv("HEED_TEST_MODEL") == NULL ? 77
                                             : cmocka_run_group_tests(tests, set_up, tear_down);
}
