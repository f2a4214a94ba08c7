/* Alignment, differences, muted heads and probes of a small model against a
 * plain calculation by numpy (tests/golden/make_resolution_goldens.py). */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/analysis/ablate.h"
#include "core/analysis/align.h"
#include "core/analysis/difference.h"
#include "core/analysis/link_measures.h"
#include "core/analysis/margin.h"
#include "core/analysis/permute.h"
#include "core/analysis/probe.h"
#include "core/analysis/spearman.h"
#include "core/analysis/transform.h"
#include "core/bert/pooled.h"
#include "golden_rig.h"

enum { N_HEADS = 8, MOST_IDS = 64 };

static const char text_a[] = "The animal didn't cross the street because it was too tired.";
static const char text_b[] = "The old animals didn't cross a road because it was too wide";
static const struct heed_token_range it = {12, 1};
static const struct heed_token_range animal = {2, 1};

static struct heed_pipeline *pipeline;
static struct heed_safetensors *golden;

static int open_all(void **state)
{
    (void)state;
    return golden_rig_open(&pipeline, &golden, "tiny-resolution.safetensors") ? 0 : -1;
}

static struct heed_arena alignments;

static int close_all(void **state)
{
    (void)state;
    heed_arena_finish(&alignments);
    heed_safetensors_destroy(golden);
    heed_pipeline_close(pipeline);
    return 0;
}

static const struct heed_result *run(const char *text, struct heed_filter filter)
{
    struct heed_error err = {0};
    const struct heed_job job = {.text = text, .text_length = strlen(text), .filter = filter};
    const struct heed_result *result = NULL;
    const struct heed_pipeline_hints hints = {0};
    if (!heed_pipeline_run(pipeline, &job, hints, &result, &err)) {
        fail_msg("%s", err.text);
    }
    return result;
}

static float wanted_at(const char *name, size_t index)
{
    const struct heed_tensor_info *info = heed_safetensors_find(golden, name);
    assert_non_null(info);
    assert_true(info->size >= (index + 1) * sizeof(float));
    float value;
    memcpy(&value, info->data + index * sizeof value, sizeof value);
    return value;
}

static void expect(const char *name, size_t index, double value)
{
    const double wanted = (double)wanted_at(name, index);
    if (!(fabs(value - wanted) <= 1e-5)) {
        fail_msg("%s[%zu] is %g, not %g", name, index, value, wanted);
    }
}

static struct heed_alignment align(const struct heed_result *a, const struct heed_result *b)
{
    struct heed_alignment alignment = {0};
    assert_true(heed_align_tokens(&alignment, &alignments, a->encoding, b->encoding, NULL));
    assert_int_equal(alignment.n, alignment.n_same + alignment.n_replaced + alignment.n_only_a +
                                      alignment.n_only_b);
    return alignment;
}

static void expect_places(const char *name, const struct heed_alignment *alignment)
{
    for (int k = 0; k < alignment->n; k++) {
        expect(name, 3 * (size_t)k, alignment->places[k].a);
        expect(name, 3 * (size_t)k + 1, alignment->places[k].b);
        expect(name, 3 * (size_t)k + 2, alignment->places[k].same);
    }
    const struct heed_tensor_info *info = heed_safetensors_find(golden, name);
    assert_int_equal(info->size, 3 * (size_t)alignment->n * sizeof(float));
}

static void tokens_are_aligned_by_the_shortest_edit(void **state)
{
    (void)state;
    const struct heed_result *a = run(text_a, heed_filter_default());
    const struct heed_result *b = run(text_b, heed_filter_default());
    struct heed_alignment alignment = align(a, b);
    expect_places("places", &alignment);
    assert_int_equal(heed_alignment_find_b(&alignment, 2), 3);
    assert_int_equal(heed_alignment_find_a(&alignment, 2), -1);
    /* No token has no other. */
    assert_int_equal(heed_alignment_find_b(&alignment, -1), -1);
    assert_int_equal(heed_alignment_find_a(&alignment, -1), -1);
    heed_result_release(a);
    heed_result_release(b);
}

static void texts_with_nothing_in_common_align_their_template_only(void **state)
{
    (void)state;
    const struct heed_result *a = run(text_a, heed_filter_default());
    const struct heed_result *b = run("Not very new!", heed_filter_default());
    struct heed_alignment alignment = align(a, b);
    expect_places("places.nothing", &alignment);
    assert_int_equal(alignment.n_same, 2);
    heed_result_release(a);
    heed_result_release(b);
}

