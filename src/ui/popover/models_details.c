#include "ui/popover/models_details.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/compiler.h"
#include "base/platform.h"
#include "scene/widgets/label.h"
#include "ui/popover/models_look.h"

enum { PAD = 28, LINE = 25, WORDS = 96 };

/* A name, and what is true of this model. */
struct fact {
    const char *name;
    char words[WORDS];
};

enum { MOST_FACTS = 9 };

static void add(struct fact *facts, int *n, const char *name, const char *words)
{
    if (words[0] != '\0') {
        facts[*n].name = name;
        snprintf(facts[(*n)++].words, WORDS, "%s", words);
    }
}

static const char *words_of_numbers(const char *dtype)
{
    static const char *const names[][2] = {
        {"F32", "float32"}, {"F16", "float16"}, {"BF16", "bfloat16"}, {"F64", "float64"}};
    for (size_t i = 0; i < HEED_COUNT(names); i++) {
        if (strcmp(names[i][0], dtype) == 0) {
            return names[i][1];
        }
    }
    return dtype;
}

static int collect(const struct heed_model_facts *it, struct fact facts[MOST_FACTS])
{
    int n = 0;
    char words[WORDS];
    const double parameters = (double)it->n_parameters;
    add(facts, &n, "Architecture", it->architecture);
    if (it->n_layers > 0 && it->n_heads > 0) {
        snprintf(words, sizeof(words),
                 it->head_dim > 0 ? "%d \xC3\x97 %d, %d wide" : "%d \xC3\x97 %d", it->n_layers,
                 it->n_heads, it->head_dim);
        add(facts, &n, "Layers \xC3\x97 heads", words);
    }
    if (it->n_parameters > 0) {
        snprintf(words, sizeof(words), parameters < 1e6 ? "%.0f thousand" : "%.1f million",
                 parameters < 1e6 ? parameters / 1e3 : parameters / 1e6);
        add(facts, &n, "Parameters", words);
    }
    if (it->max_tokens > 0) {
        snprintf(words, sizeof(words), "%d tokens", it->max_tokens);
        add(facts, &n, "Longest text", words);
        snprintf(words, sizeof(words), "%s, %d pieces", it->tokenizer, it->vocabulary);
        add(facts, &n, "Tokenizer", words);
    }
    snprintf(words, sizeof(words), "%s%s", it->licence,
             it->licence[0] != '\0' ? ", as its README says" : "not said");
    add(facts, &n, "Licence", it->is_folder ? "" : words);
    if (it->n_parameters > 0) {
        const double all = heed_platform_memory() / 1e9;
        snprintf(words, sizeof(words), all > 0 ? "%.2f of %.1f GB" : "%.2f GB",
                 parameters * 4 / 1e9, all);
        add(facts, &n, "In memory", words);
        add(facts, &n, "Numbers", words_of_numbers(it->numbers));
    }
    return n;
}

struct pane {
    struct heed_ui *ui;
    const struct heed_skin *skin;
    const struct heed_theme *theme;
    const struct heed_model_facts *it;
    float s, x, y, w; /* px; y: where the next line begins */
};

static void draw_rule(struct pane *pane, struct heed_rect rect)
{
    heed_list_fill(pane->skin->list,
                   (struct heed_rect){rect.x, pane->y, rect.w, pane->skin->hairline}, 0,
                   pane->theme->border);
    pane->y += 14 * pane->s;
}

static void draw_facts(struct pane *pane)
{
    struct fact facts[MOST_FACTS];
    const int n = collect(pane->it, facts);
    for (int i = 0; i < n; i++) {
        const float cy = pane->y + LINE * pane->s / 2;
        const float used = heed_widget_left(pane->skin, pane->x, cy, 14, 400, pane->theme->muted,
                                            facts[i].name, 0);
        heed_widget_right(pane->skin, pane->x + pane->w, cy, 14, 400, pane->theme->text,
                          facts[i].words, pane->w - used - 10 * pane->s);
        pane->y += LINE * pane->s;
    }
    pane->y += 12 * pane->s;
}

