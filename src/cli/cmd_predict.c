#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/compiler.h"
#include "cli/commands.h"
#include "cli/predict_classes.h"
#include "core/bert/mlm.h"
#include "core/bert/pooled.h"
#include "core/engine/pipeline.h"

enum { TOP = 5, MOST = 1000 };

/* What is predicted for one mask. */
struct predicted {
    int token;
    int n;
    int32_t ids[MOST];
    float probabilities[MOST];
};

static void put_piece(struct heed_buffer *out, const struct heed_tokenizer *tokenizer, int32_t id,
                      bool json)
{
    char shown[128];
    out->failed |= !heed_tokenizer_show_piece(tokenizer, id, shown, sizeof shown);
    if (json) {
        heed_buffer_put_json(out, shown, strlen(shown));
    } else {
        heed_buffer_puts(out, shown);
    }
}

static void put_lines(struct heed_buffer *out, const struct predicted *mask,
                      const struct heed_tokenizer *tokenizer)
{
    heed_buffer_printf(out, "token %d\n", mask->token);
    for (int i = 0; i < mask->n; i++) {
        heed_buffer_printf(out, "%8.4f  ", (double)mask->probabilities[i]);
        put_piece(out, tokenizer, mask->ids[i], false);
        heed_buffer_puts(out, "\n");
    }
}

static void put_object(struct heed_buffer *out, const struct predicted *mask,
                       const struct heed_result *result, const struct heed_tokenizer *tokenizer)
{
    const struct heed_token *token = &result->encoding->tokens[mask->token];
    heed_buffer_printf(out, "{\"token\":%d,\"segment\":%d,\"offsets\":[%d,%d],\"predictions\":[",
                       mask->token, (int)token->segment, (int)token->start, (int)token->end);
    for (int i = 0; i < mask->n; i++) {
        const char *piece = heed_tokenizer_get_piece(tokenizer, mask->ids[i]);
        heed_buffer_printf(out, "%s{\"id\":%d,\"piece\":", i > 0 ? "," : "", (int)mask->ids[i]);
        heed_buffer_put_json(out, piece ? piece : "", piece ? strlen(piece) : 0);
        heed_buffer_puts(out, ",\"shown\":");
        put_piece(out, tokenizer, mask->ids[i], true);
        heed_buffer_printf(out, ",\"probability\":%.6g}", (double)mask->probabilities[i]);
    }
    heed_buffer_puts(out, "]}");
}

/* Of every mask in the text, in order. */
static bool print_masks(struct predicted *mask, const struct heed_cli_options *options,
                        const struct heed_pipeline *pipeline, const struct heed_result *result,
                        struct heed_error *err)
{
    const struct heed_tokenizer *tokenizer = heed_pipeline_get_tokenizer(pipeline);
    const struct heed_model *model = heed_pipeline_get_model(pipeline);
    const int32_t mask_id = heed_tokenizer_get_mask_id(tokenizer);
    const int vocab = heed_model_get_config(model)->vocab_size;
    const int wanted = options->top > 0 ? options->top : TOP;
    struct heed_buffer out = {0};
    int n = 0;
    bool ok = true;
    heed_buffer_puts(&out, options->json ? "{\"masks\":[" : "");
    for (int i = 0; ok && i < result->encoding->n_tokens; i++) {
        if (result->encoding->tokens[i].id != mask_id) {
            continue;
        }
        mask->token = i;
        mask->n = wanted < vocab ? wanted : vocab;
        ok = heed_mlm_predict(model, result->run, i, mask->n, mask->ids, mask->probabilities, err);
        if (ok && options->json) {
            heed_buffer_puts(&out, n > 0 ? "," : "");
            put_object(&out, mask, result, tokenizer);
        } else if (ok) {
            put_lines(&out, mask, tokenizer);
        }
        n++;
    }
    heed_buffer_puts(&out, options->json ? "]}\n" : "");
    if (ok && n == 0) {
        const char *piece = heed_tokenizer_get_piece(tokenizer, mask_id);
        ok = heed_error_set(err, HEED_ERROR_INPUT,
                            piece ? "the text has no %s: write it where a word is to be predicted"
                                  : "the model's vocabulary has no %s",
                            piece ? piece : "mask");
    }
    ok = ok && heed_cli_print_end(&out, err);
    heed_buffer_finish(&out);
    return ok;
}

static bool print_predictions(const struct heed_cli_options *options,
                              const struct heed_pipeline *pipeline,
                              const struct heed_result *result, struct heed_error *err)
{
    struct predicted *mask = malloc(sizeof *mask);
    const struct heed_model *model = heed_pipeline_get_model(pipeline);
    if (!mask) {
        return heed_error_set(err, HEED_ERROR_MEMORY, "no memory left for the predictions");
    }
    if (!heed_model_get_weights(model)->has_mlm_head) {
        free(mask);
        return heed_error_set(err, HEED_ERROR_UNSUPPORTED,
                              "the model %s has no masked-language head and none for classes: "
                              "heed models lists what each has",
                              heed_model_get_name(model));
    }
    const bool ok = print_masks(mask, options, pipeline, result, err);
    free(mask);
    return ok;
}

