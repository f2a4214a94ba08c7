#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "cli/commands.h"
#include "core/model/model.h"
#include "core/model/safetensors.h"

static bool no_memory(struct heed_error *err)
{
    return heed_error_set(err, HEED_ERROR_MEMORY, "no memory left for the tensors");
}

/* Metadata values: safetensors has only strings there, so that a list is JSON
 * inside of a string. */
struct metadata {
    struct heed_buffer tokens, units, filter;
    char mask[24];
    struct heed_metadata_out entries[10];
    size_t n;
};

static void put_label(struct heed_buffer *out, int index, const char *label)
{
    heed_buffer_puts(out, index > 0 ? "," : "");
    heed_buffer_put_json(out, label, strlen(label));
}

static void add_entry(struct metadata *metadata, const char *key, const char *value, size_t length)
{
    metadata->entries[metadata->n++] = (struct heed_metadata_out){key, value, length};
}

/* Lists point into the result and into metadata's own buffers. */
static bool fill_metadata(struct metadata *metadata, const struct heed_result *result,
                          const struct heed_pipeline *pipeline, struct heed_error *err)
{
    const struct heed_encoding *encoding = result->encoding;
    const struct heed_tokenizer *tokenizer = heed_pipeline_get_tokenizer(pipeline);
    heed_buffer_puts(&metadata->tokens, "[");
    for (int i = 0; i < encoding->n_tokens; i++) {
        const char *piece = heed_tokenizer_get_piece(tokenizer, encoding->tokens[i].id);
        put_label(&metadata->tokens, i, piece ? piece : "");
    }
    heed_buffer_puts(&metadata->tokens, "]");
    heed_buffer_puts(&metadata->units, "[");
    for (int i = 0; i < result->maps->n; i++) {
        put_label(&metadata->units, i, result->maps->units[i].label);
    }
    heed_buffer_puts(&metadata->units, "]");
    heed_cli_put_filter(&metadata->filter, &result->maps->filter);
    if (metadata->tokens.failed || metadata->units.failed || metadata->filter.failed) {
        return no_memory(err);
    }
    const char *name = heed_model_get_name(heed_pipeline_get_model(pipeline));
    add_entry(metadata, "heed", HEED_VERSION, 0);
    add_entry(metadata, "model", name, 0);
    add_entry(metadata, "text", encoding->text, encoding->text_length);
    if (encoding->pair) {
        add_entry(metadata, "pair", encoding->pair, encoding->pair_length);
    }
    add_entry(metadata, "tokens", metadata->tokens.data, 0);
    add_entry(metadata, "units", metadata->units.data, 0);
    add_entry(metadata, "filter", metadata->filter.data, 0);
    heed_mask_name(result->variant.mask, metadata->mask, sizeof metadata->mask);
    add_entry(metadata, "mask", metadata->mask, 0);
    add_entry(metadata, "positions", heed_positions_name(result->variant.positions), 0);
    add_entry(metadata, "attention", heed_attention_name(result->variant.attention), 0);
    return true;
}

static void metadata_finish(struct metadata *metadata)
{
    heed_buffer_finish(&metadata->tokens);
    heed_buffer_finish(&metadata->units);
    heed_buffer_finish(&metadata->filter);
}

static bool drops_links(const struct heed_filter *filter)
{
    return filter->threshold > 0 || filter->top_p < 1 || filter->top_k > 0 ||
           filter->segments != HEED_SEGMENTS_ALL;
}

