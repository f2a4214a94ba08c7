#include "ui/popover/tooltip.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/engine/probe_task.h"
#include "scene/chrome/chrome.h"
#include "scene/frame/off_words.h"
#include "scene/frame/scores.h"
#include "scene/parts/minimap.h"
#include "scene/views/needs.h"
#include "scene/views/views.h"
#include "scene/widgets/target.h"
#include "scene/widgets/terms.h"
#include "ui/window/hover.h"
#include "ui/window/pins.h"

static const double delay = 0.4;

enum { LINE_BYTES = HEED_TIP_BYTES };

struct tip {
    char lines[HEED_TIP_LINES][LINE_BYTES];
    int n;
    struct heed_rect anchor; /* w == 0: the pointer */
};

/* What a tip would be about: pointed at, else focused by the keyboard. */
static struct heed_target subject(const struct heed_ui *ui)
{
    const struct heed_pointer *pointer = &ui->pointer;
    if (pointer->tip_hidden || pointer->down) {
        return (struct heed_target){0};
    }
    if (pointer->hot.kind != HEED_TARGET_NONE && pointer->hot.kind != HEED_TARGET_BLOCK) {
        return pointer->hot;
    }
    return ui->focus.by_keyboard ? ui->focus.target : (struct heed_target){0};
}

/* A pair's number is there at once; the rest waits. */
static double delay_of(struct heed_target target)
{
    if (target.kind == HEED_TARGET_HEAD && target.flags == HEED_TARGET_FLAG_THUMBNAIL) {
        return -1.0; /* the view tells more itself */
    }
    if (target.kind == HEED_TARGET_SCROLL) {
        return (target.flags & HEED_MINIMAP_DOWN) != 0 ? delay : -1.0;
    }
    switch (target.kind) {
    case HEED_TARGET_CELL:
    case HEED_TARGET_LINK:
        return 0.0;
    case HEED_TARGET_VALUE:
        return target.c > 0 ? 0.0 : delay;
    case HEED_TARGET_COMMAND:
        return (target.flags & HEED_TARGET_FLAG_LACKS) != 0 ? 0.0 : delay;
    case HEED_TARGET_QUERY:
    case HEED_TARGET_KEY:
    case HEED_TARGET_HEAD:
    case HEED_TARGET_LAYER_LABEL:
    case HEED_TARGET_HEAD_LABEL:
    case HEED_TARGET_SLIDER:
    case HEED_TARGET_TERM:
        return delay;
    default:
        return -1.0;
    }
}

double heed_ui_tooltip_in(const struct heed_ui *ui)
{
    const double wait = delay_of(subject(ui));
    const double since = ui->time - ui->pointer.hot_since;
    return wait > 0.0 && since < wait ? wait - since : -1.0;
}

/* "output × 0.5 · 2 links cut" */
static void describe_off(const struct heed_ui *ui, struct heed_head_id id, struct tip *tip)
{
    const struct heed_state *state = &ui->now.state;
    const float factor = heed_state_factor(state, id);
    const struct heed_head_id every_head = {-1, -1};
    const int cuts = heed_state_count_cuts(state, id) + heed_state_count_cuts(state, every_head);
    char times[40] = "", links[40] = "";
    if (factor == 1 && cuts == 0) {
        return;
    }
    if (factor != 1) {
        char number[24];
        heed_factor_text(factor, number, sizeof(number));
        snprintf(times, sizeof(times), "output %s%s", number, factor == 0 ? " (muted)" : "");
    }
    if (cuts > 0) {
        snprintf(links, sizeof(links), "%d link%s cut", cuts, cuts == 1 ? "" : "s");
    }
    snprintf(tip->lines[tip->n++], LINE_BYTES, "%s%s%s", times,
             factor != 1 && cuts > 0 ? " \xC2\xB7 " : "", links);
}

