#include "scene/panels/probe/words.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "scene/frame/shown.h"
#include "scene/frame/tasks.h"
#include "scene/widgets/target.h"

enum {
    ROW = 92,
    FIRST = 4, /* words that are listed at first */
    SIZE = 16,
    SPACE = 7,  /* between words */
    LEFT = 96,  /* of a row, before its words */
    SIDE = 320, /* the column at the right ... */
    WIDE = 940, /* ... of a page from this width on */
    MOST = 1024 /* words of a sentence */
};

/* A relation's words in one head. */
struct list {
    const struct heed_probe_panel *panel;
    const struct heed_related *of;
    const struct heed_probe_listed *listed;
};

/* Whose row is read, and where it is to lead. */
static int from_of(const struct list *list, const struct heed_relation_item *item)
{
    return list->listed->direction == HEED_RELATION_HEAD ? item->dependent : item->head;
}

static int to_of(const struct list *list, const struct heed_relation_item *item)
{
    return list->listed->direction == HEED_RELATION_HEAD ? item->head : item->dependent;
}

/* --- one sentence, as many of its words as have room --- */

struct line {
    const struct list *list;
    const struct heed_probe_tree *tree;
    bool shown[MOST];
    float x[MOST], width[MOST]; /* px */
    int n;
};

static struct heed_text_style style_of(const struct list *list, bool strong)
{
    return heed_widget_style(list->panel->skin, SIZE, strong ? 600 : 400);
}

static const char *word_text(const struct line *line, int word, char *text, size_t size)
{
    const struct heed_tree_word *of = &line->tree->words[word];
    const char *from = line->tree->text;
    from += heed_utf8_offset(from, strlen(from), (size_t)of->start);
    const size_t length = heed_utf8_offset(from, strlen(from), (size_t)(of->end - of->start));
    snprintf(text, size, "%.*s", (int)(length < size ? length : size - 1), from);
    return text;
}

/* None after what a sign or an ending follows at once. */
static float space_after(const struct line *line, int word)
{
    const struct heed_tree_word *words = line->tree->words;
    const bool joined =
        word + 1 < line->n && line->shown[word + 1] && words[word + 1].start == words[word].end;
    return (joined ? 0 : SPACE) * line->list->panel->s;
}

/* Of the words that are shown, with a count in place of those that aren't. */
static float measure(const struct line *line)
{
    const float s = line->list->panel->s;
    float width = 0;
    for (int w = 0; w < line->n; w++) {
        if (line->shown[w]) {
            width += line->width[w] + space_after(line, w);
        } else if (w == 0 || line->shown[w - 1]) {
            width += 44 * s;
        }
    }
    return width;
}

static void show(struct line *line, int word, float room)
{
    if (word >= 0 && word < line->n && !line->shown[word]) {
        line->shown[word] = true;
        line->shown[word] = measure(line) <= room;
    }
}

/* The ends and the head's choice always, then what is around them. */
static void choose_words(struct line *line, const int *ends, float room)
{
    char text[128];
    for (int w = 0; w < line->n; w++) {
        const bool strong = w == ends[0] || w == ends[1];
        line->shown[w] = w == ends[0] || w == ends[1] || w == ends[2];
        line->width[w] = heed_widget_width(line->list->panel->skin, style_of(line->list, strong),
                                           word_text(line, w, text, sizeof text)) +
                         (w == ends[0] ? 10 * line->list->panel->s : 0);
    }
    for (int by = 1; by < line->n; by++) {
        for (int e = 0; e < 3; e++) {
            show(line, ends[e] - by, room);
            show(line, ends[e] + by, room);
        }
    }
}

static void place_words(struct line *line, float x)
{
    const float s = line->list->panel->s;
    for (int w = 0; w < line->n; w++) {
        line->x[w] = x;
        if (line->shown[w]) {
            x += line->width[w] + space_after(line, w);
        } else if (w == 0 || line->shown[w - 1]) {
            x += 44 * s;
        }
    }
}

static void draw_line_words(const struct line *line, const int *ends, float cy)
{
    const struct heed_skin *skin = line->list->panel->skin;
    const struct heed_theme *theme = skin->theme;
    const float s = skin->scale;
    char text[128];
    for (int w = 0; w < line->n; w++) {
        const bool row = w == ends[0], strong = row || w == ends[1];
        if (line->shown[w]) {
            if (row) {
                heed_list_fill(skin->list,
                               (struct heed_rect){line->x[w], cy - 13 * s, line->width[w], 26 * s},
                               4 * s, theme->ink);
            }
            heed_widget_text(skin, line->x[w] + (row ? 5 * s : 0), cy, style_of(line->list, strong),
                             HEED_ANCHOR_START,
                             row      ? theme->on_ink
                             : strong ? theme->text
                                      : theme->muted,
                             word_text(line, w, text, sizeof text), 0);
        } else if (w == 0 || line->shown[w - 1]) {
            int end = w;
            while (end < line->n && !line->shown[end]) {
                end++;
            }
            snprintf(text, sizeof text, "(%d)", end - w);
            heed_widget_left(skin, line->x[w], cy, 13, 400, theme->muted, text, 0);
        }
    }
}

