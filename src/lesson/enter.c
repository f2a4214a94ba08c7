#include "lesson/enter.h"

#include <string.h>

#include "state/interventions.h"

void heed_lesson_keep_look(struct heed_state *state, const struct heed_state *own)
{
    state->theme = own->theme;
    state->palette = own->palette;
    state->ui_scale = own->ui_scale;
    state->projector = own->projector;
    state->reduced_motion = own->reduced_motion;
}

static bool same(const char *a, const char *b)
{
    return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

bool heed_lesson_has_texts(const struct heed_lesson_step *step, const struct heed_state *state)
{
    return same(step->state.text, state->text) && same(step->state.pair, state->pair) &&
           (!heed_state_compares(&step->state) || same(step->state.compare, state->compare));
}

static bool pin(struct heed_pin *to, const struct heed_tokenizer *tokenizer,
                const struct heed_encoding *encoding, const char *word, struct heed_error *err)
{
    struct heed_token_range tokens = {0, 0};
    if (word != NULL && !heed_lesson_find_word(&tokens, tokenizer, encoding, word, err)) {
        return false;
    }
    *to = (struct heed_pin){.first = tokens.first, .count = tokens.count};
    return true;
}

static bool cut(struct heed_state *state, const struct heed_tokenizer *tokenizer,
                const struct heed_encoding *encoding, const struct heed_lesson_cut *words,
                struct heed_error *err)
{
    struct heed_cut_link link = {.head = words->head};
    return heed_lesson_find_word(&link.query, tokenizer, encoding, words->query, err) &&
           heed_lesson_find_word(&link.key, tokenizer, encoding, words->key, err) &&
           (heed_state_add_cut(state, &link) ||
            heed_error_set(err, HEED_ERROR_INPUT, "more links are cut than heed can hold"));
}

static bool pin_words(struct heed_state *state, const struct heed_lesson_step *step,
                      const struct heed_tokenizer *tokenizer, bool lenient, struct heed_error *err)
{
    const struct heed_tokenize_options options = {0};
    struct heed_encoding *encoding = NULL;
    if (!heed_tokenize(&encoding, tokenizer, state->text, strlen(state->text), state->pair,
                       state->pair != NULL ? strlen(state->pair) : 0, options, err)) {
        return false;
    }
    bool ok = pin(&state->query, tokenizer, encoding, step->query, err);
    ok = (ok && pin(&state->key, tokenizer, encoding, step->key, err)) || lenient;
    for (int i = 0; ok && i < step->n_cuts; i++) {
        ok = cut(state, tokenizer, encoding, &step->cuts[i], err) || lenient;
    }
    heed_encoding_destroy(encoding);
    return ok;
}

static bool mute_all(struct heed_state *state, const struct heed_model *model,
                     struct heed_error *err)
{
    const struct heed_model_config *config = heed_model_get_config(model);
    for (int i = 0; i < config->n_layers * config->n_heads; i++) {
        const struct heed_head_id id = {(int16_t)(i / config->n_heads),
                                        (int16_t)(i % config->n_heads)};
        if (!heed_state_set_factor(state, id, 0)) {
            return heed_error_set(err, HEED_ERROR_INPUT,
                                  "this model has more heads than heed can mute");
        }
    }
    return true;
}

static bool take_texts(struct heed_state *state, const struct heed_state *own,
                       struct heed_error *err)
{
    return heed_state_set_text(state, own->text, strlen(own->text), err) &&
           (state->pair == NULL || own->pair == NULL ||
            heed_state_set_pair(state, own->pair, strlen(own->pair), err)) &&
           (state->compare == NULL || own->compare == NULL ||
            heed_state_set_compare(state, own->compare, strlen(own->compare), err));
}

bool heed_lesson_enter(struct heed_state *state, const struct heed_lesson_step *step,
                       const struct heed_tokenizer *tokenizer, const struct heed_model *model,
                       const struct heed_state *own, bool own_text, struct heed_error *err)
{
    struct heed_state copy;
    if (!heed_state_copy(&copy, &step->state, err)) {
        return false;
    }
    if (own != NULL) {
        heed_lesson_keep_look(&copy, own);
    }
    if ((own_text && !take_texts(&copy, own, err)) ||
        !pin_words(&copy, step, tokenizer, own_text, err) ||
        (step->mute_all && !mute_all(&copy, model, err))) {
        heed_state_finish(&copy);
        return false;
    }
    *state = copy;
    return true;
}
