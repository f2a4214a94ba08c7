#include "export/command.h"

#include <stdlib.h>
#include <string.h>

#include "base/compiler.h"
#include "core/text/names.h"

struct heed_export_options heed_export_options_of(const struct heed_state *state,
                                                  const struct heed_export_choice *choice)
{
    return (struct heed_export_options){
        .format = choice->format,
        .width_mm =
            heed_export_format_is_data(choice->format) ? 0.0f : heed_export_choice_mm(choice),
        .font_size_pt = choice->pt,
        .dpi = choice->format == HEED_EXPORT_PNG ? (float)choice->dpi : 0.0f,
        .font = choice->font[0] != '\0' ? choice->font : NULL,
        .transparent = choice->transparent,
        .keep_theme = choice->theme != HEED_THEME_PAPER,
        .figure = heed_export_is_figure(state, choice),
    };
}

void heed_export_put_quoted(struct heed_buffer *out, const char *text)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                                "@%+=:,./-_";
    if (*text != '\0' && strspn(text, plain) == strlen(text)) {
        heed_buffer_puts(out, text);
        return;
    }
    heed_buffer_puts(out, "'");
    for (; *text != '\0'; text++) {
        if (*text == '\'') {
            heed_buffer_puts(out, "'\\''");
        } else {
            heed_buffer_append(out, text, 1);
        }
    }
    heed_buffer_puts(out, "'");
}

static void put_option(struct heed_buffer *out, const char *name, const char *value)
{
    heed_buffer_printf(out, " --%s ", name);
    heed_export_put_quoted(out, value);
}

/* --- what options can say: each puts its words and does the same to the twin, the state
   that the command line comes to --- */

struct writer {
    const struct heed_export_line *line;
    struct heed_state own;  /* the window's, without what this picture doesn't show */
    struct heed_state twin; /* owns no texts */
    struct heed_buffer *out;
    bool ok;
};

/* What a view doesn't draw is as it is at first. */
static void leave_unseen(struct heed_state *own, const struct heed_state *first)
{
    const enum heed_view view = own->view;
    own->ui_scale = first->ui_scale;
    own->projector = own->reduced_motion = false;
    own->theme = first->theme;
    own->ablation_by = first->ablation_by;
    own->probe = NULL;
    if (view != HEED_VIEW_HEADS) {
        own->color_by = first->color_by;
        own->heads_mode = first->heads_mode;
        own->heads_order = first->heads_order;
        own->heads_bands = false;
    }
    if (view != HEED_VIEW_COMPARE) {
        own->compare = NULL;
        own->compare_model = NULL;
        own->compare_map = first->compare_map;
        own->compare_rank = first->compare_rank;
        own->compare_heads = false;
    }
    if (view != HEED_VIEW_NEURON) {
        own->neuron_sorted = own->neuron_values = false;
        own->neuron_step = first->neuron_step;
    }
    if (view != HEED_VIEW_STACK) {
        own->stack_page = 0;
    }
}

/* In the order of their colours, which the command line numbers anew. */
static void say_heads(struct writer *writer)
{
    struct heed_state ordered = writer->own;
    struct heed_head_id ids[HEED_MAX_SHOWN];
    heed_state_order_shown(&ordered);
    for (int i = 0; i < ordered.n_shown; i++) {
        ids[i] = ordered.shown[i].id;
        heed_buffer_printf(writer->out, "%sL%dH%d", i == 0 ? " --heads " : ",", ids[i].layer,
                           ids[i].head);
    }
    if (ordered.n_shown > 0) {
        heed_state_show_only(&writer->twin, ids, ordered.n_shown);
    }
}

static void say_pin(struct writer *writer, const char *option, struct heed_pin pin,
                    struct heed_pin *twin)
{
    const struct heed_export_line *line = writer->line;
    const struct heed_encoding *encoding = line->source.result->encoding;
    struct heed_named named = {0};
    char *name = NULL;
    if (pin.count == 0 || pin.in_b || !line->tokenizer ||
        !heed_names_write(&name, line->tokenizer, encoding, pin.first, pin.count, NULL)) {
        return;
    }
    if (heed_names_find(line->tokenizer, encoding, name, &named, NULL)) {
        *twin = (struct heed_pin){named.first, named.count, false};
    }
    put_option(writer->out, option, name);
    free(name);
}

