#include "scene/views/needs.h"

#include <stdio.h>
#include <string.h>

#include "base/compiler.h"
#include "scene/frame/shown.h"
#include "scene/frame/two_models.h"
#include "scene/panels/panels.h"
#include "scene/parts/head_values.h"
#include "scene/views/views.h"
#include "scene/widgets/target.h"

static const unsigned measure_needs[] = {
    [HEED_MEASURE_WEIGHT] = 0,
    [HEED_MEASURE_VALUE_NORM] = HEED_LACKS_VALUE_NORMS,
    [HEED_MEASURE_ROLLOUT] = HEED_LACKS_ONE_AXIS,
};

/* Of those whose argument doesn't matter. */
static const struct {
    enum heed_command command;
    unsigned needs;
} all[] = {
    {HEED_COMMAND_RUN, HEED_LACKS_MODEL},          {HEED_COMMAND_FOCUS_TEXT, HEED_LACKS_MODEL},
    {HEED_COMMAND_FOCUS_SECOND, HEED_LACKS_MODEL}, {HEED_COMMAND_PAIR, HEED_LACKS_MODEL},
    {HEED_COMMAND_MUTE, HEED_LACKS_MODEL},         {HEED_COMMAND_MUTE_MENU, HEED_LACKS_MODEL},
    {HEED_COMMAND_SCALE_HEAD, HEED_LACKS_MODEL},   {HEED_COMMAND_FACTOR, HEED_LACKS_MODEL},
    {HEED_COMMAND_FACTOR_DOWN, HEED_LACKS_MODEL},  {HEED_COMMAND_FACTOR_UP, HEED_LACKS_MODEL},
    {HEED_COMMAND_CUT, HEED_LACKS_MODEL},          {HEED_COMMAND_CUT_MENU, HEED_LACKS_MODEL},
    {HEED_COMMAND_MASK, HEED_LACKS_MODEL},         {HEED_COMMAND_MASK_NARROWER, HEED_LACKS_MODEL},
    {HEED_COMMAND_MASK_WIDER, HEED_LACKS_MODEL},   {HEED_COMMAND_POSITIONS, HEED_LACKS_MODEL},
    {HEED_COMMAND_ATTENTION, HEED_LACKS_MODEL},    {HEED_COMMAND_HIDE_SPECIAL, HEED_LACKS_SPECIAL},
    {HEED_COMMAND_WORDS, HEED_LACKS_WORDS},
};

unsigned heed_command_needs(enum heed_command command, int32_t argument)
{
    if (command == HEED_COMMAND_VIEW) {
        return heed_view_get_kind((enum heed_view)argument)->needs;
    }
    if (command == HEED_COMMAND_PANEL && argument != HEED_PANEL_NONE) {
        return heed_panel_get_kind((enum heed_panel)argument)->needs;
    }
    if (command == HEED_COMMAND_MEASURE) {
        return measure_needs[argument];
    }
    if ((command == HEED_COMMAND_COMPARE_MAP && argument == HEED_COMPARE_LAYERS + 1) ||
        (command == HEED_COMMAND_COMPARE_TAB && argument == 3)) {
        return HEED_LACKS_STATES;
    }
    if (command == HEED_COMMAND_COLOR_BY && argument > 0) {
        return heed_color_by_needs((enum heed_color_by)(argument - 1));
    }
    if (command == HEED_COMMAND_HEADS_ORDER && argument > HEED_ORDER_MEASURE) {
        return heed_color_by_needs((enum heed_color_by)(argument - 1 - HEED_ORDER_MEASURE));
    }
    for (size_t i = 0; i < HEED_COUNT(all); i++) {
        if (all[i].command == command) {
            return all[i].needs;
        }
    }
    return 0;
}

unsigned heed_command_lacks(const struct heed_result *result, enum heed_command command,
                            int32_t argument)
{
    return result ? result->lacks & heed_command_needs(command, argument) : 0;
}

struct heed_target heed_needy_target(const struct heed_result *result, enum heed_command command,
                                     int32_t argument)
{
    struct heed_target target = heed_command_target(command, argument);
    target.flags = heed_command_lacks(result, command, argument) ? HEED_TARGET_FLAG_LACKS : 0;
    return target;
}

