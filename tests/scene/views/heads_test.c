/* The Heads view draws every head, labels it by the rule, orders it by its
 * measures, and leaves its ground alone under the pointer. */
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
#include "draw/display_list.h"
#include "draw/theme.h"
#include "scene/frame/link_choice.h"
#include "scene/views/heads/labels.h"
#include "scene/views/heads/links.h"
#include "scene/views/heads/parts.h"
#include "scene/views/views.h"
#include "scene/widgets/target.h"
#include "scene/widgets/widgets.h"
#include "state/interventions.h"
#include "state/state.h"
#include "view_rig.h"

enum { HEADS = FAKE_LAYERS * FAKE_HEADS };

static const char TEXT[] = "The animal didn't cross the street because it was too tired.";

static void open_heads(struct view_rig *rig, const char *text)
{
    view_rig_open(rig, text, NULL);
    rig->state.view = HEED_VIEW_HEADS;
}

/* So many words, and the template's tokens. */
static void open_words(struct view_rig *rig, int n)
{
    static char text[8192];
    text[0] = '\0';
    for (int i = 0; i + 2 < n; i++) {
        snprintf(text + strlen(text), sizeof(text) - strlen(text), "w%d ", i);
    }
    open_heads(rig, text);
    assert_int_equal(rig->result->maps->n, n);
}

static const struct heed_item_heatmap *heatmap_of(const struct heed_list *list, int slice)
{
    for (size_t i = 0; i < list->n_items; i++) {
        const struct heed_item *item = &list->items[i];
        if (item->kind == HEED_ITEM_HEATMAP && item->as.heatmap.slice == slice) {
            return &item->as.heatmap;
        }
    }
    return NULL;
}

static const struct heed_item_group *ground(struct view_rig *rig)
{
    view_rig_draw_view(rig, 960, 851);
    for (size_t i = 0; i < rig->list.n_items; i++) {
        if (rig->list.items[i].kind == HEED_ITEM_GROUP) {
            return &rig->list.items[i].as.group;
        }
    }
    fail();
    return NULL;
}

/* Where the keyboard and the pointer find a head. */
static struct heed_rect spot_of(const struct heed_list *list, int layer, int head)
{
    for (size_t i = 0; i < list->n_items; i++) {
        const struct heed_item *item = &list->items[i];
        if (item->kind == HEED_ITEM_HOTSPOT && item->target.kind == HEED_TARGET_HEAD &&
            item->target.flags == HEED_TARGET_FLAG_THUMBNAIL && item->target.a == layer &&
            item->target.b == head) {
            return item->as.hotspot;
        }
    }
    fail();
    return (struct heed_rect){0};
}

/* Of whole pixels a token, unless that leaves more than a sixteenth of its place free. */
static void every_head_is_a_thumbnail_of_whole_pixels(void **context)
{
    const int lengths[] = {3, 5, 16, 33, 64, 65, 128, 300, 511};
    for (size_t i = 0; i < HEED_COUNT(lengths); i++) {
        struct view_rig rig;
        open_words(&rig, lengths[i]);
        view_rig_draw_view(&rig, 960, 851);
        assert_int_equal(list_count(&rig.list, HEED_ITEM_HEATMAP), HEADS);
        assert_int_equal(list_count_hotspots(&rig.list, HEED_TARGET_HEAD), HEADS);
        for (int head = 0; head < HEADS; head++) {
            const struct heed_item_heatmap *map = heatmap_of(&rig.list, head);
            const float cell = map->rect.w / (float)map->columns;
            assert_true(map->rect.w >= 32 && map->rect.w <= 160);
            assert_float_equal(map->rect.x, roundf(map->rect.x), 0);
            assert_float_equal(map->rect.y, roundf(map->rect.y), 0);
            assert_true(fabsf(cell - roundf(cell)) < 1e-4F ||
                        map->rect.w - floorf(cell) * (float)map->columns > map->rect.w / 16);
            assert_float_equal(map->high, 1, 0);
        }
        view_rig_close(&rig);
    }
}

