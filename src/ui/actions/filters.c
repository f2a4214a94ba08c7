#include "ui/actions/filters.h"

#include <math.h>

#include "scene/views/needs.h"
#include "scene/views/views.h"
#include "ui/window/history.h"

void heed_ui_set_slider(struct heed_ui *ui, enum heed_slider slider, float value)
{
    struct heed_filter *filter = &ui->now.state.filter;
    char why[200];
    if (heed_slider_is_idle(heed_view_get_kind(ui->now.state.view), &ui->now.state, (int)slider,
                            why, sizeof(why))) {
        heed_ui_say(ui, false, "%s", why);
        return;
    }
    if (!heed_ui_begin(ui)) {
        return;
    }
    if (slider == HEED_SLIDER_HEAT) {
        ui->now.state.heat = (int)fminf(fmaxf(value, 0.0F), 100.0F);
    } else if (slider == HEED_SLIDER_THRESHOLD) {
        filter->threshold = fminf(fmaxf(value, 0.0F), 0.2F);
    } else if (slider == HEED_SLIDER_TOP_K) {
        filter->top_k = (int)value;
    } else {
        filter->top_p = fminf(fmaxf(value, 0.05F), 1.0F);
    }
    heed_ui_end(ui, HEED_MERGE_SLIDER + (int)slider);
}

void heed_ui_step_heat(struct heed_ui *ui, int direction)
{
    heed_ui_set_slider(ui, HEED_SLIDER_HEAT, (float)(ui->now.state.heat + 10 * direction));
}

static float rounded(float value, float step)
{
    return roundf(value / step) * step;
}

/* Steps that a person can follow: 0.001 below 0.02, else 0.01. */
void heed_ui_step_threshold(struct heed_ui *ui, int direction)
{
    const float now = ui->now.state.filter.threshold;
    const bool fine = direction > 0 ? now < 0.0195F : now < 0.0205F;
    const float step = fine ? 0.001F : 0.01F;
    heed_ui_set_slider(ui, HEED_SLIDER_THRESHOLD, rounded(now + (float)direction * step, step));
}

void heed_ui_step_top_p(struct heed_ui *ui, int direction)
{
    heed_ui_set_slider(ui, HEED_SLIDER_TOP_P,
                       rounded(ui->now.state.filter.top_p + (float)direction * 0.05F, 0.05F));
}

/* 1, 2 ... 20, then all; a larger number of a session comes down to 20. */
void heed_ui_step_top_k(struct heed_ui *ui, int direction)
{
    const int now = ui->now.state.filter.top_k;
    int next = now + direction;
    if (now == 0) {
        next = direction < 0 ? HEED_MOST_TOP_K : 0;
    } else if (next < 1) {
        next = 1;
    } else if (next > HEED_MOST_TOP_K) {
        next = direction < 0 ? HEED_MOST_TOP_K : 0;
    }
    heed_ui_set_slider(ui, HEED_SLIDER_TOP_K, (float)next);
}
