/* The help's page of words: what each option, measure and number is. */
#ifndef HEED_UI_POPOVER_GLOSSARY_H
#define HEED_UI_POPOVER_GLOSSARY_H

#include "scene/widgets/widgets.h"
#include "ui/window/window.h"

/* Draws it and fills the popover's rect, content and view_height. */
void heed_glossary_draw(struct heed_ui *ui, const struct heed_skin *skin);
/* The help's two pages as segments, at the top of rect; words: this one is open. */
void heed_glossary_draw_pages(const struct heed_skin *skin, struct heed_rect rect, bool words);

#endif