static void a_long_text_aligns_with_a_short_one(void **state)
{
    (void)state;
    char text[400] = "the";
    for (int i = 0; i < 80; i++) {
        strcat(text, " a");
    }
    const struct heed_result *a = run(text, heed_filter_default());
    const struct heed_result *b = run("dog", heed_filter_default());
    struct heed_alignment alignment = align(a, b);
    assert_int_equal(alignment.n_same, 2);
    assert_int_equal(alignment.n_replaced, 1);
    assert_int_equal(alignment.n_only_a, a->encoding->n_tokens - 3);
    alignment = align(b, a);
    assert_int_equal(alignment.n_only_b, a->encoding->n_tokens - 3);
    heed_result_release(a);
    heed_result_release(b);
}

static void units_follow_their_tokens(void **state)
{
    (void)state;
    const struct heed_filter words = {.words = true, .hide_special = true};
    const struct heed_result *a = run(text_a, words);
    const struct heed_result *b = run(text_b, words);
    struct heed_alignment tokens = align(a, b);
    struct heed_alignment units = {0};
    assert_true(heed_align_units(&units, &alignments, &tokens, a->maps, b->maps, NULL));
    int next_a = 0;
    int next_b = 0;
    for (int k = 0; k < units.n; k++) {
        const struct heed_aligned *place = &units.places[k];
        assert_true(place->a < 0 || place->a == next_a++);
        assert_true(place->b < 0 || place->b == next_b++);
    }
    assert_int_equal(next_a, a->maps->n);
    assert_int_equal(next_b, b->maps->n);
    assert_int_equal(units.n_only_b, 1);   /* old */
    assert_int_equal(units.n_only_a, 1);   /* the full stop */
    assert_int_equal(units.n_replaced, 4); /* animal, the, street, tired */
    heed_result_release(a);
    heed_result_release(b);
}

static void differences_and_distances_equal_numpy(void **state)
{
    (void)state;
    const struct heed_result *a = run(text_a, heed_filter_default());
    const struct heed_result *b = run(text_b, heed_filter_default());
    struct heed_alignment tokens = align(a, b);
    const size_t n = (size_t)heed_difference_count(&tokens);
    float *values = malloc(n * n * sizeof *values);
    assert_non_null(values);
    struct heed_head_distance heads[N_HEADS];
    assert_true(heed_distance_heads(heads, a->run, b->run, &tokens, NULL, NULL, NULL));
    for (size_t h = 0; h < N_HEADS; h++) {
        heed_difference_fill(values, a->maps, b->maps, &tokens, heads[h].layer, heads[h].head);
        for (size_t i = 0; i < n * n; i++) {
            expect("difference", h * n * n + i, (double)values[i]);
        }
        expect("distances", h, (double)heads[h].distance);
    }
    free(values);
    tokens = align(a, a);
    assert_true(heed_distance_heads(heads, a->run, a->run, &tokens, NULL, NULL, NULL));
    assert_float_equal(heads[3].distance, 0, 0);
    heed_result_release(a);
    heed_result_release(b);
}

static void hidden_states_and_sentences_compare_as_in_numpy(void **state)
{
    (void)state;
    const struct heed_result *a = run(text_a, heed_filter_default());
    const struct heed_result *b = run(text_b, heed_filter_default());
    struct heed_alignment tokens = align(a, b);
    struct heed_alignment units = {0};
    assert_true(heed_align_units(&units, &alignments, &tokens, a->maps, b->maps, NULL));
    float cosines[3 * 64];
    assert_true(units.n <= 64);
    heed_cosine_places(cosines, a->run, a->maps, b->run, b->maps, &units);
    size_t row = 0;
    for (int k = 0; k < units.n; k++) {
        const bool both = units.places[k].a >= 0 && units.places[k].b >= 0;
        for (size_t layer = 0; layer < 3; layer++) {
            const double cosine = (double)cosines[layer * (size_t)units.n + (size_t)k];
            if (both) {
                expect("cosines", row * 3 + layer, cosine);
            } else {
                assert_float_equal(cosine, 0, 0);
            }
        }
        row += both;
    }
    struct heed_arena vectors = {0};
    double cosine = 0;
    assert_true(heed_pooled_runs(&cosine, &vectors, a->run, b->run, HEED_POOLING_MEAN, NULL));
    expect("sentence", 0, cosine);
    heed_arena_finish(&vectors);
    heed_result_release(a);
    heed_result_release(b);
}

