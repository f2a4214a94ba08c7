#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "cli/commands.h"
#include "core/engine/kit.h"

enum { FLUSH_BYTES = 1 << 20 };

/* As printf's %d, which took half of this command's time. */
static void put_number(struct heed_buffer *out, const char *before, int32_t value)
{
    char text[16];
    size_t at = sizeof text;
    uint32_t rest = value < 0 ? 0U - (uint32_t)value : (uint32_t)value;
    do {
        text[--at] = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest > 0);
    if (value < 0) {
        text[--at] = '-';
    }
    heed_buffer_puts(out, before);
    heed_buffer_append(out, text + at, sizeof text - at);
}

static void put_fields(struct heed_buffer *out, const struct heed_encoding *encoding)
{
    heed_buffer_puts(out, "],\"offsets\":[");
    for (int i = 0; i < encoding->n_tokens; i++) {
        put_number(out, i > 0 ? ",[" : "[", encoding->tokens[i].start);
        put_number(out, ",", encoding->tokens[i].end);
        heed_buffer_puts(out, "]");
    }
    heed_buffer_puts(out, "],\"segments\":[");
    for (int i = 0; i < encoding->n_tokens; i++) {
        put_number(out, i > 0 ? "," : "", encoding->tokens[i].segment);
    }
    heed_buffer_puts(out, "]}\n");
}

static void put_encoding(struct heed_buffer *out, const struct heed_tokenizer *tokenizer,
                         const struct heed_encoding *encoding)
{
    heed_buffer_puts(out, "{\"ids\":[");
    for (int i = 0; i < encoding->n_tokens; i++) {
        put_number(out, i > 0 ? "," : "", encoding->tokens[i].id);
    }
    heed_buffer_puts(out, "],\"tokens\":[");
    for (int i = 0; i < encoding->n_tokens; i++) {
        const char *piece = heed_tokenizer_get_piece(tokenizer, encoding->tokens[i].id);
        heed_buffer_puts(out, i > 0 ? "," : "");
        heed_buffer_put_json(out, piece ? piece : "", piece ? strlen(piece) : 0);
    }
    put_fields(out, encoding);
}

static bool print_texts(const struct heed_cli_texts *texts, const struct heed_cli_options *options,
                        const struct heed_tokenizer *tokenizer, struct heed_error *err)
{
    const struct heed_tokenize_options how = {.no_truncate = options->no_truncate};
    struct heed_buffer out = {0};
    bool ok = true;
    for (size_t i = 0; ok && i < texts->n; i++) {
        struct heed_encoding *encoding = NULL;
        ok = heed_tokenize(&encoding, tokenizer, texts->items[i].text, texts->items[i].length,
                           options->pair, options->pair ? strlen(options->pair) : 0, how, err);
        if (!ok) {
            break;
        }
        heed_cli_note_cut(encoding);
        put_encoding(&out, tokenizer, encoding);
        heed_encoding_destroy(encoding);
        if (out.size >= FLUSH_BYTES || out.failed) {
            ok = heed_cli_print(&out, err);
        }
    }
    ok = ok && heed_cli_print(&out, err);
    heed_buffer_finish(&out);
    return ok;
}

static bool run(const struct heed_cli_options *options, struct heed_error *err)
{
    struct heed_cli_texts texts = {0};
    if (!heed_cli_read_texts(&texts, options, &heed_command_tokens, err)) {
        return false;
    }
    const struct heed_kit *kit = NULL;
    bool ok = heed_kit_open(&kit, options->model, err);
    if (ok) {
        heed_cli_note_model(heed_tokenizer_get_note(heed_kit_get_tokenizer(kit)));
        ok = print_texts(&texts, options, heed_kit_get_tokenizer(kit), err);
    }
    heed_kit_release(kit);
    heed_cli_texts_finish(&texts);
    return ok;
}

static const struct heed_option options_of_tokens[] = {
    {HEED_CLI_PAIR_OPTION},
    {HEED_OPTION(PATH, "file", "F", file, "one text a line; - is standard input")},
    {HEED_OPTION(FLAG, "no-truncate", NULL, no_truncate, "don't cut at the model's limit")},
    {HEED_OPTION(FLAG, "json", NULL, json, "JSON lines, as without it")},
};

const struct heed_command heed_command_tokens = {
    .name = "tokens",
    .usage = "TEXT [--pair TEXT2] [--no-truncate]",
    .summary = "print the tokens of a text as JSON, one line a text",
    .about = "Each line is an object: ids, tokens (as the vocabulary has them), offsets\n"
             "([start, end) in Unicode code points of the text; [0,0] for [CLS] and [SEP]) and\n"
             "segments (0, or 1 for the pair).\n",
    .argument = "a text",
    .options = options_of_tokens,
    .n_options = HEED_COUNT(options_of_tokens),
    .takes = HEED_TAKES_MODEL,
    .run = run,
};
