#include "scene/chrome/status.h"

#include <math.h>
#include <stdio.h>

#include "scene/frame/shown.h"
#include "scene/parts/provisos.h"
#include "scene/widgets/label.h"
#include "scene/widgets/target.h"

enum { N_FACTS = 4 };

static int collect_facts(const struct heed_chrome *chrome, char facts[N_FACTS][96])
{
    int n = 0;
    const struct heed_maps *maps = heed_frame_get_maps(&chrome->frame);
    snprintf(facts[n++], sizeof(facts[0]), "%s",
             chrome->model_name != NULL          ? chrome->model_name
             : chrome->frame.state->file != NULL ? "Opening the file \xE2\x80\xA6"
                                                 : "Opening the model \xE2\x80\xA6");
    if (maps == NULL) {
        return n;
    }
    const struct heed_result *result = chrome->frame.result;
    if (heed_maps_have_sides(maps)) {
        snprintf(facts[n++], sizeof(facts[0]), "%d \xC3\x97 %d tokens", maps->encoding->n_queries,
                 maps->encoding->n_tokens - maps->encoding->n_queries);
    } else {
        snprintf(facts[n++], sizeof(facts[0]), "%d tokens",
                 result->encoding != NULL ? result->encoding->n_tokens : maps->n_all);
    }
    if (chrome->loading != NULL) {
        snprintf(facts[n++], sizeof(facts[0]), "%s", chrome->loading);
    } else if (chrome->busy) {
        snprintf(facts[n++], sizeof(facts[0]), "computing \xE2\x80\xA6");
    } else if (heed_maps_count_seen(maps) < maps->n_layers * maps->n_heads) {
        snprintf(facts[n++], sizeof(facts[0]), "%d of %d heads read", heed_maps_count_seen(maps),
                 maps->n_layers * maps->n_heads);
    } else if (result->file != NULL) {
        snprintf(facts[n++], sizeof(facts[0]), "from a file");
    } else if (result->run != NULL) {
        snprintf(facts[n++], sizeof(facts[0]), "%.1f ms", result->run->encode_ms);
    }
    snprintf(facts[n++], sizeof(facts[0]), "%d layer%s \xC3\x97 %d head%s", maps->n_layers,
             maps->n_layers == 1 ? "" : "s", maps->n_heads, maps->n_heads == 1 ? "" : "s");
    return n;
}

/* The model's name opens the chooser. */
static void draw_name_ground(const struct heed_chrome *chrome, float x, const char *name)
{
    const struct heed_skin *skin = &chrome->skin;
    const struct heed_rect bar = chrome->layout.status;
    const float s = skin->scale;
    const float width = heed_widget_width(skin, heed_widget_style(skin, 13, 600), name);
    const struct heed_rect pill = {x - 8 * s, bar.y + 4 * s, width + 16 * s, bar.h - 8 * s};
    const struct heed_target target = heed_command_target(HEED_COMMAND_MODELS, 0);
    if (heed_target_equal(skin->hot, target)) {
        heed_list_fill(skin->list, pill, 6 * s, skin->theme->hover);
    }
    heed_list_hotspot(skin->list, pill);
    heed_widget_ring(skin, pill, target, 3 * s, 3 * s);
}

/* Provisos first: the facts take what room is left, the least needed last. */
static void draw_facts(const struct heed_chrome *chrome, float x, float cy, float end)
{
    static const int order[N_FACTS] = {0, 3, 1, 2};
    char facts[N_FACTS][96];
    const int n = collect_facts(chrome, facts);
    const struct heed_skin *skin = &chrome->skin;
    bool fits[N_FACTS] = {false};
    float room = end - x;
    for (int i = 0; i < n; i++) {
        const struct heed_text_style style = heed_widget_style(skin, 13, i == 0 ? 600 : 400);
        const float width = heed_widget_width(skin, style, facts[i]) + 20 * skin->scale;
        fits[i] = width <= room;
        room -= fits[i] ? width : 0;
    }
    for (int k = 0; k < N_FACTS; k++) {
        const int i = order[k];
        if (i >= n || !fits[i]) {
            continue;
        }
        if (i == 0) {
            skin->list->target = heed_command_target(HEED_COMMAND_MODELS, 0);
            draw_name_ground(chrome, x, facts[i]);
        }
        x += heed_widget_left(skin, x, cy, 13, i == 0 ? 600 : 400,
                              i == 0 ? skin->theme->text : skin->theme->muted, facts[i], 0) +
             20 * skin->scale;
        skin->list->target = (struct heed_target){0};
    }
}