static bool draws_links(const struct heed_view_kind *kind, const struct heed_state *state)
{
    return state->panel == HEED_PANEL_NONE &&
           (kind->draws_links || (kind->links_by_mode && state->heads_mode == HEED_HEADS_LINKS));
}

static bool averages(const struct heed_view_kind *kind, const struct heed_state *state)
{
    return state->panel == HEED_PANEL_NONE && kind->averages;
}

/* "Links, Arcs": where it does something. */
static void put_where(char *text, size_t size, bool of_links)
{
    for (int i = 0; i < HEED_N_VIEWS; i++) {
        const struct heed_view_kind *kind = heed_view_get_kind((enum heed_view)i);
        if (of_links ? kind->draws_links || kind->links_by_mode : kind->averages) {
            const size_t used = strlen(text);
            snprintf(text + used, size - used, "%s%s%s", used > 0 ? ", " : "",
                     heed_view_name((enum heed_view)i),
                     of_links && kind->links_by_mode ? " as links" : "");
        }
    }
}

bool heed_command_is_idle(const struct heed_view_kind *kind, const struct heed_state *state,
                          const struct heed_result *result, int command, char *why, size_t size)
{
    const bool of_links = command != HEED_COMMAND_AGGREGATE;
    char where[120] = "";
    switch (command) {
    case HEED_COMMAND_THRESHOLD_UP:
    case HEED_COMMAND_THRESHOLD_DOWN:
    case HEED_COMMAND_TOP_P_UP:
    case HEED_COMMAND_TOP_P_DOWN:
    case HEED_COMMAND_TOP_K_UP:
    case HEED_COMMAND_TOP_K_DOWN:
    case HEED_COMMAND_SEGMENTS:
        if (draws_links(kind, state)) {
            return false;
        }
        break;
    case HEED_COMMAND_AGGREGATE:
        if (averages(kind, state)) {
            return false;
        }
        break;
    case HEED_COMMAND_WORDS:
        if (heed_state_compares(state) && heed_compares_whole_words(result)) {
            if (why != NULL) {
                snprintf(why, size, "The two vocabularies differ: whole words are compared.");
            }
            return true;
        }
        return false;
    default:
        return false;
    }
    if (why != NULL) {
        put_where(where, sizeof where, of_links);
        snprintf(why, size, "Nothing here for it to do: %s. It acts in %s.",
                 of_links ? "no links are drawn" : "each head stands for itself", where);
    }
    return true;
}

bool heed_merges_words(const struct heed_frame *frame)
{
    return frame->state->filter.words ||
           heed_command_is_idle(frame->kind, frame->state, frame->result, HEED_COMMAND_WORDS, NULL,
                                0);
}

bool heed_slider_is_idle(const struct heed_view_kind *kind, const struct heed_state *state,
                         int slider, char *why, size_t size)
{
    return slider != HEED_SLIDER_HEAT && /* the others choose links */
           heed_command_is_idle(kind, state, NULL, HEED_COMMAND_THRESHOLD_UP, why, size);
}

static void add(char *text, size_t size, const char *name)
{
    const size_t used = strlen(text);
    snprintf(text + used, size - used, "%s%s", used > 0 ? ", " : "", name);
}

void heed_absence_opens(unsigned absence, char *text, size_t size)
{
    text[0] = '\0';
    for (int i = 0; i < HEED_N_VIEWS; i++) {
        if (heed_view_get_kind((enum heed_view)i)->needs & absence) {
            add(text, size, heed_view_name((enum heed_view)i));
        }
    }
    for (int i = HEED_PANEL_NONE + 1; i < HEED_N_PANELS; i++) {
        if (heed_panel_get_kind((enum heed_panel)i)->needs & absence) {
            add(text, size, heed_panel_name((enum heed_panel)i));
        }
    }
    for (size_t i = 0; i < HEED_COUNT(measure_needs); i++) {
        if (measure_needs[i] & absence) {
            add(text, size, heed_measure_name((enum heed_measure)i));
        }
    }
    if (absence == HEED_LACKS_MODEL) {
        add(text, size, "typing");
    } else if (absence == HEED_LACKS_WORDS) {
        add(text, size, "Words");
    } else if (absence == HEED_LACKS_SPECIAL) {
        add(text, size, "Hide special tokens");
    }
}
