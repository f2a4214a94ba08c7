#include "scene/chrome/strip.h"

#include <math.h>
#include <stdio.h>

#include "scene/parts/off_chips.h"
#include "scene/widgets/target.h"
#include "state/interventions.h"

/* The strip's row: what isn't taken yet lies between x and end. */
struct strip {
    const struct heed_chrome *chrome;
    const struct heed_skin *skin;
    float s, x, end, cy;
};

/* What it does to the sentence, where there is room for it. */
static void draw_summary(const struct strip *strip)
{
    const struct heed_result *result = strip->chrome->frame.result;
    char text[96], number[24];
    if (result == NULL || !result->ok || result->plain == NULL) {
        return;
    }
    heed_format_number(number, sizeof(number), result->plain_cosine, 3);
    snprintf(text, sizeof(text), "sentence embedding%s: cosine %s to the untouched run",
             strip->chrome->layout.lettered ? " of A" : "", number);
    const struct heed_text_style style = heed_widget_style(strip->skin, 13, 400);
    if (heed_widget_width(strip->skin, style, text) < strip->end - strip->x - 16 * strip->s) {
        heed_widget_text(strip->skin, strip->end - 8 * strip->s, strip->cy, style, HEED_ANCHOR_END,
                         strip->skin->theme->muted, text, 0);
    }
}

/* The same weights, to rounding. */
static bool is_exact(const struct heed_chrome *chrome)
{
    struct heed_off off;
    const struct heed_state *state = chrome->frame.state;
    return heed_state_count_off(state) == 1 && heed_state_get_off(state, 0, &off) &&
           off.kind == HEED_OFF_ATTENTION && off.variant.attention == HEED_ATTENTION_FLASH;
}

void heed_strip_draw(struct heed_chrome *chrome)
{
    const struct heed_rect row = chrome->layout.strip;
    const struct heed_skin *skin = &chrome->skin;
    const int n = heed_state_count_off(chrome->frame.state);
    const float s = skin->scale, button = 104 * s;
    struct strip strip = {.chrome = chrome,
                          .skin = skin,
                          .s = s,
                          .x = row.x + 16 * s,
                          .end = row.x + row.w - 24 * s - button,
                          .cy = row.y + row.h / 2};
    if (row.h <= 0 || n == 0) {
        return;
    }
    skin->list->target = (struct heed_target){.kind = HEED_TARGET_BLOCK};
    heed_list_fill(skin->list, row, 0, skin->theme->note_fill);
    skin->list->target = (struct heed_target){0};
    heed_list_fill(skin->list, (struct heed_rect){row.x, row.y, row.w, skin->hairline}, 0,
                   skin->theme->note_border);
    strip.x += heed_widget_left(skin, strip.x, strip.cy, 14, 600, skin->theme->text,
                                is_exact(chrome) ? "Computed otherwise" : "Not as trained", 0) +
               12 * s;
    const struct heed_off_chips chips = {.skin = skin,
                                         .state = chrome->frame.state,
                                         .result = chrome->frame.result,
                                         .n = n,
                                         .x = strip.x,
                                         .end = strip.end,
                                         .cy = strip.cy};
    strip.x = heed_off_chips_draw(&chips);
    draw_summary(&strip);
    const float h = 28 * s;
    heed_widget_button(skin,
                       (struct heed_rect){roundf(row.x + row.w - 16 * s - button),
                                          roundf(strip.cy - h / 2), button, h},
                       HEED_ICON_NONE, "All on again", false, false,
                       heed_command_target(HEED_COMMAND_UNMUTE, 0));
}
