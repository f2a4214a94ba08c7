#include "ui/ui.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "scene/panels/panels.h"
#include "scene/parts/pair_large.h"
#include "state/job.h"
#include "ui/actions/story.h"
#include "ui/actions/tasks.h"
#include "ui/actions/tries.h"
#include "ui/commands.h"
#include "ui/input/fields.h"
#include "ui/input/focus.h"
#include "ui/input/keys.h"
#include "ui/input/pointer.h"
#include "ui/popover/draw.h"
#include "ui/popover/examples.h"
#include "ui/popover/models.h"
#include "ui/popover/paths.h"
#include "ui/popover/popover.h"
#include "ui/popover/search.h"
#include "ui/popover/tooltip.h"
#include "ui/sheet/export_draw.h"
#include "ui/window/document.h"
#include "ui/window/fields.h"
#include "ui/window/history.h"
#include "ui/window/hover.h"
#include "ui/window/layout.h"
#include "ui/window/motion.h"
#include "ui/window/pins.h"
#include "ui/window/reveal.h"
#include "ui/window/run.h"

/* After this long without a result the window says that it is busy. */
static const double busy_after = 0.3;

static void rebuild(struct heed_ui *ui);

bool heed_ui_create(struct heed_ui **ui, struct heed_error *err)
{
    struct heed_ui *fresh = calloc(1, sizeof(*fresh));
    if (fresh == NULL) {
        return heed_error_set(err, HEED_ERROR_MEMORY, "out of memory for the window's state");
    }
    if (!heed_state_init(&fresh->now.state, err)) {
        free(fresh);
        return false;
    }
    fresh->effects = &fresh->idle;
    fresh->rebuild = rebuild;
    fresh->open_menu = heed_popover_open_menu;
    fresh->commands = &heed_ui_commands;
    fresh->next_version = 2;
    fresh->now.text_version = fresh->now.pin_version = 1;
    fresh->waiting_since = -1.0;
    fresh->example = -1;
    fresh->lesson.at = -1;
    for (int i = 0; i < HEED_N_EXPORT_CHOICES; i++) {
        fresh->exporting.choices[i] = heed_export_choice_default();
    }
    fresh->zoom = 1.0F;
    fresh->pixel_ratio = 1.0F;
    fresh->window_focused = true;
    fresh->pointer.hot_row = fresh->pointer.hot_column = -1;
    fresh->focused_field = HEED_UI_FIELD_TEXT;
    fresh->fields[HEED_UI_FIELD_TEXT].wraps = fresh->fields[HEED_UI_FIELD_PAIR].wraps = true;
    heed_ui_sync_fields(fresh);
    heed_ui_resize(fresh, 1280.0F, 800.0F, 1.0F);
    *ui = fresh;
    return true;
}

void heed_ui_destroy(struct heed_ui *ui)
{
    if (ui == NULL) {
        return;
    }
    heed_ui_forget(ui);
    heed_ui_lesson_forget(ui);
    heed_state_finish(&ui->now.state);
    heed_view_forget(&ui->cache);
    heed_panel_forget(&ui->panel_cache);
    heed_tasks_finish(&ui->tasks);
    heed_result_release(ui->result);
    heed_textfield_finish(&ui->fields[HEED_UI_FIELD_TEXT]);
    heed_textfield_finish(&ui->fields[HEED_UI_FIELD_PAIR]);
    heed_textfield_finish(&ui->popover.field);
    for (int i = 0; i < HEED_N_EXPORT_FIELDS; i++) {
        heed_textfield_finish(&ui->exporting.fields[i]);
    }
    heed_list_finish(&ui->list);
    heed_buffer_finish(&ui->clipboard);
    heed_buffer_finish(&ui->primary);
    heed_buffer_finish(&ui->path);
    free(ui);
}

const struct heed_state *heed_ui_get_state(const struct heed_ui *ui)
{
    return &ui->now.state;
}

