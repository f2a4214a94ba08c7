#include "scene/figure/heads.h"

#include <math.h>
#include <string.h>

#include "scene/figure/sheet.h"

enum { MOST_PX = 32000 /* of a page's height */ };

/* In em. */
static const float heading_room = 1.7F, heading_y = 0.75F, panel_gap = 1.5F, line_gap = 1.2F;

bool heed_heads_sheet_wanted(const struct heed_frame *frame)
{
    return frame->is_export && !frame->is_part && frame->kind->panel_a_head &&
           heed_shown_collect(frame).n > 1;
}

static void reset_counts(struct heed_frame *frame)
{
    frame->links_total = frame->links_below = frame->links_left_out = 0;
    frame->mass_left_out = 0;
}

/* The frame with one of its heads alone; its state NULL without memory. */
static struct heed_frame part_of(const struct heed_sheet *sheet, int index)
{
    struct heed_frame part = *sheet->frame;
    struct heed_state *state = heed_arena_alloc(&part.list->arena, sizeof(*state));
    const struct heed_head_id id = sheet->shown.items[index].id;
    part.is_part = true;
    part.columns = 0;
    reset_counts(&part);
    part.state = state;
    if (state == NULL) {
        part.list->failed = true;
        return part;
    }
    *state = *sheet->frame->state;
    for (int i = 0; i < sheet->frame->state->n_shown; i++) {
        if (heed_head_equal(state->shown[i].id, id)) {
            state->shown[0] = state->shown[i];
        }
    }
    state->n_shown = 1;
    state->matrix_head = id;
    return part;
}

static void add_counts(struct heed_frame *frame, const struct heed_frame *part)
{
    frame->links_total += part->links_total;
    frame->links_below += part->links_below;
    frame->links_left_out += part->links_left_out;
    frame->mass_left_out = fmaxf(frame->mass_left_out, part->mass_left_out);
}

static float gap_of(const struct heed_sheet *sheet)
{
    return panel_gap * sheet->em;
}

static float panel_width(const struct heed_sheet *sheet, float width)
{
    const float columns = (float)sheet->columns;
    return (width - (columns - 1) * gap_of(sheet)) / columns;
}

/* Of a line of panels, without its heading. */
static float line_height(const struct heed_sheet *sheet, int first, float width)
{
    float height = 0;
    for (int i = first; i < sheet->shown.n && i < first + sheet->columns; i++) {
        struct heed_frame part = part_of(sheet, i);
        if (part.state != NULL) {
            height = fmaxf(height, ceilf(part.kind->height(&part, width)));
        }
        add_counts(sheet->frame, &part);
    }
    return height;
}

/* Draws, or measures, what the panels share. */
static float share(const struct heed_sheet *sheet, struct heed_rect rect, bool draw)
{
    struct heed_frame part = part_of(sheet, 0);
    const bool any = part.kind->share != NULL && part.state != NULL;
    return any ? line_gap * sheet->em + part.kind->share(&part, rect, draw) : 0;
}

/* Of all panels, without the foot; the frame's counts are of these alone. */
static float panels_height(const struct heed_sheet *sheet, float width)
{
    float height = 0;
    reset_counts(sheet->frame);
    for (int i = 0; i < sheet->shown.n; i += sheet->columns) {
        height += heading_room * sheet->em + line_height(sheet, i, panel_width(sheet, width)) +
                  (i > 0 ? line_gap * sheet->em : 0);
    }
    return height;
}

/* One panel below the other, as far as a file can be so high. */
static bool begin(struct heed_sheet *sheet, struct heed_frame *frame, float width)
{
    if (!heed_sheet_begin(sheet, frame)) {
        return false;
    }
    const int n = sheet->shown.n;
    sheet->has_rings = false;
    sheet->columns = frame->columns < n ? frame->columns : n;
    if (sheet->columns == 0) {
        sheet->columns = 1;
        while (sheet->columns < n && panels_height(sheet, width) > MOST_PX) {
            sheet->columns++;
        }
    }
    return true;
}

float heed_heads_sheet_height(struct heed_frame *frame, float width)
{
    struct heed_sheet sheet;
    if (!begin(&sheet, frame, width)) {
        return 120 * frame->scale;
    }
    return panels_height(&sheet, width) +
           share(&sheet, (struct heed_rect){.w = panel_width(&sheet, width)}, false) +
           heed_sheet_foot_height(&sheet, width - 0.4F * sheet.em);
}

static void draw_panel(const struct heed_sheet *sheet, int index, struct heed_rect rect)
{
    struct heed_frame part = part_of(sheet, index);
    const float em = sheet->em;
    if (part.state == NULL) {
        return;
    }
    const struct heed_head_id id = sheet->shown.items[index].id;
    part.list->target = heed_target_of(HEED_TARGET_HEAD, id.layer, id.head, 0);
    heed_sheet_heading(sheet, index, rect.x + 0.2F * em, rect.y + heading_y * em, false, true);
    part.list->target = (struct heed_target){0};
    rect.y += heading_room * em;
    part.content_width = rect.w;
    part.content_height = 0;
    part.kind->draw(&part, rect);
    if (part.content_width > rect.w + 1 || part.content_height > rect.h + 1) {
        heed_list_lack(part.list, "a head\xE2\x80\x99s panel");
    }
}

void heed_heads_sheet_draw(struct heed_frame *frame, struct heed_rect rect)
{
    struct heed_sheet sheet;
    if (!begin(&sheet, frame, rect.w)) {
        return;
    }
    reset_counts(frame);
    const float width = panel_width(&sheet, rect.w), em = sheet.em;
    float y = rect.y;
    for (int i = 0; i < sheet.shown.n; i += sheet.columns) {
        const float height = line_height(&sheet, i, width);
        for (int k = i; k < sheet.shown.n && k < i + sheet.columns; k++) {
            const float x = rect.x + (float)(k - i) * (width + gap_of(&sheet));
            draw_panel(&sheet, k, (struct heed_rect){x, y, width, height});
        }
        y += heading_room * em + height + line_gap * em;
    }
    y += share(&sheet, (struct heed_rect){rect.x, y, width, 0}, true) - line_gap * em;
    heed_sheet_foot_draw(&sheet, (struct heed_rect){rect.x + 0.2F * em, y, rect.w - 0.4F * em, 0});
}
