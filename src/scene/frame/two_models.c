#include "scene/frame/two_models.h"

#include <stdio.h>
#include <string.h>

const char heed_two_models_caveat[] =
    "heads of two models with the same number aren\xE2\x80\x99t the same head, unless one model "
    "was fine-tuned from the other";

const char heed_two_models_brief[] = "the same number isn\xE2\x80\x99t the same head";

const char heed_two_models_what[] =
    "Heads of the same layer and number in two models: A\xE2\x80\x99s weights, B\xE2\x80\x99s, "
    "B minus A where both have the head and the word, and which heads differ most.";

static const struct heed_result *second_of(const struct heed_result *result)
{
    return result != NULL && result->ok && result->compare != NULL ? result->compare->result : NULL;
}

bool heed_compares_models(const struct heed_result *result)
{
    const struct heed_result *b = second_of(result);
    return b != NULL && b->kit != NULL && b->kit != result->kit;
}

bool heed_compares_whole_words(const struct heed_result *result)
{
    return heed_compares_models(result) && result->compare->words.words.n > 0;
}

void heed_name_side_model(const struct heed_result *result, bool b, char *text, size_t size)
{
    text[0] = '\0';
    if (!heed_compares_models(result)) {
        return;
    }
    const struct heed_model *models[] = {heed_kit_get_model(result->kit),
                                         heed_kit_get_model(second_of(result)->kit)};
    const char *name = heed_model_get_name(models[b]);
    if (strcmp(name, heed_model_get_name(models[!b])) == 0) {
        const char *folder = heed_model_get_folder(models[b]);
        const size_t length = strlen(folder);
        snprintf(text, size, "%s%s", length >= size ? "\xE2\x80\xA6" : "",
                 length >= size ? folder + length - (size - 4) : folder);
    } else {
        snprintf(text, size, "%s", name);
    }
}

void heed_name_side(const struct heed_result *result, bool b, char *text, size_t size)
{
    char model[HEED_MODEL_NAME_BYTES];
    heed_name_side_model(result, b, model, sizeof(model));
    snprintf(text, size, "%s%s%s%s", b ? "B" : "A", model[0] != '\0' ? " (" : "", model,
             model[0] != '\0' ? ")" : "");
}

bool heed_maps_have(const struct heed_maps *maps, struct heed_head_id id)
{
    return id.layer < 0 ? maps->aggregate != NULL
                        : id.layer < maps->n_layers && id.head >= 0 && id.head < maps->n_heads;
}

static int least(int a, int b)
{
    return a < b ? a : b;
}

int heed_count_partners(const struct heed_result *result)
{
    const struct heed_maps *a = result->maps;
    const struct heed_maps *b = second_of(result)->maps;
    return least(a->n_layers, b->n_layers) * least(a->n_heads, b->n_heads);
}

void heed_say_lonely_heads(const struct heed_result *result, char *text, size_t size)
{
    const struct heed_result *b = second_of(result);
    text[0] = '\0';
    if (b == NULL) {
        return;
    }
    const int in_a = result->maps->n_layers * result->maps->n_heads;
    const int in_b = b->maps->n_layers * b->maps->n_heads;
    const int both = heed_count_partners(result);
    if (both < in_a && both < in_b) {
        snprintf(text, size,
                 "%d of A\xE2\x80\x99s %d heads have no partner in B, %d of B\xE2\x80\x99s %d none "
                 "in A",
                 in_a - both, in_a, in_b - both, in_b);
    } else if (both < in_a || both < in_b) {
        const bool of_a = both < in_a;
        snprintf(text, size, "%d of %s\xE2\x80\x99s %d heads have no partner in %s",
                 (of_a ? in_a : in_b) - both, of_a ? "A" : "B", of_a ? in_a : in_b,
                 of_a ? "B" : "A");
    }
}

void heed_say_lacks_head(const struct heed_result *result, struct heed_head_id id, char *text,
                         size_t size)
{
    const struct heed_maps *b = second_of(result)->maps;
    snprintf(text, size, "B\xE2\x80\x99s model has no L%dH%d: it has %d layer%s of %d heads",
             id.layer, id.head, b->n_layers, b->n_layers == 1 ? "" : "s", b->n_heads);
}