void heed_ui_set_message(struct heed_ui *ui, const char *text, bool is_error)
{
    if (ui->popover.kind == HEED_POPOVER_PATH && ui->popover.pending) {
        ui->popover.pending = false;
        if (is_error) {
            snprintf(ui->popover.error, sizeof(ui->popover.error), "%s", text);
            ui->focused_field = HEED_UI_FIELD_POPOVER;
            heed_ui_touch(ui);
            return;
        }
        heed_popover_close(ui);
    }
    heed_ui_say(ui, is_error, "%s", text != NULL ? text : "");
}

void heed_ui_set_result(struct heed_ui *ui, const struct heed_result *result)
{
    if (result == NULL || result->generation < ui->seen_generation) {
        return;
    }
    ui->seen_generation = result->generation;
    if (result->generation >= ui->job_generation) {
        ui->waiting_since = -1.0;
    }
    ui->models.is_spoilt = !result->ok && result->error.code == HEED_ERROR_FILE;
    if (!result->ok) {
        const bool gave_up = result->generation >= ui->job_generation &&
                             (result->has_no_second ? heed_ui_give_second_up(ui)
                                                    : heed_ui_give_up(ui, result->has_no_model));
        heed_ui_say(ui, true, "%s%s", result->error.text,
                    gave_up && result->has_no_second ? ": B is of the same model as A" : "");
        ui->message_of_result = !gave_up; /* else the next result would take it away */
        return;
    }
    if (ui->message_of_result) {
        ui->message[0] = '\0';
        ui->message_of_result = false;
    }
    ui->result_since = result->is_later ? ui->result_since : -1.0;
    heed_ui_follow_result(ui, result);
    heed_ui_tell_story(ui);
    heed_ui_touch(ui);
}

void heed_ui_set_model(struct heed_ui *ui, const struct heed_model *model,
                       const struct heed_tokenizer *tokenizer)
{
    if (ui->model != NULL && ui->model != model) { /* what is kept is of that one */
        heed_view_forget(&ui->cache);
        heed_tasks_finish(&ui->tasks);
        ui->tasks = (struct heed_tasks){.running = ui->tasks.running, .kind = ui->tasks.kind};
    }
    ui->model = model;
    ui->tokenizer = tokenizer;
    ui->models.open = model != NULL ? heed_folder_identify(heed_model_get_folder(model))
                                    : (struct heed_folder_id){0};
    heed_ui_touch(ui);
}

void heed_ui_resize(struct heed_ui *ui, float width, float height, float pixel_ratio)
{
    ui->width = fmaxf(width, 1.0F);
    ui->height = fmaxf(height, 1.0F);
    ui->pixel_ratio = pixel_ratio > 0.0F ? pixel_ratio : 1.0F;
    heed_ui_fit_scale(ui);
    ui->fields[HEED_UI_FIELD_TEXT].follow = true;
    ui->fields[HEED_UI_FIELD_PAIR].follow = true;
    heed_ui_layout(ui);
}

void heed_ui_set_dots(struct heed_ui *ui, float dots)
{
    if (ui->dots != dots) {
        ui->dots = dots;
        heed_ui_touch(ui);
    }
}

void heed_ui_set_printed(struct heed_ui *ui)
{
    ui->printed = true;
    heed_ui_touch(ui);
}

bool heed_ui_set_stillness(struct heed_ui *ui, bool still)
{
    if (ui->desktop_is_still == still) {
        return false;
    }
    ui->desktop_is_still = still;
    heed_ui_touch(ui);
    return true;
}

/* Maps of a large file are made while they are drawn: what they lacked is told once. */
static bool tells_broken_maps(struct heed_ui *ui)
{
    struct heed_error error = {0};
    if (ui->result == NULL || heed_maps_check(ui->result->maps, &error) ||
        strcmp(ui->message, error.text) == 0) {
        return false;
    }
    heed_ui_say(ui, true, "%s", error.text);
    return true;
}

static bool is_busy(const struct heed_ui *ui)
{
    return ui->waiting_since >= 0.0 && ui->time >= ui->waiting_since + busy_after;
}

