#include "scene/frame/ablation_values.h"

#include <stdio.h>

#include "scene/frame/tasks.h"

void heed_ablation_pins(const struct heed_state *state, struct heed_pin *query,
                        struct heed_pin *key)
{
    const struct heed_pin none = {0};
    *query = state->query.in_b ? none : state->query;
    *key = state->key.in_b || query->count == 0 ? none : state->key;
}

static bool same_pin(struct heed_token_range range, struct heed_pin pin)
{
    return range.count == pin.count && (pin.count == 0 || range.first == pin.first);
}

/* The model reads nothing else. */
static bool same_ids(const struct heed_encoding *a, const struct heed_encoding *b)
{
    bool same = a->n_tokens == b->n_tokens;
    for (int i = 0; same && i < a->n_tokens; i++) {
        same = a->tokens[i].id == b->tokens[i].id && a->tokens[i].segment == b->tokens[i].segment;
    }
    return same;
}

bool heed_frame_has_ids(const struct heed_frame *frame, const struct heed_result *result)
{
    return frame->result != NULL && same_ids(result->encoding, frame->result->encoding);
}

bool heed_ablation_has_text(const struct heed_ablation_work *work, const struct heed_frame *frame)
{
    return heed_frame_has_ids(frame, work->result);
}

const struct heed_ablation_work *heed_ablation_find(const struct heed_frame *frame, bool *current)
{
    const struct heed_ablation_work *work = heed_tasks_get_work(frame->tasks, HEED_TASK_ABLATION);
    struct heed_pin query, key;
    heed_ablation_pins(frame->state, &query, &key);
    *current = work != NULL && heed_ablation_has_text(work, frame) &&
               same_pin(work->query, query) && same_pin(work->key, key);
    return work;
}

const struct heed_ablation_row *heed_ablation_row_of(const struct heed_ablation_table *table,
                                                     struct heed_head_id id)
{
    for (int i = 0; i < table->n; i++) {
        const struct heed_ablated_head *head = &table->rows[i].head;
        if (head->layer == id.layer && head->head == id.head) {
            return &table->rows[i];
        }
    }
    return NULL;
}

enum heed_ablation_by heed_ablation_by_of(const struct heed_ablation_table *table,
                                          enum heed_ablation_by by)
{
    if (table->from == NULL) {
        return HEED_ABLATION_BY_SENTENCE;
    }
    return table->to == NULL && by < HEED_ABLATION_BY_TOKEN ? HEED_ABLATION_BY_TOKEN : by;
}

float heed_ablation_value(const struct heed_ablation_row *row, enum heed_ablation_by by)
{
    switch (by) {
    case HEED_ABLATION_BY_MEAN:
        return row->head.link_effect;
    case HEED_ABLATION_BY_TOKEN:
        return row->head.token_effect;
    case HEED_ABLATION_BY_SENTENCE:
        return row->head.sentence_effect;
    case HEED_ABLATION_BY_LARGEST:
    case HEED_N_ABLATION_BY:
        break;
    }
    return row->head.link_change;
}

void heed_ablation_cost(const struct heed_frame *frame, char *text, size_t size)
{
    const struct heed_run *run = frame->result->run;
    const int n = run->n_layers * run->n_heads;
    const double seconds = (double)n * run->encode_ms / 1000;
    const char *about = seconds < 0.1 ? "less than 0.1 s" : NULL;
    const double one = run->encode_ms;
    char each[32], time[32];
    snprintf(each, sizeof(each),
             one < 100    ? "%.1f ms"
             : one < 1000 ? "%.0f ms"
                          : "%.1f s",
             one < 1000 ? one : one / 1000);
    snprintf(time, sizeof(time),
             seconds < 10    ? "about %.1f s"
             : seconds < 120 ? "about %.0f s"
                             : "about %.0f min",
             seconds < 120 ? seconds : seconds / 60);
    snprintf(text, size, "%d runs as the last one of %s, %s", n, each,
             about != NULL ? about : time);
}