/* One map, with the links that aren't drawn as zeros. row: [n] to work in. */
static bool append_map(struct heed_safetensors_writer *writer, const struct heed_maps *maps,
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

static bool append_maps(struct heed_safetensors_writer *writer, const struct heed_maps *maps,
                        const float *from, size_t n_maps, struct heed_error *err)
{
    const size_t cells = (size_t)maps->n * (size_t)maps->n;
    if (!drops_links(&maps->filter)) {
        return heed_safetensors_append(writer, from, n_maps * cells, err);
    }
    float *row = malloc((size_t)maps->n * sizeof *row + 1);
    if (!row) {
        return no_memory(err);
    }
    bool ok = true;
    for (size_t m = 0; ok && m < n_maps; m++) {
        ok = append_map(writer, maps, from + m * cells, row, err);
    }
    free(row);
    return ok;
}

/* Fills tensors[6] and returns how many. */
static size_t list_tensors(struct heed_tensor_out *tensors, const struct heed_result *result)
{
    const struct heed_run *run = result->run;
    const size_t layers = (size_t)run->n_layers;
    const size_t heads = (size_t)run->n_heads;
    const size_t n = (size_t)run->n_tokens;
    const size_t dim = (size_t)run->head_dim;
    const size_t units = (size_t)result->maps->n;
    const struct heed_tensor_out all[] = {
        {"attentions", 4, {layers, heads, units, units}, NULL},
        {"queries", 4, {layers, heads, n, dim}, run->queries},
        {"keys", 4, {layers, heads, n, dim}, run->keys},
        {"values", 4, {layers, heads, n, dim}, run->values},
        {"hidden_states", 3, {layers + 1, n, (size_t)run->hidden}, run->hidden_states},
        {"aggregate", 2, {units, units}, NULL},
    };
    const size_t count = result->maps->aggregate ? 6 : 5;
    memcpy(tensors, all, count * sizeof *tensors);
    return count;
}

static bool append_tensors(struct heed_safetensors_writer *writer,
                           const struct heed_tensor_out *tensors, size_t n,
                           const struct heed_maps *maps, struct heed_error *err)
{
    const size_t n_maps = (size_t)maps->n_layers * (size_t)maps->n_heads;
    bool ok = append_maps(writer, maps, maps->weights, n_maps, err);
    for (size_t t = 0; ok && t < n; t++) {
        size_t count = 1;
        for (int d = 0; d < tensors[t].rank; d++) {
            count *= tensors[t].shape[d];
        }
        if (tensors[t].data) {
            ok = heed_safetensors_append(writer, tensors[t].data, count, err);
        }
    }
    return ok && (!maps->aggregate || append_maps(writer, maps, maps->aggregate, 1, err));
}

static bool write_result(const struct heed_cli_options *options, const struct heed_result *result,
                         const struct heed_pipeline *pipeline, struct heed_error *err)
{
    struct metadata metadata = {.n = 0};
    struct heed_tensor_out tensors[6];
    const size_t n = list_tensors(tensors, result);
    struct heed_safetensors_writer *writer = NULL;
    bool ok = fill_metadata(&metadata, result, pipeline, err);
    const struct heed_safetensors_out content = {
        .tensors = tensors,
        .n_tensors = n,
        .metadata = metadata.entries,
        .n_metadata = metadata.n,
    };
    if (ok && heed_safetensors_begin(&writer, options->output, &content, err)) {
        ok = append_tensors(writer, tensors, n, result->maps, err);
        if (ok) {
            ok = heed_safetensors_commit(writer, err);
        } else {
            heed_safetensors_abandon(writer);
        }
    } else {
        ok = false;
    }
    metadata_finish(&metadata);
    return ok;
}

static bool print_summary(const struct heed_cli_options *options, const struct heed_result *result,
                          struct heed_error *err)
{
    if (!options->json) {
        return true;
    }
    struct heed_buffer out = {0};
    heed_buffer_puts(&out, "{\"file\":");
    heed_buffer_put_json(&out, options->output, strlen(options->output));
    heed_buffer_printf(&out, ",\"layers\":%d,\"heads\":%d,\"tokens\":%d,\"units\":%d}\n",
                       result->run->n_layers, result->run->n_heads, result->run->n_tokens,
                       result->maps->n);
    return heed_cli_print_end(&out, err);
}

static bool check(const struct heed_cli_options *options, struct heed_error *err)
{
    if (!options->output) {
        return heed_error_set(err, HEED_ERROR_USAGE,
                              "attention needs -o F.safetensors for the tensors");
    }
    if (options->json && strcmp(options->output, "-") == 0) {
        return heed_error_set(
            err, HEED_ERROR_USAGE,
            "attention can't write both the tensors and --json to standard output");
    }
    return true;
}

static bool run(const struct heed_cli_options *options, struct heed_error *err)
{
    struct heed_cli_texts texts = {0};
    struct heed_variant variant;
    if (!check(options, err) || !heed_cli_read_variant(&variant, options, err) ||
        !heed_cli_read_text(&texts, options, &heed_command_attention, err)) {
        return false;
    }
    const struct heed_filter filter = heed_cli_get_filter(options, 0);
    struct heed_pipeline *pipeline = NULL;
    const struct heed_result *result = NULL;
    const bool ok = heed_cli_open_model(&pipeline, options, err) &&
                    heed_cli_run(&result, pipeline, texts.items[0], options, &filter, err) &&
                    write_result(options, result, pipeline, err) &&
                    print_summary(options, result, err);
    heed_result_release(result);
    heed_pipeline_close(pipeline);
    heed_cli_texts_finish(&texts);
    return ok;
}

static const struct heed_option options_of_attention[] = {
    {HEED_OPTION(PATH, "output", "F", output, "the file to write; - is standard output"),
     .letter = 'o'},
    {HEED_CLI_PAIR_OPTION},
    {HEED_CLI_FILE_OPTION},
    {HEED_CLI_MASK_OPTION},
    {HEED_CLI_POSITIONS_OPTION},
    {HEED_CLI_ATTENTION_OPTION},
};

const struct heed_command heed_command_attention = {
    .name = "attention",
    .usage = "TEXT [--pair TEXT2] -o F.safetensors",
    .summary = "write attention, q, k, v and hidden states as safetensors",
    .about = "Tensors, float32: attentions [layers, heads, n, n]; queries, keys, values\n"
             "[layers, heads, n, d_head]; hidden_states [layers+1, n, hidden]. The metadata holds\n"
             "the model, the text, its tokens and what of mask, positions and attention was\n"
             "changed. The filters change attentions alone: hidden\n"
             "tokens are left out (units in the metadata names what stays), links that aren't\n"
             "drawn are 0, and --aggregate adds a tensor aggregate [n, n].\n",
    .argument = "a text",
    .options = options_of_attention,
    .n_options = HEED_COUNT(options_of_attention),
    .takes = HEED_TAKES_RUN | HEED_TAKES_JSON | HEED_TAKES_FILTERS,
    .run = run,
};
