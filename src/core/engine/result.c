#include "core/engine/result.h"

#include "base/compiler.h"

bool heed_result_has(const struct heed_result *result, unsigned needs, struct heed_error *err)
{
    static const struct {
        enum heed_absence lack;
        const char *words;
    } all[] = {
        {HEED_LACKS_MODEL, "the model"},
        {HEED_LACKS_QUERIES, "queries and keys"},
        {HEED_LACKS_PRODUCTS, "queries and keys of which its weights are the softmax"},
        {HEED_LACKS_VALUE_NORMS, "value norms"},
    };
    for (size_t i = 0; i < HEED_COUNT(all); i++) {
        if (result->lacks & needs & all[i].lack) {
            return heed_error_set(err, HEED_ERROR_INPUT, "not in this file: %s", all[i].words);
        }
    }
    return true;
}