static void describe_head(const struct heed_ui *ui, struct heed_target target, struct tip *tip)
{
    const struct heed_head_id id = {(int16_t)target.a, (int16_t)target.b};
    if (ui->result == NULL || id.layer < 0 || id.head < 0 ||
        id.layer >= ui->result->maps->n_layers || id.head >= ui->result->maps->n_heads) {
        return;
    }
    const struct heed_maps *maps = ui->result->maps;
    char label[120];
    heed_head_label_text(maps, id, label, sizeof(label));
    snprintf(tip->lines[0], LINE_BYTES, "L%dH%d \xC2\xB7 %s", id.layer, id.head, label);
    const struct heed_head_measures *m =
        heed_maps_measures_of(maps, id.layer * maps->n_heads + id.head);
    if (m == NULL) {
        snprintf(tip->lines[0], LINE_BYTES, "L%dH%d \xC2\xB7 not read yet", id.layer, id.head);
        tip->n = 1;
        return;
    }
    if (heed_maps_have_sides(maps)) {
        snprintf(tip->lines[1], LINE_BYTES, "entropy / log n %.2f \xC2\xB7 confidence %.2f",
                 (double)m->entropy, (double)m->confidence);
    } else {
        snprintf(tip->lines[1], LINE_BYTES,
                 "entropy / log n %.2f \xC2\xB7 distance %.1f \xC2\xB7 confidence %.2f",
                 (double)m->entropy, (double)m->distance, (double)m->confidence);
    }
    snprintf(tip->lines[2], LINE_BYTES,
             "label: largest mean share \xE2\x89\xA5 0.40, else entropy \xE2\x89\xA5 0.80");
    tip->n = 3;
    describe_off(ui, id, tip);
}

/* A head's bar of the opened relation, or one of its words. */
static void describe_related(const struct heed_ui *ui, const struct heed_probe_run *run,
                             struct heed_target target, struct tip *tip)
{
    const struct heed_related *of = heed_tasks_get_related(&ui->tasks);
    const struct heed_relation_item *items = heed_relations_items(run->relations);
    double *accuracies = calloc((size_t)run->n_columns, sizeof *accuracies);
    if (target.kind == HEED_TARGET_HEAD && accuracies != NULL && target.a < run->n_layers &&
        target.b < run->n_heads) {
        heed_probe_run_relate(run, of, accuracies);
        const double accuracy = accuracies[target.a * run->n_heads + target.b];
        snprintf(tip->lines[0], LINE_BYTES, "L%dH%d \xC2\xB7 %.40s: accuracy %.3f", target.a,
                 target.b, run->relation_names[of->relation], accuracy);
        snprintf(tip->lines[1], LINE_BYTES, "%+.3f beside the best fixed offset's %.3f",
                 accuracy - of->offset_accuracy, of->offset_accuracy);
        tip->n = 2;
    } else if (target.kind == HEED_TARGET_COMMAND && target.b > 0 &&
               target.b <= heed_relations_count(run->relations)) {
        const int tree = run->trees[items[target.b - 1].sentence];
        snprintf(tip->lines[0], LINE_BYTES, "%.*s", 190, run->rows.trees[tree].text);
        snprintf(tip->lines[1], LINE_BYTES, "line %zu; a click opens it in Arcs",
                 run->rows.trees[tree].line);
        tip->n = 2;
    }
    free(accuracies);
}

/* A head of the probe's table, or a sentence of its list. */
static void describe_probed(const struct heed_ui *ui, struct heed_target target, struct tip *tip)
{
    const struct heed_probe_run *run = heed_tasks_get_probe(&ui->tasks);
    if (run != NULL && heed_probe_run_is_relations(run)) {
        describe_related(ui, run, target, tip);
        return;
    }
    if (run != NULL && target.kind == HEED_TARGET_COMMAND && target.b > 0 &&
        (size_t)target.b <= run->n) {
        const struct heed_probe_sentence *sentence = &run->sentences[target.b - 1];
        snprintf(tip->lines[0], LINE_BYTES, "%.*s", 190, sentence->text);
        snprintf(tip->lines[1], LINE_BYTES, "%.40s \xE2\x86\x92 %.60s, of %.80s", sentence->pronoun,
                 sentence->answer, sentence->candidates);
        tip->n = 2;
    }
    const int h = run != NULL && target.kind == HEED_TARGET_HEAD
                      ? heed_probe_run_find(run, target.a, target.b)
                      : -1;
    if (h >= 0) {
        const struct heed_probe_head_intervals *of = &run->intervals[h];
        snprintf(tip->lines[0], LINE_BYTES,
                 "L%dH%d \xC2\xB7 accuracy %.3f, 95 %% interval %.3f to %.3f", target.a, target.b,
                 run->heads[h].accuracy, of->accuracy.low, of->accuracy.high);
        snprintf(tip->lines[1], LINE_BYTES, "margin %+.3f, 95 %% interval %+.3f to %+.3f",
                 run->heads[h].margin, of->margin.low, of->margin.high);
        tip->n = 2;
    }
}

