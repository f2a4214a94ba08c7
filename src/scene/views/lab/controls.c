#include "scene/views/lab/controls.h"

#include <math.h>
#include <stdio.h>

#include "scene/frame/off_words.h"
#include "scene/parts/off_chips.h"
#include "scene/views/lab/style.h"
#include "scene/widgets/formula.h"
#include "scene/widgets/target.h"
#include "state/variant_words.h"

/* Logical px. */
enum {
    CARD = 168,
    LEAST_CARD = 120,
    PICTURE = 80,
    PICTURE_LOW = 48,
    PICTURE_PROJECTED = 30,
    STEP = 24, /* a side of the stepper's buttons */
    ROW = 32,
    WORDS_LINE = 19,
    TITLES = 84 /* least width of the rows' titles */
};

enum { N_CARDS = HEED_N_MASK_KINDS, CELLS = 16 };

/* What is drawn, or only placed, from y on. */
struct controls {
    const struct heed_lab *lab;
    const struct heed_state *state;
    float s, x, width, y;
    bool draw;
};

/* --- the masks --- */

static struct heed_mask mask_of(const struct controls *controls, enum heed_mask_kind kind)
{
    const struct heed_mask mask = controls->state->variant.mask;
    return mask.kind == kind ? mask : heed_mask_of(kind, 0);
}

static void put_rule(struct heed_mask mask, bool can, char *text, size_t size)
{
    switch (mask.kind) {
    case HEED_MASK_CAUSAL:
        snprintf(text, size, "*j* \xE2\x89\xA4 *i*");
        break;
    case HEED_MASK_WINDOW:
        snprintf(text, size, "|*i* \xE2\x88\x92 *j*| \xE2\x89\xA4 %d", mask.width);
        break;
    case HEED_MASK_STRIDED:
        snprintf(text, size, "near, every %d%s", mask.width, heed_ordinal_ending(mask.width));
        break;
    case HEED_MASK_CROSS:
        snprintf(text, size, can ? "the other text" : "needs a pair");
        break;
    default:
        snprintf(text, size, "every key");
        break;
    }
}

static uint64_t picture_id(struct heed_mask mask)
{
    const uint64_t seed = (uint64_t)mask.kind << 32 | (uint64_t)(uint32_t)mask.width;
    return (seed + 0x4C6162U) * 0x9E3779B97F4A7C15U;
}

/* The pattern over so many tokens; a pair has half of them each. */
static void draw_picture(const struct controls *controls, struct heed_mask mask,
                         struct heed_rect rect, struct heed_color allowed,
                         struct heed_color forbidden)
{
    struct heed_list *list = controls->lab->frame->list;
    uint8_t cells[CELLS * CELLS];
    int32_t segments[CELLS];
    float *values = heed_arena_zeroed(&list->arena, (size_t)CELLS * CELLS, sizeof(*values));
    if (values == NULL) {
        list->failed = true;
        return;
    }
    for (int i = 0; i < CELLS; i++) {
        segments[i] = i >= CELLS / 2;
    }
    const bool forbids = heed_mask_fill(cells, mask, segments, CELLS);
    for (int i = 0; i < CELLS * CELLS; i++) {
        values[i] = !forbids || cells[i] != 0 ? 1 : 0;
    }
    struct heed_item_heatmap heatmap = {.rect = rect,
                                        .values = {.id = picture_id(mask),
                                                   .data = values,
                                                   .n_slices = 1,
                                                   .n_rows = CELLS,
                                                   .n_columns = CELLS},
                                        .rows = CELLS,
                                        .columns = CELLS,
                                        .high = 1};
    for (int i = 0; i < HEED_PALETTE_STOPS; i++) {
        heatmap.palette.stops[i] =
            heed_color_mix(forbidden, allowed, (float)i / (HEED_PALETTE_STOPS - 1));
    }
    heed_list_heatmap(list, heatmap);
}

/* A button that makes the width smaller or larger by one. */
static void draw_step(const struct controls *controls, float cx, float cy, bool up)
{
    const struct heed_skin *skin = &controls->lab->skin;
    const float s = controls->s;
    const int width = controls->state->variant.mask.width;
    const bool ends = up ? width >= HEED_MASK_MOST_WIDTH : width <= HEED_MASK_LEAST_WIDTH;
    const struct heed_target target =
        heed_command_target(up ? HEED_COMMAND_MASK_WIDER : HEED_COMMAND_MASK_NARROWER, 0);
    const struct heed_rect rect = {roundf(cx - STEP * s / 2), roundf(cy - STEP * s / 2), STEP * s,
                                   STEP * s};
    heed_widget_button(skin, rect, HEED_ICON_NONE, up ? "+" : "\xE2\x88\x92", false, ends, target);
}