/* Why it lacks it, at the right; NULL: it has it. */
static void draw_use(struct pane *pane, const char *name, const char *lack)
{
    const float cy = pane->y + LINE * pane->s / 2;
    const bool has = lack == NULL;
    heed_models_draw_mark(pane->skin, pane->x, cy, has,
                          has ? pane->theme->text : pane->theme->muted);
    const float used = heed_widget_left(pane->skin, pane->x + 20 * pane->s, cy, 14, 400,
                                        has ? pane->theme->text : pane->theme->muted, name, 0);
    heed_widget_right(pane->skin, pane->x + pane->w, cy, 13, 400, pane->theme->muted,
                      has ? "" : lack, fmaxf(pane->w - used - 30 * pane->s, 1));
    pane->y += LINE * pane->s;
}

static void draw_uses(struct pane *pane)
{
    const struct heed_model_facts *it = pane->it;
    char predictions[64];
    snprintf(predictions, sizeof(predictions), "Predictions at %s",
             it->mask[0] != '\0' ? it->mask : "a mask");
    draw_use(pane, "Attention, every view", NULL);
    draw_use(pane, predictions, it->mask[0] != '\0' ? NULL : "no head for it");
    draw_use(pane, "Sentence similarity", it->has_similarity ? NULL : "no pooling in its folder");
    draw_use(pane, "Classes", it->classes[0] != '\0' ? NULL : "no head for it");
    draw_use(pane, "Segments a and b", it->n_segments > 1 ? NULL : "it knows one segment");
    pane->y += 8 * pane->s;
}

static void draw_words(struct pane *pane, const char *text, struct heed_color color, int most)
{
    const float line = 19 * pane->s;
    const int n =
        heed_text_wrapped(pane->skin, pane->x, pane->y + line / 2, line,
                          heed_widget_style(pane->skin, 13, 400), color, text, pane->w, most);
    pane->y += line * (float)n + 8 * pane->s;
}

static void draw_title(struct pane *pane)
{
    const struct heed_model_entry *entry = &pane->it->entry;
    heed_widget_left(pane->skin, pane->x, pane->y + 12 * pane->s, 18, 600, pane->theme->text,
                     entry->name, pane->w);
    pane->y += 28 * pane->s;
    heed_widget_left(pane->skin, pane->x, pane->y + 9 * pane->s, 13, 400, pane->theme->muted,
                     entry->owner[0] != '\0' ? entry->owner : entry->folder, pane->w);
    pane->y += 28 * pane->s;
}

static void draw_progress(struct pane *pane)
{
    char words[96], left[32];
    if (!heed_models_is_loading(pane->ui, pane->it)) {
        return;
    }
    const float at = heed_models_progress(pane->ui), cy = pane->y + 24 * pane->s;
    heed_models_say_progress(pane->ui, pane->it->bytes, words, sizeof(words));
    heed_models_say_left(pane->ui, left, sizeof(left));
    heed_widget_bar(pane->skin, (struct heed_rect){pane->x, pane->y, pane->w, 8 * pane->s},
                    pane->w * at, pane->theme->ink);
    const float used =
        heed_widget_right(pane->skin, pane->x + pane->w, cy, 13, 400, pane->theme->muted, left, 0);
    heed_widget_left(pane->skin, pane->x, cy, 13, 400, pane->theme->muted, words,
                     pane->w - used - 8 * pane->s);
    pane->y += 44 * pane->s;
}