static void describe_pieces(const struct heed_ui *ui, const struct heed_encoding *encoding,
                            struct heed_pin pin, char *line)
{
    size_t used = 0;
    for (int i = pin.first; i < pin.first + pin.count && used < 150; i++) {
        const struct heed_token *token = &encoding->tokens[i];
        char piece[64] = "";
        if (heed_ui_tokenizer(ui) != NULL &&
            !heed_tokenizer_show_piece(ui->tokenizer, token->id, piece, sizeof(piece))) {
            piece[0] = '\0'; /* its id follows */
        }
        const int n =
            snprintf(line + used, LINE_BYTES - used, "%s%.40s%sid %d", i > pin.first ? ", " : "",
                     piece, piece[0] != '\0' ? " " : "", token->id);
        used += n > 0 ? (size_t)n : 0;
    }
}

static void describe_place(const struct heed_encoding *encoding, struct heed_pin pin, char *line)
{
    const int n_queries = encoding->n_queries;
    if (n_queries > 0) {
        snprintf(line, LINE_BYTES, "%s %d",
                 pin.first < n_queries ? "token of the queries," : "token of the keys,",
                 pin.first < n_queries ? pin.first : pin.first - n_queries);
        return;
    }
    const struct heed_token *first = &encoding->tokens[pin.first];
    const struct heed_token *last = &encoding->tokens[pin.first + pin.count - 1];
    if (first->is_template) {
        snprintf(line, LINE_BYTES, "token %d \xC2\xB7 %s \xC2\xB7 segment %c", pin.first,
                 encoding->labels != NULL ? "special" : "added by the model's template",
                 first->segment == 1 ? 'B' : 'A');
        return;
    }
    if (encoding->labels != NULL && first->id < 0) { /* nor does the file say where it stands */
        snprintf(line, LINE_BYTES, "token %d", pin.first);
        return;
    }
    snprintf(line, LINE_BYTES, "token %d \xC2\xB7 characters %d to %d \xC2\xB7 segment %c",
             pin.first, first->start, last->end, first->segment == 1 ? 'B' : 'A');
}

static void describe_token(const struct heed_ui *ui, struct heed_target target, struct tip *tip)
{
    const struct heed_pin pin = heed_target_pin(target);
    const struct heed_result *result = heed_ui_pin_result(ui, pin);
    if (result == NULL) {
        return;
    }
    const bool unknown = result->encoding->tokens[pin.first].unknown;
    char text[96];
    heed_ui_pin_text(ui, pin, text, sizeof(text));
    snprintf(tip->lines[0], LINE_BYTES, "%s%s", text, unknown ? " (unknown to the model)" : "");
    tip->n = 1;
    if (result->encoding->tokens[pin.first].id >= 0) { /* else it isn't in the file */
        describe_pieces(ui, result->encoding, pin, tip->lines[tip->n++]);
    }
    char *place = tip->lines[tip->n++];
    describe_place(result->encoding, pin, place);
    if (pin.in_b) {
        const size_t used = strlen(place);
        snprintf(place + used, LINE_BYTES - used, " \xC2\xB7 only text B has it");
    }
}