/* ---- two texts ---- */

static bool print_cosine(const struct heed_cli_options *options, enum heed_pooling pooling,
                         bool is_said, const struct heed_run *a, const struct heed_run *b,
                         struct heed_error *err)
{
    const int n = a->hidden;
    struct heed_buffer out = {0};
    double *vectors = malloc(2 * (size_t)n * sizeof *vectors);
    if (!vectors) {
        return heed_error_set(err, HEED_ERROR_MEMORY, "no memory left for two vectors");
    }
    heed_pooled(vectors, a, pooling);
    heed_pooled(vectors + n, b, pooling);
    const double cosine = heed_pooled_cosine(vectors, vectors + n, n);
    free(vectors);
    if (options->json) {
        heed_buffer_printf(&out, "{\"cosine\":%.9g,\"pooling\":\"%s\",\"from\":%s}\n", cosine,
                           heed_pooling_words[pooling], is_said ? "\"modules.json\"" : "null");
    } else {
        heed_buffer_printf(&out, "%.6f  cosine, pooled by %s%s\n", cosine,
                           heed_pooling_words[pooling],
                           is_said ? "" : " (the model has no modules.json, which would say how)");
    }
    return heed_cli_print_end(&out, err);
}

static bool compare(const struct heed_cli_options *options, struct heed_pipeline *pipeline,
                    const struct heed_result *result, struct heed_error *err)
{
    const struct heed_model *model = heed_pipeline_get_model(pipeline);
    const struct heed_cli_text text = {options->compare, strlen(options->compare)};
    const struct heed_filter filter = {0};
    const struct heed_result *other = NULL;
    enum heed_pooling pooling = HEED_POOLING_MEAN;
    bool is_said = false;
    const bool ok = heed_options_check_utf8(options->compare, "the text of --compare", err) &&
                    heed_pooling_read(&pooling, &is_said, heed_model_get_folder(model), err) &&
                    heed_cli_run(&other, pipeline, text, options, &filter, err) &&
                    print_cosine(options, pooling, is_said, result->run, other->run, err);
    heed_result_release(other);
    return ok;
}

static bool has_classes(const struct heed_pipeline *pipeline)
{
    return heed_model_get_weights(heed_pipeline_get_model(pipeline))->classes.out.weight != NULL;
}

static bool run(const struct heed_cli_options *options, struct heed_error *err)
{
    struct heed_cli_texts texts = {0};
    struct heed_pipeline *pipeline = NULL;
    const struct heed_result *result = NULL;
    const struct heed_filter filter = {0};
    const bool ok =
        heed_cli_read_text(&texts, options, &heed_command_predict, err) &&
        heed_cli_open_model(&pipeline, options, err) &&
        heed_cli_run(&result, pipeline, texts.items[0], options, &filter, err) &&
        (options->compare        ? compare(options, pipeline, result, err)
         : has_classes(pipeline) ? heed_cli_print_classes(options, pipeline, result, err)
                                 : print_predictions(options, pipeline, result, err));
    heed_result_release(result);
    heed_pipeline_close(pipeline);
    heed_cli_texts_finish(&texts);
    return ok;
}

static const struct heed_option options_of_predict[] = {
    {HEED_OPTION(INT, "top", "K", top, "how many a mask or text (5), or a token (1)"), 1, MOST},
    {HEED_CLI_PAIR_OPTION},
    {HEED_OPTION(TEXT, "compare", "TEXT2", compare, "print how alike the two texts are instead")},
    {HEED_CLI_FILE_OPTION},
    {HEED_CLI_MASK_OPTION},
    {HEED_CLI_POSITIONS_OPTION},
    {HEED_CLI_ATTENTION_OPTION},
};

const struct heed_command heed_command_predict = {
    .name = "predict",
    .usage = "TEXT [--top K] [--pair TEXT2] [--compare TEXT2]",
    .summary = "print what the model expects in each mask's place, a text's classes, a cosine",
    .about = "For each [MASK] in the text (or what the model's vocabulary has for it) the most\n"
             "probable pieces with their probabilities, by the model's masked-language head.\n"
             "A piece that continues a word begins with ##. A model with a head for classes\n"
             "(...ForSequenceClassification, ...ForTokenClassification) gives the text's labels,\n"
             "or each token's, with the scores of transformers' pipelines; one with neither\n"
             "head is refused.\n"
             "With --compare the cosine of the two texts' vectors, pooled as the folder's\n"
             "modules.json says (mean, cls, max, mean_sqrt_len_tokens), else by the mean.\n"
             "--mask, --positions and --attention change what the layers compute.\n",
    .argument = "a text",
    .options = options_of_predict,
    .n_options = HEED_COUNT(options_of_predict),
    .takes = HEED_TAKES_RUN | HEED_TAKES_JSON,
    .run = run,
};
