#include "ui/actions/patches.h"

#include "core/engine/picture.h"
#include "scene/views/links/patches.h"
#include "scene/widgets/target.h"
#include "ui/window/pins.h"

static int clamp(int at, int n)
{
    return at < 0 ? 0 : at < n ? at : n - 1;
}

bool heed_ui_next_patch(const struct heed_ui *ui, struct heed_target patch, int right, int down,
                        struct heed_target *next)
{
    const struct heed_frame frame = {.state = &ui->now.state, .result = ui->result};
    int row = 0, column = 0;
    if (ui->now.state.view != HEED_VIEW_LINKS || !heed_patches_wanted(&frame) ||
        !heed_picture_find(ui->result->picture, patch.a, &row, &column) ||
        !heed_target_equal(heed_patches_target(ui->result->picture, row, column), patch)) {
        return false;
    }
    const struct heed_patch_grid *keys = &ui->result->picture->keys;
    *next = heed_patches_target(ui->result->picture, clamp(row + down, keys->rows),
                                clamp(column + right, keys->columns));
    return true;
}

bool heed_ui_move_patch(struct heed_ui *ui, int right, int down)
{
    const struct heed_pin query = ui->now.state.query, key = ui->now.state.key;
    const struct heed_target patches[] = {heed_target_of(HEED_TARGET_QUERY, query.first, 1, 0),
                                          heed_target_of(HEED_TARGET_KEY, key.first, 1, 0)};
    struct heed_target next;
    if (query.count > 0 && heed_ui_next_patch(ui, patches[0], right, down, &next)) {
        if (next.a != query.first || query.count > 1) {
            heed_ui_pin_query(ui, (struct heed_pin){.first = next.a, .count = 1});
        }
        return true;
    }
    if (key.count > 0 && heed_ui_next_patch(ui, patches[1], right, down, &next)) {
        if (next.a != key.first || key.count > 1) {
            heed_ui_pin_key(ui, (struct heed_pin){.first = next.a, .count = 1});
        }
        return true;
    }
    return false;
}