/* What the other rows give the key, after the link's own weight. */
static void describe_others(const struct heed_ui *ui, const struct heed_hover *hover,
                            const char *key, char *line)
{
    const struct heed_maps *maps = ui->result->maps;
    const struct heed_range query = heed_pin_units(maps, hover->query);
    const struct heed_range to = heed_pin_units(maps, hover->key);
    if (query.count == 0 || to.count == 0 || hover->head.layer < 0 ||
        hover->head.layer >= maps->n_layers || hover->head.head >= maps->n_heads ||
        maps->rows.count <= query.count) {
        return;
    }
    char number[32];
    const float *rows = heed_maps_row(maps, hover->head.layer, hover->head.head, 0);
    heed_format_number(number, sizeof(number), (double)heed_map_others(maps, rows, query, to), 3);
    const size_t used = strlen(line);
    snprintf(line + used, LINE_BYTES - used, "; the other rows give %.40s %s on average", key,
             number);
}

static void describe_pair(const struct heed_ui *ui, struct tip *tip)
{
    const struct heed_hover hover = heed_ui_hover(ui);
    char query[96];
    char key[96];
    float weight = 0.0F;
    const struct heed_head_id id = hover.has_head ? hover.head : (struct heed_head_id){-1, -1};
    const struct heed_head_id map = {id.layer, hover.has_head ? id.head : 0};
    heed_ui_pin_text(ui, hover.query, query, sizeof(query));
    heed_ui_pin_text(ui, hover.key, key, sizeof(key));
    if (!heed_ui_weight(ui, map, hover.query, hover.key, &weight)) {
        return;
    }
    char number[32];
    heed_format_number(number, sizeof(number), (double)weight, 3);
    snprintf(tip->lines[0], LINE_BYTES, "%s \xE2\x86\x92 %s", query, key);
    const enum heed_link_off off =
        hover.has_head && weight <= 0.0F
            ? heed_link_is_off(ui->result, id, hover.query.first, hover.key.first)
            : HEED_LINK_ON;
    if (off != HEED_LINK_ON) {
        char words[48];
        heed_link_off_words(ui->result, off, words, sizeof(words));
        snprintf(tip->lines[1], LINE_BYTES, "%s in L%dH%d: %s", number, id.layer, id.head, words);
    } else if (hover.has_head) {
        snprintf(tip->lines[1], LINE_BYTES, "%s in L%dH%d", number, id.layer, id.head);
        describe_others(ui, &hover, key, tip->lines[1]);
    } else {
        snprintf(tip->lines[1], LINE_BYTES, "%s over the shown heads", number);
    }
    tip->n = 2;
}

/* Its two lines, below its name. */
static void add_term(struct tip *tip, const struct heed_term *term)
{
    if (term != NULL) {
        snprintf(tip->lines[tip->n++], LINE_BYTES, "%s", term->what);
        snprintf(tip->lines[tip->n++], LINE_BYTES, "%s", term->high);
    }
}

static void add_idle(const struct heed_ui *ui, struct heed_target target, struct tip *tip)
{
    const struct heed_state *state = &ui->now.state;
    char *why = tip->lines[tip->n];
    tip->n +=
        target.kind == HEED_TARGET_SLIDER
            ? heed_slider_is_idle(heed_view_get_kind(state->view), state, target.a, why, LINE_BYTES)
            : heed_command_is_idle(heed_view_get_kind(state->view), state, ui->result, target.a,
                                   why, LINE_BYTES);
}

static void describe_term(const struct heed_term *term, struct tip *tip)
{
    if (term != NULL) {
        snprintf(tip->lines[0], LINE_BYTES, "%s", term->name);
        tip->n = 1;
        add_term(tip, term);
    }
}

/* A word that is explained, by its place in the table. */
static void describe_word(int32_t place, struct tip *tip)
{
    int n = 0;
    const struct heed_term *terms = heed_terms_get(&n);
    describe_term(place >= 0 && place < n ? &terms[place] : NULL, tip);
}