static const char DOT[] = "\xC2\xB7";

static float dot_width(float s)
{
    return 20 * s;
}

static float clause_width(const struct heed_skin *skin, struct heed_text_style style,
                          const struct heed_proviso *it)
{
    return heed_widget_width(skin, style, it->text);
}

static float clauses_width(const struct heed_skin *skin, struct heed_text_style style,
                           const struct heed_proviso *provisos, int n)
{
    float width = 0;
    for (int i = 0; i < n; i++) {
        width += clause_width(skin, style, &provisos[i]) + (i > 0 ? dot_width(skin->scale) : 0);
    }
    return width;
}

/* Words that undo what they say: a pill under the pointer. */
static void draw_clause(const struct heed_chrome *chrome, struct heed_text_style style, float x,
                        float width, const char *text, struct heed_target target)
{
    const struct heed_skin *skin = &chrome->skin;
    const struct heed_rect bar = chrome->layout.status;
    const float s = skin->scale;
    const struct heed_rect pill = {x - 6 * s, bar.y + 4 * s, width + 12 * s, bar.h - 8 * s};
    const bool can = target.kind != HEED_TARGET_NONE;
    const bool hot = can && heed_target_equal(skin->hot, target);
    skin->list->target = target;
    if (hot) {
        heed_list_fill(skin->list, pill, 6 * s, skin->theme->hover);
    }
    heed_widget_text(skin, x, bar.y + bar.h / 2, style, HEED_ANCHOR_START,
                     hot ? skin->theme->text : skin->theme->muted, text, width + 1);
    if (can) {
        heed_list_hotspot(skin->list, pill);
    }
    skin->list->target = (struct heed_target){0};
    if (can && heed_target_equal(skin->focus, target)) {
        heed_widget_focus_ring(
            skin,
            (struct heed_rect){pill.x + 3 * s, pill.y + 3 * s, pill.w - 6 * s, pill.h - 6 * s},
            3 * s);
    }
}

static struct heed_target undo_target(const struct heed_proviso *it)
{
    if (it->undo == HEED_COMMAND_NONE) {
        return (struct heed_target){0};
    }
    struct heed_target target = heed_command_target(it->undo, it->argument);
    target.flags = HEED_TARGET_FLAG_UNDO;
    return target;
}

/* As many as fit; the others are a menu. Returns the left end. */
static float draw_clauses(const struct heed_chrome *chrome, struct heed_text_style style,
                          const struct heed_proviso *provisos, int n, float left, float right)
{
    const struct heed_skin *skin = &chrome->skin;
    const float s = skin->scale;
    const struct heed_rect bar = chrome->layout.status;
    int fit = n;
    while (fit > 0 &&
           clauses_width(skin, style, provisos, fit) + (fit < n ? dot_width(s) + 64 * s : 0) >
               right - left) {
        fit--;
    }
    float x = right - clauses_width(skin, style, provisos, fit);
    char more[24];
    if (fit < n) {
        snprintf(more, sizeof(more), fit > 0 ? "%d more" : "%d applied", n - fit);
        const float width = heed_widget_width(skin, style, more);
        x -= width + (fit > 0 ? dot_width(s) : 0);
        draw_clause(chrome, style, right - width, width, more,
                    heed_command_target(HEED_COMMAND_PROVISOS, 0));
    }
    const float start = x;
    for (int i = 0; i < fit; i++) {
        const float width = clause_width(skin, style, &provisos[i]);
        draw_clause(chrome, style, x, width, provisos[i].text, undo_target(&provisos[i]));
        x += width;
        if (i + 1 < n) {
            heed_widget_text(skin, x + dot_width(s) / 2, bar.y + bar.h / 2, style,
                             HEED_ANCHOR_MIDDLE, skin->theme->muted, DOT, 0);
            x += dot_width(s);
        }
    }
    return start;
}