static void the_grid_fills_the_canvas_at_any_size(void **context)
{
    static const float sizes[][2] = {{720, 556},   {640, 572},   {960, 851},  {1280, 900},
                                     {1600, 1290}, {1920, 1290}, {1910, 2000}};
    for (size_t i = 0; i < HEED_COUNT(sizes); i++) {
        struct view_rig rig;
        open_words(&rig, 16);
        view_rig_draw_view(&rig, sizes[i][0], sizes[i][1]);
        const struct heed_rect first = heatmap_of(&rig.list, 0)->rect;
        const struct heed_rect last = heatmap_of(&rig.list, HEADS - 1)->rect;
        assert_true(last.x + last.w - first.x > 0.86F * sizes[i][0]);
        assert_true(last.y + last.h - first.y > 0.7F * sizes[i][1]);
        view_rig_close(&rig);
    }
}

/* The smallest lie closer together before the last column is cut. */
static void the_least_width_of_a_row_is_that_of_its_thumbnails(void **context)
{
    struct view_rig rig;
    float width = 380;
    (void)context;
    open_words(&rig, 16);
    do {
        width += 2;
        view_rig_draw_view(&rig, width, 300);
    } while (rig.frame.content_width > width && width < 700);
    assert_float_equal(heatmap_of(&rig.list, 11)->rect.x - heatmap_of(&rig.list, 0)->rect.x,
                       11 * 36, 0);
    view_rig_close(&rig);
}

static void sixteen_tokens_are_as_the_design_shows_them(void **context)
{
    struct view_rig rig;
    open_words(&rig, 16);
    view_rig_draw_view(&rig, 960, 851);
    const struct heed_rect first = heatmap_of(&rig.list, 0)->rect;
    const struct heed_rect right = heatmap_of(&rig.list, 1)->rect;
    const struct heed_rect below = heatmap_of(&rig.list, FAKE_HEADS)->rect;
    assert_float_equal(first.w, 64, 0); /* 4 px a token */
    assert_float_equal(right.x - first.x, 74, 0);
    assert_float_equal(below.y - first.y, 116, 0);
    view_rig_close(&rig);
}

static void long_texts_show_the_largest_weight_of_each_block(void **context)
{
    struct view_rig rig;
    open_words(&rig, 511);
    view_rig_draw_view(&rig, 960, 851);
    const struct heed_maps *maps = rig.result->maps;
    const struct heed_item_heatmap *map = heatmap_of(&rig.list, 30);
    assert_int_equal(map->rows, 64);
    assert_ptr_equal(map->values.data, maps->thumbnails);
    assert_true(map->values.id != maps->id && map->values.id != 0);
    float largest = 0;
    for (int i = 8; i < 16; i++) {
        for (int j = 24; j < 32; j++) {
            largest = fmaxf(largest, heed_maps_row(maps, 2, 6, i)[j]);
        }
    }
    assert_float_equal(maps->thumbnails[30 * 64 * 64 + 1 * 64 + 3], largest, 0);
    assert_non_null(list_find_text(&rig.list, "weight, linear, same scale for all heads; "
                                              "each cell the largest of 8 \xC3\x97 8"));
    view_rig_close(&rig);
    open_words(&rig, 64);
    assert_null(rig.result->maps->thumbnails);
    view_rig_close(&rig);
}

static void hovering_leaves_the_ground_as_it_is(void **context)
{
    struct view_rig rig;
    open_heads(&rig, TEXT);
    const uint64_t key = ground(&rig)->key;
    assert_true(key != 0);
    rig.frame.hover.has_head = true;
    rig.frame.hover.head = (struct heed_head_id){3, 4};
    assert_true(ground(&rig)->key == key);
    heed_state_show(&rig.state, (struct heed_head_id){4, 4});
    assert_true(ground(&rig)->key == key);
    rig.state.query = (struct heed_pin){2, 1};
    assert_true(ground(&rig)->key == key);
    view_rig_close(&rig);
}

/* How many lines lie in a head's thumbnail: only its marks are made of them. */
static int count_lines(struct view_rig *rig, int layer, int head)
{
    view_rig_draw_view(rig, 960, 851);
    const struct heed_rect spot = spot_of(&rig->list, layer, head);
    int n = 0;
    for (size_t i = 0; i < rig->list.n_items; i++) {
        const struct heed_item *item = &rig->list.items[i];
        const struct heed_item_line *line = &item->as.line;
        n += item->kind == HEED_ITEM_LINE && line->x0 > spot.x && line->x1 < spot.x + spot.w &&
             line->y0 > spot.y && line->y1 < spot.y + spot.h;
    }
    return n;
}

