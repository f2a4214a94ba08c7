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
             mb < 1       ? "%.1f MB"
             : mb < 999.5 ? "%.0f MB"
                          : "%.2f GB",
             mb < 999.5 ? mb : mb / 1e3);
}

bool heed_models_is_loading(const struct heed_ui *ui, const struct heed_model_facts *facts)
{
    return ui->models.loading[0] != '\0' && strcmp(ui->models.loading, facts->entry.folder) == 0;
}

float heed_models_progress(const struct heed_ui *ui)
{
    const struct heed_load_progress progress = ui->models.progress;
    return progress.all > 0 ? (float)progress.done / (float)progress.all : 0.0F;
}

void heed_models_say_progress(const struct heed_ui *ui, size_t bytes, char *words, size_t size)
{
    const struct heed_load_progress progress = ui->models.progress;
    char all[32];
    if (progress.all == 0) {
        snprintf(words, size, "opening its files");
    } else if (progress.done >= progress.all) {
        snprintf(words, size, "ready");
    } else {
        heed_models_put_size(all, sizeof(all), bytes);
        snprintf(words, size, "%s, packing layer %d of %d", all, progress.done + 1, progress.all);
    }
}

void heed_models_say_left(const struct heed_ui *ui, char *words, size_t size)
{
    const struct heed_ui_models *models = &ui->models;
    const int made = models->progress.done - models->n_since;
    const double took = ui->time - models->since;
    words[0] = '\0';
    if (models->n_since > 0 && made > 0 && took > 0) {
        const double left = took / made * (models->progress.all - models->progress.done);
        if (left >= 0.5) {
            snprintf(words, size, left < 90 ? "%.0f s left" : "%.0f min left",
                     left < 90 ? left : left / 60);
        }
    }
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
