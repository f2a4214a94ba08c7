#include "cli/predict_classes.h"

#include <stdlib.h>
#include <string.h>

#include "core/bert/classes.h"
#include "core/bert/plain.h"

/* Of how many classes a text's and a token's scores are printed, unless --top says. */
enum { TOP_OF_TEXT = 5, TOP_OF_TOKEN = 1 };

/* The scores of one text or token, and room to put the largest first. */
struct scored {
    const struct heed_model *model;
    int n_classes, n; /* n: how many are printed */
    float *scores;    /* [n_classes] */
    float *largest;   /* [n] */
    int32_t *ids;     /* [n] */
};

static bool score(struct scored *scored, const struct heed_run *run, int token,
                  struct heed_error *err)
{
    if (!heed_class_scores(scored->scores, NULL, scored->model, run, token, err)) {
        return false;
    }
    heed_plain_take_largest(scored->scores, scored->n_classes, scored->n, scored->ids,
                            scored->largest);
    return true;
}

static void put_labels(struct heed_buffer *out, const struct scored *scored)
{
    heed_buffer_puts(out, "[");
    for (int i = 0; i < scored->n; i++) {
        const char *label = heed_model_get_class(scored->model, scored->ids[i]);
        heed_buffer_printf(out, "%s{\"id\":%d,\"label\":", i > 0 ? "," : "", (int)scored->ids[i]);
        heed_buffer_put_json(out, label, strlen(label));
        heed_buffer_printf(out, ",\"score\":%.6g}", (double)scored->largest[i]);
    }
    heed_buffer_puts(out, "]");
}

static void put_lines(struct heed_buffer *out, const struct scored *scored)
{
    for (int i = 0; i < scored->n; i++) {
        heed_buffer_printf(out, "%8.4f  %s\n", (double)scored->largest[i],
                           heed_model_get_class(scored->model, scored->ids[i]));
    }
}

static void put_token(struct heed_buffer *out, const struct scored *scored,
                      const struct heed_result *result, int token, bool json)
{
    const struct heed_token *it = &result->encoding->tokens[token];
    const char *label = result->maps->units[token].label;
    if (!json) {
        for (int i = 0; i < scored->n; i++) {
            heed_buffer_printf(out, "%5d  %8.4f  %-12s  %s\n", token, (double)scored->largest[i],
                               heed_model_get_class(scored->model, scored->ids[i]), label);
        }
        return;
    }
    heed_buffer_printf(out, "{\"token\":%d,\"segment\":%d,\"offsets\":[%d,%d],\"shown\":", token,
                       (int)it->segment, (int)it->start, (int)it->end);
    heed_buffer_put_json(out, label, strlen(label));
    heed_buffer_puts(out, ",\"labels\":");
    put_labels(out, scored);
    heed_buffer_puts(out, "}");
}

static bool put_tokens(struct heed_buffer *out, struct scored *scored,
                       const struct heed_result *result, bool json, struct heed_error *err)
{
    bool any = false;
    heed_buffer_puts(out, json ? "{\"tokens\":[" : "");
    for (int i = 0; i < result->encoding->n_tokens; i++) {
        if (result->encoding->tokens[i].is_template) {
            continue;
        }
        if (!score(scored, result->run, i, err)) {
            return false;
        }
        heed_buffer_puts(out, json && any ? "," : "");
        put_token(out, scored, result, i, json);
        any = true;
    }
    heed_buffer_puts(out, json ? "]}\n" : "");
    return true;
}

static bool put_text(struct heed_buffer *out, struct scored *scored,
                     const struct heed_result *result, bool json, struct heed_error *err)
{
    if (!score(scored, result->run, 0, err)) {
        return false;
    }
    if (!json) {
        put_lines(out, scored);
        return true;
    }
    heed_buffer_puts(out, "{\"labels\":");
    put_labels(out, scored);
    heed_buffer_puts(out, "}\n");
    return true;
}

bool heed_cli_print_classes(const struct heed_cli_options *options,
                            const struct heed_pipeline *pipeline, const struct heed_result *result,
                            struct heed_error *err)
{
    const struct heed_model *model = heed_pipeline_get_model(pipeline);
    const struct heed_model_config *config = heed_model_get_config(model);
    const bool of_text = config->class_kind == HEED_CLASSES_OF_TEXT;
    const int usual = of_text ? TOP_OF_TEXT : TOP_OF_TOKEN;
    const int wanted = options->top > 0 ? options->top : usual;
    const int n_classes = config->n_classes;
    struct scored scored = {.model = model,
                            .n_classes = n_classes,
                            .n = wanted < n_classes ? wanted : n_classes,
                            .scores = calloc((size_t)n_classes, sizeof(float)),
                            .largest = calloc((size_t)n_classes, sizeof(float)),
                            .ids = calloc((size_t)n_classes, sizeof(int32_t))};
    struct heed_buffer out = {0};
    bool ok = (scored.scores && scored.largest && scored.ids) ||
              heed_error_set(err, HEED_ERROR_MEMORY, "no memory left for the classes");
    ok = ok && (of_text ? put_text(&out, &scored, result, options->json, err)
                        : put_tokens(&out, &scored, result, options->json, err));
    ok = ok && heed_cli_print_end(&out, err);
    heed_buffer_finish(&out);
    free(scored.scores);
    free(scored.largest);
    free(scored.ids);
    return ok;
}
