#include "scene/figure/figure.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "scene/figure/panel.h"
#include "scene/frame/off_words.h"
#include "scene/frame/two_models.h"
#include "scene/parts/empty.h"
#include "scene/widgets/label.h"

enum {
    EM = 15, /* logical px that an export's pt stands for */
    BAR_STOPS = 33,
    MOST_LINES = 16
};

/* In em. */
static const float panel_gap = 1.1F, bar_room = 3.0F, line_room = 1.2F;

static const float bar_width = 8, bar_height = 0.68F;

struct figure {
    struct heed_frame *frame;
    struct heed_skin skin;
    float em;
    struct heed_figure_panel *panels; /* in the list's arena */
    int n;
    int columns;
    char provisos[8][96];
    int n_provisos;
};

static struct heed_text_style style_of(const struct figure *figure)
{
    return (struct heed_text_style){.size = figure->em, .weight = 400, .tabular = true};
}

/* The byte where the next word of text[from ..] begins or ends. */
static size_t skip(const char *text, size_t from, bool spaces)
{
    while (text[from] != '\0' && (text[from] == ' ') == spaces) {
        from++;
    }
    return from;
}

/* The start of the word before the common beginning's end, so that what
 * differs has one word of context. */
static size_t common_start(const char *text, const char *other)
{
    size_t at = 0, before = 0;
    while (text[at] != '\0') {
        const size_t end = skip(text, at, false);
        if (strncmp(text, other, end) != 0 || (other[end] != ' ' && other[end] != '\0')) {
            break;
        }
        before = at;
        at = skip(text, end, true);
    }
    return before;
}

/* Bytes at the end of text, whole words, that both share. */
static size_t common_end(const char *text, const char *other, size_t from)
{
    const size_t n = strlen(text), m = strlen(other);
    size_t same = 0, words = 0;
    while (same < n - from && same < m && text[n - 1 - same] == other[m - 1 - same]) {
        same++;
        if (text[n - same] == ' ') {
            words = same;
        }
    }
    return words;
}

/* "“too tired.”": what differs from the other text, and a word before it; NULL: nothing. */
static const char *title_of(struct heed_list *list, const char *text, const char *other)
{
    static const char open[] = "\xE2\x80\x9C", close[] = "\xE2\x80\x9D";
    const size_t start = common_start(text, other);
    const size_t end = strlen(text) - common_end(text, other, start);
    const size_t size = end - start + sizeof(open) + sizeof(close);
    char *title = heed_arena_alloc(&list->arena, size);
    list->failed = list->failed || title == NULL;
    if (title == NULL || end == start) {
        return NULL;
    }
    snprintf(title, size, "%s%.*s%s", open, (int)(end - start), text + start, close);
    return title;
}

static float widest_word(const struct figure *figure, const struct heed_maps *maps)
{
    const struct heed_text_style style = {.size = figure->em, .weight = 600, .tabular = true};
    float widest = heed_text_width(figure->skin.metrics, style, "hidden", 6);
    for (int i = 0; i < maps->n; i++) {
        widest = fmaxf(widest, heed_token_width(&figure->skin, style, &maps->units[i]));
    }
    return widest;
}

/* The panels of one text: every second one from `first` on. */
static void add_text(struct figure *figure, const struct heed_result *result, struct heed_pin query,
                     struct heed_pin key, int first, int step)
{
    struct heed_frame frame = *figure->frame;
    frame.result = result;
    const struct heed_shown_maps shown = heed_shown_collect(&frame);
    for (int i = 0, at = first; i < shown.n && at < figure->n; i += 2, at += step) {
        figure->panels[at] = (struct heed_figure_panel){
            .frame = figure->frame,
            .skin = figure->skin,
            .em = figure->em,
            .maps = result->maps,
            .sides = {&shown.items[i], i + 1 < shown.n ? &shown.items[i + 1] : NULL},
            .query = heed_pin_units(result->maps, query),
            .key = heed_pin_units(result->maps, key),
            .words = widest_word(figure, result->maps),
        };
    }
}

