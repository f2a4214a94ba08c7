#include "scene/views/compare/line.h"

#include <math.h>

#include "scene/parts/candidate_words.h"
#include "scene/parts/shapes.h"
#include "scene/views/compare/arcs.h"
#include "scene/widgets/label.h"
#include "scene/widgets/target.h"

static struct heed_target word_target(const struct heed_compare *compare, int place, bool is_key)
{
    const struct heed_aligned *at = &compare->places[place];
    const bool in_b = at->a < 0;
    const struct heed_unit *unit =
        in_b ? &compare->maps_b->units[at->b] : &compare->maps_a->units[at->a];
    return (struct heed_target){
        .kind = is_key ? HEED_TARGET_KEY : HEED_TARGET_QUERY,
        .flags = in_b ? HEED_TARGET_FLAG_B : 0,
        .a = unit->first,
        .b = unit->count,
    };
}

/* Dashed: only one text has the word; filled: another replaces it. */
static void draw_ground_of(const struct heed_compare *compare, struct heed_rect chip, bool lonely,
                           float radius)
{
    const struct heed_theme *theme = compare->frame->theme;
    const float s = compare->s;
    struct heed_item_rect ground = {.rect = chip, .radius = radius};
    if (lonely) {
        ground.stroke = (struct heed_stroke){
            .width = 1.5F * s, .color = theme->strong_border, .dash_on = 4 * s, .dash_off = 3 * s};
    } else {
        ground.fill = theme->selection;
    }
    heed_list_rect(compare->skin.list, ground);
}

/* What the grounds of words mean, as far as there are any. */
bool heed_compare_legend(const struct heed_compare *compare, float x, float cy)
{
    const struct heed_alignment *units = &compare->comparison->units;
    const struct {
        bool lonely;
        int n;
        const char *what;
    } parts[] = {{false, units->n_replaced, "replaced"},
                 {true, units->n_only_a + units->n_only_b, "only in one text"}};
    const float s = compare->s;
    bool any = false;
    for (int i = 0; i < 2; i++) {
        any = any || parts[i].n > 0;
        if (parts[i].n == 0 || compare->skin.list == NULL) {
            continue;
        }
        draw_ground_of(compare, (struct heed_rect){x, cy - 6 * s, 16 * s, 12 * s}, parts[i].lonely,
                       3 * s);
        x += 21 * s;
        x += heed_widget_left(&compare->skin, x, cy, 12, 400, compare->frame->theme->muted,
                              parts[i].what, 0) +
             14 * s;
    }
    return any;
}

/* Where a label stands: the middle of its room, and px of that. */
struct spot {
    float x, cy, width;
};

/* One text's label of a place: changed and lonely words lie on a chip. */
static void draw_label(const struct heed_compare *compare, int place, bool b, struct spot at,
                       enum heed_token_look look, bool is_key)
{
    const struct heed_aligned *units = &compare->places[place];
    const struct heed_maps *maps = b ? compare->maps_b : compare->maps_a;
    const struct heed_unit *unit = &maps->units[b ? units->b : units->a];
    const struct heed_theme *theme = compare->frame->theme;
    const float s = compare->s, type = compare->type;
    const float pad = compare->skin.projected ? 0.22F * type : 5 * s;
    const struct heed_rect chip = {roundf(at.x - at.width / 2 - pad), roundf(at.cy - 0.62F * type),
                                   roundf(at.width + 2 * pad), 1.24F * type};
    const bool lonely = units->a < 0 || units->b < 0;
    if (look == HEED_TOKEN_PINNED || look == HEED_TOKEN_HOVER) {
        heed_token_chip(&compare->skin, chip, look, is_key, false);
    } else if (!units->same) {
        draw_ground_of(compare, chip, lonely, 6 * s);
    }
    const bool changed = !units->same && !lonely;
    bool bold = false;
    struct heed_color color = heed_token_color(theme, look, is_key, &bold);
    if (changed && look == HEED_TOKEN_MUTED) {
        color = theme->text; /* muted doesn't stand out from its chip */
    }
    const struct heed_text_style style = {.size = type, .weight = bold || changed ? 600 : 500};
    struct heed_skin skin = compare->skin;
    skin.tinted = changed;
    heed_token_draw(&skin, at.x, at.cy, style, HEED_ANCHOR_MIDDLE, color, unit, at.width);
    if (!b) { /* marks speak of A, as pins do; below a chip */
        const bool chipped = !compare->frame->is_export && look == HEED_TOKEN_PINNED;
        heed_candidate_draw(&compare->skin, compare->frame->state, unit,
                            (struct heed_candidate_label){.x = at.x - at.width / 2,
                                                          .cy = at.cy,
                                                          .width = at.width,
                                                          .size = type,
                                                          .color = is_key ? theme->text : color,
                                                          .below = chipped ? chip.h / 2 : 0});
    }
}

