/*
 * The export panel's looks. Inside the ui. One thread.
 */
#ifndef HEED_UI_SHEET_EXPORT_DRAW_H
#define HEED_UI_SHEET_EXPORT_DRAW_H

#include "scene/widgets/target.h"
#include "scene/widgets/widgets.h"
#include "ui/window/window.h"

/* What its parts are drawn with. */
struct heed_sheet {
    struct heed_ui *ui;
    const struct heed_skin *skin;
    const struct heed_theme *theme;
    const struct heed_export_choice *choice;
    float s; /* px a logical px */
};

/* The panel, if it is seen. */
void heed_ui_draw_export(struct heed_ui *ui, const struct heed_skin *skin);

/* Inside: a column's contents from its top on, each returns its height. */
float heed_export_draw_page(const struct heed_sheet *sheet, struct heed_rect column);
float heed_export_draw_controls(const struct heed_sheet *sheet, struct heed_rect column);

static inline struct heed_target heed_export_target(enum heed_export_control control, int value)
{
    return heed_command_target(HEED_COMMAND_EXPORT_SET, heed_export_control(control, value));
}

#endif