static void name_panels(struct figure *figure)
{
    static const char *const letters[] = {"(a)", "(b)", "(c)", "(d)", "(e)", "(f)",
                                          "(g)", "(h)", "(i)", "(j)", "(k)", "(l)"};
    const struct heed_frame *frame = figure->frame;
    const bool two = frame->compare != NULL;
    for (int i = 0; figure->n > 1 && i < figure->n; i++) {
        struct heed_figure_panel *panel = &figure->panels[i];
        panel->letter = i < (int)HEED_COUNT(letters) ? letters[i] : "";
        if (two && heed_compares_models(frame->result)) {
            char name[HEED_MODEL_NAME_BYTES];
            heed_name_side_model(frame->result, i % 2 == 1, name, sizeof(name));
            panel->title = heed_arena_copy(&frame->list->arena, name, strlen(name));
            frame->list->failed |= panel->title == NULL;
        } else if (two) {
            const char *a = frame->result->encoding->text;
            const char *b = frame->compare->encoding->text;
            panel->title = i % 2 == 0 ? title_of(frame->list, a, b) : title_of(frame->list, b, a);
        }
    }
}

static void add_proviso(struct figure *figure, const char *text)
{
    if (figure->n_provisos < (int)HEED_COUNT(figure->provisos)) {
        snprintf(figure->provisos[figure->n_provisos++], sizeof(figure->provisos[0]), "%s", text);
    }
}

static void add_cuts(struct figure *figure, const struct heed_filter *filter)
{
    char text[96];
    if (filter->threshold > 0) {
        snprintf(text, sizeof(text), "links below %.4g not drawn", (double)filter->threshold);
        add_proviso(figure, text);
    }
    if (filter->top_k > 0) {
        snprintf(text, sizeof(text), "only the %d largest links drawn", filter->top_k);
        add_proviso(figure, text);
    }
    if (filter->top_p < 1) {
        snprintf(text, sizeof(text), "only the top %.0f %% of the row drawn",
                 (double)filter->top_p * 100);
        add_proviso(figure, text);
    }
    if (filter->segments != HEED_SEGMENTS_ALL) {
        add_proviso(figure, "only links between the chosen texts drawn");
    }
}

/* Bytes of the items that fit on a line, at least of the first. */
static size_t line_length(const char *items, size_t most)
{
    size_t length = strcspn(items, ",");
    size_t next = length;
    while (items[next] == ',' && next <= most) {
        length = next;
        next += 1 + strcspn(items + next + 1, ",");
    }
    return next <= most ? next : length;
}

/* In lines of a few items each. */
static void add_off(struct figure *figure)
{
    enum { LINE = 60 }; /* bytes that a column's width has room for */
    const struct heed_result *result = figure->frame->result;
    const char *lead = heed_off_is_exact(result) ? "" : "counterfactual: ";
    char off[160], text[96];
    heed_off_words(result, off, sizeof(off));
    if (off[0] == '\0' && result->plain != NULL) {
        add_proviso(figure, "counterfactual: heads or links are off");
    }
    for (const char *at = off; at[0] != '\0'; lead = "") {
        const size_t length = line_length(at, LINE - strlen(lead));
        snprintf(text, sizeof(text), "%s%.*s", lead, (int)length, at);
        add_proviso(figure, text);
        at += length + strspn(at + length, ", ");
    }
}

/* What the picture has for words and below them. */
static void explain_words(struct figure *figure, const struct heed_maps *maps)
{
    bool unknown = false, merged = false;
    for (int i = 0; i < maps->n; i++) {
        unknown = unknown || maps->units[i].unknown;
        merged = merged || maps->units[i].count > 1;
    }
    if (merged) {
        add_proviso(figure, "word pieces merged");
    }
    if (unknown) {
        add_proviso(figure, "dashed: [UNK] to the model, not in its vocabulary");
    }
}

static void find_provisos(struct figure *figure)
{
    const struct heed_filter *filter = &figure->frame->state->filter;
    const struct heed_encoding *encoding = figure->frame->result->encoding;
    add_off(figure);
    if (heed_compares_models(figure->frame->result)) {
        add_proviso(figure, "heads of two models by their numbers alone");
    }
    if (filter->hide_special && filter->hide_punctuation) {
        add_proviso(figure, "hidden: special tokens, punctuation");
    } else if (filter->hide_special) {
        char names[160], text[96];
        heed_special_names(figure->frame->result->maps, names, sizeof(names));
        snprintf(text, sizeof(text), "hidden: %.80s", names);
        add_proviso(figure, text);
    } else if (filter->hide_punctuation) {
        add_proviso(figure, "hidden: punctuation");
    }
    if (filter->renormalise) {
        add_proviso(figure, "rows renormalised");
    }
    explain_words(figure, figure->frame->result->maps);
    add_cuts(figure, filter);
    if (encoding->n_tokens < encoding->n_total) {
        char text[96];
        snprintf(text, sizeof(text), "cut to %d of %d tokens", encoding->n_tokens,
                 encoding->n_total);
        add_proviso(figure, text);
    }
}