/* From the row's word to another, above the words (up 1) or below them (up -1). */
static void draw_arc(const struct line *line, int from, int to, float cy, float up, float width,
                     struct heed_color color)
{
    const float s = line->list->panel->s;
    const float a = line->x[from] + line->width[from] / 2 + (to < from ? -5 : 5) * s;
    const float b = line->x[to] + line->width[to] / 2;
    const float base = cy - up * 15 * s, top = cy - up * 36 * s, tip = 5 * s;
    struct heed_list *list = line->list->panel->skin->list;
    heed_list_cubic(
        list,
        (struct heed_item_cubic){
            a, base, a, top, b, top, b, base - up * tip, {.width = width * s, .color = color}});
    heed_list_triangle(list, (struct heed_item_triangle){b - tip, base - up * tip * 1.4F, b + tip,
                                                         base - up * tip * 1.4F, b, base, color});
}

static void draw_verdict(const struct list *list, float score, float cy)
{
    const struct heed_probe_panel *panel = list->panel;
    char tied[32];
    snprintf(tied, sizeof tied, "1 of %.0f", score > 0 ? 1 / (double)score : 0);
    heed_probe_disc(panel, panel->x + 6 * panel->s, cy, (double)score);
    heed_widget_left(panel->skin, panel->x + 20 * panel->s, cy, 14, 400, panel->skin->theme->muted,
                     score >= 1  ? "right"
                     : score > 0 ? tied
                                 : "wrong",
                     0);
}

static struct heed_color head_color(const struct list *list)
{
    return heed_frame_head_color(list->panel->frame, list->listed->head,
                                 list->panel->skin->theme->accent);
}

static void draw_item(const struct list *list, int at, float y, float width)
{
    const struct heed_probe_panel *panel = list->panel;
    const struct heed_probe_run *run = panel->run;
    const struct heed_relation_item *item = &heed_relations_items(run->relations)[at];
    const struct heed_relation_answer answer =
        heed_relations_answer(run->relations, at, list->listed->column);
    const float s = panel->s, cy = y + 42 * s;
    const int ends[] = {from_of(list, item), to_of(list, item), answer.word};
    struct line *line = heed_arena_alloc(&panel->skin->list->arena, sizeof *line);
    if (line == NULL) {
        panel->skin->list->failed = true;
        return;
    }
    line->list = list;
    line->tree = &run->rows.trees[run->trees[item->sentence]];
    line->n = line->tree->n < MOST ? line->tree->n : MOST;
    if (ends[0] >= MOST || ends[1] >= MOST || ends[2] >= MOST) {
        return;
    }
    heed_probe_row(panel, (struct heed_rect){panel->x - 6 * s, y, width + 12 * s, ROW * s},
                   heed_command_target(HEED_COMMAND_PROBE_OPEN, at + 1), false);
    draw_verdict(list, answer.score, cy);
    choose_words(line, ends, width - (LEFT + 8) * s);
    place_words(line, panel->x + LEFT * s);
    draw_line_words(line, ends, cy);
    draw_arc(line, ends[0], ends[1], cy, 1, 1.5F, panel->skin->theme->ink);
    draw_arc(line, ends[0], ends[2], cy, -1, 1.5F + 3 * answer.weight, head_color(list));
    heed_widget_number(panel->skin,
                       (line->x[ends[0]] + line->width[ends[0]] / 2 + line->x[ends[2]] +
                        line->width[ends[2]] / 2) /
                               2 +
                           16 * s,
                       cy + 38 * s, 13, 600, panel->skin->theme->text, (double)answer.weight, 3);
    panel->skin->list->target = (struct heed_target){0};
}

/* --- the list --- */

