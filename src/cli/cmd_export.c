#include <limits.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "cli/commands.h"
#include "cli/export_lesson.h"
#include "cli/export_off.h"
#include "cli/export_panel.h"
#include "cli/export_values.h"
#include "export/export.h"
#include "scene/frame/tasks.h"
#include "scene/frame/two_models.h"
#include "scene/panels/panels.h"
#include "scene/views/views.h"
#include "session/session.h"
#include "state/job.h"

enum { A4_MM = 297 };

/* What an export is made of. */
struct work {
    const struct heed_cli_options *options;
    struct heed_cli_texts texts;
    struct heed_state state;
    struct heed_pipeline *pipeline;
    const struct heed_result *result;
    const struct heed_result *compare; /* of the second text; NULL: none */
    struct heed_pin compare_query, compare_key;
    struct heed_tasks tasks; /* what a panel shows */
    struct heed_export_page page;
};

static bool fail_usage(struct heed_error *err, const char *message)
{
    return heed_error_set(err, HEED_ERROR_USAGE, "export %s", message);
}

static bool is_figure(const struct heed_cli_options *options)
{
    return options->style == 1;
}

static bool check_figure(const struct heed_cli_options *options, struct heed_error *err)
{
    const bool compares = options->view && strcasecmp(options->view, "compare") == 0;
    const bool is_links = options->view && strcasecmp(options->view, "links") == 0;
    const bool has_second = options->compare || options->compare_model;
    if (has_second && options->view && !compares && !(is_figure(options) && is_links)) {
        return fail_usage(err, is_figure(options)
                                   ? "takes --compare and --style figure with --view links or "
                                     "compare: no other view draws two texts"
                                   : "takes --compare and --compare-model with --view compare or "
                                     "--style figure only");
    }
    if (compares && !has_second && !options->session) {
        return fail_usage(err,
                          "needs --compare TEXT2 or --compare-model MODEL with --view compare");
    }
    return true;
}

static bool check(const struct heed_cli_options *options, struct heed_error *err)
{
    enum heed_export_format format;
    if (!options->output) {
        return fail_usage(err, "needs -o and a name that ends in .svg, .pdf or .png");
    }
    if (options->format == 0 && !heed_export_find_format(options->output, &format, err)) {
        return false;
    }
    struct heed_export_options sides = {0};
    if (options->size && !heed_export_parse_size(options->size, &sides, err)) {
        return false;
    }
    if (options->session && (options->text || options->file || options->pair || options->mute ||
                             options->scale || options->cut || heed_cli_changes_variant(options))) {
        return fail_usage(err, "takes the texts and what is computed from --session; --view, "
                               "--heads, --query and the filters go on top");
    }
    if (options->session && options->compare_model) {
        return fail_usage(err, "takes B's model from --session, too");
    }
    if (!heed_cli_check_second(options, err)) {
        return false;
    }
    if (options->heads && (options->head || options->layer >= 0)) {
        return fail_usage(err, "takes --heads, or --layer with --head, not both");
    }
    if (options->head && options->layer < 0) {
        return fail_usage(err, "needs --layer with --head");
    }
    if (options->step > 0 && !options->session &&
        (!options->view || strcasecmp(options->view, "neuron") != 0)) {
        return fail_usage(err, "takes --step with --view neuron only");
    }
    if (options->page > 0 && !options->session &&
        (!options->view || strcasecmp(options->view, "stack") != 0)) {
        return fail_usage(err, "takes --page with --view stack only");
    }
    if (options->page > 0 && options->layer >= 0) {
        return fail_usage(err, "takes one of --page and --layer: a layer is a page of its own");
    }
    if (options->key && !options->query) {
        return fail_usage(err, "needs --query with --key");
    }
    if ((options->json || options->caption) && strcmp(options->output, "-") == 0) {
        return fail_usage(err, options->json
                                   ? "can't write both the picture and --json to standard output"
                                   : "can't write both the picture and --caption to standard "
                                     "output");
    }
    return check_figure(options, err);
}