static void a_muted_head_is_marked(void **context)
{
    (void)context;
    struct view_rig rig;
    open_heads(&rig, TEXT);
    const struct heed_head_id id = {1, 2};
    assert_int_equal(count_lines(&rig, 1, 2), 0);
    const uint64_t key = ground(&rig)->key;
    heed_state_toggle_muted(&rig.state, id);
    assert_int_equal(count_lines(&rig, 1, 2), 1);
    assert_int_equal(count_lines(&rig, 1, 1), 0);
    assert_true(ground(&rig)->key == key); /* the mark lies over it */
    view_rig_close(&rig);
}

static void the_ground_changes_with_what_it_shows(void **context)
{
    struct view_rig rig;
    open_heads(&rig, TEXT);
    uint64_t keys[7];
    keys[0] = ground(&rig)->key;
    rig.state.palette = HEED_PALETTE_VIRIDIS;
    keys[1] = ground(&rig)->key;
    rig.state.theme = HEED_THEME_DARK;
    keys[2] = ground(&rig)->key;
    rig.state.heads_order = HEED_ORDER_MEASURE + HEED_COLOR_BY_DISTANCE;
    keys[3] = ground(&rig)->key;
    rig.state.heads_mode = HEED_HEADS_LINKS;
    keys[4] = ground(&rig)->key;
    rig.state.filter.threshold = 0.2F;
    keys[5] = ground(&rig)->key;
    rig.state.filter.hide_special = true;
    view_rig_compute(&rig);
    keys[6] = ground(&rig)->key;
    for (int i = 0; i < 7; i++) {
        for (int j = 0; j < i; j++) {
            assert_true(keys[i] != keys[j]);
        }
    }
    view_rig_close(&rig);
}

static void labels_follow_the_rule_and_their_numbers_stand_with_them(void **context)
{
    struct view_rig rig;
    open_heads(&rig, "It");
    view_rig_draw_view(&rig, 960, 851);
    assert_non_null(list_find_text(&rig.list,
                                   "label: largest mean share \xE2\x89\xA5 0.40, else entropy "
                                   "\xE2\x89\xA5 0.80"));
    int labelled = 0;
    for (int i = 0; i < HEADS; i++) {
        float value = 0;
        const enum heed_head_label label = heed_head_label(&rig.result->maps->measures[i], &value);
        char number[24];
        heed_format_number(number, sizeof(number), (double)value, 2);
        if (label != HEED_LABEL_NONE) {
            labelled++;
            assert_non_null(list_find_text(&rig.list, heed_heads_short_label(label, false)));
            assert_non_null(list_find_text(&rig.list, number));
        }
    }
    assert_true(labelled > 0);
    view_rig_close(&rig);
}

/* The heads in reading order. */
static int read_order(const struct view_rig *rig, int order[HEADS])
{
    int n = 0;
    for (size_t i = 0; i < rig->list.n_items; i++) {
        const struct heed_item *item = &rig->list.items[i];
        if (item->kind == HEED_ITEM_HEATMAP) {
            order[n++] = item->as.heatmap.slice;
        }
    }
    return n;
}

static void a_measure_orders_the_heads_largest_first(void **context)
{
    struct view_rig rig;
    open_heads(&rig, TEXT);
    rig.state.heads_order = HEED_ORDER_MEASURE + HEED_COLOR_BY_TO_CLS;
    view_rig_draw_view(&rig, 960, 851);
    int order[HEADS];
    assert_int_equal(read_order(&rig, order), HEADS);
    const struct heed_head_measures *measures = rig.result->maps->measures;
    for (int i = 1; i < HEADS; i++) {
        assert_true(measures[order[i - 1]].to_cls >= measures[order[i]].to_cls);
        const struct heed_rect a = heatmap_of(&rig.list, order[i - 1])->rect;
        const struct heed_rect b = heatmap_of(&rig.list, order[i])->rect;
        assert_true(b.y > a.y || (b.y == a.y && b.x > a.x));
    }
    assert_non_null(list_find_text(&rig.list, "L5H11"));
    assert_null(list_find_text(&rig.list, "L5")); /* no rows are layers */
    assert_non_null(list_find_text(&rig.list, "ordered by to [CLS], largest first"));
    view_rig_close(&rig);
}

