#include "scene/chrome/tries.h"

#include <math.h>
#include <stdio.h>

#include "scene/chrome/chrome.h"
#include "scene/widgets/icons.h"
#include "scene/widgets/label.h"

enum { HEAD = 44, ROW = 76, MARGIN = 16, DISC = 24, PAD = 16 };

static const struct {
    const char *title, *text;
} tries[HEED_N_TRIES] = {
    {"Point at another word", "Its links and numbers come forward; a click keeps them."},
    {"Change \xE2\x80\x9Ctired\xE2\x80\x9D to \xE2\x80\x9Cwide\xE2\x80\x9D",
     "Watch \xE2\x80\x9C"
     "animal\xE2\x80\x9D as you type: every number follows."},
    {"Take a lesson", NULL},
};

float heed_tries_height(const struct heed_chrome *chrome)
{
    const float height = (HEAD + HEED_N_TRIES * ROW + 2 * MARGIN) * chrome->skin.scale;
    return chrome->tries.shown ? height : 0;
}

static void draw_disc(const struct heed_skin *skin, float x, float cy, int number, bool done)
{
    const float s = skin->scale, r = DISC * s / 2;
    const struct heed_color ink = skin->theme->ink;
    char text[12];
    snprintf(text, sizeof text, "%d", number);
    heed_list_fill(skin->list, (struct heed_rect){x, cy - r, 2 * r, 2 * r}, r,
                   done ? skin->theme->sunken : ink);
    if (done) {
        heed_list_stroke(skin->list, x + 7 * s, cy, x + 10.5F * s, cy + 4 * s, 2 * s, ink);
        heed_list_stroke(skin->list, x + 10.5F * s, cy + 4 * s, x + 17 * s, cy - 4 * s, 2 * s, ink);
    } else {
        heed_widget_middle(skin, x + r, cy, 13, 600, skin->theme->on_ink, text, 0);
    }
}

static void draw_row(const struct heed_chrome *chrome, struct heed_rect row, int index)
{
    const struct heed_skin *skin = &chrome->skin;
    const float s = skin->scale, x = row.x + PAD * s, right = row.x + row.w - PAD * s;
    const struct heed_target target = heed_command_target(HEED_COMMAND_TRY, index + 1);
    const bool done = (chrome->tries.done >> index & 1) != 0;
    const char *text = tries[index].text;
    char lesson[160];
    if (text == NULL) {
        snprintf(lesson, sizeof lesson,
                 "Start with \xE2\x80\x9C%.60s\xE2\x80\x9D: %d step%s, %d minutes.",
                 chrome->tries.lesson, chrome->tries.steps, chrome->tries.steps == 1 ? "" : "s",
                 chrome->tries.minutes);
        text = lesson;
    }
    skin->list->target = target;
    if (heed_target_equal(skin->hot, target)) {
        heed_list_fill(skin->list, row, 0, skin->theme->hover);
    }
    draw_disc(skin, x, row.y + 22 * s, index + 1, done);
    heed_widget_left(skin, x + 36 * s, row.y + 22 * s, 15, 500,
                     done ? skin->theme->muted : skin->theme->text, tries[index].title,
                     right - x - 36 * s);
    heed_text_wrapped(skin, x + 36 * s, row.y + 43 * s, 17 * s, heed_widget_style(skin, 13, 400),
                      skin->theme->muted, text, right - x - 36 * s, 2);
    heed_list_hotspot(skin->list, row);
    skin->list->target = (struct heed_target){0};
    heed_widget_ring(skin, row, target, 3 * s, 4 * s);
}

void heed_tries_draw(const struct heed_chrome *chrome)
{
    const struct heed_skin *skin = &chrome->skin;
    const struct heed_theme *theme = skin->theme;
    const struct heed_rect panel = chrome->layout.inspector;
    const float s = skin->scale, height = heed_tries_height(chrome);
    if (height <= 0) {
        return;
    }
    const struct heed_rect foot = {panel.x, panel.y + panel.h - height, panel.w, height};
    const struct heed_rect card = {roundf(foot.x + MARGIN * s), roundf(foot.y + MARGIN * s),
                                   roundf(foot.w - 2 * MARGIN * s), height - 2 * MARGIN * s};
    skin->list->target = (struct heed_target){.kind = HEED_TARGET_BLOCK};
    heed_list_fill(skin->list, foot, 0, theme->panel);
    heed_list_box(skin->list, card, 8 * s, theme->raised, skin->hairline, theme->strong_border);
    skin->list->target = (struct heed_target){0};
    heed_widget_left(skin, card.x + PAD * s, card.y + HEAD * s / 2, 15, 600, theme->text,
                     "Three things to try", 0);
    heed_widget_icon_button(
        skin, (struct heed_rect){card.x + card.w - 38 * s, card.y + 8 * s, 28 * s, 28 * s},
        HEED_ICON_CLOSE, false, heed_command_target(HEED_COMMAND_CLOSE_NOTE, 0));
    for (int i = 0; i < HEED_N_TRIES; i++) {
        const struct heed_rect row = {card.x + skin->hairline, card.y + (HEAD + (float)i * ROW) * s,
                                      card.w - 2 * skin->hairline, ROW * s};
        heed_list_fill(
            skin->list,
            (struct heed_rect){row.x + PAD * s, row.y, row.w - 2 * PAD * s, skin->hairline}, 0,
            theme->border);
        draw_row(chrome, row, i);
    }
}
