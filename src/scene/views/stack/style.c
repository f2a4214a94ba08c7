#include "scene/views/stack/style.h"

enum { EXPORT_BASE = 15, EXPORT_TYPE = 12, MOST_ROW = 96 };

struct heed_text_style heed_stack_style(const struct heed_stack_view *view, float size, int weight)
{
    return heed_widget_style(&view->skin, view->frame->is_export ? EXPORT_TYPE : size, weight);
}