static struct heed_frame make_frame(struct heed_ui *ui, const struct heed_state *state)
{
    const float scale = heed_ui_scale(ui);
    struct heed_frame frame = {.list = &ui->list,
                               .state = state,
                               .kind = heed_view_get_kind(state->view),
                               .panel = heed_panel_get_kind(state->panel),
                               .result = ui->result,
                               .theme = heed_theme_get(state->theme),
                               .metrics = ui->metrics,
                               .hover = heed_ui_hover(ui),
                               .canvas = ui->layout.canvas,
                               .scale = scale,
                               .hairline = fmaxf(1.0F, roundf(scale)),
                               .scroll_x = ui->scroll_x,
                               .scroll_y = ui->scroll_y,
                               .model = heed_ui_model(ui),
                               .tokenizer = heed_ui_tokenizer(ui),
                               .cache = ui->cache.data,
                               .panel_cache = ui->panel_cache.data,
                               .tasks = &ui->tasks,
                               .links = ui->result != NULL ? ui->result->links : NULL,
                               .unfolded = ui->unfolded,
                               .hot = ui->pointer.hot,
                               .second_page = ui->second_page,
                               .zoom = ui->zoom};
    if (ui->focus.by_keyboard && ui->popover.kind == HEED_POPOVER_NONE) {
        frame.focus = ui->focus.target;
    }
    heed_search_point(ui, &frame);
    return frame;
}

static struct heed_skin make_skin(struct heed_ui *ui, const struct heed_frame *frame)
{
    struct heed_skin skin = {.list = &ui->list,
                             .theme = frame->theme,
                             .metrics = ui->metrics,
                             .scale = frame->scale,
                             .hairline = frame->hairline,
                             .projected = heed_frame_is_projected(frame),
                             .printed = ui->printed,
                             .hot = ui->pointer.hot};
    if (ui->pointer.down) {
        skin.pressed = ui->pointer.pressed;
    }
    if (ui->focus.by_keyboard) {
        skin.focus = ui->focus.target;
    }
    return skin;
}

/* An answer without a model tells that it couldn't be opened. */
static const char *model_name(const struct heed_ui *ui)
{
    if (ui->result != NULL && ui->result->file != NULL) {
        return ui->result->origin;
    }
    if (ui->now.state.file != NULL && ui->result == NULL) {
        return NULL;
    }
    if (ui->model != NULL) {
        return heed_model_get_name(ui->model);
    }
    return ui->seen_generation > 0 ? "No model" : NULL;
}

static struct heed_chrome make_chrome(struct heed_ui *ui, const struct heed_state *state)
{
    struct heed_chrome chrome = {.frame = make_frame(ui, state),
                                 .layout = ui->layout,
                                 .field = &ui->fields[HEED_UI_FIELD_TEXT],
                                 .pair_field = &ui->fields[HEED_UI_FIELD_PAIR],
                                 .field_focused = ui->focused_field == HEED_UI_FIELD_TEXT,
                                 .pair_focused = ui->focused_field == HEED_UI_FIELD_PAIR,
                                 .caret_on = heed_ui_caret_on(ui, NULL),
                                 .can_undo = ui->history.n_undo > 0,
                                 .can_redo = ui->history.n_redo > 0,
                                 .inspector_open = ui->inspector_open,
                                 .rail_open = ui->rail_open,
                                 .filters_open = ui->filters_open,
                                 .examples_open = ui->popover.kind == HEED_POPOVER_EXAMPLES,
                                 .rail_scroll = ui->rail_scroll,
                                 .inspector_scroll = *heed_ui_inspector_scroll(ui),
                                 .message = ui->message[0] != '\0' ? ui->message : NULL,
                                 .message_is_error = ui->message_is_error,
                                 .loading = heed_models_say_loading(ui),
                                 .model_name = model_name(ui),
                                 .no_model = ui->model == NULL && ui->seen_generation > 0 &&
                                             state->file == NULL,
                                 .busy = is_busy(ui)};
    chrome.skin = make_skin(ui, &chrome.frame);
    chrome.pair_large =
        ui->pair_large && state->projector && heed_pair_large_lacks(&chrome.frame) == NULL;
    heed_ui_get_note(ui, &chrome.note);
    heed_ui_get_tries(ui, &chrome.tries);
    chrome.look = heed_ui_example_words(ui);
    heed_ui_lesson_get_look(ui, &chrome.lesson);
    return chrome;
}

