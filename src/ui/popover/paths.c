#include "ui/popover/paths.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "ui/popover/keys.h"
#include "ui/popover/models.h"
#include "ui/popover/popover.h"
#include "ui/window/fields.h"
#include "ui/window/run.h"

const char *heed_popover_path_title(const struct heed_popover *popover)
{
    switch (popover->command) {
    case HEED_COMMAND_SAVE:
        return "Save the session";
    case HEED_COMMAND_SENTENCES:
        return "Name this sentence";
    case HEED_COMMAND_LESSON_ADD:
        return "Add this as a step of a lesson";
    default:
        return popover->second ? "Compare with another attention file"
                               : "Open a session, attention, sentences or a text file";
    }
}

const char *heed_popover_path_note(const struct heed_popover *popover)
{
    switch (popover->command) {
    case HEED_COMMAND_SAVE:
        return "Texts, heads, pins and filters, as JSON.";
    case HEED_COMMAND_SENTENCES:
        return "It stands before the sentence in the list, and in the window's title.";
    case HEED_COMMAND_LESSON_ADD:
        return "A lesson's .json; its words go to en/ beside it. Without such a file one is begun.";
    default:
        return popover->second ? "A .safetensors file of as many layers and heads."
                               : ".heed, .safetensors, .json lessons, .tsv, .conllu; else each "
                                 "line is a sentence.";
    }
}

/* What each question is about: the kind of file, and the ending that its name must have. */
static const char *const opened[] = {"*.heed", "*.txt",  "*.tsv",         "*.conllu",
                                     "*.dev",  "*.json", "*.safetensors", NULL};
static const char *const attention[] = {"*.safetensors", NULL};
static const char *const sessions[] = {"*.heed", NULL};
static const char *const lessons[] = {"*.json", NULL};

static const char *text_of(const struct heed_ui *ui)
{
    return ui->popover.field.text.data != NULL ? ui->popover.field.text.data : "";
}

static void default_path(const struct heed_ui *ui, enum heed_command command, char *path,
                         size_t size)
{
    const struct heed_popover *popover = &ui->popover;
    path[0] = '\0';
    if (command == HEED_COMMAND_SAVE) {
        snprintf(path, size, "%s",
                 popover->last_save[0] != '\0' ? popover->last_save : "session.heed");
    } else if (command == HEED_COMMAND_LESSON_ADD) {
        snprintf(path, size, "%s",
                 popover->last_lesson[0] != '\0' ? popover->last_lesson : "lesson.json");
    }
}

void heed_popover_open_path(struct heed_ui *ui, enum heed_command command)
{
    char path[1024];
    struct heed_textfield *field = &ui->popover.field;
    heed_popover_begin(ui, HEED_POPOVER_PATH, command);
    ui->popover.second = false;
    default_path(ui, command, path, sizeof(path));
    heed_ui_fill_field(ui, field, path, strlen(path), false);
    /* The name without its ending is what one would change. */
    const char *dot = strrchr(path, '.');
    field->anchor = 0;
    field->caret = dot != NULL ? (size_t)(dot - path) : field->text.size;
    heed_ui_focus_field(ui, HEED_UI_FIELD_POPOVER);
    heed_popover_path_typed(ui);
}

void heed_popover_ask_name(struct heed_ui *ui, const char *name, size_t length)
{
    struct heed_textfield *field = &ui->popover.field;
    heed_popover_begin(ui, HEED_POPOVER_PATH, HEED_COMMAND_SENTENCES);
    heed_ui_fill_field(ui, field, name, length, false);
    field->anchor = 0;
    field->caret = field->text.size;
    heed_ui_focus_field(ui, HEED_UI_FIELD_POPOVER);
    heed_popover_path_typed(ui);
}

void heed_popover_ask_step(struct heed_ui *ui, bool in_a_new_one)
{
    if (in_a_new_one) {
        ui->popover.last_lesson[0] = '\0';
    }
    heed_popover_open_path(ui, HEED_COMMAND_LESSON_ADD);
}

void heed_popover_ask_in(struct heed_ui *ui, const char *folder)
{
    heed_popover_open_path(ui, HEED_COMMAND_OPEN);
    heed_ui_fill_field(ui, &ui->popover.field, folder, strlen(folder), false);
    ui->popover.field.follow = true;
    heed_popover_path_typed(ui);
}

