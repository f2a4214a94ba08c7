/* The window's frame at every size: nothing runs into its neighbour, nothing
 * leaves its panel, and what it says is what the maps hold. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/compiler.h"
#include "scene/chrome/chrome.h"
#include "scene/chrome/note.h"
#include "scene/chrome/sliders.h"
#include "scene/parts/head_values.h"
#include "scene/widgets/widgets.h"
#include "view_rig.h"

static const char TEXT[] = "The animal didn't cross the street because it was too tired.";

enum { MAX_CLIPS = 16, MAX_BOXES = 8192 };

struct box {
    struct heed_rect rect; /* the visible part */
    const struct heed_item_text *text;
};

static struct heed_rect intersect(struct heed_rect a, struct heed_rect b)
{
    const float x0 = fmaxf(a.x, b.x), y0 = fmaxf(a.y, b.y);
    const float x1 = fminf(a.x + a.w, b.x + b.w);
    const float y1 = fminf(a.y + a.h, b.y + b.h);
    return (struct heed_rect){x0, y0, fmaxf(x1 - x0, 0), fmaxf(y1 - y0, 0)};
}

static void report(const struct view_rig *rig, const char *what, const struct heed_item_text *text)
{
    print_error("%gx%g at %g: %s: \"%.*s\" at %g, %g\n", (double)rig->width, (double)rig->height,
                (double)rig->scale, what, (int)text->length, text->text, (double)text->x,
                (double)text->y);
    fail();
}

static struct box boxes[MAX_BOXES];

/* All level texts that can be seen. Text fields scroll sideways and show a
 * part; all other text must be whole from left to right. */
static int collect(const struct view_rig *rig)
{
    struct heed_rect clips[MAX_CLIPS] = {{0, 0, rig->width, rig->height}};
    int depth = 0, n = 0;
    for (size_t i = 0; i < rig->list.n_items; i++) {
        const struct heed_item *item = &rig->list.items[i];
        if (item->kind == HEED_ITEM_CLIP) {
            assert_true(depth + 1 < MAX_CLIPS);
            clips[depth + 1] = intersect(clips[depth], item->as.clip);
            depth++;
        } else if (item->kind == HEED_ITEM_UNCLIP) {
            depth--;
        }
        if (item->kind != HEED_ITEM_TEXT || item->as.text.angle != 0 ||
            item->target.kind == HEED_TARGET_TEXT_FIELD) {
            continue;
        }
        const struct heed_rect box = view_rig_text_box(&item->as.text);
        const struct heed_rect seen = intersect(box, clips[depth]);
        if (seen.h < 0.3F * box.h || seen.w <= 0) {
            continue;
        }
        if (seen.w < box.w - 1.5F) {
            report(rig, "cut off", &item->as.text);
        }
        assert_true(n < MAX_BOXES);
        boxes[n++] = (struct box){seen, &item->as.text};
    }
    assert_int_equal(depth, 0);
    return n;
}

static void check_no_overlap(struct view_rig *rig)
{
    view_rig_draw_window(rig);
    const int n = collect(rig);
    for (int i = 0; i < n; i++) {
        for (int j = 0; j < i; j++) {
            const struct heed_rect both = intersect(boxes[i].rect, boxes[j].rect);
            if (both.w > 1.5F && both.h > 1.5F) {
                report(rig, "lies over another text", boxes[j].text);
            }
        }
    }
}

static void check_all_sizes(struct view_rig *rig)
{
    const float scales[] = {0.75F, 1, 1.5F, 2, 3};
    const float sizes[][2] = {{640, 480},  {800, 600},   {1024, 700},  {1100, 820},
                              {1280, 800}, {1600, 1000}, {1920, 1080}, {3840, 2160}};
    for (size_t i = 0; i < HEED_COUNT(sizes); i++) {
        for (size_t j = 0; j < HEED_COUNT(scales); j++) {
            if (sizes[i][0] / scales[j] < 640 || sizes[i][1] / scales[j] < 480) {
                continue;
            }
            rig->width = sizes[i][0];
            rig->height = sizes[i][1];
            rig->scale = scales[j];
            check_no_overlap(rig);
        }
    }
}

static void links_fit_at_every_size(void **context)
{
    struct view_rig rig;
    view_rig_open(&rig, TEXT, NULL);
    check_all_sizes(&rig);
    rig.state.filter.hide_special = true;
    view_rig_compute(&rig);
    rig.state.query = (struct heed_pin){5, 1};
    check_all_sizes(&rig);
    rig.state.key = (struct heed_pin){2, 1};
    check_all_sizes(&rig);
    view_rig_close(&rig);
}