/* How a word is shown, and whether a click makes it the key. */
static enum heed_token_look look_of(const struct heed_compare *compare, int place, bool *is_key)
{
    const struct heed_range pinned = compare->pinned_query.places;
    *is_key = pinned.count > 0 && !heed_range_has(pinned, place);
    if (heed_range_has(pinned, place) || heed_range_has(compare->pinned_key.places, place)) {
        return HEED_TOKEN_PINNED;
    }
    if (heed_range_has(compare->hover_query.places, place) ||
        heed_range_has(compare->hover_key.places, place)) {
        return HEED_TOKEN_HOVER;
    }
    return heed_compare_is_pointed(compare) ? HEED_TOKEN_MUTED : HEED_TOKEN_REST;
}

/* A's own words lie above the line, B's below it; of a column A's at its left. */
static struct spot spot_of(const struct heed_compare *compare, int place, bool b)
{
    const struct heed_compare_word *word = &compare->words[place];
    const bool same = compare->places[place].same;
    const float way = b ? 1 : -1;
    const float y = heed_compare_line(compare, word->line).y;
    if (!compare->upright) {
        const float shift = same ? 0 : way * 0.68F * compare->type;
        return (struct spot){word->x, y + shift, word->width};
    }
    const float shift = same ? 0 : way * (word->width / 2 + 8 * compare->s);
    return (struct spot){y + shift, word->x, word->width};
}

void heed_compare_draw_word(const struct heed_compare *compare, int place)
{
    const struct heed_frame *frame = compare->frame;
    const struct heed_compare_word *word = &compare->words[place];
    const struct heed_aligned *at = &compare->places[place];
    bool is_key = false;
    const enum heed_token_look look = look_of(compare, place, &is_key);
    const struct heed_target target = word_target(compare, place, is_key);
    const struct heed_rect spot = {word->x - word->slot / 2,
                                   heed_compare_line(compare, word->line).y - compare->half,
                                   word->slot, 2 * compare->half};
    frame->list->target = target;
    if (at->a >= 0) {
        draw_label(compare, place, false, spot_of(compare, place, false), look, is_key);
    }
    if (at->b >= 0 && !at->same) {
        draw_label(compare, place, true, spot_of(compare, place, true), look, is_key);
    }
    if (!frame->is_export) {
        heed_list_hotspot(frame->list, spot);
        heed_widget_ring(&compare->skin, spot, target, 0, 6 * compare->s);
    }
    frame->list->target = (struct heed_target){0};
}

void heed_compare_draw_letters(const struct heed_compare *compare, float x, float size)
{
    const struct heed_color color = compare->frame->theme->muted;
    for (int i = 0; i < heed_compare_n_lines(compare); i++) {
        const struct heed_compare_line line = heed_compare_line(compare, i);
        heed_widget_left(&compare->skin, x, line.y - compare->half - 0.6F * line.up, size, 600,
                         color, "A", 0);
        heed_widget_left(&compare->skin, x, line.y + compare->half + 0.6F * line.down, size, 600,
                         color, "B", 0);
    }
}
