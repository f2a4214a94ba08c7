#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "core/attention/private.h"

enum { CHUNK = 1 << 14 /* values at once */ };

struct walk {
    const struct heed_attention_file *file;
    const struct heed_tensor_info *info;
    struct heed_row_findings *findings; /* NULL: rows don't matter */
    bool negative, minus_infinity;      /* are they allowed? */
    size_t row_length, row_at;          /* of the row that is summed: values so far */
    double sum;
};

struct heed_row_findings heed_row_findings_begin(const struct heed_attention_part *part)
{
    const struct heed_tensor_info *weights = part->tensors[HEED_PART_ATTENTIONS];
    return (struct heed_row_findings){.tolerance = weights->dtype == HEED_DTYPE_BF16 ? 1e-2 : 1e-3};
}

void heed_row_findings_add(struct heed_row_findings *findings, int layer, int head, int row,
                           double sum)
{
    const double off = fabs(sum - 1);
    findings->n_rows++;
    findings->n_off += off > findings->tolerance;
    if (findings->n_rows == 1 || off > fabs(findings->sum - 1)) {
        findings->sum = sum;
        findings->layer = layer;
        findings->head = head;
        findings->row = row;
    }
}

/* Where value `index` is: "[0, 1, 5, 3]". */
static bool refuse_value(const struct walk *walk, size_t index, float value, struct heed_error *err)
{
    char where[300];
    const struct heed_tensor_info *info = walk->info;
    size_t place[HEED_TENSOR_MAX_RANK];
    for (int i = info->rank; i-- > 0;) {
        place[i] = index % info->shape[i];
        index /= info->shape[i];
    }
    int used = snprintf(where, sizeof where, "tensor '%.60s' [", info->name);
    for (int i = 0; i < info->rank; i++) {
        used += snprintf(where + used, sizeof where - (size_t)used, "%s%zu", i > 0 ? ", " : "",
                         place[i]);
    }
    snprintf(where + used, sizeof where - (size_t)used, "]");
    return heed_attention_refuse(walk->file, where, err, "%g is no %s", (double)value,
                                 walk->findings || !walk->negative
                                     ? "weight: it must be finite and not negative"
                                     : "value to calculate with: it must be finite");
}

static void end_row(struct walk *walk, size_t index)
{
    const size_t row = index / walk->row_length;
    const size_t n_rows = walk->info->shape[2], n_heads = walk->info->shape[1];
    heed_row_findings_add(walk->findings, (int)(row / n_rows / n_heads),
                          (int)(row / n_rows % n_heads), (int)(row % n_rows), walk->sum);
    walk->sum = 0;
    walk->row_at = 0;
}

static bool is_fine(const struct walk *walk, float value)
{
    return (isfinite(value) && (walk->negative || value >= 0)) ||
           (walk->minus_infinity && isinf(value) && value < 0);
}

static bool check_chunk(struct walk *walk, size_t first, const float *values, size_t count,
                        struct heed_error *err)
{
    for (size_t i = 0; i < count; i++) {
        if (!is_fine(walk, values[i])) {
            return refuse_value(walk, first + i, values[i], err);
        }
        if (walk->findings) {
            walk->sum += (double)values[i];
            if (++walk->row_at == walk->row_length) {
                end_row(walk, first + i);
            }
        }
    }
    return true;
}

static bool check_tensor(struct walk *walk, bool (*cancelled)(void *context), void *context,
                         struct heed_error *err)
{
    const struct heed_tensor_info *info = walk->info;
    size_t n = heed_tensor_count(info);
    float *values = malloc(CHUNK * sizeof *values);
    if (!values) {
        return heed_error_set(err, HEED_ERROR_MEMORY, "no memory left to check '%s'",
                              heed_attention_get_path(walk->file));
    }
    bool ok = true;
    for (size_t first = 0; ok && first < n; first += CHUNK) {
        const size_t count = n - first < CHUNK ? n - first : CHUNK;
        if (cancelled && cancelled(context)) {
            ok = heed_error_set(err, HEED_ERROR_CANCELLED, "cancelled");
            break;
        }
        heed_tensor_read(info, first, count, values);
        ok = check_chunk(walk, first, values, count, err);
    }
    free(values);
    return ok;
}

static struct walk walk_of(const struct heed_attention_file *file, int part,
                           enum heed_part_tensor which)
{
    return (struct walk){
        .file = file,
        .info = file->parts[part].tensors[which],
        .negative = which != HEED_PART_ATTENTIONS && which != HEED_PART_VALUE_NORMS,
        .minus_infinity = which == HEED_PART_BIAS,
        .row_length = (size_t)file->parts[part].keys.n,
    };
}

bool heed_attention_check_values(const struct heed_attention_file *file, int part,
                                 enum heed_part_tensor which, size_t first, const float *values,
                                 size_t count, struct heed_error *err)
{
    struct walk walk = walk_of(file, part, which);
    return check_chunk(&walk, first, values, count, err);
}

bool heed_attention_check_tensor(const struct heed_attention_file *file, int part,
                                 enum heed_part_tensor which, struct heed_error *err)
{
    struct walk walk = walk_of(file, part, which);
    return !walk.info || check_tensor(&walk, NULL, NULL, err);
}

bool heed_attention_check(const struct heed_attention_file *file, int index,
                          struct heed_row_findings *findings, bool (*cancelled)(void *context),
                          void *context, struct heed_error *err)
{
    const struct heed_attention_part *part = heed_attention_get_part(file, index);
    *findings = heed_row_findings_begin(part);
    for (int which = 0; which < HEED_N_PART_TENSORS; which++) {
        struct walk walk = walk_of(file, index, (enum heed_part_tensor)which);
        walk.findings = which == HEED_PART_ATTENTIONS ? findings : NULL;
        if (walk.info && which != HEED_PART_IMAGE &&
            !check_tensor(&walk, cancelled, context, err)) {
            return false;
        }
    }
    return heed_attention_still_same(file, err);
}
