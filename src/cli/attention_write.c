#include "cli/attention_write.h"

#include <math.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/version.h"
#include "cli/commands.h"
#include "core/analysis/transform.h"
#include "core/attention/attention_file.h"
#include "core/model/model.h"
#include "core/model/safetensors.h"
#include "core/text/words.h"

enum { MOST_ENTRIES = 20, MOST_TENSORS = 8 };

/* What is written: lists of the metadata are JSON inside of a string, as
 * safetensors has only strings there. */
struct writing {
    const struct heed_result *result;
    struct heed_pipeline *pipeline;
    struct heed_arena arena; /* of the lists and the norms */
    struct heed_metadata_out entries[MOST_ENTRIES];
    size_t n_entries;
    struct heed_tensor_out tensors[MOST_TENSORS];
    size_t n_tensors;
    bool is_whole; /* every token is a unit */
    int *words;    /* [tokens]: which word each is of; -1: none */
};

static bool no_memory(struct heed_error *err)
{
    return heed_error_set(err, HEED_ERROR_MEMORY, "no memory left for the tensors");
}

static void add_entry(struct writing *writing, const char *key, const char *value, size_t length)
{
    writing->entries[writing->n_entries++] = (struct heed_metadata_out){key, value, length};
}

/* Puts one unit's item of a list. */
typedef void put_item(struct heed_buffer *out, const struct writing *writing,
                      const struct heed_unit *unit);

static void put_text(struct heed_buffer *out, const char *text)
{
    heed_buffer_put_json(out, text, strlen(text));
}

static void put_label(struct heed_buffer *out, const struct writing *writing,
                      const struct heed_unit *unit)
{
    (void)writing;
    put_text(out, unit->label);
}

static const struct heed_token *first_token(const struct writing *writing,
                                            const struct heed_unit *unit)
{
    return &writing->result->encoding->tokens[unit->first];
}

static void put_piece(struct heed_buffer *out, const struct writing *writing,
                      const struct heed_unit *unit)
{
    const struct heed_tokenizer *tokenizer = heed_pipeline_get_tokenizer(writing->pipeline);
    const char *piece = heed_tokenizer_get_piece(tokenizer, first_token(writing, unit)->id);
    put_text(out, piece ? piece : "");
}

static void put_id(struct heed_buffer *out, const struct writing *writing,
                   const struct heed_unit *unit)
{
    heed_buffer_printf(out, "%d", (int)first_token(writing, unit)->id);
}

static void put_offsets(struct heed_buffer *out, const struct writing *writing,
                        const struct heed_unit *unit)
{
    const struct heed_token *first = first_token(writing, unit);
    heed_buffer_printf(out, "[%d,%d]", (int)first->start, (int)first[unit->count - 1].end);
}

static void put_segment(struct heed_buffer *out, const struct writing *writing,
                        const struct heed_unit *unit)
{
    (void)writing;
    heed_buffer_printf(out, "%d", (int)unit->segment);
}

static void put_word(struct heed_buffer *out, const struct writing *writing,
                     const struct heed_unit *unit)
{
    const int word = writing->words[unit->first];
    if (word < 0) {
        heed_buffer_puts(out, "null");
    } else {
        heed_buffer_printf(out, "%d", word);
    }
}

/* A buffer's text, moved into the arena; NULL without memory. */
static const char *take_text(struct writing *writing, struct heed_buffer *out)
{
    const char *text = out->failed ? NULL : heed_arena_copy(&writing->arena, out->data, out->size);
    heed_buffer_finish(out);
    return text;
}

static bool add_list(struct writing *writing, const char *key, put_item *put)
{
    const struct heed_maps *maps = writing->result->maps;
    struct heed_buffer out = {0};
    heed_buffer_puts(&out, "[");
    for (int i = 0; i < maps->n; i++) {
        heed_buffer_puts(&out, i > 0 ? "," : "");
        put(&out, writing, &maps->units[i]);
    }
    heed_buffer_puts(&out, "]");
    const char *text = take_text(writing, &out);
    add_entry(writing, key, text, 0);
    return text != NULL;
}

/* The places of the special tokens. */
static bool add_special(struct writing *writing)
{
    const struct heed_maps *maps = writing->result->maps;
    struct heed_buffer out = {0};
    heed_buffer_puts(&out, "[");
    for (int i = 0; i < maps->n; i++) {
        if (maps->units[i].special) {
            heed_buffer_printf(&out, "%s%d", out.size > 1 ? "," : "", i);
        }
    }
    heed_buffer_puts(&out, "]");
    const char *text = take_text(writing, &out);
    add_entry(writing, "special", text, 0);
    return text != NULL;
}