void heed_popover_ask_file(struct heed_ui *ui, bool second)
{
    const struct heed_state *state = &ui->now.state;
    const char *path = second && state->compare != NULL ? state->compare : state->file;
    const char *slash = path != NULL ? strrchr(path, '/') : NULL;
    char folder[1024] = "";
    if (slash != NULL && slash - path + 2 < (ptrdiff_t)sizeof(folder)) {
        snprintf(folder, sizeof(folder), "%.*s", (int)(slash - path + 1), path);
    }
    heed_popover_ask_in(ui, folder);
    ui->popover.second = second;
}

void heed_popover_ask_which(struct heed_ui *ui, const struct heed_folder *paths)
{
    heed_popover_ask_in(ui, "");
    heed_popover_list(ui, paths, NULL);
}

/* --- the list --- */

void heed_popover_path_typed(struct heed_ui *ui)
{
    ui->popover.listed = false;
    ui->popover.selected = -1;
    ui->popover.rest[0] = '\0';
}

static bool asks_path(const struct heed_popover *popover)
{
    return popover->kind == HEED_POPOVER_PATH && popover->command != HEED_COMMAND_SENTENCES &&
           !popover->pending;
}

const char *heed_popover_get_unlisted(const struct heed_ui *ui)
{
    const struct heed_popover *popover = &ui->popover;
    return asks_path(popover) && !popover->listed ? text_of(ui) : NULL;
}

bool heed_popover_shows_problem(const struct heed_ui *ui)
{
    return ui->popover.kind == HEED_POPOVER_PATH && ui->popover.error[0] != '\0';
}

bool heed_popover_is_waiting(const struct heed_ui *ui)
{
    return ui->popover.kind == HEED_POPOVER_PATH && ui->popover.pending;
}

static const char *const all_files[] = {"*", NULL};

static void ask_folder(const struct heed_ui *ui, struct heed_path_question *question)
{
    const struct heed_buffer *folder = &ui->exporting.fields[HEED_EXPORT_FIELD_FOLDER].text;
    *question = (struct heed_path_question){
        .title = "Export into a folder",
        .typed = folder->data != NULL ? folder->data : "",
        .kind = "Folders",
        .patterns = all_files,
        .is_folder = true,
    };
}

static void ask_model(const struct heed_ui *ui, struct heed_path_question *question)
{
    *question = (struct heed_path_question){
        .title = "Open a model\xE2\x80\x99s folder",
        .typed = ui->models.is_path ? text_of(ui) : "",
        .kind = "Folders",
        .patterns = all_files,
        .is_folder = true,
    };
}

bool heed_popover_get_question(const struct heed_ui *ui, struct heed_path_question *question)
{
    const struct heed_popover *popover = &ui->popover;
    if (popover->kind == HEED_POPOVER_MODELS) {
        ask_model(ui, question);
        return true;
    }
    if (popover->kind == HEED_POPOVER_NONE) {
        ask_folder(ui, question);
        return ui->exporting.open && ui->exporting.browses;
    }
    const bool saves = popover->command == HEED_COMMAND_SAVE;
    const bool adds = popover->command == HEED_COMMAND_LESSON_ADD;
    *question = (struct heed_path_question){
        .title = heed_popover_path_title(popover),
        .typed = text_of(ui),
        .kind = saves             ? "Sessions of heed"
                : adds            ? "Lessons"
                : popover->second ? "Attention files"
                                  : "Files that heed opens",
        .patterns = saves             ? sessions
                    : adds            ? lessons
                    : popover->second ? attention
                                      : opened,
        .saves = saves || adds,
    };
    return asks_path(popover);
}

void heed_popover_tell(struct heed_ui *ui, const char *text, bool ends)
{
    if (ui->exporting.browses) {
        snprintf(ui->exporting.problem, sizeof(ui->exporting.problem), "%s", text);
        ui->exporting.browses = !ends;
    } else {
        snprintf(ui->popover.error, sizeof(ui->popover.error), "%s", text);
    }
    heed_ui_touch(ui);
}

/* What of the path stands behind its last slash. */
static const char *last_part(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash != NULL ? slash + 1 : path;
}