static void say_variant(struct writer *writer)
{
    const struct heed_variant *variant = &writer->own.variant;
    if (variant->mask.kind != HEED_MASK_FULL) {
        char mask[32];
        heed_mask_name(variant->mask, mask, sizeof mask);
        put_option(writer->out, "mask", mask);
    }
    if (variant->positions != HEED_POSITIONS_LEARNED) {
        put_option(writer->out, "positions", heed_positions_names[variant->positions]);
    }
    if (variant->attention != HEED_ATTENTION_SOFTMAX) {
        put_option(writer->out, "attention", heed_attention_names[variant->attention]);
    }
    writer->twin.variant = *variant;
}

static void say_muted(struct writer *writer)
{
    const struct heed_state *own = &writer->own;
    for (int i = 0; i < own->n_muted; i++) {
        heed_buffer_printf(writer->out, "%sL%dH%d", i == 0 ? " --mute " : ",", own->muted[i].layer,
                           own->muted[i].head);
        writer->twin.muted[i] = own->muted[i];
    }
    writer->twin.n_muted = own->n_muted;
}

static void say_filter(struct writer *writer)
{
    const struct heed_filter *filter = &writer->own.filter;
    const struct heed_filter usual = heed_filter_default();
    const struct {
        bool is_set;
        const char *name;
    } flags[] = {{filter->hide_special, "hide-special"},
                 {filter->hide_punctuation, "hide-punctuation"},
                 {filter->renormalise, "renormalise"},
                 {filter->words, "words"}};
    for (size_t i = 0; i < HEED_COUNT(flags); i++) {
        if (flags[i].is_set) {
            heed_buffer_printf(writer->out, " --%s", flags[i].name);
        }
    }
    if (filter->measure != usual.measure) {
        put_option(writer->out, "measure", heed_measure_words[filter->measure]);
    }
    if (filter->aggregate != usual.aggregate) {
        put_option(writer->out, "aggregate", heed_aggregate_words[filter->aggregate]);
    }
    if (filter->segments != usual.segments) {
        put_option(writer->out, "segments", heed_segments_words[filter->segments]);
    }
    if (filter->threshold != usual.threshold) {
        heed_buffer_printf(writer->out, " --threshold %.9g", (double)filter->threshold);
    }
    if (filter->top_p != usual.top_p) {
        heed_buffer_printf(writer->out, " --top-p %.9g", (double)filter->top_p);
    }
    if (filter->top_k != usual.top_k) {
        heed_buffer_printf(writer->out, " --top-k %d", filter->top_k);
    }
    writer->twin.filter = *filter;
}

static void say_view(struct writer *writer)
{
    const struct heed_state *own = &writer->own;
    put_option(writer->out, "view", heed_view_words[own->view]);
    writer->twin.view = own->view;
    if (own->view == HEED_VIEW_COMPARE && own->compare) {
        put_option(writer->out, "compare", own->compare);
        writer->twin.compare = own->compare;
        if (own->compare_model) {
            put_option(writer->out, "compare-model", own->compare_model);
            writer->twin.compare_model = own->compare_model;
        }
    }
    if (own->neuron_step != HEED_NEURON_WHOLE) {
        put_option(writer->out, "step", heed_neuron_step_words[own->neuron_step]);
        writer->twin.neuron_step = own->neuron_step;
    }
    if (own->pair) {
        put_option(writer->out, "pair", own->pair);
        writer->twin.pair = own->pair;
    }
}

/* A file stands in the text's place; which text that was doesn't matter. */
static void say_part(struct writer *writer)
{
    struct heed_state *own = &writer->own;
    const struct heed_result *result = writer->line->source.result;
    if (!own->file) {
        return;
    }
    writer->twin.file = own->file;
    writer->twin.part = own->part;
    if (result->parts & (result->parts - 1)) {
        put_option(writer->out, "part", heed_part_kind_words[result->part]);
    }
    heed_buffer_puts(writer->out, own->patch_lists ? " --lists" : "");
    writer->twin.patch_lists = own->patch_lists;
}

