#include "scene/parts/off_chips.h"

#include <math.h>
#include <stdio.h>

#include "scene/frame/off_words.h"
#include "scene/widgets/icons.h"
#include "scene/widgets/target.h"

enum { CHIP_HEIGHT = 26, CHIP_GAP = 8, CHIP_MOST = 280, CLOSE = 22, MORE = 64 };

static struct heed_text_style style_of(const struct heed_off_chips *chips)
{
    return heed_widget_style(chips->skin, 13, 500);
}

static float width_of(const struct heed_off_chips *chips, const char *text)
{
    return heed_widget_width(chips->skin, style_of(chips), text);
}

static float chip_width(const struct heed_off_chips *chips, const char *text)
{
    const float s = chips->skin->scale;
    return fminf(width_of(chips, text) + (10 + CLOSE) * s, CHIP_MOST * s);
}

/* The words of the i-th chip. */
static void chip_text(const struct heed_off_chips *chips, int i, char *text, size_t size)
{
    struct heed_off off;
    heed_state_get_off(chips->state, chips->first + i, &off);
    heed_off_text(chips->state->cuts, chips->state->n_cuts, chips->result, &off, text, size);
}

static void draw_chip(const struct heed_off_chips *chips, struct heed_rect rect, const char *text,
                      bool closes, struct heed_target target)
{
    const struct heed_skin *skin = chips->skin;
    const float s = skin->scale;
    const bool hot = heed_target_equal(skin->hot, target);
    skin->list->target = target;
    heed_list_box(skin->list, rect, 6 * s, hot ? skin->theme->hover : skin->theme->raised,
                  skin->hairline, skin->theme->strong_border);
    heed_widget_text(skin, rect.x + 10 * s, chips->cy, style_of(chips), HEED_ANCHOR_START,
                     skin->theme->text, text, rect.w - (closes ? 10 + CLOSE : 16) * s + 1);
    if (closes) {
        heed_widget_icon(skin, HEED_ICON_CLOSE, rect.x + rect.w - 12 * s, chips->cy,
                         hot ? skin->theme->text : skin->theme->muted);
    }
    heed_list_hotspot(skin->list, rect);
    skin->list->target = (struct heed_target){0};
    heed_widget_ring(skin, rect, target, 0, 6 * s);
}

/* How many chips fit, with room for a fold if not all do. */
static int count_fitting(const struct heed_off_chips *chips)
{
    const float s = chips->skin->scale;
    float x = chips->x;
    int fit = 0;
    for (int i = 0; i < chips->n; i++) {
        char text[200];
        chip_text(chips, i, text, sizeof(text));
        x += chip_width(chips, text) + CHIP_GAP * s;
        if (x - CHIP_GAP * s > chips->end) {
            break;
        }
        if (x + MORE * s <= chips->end || i == chips->n - 1) {
            fit = i + 1;
        }
    }
    return fit;
}

static struct heed_rect chip_rect(const struct heed_off_chips *chips, float x, float width)
{
    const float h = CHIP_HEIGHT * chips->skin->scale;
    return (struct heed_rect){roundf(x), roundf(chips->cy - h / 2), roundf(width), roundf(h)};
}

float heed_off_chips_draw(const struct heed_off_chips *chips)
{
    const float s = chips->skin->scale;
    const int fit = count_fitting(chips);
    float x = chips->x;
    for (int i = 0; i < fit; i++) {
        char text[200];
        chip_text(chips, i, text, sizeof(text));
        struct heed_target target =
            heed_command_target(HEED_COMMAND_PUT_BACK, chips->first + i + 1);
        target.flags = HEED_TARGET_FLAG_UNDO;
        const struct heed_rect rect = chip_rect(chips, x, chip_width(chips, text));
        draw_chip(chips, rect, text, true, target);
        x += rect.w + CHIP_GAP * s;
    }
    if (fit < chips->n) {
        char more[24];
        snprintf(more, sizeof(more), fit > 0 ? "+%d" : "%d off", chips->n - fit);
        const struct heed_rect rect = chip_rect(chips, x, width_of(chips, more) + 20 * s);
        draw_chip(chips, rect, more, false, heed_command_target(HEED_COMMAND_OFF, 0));
        x += rect.w + CHIP_GAP * s;
    }
    return x;
}
