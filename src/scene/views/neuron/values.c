#include "scene/views/neuron/values.h"

#include <math.h>

#include "scene/frame/shown.h"
#include "scene/parts/value_tokens.h"

/* Above this a score's exponential is no number to read. */
static const double READABLE = 16;

/* The one head that is looked at: Matrix's, else the first shown. */
static bool find_head(const struct heed_frame *frame, struct heed_neuron_numbers *numbers)
{
    const struct heed_state *state = frame->state;
    const struct heed_maps *maps = numbers->maps;
    int index = -1;
    for (int i = 0; i < state->n_shown; i++) {
        const struct heed_head_id id = state->shown[i].id;
        const bool exists =
            id.layer >= 0 && id.layer < maps->n_layers && id.head >= 0 && id.head < maps->n_heads;
        const bool matrix = heed_head_equal(id, state->matrix_head);
        if (exists && (index < 0 || matrix)) {
            index = i;
        }
    }
    if (index < 0) {
        return false;
    }
    const struct heed_shown_head *shown = &state->shown[index];
    numbers->head = shown->id;
    numbers->color = frame->theme->heads[shown->color % HEED_N_HEAD_COLORS];
    numbers->dashed = shown->color >= HEED_N_HEAD_COLORS;
    heed_head_name(shown->id, numbers->name, sizeof(numbers->name));
    return true;
}

/* Rows of one of the run's arrays, of this head; NULL without memory. */
static const float *find_rows_of(struct heed_arena *arena,
                                 const struct heed_neuron_numbers *numbers,
                                 enum heed_run_array which, int first, int count, int width)
{
    const struct heed_run *run = numbers->maps->run;
    const int map = numbers->head.layer * run->n_heads + numbers->head.head;
    float *room = NULL;
    if (!heed_run_keeps(run, which)) { /* they are read or made now */
        room = heed_arena_alloc(arena, (size_t)count * (size_t)width * sizeof(*room));
        if (room == NULL) {
            return NULL;
        }
    }
    return heed_run_rows(run, which, map, first, count, room);
}

static bool find_arrays(struct heed_arena *arena, struct heed_neuron_numbers *numbers)
{
    const struct heed_run *run = numbers->maps->run;
    const int n = run->n_tokens, d = run->head_dim;
    const bool has_bias = heed_run_has(run, HEED_RUN_BIAS);
    numbers->n = n;
    numbers->d = d;
    numbers->scale = heed_score_scale(run);
    numbers->plain = heed_score_is_plain(run);
    numbers->queries = find_rows_of(arena, numbers, HEED_RUN_QUERIES, 0, n, d);
    numbers->keys = find_rows_of(arena, numbers, HEED_RUN_KEYS, 0, n, d);
    numbers->values = find_rows_of(arena, numbers, HEED_RUN_VALUES, 0, n, d);
    numbers->weights = find_rows_of(arena, numbers, HEED_RUN_ATTENTION, numbers->query, 1, n);
    numbers->bias =
        has_bias ? find_rows_of(arena, numbers, HEED_RUN_BIAS, numbers->query, 1, n) : NULL;
    return numbers->queries != NULL && numbers->keys != NULL && numbers->values != NULL &&
           numbers->weights != NULL && (numbers->bias != NULL || !has_bias);
}

/* f of all of them; NULL without memory. */
static const float *map_features(struct heed_arena *arena, const float *x, size_t n)
{
    float *mapped = heed_arena_alloc(arena, n * sizeof(*mapped));
    for (size_t i = 0; mapped != NULL && i < n; i++) {
        mapped[i] = heed_linear_feature(x[i]);
    }
    return mapped;
}

static bool allocate(struct heed_arena *arena, struct heed_neuron_numbers *numbers)
{
    const size_t n = (size_t)numbers->n, d = (size_t)numbers->d;
    numbers->scores = heed_arena_zeroed(arena, n, sizeof(float));
    numbers->output = heed_arena_zeroed(arena, d, sizeof(float));
    numbers->hidden_output = heed_arena_zeroed(arena, d, sizeof(float));
    numbers->rows = heed_arena_zeroed(arena, n, sizeof(int));
    if (numbers->linear) {
        numbers->queries = map_features(arena, numbers->queries, n * d);
        numbers->keys = map_features(arena, numbers->keys, n * d);
    }
    return numbers->scores != NULL && numbers->output != NULL && numbers->hidden_output != NULL &&
           numbers->rows != NULL && numbers->queries != NULL && numbers->keys != NULL;
}

static void find_rows(struct heed_neuron_numbers *numbers)
{
    for (int i = 0; i < numbers->maps->n; i++) {
        const struct heed_unit *unit = &numbers->maps->units[i];
        for (int t = unit->first; t < unit->first + unit->count; t++) {
            if (t < numbers->n) {
                numbers->rows[numbers->n_rows++] = t;
            }
        }
    }
}

/* Strongest first; equal ones stay in order. A short list or a nearly sorted
 * one is the rule, 512 tokens the worst. */
