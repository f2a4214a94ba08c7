/* Every view, panel and page of the window at every size, of short and long texts in three
 * scripts, with and without pins: no text lies over another, none is cut off or too faint, and
 * no value over an arc. A sample, or as many as HEED_TEST_SAMPLE says; HEED_TEST_FULL: all;
 * HEED_TEST_QUICK: a few.
 * HEED_TEST_SEED=N: another sample. HEED_TEST_ONLY: those whose names hold this;
 * HEED_TEST_PICTURES: a folder to write their pictures to.
 */
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
#include "draw/hit.h"
#include "legible.h"
#include "real_window.h"
#include "state/candidates.h"
#include "ui/actions/tasks.h"
#include "ui/ui.h"

enum { SAMPLE = 200, QUICK_SAMPLE = 40, SEED = 7, CTRL = HEED_MOD_CTRL, SHIFT = HEED_MOD_SHIFT };

static const struct {
    const char *name;
    float width, height, ratio;
} screens[] = {{"640x480", 640, 480, 1},     {"800x600", 800, 600, 1},
               {"1024x700", 1024, 700, 1},   {"1280x720", 1280, 720, 1},
               {"1600x1000", 1600, 1000, 1}, {"2560x1440", 2560, 1440, 1},
               {"scale2", 2560, 1440, 2}};

/* The text and, in its last word, its twin. */
static const struct {
    const char *name, *text, *last, *other;
    int query, key, rival; /* tokens */
} texts[] = {
    {"5", "The cat", " slept", " ran", 3, 2, 1},
    {"16", "The animal didn't cross the street because it was too", " tired.", " wide.", 10, 2, 8},
    {"42",
     "When the committee finally met in the old library, nobody could remember why the bridge, "
     "which had been closed for three years, was still on the agenda, so the secretary read the "
     "minutes aloud before the first",
     " snow.", " heavy rain.", 24, 3, 16},
    {"66",
     "When the committee that had been appointed by the mayor finally met in the old library, "
     "nobody could remember why the bridge, which had been closed for three years because of a "
     "crack in one pillar, was still on the agenda, so the secretary read the minutes aloud and "
     "everyone agreed that it should be opened again before the first snow fell in the",
     " mountains.", " misunderstandings.", 54, 22, 36},
    {"arabic",
     "\xD9\x84\xD9\x85 \xD9\x8A\xD8\xB9\xD8\xA8\xD8\xB1 \xD8\xA7\xD9\x84\xD8\xAD\xD9\x8A\xD9\x88"
     "\xD8\xA7\xD9\x86 \xD8\xA7\xD9\x84\xD8\xB4\xD8\xA7\xD8\xB1\xD8\xB9 "
     "\xD9\x84\xD8\xA3\xD9\x86\xD9\x87 \xD9\x83\xD8\xA7\xD9\x86",
     " \xD9\x85\xD8\xAA\xD8\xB9\xD8\xA8\xD8\xA7", " \xD9\x88\xD8\xA7\xD8\xB3\xD8\xB9\xD8\xA7", 9, 2,
     5},
    {"cjk",
     "\xE5\x8B\x95\xE7\x89\xA9\xE3\x81\xAF\xE7\x96\xB2\xE3\x82\x8C\xE3\x81\xA6\xE3\x81\x84"
     "\xE3\x81\x9F\xE3\x81\xAE\xE3\x81\xA7\xE9\x81\x93\xE3\x82\x92",
     "\xE6\xB8\xA1\xE3\x82\x89\xE3\x81\xAA\xE3\x81\x8B\xE3\x81\xA3\xE3\x81\x9F\xE3\x80\x82",
     "\xE8\xA6\x8B\xE3\x81\x9F\xE3\x80\x82", 8, 2, 4},
};

/* What is looked at, and by which keys one comes there from Links. */
struct look {
    const char *name;
    enum heed_view view;
    struct {
        int key, mods;
    } keys[3];
    bool runs;     /* the panel's work is done */
    bool is_alone; /* it lies over the rest, which plays no part */
};

