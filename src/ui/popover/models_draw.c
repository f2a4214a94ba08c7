#include "ui/popover/models_draw.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "scene/widgets/label.h"
#include "ui/popover/field_draw.h"
#include "ui/popover/models_details.h"
#include "ui/popover/models_look.h"

enum {
    WIDTH = 1216,
    HEIGHT = 820,
    BRIEF = 680, /* a list narrower than that leaves columns to the details */
    PAD = 28,
    ROW = 48,
    GROUP = 38,
    DETAILS = 392,    /* the width of what is at the right */
    WIDE = 1100,      /* from here on there is room for it */
    DETAILS_LOW = 236 /* its height below the list */
};

/* Where the columns are, in logical px from the list's left. */
struct columns {
    float name, architecture, shape, size, licence, shows, end; /* shape, size: right edges */
    bool brief; /* no shape and no licence: the details have them */
};

struct list {
    struct heed_ui *ui;
    const struct heed_skin *skin;
    const struct heed_theme *theme;
    float s;
    struct heed_rect pane;
    struct columns at; /* px */
};

static struct columns find_columns(struct heed_rect pane, float s)
{
    const float wide = pane.w / s;
    const float right = wide - PAD - 6;
    const float x = pane.x;
    if (wide < BRIEF) {
        return (struct columns){.name = x + (PAD + 8) * s,
                                .architecture = x + (right - 340) * s,
                                .shape = x + (right - 130) * s, /* where it ends */
                                .size = x + (right - 146) * s,
                                .shows = x + (right - 128) * s,
                                .end = x + right * s,
                                .brief = true};
    }
    return (struct columns){.name = x + (PAD + 8) * s,
                            .architecture = x + (right - 524) * s,
                            .shape = x + (right - 314) * s,
                            .size = x + (right - 244) * s,
                            .licence = x + (right - 222) * s,
                            .shows = x + (right - 128) * s,
                            .end = x + right * s};
}

static void draw_head(const struct list *list, float cy)
{
    const struct heed_skin *skin = list->skin;
    const struct heed_color color = list->theme->muted;
    heed_widget_left(skin, list->at.name, cy, 13, 500, color, "Name", 0);
    heed_widget_left(skin, list->at.architecture, cy, 13, 500, color, "Architecture", 0);
    heed_widget_right(skin, list->at.size, cy, 13, 500, color, "Size", 0);
    if (!list->at.brief) {
        heed_widget_right(skin, list->at.shape, cy, 13, 500, color, "Layers \xC3\x97 heads", 0);
        heed_widget_left(skin, list->at.licence, cy, 13, 500, color, "Licence", 0);
    }
    heed_widget_left(skin, list->at.shows, cy, 13, 500, color, "What it shows", 0);
}

static void draw_chip(const struct list *list, float x, float cy, const char *text)
{
    const float s = list->s;
    const float w =
        heed_widget_width(list->skin, heed_widget_style(list->skin, 12, 500), text) + 16 * s;
    heed_list_fill(list->skin->list, (struct heed_rect){x, cy - 10 * s, w, 20 * s}, 10 * s,
                   list->theme->ink);
    heed_widget_middle(list->skin, x + w / 2, cy, 12, 500, list->theme->on_ink, text, 0);
}

static void draw_name(const struct list *list, const struct heed_model_facts *it,
                      struct heed_rect r)
{
    const float s = list->s;
    const bool is_a = heed_models_is_open(list->ui, it);
    const bool is_b = !is_a && heed_models_is_second(list->ui, it);
    const bool is_open = is_a || is_b;
    const bool muted = !it->loads && !it->is_folder;
    const float room = list->at.architecture - list->at.name - (is_open ? 78 : 10) * s;
    const float cy = it->entry.owner[0] != '\0' ? r.y + 16 * s : r.y + r.h / 2;
    const float used =
        heed_widget_left(list->skin, list->at.name, cy, 15, 600,
                         muted ? list->theme->muted : list->theme->text, it->entry.name, room);
    heed_widget_left(list->skin, list->at.name, r.y + 34 * s, 13, 400, list->theme->muted,
                     it->entry.owner, list->at.architecture - list->at.name - 10 * s);
    if (is_open) {
        draw_chip(list, list->at.name + used + 10 * s, cy,
                  is_b                     ? "B"
                  : list->ui->models.for_b ? "A"
                                           : "in use");
    }
}

