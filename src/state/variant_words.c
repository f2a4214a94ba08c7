#include "state/variant_words.h"

#include <stdio.h>

const char *heed_ordinal_ending(int n)
{
    static const char *const endings[] = {"th", "st", "nd", "rd"};
    const bool teen = n % 100 >= 11 && n % 100 <= 13;
    return teen || n % 10 > 3 ? endings[0] : endings[n % 10];
}

void heed_mask_words(struct heed_mask mask, char *text, size_t size)
{
    switch (mask.kind) {
    case HEED_MASK_WINDOW:
        snprintf(text, size, "window mask \xC2\xB1%d", mask.width);
        break;
    case HEED_MASK_STRIDED:
        snprintf(text, size, "strided mask, every %d%s", mask.width,
                 heed_ordinal_ending(mask.width));
        break;
    default:
        snprintf(text, size, "%s mask", heed_mask_kind_name(mask.kind));
        break;
    }
}

const char *heed_positions_words(enum heed_positions positions)
{
    static const char *const words[] = {"learned positions", "positions off",
                                        "sinusoidal positions"};
    return words[positions];
}

const char *heed_attention_words(enum heed_attention_kind attention)
{
    static const char *const words[] = {"softmax attention", "linear attention", "flash attention"};
    return words[attention];
}

void heed_mask_meaning(struct heed_mask mask, char *text, size_t size)
{
    switch (mask.kind) {
    case HEED_MASK_CAUSAL:
        snprintf(text, size, "a token sees itself and those before it");
        break;
    case HEED_MASK_WINDOW:
        snprintf(text, size, "a token sees those at most %d away", mask.width);
        break;
    case HEED_MASK_STRIDED:
        snprintf(text, size, "a token sees itself, its neighbours and every %d%s token from it",
                 mask.width, heed_ordinal_ending(mask.width));
        break;
    case HEED_MASK_CROSS:
        snprintf(text, size,
                 "a token of the text sees only the pair\xE2\x80\x99s, and one of the pair only "
                 "the text\xE2\x80\x99s");
        break;
    case HEED_MASK_FULL:
    case HEED_N_MASK_KINDS:
        snprintf(text, size, "a token sees every token");
        break;
    }
}

const char *heed_positions_meaning(enum heed_positions positions)
{
    static const char *const words[] = {
        "the position embeddings that were trained",
        "no position embeddings: the order of the tokens has no effect",
        "sines and cosines in place of the learned position embeddings, with their mean norm"};
    return words[positions];
}

const char *heed_attention_meaning(enum heed_attention_kind attention)
{
    static const char *const words[] = {
        "weights are the softmax of the scores",
        ("weights are f(q)\xC2\xB7"
         "f(k) as a share of the row, f = elu + 1"),
        "the same softmax, block by block of keys: equal to rounding"};
    return words[attention];
}
