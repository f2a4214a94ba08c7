/* Shots of the views and panels that need a model's numbers: a small one's. */
#include "shots.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/compiler.h"
#include "core/engine/ablation_task.h"
#include "core/engine/probe_task.h"
#include "other_model.h"
#include "scene/frame/tasks.h"
#include "state/candidates.h"
#include "state/interventions.h"
#include "state/probe_files.h"
#include "tiny_model.h"
#include "ui/actions/probe.h"
#include "ui/actions/tasks.h"
#include "ui/ui.h"
#include "ui/window/window.h"

static const char text[] = "the old dog ran";
static const char *other_words; /* the folder of a model with another vocabulary */
static const char other[] = "the animal ran home";

static const char sentences[] = "sentence\tpronoun\tcandidates\tanswer\n# a minimal pair\n"
                                "The dog saw the cat, it ran home.\tit\tdog|cat\tdog\n"
                                "The dog saw the cat, it is old.\tit\tdog|cat\tcat\n"
                                "A cat and a house: it is new.\tit\tcat|house\thouse\n"
                                "too\tfew\tcolumns\n";
static const char grouped[] = "sentence\tpronoun\tcandidates\tanswer\tgroup\n"
                              "The dog saw the cat, it ran home.\tit\tdog|cat\tdog\tran\n"
                              "The dog saw the cat, it is old.\tit\tdog|cat\tcat\told\n"
                              "A cat and a house: it is old.\tit\tcat|house\thouse\told\n";
/* Two trees: relations of one and of several words, to the left and to the right. */
#define WORD(number, word, head, relation)                                                         \
    number "\t" word "\t_\t_\t_\t_\t" head "\t" relation "\t_\t_\n"
#define ENDING(number, word, head, relation)                                                       \
    number "\t" word "\t_\t_\t_\t_\t" head "\t" relation "\t_\tSpaceAfter=No\n"
static const char trees[] = "# text = The dog saw the old cat.\n" WORD("1", "The", "2", "det")
    WORD("2", "dog", "3", "nsubj") WORD("3", "saw", "0", "root") WORD("4", "the", "6", "det")
        WORD("5", "old", "6", "amod") ENDING("6", "cat", "3", "obj")
            WORD("7", ".", "3",
                 "punct") "\n"
                          "# text = The animal ran home.\n" WORD("1", "The", "2", "det")
                              WORD("2", "animal", "3", "nsubj") WORD("3", "ran", "0", "root")
                                  ENDING("4", "home", "3", "obj") WORD("5", ".", "3", "punct") "\n";
static const struct heed_probe_file files[] = {
    {"few.tsv", "a few animals", sentences, sizeof sentences - 1},
    {"groups.tsv", "two groups", grouped, sizeof grouped - 1},
    {"two.conllu", "two trees", trees, sizeof trees - 1}};

int shots_set_up(void **state)
{
    other_words = other_model_make();
    return tiny_model_open(state);
}

int shots_tear_down(void **state)
{
    other_model_drop();
    return tiny_model_close(state);
}

void shots_open(struct window *window)
{
    heed_ui_set_model(window->ui, heed_pipeline_get_model(tiny_model_pipeline()),
                      heed_pipeline_get_tokenizer(tiny_model_pipeline()));
    heed_ui_set_probes(window->ui, files, HEED_COUNT(files));
}

void shots_begin(struct heed_state *state)
{
    assert_true(heed_state_set_text(state, text, strlen(text), NULL));
    heed_state_show_only(state, (struct heed_head_id[]){{0, 1}, {1, 0}}, 2);
    state->query = (struct heed_pin){3, 1};
}

static void pin_nothing(struct heed_state *state)
{
    state->query.count = 0;
}

static void pin_pair(struct heed_state *state)
{
    state->key = (struct heed_pin){2, 1};
}

static void pin_edges(struct heed_state *state)
{
    state->query = (struct heed_pin){0, 1};
    state->key = (struct heed_pin){5, 1};
}

/* Its largest weight is that of the first token. */
static void pin_query_of_the_first(struct heed_state *state)
{
    heed_state_show_only(state, (struct heed_head_id[]){{0, 0}}, 1);
    state->query = (struct heed_pin){2, 1};
}

static void show_no_head(struct heed_state *state)
{
    heed_state_show_only(state, NULL, 0);
}

static void project(struct heed_state *state)
{
    pin_pair(state);
    state->projector = true;
}

static void show_values(struct heed_state *state)
{
    pin_pair(state);
    state->neuron_values = true;
    state->neuron_sorted = true;
}