static void many_heads_and_a_pair_fit_at_every_size(void **context)
{
    struct view_rig rig;
    view_rig_open(&rig, TEXT, "It wanted to rest beside the road.");
    view_rig_show_layer(&rig, 2, 12);
    rig.state.query = (struct heed_pin){5, 1};
    check_all_sizes(&rig);
    rig.state.filter.renormalise = rig.state.filter.words = true;
    rig.state.filter.hide_punctuation = rig.state.filter.hide_special = true;
    rig.state.filter.aggregate = HEED_AGGREGATE_MEAN;
    view_rig_compute(&rig);
    check_all_sizes(&rig);
    view_rig_close(&rig);
}

static void the_matrix_fits_at_every_size(void **context)
{
    struct view_rig rig;
    view_rig_open(&rig, TEXT, NULL);
    rig.state.view = HEED_VIEW_MATRIX;
    check_all_sizes(&rig);
    rig.state.query = (struct heed_pin){5, 1};
    rig.state.key = (struct heed_pin){2, 1};
    check_all_sizes(&rig);
    view_rig_close(&rig);
}

/* A drawer lies over the picture, but what it holds is whole. */
static void drawers_cut_nothing_off(void **context)
{
    const float widths[] = {640, 799, 800, 1024, 1099, 1199};
    struct view_rig rig;
    view_rig_open(&rig, TEXT, "A second text.");
    rig.chrome.inspector_open = true;
    rig.chrome.rail_open = true;
    rig.chrome.filters_open = true;
    for (size_t i = 0; i < HEED_COUNT(widths); i++) {
        rig.width = widths[i];
        rig.height = 900;
        for (int pins = 0; pins < 3; pins++) {
            rig.state.query = (struct heed_pin){5, pins > 0};
            rig.state.key = (struct heed_pin){2, pins > 1};
            view_rig_draw_window(&rig);
            assert_true(collect(&rig) > 40);
        }
    }
    view_rig_close(&rig);
}

static void empty_windows_fit_at_every_size(void **context)
{
    struct view_rig rig;
    view_rig_open(&rig, "", NULL);
    check_all_sizes(&rig);
    heed_state_show_only(&rig.state, NULL, 0);
    check_all_sizes(&rig);
    const struct heed_result *result = rig.result;
    rig.result = NULL;
    check_all_sizes(&rig);
    rig.result = result;
    view_rig_close(&rig);
}

static void the_head_map_offers_every_head_layer_and_column(void **context)
{
    struct view_rig rig;
    view_rig_open(&rig, TEXT, NULL);
    heed_state_show_only(&rig.state, NULL, 0);
    view_rig_draw_window(&rig);
    assert_int_equal(list_count_hotspots(&rig.list, HEED_TARGET_HEAD), FAKE_LAYERS * FAKE_HEADS);
    assert_int_equal(list_count_hotspots(&rig.list, HEED_TARGET_LAYER_LABEL), FAKE_LAYERS);
    assert_int_equal(list_count_hotspots(&rig.list, HEED_TARGET_HEAD_LABEL), FAKE_HEADS);
    view_rig_close(&rig);
}

static void the_head_map_shows_the_pinned_link(void **context)
{
    struct view_rig rig;
    view_rig_open(&rig, TEXT, NULL);
    rig.state.query = (struct heed_pin){5, 1};
    rig.state.key = (struct heed_pin){2, 1};
    view_rig_draw_window(&rig);
    float largest = 0;
    for (int layer = 0; layer < FAKE_LAYERS; layer++) {
        for (int head = 0; head < FAKE_HEADS; head++) {
            const float weight = heed_maps_row(rig.result->maps, layer, head, 5)[2];
            float high = 0;
            assert_float_equal(
                heed_head_map_value(&rig.chrome.frame,
                                    (struct heed_head_id){(int16_t)layer, (int16_t)head}, &high),
                weight, 0);
            largest = fmaxf(largest, weight);
        }
    }
    float high = 0;
    heed_head_map_value(&rig.chrome.frame, (struct heed_head_id){0, 0}, &high);
    assert_float_equal(high, largest, 0);
    view_rig_close(&rig);
}

