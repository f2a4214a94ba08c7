#include "scene/chrome/projector.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "scene/frame/shown.h"
#include "scene/parts/provisos.h"
#include "scene/widgets/target.h"

#define OPEN "\xE2\x80\x9C"
#define CLOSE "\xE2\x80\x9D"

enum { BAND = 178 /* logical px that the sizes below are for */ };

static float weight_of(const struct heed_maps *maps, const struct heed_shown_map *map,
                       struct heed_range query, struct heed_range key)
{
    return heed_map_weight(map->weights, maps->n, query, key);
}

/* What a query's row, or a key's column, holds most of. */
static int strongest(const struct heed_maps *maps, const struct heed_shown_map *map,
                     struct heed_range range, bool by_query)
{
    struct heed_ranked top = {-1, 0};
    float rest = 0;
    heed_map_top(map->weights, maps->n, range, !by_query, &top, 1, &rest);
    return top.index;
}

struct words {
    char *text;
    size_t size, length;
};

static void HEED_PRINTF(2, 3) append(struct words *words, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    const int n =
        vsnprintf(words->text + words->length, words->size - words->length, format, arguments);
    va_end(arguments);
    if (n > 0 && (size_t)n < words->size - words->length) {
        words->length += (size_t)n;
    } else {
        words->text[words->length] = '\0';
    }
}

enum { NAMED = 4 /* heads that a line names */ };

static void pair_words(const struct heed_frame *frame, struct heed_shown_maps shown,
                       struct heed_range query, struct heed_range key, struct words *words)
{
    const struct heed_maps *maps = heed_frame_get_maps(frame);
    for (int i = 0; i < shown.n && i < NAMED; i++) {
        append(words, "%s%s %.3f", i > 0 ? "  \xC2\xB7  " : "", shown.items[i].name,
               (double)weight_of(maps, &shown.items[i], query, key));
    }
}

static void token_words(const struct heed_frame *frame, struct heed_shown_maps shown,
                        struct heed_range range, bool by_query, struct words *words)
{
    const struct heed_maps *maps = heed_frame_get_maps(frame);
    for (int i = 0; i < shown.n && i < NAMED; i++) {
        char label[64];
        const int unit = strongest(maps, &shown.items[i], range, by_query);
        if (unit < 0) {
            continue;
        }
        const struct heed_range other = {unit, 1};
        heed_units_text(maps, other, label, sizeof(label));
        append(words, "%s%s most %s " OPEN "%s" CLOSE " %.3f", i > 0 ? "  \xC2\xB7  " : "",
               shown.items[i].name, by_query ? "to" : "from", label,
               (double)(by_query ? weight_of(maps, &shown.items[i], range, other)
                                 : weight_of(maps, &shown.items[i], other, range)));
    }
}

static void shown_words(struct heed_shown_maps shown, struct words *words)
{
    append(words, "Point at a word");
    for (int i = 0; i < shown.n && i < 2 * NAMED; i++) {
        append(words, "%s%s", i > 0 ? ", " : "  \xC2\xB7  ", shown.items[i].name);
    }
    if (shown.n > 2 * NAMED) {
        append(words, " and %d more", shown.n - 2 * NAMED);
    }
}

void heed_projector_words(const struct heed_frame *frame, char *title, size_t title_size,
                          char *line, size_t line_size)
{
    const struct heed_maps *maps = heed_frame_get_maps(frame);
    struct words words = {line, line_size, 0};
    char from[96] = "", to[96] = "";
    title[0] = line[0] = '\0';
    if (maps == NULL) {
        return;
    }
    const struct heed_range query = heed_frame_query(frame);
    const struct heed_range key = heed_frame_key(frame);
    const struct heed_shown_maps shown = heed_shown_collect(frame);
    heed_units_text(maps, query, from, sizeof(from));
    heed_units_text(maps, key, to, sizeof(to));
    if (query.count > 0 && key.count > 0) {
        snprintf(title, title_size, OPEN "%s" CLOSE " attends to " OPEN "%s" CLOSE, from, to);
        pair_words(frame, shown, query, key, &words);
    } else if (query.count > 0) {
        snprintf(title, title_size, "What " OPEN "%s" CLOSE " attends to", from);
        token_words(frame, shown, query, true, &words);
    } else if (key.count > 0) {
        snprintf(title, title_size, "What attends to " OPEN "%s" CLOSE, to);
        token_words(frame, shown, key, false, &words);
    } else {
        snprintf(title, title_size, "%.*s", (int)title_size - 1, frame->state->text);
        shown_words(shown, &words);
    }
}

