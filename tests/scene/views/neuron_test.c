/* The Neuron view prints the run's numbers: its softmax row is the attention,
 * its sum is the head's output. */
#include "model_rig.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/buffer.h"
#include "scene/parts/provisos.h"
#include "scene/parts/value_tokens.h"
#include "scene/views/neuron/neuron.h"
#include "scene/views/neuron/parts.h"
#include "scene/views/neuron/values.h"
#include "scene/views/neuron/words.h"
#include "scene/views/views.h"
#include "scene/widgets/widgets.h"

static const char TEXT[] = "the cat sat on the mat";

static struct heed_neuron_numbers compute(struct model_rig *rig)
{
    struct heed_neuron_numbers numbers;
    const char *why = NULL, *how = NULL;
    model_rig_draw(rig, 960, 852);
    assert_true(heed_neuron_compute(&rig->frame, &numbers, &why, &how));
    return numbers;
}

static void open_neuron(struct model_rig *rig)
{
    model_rig_open(rig, "tiny-bert", TEXT);
    rig->state.view = HEED_VIEW_NEURON;
}

static void the_softmax_of_the_scores_is_the_attention(void **context)
{
    struct model_rig rig;
    open_neuron(&rig);
    for (int query = 0; query < rig.result->run->n_tokens; query++) {
        rig.state.query = (struct heed_pin){query, 1};
        const struct heed_neuron_numbers n = compute(&rig);
        const float *row = heed_run_attention(n.maps->run, n.head.layer, n.head.head) +
                           (size_t)query * (size_t)n.n;
        assert_int_equal(n.query, query);
        for (int t = 0; t < n.n; t++) {
            const double weight = exp((double)n.scores[t] - n.shift) / n.exp_sum;
            assert_float_equal((float)weight, row[t], 1e-5F);
        }
        assert_float_equal((float)(n.dot / sqrt((double)n.d)), n.scores[n.key], 1e-5F);
        assert_float_equal((float)(n.exp / n.exp_sum), row[n.key], 1e-5F);
    }
    model_rig_close(&rig);
}

static void the_sum_row_is_the_weighted_sum_of_the_values(void **context)
{
    struct model_rig rig;
    open_neuron(&rig);
    rig.state.query = (struct heed_pin){2, 1};
    rig.state.filter.hide_special = true;
    model_rig_compute(&rig);
    const struct heed_neuron_numbers n = compute(&rig);
    const struct heed_item *sum = model_rig_find_strip(&rig, HEED_NEURON_OUTPUT, n.query);
    const struct heed_item *hidden = model_rig_find_strip(&rig, HEED_NEURON_HIDDEN, n.query);
    assert_non_null(sum);
    assert_non_null(hidden);
    for (int i = 0; i < n.d; i++) {
        double all = 0, unseen = 0;
        for (int t = 0; t < n.n; t++) {
            const double part =
                (double)n.weights[t] * (double)n.values[(size_t)t * (size_t)n.d + (size_t)i];
            all += part;
            unseen += heed_maps_find_unit(n.maps, t) < 0 ? part : 0;
        }
        assert_float_equal(model_rig_strip_value(sum, i), (float)all, 1e-5F);
        assert_float_equal(model_rig_strip_value(hidden, i), (float)unseen, 1e-5F);
    }
    assert_int_equal(n.n_rows, n.n - 2);
    assert_float_equal(n.hidden_weight, n.weights[0] + n.weights[n.n - 1], 1e-5F);
    model_rig_close(&rig);
}

static void strips_hold_what_they_are_named_for(void **context)
{
    struct model_rig rig;
    open_neuron(&rig);
    rig.state.query = (struct heed_pin){3, 1};
    rig.state.key = (struct heed_pin){5, 1};
    const struct heed_neuron_numbers n = compute(&rig);
    const struct heed_item *q = model_rig_find_strip(&rig, HEED_NEURON_QUERY, 3);
    const struct heed_item *k = model_rig_find_strip(&rig, HEED_NEURON_KEY, 5);
    assert_non_null(q);
    assert_non_null(k);
    double dot = 0;
    for (int i = 0; i < n.d; i++) {
        assert_float_equal(model_rig_strip_value(q, i), n.queries[3 * n.d + i], 0);
        assert_float_equal(model_rig_strip_value(k, i), n.keys[5 * n.d + i], 0);
        dot += (double)model_rig_strip_value(q, i) * (double)model_rig_strip_value(k, i);
    }
    assert_float_equal((float)dot, (float)n.dot, 1e-6F);
    for (int t = 0; t < n.n; t++) {
        const struct heed_item *carried = model_rig_find_strip(&rig, HEED_NEURON_CARRIED, t);
        assert_non_null(carried);
        assert_float_equal(model_rig_strip_value(carried, 1), n.weights[t] * n.values[t * n.d + 1],
                           1e-7F);
    }
    model_rig_close(&rig);
}

