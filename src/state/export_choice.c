#include "state/export_choice.h"

#include <string.h>
#include <strings.h>

#define MM(upper, word, mm, name) mm,
#define NAME(upper, word, mm, name) name,

static const float widths[HEED_N_EXPORT_WIDTHS] = {HEED_EACH_EXPORT_WIDTH(MM)};
static const char *const names[HEED_N_EXPORT_WIDTHS] = {HEED_EACH_EXPORT_WIDTH(NAME) ""};
static const char *const endings[HEED_N_EXPORT_FORMATS] = {"",    "svg",  "pdf", "png",
                                                           "csv", "json", "txt"};

struct heed_export_choice heed_export_choice_default(void)
{
    return (struct heed_export_choice){.format = HEED_EXPORT_PDF,
                                       .width = HEED_EXPORT_WIDTH_AUTO,
                                       .other_mm = 120,
                                       .pt = 8,
                                       .theme = HEED_THEME_PAPER,
                                       .dpi = 300};
}

int heed_export_choice_index(const struct heed_state *state)
{
    return state->panel == HEED_PANEL_NONE ? (int)state->view
                                           : HEED_N_VIEWS + (int)state->panel - 1;
}

const char *heed_export_choice_word(int index)
{
    return index < HEED_N_VIEWS ? heed_view_words[index]
                                : heed_panel_words[index - HEED_N_VIEWS + 1];
}

float heed_export_choice_mm(const struct heed_export_choice *choice)
{
    return choice->width == HEED_EXPORT_WIDTH_OTHER ? choice->other_mm : widths[choice->width];
}

const char *heed_export_width_name(enum heed_export_width width)
{
    return names[width];
}

float heed_export_width_mm(enum heed_export_width width)
{
    return widths[width];
}

const char *heed_export_format_ending(enum heed_export_format format)
{
    return endings[format];
}

bool heed_export_format_is_data(enum heed_export_format format)
{
    return format >= HEED_EXPORT_CSV;
}

enum heed_export_format heed_export_format_of(const char *path)
{
    const char *dot = strrchr(path, '.');
    for (int i = HEED_EXPORT_SVG; dot != NULL && i < HEED_N_EXPORT_FORMATS; i++) {
        if (dot > path && dot[-1] != '/' && strcasecmp(dot + 1, endings[i]) == 0) {
            return (enum heed_export_format)i;
        }
    }
    return HEED_EXPORT_BY_NAME;
}

bool heed_export_is_figure(const struct heed_state *state, const struct heed_export_choice *choice)
{
    return choice->figure && state->view == HEED_VIEW_LINKS && state->panel == HEED_PANEL_NONE &&
           state->query.count > 0 && state->filter.words;
}

bool heed_export_choice_equal(const struct heed_export_choice *a,
                              const struct heed_export_choice *b)
{
    return a->format == b->format && a->width == b->width && a->other_mm == b->other_mm &&
           a->pt == b->pt && a->theme == b->theme && strcmp(a->font, b->font) == 0 &&
           a->figure == b->figure && a->transparent == b->transparent && a->dpi == b->dpi;
}