static void hidden_states_of_merged_words_are_averaged(void **state)
{
    (void)state;
    struct heed_filter filter = heed_filter_default();
    filter.words = true;
    const struct heed_result *a = run(text_a, filter);
    const struct heed_result *b = run(text_b, filter);
    struct heed_alignment tokens = align(a, b);
    struct heed_alignment units = {0};
    float cosines[3 * 64];
    assert_true(heed_align_units(&units, &alignments, &tokens, a->maps, b->maps, NULL));
    assert_true(units.n <= 64);
    heed_cosine_places(cosines, a->run, a->maps, b->run, b->maps, &units);
    int place = 0;
    while (units.places[place].a != 2) { /* "animal" beside "animals" */
        place++;
    }
    for (int layer = 0; layer < 3; layer++) {
        expect("cosines.animals", (size_t)layer, (double)cosines[layer * units.n + place]);
    }
    heed_result_release(a);
    heed_result_release(b);
}

/* An ablation of text_a, its ids in ids. */
static struct heed_ablation ablation_of(const struct heed_result *a, int32_t *ids)
{
    for (int i = 0; i < a->encoding->n_tokens; i++) {
        ids[i] = a->encoding->tokens[i].id;
    }
    return (struct heed_ablation){
        .encoder = heed_pipeline_get_encoder(pipeline),
        .ids = ids,
        .run = a->run,
        .query = it,
        .key = animal,
        .token = it,
    };
}

/* By the first token alone the sentence moves as that token does. */
static void the_sentence_is_pooled_as_asked(void **state)
{
    (void)state;
    const struct heed_result *a = run(text_a, heed_filter_default());
    int32_t ids[MOST_IDS];
    struct heed_ablation ablation = ablation_of(a, ids);
    struct heed_ablated_head mean, first;
    assert_true(heed_ablate_head(&mean, &ablation, 1, NULL));
    ablation.token = (struct heed_token_range){0, 1};
    ablation.pooling = HEED_POOLING_FIRST;
    assert_true(heed_ablate_head(&first, &ablation, 1, NULL));
    assert_float_equal(first.sentence_effect, first.token_effect, 1e-6);
    assert_true(fabsf(first.sentence_effect - mean.sentence_effect) > 1e-6F);
    heed_result_release(a);
}

static void muting_each_head_equals_numpy(void **state)
{
    (void)state;
    const struct heed_result *a = run(text_a, heed_filter_default());
    int32_t ids[MOST_IDS];
    const struct heed_ablation ablation = ablation_of(a, ids);
    struct heed_ablated_head heads[N_HEADS];
    for (int h = 0; h < N_HEADS; h++) {
        assert_true(heed_ablate_head(&heads[h], &ablation, h, NULL));
    }
    double weight[N_HEADS];
    double effects[3][N_HEADS];
    for (size_t h = 0; h < N_HEADS; h++) {
        expect("ablation", 4 * h, (double)heads[h].link_effect);
        expect("ablation", 4 * h + 1, (double)heads[h].link_change);
        expect("ablation", 4 * h + 2, (double)heads[h].token_effect);
        expect("ablation", 4 * h + 3, (double)heads[h].sentence_effect);
        assert_true((heads[h].change_layer < 0) == (heads[h].layer == 1));
        weight[h] = (double)heed_run_link_weight(a->run, heads[h].layer, heads[h].head, it, animal);
        effects[0][h] = (double)heads[h].link_effect;
        effects[1][h] = (double)heads[h].token_effect;
        effects[2][h] = (double)heads[h].sentence_effect;
    }
    for (size_t i = 0; i < 3; i++) {
        expect("spearman", i, heed_spearman(weight, effects[i], N_HEADS));
    }
    heed_result_release(a);
}

static const struct heed_result *run_muted(const struct heed_result *previous, int n_muted)
{
    static const struct heed_head_id muted[] = {{0, 1}, {9, 9}};
    const struct heed_job job = {.text = text_a,
                                 .text_length = sizeof text_a - 1,
                                 .filter = heed_filter_default(),
                                 .muted = muted,
                                 .n_muted = n_muted};
    const struct heed_pipeline_hints hints = {.previous = previous};
    const struct heed_result *result = NULL;
    assert_true(heed_pipeline_run(pipeline, &job, hints, &result, NULL));
    return result;
}