static void keep_sizes(struct heed_ui *ui, const struct heed_chrome *chrome)
{
    ui->rail_content = chrome->rail_content;
    ui->inspector_content = chrome->inspector_content;
    ui->content_width = chrome->frame.content_width;
    ui->content_height = chrome->frame.content_height;
    ui->fixed_top = chrome->frame.fixed_top;
    if (ui->caption_need != chrome->caption_need) {
        ui->caption_need = chrome->caption_need;
        ui->dirty = true; /* the picture gives it room */
    }
    if (ui->focused_field == HEED_UI_FIELD_TEXT || ui->focused_field == HEED_UI_FIELD_PAIR) {
        ui->caret = chrome->caret;
    }
}

/* Over all of it, and nothing below is to be clicked. */
static void draw_blank(struct heed_ui *ui)
{
    const float grey = ui->blank == HEED_BLANK_WHITE ? 1.0F : 0.0F;
    if (ui->blank == HEED_BLANK_NONE) {
        return;
    }
    ui->list.target = (struct heed_target){.kind = HEED_TARGET_BLOCK};
    heed_list_fill(&ui->list, (struct heed_rect){0, 0, ui->width, ui->height}, 0,
                   (struct heed_color){grey, grey, grey, 1});
    ui->list.target = (struct heed_target){0};
}

static void draw_once(struct heed_ui *ui)
{
    struct heed_state state;
    heed_ui_drawn_state(ui, &state);
    const struct heed_view_source source = {&state, ui->result, heed_ui_model(ui),
                                            heed_ui_tokenizer(ui)};
    heed_view_follow(&ui->cache, &source);
    heed_panel_follow(&ui->panel_cache, &state, &ui->tasks);
    heed_ui_follow_later(ui);
    heed_ui_lesson_follow(ui);
    heed_ui_follow_tries(ui);
    heed_list_clear(&ui->list);
    struct heed_chrome chrome = make_chrome(ui, &state);
    heed_ui_measure_fields(ui);
    heed_ui_measure_note(ui, &chrome.skin);
    heed_ui_lesson_measure(ui, &chrome.skin);
    chrome.layout = ui->layout;
    chrome.frame.canvas = ui->layout.canvas;
    ui->list.width = ui->width;
    ui->list.height = ui->height;
    ui->list.background = chrome.frame.theme->canvas;
    heed_chrome_draw(&chrome);
    ui->dirty = false;
    keep_sizes(ui, &chrome);
    ui->n_provisos = heed_provisos_collect(&chrome.frame, false, ui->provisos);
    ui->list.target = (struct heed_target){0};
    heed_search_mark(ui, &chrome.skin);
    ui->sheet_items = ui->list.n_items;
    struct heed_skin skin = chrome.skin;
    heed_ui_draw_export(ui, &skin);
    ui->list.target = (struct heed_target){0};
    ui->popover_items = ui->list.n_items;
    heed_popover_draw(ui, &skin);
    ui->list.target = (struct heed_target){0};
    heed_ui_draw_tooltip(ui, &skin);
    draw_blank(ui);
}

/* Twice when what lies under the pointer, or the room to scroll, turned out different. */
static void draw_settled(struct heed_ui *ui)
{
    for (int pass = 0; pass < 2; pass++) {
        draw_once(ui);
        heed_ui_refresh_focus(ui);
        heed_ui_update_hot(ui);
        heed_ui_clamp_scroll(ui);
        if (!ui->dirty) {
            break;
        }
    }
    ui->dirty = false;
}