static void describe_command(const struct heed_ui *ui, struct heed_target target, struct tip *tip)
{
    const struct heed_command_info *info =
        heed_commands_get_info(ui->commands, (enum heed_command)target.a, target.b);
    if (info == NULL) { /* of one head or layer */
        info = heed_commands_get_info(ui->commands, (enum heed_command)target.a, 0);
    }
    if (target.flags == HEED_TARGET_FLAG_UNDO) {
        snprintf(tip->lines[0], LINE_BYTES,
                 target.a == HEED_COMMAND_PUT_BACK ? "Click to put this back"
                                                   : "Click to undo this");
        tip->n = 1;
        return;
    }
    const unsigned lacks = heed_command_lacks(ui->result, (enum heed_command)target.a, target.b);
    if (lacks != 0 && info != NULL && info->name != NULL) {
        snprintf(tip->lines[0], LINE_BYTES, "Not %s",
                 ui->result->file != NULL ? "in this file" : "of this model");
        snprintf(tip->lines[1], LINE_BYTES, "%s needs %s.", info->name,
                 heed_absence_words(lacks & ~(lacks - 1)));
        tip->n = 2;
        return;
    }
    if ((target.flags & HEED_TARGET_FLAG_POPOVER) != 0) { /* its name and key stand there */
        describe_term(heed_term_of(target.a, target.b), tip);
        return;
    }
    if (info == NULL || info->name == NULL) {
        return;
    }
    char key[40];
    heed_command_key_text(info, key, sizeof(key));
    snprintf(tip->lines[0], LINE_BYTES, "%s%s%s", info->name, key[0] != '\0' ? "  " : "", key);
    tip->n = 1;
    add_term(tip, heed_term_of(target.a, target.b));
    add_idle(ui, target, tip);
}

static void describe_slider(const struct heed_ui *ui, struct heed_target target, struct tip *tip)
{
    static const char *const keys[] = {
        [HEED_SLIDER_THRESHOLD] = "[  ]",
        [HEED_SLIDER_TOP_P] = "Shift+[  Shift+]",
        [HEED_SLIDER_TOP_K] = "Shift+,  Shift+.",
        [HEED_SLIDER_HEAT] = "",

    };
    const struct heed_term *term = heed_term_of(HEED_TERM_SLIDER, target.a);
    if (term != NULL) {
        snprintf(tip->lines[0], LINE_BYTES, "%s  %s", term->name, keys[target.a]);
        tip->n = 1;
        add_term(tip, term);
        add_idle(ui, target, tip);
    }
}

/* What the view itself has to say. */
static void describe_of_view(const struct heed_ui *ui, const struct heed_skin *skin,
                             struct heed_target target, struct tip *tip)
{
    struct heed_state state;
    heed_ui_drawn_state(ui, &state);
    const struct heed_frame frame = {.list = skin->list,
                                     .state = &state,
                                     .kind = heed_view_get_kind(state.view),
                                     .result = ui->result,
                                     .theme = skin->theme,
                                     .metrics = skin->metrics,
                                     .hover = heed_ui_hover(ui),
                                     .scale = skin->scale,
                                     .cache = ui->cache.data};
    const bool focused =
        target.kind == HEED_TARGET_CELL && ui->pointer.hot.kind != HEED_TARGET_CELL;
    const struct heed_tip_subject subject = {.target = target,
                                             .row = focused ? ui->focus.row : ui->pointer.hot_row,
                                             .column = focused ? ui->focus.column
                                                               : ui->pointer.hot_column};
    if (frame.kind->describe != NULL) {
        tip->n = frame.kind->describe(&frame, &subject, tip->lines);
    }
}

static void describe(const struct heed_ui *ui, const struct heed_skin *skin,
                     struct heed_target target, struct tip *tip)
{
    switch (target.kind) {
    case HEED_TARGET_VALUE:
        describe_of_view(ui, skin, target, tip);
        break;
    case HEED_TARGET_HEAD:
        if (target.flags == HEED_TARGET_FLAG_PROBED) {
            describe_probed(ui, target, tip);
        } else {
            describe_head(ui, target, tip);
        }
        break;
    case HEED_TARGET_QUERY:
    case HEED_TARGET_KEY:
        describe_token(ui, target, tip);
        break;
    case HEED_TARGET_CELL:
    case HEED_TARGET_LINK:
        describe_of_view(ui, skin, target, tip);
        if (tip->n == 0) {
            describe_pair(ui, tip);
        }
        break;
    case HEED_TARGET_LAYER_LABEL:
        snprintf(tip->lines[0], LINE_BYTES, "Show exactly layer %d's heads", target.a);
        tip->n = 1;
        break;
    case HEED_TARGET_HEAD_LABEL:
        snprintf(tip->lines[0], LINE_BYTES, "Show head %d of every layer", target.a);
        tip->n = 1;
        break;
    case HEED_TARGET_COMMAND:
        if (target.a == HEED_COMMAND_PROBE_OPEN) {
            describe_probed(ui, target, tip);
        } else {
            describe_command(ui, target, tip);
        }
        break;
    case HEED_TARGET_SLIDER:
        describe_slider(ui, target, tip);
        break;
    case HEED_TARGET_TERM:
        describe_word(target.a, tip);
        break;
    case HEED_TARGET_SCROLL:
        snprintf(tip->lines[0], LINE_BYTES, "Press or drag to go there");
        tip->n = 1;
        break;
    default:
        break;
    }
}

