#include "scene/chrome/text_row.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "core/model/locate.h"
#include "scene/chrome/file_field.h"
#include "scene/field/textfield_draw.h"
#include "scene/frame/shown.h"
#include "scene/frame/two_models.h"
#include "scene/views/compare/marks.h"
#include "scene/widgets/icons.h"
#include "scene/widgets/target.h"

struct heed_text_style heed_chrome_field_style(const struct heed_layout *layout)
{
    return (struct heed_text_style){.size = 20 * layout->scale * layout->projection, .weight = 400};
}

/* Without the limit, where the sentence needs the room. */
static bool counts_briefly(const struct heed_layout *layout)
{
    return layout->compact || layout->field.w < 800 * layout->scale * layout->projection;
}

/* The middle of a field's first row. */
static float first_row(const struct heed_layout *layout, struct heed_rect field)
{
    const float half = layout->over.h > 0 ? 17 : 22;
    return field.y + fminf(field.h / 2, half * layout->scale * layout->projection);
}

/* The token count stands at the right inside the field. */
struct heed_rect heed_chrome_field_inner(const struct heed_layout *layout, bool pair)
{
    const float s = layout->scale * layout->projection;
    const struct heed_rect field = pair ? layout->pair_field : layout->field;
    const bool counts = !pair || layout->lettered;
    const float count = !counts ? 16 : counts_briefly(layout) ? 98 : 184;
    const float left = layout->pair_field.w > 0 ? 38 : 14; /* "A", "B" */
    return (struct heed_rect){field.x + left * s, field.y + 4 * s,
                              fmaxf(field.w - (left + count) * s, 0), field.h - 8 * s};
}

/* Byte offset of a code point, if the field still shows the encoded text. */
static bool byte_offset(const struct heed_textfield *field, const char *text, size_t length,
                        int point, size_t *offset)
{
    if (text == NULL || field->text.size != length ||
        (length > 0 && memcmp(field->text.data, text, length) != 0)) {
        return false;
    }
    *offset = heed_utf8_offset(text, length, (size_t)point);
    return true;
}

/* The encoding that a field's text went into, and as what; NULL: not yet. */
static const struct heed_encoding *encoding_of(const struct heed_chrome *chrome, bool *pair)
{
    if (!*pair || !chrome->layout.lettered) {
        return chrome->frame.result->encoding;
    }
    const struct heed_comparison *compare = chrome->frame.result->compare;
    *pair = false;
    return compare != NULL ? compare->result->encoding : NULL;
}

/* The pinned query where it stands in a field's text. */
static struct heed_pin pin_in(const struct heed_chrome *chrome, bool second)
{
    struct heed_pin pin = chrome->frame.state->query;
    const struct heed_comparison *compare = chrome->frame.result->compare;
    if (pin.in_b) {
        return second ? pin : (struct heed_pin){0, 0};
    }
    if (second && chrome->layout.lettered && compare != NULL && pin.count > 0) {
        pin.first = heed_alignment_find_b(&compare->tokens, pin.first);
        pin.count = pin.first < 0 ? 0 : 1;
    }
    return pin;
}

static void mark_pinned_word(const struct heed_chrome *chrome, const struct heed_textfield *field,
                             bool pair, struct heed_textfield_look *look)
{
    const struct heed_pin pin = pin_in(chrome, pair);
    const struct heed_encoding *encoding = encoding_of(chrome, &pair);
    int from = -1, to = -1;
    for (int i = pin.first; i < pin.first + pin.count && i >= 0 && i < encoding->n_tokens; i++) {
        const struct heed_token *token = &encoding->tokens[i];
        if (token->is_template || token->segment != (pair ? 1 : 0)) {
            continue;
        }
        from = from < 0 ? token->start : from;
        to = token->end;
    }
    const char *text = pair ? encoding->pair : encoding->text;
    const size_t length = pair ? encoding->pair_length : encoding->text_length;
    size_t first = 0, last = 0;
    if (from >= 0 && byte_offset(field, text, length, from, &first) &&
        byte_offset(field, text, length, to, &last)) {
        look->underline_from = first;
        look->underline_to = last;
    }
}