/* "Esc leaves" at the right; returns its left end. */
static float draw_way_out(const struct heed_skin *skin, float right, float cy, float k)
{
    const struct heed_text_style style = heed_widget_style(skin, 20 * k, 400);
    struct heed_list *list = skin->list;
    const float s = skin->scale * k;
    const struct heed_target target = heed_command_target(HEED_COMMAND_PROJECTOR, 0);
    float x = right - heed_text_width(skin->metrics, style, "leaves", 6);
    list->target = target;
    heed_widget_text(skin, x, cy, style, HEED_ANCHOR_START, skin->theme->muted, "leaves", 0);
    const struct heed_rect cap = {x - 66 * s, cy - 17 * s, 54 * s, 34 * s};
    heed_list_box(list, cap, 6 * s, skin->theme->raised, skin->hairline,
                  skin->theme->strong_border);
    heed_widget_text(skin, cap.x + cap.w / 2, cy, style, HEED_ANCHOR_MIDDLE, skin->theme->text,
                     "Esc", 0);
    heed_list_hotspot(list, (struct heed_rect){cap.x, cap.y, right - cap.x, cap.h});
    list->target = (struct heed_target){0};
    heed_widget_ring(skin, cap, target, 0, 6 * s);
    return cap.x;
}

/* What is applied, or what was said last. */
static void draw_note(const struct heed_chrome *chrome, const struct heed_skin *skin, float x,
                      float cy, float k, float room)
{
    const bool said = chrome->message != NULL && !chrome->message_is_error;
    char text[1024];
    if (said) {
        snprintf(text, sizeof(text), "%s", chrome->message);
    } else {
        heed_provisos(&chrome->frame, true, text, sizeof(text));
    }
    heed_widget_left(skin, x, cy, 20 * k, 400, said ? skin->theme->text : skin->theme->muted, text,
                     room);
}

void heed_projector_draw(struct heed_chrome *chrome)
{
    const struct heed_rect band = chrome->layout.caption;
    if (band.w <= 0 || band.h <= 0) {
        return;
    }
    struct heed_skin skin = chrome->skin;
    skin.scale = chrome->layout.scale;
    const float k = band.h / (BAND * skin.scale), s = skin.scale * k;
    char title[400], line[600];
    skin.list->target = (struct heed_target){.kind = HEED_TARGET_BLOCK};
    heed_list_fill(skin.list, band, 0, skin.theme->panel);
    skin.list->target = (struct heed_target){0};
    heed_list_fill(skin.list, (struct heed_rect){band.x, band.y, band.w, skin.hairline}, 0,
                   skin.theme->border);
    heed_projector_words(&chrome->frame, title, sizeof(title), line, sizeof(line));
    const float x = band.x + 80 * s, right = band.x + band.w - 80 * s;
    const float end = draw_way_out(&skin, right, band.y + 52 * s, k) - 24 * s;
    heed_widget_left(&skin, x, band.y + 52 * s, 46 * k, 600, skin.theme->text, title, end - x);
    heed_widget_left(&skin, x, band.y + 106 * s, 28 * k, 400, skin.theme->muted, line, right - x);
    draw_note(chrome, &skin, x, band.y + 148 * s, k, right - x);
}