int heed_ui_tip_lines(const struct heed_ui *ui, struct heed_target target,
                      char lines[HEED_TIP_LINES][HEED_TIP_BYTES])
{
    struct tip tip = {0};
    const bool of_view = target.kind == HEED_TARGET_VALUE || target.kind == HEED_TARGET_CELL ||
                         target.kind == HEED_TARGET_LINK;
    if (!of_view) {
        describe(ui, NULL, target, &tip);
    }
    memcpy(lines, tip.lines, sizeof(tip.lines));
    return tip.n;
}

static struct heed_rect place(const struct heed_ui *ui, float w, float h)
{
    const struct heed_pointer *pointer = &ui->pointer;
    const float s = heed_ui_scale(ui);
    const bool at_pointer = pointer->inside;
    float x = pointer->x + 14.0F * s;
    float y = pointer->y + 20.0F * s;
    float above = pointer->y - 8.0F * s;
    if (!at_pointer) {
        x = ui->focus.rect.x;
        y = ui->focus.rect.y + ui->focus.rect.h + 8.0F * s;
        above = ui->focus.rect.y - 8.0F * s;
    }
    if (at_pointer && pointer->hot.kind == HEED_TARGET_HEAD) {
        /* Below the whole row of a shown head: it has buttons of its own. */
        y = fmaxf(y, pointer->hot_rect.y + pointer->hot_rect.h + 4.0F * s);
    }
    if (y + h > ui->height - 4.0F * s) {
        y = above - h;
    }
    x = fmaxf(fminf(x, ui->width - w - 4.0F * s), 4.0F * s);
    return (struct heed_rect){roundf(x), roundf(fmaxf(y, 4.0F * s)), ceilf(w), ceilf(h)};
}

static void draw(const struct heed_ui *ui, const struct heed_skin *skin, const struct tip *tip)
{
    const float s = skin->scale;
    const float line = 20.0F * s;
    const float pad = 8.0F * s;
    float width = 0.0F;
    for (int i = 0; i < tip->n; i++) {
        const struct heed_text_style style = heed_widget_style(skin, 13.0F, i == 0 ? 500 : 400);
        width = fmaxf(width, heed_widget_width(skin, style, tip->lines[i]));
    }
    width = fminf(width, ui->width - 4.0F * pad);
    const struct heed_rect r = place(ui, width + 2.0F * pad, line * (float)tip->n + pad);
    heed_list_box(skin->list, r, 6.0F * s, skin->theme->raised, skin->hairline,
                  skin->theme->strong_border);
    for (int i = 0; i < tip->n; i++) {
        heed_widget_left(skin, r.x + pad, r.y + pad / 2.0F + line * ((float)i + 0.5F), 13.0F,
                         i == 0 ? 500 : 400, i == 0 ? skin->theme->text : skin->theme->muted,
                         tip->lines[i], width);
    }
}

void heed_ui_draw_tooltip(struct heed_ui *ui, const struct heed_skin *skin)
{
    const struct heed_target target = subject(ui);
    const double wait = delay_of(target);
    struct tip tip = {0};
    if (wait < 0.0 || ui->time - ui->pointer.hot_since < wait) {
        return;
    }
    describe(ui, skin, target, &tip);
    if (tip.n > 0) {
        draw(ui, skin, &tip);
    }
}