static void a_pinned_link_can_order_the_heads(void **context)
{
    struct view_rig rig;
    open_heads(&rig, TEXT);
    rig.state.heads_order = HEED_ORDER_MEASURE + HEED_COLOR_BY_LINK;
    rig.state.query = (struct heed_pin){9, 1};
    rig.state.key = (struct heed_pin){2, 1};
    view_rig_draw_view(&rig, 960, 851);
    int order[HEADS];
    assert_int_equal(read_order(&rig, order), HEADS);
    const struct heed_maps *maps = rig.result->maps;
    float before = 2;
    for (int i = 0; i < HEADS; i++) {
        const float weight =
            heed_maps_row(maps, order[i] / maps->n_heads, order[i] % maps->n_heads, 9)[2];
        assert_true(weight <= before);
        before = weight;
    }
    view_rig_close(&rig);
}

static void groups_have_a_heading_with_their_count(void **context)
{
    struct view_rig rig;
    open_heads(&rig, "It rained.");
    rig.state.heads_order = HEED_ORDER_LABEL;
    view_rig_draw_view(&rig, 960, 2400);
    int counts[HEED_LABEL_BROAD + 1] = {0};
    for (int i = 0; i < HEADS; i++) {
        counts[heed_head_label(&rig.result->maps->measures[i], NULL)]++;
    }
    for (int label = 0; label <= (int)HEED_LABEL_BROAD; label++) {
        char count[32];
        snprintf(count, sizeof(count), "%d head%s", counts[label], counts[label] == 1 ? "" : "s");
        if (counts[label] > 0) {
            assert_non_null(
                list_find_text(&rig.list, heed_head_label_name((enum heed_head_label)label)));
            assert_non_null(list_find_text(&rig.list, count));
        }
    }
    rig.state.heads_order = HEED_ORDER_MEASURE + HEED_COLOR_BY_ENTROPY;
    rig.state.heads_bands = true;
    view_rig_draw_view(&rig, 960, 2400);
    for (int i = 0; i < HEADS; i++) {
        const int band = (int)(rig.result->maps->measures[i].entropy * 5);
        static const char *const bands[] = {"0.00 to 0.20", "0.20 to 0.40", "0.40 to 0.60",
                                            "0.60 to 0.80", "0.80 to 1.00"};
        assert_non_null(list_find_text(&rig.list, bands[band < 5 ? band : 4]));
    }
    assert_int_equal(list_count(&rig.list, HEED_ITEM_HEATMAP), HEADS);
    view_rig_close(&rig);
}

/* --- links --- */

static int by_weight(const void *a, const void *b)
{
    const float left = *(const float *)a;
    const float right = *(const float *)b;
    return left > right ? -1 : left < right;
}

static bool kept(const struct view_rig *rig, int map, int query, int key)
{
    const struct heed_maps *maps = rig->result->maps;
    const float *row = heed_maps_row(maps, map / maps->n_heads, map % maps->n_heads, query);
    return row[key] > 0 && row[key] >= heed_maps_row_cutoff(maps, row, &rig->state.filter) &&
           heed_maps_segments_pass(maps, query, key, rig->state.filter.segments);
}

/* Against all links that the filter keeps, sorted. */
static void check_strongest(struct view_rig *rig, int map)
{
    const struct heed_maps *maps = rig->result->maps;
    const size_t cells = (size_t)maps->n * (size_t)maps->n;
    float *all = malloc(cells * sizeof(*all));
    assert_non_null(all);
    int n = 0;
    for (int i = 0; i < maps->n; i++) {
        for (int j = 0; j < maps->n; j++) {
            if (kept(rig, map, i, j)) {
                all[n++] = heed_maps_row(maps, map / maps->n_heads, map % maps->n_heads, i)[j];
            }
        }
    }
    qsort(all, (size_t)n, sizeof(*all), by_weight);
    struct heed_heads heads = {.frame = &rig->frame, .maps = maps};
    struct heed_link links[HEED_HEADS_MOST_LINKS];
    assert_true(heed_heads_prepare_links(&heads));
    const int found = heed_heads_strongest(&heads, map, links);
    assert_int_equal(found, n < HEED_HEADS_MOST_LINKS ? n : HEED_HEADS_MOST_LINKS);
    for (int i = 0; i < found; i++) {
        assert_float_equal(links[found - 1 - i].weight, all[i], 0);
        assert_true(kept(rig, map, links[i].query, links[i].key));
    }
    free(all);
}

