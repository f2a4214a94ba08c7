#include "scene/chrome/projector.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "scene/frame/shown.h"
#include "scene/parts/provisos.h"
#include "scene/widgets/label.h"
#include "scene/widgets/target.h"

#define OPEN "\xE2\x80\x9C"
#define CLOSE "\xE2\x80\x9D"
#define DOT "  \xC2\xB7  "

/* The band in logical px, 432 of which are the screen's height. */
enum { BAND = 46, MARGIN = 27, LINE = 14, MOST = 74, NAMED = 4 /* heads that a line names */ };
enum { FIRST = 17 /* where lines begin at the highest; four of them fill MOST */ };
static const float title_size = 16.5F, text_size = 12;

/* --- its words --- */

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

/* What is pinned or pointed at, and the maps on screen, the first of them the headline's. */
struct subject {
    const struct heed_frame *frame;
    const struct heed_maps *maps;
    struct heed_range query, key;
    struct heed_shown_maps shown;
    struct heed_shown_map one;
};

static bool find_subject(const struct heed_frame *frame, struct subject *it)
{
    *it = (struct subject){.frame = frame, .maps = heed_frame_get_maps(frame)};
    if (it->maps == NULL) {
        return false;
    }
    it->query = heed_frame_query(frame);
    it->key = heed_frame_key(frame);
    it->shown = heed_shown_collect(frame);
    if (frame->kind->one_head && heed_shown_matrix(frame, &it->one)) {
        it->shown = (struct heed_shown_maps){&it->one, 1};
    }
    return true;
}

/* "it" looks at "animal" 0.677, and what stands for it where a word is missing. */
static void link_words(const struct subject *it, const struct heed_shown_map *map, bool whole,
                       struct words *words)
{
    char from[96], to[96];
    const bool by_query = it->query.count > 0;
    struct heed_range query = it->query, key = it->key;
    if (query.count == 0 || key.count == 0) {
        const int unit = strongest(it->maps, map, by_query ? query : key, by_query);
        if (unit < 0) {
            return;
        }
        *(by_query ? &key : &query) = (struct heed_range){unit, 1};
    }
    heed_units_text(it->maps, query, from, sizeof(from));
    heed_units_text(it->maps, key, to, sizeof(to));
    const double weight = (double)weight_of(it->maps, map, query, key);
    const bool pair = it->query.count > 0 && it->key.count > 0;
    if (!whole) {
        append(words, pair ? "%s %.3f" : "%s %.3f " OPEN "%s" CLOSE, map->name, weight,
               by_query ? to : from);
    } else if (by_query) {
        append(words, "%s: " OPEN "%s" CLOSE " looks %sat " OPEN "%s" CLOSE " %.3f", map->name,
               from, pair ? "" : "most ", to, weight);
    } else {
        append(words, "%s: " OPEN "%s" CLOSE " is looked at most by " OPEN "%s" CLOSE " %.3f",
               map->name, to, from, weight);
    }
}

/* Of all heads the one that gives the pair, or a query, the most. */
static void all_heads_words(const struct subject *it, struct words *title)
{
    const struct heed_maps *maps = it->maps;
    struct heed_head_id best = {0, 0};
    float most = -1;
    append(title, "All %d heads", maps->n_layers * maps->n_heads);
    for (int i = 0; i < maps->n_layers * maps->n_heads; i++) {
        const struct heed_head_id id = {(int16_t)(i / maps->n_heads), (int16_t)(i % maps->n_heads)};
        float weight = 0;
        if (heed_maps_weigh(maps, id, it->query, it->key, &weight) && weight > most) {
            most = weight;
            best = id;
        }
    }
    if (it->query.count > 0 && it->key.count > 0 && most >= 0) {
        char from[64], to[64];
        heed_units_text(maps, it->query, from, sizeof(from));
        heed_units_text(maps, it->key, to, sizeof(to));
        append(title,
               ": " OPEN "%s" CLOSE " \xE2\x86\x92 " OPEN "%s" CLOSE " is strongest in "
               "L%dH%d, %.3f",
               from, to, best.layer, best.head, (double)most);
    }
}

