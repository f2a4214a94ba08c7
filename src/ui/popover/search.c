#include "ui/popover/search.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <utf8proc.h>

#include "base/array.h"
#include "base/utf8.h"
#include "draw/hit.h"
#include "scene/frame/shown.h"
#include "ui/window/pins.h"
#include "ui/window/reveal.h"

/* --- matches --- */

/* Text as lower-case code points; heap, NULL without memory. */
static int32_t *fold(const char *text, size_t length, int *n)
{
    int32_t *points = malloc((length + 1) * sizeof(points[0]));
    *n = 0;
    for (size_t i = 0; points != NULL && i < length;) {
        uint32_t c = 0;
        const size_t size = heed_utf8_decode(text + i, length - i, &c);
        points[(*n)++] = utf8proc_tolower((int32_t)c);
        i += size > 0 ? size : 1;
    }
    return points;
}

static void add_match(struct heed_ui *ui, struct heed_pin pin)
{
    struct heed_search *search = &ui->search;
    const struct heed_range units = heed_pin_units(ui->result->maps, pin);
    if (units.count > 0 && search->n < HEED_SEARCH_MATCHES) {
        search->items[search->n++] = pin;
    }
}

/* The tokens of a segment that cover code points [from, to). */
static struct heed_pin tokens_of(const struct heed_encoding *encoding, int segment, int from,
                                 int to)
{
    struct heed_pin pin = {0, 0};
    for (int i = 0; i < encoding->n_tokens; i++) {
        const struct heed_token *token = &encoding->tokens[i];
        if (token->is_template || token->segment != segment || token->start >= to ||
            token->end <= from) {
            continue;
        }
        if (pin.count == 0) {
            pin.first = i;
        }
        pin.count = i + 1 - pin.first;
    }
    return pin;
}

static void match_text(struct heed_ui *ui, int segment, const int32_t *query, int n)
{
    const struct heed_encoding *encoding = ui->result->encoding;
    const char *text = segment == 1 ? encoding->pair : encoding->text;
    const size_t length = segment == 1 ? encoding->pair_length : encoding->text_length;
    int n_points = 0;
    int32_t *points = text != NULL ? fold(text, length, &n_points) : NULL;
    for (int i = 0; points != NULL && i + n <= n_points;) {
        if (memcmp(points + i, query, (size_t)n * sizeof(query[0])) != 0) {
            i++;
            continue;
        }
        const struct heed_pin pin = tokens_of(encoding, segment, i, i + n);
        if (pin.count > 0) {
            add_match(ui, pin);
        }
        i += n;
    }
    free(points);
}

/* [CLS] and its like have no place in the text. */
static void match_template(struct heed_ui *ui, const int32_t *query, int n)
{
    const struct heed_encoding *encoding = ui->result->encoding;
    for (int i = 0; i < encoding->n_tokens; i++) {
        char name[96];
        int n_points = 0;
        if (!encoding->tokens[i].is_template) {
            continue;
        }
        heed_ui_pin_text(ui, (struct heed_pin){i, 1}, name, sizeof(name));
        int32_t *points = fold(name, strlen(name), &n_points);
        for (int j = 0; points != NULL && j + n <= n_points; j++) {
            if (memcmp(points + j, query, (size_t)n * sizeof(query[0])) == 0) {
                add_match(ui, (struct heed_pin){i, 1});
                break;
            }
        }
        free(points);
    }
}

static int by_place(const void *a, const void *b)
{
    const struct heed_pin *x = a;
    const struct heed_pin *y = b;
    return (x->first > y->first) - (x->first < y->first);
}

/* The shown match, on which Esc leaves the focus. */
static void show_match(struct heed_ui *ui)
{
    struct heed_search *search = &ui->search;
    if (search->at >= search->n || ui->result == NULL) {
        return;
    }
    const struct heed_pin pin = search->items[search->at];
    const struct heed_range units = heed_pin_units(ui->result->maps, pin);
    const struct heed_pin unit = heed_ui_unit_pin(ui, units.first);
    ui->popover.old_field = HEED_UI_FIELD_NONE;
    ui->popover.old_target =
        (struct heed_target){.kind = HEED_TARGET_QUERY, .a = unit.first, .b = unit.count};
    ui->popover.old_by_keyboard = true;
    heed_ui_show_units(ui, units.first, units.first, true);
    heed_ui_touch(ui);
}

