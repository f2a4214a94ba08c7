#include "scene/chrome/chrome.h"

#include "scene/chrome/canvas.h"
#include "scene/chrome/inspector_panel.h"
#include "scene/chrome/lesson.h"
#include "scene/chrome/note.h"
#include "scene/chrome/projector.h"
#include "scene/chrome/rail.h"
#include "scene/chrome/status.h"
#include "scene/chrome/strip.h"
#include "scene/chrome/tab_row.h"
#include "scene/chrome/text_row.h"
#include "scene/frame/shown.h"

void heed_chrome_draw(struct heed_chrome *chrome)
{
    if (chrome->lesson.page) {
        heed_lesson_page_draw(chrome);
    } else if (chrome->lesson.asked && heed_frame_get_maps(&chrome->frame) != NULL) {
        heed_lesson_question_draw(chrome);
        heed_lesson_veil_draw(chrome);
    } else {
        heed_canvas_draw(chrome);
        heed_rail_draw(chrome);
        heed_inspector_draw(chrome);
    }
    heed_message_draw(chrome);
    if (chrome->layout.text_row.w > 0) {
        heed_text_row_draw(chrome);
    }
    if (chrome->layout.tab_row.w > 0) {
        heed_tab_row_draw(chrome);
        heed_note_draw(chrome);
        heed_strip_draw(chrome);
    }
    heed_status_draw(chrome);
    heed_lesson_answer_draw(chrome);
    if (chrome->lesson.lesson != NULL) {
        heed_lesson_band_draw(chrome);
        heed_lesson_rings_draw(chrome);
    } else {
        heed_projector_draw(chrome);
    }
    heed_text_over_draw(chrome);
}