static const char *const page_words[] = {"embedding", "end", NULL};

/* The end comes behind all layers. */
static void choose_page(struct work *work, int n_layers)
{
    if (work->options->page > 0) {
        work->state.stack_page = work->options->page == 1 ? 0 : n_layers + 1;
    }
}

static bool choose_view(struct work *work, struct heed_error *err)
{
    const char *name = work->options->view;
    struct heed_state *state = &work->state;
    if (work->options->step > 0) {
        state->neuron_step = (enum heed_neuron_step)(work->options->step - 1);
    }
    if (!name || heed_export_find_panel(name, &state->panel)) {
        return true;
    }
    state->panel = HEED_PANEL_NONE;
    return heed_export_parse_view(name, &state->view, err);
}

/* What is held against the first: of another model the same text, unless another is given. */
static const char *second_text(const struct work *work)
{
    return work->options->compare         ? work->options->compare
           : work->options->compare_model ? work->state.text
                                          : NULL;
}

/* A figure of the two texts that a session holds against each other. */
static bool has_sessions_pair(const struct work *work)
{
    return is_figure(work->options) && work->options->session && heed_state_compares(&work->state);
}

static bool is_probe(const struct heed_cli_options *options)
{
    enum heed_panel panel = HEED_PANEL_NONE;
    return options->view && !options->session && heed_export_find_panel(options->view, &panel) &&
           panel == HEED_PANEL_PROBE;
}

/* What stands in the place of the text is a file of sentences. */
static bool read_probe(struct work *work, struct heed_error *err)
{
    const struct heed_cli_options *options = work->options;
    struct heed_state *state = &work->state;
    if (options->text == NULL || options->query || options->compare || options->compare_model ||
        options->pair) {
        return fail_usage(err, "takes with --view probe a file, as heed probe does, and no words");
    }
    state->filter = heed_cli_get_filter(options, 0);
    return heed_state_init(state, err) &&
           heed_state_set_text(state, options->text, strlen(options->text), err) &&
           heed_state_set_probe(state, options->text, strlen(options->text), err) &&
           choose_view(work, err);
}

static bool read_state(struct work *work, struct heed_error *err)
{
    const struct heed_cli_options *options = work->options;
    struct heed_state *state = &work->state;
    if (is_probe(options)) {
        return read_probe(work, err);
    }
    if (options->session) {
        if (!heed_session_load(state, options->session, err) || !choose_view(work, err)) {
            return false;
        }
        heed_options_filter(options, &state->filter);
        return !heed_state_compares(state) || heed_state_begin_compare(state, err);
    }
    if (!heed_cli_read_text(&work->texts, options, &heed_command_export, err) ||
        !heed_state_init(state, err) ||
        !heed_state_set_text(state, work->texts.items[0].text, work->texts.items[0].length, err)) {
        return false;
    }
    if (options->pair && !heed_state_set_pair(state, options->pair, strlen(options->pair), err)) {
        return false;
    }
    if (!heed_cli_read_variant(&state->variant, options, err)) {
        return false;
    }
    state->filter = heed_cli_get_filter(options, heed_filter_default().threshold);
    const char *second = second_text(work);
    if (!heed_state_set_compare_model(state, options->compare_model, err)) {
        return false;
    }
    if (second && !is_figure(options)) {
        state->view = HEED_VIEW_COMPARE;
        return heed_state_set_compare(state, second, strlen(second), err);
    }
    return choose_view(work, err);
}

/* Every head stands there: those that are shown are only marked. */
static bool shows_all_heads(const struct heed_state *state)
{
    const struct heed_view_kind *kind = heed_view_get_kind(state->view);
    return state->panel != HEED_PANEL_NONE || kind->all_heads || kind->has_pages;
}

