#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "cli/commands.h"
#include "cli/safetensors_out.h"
#include "core/model/model.h"

static void put_text(struct heed_buffer *out, const char *text)
{
    heed_buffer_put_json(out, text, strlen(text));
}

/* A metadata entry: safetensors has only strings there, so that a list is
 * JSON inside of a string. */
static void put_entry(struct heed_buffer *out, const char *name,
                      const struct heed_buffer *value)
{
    heed_buffer_printf(out, ",\"%s\":", name);
    heed_buffer_put_json(out, value->data ? value->data : "", value->size);
}

static void put_tokens(struct heed_buffer *out, struct heed_buffer *list,
                       const struct heed_encoding *encoding,
                       const struct heed_tokenizer *tokenizer)
{
    heed_buffer_clear(list);
    for (int i = 0; i < encoding->n_tokens; i++) {
        const char *piece =
            heed_tokenizer_get_piece(tokenizer, encoding->tokens[i].id);
        heed_buffer_puts(list, i > 0 ? "," : "[");
        put_text(list, piece ? piece : "");
    }
    heed_buffer_puts(list, "]");
    put_entry(out, "tokens", list);
}

static void put_units(struct heed_buffer *out, struct heed_buffer *list,
                      const struct heed_maps *maps)
{
    heed_buffer_clear(list);
    heed_buffer_puts(list, "[");
    for (int i = 0; i < maps->n; i++) {
        heed_buffer_puts(list, i > 0 ? "," : "");
        put_text(list, maps->units[i].label);
    }
    heed_buffer_puts(list, "]");
    put_entry(out, "units", list);
    heed_buffer_clear(list);
    heed_cli_put_filter(list, &maps->filter);
    put_entry(out, "filter", list);
}

static void put_metadata(struct heed_buffer *out, const struct heed_result *result,
                         const struct heed_pipeline *pipeline)
{
    const struct heed_encoding *encoding = result->encoding;
    struct heed_buffer list = {0};
    heed_buffer_puts(out, "{\"heed\":\"" HEED_VERSION "\",\"model\":");
    put_text(out, heed_model_get_name(heed_pipeline_get_model(pipeline)));
    heed_buffer_puts(out, ",\"text\":");
    heed_buffer_put_json(out, encoding->text, encoding->text_length);
    if (encoding->pair) {
        heed_buffer_puts(out, ",\"pair\":");
        heed_buffer_put_json(out, encoding->pair, encoding->pair_length);
    }
    put_tokens(out, &list, encoding, heed_pipeline_get_tokenizer(pipeline));
    put_units(out, &list, result->maps);
    heed_buffer_puts(out, "}");
    out->failed |= list.failed;
    heed_buffer_finish(&list);
}

/* The maps with the links that aren't drawn set to zero; NULL without memory. */
static float *drop_links(const struct heed_maps *maps)
{
    const size_t n = (size_t)maps->n;
    const size_t n_rows = (size_t)(maps->n_layers * maps->n_heads) * n;
    float *kept = malloc(n_rows * n * sizeof *kept + 1);
    for (size_t r = 0; kept && r < n_rows; r++) {
        const float *row = maps->weights + r * n;
        const float cutoff = heed_maps_row_cutoff(maps, row, &maps->filter);
        for (size_t j = 0; j < n; j++) {
            const bool stays = row[j] >= cutoff &&
                               heed_maps_segments_pass(maps, (int)(r % n), (int)j,
                                                       maps->filter.segments);
            kept[r * n + j] = stays ? row[j] : 0.0F;
        }
    }
    return kept;
}

static bool drops_links(const struct heed_filter *filter)
{
    return filter->threshold > 0 || filter->top_p < 1 || filter->top_k > 0 ||
           filter->segments != HEED_SEGMENTS_ALL;
}

/* Fills tensors[6] in the order of their names and returns how many. */
static int list_tensors(struct heed_tensor_out *tensors,
                        const struct heed_result *result, const float *attentions)
{
    const struct heed_run *run = result->run;
    const struct heed_maps *maps = result->maps;
    const size_t layers = (size_t)run->n_layers;
    const size_t heads = (size_t)run->n_heads;
    const size_t n = (size_t)run->n_tokens;
    const size_t dim = (size_t)run->head_dim;
    const size_t units = (size_t)maps->n;
    int count = 0;
    if (maps->aggregate) {
        tensors[count++] = (struct heed_tensor_out){
            "aggregate", maps->aggregate, 2, {units, units}};
    }
    tensors[count++] = (struct heed_tensor_out){
        "attentions", attentions, 4, {layers, heads, units, units}};
    tensors[count++] = (struct heed_tensor_out){
        "hidden_states", run->hidden_states, 3, {layers + 1, n, (size_t)run->hidden}};
    tensors[count++] =
        (struct heed_tensor_out){"keys", run->keys, 4, {layers, heads, n, dim}};
    tensors[count++] = (struct heed_tensor_out){
        "queries", run->queries, 4, {layers, heads, n, dim}};
    tensors[count++] = (struct heed_tensor_out){
        "values", run->values, 4, {layers, heads, n, dim}};
    return count;
}