static void a_muted_head_is_held_against_the_untouched_run(void **state)
{
    (void)state;
    const struct heed_result *plain = run_muted(NULL, 0);
    const struct heed_result *first = run_muted(NULL, 2);
    const struct heed_result *muted = run_muted(plain, 2);
    const struct heed_result *same = run_muted(muted, 1);
    const struct heed_result *again = run_muted(muted, 0);
    assert_null(plain->plain);
    assert_null(plain->head_scale);
    assert_float_equal(plain->plain_cosine, 1, 0);
    expect("ablation", 4 * 1 + 3, 1 - first->plain_cosine);
    expect("ablation", 4 * 1 + 3, 1 - muted->plain_cosine);
    assert_ptr_equal(muted->plain, plain->run);
    assert_true(muted->run != plain->run);
    assert_true(muted->maps != plain->maps);
    assert_float_equal(muted->head_scale[1], 0, 0);
    assert_float_equal(muted->head_scale[0], 1, 0);
    assert_ptr_equal(same->run, muted->run);
    assert_ptr_equal(same->maps, muted->maps);
    assert_ptr_equal(again->run, plain->run);
    assert_null(again->plain);
    heed_result_release(plain);
    heed_result_release(first);
    heed_result_release(muted);
    heed_result_release(same);
    heed_result_release(again);
}

static bool always(void *context)
{
    (*(int *)context)++;
    return true;
}

static void a_cancelled_ablation_changes_nothing(void **state)
{
    (void)state;
    const struct heed_result *a = run(text_a, heed_filter_default());
    int32_t ids[MOST_IDS];
    int polled = 0;
    struct heed_ablation ablation = ablation_of(a, ids);
    ablation.cancelled = always;
    ablation.context = &polled;
    struct heed_ablated_head head = {.layer = 77};
    struct heed_error err = {0};
    assert_false(heed_ablate_head(&head, &ablation, 3, &err));
    assert_int_equal(err.code, HEED_ERROR_CANCELLED);
    assert_true(polled > 0);
    assert_int_equal(head.layer, 77);
    heed_result_release(a);
}

static void a_links_measures_are_those_of_the_maps(void **state)
{
    (void)state;
    const struct heed_result *a = run(text_a, heed_filter_default());
    const struct heed_link_measures *measures = NULL;
    const struct heed_link_measures_hints hints = {0};
    assert_true(heed_link_measures_create(&measures, a->run, heed_pipeline_get_model(pipeline),
                                          hints, NULL));
    for (int measure = 0; measure <= (int)HEED_MEASURE_ROLLOUT; measure++) {
        struct heed_filter filter = heed_filter_default();
        filter.measure = (enum heed_measure)measure;
        const struct heed_result *measured = run(text_a, filter);
        double weights[N_HEADS];
        heed_link_measures_weigh(measures, filter.measure, it, animal, weights);
        for (int h = 0; h < N_HEADS; h++) {
            const float wanted =
                heed_rank_link_weight(measured->maps, h / a->run->n_heads, h % a->run->n_heads,
                                      (struct heed_unit_range){it.first, it.count},
                                      (struct heed_unit_range){animal.first, animal.count});
            assert_float_equal(weights[h], wanted, 1e-6);
        }
        heed_result_release(measured);
    }
    heed_link_measures_release(measures);
    heed_result_release(a);
}

/* Before a layer: it ends there, and nothing is left. */
static void a_links_measures_are_left_when_a_newer_job_waits(void **state)
{
    (void)state;
    const struct heed_result *a = run(text_a, heed_filter_default());
    const struct heed_link_measures *measures = NULL;
    int polled = 0;
    const struct heed_link_measures_hints hints = {.cancelled = always, .context = &polled};
    struct heed_error err = {0};
    assert_false(heed_link_measures_create(&measures, a->run, heed_pipeline_get_model(pipeline),
                                           hints, &err));
    assert_int_equal(err.code, HEED_ERROR_CANCELLED);
    assert_int_equal(polled, 1);
    assert_null(measures);
    heed_result_release(a);
}