static float picture_side(const struct controls *controls)
{
    return (heed_frame_is_projected(controls->lab->frame) ? PICTURE_PROJECTED
            : controls->lab->low                          ? PICTURE_LOW
                                                          : PICTURE) *
           controls->s;
}

static float card_height(const struct controls *controls)
{
    return picture_side(controls) + (controls->lab->low ? 56 : 70) * controls->s;
}

static void draw_card_ground(const struct controls *controls, struct heed_rect card,
                             struct heed_target target, bool chosen, bool can)
{
    const struct heed_skin *skin = &controls->lab->skin;
    const struct heed_theme *theme = skin->theme;
    const bool hot = can && heed_target_equal(skin->hot, target);
    heed_list_box(skin->list, card, 8 * controls->s,
                  !can  ? theme->panel
                  : hot ? theme->hover
                        : theme->raised,
                  chosen ? 2 * controls->s : skin->hairline, chosen ? theme->ink : theme->border);
    heed_list_hotspot(skin->list, card);
}

static void draw_card(const struct controls *controls, enum heed_mask_kind kind,
                      struct heed_rect card)
{
    static const char *const names[] = {"Full", "Causal", "Local window", "Strided",
                                        "A \xE2\x86\x94 B only"};
    const struct heed_lab *lab = controls->lab;
    const struct heed_skin *skin = &lab->skin;
    const struct heed_theme *theme = skin->theme;
    const float s = controls->s, cx = card.x + card.w / 2;
    const bool can = kind != HEED_MASK_CROSS || controls->state->pair != NULL;
    const bool chosen = controls->state->variant.mask.kind == kind;
    const struct heed_mask mask = mask_of(controls, kind);
    const struct heed_target target = heed_command_target(HEED_COMMAND_MASK, (int32_t)kind);
    const float side = picture_side(controls), top = (lab->low ? 11 : 14) * s;
    const struct heed_rect picture = {roundf(cx - side / 2), roundf(card.y + top), side, side};
    const struct heed_color ground = theme->sunken;
    const struct heed_color seen = chosen ? theme->ink : theme->muted;
    skin->list->target = can ? target : (struct heed_target){.kind = HEED_TARGET_BLOCK};
    draw_card_ground(controls, card, target, chosen, can);
    draw_picture(controls, mask, picture, can ? seen : heed_color_mix(ground, seen, 0.4F), ground);
    char rule[64];
    put_rule(mask, can, rule, sizeof(rule));
    const float cy = picture.y + side + (lab->low ? 14 : 18) * s;
    heed_widget_text(skin, cx, cy, heed_widget_style(&lab->skin, 15, chosen ? 600 : 500),
                     HEED_ANCHOR_MIDDLE, can ? theme->text : theme->muted, names[kind],
                     card.w - 8 * s);
    const struct heed_text_style style = heed_widget_style(&lab->skin, 13, 400);
    const float width = heed_formula_width(skin, style, rule);
    heed_formula_draw(skin, fmaxf(cx - width / 2, card.x + 4 * s), cy + (lab->low ? 18 : 20) * s,
                      style, theme->muted, rule, card.w - 8 * s);
    skin->list->target = (struct heed_target){0};
    if (chosen && heed_mask_has_width(kind)) {
        const float off = (side + STEP * s) / 2 + 6 * s;
        const float y = picture.y + side / 2;
        draw_step(controls, cx - off, y, false);
        draw_step(controls, cx + off, y, true);
    }
    heed_widget_ring(skin, card, target, 0, 8 * s);
}

/* In one row, or in two where they would be narrower than they may be. */
static void put_cards(struct controls *controls)
{
    const float s = controls->s;
    const float least = (N_CARDS * LEAST_CARD + (N_CARDS - 1) * 4) * s;
    const int columns = controls->width >= least ? N_CARDS : (N_CARDS + 1) / 2;
    const bool tight = columns == N_CARDS && controls->width < 680 * s;
    const float gap = (controls->width >= 860 * s ? 16 : tight ? 4 : 12) * s;
    const float w =
        fminf(floorf((controls->width - (float)(columns - 1) * gap) / (float)columns), CARD * s);
    const float h = card_height(controls);
    for (int i = 0; controls->draw && i < N_CARDS; i++) {
        const float x = controls->x + (float)(i % columns) * (w + gap);
        const float y = controls->y + (float)(i / columns) * (h + gap);
        draw_card(controls, (enum heed_mask_kind)i,
                  (struct heed_rect){roundf(x), roundf(y), roundf(w), roundf(h)});
    }
    controls->y += columns < N_CARDS ? 2 * h + gap : h;
}

