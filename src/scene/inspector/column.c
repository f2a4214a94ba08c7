#include "scene/inspector/column.h"

#include <math.h>

#include "scene/widgets/label.h"
#include "scene/widgets/terms.h"

enum { PADDING = 16 };

struct heed_column heed_column_open(struct heed_frame *frame, const struct heed_skin *skin,
                                    struct heed_rect panel, float scroll, enum heed_scroll area)
{
    const struct heed_theme *theme = frame->theme;
    struct heed_list *list = frame->list;
    const float s = frame->scale;
    list->target = (struct heed_target){.kind = HEED_TARGET_BLOCK};
    heed_list_fill(list, panel, 0, theme->panel);
    heed_list_spot(list, panel,
                   (struct heed_target){.kind = HEED_TARGET_SCROLL, .a = (int32_t)area});
    heed_list_clip(list, panel);
    return (struct heed_column){
        .frame = frame,
        .skin = skin,
        .panel = panel,
        .s = s,
        .x = panel.x + PADDING * s,
        .width = panel.w - 2 * PADDING * s,
        .y = panel.y - scroll,
    };
}

float heed_column_close(struct heed_column *column, float scroll)
{
    struct heed_list *list = column->frame->list;
    const float content = column->y + scroll - column->panel.y;
    const struct heed_rect panel = column->panel;
    heed_widget_scrollbar(column->skin, panel, content, scroll);
    heed_list_unclip(list);
    return content;
}

bool heed_column_sees(const struct heed_column *column, float height)
{
    return column->y + height > column->panel.y && column->y < column->panel.y + column->panel.h;
}

void heed_column_separator(struct heed_column *column)
{
    const float line = column->skin->hairline;
    heed_list_fill(column->skin->list,
                   (struct heed_rect){column->panel.x, roundf(column->y), column->panel.w, line}, 0,
                   column->skin->theme->border);
    column->y += line;
}

void heed_column_title(struct heed_column *column, const char *title, const char *explanation,
                       const char *note)
{
    const struct heed_skin *skin = column->skin;
    const float s = column->s, cy = column->y + 22 * s;
    float x = column->x;
    float end = column->x + column->width;
    x += heed_term_left(skin, x, cy, 15, 600, skin->theme->text, title, end - x) + 10 * s;
    if (note != NULL && note[0] != '\0' && end - x > 30 * s) {
        end -= heed_term_right(skin, end, cy, 13, 400, skin->theme->muted, note, end - x) + 10 * s;
    }
    if (explanation != NULL && end - x > 30 * s) {
        heed_widget_left(skin, x, cy, 14, 400, skin->theme->muted, explanation, end - x);
    }
    column->y += 36 * s;
}

void heed_column_text(struct heed_column *column, const char *label, const char *value)
{
    const struct heed_skin *skin = column->skin;
    const float s = column->s, cy = column->y + 13 * s;
    const float used = heed_widget_right(skin, column->x + column->width, cy, 15, 500,
                                         skin->theme->text, value, 0);
    heed_term_left(skin, column->x, cy, 14, 400, skin->theme->muted, label,
                   column->width - used - 8 * s);
    column->y += 26 * s;
}

void heed_column_value(struct heed_column *column, const char *label, double value, int decimals)
{
    char number[64];
    heed_format_number(number, sizeof(number), value, decimals);
    heed_column_text(column, label, number);
}

void heed_column_prose(struct heed_column *column, struct heed_prose look, const char *text)
{
    const struct heed_skin *skin = column->skin;
    const float s = column->s;
    const int lines = heed_text_wrapped(skin, column->x, column->y + look.first * s, look.line * s,
                                        heed_widget_style(skin, look.size, 400), skin->theme->muted,
                                        text, column->width, look.most);
    column->y += (float)lines * look.line * s + look.after * s;
}

void heed_column_hint(struct heed_column *column, const char *text)
{
    heed_column_prose(column, (struct heed_prose){14, 19, 6, 12, 5}, text);
}