static void draw_field(struct heed_chrome *chrome, bool pair)
{
    struct heed_textfield *field = pair ? chrome->pair_field : chrome->field;
    const struct heed_layout *layout = &chrome->layout;
    const bool focused = pair ? chrome->pair_focused : chrome->field_focused;
    struct heed_textfield_look look = {
        .rect = pair ? layout->pair_field : layout->field,
        .inner = heed_chrome_field_inner(layout, pair),
        .style = heed_chrome_field_style(layout),
        .theme = chrome->frame.theme,
        .scale = chrome->frame.scale,
        .focused = focused,
        .caret_on = chrome->caret_on,
        .hint = pair ? "A second text" : "Type a sentence",
        .kept = field->text.size,
    };
    const struct heed_result *result = chrome->frame.result;
    if (heed_frame_get_maps(&chrome->frame) != NULL && result->encoding != NULL) {
        bool second = pair;
        const struct heed_encoding *encoding = encoding_of(chrome, &second);
        size_t kept = look.kept;
        if (encoding != NULL &&
            byte_offset(field, second ? encoding->pair : encoding->text,
                        second ? encoding->pair_length : encoding->text_length,
                        second ? encoding->pair_kept : encoding->text_kept, &kept)) {
            look.kept = kept;
        }
        if (encoding != NULL) {
            mark_pinned_word(chrome, field, pair, &look);
        }
    }
    if (layout->lettered) {
        heed_compare_mark_field(&chrome->frame, pair, field, &look);
    }
    struct heed_rect caret = {0};
    struct heed_list *list = chrome->frame.list;
    list->target = (struct heed_target){.kind = HEED_TARGET_TEXT_FIELD, .a = pair ? 1 : 0};
    heed_textfield_draw(field, list, &look, chrome->frame.metrics, &caret);
    heed_list_hotspot(list, look.rect);
    if (layout->pair_field.w > 0) {
        heed_widget_left(&chrome->skin, look.rect.x + 14 * look.scale, first_row(layout, look.rect),
                         14, 600, look.theme->muted, pair ? "B" : "A", 0);
    }
    list->target = (struct heed_target){0};
    if (focused) {
        chrome->caret = caret;
    }
}

static void draw_token_count(const struct heed_chrome *chrome, bool second)
{
    const struct heed_layout *layout = &chrome->layout;
    const struct heed_rect field = second ? layout->pair_field : layout->field;
    const bool has_list = !second && chrome->frame.state->file == NULL;
    const float s = chrome->frame.scale;
    if (heed_frame_get_maps(&chrome->frame) == NULL) {
        return;
    }
    const struct heed_encoding *encoding = encoding_of(chrome, &second);
    if (encoding == NULL) {
        return;
    }
    const int limit = encoding->n_limit;
    const bool brief = counts_briefly(layout);
    char text[96], cut[24];
    if (encoding->n_total > encoding->n_tokens) {
        heed_format_count(cut, sizeof(cut), encoding->n_total - encoding->n_tokens);
        if (brief) {
            snprintf(text, sizeof(text), "%s cut", cut);
        } else {
            snprintf(text, sizeof(text), "%d tokens, %s cut", encoding->n_tokens, cut);
        }
    } else if (limit > 0 && !brief) {
        snprintf(text, sizeof(text), "%d of %d tokens", encoding->n_tokens, limit);
    } else {
        snprintf(text, sizeof(text), "%d tokens", encoding->n_tokens);
    }
    const float cy = first_row(layout, field);
    if (!has_list) {
        heed_widget_right(&chrome->skin, field.x + field.w - 14 * s, cy, 13, 400,
                          chrome->frame.theme->muted, text, (brief ? 70 : 156) * s);
        return;
    }
    const float w = (brief ? 94 : 176) * s;
    chrome->frame.list->target = heed_command_target(HEED_COMMAND_SENTENCES, 0);
    heed_list_hotspot(chrome->frame.list,
                      (struct heed_rect){field.x + field.w - w, cy - 15 * s, w - 4 * s, 30 * s});
    heed_widget_right(&chrome->skin, field.x + field.w - 25 * s, cy, 13, 400,
                      chrome->frame.theme->muted, text, (brief ? 72 : 152) * s);
    heed_widget_icon(&chrome->skin, HEED_ICON_CHEVRON_DOWN, field.x + field.w - 14 * s, cy,
                     chrome->frame.theme->muted);
    chrome->frame.list->target = (struct heed_target){0};
}