static void rebuild(struct heed_ui *ui)
{
    draw_settled(ui);
    if (tells_broken_maps(ui)) {
        draw_settled(ui);
    }
    if (ui->reveal) {
        heed_ui_show_pins(ui);
        if (ui->dirty) {
            draw_settled(ui);
        }
    }
}

static enum heed_cursor cursor_for(const struct heed_ui *ui)
{
    switch (ui->pointer.hot.kind) {
    case HEED_TARGET_TEXT_FIELD:
        return HEED_CURSOR_TEXT;
    case HEED_TARGET_NONE:
    case HEED_TARGET_BLOCK:
    case HEED_TARGET_SCROLL:
    case HEED_TARGET_TERM:
        return HEED_CURSOR_ARROW;
    default:
        return HEED_CURSOR_HAND;
    }
}

static double sooner(double a, double b)
{
    if (a < 0.0 || b < 0.0) {
        return a < 0.0 ? b : a;
    }
    return a < b ? a : b;
}

static double wake_in(const struct heed_ui *ui)
{
    double wake = -1.0;
    heed_ui_caret_on(ui, &wake);
    wake = sooner(wake, heed_ui_tooltip_in(ui));
    wake = sooner(wake, heed_ui_later_in(ui));
    if (ui->waiting_since >= 0.0 && !is_busy(ui)) {
        wake = sooner(wake, ui->waiting_since + busy_after - ui->time);
    }
    return wake;
}

static bool equal_rects(struct heed_rect a, struct heed_rect b)
{
    return a.x == b.x && a.y == b.y && a.w == b.w && a.h == b.h;
}

/* What every call tells the window. */
static void report(struct heed_ui *ui, struct heed_effects *effects)
{
    effects->text_input = ui->focused_field != HEED_UI_FIELD_NONE;
    effects->input = ui->caret;
    effects->raise_input = effects->text_input && !equal_rects(ui->caret, ui->told_caret);
    if (effects->raise_input) {
        ui->told_caret = ui->caret;
    }
    effects->fullscreen = ui->fullscreen || ui->now.state.projector;
    effects->cursor = cursor_for(ui);
    effects->wake_in = wake_in(ui);
    effects->encode = effects->encode || ui->idle.encode;
    if (!effects->start) {
        effects->start = ui->idle.start;
        effects->start_kind = ui->idle.start_kind;
        effects->start_id = ui->idle.start_id;
    }
    if (effects->cancel_task == 0) {
        effects->cancel_task = ui->idle.cancel_task;
    }
    ui->idle = (struct heed_effects){0};
}

void heed_ui_drop_picture(struct heed_ui *ui)
{
    struct heed_stock *stock = ui->list.arena.stock;
    heed_list_finish(&ui->list);
    ui->list.arena.stock = stock;
    heed_ui_touch(ui);
}

const struct heed_list *heed_ui_build(struct heed_ui *ui, double time,
                                      const struct heed_metrics *metrics,
                                      struct heed_effects *effects)
{
    if (ui->time == 0.0 && ui->waiting_since == 0.0) {
        ui->waiting_since = time; /* asked for before the clock was known */
    }
    ui->time = time;
    if (ui->result_since < 0.0) {
        ui->result_since = time;
    }
    ui->metrics = metrics;
    ui->effects = effects;
    rebuild(ui);
    if (heed_list_failed(&ui->list)) {
        heed_ui_say(ui, true, "out of memory: the picture wasn't whole");
        rebuild(ui);
    }
    ui->changed = false;
    report(ui, effects);
    effects->fade = heed_ui_fade(ui);
    ui->effects = &ui->idle;
    ui->metrics = NULL;
    return &ui->list;
}

/* A path that was dropped. */
static void take_path(struct heed_ui *ui, const struct heed_event *event)
{
    heed_buffer_clear(&ui->path);
    heed_buffer_append(&ui->path, event->text, event->length);
    if (ui->path.failed || ui->path.size == 0 ||
        memchr(ui->path.data, '\0', ui->path.size) != NULL) {
        return;
    }
    heed_popover_close(ui);
    ui->effects->open_path = ui->path.data;
}