static const struct look looks[] = {
    {.name = "links", .view = HEED_VIEW_LINKS},
    {.name = "arcs", .view = HEED_VIEW_ARCS},
    {.name = "matrix", .view = HEED_VIEW_MATRIX},
    {.name = "heads", .view = HEED_VIEW_HEADS},
    {.name = "neuron", .view = HEED_VIEW_NEURON},
    {.name = "neuron-values", .view = HEED_VIEW_NEURON, .keys = {{'V', 0}}},
    {.name = "neuron-steps", .view = HEED_VIEW_NEURON, .keys = {{'N', 0}, {'N', 0}, {'N', 0}}},
    {.name = "stack", .view = HEED_VIEW_STACK},
    {.name = "stack-layer", .view = HEED_VIEW_STACK, .keys = {{HEED_KEY_PAGE_DOWN, 0}}},
    {.name = "stack-end", .view = HEED_VIEW_STACK, .keys = {{HEED_KEY_PAGE_UP, 0}}},
    {.name = "compare", .view = HEED_VIEW_COMPARE},
    {.name = "compare-heads", .view = HEED_VIEW_COMPARE, .keys = {{'H', SHIFT}}},
    {.name = "compare-states", .view = HEED_VIEW_COMPARE, .keys = {{'M', SHIFT}}},
    {.name = "lab", .view = HEED_VIEW_LAB},
    {.name = "inspector", .view = HEED_VIEW_LINKS, .keys = {{'I', 0}}},
    {.name = "ablation-empty", .keys = {{'A', SHIFT}}},
    {.name = "ablation", .keys = {{'A', SHIFT}}, .runs = true, .is_alone = true},
    {.name = "probe-empty", .keys = {{'P', SHIFT}}},
    {.name = "probe", .keys = {{'P', SHIFT}}, .runs = true, .is_alone = true},
    {.name = "export", .keys = {{'E', CTRL}}, .is_alone = true},
    {.name = "settings", .keys = {{',', CTRL}}, .is_alone = true},
    {.name = "open", .keys = {{'O', CTRL}}, .is_alone = true},
    {.name = "save", .keys = {{'S', CTRL}}, .is_alone = true},
    {.name = "models", .keys = {{'O', CTRL | SHIFT}}, .is_alone = true},
    {.name = "sentences", .keys = {{'J', CTRL}}, .is_alone = true},
    {.name = "lessons", .keys = {{HEED_KEY_F1 + 3, 0}}, .is_alone = true},
    {.name = "examples", .keys = {{HEED_KEY_F1 + 1, 0}}, .is_alone = true},
    {.name = "help", .keys = {{HEED_KEY_F1, 0}}, .is_alone = true},
    {.name = "palette", .keys = {{'K', CTRL}}, .is_alone = true},
};

enum pins { PIN_NONE, PIN_QUERY, PIN_PAIR, PIN_CANDIDATES, N_PINS };

static const char *const pin_names[N_PINS] = {"no-pin", "query", "pair", "candidates"};

enum { HEADS = 5, MERGES = 2, THEMES = 2 };

struct sight {
    size_t look, screen, text;
    enum pins pins;
    int n_heads;
    bool words;
    enum heed_theme_id theme;
    char name[96];
};

static size_t take(size_t *number, size_t n)
{
    const size_t digit = *number % n;
    *number /= n;
    return digit;
}

static size_t count_sights(void)
{
    return HEED_COUNT(looks) * HEED_COUNT(screens) * HEED_COUNT(texts) * N_PINS * HEADS * MERGES *
           THEMES;
}

