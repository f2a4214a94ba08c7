#include "cli/commands.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/lines.h"

enum { MOST_FILE_BYTES = 1 << 30 };

static bool no_memory(struct heed_error *err)
{
    return heed_error_set(err, HEED_ERROR_MEMORY, "no memory left for the texts");
}

static bool read_file(struct heed_cli_texts *texts, const char *file, struct heed_error *err)
{
    struct heed_lines lines = {0};
    if (!heed_lines_read(&lines, file, MOST_FILE_BYTES, err)) {
        return false;
    }
    struct heed_cli_text *items = malloc((lines.n + 1) * sizeof *items);
    if (!items) {
        heed_lines_finish(&lines);
        return no_memory(err);
    }
    for (size_t i = 0; i < lines.n; i++) {
        items[i] = (struct heed_cli_text){lines.items[i].text, lines.items[i].length};
    }
    *texts = (struct heed_cli_texts){lines.data, items, lines.n};
    lines.data = NULL;
    heed_lines_finish(&lines);
    return true;
}

bool heed_cli_read_texts(struct heed_cli_texts *texts, const struct heed_cli_options *options,
                         const struct heed_command *command, struct heed_error *err)
{
    if ((options->text != NULL) == (options->file != NULL)) {
        return heed_error_set(err, HEED_ERROR_USAGE,
                              "%s needs a text or --file, %s (heed %s --help)", command->name,
                              options->text ? "not both" : "and has neither", command->name);
    }
    if (options->file) {
        return read_file(texts, options->file, err);
    }
    if (!heed_options_check_utf8(options->text, "the text", err)) {
        return false;
    }
    struct heed_cli_text *item = malloc(sizeof *item);
    if (!item) {
        return no_memory(err);
    }
    *item = (struct heed_cli_text){options->text, strlen(options->text)};
    *texts = (struct heed_cli_texts){.items = item, .n = 1};
    return true;
}

bool heed_cli_read_text(struct heed_cli_texts *texts, const struct heed_cli_options *options,
                        const struct heed_command *command, struct heed_error *err)
{
    if (!heed_cli_read_texts(texts, options, command, err)) {
        return false;
    }
    if (texts->n == 1) {
        return true;
    }
    heed_error_set(err, HEED_ERROR_INPUT, "%s takes one text, but '%s' holds %zu lines",
                   command->name, options->file, texts->n);
    heed_cli_texts_finish(texts);
    return false;
}

void heed_cli_texts_finish(struct heed_cli_texts *texts)
{
    free(texts->items);
    free(texts->data);
    *texts = (struct heed_cli_texts){0};
}

bool heed_cli_is_attention_file(const struct heed_cli_options *options)
{
    static const char end[] = ".safetensors";
    const size_t length = options->text ? strlen(options->text) : 0;
    return length >= sizeof end && !options->text_is_literal &&
           strcmp(options->text + length - (sizeof end - 1), end) == 0;
}

bool heed_cli_refuse_part(struct heed_error *err)
{
    return heed_error_set(err, HEED_ERROR_USAGE,
                          "--part is of an attention file, FILE.safetensors");
}

static bool refuse_file(struct heed_error *err)
{
    return heed_error_set(err, HEED_ERROR_INPUT, "not in this file: the model");
}

void heed_cli_note_rows(const char *path, const struct heed_row_findings *rows)
{
    if (path && rows->n_off > 0) {
        heed_cli_note(
            "note: %zu of %zu rows of '%s' don't sum to 1 within %g; the furthest, L%dH%d "
            "row %d, sums to %.6g",
            rows->n_off, rows->n_rows, path, rows->tolerance, rows->layer, rows->head, rows->row,
            rows->sum);
    }
}

bool heed_cli_open_file(struct heed_pipeline **pipeline, const char *path, const char *kind,
                        struct heed_error *err)
{
    if (!heed_pipeline_open_file(pipeline, path, kind, HEED_MOST_READ, err)) {
        return false;
    }
    heed_cli_note_rows(path, heed_pipeline_get_rows(*pipeline));
    return true;
}

bool heed_cli_open_source(struct heed_pipeline **pipeline, const struct heed_cli_options *options,
                          struct heed_error *err)
{
    if (!heed_cli_is_attention_file(options)) {
        if (options->part) {
            return heed_cli_refuse_part(err);
        }
        return heed_cli_open_model(pipeline, options, err);
    }
    const bool changes = options->pair || options->mute || options->scale || options->cut;
    return !changes && !heed_cli_changes_variant(options)
               ? heed_cli_open_file(pipeline, options->text, options->part, err)
               : refuse_file(err);
}

bool heed_cli_open_model(struct heed_pipeline **pipeline, const struct heed_cli_options *options,
                         struct heed_error *err)
{
    if (heed_cli_is_attention_file(options)) {
        return refuse_file(err);
    }
    const struct heed_encoder_options encoder = {
        .n_threads = options->threads,
        .budget = (size_t)options->attention_memory << 20,
        .kernels = options->kernels > 0 ? heed_kernels_names[options->kernels - 1] : NULL,
    };
    if (!heed_pipeline_open(pipeline, options->model, encoder, err)) {
        return false;
    }
    heed_cli_note_model(heed_model_get_note(heed_pipeline_get_model(*pipeline)));
    heed_cli_note_model(heed_tokenizer_get_note(heed_pipeline_get_tokenizer(*pipeline)));
    return true;
}

bool heed_cli_open_second(struct heed_pipeline *pipeline, const char *model, struct heed_error *err)
{
    if (!model) {
        return true;
    }
    if (!heed_pipeline_open_second(pipeline, model, err)) {
        return heed_cli_blame(err, "--compare-model");
    }
    const struct heed_pipeline *second = heed_pipeline_get_second(pipeline);
    if (second) {
        heed_cli_note_model(heed_model_get_note(heed_pipeline_get_model(second)));
        heed_cli_note_model(heed_tokenizer_get_note(heed_pipeline_get_tokenizer(second)));
    }
    return true;
}

