#include "scenes.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fixed_kernels.h"

#include "base/compiler.h"
#include "draw/display_list.h"
#include "draw/metrics.h"
#include "draw/theme.h"
#include "scene/figure/figure.h"
#include "scene/frame/frame.h"
#include "scene/panels/panels.h"
#include "state/candidates.h"
#include "state/commands.h"
#include "state/interventions.h"
#include "state/state.h"
#include "ui/commands.h"
#include "ui/ui.h"
#include "ui/window/document.h"
#include "ui/window/effects.h"

static const char text[] = "The animal didn't cross the street because it was too tired.";
static const char pair[] = "It was too wide, and the dog ran home!";
/* Wide, joined, stacked and leftward letters, and what no font has. */
static const char scripts[] =
    "\xE7\x8C\xAB\xE3\x81\x8C \xD8\xA7\xD9\x84\xD8\xB3\xD9\x84\xD8\xA7\xD9\x85 "
    "\xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D \xE0\xA4\xB9\xE0\xA4\xBF\xE0\xA4\xA8"
    "\xE0\xA5\x8D\xE0\xA4\xA6\xE0\xA5\x80 \xE0\xB8\xA0\xE0\xB8\xB2\xE0\xB8\xA9"
    "\xE0\xB8\xB2 e\xCC\x81\xCC\xA3 \xF0\x9F\x91\xA9\xF0\x9F\x8F\xBD "
    "\xEE\x80\x80.";

/* Tokens of the first text: "it" and "animal", or what stands there. */
static const struct heed_pin query = {10, 1};
static const struct heed_pin key = {2, 1};

static void turn_nothing(struct heed_state *state)
{
    (void)state;
}

static void turn_query(struct heed_state *state)
{
    state->query = query;
}

static void turn_pair(struct heed_state *state)
{
    state->query = query;
    state->key = key;
}

static void turn_hide_special(struct heed_state *state)
{
    state->filter.hide_special = true;
    state->query = query;
}

static void turn_hide_punctuation(struct heed_state *state)
{
    state->filter.hide_punctuation = true;
}

static void turn_renormalise(struct heed_state *state)
{
    state->filter.hide_special = true;
    state->filter.renormalise = true;
    state->query = query;
    state->key = key;
}

static void turn_threshold(struct heed_state *state)
{
    state->filter.threshold = 0.1f;
}

static void turn_top_p(struct heed_state *state)
{
    state->filter.top_p = 0.6f;
    state->query = query;
}

static void turn_top_k(struct heed_state *state)
{
    state->filter.top_k = 2;
}

static void add_pair(struct heed_state *state, enum heed_segments segments)
{
    assert_true(heed_state_set_pair(state, pair, strlen(pair), NULL));
    state->filter.segments = segments;
}

static void turn_segments_all(struct heed_state *state)
{
    add_pair(state, HEED_SEGMENTS_ALL);
    state->query = query;
}

static void turn_segments_aa(struct heed_state *state)
{
    add_pair(state, HEED_SEGMENTS_AA);
}

static void turn_segments_ab(struct heed_state *state)
{
    add_pair(state, HEED_SEGMENTS_AB);
    state->query = query;
}

static void turn_segments_ba(struct heed_state *state)
{
    add_pair(state, HEED_SEGMENTS_BA);
}

static void turn_segments_bb(struct heed_state *state)
{
    add_pair(state, HEED_SEGMENTS_BB);
}

static void turn_words(struct heed_state *state)
{
    state->filter.words = true;
    state->query = query;
    state->key = key;
}

static void turn_mean(struct heed_state *state)
{
    state->filter.aggregate = HEED_AGGREGATE_MEAN;
    state->query = query;
}

static void turn_max(struct heed_state *state)
{
    state->filter.aggregate = HEED_AGGREGATE_MAX;
}

static void turn_value_norm(struct heed_state *state)
{
    state->filter.measure = HEED_MEASURE_VALUE_NORM;
    state->query = query;
    state->key = key;
}

static void turn_rollout(struct heed_state *state)
{
    state->filter.measure = HEED_MEASURE_ROLLOUT;
    state->query = query;
}

static void turn_all_filters(struct heed_state *state)
{
    add_pair(state, HEED_SEGMENTS_AB);
    state->filter = (struct heed_filter){.hide_special = true,
                                         .hide_punctuation = true,
                                         .renormalise = true,
                                         .words = true,
                                         .measure = HEED_MEASURE_ROLLOUT,
                                         .aggregate = HEED_AGGREGATE_MEAN,
                                         .segments = HEED_SEGMENTS_AB,
                                         .threshold = 0.02f,
                                         .top_p = 0.9f,
                                         .top_k = 5};
    state->query = query;
}

static void turn_no_head(struct heed_state *state)
{
    heed_state_show_only(state, NULL, 0);
}

