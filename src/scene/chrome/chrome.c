#include "scene/chrome/chrome.h"

#include "scene/chrome/canvas.h"
#include "scene/chrome/inspector_panel.h"
#include "scene/chrome/note.h"
#include "scene/chrome/projector.h"
#include "scene/chrome/rail.h"
#include "scene/chrome/status.h"
#include "scene/chrome/strip.h"
#include "scene/chrome/tab_row.h"
#include "scene/chrome/text_row.h"

void heed_chrome_draw(struct heed_chrome *chrome)
{
    heed_canvas_draw(chrome);
    heed_rail_draw(chrome);
    heed_inspector_draw(chrome);
    heed_message_draw(chrome);
    if (chrome->layout.text_row.w > 0) {
        heed_text_row_draw(chrome);
        heed_tab_row_draw(chrome);
        heed_note_draw(chrome);
        heed_strip_draw(chrome);
    }
    heed_status_draw(chrome);
    heed_projector_draw(chrome);
    heed_text_over_draw(chrome);
}
