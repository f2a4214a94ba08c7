#include "golden.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

const char *golden_path(const char *folder, const char *name)
{
    static char path[1024];
    const char *data = getenv("HEED_TEST_DATA");
    snprintf(path, sizeof(path), "%s/%s/%s", data ? data : "tests", folder, name);
    return path;
}

struct heed_safetensors *golden_open(const char *name)
{
    struct heed_error err = {0};
    struct heed_safetensors *file = NULL;
    if (!heed_safetensors_open(&file, golden_path("golden", name), &err)) {
        fail_msg("%s", err.text);
    }
    return file;
}

const struct heed_tensor_info *golden_find(struct heed_safetensors *file, const char *golden_case,
                                           const char *tensor)
{
    char name[128];
    snprintf(name, sizeof(name), "%s.%s", golden_case, tensor);
    return heed_safetensors_find(file, name);
}

static int read_ints(struct heed_safetensors *file, const char *golden_case, const char *tensor,
                     int32_t *values)
{
    const struct heed_tensor_info *info = golden_find(file, golden_case, tensor);
    assert_non_null(info);
    assert_true(info->size <= GOLDEN_MAX_TOKENS * sizeof(int32_t));
    memcpy(values, info->data, info->size);
    return (int)(info->size / sizeof(int32_t));
}

/* What is off in a case that has something off. */
static void read_changes(struct heed_safetensors *file, const char *golden_case,
                         struct golden_request *request)
{
    const struct heed_tensor_info *scale = golden_find(file, golden_case, "scale");
    int32_t numbers[GOLDEN_MAX_TOKENS];
    if (!scale) {
        return;
    }
    assert_true(scale->size <= sizeof(request->scale));
    memcpy(request->scale, scale->data, scale->size);
    const int n = read_ints(file, golden_case, "cuts", numbers) / 4;
    assert_true(n <= GOLDEN_MAX_CUTS);
    for (int i = 0; i < n; i++) {
        const int32_t *at = numbers + (size_t)i * 4;
        request->cuts[i] = (struct heed_cut){(int16_t)at[0], (int16_t)at[1], at[2], at[3]};
    }
    request->request.head_scale = request->scale;
    request->request.cuts = request->cuts;
    request->request.n_cuts = n;
}

void golden_get_request(struct heed_safetensors *file, const char *golden_case,
                        struct golden_request *request)
{
    const int n = read_ints(file, golden_case, "ids", request->ids);
    read_ints(file, golden_case, "segments", request->segments);
    request->request =
        (struct heed_request){.ids = request->ids, .segments = request->segments, .n_tokens = n};
    read_changes(file, golden_case, request);
}

static float float_at(const struct heed_tensor_info *info, size_t i)
{
    float value = 0.0f;
    memcpy(&value, info->data + i * sizeof(value), sizeof(value));
    return value;
}

static size_t index_at(const struct heed_tensor_info *indices, size_t i)
{
    int32_t index = 0;
    memcpy(&index, indices->data + i * sizeof(index), sizeof(index));
    return (size_t)index;
}

void golden_compare_tensor(struct heed_safetensors *file, const char *golden_case,
                           const char *tensor, const float *values, size_t count, double tolerance)
{
    char name[64];
    snprintf(name, sizeof(name), "%s.indices", tensor);
    const struct heed_tensor_info *expected = golden_find(file, golden_case, tensor);
    const struct heed_tensor_info *indices = golden_find(file, golden_case, name);
    assert_non_null(expected);
    const size_t n = expected->size / sizeof(float);
    assert_true(indices || n == count);
    double worst = 0.0;
    for (size_t i = 0; i < n; i++) {
        const size_t at = indices ? index_at(indices, i) : i;
        assert_true(at < count);
        const double error = fabs((double)values[at] - (double)float_at(expected, i));
        if (!(error <= tolerance)) {
            fail_msg("%s.%s[%zu] is %.9g, not %.9g (tolerance %g)", golden_case, tensor, at,
                     (double)values[at], (double)float_at(expected, i), tolerance);
        }
        worst = error > worst ? error : worst;
    }
    print_message("%s.%s: off by %.2g at most\n", golden_case, tensor, worst);
}

void golden_compare(struct heed_safetensors *file, const char *golden_case,
                    const struct heed_run *run, double attention_tolerance, double hidden_tolerance)
{
    const size_t n = (size_t)run->n_tokens;
    const size_t layers = (size_t)run->n_layers;
    const size_t wide = n * (size_t)run->hidden;
    golden_compare_tensor(file, golden_case, "attentions", run->attention,
                          layers * (size_t)run->n_heads * n * n, attention_tolerance);
    golden_compare_tensor(file, golden_case, "queries", run->queries, layers * wide,
                          hidden_tolerance);
    golden_compare_tensor(file, golden_case, "keys", run->keys, layers * wide, hidden_tolerance);
    golden_compare_tensor(file, golden_case, "values", run->values, layers * wide,
                          hidden_tolerance);
    golden_compare_tensor(file, golden_case, "hidden_states", run->hidden_states,
                          (layers + 1) * wide, hidden_tolerance);
}
