#include "ui/popover/glossary.h"

#include <math.h>
#include <string.h>

#include "scene/widgets/label.h"
#include "scene/widgets/target.h"
#include "scene/widgets/terms.h"

enum { WIDTH = 1180, COLUMN = 520, PADDING = 24, PAGES = 44, MOST_LINES = 4, LINE = 18 };

void heed_glossary_draw_pages(const struct heed_skin *skin, struct heed_rect rect, bool words)
{
    static const char *const labels[] = {"Keys", "Words"};
    struct heed_target targets[] = {heed_command_target(HEED_COMMAND_HELP, 0),
                                    heed_command_target(HEED_COMMAND_GLOSSARY, 0)};
    const float s = skin->scale;
    const float w = heed_widget_segments_width(skin, labels, 2);
    for (int i = 0; i < 2; i++) {
        targets[i].flags = HEED_TARGET_FLAG_POPOVER;
    }
    heed_widget_segments(skin, (struct heed_rect){rect.x, rect.y, w, 30 * s}, labels, 2, words,
                         targets);
    heed_widget_left(skin, rect.x + w + 14 * s, rect.y + 15 * s, 13, 400, skin->theme->muted,
                     words ? "What each word on the screen means; Left: the keys"
                           : "Right: what the words mean",
                     fmaxf(rect.w - w - 14 * s, 1));
}

/* One paragraph at y; returns its height. */
static float put(const struct heed_skin *skin, float x, float y, float width, float size,
                 int weight, struct heed_color color, const char *text)
{
    const float line = LINE * skin->scale;
    return line * (float)heed_text_wrapped(skin, x, y + line / 2, line,
                                           heed_widget_style(skin, size, weight), color, text,
                                           width, MOST_LINES);
}

static float draw_term(const struct heed_skin *skin, float x, float y, float width,
                       const struct heed_term *term, bool begins)
{
    const struct heed_theme *theme = skin->theme;
    const float top = y;
    if (begins) {
        y += 6 * skin->scale;
        y += put(skin, x, y, width, 15, 600, theme->text, term->group) + 4 * skin->scale;
    }
    y += put(skin, x, y, width, 14, 600, theme->text, term->name);
    y += put(skin, x, y, width, 13, 400, theme->text, term->what);
    y += put(skin, x, y, width, 13, 400, theme->muted, term->high);
    return y - top + 8 * skin->scale;
}

static bool begins_group(const struct heed_term *terms, int i)
{
    return i == 0 || strcmp(terms[i - 1].group, terms[i].group) != 0;
}

/* The terms from *at on down to `height`, or all; *at becomes the next one. */
static float draw_column(const struct heed_skin *skin, float x, float y, float width, int *at,
                         float height)
{
    int n = 0;
    const struct heed_term *terms = heed_terms_get(&n);
    float used = 0;
    while (*at < n && used < height) {
        used += draw_term(skin, x, y + used, width, &terms[*at], begins_group(terms, *at));
        (*at)++;
    }
    return used;
}

void heed_glossary_draw(struct heed_ui *ui, const struct heed_skin *skin)
{
    struct heed_popover *popover = &ui->popover;
    const float s = skin->scale, pad = PADDING * s, gap = 40 * s;
    struct heed_rect r = {.w = roundf(fminf(WIDTH * s, ui->width - 16 * s)),
                          .h = roundf(ui->height * 0.86F)};
    r.x = roundf((ui->width - r.w) / 2);
    r.y = roundf((ui->height - r.h) / 2);
    popover->rect = r;
    heed_widget_popover(skin, r);
    heed_glossary_draw_pages(
        skin, (struct heed_rect){r.x + pad, r.y + 16 * s, r.w - 2 * pad, PAGES * s}, true);
    const struct heed_rect inner = {r.x + pad, r.y + (16 + PAGES) * s, r.w - 2 * pad,
                                    r.h - (16 + PAGES) * s - pad};
    const int columns = inner.w >= (2 * COLUMN) * s ? 2 : 1;
    const float width = (inner.w - gap * (float)(columns - 1)) / (float)columns;
    struct heed_skin quiet = *skin;
    quiet.list = NULL;
    int all = 0;
    const float whole = draw_column(&quiet, 0, 0, width, &all, INFINITY);
    const float half = columns == 1 ? INFINITY : whole / 2;
    int at = 0;
    popover->view_height = inner.h;
    heed_list_clip(skin->list, inner);
    const float left = draw_column(skin, inner.x, inner.y - popover->scroll, width, &at, half);
    const float right =
        draw_column(skin, inner.x + width + gap, inner.y - popover->scroll, width, &at, INFINITY);
    heed_list_unclip(skin->list);
    popover->content = fmaxf(left, right);
    popover->scroll = fmaxf(fminf(popover->scroll, popover->content - inner.h), 0);
    heed_widget_scrollbar(skin, (struct heed_rect){r.x, inner.y, r.w, inner.h}, popover->content,
                          popover->scroll);
}
