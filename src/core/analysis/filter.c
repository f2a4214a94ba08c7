#include "core/analysis/filter.h"

#include <stddef.h>

const char *const heed_measure_words[] = {"weight", "value-norm", "rollout", NULL};
const char *const heed_aggregate_words[] = {"none", "mean", "max", NULL};
const char *const heed_segments_words[] = {"all", "aa", "ab", "ba", "bb", NULL};

struct heed_filter heed_filter_default(void)
{
    return (struct heed_filter){.threshold = 0.01F, .top_p = 1.0F};
}

bool heed_filter_same_maps(const struct heed_filter *a, const struct heed_filter *b)
{
    return a->hide_special == b->hide_special && a->hide_punctuation == b->hide_punctuation &&
           a->renormalise == b->renormalise && a->words == b->words && a->measure == b->measure &&
           a->aggregate == b->aggregate;
}