static void link_thumbnails_show_the_strongest_64_of_each_head(void **context)
{
    const int lengths[] = {3, 16, 64, 65, 200};
    for (size_t i = 0; i < HEED_COUNT(lengths); i++) {
        struct view_rig rig;
        open_words(&rig, lengths[i]);
        rig.state.heads_mode = HEED_HEADS_LINKS;
        view_rig_draw_view(&rig, 960, 851);
        assert_int_equal(list_count(&rig.list, HEED_ITEM_HEATMAP), 0);
        for (int map = 0; map < HEADS; map += 7) {
            check_strongest(&rig, map);
        }
        view_rig_close(&rig);
    }
}

static void link_thumbnails_follow_every_filter(void **context)
{
    static char text[2048];
    text[0] = '\0';
    for (int i = 0; i < 90; i++) {
        snprintf(text + strlen(text), sizeof(text) - strlen(text), "w%d ", i);
    }
    struct view_rig rig;
    view_rig_open(&rig, text, "It wanted to rest.");
    rig.state.view = HEED_VIEW_HEADS;
    rig.state.heads_mode = HEED_HEADS_LINKS;
    const struct heed_filter filters[] = {
        {.threshold = 0, .top_p = 1},
        {.threshold = 0.05F, .top_p = 1},
        {.threshold = 2, .top_p = 1},
        {.threshold = 0, .top_p = 0.2F},
        {.threshold = 0, .top_p = 1, .top_k = 1},
        {.threshold = 0, .top_p = 1, .segments = HEED_SEGMENTS_BB},
        {.threshold = 0, .top_p = 1, .top_k = 2, .segments = HEED_SEGMENTS_BA},
    };
    for (size_t i = 0; i < HEED_COUNT(filters); i++) {
        rig.state.filter = filters[i];
        view_rig_draw_view(&rig, 960, 851);
        check_strongest(&rig, 5);
        check_strongest(&rig, 40);
    }
    view_rig_close(&rig);
}

static void check_kept(struct view_rig *rig, int map, const struct heed_link *own, int n)
{
    struct heed_heads heads = {.frame = &rig->frame, .maps = rig->result->maps};
    struct heed_link links[HEED_HEADS_MOST_LINKS];
    assert_int_equal(heed_heads_strongest(&heads, map, links), n);
    assert_memory_equal(links, own, (size_t)n * sizeof(*own));
}

/* Without scratch memory: they can only be the kept ones. */
static void kept_links_of_heads_are_those_that_a_picture_finds(void **context)
{
    struct view_rig rig;
    open_words(&rig, 90);
    rig.state.heads_mode = HEED_HEADS_LINKS;
    void *kept = NULL;
    const struct heed_view_source source = {.state = &rig.state, .result = rig.result};
    const float thresholds[] = {0, 0.05F};
    for (size_t i = 0; i < HEED_COUNT(thresholds); i++) {
        rig.state.filter.threshold = thresholds[i];
        view_rig_draw_view(&rig, 960, 851);
        struct heed_heads heads = {.frame = &rig.frame, .maps = rig.result->maps};
        assert_true(heed_heads_prepare_links(&heads));
        for (int map = 0; map < HEADS; map += 7) {
            rig.frame.cache = kept; /* of another threshold: not taken */
            struct heed_link own[HEED_HEADS_MOST_LINKS];
            const int n = heed_heads_strongest(&heads, map, own);
            check_strongest(&rig, map);
            heed_heads_links_follow(&kept, &source);
            assert_non_null(kept);
            rig.frame.cache = kept;
            check_kept(&rig, map, own, n);
        }
        rig.frame.cache = NULL;
    }
    rig.state.heads_mode = HEED_HEADS_HEATMAPS;
    heed_heads_links_follow(&kept, &source);
    assert_null(kept);
    view_rig_close(&rig);
}

/* --- what is pointed at --- */

