/* Compare at every size of window, of few words and of many, in several scripts: no text lies
 * over another, none is cut, and no value over an arc. HEED_TEST_QUICK:
 * every other length. */
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
#include "draw/fit.h"
#include "model_rig.h"
#include "render/record/record.h"
#include "scene/views/compare/blocks.h"
#include "scene/views/compare/parts.h"

/* Canvases of windows from 640 x 480 to 2560 x 1440, and one that is as high as wide. */
static const float sizes[][2] = {{640, 296},  {552, 300},   {776, 498}, {640, 518}, {960, 797},
                                 {1296, 620}, {1920, 1237}, {980, 980}, {700, 1237}};

/* As many words as are asked for, of a script, with or without the last but one. */
enum script { LATIN, ARABIC, CJK, N_SCRIPTS };

static const char *const words[N_SCRIPTS][6] = {
    {"the", "animal", "didn't", "cross", "because", "tired"},
    {"\xD9\x82\xD8\xB7", "\xD8\xA8\xD9\x8A\xD8\xAA", "\xD9\x83\xD9\x84\xD8\xA8",
     "\xD8\xB4\xD9\x85\xD8\xB3", "\xD9\x82\xD9\x85\xD8\xB1", "\xD9\x86\xD9\x87\xD8\xB1"},
    {"\xE7\x8C\xAB", "\xE7\x8A\xAC", "\xE6\x88\xBF", "\xE5\xB1\x8B", "\xE6\x9C\x88",
     "\xE6\xB0\xB4"}};

static void write_text(char *text, size_t size, enum script script, int n, const char *last)
{
    size_t used = 0;
    text[0] = '\0';
    for (int i = 0; i < n - 1; i++) {
        used += (size_t)snprintf(text + used, size - used, "%s ", words[script][i % 5]);
    }
    snprintf(text + used, size - used, "%s", last);
}

static void open_rig(struct model_rig *rig, enum script script, int n)
{
    char a[2048], b[2048];
    write_text(a, sizeof(a), script, n, words[script][5]);
    write_text(b, sizeof(b), script, n, script == LATIN ? "very wide" : words[script][0]);
    model_rig_open(rig, "tiny-bert", a);
    assert_true(heed_state_set_compare(&rig->state, b, strlen(b), NULL));
    rig->state.view = HEED_VIEW_COMPARE;
    rig->state.filter.words = true;
    model_rig_compute(rig);
}

static void show_heads(struct model_rig *rig, int n)
{
    static const struct heed_head_id ids[] = {{0, 1}, {1, 0}, {1, 3}, {0, 0}, {0, 2}};
    heed_state_show_only(&rig->state, ids, n);
}

static void pin_word(struct model_rig *rig, struct heed_pin *pin, int unit)
{
    const struct heed_maps *maps = rig->result->maps;
    const struct heed_unit *it = &maps->units[unit < maps->n ? unit : maps->n - 1];
    *pin = (struct heed_pin){it->first, it->count, false};
}

/* Nothing; a query; it and its key; all of it. */
enum { PINS = 4 };

static void pin_all(struct model_rig *rig, int pins)
{
    struct heed_state *state = &rig->state;
    const int last = rig->result->maps->n - 3;
    state->query.count = state->key.count = 0;
    state->n_candidates = 0;
    if (pins > 0) {
        pin_word(rig, &state->query, last > 0 ? last : 1);
    }
    if (pins > 1) {
        pin_word(rig, &state->key, 2);
    }
    if (pins > 2) {
        pin_word(rig, &state->candidates[0], 2);
        pin_word(rig, &state->candidates[1], last > 3 ? 3 : 1);
        state->n_candidates = 2;
    }
}

/* --- values and arcs --- */

static bool is_value(const struct heed_item *item)
{
    const struct heed_item_text *text = &item->as.text;
    return item->kind == HEED_ITEM_TEXT && text->length == 5 && text->text[1] == '.' &&
           text->style.size > 0 && text->text[0] >= '0' && text->text[0] <= '9';
}

static bool meets(struct heed_rect box, float x, float y)
{
    return x > box.x && x < box.x + box.w && y > box.y && y < box.y + box.h;
}

