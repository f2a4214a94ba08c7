/* Relations between words, counted in two heads that were written by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/analysis/relations.h"

enum { DET, NSUBJ, N_TOKENS = 6, N_HEADS = 2 };

/* [CLS] the dog bi ##t [SEP]: what is left of a row goes to the template's tokens. */
static const float weights[N_HEADS][N_TOKENS][N_TOKENS] = {
    {
        {1},
        {.2F, 0, .6F, .1F, .1F, 0},
        {.1F, .3F, .2F, .2F, .2F, 0},
        {.4F, .5F, .1F, 0, 0, 0},
        {.2F, .1F, .7F, 0, 0, 0},
        {1},
    },
    {
        {1},
        {.6F, 0, .25F, .125F, .125F, 0},
        {.4F, .5F, 0, .1F, 0, 0},
        {0, .25F, .5F, .25F, 0, 0},
        {0, .5F, .25F, .25F, 0, 0},
        {1},
    },
};
static const struct heed_unit units[N_TOKENS] = {
    {0, 1, .special = true}, {1, 1}, {2, 1}, {3, 1}, {4, 1, .continues = true},
    {5, 1, .special = true}};
static const struct heed_maps maps = {.n_layers = 1,
                                      .n_heads = N_HEADS,
                                      .n = N_TOKENS,
                                      .n_all = N_TOKENS,
                                      .units = units,
                                      .weights = &weights[0][0][0]};

static const struct heed_token_range words[] = {{1, 1}, {2, 1}, {3, 2}};
static const int heads[] = {1, 2, -1};
static const int both[] = {DET, NSUBJ, -1};
static const int det_alone[] = {DET, -1, -1};

static struct heed_relations *count(enum heed_relation_direction direction)
{
    struct heed_relations *relations = NULL;
    struct heed_error err = {0};
    const struct heed_probe_shape shape = {.n_layers = 1, .n_heads = N_HEADS};
    struct heed_relation_sentence sentence = {words, heads, both, 3, 0};
    assert_true(heed_relations_create(&relations, shape, direction, &err));
    assert_true(heed_relations_add(relations, &maps, &sentence, &err));
    sentence.relations = det_alone;
    sentence.number = 1;
    assert_true(heed_relations_add(relations, &maps, &sentence, &err));
    return relations;
}

static void expect_answer(const struct heed_relations *relations, int item, int column, float score,
                          float weight, int word)
{
    const struct heed_relation_answer answer = heed_relations_answer(relations, item, column);
    assert_float_equal(answer.score, score, 0);
    assert_float_equal(answer.weight, weight, 1e-6);
    assert_int_equal(answer.word, word);
}

static void columns_are_summed_rows_averaged_and_ties_shared(void **state)
{
    (void)state;
    struct heed_relations *relations = count(HEED_RELATION_BOTH);
    assert_int_equal(heed_relations_columns(relations), 4);
    assert_int_equal(heed_relations_count(relations), 3);
    /* the <- dog: the row of "the", then that of "dog", where "bi" + "##t" win. */
    expect_answer(relations, 0, 0, 1, .6F, 1);
    expect_answer(relations, 0, 1, .5F, .25F, 1);
    expect_answer(relations, 0, 2, 0, .4F, 2);
    expect_answer(relations, 0, 3, 1, .5F, 0);
    /* dog <- bit: the row of "bit" is its pieces' mean. */
    expect_answer(relations, 1, 0, 1, .4F, 2);
    expect_answer(relations, 1, 1, 0, .5F, 0);
    expect_answer(relations, 1, 2, 1, .4F, 1);
    expect_answer(relations, 1, 3, .5F, .375F, 0);
    heed_relations_destroy(relations);
}

static void an_accuracy_is_the_mean_of_its_own_relation(void **state)
{
    (void)state;
    struct heed_relations *relations = count(HEED_RELATION_BOTH);
    const double wanted[2][4] = {{1, .5, 0, 1}, {1, 0, 1, .5}};
    for (int relation = DET; relation <= NSUBJ; relation++) {
        double accuracies[4] = {9, 9, 9, 9};
        heed_relations_accuracies(relations, relation, accuracies);
        for (int c = 0; c < 4; c++) {
            assert_float_equal(accuracies[c], wanted[relation][c], 0);
        }
    }
    heed_relations_destroy(relations);
}

