#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "draw/theme.h"
#include "render/record/record.h"
#include "scene/chrome/chrome.h"
#include "scene/chrome/layout.h"
#include "scene/field/textfield.h"
#include "scene/panels/panels.h"
#include "scene/views/views.h"
#include "scene/widgets/widgets.h"
#include "view_rig.h"

void view_rig_compute(struct view_rig *rig)
{
    struct heed_head_id heads[HEED_MAX_SHOWN];
    for (int i = 0; i < rig->state.n_shown; i++) {
        heads[i] = rig->state.shown[i].id;
    }
    const struct heed_job job = {
        .predicts = true,
        .text = rig->state.text,
        .text_length = strlen(rig->state.text),
        .pair = rig->state.pair,
        .pair_length = rig->state.pair != NULL ? strlen(rig->state.pair) : 0,
        .filter = rig->state.filter,
        .heads = heads,
        .n_heads = rig->state.n_shown,
    };
    if (rig->result != NULL) {
        heed_result_release(rig->result);
    }
    rig->result = fake_result_create(&job);
    assert_true(rig->result->ok);
}

void view_rig_open(struct view_rig *rig, const char *text, const char *pair)
{
    memset(rig, 0, sizeof(*rig));
    assert_true(heed_state_init(&rig->state, NULL));
    assert_true(heed_state_set_text(&rig->state, text, strlen(text), NULL));
    assert_true(heed_textfield_set(&rig->field, text, strlen(text), false));
    if (pair != NULL) {
        assert_true(heed_state_set_pair(&rig->state, pair, strlen(pair), NULL));
        assert_true(heed_textfield_set(&rig->pair_field, pair, strlen(pair), false));
    }
    rig->width = 1600;
    rig->height = 1000;
    rig->scale = 1;
    rig->frame.zoom = 1;
    view_rig_compute(rig);
}

void view_rig_open_long(struct view_rig *rig)
{
    static char text[4096];
    text[0] = '\0';
    for (int i = 0; i < 150; i++) {
        snprintf(text + strlen(text), sizeof(text) - strlen(text), "w%d ", i);
    }
    view_rig_open(rig, text, NULL);
    view_rig_show_layer(rig, 3, 12);
    rig->state.filter.threshold = 0.001F;
}

int view_rig_count_kept(const struct view_rig *rig)
{
    const struct heed_maps *maps = rig->result->maps;
    int kept = 0;
    for (int i = 0; i < rig->state.n_shown; i++) {
        const struct heed_head_id id = rig->state.shown[i].id;
        for (int query = 0; query < maps->n; query++) {
            const float *row = heed_maps_row(maps, id.layer, id.head, query);
            const float cutoff = heed_maps_row_cutoff(maps, row, &rig->state.filter);
            for (int key = 0; key < maps->n; key++) {
                kept += row[key] >= cutoff &&
                        heed_maps_segments_pass(maps, query, key, rig->state.filter.segments);
            }
        }
    }
    return kept;
}

void view_rig_close(struct view_rig *rig)
{
    heed_result_release(rig->result);
    heed_state_finish(&rig->state);
    heed_list_finish(&rig->list);
    heed_textfield_finish(&rig->field);
    heed_textfield_finish(&rig->pair_field);
}

void view_rig_show_layer(struct view_rig *rig, int layer, int n_heads)
{
    struct heed_head_id ids[FAKE_HEADS];
    for (int i = 0; i < n_heads; i++) {
        ids[i] = (struct heed_head_id){(int16_t)layer, (int16_t)i};
    }
    heed_state_show_only(&rig->state, ids, n_heads);
}

static void prepare(struct view_rig *rig)
{
    heed_list_clear(&rig->list);
    rig->frame.list = &rig->list;
    rig->frame.state = &rig->state;
    rig->foot = (struct heed_foot){0};
    rig->frame.foot = &rig->foot;
    rig->frame.kind = rig->kind != NULL ? rig->kind : heed_view_get_kind(rig->state.view);
    rig->frame.panel = rig->panel != NULL ? rig->panel : heed_panel_get_kind(rig->state.panel);
    rig->frame.result = rig->result;
    rig->frame.theme = heed_theme_get(rig->state.theme);
    rig->frame.metrics = heed_record_get_metrics();
    rig->frame.scale = rig->scale;
    rig->frame.hairline = fmaxf(1, roundf(rig->scale));
    rig->list.target = (struct heed_target){0};
    rig->list.width = rig->width;
    rig->list.height = rig->height;
}

void view_rig_draw_view(struct view_rig *rig, float width, float height)
{
    rig->width = width;
    rig->height = height;
    prepare(rig);
    heed_view_draw(&rig->frame, (struct heed_rect){0, 0, width, height});
    assert_false(rig->list.failed);
}

void view_rig_draw_window(struct view_rig *rig)
{
    prepare(rig);
    struct heed_chrome *chrome = &rig->chrome;
    chrome->frame = rig->frame;
    chrome->skin = (struct heed_skin){.list = &rig->list,
                                      .theme = rig->frame.theme,
                                      .metrics = rig->frame.metrics,
                                      .scale = rig->scale,
                                      .hairline = rig->frame.hairline};
    const struct heed_layout_input input = {
        .width = rig->width,
        .height = rig->height,
        .scale = rig->scale,
        .has_pair = rig->state.pair != NULL,
        .inspector_open = chrome->inspector_open,
        .rail_open = chrome->rail_open,
        .note_height = rig->note_height,
    };
    chrome->layout = heed_layout_compute(&input);
    chrome->field = &rig->field;
    chrome->pair_field = &rig->pair_field;
    chrome->model_name = "all-MiniLM-L6-v2";
    heed_chrome_draw(chrome);
    assert_false(rig->list.failed);
}

struct heed_rect view_rig_text_box(const struct heed_item_text *text)
{
    const float width =
        heed_text_width(heed_record_get_metrics(), text->style, text->text, text->length);
    const float shift = text->anchor == HEED_ANCHOR_START    ? 0
                        : text->anchor == HEED_ANCHOR_MIDDLE ? width / 2
                                                             : width;
    const float height = 0.728F * text->style.size;
    return (struct heed_rect){text->x - shift, text->y - height, width, height};
}

const struct heed_item_group *view_rig_draw_ground(struct view_rig *rig)
{
    view_rig_draw_view(rig, 960, 852);
    for (size_t i = 0; i < rig->list.n_items; i++) {
        if (rig->list.items[i].kind == HEED_ITEM_GROUP) {
            return &rig->list.items[i].as.group;
        }
    }
    fail();
    return NULL;
}
