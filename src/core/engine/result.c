#include "core/engine/result.h"

#include "base/compiler.h"

const char *heed_absence_words(unsigned absence)
{
    static const char *const words[HEED_N_ABSENCES] = {
        "the model",
        "queries and keys",
        "queries and keys of which its weights are the softmax",
        "value norms",
        "words",
        "special tokens",
        "one axis for queries and keys",
        "hidden states",
        "few enough weights to compare all (256 MiB)",
    };
    for (unsigned i = 0; i < HEED_N_ABSENCES; i++) {
        if (absence == 1U << i) {
            return words[i];
        }
    }
    return "";
}

bool heed_result_has(const struct heed_result *result, unsigned needs, struct heed_error *err)
{
    for (unsigned i = 0; i < HEED_N_ABSENCES; i++) {
        if ((result->lacks & needs) >> i & 1) {
            return heed_error_set(err, HEED_ERROR_INPUT,
                                  result->file ? "not in this file: %s"
                                               : "not of this model, whose scores have a bias by "
                                                 "distance: %s",
                                  heed_absence_words(1U << i));
        }
    }
    return true;
}

bool heed_result_lacks_predictions(const struct heed_result *result)
{
    int tokens[HEED_MAX_MASKS];
    if (!result->ok || !result->kit || result->has_predicted) {
        return false;
    }
    const struct heed_model_weights *weights =
        heed_model_get_weights(heed_kit_get_model(result->kit));
    const int32_t mask = heed_tokenizer_get_mask_id(heed_kit_get_tokenizer(result->kit));
    return weights->classes.out.weight ||
           (weights->has_mlm_head && heed_masks_find(result->encoding, mask, tokens) > 0);
}