static bool choose_heads(struct work *work, struct heed_error *err)
{
    const struct heed_cli_options *options = work->options;
    const struct heed_model_config *config = heed_pipeline_get_config(work->pipeline);
    struct heed_head_id heads[HEED_MAX_SHOWN];
    int n = 0;
    choose_page(work, config->n_layers);
    if (options->heads) {
        if (!heed_export_parse_heads(options->heads, config, heads, &n, err)) {
            return false;
        }
    } else if (options->layer >= 0) {
        if (!heed_export_parse_layer(options->layer, options->head, config, heads, &n, err)) {
            return false;
        }
        work->state.stack_page = options->layer + 1;
    } else if (work->options->session || !shows_all_heads(&work->state)) {
        return true;
    }
    heed_state_show_only(&work->state, heads, n);
    return true;
}

static bool run_job(struct work *work, const struct heed_job *job,
                    const struct heed_result **result, struct heed_error *err)
{
    const struct heed_pipeline_hints hints = {0};
    if (!heed_pipeline_run(work->pipeline, job, hints, result, err)) {
        return false;
    }
    heed_cli_note_cut((*result)->encoding);
    if ((*result)->compare) {
        const struct heed_result *b = (*result)->compare->result;
        heed_cli_note_cut(b->encoding);
        heed_cli_note_rows(b->file, &b->rows);
    }
    return true;
}

/* A figure's panels stand side by side: each head has its partner. */
static bool check_partners(const struct work *work, struct heed_error *err)
{
    for (int i = 0; i < work->state.n_shown; i++) {
        char text[160];
        if (!heed_maps_have(work->compare->maps, work->state.shown[i].id)) {
            heed_say_lacks_head(work->result, work->state.shown[i].id, text, sizeof text);
            return heed_error_set(err, HEED_ERROR_INPUT, "%s: give others in --heads", text);
        }
    }
    return true;
}

static bool compute(struct work *work, const char *text, const struct heed_result **result,
                    struct heed_error *err)
{
    const struct heed_state *state = &work->state;
    struct heed_head_id heads[HEED_MAX_SHOWN];
    struct heed_job job = heed_state_get_job(state, heads);
    job.text = text;
    job.text_length = strlen(text);
    job.cuts_of = text == state->text ? NULL : work->result;
    if (is_figure(work->options) && !has_sessions_pair(work)) {
        job.compare = NULL; /* a run of its own */
        job.compare_model = NULL;
    }
    return run_job(work, &job, result, err);
}

/* Of the files, or of the models, the second. */
static bool compute_second(struct work *work, struct heed_error *err)
{
    struct heed_head_id heads[HEED_MAX_SHOWN];
    struct heed_job job = heed_state_get_job(&work->state, heads);
    const struct heed_result *both = NULL;
    job.compare = second_text(work);
    job.compare_length = strlen(job.compare);
    if (!run_job(work, &job, &both, err)) {
        return false;
    }
    work->compare = heed_result_retain(both->compare->result);
    heed_result_release(work->result);
    work->result = both;
    return check_partners(work, err);
}

static bool pin(struct heed_pin *to, const struct work *work, const struct heed_result *result,
                enum heed_cli_side side, const char *word, struct heed_error *err)
{
    struct heed_token_range range = {0};
    if (!word) {
        return true;
    }
    if (!heed_cli_find_name(&range, work->options, heed_kit_get_tokenizer(result->kit),
                            result->encoding, side, word, err) ||
        !heed_rank_check_whole(result->maps, range, word, err)) {
        return false;
    }
    *to = (struct heed_pin){range.first, range.count};
    return true;
}

/* In Compare a word that A lacks is looked for in B. */
static bool pin_compared(struct heed_pin *to, const struct work *work, enum heed_cli_side side,
                         const char *word, struct heed_error *err)
{
    const struct heed_comparison *compare = work->result->compare;
    struct heed_error missing = {0};
    if (pin(to, work, work->result, side, word, &missing)) {
        return true;
    }
    if (compare && pin(to, work, compare->result, side, word, NULL)) {
        to->in_b = true;
        return true;
    }
    return heed_error_set(err, missing.code, "%s%s", missing.text,
                          compare ? ", nor has --compare's" : "");
}

