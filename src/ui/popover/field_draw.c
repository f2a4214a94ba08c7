#include "ui/popover/field_draw.h"

#include "scene/field/textfield_draw.h"
#include "ui/popover/popover.h"
#include "ui/window/fields.h"

void heed_popover_draw_field(struct heed_ui *ui, const struct heed_skin *skin, struct heed_rect r,
                             const char *hint)
{
    struct heed_textfield *field = &ui->popover.field;
    const float s = heed_ui_scale(ui);
    struct heed_rect inner = r;
    inner.x += 12.0F * s;
    inner.w -= 24.0F * s;
    ui->popover.inner = inner;
    const struct heed_textfield_look look = {.rect = r,
                                             .inner = inner,
                                             .style = heed_popover_field_style(ui),
                                             .theme = skin->theme,
                                             .scale = s,
                                             .focused = ui->focused_field == HEED_UI_FIELD_POPOVER,
                                             .caret_on = heed_ui_caret_on(ui, NULL),
                                             .hint = hint,
                                             .kept = field->text.size};
    struct heed_rect caret = {0};
    heed_textfield_draw(field, skin->list, &look, skin->metrics, &caret);
    if (look.focused) {
        ui->caret = caret;
    }
    heed_list_spot(skin->list, r,
                   (struct heed_target){.kind = HEED_TARGET_TEXT_FIELD,
                                        .flags = HEED_TARGET_FLAG_POPOVER,
                                        .a = HEED_UI_FIELD_POPOVER});
}