static void step_to_vectors(struct heed_state *state)
{
    pin_pair(state);
    state->neuron_step = HEED_NEURON_VECTORS;
}

static void step_to_sum(struct heed_state *state)
{
    pin_pair(state);
    state->neuron_step = HEED_NEURON_SUM;
}

static void step_to_softmax(struct heed_state *state)
{
    pin_pair(state);
    state->neuron_step = HEED_NEURON_SOFTMAX;
}

static void step_to_values(struct heed_state *state)
{
    pin_pair(state);
    state->neuron_step = HEED_NEURON_WEIGHTED;
    state->filter.hide_special = true;
}

static void merge_words(struct heed_state *state)
{
    state->filter.words = true;
    state->filter.hide_special = true;
}

static void change_encoder(struct heed_state *state)
{
    pin_pair(state);
    state->variant = (struct heed_variant){heed_mask_of(HEED_MASK_CAUSAL, 0), HEED_POSITIONS_OFF,
                                           HEED_ATTENTION_LINEAR};
}

static void mask_strides(struct heed_state *state)
{
    state->variant = (struct heed_variant){heed_mask_of(HEED_MASK_STRIDED, 2),
                                           HEED_POSITIONS_SINUSOIDAL, HEED_ATTENTION_FLASH};
}

static void turn_off(struct heed_state *state)
{
    pin_pair(state);
    heed_state_toggle_muted(state, (struct heed_head_id){1, 0});
    assert_true(heed_state_set_factor(state, (struct heed_head_id){0, 1}, 0.5F));
}

static void turn_page(struct heed_state *state)
{
    pin_pair(state);
    state->stack_page = 1;
}

static void turn_to_the_end(struct heed_state *state)
{
    state->stack_page = 3;
}

static void compare(struct heed_state *state)
{
    pin_pair(state);
    assert_true(heed_state_set_compare(state, other, strlen(other), NULL));
}

static void compare_a(struct heed_state *state)
{
    compare(state);
    state->compare_map = HEED_COMPARE_A;
}

static void compare_unpinned(struct heed_state *state)
{
    compare(state);
    state->query.count = 0;
    state->key.count = 0;
    state->compare_rank = HEED_COMPARE_BY_MAP;
}

/* The mean of the rows of each, of which B has fewer. */
static void compare_hidden(struct heed_state *state)
{
    static const char words[] = "dogs ran";
    compare_unpinned(state);
    state->filter.hide_special = true;
    assert_true(heed_state_set_compare(state, words, sizeof words - 1, NULL));
}

static void compare_b(struct heed_state *state)
{
    compare(state);
    state->compare_map = HEED_COMPARE_B;
}

static void compare_layers(struct heed_state *state)
{
    compare(state);
    state->compare_map = HEED_COMPARE_LAYERS;
}

/* Of another model with the same words: heads 0 to 2 of each layer have a partner. */
static void compare_models(struct heed_state *state)
{
    char folder[1024];
    const char *data = getenv("HEED_TEST_DATA");
    compare(state);
    snprintf(folder, sizeof folder, "%s/data/tiny-distilbert", data ? data : "tests");
    assert_true(heed_state_set_compare_model(state, folder, NULL));
}

/* Whole words are compared, whatever is chosen. */
static void compare_vocabularies(struct heed_state *state)
{
    compare(state);
    assert_true(heed_state_set_compare_model(state, other_words, NULL));
}

/* One shown head has no partner. */
static void compare_heads_of_models(struct heed_state *state)
{
    compare_models(state);
    heed_state_show_only(state, (struct heed_head_id[]){{0, 3}, {1, 0}}, 2);
    state->compare_heads = true;
}

static void compare_heads(struct heed_state *state)
{
    compare(state);
    state->compare_heads = true;
}

static void open_ablation(struct heed_state *state)
{
    pin_pair(state);
    state->panel = HEED_PANEL_ABLATION;
    state->ablation_by = HEED_ABLATION_BY_MEAN;
}

static void order_by_largest(struct heed_state *state)
{
    open_ablation(state);
    state->ablation_by = HEED_ABLATION_BY_LARGEST;
}

static void order_by_sentence(struct heed_state *state)
{
    open_ablation(state);
    state->key.count = 0;
    state->ablation_by = HEED_ABLATION_BY_SENTENCE;
}