static struct sight sight_of(size_t number)
{
    struct sight it = {0};
    it.theme = take(&number, THEMES) == 0 ? HEED_THEME_LIGHT : HEED_THEME_DARK;
    it.words = take(&number, MERGES) == 1;
    it.n_heads = 1 + (int)take(&number, HEADS);
    it.pins = (enum pins)take(&number, N_PINS);
    it.screen = take(&number, HEED_COUNT(screens));
    it.look = take(&number, HEED_COUNT(looks));
    it.text = take(&number, HEED_COUNT(texts));
    snprintf(it.name, sizeof(it.name), "%s_%s_%s_%s_%d%s_%s", looks[it.look].name,
             screens[it.screen].name, texts[it.text].name, pin_names[it.pins], it.n_heads,
             it.words ? "w" : "", it.theme == HEED_THEME_DARK ? "dark" : "light");
    return it;
}

static void set_texts(struct heed_state *state, const struct sight *it)
{
    char a[1024], b[1024];
    const int n = snprintf(a, sizeof(a), "%s%s", texts[it->text].text, texts[it->text].last);
    const int m = snprintf(b, sizeof(b), "%s%s", texts[it->text].text, texts[it->text].other);
    assert_true(heed_state_set_text(state, a, (size_t)n, NULL));
    assert_true(heed_state_set_compare(state, b, (size_t)m, NULL));
}

static void set_pins(struct heed_state *state, const struct sight *it)
{
    state->query = state->key = (struct heed_pin){0};
    state->n_candidates = 0;
    if (it->pins >= PIN_QUERY) {
        state->query = (struct heed_pin){texts[it->text].query, 1};
    }
    if (it->pins >= PIN_PAIR) {
        state->key = (struct heed_pin){texts[it->text].key, 1};
    }
    if (it->pins >= PIN_CANDIDATES) {
        assert_true(heed_state_toggle_candidate(state, state->key));
        assert_true(
            heed_state_toggle_candidate(state, (struct heed_pin){texts[it->text].rival, 1}));
    }
}

static void set_state(const struct sight *it)
{
    static const struct heed_head_id heads[HEADS] = {{3, 1}, {5, 11}, {0, 2}, {2, 9}, {4, 3}};
    struct heed_state state = {0};
    assert_true(heed_state_init(&state, NULL));
    set_texts(&state, it);
    set_pins(&state, it);
    heed_state_show_only(&state, heads, it->n_heads);
    state.filter.words = it->words;
    state.theme = it->theme;
    state.view = looks[it->look].view;
    real_set_state(&state);
    heed_state_finish(&state);
}

static void look_at(const struct sight *it)
{
    const struct look *look = &looks[it->look];
    real_begin();
    heed_ui_resize(real.ui, screens[it->screen].width, screens[it->screen].height,
                   screens[it->screen].ratio);
    set_state(it);
    real_press(HEED_KEY_ESCAPE, 0); /* leaves the text field */
    for (size_t i = 0; i < HEED_COUNT(look->keys) && look->keys[i].key != 0; i++) {
        real_press(look->keys[i].key, look->keys[i].mods);
    }
    if (look->runs) {
        real_press(HEED_KEY_ENTER, CTRL);
    }
    real.time += 1; /* measures of a pinned link come a little later */
    real_build();
}

/* What scrolls up and down: the canvas and the panes beside it where their content is higher. */
static int find_scrolling(struct heed_rect areas[6])
{
    const struct heed_ui *ui = real.ui;
    const struct heed_layout *layout = &ui->layout;
    int n = 0;
    if (ui->content_height > layout->canvas.h + 1) {
        areas[n++] = layout->canvas;
    }
    if (ui->rail_content > layout->rail.h + 1) {
        areas[n++] = layout->rail;
    }
    if (ui->inspector_content > layout->inspector.h + 1) {
        areas[n++] = layout->inspector;
    }
    if (ui->popover.kind != HEED_POPOVER_NONE) {
        areas[n++] = ui->popover.rect;
    }
    if (ui->exporting.open) {
        areas[n++] = ui->exporting.body;
    }
    if (layout->page.w > 0) {
        areas[n++] = layout->page;
    }
    return n;
}

/* The canvas without the inspector that lies over it. */
static struct heed_rect free_canvas(void)
{
    const struct heed_layout *layout = &real.ui->layout;
    struct heed_rect canvas = layout->canvas;
    if (real.ui->inspector_open && layout->inspector_is_drawer) {
        canvas.w = fmaxf(0, layout->inspector.x - canvas.x);
    }
    return canvas;
}