/* Returns their left end. */
static float draw_provisos(const struct heed_chrome *chrome, float left, float right)
{
    const struct heed_skin *skin = &chrome->skin;
    const float s = skin->scale;
    struct heed_proviso provisos[HEED_MAX_PROVISOS];
    struct heed_text_style style = heed_widget_style(skin, 13, 400);
    int n = heed_provisos_collect(&chrome->frame, false, provisos);
    if (clauses_width(skin, style, provisos, n) > right - left - 150 * s) {
        n = heed_provisos_collect(&chrome->frame, true, provisos);
    }
    if (clauses_width(skin, style, provisos, n) > right - left) {
        style = heed_widget_style(skin, 12, 400);
    }
    return draw_clauses(chrome, style, provisos, n, left, right);
}

/* It takes the facts' place; the provisos keep room for at least a button. */
static float draw_said(const struct heed_chrome *chrome, float left, float right)
{
    const struct heed_skin *skin = &chrome->skin;
    const struct heed_rect bar = chrome->layout.status;
    return left +
           heed_widget_left(skin, left, bar.y + bar.h / 2, 13, 500, skin->theme->text,
                            chrome->message, fmaxf(right - left - 110 * skin->scale, 1)) +
           24 * skin->scale;
}

void heed_status_draw(struct heed_chrome *chrome)
{
    const struct heed_rect bar = chrome->layout.status;
    const struct heed_skin *skin = &chrome->skin;
    struct heed_list *list = chrome->frame.list;
    const float s = skin->scale, cy = bar.y + bar.h / 2;
    if (bar.w <= 0) {
        return;
    }
    list->target = (struct heed_target){.kind = HEED_TARGET_BLOCK};
    heed_list_fill(list, bar, 0, skin->theme->panel);
    list->target = (struct heed_target){0};
    heed_list_fill(list, (struct heed_rect){bar.x, bar.y, bar.w, skin->hairline}, 0,
                   skin->theme->border);
    heed_widget_icon_button(skin, (struct heed_rect){bar.x + 8 * s, cy - 13 * s, 26 * s, 26 * s},
                            HEED_ICON_SETTINGS, false,
                            heed_command_target(HEED_COMMAND_SETTINGS, 0));
    const float left = bar.x + 46 * s, right = bar.x + bar.w - 16 * s;
    if (chrome->message != NULL && !chrome->message_is_error) {
        draw_provisos(chrome, draw_said(chrome, left, right), right);
        return;
    }
    draw_facts(chrome, left, cy, draw_provisos(chrome, left, right));
}

void heed_message_draw(struct heed_chrome *chrome)
{
    if (chrome->message == NULL || !chrome->message_is_error) {
        return;
    }
    const struct heed_skin *skin = &chrome->skin;
    const struct heed_theme *theme = skin->theme;
    struct heed_list *list = chrome->frame.list;
    const struct heed_rect canvas = chrome->layout.canvas;
    const float s = skin->scale, line = 19 * s;
    const struct heed_text_style style = heed_widget_style(skin, 14, 400);
    const float width = fminf(canvas.w - 32 * s, 640 * s);
    const float room = width - 28 * s - 36 * s;
    const int lines = heed_text_lines(skin, style, chrome->message, room, 4);
    const float height = (float)lines * line + 22 * s;
    const struct heed_rect note = {roundf(canvas.x + (canvas.w - width) / 2),
                                   roundf(canvas.y + canvas.h - height - 12 * s), width, height};
    list->target = (struct heed_target){.kind = HEED_TARGET_BLOCK};
    heed_widget_note(skin, note);
    list->target = (struct heed_target){0};
    heed_text_wrapped(skin, note.x + 14 * s, note.y + 11 * s + line / 2, line, style, theme->text,
                      chrome->message, room, 4);
    heed_widget_icon_button(
        skin, (struct heed_rect){note.x + note.w - 36 * s, note.y + 6 * s, 28 * s, 28 * s},
        HEED_ICON_CLOSE, false, heed_command_target(HEED_COMMAND_CLOSE_MESSAGE, 0));
}