static int count_panels(const struct heed_frame *frame)
{
    const struct heed_shown_maps shown = heed_shown_collect(frame);
    return (shown.n + 1) / 2 * (frame->compare != NULL ? 2 : 1);
}

/* False when there is nothing to draw. */
static bool prepare(struct figure *figure, struct heed_frame *frame)
{
    const struct heed_maps *maps = heed_frame_get_maps(frame);
    figure->frame = frame;
    figure->skin = heed_frame_get_skin(frame);
    figure->em = EM * frame->scale;
    if (maps == NULL || heed_pin_units(maps, frame->state->query).count == 0 ||
        (frame->compare != NULL &&
         heed_pin_units(frame->compare->maps, frame->compare_query).count == 0)) {
        return false;
    }
    figure->n = count_panels(frame);
    figure->panels =
        heed_arena_zeroed(&frame->list->arena, (size_t)figure->n + 1, sizeof(*figure->panels));
    if (figure->n == 0 || figure->panels == NULL) {
        frame->list->failed = frame->list->failed || figure->panels == NULL;
        return false;
    }
    const int step = frame->compare != NULL ? 2 : 1;
    add_text(figure, frame->result, frame->state->query, frame->state->key, 0, step);
    if (frame->compare != NULL) {
        add_text(figure, frame->compare, frame->compare_query, frame->compare_key, 1, step);
    }
    name_panels(figure);
    find_provisos(figure);
    if (frame->foot != NULL) {
        frame->foot->no_brackets = true;
    }
    return !frame->list->failed;
}

static float widest_panel(const struct figure *figure)
{
    float widest = 0;
    for (int i = 0; i < figure->n; i++) {
        widest = fmaxf(widest, heed_figure_panel_least(&figure->panels[i]));
    }
    return widest;
}

static void choose_columns(struct figure *figure, float width)
{
    const float gap = panel_gap * figure->em;
    const float least = widest_panel(figure);
    int columns = (int)floorf((width + gap) / (least + gap));
    columns = columns < 1 ? 1 : columns;
    if (figure->frame->compare != NULL && columns > 1) {
        columns -= columns % 2; /* the two texts side by side */
    }
    figure->columns = columns > figure->n ? figure->n : columns;
    const float share = (width - (float)(figure->columns - 1) * gap) / (float)figure->columns;
    for (int i = 0; i < figure->n; i++) {
        heed_figure_panel_set_width(&figure->panels[i], share);
    }
}

/* px of a row of panels. */
static float row_height(const struct figure *figure, int first)
{
    float height = 0;
    for (int i = first; i < figure->n && i < first + figure->columns; i++) {
        height = fmaxf(height, heed_figure_panel_height(&figure->panels[i]));
    }
    return height;
}

static float widest_proviso(const struct figure *figure)
{
    float widest = 0;
    for (int i = 0; i < figure->n_provisos; i++) {
        const char *text = figure->provisos[i];
        widest = fmaxf(widest, heed_widget_width(&figure->skin, style_of(figure), text));
    }
    return widest;
}

static const char *bar_title(const struct figure *figure)
{
    return heed_measure_name(figure->frame->state->filter.measure);
}

static float bar_x(const struct figure *figure)
{
    const char *title = bar_title(figure);
    return heed_widget_width(&figure->skin, style_of(figure), title) + 0.95F * figure->em;
}

/* Beside the bar if they fit there, else under it. */
static bool provisos_fit(const struct figure *figure, float width)
{
    const float used = bar_x(figure) + (bar_width + 0.9F) * figure->em;
    return used + widest_proviso(figure) <= width;
}

/* Below the bar a proviso takes as many lines as it needs. */
static int proviso_lines(const struct figure *figure, float width)
{
    int lines = 0;
    for (int i = 0; i < figure->n_provisos; i++) {
        lines += heed_text_lines(&figure->skin, style_of(figure), figure->provisos[i], width,
                                 MOST_LINES);
    }
    return lines;
}

static float foot_height(const struct figure *figure, float width)
{
    const float beside = (float)figure->n_provisos * line_room + 0.75F;
    const float room = provisos_fit(figure, width)
                           ? fmaxf(bar_room, beside)
                           : bar_room + 0.3F + (float)proviso_lines(figure, width) * line_room;
    return room * figure->em;
}

