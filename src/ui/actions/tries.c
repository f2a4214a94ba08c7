#include "ui/actions/tries.h"

#include <string.h>

#include "core/text/names.h"
#include "lesson/enter.h"
#include "scene/chrome/chrome.h"
#include "ui/actions/lesson.h"
#include "ui/actions/story.h"
#include "ui/popover/examples.h"
#include "ui/window/document.h"
#include "ui/window/fields.h"
#include "ui/window/hover.h"
#include "ui/window/pins.h"
#include "ui/window/window.h"

enum { POINT, TYPE, LESSON, ALL = (1 << HEED_N_TRIES) - 1 };

static const char old_word[] = "tired";

/* Another word than the story's is looked at. */
static bool has_pointed(const struct heed_ui *ui)
{
    const struct heed_pin own = ui->told_query;
    const struct heed_pin now = ui->now.state.query;
    const struct heed_target hot = ui->pointer.hot;
    const bool points =
        (hot.kind == HEED_TARGET_QUERY || hot.kind == HEED_TARGET_KEY) && hot.a != own.first;
    return own.count > 0 && (points || (now.count > 0 && now.first != own.first));
}

static bool has_typed(const struct heed_ui *ui)
{
    return ui->told_query.count > 0 && strstr(ui->now.state.text, old_word) == NULL;
}

void heed_ui_follow_tries(struct heed_ui *ui)
{
    const unsigned done = (unsigned)has_pointed(ui) << POINT | (unsigned)has_typed(ui) << TYPE |
                          (unsigned)(ui->lesson.at >= 0 || ui->lesson.page) << LESSON;
    if (!heed_ui_has_hint(ui)) {
        return;
    }
    ui->tried |= done;
    if (ui->tried == ALL) {
        heed_ui_close_note(ui);
    }
}

void heed_ui_get_tries(const struct heed_ui *ui, struct heed_tries *tries)
{
    *tries = (struct heed_tries){.shown = heed_ui_has_hint(ui) && heed_ui_get_example(ui) == NULL &&
                                          heed_ui_hint_is_card(ui),
                                 .done = ui->tried};
    if (tries->shown) {
        tries->lesson = ui->lesson.items[0].title;
        tries->steps = ui->lesson.items[0].n_steps;
        tries->minutes = ui->lesson.items[0].minutes;
    }
}

void heed_ui_ask_for_hint(struct heed_ui *ui, int32_t argument)
{
    (void)argument;
    heed_ui_show_hint(ui);
    if (!heed_ui_has_hint(ui)) {
        heed_ui_say(ui, false, "the three things are of a text: Ctrl+W closes the file");
    }
}

/* The word that looks most like the story's end: the caret stands in it, and it is chosen. */
static void choose_word(struct heed_ui *ui)
{
    const char *at = strstr(ui->now.state.text, old_word);
    heed_ui_focus_field(ui, HEED_UI_FIELD_TEXT);
    if (at != NULL) {
        struct heed_textfield *field = &ui->fields[HEED_UI_FIELD_TEXT];
        field->anchor = (size_t)(at - ui->now.state.text);
        field->caret = field->anchor + strlen(old_word);
    }
    heed_ui_touch(ui);
}

static void pin_animal(struct heed_ui *ui)
{
    struct heed_named named = {0};
    if (ui->result != NULL && ui->tokenizer != NULL &&
        heed_names_find(ui->tokenizer, ui->result->encoding, "animal", &named, NULL)) {
        heed_ui_pin_query(ui, (struct heed_pin){.first = named.first, .count = named.count});
    }
}

void heed_ui_try(struct heed_ui *ui, int32_t argument)
{
    if (argument == POINT + 1) {
        pin_animal(ui);
    } else if (argument == TYPE + 1) {
        choose_word(ui);
    } else if (argument == LESSON + 1) {
        heed_ui_start_lesson(ui, 1);
    }
    ui->tried |= argument == TYPE + 1 ? 0 : 1U << (argument - 1);
    heed_ui_touch(ui);
}

void heed_ui_reset(struct heed_ui *ui, int32_t argument)
{
    struct heed_state first;
    (void)argument;
    if (!heed_state_init(&first, NULL)) {
        return;
    }
    heed_lesson_keep_look(&first, &ui->now.state);
    const bool ok = heed_ui_set_state(ui, &first, true, NULL);
    heed_state_finish(&first);
    if (!ok) {
        heed_ui_say(ui, true, "out of memory: nothing was changed");
        return;
    }
    heed_ui_lesson_forget(ui);
    ui->tried = 0;
    ui->story = true;
    heed_ui_tell_story(ui);
    heed_ui_show_hint(ui);
}