/* Of a word whose tokens are shown as one: the work is another link's. */
static void ablate_a_part(struct heed_state *state)
{
    static const char words[] = "the old dogs ran";
    assert_true(heed_state_set_text(state, words, sizeof words - 1, NULL));
    open_ablation(state);
    state->filter.words = true;
}

static void open_probe(struct heed_state *state)
{
    state->panel = HEED_PANEL_PROBE;
    assert_true(heed_state_set_probe(state, files[0].name, strlen(files[0].name), NULL));
    state->color_by = HEED_COLOR_BY_PROBE_ACCURACY;
}

static void open_groups(struct heed_state *state)
{
    open_probe(state);
    assert_true(heed_state_set_probe(state, files[1].name, strlen(files[1].name), NULL));
}

static void open_trees(struct heed_state *state)
{
    open_probe(state);
    assert_true(heed_state_set_probe(state, files[2].name, strlen(files[2].name), NULL));
}

static void color_by_margin(struct heed_state *state)
{
    assert_true(heed_state_toggle_candidate(state, (struct heed_pin){2, 1}));
    assert_true(heed_state_toggle_candidate(state, (struct heed_pin){4, 1}));
    state->color_by = HEED_COLOR_BY_MARGIN;
}

static void probe_margin(struct heed_state *state)
{
    open_probe(state);
    state->color_by = HEED_COLOR_BY_PROBE_MARGIN;
}

static void mask_window(struct heed_state *state)
{
    pin_pair(state);
    state->variant.mask = heed_mask_of(HEED_MASK_WINDOW, 1);
}

static void mark_candidates(struct heed_state *state)
{
    assert_true(heed_state_toggle_candidate(state, (struct heed_pin){2, 1}));
    assert_true(heed_state_toggle_candidate(state, (struct heed_pin){4, 1}));
}

/* The inspector's numbers of a link, which come when nothing has come for a while. */
static void wait(struct window *window)
{
    for (int i = 0; i < 3; i++) {
        window->time += 5;
        window_build(window);
    }
}

static void hover_value(struct window *window)
{
    shot_hover(window, HEED_TARGET_VALUE, 0);
}

static void hover_key(struct window *window)
{
    shot_hover(window, HEED_TARGET_KEY, 1);
}

static void hover_cell(struct window *window)
{
    shot_hover(window, HEED_TARGET_CELL, 0);
}

static void show_links(struct heed_state *state)
{
    pin_pair(state);
    state->filter.threshold = 0.3F;
    state->heads_mode = HEED_HEADS_LINKS;
    state->heads_order = HEED_ORDER_LABEL;
}

static void order_in_bands(struct heed_state *state)
{
    state->heads_order = (enum heed_heads_order)(HEED_ORDER_MEASURE + HEED_COLOR_BY_DISTANCE);
    state->heads_bands = true;
}

/* The word is one text's alone. */
static void compare_what_b_lacks(struct heed_state *state)
{
    compare(state);
    state->query = (struct heed_pin){2, 1};
    state->key.count = 0;
}

static void compare_what_a_lacks(struct heed_state *state)
{
    compare(state);
    state->query = (struct heed_pin){4, 1, true};
    state->key.count = 0;
}

static void write_signs(struct heed_state *state)
{
    static const char signs[] = "a\\{~^&%_";
    assert_true(heed_state_set_text(state, signs, sizeof signs - 1, NULL));
    step_to_softmax(state);
}

static void give(struct window *window, const char *command)
{
    window_leave_field(window);
    window_press(window, 'K', CTRL);
    window_paste(window, command, strlen(command));
    window_press(window, HEED_KEY_ENTER, 0);
}

static void copy_sums(struct window *window)
{
    give(window, "sums as text");
    assert_non_null(window->effects.set_clipboard);
}

static void copy_latex(struct window *window)
{
    give(window, "sums as LaTeX");
    assert_non_null(window->effects.set_clipboard);
}

static void copy_pair(struct window *window)
{
    window_leave_field(window);
    window_press(window, 'C', CTRL);
    assert_non_null(window->effects.set_clipboard);
}

static void copy_row(struct window *window)
{
    window_leave_field(window);
    window_press(window, 'C', CTRL | SHIFT);
    assert_non_null(window->effects.set_clipboard);
}

static void zoom(struct window *window)
{
    window_leave_field(window);
    window_press(window, '+', 0);
    window_press(window, '+', 0);
}

static void hover_head(struct window *window)
{
    shot_hover(window, HEED_TARGET_HEAD, 4);
}

static void begin_task(struct window *window)
{
    window_leave_field(window);
    window_press(window, HEED_KEY_ENTER, CTRL);
    assert_true(window->effects.start);
}

