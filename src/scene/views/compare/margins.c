#include "scene/views/compare/margins.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/compiler.h"
#include "scene/frame/aligned.h"
#include "scene/parts/candidate_words.h"
#include "scene/views/compare/layout.h"
#include "scene/widgets/numbers.h"
#include "scene/widgets/target.h"

enum { N_COLUMNS = 3 /* A, B, B - A */ };

static const float column_room = 5; /* em */

struct margins {
    const struct heed_compare *compare;
    struct heed_margin_request a;
    struct heed_range query_b, keys_b[HEED_MARGIN_MOST_KEYS]; /* count 0: B has none */
    const char *missing;                                      /* a word that B lacks; NULL: none */
    float names;                                              /* px of the widest head's name */
};

static struct heed_range range_of(struct heed_unit_range units)
{
    return (struct heed_range){units.first, units.count};
}

static bool find_margins(struct margins *margins)
{
    const struct heed_compare *compare = margins->compare;
    if (!heed_candidates_have_margin(compare->frame, &margins->a)) {
        return false;
    }
    margins->query_b = heed_units_b(compare->comparison, range_of(margins->a.query));
    int lacking = margins->query_b.count > 0 ? -1 : margins->a.query.first;
    for (int i = 0; i < margins->a.n; i++) {
        margins->keys_b[i] = heed_units_b(compare->comparison, range_of(margins->a.keys[i]));
        if (lacking < 0 && margins->keys_b[i].count == 0) {
            lacking = margins->a.keys[i].first;
        }
    }
    margins->missing = lacking >= 0 ? compare->maps_a->units[lacking].label : NULL;
    return true;
}

static double margin_of(const struct margins *margins, const struct heed_shown_map *map, bool b)
{
    const struct heed_compare *compare = margins->compare;
    const struct heed_range query = b ? margins->query_b : range_of(margins->a.query);
    const int n = b ? compare->maps_b->n : compare->maps_a->n;
    double weights[HEED_MARGIN_MOST_KEYS] = {0};
    for (int i = 0; i < margins->a.n; i++) {
        const struct heed_range key = b ? margins->keys_b[i] : range_of(margins->a.keys[i]);
        weights[i] = (double)heed_map_weight(map->weights, n, query, key);
    }
    return heed_margin_of(weights, margins->a.n, margins->a.answer);
}

static void say_title(const struct margins *margins, char *text, size_t size)
{
    const struct heed_compare *compare = margins->compare;
    char query[96], difference[192], lacks[128] = "";
    heed_units_text(compare->maps_a, range_of(margins->a.query), query, sizeof(query));
    heed_candidates_text(compare->frame, difference, sizeof(difference));
    if (margins->missing != NULL) {
        snprintf(lacks, sizeof(lacks), "; B has no \xE2\x80\x9C%.80s\xE2\x80\x9D",
                 margins->missing);
    }
    snprintf(text, size, "Margin of \xE2\x80\x9C%s\xE2\x80\x9D: %s%s", query, difference, lacks);
}

/* The right end of a column. */
static float end_of(const struct margins *margins, float x, int column)
{
    return x + margins->names +
           (float)(column + 1) * column_room * HEED_EXPORT_TYPE * margins->compare->s;
}

static float widest_name(const struct heed_compare *compare)
{
    const struct heed_text_style style = heed_widget_style(&compare->skin, 12, 600);
    const struct heed_shown_maps shown = heed_shown_collect(compare->frame);
    float widest = 0;
    for (int i = 0; i < shown.n; i++) {
        widest = fmaxf(widest, heed_widget_width(&compare->skin, style, shown.items[i].name));
    }
    return widest;
}

/* A number is told as a value of the head whose name stands before it. */
static void draw_row(const struct margins *margins, const struct heed_skin *skin, float x, float cy,
                     const struct heed_shown_map *a, const struct heed_shown_map *b)
{
    struct heed_list *list = skin->list;
    const double margin = margin_of(margins, a, false);
    const double other = margins->missing == NULL && b != NULL ? margin_of(margins, b, true) : 0;
    const double values[N_COLUMNS] = {margin, other, other - margin};
    const int n = margins->missing == NULL && b != NULL ? N_COLUMNS : 1;
    list->target = heed_target_of(HEED_TARGET_HEAD, a->id.layer, a->id.head, 0);
    heed_widget_left(skin, x, cy, 12, 600, skin->theme->text, a->name, 0);
    for (int i = 0; i < n; i++) {
        char number[32];
        heed_format_signed(number, sizeof(number), values[i]);
        list->target = heed_target_of(HEED_TARGET_VALUE, i, 0, 0);
        heed_widget_right(skin, end_of(margins, x, i), cy, 12, i == N_COLUMNS - 1 ? 600 : 400,
                          skin->theme->text, number, 0);
    }
    list->target = (struct heed_target){0};
}

static void draw_heads(const struct margins *margins, const struct heed_skin *skin, float x,
                       float y, float pitch)
{
    static const char *const names[N_COLUMNS] = {"A", "B", "B \xE2\x88\x92 A"};
    const struct heed_compare *compare = margins->compare;
    const struct heed_shown_maps a = heed_shown_collect(compare->frame);
    const struct heed_shown_maps b = heed_shown_collect(&compare->frame_b);
    for (int i = 0; i < (margins->missing == NULL ? N_COLUMNS : 1); i++) {
        heed_widget_right(skin, end_of(margins, x, i), y + pitch / 2, 12, 400, skin->theme->muted,
                          names[i], 0);
    }
    for (int i = 0; i < a.n; i++) {
        draw_row(margins, skin, x, y + ((float)i + 1.5F) * pitch, &a.items[i],
                 heed_shown_find(&b, a.items[i].id));
    }
}

float heed_compare_margins(const struct heed_compare *compare, const struct heed_blocks *page,
                           float y)
{
    struct margins margins = {.compare = compare};
    const float x = page->rect.x, pitch = heed_blocks_line(page);
    char title[512];
    if (!find_margins(&margins)) {
        return 0;
    }
    margins.names = widest_name(compare);
    say_title(&margins, title, sizeof(title));
    const float head = heed_blocks_text(page, x, y, page->rect.w, page->skin.theme->text, title);
    if (page->draws) {
        draw_heads(&margins, &page->skin, x, y + head, pitch);
    }
    return head + (float)(heed_shown_collect(compare->frame).n + 1) * pitch;
}

const char *heed_compare_name_value(int32_t a, bool *of_token)
{
    static const char *const names[N_COLUMNS] = {"margin A", "margin B", "margin B-A"};
    *of_token = false;
    return a >= 0 && a < N_COLUMNS ? names[a] : NULL;
}