/* Does any of its line, without its width, run through the box? */
static bool runs_through(const struct heed_item *item, struct heed_rect box)
{
    const struct heed_item_arc *arc = &item->as.arc;
    const struct heed_item_line *line = &item->as.line;
    for (int i = 0; i <= 200; i++) {
        const float t = (float)i / 200;
        const float angle = arc->from + (arc->to - arc->from) * t;
        if (item->kind == HEED_ITEM_ARC &&
            meets(box, arc->cx + arc->rx * cosf(angle), arc->cy + arc->ry * sinf(angle))) {
            return true;
        }
        if (item->kind == HEED_ITEM_LINE && item->target.kind == HEED_TARGET_LINK &&
            meets(box, line->x0 + (line->x1 - line->x0) * t,
                  line->y0 + (line->y1 - line->y0) * t)) {
            return true;
        }
    }
    return item->kind == HEED_ITEM_TRIANGLE && item->target.kind == HEED_TARGET_LINK &&
           (meets(box, item->as.triangle.x2, item->as.triangle.y2) ||
            meets(box, item->as.triangle.x0, item->as.triangle.y0) ||
            meets(box, item->as.triangle.x1, item->as.triangle.y1));
}

/* A value among the arcs that lies over one, or NULL. */
static const char *find_covered(const struct model_rig *rig, struct heed_rect arcs)
{
    const struct heed_metrics *metrics = heed_record_get_metrics();
    for (size_t i = 0; i < rig->list.n_items; i++) {
        const struct heed_item_text *text = &rig->list.items[i].as.text;
        if (!is_value(&rig->list.items[i]) || text->y < arcs.y || text->y > arcs.y + arcs.h) {
            continue;
        }
        const float size = text->style.size;
        const struct heed_rect box = {
            text->x - 0.6F * size, text->y - 0.72F * size,
            heed_text_width(metrics, text->style, text->text, text->length) + 0.6F * size,
            0.72F * size};
        for (size_t k = 0; k < rig->list.n_items; k++) {
            if (runs_through(&rig->list.items[k], box)) {
                return text->text;
            }
        }
    }
    return NULL;
}

/* --- all of them --- */

static int check(struct model_rig *rig, float width, float height, float scale, const char *name)
{
    struct heed_compare compare;
    model_rig_draw_at(rig, width * scale, height * scale, scale);
    const char *covered = NULL;
    int bad = 0;
    rig->list.height = rig->frame.content_height; /* what scrolls isn't cut */
    if (!heed_list_fits(&rig->list, heed_record_get_metrics())) {
        print_error("%s %.0f x %.0f at %.0f: %s\n", name, (double)width, (double)height,
                    (double)scale, rig->list.lack.text);
        bad++;
    }
    assert_true(heed_compare_place(&compare, &rig->frame,
                                   (struct heed_rect){0, 0, width * scale, height * scale}));
    covered = find_covered(rig, compare.upper);
    if (covered != NULL) {
        print_error("%s %.0f x %.0f at %.0f: %s lies over an arc\n", name, (double)width,
                    (double)height, (double)scale, covered);
        bad++;
    }
    return bad;
}

static int check_text(enum script script, int n)
{
    struct model_rig rig;
    int bad = 0;
    open_rig(&rig, script, n);
    for (size_t i = 0; i < HEED_COUNT(sizes); i++) {
        for (int heads = 1; heads <= 5; heads += n > 30 ? 2 : 1) {
            for (int pins = 0; pins < PINS; pins++) {
                char name[64];
                show_heads(&rig, heads);
                pin_all(&rig, pins);
                rig.state.compare_heads = heads % 2 == 0;
                snprintf(name, sizeof(name), "script %d, %d words, %d heads, pins %d:", script, n,
                         heads, pins);
                bad += check(&rig, sizes[i][0], sizes[i][1], heads == 3 ? 2 : 1, name);
            }
        }
    }
    model_rig_close(&rig);
    return bad;
}

static void nothing_overlaps_is_cut_or_covers_an_arc(void **state)
{
    static const int lengths[] = {5, 12, 16, 26, 40, 66};
    int bad = 0;
    (void)state;
    for (int script = 0; script < N_SCRIPTS; script++) {
        for (size_t i = 0; i < HEED_COUNT(lengths); i += getenv("HEED_TEST_QUICK") ? 2 : 1) {
            bad += check_text((enum script)script, lengths[i]);
        }
    }
    assert_int_equal(bad, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_overlaps_is_cut_or_covers_an_arc),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