void heed_search_update(struct heed_ui *ui)
{
    struct heed_search *search = &ui->search;
    const struct heed_textfield *field = &ui->popover.field;
    const int32_t old = search->at < search->n ? search->items[search->at].first : 0;
    int n = 0;
    search->n = search->at = 0;
    int32_t *query = fold(field->text.data != NULL ? field->text.data : "", field->text.size, &n);
    if (query != NULL && n > 0 && ui->result != NULL) {
        match_template(ui, query, n);
        match_text(ui, 0, query, n);
        match_text(ui, 1, query, n);
        heed_sort(search->items, (size_t)search->n, sizeof(search->items[0]), by_place);
    }
    free(query);
    while (search->at + 1 < search->n && search->items[search->at].first < old) {
        search->at++;
    }
    show_match(ui);
    heed_ui_touch(ui);
}

void heed_search_step(struct heed_ui *ui, int by)
{
    struct heed_search *search = &ui->search;
    if (search->n > 0) {
        search->at = (search->at + by + search->n) % search->n;
        show_match(ui);
    }
}

void heed_search_count(const struct heed_ui *ui, char *text, size_t size)
{
    const struct heed_search *search = &ui->search;
    if (search->n > 0) {
        snprintf(text, size, "%d of %d%s", search->at + 1, search->n,
                 search->n == HEED_SEARCH_MATCHES ? "+" : "");
    } else {
        snprintf(text, size, "%s", ui->popover.field.text.size > 0 ? "none" : "");
    }
}

void heed_search_point(const struct heed_ui *ui, struct heed_frame *frame)
{
    if (ui->popover.kind == HEED_POPOVER_SEARCH && ui->search.n > 0) {
        const struct heed_target match = ui->popover.old_target;
        frame->focus = match;
        frame->hover = (struct heed_hover){.query = {match.a, match.b}, .head = {-1, -1}};
    }
}

/* --- marks --- */

static const struct heed_pin *match_of(const struct heed_search *search, struct heed_target target,
                                       bool *current)
{
    for (int i = 0; i < search->n; i++) {
        const struct heed_pin *it = &search->items[i];
        if (target.a < it->first + it->count && it->first < target.a + target.b) {
            *current = i == search->at;
            return it;
        }
    }
    return NULL;
}

/* A line under a label, turned as the label is. */
static void underline(const struct heed_ui *ui, const struct heed_skin *skin,
                      const struct heed_item_text *text, bool current)
{
    const float s = skin->scale;
    const float width = heed_text_width(skin->metrics, text->style, text->text, text->length);
    const float from = text->anchor == HEED_ANCHOR_START    ? 0.0F
                       : text->anchor == HEED_ANCHOR_MIDDLE ? -width / 2.0F
                                                            : -width;
    const float below = 0.26F * text->style.size;
    const float c = cosf(text->angle);
    const float n = sinf(text->angle);
    struct heed_item_line line = {
        .x0 = text->x + from * c - below * n,
        .y0 = text->y + from * n + below * c,
        .x1 = text->x + (from + width) * c - below * n,
        .y1 = text->y + (from + width) * n + below * c,
        .stroke = {.width = (current ? 4.0F : 2.0F) * s, .color = skin->theme->accent}};
    heed_list_clip(skin->list, ui->layout.canvas);
    heed_list_line(skin->list, line);
    heed_list_unclip(skin->list);
}

void heed_search_mark(struct heed_ui *ui, const struct heed_skin *skin)
{
    const size_t n = ui->list.n_items;
    if (ui->popover.kind != HEED_POPOVER_SEARCH || ui->search.n == 0) {
        return;
    }
    for (size_t i = 0; i < n; i++) {
        const struct heed_item *item = &ui->list.items[i];
        bool current = false;
        if (item->kind != HEED_ITEM_TEXT ||
            (item->target.kind != HEED_TARGET_QUERY && item->target.kind != HEED_TARGET_KEY) ||
            match_of(&ui->search, item->target, &current) == NULL) {
            continue;
        }
        const struct heed_item_text text = item->as.text; /* the list grows */
        if (heed_rect_has(ui->layout.canvas, text.x, text.y)) {
            underline(ui, skin, &text, current);
        }
    }
}

/* --- travel --- */