static void icon_buttons(const struct heed_chrome *chrome, float right, float cy, float pitch)
{
    const struct {
        enum heed_icon icon;
        enum heed_command command;
        bool disabled;
    } buttons[] = {
        {HEED_ICON_THEME, HEED_COMMAND_THEME, false},
        {HEED_ICON_EXPORT, HEED_COMMAND_EXPORT, heed_frame_get_maps(&chrome->frame) == NULL},
        {HEED_ICON_REDO, HEED_COMMAND_REDO, !chrome->can_redo},
        {HEED_ICON_UNDO, HEED_COMMAND_UNDO, !chrome->can_undo},
    };
    const float s = chrome->frame.scale, size = 34 * s;
    for (int i = (int)HEED_COUNT(buttons) - 1; i >= 0; i--) {
        const struct heed_rect rect = {roundf(right - (float)i * pitch * s - size / 2),
                                       roundf(cy - size / 2), size, size};
        heed_widget_icon_button(&chrome->skin, rect, buttons[i].icon, buttons[i].disabled,
                                heed_command_target(buttons[i].command, 0));
    }
}

static void key_cap(const struct heed_chrome *chrome, struct heed_rect rect)
{
    const struct heed_theme *theme = chrome->frame.theme;
    heed_list_box(chrome->frame.list, rect, 4 * chrome->frame.scale, theme->panel,
                  chrome->frame.hairline, theme->border);
    heed_widget_middle(&chrome->skin, rect.x + rect.w / 2, rect.y + rect.h / 2, 12, 400,
                       theme->muted, "Ctrl K", 0);
}

/* On while one runs, or the cards are open. */
static void lessons_button(const struct heed_chrome *chrome, struct heed_rect rect,
                           const char *label)
{
    heed_widget_button(&chrome->skin, rect, HEED_ICON_LESSON, label,
                       !chrome->examples_open &&
                           (chrome->lesson.page || chrome->lesson.lesson != NULL),
                       chrome->lesson.n_items == 0, heed_command_target(HEED_COMMAND_LESSONS, 0));
}

static void examples_button(const struct heed_chrome *chrome, struct heed_rect rect,
                            const char *label)
{
    heed_widget_button(&chrome->skin, rect, HEED_ICON_CARDS, label, chrome->examples_open, false,
                       heed_command_target(HEED_COMMAND_EXAMPLES, 0));
}

/* B's model, with a way back to A's. */
static void second_model(const struct heed_chrome *chrome, struct heed_rect rect)
{
    const struct heed_state *state = chrome->frame.state;
    const struct heed_target target = heed_command_target(HEED_COMMAND_COMPARE_MODEL, 0);
    const float s = chrome->frame.scale;
    const bool wide = rect.w > 170 * s;
    char name[HEED_MODEL_NAME_BYTES];
    if (state->file != NULL) {
        return;
    }
    snprintf(name, sizeof(name), wide ? "same model" : "as A");
    if (state->compare_model != NULL) {
        heed_name_side_model(chrome->frame.result, true, name, sizeof(name));
        if (name[0] == '\0') {
            heed_model_choose_name(name, sizeof(name), state->compare_model, "");
        }
        const float size = fminf(rect.h, 30 * s);
        rect.w -= size + 4 * s;
        heed_widget_icon_button(
            &chrome->skin,
            (struct heed_rect){rect.x + rect.w + 4 * s, roundf(rect.y + (rect.h - size) / 2), size,
                               size},
            HEED_ICON_CLOSE, false, heed_command_target(HEED_COMMAND_COMPARE_MODEL, 1));
    }
    heed_widget_select(&chrome->skin, rect, wide ? "B of" : NULL, name, target);
}

