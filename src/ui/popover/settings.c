#include "ui/popover/settings.h"

#include <math.h>
#include <stdio.h>

#include "base/compiler.h"
#include "scene/widgets/target.h"
#include "ui/popover/popover.h"
#include "ui/window/motion.h"
#include "ui/window/window.h"

enum { WIDTH = 600, PAD = 24, HEADER = 64, ROW = 60, LABEL = 128, CONTROL = 34, FOOT = 44 };

struct page {
    struct heed_ui *ui;
    const struct heed_skin *skin;
    float s;
    struct heed_rect rect;
    float y; /* of the next row */
};

void heed_popover_open_settings(struct heed_ui *ui)
{
    heed_popover_begin(ui, HEED_POPOVER_SETTINGS, HEED_COMMAND_SETTINGS);
}

static struct heed_target target(enum heed_command command, int argument)
{
    struct heed_target target = heed_command_target(command, argument);
    target.flags = HEED_TARGET_FLAG_POPOVER;
    return target;
}

/* The next row: its label, what it does in muted words below the control; where that goes. */
static struct heed_rect next(struct page *page, const char *label, const char *words)
{
    const float s = page->s, x = page->rect.x + PAD * s;
    const struct heed_rect r = {x + LABEL * s, page->y, page->rect.w - (2 * PAD + LABEL) * s,
                                CONTROL * s};
    heed_widget_left(page->skin, x, r.y + r.h / 2, 14, 400, page->skin->theme->muted, label,
                     (LABEL - 8) * s);
    heed_widget_left(page->skin, r.x, r.y + r.h + 12 * s, 12, 400, page->skin->theme->muted, words,
                     r.w);
    page->y += ROW * s;
    return r;
}

static void add_segments(struct page *page, const char *label, const char *words,
                         enum heed_command command, const char *const *labels, int n, int active)
{
    struct heed_target targets[8];
    for (int i = 0; i < n; i++) {
        targets[i] = target(command, i + 1);
    }
    heed_widget_segments(page->skin, next(page, label, words), labels, n, active, targets);
}

static void add_scale(struct page *page)
{
    const struct heed_skin *skin = page->skin;
    const float s = page->s, b = 40 * s, value = 84 * s;
    const float scale = page->ui->now.state.ui_scale;
    char text[24], words[80];
    snprintf(text, sizeof(text), "%.0f %%", (double)(scale * 100));
    snprintf(words, sizeof(words),
             "Times the desktop\xE2\x80\x99s own, which is %.3g. Ctrl and +, \xE2\x88\x92, 0.",
             (double)page->ui->pixel_ratio);
    const struct heed_rect r = next(page, "Size", words);
    heed_widget_button(skin, (struct heed_rect){r.x, r.y, b, r.h}, HEED_ICON_NONE, "\xE2\x88\x92",
                       false, scale <= 0.75F, target(HEED_COMMAND_SCALE_DOWN, 0));
    heed_widget_middle(skin, r.x + b + value / 2, r.y + r.h / 2, 14, 500, skin->theme->text, text,
                       0);
    heed_widget_button(skin, (struct heed_rect){r.x + b + value, r.y, b, r.h}, HEED_ICON_NONE, "+",
                       false, false, target(HEED_COMMAND_SCALE_UP, 0));
    heed_widget_button(skin, (struct heed_rect){r.x + 2 * b + value + 12 * s, r.y, 72 * s, r.h},
                       HEED_ICON_NONE, "100 %", false, scale == 1.0F,
                       target(HEED_COMMAND_SCALE_RESET, 0));
}

static void add_model(struct page *page)
{
    const struct heed_skin *skin = page->skin;
    const float s = page->s, w = 104 * s;
    const struct heed_model *model = page->ui->model;
    const struct heed_rect r =
        next(page, "Model", "Opened again the next time. Ctrl+Shift+O opens the list, too.");
    heed_widget_button(skin, (struct heed_rect){r.x + r.w - w, r.y, w, r.h}, HEED_ICON_NONE,
                       "Choose \xE2\x80\xA6", false, false, target(HEED_COMMAND_MODELS, 0));
    heed_widget_left(skin, r.x, r.y + r.h / 2, 14, 500, skin->theme->text,
                     model != NULL ? heed_model_get_name(model) : "No model is open",
                     r.w - w - 12 * s);
}

static void draw_header(const struct page *page)
{
    const struct heed_skin *skin = page->skin;
    const struct heed_rect r = page->rect;
    const float s = page->s, cy = r.y + 36 * s, x = r.x + PAD * s;
    const float used = heed_widget_left(skin, x, cy, 18, 600, skin->theme->text, "Settings", 0);
    heed_widget_left(skin, x + used + 14 * s, cy, 12, 500, skin->theme->muted, "Ctrl ,", 0);
    heed_widget_icon_button(
        skin, (struct heed_rect){r.x + r.w - PAD * s - 28 * s, cy - 17 * s, 34 * s, 34 * s},
        HEED_ICON_CLOSE, false, target(HEED_COMMAND_UNPIN, 0));
}

static void draw_rows(struct page *page)
{
    static const char *const themes[] = {"Light", "Dark", "Paper"};
    static const char *const palettes[] = {"Tide", "Ink", "Viridis", "Cividis"};
    static const char *const motions[] = {"As the desktop", "Reduced"};
    const struct heed_state *state = &page->ui->now.state;
    add_segments(page, "Theme", "T goes to the next.", HEED_COMMAND_THEME, themes, 3,
                 (int)state->theme);
    add_segments(page, "Weights", "The palette of maps: all of them print in grey.",
                 HEED_COMMAND_PALETTE, palettes, HEED_N_PALETTES, (int)state->palette);
    add_scale(page);
    add_segments(page, "Motion",
                 page->ui->desktop_is_still ? "The desktop asks for none."
                                            : "Fades of 80 to 140 ms, or none, and a steady caret.",
                 HEED_COMMAND_MOTION, motions, 2, state->reduced_motion ? 1 : 0);
    add_model(page);
}

void heed_settings_draw(struct heed_ui *ui, const struct heed_skin *skin)
{
    const float s = heed_ui_scale(ui), margin = 8 * s;
    struct page page = {.ui = ui, .skin = skin, .s = s};
    struct heed_popover *popover = &ui->popover;
    const float content = (HEADER + 5 * ROW + FOOT) * s;
    page.rect.w = roundf(fminf(WIDTH * s, ui->width - 2 * margin));
    page.rect.h = roundf(fminf(content, ui->height - 2 * margin));
    page.rect.x = roundf((ui->width - page.rect.w) / 2);
    page.rect.y = roundf((ui->height - page.rect.h) / 3);
    popover->rect = page.rect;
    popover->content = content;
    popover->view_height = page.rect.h;
    popover->scroll = fmaxf(fminf(popover->scroll, content - page.rect.h), 0);
    heed_widget_popover(skin, page.rect);
    draw_header(&page);
    page.y = page.rect.y + HEADER * s;
    draw_rows(&page);
    heed_widget_left(skin, page.rect.x + PAD * s, page.rect.y + page.rect.h - FOOT * s / 2, 13, 400,
                     skin->theme->muted, "Kept for the next time. Ctrl+Z takes a change back.",
                     page.rect.w - 2 * PAD * s);
}