static void the_status_bar_names_every_proviso(void **context)
{
    struct view_rig rig;
    view_rig_open(&rig, TEXT, NULL);
    view_rig_draw_window(&rig);
    assert_false(list_says(&rig.list, "hidden:"));
    rig.state.filter.hide_special = true;
    view_rig_compute(&rig);
    view_rig_draw_window(&rig);
    assert_true(list_says(&rig.list, "[CLS] and [SEP] hidden"));
    assert_true(list_says(&rig.list, "not renormalised"));
    rig.state.filter.renormalise = rig.state.filter.words = true;
    rig.state.filter.aggregate = HEED_AGGREGATE_MEAN;
    rig.state.filter.threshold = 0.05F;
    rig.width = 2600;
    view_rig_compute(&rig);
    view_rig_draw_window(&rig);
    assert_true(list_says(&rig.list, "rows renormalised"));
    assert_true(list_says(&rig.list, "word pieces merged"));
    assert_true(list_says(&rig.list, "mean of the heads"));
    char counts[96];
    snprintf(counts, sizeof(counts), "%d of %d links below 0.05", rig.chrome.frame.links_below,
             rig.chrome.frame.links_total);
    assert_true(list_says(&rig.list, counts));
    view_rig_close(&rig);
}

static void a_cut_text_is_told(void **context)
{
    struct view_rig rig;
    char text[4 * FAKE_LIMIT];
    for (int i = 0; i < FAKE_LIMIT + 88; i++) {
        memcpy(text + 2 * i, "a ", 3);
    }
    view_rig_open(&rig, text, NULL);
    view_rig_draw_window(&rig);
    assert_true(list_says(&rig.list, "Cut to"));
    assert_true(list_says(&rig.list, " cut"));
    view_rig_close(&rig);
}

static void the_inspector_says_the_pinned_weight(void **context)
{
    struct view_rig rig;
    view_rig_open(&rig, TEXT, NULL);
    rig.state.view = HEED_VIEW_MATRIX;
    rig.state.matrix_head = (struct heed_head_id){0, 2};
    rig.state.query = (struct heed_pin){5, 1};
    rig.state.key = (struct heed_pin){2, 1};
    view_rig_draw_window(&rig);
    char number[32];
    heed_format_number(number, sizeof(number), (double)heed_maps_row(rig.result->maps, 0, 2, 5)[2],
                       3);
    const struct heed_item *big = NULL;
    for (size_t i = 0; i < rig.list.n_items; i++) {
        if (rig.list.items[i].kind == HEED_ITEM_TEXT &&
            rig.list.items[i].as.text.style.size == 44) {
            big = &rig.list.items[i];
        }
    }
    assert_non_null(big);
    assert_memory_equal(big->as.text.text, number, strlen(number));
    assert_true(list_says(&rig.list, "weight in L0H2"));
    view_rig_close(&rig);
}

/* Everything in the tab row that can be clicked. */
static int collect_tab_row(const struct view_rig *rig)
{
    const struct heed_rect row = rig->chrome.layout.tab_row;
    int n = 0;
    for (size_t i = 0; i < rig->list.n_items; i++) {
        const struct heed_item *item = &rig->list.items[i];
        if (item->kind != HEED_ITEM_HOTSPOT || item->target.kind != HEED_TARGET_COMMAND) {
            continue;
        }
        const struct heed_rect r = item->as.hotspot;
        const float y = r.y + r.h / 2;
        if (y > row.y && y < row.y + row.h) {
            assert_true(r.x >= row.x && r.x + r.w <= row.x + row.w);
            assert_true(n < MAX_BOXES);
            boxes[n++] = (struct box){r, NULL};
        }
    }
    return n;
}

static void tabs_give_way_to_the_options(void **context)
{
    static const float widths[] = {640, 720, 799, 800, 1024, 1199, 1200, 1440};
    struct view_rig rig;
    view_rig_open(&rig, TEXT, NULL);
    rig.height = 480;
    rig.state.filter.measure = HEED_MEASURE_VALUE_NORM;
    for (size_t i = 0; i < HEED_COUNT(widths); i++) {
        rig.width = widths[i];
        for (int view = 0; view <= HEED_VIEW_MATRIX; view++) {
            rig.state.view = (enum heed_view)view;
            view_rig_draw_window(&rig);
            const int n = collect_tab_row(&rig);
            assert_true(n >= 8); /* seven tabs, and the options */
            for (int a = 0; a < n; a++) {
                for (int b = 0; b < a; b++) {
                    assert_true(intersect(boxes[a].rect, boxes[b].rect).w < 0.5F);
                }
            }
        }
    }
    view_rig_close(&rig);
}

static void a_note_takes_room_and_covers_nothing(void **context)
{
    struct view_rig rig;
    view_rig_open(&rig, TEXT, NULL);
    view_rig_draw_window(&rig);
    const float top = rig.chrome.layout.canvas.y;
    assert_true(rig.chrome.layout.note.h == 0);
    rig.chrome.note =
        (struct heed_note){.title = "A note",
                           .parts = {"It says what there is to be seen, in as many words as it "
                                     "needs, and a narrow window breaks it into more lines."},
                           .n_parts = 1};
    rig.note_height = heed_note_height(&rig.chrome.skin, rig.width, &rig.chrome.note);
    view_rig_draw_window(&rig);
    assert_true(rig.chrome.layout.canvas.y == top + rig.note_height);
    assert_true(list_says(&rig.list, "It says what"));
    assert_true(heed_note_height(&rig.chrome.skin, 640, &rig.chrome.note) > rig.note_height);
    check_no_overlap(&rig);
    view_rig_close(&rig);
}