static void wide_buttons(const struct heed_chrome *chrome)
{
    const struct heed_layout *layout = &chrome->layout;
    const struct heed_skin *skin = &chrome->skin;
    const float s = chrome->frame.scale;
    const float end = layout->text_row.x + layout->text_row.w;
    const float cy = first_row(layout, layout->field);
    const bool pair = chrome->frame.state->pair != NULL;
    const float x = layout->field.x + layout->field.w + 16 * s;
    if (!layout->lettered && chrome->frame.state->file != NULL) {
        heed_widget_button(skin, (struct heed_rect){x, roundf(cy - 18 * s), 76 * s, 36 * s},
                           HEED_ICON_NONE, "Open", false, false,
                           heed_command_target(HEED_COMMAND_OPEN, 0));
    } else if (!layout->lettered) {
        heed_widget_button(skin, (struct heed_rect){x, roundf(cy - 18 * s), 76 * s, 36 * s},
                           pair ? HEED_ICON_CLOSE : HEED_ICON_PLUS, "Pair", false, false,
                           heed_command_target(HEED_COMMAND_PAIR, 0));
    } else {
        const float below = roundf(first_row(layout, layout->pair_field) - 18 * s);
        heed_widget_button(skin, (struct heed_rect){x, below, 76 * s, 36 * s}, HEED_ICON_NONE,
                           "Swap", false, false, heed_command_target(HEED_COMMAND_SWAP, 0));
        heed_widget_button(skin, (struct heed_rect){x + 84 * s, below, 116 * s, 36 * s},
                           HEED_ICON_NONE, "Copy A to B", false, false,
                           heed_command_target(HEED_COMMAND_COPY_A, 0));
        const float room = end - 16 * s - (x + 208 * s);
        second_model(chrome, (struct heed_rect){x + 208 * s, below, fminf(room, 300 * s), 36 * s});
    }
    icon_buttons(chrome, end - 212 * s, cy, 40);
    const float y = roundf(cy - 18 * s), h = 36 * s;
    if (layout->names_pages) {
        lessons_button(chrome, (struct heed_rect){roundf(end - 586 * s), y, 104 * s, h}, "Lessons");
        examples_button(chrome, (struct heed_rect){roundf(end - 474 * s), y, 112 * s, h},
                        "Examples");
    } else {
        lessons_button(chrome, (struct heed_rect){roundf(end - 442 * s), y, h, h}, NULL);
        examples_button(chrome, (struct heed_rect){roundf(end - 398 * s), y, h, h}, NULL);
    }
    heed_widget_button(
        skin, (struct heed_rect){roundf(end - 52 * s), roundf(cy - 18 * s), 36 * s, 36 * s},
        HEED_ICON_HELP, NULL, false, false, heed_command_target(HEED_COMMAND_HELP, 0));
    const struct heed_target target = heed_command_target(HEED_COMMAND_FIND, 0);
    const struct heed_rect find = {end - 184 * s, roundf(cy - 18 * s), 124 * s, 36 * s};
    heed_widget_button(skin, find, HEED_ICON_NONE, NULL, false, false, target);
    chrome->frame.list->target = target;
    heed_widget_left(skin, find.x + 21 * s, cy, 14, 500, skin->theme->text, "Find", 0);
    key_cap(chrome, (struct heed_rect){find.x + 57 * s, roundf(cy - 10 * s), 46 * s, 20 * s});
    chrome->frame.list->target = (struct heed_target){0};
}

