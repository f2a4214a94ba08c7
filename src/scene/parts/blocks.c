#include "scene/parts/blocks.h"

#include "scene/frame/shown.h"
#include "scene/widgets/label.h"

enum { MOST_LINES = 64 };

/* In em. */
static const float edge = 0.35F, line_room = 1.4F;

void heed_blocks_begin(struct heed_blocks *blocks, const struct heed_skin *skin,
                       struct heed_rect page)
{
    blocks->skin = *skin;
    blocks->em = HEED_EXPORT_TYPE * skin->scale;
    blocks->rect = (struct heed_rect){page.x + edge * blocks->em, page.y,
                                      page.w - 2 * edge * blocks->em, page.h};
}

float heed_blocks_line(const struct heed_blocks *blocks)
{
    return line_room * blocks->em;
}

float heed_blocks_text(const struct heed_blocks *blocks, float x, float y, float width,
                       struct heed_color color, const char *text)
{
    struct heed_skin skin = blocks->skin;
    const float pitch = heed_blocks_line(blocks);
    skin.list = blocks->draws ? skin.list : NULL;
    return pitch * (float)heed_text_wrapped(&skin, x, y + pitch / 2, pitch,
                                            heed_widget_style(&skin, HEED_EXPORT_TYPE, 400), color,
                                            text, width, MOST_LINES);
}
