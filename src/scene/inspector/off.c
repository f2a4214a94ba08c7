#include "scene/inspector/off.h"

#include <math.h>
#include <stdio.h>

#include "core/analysis/link_measures.h"
#include "scene/frame/off_values.h"
#include "scene/frame/off_words.h"
#include "scene/frame/scores.h"
#include "scene/widgets/label.h"

enum { ROW = 24, MOST_LAYERS = 48, LAYERS_A_LINE = 3 };

/* A label and its value at the right, in words of its own. */
static void row(struct heed_column *column, const char *label, const char *value)
{
    const struct heed_skin *skin = column->skin;
    const float s = column->s, cy = column->y + ROW * s / 2;
    const float used = heed_widget_right(skin, column->x + column->width, cy, 14, 500,
                                         skin->theme->text, value, 0);
    heed_widget_left(skin, column->x, cy, 14, 400, skin->theme->muted, label,
                     column->width - used - 8 * s);
    column->y += ROW * s;
}

static void cosine_row(struct heed_column *column, const char *label, double cosine)
{
    char number[24];
    heed_format_number(number, sizeof(number), cosine, 3);
    row(column, label, number);
}

static void from_to(char *text, size_t size, double from, double to)
{
    char a[24], b[24];
    heed_format_number(a, sizeof(a), from, 3);
    heed_format_number(b, sizeof(b), to, 3);
    snprintf(text, size, "%s \xE2\x86\x92 %s", a, b);
}

/* --- the token --- */

/* "L0 1.000   L1 0.998   L2 0.991", a few on a line. */
static void layer_cell(struct heed_column *column, int layer, double cosine)
{
    const struct heed_skin *skin = column->skin;
    const float s = column->s, cy = column->y + 10 * s;
    const float pitch = column->width / LAYERS_A_LINE;
    const float x = column->x + (float)(layer % LAYERS_A_LINE) * pitch;
    char name[16], number[24];
    snprintf(name, sizeof(name), "L%d", layer);
    heed_format_number(number, sizeof(number), cosine, 3);
    heed_widget_left(skin, x, cy, 13, 400, skin->theme->muted, name, 0);
    heed_widget_left(skin, x + 28 * s, cy, 13, 400,
                     cosine < 0.9995 ? skin->theme->text : skin->theme->faint, number, 0);
}

static void token_rows(struct heed_column *column, struct heed_token_range word)
{
    const struct heed_result *result = column->frame->result;
    struct heed_arena *arena = &column->frame->list->arena;
    const int n = result->run->n_layers;
    char text[96], label[160];
    heed_pin_words(result, heed_pin_of(word), text, sizeof(text));
    snprintf(label, sizeof(label), "\xE2\x80\x9C%s\xE2\x80\x9D after the last layer", text);
    cosine_row(column, label, heed_word_cosine(arena, result, word, n));
    column->y += 2 * column->s;
    for (int layer = 0; layer < n && layer < MOST_LAYERS; layer++) {
        layer_cell(column, layer, heed_word_cosine(arena, result, word, layer + 1));
        if (layer % LAYERS_A_LINE == LAYERS_A_LINE - 1 || layer == n - 1) {
            column->y += 20 * column->s;
        }
    }
    column->y += 4 * column->s;
}

/* --- the link --- */

/* Where its weight has moved most, but for heads where it is off itself. */
static void link_row(struct heed_column *column, struct heed_token_range query,
                     struct heed_token_range key)
{
    const struct heed_result *result = column->frame->result;
    const struct heed_run *run = result->run;
    double before = 0, after = 0;
    int best = -1, n_off = 0;
    enum heed_link_off last = HEED_LINK_ON;
    for (int i = 0; i < run->n_layers * run->n_heads; i++) {
        const int layer = i / run->n_heads, head = i % run->n_heads;
        const struct heed_head_id id = {(int16_t)layer, (int16_t)head};
        const double a = (double)heed_run_link_weight(result->plain, layer, head, query, key);
        const double b = (double)heed_run_link_weight(run, layer, head, query, key);
        const enum heed_link_off off = heed_link_is_off(result, id, query.first, key.first);
        n_off += off != HEED_LINK_ON;
        last = off;
        if (off == HEED_LINK_ON && fabs(b - a) > fabs(after - before)) {
            best = i;
            before = a;
            after = b;
        }
    }
    if (n_off == run->n_layers * run->n_heads) {
        row(column, "Pinned link",
            last == HEED_LINK_MASKED ? "masked in every head" : "cut in every head");
        return;
    }
    char label[64] = "Link in other heads", value[64] = "unchanged";
    if (best >= 0) {
        snprintf(label, sizeof(label), "Link moves most in L%dH%d", best / run->n_heads,
                 best % run->n_heads);
        from_to(value, sizeof(value), before, after);
    }
    row(column, label, value);
}

static void explain(struct heed_column *column)
{
    static const char changed[] =
        "Cosines to the untouched run: 1 is unchanged. The model wasn\xE2\x80\x99t trained that "
        "way: read the change, not the sentence.";
    static const char exact[] = "Cosines to the untouched run: 1 is unchanged. Flash attention "
                                "gives the same weights, to rounding.";
    column->y += 4 * column->s;
    heed_column_prose(column, (struct heed_prose){13, 17, 8, 10, 4},
                      heed_off_is_exact(column->frame->result) ? exact : changed);
}

void heed_off_inspect(struct heed_column *column)
{
    const struct heed_frame *frame = column->frame;
    const struct heed_result *result = frame->result;
    if (result->plain == NULL) {
        return;
    }
    const struct heed_comparison *comparison = heed_frame_get_comparison(frame);
    const struct heed_token_range query = heed_unit_tokens(result->maps, heed_frame_query(frame));
    const struct heed_token_range key = heed_unit_tokens(result->maps, heed_frame_key(frame));
    heed_column_title(column, "What is off changes", NULL, "cosine");
    cosine_row(column, comparison != NULL ? "Sentence embedding of A" : "Sentence embedding",
               result->plain_cosine);
    if (comparison != NULL) {
        cosine_row(column, "Sentence embedding of B", comparison->result->plain_cosine);
    }
    if (query.count > 0) {
        token_rows(column, query);
    }
    if (query.count > 0 && key.count > 0) {
        link_row(column, query, key);
    }
    explain(column);
    heed_column_separator(column);
}
