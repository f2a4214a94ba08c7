/* What a request must fulfil: each bound at its edge, and one beyond. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdio.h>

#include "base/compiler.h"
#include "core/bert/request.h"

enum { LAYERS = 2, HEADS = 3, TOKENS = 4, VOCABULARY = 10 };

static const struct heed_model_config config = {.n_layers = LAYERS,
                                                .n_heads = HEADS,
                                                .vocab_size = VOCABULARY,
                                                .n_segments = 2,
                                                .max_positions = TOKENS};
static const int32_t ids[TOKENS + 1] = {0, VOCABULARY - 1, 5, 6, 7};

/* says NULL: it is taken. */
static void check(struct heed_request request, const char *says)
{
    struct heed_error err = {0};
    const bool ok = heed_request_check(&request, &config, &err);
    if (says != NULL) {
        assert_false(ok);
        assert_int_equal(err.code, HEED_ERROR_INPUT);
        assert_string_equal(err.text, says);
    } else {
        assert_true(ok);
    }
}

static void as_many_tokens_as_there_are_positions(void **state)
{
    (void)state;
    check((struct heed_request){.ids = ids, .n_tokens = 1}, NULL);
    check((struct heed_request){.ids = ids, .n_tokens = TOKENS}, NULL);
    check((struct heed_request){.ids = ids, .n_tokens = TOKENS + 1},
          "5 tokens, but the model has only 4 positions; shorten the text");
    check((struct heed_request){.ids = ids, .n_tokens = 0}, "there is no token to encode");
    check((struct heed_request){.n_tokens = 1}, "there is no token to encode");
}

static void ids_within_the_vocabulary(void **state)
{
    (void)state;
    check((struct heed_request){.ids = (int32_t[]){VOCABULARY - 1, 0}, .n_tokens = 2}, NULL);
    check((struct heed_request){.ids = (int32_t[]){0, VOCABULARY}, .n_tokens = 2},
          "token 1 has id 10, but the model's vocabulary ends at 9; tokenizer and weights must be "
          "of one model");
    check((struct heed_request){.ids = (int32_t[]){-1}, .n_tokens = 1},
          "token 0 has id -1, but the model's vocabulary ends at 9; tokenizer and weights must be "
          "of one model");
}

static void segments_that_the_model_has(void **state)
{
    (void)state;
    struct heed_request request = {.ids = ids, .n_tokens = 2};
    request.segments = (int32_t[]){0, 1};
    check(request, NULL);
    request.segments = (int32_t[]){0, 2};
    check(request, "token 1 is of segment 2, but the model has only 2; leave the pair out");
    request.segments = (int32_t[]){-1, 0};
    check(request, "token 0 is of segment -1, but the model has only 2; leave the pair out");
}

/* DistilBERT's: any segment is as good as none. */
static void a_model_without_segments_takes_any(void **state)
{
    (void)state;
    struct heed_model_config without = config;
    without.n_segments = 0;
    const struct heed_request request = {.ids = ids, .segments = (int32_t[]){1, 7}, .n_tokens = 2};
    assert_true(heed_request_check(&request, &without, NULL));
}

static void factors_are_numbers(void **state)
{
    (void)state;
    for (int i = 0; i < LAYERS * HEADS; i++) {
        float scale[LAYERS * HEADS] = {1, 0, -1, 2, 1, 1};
        const struct heed_request request = {.ids = ids, .n_tokens = 1, .head_scale = scale};
        check(request, NULL);
        char says[64];
        snprintf(says, sizeof says, "the factor of head L%dH%d isn't a number", i / HEADS,
                 i % HEADS);
        scale[i] = i % 2 == 0 ? NAN : INFINITY;
        check(request, says);
    }
}

static void a_mask_leaves_each_token_a_key(void **state)
{
    (void)state;
    const uint8_t first[] = {1, 0, 1, 0}, last[] = {0, 1, 0, 1}, none[] = {1, 1, 0, 0};

    struct heed_request request = {.ids = ids, .n_tokens = 2, .allowed = first};
    check(request, NULL);
    request.allowed = last;
    check(request, NULL);
    request.allowed = none;
    check(request, "the mask leaves token 1 nothing to attend to; allow at least one token");
}

