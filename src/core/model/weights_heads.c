#include <stdio.h>

#include "core/model/bind.h"

/* ---- the masked-language head ---- */

/* A name of the head, if the file has it. */
static bool has_head(const struct heed_binder *binder, const char *stem, const char *ending,
                     char *name)
{
    snprintf(name, HEED_MAX_TENSOR_NAME, "%s%s%s", binder->head_prefix, stem, ending);
    return heed_bind_find(binder, name, NULL) != NULL;
}

/* Its own matrix and bias where the file has them, as transformers takes them. */
static bool bind_decoder(struct heed_binder *binder, struct heed_model_weights *weights,
                         struct heed_error *err)
{
    const struct heed_architecture *layout = binder->layout;
    const size_t vocab = (size_t)binder->sizes->vocab_size;
    char name[HEED_MAX_TENSOR_NAME];
    struct heed_linear_weights *decoder = &weights->mlm.decoder;
    const struct heed_wanted matrix = {name, vocab, (size_t)binder->sizes->embedding};
    const struct heed_wanted vector = {name, 0, vocab};
    decoder->weight = weights->word_embeddings;
    if (has_head(binder, layout->mlm_decoder, ".weight", name) &&
        !heed_bind(binder, &matrix, NULL, &decoder->weight, err)) {
        return false;
    }
    return (!has_head(binder, layout->mlm_decoder, ".bias", name) &&
            !has_head(binder, layout->mlm_bias, "", name)) ||
           heed_bind(binder, &vector, NULL, &decoder->bias, err);
}

static bool has_whole_head(const struct heed_binder *binder)
{
    const struct heed_architecture *layout = binder->layout;
    char name[HEED_MAX_TENSOR_NAME];
    return has_head(binder, layout->mlm_transform, ".weight", name) &&
           has_head(binder, layout->mlm_transform, ".bias", name) &&
           (has_head(binder, layout->mlm_norm, ".weight", name) ||
            has_head(binder, layout->mlm_norm, ".gamma", name)) &&
           (has_head(binder, layout->mlm_norm, ".bias", name) ||
            has_head(binder, layout->mlm_norm, ".beta", name)) &&
           (binder->config->ties_words || has_head(binder, layout->mlm_decoder, ".weight", name)) &&
           (has_head(binder, layout->mlm_decoder, ".bias", name) ||
            has_head(binder, layout->mlm_bias, "", name));
}

bool heed_bind_mlm(struct heed_binder *binder, struct heed_model_weights *weights,
                   struct heed_error *err)
{
    const struct heed_architecture *layout = binder->layout;
    const int width = binder->sizes->embedding;
    char transform[HEED_MAX_TENSOR_NAME];
    char norm[HEED_MAX_TENSOR_NAME];
    if (!has_whole_head(binder)) {
        return true;
    }
    weights->has_mlm_head = true;
    snprintf(transform, sizeof transform, "%s%s", binder->head_prefix, layout->mlm_transform);
    snprintf(norm, sizeof norm, "%s%s", binder->head_prefix, layout->mlm_norm);
    return heed_bind_linear(binder, transform, width, binder->sizes->hidden,
                            &weights->mlm.transform, err) &&
           heed_bind_norm(binder, norm, width, &weights->mlm.norm, err) &&
           bind_decoder(binder, weights, err);
}

/* ---- the head for classes ---- */

const char *heed_bind_class_out(const struct heed_binder *binder)
{
    return binder->sizes->class_kind == HEED_CLASSES_OF_TEXT ? binder->layout->class_out
                                                             : "classifier";
}

static bool has_linear(const struct heed_binder *binder, const char *stem)
{
    char weight[HEED_MAX_TENSOR_NAME + 8];
    char bias[HEED_MAX_TENSOR_NAME + 8];
    snprintf(weight, sizeof weight, "%s.weight", stem);
    snprintf(bias, sizeof bias, "%s.bias", stem);
    return heed_bind_find(binder, weight, NULL) && heed_bind_find(binder, bias, NULL);
}

bool heed_bind_classes(struct heed_binder *binder, struct heed_model_weights *weights,
                       struct heed_error *err)
{
    const struct heed_architecture *layout = binder->layout;
    const struct heed_model_config *sizes = binder->sizes;
    const bool has_dense = sizes->class_kind == HEED_CLASSES_OF_TEXT;
    char dense[HEED_MAX_TENSOR_NAME];
    char out[HEED_MAX_TENSOR_NAME];
    snprintf(dense, sizeof dense, "%s%s",
             layout->class_dense_is_pooler ? binder->prefix : binder->class_prefix,
             layout->class_dense);
    snprintf(out, sizeof out, "%s%s", binder->class_prefix, heed_bind_class_out(binder));
    if (sizes->class_kind == HEED_CLASSES_NONE || !has_linear(binder, out) ||
        (has_dense && !has_linear(binder, dense))) {
        return true;
    }
    return (!has_dense || heed_bind_linear(binder, dense, sizes->hidden, sizes->hidden,
                                           &weights->classes.dense, err)) &&
           heed_bind_linear(binder, out, sizes->n_classes, sizes->hidden, &weights->classes.out,
                            err);
}
