#include "ui/popover/keys.h"

#include <math.h>
#include <stdio.h>

#include "ui/popover/cards.h"
#include "ui/popover/models.h"
#include "ui/popover/paths.h"
#include "ui/popover/popover.h"
#include "ui/popover/search.h"
#include "ui/window/fields.h"

void heed_popover_text_changed(struct heed_ui *ui)
{
    ui->popover.error[0] = '\0';
    if (ui->popover.kind == HEED_POPOVER_PATH) {
        heed_popover_path_typed(ui);
    } else if (ui->popover.kind == HEED_POPOVER_FIND) {
        heed_popover_fill_find(ui);
    } else if (ui->popover.kind == HEED_POPOVER_EXAMPLES) {
        heed_popover_fill_examples(ui);
    } else if (ui->popover.kind == HEED_POPOVER_MODELS) {
        heed_models_text_changed(ui);
    } else if (ui->popover.kind == HEED_POPOVER_SEARCH) {
        const struct heed_buffer *text = &ui->popover.field.text;
        snprintf(ui->popover.last_search, sizeof(ui->popover.last_search), "%s",
                 text->size < sizeof(ui->popover.last_search) && text->data != NULL ? text->data
                                                                                    : "");
        heed_search_update(ui);
    }
    heed_ui_touch(ui);
}

/* --- keys and choices --- */

static void step_row(struct heed_popover *popover, int by)
{
    int at = popover->selected + by;
    while (at >= 0 && at < popover->n_rows && popover->rows[at].title) {
        at += by < 0 ? -1 : 1;
    }
    if (at >= 0 && at < popover->n_rows) {
        popover->selected = at;
    }
}

static void clamp_scroll(struct heed_popover *popover)
{
    const float most = popover->content - popover->view_height;
    popover->scroll = fmaxf(fminf(popover->scroll, most), 0.0F);
}

static void show_selected(struct heed_ui *ui)
{
    struct heed_popover *popover = &ui->popover;
    const float row = HEED_POPOVER_ROW * heed_ui_scale(ui);
    const float top = row * (float)popover->selected;
    if (top < popover->scroll) {
        popover->scroll = top;
    } else if (top + row > popover->scroll + popover->view_height) {
        popover->scroll = top + row - popover->view_height;
    }
    clamp_scroll(popover);
}

/* It scrolls and has no rows. */
static bool is_page(enum heed_popover_kind kind)
{
    return kind == HEED_POPOVER_HELP || kind == HEED_POPOVER_ABOUT ||
           kind == HEED_POPOVER_GLOSSARY || kind == HEED_POPOVER_SETTINGS;
}

/* From card to card; the field keeps Left and Right while it has words. */
static bool step_card(struct heed_ui *ui, enum heed_key key)
{
    struct heed_popover *popover = &ui->popover;
    const int dx = key == HEED_KEY_RIGHT ? 1 : key == HEED_KEY_LEFT ? -1 : 0;
    const int dy = key == HEED_KEY_DOWN ? 1 : key == HEED_KEY_UP ? -1 : 0;
    if (popover->kind != HEED_POPOVER_EXAMPLES || (dx == 0 && dy == 0)) {
        return false;
    }
    const int to = heed_cards_step(ui, dx, dy);
    popover->selected = to >= 0 ? to : popover->selected;
    heed_ui_touch(ui);
    return true;
}

/* From page to page of the help. */
bool heed_popover_turn(struct heed_ui *ui, enum heed_key key)
{
    if (key == HEED_KEY_RIGHT && ui->popover.kind == HEED_POPOVER_HELP) {
        heed_popover_open_glossary(ui);
        return true;
    }
    if (key == HEED_KEY_LEFT && ui->popover.kind == HEED_POPOVER_GLOSSARY) {
        heed_popover_open_help(ui);
        return true;
    }
    return false;
}

bool heed_popover_key(struct heed_ui *ui, const struct heed_event *event)
{
    struct heed_popover *popover = &ui->popover;
    const bool help = is_page(popover->kind);
    const float line = HEED_POPOVER_ROW * heed_ui_scale(ui);
    int by = 0;
    if (popover->kind == HEED_POPOVER_SEARCH) {
        const bool back = event->key == HEED_KEY_UP;
        if (back || event->key == HEED_KEY_DOWN) {
            heed_search_step(ui, back ? -1 : 1);
        }
        return true;
    }
    if (step_card(ui, event->key)) {
        return true;
    }
    switch (event->key) {
    case HEED_KEY_UP:
        by = -1;
        break;
    case HEED_KEY_DOWN:
        by = 1;
        break;
    case HEED_KEY_PAGE_UP:
        by = -8;
        break;
    case HEED_KEY_PAGE_DOWN:
        by = 8;
        break;
    case HEED_KEY_SPACE:
        if (ui->focused_field == HEED_UI_FIELD_POPOVER) {
            return false; /* it is text */
        }
        /* fall through */
    case HEED_KEY_ENTER:
        heed_popover_accept(ui);
        return true;
    default:
        return false;
    }
    if (popover->kind == HEED_POPOVER_MODELS) {
        heed_models_step(ui, by);
    } else if (help) {
        popover->scroll += line * (float)by;
        clamp_scroll(popover);
    } else {
        for (int i = 0; i < (by < 0 ? -by : by); i++) {
            step_row(popover, by < 0 ? -1 : 1);
        }
        show_selected(ui);
    }
    heed_ui_touch(ui);
    return true;
}

void heed_popover_wheel(struct heed_ui *ui, float notches)
{
    ui->popover.scroll -= notches * 48.0F * heed_ui_scale(ui);
    clamp_scroll(&ui->popover);
    heed_ui_touch(ui);
}

void heed_popover_accept(struct heed_ui *ui)
{
    struct heed_popover *popover = &ui->popover;
    if (popover->kind == HEED_POPOVER_PATH) {
        heed_popover_accept_path(ui);
        return;
    }
    if (popover->kind == HEED_POPOVER_SEARCH) {
        heed_search_step(ui, 1);
        return;
    }
    if (popover->kind == HEED_POPOVER_MODELS) {
        heed_models_accept(ui, ui->models.for_b);
        return;
    }
    if (popover->selected < 0 || popover->selected >= popover->n_rows) {
        if (is_page(popover->kind)) {
            heed_popover_close(ui);
        }
        return;
    }
    const struct heed_popover_row row = popover->rows[popover->selected];
    if (row.title || row.disabled) {
        return;
    }
    const enum heed_command from = popover->command;
    heed_popover_close(ui);
    heed_popover_run(ui, from, row.command, row.argument);
}