/* False if something of the state has no option. */
static bool say_state(struct writer *writer)
{
    struct heed_state *own = &writer->own;
    struct heed_state *twin = &writer->twin;
    twin->text = own->text;
    say_part(writer);
    say_view(writer);
    say_heads(writer);
    say_pin(writer, "query", own->query, &twin->query);
    say_pin(writer, "key", own->key, &twin->key);
    say_variant(writer);
    say_muted(writer);
    say_filter(writer);
    if (own->palette != HEED_PALETTE_TIDE) {
        static const char *const palettes[] = {"tide", "ink", "viridis", "cividis"};
        put_option(writer->out, "palette", palettes[own->palette]);
        twin->palette = own->palette;
    }
    if (own->view == HEED_VIEW_ARCS || own->view == HEED_VIEW_LINKS ||
        own->view == HEED_VIEW_STACK) {
        twin->matrix_head = own->matrix_head;
    }
    return own->panel == HEED_PANEL_NONE && own->n_shown > 0 && heed_state_equal(own, twin);
}

/* --- the whole line --- */

static bool begins_like_an_option(const char *text)
{
    const size_t length = strlen(text), ending = strlen(".safetensors");
    return text[0] == '-' ||
           (length > ending && strcmp(text + length - ending, ".safetensors") == 0);
}

static void put_look(const struct heed_export_line *line, struct heed_buffer *out)
{
    const struct heed_export_choice *choice = line->choice;
    if (heed_export_is_figure(line->source.state, choice)) {
        heed_buffer_puts(out, " --style figure");
    }
    if (choice->theme != HEED_THEME_PAPER) {
        put_option(out, "theme", heed_theme_name(choice->theme));
    }
    if (!heed_export_format_is_data(choice->format) && heed_export_choice_mm(choice) > 0.0f) {
        heed_buffer_printf(out, " --size %.6gmm", (double)heed_export_choice_mm(choice));
    }
    if (choice->pt != HEED_EXPORT_PT) {
        heed_buffer_printf(out, " --font-size %.6g", (double)choice->pt);
    }
    if (choice->font[0] != '\0') {
        put_option(out, "font", choice->font);
    }
    if (choice->format == HEED_EXPORT_PNG && choice->dpi != 300) {
        heed_buffer_printf(out, " --dpi %d", choice->dpi);
    }
    heed_buffer_puts(out, choice->transparent ? " --transparent" : "");
    heed_buffer_puts(out, " -o ");
    heed_export_put_quoted(out, line->path);
}

bool heed_export_put_line(const struct heed_export_line *line, struct heed_buffer *out,
                          bool *needs_session, struct heed_error *err)
{
    struct heed_state first = {0};
    struct heed_buffer said = {0};
    struct writer *writer = calloc(1, sizeof *writer);
    if (!writer || !heed_state_init(&first, err)) {
        free(writer);
        return heed_error_set(err, HEED_ERROR_MEMORY, "no memory left for the command");
    }
    writer->line = line;
    writer->out = &said;
    writer->own = *line->source.state;
    writer->twin = first;
    leave_unseen(&writer->own, &first);
    *needs_session = !say_state(writer);
    heed_buffer_puts(out, "heed export");
    const char *name = writer->own.file ? writer->own.file : writer->own.text;
    const bool last =
        !*needs_session && !writer->own.file && begins_like_an_option(writer->own.text);
    if (*needs_session) {
        put_option(out, "session", line->session);
    } else {
        if (!last) {
            heed_buffer_puts(out, " ");
            heed_export_put_quoted(out, name);
        }
        heed_buffer_append(out, said.data, said.size);
    }
    if (line->model_folder) {
        put_option(out, "model", line->model_folder);
    }
    put_look(line, out);
    if (last) {
        heed_buffer_puts(out, " -- ");
        heed_export_put_quoted(out, writer->own.text);
    }
    const bool ok = !out->failed && !said.failed;
    heed_buffer_finish(&said);
    heed_state_finish(&first);
    free(writer);
    return ok || heed_error_set(err, HEED_ERROR_MEMORY, "no memory left for the command");
}