static bool find_words(struct writing *writing, struct heed_error *err)
{
    const struct heed_encoding *encoding = writing->result->encoding;
    struct heed_word *words = NULL;
    int n_words = 0;
    if (!heed_words_find(encoding, &writing->arena, &words, &n_words, err)) {
        return false;
    }
    const size_t n = (size_t)encoding->n_tokens;
    writing->words = heed_arena_alloc(&writing->arena, n * sizeof *writing->words);
    if (!writing->words) {
        return no_memory(err);
    }
    memset(writing->words, -1, n * sizeof *writing->words);
    for (int word = 0; word < n_words; word++) {
        for (int i = 0; i < words[word].count; i++) {
            writing->words[words[word].first + i] = word;
        }
    }
    return true;
}

static bool add_lists(struct writing *writing, struct heed_error *err)
{
    const bool has_pieces = !writing->result->maps->filter.words;
    return find_words(writing, err) &&
           ((add_list(writing, "tokens", put_label) &&
             (!has_pieces ||
              (add_list(writing, "pieces", put_piece) && add_list(writing, "ids", put_id))) &&
             add_list(writing, "offsets", put_offsets) &&
             add_list(writing, "segments", put_segment) && add_list(writing, "words", put_word) &&
             add_special(writing)) ||
            no_memory(err));
}

/* What the run was made with. */
static bool add_variant(struct writing *writing, struct heed_error *err)
{
    const struct heed_result *result = writing->result;
    char name[24];
    struct heed_buffer filter = {0};
    struct heed_buffer mask = {0};
    struct heed_buffer scale = {0};
    heed_cli_put_filter(&filter, &result->maps->filter);
    heed_mask_name(result->variant.mask, name, sizeof name);
    heed_buffer_puts(&mask, name);
    heed_buffer_printf(&scale, "%.17g", 1 / sqrt((double)result->run->head_dim));
    const char *filter_text = take_text(writing, &filter);
    const char *mask_text = take_text(writing, &mask);
    const char *scale_text = take_text(writing, &scale);
    if (!filter_text || !mask_text || !scale_text) {
        return no_memory(err);
    }
    add_entry(writing, "filter", filter_text, 0);
    add_entry(writing, "mask", mask_text, 0);
    add_entry(writing, "scale", scale_text, 0);
    add_entry(writing, "positions", heed_positions_name(result->variant.positions), 0);
    add_entry(writing, "attention", heed_attention_name(result->variant.attention), 0);
    return true;
}

static bool fill_metadata(struct writing *writing, struct heed_error *err)
{
    const struct heed_encoding *encoding = writing->result->encoding;
    add_entry(writing, "format", HEED_ATTENTION_FORMAT, 0);
    add_entry(writing, "heed", heed_version, 0);
    add_entry(writing, "model", heed_model_get_name(heed_pipeline_get_model(writing->pipeline)), 0);
    add_entry(writing, "kind", heed_part_kind_words[HEED_PART_SELF], 0);
    add_entry(writing, "text", encoding->text, encoding->text_length);
    if (encoding->pair) {
        add_entry(writing, "pair", encoding->pair, encoding->pair_length);
    }
    return add_lists(writing, err) && add_variant(writing, err);
}

static bool drops_links(const struct heed_filter *filter)
{
    return filter->threshold > 0 || filter->top_p < 1 || filter->top_k > 0 ||
           filter->segments != HEED_SEGMENTS_ALL;
}

/* One map, with the links that aren't drawn as zeros. row: [n] to work in. */
static bool append_rows(struct heed_safetensors_writer *writer, const struct heed_maps *maps,
                        const float *map, float *row, struct heed_error *err)
{
    const size_t n = (size_t)maps->n;
    bool ok = true;
    for (size_t i = 0; ok && i < n; i++) {
        const float *from = map + i * n;
        const float cutoff = heed_maps_row_cutoff(maps, from, &maps->filter);
        for (size_t j = 0; j < n; j++) {
            const bool stays = from[j] >= cutoff &&
                               heed_maps_segments_pass(maps, (int)i, (int)j, maps->filter.segments);
            row[j] = stays ? from[j] : 0.0F;
        }
        ok = heed_safetensors_append(writer, row, n, err);
    }
    return ok;
}

static bool append_map(struct heed_safetensors_writer *writer, const struct heed_maps *maps,
                       const float *map, float *row, struct heed_error *err)
{
    return drops_links(&maps->filter)
               ? append_rows(writer, maps, map, row, err)
               : heed_safetensors_append(writer, map, (size_t)maps->n * (size_t)maps->n, err);
}

static bool append_maps(struct heed_safetensors_writer *writer, const struct heed_maps *maps,
                        float *row, struct heed_error *err)
{
    bool ok = true;
    for (int map = 0; ok && map < maps->n_layers * maps->n_heads; map++) {
        ok = append_map(writer, maps, heed_maps_head(maps, map), row, err);
    }
    return ok && heed_maps_check(maps, err);
}

static void add_tensor(struct writing *writing, const char *name, const float *data, int rank,
                       const size_t *shape)
{
    struct heed_tensor_out *tensor = &writing->tensors[writing->n_tensors++];
    *tensor = (struct heed_tensor_out){.name = name, .rank = rank, .data = data};
    memcpy(tensor->shape, shape, (size_t)rank * sizeof *shape);
}

