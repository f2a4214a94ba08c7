#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <string.h>

#include "draw/embed.h"

static const struct heed_color red = {1, 0, 0, 1};

/* A page of 100 x 50 with one of each that has a place. */
static void draw_page(struct heed_list *page)
{
    static const float values[] = {0, 1, 1, 0};
    page->width = 100;
    page->height = 50;
    page->background = (struct heed_color){1, 1, 1, 1};
    page->target = (struct heed_target){.kind = HEED_TARGET_HEAD, .a = 3};
    heed_list_box(page, (struct heed_rect){10, 10, 20, 10}, 2, red, 1, red);
    heed_list_stroke(page, 0, 0, 100, 50, 2, red);
    heed_list_text(page, (struct heed_item_text){.x = 40,
                                                 .y = 20,
                                                 .style = {.size = 8, .weight = 400},
                                                 .color = red,
                                                 .text = "it",
                                                 .length = 2});
    heed_list_heatmap(page, (struct heed_item_heatmap){.rect = {50, 20, 20, 20},
                                                       .values = {7, values, 1, 2, 2},
                                                       .rows = 2,
                                                       .columns = 2,
                                                       .gap = 2,
                                                       .high = 1,
                                                       .palette = {.stops = {red, red}}});
    heed_list_group(page, (struct heed_item_group){9, 0.5F, {0, 0, 100, 50}});
    heed_list_ungroup(page);
    heed_list_spot(page, (struct heed_rect){0, 0, 9, 9}, page->target);
}

static const struct heed_item *find(const struct heed_list *list, enum heed_item_kind kind, int nth)
{
    for (size_t i = 0; i < list->n_items; i++) {
        if (list->items[i].kind == kind && nth-- == 0) {
            return &list->items[i];
        }
    }
    return NULL;
}

static void all_of_it_moves_and_grows(void **state)
{
    (void)state;
    struct heed_list page = {0}, list = {0};
    draw_page(&page);
    heed_list_embed(&list, &page, (struct heed_embedding){1000, 500, 2, false});
    const struct heed_rect ground = find(&list, HEED_ITEM_RECT, 0)->as.rect.rect;
    assert_true(ground.x == 1000 && ground.w == 200 && ground.h == 100);
    const struct heed_item_rect *box = &find(&list, HEED_ITEM_RECT, 1)->as.rect;
    assert_true(box->rect.x == 1020 && box->rect.y == 520 && box->rect.w == 40);
    assert_true(box->radius == 4 && box->stroke.width == 2);
    const struct heed_item_line *line = &find(&list, HEED_ITEM_LINE, 0)->as.line;
    assert_true(line->x1 == 1200 && line->y1 == 600 && line->stroke.width == 4);
    const struct heed_item_text *text = &find(&list, HEED_ITEM_TEXT, 0)->as.text;
    assert_true(text->x == 1080 && text->y == 540 && text->style.size == 16);
    const struct heed_item_heatmap *map = &find(&list, HEED_ITEM_HEATMAP, 0)->as.heatmap;
    assert_true(map->rect.x == 1100 && map->rect.w == 40 && map->gap == 4);
    const struct heed_item_group *group = &find(&list, HEED_ITEM_GROUP, 0)->as.group;
    assert_true(group->key != 9 && group->key != 0 && group->bounds.w == 200);
    heed_list_finish(&page);
    heed_list_finish(&list);
}

static void it_has_no_targets_of_its_own_and_ends_what_it_begins(void **state)
{
    (void)state;
    struct heed_list page = {0}, list = {0};
    draw_page(&page);
    heed_list_embed(&list, &page, (struct heed_embedding){0, 0, 1, false});
    assert_int_equal(list.depth, 0);
    assert_null(find(&list, HEED_ITEM_HOTSPOT, 0));
    for (size_t i = 0; i < list.n_items; i++) {
        assert_int_equal(list.items[i].target.kind, HEED_TARGET_NONE);
    }
    heed_list_finish(&page);
    heed_list_finish(&list);
}

static bool is_grey(struct heed_color color)
{
    return color.r == color.g && color.g == color.b;
}

static void grey_is_as_light_as_the_colour(void **state)
{
    (void)state;
    struct heed_list page = {0}, list = {0};
    draw_page(&page);
    heed_list_embed(&list, &page, (struct heed_embedding){0, 0, 1, true});
    assert_true(is_grey(find(&list, HEED_ITEM_RECT, 1)->as.rect.fill));
    assert_true(is_grey(find(&list, HEED_ITEM_LINE, 0)->as.line.stroke.color));
    assert_true(is_grey(find(&list, HEED_ITEM_TEXT, 0)->as.text.color));
    assert_true(is_grey(find(&list, HEED_ITEM_HEATMAP, 0)->as.heatmap.palette.stops[1]));
    /* 0.2126 of the light of white: 0.4983 in sRGB. */
    assert_true(fabsf(heed_color_grey(red).r - 0.4983F) < 0.001F);
    assert_true(fabsf(heed_color_grey((struct heed_color){1, 1, 1, 1}).g - 1) < 0.001F);
    heed_list_finish(&page);
    heed_list_finish(&list);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_of_it_moves_and_grows),
        cmocka_unit_test(it_has_no_targets_of_its_own_and_ends_what_it_begins),
        cmocka_unit_test(grey_is_as_light_as_the_colour),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