/* What a person who prints it should know. */
static void note_page(const struct work *work, const struct heed_export_page *page)
{
    const float asked =
        work->options->font_size_pt > 0 ? work->options->font_size_pt : HEED_EXPORT_PT;
    const bool on_paper =
        !page->is_data && (!work->options->size || !strstr(work->options->size, "px"));
    if (page->pt < asked) {
        heed_cli_note("type shrunk from %.3g to %.3g pt", (double)asked, (double)page->pt);
    }
    if (on_paper && page->height_mm > A4_MM) {
        heed_cli_note("the picture is %.0f mm high, more than a page of A4 (%d mm)",
                      (double)page->height_mm, A4_MM);
    }
}

static bool draw(struct work *work, struct heed_error *err)
{
    const struct heed_cli_options *options = work->options;
    struct heed_export_page *page = &work->page;
    struct heed_export_options export = {
        .format = (enum heed_export_format)options->format,
        .font_size_pt = options->font_size_pt,
        .fit = options->fit,
        .link_limit = options->limit,
        .columns = options->columns,
        .keep_theme = options->theme != NULL,
        .figure = is_figure(options),
        .compare = work->compare,
        .compare_query = work->compare_query,
        .compare_key = work->compare_key,
        .tokenizer = heed_pipeline_get_tokenizer(work->pipeline),
        .tasks = &work->tasks,
        .page = page,
        .dpi = options->dpi,
        .font = options->font,
        .title = options->title,
        .transparent = options->transparent,
    };
    const struct heed_export_source source = {&work->state, work->result,
                                              heed_pipeline_get_model(work->pipeline)};
    if ((options->size && !heed_export_parse_size(options->size, &export, err)) ||
        !heed_export_look_at_all(&work->tasks, &source, &export, options->output, work->pipeline,
                                 err) ||
        !heed_export_write(source.state, source.result, source.model, &export, options->output,
                           err)) {
        return false;
    }
    note_page(work, page);
    return true;
}

/* The names of both, where they are two. */
static void put_models(struct heed_buffer *out, const struct heed_result *result)
{
    static const char *const keys[] = {"model", "compare_model"};
    for (int i = 0; i < 2 && heed_compares_models(result); i++) {
        char name[HEED_MODEL_NAME_BYTES];
        heed_name_side_model(result, i == 1, name, sizeof name);
        heed_buffer_printf(out, ",\"%s\":", keys[i]);
        heed_buffer_put_json(out, name, strlen(name));
    }
}

static bool print_summary(const struct work *work, struct heed_error *err)
{
    struct heed_buffer out = {0};
    const char *caption = work->page.caption;
    if (!work->options->json) {
        if (work->options->caption) {
            heed_buffer_printf(&out, "%s\n", caption);
        }
        return heed_cli_print_end(&out, err);
    }
    heed_buffer_puts(&out, "{\"file\":");
    heed_buffer_put_json(&out, work->options->output, strlen(work->options->output));
    put_models(&out, work->result);
    heed_buffer_puts(&out, ",\"caption\":");
    heed_buffer_put_json(&out, caption, strlen(caption));
    heed_buffer_printf(&out, ",\"tokens\":%d,\"heads\":%d}\n", work->result->encoding->n_tokens,
                       work->state.n_shown);
    return heed_cli_print_end(&out, err);
}

/* The same run of both texts, each in its own tokens; false: one of them lacks it. */
static bool align_pins(const struct heed_alignment *tokens, struct heed_pin *a, struct heed_pin *b)
{
    const struct heed_pin pin = *a;
    struct heed_pin *const other = pin.in_b ? a : b;
    const int last = pin.first + pin.count - 1;
    int (*const find)(const struct heed_alignment *, int) =
        pin.in_b ? heed_alignment_find_a : heed_alignment_find_b;
    const int from = pin.count > 0 ? find(tokens, pin.first) : -1;
    const int to = pin.count > 0 ? find(tokens, last) : -1;
    *(pin.in_b ? b : a) = (struct heed_pin){pin.first, pin.count};
    *other = (struct heed_pin){from, to - from + 1};
    return from >= 0 && to >= from;
}