static void nothing_words(const struct subject *it, struct words *title, struct words *line)
{
    if (it->shown.n == 0) {
        append(title, "No head is shown");
        return;
    }
    for (int i = 0; i < it->shown.n && i < 2 * NAMED; i++) {
        append(title, "%s%s", i > 0 ? ", " : "", it->shown.items[i].name);
    }
    if (it->shown.n > 2 * NAMED) {
        append(title, " and %d more", it->shown.n - 2 * NAMED);
    }
    if (it->shown.n == 1) {
        char label[96];
        heed_map_label_text(it->maps, it->shown.items[0].id, label, sizeof(label));
        append(title, "%s%s", label[0] != '\0' ? ": " : "", label);
    }
    append(line, "Point at a word, or type with /");
}

void heed_projector_words(const struct heed_frame *frame, char *title, size_t title_size_bytes,
                          char *line, size_t line_size)
{
    struct words head = {title, title_size_bytes, 0}, rest = {line, line_size, 0};
    struct subject it;
    title[0] = line[0] = '\0';
    if (!find_subject(frame, &it)) {
        return;
    }
    if (frame->kind->headline != NULL && frame->panel == NULL) {
        frame->kind->headline(frame, title, title_size_bytes, line, line_size);
        head.length = strlen(title);
        rest.length = strlen(line);
    }
    if (title[0] != '\0') {
        return;
    }
    if (frame->kind->all_heads) {
        all_heads_words(&it, &head);
    } else if (it.shown.n > 0 && (it.query.count > 0 || it.key.count > 0)) {
        link_words(&it, &it.shown.items[0], true, &head);
        for (int i = 1; i < it.shown.n && i < NAMED; i++) {
            append(&rest, "%s", i > 1 ? DOT : "");
            link_words(&it, &it.shown.items[i], false, &rest);
        }
    } else {
        nothing_words(&it, &head, &rest);
    }
}

/* --- how it is drawn --- */

/* The skin of the band, whatever the window's interface is scaled to. */
static float right_block(const struct heed_skin *skin)
{
    return 84 * skin->scale;
}

float heed_projector_height(const struct heed_skin *skin, float width, const char *look)
{
    const float s = skin->scale;
    const float room = width - 2 * MARGIN * s - right_block(skin);
    if (look == NULL) {
        return 0;
    }
    const int lines = heed_text_lines(skin, heed_widget_style(skin, text_size, 400), look, room, 9);
    return fminf(BAND + (float)(lines - 1) * LINE, MOST) * s;
}

/* "Esc leaves" at the right; returns its left end. */
static float draw_way_out(const struct heed_skin *skin, float right, float cy)
{
    const struct heed_text_style style = heed_widget_style(skin, text_size, 400);
    struct heed_list *list = skin->list;
    const float s = skin->scale;
    const struct heed_target target = heed_command_target(HEED_COMMAND_PROJECTOR, 0);
    const float x = right - heed_text_width(skin->metrics, style, "leaves", 6);
    list->target = target;
    heed_widget_text(skin, x, cy, style, HEED_ANCHOR_START, skin->theme->muted, "leaves", 0);
    const struct heed_rect cap = {x - 34 * s, cy - 8 * s, 28 * s, 16 * s};
    heed_list_box(list, cap, 3 * s, skin->theme->raised, skin->hairline,
                  skin->theme->strong_border);
    heed_widget_text(skin, cap.x + cap.w / 2, cy, style, HEED_ANCHOR_MIDDLE, skin->theme->text,
                     "Esc", 0);
    heed_list_hotspot(list, (struct heed_rect){cap.x, cap.y, right - cap.x, cap.h});
    list->target = (struct heed_target){0};
    heed_widget_ring(skin, cap, target, 0, 3 * s);
    return cap.x;
}