/* What it shows beside attention, in a word; NULL: no more. */
static const char *other_use(const struct heed_model_facts *it)
{
    return it->mask[0] != '\0'                    ? "predictions"
           : it->has_similarity                   ? "similarity"
           : strcmp(it->classes, "sequence") == 0 ? "classes"
           : strcmp(it->classes, "token") == 0    ? "token classes"
                                                  : NULL;
}

static void draw_uses(const struct list *list, const struct heed_model_facts *it,
                      struct heed_rect r)
{
    const float s = list->s, x = list->at.shows, room = list->at.end - x;
    const char *other = other_use(it);
    if (heed_models_is_loading(list->ui, it)) {
        char share[16];
        const float at = heed_models_progress(list->ui);
        snprintf(share, sizeof(share), "%.0f %%", (double)(100 * at));
        heed_widget_left(list->skin, x, r.y + 15 * s, 13, 500, list->theme->text, "loading", 0);
        heed_widget_right(list->skin, x + room, r.y + 15 * s, 13, 400, list->theme->text, share, 0);
        heed_widget_bar(list->skin, (struct heed_rect){x, r.y + 30 * s, room, 6 * s}, room * at,
                        list->theme->ink);
        return;
    }
    if (it->is_folder) {
        heed_widget_left(list->skin, x, r.y + r.h / 2, 13, 400, list->theme->muted, "a folder", 0);
        return;
    }
    if (!it->loads) {
        heed_widget_left(list->skin, x, r.y + 15 * s, 13, 400, list->theme->muted, "not read:", 0);
        heed_widget_left(list->skin, x, r.y + 33 * s, 13, 400, list->theme->muted, it->why_short,
                         room);
        return;
    }
    const float first = other != NULL ? r.y + 15 * s : r.y + r.h / 2;
    heed_models_draw_mark(list->skin, x, first, true, list->theme->text);
    heed_widget_left(list->skin, x + 16 * s, first, 13, 400, list->theme->text, "attention", 0);
    if (other != NULL) {
        heed_models_draw_mark(list->skin, x, r.y + 33 * s, true, list->theme->text);
        heed_widget_left(list->skin, x + 16 * s, r.y + 33 * s, 13, 400, list->theme->text, other,
                         room - 16 * s);
    }
}

static void draw_columns(const struct list *list, const struct heed_model_facts *it,
                         struct heed_rect r)
{
    const struct heed_skin *skin = list->skin;
    const struct heed_color color = it->loads ? list->theme->text : list->theme->muted;
    const float cy = r.y + r.h / 2;
    char text[40];
    heed_widget_left(skin, list->at.architecture, cy, 14, 400, color, it->architecture,
                     list->at.shape - 76 * list->s - list->at.architecture);
    if (it->n_layers > 0 && it->n_heads > 0 && !list->at.brief) {
        snprintf(text, sizeof(text), "%d \xC3\x97 %d", it->n_layers, it->n_heads);
        heed_widget_right(skin, list->at.shape, cy, 14, 400, color, text, 0);
    }
    if (it->bytes > 0) {
        heed_models_put_size(text, sizeof(text), it->bytes);
        heed_widget_right(skin, list->at.size, cy, 14, 400, color, text, 0);
    }
    if (!list->at.brief) {
        heed_widget_left(skin, list->at.licence, cy, 13, 400, list->theme->muted, it->licence,
                         list->at.shows - list->at.licence - 8 * list->s);
    }
}

static void draw_row(const struct list *list, int row, struct heed_rect r)
{
    const struct heed_catalog *listed = heed_models_listed(list->ui);
    const struct heed_model_facts *it = heed_catalog_get(listed, list->ui->models.rows[row]);
    const struct heed_target target = heed_models_target(HEED_COMMAND_MODEL_ROW, row + 1);
    const float s = list->s;
    struct heed_list *out = list->skin->list;
    const bool chosen = strcmp(list->ui->models.chosen, it->entry.folder) == 0;
    out->target = target;
    heed_list_hotspot(out, r);
    if (chosen) {
        heed_list_outline(out, r, 6 * s, 1.5F * s, list->theme->text);
    } else if (heed_target_equal(list->skin->hot, target)) {
        heed_list_fill(out, r, 6 * s, list->theme->hover);
    }
    draw_name(list, it, r);
    draw_columns(list, it, r);
    draw_uses(list, it, r);
    out->target = (struct heed_target){0};
}

