#include "scene/chrome/canvas.h"

#include <math.h>

#include "base/compiler.h"
#include "scene/frame/panel_kind.h"
#include "scene/parts/empty.h"
#include "scene/parts/minimap.h"
#include "scene/parts/pair_large.h"
#include "scene/views/views.h"
#include "scene/widgets/target.h"

/* A minimap down the picture's side says where it stands, too. */
static bool has_minimap(const struct heed_list *list)
{
    for (size_t i = list->n_items; i-- > 0;) {
        const struct heed_target target = list->items[i].target;
        if (target.kind == HEED_TARGET_SCROLL && (target.flags & HEED_MINIMAP_DOWN) != 0) {
            return true;
        }
    }
    return false;
}

/* Where the canvas stands in what can be scrolled. */
static void draw_scroll_bars(const struct heed_chrome *chrome)
{
    const struct heed_frame *frame = &chrome->frame;
    const struct heed_rect canvas = chrome->layout.canvas;
    const float s = frame->scale;
    if (!has_minimap(frame->list)) {
        heed_widget_scrollbar(&chrome->skin, canvas, frame->content_height, frame->scroll_y);
    }
    if (frame->content_width > canvas.w + 1) {
        const float w = fmaxf(canvas.w * canvas.w / frame->content_width, 24 * s);
        const float at = fminf(fmaxf(frame->scroll_x, 0) / (frame->content_width - canvas.w), 1);
        heed_list_fill(frame->list,
                       (struct heed_rect){canvas.x + at * (canvas.w - w),
                                          canvas.y + canvas.h - 7 * s, w, 4 * s},
                       2 * s, frame->theme->strong_border);
    }
}

/* What an item's line takes of the picture; h 0: it is no line of text or row of a list. */
static struct heed_rect line_of(const struct heed_chrome *chrome, const struct heed_item *item)
{
    const struct heed_rect none = {0, 0, 0, 0};
    const float most = 40 * chrome->skin.scale; /* px of a row */
    if (item->kind == HEED_ITEM_HOTSPOT) {
        return item->as.hotspot.h < most ? item->as.hotspot : none;
    }
    const struct heed_item_text *text = &item->as.text;
    if (item->kind != HEED_ITEM_TEXT || text->angle != 0) {
        return none;
    }
    const float size = text->style.size;
    const float w = heed_text_width(chrome->frame.metrics, text->style, text->text, text->length);
    const float left = text->anchor == HEED_ANCHOR_START    ? 0
                       : text->anchor == HEED_ANCHOR_MIDDLE ? w / 2
                                                            : w;
    return (struct heed_rect){text->x - left, text->y - 0.8F * size, w, 1.05F * size};
}

/* In a hall a list ends with a whole line: nothing there is seen to scroll. */
static void cover_cut_lines(const struct heed_chrome *chrome, size_t first)
{
    struct heed_list *list = chrome->frame.list;
    const struct heed_rect canvas = chrome->layout.canvas;
    const float end = canvas.y + canvas.h;
    const size_t n = list->n_items;
    for (size_t i = first; i < n; i++) {
        const struct heed_rect line = line_of(chrome, &list->items[i]);
        if (line.h > 0 && line.y < end && line.y + line.h > end) {
            heed_list_fill(list, (struct heed_rect){line.x, line.y, line.w, end - line.y}, 0,
                           chrome->frame.theme->canvas);
        }
    }
}

/* Ways to a model, in the order of trouble that they take. */
static const struct {
    const char *who, *command;
} ways[] = {
    {"On Debian and Ubuntu", "apt install heed-model-minilm"},
    {"With pip", "pip install 'heed-viewer[model]'"},
    {"In a clone of heed", "./run --setup-only"},
    {"With a model of yours", "Ctrl+Shift+O, or heed --model FOLDER"},
};

/* Why there is no model is the message below it. */
static void draw_no_model(struct heed_chrome *chrome)
{
    const struct heed_rect canvas = chrome->layout.canvas;
    const struct heed_skin *skin = &chrome->skin;
    const struct heed_theme *theme = chrome->frame.theme;
    const float s = skin->scale, middle = canvas.x + canvas.w / 2, room = canvas.w - 32 * s;
    float y = canvas.y + fmaxf(canvas.h / 2 - 130 * s, 24 * s);
    heed_widget_middle(skin, middle, y, 20, 600, theme->text, "No model is open.", room);
    y += 28 * s;
    heed_widget_middle(skin, middle, y, 14, 400, theme->muted,
                       "Weights are computed by one. Get it, then start heed again:", room);
    for (size_t i = 0; i < HEED_COUNT(ways); i++) {
        y += 40 * s;
        heed_widget_middle(skin, middle, y, 13, 400, theme->muted, ways[i].who, room);
        y += 19 * s;
        heed_widget_middle(skin, middle, y, 15, 600, theme->text, ways[i].command, room);
    }
}

void heed_canvas_draw(struct heed_chrome *chrome)
{
    struct heed_list *list = chrome->frame.list;
    const struct heed_rect canvas = chrome->layout.canvas;
    list->target = (struct heed_target){.kind = HEED_TARGET_SCROLL, .a = HEED_SCROLL_CANVAS};
    heed_list_fill(list, canvas, 0, chrome->frame.theme->canvas);
    list->target = (struct heed_target){0};
    heed_list_clip(list, canvas);
    if (chrome->pair_large) {
        heed_pair_large_draw(&chrome->frame, &chrome->skin, canvas);
    } else if (heed_frame_get_maps(&chrome->frame) != NULL) {
        if (chrome->layout.inspector_is_drawer) {
            chrome->frame.covered = chrome->layout.inspector.w;
        }
        struct heed_error lacking = {0};
        if (chrome->frame.panel != NULL && heed_view_can(chrome->frame.kind, chrome->frame.panel,
                                                         chrome->frame.result, &lacking)) {
            chrome->frame.content_width = canvas.w;
            chrome->frame.content_height = canvas.h;
            const size_t first = list->n_items;
            chrome->frame.panel->draw(&chrome->frame, &chrome->skin, canvas);
            if (chrome->skin.projected) {
                cover_cut_lines(chrome, first);
            }
        } else {
            heed_view_draw(&chrome->frame, canvas);
        }
        draw_scroll_bars(chrome);
    } else if (chrome->no_model) {
        draw_no_model(chrome);
    } else if (chrome->message == NULL) {
        heed_view_empty(&chrome->frame, canvas, "One moment \xE2\x80\xA6",
                        chrome->frame.state->file != NULL ? "The file is being opened."
                                                          : "The model is being opened.");
    } else {
        heed_view_empty(&chrome->frame, canvas, "Nothing to show yet.", "");
    }
    heed_list_unclip(list);
}
