#include "scene/chrome/note.h"

#include <math.h>
#include <stdio.h>

#include "scene/widgets/label.h"
#include "scene/widgets/target.h"

enum {
    PAD = 16,
    LINE = 20,
    MOST_LINES = 8,
    BUTTON = 30,
    BADGE = 20, /* with a part's number */
    GAP = 28,   /* between parts */
    LEAST_PART = 180
};

/* Where the parts lie, px. */
struct parts {
    float x, width; /* of the first's words */
    float pitch;    /* from part to part; 0: below one another */
    float indent;   /* of the words, after a badge */
};

static struct heed_text_style style_of(const struct heed_skin *skin, int weight)
{
    return heed_widget_style(skin, 14, weight);
}

static struct parts place_parts(const struct heed_skin *skin, float x, float width,
                                const struct heed_note *note)
{
    const float s = skin->scale, n = (float)note->n_parts;
    const float room = fmaxf(width - (2 * PAD + BUTTON + 8) * s, 1);
    struct parts parts = {.x = x + PAD * s, .width = room};
    if (note->n_parts < 2) {
        return parts;
    }
    parts.indent = (BADGE + 8) * s;
    const float part = (room - (n - 1) * GAP * s) / n;
    if (part >= (LEAST_PART + BADGE + 8) * s) {
        parts.width = part;
        parts.pitch = part + GAP * s;
    }
    return parts;
}

/* Lines of one part's words; drawn from the first's centre on, or counted. */
static int write_part(const struct heed_skin *skin, const struct parts *parts,
                      const struct heed_note *note, int part, float x, float cy)
{
    return heed_text_wrapped(skin, x + parts->indent, cy, LINE * skin->scale, style_of(skin, 400),
                             skin->theme->text, note->parts[part], parts->width - parts->indent,
                             MOST_LINES);
}

float heed_note_height(const struct heed_skin *skin, float width, const struct heed_note *note)
{
    struct heed_skin quiet = *skin;
    quiet.list = NULL;
    const struct parts parts = place_parts(skin, 0, width, note);
    int lines = 0;
    for (int i = 0; i < note->n_parts; i++) {
        const int own = write_part(&quiet, &parts, note, i, 0, 0);
        lines = parts.pitch == 0 ? lines + own : own > lines ? own : lines;
    }
    return roundf(((float)(1 + lines) * LINE + (note->n_parts > 1 ? 22 : 16)) * skin->scale);
}

static void draw_badge(const struct heed_skin *skin, float x, float cy, int number)
{
    const float s = skin->scale;
    char text[12];
    snprintf(text, sizeof(text), "%d", number);
    heed_list_fill(skin->list,
                   (struct heed_rect){x, roundf(cy - BADGE * s / 2), BADGE * s, BADGE * s},
                   BADGE * s / 2, skin->theme->ink);
    heed_widget_middle(skin, x + BADGE * s / 2, cy, 12, 600, skin->theme->on_ink, text, 0);
}

static void draw_parts(const struct heed_skin *skin, const struct parts *parts,
                       const struct heed_note *note, float cy)
{
    float x = parts->x;
    for (int i = 0; i < note->n_parts; i++) {
        if (parts->indent > 0) {
            draw_badge(skin, x, cy, i + 1);
        }
        const int lines = write_part(skin, parts, note, i, x, cy);
        x += parts->pitch;
        cy += parts->pitch > 0 ? 0 : (float)lines * LINE * skin->scale;
    }
}

void heed_note_draw(struct heed_chrome *chrome)
{
    const struct heed_skin *skin = &chrome->skin;
    const struct heed_theme *theme = skin->theme;
    struct heed_list *list = chrome->frame.list;
    const struct heed_rect rect = chrome->layout.note;
    const struct heed_note *note = &chrome->note;
    const float s = skin->scale, line = LINE * s;
    if (rect.h <= 0 || note->n_parts == 0) {
        return;
    }
    list->target = (struct heed_target){.kind = HEED_TARGET_BLOCK};
    heed_list_fill(list, rect, 0, theme->note_fill);
    list->target = (struct heed_target){0};
    heed_list_fill(
        list, (struct heed_rect){rect.x, rect.y + rect.h - skin->hairline, rect.w, skin->hairline},
        0, theme->note_border);
    const struct parts parts = place_parts(skin, rect.x, rect.w, note);
    const float y = rect.y + 8 * s + line / 2;
    heed_widget_text(skin, parts.x, y, style_of(skin, 600), HEED_ANCHOR_START, theme->text,
                     note->title, fmaxf(rect.w - (2 * PAD + BUTTON + 8) * s, 1));
    draw_parts(skin, &parts, note, y + line + (note->n_parts > 1 ? 4 * s : 0));
    heed_widget_icon_button(skin,
                            (struct heed_rect){rect.x + rect.w - (BUTTON + 8) * s, rect.y + 6 * s,
                                               BUTTON * s, BUTTON * s},
                            HEED_ICON_CLOSE, false,
                            heed_command_target(HEED_COMMAND_CLOSE_NOTE, 0));
}