/* The heading above a row: where it was found; NULL: it follows its like. */
static const char *group_of(const struct list *list, int row, const char **place)
{
    const struct heed_ui_models *models = &list->ui->models;
    const struct heed_catalog *listed = heed_models_listed(list->ui);
    const struct heed_model_entry *it = &heed_catalog_get(listed, models->rows[row])->entry;
    const struct heed_model_entry *before =
        row > 0 ? &heed_catalog_get(listed, models->rows[row - 1])->entry : NULL;
    *place = it->place;
    if (models->is_path || (before != NULL && strcmp(before->place, it->place) == 0)) {
        return NULL;
    }
    return it->place[0] == '\0' ? "Recent"
           : it->is_of_hub      ? "Found in the Hugging Face cache"
                                : "Found in heed\xE2\x80\x99s folder";
}

/* All rows from y on; list NULL in the skin would only measure, so this is told. */
static float walk(const struct list *list, float y, struct heed_rect seen, bool draws,
                  float *chosen_y)
{
    const float s = list->s;
    const struct heed_catalog *listed = heed_models_listed(list->ui);
    for (int i = 0; i < list->ui->models.n; i++) {
        const char *place = NULL;
        const char *group = group_of(list, i, &place);
        if (group != NULL && draws) {
            const float cy = y + 24 * s;
            const float used = heed_widget_left(list->skin, list->at.name, cy, 13, 600,
                                                list->theme->text, group, 0);
            heed_widget_left(list->skin, list->at.name + used + 14 * s, cy, 13, 400,
                             list->theme->muted, place,
                             list->at.end - list->at.name - used - 20 * s);
        }
        y += group != NULL ? GROUP * s : 0;
        const struct heed_rect r = {list->pane.x + (PAD - 4) * s, y,
                                    list->at.end - list->pane.x - (PAD - 10) * s, ROW * s};
        if (strcmp(heed_catalog_get(listed, list->ui->models.rows[i])->entry.folder,
                   list->ui->models.chosen) == 0) {
            *chosen_y = y;
        }
        if (draws && y + r.h > seen.y && y < seen.y + seen.h) {
            draw_row(list, i, r);
        }
        y += ROW * s;
    }
    return y;
}

static void draw_empty(const struct list *list, float y)
{
    const struct heed_ui_models *models = &list->ui->models;
    const struct heed_catalog *listed = heed_models_listed(list->ui);
    bool is_done = false;
    const int n = listed != NULL ? heed_catalog_count(listed, &is_done) : 0;
    const char *text = !is_done          ? "Looking \xE2\x80\xA6"
                       : models->is_path ? "There is no folder whose path begins so."
                       : n > 0           ? "No model here has this in its name, architecture or "
                                           "licence."
                               : "No models found. ./run fetches one; docs/models.md says "
                                 "how to get others.";
    if (models->n == 0) {
        heed_widget_left(list->skin, list->at.name, y + 24 * list->s, 14, 400, list->theme->muted,
                         text, list->at.end - list->at.name);
    }
}

static void draw_rows(const struct list *list, struct heed_rect seen)
{
    struct heed_popover *popover = &list->ui->popover;
    float chosen_y = 0.0F;
    popover->content = walk(list, 0.0F, seen, false, &chosen_y);
    popover->view_height = seen.h;
    if (popover->follow) {
        const float row = ROW * list->s;
        popover->scroll =
            fminf(popover->scroll, chosen_y - (chosen_y > row ? GROUP * list->s : chosen_y));
        popover->scroll = fmaxf(popover->scroll, chosen_y + row - seen.h);
        popover->follow = false;
    }
    popover->scroll = fmaxf(fminf(popover->scroll, popover->content - seen.h), 0.0F);
    heed_list_clip(list->skin->list, seen);
    (void)walk(list, seen.y - popover->scroll, seen, true, &chosen_y);
    draw_empty(list, seen.y);
    heed_list_unclip(list->skin->list);
    heed_widget_scrollbar(list->skin, seen, popover->content, popover->scroll);
}