static bool add_value_norms(struct writing *writing, struct heed_error *err)
{
    const struct heed_run *run = writing->result->run;
    float *norms = NULL;
    if (!heed_value_norms(&norms, &writing->arena, run, heed_pipeline_get_model(writing->pipeline),
                          heed_encoder_get_pool(heed_pipeline_get_encoder(writing->pipeline)),
                          (struct heed_stop){0}, err)) {
        return false;
    }
    add_tensor(writing, "value_norms", norms, 3,
               (size_t[]){(size_t)run->n_layers, (size_t)run->n_heads, (size_t)run->n_tokens});
    return true;
}

/* What MPNet adds to the scores: without it the file's products don't make its weights. */
static bool add_bias(struct writing *writing, struct heed_error *err)
{
    const struct heed_run *run = writing->result->run;
    const int n = run->n_tokens, n_maps = run->n_layers * run->n_heads;
    const size_t cells = (size_t)n * (size_t)n;
    float *all = heed_arena_alloc(&writing->arena, (size_t)n_maps * cells * sizeof *all);
    if (!all) {
        return no_memory(err);
    }
    for (int map = 0; map < n_maps; map++) {
        (void)heed_run_rows(run, HEED_RUN_BIAS, map, 0, n, all + (size_t)map * cells);
    }
    add_tensor(writing, "bias", all, 4,
               (size_t[]){(size_t)run->n_layers, (size_t)run->n_heads, (size_t)n, (size_t)n});
    return true;
}

static bool list_tensors(struct writing *writing, struct heed_error *err)
{
    const struct heed_run *run = writing->result->run;
    const struct heed_maps *maps = writing->result->maps;
    const size_t layers = (size_t)run->n_layers;
    const size_t heads = (size_t)run->n_heads;
    const size_t n = (size_t)run->n_tokens;
    const size_t units = (size_t)maps->n;
    const size_t per_head[] = {layers, heads, n, (size_t)run->head_dim};
    add_tensor(writing, "attentions", NULL, 4, (size_t[]){layers, heads, units, units});
    if (writing->is_whole) {
        add_tensor(writing, "queries", run->queries, 4, per_head);
        add_tensor(writing, "keys", run->keys, 4, per_head);
        add_tensor(writing, "values", run->values, 4, per_head);
        add_tensor(writing, "hidden_states", run->hidden_states, 3,
                   (size_t[]){layers + 1, n, (size_t)run->hidden});
        if (maps->filter.measure == HEED_MEASURE_WEIGHT && !add_value_norms(writing, err)) {
            return false;
        }
        if (heed_run_has(run, HEED_RUN_BIAS) && !add_bias(writing, err)) {
            return false;
        }
    }
    if (maps->aggregate) {
        add_tensor(writing, "aggregate", NULL, 2, (size_t[]){units, units});
    }
    return true;
}

static bool append_tensors(struct writing *writing, struct heed_safetensors_writer *writer,
                           struct heed_error *err)
{
    const struct heed_maps *maps = writing->result->maps;
    float *row = heed_arena_alloc(&writing->arena, (size_t)maps->n * sizeof *row + 1);
    bool ok = (row || no_memory(err)) && append_maps(writer, maps, row, err);
    for (size_t t = 0; ok && t < writing->n_tensors; t++) {
        const struct heed_tensor_out *tensor = &writing->tensors[t];
        size_t count = 1;
        for (int d = 0; d < tensor->rank; d++) {
            count *= tensor->shape[d];
        }
        if (tensor->data) {
            ok = heed_safetensors_append(writer, tensor->data, count, err);
        }
    }
    return ok && (!maps->aggregate || append_map(writer, maps, maps->aggregate, row, err));
}

static bool write_all(struct writing *writing, const char *path, struct heed_error *err)
{
    struct heed_safetensors_writer *writer = NULL;
    if (!fill_metadata(writing, err) || !list_tensors(writing, err)) {
        return false;
    }
    const struct heed_safetensors_out content = {
        .tensors = writing->tensors,
        .n_tensors = writing->n_tensors,
        .metadata = writing->entries,
        .n_metadata = writing->n_entries,
    };
    if (!heed_safetensors_begin(&writer, path, &content, err)) {
        return false;
    }
    if (!append_tensors(writing, writer, err)) {
        heed_safetensors_abandon(writer);
        return false;
    }
    return heed_safetensors_commit(writer, err);
}

bool heed_cli_write_attention(const char *path, const struct heed_result *result,
                              struct heed_pipeline *pipeline, bool *is_whole,
                              struct heed_error *err)
{
    const struct heed_maps *maps = result->maps;
    struct writing writing = {
        .result = result,
        .pipeline = pipeline,
        .is_whole = maps->n == result->run->n_tokens && !maps->filter.words,
    };
    const bool ok = write_all(&writing, path, err);
    heed_arena_finish(&writing.arena);
    *is_whole = writing.is_whole;
    return ok;
}