/* A job that asks has them; the next of the same text shares them, another text has none. */
static void a_links_measures_come_with_a_job_that_asks(void **state)
{
    (void)state;
    const struct heed_result *first = run(text_a, heed_filter_default());
    struct heed_job job = {.text = text_a,
                           .text_length = strlen(text_a),
                           .measures_links = true,
                           .filter = heed_filter_default()};
    struct heed_pipeline_hints hints = {.previous = first};
    const struct heed_result *asked = NULL, *next = NULL, *other = NULL;
    assert_null(first->links);
    assert_true(heed_pipeline_run(pipeline, &job, hints, &asked, NULL));
    assert_true(asked->is_later);
    assert_ptr_equal(asked->run, first->run);
    assert_ptr_equal(heed_link_measures_get_run(asked->links), first->run);
    job.measures_links = false;
    job.filter.hide_special = true;
    hints.previous = asked;
    assert_true(heed_pipeline_run(pipeline, &job, hints, &next, NULL));
    assert_false(next->is_later);
    assert_ptr_equal(next->links, asked->links);
    job.text_length--;
    assert_true(heed_pipeline_run(pipeline, &job, hints, &other, NULL));
    assert_null(other->links);
    heed_result_release(first);
    heed_result_release(asked);
    heed_result_release(next);
    heed_result_release(other);
}

static void ranks_that_are_equal_share_their_mean(void **state)
{
    (void)state;
    static const double x[] = {1, 2, 2, 3};
    static const double y[] = {10, 30, 20, 40};
    static const double flat[] = {5, 5, 5, 5};
    assert_float_equal(heed_spearman(x, x, 4), 1, 1e-12);
    /* ranks 1 2.5 2.5 4 and 1 3 2 4: 4.5 / sqrt(4.5 * 5) */
    assert_float_equal(heed_spearman(x, y, 4), 4.5 / sqrt(22.5), 1e-12);
    assert_true(isnan(heed_spearman(x, flat, 4)));
    assert_true(isnan(heed_spearman(x, y, 1)));
}

static const struct {
    const char *text;
    struct heed_token_range pronoun, candidates[3];
    int n, answer, pair;
} probes[] = {
    {"The animal, the street: it was tired.", {7, 1}, {{2, 1}, {4, 2}}, 2, 0, 0},
    {"The animal, the street: it was wide.", {7, 1}, {{2, 1}, {4, 2}}, 2, 1, 0},
    {"The dog and the cat: they ran home.", {7, 1}, {{2, 1}, {5, 1}, {9, 1}}, 3, 1, 1},
    {"The cat and the dog: they ran home.", {7, 1}, {{2, 1}, {5, 1}, {9, 1}}, 3, 2, 1},
    {"A new house, a very old cat: it is too old!", {10, 1}, {{3, 1}, {8, 1}}, 2, 1, 2},
};

static const struct heed_probe_patience patience = {0};

static struct heed_probe *create_probe(void)
{
    const struct heed_probe_shape shape = {2, 4, HEED_PROBE_PRONOUN};
    struct heed_probe *probe = NULL;
    assert_true(heed_probe_create(&probe, shape, NULL));
    return probe;
}

static void add(struct heed_probe *probe, const struct heed_maps *maps, size_t i)
{
    int places[3] = {-1, -2, 1};
    const struct heed_probe_item item = {.pronoun = probes[i].pronoun,
                                         .candidates = probes[i].candidates,
                                         .n_candidates = probes[i].n,
                                         .answer = probes[i].answer,
                                         .pair = probes[i].pair,
                                         .places = places};
    assert_true(heed_probe_add(probe, maps, &item, NULL));
}

/* Every link counts. */
static struct heed_filter no_threshold(void)
{
    struct heed_filter filter = heed_filter_default();
    filter.threshold = 0;
    return filter;
}

static struct heed_probe *probe_all(void)
{
    struct heed_probe *probe = create_probe();
    for (size_t i = 0; i < sizeof probes / sizeof probes[0]; i++) {
        const struct heed_result *result = run(probes[i].text, no_threshold());
        add(probe, result->maps, i);
        heed_result_release(result);
    }
    return probe;
}

static void expect_interval(size_t row, struct heed_probe_interval interval)
{
    expect("probe", 3 * row + 1, interval.low);
    expect("probe", 3 * row + 2, interval.high);
}

/* Of three pairs an accuracy has Wilson's interval: (p + z2/2n +- z sqrt(p q/n + z2/4n2)) / (1 +
 * z2/n). */
