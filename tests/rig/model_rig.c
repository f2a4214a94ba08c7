#include "model_rig.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "draw/theme.h"
#include "render/record/record.h"
#include "scene/frame/frame.h"
#include "scene/panels/panels.h"
#include "scene/views/stack/values.h"
#include "scene/views/views.h"
#include "tiny_model.h"

void model_rig_compute(struct model_rig *rig)
{
    struct heed_head_id heads[HEED_MAX_SHOWN];
    struct heed_error err = {0};
    for (int i = 0; i < rig->state.n_shown; i++) {
        heads[i] = rig->state.shown[i].id;
    }
    const struct heed_job job = {
        .predicts = true,
        .text = rig->state.text,
        .text_length = strlen(rig->state.text),
        .compare = rig->state.compare,
        .compare_length = rig->state.compare ? strlen(rig->state.compare) : 0,
        .filter = rig->state.filter,
        .heads = heads,
        .n_heads = rig->state.n_shown,
    };
    const struct heed_pipeline_hints hints = {.previous = rig->result};
    const struct heed_result *result = NULL;
    if (!heed_pipeline_run(rig->pipeline, &job, hints, &result, &err)) {
        fail_msg("%s", err.text);
    }
    heed_result_release(rig->result);
    rig->result = result;
}

void model_rig_open(struct model_rig *rig, const char *model, const char *text)
{
    memset(rig, 0, sizeof(*rig));
    rig->pipeline = tiny_model_open_folder(model);
    assert_true(heed_state_init(&rig->state, NULL));
    assert_true(heed_state_set_text(&rig->state, text, strlen(text), NULL));
    model_rig_compute(rig);
}

void model_rig_close(struct model_rig *rig)
{
    heed_view_forget(&rig->cache);
    heed_result_release(rig->result);
    heed_pipeline_close(rig->pipeline);
    heed_state_finish(&rig->state);
    heed_list_finish(&rig->list);
}

void model_rig_draw(struct model_rig *rig, float width, float height)
{
    model_rig_draw_at(rig, width, height, 1);
}

void model_rig_draw_at(struct model_rig *rig, float width, float height, float scale)
{
    struct heed_frame *frame = &rig->frame;
    const struct heed_view_source source = {&rig->state, rig->result,
                                            heed_pipeline_get_model(rig->pipeline),
                                            heed_pipeline_get_tokenizer(rig->pipeline)};
    heed_view_follow(&rig->cache, &source);
    rig->stack = rig->state.view == HEED_VIEW_STACK ? rig->cache.data : NULL;
    heed_list_clear(&rig->list);
    frame->list = &rig->list;
    frame->state = &rig->state;
    rig->foot.is_set = false;
    frame->foot = &rig->foot;
    frame->kind = heed_view_get_kind(rig->state.view);
    frame->result = rig->result;
    frame->theme = heed_theme_get(rig->state.theme);
    frame->metrics = heed_record_get_metrics();
    frame->scale = scale;
    frame->hairline = scale;
    frame->zoom = 1;
    frame->cache = rig->cache.data;
    rig->list.width = width;
    rig->list.height = height;
    heed_view_draw(frame, (struct heed_rect){0, 0, width, height});
    assert_false(rig->list.failed);
    assert_int_equal(rig->list.depth, 0);
}

const struct heed_item *model_rig_find_strip(const struct model_rig *rig, int32_t kind, int32_t b)
{
    for (size_t i = 0; i < rig->list.n_items; i++) {
        const struct heed_item *item = &rig->list.items[i];
        if (item->kind == HEED_ITEM_HEATMAP && item->target.kind == HEED_TARGET_VALUE &&
            item->target.a == kind && item->target.b == b) {
            return item;
        }
    }
    return NULL;
}

float model_rig_strip_value(const struct heed_item *strip, int n)
{
    const struct heed_item_heatmap *heatmap = &strip->as.heatmap;
    return heatmap->values
        .data[(size_t)heatmap->row * (size_t)heatmap->values.n_columns + (size_t)n];
}