/* A session's two texts are in one result, and its pins, or the options', of one of them. */
static bool take_sessions_pair(struct work *work, struct heed_error *err)
{
    const struct heed_comparison *both = work->result->compare;
    struct heed_state *state = &work->state;
    work->compare = heed_result_retain(both->result);
    if (!align_pins(&both->tokens, &state->query, &work->compare_query)) {
        return heed_error_set(err, HEED_ERROR_INPUT,
                              "a figure of two texts needs a query that both have: give "
                              "--query WORD");
    }
    if (!align_pins(&both->tokens, &state->key, &work->compare_key)) {
        state->key = work->compare_key = (struct heed_pin){0};
    }
    return check_partners(work, err);
}

/* The text beside it, and its query: the same word. */
static bool read_compare(struct work *work, struct heed_error *err)
{
    const struct heed_cli_options *options = work->options;
    if (has_sessions_pair(work)) {
        return take_sessions_pair(work, err);
    }
    if (!second_text(work)) {
        return true;
    }
    if (!options->query) {
        return fail_usage(err, "needs --query WORD with --compare");
    }
    return (work->result->file || options->compare_model
                ? compute_second(work, err)
                : compute(work, options->compare, &work->compare, err)) &&
           ((pin(&work->compare_query, work, work->compare, HEED_CLI_QUERIES, options->query,
                 err) &&
             pin(&work->compare_key, work, work->compare, HEED_CLI_KEYS, options->key, err)) ||
            heed_cli_blame(err, "--compare"));
}

static bool pin_words(struct work *work, struct heed_error *err)
{
    const struct heed_cli_options *options = work->options;
    struct heed_state *state = &work->state;
    if (!pin_compared(&state->query, work, HEED_CLI_QUERIES, options->query, err) ||
        !pin_compared(&state->key, work, HEED_CLI_KEYS, options->key, err)) {
        return false;
    }
    if (state->query.count > 0 && is_figure(options) && !state->query.in_b &&
        heed_maps_find_unit(work->result->maps, state->query.first) < 0) {
        return heed_error_set(err, HEED_ERROR_INPUT,
                              "a figure needs a query that isn't hidden: give --query WORD");
    }
    return !is_figure(options) || read_compare(work, err);
}

/* A paper's figure shows words; a query's scores against keys are of pieces. */
static bool merges_words(const struct work *work)
{
    return is_figure(work->options) && work->state.view != HEED_VIEW_NEURON;
}

static bool check_limit(const struct work *work, struct heed_error *err)
{
    const struct heed_state *state = &work->state;
    return work->options->limit == 0 ||
           (heed_view_get_kind(state->view)->draws_links && state->panel == HEED_PANEL_NONE &&
            !is_figure(work->options)) ||
           fail_usage(err, "takes --limit with --view links or arcs, which draw links");
}

/* Only a file may have patches. */
static bool take_lists(struct work *work, struct heed_error *err)
{
    const bool of_file = heed_cli_is_attention_file(work->options) || work->state.file;
    work->state.patch_lists = work->state.patch_lists || work->options->lists;
    return !work->options->lists || of_file ||
           fail_usage(err, "takes --lists with FILE.safetensors, whose tokens are patches");
}

/* The model, or the file that the arguments or the session name. */
static bool open_source(struct work *work, struct heed_error *err)
{
    const struct heed_state *state = &work->state;
    const struct heed_cli_options *options = work->options;
    if (!options->session || !state->file) {
        return heed_cli_open_source(&work->pipeline, options, err);
    }
    return heed_cli_open_file(&work->pipeline, state->file,
                              options->part                   ? options->part
                              : state->part == HEED_PART_SELF ? HEED_FIRST_PART
                                                              : heed_part_kind_words[state->part],
                              err);
}

/* B's model, of the options or of the session. */
static bool open_second(struct work *work, struct heed_error *err)
{
    const bool is_asked = is_figure(work->options) || heed_state_second_model(&work->state);
    return !is_asked || work->state.file ||
           heed_cli_open_second(work->pipeline, work->state.compare_model, err);
}