static float height_of(const struct figure *figure, float width)
{
    float height = foot_height(figure, width);
    for (int i = 0; i < figure->n; i += figure->columns) {
        height += row_height(figure, i) + (i > 0 ? panel_gap * figure->em : 0);
    }
    return height;
}

static void draw_bar(const struct figure *figure, float x, float y)
{
    const struct heed_frame *frame = figure->frame;
    const struct heed_theme *theme = frame->theme;
    const float em = figure->em;
    static const char *const labels[] = {"0", "0.5", "1"};
    struct heed_color stops[BAR_STOPS];
    for (int i = 0; i < BAR_STOPS; i++) {
        stops[i] = heed_figure_color(frame, (float)i / (BAR_STOPS - 1));
    }
    heed_widget_text(&figure->skin, x, y, style_of(figure), HEED_ANCHOR_START, theme->text,
                     bar_title(figure), 0);
    const struct heed_rect bar = {x + bar_x(figure), y - bar_height * em / 2, bar_width * em,
                                  bar_height * em};
    heed_list_gradient(frame->list, (struct heed_item_gradient){
                                        .rect = bar,
                                        .stops = stops,
                                        .n_stops = BAR_STOPS,
                                    });
    const struct heed_stroke line = {.width = figure->skin.hairline, .color = theme->text};
    heed_list_rect(frame->list, (struct heed_item_rect){.rect = bar, .stroke = line});
    for (int i = 0; i < 3; i++) {
        const float at = bar.x + bar.w * (float)i / 2;
        heed_list_line(frame->list, (struct heed_item_line){at, bar.y + bar.h, at,
                                                            bar.y + bar.h + 0.22F * em, line});
        heed_widget_text(&figure->skin, at, y + 1.17F * em, style_of(figure), HEED_ANCHOR_MIDDLE,
                         theme->text, labels[i], 0);
    }
}

static void draw_foot(const struct figure *figure, struct heed_rect rect, float y)
{
    const bool beside = provisos_fit(figure, rect.w);
    const float em = figure->em;
    const float x = beside ? rect.x + rect.w : rect.x;
    y += 1.15F * em;
    draw_bar(figure, rect.x, y);
    if (!beside) {
        y += (bar_room - 0.45F) * em;
    }
    for (int i = 0; i < figure->n_provisos; i++) {
        const char *text = figure->provisos[i];
        const struct heed_color color = figure->frame->theme->text;
        if (beside) {
            heed_widget_text(&figure->skin, x, y, style_of(figure), HEED_ANCHOR_END, color, text,
                             0);
            y += line_room * em;
        } else {
            y += line_room * em *
                 (float)heed_text_wrapped(&figure->skin, x, y, line_room * em, style_of(figure),
                                          color, text, rect.w, MOST_LINES);
        }
    }
}

void heed_figure_draw(struct heed_frame *frame, struct heed_rect rect)
{
    struct figure figure = {0};
    if (!prepare(&figure, frame)) {
        heed_view_empty(frame, rect, "No query is pinned.",
                        "Pin the word whose attention the figure is to show.");
        return;
    }
    choose_columns(&figure, rect.w);
    const float gap = panel_gap * figure.em;
    const float columns = (float)figure.columns;
    const float share = (rect.w - (columns - 1) * gap) / columns;
    float y = rect.y;
    for (int i = 0; i < figure.n; i++) {
        struct heed_figure_panel *panel = &figure.panels[i];
        const int column = i % figure.columns;
        if (column == 0 && i > 0) {
            y += row_height(&figure, i - figure.columns) + gap;
        }
        const float width = fminf(share, heed_figure_panel_most(panel));
        panel->rect = (struct heed_rect){rect.x + (float)column * (share + gap) +
                                             (figure.columns == 1 ? (share - width) / 2 : 0),
                                         y, width, heed_figure_panel_height(panel)};
        heed_figure_panel_draw(panel);
    }
    const int last = (figure.n - 1) / figure.columns * figure.columns;
    draw_foot(&figure, rect, y + row_height(&figure, last));
}

float heed_figure_height(struct heed_frame *frame, float width)
{
    struct figure figure = {0};
    if (!prepare(&figure, frame)) {
        return 120 * frame->scale;
    }
    choose_columns(&figure, width);
    return ceilf(height_of(&figure, width));
}

bool heed_figure_fits(struct heed_frame *frame, float width)
{
    struct figure figure = {0};
    if (!prepare(&figure, frame)) {
        return true;
    }
    choose_columns(&figure, width);
    return widest_panel(&figure) <= width && (figure.columns > 1 || figure.n < 2);
}
