#include "fake_result.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "core/engine/pipeline.h"

struct fake {
    struct heed_result result; /* first: a result is its fake */
    int references;
    struct heed_encoding encoding;
    struct heed_run run;
    float *attention;
};

static bool is_space(uint32_t c)
{
    return c == ' ' || c == '\t' || c == '\n';
}

static bool is_sign(uint32_t c)
{
    return c < 0x80 && !(c >= '0' && c <= '9') && !(c >= 'a' && c <= 'z') &&
           !(c >= 'A' && c <= 'Z');
}

static int32_t id_of(const char *text, size_t length)
{
    uint32_t hash = 2166136261U;
    for (size_t i = 0; i < length; i++) {
        hash = (hash ^ (unsigned char)text[i]) * 16777619U;
    }
    return (int32_t)(hash % 30000U) + 1000;
}

static void add(struct heed_encoding *encoding, struct heed_token token)
{
    encoding->n_total++;
    if (encoding->n_tokens < FAKE_LIMIT - 2) {
        encoding->tokens[encoding->n_tokens++] = token;
    }
}

static void add_template(struct heed_encoding *encoding, int32_t id, int32_t segment)
{
    const struct heed_token token = {
        .id = id, .segment = segment, .special = true, .is_template = true};
    encoding->n_total++;
    encoding->tokens[encoding->n_tokens++] = token;
}

/* One word: above six code points it is two pieces. */
static void add_word(struct heed_encoding *encoding, const char *word, size_t length, int32_t start,
                     int32_t segment, bool sign)
{
    const int32_t count = (int32_t)heed_utf8_count(word, length);
    const int32_t first = count > 6 ? 4 : count;
    const size_t cut = heed_utf8_offset(word, length, (size_t)first);
    struct heed_token token = {.id = id_of(word, cut),
                               .segment = segment,
                               .start = start,
                               .end = start + first,
                               .punctuation = sign};
    add(encoding, token);
    if (first < count) {
        token.id = id_of(word + cut, length - cut);
        token.start = start + first;
        token.end = start + count;
        token.continues = true;
        add(encoding, token);
    }
}

/* Returns the code points that the kept tokens reach. */
static int add_text(struct heed_encoding *encoding, const char *text, size_t length,
                    int32_t segment)
{
    int32_t index = 0;
    for (size_t i = 0; i < length;) {
        uint32_t c = 0;
        size_t size = heed_utf8_decode(text + i, length - i, &c);
        const int32_t start = index;
        const size_t from = i;
        i += size;
        index++;
        if (is_space(c)) {
            continue;
        }
        while (!is_sign(c) && i < length) {
            uint32_t next = 0;
            size = heed_utf8_decode(text + i, length - i, &next);
            if (is_space(next) || is_sign(next)) {
                break;
            }
            i += size;
            index++;
        }
        add_word(encoding, text + from, i - from, start, segment, is_sign(c));
    }
    const struct heed_token *last = &encoding->tokens[encoding->n_tokens - 1];
    const bool cut = encoding->n_total > encoding->n_tokens;
    return cut && last->segment == segment ? last->end : index;
}

static char *copy(const char *text, size_t length)
{
    char *result = malloc(length + 1);
    memcpy(result, text, length);
    result[length] = '\0';
    return result;
}

static void tokenize(struct heed_encoding *encoding, const struct heed_job *job)
{
    encoding->text = copy(job->text, job->text_length);
    encoding->text_length = job->text_length;
    encoding->n_limit = FAKE_LIMIT;
    encoding->tokens = calloc(FAKE_LIMIT + 3, sizeof(*encoding->tokens));
    add_template(encoding, 101, 0);
    encoding->text_kept = add_text(encoding, job->text, job->text_length, 0);
    add_template(encoding, 102, 0);
    if (job->pair != NULL) {
        encoding->pair = copy(job->pair, job->pair_length);
        encoding->pair_length = job->pair_length;
        encoding->pair_kept = add_text(encoding, job->pair, job->pair_length, 1);
        add_template(encoding, 102, 1);
    }
}

