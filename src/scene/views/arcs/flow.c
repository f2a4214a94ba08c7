#include "scene/views/arcs/flow.h"

#include <math.h>

#include "scene/frame/unit_order.h"
#include "scene/widgets/label.h"

enum { MEASURED_AT = 24 /* logical px: type is chosen by its proportion */ };

static float gap_of(float type)
{
    return 0.46F * type;
}

static float slot_of(float width, float type, float least_slot)
{
    return fmaxf(width + gap_of(type), least_slot);
}

float heed_arcs_measure(const struct heed_arcs *arcs, float type, float least_slot)
{
    const struct heed_text_style style = heed_widget_style(&arcs->skin, MEASURED_AT, 600);
    float sum = 0;
    for (int i = 0; i < arcs->maps->n; i++) {
        const float width = heed_token_width(&arcs->skin, style, &arcs->maps->units[i]);
        sum += slot_of(width * type / style.size, type, least_slot);
    }
    return sum;
}

/* Units that stay on one line: the pieces of a word. */
static int together(const struct heed_arcs *arcs, int first, float *width)
{
    int n = 1;
    *width = arcs->words[first].slot;
    while (first + n < arcs->maps->n && arcs->maps->units[first + n].continues) {
        *width += arcs->words[first + n++].slot;
    }
    return n;
}

static void break_lines(struct heed_arcs *arcs, float width)
{
    float used = 0;
    arcs->n_lines = 0;
    for (int i = 0; i < arcs->maps->n;) {
        float need = 0;
        int n = together(arcs, i, &need);
        if (need > width) {
            n = 1;
            need = arcs->words[i].slot;
        }
        if (i == 0 || used + need > width + 0.5F) {
            arcs->line_first[arcs->n_lines++] = i;
            used = 0;
        }
        used += need;
        for (int j = 0; j < n; j++) {
            arcs->words[i++].line = arcs->n_lines - 1;
        }
    }
    arcs->line_first[arcs->n_lines] = arcs->maps->n;
}

static void set_line(struct heed_arcs *arcs, int line, float x, float width, const uint8_t *levels,
                     int *order)
{
    const int first = arcs->line_first[line];
    const int n = arcs->line_first[line + 1] - first;
    float used = 0, extra = 0;
    for (int i = first; i < first + n; i++) {
        used += arcs->words[i].slot;
    }
    const float spare = fmaxf(width - used, 0);
    if (arcs->n_lines == 1) {
        extra = fminf(spare / (float)n, 0.6F * arcs->type);
        x += (spare - extra * (float)n) / 2;
    } else if (arcs->right_to_left) {
        x += spare;
    }
    heed_unit_order(levels, first, n, order);
    for (int i = 0; i < n; i++) {
        struct heed_arc_word *word = &arcs->words[order[i]];
        word->slot += extra;
        word->x = x + word->slot / 2;
        x += word->slot;
    }
    const float span = fabsf(arcs->words[order[n - 1]].x - arcs->words[order[0]].x);
    arcs->span = fmaxf(arcs->span, span);
}

void heed_arcs_flow(struct heed_arcs *arcs, float x, float width, float least_slot)
{
    struct heed_list *list = arcs->frame->list;
    const size_t n = (size_t)arcs->maps->n;
    const struct heed_text_style style = {.size = arcs->type, .weight = 600, .tabular = true};
    arcs->words = heed_arena_zeroed(&list->arena, n + 1, sizeof(*arcs->words));
    arcs->line_first = heed_arena_zeroed(&list->arena, n + 2, sizeof(int));
    int *order = heed_arena_zeroed(&list->arena, n + 1, sizeof(*order));
    if (arcs->words == NULL || arcs->line_first == NULL || order == NULL) {
        list->failed = true;
        arcs->n_lines = 0;
        return;
    }
    for (size_t i = 0; i < n; i++) {
        struct heed_arc_word *word = &arcs->words[i];
        word->width = fminf(heed_token_width(&arcs->skin, style, &arcs->maps->units[i]),
                            width - gap_of(arcs->type));
        word->slot = slot_of(word->width, arcs->type, least_slot);
    }
    const uint8_t *levels =
        heed_unit_levels(list, arcs->frame->result->encoding, arcs->maps, &arcs->right_to_left);
    arcs->span = 0;
    break_lines(arcs, width);
    for (int line = 0; line < arcs->n_lines; line++) {
        set_line(arcs, line, x, width, levels, order);
    }
}