/* What B of it would be. */
static void say_as_b(const struct pane *pane, int lost, char *text, size_t size)
{
    const struct heed_state *state = &pane->ui->now.state;
    if (heed_models_problem(pane->ui, pane->it, true) != NULL) {
        snprintf(text, size, "B is of it already.");
    } else if (heed_models_is_open(pane->ui, pane->it)) {
        snprintf(text, size, "It is A\xE2\x80\x99s: B would be of the same model again.");
    } else if (lost > 0) {
        snprintf(text, size,
                 "B is run by this model, A stays as it is; %d of the %d shown heads %s not in it "
                 "and %s compared. Ctrl+Z goes back.",
                 lost, state->n_shown, lost == 1 ? "is" : "are",
                 lost == 1 ? "isn\xE2\x80\x99t" : "aren\xE2\x80\x99t");
    } else {
        snprintf(text, size,
                 "B is run by this model, A stays as it is. Heads of the same layer and number "
                 "are compared: they aren\xE2\x80\x99t the same head, unless one model was "
                 "fine-tuned from the other. Ctrl+Z goes back.");
    }
}

static bool has_failed(const struct pane *pane)
{
    return strcmp(pane->ui->models.failed, pane->it->entry.folder) == 0;
}

/* What of the state the model can't have, or why it can't be opened. */
static void draw_stays(struct pane *pane, int most)
{
    const struct heed_model_facts *it = pane->it;
    const struct heed_state *state = &pane->ui->now.state;
    const struct heed_ui_models *models = &pane->ui->models;
    char text[400];
    int lost = 0;
    for (int i = 0; i < state->n_shown; i++) {
        lost += state->shown[i].id.layer >= it->n_layers || state->shown[i].id.head >= it->n_heads;
    }
    if (has_failed(pane)) {
        snprintf(text, sizeof(text), "It couldn\xE2\x80\x99t be opened: %.300s", models->why);
    } else if (!it->loads) {
        snprintf(text, sizeof(text), "%.390s", it->why.text);
    } else if (models->for_b) {
        say_as_b(pane, lost, text, sizeof(text));
    } else if (heed_models_is_open(pane->ui, it)) {
        snprintf(text, sizeof(text), "It is in use.");
    } else if (lost > 0) {
        snprintf(text, sizeof(text),
                 "Text, filters and pinned words stay; %d of the %d shown heads %s not in this "
                 "model. Ctrl+Z goes back.",
                 lost, state->n_shown, lost == 1 ? "is" : "are");
    } else {
        snprintf(text, sizeof(text),
                 "Text, heads, filters and pinned words stay. Until it is there "
                 "the present model stays in use; Ctrl+Z goes back.");
    }
    draw_words(pane, text, pane->theme->muted, most);
    if (it->notes[0] != '\0') {
        draw_words(pane, it->notes, pane->theme->text, 4);
    }
}

static void draw_buttons(const struct pane *pane, float right, float y)
{
    const float s = pane->s, w = 96 * s;
    const bool loads = heed_models_is_loading(pane->ui, pane->it);
    const bool for_b = pane->ui->models.for_b;
    const struct heed_rect open = {right - w, y, w, 36 * s};
    const struct heed_rect cancel = {right - 2 * w - 10 * s, y, w, 36 * s};
    heed_widget_button(
        pane->skin, open, HEED_ICON_NONE,
        pane->it->is_folder ? "Go into"
        : !pane->it->loads  ? "Try again"
        : for_b             ? "Open as B"
                            : "Open",
        true, loads || (pane->it->loads && heed_models_problem(pane->ui, pane->it, for_b) != NULL),
        heed_models_target(HEED_COMMAND_MODEL_OPEN, for_b));
    if (!loads && !for_b && !pane->it->is_folder && pane->ui->now.state.file == NULL) {
        heed_widget_button(pane->skin, cancel, HEED_ICON_NONE, "Open as B", false,
                           heed_models_problem(pane->ui, pane->it, true) != NULL,
                           heed_models_target(HEED_COMMAND_MODEL_OPEN, 1));
    }
    if (loads) {
        heed_widget_button(pane->skin, cancel, HEED_ICON_NONE, "Cancel", false, false,
                           heed_models_target(HEED_COMMAND_MODEL_STOP, 0));
    }
}