static void turn_no_token(struct heed_state *state)
{
    assert_true(heed_state_set_text(state, ". . ,", 5, NULL));
    state->filter.hide_special = true;
    state->filter.hide_punctuation = true;
}

static void turn_no_text(struct heed_state *state)
{
    assert_true(heed_state_set_text(state, "", 0, NULL));
}

static void turn_muted(struct heed_state *state)
{
    heed_state_toggle_muted(state, (struct heed_head_id){1, 0});
    state->query = query;
}

static void turn_scripts(struct heed_state *state)
{
    assert_true(heed_state_set_text(state, scripts, strlen(scripts), NULL));
    state->query = (struct heed_pin){2, 1};
}

/* More tokens than the model of the tests takes. */
static void turn_long_text(struct heed_state *state)
{
    char more[16 * sizeof text] = "";
    for (int i = 0; i < 12; i++) {
        strcat(more, i > 0 ? " " : "");
        strcat(more, text);
    }
    assert_true(heed_state_set_text(state, more, strlen(more), NULL));
    state->query = query;
}

static void turn_other_looks(struct heed_state *state)
{
    state->palette = HEED_PALETTE_VIRIDIS;
    state->color_by = HEED_COLOR_BY_ENTROPY;
    state->heads_mode = HEED_HEADS_LINKS;
    state->heads_order = HEED_ORDER_MEASURE + HEED_COLOR_BY_DISTANCE;
    state->heads_bands = true;
    state->patch_lists = true;
    state->heat = 80;
    state->neuron_sorted = true;
    state->neuron_values = true;
    state->stack_page = 1;
    state->query = query;
    state->key = key;
}

static void turn_steps(struct heed_state *state)
{
    state->neuron_step = HEED_NEURON_SOFTMAX;
    state->query = query;
    state->key = key;
}

static void turn_last_step(struct heed_state *state)
{
    state->neuron_step = HEED_NEURON_WEIGHTED;
    state->query = query;
}

static void turn_to_the_end(struct heed_state *state)
{
    state->stack_page = 1000; /* fitted to the last */
    state->query = query;
}

static void turn_projector(struct heed_state *state)
{
    state->projector = true;
    state->query = query;
}

static void turn_candidates(struct heed_state *state)
{
    state->query = query;
    assert_true(heed_state_toggle_candidate(state, key));
    assert_true(heed_state_toggle_candidate(state, (struct heed_pin){9, 1}));
}

static void turn_cut_and_scaled(struct heed_state *state)
{
    state->query = query;
    state->key = key;
    const struct heed_cut_link cut = {{0, 0}, {query.first, query.count}, {key.first, key.count}};
    assert_true(heed_state_add_cut(state, &cut));
    assert_true(heed_state_set_factor(state, (struct heed_head_id){0, 1}, 0.5f));
}

static void turn_variant(struct heed_state *state)
{
    state->query = query;
    state->key = key;
    state->variant = (struct heed_variant){heed_mask_of(HEED_MASK_STRIDED, 0), HEED_POSITIONS_OFF,
                                           HEED_ATTENTION_LINEAR};
}

/* With all else that can be off. */
static void turn_causal(struct heed_state *state)
{
    turn_cut_and_scaled(state);
    turn_muted(state);
    state->variant = (struct heed_variant){heed_mask_of(HEED_MASK_CAUSAL, 0),
                                           HEED_POSITIONS_SINUSOIDAL, HEED_ATTENTION_FLASH};
}

static void turn_ablation(struct heed_state *state)
{
    state->query = query;
    state->key = key;
    state->panel = HEED_PANEL_ABLATION;
}

static void turn_probe(struct heed_state *state)
{
    state->panel = HEED_PANEL_PROBE;
}

static const struct {
    const char *name;
    void (*change)(struct heed_state *state);
} turns[] = {
    {"plain", turn_nothing},
    {"query", turn_query},
    {"pair", turn_pair},
    {"hide-special", turn_hide_special},
    {"hide-punctuation", turn_hide_punctuation},
    {"renormalise", turn_renormalise},
    {"threshold", turn_threshold},
    {"top-p", turn_top_p},
    {"top-k", turn_top_k},
    {"segments-all", turn_segments_all},
    {"segments-aa", turn_segments_aa},
    {"segments-ab", turn_segments_ab},
    {"segments-ba", turn_segments_ba},
    {"segments-bb", turn_segments_bb},
    {"words", turn_words},
    {"mean", turn_mean},
    {"max", turn_max},
    {"value-norm", turn_value_norm},
    {"rollout", turn_rollout},
    {"all-filters", turn_all_filters},
    {"no-head", turn_no_head},
    {"no-token", turn_no_token},
    {"no-text", turn_no_text},
    {"muted", turn_muted},
    {"scripts", turn_scripts},
    {"long-text", turn_long_text},
    {"other-looks", turn_other_looks},
    {"steps", turn_steps},
    {"last-step", turn_last_step},
    {"projector", turn_projector},
    {"the-end", turn_to_the_end},
    {"candidates", turn_candidates},
    {"cut-and-scaled", turn_cut_and_scaled},
    {"variant", turn_variant},
    {"causal", turn_causal},
    {"ablation", turn_ablation},
    {"probe", turn_probe},
};