bool heed_cli_check_second(const struct heed_cli_options *options, struct heed_error *err)
{
    return !options->compare_model || !heed_cli_is_attention_file(options) ||
           heed_error_set(err, HEED_ERROR_USAGE,
                          "--compare-model is of a text: what an attention file is compared with "
                          "is --compare FILE.safetensors");
}

bool heed_cli_can_filter(const struct heed_result *result, const struct heed_cli_options *options,
                         struct heed_error *err)
{
    const unsigned needs = (options->filter.words ? HEED_LACKS_WORDS : 0U) |
                           (options->filter.hide_special ? HEED_LACKS_SPECIAL : 0U);
    return heed_result_has(result, needs, err);
}

bool heed_cli_run(const struct heed_result **result, struct heed_pipeline *pipeline,
                  struct heed_cli_text text, const struct heed_cli_options *options,
                  const struct heed_filter *filter, struct heed_error *err)
{
    struct heed_job job = {
        .text = text.text,
        .text_length = text.length,
        .pair = options->pair,
        .pair_length = options->pair ? strlen(options->pair) : 0,
        .filter = *filter,
    };
    if (!heed_cli_read_variant(&job.variant, options, err)) {
        return false;
    }
    const struct heed_pipeline_hints hints = {0};
    if (!heed_pipeline_run(pipeline, &job, hints, result, err)) {
        return false;
    }
    heed_cli_note_cut((*result)->encoding);
    return heed_cli_can_filter(*result, options, err);
}

bool heed_cli_read_variant(struct heed_variant *variant, const struct heed_cli_options *options,
                           struct heed_error *err)
{
    struct heed_variant read = {.positions = (enum heed_positions)options->positions,
                                .attention = (enum heed_attention_kind)options->attention};
    if (options->mask && !heed_mask_find(options->mask, &read.mask)) {
        return heed_error_set(err, HEED_ERROR_USAGE,
                              "--mask can't be '%.40s'; it is one of full, causal, window:2, "
                              "strided:3 (1 to 64) and cross",
                              options->mask);
    }
    if (read.mask.kind == HEED_MASK_CROSS && !options->pair) {
        return heed_error_set(
            err, HEED_ERROR_USAGE,
            "--mask cross needs --pair TEXT2: it lets each text see only the other");
    }
    *variant = read;
    return true;
}

bool heed_cli_changes_variant(const struct heed_cli_options *options)
{
    return options->mask || options->positions || options->attention;
}

struct heed_filter heed_cli_get_filter(const struct heed_cli_options *options, float threshold)
{
    struct heed_filter filter = options->filter;
    filter.threshold = options->threshold < 0 ? threshold : options->threshold;
    return filter;
}

bool heed_cli_changes_filter(const struct heed_cli_options *options)
{
    const struct heed_filter plain = heed_filter_default();
    const struct heed_filter *filter = &options->filter;
    return !heed_filter_same_maps(filter, &plain) || options->threshold >= 0 || filter->top_p < 1 ||
           filter->top_k > 0 || filter->segments != HEED_SEGMENTS_ALL;
}

void heed_cli_note(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fputs("heed: ", stderr);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    va_end(arguments);
}

void heed_cli_note_model(const char *note)
{
    if (note[0] != '\0') {
        heed_cli_note("note: %s", note);
    }
}

void heed_cli_note_cut(const struct heed_encoding *encoding)
{
    if (encoding->n_tokens < encoding->n_total) {
        heed_cli_note("note: the text has %d tokens and was cut to the model's %d",
                      encoding->n_total, encoding->n_tokens);
    }
}

bool heed_cli_blame(struct heed_error *err, const char *option)
{
    const struct heed_error old = *err;
    return heed_error_set(err, old.code, "%s: %s", option, old.text);
}

bool heed_cli_print(struct heed_buffer *out, struct heed_error *err)
{
    if (out->failed) {
        return heed_error_set(err, HEED_ERROR_MEMORY, "no memory left for the output");
    }
    if (out->size > 0 && !heed_file_write("-", out->data, out->size, err)) {
        return false;
    }
    heed_buffer_clear(out);
    return true;
}

bool heed_cli_print_end(struct heed_buffer *out, struct heed_error *err)
{
    const bool ok = heed_cli_print(out, err);
    heed_buffer_finish(out);
    return ok;
}

void heed_cli_put_head(struct heed_buffer *out, int layer, int head)
{
    char name[32];
    snprintf(name, sizeof name, "L%dH%d", layer, head);
    heed_buffer_printf(out, "%-8s", name);
}

static const char *yes_no(bool value)
{
    return value ? "true" : "false";
}

void heed_cli_put_filter(struct heed_buffer *out, const struct heed_filter *filter)
{
    heed_buffer_printf(out,
                       "{\"hide_special\":%s,\"hide_punctuation\":%s,\"renormalise\":%s,\"words\":%"
                       "s,\"measure\":\"%s\",\"aggregate\":\"%s\",\"segments\":\"%s\","
                       "\"threshold\":%g,\"top_p\":%g,\"top_k\":%d}",
                       yes_no(filter->hide_special), yes_no(filter->hide_punctuation),
                       yes_no(filter->renormalise), yes_no(filter->words),
                       heed_measure_words[filter->measure], heed_aggregate_words[filter->aggregate],
                       heed_segments_words[filter->segments], (double)filter->threshold,
                       (double)filter->top_p, filter->top_k);
}