static bool has_arcs(const struct sight *it)
{
    const enum heed_view view = looks[it->look].view;
    return (view == HEED_VIEW_ARCS || view == HEED_VIEW_COMPARE) && !looks[it->look].is_alone;
}

/* A pinned query is scrolled to: in Compare, where more than rows scrolls, too. */
static bool shows_query(const struct sight *it)
{
    const struct heed_rect canvas = real.ui->layout.canvas;
    if (looks[it->look].view != HEED_VIEW_COMPARE || it->pins == PIN_NONE) {
        return true;
    }
    for (size_t i = 0; i < real.list->n_items; i++) {
        const struct heed_item *item = &real.list->items[i];
        const struct heed_rect rect = heed_item_bounds(item);
        const bool is_it = item->target.kind == HEED_TARGET_QUERY &&
                           item->target.a <= texts[it->text].query &&
                           item->target.a + item->target.b > texts[it->text].query;
        if (is_it && rect.w > 0 &&
            heed_rect_has(canvas, rect.x + rect.w / 2, rect.y + rect.h / 2)) {
            return true;
        }
    }
    return false;
}

static int check(const struct sight *it)
{
    struct heed_buffer out = {0};
    struct heed_rect areas[6];
    const char *folder = getenv("HEED_TEST_PICTURES");
    char words[1200];
    look_at(it);
    snprintf(words, sizeof(words), "%s%s%s", texts[it->text].text, texts[it->text].last,
             texts[it->text].other);
    const int n = find_scrolling(areas);
    int bad = legible_check(real.list, real_metrics(), screens[it->screen].ratio, &out) +
              legible_check_cuts(real.list, real_metrics(), areas, n, words, &out);
    if (has_arcs(it)) {
        bad += legible_check_arcs(real.list, real_metrics(), free_canvas(), &out);
    }
    if (!shows_query(it)) {
        heed_buffer_puts(&out, "the pinned query isn't seen\n");
        bad++;
    }
    if (folder != NULL) {
        real_take_picture(folder, it->name);
    }
    if (bad > 0) {
        print_error("%s:\n%.3000s", it->name, out.data);
    }
    heed_buffer_finish(&out);
    return bad > 0;
}

/* --- which --- */

static size_t asked_number(const char *name, size_t usual)
{
    const char *asked = getenv(name);
    return asked != NULL && atoi(asked) > 0 ? (size_t)atoi(asked) : usual;
}

static bool is_wanted(const struct sight *it)
{
    const char *only = getenv("HEED_TEST_ONLY");
    return (!looks[it->look].is_alone || (it->pins == PIN_PAIR && it->n_heads == 2)) &&
           (only == NULL || strstr(it->name, only) != NULL);
}

static void every_text_of_every_sight_can_be_read(void **context)
{
    const bool full = getenv("HEED_TEST_FULL") != NULL || getenv("HEED_TEST_ONLY") != NULL;
    const size_t all = count_sights(), quick = getenv("HEED_TEST_QUICK") ? QUICK_SAMPLE : SAMPLE,
                 some = asked_number("HEED_TEST_SAMPLE", quick);
    uint64_t random = asked_number("HEED_TEST_SEED", SEED);
    int n = 0, bad = 0;
    (void)context;
    for (size_t i = 0; full ? i < all : n < (int)some; i++) {
        random = random * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        const struct sight it = sight_of(full ? i : (size_t)((random >> 33) % all));
        if (is_wanted(&it)) {
            n++;
            bad += check(&it);
        }
    }
    print_message("%d sights, %d of them bad\n", n, bad);
    assert_int_equal(bad, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_text_of_every_sight_can_be_read),
    };
    return getenv("HEED_TEST_MODEL") == NULL
               ? 77
               : cmocka_run_group_tests_name("ui sizes_model", tests, real_open, real_close);
}