static const struct {
    const char *name;
    float width, height, pixel_ratio;
} places[SCENE_N_PLACES + 1] = {
    [SCENE_WIDE] = {"wide", 1600, 1000, 1},      [SCENE_NARROW] = {"narrow", 1024, 700, 1},
    [SCENE_LEAST] = {"least", 640, 480, 1},      [SCENE_EXPORT] = {"export", 0, 0, 0},
    [SCENE_DENSE] = {"dense", 1600, 1000, 1.5f}, [SCENE_FIGURE] = {"figure", 0, 0, 0},
};

static void add(struct scenes *scenes, enum heed_view view, size_t turn, enum heed_theme_id theme,
                enum scene_place place)
{
    struct scene *scene = &scenes->all[scenes->n++];
    *scene = (struct scene){.view = view, .turn = (int)turn, .theme = theme, .place = place};
    snprintf(scene->name, sizeof scene->name, "%s_%s_%s_%s",
             place == SCENE_FIGURE ? "figure" : heed_view_name(view), turns[turn].name,
             places[place].name, heed_theme_name(theme));
    for (char *c = scene->name; *c != '\0'; c++) {
        *c = (char)tolower((unsigned char)*c);
    }
}

/* What a person can come to. */
static bool has_view(enum heed_view view)
{
    return heed_commands_get_info(&heed_ui_commands, HEED_COMMAND_VIEW, (int32_t)view) != NULL;
}

/* Every view with every turn; theme and place go round, so that within 15
 * turns a view has met each of their pairs. */
static void list_scenes(struct scenes *scenes)
{
    const size_t most = (HEED_N_VIEWS + 1) * HEED_COUNT(turns);
    scenes->all = calloc(most, sizeof *scenes->all);
    assert_non_null(scenes->all);
    for (int view = 0; view < HEED_N_VIEWS; view++) {
        for (size_t turn = 0; has_view((enum heed_view)view) && turn < HEED_COUNT(turns); turn++) {
            const size_t i = turn + 2 * (size_t)view;
            add(scenes, (enum heed_view)view, turn, (enum heed_theme_id)(i % HEED_N_THEMES),
                (enum scene_place)(i % SCENE_N_PLACES));
        }
    }
    for (size_t turn = 0; turn < HEED_COUNT(turns); turn++) {
        add(scenes, HEED_VIEW_ARCS, turn, (enum heed_theme_id)(turn % HEED_N_THEMES), SCENE_FIGURE);
    }
}

void scenes_open(struct scenes *scenes, const char *model)
{
    const char *budget = getenv("HEED_TEST_BUDGET"); /* bytes of runs that are kept */
    const struct heed_encoder_options options = {.n_threads = 1,
                                                 .kernels = fixed_kernels(),
                                                 .budget =
                                                     budget != NULL ? (size_t)atoll(budget) : 0};
    struct heed_error err = {0};
    *scenes = (struct scenes){0};
    if (!heed_pipeline_open(&scenes->pipeline, model, options, &err)) {
        fail_msg("%s", err.text);
    }
    list_scenes(scenes);
}

static void forget(struct scenes *scenes)
{
    heed_ui_destroy(scenes->ui);
    heed_view_forget(&scenes->cache);
    heed_result_release(scenes->result);
    scenes->ui = NULL;
    scenes->result = NULL;
}

void scenes_close(struct scenes *scenes)
{
    forget(scenes);
    heed_pipeline_close(scenes->pipeline);
    heed_list_finish(&scenes->list);
    free(scenes->all);
}

static void set_state(struct scenes *scenes, const struct scene *scene)
{
    struct heed_state state = {0};
    assert_true(heed_state_copy(&state, heed_ui_get_state(scenes->ui), NULL));
    state.view = scene->view;
    state.theme = scene->theme;
    assert_true(heed_state_set_text(&state, text, strlen(text), NULL));
    heed_state_show_only(&state, (struct heed_head_id[]){{0, 0}, {0, 1}, {1, 0}, {1, 1}}, 4);
    turns[scene->turn].change(&state);
    const struct heed_model_config *config =
        heed_model_get_config(heed_pipeline_get_model(scenes->pipeline));
    heed_state_fit(&state, config->n_layers, config->n_heads, INT32_MAX);
    if (scene->place == SCENE_FIGURE) {
        state.filter.words = true;
        state.query = state.query.count > 0 ? state.query : query;
    }
    if (state.view == HEED_VIEW_COMPARE) {
        assert_true(heed_state_begin_compare(&state, NULL));
    }
    assert_true(heed_ui_set_state(scenes->ui, &state, false, NULL));
    heed_state_finish(&state);
}

