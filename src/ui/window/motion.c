#include "ui/window/motion.h"

#include "scene/widgets/target.h"

/* Seconds. */
static const double hover_time = 0.080, view_time = 0.120, pin_time = 0.140;

static struct heed_ui_seen look(struct heed_ui *ui)
{
    const struct heed_state *state = &ui->now.state;
    return (struct heed_ui_seen){.is_known = true,
                                 .n_changes = ui->n_changes,
                                 .view = (int)state->view,
                                 .panel = (int)state->panel,
                                 .popover = (int)ui->popover.kind,
                                 .page = ui->lesson.page,
                                 .text_version = ui->now.text_version,
                                 .result_version = ui->result_version,
                                 .result = ui->result,
                                 .kit = ui->result != NULL ? ui->result->kit : NULL,
                                 .hot = ui->pointer.hot,
                                 .hot_row = ui->pointer.hot_row,
                                 .hot_column = ui->pointer.hot_column,
                                 .focus = ui->focus.target,
                                 .places = {ui->width, ui->height, heed_ui_scale(ui), ui->scroll_x,
                                            ui->scroll_y, ui->zoom, ui->rail_scroll,
                                            ui->popover.scroll, *heed_ui_inspector_scroll(ui)}};
}

static bool same_places(const struct heed_ui_seen *a, const struct heed_ui_seen *b)
{
    for (size_t i = 0; i < HEED_COUNT(a->places); i++) {
        if (a->places[i] != b->places[i]) {
            return false;
        }
    }
    return true;
}

/* What follows the hand, or comes of other words, is there at once. */
static bool is_at_once(const struct heed_ui *ui, const struct heed_ui_seen *was,
                       const struct heed_ui_seen *now)
{
    return heed_ui_is_still(ui) || !was->is_known || !same_places(was, now) ||
           was->text_version != now->text_version || was->result_version != now->result_version ||
           (ui->pointer.down && ui->pointer.pressed.kind != HEED_TARGET_NONE &&
            ui->pointer.pressed.kind != HEED_TARGET_COMMAND && was->n_changes != now->n_changes);
}

double heed_ui_fade(struct heed_ui *ui)
{
    const struct heed_ui_seen was = ui->seen, now = look(ui);
    ui->seen = now;
    if (is_at_once(ui, &was, &now)) {
        return 0.0;
    }
    if (was.view != now.view || was.panel != now.panel || was.page != now.page ||
        was.kit != now.kit) {
        return view_time;
    }
    if (was.n_changes != now.n_changes || was.result != now.result) {
        return pin_time;
    }
    const bool points = !heed_target_equal(was.hot, now.hot) || was.hot_row != now.hot_row ||
                        was.hot_column != now.hot_column;
    const bool opens = was.popover != now.popover;
    return points || opens || !heed_target_equal(was.focus, now.focus) ? hover_time : -1.0;
}