/* Rows that sum to 1, other ones in each head. */
static void fill_attention(float *attention, int n)
{
    for (int map = 0; map < FAKE_LAYERS * FAKE_HEADS; map++) {
        for (int row = 0; row < n; row++) {
            float *weights = attention + ((size_t)map * (size_t)n + (size_t)row) * (size_t)n;
            float sum = 0.0F;
            for (int column = 0; column < n; column++) {
                const int mixed = (map * 7 + row * 5 + column * 3) % 11;
                weights[column] = mixed == 0 ? 8.0F : 0.1F * (float)mixed;
                sum += weights[column];
            }
            for (int column = 0; column < n; column++) {
                weights[column] /= sum;
            }
        }
    }
}

static void run(struct fake *fake)
{
    const int n = fake->encoding.n_tokens;
    fake->attention =
        malloc((size_t)FAKE_LAYERS * FAKE_HEADS * (size_t)n * (size_t)n * sizeof(float));
    fill_attention(fake->attention, n);
    fake->run = (struct heed_run){.n_tokens = n,
                                  .n_layers = FAKE_LAYERS,
                                  .n_heads = FAKE_HEADS,
                                  .head_dim = 32,
                                  .hidden = 384,
                                  .attention = fake->attention,
                                  .encode_ms = 2.0};
}

const struct heed_result *fake_result_fail(uint64_t generation, const char *message)
{
    struct fake *fake = calloc(1, sizeof(*fake));
    fake->references = 1;
    fake->result.generation = generation;
    heed_error_set(&fake->result.error, HEED_ERROR_INPUT, "%s", message);
    return &fake->result;
}

const struct heed_result *fake_result_create(const struct heed_job *job)
{
    if (job->filter.measure == HEED_MEASURE_VALUE_NORM) {
        return fake_result_fail(job->generation, "this measure needs a model");
    }
    struct fake *fake = calloc(1, sizeof(*fake));
    fake->references = 1;
    tokenize(&fake->encoding, job);
    run(fake);
    const struct heed_maps_request request = {.encoding = &fake->encoding,
                                              .run = &fake->run,
                                              .filter = job->filter,
                                              .heads = job->heads,
                                              .n_heads = job->n_heads};
    struct heed_result *result = &fake->result;
    result->generation = job->generation;
    result->encoding = &fake->encoding;
    result->run = &fake->run;
    result->total_ms = 2.5;
    result->ok = heed_maps_create(&result->maps, &request, &result->error);
    return result;
}

const struct heed_result *heed_result_retain(const struct heed_result *result)
{
    ((struct fake *)result)->references++;
    return result;
}

void heed_result_release(const struct heed_result *result)
{
    struct fake *fake = (struct fake *)result;
    if (fake == NULL || --fake->references > 0) {
        return;
    }
    heed_link_measures_release(fake->result.links);
    heed_maps_release(fake->result.maps);
    free(fake->encoding.text);
    free(fake->encoding.pair);
    free(fake->encoding.tokens);
    free(fake->attention);
    free(fake);
}

/* The fake pipeline is its tokenizer. */
bool heed_pipeline_run(struct heed_pipeline *pipeline, const struct heed_job *job,
                       struct heed_pipeline_hints hints, const struct heed_result **result,
                       struct heed_error *err)
{
    (void)pipeline;
    (void)hints;
    const struct heed_result *made = fake_result_create(job);
    if (!made->ok) {
        heed_error_set(err, made->error.code, "%s", made->error.text);
        heed_result_release(made);
        return false;
    }
    *result = made;
    return true;
}

const struct heed_model *heed_pipeline_get_model(const struct heed_pipeline *pipeline)
{
    return NULL;
}

const struct heed_tokenizer *heed_pipeline_get_tokenizer(const struct heed_pipeline *pipeline)
{
    return (const struct heed_tokenizer *)(const void *)pipeline;
}

/* The run belongs to its result. */
const struct heed_run *heed_run_retain(const struct heed_run *run_)
{
    return run_;
}

void heed_run_release(const struct heed_run *run_)
{
    (void)run_;
}
