#include "scene/panels/panels.h"

#define ROW(upper, word, name) [HEED_PANEL_##upper] = &heed_panel_##word,

const struct heed_panel_kind *heed_panel_get_kind(enum heed_panel panel)
{
    static const struct heed_panel_kind *const kinds[HEED_N_PANELS] = {HEED_EACH_PANEL(ROW)};
    return kinds[panel];
}

void heed_panel_forget(struct heed_panel_cache *cache)
{
    if (cache->kind != NULL && cache->kind->forget != NULL) {
        cache->kind->forget(cache->data);
    }
    *cache = (struct heed_panel_cache){NULL, NULL};
}

void heed_panel_follow(struct heed_panel_cache *cache, const struct heed_state *state,
                       const struct heed_tasks *tasks)
{
    const struct heed_panel_kind *kind = heed_panel_get_kind(state->panel);
    if (cache->kind != kind) {
        heed_panel_forget(cache);
        cache->kind = kind;
    }
    if (kind != NULL && kind->follow != NULL) {
        kind->follow(&cache->data, state, tasks);
    }
}

bool heed_panel_put_table(struct heed_buffer *out, const struct heed_frame *frame, bool json,
                          struct heed_error *err)
{
    if (frame->panel != NULL) {
        return frame->panel->put_table(out, frame, json, err);
    }
    return heed_error_set(
        err, HEED_ERROR_INPUT,
        "only a panel has a table: open one, or give a name that ends in .svg, .pdf or .png");
}
