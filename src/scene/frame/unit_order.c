#include "scene/frame/unit_order.h"

#include <stdlib.h>

#include <fribidi.h>

#include "base/utf8.h"
#include "scene/field/text_bounds.h"

/* Bidi levels of the code points of one text; heap memory, NULL: all left to right. */
static FriBidiLevel *find_levels(const char *text, size_t length, bool *is_rtl)
{
    *is_rtl = false;
    if (text == NULL || !heed_text_has_rtl(text, length)) {
        return NULL;
    }
    const size_t n = heed_utf8_count(text, length);
    FriBidiChar *chars = malloc(n * sizeof(*chars));
    FriBidiCharType *types = malloc(n * sizeof(*types));
    FriBidiLevel *levels = calloc(n, sizeof(*levels));
    if (chars != NULL && types != NULL && levels != NULL) {
        size_t at = 0;
        for (size_t i = 0; i < n; i++) {
            at += heed_utf8_decode(text + at, length - at, &chars[i]);
        }
        fribidi_get_bidi_types(chars, (FriBidiStrIndex)n, types);
        FriBidiParType base = FRIBIDI_PAR_ON;
        const FriBidiLevel highest =
            fribidi_get_par_embedding_levels_ex(types, NULL, (FriBidiStrIndex)n, &base, levels);
        *is_rtl = FRIBIDI_IS_RTL(base);
        if (highest == 0) { /* out of memory, by its manual */
            free(levels);
            levels = NULL;
        }
    }
    free(chars);
    free(types);
    return levels;
}

const uint8_t *heed_unit_levels(struct heed_list *list, const struct heed_encoding *encoding,
                                const struct heed_maps *maps, bool *is_rtl)
{
    bool pair_rtl = false;
    *is_rtl = false;
    if (encoding == NULL) {
        return NULL;
    }
    FriBidiLevel *of_text = find_levels(encoding->text, encoding->text_length, is_rtl);
    FriBidiLevel *of_pair = find_levels(encoding->pair, encoding->pair_length, &pair_rtl);
    uint8_t *levels = NULL;
    if (of_text != NULL || of_pair != NULL) {
        levels = heed_arena_zeroed(&list->arena, (size_t)maps->n + 1, 1);
        list->failed = list->failed || levels == NULL;
    }
    for (int i = 0; levels != NULL && i < maps->n; i++) {
        const struct heed_token *token = &encoding->tokens[maps->units[i].first];
        const FriBidiLevel *of = token->segment == 1 ? of_pair : of_text;
        levels[i] = *is_rtl;
        if (!token->is_template && of != NULL) {
            levels[i] = (uint8_t)of[token->start];
        } else if (!token->is_template) {
            levels[i] = *is_rtl ? 2 : 0;
        }
    }
    free(of_text);
    free(of_pair);
    return levels;
}

void heed_unit_order(const uint8_t *levels, int first, int n, int *order)
{
    int highest = 0;
    for (int i = 0; i < n; i++) {
        order[i] = first + i;
        if (levels != NULL && levels[first + i] > highest) {
            highest = levels[first + i];
        }
    }
    for (int level = highest; level > 0; level--) {
        for (int from = 0; from < n; from++) {
            int to = from;
            while (to < n && levels[order[to]] >= level) {
                to++;
            }
            for (int a = from, b = to - 1; a < b; a++, b--) {
                const int kept = order[a];
                order[a] = order[b];
                order[b] = kept;
            }
            from = to > from ? to - 1 : from;
        }
    }
}