void heed_neuron_sort_rows(struct heed_neuron_numbers *numbers)
{
    int *rows = numbers->rows;
    for (int i = 1; i < numbers->n_rows; i++) {
        const int row = rows[i];
        int at = i;
        while (at > 0 && numbers->weights[rows[at - 1]] < numbers->weights[row]) {
            rows[at] = rows[at - 1];
            at--;
        }
        rows[at] = row;
    }
}

static double dot(const float *a, const float *b, int n)
{
    double sum = 0;
    for (int i = 0; i < n; i++) {
        sum += (double)a[i] * (double)b[i];
    }
    return sum;
}

static void find_key(const struct heed_frame *frame, struct heed_neuron_numbers *numbers)
{
    const struct heed_pin hover = frame->hover.key;
    const struct heed_pin pin = hover.count > 0 ? hover : frame->state->key;
    numbers->key = -1;
    for (int i = 0; i < numbers->n_rows; i++) {
        const int row = numbers->rows[i];
        if (pin.count > 0 && row >= pin.first && row < pin.first + pin.count) {
            numbers->key = row;
            numbers->key_chosen = true;
            return;
        }
        if (numbers->key < 0 || numbers->weights[row] > numbers->weights[numbers->key]) {
            numbers->key = row;
        }
    }
}

double heed_neuron_dot(const struct heed_neuron_numbers *numbers, int token)
{
    const size_t d = (size_t)numbers->d;
    return dot(numbers->queries + (size_t)numbers->query * d, numbers->keys + (size_t)token * d,
               numbers->d);
}

double heed_neuron_share(const struct heed_neuron_numbers *numbers, int key)
{
    const double score = (double)numbers->scores[key];
    return numbers->linear ? score : exp(score - numbers->shift);
}

static void find_scores(const struct heed_frame *frame, struct heed_neuron_numbers *numbers)
{
    const int n = numbers->n, d = numbers->d;
    const float *q = numbers->queries + (size_t)numbers->query * (size_t)d;
    const double scale = numbers->linear ? 1 : numbers->scale;
    double largest = 0;
    for (int i = 0; i < n; i++) {
        const float *k = numbers->keys + (size_t)i * (size_t)d;
        const bool off =
            heed_link_is_off(frame->result, numbers->head, numbers->query, i) != HEED_LINK_ON;
        const double bias = numbers->bias != NULL ? (double)numbers->bias[i] : 0;
        numbers->scores[i] =
            off ? numbers->linear ? 0 : -INFINITY : (float)(dot(q, k, d) * scale + bias);
        largest = fmax(largest, (double)numbers->scores[i]);
    }
    numbers->shift = largest > READABLE ? largest : 0;
    for (int i = 0; i < n; i++) {
        numbers->exp_sum += heed_neuron_share(numbers, i);
    }
    const float *k = numbers->keys + (size_t)numbers->key * (size_t)d;
    numbers->dot = dot(q, k, d);
    numbers->exp = heed_neuron_share(numbers, numbers->key);
    numbers->key_off = heed_link_is_off(frame->result, numbers->head, numbers->query, numbers->key);
}

/* A file may hold weights that were made otherwise. */
static void find_apart(const struct heed_frame *frame, struct heed_neuron_numbers *numbers)
{
    double most = -INFINITY, sum = 0;
    if (frame->result->file == NULL) {
        return;
    }
    for (int i = 0; i < numbers->n; i++) {
        most = fmax(most, (double)numbers->scores[i]);
    }
    for (int i = 0; i < numbers->n; i++) {
        sum += isfinite(most) ? exp((double)numbers->scores[i] - most) : 0;
    }
    for (int i = 0; i < numbers->n; i++) {
        const double share = sum > 0 ? exp((double)numbers->scores[i] - most) / sum : 0;
        numbers->apart = fmax(numbers->apart, fabs(share - (double)numbers->weights[i]));
    }
    if (numbers->apart <= HEED_NEURON_APART) {
        numbers->apart = 0;
    }
}

int heed_neuron_rival(const struct heed_neuron_numbers *numbers)
{
    int best = -1;
    for (int i = 0; i < numbers->n_rows; i++) {
        const int t = numbers->rows[i];
        if (t != numbers->key && isfinite(numbers->scores[t]) &&
            (best < 0 || numbers->weights[t] > numbers->weights[best])) {
            best = t;
        }
    }
    return best;
}

static void find_output(struct heed_neuron_numbers *numbers)
{
    const int d = numbers->d;
    double shown = 0, all = 0;
    for (int t = 0; t < numbers->n; t++) {
        all += (double)numbers->weights[t];
        for (int i = 0; i < d; i++) {
            numbers->output[i] +=
                numbers->weights[t] * numbers->values[(size_t)t * (size_t)d + (size_t)i];
        }
    }
    for (int i = 0; i < d; i++) {
        numbers->hidden_output[i] = numbers->output[i];
    }
    for (int r = 0; r < numbers->n_rows; r++) {
        const int t = numbers->rows[r];
        shown += (double)numbers->weights[t];
        for (int i = 0; i < d; i++) {
            numbers->hidden_output[i] -=
                numbers->weights[t] * numbers->values[(size_t)t * (size_t)d + (size_t)i];
        }
    }
    numbers->hidden_weight = (float)fmax(all - shown, 0);
}