static void half_done(struct window *window)
{
    begin_task(window);
    assert_true(heed_ui_set_progress(window->ui,
                                     (struct heed_task_progress){window->effects.start_id, 3, 8}));
}

static void ablate(struct window *window)
{
    struct heed_task *task = NULL;
    begin_task(window);
    const struct heed_ablation_options options =
        heed_ui_get_ablation(window->ui, window->effects.start_id);
    assert_true(heed_ablation_task_create(&task, options, NULL));
    assert_true(heed_task_run(task, tiny_model_pipeline(), NULL, NULL, NULL));
    heed_ui_set_task(window->ui, task);
    heed_task_release(task);
}

static void probe(struct window *window)
{
    struct heed_probe_source source;
    struct heed_filter filter;
    begin_task(window);
    heed_ui_get_probe(window->ui, &source, &filter);
    struct heed_task *task = heed_probe_task_create(window->effects.start_id, &source, &filter);
    const struct heed_task_world world = {.pipeline = tiny_model_pipeline()};
    while (heed_task_advance(task, &world) == HEED_TASK_GOES_ON) {
    }
    heed_ui_set_task(window->ui, task);
    heed_task_release(task);
}

static void probe_a_group(struct window *window)
{
    probe(window);
    window->ui->tasks.look = (struct heed_probe_look){.group = 2, .kept = HEED_PROBE_RIGHT};
}

/* det, which has words on one side alone; and the last one, not right alone. */
static void open_relation(struct window *window)
{
    probe(window);
    heed_ui_open_relation(window->ui, 1);
}

static void open_last_relation(struct window *window)
{
    probe(window);
    heed_ui_open_relation(window->ui, heed_tasks_get_probe(&window->ui->tasks)->n_related);
    window->ui->tasks.look.kept = HEED_PROBE_WRONG;
    window_build(window);
    shot_hover(window, HEED_TARGET_HEAD, 3);
}

static void open_second_relation(struct window *window)
{
    probe(window);
    heed_ui_open_relation(window->ui, 2);
}

static void open_third_relation(struct window *window)
{
    probe(window);
    heed_ui_open_relation(window->ui, 3);
}

static void hover_relation(struct window *window)
{
    open_relation(window);
    window_build(window);
    shot_hover(window, HEED_TARGET_HEAD, 9);
}

/* Down to its sentences. */
static void probe_and_scroll(struct window *window)
{
    probe(window);
    window_build(window);
    shot_hover(window, HEED_TARGET_HEAD, 0);
    window_send(window, (struct heed_event){.kind = HEED_EVENT_WHEEL,
                                            .x = window->ui->pointer.x,
                                            .y = window->ui->pointer.y,
                                            .wheel_y = -40});
}

static void scroll_down(struct window *window)
{
    shot_hover(window, HEED_TARGET_QUERY, 0);
    window_send(window, (struct heed_event){.kind = HEED_EVENT_WHEEL,
                                            .x = window->ui->pointer.x,
                                            .y = window->ui->pointer.y,
                                            .wheel_y = -40});
}

/* The panel's work, seen from the view. */
static void ablate_and_close(struct window *window)
{
    ablate(window);
    window_press(window, 'A', SHIFT);
    wait(window);
}

#define NEURON HEED_VIEW_NEURON
#define STACK HEED_VIEW_STACK
#define COMPARE HEED_VIEW_COMPARE
#define HEADS HEED_VIEW_HEADS
#define LAB HEED_VIEW_LAB
#define ARCS HEED_VIEW_ARCS

