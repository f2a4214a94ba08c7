/* Any bytes as an attention file's header: refused in one line, or the parts are
 * what the reader promises, every value can be read, and maps can be made of it in
 * which each token is found by its name. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/attention/attention_file.h"
#include "core/engine/overview_task.h"
#include "core/engine/pipeline.h"
#include "core/text/names.h"
#include "fuzz.h"

enum { CONTENT = 256 /* bytes behind the header: those of the corpus */ };

static void need(bool is_so)
{
    if (!is_so) {
        abort();
    }
}

static void look_at_side(const struct heed_attention_side *side)
{
    int32_t last = -1;
    need(side->n > 0);
    for (int i = 0; i < side->n; i++) {
        need(!strpbrk(side->labels[i], "\n\r\t"));
        need(!side->segments || side->segments[i] == 0 || side->segments[i] == 1);
        if (side->words && side->words[i] >= 0) {
            need(side->words[i] == last || side->words[i] == last + 1);
            last = side->words[i];
        }
        if (side->offsets && side->offsets[2 * i + 1] > 0) {
            need(side->offsets[2 * i] <= side->offsets[2 * i + 1]);
        }
    }
    need((int64_t)side->grid.rows * side->grid.columns + side->grid.first <= side->n);
}

static void look_at(const struct heed_attention_file *file)
{
    need(heed_attention_count_parts(file) > 0);
    for (int i = 0; i < heed_attention_count_parts(file); i++) {
        const struct heed_attention_part *part = heed_attention_get_part(file, i);
        struct heed_row_findings rows;
        struct heed_error err = {0};
        need(part->n_layers > 0 && part->n_heads > 0 && part->scale > 0);
        need(part->n_heads % part->n_key_heads == 0);
        need(!part->one_axis || part->queries.n == part->keys.n);
        look_at_side(&part->queries);
        look_at_side(&part->keys);
        need(heed_attention_check(file, i, &rows, NULL, NULL, &err));
        need(rows.n_off == rows.n_rows); /* all content is zero */
    }
}

static void look_at_names(const struct heed_encoding *encoding)
{
    for (int i = 0; i < encoding->n_tokens; i++) {
        char *name = NULL;
        struct heed_named named = {0};
        struct heed_error err = {0};
        need(heed_names_write(&name, NULL, encoding, i, 1, &err));
        if (heed_names_find(NULL, encoding, name, &named, &err)) {
            need(named.count > 0 && named.first + named.count <= encoding->n_tokens);
        } else { /* one that shows nothing but blanks has none */
            need(err.text[0] != '\0' && !strchr(err.text, '\n'));
        }
        free(name);
    }
}

/* Made when they are asked for, or there: all zeros, as the content is. */
static void look_at_maps(const struct heed_result *result)
{
    const struct heed_maps *maps = result->maps;
    const size_t cells = (size_t)maps->n * (size_t)maps->n;
    double *sums = malloc(((size_t)maps->run->n_tokens + 1) * sizeof *sums);
    while (sums && heed_overview_is_due(result)) {
        need(heed_maps_look(maps, sums, NULL));
    }
    for (int map = 0; map < maps->n_layers * maps->n_heads; map++) {
        const float *weights = heed_maps_head(maps, map);
        for (size_t i = 0; i < cells; i++) {
            need(maps->filter.measure != HEED_MEASURE_WEIGHT || weights[i] <= 0);
        }
    }
    need(heed_maps_check(maps, NULL));
    free(sums);
}

/* Each filter's maps of the first part, if heed draws it. */
static void draw(const char *path, const char *kind, size_t most_read)
{
    struct heed_pipeline *pipeline = NULL;
    struct heed_error err = {0};
    if (!heed_pipeline_open_file(&pipeline, path, kind, most_read, &err)) {
        need(err.text[0] != '\0' && !strchr(err.text, '\n'));
        return;
    }
    for (int bits = 0; bits < 16; bits++) {
        struct heed_job job = {.text = "", .filter = heed_filter_default()};
        job.filter.words = bits & 1;
        job.filter.hide_special = bits & 2;
        job.filter.hide_punctuation = bits & 2;
        job.filter.measure = bits & 4 ? HEED_MEASURE_VALUE_NORM : HEED_MEASURE_WEIGHT;
        job.filter.aggregate = bits & 8 ? HEED_AGGREGATE_MAX : HEED_AGGREGATE_NONE;
        const struct heed_result *result = NULL;
        const struct heed_pipeline_hints hints = {0};
        if (heed_pipeline_run(pipeline, &job, hints, &result, &err)) {
            look_at_names(result->encoding);
            look_at_maps(result);
        } else {
            need((result == NULL) && strstr(err.text, "not in this file") != NULL);
        }
        heed_result_release(result);
    }
    heed_pipeline_close(pipeline);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char path[600];
    struct heed_attention_file *file = NULL;
    struct heed_error err = {0};
    const uint64_t header = size;
    const size_t total = sizeof header + size + CONTENT;
    unsigned char *bytes = calloc(1, total);
    if (!bytes) {
        return 0;
    }
    memcpy(bytes, &header, sizeof header);
    if (size > 0) {
        memcpy(bytes + sizeof header, data, size);
    }
    fuzz_put_file("a.safetensors", bytes, total);
    free(bytes);
    snprintf(path, sizeof path, "%s/a.safetensors", fuzz_folder());
    if (heed_attention_open(&file, path, &err)) {
        look_at(file);
        draw(path, heed_part_kind_words[heed_attention_get_part(file, 0)->kind], HEED_MOST_READ);
        draw(path, heed_part_kind_words[heed_attention_get_part(file, 0)->kind], 0);
        heed_attention_close(file);
    } else {
        need(err.text[0] != '\0' && !strchr(err.text, '\n'));
    }
    return 0;
}
