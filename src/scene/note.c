#include <math.h>

#include "scene/chrome_parts.h"

enum { PAD = 16, LINE = 20, MOST_LINES = 8, BUTTON = 30 };

static struct heed_text_style style_of(const struct heed_skin *skin, int weight)
{
    return heed_widget_style(skin, 14, weight);
}

/* The title stands on a line of its own, the text below it. */
static float room_of(const struct heed_skin *skin, float width)
{
    return fmaxf(width - (2 * PAD + BUTTON + 8) * skin->scale, 1);
}

float heed_note_height(const struct heed_skin *skin, float width,
                       const char *title, const char *text)
{
    const float s = skin->scale;
    struct heed_skin quiet = *skin;
    quiet.list = NULL;
    const int lines =
        1 + heed_text_wrapped(&quiet, 0, 0, LINE * s, style_of(skin, 400),
                              skin->theme->text, text, room_of(skin, width),
                              MOST_LINES);
    return roundf(((float)lines * LINE + 16) * s);
}

void heed_note_draw(struct heed_chrome *chrome)
{
    const struct heed_skin *skin = &chrome->skin;
    const struct heed_theme *theme = skin->theme;
    struct heed_list *list = chrome->frame.list;
    const struct heed_rect note = chrome->layout.note;
    const float s = skin->scale, line = LINE * s;
    if (note.h <= 0 || chrome->note == NULL) {
        return;
    }
    list->target = (struct heed_target){.kind = HEED_TARGET_BLOCK};
    heed_list_rect(
        list, (struct heed_item_rect){.rect = note, .fill = theme->note_fill});
    list->target = (struct heed_target){0};
    heed_list_rect(list, (struct heed_item_rect){
                             .rect = {note.x, note.y + note.h - skin->hairline,
                                      note.w, skin->hairline},
                             .fill = theme->note_border});
    const float x = note.x + PAD * s, y = note.y + 8 * s + line / 2;
    const float room = room_of(skin, note.w);
    heed_widget_text(skin, x, y, style_of(skin, 600), HEED_ANCHOR_START,
                     theme->text, chrome->note_title, room);
    heed_text_wrapped(skin, x, y + line, line, style_of(skin, 400), theme->text,
                      chrome->note, room, MOST_LINES);
    heed_widget_icon_button(
        skin,
        (struct heed_rect){note.x + note.w - (BUTTON + 8) * s, note.y + 6 * s,
                           BUTTON * s, BUTTON * s},
        HEED_ICON_CLOSE, false, heed_command_target(HEED_COMMAND_CLOSE_NOTE, 0));
}