static void draw_tall(struct pane *pane, struct heed_rect rect)
{
    pane->y += 60 * pane->s;
    draw_title(pane);
    draw_progress(pane);
    if (!pane->it->is_folder) {
        draw_rule(pane, rect);
        draw_facts(pane);
    }
    if (pane->it->loads) {
        draw_rule(pane, rect);
        heed_widget_left(pane->skin, pane->x, pane->y + 8 * pane->s, 14, 600, pane->theme->text,
                         "What it shows", 0);
        pane->y += 24 * pane->s;
        draw_uses(pane);
    }
    draw_buttons(pane, pane->x + pane->w, rect.y + rect.h - 56 * pane->s);
    if (pane->it->is_folder && !has_failed(pane)) {
        return;
    }
    draw_rule(pane, rect);
    heed_widget_left(
        pane->skin, pane->x, pane->y + 8 * pane->s, 14, 600, pane->theme->text,
        pane->it->loads && !has_failed(pane) ? "What stays" : "Why it isn\xE2\x80\x99t read", 0);
    pane->y += 26 * pane->s;
    draw_stays(pane, 7);
}

/* Facts at the left; name, what stays and the buttons at the right. */
static void draw_low(struct pane *pane, struct heed_rect rect)
{
    const float half = (rect.w - 3 * PAD * pane->s) / 2;
    pane->y += 10 * pane->s;
    pane->w = half;
    draw_facts(pane);
    pane->x += half + PAD * pane->s;
    pane->y = rect.y + 12 * pane->s;
    draw_title(pane);
    draw_progress(pane);
    if (!pane->it->is_folder || has_failed(pane)) {
        draw_stays(pane, 4);
    }
    draw_buttons(pane, pane->x + pane->w, rect.y + rect.h - 50 * pane->s);
}

/* Within the popover's border; its corners are round where the popover's are. */
static void draw_ground(const struct heed_skin *skin, struct heed_rect rect, bool is_narrow)
{
    const float edge = skin->hairline, radius = 10 * skin->scale;
    struct heed_rect inner = {rect.x, rect.y, rect.w - edge, rect.h - edge};
    struct heed_rect square;
    if (is_narrow) {
        inner.x += edge;
        inner.w -= edge;
        square = (struct heed_rect){inner.x, inner.y, inner.w, radius};
    } else {
        inner.y += edge;
        inner.h -= edge;
        square = (struct heed_rect){inner.x, inner.y, radius, inner.h};
    }
    heed_list_fill(skin->list, inner, radius - edge, skin->theme->panel);
    heed_list_fill(skin->list, square, 0, skin->theme->panel);
}

void heed_models_draw_details(struct heed_ui *ui, const struct heed_skin *skin,
                              struct heed_rect rect, bool is_narrow)
{
    const float s = heed_ui_scale(ui);
    const struct heed_rect edge = {rect.x, rect.y, is_narrow ? rect.w : skin->hairline,
                                   is_narrow ? skin->hairline : rect.h};
    struct pane pane = {.ui = ui,
                        .skin = skin,
                        .theme = skin->theme,
                        .it = heed_models_chosen(ui),
                        .s = s,
                        .x = rect.x + PAD * s,
                        .y = rect.y,
                        .w = rect.w - 2 * PAD * s};
    draw_ground(skin, rect, is_narrow);
    heed_list_fill(skin->list, edge, 0, skin->theme->border);
    if (!is_narrow) {
        heed_widget_icon_button(
            skin, (struct heed_rect){rect.x + rect.w - 44 * s, rect.y + 20 * s, 28 * s, 28 * s},
            HEED_ICON_CLOSE, false, heed_models_target(HEED_COMMAND_UNPIN, 0));
    }
    if (pane.it == NULL) {
        return;
    }
    if (is_narrow) {
        draw_low(&pane, rect);
    } else {
        draw_tall(&pane, rect);
    }
}
