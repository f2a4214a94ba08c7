#include "ui/actions/filters.h"

#include <math.h>

#include "ui/window/history.h"

/* Applies one change to the filter as one step. */
static void change_filter(struct heed_ui *ui, enum heed_command command, int32_t argument)
{
    struct heed_filter *filter = &ui->now.state.filter;
    if (!heed_ui_begin(ui)) {
        return;
    }
    switch (command) {
    case HEED_COMMAND_HIDE_SPECIAL:
        filter->hide_special = !filter->hide_special;
        break;
    case HEED_COMMAND_HIDE_PUNCTUATION:
        filter->hide_punctuation = !filter->hide_punctuation;
        break;
    case HEED_COMMAND_RENORMALISE:
        filter->renormalise = !filter->renormalise;
        break;
    case HEED_COMMAND_WORDS:
        filter->words = !filter->words;
        break;
    case HEED_COMMAND_AGGREGATE:
        filter->aggregate =
            filter->aggregate == HEED_AGGREGATE_NONE ? HEED_AGGREGATE_MEAN : HEED_AGGREGATE_NONE;
        break;
    case HEED_COMMAND_MEASURE:
        filter->measure = (enum heed_measure)argument;
        break;
    case HEED_COMMAND_SEGMENTS:
        filter->segments = (enum heed_segments)argument;
        break;
    case HEED_COMMAND_TOP_K:
        filter->top_k = argument;
        break;
    case HEED_COMMAND_NO_THRESHOLD:
        filter->threshold = 0.0F;
        break;
    case HEED_COMMAND_KEEP_ALL:
        filter->top_p = 1.0F;
        break;
    default:
        *filter = heed_filter_default();
        break;
    }
    heed_ui_end(ui, HEED_MERGE_NONE);
}

void heed_ui_set_slider(struct heed_ui *ui, enum heed_slider slider, float value)
{
    struct heed_filter *filter = &ui->now.state.filter;
    if (!heed_ui_begin(ui)) {
        return;
    }
    if (slider == HEED_SLIDER_THRESHOLD) {
        filter->threshold = fminf(fmaxf(value, 0.0F), 0.2F);
    } else if (slider == HEED_SLIDER_TOP_K) {
        filter->top_k = (int)value;
    } else {
        filter->top_p = fminf(fmaxf(value, 0.05F), 1.0F);
    }
    heed_ui_end(ui, HEED_MERGE_SLIDER + (int)slider);
}

static float rounded(float value, float step)
{
    return roundf(value / step) * step;
}

/* Steps that a person can follow: 0.001 below 0.02, else 0.01. */
static void step_threshold(struct heed_ui *ui, int direction)
{
    const float now = ui->now.state.filter.threshold;
    const bool fine = direction > 0 ? now < 0.0195F : now < 0.0205F;
    const float step = fine ? 0.001F : 0.01F;
    heed_ui_set_slider(ui, HEED_SLIDER_THRESHOLD, rounded(now + (float)direction * step, step));
}

static void step_top_p(struct heed_ui *ui, int direction)
{
    heed_ui_set_slider(ui, HEED_SLIDER_TOP_P,
                       rounded(ui->now.state.filter.top_p + (float)direction * 0.05F, 0.05F));
}

/* 1, 2 ... 20, then all; a larger number of a session comes down to 20. */
static void step_top_k(struct heed_ui *ui, int direction)
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

bool heed_ui_run_filter(struct heed_ui *ui, enum heed_command command, int32_t argument)
{
    switch (command) {
    case HEED_COMMAND_HIDE_SPECIAL:
    case HEED_COMMAND_HIDE_PUNCTUATION:
    case HEED_COMMAND_RENORMALISE:
    case HEED_COMMAND_WORDS:
    case HEED_COMMAND_AGGREGATE:
    case HEED_COMMAND_MEASURE:
    case HEED_COMMAND_SEGMENTS:
    case HEED_COMMAND_TOP_K:
    case HEED_COMMAND_NO_THRESHOLD:
    case HEED_COMMAND_KEEP_ALL:
    case HEED_COMMAND_RESET_FILTERS:
        change_filter(ui, command, argument);
        return true;
    case HEED_COMMAND_THRESHOLD_UP:
    case HEED_COMMAND_THRESHOLD_DOWN:
        step_threshold(ui, command == HEED_COMMAND_THRESHOLD_UP ? 1 : -1);
        return true;
    case HEED_COMMAND_TOP_P_UP:
    case HEED_COMMAND_TOP_P_DOWN:
        step_top_p(ui, command == HEED_COMMAND_TOP_P_UP ? 1 : -1);
        return true;
    case HEED_COMMAND_TOP_K_UP:
    case HEED_COMMAND_TOP_K_DOWN:
        step_top_k(ui, command == HEED_COMMAND_TOP_K_UP ? 1 : -1);
        return true;
    default:
        return false;
    }
}