static bool write_result(const struct heed_cli_options *options,
                         const struct heed_result *result,
                         const struct heed_pipeline *pipeline,
                         struct heed_error *err)
{
    const struct heed_maps *maps = result->maps;
    float *kept = drops_links(&maps->filter) ? drop_links(maps) : NULL;
    if (drops_links(&maps->filter) && !kept) {
        return heed_error_set(err, HEED_ERROR_MEMORY,
                              "no memory left for the tensors");
    }
    struct heed_tensor_out tensors[6];
    const int n = list_tensors(tensors, result, kept ? kept : maps->weights);
    struct heed_buffer metadata = {0};
    put_metadata(&metadata, result, pipeline);
    const bool ok =
        heed_safetensors_write(options->output, tensors, n, &metadata, err);
    heed_buffer_finish(&metadata);
    free(kept);
    return ok;
}

static bool print_summary(const struct heed_cli_options *options,
                          const struct heed_result *result, struct heed_error *err)
{
    if (!options->json) {
        return true;
    }
    struct heed_buffer out = {0};
    heed_buffer_puts(&out, "{\"file\":");
    put_text(&out, options->output);
    heed_buffer_printf(
        &out, ",\"layers\":%d,\"heads\":%d,\"tokens\":%d,\"units\":%d}\n",
        result->run->n_layers, result->run->n_heads, result->run->n_tokens,
        result->maps->n);
    const bool ok = heed_cli_print(&out, err);
    heed_buffer_finish(&out);
    return ok;
}

static bool check(const struct heed_cli_options *options, struct heed_error *err)
{
    if (!options->output) {
        return heed_error_set(
            err, HEED_ERROR_USAGE,
            "attention needs -o F.safetensors for the tensors");
    }
    if (options->json && strcmp(options->output, "-") == 0) {
        return heed_error_set(err, HEED_ERROR_USAGE,
                              "attention can't write both the tensors and "
                              "--json to standard output");
    }
    return true;
}

static bool run(const struct heed_cli_options *options, struct heed_error *err)
{
    struct heed_cli_texts texts = {0};
    if (!check(options, err) ||
        !heed_cli_read_text(&texts, options, &heed_command_attention, err)) {
        return false;
    }
    const struct heed_filter filter = heed_cli_get_filter(options, 0);
    struct heed_pipeline *pipeline = NULL;
    const struct heed_result *result = NULL;
    const bool ok = heed_cli_open_model(&pipeline, options, err) &&
                    heed_cli_run(&result, pipeline, texts.items[0],
                                 options->pair, &filter, err) &&
                    write_result(options, result, pipeline, err) &&
                    print_summary(options, result, err);
    heed_result_release(result);
    heed_pipeline_close(pipeline);
    heed_cli_texts_finish(&texts);
    return ok;
}

static const struct heed_option options_of_attention[] = {
    {"output", "F", "the file to write; - is standard output", HEED_OPTION_PATH,
     offsetof(struct heed_cli_options, output), .letter = 'o'},
    {"pair", "TEXT2", "a second text, after the first [SEP]", HEED_OPTION_TEXT,
     offsetof(struct heed_cli_options, pair)},
    {"file", "F", "the text is the one line of F; - is standard input",
     HEED_OPTION_PATH, offsetof(struct heed_cli_options, file)},
};

const struct heed_command heed_command_attention = {
    .name = "attention",
    .usage = "TEXT [--pair TEXT2] -o F.safetensors",
    .summary = "write attention, q, k, v and hidden states as safetensors",
    .about =
        "Tensors, float32: attentions [layers, heads, n, n]; queries, keys, "
        "values\n[layers, heads, n, d_head]; hidden_states [layers+1, n, "
        "hidden]. The metadata holds\nthe model, the text and its tokens. The "
        "filters change attentions alone: hidden\ntokens are left out (units "
        "in the metadata names what stays), links that aren't\ndrawn are 0, "
        "and --aggregate adds a tensor aggregate [n, n].\n",
    .argument = "a text",
    .options = options_of_attention,
    .n_options = HEED_COUNT(options_of_attention),
    .run = run,
};