static void hovering_enlarges_a_head_beside_it(void **context)
{
    const struct heed_head_id ids[] = {{0, 0}, {2, 6}, {5, 11}, {3, 0}};
    struct view_rig rig;
    open_heads(&rig, TEXT);
    for (size_t i = 0; i < HEED_COUNT(ids); i++) {
        rig.frame.hover.has_head = true;
        rig.frame.hover.head = ids[i];
        view_rig_draw_view(&rig, 960, 851);
        const struct heed_item *last = NULL;
        for (size_t k = 0; k < rig.list.n_items; k++) {
            if (rig.list.items[k].kind == HEED_ITEM_HEATMAP) {
                last = &rig.list.items[k];
            }
        }
        const struct heed_item_heatmap *large = &last->as.heatmap;
        const int slice = ids[i].layer * FAKE_HEADS + ids[i].head;
        const struct heed_rect small = heatmap_of(&rig.list, slice)->rect;
        const int n = rig.result->maps->n;
        assert_int_equal(large->slice, slice);
        assert_float_equal(large->rect.w, 17 * n, 0);
        assert_true(large->rect.x > small.x + small.w || large->rect.x + large->rect.w < small.x);
        assert_true(large->rect.x >= 0 && large->rect.x + large->rect.w <= 960);
        assert_true(large->rect.y >= 0 && large->rect.y + large->rect.h <= 851);
        /* The pointer goes through it. */
        assert_int_equal(last->target.kind, HEED_TARGET_NONE);
        assert_non_null(list_find_text(&rig.list, "animal"));
    }
    view_rig_close(&rig);
}

static void text_stays_in_the_view_at_every_size(void **context)
{
    const float sizes[][2] = {{960, 851}, {776, 552}, {640, 332},
                              {570, 660}, {573, 660}, {1900, 1300}};
    const enum heed_heads_order orders[] = {HEED_ORDER_GRID, HEED_ORDER_LABEL,
                                            HEED_ORDER_MEASURE + HEED_COLOR_BY_TO_PUNCTUATION};
    struct view_rig rig;
    open_heads(&rig, TEXT);
    rig.frame.hover.has_head = true;
    rig.frame.hover.head = (struct heed_head_id){1, 5};
    for (size_t i = 0; i < HEED_COUNT(sizes); i++) {
        for (size_t k = 0; k < 2 * HEED_COUNT(orders); k++) {
            rig.state.heads_order = orders[k / 2];
            rig.state.heads_mode = k % 2 == 1 ? HEED_HEADS_LINKS : HEED_HEADS_HEATMAPS;
            view_rig_draw_view(&rig, sizes[i][0], sizes[i][1]);
            for (size_t t = 0; t < rig.list.n_items; t++) {
                const struct heed_item *item = &rig.list.items[t];
                assert_true(rig.frame.content_width <= sizes[i][0] + 0.5F);
                if (item->kind == HEED_ITEM_TEXT) {
                    const struct heed_rect box = view_rig_text_box(&item->as.text);
                    assert_true(item->as.text.style.size >= 12);
                    assert_true(box.x >= -1 && box.x + box.w <= sizes[i][0] + 1);
                }
            }
        }
    }
    view_rig_close(&rig);
}

static void what_does_not_fit_scrolls_and_can_be_reached(void **context)
{
    struct view_rig rig;
    open_heads(&rig, TEXT);
    rig.frame.zoom = 4;
    view_rig_draw_view(&rig, 960, 851);
    assert_true(rig.frame.content_width > 960);
    assert_true(rig.frame.content_height > 851);
    assert_true(list_count(&rig.list, HEED_ITEM_HEATMAP) < HEADS);
    assert_int_equal(list_count_hotspots(&rig.list, HEED_TARGET_HEAD), HEADS);
    assert_null(heatmap_of(&rig.list, HEADS - 1));
    rig.frame.scroll_x = rig.frame.scroll_y = 1e9F;
    view_rig_draw_view(&rig, 960, 851);
    assert_non_null(heatmap_of(&rig.list, HEADS - 1));
    assert_null(heatmap_of(&rig.list, 0));
    /* Scrolled so far that its spot ends at the view's edge, a head is seen
     * whole, below the header. */
    const struct heed_rect spot = spot_of(&rig.list, 0, 0);
    rig.frame.scroll_x += spot.x - 1e9F + rig.frame.content_width - 960;
    rig.frame.scroll_y += spot.y - 1e9F + rig.frame.content_height - 851;
    rig.frame.scroll_x = fmaxf(rig.frame.scroll_x, 0);
    rig.frame.scroll_y = fmaxf(rig.frame.scroll_y, 0);
    view_rig_draw_view(&rig, 960, 851);
    assert_non_null(heatmap_of(&rig.list, 0));
    view_rig_close(&rig);
}

static void rows_and_columns_can_be_chosen(void **context)
{
    struct view_rig rig;
    open_heads(&rig, TEXT);
    view_rig_draw_view(&rig, 960, 851);
    assert_int_equal(list_count_hotspots(&rig.list, HEED_TARGET_LAYER_LABEL), FAKE_LAYERS);
    assert_int_equal(list_count_hotspots(&rig.list, HEED_TARGET_HEAD_LABEL), FAKE_HEADS);
    view_rig_close(&rig);
}