/* With titles, which a list without recent files has none of. */
static void list_recent(struct heed_popover *popover, const struct heed_folder *recent)
{
    heed_popover_add_title(popover, "Recent");
    for (size_t i = 0; i < recent->n; i++) {
        if (strlen(recent->entries[i].name) < sizeof(popover->labels[0])) {
            heed_popover_add_choice(popover, HEED_COMMAND_PATH_ROW, popover->n_rows + 1,
                                    heed_popover_label(popover, "%s", recent->entries[i].name),
                                    false);
        }
    }
    heed_popover_add_title(popover, "This folder");
}

void heed_popover_relist(struct heed_ui *ui)
{
    const struct heed_popover *popover = &ui->popover;
    const bool has_recent = popover->n_rows > 0 && popover->rows[0].title;
    if (asks_path(popover) && has_recent && popover->selected < 0) {
        ui->popover.listed = false;
        heed_ui_touch(ui);
    }
}

void heed_popover_list(struct heed_ui *ui, const struct heed_folder *folder,
                       const struct heed_folder *recent)
{
    struct heed_popover *popover = &ui->popover;
    const char *part = last_part(text_of(ui));
    const bool untouched = popover->command != HEED_COMMAND_OPEN && popover->field.anchor == 0 &&
                           popover->field.caret != popover->field.text.size;
    popover->listed = true;
    popover->n_rows = popover->n_labels = 0;
    popover->scroll = 0.0F;
    if (recent != NULL && recent->n > 0 && popover->command == HEED_COMMAND_OPEN &&
        !popover->second && text_of(ui)[0] == '\0') {
        list_recent(popover, recent);
    }
    for (size_t i = 0; i < folder->n && popover->n_labels < HEED_POPOVER_LABELS; i++) {
        const struct heed_folder_entry *it = &folder->entries[i];
        if (strncasecmp(it->name, part, untouched ? 0 : strlen(part)) != 0 ||
            strlen(it->name) + 2 > sizeof(popover->labels[0])) {
            continue;
        }
        if (popover->n_rows == 0 && part[0] != '\0' && !untouched) {
            snprintf(popover->rest, sizeof(popover->rest), "%s%s", it->name + strlen(part),
                     it->is_folder ? "/" : "");
        }
        heed_popover_add_choice(
            popover, HEED_COMMAND_PATH_ROW, popover->n_rows + 1,
            heed_popover_label(popover, "%s%s", it->name, it->is_folder ? "/" : ""), false);
    }
    popover->selected = -1;
    heed_ui_touch(ui);
}

/* The last part becomes this name. */
static void type_name(struct heed_ui *ui, const char *name)
{
    char path[1024];
    const char *text = text_of(ui);
    const int n = snprintf(path, sizeof(path), "%.*s%s", (int)(last_part(text) - text), text, name);
    if (n >= 0 && (size_t)n < sizeof(path)) {
        heed_ui_fill_field(ui, &ui->popover.field, path, (size_t)n, false);
        ui->popover.field.follow = true;
        heed_popover_text_changed(ui);
    }
}

bool heed_popover_complete_path(struct heed_ui *ui)
{
    const struct heed_popover *popover = &ui->popover;
    if (popover->kind != HEED_POPOVER_PATH || popover->rest[0] == '\0' || popover->n_rows == 0 ||
        ui->focused_field != HEED_UI_FIELD_POPOVER) {
        return false;
    }
    char name[256];
    snprintf(name, sizeof(name), "%s", popover->rows[0].label);
    type_name(ui, name);
    return true;
}

void heed_popover_choose_path(struct heed_ui *ui, int row)
{
    struct heed_popover *popover = &ui->popover;
    char name[256];
    if (popover->kind != HEED_POPOVER_PATH || row < 0 || row >= popover->n_rows) {
        return;
    }
    snprintf(name, sizeof(name), "%s", popover->rows[row].label);
    type_name(ui, name);
    if (name[strlen(name) - 1] != '/' && popover->command == HEED_COMMAND_OPEN) {
        heed_popover_accept_path(ui);
    } else {
        heed_ui_focus_field(ui, HEED_UI_FIELD_POPOVER);
    }
}

/* --- taking it --- */

static bool ends_with(const char *path, const char *ending)
{
    const size_t length = strlen(path), size = strlen(ending);
    return length > size && strcasecmp(path + length - size, ending) == 0;
}

