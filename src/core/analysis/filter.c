#include "core/analysis/filter.h"

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