static void cuts_of_links_that_there_are(void **state)
{
    (void)state;
    static const struct {
        struct heed_cut cut;
        const char *says;
    } cases[] = {
        {{0, 0, 0, 0}, NULL},
        {{LAYERS - 1, HEADS - 1, TOKENS - 1, TOKENS - 1}, NULL},
        {{-1, -1, TOKENS - 1, 0}, NULL},
        {{LAYERS, 0, 0, 0}, "the cut link L2H0 0 -> 0 doesn't exist"},
        {{0, HEADS, 0, 0}, "the cut link L0H3 0 -> 0 doesn't exist"},
        {{-1, 0, 0, 0}, "the cut link L-1H0 0 -> 0 doesn't exist"},
        {{0, -1, 0, 0}, "the cut link L0H-1 0 -> 0 doesn't exist"},
        {{-2, -2, 0, 0}, "the cut link L-2H-2 0 -> 0 doesn't exist"},
        {{0, 0, TOKENS, 0}, "the cut link L0H0 4 -> 0 doesn't exist"},
        {{0, 0, 0, TOKENS}, "the cut link L0H0 0 -> 4 doesn't exist"},
        {{0, 0, -1, 0}, "the cut link L0H0 -1 -> 0 doesn't exist"},
        {{0, 0, 0, -1}, "the cut link L0H0 0 -> -1 doesn't exist"},
        {{-1, -1, TOKENS, 0}, "the cut link L-1H-1 4 -> 0 doesn't exist"},
    };
    for (size_t i = 0; i < HEED_COUNT(cases); i++) {
        check(
            (struct heed_request){
                .ids = ids, .n_tokens = TOKENS, .cuts = &cases[i].cut, .n_cuts = 1},
            cases[i].says);
    }
}

/* Two tokens: a head's row is empty when both of its links are cut, by itself or everywhere. */
static void cuts_leave_each_row_a_link(void **state)
{
    (void)state;
    static const struct {
        struct heed_cut cuts[3];
        int n;
        const char *says;
    } cases[] = {
        {{{1, 2, 0, 0}}, 1, NULL},
        {{{1, 2, 0, 0}, {1, 2, 1, 1}}, 2, NULL},
        {{{1, 2, 0, 0}, {1, 1, 0, 1}}, 2, NULL},
        {{{1, 2, 0, 0}, {0, 2, 0, 1}}, 2, NULL},
        {{{1, 2, 0, 0}, {1, 2, 0, 0}}, 2, NULL},
        {{{1, 2, 0, 0}, {-1, -1, 1, 1}}, 2, NULL},
        {{{1, 2, 0, 0}, {1, 2, 0, 1}},
         2,
         "all links of token 0 in L1H2 are cut; leave it at least one"},
        {{{1, 2, 1, 0}, {0, 0, 0, 0}, {1, 2, 1, 1}},
         3,
         "all links of token 1 in L1H2 are cut; leave it at least one"},
        {{{-1, -1, 0, 0}, {1, 2, 0, 1}},
         2,
         "all links of token 0 in L1H2 are cut; leave it at least one"},
        {{{-1, -1, 1, 0}, {-1, -1, 1, 1}},
         2,
         "all links of token 1 in every head are cut; leave it at least one"},
    };
    for (size_t i = 0; i < HEED_COUNT(cases); i++) {
        check(
            (struct heed_request){
                .ids = ids, .n_tokens = 2, .cuts = cases[i].cuts, .n_cuts = cases[i].n},
            cases[i].says);
    }
}

static void mask_and_cuts_together_leave_one(void **state)
{
    (void)state;
    const uint8_t causal[] = {1, 0, 1, 1};
    struct heed_request request = {.ids = ids,
                                   .n_tokens = 2,
                                   .allowed = causal,
                                   .cuts = (struct heed_cut[]){{0, 1, 1, 0}, {0, 1, 0, 1}},
                                   .n_cuts = 2};
    check(request, NULL);
    request.cuts = (struct heed_cut[]){{0, 1, 1, 0}, {0, 1, 0, 0}};
    check(request, "mask and cut links leave token 0 nothing to attend to in L0H1; put a link "
                   "back");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(as_many_tokens_as_there_are_positions),
        cmocka_unit_test(ids_within_the_vocabulary),
        cmocka_unit_test(segments_that_the_model_has),
        cmocka_unit_test(a_model_without_segments_takes_any),
        cmocka_unit_test(factors_are_numbers),
        cmocka_unit_test(a_mask_leaves_each_token_a_key),
        cmocka_unit_test(cuts_of_links_that_there_are),
        cmocka_unit_test(cuts_leave_each_row_a_link),
        cmocka_unit_test(mask_and_cuts_together_leave_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