static void dispatch(struct heed_ui *ui, const struct heed_event *event)
{
    switch (event->kind) {
    case HEED_EVENT_KEY:
        heed_ui_key_event(ui, event);
        break;
    case HEED_EVENT_TEXT:
        if (!ui->drop_text) {
            heed_ui_field_event(ui, event);
        }
        ui->drop_text = false;
        break;
    case HEED_EVENT_COMPOSE:
    case HEED_EVENT_PASTE:
        heed_ui_field_event(ui, event);
        break;
    case HEED_EVENT_POINTER_MOVE:
    case HEED_EVENT_POINTER_DOWN:
    case HEED_EVENT_POINTER_UP:
    case HEED_EVENT_POINTER_LEAVE:
    case HEED_EVENT_WHEEL:
        heed_ui_pointer_event(ui, event);
        break;
    case HEED_EVENT_DROP:
        take_path(ui, event);
        break;
    case HEED_EVENT_FILE_CHOSEN:
        heed_popover_take_chosen(ui, event->text, event->length);
        break;
    case HEED_EVENT_COMMAND:
        ui->blank = HEED_BLANK_NONE;
        if (heed_ui_can(ui, (enum heed_command)event->command, event->argument)) {
            heed_ui_run(ui, (enum heed_command)event->command, event->argument);
        }
        break;
    case HEED_EVENT_FOCUS:
        ui->window_focused = event->has_focus;
        ui->caret_since = event->time;
        heed_ui_touch(ui);
        break;
    case HEED_EVENT_NONE:
        break;
    }
}

/* A key or a click ends what was said, and a path that was accepted. */
static void end_of_talk(struct heed_ui *ui, const struct heed_event *event)
{
    if (event->kind != HEED_EVENT_KEY && event->kind != HEED_EVENT_POINTER_DOWN &&
        event->kind != HEED_EVENT_TEXT) {
        return;
    }
    if (ui->popover.pending) {
        heed_popover_close(ui);
    }
    /* What an edit made go is told for a while, though one types on. */
    const bool editing =
        event->kind != HEED_EVENT_POINTER_DOWN && ui->focused_field != HEED_UI_FIELD_NONE;
    if (editing && ui->time < ui->message_until) {
        return;
    }
    if (ui->message[0] != '\0' && !ui->message_of_result) {
        ui->message[0] = '\0';
        heed_ui_touch(ui);
    }
}

void heed_ui_handle(struct heed_ui *ui, const struct heed_event *event,
                    const struct heed_metrics *metrics, struct heed_effects *effects)
{
    *effects = (struct heed_effects){.wake_in = -1.0};
    ui->effects = effects;
    ui->metrics = metrics;
    if (event->time > ui->time) {
        ui->time = event->time;
    }
    end_of_talk(ui, event);
    dispatch(ui, event);
    effects->redraw = ui->changed;
    report(ui, effects);
    ui->effects = &ui->idle;
    ui->metrics = NULL;
}

struct heed_job heed_ui_get_job(struct heed_ui *ui, uint64_t generation)
{
    struct heed_job job = heed_state_get_job(&ui->now.state, ui->job_heads);
    job.generation = generation;
    job.predicts = (ui->later & HEED_LATER_PREDICTIONS) != 0;
    job.measures_links = (ui->later & HEED_LATER_LINKS) != 0;
    if (ui->later == 0) { /* else nobody waits for it */
        ui->job_generation = generation;
        ui->waiting_since = ui->waiting_since < 0.0 ? ui->time : ui->waiting_since;
    }
    ui->later = 0;
    /* Cuts are of the text's tokens, or of the shown ones until its own come. */
    if (ui->now.pin_version != ui->now.text_version) {
        job.cuts_of = ui->result;
        job.n_cuts = ui->now.pin_version == ui->result_version ? job.n_cuts : 0;
    }
    return job;
}
