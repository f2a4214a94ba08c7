/* What maps are called, for each measure, aggregate and choice of heads. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/compiler.h"
#include "scene/frame/heading.h"
#include "scene/frame/shown.h"
#include "view_rig.h"

enum { NONE = HEED_AGGREGATE_NONE, MEAN = HEED_AGGREGATE_MEAN, MAX = HEED_AGGREGATE_MAX };
enum {
    WEIGHT = HEED_MEASURE_WEIGHT,
    VALUE = HEED_MEASURE_VALUE_NORM,
    ROLLOUT = HEED_MEASURE_ROLLOUT
};

#define TIMES_VALUE ", weight \xC3\x97 |value|"

static const struct {
    int measure, aggregate, n;
    struct heed_head_id heads[7]; /* as given */
    const char *heading, *name;   /* of the first, or of the aggregate */
} rows[] = {
    {WEIGHT, NONE, 1, {{5, 11}}, "L5H11", "L5H11"},
    {WEIGHT, NONE, 2, {{5, 11}, {3, 1}}, "L5H11", "L5H11"},
    {VALUE, NONE, 1, {{5, 11}}, "L5H11" TIMES_VALUE, "L5H11"},
    {ROLLOUT, NONE, 1, {{5, 11}}, "rollout to layer 5", "layer 5"},
    {WEIGHT, MEAN, 1, {{5, 11}}, "L5H11", "L5H11"},
    {WEIGHT, MEAN, 2, {{3, 1}, {5, 11}}, "mean of L3H1, L5H11", "mean of 2"},
    {WEIGHT, MEAN, 2, {{5, 11}, {3, 1}}, "mean of L5H11, L3H1", "mean of 2"},
    {WEIGHT, MAX, 2, {{3, 1}, {5, 11}}, "max of L3H1, L5H11", "max of 2"},
    {WEIGHT, MEAN, 0, {{0, 0}}, "mean of all heads", "mean of all"},
    {WEIGHT,
     MAX,
     7,
     {{0, 0}, {0, 1}, {0, 2}, {0, 3}, {0, 4}, {0, 5}, {0, 6}},
     "max of 7 heads",
     "max of 7"},
    {VALUE, MEAN, 2, {{3, 1}, {5, 11}}, "mean of L3H1, L5H11" TIMES_VALUE, "mean of 2"},
    {ROLLOUT, MEAN, 2, {{3, 1}, {5, 11}}, "mean of rollouts to layers 3, 5", "mean of 2"},
    {ROLLOUT, MAX, 0, {{0, 0}}, "max of all rollouts", "max of all"},
    /* One layer's heads have one rollout, and its mean is itself. */
    {ROLLOUT, MEAN, 2, {{5, 1}, {5, 11}}, "rollout to layer 5", "layer 5"},
};

static void a_map_is_called_what_it_is(void **context)
{
    for (size_t i = 0; i < HEED_COUNT(rows); i++) {
        struct heed_state state;
        assert_true(heed_state_init(&state, NULL));
        heed_state_show_only(&state, rows[i].heads, rows[i].n);
        heed_state_order_shown(&state);
        state.filter.measure = (enum heed_measure)rows[i].measure;
        state.filter.aggregate = (enum heed_aggregate)rows[i].aggregate;
        const struct heed_head_id id =
            rows[i].aggregate == NONE ? rows[i].heads[0] : (struct heed_head_id){-1, -1};
        char text[HEED_HEADING_BYTES];
        heed_heading(&state, &state.filter, id, text, sizeof(text));
        assert_string_equal(text, rows[i].heading);
        heed_heading_short(&state, &state.filter, id, text, sizeof(text));
        assert_string_equal(text, rows[i].name);
        heed_state_finish(&state);
    }
}

static void a_heading_ends_with_its_room(void **context)
{
    struct heed_state state;
    assert_true(heed_state_init(&state, NULL));
    char text[8] = "";
    state.filter.aggregate = HEED_AGGREGATE_MEAN;
    heed_heading(&state, &state.filter, (struct heed_head_id){-1, -1}, text, sizeof(text));
    assert_string_equal(text, "mean of");
    heed_state_finish(&state);
}

static void shown_maps_keep_the_order_that_was_given(void **context)
{
    struct view_rig rig;
    view_rig_open(&rig, "The cat saw it.", NULL);
    const struct heed_head_id ids[] = {{1, 1}, {0, 2}, {0, 1}};
    heed_state_show_only(&rig.state, ids, 3);
    heed_state_order_shown(&rig.state);
    view_rig_draw_view(&rig, 400, 300);
    const struct heed_shown_maps shown = heed_shown_collect(&rig.frame);
    assert_int_equal(shown.n, 3);
    for (int i = 0; i < 3; i++) {
        int index = -1;
        assert_true(heed_head_equal(shown.items[i].id, ids[i]));
        assert_true(heed_state_shows(&rig.state, ids[i], &index));
        assert_int_equal(index, i);
        assert_int_equal(rig.state.shown[i].color, i);
    }
    view_rig_close(&rig);
}

static void heads_of_one_layer_have_one_rollout(void **context)
{
    struct view_rig rig;
    view_rig_open(&rig, "The cat saw it.", NULL);
    const struct heed_head_id ids[] = {{0, 1}, {0, 2}, {1, 1}};
    heed_state_show_only(&rig.state, ids, 3);
    rig.state.matrix_head = ids[1];
    rig.state.filter.measure = HEED_MEASURE_ROLLOUT;
    view_rig_compute(&rig);
    view_rig_draw_view(&rig, 400, 300);
    const struct heed_shown_maps shown = heed_shown_collect(&rig.frame);
    assert_int_equal(shown.n, 2);
    assert_string_equal(shown.items[1].heading, "rollout to layer 1");
    struct heed_shown_map map;
    assert_true(heed_shown_matrix(&rig.frame, &map));
    assert_int_equal(map.id.layer, 0);
    view_rig_close(&rig);
}

static void a_label_is_said_of_plain_weights_only(void **context)
{
    struct view_rig rig;
    view_rig_open(&rig, "The cat saw it.", NULL);
    const struct heed_head_id id = {0, 0};
    struct heed_head_measures sure = {.to_cls = 0.52F}, none = {.entropy = 0.5F};
    struct heed_maps maps = {.n_layers = 1, .n_heads = 1, .measures = &sure};
    char text[96];
    heed_map_label_text(&maps, id, text, sizeof(text));
    assert_string_equal(text, "to [CLS] 0.52");
    maps.filter.measure = HEED_MEASURE_VALUE_NORM;
    heed_map_label_text(&maps, id, text, sizeof(text));
    assert_string_equal(text, "");
    heed_head_label_text(&maps, id, text, sizeof(text));
    assert_string_equal(text, "by weight: to [CLS] 0.52");
    maps.filter.measure = HEED_MEASURE_WEIGHT;
    maps.measures = &none;
    heed_map_label_text(&maps, id, text, sizeof(text));
    assert_string_equal(text, "");
    view_rig_close(&rig);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_map_is_called_what_it_is),
        cmocka_unit_test(a_heading_ends_with_its_room),
        cmocka_unit_test(shown_maps_keep_the_order_that_was_given),
        cmocka_unit_test(heads_of_one_layer_have_one_rollout),
        cmocka_unit_test(a_label_is_said_of_plain_weights_only),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