static bool make(struct work *work, struct heed_error *err)
{
    const struct heed_cli_options *options = work->options;
    struct heed_state *state = &work->state;
    if (!read_state(work, err) || !take_lists(work, err) || !check_limit(work, err) ||
        (options->theme && !heed_export_parse_theme(options->theme, &state->theme, err)) ||
        (options->palette && !heed_export_parse_palette(options->palette, &state->palette, err)) ||
        !open_source(work, err) || !choose_heads(work, err) || !open_second(work, err) ||
        !heed_export_switch_off(state, options, work->pipeline, err)) {
        return false;
    }
    const struct heed_model_config *config = heed_pipeline_get_config(work->pipeline);
    heed_state_fit(state, config->n_layers, config->n_heads, config->max_positions);
    state->filter.words = state->filter.words || merges_words(work);
    if (!compute(work, state->text, &work->result, err) ||
        !heed_cli_can_filter(work->result, options, err)) {
        return false;
    }
    if (!is_figure(options) &&
        !heed_view_can(heed_view_get_kind(state->view), heed_panel_get_kind(state->panel),
                       work->result, err)) {
        return false;
    }
    heed_state_fit(state, config->n_layers, config->n_heads, work->result->encoding->n_tokens);
    if (work->result->compare) {
        heed_state_fit_b(state, work->result->compare->result->encoding->n_tokens);
    }
    return pin_words(work, err) &&
           heed_export_run_panel(&work->tasks, state, work->pipeline, work->result, err) &&
           draw(work, err) && print_summary(work, err);
}

bool heed_cli_export(const struct heed_cli_options *options, struct heed_error *err)
{
    if (options->lesson) {
        return heed_export_lesson(options, err);
    }
    if (!check(options, err)) {
        return false;
    }
    struct work *work = calloc(1, sizeof *work);
    if (!work) {
        return heed_error_set(err, HEED_ERROR_MEMORY, "no memory left for the picture");
    }
    work->options = options;
    const bool ok = make(work, err);
    heed_tasks_finish(&work->tasks);
    heed_result_release(work->result);
    heed_result_release(work->compare);
    heed_pipeline_close(work->pipeline);
    heed_state_finish(&work->state);
    heed_cli_texts_finish(&work->texts);
    free(work);
    return ok;
}

static const char *const styles[] = {"window", "figure", NULL};

static const char *const formats[] = {"svg", "pdf", "png", "csv", "json", "txt", NULL};

