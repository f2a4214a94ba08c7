#include "scene/views/heads/inspector.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "scene/inspector/candidates.h"
#include "scene/inspector/inspector.h"
#include "scene/widgets/label.h"

/* The inspector while the Heads view is shown: one head in numbers. */

/* One row: a name, a bar as a part of 1, and a number. */
struct bar {
    const char *name;
    float part;
    char number[24];
    bool bold;
    unsigned needs; /* of enum heed_absence */
};

static void draw_bar(struct heed_column *column, const struct bar *bar, float names)
{
    const struct heed_skin *skin = column->skin;
    const float s = column->s, cy = column->y + 13 * s;
    if (heed_column_sees(column, 26 * s)) {
        const struct heed_rect track = {column->x + names, roundf(cy - 6 * s),
                                        column->width - names - 52 * s, 12 * s};
        heed_widget_left(skin, column->x, cy, 15, bar->bold ? 500 : 400, skin->theme->text,
                         bar->name, names - 8 * s);
        heed_widget_bar(skin, track, fmaxf(track.w * fminf(fmaxf(bar->part, 0), 1), skin->hairline),
                        skin->theme->ink);
        heed_widget_right(skin, column->x + column->width, cy, 15, bar->bold ? 500 : 400,
                          skin->theme->text, bar->number, 0);
    }
    column->y += 26 * s;
}

/* Largest first; equal ones as they were. */
static void sort_bars(struct bar *bars, int n)
{
    for (int i = 1; i < n; i++) {
        const struct bar bar = bars[i];
        int at = i;
        for (; at > 0 && bars[at - 1].part < bar.part; at--) {
            bars[at] = bars[at - 1];
        }
        bars[at] = bar;
    }
}

static void draw_shares(struct heed_column *column, const struct heed_head_measures *measures)
{
    char cls[64], sep[64];
    const struct heed_maps *maps = heed_frame_get_maps(column->frame);
    heed_template_name(maps, true, cls, sizeof(cls));
    heed_template_name(maps, false, sep, sizeof(sep));
    const struct bar all[] = {
        {.name = "previous", .part = measures->to_previous, .needs = HEED_LACKS_ONE_AXIS},
        {.name = "next", .part = measures->to_next, .needs = HEED_LACKS_ONE_AXIS},
        {.name = "self", .part = measures->to_self, .needs = HEED_LACKS_ONE_AXIS},
        {.name = cls, .part = measures->to_cls, .needs = HEED_LACKS_SPECIAL},
        {.name = sep, .part = measures->to_sep, .needs = HEED_LACKS_SPECIAL},
        {.name = "punctuation", .part = measures->to_punctuation},
        {.name = "same word", .part = measures->to_same_word},
    };
    struct bar bars[HEED_COUNT(all)];
    const float s = column->s;
    const unsigned lacks = column->frame->result->lacks;
    int n = 0;
    for (size_t i = 0; i < HEED_COUNT(all); i++) {
        const bool alone = all[i].name == sep && maps->n_special_names == 1;
        if ((all[i].needs & lacks) == 0 && !alone) {
            bars[n++] = all[i];
        }
    }
    sort_bars(bars, n);
    heed_column_title(column, "Where its rows go", "mean share", NULL);
    for (int i = 0; i < n; i++) {
        heed_format_number(bars[i].number, sizeof(bars[i].number), (double)bars[i].part, 3);
        bars[i].bold = i == 0;
        draw_bar(column, &bars[i], 100 * s);
    }
    heed_column_prose(column, (struct heed_prose){13, 18, 12, 18, 4},
                      lacks & HEED_LACKS_ONE_AXIS
                          ? "Shares overlap."
                          : "The first row has no previous token, the last no next one: they "
                            "count their own. Shares overlap.");
    heed_column_separator(column);
}

/* The pinned pair's weight in this head, if there is one. */
static void draw_pinned(struct heed_column *column, struct heed_head_id id)
{
    struct heed_frame pinned = *column->frame;
    pinned.hover = (struct heed_hover){0};
    const struct heed_maps *maps = heed_frame_get_maps(&pinned);
    const struct heed_range query = heed_frame_query(&pinned);
    const struct heed_range key = heed_frame_key(&pinned);
    if (query.count == 0 || key.count == 0) {
        return;
    }
    char pair[192];
    heed_pair_text(&pinned, pair, sizeof(pair));
    heed_column_value(
        column, pair,
        (double)heed_map_weight(heed_maps_row(maps, id.layer, id.head, 0), maps->n, query, key), 3);
}