/* NULL if the path is one that can be tried. */
static const char *path_problem(enum heed_command command, const char *path)
{
    if (path[strspn(path, " ")] == '\0') {
        return "Type a file's name.";
    }
    if (path[strlen(path) - 1] == '/') {
        return "This is a folder: add a file's name.";
    }
    if (command == HEED_COMMAND_SAVE && !ends_with(path, ".heed")) {
        return "The name of a session must end in .heed.";
    }
    if (command == HEED_COMMAND_LESSON_ADD && !ends_with(path, ".json")) {
        return "The name of a lesson must end in .json.";
    }
    return NULL;
}

void heed_popover_accept_path(struct heed_ui *ui)
{
    struct heed_popover *popover = &ui->popover;
    if (popover->selected >= 0 && popover->selected < popover->n_rows) {
        heed_popover_choose_path(ui, popover->selected);
        return;
    }
    if (popover->command == HEED_COMMAND_SENTENCES) {
        heed_ui_run(ui, HEED_COMMAND_SENTENCES, -1);
        return;
    }
    const char *path = text_of(ui);
    const char *problem = path_problem(popover->command, path);
    if (problem != NULL) {
        snprintf(popover->error, sizeof(popover->error), "%s", problem);
        heed_ui_touch(ui);
        return;
    }
    heed_buffer_clear(&ui->path);
    heed_buffer_puts(&ui->path, path);
    if (ui->path.failed) {
        return;
    }
    if (popover->command == HEED_COMMAND_SAVE) {
        snprintf(popover->last_save, sizeof(popover->last_save), "%s", path);
        ui->effects->save_path = ui->path.data;
    } else if (popover->command == HEED_COMMAND_LESSON_ADD) {
        snprintf(popover->last_lesson, sizeof(popover->last_lesson), "%s", path);
        ui->effects->lesson_path = ui->path.data;
    } else if (popover->second) {
        ui->effects->second_path = ui->path.data;
    } else {
        ui->effects->open_path = ui->path.data;
    }
    popover->pending = true;
    heed_ui_focus_field(ui, HEED_UI_FIELD_NONE);
}

static void take_folder(struct heed_ui *ui, const char *path, size_t length)
{
    struct heed_textfield *field = &ui->exporting.fields[HEED_EXPORT_FIELD_FOLDER];
    ui->exporting.browses = false;
    ui->exporting.problem[0] = '\0';
    heed_ui_fill_field(ui, field, path, length, false);
    field->caret = field->anchor = field->text.size;
    field->follow = true;
    heed_ui_touch(ui);
}

void heed_popover_take_chosen(struct heed_ui *ui, const char *path, size_t length)
{
    struct heed_popover *popover = &ui->popover;
    struct heed_path_question question;
    if (!heed_popover_get_question(ui, &question) || length == 0) {
        return;
    }
    if (popover->kind == HEED_POPOVER_NONE) {
        take_folder(ui, path, length);
        return;
    }
    heed_ui_fill_field(ui, &popover->field, path, length, false);
    if (question.is_folder) {
        popover->field.caret = popover->field.anchor = popover->field.text.size;
        heed_models_text_changed(ui);
        heed_models_load_typed(ui);
        return;
    }
    const char *ending = question.saves ? question.patterns[0] + 1 : "";
    const bool lacks = *ending != '\0' && !ends_with(text_of(ui), ending);
    if (lacks) {
        heed_buffer_puts(&popover->field.text, ending);
    }
    popover->field.caret = popover->field.anchor = popover->field.text.size;
    popover->field.follow = true;
    heed_popover_text_changed(ui);
    heed_popover_accept_path(ui);
    ui->effects->replaces = !lacks; /* else it was another that was asked about */
}

/* --- before another session --- */

static void fill_nothing(struct heed_ui *ui)
{
    (void)ui;
}

void heed_popover_ask_open(struct heed_ui *ui, const char *name)
{
    struct heed_popover *popover = &ui->popover;
    heed_popover_open_menu(ui, HEED_COMMAND_OPEN, (struct heed_rect){0}, fill_nothing);
    heed_popover_add_title(popover, heed_popover_label(popover, "%s has changes", name));
    heed_popover_add_choice(popover, HEED_COMMAND_OPEN_ANYWAY, 2, "Save it, then open", false);
    heed_popover_add_choice(popover, HEED_COMMAND_OPEN_ANYWAY, 1, "Open without saving", false);
    popover->selected = 1;
}