static const struct heed_option options_of_export[] = {
    {HEED_OPTION(PATH, "output", "F", output,
                 "F.svg, F.pdf or F.png; the links and cells that it shows: F.csv, F.json; in "
                 "words: F.txt"),
     .letter = 'o'},
    {HEED_OPTION(CHOICE, "format", "F", format, "whatever the name ends in"), 0, 0, formats,
     HEED_EXPORT_SVG},
    {HEED_OPTION(TEXT, "view", "V", view,
                 "links, arcs, matrix, heads, neuron, stack, compare, lab, ablation or probe")},
    {HEED_OPTION(CHOICE, "step", "S", step, "of neuron, in steps"), 0, 0, heed_neuron_step_words,
     HEED_NEURON_WHOLE + 1},
    {HEED_OPTION(CHOICE, "page", "P", page, "of stack, beside --layer L"), 0, 0, page_words, 1},
    {HEED_OPTION(TEXT, "heads", "L3H1,L5H11", heads,
                 "the heads, in this order (default: L0H0,L0H1,L0H2)")},
    {HEED_OPTION(INT, "layer", "L", layer, "the layer of --head; alone: all of its heads"), 0,
     32767},
    {HEED_OPTION(TEXT, "head", "H[,H...]", head, "heads of --layer")},
    {HEED_OPTION(TEXT, "query", "NAME", query, "pin this run as the query")},
    {HEED_OPTION(TEXT, "key", "NAME", key, "and this one as its key")},
    {HEED_OPTION(FLAG, "lists", NULL, lists,
                 "a file's patches in lists, as other tokens, and not in their picture")},
    {HEED_CLI_PAIR_OPTION},
    {HEED_OPTION(TEXT, "compare", "TEXT2", compare,
                 "a second text, or file, held against the first")},
    {HEED_CLI_COMPARE_MODEL_OPTION},
    {HEED_CLI_MUTE_OPTION},
    {HEED_CLI_SCALE_OPTION},
    {HEED_CLI_CUT_OPTION},
    {HEED_CLI_MASK_OPTION},
    {HEED_CLI_POSITIONS_OPTION},
    {HEED_CLI_ATTENTION_OPTION},
    {HEED_CLI_FILE_OPTION},
    {HEED_CLI_PART_OPTION},
    {HEED_CLI_STRICT_OPTION},
    {HEED_OPTION(PATH, "session", "F.heed", session,
                 "the state of a session file instead; view, heads, pins and filters on top")},
    {HEED_OPTION(PATH, "lesson", "FILE|ID", lesson,
                 "the slides of a lesson, 16:9: a page of F.pdf each, or F-01.png, F-02.png ...")},
    {HEED_OPTION(TEXT, "theme", "T", theme, "light, dark or paper (default: paper)")},
    {HEED_OPTION(TEXT, "palette", "P", palette, "tide, ink, viridis or cividis")},
    {HEED_OPTION(TEXT, "size", "WxHmm", size, "or WxHpx, or the width alone")},
    {HEED_OPTION(FLOAT, "font-size", "PT", font_size_pt, "of the tokens, in points (default: 8)"),
     1, 200},
    {HEED_OPTION(INT, "limit", "N", limit, "the N strongest links, and those of pinned words"), 1,
     INT_MAX},
    {HEED_OPTION(FLAG, "fit", NULL, fit,
                 "shrink type, down to 6 pt, if --size has no room for all")},
    {HEED_OPTION(TEXT, "font", "FAMILY", font, "the type (default: Inter)")},
    {HEED_OPTION(FLOAT, "dpi", "N", dpi, "of a PNG (default: 300)"), 10, 4800},
    {HEED_OPTION(FLAG, "transparent", NULL, transparent, "no white ground")},
    {HEED_OPTION(TEXT, "title", "TEXT", title, "the file's title; nothing is drawn")},
    {HEED_OPTION(FLAG, "caption", NULL, caption,
                 "print what the picture shows and leaves out; the file says it, too")},
    {HEED_OPTION(INT, "columns", "N", columns, "panels a line, where each head has its own"), 1,
     1024},
    {HEED_OPTION(CHOICE, "style", "S", style,
                 "the view, or, for a paper, words merged and a query's links two-sided"),
     0, 0, styles, 0},
};

const struct heed_command heed_command_export = {
    .name = "export",
    .usage = "TEXT|FILE.safetensors --view V --heads L3H1,L5H11 -o F.svg|F.pdf|F.png",
    .summary = "write the picture of a view as SVG, PDF or PNG",
    .about =
        "Without --size a picture is 85, 110, 140 or 175 mm wide, as its content needs, and as\n"
        "high as it needs. Nothing is cut short: a size that has no room for all is refused\n"
        "with the least that has. 1 px is 1/96 inch; a PNG has 300 dpi, and --size in px means\n"
        "its own pixels. The same arguments give the same bytes. -o - is SVG on standard\n"
        "output, or as --format says. With --view probe a file of sentences stands in the\n"
        "text's place. --lesson needs no text: each step as the projector shows it, a question\n"
        "before its answer, light or with --theme dark, 1600x900px or "
        "--size.\n" HEED_CLI_ABOUT_NAMES HEED_CLI_ABOUT_FILES,
    .argument = "a text",
    .options = options_of_export,
    .n_options = HEED_COUNT(options_of_export),
    .takes = HEED_TAKES_RUN | HEED_TAKES_JSON | HEED_TAKES_FILTERS,
    .run = heed_cli_export,
};