static void printed_numbers_are_those_of_the_run(void **context)
{
    struct model_rig rig;
    open_neuron(&rig);
    rig.state.query = (struct heed_pin){2, 1};
    const struct heed_neuron_numbers n = compute(&rig);
    for (int t = 0; t < n.n; t++) {
        char number[32];
        heed_format_number(number, sizeof(number), (double)n.weights[t], 3);
        assert_non_null(list_find_text(&rig.list, number));
        heed_format_number(number, sizeof(number), (double)n.scores[t], 2);
        assert_non_null(list_find_text(&rig.list, number));
    }
    char dot[32];
    heed_format_number(dot, sizeof(dot), n.dot, 2);
    assert_non_null(list_find_text(&rig.list, dot));
    model_rig_close(&rig);
}

static void with_nothing_pinned_it_shows_the_first_word_and_says_so(void **context)
{
    struct model_rig rig;
    open_neuron(&rig);
    const struct heed_neuron_numbers n = compute(&rig);
    assert_int_equal(n.query, 1);
    for (int t = 0; t < n.n; t++) {
        assert_true(n.weights[t] <= n.weights[n.key]);
    }
    assert_non_null(
        list_find_text(&rig.list, "nothing pinned: the first word and its strongest key"));
    model_rig_close(&rig);
}

static void sorted_keys_fall_in_weight(void **context)
{
    struct model_rig rig;
    open_neuron(&rig);
    rig.state.neuron_sorted = true;
    const struct heed_neuron_numbers n = compute(&rig);
    assert_int_equal(n.n_rows, n.n);
    for (int i = 1; i < n.n_rows; i++) {
        assert_true(n.weights[n.rows[i - 1]] >= n.weights[n.rows[i]]);
    }
    model_rig_close(&rig);
}

static void words_and_other_measures_leave_its_numbers_alone(void **context)
{
    struct model_rig rig;
    open_neuron(&rig);
    rig.state.query = (struct heed_pin){2, 1};
    const struct heed_neuron_numbers before = compute(&rig);
    const float dot = (float)before.dot, weight = before.weights[before.key];
    rig.state.filter.words = true;
    rig.state.filter.measure = HEED_MEASURE_ROLLOUT;
    rig.state.filter.aggregate = HEED_AGGREGATE_MEAN;
    model_rig_compute(&rig);
    const struct heed_neuron_numbers after = compute(&rig);
    char text[1024];
    assert_float_equal((float)after.dot, dot, 1e-6F);
    assert_float_equal(after.weights[after.key], weight, 1e-6F);
    assert_int_equal(after.n_rows, after.n);
    heed_provisos(&rig.frame, false, text, sizeof(text));
    assert_non_null(strstr(text, "tokens, not words"));
    assert_non_null(strstr(text, "plain weights"));
    assert_non_null(strstr(text, "one head, L0H0, not an average"));
    model_rig_close(&rig);
}

static void a_tooltip_tells_dimension_and_value(void **context)
{
    struct model_rig rig;
    open_neuron(&rig);
    rig.state.query = (struct heed_pin){2, 1};
    const struct heed_neuron_numbers n = compute(&rig);
    char lines[HEED_TIP_LINES][HEED_TIP_BYTES];
    const struct heed_target target = {
        .kind = HEED_TARGET_VALUE, .a = HEED_NEURON_KEY, .b = 4, .c = n.d};
    char expected[64], number[32];
    heed_format_number(number, sizeof(number), (double)n.keys[4 * n.d + 3], 4);
    snprintf(expected, sizeof(expected), "%s in dimension 3", number);
    assert_int_equal(
        heed_neuron_describe(&rig.frame, &(struct heed_tip_subject){target, -1, 3}, lines), 2);
    assert_string_equal(lines[0], expected);
    assert_int_equal(
        heed_neuron_describe(&rig.frame, &(struct heed_tip_subject){target, -1, n.d}, lines), 0);
    model_rig_close(&rig);
}

static void every_key_can_be_clicked(void **context)
{
    struct model_rig rig;
    open_neuron(&rig);
    const struct heed_neuron_numbers n = compute(&rig);
    int rows = 0, chips = 0;
    for (size_t i = 0; i < rig.list.n_items; i++) {
        const struct heed_item *item = &rig.list.items[i];
        if (item->kind == HEED_ITEM_HOTSPOT) {
            rows += item->target.kind == HEED_TARGET_KEY;
            chips += item->target.kind == HEED_TARGET_QUERY;
            assert_true(item->as.hotspot.h >= 24);
        }
    }
    assert_int_equal(rows, n.n);
    assert_int_equal(chips, n.n);
    model_rig_close(&rig);
}