static float draw_list(const struct list *list, float y, float width)
{
    const struct heed_probe_panel *panel = list->panel;
    const float s = panel->s;
    const bool all = heed_frame_unfolds(panel->frame, HEED_RANKING_WORDS) ||
                     list->listed->n <= FIRST || panel->frame->is_export;
    const int shown = all ? list->listed->n : FIRST;
    char text[160];
    snprintf(text, sizeof text, "L%dH%d, %s", list->listed->head.layer, list->listed->head.head,
             list->listed->direction == HEED_RELATION_HEAD ? "dependent to its head"
                                                           : "head to its dependent");
    const float used = heed_probe_draw_keeps(panel, panel->x + width, y, list->listed->right,
                                             list->of->n - list->listed->right);
    y = heed_probe_title(panel, panel->x, y, width - used - 12 * s,
                         panel->run->relation_names[list->of->relation], text);
    const struct heed_probe_rows_seen seen = heed_probe_see_rows(panel, y, ROW * s, shown);
    for (int i = seen.first; i < seen.end; i++) {
        draw_item(list, list->listed->items[i], y + (float)i * ROW * s, width);
    }
    y += (float)shown * ROW * s;
    if (list->listed->n > FIRST && !panel->frame->is_export) {
        snprintf(text, sizeof text, all ? "First %d" : "All %d",
                 all ? (int)FIRST : list->listed->n);
        heed_widget_button(panel->skin,
                           (struct heed_rect){panel->x, roundf(y + 6 * s), width, 30 * s},
                           HEED_ICON_NONE, text, false, false,
                           heed_command_target(HEED_COMMAND_RANK_ALL, HEED_RANKING_WORDS));
        y += 36 * s;
    }
    return y + 20 * s;
}

/* --- how far it can be trusted --- */

static float draw_trust(const struct list *list, float x, float y, float width)
{
    const struct heed_related *of = list->of;
    char second[48], title[48];
    const struct {
        const char *label;
        double value;
        bool has;
    } rows[] = {{"Chosen on one half, on the other", of->halves[0].on_other,
                 of->halves[0].n > 0 && of->halves[0].n_other > 0},
                {"and the other way round", of->halves[1].on_other,
                 of->halves[1].n > 0 && of->halves[1].n_other > 0},
                {second, of->second, true},
                {"A guess among the words", of->uniform, true}};
    snprintf(second, sizeof second, "Second best head, L%dH%d", of->second_layer, of->second_head);
    snprintf(title, sizeof title, "Best head, L%dH%d", of->layer, of->head);
    y = heed_probe_title(list->panel, x, y, width, title, "how far it can be trusted");
    for (int i = 0; i < 4; i++) {
        if (rows[i].has) {
            char number[32];
            heed_format_number(number, sizeof number, rows[i].value, 3);
            y = heed_probe_value(list->panel, x, y, width, rows[i].label, number);
        }
    }
    return y + 12 * list->panel->s;
}

static float draw_distances(const struct list *list, float x, float y, float width)
{
    const struct heed_probe_panel *panel = list->panel;
    const float s = panel->s;
    const struct heed_probe_distance *rows = list->listed->distances;
    const int n = list->listed->n_distances;
    char text[48];
    snprintf(text, sizeof text, "L%dH%d: accuracy, n", list->listed->head.layer,
             list->listed->head.head);
    y = heed_probe_title(panel, x, y, width, "By distance", text);
    for (int i = 0; i < n; i++, y += 24 * s) {
        const float cy = y + 12 * s, track = width - 170 * s;
        const double share = rows[i].right / rows[i].n;
        snprintf(text, sizeof text, rows[i].by == 0 ? "others" : "%s%d",
                 rows[i].by < 0 ? "\xE2\x88\x92" : "+", abs(rows[i].by));
        heed_widget_right(panel->skin, x + 48 * s, cy, 13, 400, panel->skin->theme->muted, text, 0);
        heed_widget_bar(panel->skin, (struct heed_rect){x + 60 * s, cy - 6 * s, track, 12 * s},
                        (float)share * track, head_color(list));
        heed_widget_number(panel->skin, x + width - 50 * s, cy, 14, 600, panel->skin->theme->text,
                           share, 3);
        snprintf(text, sizeof text, "%d", rows[i].n);
        heed_widget_right(panel->skin, x + width, cy, 13, 400, panel->skin->theme->muted, text, 0);
    }
    return y + 20 * s;
}

float heed_probe_draw_words(const struct heed_probe_panel *panel, const struct heed_related *of,
                            float y)
{
    const struct list list = {panel, of, panel->listed};
    const float s = panel->s;
    if (panel->listed == NULL) {
        panel->skin->list->failed = true;
        return y;
    }
    if (panel->width < WIDE * s) {
        const bool beside = panel->width >= 600 * s;
        const float width = beside ? panel->width / 2 - 20 * s : panel->width;
        const float x = beside ? panel->x + panel->width - width : panel->x;
        y = draw_list(&list, y, panel->width);
        const float below = draw_trust(&list, panel->x, y, width);
        return fmaxf(below, draw_distances(&list, x, beside ? y : below, width));
    }
    const float x = panel->x + panel->width - SIDE * s;
    const float side = draw_distances(&list, x, draw_trust(&list, x, y, SIDE * s), SIDE * s);
    return fmaxf(side, draw_list(&list, y, panel->width - (SIDE + 32) * s));
}
