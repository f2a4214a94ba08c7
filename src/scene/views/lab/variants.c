#include "scene/views/lab/variants.h"

#include <math.h>
#include <stdio.h>

#include "core/engine/variants_task.h"
#include "scene/frame/ablation_values.h"
#include "scene/parts/progress.h"
#include "scene/widgets/label.h"

enum { ROW = 26, BAR = 156 /* from where on, logical px */ };

static void put_name(const struct heed_variant *variant, char *text, size_t size)
{
    static const char *const positions[] = {"Learned positions", "Positions off",
                                            "Sinusoidal positions"};
    static const char *const attentions[] = {"Softmax attention", "Linear attention",
                                             "Flash attention"};
    if (variant->positions != HEED_POSITIONS_LEARNED) {
        snprintf(text, size, "%s", positions[variant->positions]);
    } else if (variant->attention != HEED_ATTENTION_SOFTMAX) {
        snprintf(text, size, "%s", attentions[variant->attention]);
    } else if (variant->mask.kind == HEED_MASK_WINDOW) {
        snprintf(text, size, "Local window, \xC2\xB1%d", variant->mask.width);
    } else if (variant->mask.kind == HEED_MASK_STRIDED) {
        snprintf(text, size, "Strided, every %d", variant->mask.width);
    } else {
        snprintf(text, size, "%s",
                 variant->mask.kind == HEED_MASK_CAUSAL ? "Causal mask" : "A \xE2\x86\x94 B only");
    }
}

static void draw_row(struct heed_column *column, const struct heed_variants_row *row)
{
    const struct heed_skin *skin = column->skin;
    const struct heed_theme *theme = skin->theme;
    const float s = column->s, cy = column->y + ROW * s / 2;
    char name[48], number[24];
    put_name(&row->variant, name, sizeof(name));
    heed_format_number(number, sizeof(number), row->cosine, 3);
    heed_widget_left(skin, column->x, cy, 14, 400, theme->text, name, (BAR - 6) * s);
    const struct heed_rect bar = {column->x + BAR * s, roundf(cy - 6 * s),
                                  column->width - (BAR + 54) * s, 12 * s};
    heed_widget_bar(skin, bar, bar.w * (float)fmin(fmax(row->cosine, 0), 1), theme->ink);
    heed_widget_right(skin, column->x + column->width, cy, 15, 500, theme->text, number, 0);
    column->y += ROW * s;
}

static void draw_note(struct heed_column *column, const char *text)
{
    heed_column_prose(column, (struct heed_prose){13, 17, 10, 12, 3}, text);
}

void heed_lab_inspect_variants(struct heed_column *column)
{
    const struct heed_frame *frame = column->frame;
    const struct heed_variants_work *work = heed_tasks_get_work(frame->tasks, HEED_TASK_VARIANTS);
    const float s = column->s;
    if (frame->tasks == NULL) {
        return;
    }
    heed_column_separator(column);
    heed_column_title(column, "One change at a time", "cosine", NULL);
    const struct heed_rect rect = {column->x, roundf(column->y), column->width, 34 * s};
    if (heed_tasks_runs(frame->tasks, HEED_TASK_VARIANTS)) {
        heed_progress_draw(column->skin, rect, frame->tasks, "changes");
        column->y += 46 * s;
    } else if (work != NULL && heed_frame_has_ids(frame, work->result)) {
        for (int i = 0; i < work->n; i++) {
            draw_row(column, &work->rows[i]);
        }
        draw_note(column, "Of the sentence vector to the trained one; all else as trained.");
    } else {
        heed_widget_button(column->skin, rect, HEED_ICON_NONE, "Try each", false, false,
                           heed_command_target(HEED_COMMAND_RUN, HEED_TASK_VARIANTS + 1));
        column->y += 42 * s;
        draw_note(
            column,
            "Runs this text once for each mask, positions and attention, all else as trained.");
    }
}
