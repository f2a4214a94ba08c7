#include "ui/popover/about.h"

#include <math.h>
#include <stdio.h>

#include "base/version.h"
#include "scene/widgets/label.h"
#include "scene/widgets/target.h"
#include "ui/window/window.h"

enum { WIDTH = 620, PADDING = 24, MOST_LINES = 12 };

/* One after the other; size 0 begins a gap. */
struct paragraph {
    float size;
    int weight;
    bool muted;
    const char *text;
};

static const struct paragraph caveat[] = {
    {15, 600, false, "Attention weight isn\xE2\x80\x99t explanation"},
    {14, 400, false,
     "A weight says how much of a token\xE2\x80\x99s value goes into another one\xE2\x80\x99s sum, "
     "in one head of one layer. It doesn\xE2\x80\x99t say why the model answers as it does: other "
     "weights can lead to the same answer, values may be small where weights are large, and layers "
     "mix what they get. Weight \xC3\x97 |value| and rollout show more of that. And what a model "
     "attends to carries the bias of the texts that it was trained on."},
    {13, 400, true, "Jain & Wallace 2019: Attention is not Explanation"},
    {13, 400, true, "Wiegreffe & Pinter 2019: Attention is not not Explanation"},
    {13, 400, true, "Abnar & Zuidema 2020: Quantifying Attention Flow in Transformers"},
    {13, 400, true,
     "Kobayashi et al. 2020: Attention is Not Only a Weight: Analyzing Transformers with Vector "
     "Norms"},
};

static void model_line(const struct heed_ui *ui, char *text, size_t size)
{
    if (ui->model == NULL) {
        snprintf(text, size, "No model is open yet.");
        return;
    }
    const struct heed_model_config *config = heed_model_get_config(ui->model);
    snprintf(text, size,
             "Model: %s, %d layers \xC3\x97 %d heads, width %d. It has a licence of its own.",
             heed_model_get_name(ui->model), config->n_layers, config->n_heads, config->hidden);
}

/* Draws a paragraph whose top is at y; returns its height. */
static float draw_paragraph(const struct heed_skin *skin, float x, float y, float width,
                            struct paragraph it)
{
    const float line = roundf((it.size + 6.0F) * skin->scale);
    const int n = heed_text_wrapped(
        skin, x, y + line / 2.0F, line, heed_widget_style(skin, it.size, it.weight),
        it.muted ? skin->theme->muted : skin->theme->text, it.text, width, MOST_LINES);
    return line * (float)n;
}

/* The button that copies what a report needs, and what that is. */
static float draw_report(const struct heed_skin *skin, float x, float y, float width)
{
    const float s = skin->scale, w = 168.0F * s, gap = 14.0F * s;
    const struct heed_target target = heed_command_target(HEED_COMMAND_REPORT, 0);
    const struct paragraph what = {
        13, 400, true,
        "copies version, system, model with the SHA-256 of its weights, kernels and graphics; "
        "nothing is sent, and your text isn\xE2\x80\x99t in it."};
    if (skin->list != NULL) {
        heed_widget_button(skin, (struct heed_rect){x, y, w, 36.0F * s}, HEED_ICON_NONE,
                           "Report a problem", false, false, target);
    }
    return fmaxf(draw_paragraph(skin, x + w + gap, y, width - w - gap, what), 36.0F * s);
}

/* All of it; with a skin without a list it only measures. */
static float draw_all(const struct heed_ui *ui, const struct heed_skin *skin, float x, float y,
                      float width)
{
    const float s = skin->scale;
    const float top = y;
    char model[320], name[64];
    model_line(ui, model, sizeof(model));
    snprintf(name, sizeof(name), "heed %s", heed_version);
    const struct paragraph head[] = {
        {20, 600, false, name},
        {14, 400, false,
         "Shows what every attention head of a BERT-style encoder attends to, while you type. Free "
         "software under the MIT licence."},
        {14, 400, false, model}};
    for (size_t i = 0; i < HEED_COUNT(head); i++) {
        y += draw_paragraph(skin, x, y, width, head[i]) + 6.0F * s;
    }
    y += draw_report(skin, x, y, width) + 16.0F * s;
    for (size_t i = 0; i < HEED_COUNT(caveat); i++) {
        y += draw_paragraph(skin, x, y, width, caveat[i]) + (i == 1 ? 10.0F : 4.0F) * s;
    }
    return y - top;
}

void heed_about_draw(struct heed_ui *ui, const struct heed_skin *skin)
{
    struct heed_popover *popover = &ui->popover;
    const float s = skin->scale;
    const float margin = 8.0F * s;
    const float pad = PADDING * s;
    struct heed_skin quiet = *skin;
    quiet.list = NULL;
    struct heed_rect r = {0};
    r.w = roundf(fminf(WIDTH * s, ui->width - 2.0F * margin));
    popover->content = draw_all(ui, &quiet, 0.0F, 0.0F, r.w - 2.0F * pad);
    r.h = roundf(fminf(popover->content + 2.0F * pad, ui->height - 2.0F * margin));
    r.x = roundf((ui->width - r.w) / 2.0F);
    r.y = roundf((ui->height - r.h) / 3.0F);
    popover->rect = r;
    popover->view_height = r.h - 2.0F * pad;
    popover->scroll = fmaxf(fminf(popover->scroll, popover->content - popover->view_height), 0.0F);
    heed_widget_popover(skin, r);
    const struct heed_rect inner = {r.x + pad, r.y + pad, r.w - 2.0F * pad, r.h - 2.0F * pad};
    heed_list_clip(skin->list, inner);
    draw_all(ui, skin, inner.x, inner.y - popover->scroll, inner.w);
    heed_list_unclip(skin->list);
}
