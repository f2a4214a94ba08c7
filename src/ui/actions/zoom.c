#include "ui/actions/zoom.h"

#include <math.h>

#include "ui/window/history.h"
#include "ui/window/layout.h"

static const float zoom_step = 1.25F;
static const float scale_step = 1.1F;

/* The whole of Matrix's map, of which a part is seen; w 0: another view. */
static struct heed_rect map_rect(struct heed_ui *ui)
{
    const struct heed_list *list = heed_ui_list(ui);
    for (size_t i = 0; i < ui->popover_items && i < list->n_items; i++) {
        const struct heed_item *item = &list->items[i];
        if (item->kind == HEED_ITEM_HEATMAP && item->target.kind == HEED_TARGET_CELL) {
            return item->as.heatmap.rect;
        }
    }
    return (struct heed_rect){0};
}

/* The same cell as before comes to lie at (x, y). */
static void hold_cell(struct heed_ui *ui, struct heed_rect old, float x, float y)
{
    const struct heed_rect now = map_rect(ui);
    if (ui->metrics != NULL && old.w > 0.0F && now.w > 0.0F) {
        ui->scroll_x += now.x + (x - old.x) / old.w * now.w - x;
        ui->scroll_y += now.y + (y - old.y) / old.h * now.h - y;
        heed_ui_clamp_scroll(ui);
        heed_ui_touch(ui);
    }
}

void heed_ui_zoom_at(struct heed_ui *ui, float factor, float x, float y)
{
    const struct heed_rect canvas = ui->layout.canvas;
    const struct heed_rect map = ui->metrics != NULL ? map_rect(ui) : (struct heed_rect){0};
    const float old = ui->zoom;
    ui->zoom = fminf(fmaxf(old * factor, 1.0F), 16.0F);
    if (ui->zoom == old) {
        return;
    }
    const float grown = ui->zoom / old;
    ui->scroll_x = (ui->scroll_x + x - canvas.x) * grown - (x - canvas.x);
    ui->scroll_y = (ui->scroll_y + y - canvas.y) * grown - (y - canvas.y);
    ui->content_width *= grown;
    ui->content_height *= grown;
    heed_ui_clamp_scroll(ui);
    heed_ui_touch(ui);
    hold_cell(ui, map, x, y);
}

void heed_ui_zoom(struct heed_ui *ui, int direction)
{
    const struct heed_rect canvas = ui->layout.canvas;
    const float x = canvas.x + canvas.w / 2.0F;
    const float y = canvas.y + canvas.h / 2.0F;
    if (direction == 0) {
        heed_ui_fit(ui);
        heed_ui_touch(ui);
        return;
    }
    heed_ui_zoom_at(ui, direction > 0 ? zoom_step : 1.0F / zoom_step, x, y);
    ui->reveal = true;
}

void heed_ui_set_scale(struct heed_ui *ui, int direction)
{
    const float most = fminf(ui->width / 640.0F, ui->height / 480.0F) / ui->pixel_ratio;
    float scale = direction == 0  ? 1.0F
                  : direction > 0 ? ui->now.state.ui_scale * scale_step
                                  : ui->now.state.ui_scale / scale_step;
    scale = fminf(scale, fminf(fmaxf(most, 1.0F), 3.0F));
    if (heed_ui_begin(ui)) {
        ui->now.state.ui_scale = fmaxf(scale, 0.75F);
        heed_ui_end(ui, HEED_MERGE_NONE);
        heed_ui_layout(ui);
    }
}
