#include "scene/panels/panels.h"

#define ROW(upper, word, name) [HEED_PANEL_##upper] = &heed_panel_##word,

const struct heed_panel_kind *heed_panel_get_kind(enum heed_panel panel)
{
    static const struct heed_panel_kind *const kinds[HEED_N_PANELS] = {HEED_EACH_PANEL(ROW)};
    return kinds[panel];
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