static void ends_of_scales_are_round(void **context)
{
    (void)context;
    assert_float_equal(heed_neuron_limit(0.73), 0.8F, 1e-6F);
    assert_float_equal(heed_neuron_limit(2.6), 3, 1e-6F);
    assert_float_equal(heed_neuron_limit(1), 1, 1e-6F);
    assert_float_equal(heed_neuron_limit(11), 12, 1e-5F);
    assert_float_equal(heed_neuron_limit(0), 1, 0);
    assert_float_equal(heed_neuron_limit(NAN), 1, 0);
}

static void an_export_fits_its_height(void **context)
{
    struct model_rig rig;
    open_neuron(&rig);
    rig.frame.is_export = true;
    model_rig_draw(&rig, 661, 100);
    const float height = heed_view_export_height(&rig.frame, 661);
    model_rig_draw(&rig, 661, height);
    for (size_t i = 0; i < rig.list.n_items; i++) {
        const struct heed_item *item = &rig.list.items[i];
        if (item->kind == HEED_ITEM_TEXT) {
            assert_true(item->as.text.y > 0 && item->as.text.y <= height);
        }
    }
    model_rig_close(&rig);
}

/* The header's last line keeps apart from the strips, on a page of any width. */
static void a_narrow_pages_header_stands_above_its_strips(void **context)
{
    (void)context;
    for (float width = 400; width <= 800; width += 50) {
        struct model_rig rig;
        float last = 0, strips = 0;
        open_neuron(&rig);
        rig.frame.is_export = true;
        model_rig_draw(&rig, width, 100);
        model_rig_draw(&rig, width, heed_view_export_height(&rig.frame, width));
        for (size_t i = 0; i < rig.list.n_items && strips <= 0; i++) {
            const struct heed_item *item = &rig.list.items[i];
            strips = item->kind == HEED_ITEM_HEATMAP ? item->as.heatmap.rect.y : 0;
        }
        for (size_t i = 0; i < rig.list.n_items; i++) {
            const struct heed_item *item = &rig.list.items[i];
            if (item->kind == HEED_ITEM_TEXT && item->as.text.y < strips) {
                last = fmaxf(last, item->as.text.y);
            }
        }
        assert_true(last > 0 && strips >= last + 8 * rig.frame.scale);
        model_rig_close(&rig);
    }
}

/* Beside a table that scrolls: as many marks as keys of 0.02 or more. */
static void keys_of_a_table_that_scrolls_have_a_minimap(void **context)
{
    struct model_rig rig;
    (void)context;
    open_neuron(&rig);
    rig.state.query = (struct heed_pin){2, 1};
    const struct heed_neuron_numbers n = compute(&rig);
    int heavy = 0;
    for (int t = 0; t < n.n; t++) {
        heavy += t == n.key || n.weights[t] >= 0.02F;
    }
    model_rig_draw(&rig, 960, 852); /* all rows are seen */
    for (int pass = 0; pass < 2; pass++) {
        int grips = 0, marks = 0;
        for (size_t i = 0; i < rig.list.n_items; i++) {
            const struct heed_item *item = &rig.list.items[i];
            const bool in_strip = item->kind == HEED_ITEM_RECT && item->as.rect.rect.x >= 946;
            grips += item->target.kind == HEED_TARGET_SCROLL;
            marks += in_strip;
        }
        assert_int_equal(grips, pass);
        assert_int_equal(marks, pass == 0 ? 0 : heavy + 1); /* and what is seen */
        model_rig_draw(&rig, 960, 460);
    }
    model_rig_close(&rig);
}

static struct heed_neuron_numbers step_to(struct model_rig *rig, enum heed_neuron_step step)
{
    rig->state.neuron_step = step;
    rig->state.query = (struct heed_pin){2, 1};
    rig->state.key = (struct heed_pin){5, 1};
    return compute(rig);
}

static bool prints(struct model_rig *rig, double value, int decimals)
{
    char number[32];
    heed_format_number(number, sizeof(number), value, decimals);
    return list_find_text(&rig->list, number) != NULL;
}