static void draw_measures(struct heed_column *column, struct heed_head_id id,
                          const struct heed_head_measures *measures)
{
    char text[32];
    heed_column_title(column, "Measures", NULL, NULL);
    heed_column_value(column, "Entropy / log n", (double)measures->entropy, 2);
    if (!heed_maps_have_sides(heed_frame_get_maps(column->frame))) {
        snprintf(text, sizeof(text), "%.1f tokens", (double)measures->distance);
        heed_column_text(column, "Mean distance", text);
    }
    heed_column_value(column, "Confidence", (double)measures->confidence, 2);
    draw_pinned(column, id);
    column->y += 8 * column->s;
    heed_column_separator(column);
}

static void draw_labels(struct heed_column *column)
{
    const struct heed_maps *maps = heed_frame_get_maps(column->frame);
    const int n_heads = maps->n_layers * maps->n_heads;
    int counts[HEED_LABEL_BROAD + 1] = {0};
    struct bar bars[HEED_LABEL_BROAD + 1];
    char names[HEED_LABEL_BROAD + 1][72];
    int n = 0;
    for (int i = 0; i < n_heads; i++) {
        counts[heed_maps_label(maps, i, NULL)]++;
    }
    for (int label = 0; label <= (int)HEED_LABEL_BROAD; label++) {
        if (counts[label] > 0) {
            heed_label_name(maps, (enum heed_head_label)label, names[n], sizeof(names[n]));
            bars[n] = (struct bar){.name = names[n], .part = (float)counts[label] / (float)n_heads};
            snprintf(bars[n].number, sizeof(bars[n].number), "%d", counts[label]);
            n++;
        }
    }
    sort_bars(bars, n);
    heed_column_title(column, "Labels", "in this text", "heads");
    for (int i = 0; i < n; i++) {
        draw_bar(column, &bars[i], 148 * column->s);
    }
    column->y += 14 * column->s;
}

/* The head that is pointed at, else Matrix's. */
static bool find_head(const struct heed_frame *frame, struct heed_head_id *id, const char **why)
{
    const struct heed_maps *maps = heed_frame_get_maps(frame);
    const struct heed_state *state = frame->state;
    *why = "hovered";
    *id = frame->hover.head;
    if (!frame->hover.has_head) {
        *why = "shown";
        *id = state->matrix_head;
        if (!heed_state_shows(state, *id, NULL)) {
            return false;
        }
    }
    return id->layer >= 0 && id->layer < maps->n_layers && id->head >= 0 &&
           id->head < maps->n_heads;
}

static void draw_header(struct heed_column *column, const char *name, const char *why)
{
    const struct heed_skin *skin = column->skin;
    const float s = column->s, cy = column->y + 28 * s;
    float end = column->x + column->width;
    if (column->is_drawer) {
        end = heed_inspector_header_room(column, cy);
    }
    end -= heed_widget_right(skin, end, cy, 13, 400, skin->theme->muted, why, 0);
    heed_widget_left(skin, column->x, cy, 18, 600, skin->theme->text, name,
                     fmaxf(end - column->x - 8 * s, 1));
    heed_inspector_close_header(column);
}

bool heed_heads_inspect(struct heed_column *column)
{
    const struct heed_frame *frame = column->frame;
    const struct heed_maps *maps = heed_frame_get_maps(frame);
    struct heed_head_id id;
    const char *why = "";
    if (find_head(frame, &id, &why)) {
        const struct heed_head_measures *measures =
            heed_maps_measures_of(maps, id.layer * maps->n_heads + id.head);
        char name[24];
        heed_head_name(id, name, sizeof(name));
        draw_header(column, name, measures != NULL ? why : "not read yet");
        if (measures != NULL) {
            draw_shares(column, measures);
            draw_measures(column, id, measures);
        }
    } else {
        draw_header(column, "No head", "hover one");
    }
    heed_inspector_candidates(column);
    if (heed_maps_get_measures(maps) == NULL) {
        return true;
    }
    draw_labels(column);
    heed_inspector_box(column, "Labels describe this text only",
                       "They follow from the shares above, not from what the head is known for.");
    return true;
}