static void put_title(struct controls *controls)
{
    const struct heed_lab *lab = controls->lab;
    const float s = controls->s, button = 72 * s;
    const float height = (lab->low ? 44 : 56) * s;
    const float cy = controls->y + (lab->low ? 22 : 32) * s;
    if (controls->draw) {
        const float end = controls->x + controls->width - button;
        heed_lab_title(lab, controls->x, cy, end - 12 * s, "Mask",
                       "which keys a query may see, in every layer and head");
        heed_widget_button(
            &lab->skin, (struct heed_rect){roundf(end), roundf(cy - 14 * s), button, 28 * s},
            HEED_ICON_NONE, "Reset", false, heed_state_count_off(controls->state) == 0,
            heed_command_target(HEED_COMMAND_UNMUTE, 0));
    }
    controls->y += height;
}

/* --- rows of choices and chips --- */

enum { POSITIONS, ATTENTION, HEADS, LINKS, N_GROUPS };

static const char *const positions[] = {"Learned", "Off", "Sinusoidal"};
static const char *const attentions[] = {"Softmax", "Linear", "Flash"};
static const char flash_note[] = "flash: same numbers";

static float title_width(const struct controls *controls)
{
    static const char widest[] = "Positions";
    return fmaxf(heed_text_width(controls->lab->skin.metrics,
                                 heed_widget_style(&controls->lab->skin, 15, 600), widest,
                                 sizeof(widest) - 1) +
                     12 * controls->s,
                 TITLES * controls->s);
}

/* px that a group needs at least. */
static float group_width(const struct controls *controls, int group)
{
    const struct heed_skin *skin = &controls->lab->skin;
    const float title = title_width(controls), s = controls->s;
    return title + (group == POSITIONS   ? heed_widget_segments_width(skin, positions, 3)
                    : group == ATTENTION ? heed_widget_segments_width(skin, attentions, 3)
                                         : 230 * s);
}

static void draw_segments(const struct controls *controls, float x, float end, float cy,
                          bool is_attention)
{
    const struct heed_lab *lab = controls->lab;
    const struct heed_variant *variant = &controls->state->variant;
    const enum heed_command command =
        is_attention ? HEED_COMMAND_ATTENTION : HEED_COMMAND_POSITIONS;
    const char *const *labels = is_attention ? attentions : positions;
    const float s = controls->s;
    struct heed_target targets[3];
    for (int i = 0; i < 3; i++) {
        targets[i] = heed_command_target(command, i);
    }
    const float w = heed_widget_segments_width(&lab->skin, labels, 3);
    heed_widget_segments(
        &lab->skin, (struct heed_rect){roundf(x), roundf(cy - ROW * s / 2), w, ROW * s}, labels, 3,
        is_attention ? (int)variant->attention : (int)variant->positions, targets);
    const struct heed_text_style style = heed_widget_style(&lab->skin, 13, 400);
    const float note =
        heed_text_width(lab->skin.metrics, style, flash_note, sizeof(flash_note) - 1);
    if (is_attention && x + w + 12 * s + note <= end) {
        heed_widget_text(&lab->skin, x + w + 12 * s, cy, style, HEED_ANCHOR_START,
                         lab->frame->theme->muted, flash_note, 0);
    }
}

/* Which of what is off are heads, and which are links. */
static void find_chips(const struct heed_state *state, bool links, int *first, int *n)
{
    const int count = heed_state_count_off(state);
    *first = *n = 0;
    for (int i = 0; i < count; i++) {
        struct heed_off off;
        heed_state_get_off(state, i, &off);
        const bool is_head = off.kind == HEED_OFF_MUTED || off.kind == HEED_OFF_SCALED;
        if (links ? off.kind == HEED_OFF_CUT : is_head) {
            *first = *n == 0 ? i : *first;
            (*n)++;
        }
    }
}

static void draw_chips(const struct controls *controls, float x, float end, float cy, bool links)
{
    const struct heed_lab *lab = controls->lab;
    const float s = controls->s, size = 28 * s;
    struct heed_off_chips chips = {.skin = &lab->skin,
                                   .state = controls->state,
                                   .result = lab->result,
                                   .x = x,
                                   .end = end - size - 8 * s,
                                   .cy = cy};
    find_chips(controls->state, links, &chips.first, &chips.n);
    x = heed_off_chips_draw(&chips);
    heed_widget_icon_button(
        &lab->skin, (struct heed_rect){roundf(x), roundf(cy - size / 2), size, size},
        HEED_ICON_PLUS, false,
        heed_command_target(links ? HEED_COMMAND_CUT_MENU : HEED_COMMAND_MUTE_MENU, 0));
    if (chips.n == 0) {
        heed_widget_left(&lab->skin, x + size + 6 * s, cy, 13, 400, lab->frame->theme->muted,
                         links ? "none is cut" : "none is muted or scaled",
                         fmaxf(end - x - size - 6 * s, 1));
    }
}

