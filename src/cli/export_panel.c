#include "cli/export_panel.h"

#include <stdio.h>
#include <strings.h>

#include "base/utf8.h"
#include "core/engine/ablation_task.h"
#include "scene/ablation.h"

enum { WORD = 128 };

bool heed_export_find_panel(const char *name, enum heed_panel *panel)
{
    for (int i = HEED_PANEL_NONE + 1; i < HEED_N_PANELS; i++) {
        if (strcasecmp(name, heed_panel_name((enum heed_panel)i)) == 0) {
            *panel = (enum heed_panel)i;
            return true;
        }
    }
    return false;
}

/* The text that the pinned tokens cover; NULL: nothing is pinned. */
static const char *word_of(char word[WORD], const struct heed_pipeline *pipeline,
                           const struct heed_encoding *encoding,
                           struct heed_pin pin)
{
    if (pin.count == 0) {
        return NULL;
    }
    const struct heed_token *first = &encoding->tokens[pin.first];
    const struct heed_token *last = &encoding->tokens[pin.first + pin.count - 1];
    if (first->is_template) {
        snprintf(word, WORD, "%s",
                 heed_tokenizer_get_piece(heed_pipeline_get_tokenizer(pipeline),
                                          first->id));
        return word;
    }
    const bool in_pair = first->segment == 1 && encoding->pair != NULL;
    const char *text = in_pair ? encoding->pair : encoding->text;
    const size_t size = in_pair ? encoding->pair_length : encoding->text_length;
    const size_t from = heed_utf8_offset(text, size, (size_t)first->start);
    const size_t to = heed_utf8_offset(text, size, (size_t)last->end);
    snprintf(word, WORD, "%.*s", (int)(to - from), text + from);
    return word;
}

bool heed_export_run_panel(struct heed_tasks *tasks, const struct heed_state *state,
                           struct heed_pipeline *pipeline,
                           const struct heed_result *result, struct heed_error *err)
{
    if (state->panel != HEED_PANEL_ABLATION) {
        return true;
    }
    char from[WORD], to[WORD];
    struct heed_pin query, key;
    heed_ablation_pins(state, &query, &key);
    const struct heed_ablation_options options = {
        .id = 1,
        .result = result,
        .query = {query.first, query.count},
        .key = {key.first, key.count},
        .from = word_of(from, pipeline, result->encoding, query),
        .to = word_of(to, pipeline, result->encoding, key),
    };
    struct heed_task **task = &tasks->done[HEED_TASK_ABLATION];
    return heed_ablation_task_create(task, options, err) &&
           heed_task_run(*task, pipeline, NULL, NULL, err);
}
