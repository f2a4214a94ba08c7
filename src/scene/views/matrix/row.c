#include "scene/views/matrix/row.h"

#include <math.h>
#include <stdio.h>

#include "scene/widgets/label.h"

enum { MOST = 9, PITCH = 26 };

static void draw_line(const struct heed_matrix *matrix, struct heed_rect rect, float cy,
                      const struct heed_ranked *it, bool strong)
{
    const struct heed_skin *skin = &matrix->skin;
    const float s = matrix->s, name = 96 * s, number = 56 * s;
    const float w = rect.w - name - number - 10 * s;
    char text[32];
    const struct heed_text_style style = heed_widget_style(skin, 15, strong ? 600 : 400);
    heed_token_draw(skin, rect.x, cy, style, HEED_ANCHOR_START, skin->theme->text,
                    &matrix->maps->units[it->index], name - 6 * s);
    heed_widget_bar(skin, (struct heed_rect){rect.x + name, roundf(cy - 7 * s), w, 14 * s},
                    fmaxf(w * it->value, skin->hairline), matrix->map.color);
    heed_format_number(text, sizeof(text), (double)it->value, 3);
    heed_widget_right(skin, rect.x + rect.w, cy, 15, strong ? 600 : 400, skin->theme->text, text,
                      0);
}

static void draw_rest(const struct heed_matrix *matrix, struct heed_rect rect, float cy, int n,
                      float rest)
{
    const struct heed_skin *skin = &matrix->skin;
    char text[48];
    snprintf(text, sizeof(text), "%d other%s", n, n == 1 ? "" : "s");
    heed_widget_left(skin, rect.x, cy, 14, 400, skin->theme->muted, text, 0);
    heed_format_number(text, sizeof(text), (double)fmaxf(rest, 0), 3);
    heed_widget_right(skin, rect.x + rect.w, cy, 14, 400, skin->theme->muted, text, 0);
}

void heed_matrix_draw_row(const struct heed_matrix *matrix, struct heed_rect rect)
{
    const struct heed_skin *skin = &matrix->skin;
    const bool by_query = matrix->query.count > 0;
    const struct heed_range range = by_query ? matrix->query : matrix->key;
    const float s = matrix->s;
    struct heed_ranked top[MOST];
    float rest = 0, cy = rect.y + 52 * s;
    char word[96], title[160];
    if (range.count == 0) {
        return;
    }
    const int room = (int)fmaxf(floorf((rect.h - 110 * s) / (PITCH * s)), 1);
    const int shown = heed_map_top(matrix->map.weights, matrix->maps->n, range, !by_query, top,
                                   room < MOST ? room : MOST, &rest);
    heed_units_text(matrix->maps, range, word, sizeof(word));
    snprintf(title, sizeof(title),
             by_query ? "from \xE2\x80\x9C%s\xE2\x80\x9D" : "to \xE2\x80\x9C%s\xE2\x80\x9D", word);
    heed_widget_left(skin, rect.x, cy, 15, 600, skin->theme->text, title, rect.w);
    cy += (PITCH + 4) * s;
    for (int i = 0; i < shown; i++) {
        const struct heed_range other = by_query ? matrix->key : matrix->query;
        draw_line(matrix, rect, cy, &top[i],
                  other.count > 0 ? heed_range_has(other, top[i].index) : i == 0);
        cy += PITCH * s;
    }
    if (matrix->maps->n > shown) {
        draw_rest(matrix, rect, cy, matrix->maps->n - shown, rest);
        cy += PITCH * s;
    }
    if (by_query && matrix->maps->n < matrix->maps->n_all && matrix->map.hidden != NULL) {
        const float hidden = heed_map_hidden(matrix->map.hidden, range);
        char text[32], what[160];
        heed_hidden_name(matrix->maps, &matrix->maps->filter, what, sizeof(what));
        heed_widget_left(skin, rect.x, cy, 14, 400, skin->theme->muted, what, rect.w - 60 * s);
        heed_format_number(text, sizeof(text), (double)hidden, 3);
        heed_widget_right(skin, rect.x + rect.w, cy, 14, 400, skin->theme->muted, text, 0);
    }
}