static void draw_group(const struct controls *controls, int group, float x, float end)
{
    static const char *const titles[] = {"Positions", "Attention", "Heads", "Links"};
    const struct heed_lab *lab = controls->lab;
    const float cy = roundf(controls->y + ROW * controls->s / 2);
    heed_widget_left(&lab->skin, x, cy, 15, 600, lab->frame->theme->text, titles[group], 0);
    x += title_width(controls);
    if (group == POSITIONS || group == ATTENTION) {
        draw_segments(controls, x, end, cy, group == ATTENTION);
    } else {
        draw_chips(controls, x, end, cy, group == LINKS);
    }
}

/* Two groups side by side where there is room, the second one at the middle. */
static void put_groups(struct controls *controls, int first)
{
    const float s = controls->s, end = controls->x + controls->width;
    const float pitch = (controls->lab->low ? 38 : 46) * s;
    const float wanted = controls->x + group_width(controls, first) + 24 * s;
    const float x = fmaxf(controls->x + roundf((controls->width + 24 * s) / 2), wanted);
    const float most = end - group_width(controls, first + 1);
    const bool together = fminf(x, most) >= wanted - 12 * s;
    const float second = together ? fmaxf(fminf(x, most), wanted - 12 * s) : controls->x;
    if (controls->draw) {
        draw_group(controls, first, controls->x, together ? second - 16 * s : end);
    }
    controls->y += together ? 0 : pitch;
    if (controls->draw) {
        draw_group(controls, first + 1, second, end);
    }
    controls->y += pitch;
}

float heed_lab_controls(const struct heed_lab *lab, bool draw)
{
    const float s = lab->s;
    struct controls controls = {.lab = lab,
                                .state = lab->frame->state,
                                .s = s,
                                .x = lab->controls.x + lab->pad,
                                .width = lab->controls.w - 2 * lab->pad,
                                .y = lab->controls.y,
                                .draw = draw};
    const bool projected = heed_frame_is_projected(lab->frame);
    if (projected) {
        controls.y += 8 * s;
    } else {
        put_title(&controls);
    }
    put_cards(&controls);
    controls.y += (projected ? 4 : lab->low ? 10 : 18) * s;
    put_groups(&controls, POSITIONS);
    if (!projected || heed_state_count_off(controls.state) > 0) {
        put_groups(&controls, HEADS);
    }
    return roundf(controls.y - lab->controls.y);
}

/* What is chosen, in one line or, where that has no room, in two; returns how many. */
static int put_words(const struct heed_lab *lab, float x, float cy, float room, bool draw)
{
    const struct heed_variant *variant = &lab->result->variant;
    const struct heed_text_style style = heed_widget_style(&lab->skin, 14, 600);
    const struct heed_color color = lab->frame->theme->text;
    char mask[160], others[96], all[256], rule[64];
    put_rule(variant->mask, true, rule, sizeof(rule));
    snprintf(mask, sizeof(mask), "%s mask (%s),", heed_mask_kind_name(variant->mask.kind), rule);
    snprintf(others, sizeof(others), "positions %s, %s attention",
             heed_positions_name(variant->positions), heed_attention_name(variant->attention));
    mask[0] = (char)(mask[0] >= 'a' && mask[0] <= 'z' ? mask[0] - 32 : mask[0]);
    snprintf(all, sizeof(all), "%s %s", mask, others);
    const bool one = heed_formula_width(&lab->skin, style, all) <= room;
    if (draw) {
        heed_formula_draw(&lab->skin, x, cy, style, color, one ? all : mask, room);
    }
    if (draw && !one) {
        heed_formula_draw(&lab->skin, x, cy + WORDS_LINE * lab->s, style, color, others, room);
    }
    return one ? 1 : 2;
}

float heed_lab_words(const struct heed_lab *lab, bool draw)
{
    const struct heed_theme *theme = lab->frame->theme;
    const float s = lab->s, x = lab->controls.x + lab->pad, side = 40 * s;
    const float y = lab->controls.y, left = x + side + 10 * s;
    const float room = lab->controls.x + lab->controls.w - lab->pad - left;
    struct heed_state state = *lab->frame->state;
    state.variant = lab->result->variant;
    const struct controls controls = {.lab = lab, .state = &state, .s = s};
    const int lines = put_words(lab, left, y + 12 * s, room, draw);
    if (draw) {
        draw_picture(&controls, state.variant.mask, (struct heed_rect){x, y + 2 * s, side, side},
                     theme->ink, theme->sunken);
        /* What is changed besides stands in the provisos. */
        heed_widget_left(
            &lab->skin, left, y + (31 + WORDS_LINE * (float)(lines - 1)) * s, 13, 400, theme->muted,
            lab->result->plain == NULL       ? "Nothing is changed: as it was trained."
            : heed_off_is_exact(lab->result) ? "The same numbers as trained, to rounding."
                                             : "The model wasn\xE2\x80\x99t trained that way.",
            room);
    }
    return (52 + WORDS_LINE * (float)(lines - 1)) * s;
}