static void draw_foot(const struct list *list, float cy)
{
    const struct heed_catalog *listed = heed_models_listed(list->ui);
    bool is_done = false;
    const int n = listed != NULL ? heed_catalog_count(listed, &is_done) : 0;
    int unread = 0;
    char text[256];
    for (int i = 0; i < n; i++) {
        const struct heed_model_facts *it = heed_catalog_get(listed, i);
        unread += !it->loads && !it->is_folder;
    }
    if (list->ui->popover.error[0] != '\0') {
        snprintf(text, sizeof(text), "%s", list->ui->popover.error);
    } else if (list->ui->models.is_path) {
        snprintf(text, sizeof(text), "Tab goes into a folder, Enter opens a model.");
    } else {
        snprintf(text, sizeof(text),
                 "%d model%s, %d not read%s heed opens what is on this disk and fetches nothing.",
                 n, n == 1 ? "" : "s", unread, is_done ? "." : ", still looking.");
    }
    heed_widget_left(list->skin, list->at.name, cy, 13, 400, list->theme->muted, text,
                     list->at.end - list->at.name);
}

static void draw_list(const struct list *list)
{
    const float s = list->s;
    const struct heed_rect pane = list->pane;
    const float x = pane.x + PAD * s;
    const bool for_b = list->ui->models.for_b;
    const float title = heed_widget_left(list->skin, x, pane.y + 36 * s, 18, 600, list->theme->text,
                                         for_b ? "Model of B" : "Open model", 0);
    heed_widget_left(list->skin, x + title + 14 * s, pane.y + 36 * s, 12, 500, list->theme->muted,
                     for_b ? "Ctrl Shift B" : "Ctrl Shift O", 0);
    const float end = list->at.end + 6 * s;
    if (for_b) {
        const float w = 152 * s;
        heed_widget_button(list->skin, (struct heed_rect){end - w, pane.y + 20 * s, w, 32 * s},
                           HEED_ICON_NONE, "Same model as A", false,
                           list->ui->now.state.compare_model == NULL,
                           heed_models_target(HEED_COMMAND_COMPARE_MODEL, 1));
    }
    const struct heed_rect folder = {end - 100 * s, pane.y + 66 * s, 100 * s, 40 * s};
    const struct heed_rect field = {x, folder.y, folder.x - 12 * s - x, folder.h};
    heed_popover_draw_field(list->ui, list->skin, field, "Name, architecture, licence, or a path");
    heed_widget_button(list->skin, folder, HEED_ICON_NONE, "Folder \xE2\x80\xA6", false, false,
                       (struct heed_target){.kind = HEED_TARGET_COMMAND,
                                            .flags = HEED_TARGET_FLAG_POPOVER,
                                            .a = HEED_COMMAND_BROWSE});
    draw_head(list, pane.y + 132 * s);
    heed_list_fill(list->skin->list,
                   (struct heed_rect){x, pane.y + 150 * s, list->at.end - x, list->skin->hairline},
                   0, list->theme->border);
    draw_rows(list, (struct heed_rect){pane.x, pane.y + 151 * s, pane.w, pane.h - (151 + 44) * s});
    draw_foot(list, pane.y + pane.h - 22 * s);
}

void heed_models_draw(struct heed_ui *ui, const struct heed_skin *skin)
{
    const float s = heed_ui_scale(ui);
    const float margin = 8.0F * s;
    struct heed_rect r = {.w = roundf(fminf(WIDTH * s, ui->width - 2 * margin)),
                          .h = roundf(fminf(HEIGHT * s, ui->height - 2 * margin))};
    r.x = roundf((ui->width - r.w) / 2);
    r.y = roundf((ui->height - r.h) / 2);
    ui->popover.rect = r;
    heed_widget_popover(skin, r);
    const bool is_narrow = r.w < WIDE * s;
    struct heed_rect pane = r;
    struct heed_rect details = r;
    if (is_narrow) {
        pane.h -= DETAILS_LOW * s;
        details.y += pane.h;
        details.h = DETAILS_LOW * s;
    } else {
        pane.w -= DETAILS * s;
        details.x += pane.w;
        details.w = DETAILS * s;
    }
    const struct list list = {ui, skin, skin->theme, s, pane, find_columns(pane, s)};
    draw_list(&list);
    heed_models_draw_details(ui, skin, details, is_narrow);
}