const struct shot shots[] = {
    {"neuron", NULL, NEURON, NULL, NULL, ALONE},
    {"neuron pair", "neuron", NEURON, pin_pair, NULL, IN_DRAWER},
    {"neuron edges", "neuron", NEURON, pin_edges, NULL, ALONE},
    {"neuron first", "neuron", NEURON, pin_query_of_the_first, NULL, ALONE},
    {"neuron values", "neuron", NEURON, show_values, NULL, IN_DRAWER},
    {"neuron step 1", "neuron pair", NEURON, step_to_vectors, NULL, ALONE},
    {"neuron step 3", "neuron step 1", NEURON, step_to_sum, NULL, ALONE},
    {"neuron step 5", "neuron step 1", NEURON, step_to_softmax, NULL, IN_DRAWER},
    {"neuron step 6", "neuron step 5", NEURON, step_to_values, NULL, ALONE},
    {"neuron step export", "neuron export", NEURON, step_to_softmax, NULL, AS_EXPORT},
    {"neuron words", "neuron", NEURON, merge_words, NULL, ALONE},
    {"neuron variant", "neuron", NEURON, change_encoder, NULL, ALONE},
    {"neuron hover value", "neuron pair", NEURON, pin_pair, hover_value, ALONE},
    {"neuron hover key", "neuron", NEURON, NULL, hover_key, ALONE},
    {"neuron projector", NULL, NEURON, project, NULL, ALONE},
    {"neuron widths", NULL, NEURON, pin_pair, NULL, OVER_WIDTHS},
    {"neuron heights", NULL, NEURON, pin_pair, NULL, OVER_HEIGHTS},
    {"neuron no head", "neuron", NEURON, show_no_head, NULL, ALONE},
    {"neuron export", NULL, NEURON, show_values, NULL, AS_EXPORT},

    {"neuron copied", "neuron step 5", NEURON, step_to_softmax, copy_sums, IN_DRAWER},
    {"neuron copied signs", "neuron step 5", NEURON, write_signs, copy_latex, IN_DRAWER},
    {"neuron copied pair", "neuron pair", NEURON, pin_pair, copy_pair, IN_DRAWER},
    {"neuron copied row", "neuron pair", NEURON, pin_pair, copy_row, IN_DRAWER},

    {"stack", "neuron", STACK, NULL, NULL, ALONE},
    {"stack layer", "stack", STACK, turn_page, NULL, IN_DRAWER},
    {"stack end", "stack", STACK, turn_to_the_end, NULL, IN_DRAWER},
    {"stack off", "stack", STACK, turn_off, NULL, ALONE},
    {"stack hover", "stack layer", STACK, turn_page, hover_value, ALONE},
    {"stack end export", NULL, STACK, turn_to_the_end, NULL, AS_EXPORT},
    {"stack end least", NULL, STACK, turn_to_the_end, scroll_down, IN_LEAST},
    {"stack widths", NULL, STACK, turn_page, NULL, OVER_WIDTHS},
    {"stack heights", NULL, STACK, turn_page, NULL, OVER_HEIGHTS},
    {"stack no head", "stack", STACK, show_no_head, NULL, IN_DRAWER},
    {"stack export", NULL, STACK, turn_page, NULL, AS_EXPORT},

    {"compare", "neuron", COMPARE, compare, NULL, IN_DRAWER},
    {"compare unpinned", "compare", COMPARE, compare_unpinned, NULL, IN_DRAWER},
    {"compare B", "compare", COMPARE, compare_b, NULL, ALONE},
    {"compare A", "compare B", COMPARE, compare_a, NULL, ALONE},
    {"compare layers", "compare", COMPARE, compare_layers, NULL, ALONE},
    {"compare heads", "compare", COMPARE, compare_heads, NULL, IN_LEAST},
    {"compare models", "compare", COMPARE, compare_models, NULL, IN_WIDE},
    {"compare vocabularies", "compare models", COMPARE, compare_vocabularies, NULL, IN_WIDE},
    {"compare heads of models", NULL, COMPARE, compare_heads_of_models, NULL, IN_LEAST},
    {"compare models alone", "compare B", COMPARE, compare_models, NULL, ALONE},
    {"compare hover", "compare", COMPARE, compare, hover_cell, ALONE},
    {"compare A alone", "compare", COMPARE, compare_what_b_lacks, wait, IN_DRAWER},
    {"compare B alone", "compare", COMPARE, compare_what_a_lacks, wait, IN_DRAWER},
    {"compare widths", NULL, COMPARE, compare, NULL, OVER_WIDTHS},
    {"compare heights", NULL, COMPARE, compare, NULL, OVER_HEIGHTS},
    {"compare export", NULL, COMPARE, compare, NULL, AS_EXPORT},
    {"compare export hidden", NULL, COMPARE, compare_hidden, NULL, AS_EXPORT},

    {"lab", "neuron", LAB, NULL, NULL, ALONE},
    {"lab variant", "lab", LAB, change_encoder, NULL, IN_DRAWER},
    {"lab strides", "lab", LAB, mask_strides, NULL, ALONE},
    {"lab window", "lab", LAB, mask_window, NULL, ALONE},
    {"lab widths", NULL, LAB, turn_off, NULL, OVER_WIDTHS},
    {"lab heights", NULL, LAB, turn_off, NULL, OVER_HEIGHTS},
    {"lab no head", "lab", LAB, show_no_head, NULL, ALONE},
    {"lab export", NULL, LAB, change_encoder, NULL, AS_EXPORT},

    {"heads", "neuron", HEADS, NULL, NULL, ALONE},
    {"heads links", "heads", HEADS, show_links, NULL, ALONE},
    {"heads bands", "heads", HEADS, order_in_bands, NULL, ALONE},
    {"heads hover", "heads", HEADS, NULL, hover_head, ALONE},
    {"heads off", "heads", HEADS, turn_off, NULL, IN_DRAWER},
    {"heads zoom", "heads", HEADS, NULL, zoom, ALONE},
    {"heads widths", NULL, HEADS, order_in_bands, NULL, OVER_WIDTHS},
    {"heads heights", NULL, HEADS, order_in_bands, NULL, OVER_HEIGHTS},
    {"heads export", NULL, HEADS, pin_pair, NULL, AS_EXPORT},

    {"inspector", "neuron", ARCS, NULL, wait, IN_DRAWER},
    {"inspector unpinned", "inspector", ARCS, pin_nothing, wait, IN_DRAWER},
    {"inspector pair", "inspector", ARCS, pin_pair, wait, IN_DRAWER},
    {"inspector edges", "inspector pair", ARCS, pin_edges, wait, IN_DRAWER},
    {"inspector ablated", "inspector pair", ARCS, open_ablation, ablate_and_close, IN_DRAWER},
    {"inspector part of a word", "inspector ablated", ARCS, ablate_a_part, ablate_and_close,
     IN_DRAWER},
    {"inspector off", "inspector pair", ARCS, turn_off, wait, IN_DRAWER},
    {"inspector candidates", "inspector", ARCS, mark_candidates, wait, IN_DRAWER},
    {"inspector words", "inspector", ARCS, merge_words, wait, IN_DRAWER},

    {"panels ablation", "neuron", ARCS, open_ablation, NULL, ALONE},
    {"panels ablation half done", "panels ablation", ARCS, open_ablation, half_done, ALONE},
    {"panels ablation done", "panels ablation", ARCS, open_ablation, ablate, ALONE},
    {"panels ablation largest", "panels ablation done", ARCS, order_by_largest, ablate, ALONE},
    {"panels ablation sentence", "panels ablation done", ARCS, order_by_sentence, ablate, ALONE},
    {"panels ablation least", "panels ablation done", ARCS, open_ablation, ablate, IN_LEAST},
    {"panels ablation export", NULL, ARCS, open_ablation, ablate, AS_EXPORT},
    {"panels probe", "neuron", ARCS, open_probe, NULL, ALONE},
    {"panels probe done", "panels probe", ARCS, open_probe, probe, ALONE},
    {"panels probe sentences", "panels probe done", ARCS, open_probe, probe_and_scroll, ALONE},
    {"panels probe margin", "panels probe done", ARCS, probe_margin, probe, IN_DRAWER},
    {"panels probe least", "panels probe done", ARCS, open_probe, probe, IN_LEAST},
    {"panels probe wide", "panels probe done", ARCS, open_probe, probe, IN_WIDE},
    {"panels probe group", "panels probe done", ARCS, open_groups, probe_a_group, ALONE},
    {"panels trees", "panels probe", ARCS, open_trees, NULL, ALONE},
    {"panels relations", "panels probe", ARCS, open_trees, probe, ALONE},
    {"panels relation", "panels relations", ARCS, open_trees, open_relation, ALONE},
    {"panels relation hover", "panels relation", ARCS, open_trees, hover_relation, ALONE},
    {"panels relation last", "panels relations", ARCS, open_trees, open_last_relation, ALONE},
    {"panels relation wide", NULL, ARCS, open_trees, open_relation, IN_WIDE},
    {"panels relation 2", "panels relation wide", ARCS, open_trees, open_second_relation, IN_WIDE},
    {"panels relation 3", "panels relation wide", ARCS, open_trees, open_third_relation, IN_WIDE},
    {"panels relation least", "panels relation", ARCS, open_trees, open_relation, IN_LEAST},
    {"panels relations export", NULL, ARCS, open_trees, probe, AS_EXPORT},
    {"panels ablation wide", "panels relation wide", ARCS, open_ablation, ablate, IN_WIDE},
    {"panels margins wide", "panels relation wide", ARCS, color_by_margin, NULL, IN_WIDE},
    {"panels probe export", NULL, ARCS, open_probe, probe, AS_EXPORT},
};
const size_t n_shots = HEED_COUNT(shots);
