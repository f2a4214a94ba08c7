#include "scene/chrome/file_field.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "scene/frame/shown.h"
#include "scene/widgets/icons.h"
#include "scene/widgets/target.h"

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash != NULL ? slash + 1 : path;
}

/* "11 tokens"; "": not known yet. */
static void say_sizes(const struct heed_frame *frame, bool second, char *text, size_t size)
{
    const struct heed_comparison *comparison = heed_frame_get_comparison(frame);
    const struct heed_result *result = !second              ? frame->result
                                       : comparison != NULL ? comparison->result
                                                            : NULL;
    text[0] = '\0';
    if (heed_frame_get_maps(frame) != NULL && result != NULL && result->file != NULL) {
        const int n = result->encoding->n_queries;
        if (n > 0 && result->part == HEED_PART_CROSS) {
            snprintf(text, size, "%d decoder tokens, %d encoder tokens", n,
                     result->encoding->n_tokens - n);
        } else if (n > 0) {
            snprintf(text, size, "%d queries, %d keys", n, result->encoding->n_tokens - n);
        } else {
            snprintf(text, size, "%d tokens", result->encoding->n_tokens);
        }
    }
}

/* "A" or "B" in Compare, else the sign of a file; returns what it takes. */
static float draw_sign(const struct heed_chrome *chrome, struct heed_rect field, bool second)
{
    const struct heed_skin *skin = &chrome->skin;
    const float s = skin->scale, cy = field.y + field.h / 2;
    if (chrome->layout.lettered) {
        heed_widget_left(skin, field.x + 14 * s, cy, 14, 600, skin->theme->muted,
                         second ? "B" : "A", 0);
        return 38 * s;
    }
    heed_widget_icon(skin, HEED_ICON_FILE, field.x + 22 * s, cy, skin->theme->text);
    return 42 * s;
}

void heed_file_field_draw(const struct heed_chrome *chrome, bool second)
{
    const struct heed_frame *frame = &chrome->frame;
    const struct heed_skin *skin = &chrome->skin;
    const struct heed_theme *theme = skin->theme;
    const struct heed_rect field = second ? chrome->layout.pair_field : chrome->layout.field;
    const struct heed_target target = heed_command_target(HEED_COMMAND_OPEN, second);
    const float s = skin->scale, cy = field.y + field.h / 2;
    const float size = 28 * s;
    float right = field.x + field.w - 8 * s - size;
    char sizes[96];
    frame->list->target = target;
    heed_list_box(frame->list, field, 8 * s,
                  heed_target_equal(skin->hot, target) ? theme->hover : theme->raised,
                  frame->hairline, theme->strong_border);
    heed_list_hotspot(frame->list, field);
    frame->list->target = (struct heed_target){0};
    heed_widget_ring(skin, field, target, 8 * s, 3 * s);
    heed_widget_icon_button(skin, (struct heed_rect){right, roundf(cy - size / 2), size, size},
                            second ? HEED_ICON_OPEN : HEED_ICON_CLOSE, false,
                            second ? target : heed_command_target(HEED_COMMAND_CLOSE_FILE, 0));
    right -= 8 * s;
    say_sizes(frame, second, sizes, sizeof(sizes));
    right -= heed_widget_right(skin, right, cy, 13, 400, theme->muted, sizes, 0) + 16 * s;
    float x = field.x + draw_sign(chrome, field, second);
    x += heed_widget_left(skin, x, cy, 20, 400, theme->text,
                          base_name(second ? frame->state->compare : frame->state->file),
                          fmaxf(right - x, 1)) +
         16 * s;
    const char *kind = "attention file, read only";
    if (x + heed_widget_width(skin, heed_widget_style(skin, 14, 400), kind) <= right) {
        heed_widget_left(skin, x, cy, 14, 400, theme->muted, kind, 0);
    }
}

struct parts {
    const char *labels[HEED_N_PART_KINDS];
    struct heed_target targets[HEED_N_PART_KINDS];
    int n, active;
};

static struct parts find_parts(const struct heed_frame *frame)
{
    static const char *const names[HEED_N_PART_KINDS] = {"Self", "Encoder", "Decoder", "Cross"};
    const struct heed_result *result = frame->result;
    struct parts parts = {.active = -1};
    for (int i = 0; result != NULL && i < HEED_N_PART_KINDS; i++) {
        if (result->parts >> i & 1) {
            parts.active = (int)result->part == i ? parts.n : parts.active;
            parts.labels[parts.n] = names[i];
            parts.targets[parts.n++] = heed_command_target(HEED_COMMAND_PART, i);
        }
    }
    return parts;
}

float heed_file_parts_width(const struct heed_chrome *chrome)
{
    const struct parts parts = find_parts(&chrome->frame);
    return parts.n > 1 ? heed_widget_segments_width(&chrome->skin, parts.labels, parts.n) +
                             16 * chrome->frame.scale
                       : 0;
}

float heed_file_parts_draw(const struct heed_chrome *chrome, float left, float x)
{
    const struct parts parts = find_parts(&chrome->frame);
    const struct heed_rect row = chrome->layout.tab_row;
    const float gap = 16 * chrome->frame.scale, h = 32 * chrome->frame.scale;
    const float w = heed_file_parts_width(chrome) - gap;
    if (parts.n < 2 || x - w < left) {
        return x;
    }
    heed_widget_segments(&chrome->skin,
                         (struct heed_rect){roundf(x - w), roundf(row.y + row.h / 2 - h / 2), w, h},
                         parts.labels, parts.n, parts.active, parts.targets);
    return roundf(x - w) - gap;
}