static void narrow_buttons(const struct heed_chrome *chrome)
{
    const struct heed_layout *layout = &chrome->layout;
    const struct heed_skin *skin = &chrome->skin;
    const float s = chrome->frame.scale;
    const float end = layout->text_row.x + layout->text_row.w;
    const float cy = first_row(layout, layout->field);
    const float size = 34 * s;
    if (!layout->lettered && chrome->frame.state->file != NULL) {
        heed_widget_icon_button(
            skin,
            (struct heed_rect){roundf(end - 318 * s - size / 2), roundf(cy - size / 2), size, size},
            HEED_ICON_OPEN, false, heed_command_target(HEED_COMMAND_OPEN, 0));
    } else if (!layout->lettered) {
        heed_widget_icon_button(
            skin,
            (struct heed_rect){roundf(end - 318 * s - size / 2), roundf(cy - size / 2), size, size},
            chrome->frame.state->pair != NULL ? HEED_ICON_CLOSE : HEED_ICON_PLUS, false,
            heed_command_target(HEED_COMMAND_PAIR, 0));
    } else {
        const float y = roundf(first_row(layout, layout->pair_field) - 16 * s);
        heed_widget_button(skin, (struct heed_rect){roundf(end - 300 * s), y, 64 * s, 32 * s},
                           HEED_ICON_NONE, "Swap", false, false,
                           heed_command_target(HEED_COMMAND_SWAP, 0));
        heed_widget_button(skin, (struct heed_rect){roundf(end - 228 * s), y, 112 * s, 32 * s},
                           HEED_ICON_NONE, "Copy A to B", false, false,
                           heed_command_target(HEED_COMMAND_COPY_A, 0));
        second_model(chrome, (struct heed_rect){roundf(end - 108 * s), y, 92 * s, 32 * s});
    }
    icon_buttons(chrome, end - 104 * s, cy, 34);
    lessons_button(chrome,
                   (struct heed_rect){roundf(end - 300 * s), roundf(cy - 17 * s), 34 * s, 34 * s},
                   NULL);
    examples_button(chrome,
                    (struct heed_rect){roundf(end - 262 * s), roundf(cy - 17 * s), 34 * s, 34 * s},
                    NULL);
    heed_widget_icon_button(
        skin, (struct heed_rect){roundf(end - 40 * s), roundf(cy - 17 * s), 34 * s, 34 * s},
        HEED_ICON_HELP, false, heed_command_target(HEED_COMMAND_HELP, 0));
    const struct heed_target target = heed_command_target(HEED_COMMAND_FIND, 0);
    const struct heed_rect find = {end - 84 * s, roundf(cy - 15 * s), 42 * s, 30 * s};
    const bool hot = heed_target_equal(skin->hot, target);
    struct heed_list *list = chrome->frame.list;
    list->target = target;
    if (hot) {
        heed_list_fill(list, find, 6 * s, skin->theme->hover);
    }
    heed_widget_middle(skin, find.x + find.w / 2, cy, 12, 400,
                       hot ? skin->theme->text : skin->theme->muted, "Ctrl K", 0);
    heed_list_hotspot(list, find);
    list->target = (struct heed_target){0};
    heed_widget_ring(skin, find, target, 2 * s, 4 * s);
}

void heed_chrome_draw_ground(const struct heed_chrome *chrome, struct heed_rect rect)
{
    struct heed_list *list = chrome->frame.list;
    list->target = (struct heed_target){.kind = HEED_TARGET_BLOCK};
    heed_list_fill(list, rect, 0, chrome->frame.theme->panel);
    list->target = (struct heed_target){0};
}

void heed_text_over_draw(struct heed_chrome *chrome)
{
    if (chrome->layout.over.h <= 0) {
        return;
    }
    heed_chrome_draw_ground(chrome, chrome->layout.over);
    draw_field(chrome, false);
    draw_token_count(chrome, false);
    if (chrome->layout.pair_field.w > 0) {
        draw_field(chrome, true);
    }
}

void heed_text_row_draw(struct heed_chrome *chrome)
{
    heed_chrome_draw_ground(chrome, chrome->layout.text_row);
    if (chrome->frame.state->file != NULL) {
        heed_file_field_draw(chrome, false);
    } else {
        draw_field(chrome, false);
        draw_token_count(chrome, false);
    }
    if (chrome->layout.pair_field.w > 0 && chrome->frame.state->file != NULL) {
        heed_file_field_draw(chrome, true);
    } else if (chrome->layout.pair_field.w > 0 && chrome->pair_field != NULL) {
        draw_field(chrome, true);
        if (chrome->layout.lettered) {
            draw_token_count(chrome, true);
        }
    }
    if (chrome->layout.compact) {
        narrow_buttons(chrome);
    } else {
        wide_buttons(chrome);
    }
}