static void find_limits(struct heed_neuron_numbers *numbers)
{
    const size_t d = (size_t)numbers->d, all = (size_t)numbers->n * d;
    const float *q = numbers->queries + (size_t)numbers->query * d;
    double products = 0, carried = 0, output = 0, score = 0;
    for (size_t r = 0; r < (size_t)numbers->n_rows; r++) {
        const size_t t = (size_t)numbers->rows[r];
        if (isfinite(numbers->scores[t])) {
            score = fmax(score, fabs((double)numbers->scores[t]));
        }
        for (size_t i = 0; i < d; i++) {
            const double product = (double)q[i] * (double)numbers->keys[t * d + i];
            products += product * product;
            carried = fmax(carried,
                           fabs((double)numbers->weights[t] * (double)numbers->values[t * d + i]));
        }
    }
    for (size_t i = 0; i < d; i++) {
        output = fmax(output, fabs((double)numbers->output[i]));
        output = fmax(output, fabs((double)numbers->hidden_output[i]));
    }
    numbers->limit =
        fmaxf(heed_neuron_spread(numbers->queries, all), heed_neuron_spread(numbers->keys, all));
    numbers->value_limit = heed_neuron_spread(numbers->values, all);
    numbers->product_limit =
        heed_neuron_limit(2.5 * sqrt(products / ((double)numbers->n_rows * (double)d)));
    numbers->carried_limit = heed_neuron_limit(carried);
    numbers->output_limit = heed_neuron_limit(output);
    numbers->score_limit = heed_neuron_limit(score);
}

bool heed_neuron_compute(const struct heed_frame *frame, struct heed_neuron_numbers *numbers,
                         const char **why, const char **how)
{
    *numbers = (struct heed_neuron_numbers){.maps = heed_frame_get_maps(frame)};
    const struct heed_maps *maps = numbers->maps;
    *why = *how = NULL;
    if (maps == NULL) {
        return false;
    }
    if (maps->n == 0) {
        *why = "No token is left.";
        *how = "Show special tokens or punctuation again, or type something.";
        return false;
    }
    if (!find_head(frame, numbers)) {
        *why = "No head is shown.";
        *how = "Click a cell of the head map.";
        return false;
    }
    if (maps->run == NULL || !heed_run_has(maps->run, HEED_RUN_QUERIES)) {
        *why = "This run has no queries and keys.";
        *how = "Type something, and they are computed.";
        return false;
    }
    const struct heed_pin hover = frame->hover.query;
    const struct heed_pin pin = hover.count > 0 ? hover : frame->state->query;
    numbers->query = heed_neuron_token(maps, pin);
    numbers->query_chosen =
        pin.count > 0 && numbers->query >= pin.first && numbers->query < pin.first + pin.count;
    numbers->linear = frame->result->variant.attention == HEED_ATTENTION_LINEAR;
    if (!find_arrays(&frame->list->arena, numbers) || !allocate(&frame->list->arena, numbers)) {
        frame->list->failed = true;
        return false;
    }
    find_rows(numbers);
    find_key(frame, numbers);
    if (frame->state->neuron_sorted) {
        heed_neuron_sort_rows(numbers);
    }
    find_scores(frame, numbers);
    find_apart(frame, numbers);
    find_output(numbers);
    find_limits(numbers);
    return true;
}

bool heed_neuron_has_steps(const struct heed_frame *frame)
{
    struct heed_neuron_numbers numbers;
    const char *why = NULL, *how = NULL;
    if (frame->result == NULL || frame->result->file == NULL) {
        return true;
    }
    return heed_neuron_compute(frame, &numbers, &why, &how) && numbers.plain && numbers.apart <= 0;
}

float heed_neuron_number(const struct heed_neuron_numbers *numbers, enum heed_neuron_value kind,
                         int token, int dimension)
{
    const size_t d = (size_t)numbers->d, i = (size_t)dimension;
    const size_t at = (size_t)token * d + i;
    const size_t query = (size_t)numbers->query * d + i;
    switch (kind) {
    case HEED_NEURON_QUERY:
        return numbers->queries[query];
    case HEED_NEURON_KEY:
        return numbers->keys[at];
    case HEED_NEURON_PRODUCT:
        return numbers->queries[query] * numbers->keys[at];
    case HEED_NEURON_VALUE:
        return numbers->values[at];
    case HEED_NEURON_CARRIED:
        return numbers->weights[token] * numbers->values[at];
    case HEED_NEURON_HIDDEN:
        return numbers->hidden_output[i];
    case HEED_NEURON_OUTPUT:
        return numbers->output[i];
    case HEED_NEURON_BOX:
    case HEED_NEURON_SCORE:
    case HEED_NEURON_WEIGHT:
        break;
    }
    return 0;
}