static void expect_wilson(double share, struct heed_probe_interval interval)
{
    const double n = 3, z = 1.959963984540054, z2 = z * z;
    const double half = z * sqrt(share * (1 - share) / n + z2 / (4 * n * n));
    assert_float_equal(interval.low, (share + z2 / (2 * n) - half) / (1 + z2 / n), 1e-12);
    assert_float_equal(interval.high, (share + z2 / (2 * n) + half) / (1 + z2 / n), 1e-12);
}

static void a_probe_and_its_intervals_equal_numpy(void **state)
{
    (void)state;
    struct heed_probe *probe = probe_all();
    struct heed_probed_head heads[N_HEADS];
    struct heed_probe_head_intervals intervals[N_HEADS];
    struct heed_probe_summary summary;
    heed_probe_get_heads(probe, heads);
    assert_true(heed_probe_summarise(probe, heads, &summary, intervals, patience, NULL));
    assert_int_equal(summary.n_pairs, 3);
    expect("probe", 0, summary.mas);
    expect_wilson(summary.mas, summary.mas_interval);
    for (int h = 0; h < N_HEADS; h++) {
        const size_t row = 1 + (size_t)(heads[h].layer * 4 + heads[h].head);
        expect("probe", 3 * row, heads[h].accuracy);
        expect("probe", 3 * (row + N_HEADS), heads[h].margin);
        expect_wilson(heads[h].accuracy, intervals[h].accuracy);
        expect_interval(row + N_HEADS, intervals[h].margin);
    }
    heed_probe_destroy(probe);
}

static void the_best_head_of_a_half_is_held_against_the_other(void **state)
{
    (void)state;
    struct heed_probe *probe = probe_all();
    struct heed_probed_head heads[N_HEADS];
    struct heed_probe_summary summary;
    heed_probe_get_heads(probe, heads);
    assert_true(heed_probe_summarise(probe, heads, &summary, NULL, patience, NULL));
    assert_int_equal(summary.halves[0].n, 2); /* the first pair */
    assert_int_equal(summary.halves[0].n_other, 3);
    assert_int_equal(summary.halves[1].n, 3);
    for (int i = 0; i < 2; i++) {
        const struct heed_probe_half *half = &summary.halves[i];
        double whole = -1;
        for (int h = 0; h < N_HEADS; h++) {
            if (heads[h].layer == half->layer && heads[h].head == half->head) {
                whole = heads[h].accuracy;
            }
        }
        assert_float_equal(half->accuracy * half->n + half->on_other * half->n_other, whole * 5,
                           1e-9);
    }
    heed_probe_destroy(probe);
}

static void one_sentence_has_no_other_half(void **state)
{
    (void)state;
    struct heed_probe *probe = create_probe();
    const struct heed_result *result = run(probes[0].text, no_threshold());
    add(probe, result->maps, 0);
    heed_result_release(result);
    struct heed_probed_head heads[N_HEADS];
    struct heed_probe_summary summary;
    heed_probe_get_heads(probe, heads);
    assert_true(heed_probe_summarise(probe, heads, &summary, NULL, patience, NULL));
    assert_int_equal(summary.halves[0].n_other, 0);
    assert_int_equal(summary.halves[1].n, 0);
    assert_true(summary.mas_interval.low < summary.mas_interval.high);
    heed_probe_destroy(probe);
}

/* All signs of three pairs are eight: p is a share of eighths, but for the draws. */
static void a_p_is_the_share_of_signs_that_come_as_far(void **state)
{
    (void)state;
    static const double values[] = {1, 3, 1, -1, 1, 0.5};
    double p[2], p_max[2];
    struct heed_error err = {0};
    assert_true(heed_permute(values, 3, 2, p, p_max, patience, &err));
    assert_float_equal(p[0], 2 / 8.0, 0.02); /* |+-1 +-1 +-1| >= 3 */
    assert_float_equal(p[1], 6 / 8.0, 0.02); /* |+-3 +-1 +-0.5| >= 2.5 */
    assert_float_equal(p_max[0], 6 / 8.0, 0.02);
    assert_float_equal(p_max[1], 6 / 8.0, 0.02);
    double again[2], again_max[2];
    assert_true(heed_permute(values, 3, 2, again, again_max, patience, &err));
    assert_memory_equal(p, again, sizeof p);
}