static void no_token_left_says_how_to_get_back(void **context)
{
    struct view_rig rig;
    open_heads(&rig, "");
    rig.state.filter.hide_special = true;
    view_rig_compute(&rig);
    view_rig_draw_view(&rig, 960, 851);
    assert_non_null(list_find_text(&rig.list, "No token is left."));
    view_rig_close(&rig);
}

static void the_inspector_tells_of_the_hovered_head(void **context)
{
    struct view_rig rig;
    open_heads(&rig, TEXT);
    rig.frame.hover.has_head = true;
    rig.frame.hover.head = (struct heed_head_id){4, 7};
    view_rig_draw_window(&rig);
    const struct heed_head_measures *measures = &rig.result->maps->measures[4 * FAKE_HEADS + 7];
    char number[24];
    heed_format_number(number, sizeof(number), (double)measures->to_previous, 3);
    assert_non_null(list_find_text(&rig.list, number));
    assert_non_null(list_find_text(&rig.list, "Where its rows go"));
    assert_non_null(list_find_text(&rig.list, "Labels describe this text only"));
    assert_non_null(list_find_text(&rig.list, "hovered"));
    rig.frame.hover.has_head = false;
    view_rig_draw_window(&rig);
    assert_non_null(list_find_text(&rig.list, "shown"));
    view_rig_close(&rig);
}

static void an_export_has_the_height_it_needs(void **context)
{
    const int lengths[] = {5, 16, 128};
    for (size_t i = 0; i < HEED_COUNT(lengths); i++) {
        struct view_rig rig;
        open_words(&rig, lengths[i]);
        rig.frame.is_export = true;
        rig.scale = 10.667F / 15;
        rig.frame.hover.has_head = true;
        view_rig_draw_view(&rig, 661, 400);
        const float height = heed_view_export_height(&rig.frame, 661);
        view_rig_draw_view(&rig, 661, height);
        assert_int_equal(list_count(&rig.list, HEED_ITEM_HEATMAP), HEADS);
        assert_int_equal(list_count_hotspots(&rig.list, HEED_TARGET_HEAD), 0);
        float lowest = 0;
        for (size_t t = 0; t < rig.list.n_items; t++) {
            const struct heed_item *item = &rig.list.items[t];
            if (item->kind == HEED_ITEM_TEXT) {
                assert_float_equal(item->as.text.style.size, 10.667F, 0.01F);
                lowest = fmaxf(lowest, item->as.text.y);
            }
        }
        assert_true(lowest <= height && lowest > height - 20);
        view_rig_close(&rig);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_head_is_a_thumbnail_of_whole_pixels),
        cmocka_unit_test(the_grid_fills_the_canvas_at_any_size),
        cmocka_unit_test(the_least_width_of_a_row_is_that_of_its_thumbnails),
        cmocka_unit_test(sixteen_tokens_are_as_the_design_shows_them),
        cmocka_unit_test(long_texts_show_the_largest_weight_of_each_block),
        cmocka_unit_test(hovering_leaves_the_ground_as_it_is),
        cmocka_unit_test(the_ground_changes_with_what_it_shows),
        cmocka_unit_test(a_muted_head_is_marked),
        cmocka_unit_test(labels_follow_the_rule_and_their_numbers_stand_with_them),
        cmocka_unit_test(a_measure_orders_the_heads_largest_first),
        cmocka_unit_test(a_pinned_link_can_order_the_heads),
        cmocka_unit_test(groups_have_a_heading_with_their_count),
        cmocka_unit_test(link_thumbnails_show_the_strongest_64_of_each_head),
        cmocka_unit_test(link_thumbnails_follow_every_filter),
        cmocka_unit_test(kept_links_of_heads_are_those_that_a_picture_finds),
        cmocka_unit_test(hovering_enlarges_a_head_beside_it),
        cmocka_unit_test(text_stays_in_the_view_at_every_size),
        cmocka_unit_test(what_does_not_fit_scrolls_and_can_be_reached),
        cmocka_unit_test(rows_and_columns_can_be_chosen),
        cmocka_unit_test(no_token_left_says_how_to_get_back),
        cmocka_unit_test(the_inspector_tells_of_the_hovered_head),
        cmocka_unit_test(an_export_has_the_height_it_needs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