/* Beside one another where there is room, as high as the longest; else one below the other. */
static void parts_of_a_note_lie_side_by_side_where_there_is_room(void **context)
{
    (void)context;
    struct view_rig rig;
    view_rig_open(&rig, TEXT, NULL);
    view_rig_draw_window(&rig);
    const float s = rig.chrome.skin.scale;
    rig.chrome.note =
        (struct heed_note){.title = "Three things",
                           .parts = {"One line.", "Two.",
                                     "A third one, which is so long that it needs a second line "
                                     "beside the others, as it has a third of the width."},
                           .n_parts = 3};
    const struct {
        float width, lines;
    } sizes[] = {{1600, 2}, {1200, 3}, {750, 5}, {749, 4}, {320, 6}};
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        const float height =
            heed_note_height(&rig.chrome.skin, sizes[i].width * s, &rig.chrome.note);
        assert_float_equal(height, ((1 + sizes[i].lines) * 20 + 22) * s, 0.01);
    }
    view_rig_close(&rig);
}

static void a_message_leaves_the_provisos_where_they_are(void **context)
{
    struct view_rig rig;
    (void)context;
    view_rig_open(&rig, TEXT, NULL);
    rig.state.filter.threshold = 0.1F;
    rig.chrome.message = "the it -> animal link, said in the status bar";
    rig.chrome.message_is_error = false;
    view_rig_draw_window(&rig);
    assert_true(list_says(&rig.list, "said in the status bar"));
    assert_true(list_says(&rig.list, "below 0.1"));
    rig.chrome.message = "a message that needs all the room there is, and then "
                         "some more of it, and so on and on, to the end of the "
                         "bar and beyond it, where nobody would read it, ever, "
                         "and still it is not over, but has another few words "
                         "that come after all those that came before them";
    view_rig_draw_window(&rig);
    assert_true(list_says(&rig.list, "applied") || list_says(&rig.list, "below 0.1"));
    check_no_overlap(&rig);
    view_rig_close(&rig);
}

static void sliders_go_there_and_back(void **context)
{
    for (int i = 0; i <= 20; i++) {
        const float t = (float)i / 20;
        assert_float_equal(heed_slider_to_position(HEED_SLIDER_THRESHOLD,
                                                   heed_slider_to_value(HEED_SLIDER_THRESHOLD, t)),
                           t, 1e-5);
        assert_float_equal(
            heed_slider_to_position(HEED_SLIDER_TOP_P, heed_slider_to_value(HEED_SLIDER_TOP_P, t)),
            t, 1e-5);
    }
    assert_float_equal(heed_slider_to_value(HEED_SLIDER_TOP_P, 1), 1, 0);
}

static void an_error_stands_over_the_last_good_picture(void **context)
{
    struct view_rig rig;
    view_rig_open(&rig, TEXT, NULL);
    rig.chrome.message = "the text isn't valid UTF-8 at byte 17";
    rig.chrome.message_is_error = true;
    view_rig_draw_window(&rig);
    assert_true(list_says(&rig.list, "byte 17"));
    assert_true(list_count(&rig.list, HEED_ITEM_CUBIC) > 0);
    view_rig_close(&rig);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(links_fit_at_every_size),
        cmocka_unit_test(many_heads_and_a_pair_fit_at_every_size),
        cmocka_unit_test(the_matrix_fits_at_every_size),
        cmocka_unit_test(drawers_cut_nothing_off),
        cmocka_unit_test(empty_windows_fit_at_every_size),
        cmocka_unit_test(the_head_map_offers_every_head_layer_and_column),
        cmocka_unit_test(the_head_map_shows_the_pinned_link),
        cmocka_unit_test(the_status_bar_names_every_proviso),
        cmocka_unit_test(a_cut_text_is_told),
        cmocka_unit_test(the_inspector_says_the_pinned_weight),
        cmocka_unit_test(tabs_give_way_to_the_options),
        cmocka_unit_test(a_note_takes_room_and_covers_nothing),
        cmocka_unit_test(parts_of_a_note_lie_side_by_side_where_there_is_room),
        cmocka_unit_test(a_message_leaves_the_provisos_where_they_are),
        cmocka_unit_test(sliders_go_there_and_back),
        cmocka_unit_test(an_error_stands_over_the_last_good_picture),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