static void two_groups_differ_by_their_pairs(void **state)
{
    (void)state;
    struct heed_probe *probe = probe_all();
    const bool first[] = {true, false, true, false, true};
    const bool second[] = {false, true, false, true, false};
    const bool none[5] = {false};
    struct heed_probe_contrast contrasts[N_HEADS];
    struct heed_error err = {0};
    int n_pairs = 0;
    assert_true(heed_probe_contrast(probe, first, second, contrasts, &n_pairs, patience, &err));
    assert_int_equal(n_pairs, 2); /* the third has no second sentence */
    for (int h = 0; h < N_HEADS; h++) {
        const int column = heed_probe_find_column(probe, contrasts[h].layer, contrasts[h].head,
                                                  HEED_PROBE_PRONOUN);
        double score = 0, margin = 0;
        for (int s = 0; s < 4; s++) {
            double of = 0;
            score += (s % 2 == 0 ? 0.5 : -0.5) * heed_probe_get_score(probe, s, column, &of);
            margin += (s % 2 == 0 ? 0.5 : -0.5) * of;
        }
        assert_float_equal(contrasts[h].accuracy, score, 1e-12);
        assert_float_equal(contrasts[h].margin, margin, 1e-12);
    }
    assert_false(heed_probe_contrast(probe, first, none, contrasts, &n_pairs, patience, &err));
    assert_non_null(strstr(err.text, "no pair"));
    heed_probe_destroy(probe);
}

/* With a word of several pieces, and three candidates. */
static void a_sentences_margins_are_those_of_a_probe_of_it_alone(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof probes / sizeof probes[0]; i++) {
        struct heed_probe *probe = create_probe();
        const struct heed_result *result = run(probes[i].text, no_threshold());
        add(probe, result->maps, i);
        struct heed_margin_request request = {
            .maps = result->maps, .n = probes[i].n, .answer = probes[i].answer};
        assert_true(
            heed_rank_find_units(result->maps, probes[i].pronoun, "", &request.query, NULL));
        for (int c = 0; c < probes[i].n; c++) {
            assert_true(heed_rank_find_units(result->maps, probes[i].candidates[c], "",
                                             &request.keys[c], NULL));
        }
        struct heed_probed_head heads[N_HEADS];
        struct heed_margin_head margins[N_HEADS];
        heed_probe_get_heads(probe, heads);
        heed_margin_heads(margins, &request, HEED_MARGIN_BY_PLACE);
        for (int h = 0; h < N_HEADS; h++) {
            const int place = heads[h].layer * 4 + heads[h].head;
            assert_float_equal(margins[place].margin, heads[h].margin, 1e-7);
        }
        heed_result_release(result);
        heed_probe_destroy(probe);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tokens_are_aligned_by_the_shortest_edit),
        cmocka_unit_test(texts_with_nothing_in_common_align_their_template_only),
        cmocka_unit_test(a_long_text_aligns_with_a_short_one),
        cmocka_unit_test(units_follow_their_tokens),
        cmocka_unit_test(differences_and_distances_equal_numpy),
        cmocka_unit_test(hidden_states_and_sentences_compare_as_in_numpy),
        cmocka_unit_test(hidden_states_of_merged_words_are_averaged),
        cmocka_unit_test(muting_each_head_equals_numpy),
        cmocka_unit_test(the_sentence_is_pooled_as_asked),
        cmocka_unit_test(a_muted_head_is_held_against_the_untouched_run),
        cmocka_unit_test(a_cancelled_ablation_changes_nothing),
        cmocka_unit_test(a_links_measures_are_those_of_the_maps),
        cmocka_unit_test(a_links_measures_are_left_when_a_newer_job_waits),
        cmocka_unit_test(a_links_measures_come_with_a_job_that_asks),
        cmocka_unit_test(ranks_that_are_equal_share_their_mean),
        cmocka_unit_test(a_probe_and_its_intervals_equal_numpy),
        cmocka_unit_test(the_best_head_of_a_half_is_held_against_the_other),
        cmocka_unit_test(one_sentence_has_no_other_half),
        cmocka_unit_test(a_p_is_the_share_of_signs_that_come_as_far),
        cmocka_unit_test(two_groups_differ_by_their_pairs),
        cmocka_unit_test(a_sentences_margins_are_those_of_a_probe_of_it_alone),
    };
    return cmocka_run_group_tests(tests, open_all, close_all);
}