void scenes_choose(struct scenes *scenes, const struct scene *scene)
{
    struct heed_error err = {0};
    forget(scenes);
    assert_true(heed_ui_create(&scenes->ui, NULL));
    heed_ui_set_model(scenes->ui, heed_pipeline_get_model(scenes->pipeline),
                      heed_pipeline_get_tokenizer(scenes->pipeline));
    set_state(scenes, scene);
    const struct heed_job job = heed_ui_get_job(scenes->ui, ++scenes->generation);
    const struct heed_pipeline_hints hints = {0};
    if (!heed_pipeline_run(scenes->pipeline, &job, hints, &scenes->result, &err)) {
        fail_msg("%s: %s", scene->name, err.text);
    }
    heed_ui_set_result(scenes->ui, scenes->result);
}

/* As heed_export_write does, at 8 pt. */
static const struct heed_list *draw_export(struct scenes *scenes, const struct scene *scene,
                                           const struct heed_metrics *metrics)
{
    struct heed_list *list = &scenes->list;
    const struct heed_state *state = heed_ui_get_state(scenes->ui);
    const struct heed_view_kind *kind = heed_view_get_kind(state->view);
    const bool figure = scene->place == SCENE_FIGURE;
    const struct heed_view_source source = {state, scenes->result,
                                            heed_pipeline_get_model(scenes->pipeline), NULL};
    heed_view_follow(&scenes->cache, &source);
    struct heed_foot foot = {.is_set = false};
    struct heed_frame frame = {.list = list,
                               .state = state,
                               .result = scenes->result,
                               .theme = heed_theme_get(scene->theme),
                               .metrics = metrics,
                               .scale = 8.0f * 96 / 72 / (figure ? 15.0f : kind->export_type),
                               .hairline = 0.4f * 96 / 72,
                               .is_export = true,
                               .model = heed_pipeline_get_model(scenes->pipeline),
                               .cache = scenes->cache.data,
                               .foot = &foot,
                               .kind = kind,
                               .panel = heed_panel_get_kind(state->panel),
                               .zoom = 1};
    heed_list_clear(list);
    list->target = (struct heed_target){0};
    list->background = frame.theme->canvas;
    list->width = 175.0f * 96 / 25.4f;
    if (figure) {
        list->height = heed_figure_height(&frame, list->width);
        heed_list_clear(list);
        heed_figure_draw(&frame, (struct heed_rect){0, 0, list->width, list->height});
    } else {
        list->height = ceilf(heed_view_export_height(&frame, list->width));
        heed_list_clear(list);
        heed_view_draw(&frame, (struct heed_rect){0, 0, list->width, list->height});
    }
    return list;
}

/* What the worker does when a picture stands; false: that asked for something else. */
static bool add_links(struct scenes *scenes)
{
    const struct heed_pipeline_hints hints = {.previous = scenes->result};
    struct heed_job job = heed_ui_get_job(scenes->ui, ++scenes->generation);
    const struct heed_result *result = NULL;
    job.predicts = false;
    if (!job.measures_links) {
        return false;
    }
    assert_true(heed_pipeline_run(scenes->pipeline, &job, hints, &result, NULL));
    heed_result_release(scenes->result);
    scenes->result = result;
    heed_ui_set_result(scenes->ui, result);
    return true;
}

const struct heed_list *scenes_draw(struct scenes *scenes, const struct scene *scene,
                                    const struct heed_metrics *metrics)
{
    struct heed_effects effects = {0};
    const struct heed_list *list = NULL;
    if (scene->place >= SCENE_EXPORT && scene->place != SCENE_DENSE) {
        list = draw_export(scenes, scene, metrics);
    } else {
        heed_ui_resize(scenes->ui, places[scene->place].width, places[scene->place].height,
                       places[scene->place].pixel_ratio);
        heed_ui_set_result(scenes->ui, scenes->result); /* draw anew */
        list = heed_ui_build(scenes->ui, 1, metrics, &effects);
        if (effects.wake_in >= 0 && effects.wake_in <= 0.25) { /* a pinned link's measures */
            list = heed_ui_build(scenes->ui, 1.25, metrics, &effects);
            if (effects.encode && add_links(scenes)) {
                list = heed_ui_build(scenes->ui, 1.5, metrics, &effects);
            }
        }
    }
    assert_false(list->failed);
    assert_true(list->width > 0 && list->height > 0);
    return list;
}