/* What the example shows, or these words, and what is applied. */
static void second_line(const struct heed_chrome *chrome, const char *words, char *line,
                        size_t size)
{
    char provisos[1024];
    heed_provisos(&chrome->frame, true, provisos, sizeof(provisos));
    const bool quiet = strcmp(provisos, "Nothing hidden") == 0 || provisos[0] == '\0';
    const char *first = chrome->look != NULL ? chrome->look : words;
    snprintf(line, size, "%s%s%s", first, first[0] != '\0' && !quiet ? DOT : "",
             quiet ? "" : provisos);
}

/* The height that holds all of a line, close below the headline; 0: its least does. */
static float need_of(const struct heed_skin *skin, const char *line, float room)
{
    const struct heed_text_style style = heed_widget_style(skin, text_size, 400);
    const float need = FIRST + (float)heed_text_lines(skin, style, line, room, 9) * LINE;
    return need > BAND ? fminf(need, MOST) * skin->scale : 0;
}

/* The chip of the head that the headline begins with. */
static float draw_chip(const struct heed_chrome *chrome, const struct heed_skin *skin, float x,
                       float cy, const char *title)
{
    const struct heed_state *state = chrome->frame.state;
    int layer = 0, head = 0, index = 0;
    if (sscanf(title, "L%dH%d", &layer, &head) != 2 ||
        !heed_state_shows(state, (struct heed_head_id){(int16_t)layer, (int16_t)head}, &index)) {
        return 0;
    }
    heed_chip_of(skin, x, cy, 12, state->shown[index].color);
    return 17 * skin->scale;
}

void heed_projector_draw(struct heed_chrome *chrome)
{
    const struct heed_rect band = chrome->layout.caption;
    if (band.w <= 0 || band.h <= 0) {
        return;
    }
    const struct heed_skin *skin = &chrome->skin;
    const float s = skin->scale;
    char title[400], words[700], line[1800], whole[1800];
    skin->list->target = (struct heed_target){.kind = HEED_TARGET_BLOCK};
    heed_list_fill(skin->list, band, 0, skin->theme->panel);
    skin->list->target = (struct heed_target){0};
    heed_list_fill(skin->list, (struct heed_rect){band.x, band.y, band.w, skin->hairline}, 0,
                   skin->theme->border);
    heed_projector_words(&chrome->frame, title, sizeof(title), words, sizeof(words));
    second_line(chrome, "", line, sizeof(line));
    const float x = band.x + MARGIN * s, right = band.x + band.w - MARGIN * s;
    const struct heed_text_style style = heed_widget_style(skin, text_size, 400);
    const float room = right - right_block(skin) - x;
    chrome->caption_need = need_of(skin, line, room);
    const int most = (int)fmaxf(floorf((band.h - FIRST * s) / (LINE * s)), 1);
    second_line(chrome, words, whole, sizeof(whole));
    const char *said = chrome->message != NULL && !chrome->message_is_error ? chrome->message
                       : heed_text_holds(skin, style, whole, room, most)    ? whole
                                                                            : line;
    const int lines = heed_text_lines(skin, style, said, room, 4);
    /* A second line takes room of the first's. */
    const bool tight = 25 + (float)lines * LINE > band.h / s;
    const float cy = band.y + (tight ? 9.5F : 15.5F) * s;
    const float chip = draw_chip(chrome, skin, x, cy, title);
    draw_way_out(skin, right, band.y + band.h / 2);
    const float wide = heed_widget_width(skin, heed_widget_style(skin, title_size, 600), title);
    heed_widget_left(skin, x + chip, cy, tight || wide > room - chip ? 14.4F : title_size, 600,
                     skin->theme->text, title, room - chip);
    const float first = (tight ? 24 : 34) * s;
    heed_text_wrapped(skin, x, band.y + first, LINE * s, style, skin->theme->text, said, room,
                      most);
}
