#include "ui/popover/models_look.h"

#include <stdio.h>
#include <string.h>

#include "scene/widgets/target.h"

struct heed_target heed_models_target(enum heed_command command, int32_t argument)
{
    struct heed_target target = heed_command_target(command, argument);
    target.flags |= HEED_TARGET_FLAG_POPOVER;
    return target;
}

void heed_models_put_size(char *text, size_t size, size_t bytes)
{
    const double mb = (double)bytes / 1e6;
    snprintf(text, size,
             mb < 1      ? "%.1f MB"
             : mb < 9950 ? "%.0f MB"
                         : "%.1f GB",
             mb < 9950 ? mb : mb / 1e3);
}

bool heed_models_is_loading(const struct heed_ui *ui, const struct heed_model_facts *facts)
{
    return ui->models.loading[0] != '\0' && strcmp(ui->models.loading, facts->entry.folder) == 0;
}

float heed_models_progress(const struct heed_ui *ui, char *words, size_t size)
{
    const struct heed_load_progress progress = ui->models.progress;
    if (progress.all == 0) {
        snprintf(words, size, "opening its files");
        return 0.0F;
    }
    if (progress.done >= progress.all) {
        snprintf(words, size, "ready");
    } else {
        snprintf(words, size, "packing layer %d of %d", progress.done + 1, progress.all);
    }
    return (float)progress.done / (float)progress.all;
}

void heed_models_draw_mark(const struct heed_skin *skin, float x, float cy, bool has,
                           struct heed_color color)
{
    const float s = skin->scale;
    const float w = 4.0F * s;
    const float thick = 1.6F * s;
    if (has) {
        heed_list_stroke(skin->list, x, cy, x + 0.8F * w, cy + 0.8F * w, thick, color);
        heed_list_stroke(skin->list, x + 0.8F * w, cy + 0.8F * w, x + 2.2F * w, cy - w, thick,
                         color);
        return;
    }
    heed_list_stroke(skin->list, x, cy - w, x + 2 * w, cy + w, thick, color);
    heed_list_stroke(skin->list, x, cy + w, x + 2 * w, cy - w, thick, color);
}