/* What is to come has its name, and no number. */
static void each_step_adds_its_numbers(void **context)
{
    struct model_rig rig;
    (void)context;
    open_neuron(&rig);
    for (int step = HEED_NEURON_VECTORS; step < HEED_N_NEURON_STEPS; step++) {
        const struct heed_neuron_numbers n = step_to(&rig, (enum heed_neuron_step)step);
        int keys = 0;
        for (int t = 0; t < n.n; t++) {
            if (t == n.key) {
                continue;
            }
            assert_int_equal(prints(&rig, heed_neuron_dot(&n, t), 2), step >= HEED_NEURON_SUM);
            assert_int_equal(prints(&rig, heed_neuron_share(&n, t), 2),
                             step >= HEED_NEURON_SOFTMAX);
            assert_int_equal(prints(&rig, (double)n.weights[t], 3), step >= HEED_NEURON_SOFTMAX);
            assert_int_equal(model_rig_find_strip(&rig, HEED_NEURON_CARRIED, t) != NULL,
                             step >= HEED_NEURON_WEIGHTED);
        }
        for (size_t i = 0; i < rig.list.n_items; i++) {
            keys += rig.list.items[i].kind == HEED_ITEM_HOTSPOT &&
                    rig.list.items[i].target.kind == HEED_TARGET_KEY;
        }
        assert_int_equal(keys, step >= HEED_NEURON_SUM ? n.n : 0);
        assert_non_null(model_rig_find_strip(&rig, HEED_NEURON_QUERY, n.query));
    }
    model_rig_close(&rig);
}

static void the_softmax_is_written_out_for_the_row(void **context)
{
    struct model_rig rig;
    (void)context;
    open_neuron(&rig);
    const struct heed_neuron_numbers n = step_to(&rig, HEED_NEURON_SOFTMAX);
    double all = 0;
    for (int t = 0; t < n.n; t++) {
        all += heed_neuron_share(&n, t);
        assert_float_equal((float)(heed_neuron_share(&n, t) / n.exp_sum), n.weights[t], 1e-5F);
    }
    assert_float_equal((float)all, (float)n.exp_sum, 1e-4F);
    assert_true(prints(&rig, n.exp_sum, 2));
    assert_true(prints(&rig, 1, 3));
    model_rig_close(&rig);
}

/* As text: a line a token and two more, whose weights add up; LaTeX escapes signs. */
static void the_row_is_copied_whole(void **context)
{
    struct model_rig rig;
    struct heed_buffer out = {0};
    (void)context;
    open_neuron(&rig);
    const struct heed_neuron_numbers n = step_to(&rig, HEED_NEURON_SOFTMAX);
    heed_view_neuron.put_sums(&out, &rig.frame, false);
    int lines = 0, tabs = 0;
    for (size_t i = 0; i < out.size; i++) {
        lines += out.data[i] == '\n';
        tabs += out.data[i] == '\t';
    }
    assert_int_equal(lines, n.n + 3);
    assert_int_equal(tabs, 4 * (n.n + 2));
    assert_non_null(strstr(out.data, "\nsum\t\t\t"));
    heed_buffer_clear(&out);
    heed_view_neuron.put_sums(&out, &rig.frame, true);
    assert_non_null(strstr(out.data, "\\begin{tabular}{lrrrr}"));
    assert_non_null(strstr(out.data, "\\frac{"));
    heed_buffer_finish(&out);
    model_rig_close(&rig);
    model_rig_open(&rig, "tiny-bert", "the cat & 5 % of _ it");
    rig.state.view = HEED_VIEW_NEURON;
    model_rig_draw(&rig, 960, 852);
    heed_view_neuron.put_sums(&out, &rig.frame, true);
    assert_non_null(strstr(out.data, "\n\\& & "));
    assert_non_null(strstr(out.data, "\n\\% & "));
    assert_non_null(strstr(out.data, "\n\\_ & "));
    heed_buffer_finish(&out);
    model_rig_close(&rig);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keys_of_a_table_that_scrolls_have_a_minimap),
        cmocka_unit_test(the_softmax_of_the_scores_is_the_attention),
        cmocka_unit_test(the_sum_row_is_the_weighted_sum_of_the_values),
        cmocka_unit_test(strips_hold_what_they_are_named_for),
        cmocka_unit_test(printed_numbers_are_those_of_the_run),
        cmocka_unit_test(with_nothing_pinned_it_shows_the_first_word_and_says_so),
        cmocka_unit_test(sorted_keys_fall_in_weight),
        cmocka_unit_test(words_and_other_measures_leave_its_numbers_alone),
        cmocka_unit_test(a_tooltip_tells_dimension_and_value),
        cmocka_unit_test(every_key_can_be_clicked),
        cmocka_unit_test(ends_of_scales_are_round),
        cmocka_unit_test(an_export_fits_its_height),
        cmocka_unit_test(a_narrow_pages_header_stands_above_its_strips),
        cmocka_unit_test(each_step_adds_its_numbers),
        cmocka_unit_test(the_softmax_is_written_out_for_the_row),
        cmocka_unit_test(the_row_is_copied_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