static void columns_are_found_in_their_direction(void **state)
{
    (void)state;
    struct heed_relations *relations = count(HEED_RELATION_BOTH);
    assert_int_equal(heed_relations_find_column(relations, 0, 1, HEED_RELATION_HEAD), 1);
    assert_int_equal(heed_relations_find_column(relations, 0, 0, HEED_RELATION_DEPENDENT), 2);
    assert_int_equal(heed_relations_find_column(relations, 1, 0, HEED_RELATION_HEAD), -1);
    assert_int_equal(heed_relations_find_column(relations, 0, 2, HEED_RELATION_HEAD), -1);
    assert_int_equal(heed_relations_find_column(relations, -1, 0, HEED_RELATION_HEAD), -1);
    heed_relations_destroy(relations);
    relations = count(HEED_RELATION_DEPENDENT);
    assert_int_equal(heed_relations_columns(relations), 2);
    expect_answer(relations, 0, 0, 0, .4F, 2);
    assert_int_equal(heed_relations_find_column(relations, 0, 1, HEED_RELATION_DEPENDENT), 1);
    assert_int_equal(heed_relations_find_column(relations, 0, 1, HEED_RELATION_HEAD), -1);
    heed_relations_destroy(relations);
}

static void a_relation_is_held_against_its_best_offset(void **state)
{
    (void)state;
    struct heed_relations *relations = count(HEED_RELATION_BOTH);
    struct heed_related related = {0};
    struct heed_error err = {0};
    const struct heed_probe_patience patience = {0};
    assert_true(heed_relations_relate(relations, DET, &related, patience, &err));
    assert_int_equal(related.n, 2);
    assert_int_equal(related.head, 0);
    assert_int_equal(related.direction, HEED_RELATION_HEAD);
    assert_float_equal(related.accuracy, 1, 0);
    assert_int_equal(related.offset, 1);
    assert_float_equal(related.offset_accuracy, 1, 0);
    assert_float_equal(related.gain, 0, 0);
    assert_float_equal(related.uniform, .5, 1e-12);
    assert_float_equal(related.p_max, 1, 0);
    assert_int_equal(related.second_head, 1);
    assert_float_equal(related.second, 1, 0);
    assert_true(related.interval.low < 1 && related.interval.low > .3);
    heed_relations_destroy(relations);
    relations = count(HEED_RELATION_DEPENDENT);
    assert_true(heed_relations_relate(relations, DET, &related, patience, &err));
    assert_int_equal(related.head, 1);
    assert_int_equal(related.offset, -1);
    heed_relations_destroy(relations);
}

static void a_sentence_with_a_lost_word_counts_nothing(void **state)
{
    (void)state;
    struct heed_relations *relations = count(HEED_RELATION_BOTH);
    struct heed_error err = {0};
    const struct heed_token_range empty[] = {{1, 1}, {2, 0}, {3, 2}};
    const struct heed_token_range cut[] = {{1, 1}, {2, 1}, {5, 2}};
    struct heed_relation_sentence sentence = {empty, heads, both, 3, 2};
    assert_false(heed_relations_add(relations, &maps, &sentence, &err));
    assert_string_equal(err.text, "its word 2 has no token");
    sentence.words = cut;
    assert_false(heed_relations_add(relations, &maps, &sentence, &err));
    assert_int_equal(heed_relations_count(relations), 3);
    heed_relations_destroy(relations);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(columns_are_summed_rows_averaged_and_ties_shared),
        cmocka_unit_test(an_accuracy_is_the_mean_of_its_own_relation),
        cmocka_unit_test(columns_are_found_in_their_direction),
        cmocka_unit_test(a_relation_is_held_against_its_best_offset),
        cmocka_unit_test(a_sentence_with_a_lost_word_counts_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
