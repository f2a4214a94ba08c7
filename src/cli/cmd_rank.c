#include <math.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "cli/commands.h"
#include "core/analysis/rank.h"
#include "state/variant_words.h"

/* One text, and the link looked for in it. */
struct link {
    const struct heed_result *result;
    struct heed_unit_range query, key;
};

static bool find_units(struct heed_unit_range *units, const struct heed_result *result,
                       const struct heed_cli_options *options,
                       const struct heed_tokenizer *tokenizer, enum heed_cli_side side,
                       const char *word, struct heed_error *err)
{
    struct heed_token_range tokens = {0};
    return heed_cli_find_name(&tokens, options, tokenizer, result->encoding, side, word, err) &&
           heed_rank_find_units(result->maps, tokens, word, units, err);
}

static bool find_link(struct link *link, struct heed_pipeline *pipeline, struct heed_cli_text text,
                      const struct heed_cli_options *options, const struct heed_filter *filter,
                      struct heed_error *err)
{
    const struct heed_tokenizer *tokenizer = heed_pipeline_get_tokenizer(pipeline);
    return heed_cli_run(&link->result, pipeline, text, options, filter, err) &&
           find_units(&link->query, link->result, options, tokenizer, HEED_CLI_QUERIES,
                      options->from, err) &&
           find_units(&link->key, link->result, options, tokenizer, HEED_CLI_KEYS, options->to,
                      err);
}

/* The same link in --compare's text, or in its file. */
static bool find_compared(struct link *b, const struct link *a, struct heed_pipeline *pipeline,
                          struct heed_pipeline **second, const struct heed_cli_options *options,
                          struct heed_error *err)
{
    const struct heed_filter filter = heed_cli_get_filter(options, 0);
    const char *words = options->compare ? options->compare : a->result->encoding->text;
    const struct heed_cli_text text = {words, strlen(words)};
    if (!a->result->origin) {
        struct heed_pipeline *other = heed_pipeline_get_second(pipeline);
        return find_link(b, other ? other : pipeline, text, options, &filter, err);
    }
    if (!heed_cli_open_file(second, options->compare, options->part, err) ||
        !find_link(b, *second, text, options, &filter, err)) {
        return false;
    }
    const struct heed_maps *x = a->result->maps;
    const struct heed_maps *y = b->result->maps;
    return (x->n_layers == y->n_layers && x->n_heads == y->n_heads) ||
           heed_error_set(err, HEED_ERROR_INPUT,
                          "'%s' has %d layers of %d heads, and the first file %d of %d",
                          options->compare, y->n_layers, y->n_heads, x->n_layers, x->n_heads);
}

/* Of another model: leaves out the heads that it hasn't; returns how many stay. */
static int keep_partners(struct heed_ranked_head *ranked, int n, const struct heed_maps *b)
{
    int kept = 0;
    for (int i = 0; i < n; i++) {
        if (ranked[i].layer < b->n_layers && ranked[i].head < b->n_heads) {
            ranked[kept++] = ranked[i];
        }
    }
    if (kept < n) {
        heed_cli_note("note: %d of A's %d heads aren't listed: B's model has %d layers of %d",
                      n - kept, n, b->n_layers, b->n_heads);
    }
    return kept;
}

/* Leaves out the heads whose link the filter doesn't let be drawn in either
 * text; returns how many stay. */
static int drop_heads(struct heed_ranked_head *ranked, int n, const struct link *a,
                      const struct link *b, const struct heed_filter *filter)
{
    int kept = 0;
    for (int i = 0; i < n; i++) {
        const int layer = ranked[i].layer;
        const int head = ranked[i].head;
        if (heed_rank_link_passes(a->result->maps, layer, head, a->query, a->key, filter) ||
            (b->result &&
             heed_rank_link_passes(b->result->maps, layer, head, b->query, b->key, filter))) {
            ranked[kept++] = ranked[i];
        }
    }
    return kept;
}

/* What the run was made with; nothing if as trained. */
static void put_variant(struct heed_buffer *out, const struct heed_variant *variant)
{
    char mask[24];
    if (heed_variant_is_plain(variant)) {
        return;
    }
    heed_mask_name(variant->mask, mask, sizeof mask);
    heed_buffer_printf(out, ",\"mask\":\"%s\",\"positions\":\"%s\",\"attention\":\"%s\"", mask,
                       heed_positions_name(variant->positions),
                       heed_attention_name(variant->attention));
}

static void put_variant_words(struct heed_buffer *out, const struct heed_variant *variant)
{
    char mask[64];
    if (variant->mask.kind != HEED_MASK_FULL) {
        heed_mask_words(variant->mask, mask, sizeof mask);
        heed_buffer_printf(out, ", %s", mask);
    }
    if (variant->positions != HEED_POSITIONS_LEARNED) {
        heed_buffer_printf(out, ", %s", heed_positions_words(variant->positions));
    }
    if (variant->attention != HEED_ATTENTION_SOFTMAX) {
        heed_buffer_printf(out, ", %s", heed_attention_words(variant->attention));
    }
}

/* What the other rows give the key; null where there are none. */
static void put_others(struct heed_buffer *out, const char *name, float others)
{
    if (isnan(others)) {
        heed_buffer_printf(out, ",\"%s\":null", name);
    } else {
        heed_buffer_printf(out, ",\"%s\":%.9g", name, (double)others);
    }
}

static bool has_two_models(const struct link *a, const struct link *b)
{
    return b->result && b->result->kit && b->result->kit != a->result->kit;
}

static const char *model_of(const struct link *link)
{
    return heed_model_get_name(heed_kit_get_model(link->result->kit));
}

static void put_models(struct heed_buffer *out, const struct link *a, const struct link *b)
{
    if (has_two_models(a, b)) {
        heed_buffer_puts(out, ",\"model\":");
        heed_buffer_put_json(out, model_of(a), strlen(model_of(a)));
        heed_buffer_puts(out, ",\"compare_model\":");
        heed_buffer_put_json(out, model_of(b), strlen(model_of(b)));
    }
}

static void put_json(struct heed_buffer *out, const struct heed_cli_options *options,
                     const struct link *a, const struct link *b,
                     const struct heed_ranked_head *ranked, int n)
{
    heed_buffer_puts(out, "{\"from\":");
    heed_buffer_put_json(out, options->from, strlen(options->from));
    heed_buffer_puts(out, ",\"to\":");
    heed_buffer_put_json(out, options->to, strlen(options->to));
    put_models(out, a, b);
    put_variant(out, &a->result->variant);
    heed_buffer_puts(out, ",\"heads\":[");
    for (int i = 0; i < n; i++) {
        heed_buffer_printf(out, "%s{\"layer\":%d,\"head\":%d,\"weight\":%.9g", i > 0 ? "," : "",
                           ranked[i].layer, ranked[i].head, (double)ranked[i].weight);
        put_others(out, "others", ranked[i].others);
        if (b->result) {
            heed_buffer_printf(out, ",\"weight2\":%.9g", (double)ranked[i].weight2);
            put_others(out, "others2", ranked[i].others2);
            heed_buffer_printf(out, ",\"change\":%.9g", (double)ranked[i].change);
        }
        heed_buffer_puts(out, "}");
    }
    heed_buffer_puts(out, "]}\n");
}

static void put_numbers(struct heed_buffer *out, float weight, float others)
{
    heed_buffer_printf(out, " %7.3f", (double)weight);
    if (isnan(others)) {
        heed_buffer_puts(out, "       -");
    } else {
        heed_buffer_printf(out, " %7.3f", (double)others);
    }
}

static void put_table(struct heed_buffer *out, const struct heed_cli_options *options,
                      const struct link *a, const struct link *b,
                      const struct heed_ranked_head *ranked, int n)
{
    static const char *const names[] = {"weight", "weight x |value|, share", "rollout"};
    heed_buffer_printf(out, "%s of '%s' -> '%s' in %d heads", names[options->filter.measure],
                       options->from, options->to, n);
    put_variant_words(out, &a->result->variant);
    if (has_two_models(a, b)) {
        heed_buffer_printf(out,
                           "\nfirst: %s, second: %s; heads of two models with the same number "
                           "aren't the same head,\nunless one was fine-tuned from the other",
                           model_of(a), model_of(b));
    }
    heed_buffer_puts(out, b->result ? "\nhead       first  others   second  others   change\n"
                                    : "\nhead      weight  others\n");
    for (int i = 0; i < n; i++) {
        heed_cli_put_head(out, ranked[i].layer, ranked[i].head);
        put_numbers(out, ranked[i].weight, ranked[i].others);
        if (b->result) {
            heed_buffer_puts(out, " ");
            put_numbers(out, ranked[i].weight2, ranked[i].others2);
            heed_buffer_printf(out, "  %+7.3f", (double)ranked[i].change);
        }
        heed_buffer_puts(out, "\n");
    }
}

static bool print_heads(const struct heed_cli_options *options, const struct link *a,
                        const struct link *b, const struct heed_filter *filter,
                        struct heed_error *err)
{
    const struct heed_maps *maps = a->result->maps;
    int n = maps->n_layers * maps->n_heads;
    struct heed_ranked_head *ranked = malloc((size_t)n * sizeof *ranked);
    if (!ranked) {
        return heed_error_set(err, HEED_ERROR_MEMORY, "no memory left for the ranking");
    }
    heed_rank_heads(ranked, maps, a->query, a->key);
    if (b->result) {
        n = keep_partners(ranked, n, b->result->maps);
        heed_rank_changes(ranked, n, b->result->maps, b->query, b->key);
    }
    n = drop_heads(ranked, n, a, b, filter);
    if (!heed_maps_check(maps, err) || (b->result && !heed_maps_check(b->result->maps, err))) {
        free(ranked);
        return false;
    }
    struct heed_buffer out = {0};
    if (options->json) {
        put_json(&out, options, a, b, ranked, n);
    } else {
        put_table(&out, options, a, b, ranked, n);
    }
    free(ranked);
    return heed_cli_print_end(&out, err);
}

static bool check(const struct heed_cli_options *options, struct heed_error *err)
{
    if (!options->from || !options->to) {
        return heed_error_set(err, HEED_ERROR_USAGE,
                              "rank needs --from NAME and --to NAME (heed rank --help)");
    }
    return heed_cli_check_second(options, err);
}

static bool run(const struct heed_cli_options *options, struct heed_error *err)
{
    struct heed_cli_texts texts = {0};
    struct heed_variant variant;
    if (!check(options, err) || !heed_cli_read_variant(&variant, options, err) ||
        !heed_cli_read_text(&texts, options, &heed_command_rank, err)) {
        return false;
    }
    const struct heed_filter filter = heed_cli_get_filter(options, 0);
    struct heed_pipeline *pipeline = NULL;
    struct heed_pipeline *second = NULL; /* of a second file */
    struct link a = {0};
    struct link b = {0};
    const bool compares = options->compare || options->compare_model;
    const bool ok = heed_cli_open_source(&pipeline, options, err) &&
                    heed_cli_open_second(pipeline, options->compare_model, err) &&
                    find_link(&a, pipeline, texts.items[0], options, &filter, err) &&
                    (!compares || find_compared(&b, &a, pipeline, &second, options, err) ||
                     heed_cli_blame(err, options->compare ? "--compare" : "--compare-model")) &&
                    print_heads(options, &a, &b, &filter, err);
    heed_result_release(a.result);
    heed_result_release(b.result);
    heed_pipeline_close(second);
    heed_pipeline_close(pipeline);
    heed_cli_texts_finish(&texts);
    return ok;
}

static const struct heed_option options_of_rank[] = {
    {HEED_OPTION(TEXT, "from", "NAME", from, "the query: who attends")},
    {HEED_OPTION(TEXT, "to", "NAME", to, "the key: what is attended to")},
    {HEED_OPTION(TEXT, "compare", "TEXT2", compare, "order by the change to this text")},
    {HEED_CLI_COMPARE_MODEL_OPTION},
    {HEED_CLI_PAIR_OPTION},
    {HEED_CLI_FILE_OPTION},
    {HEED_CLI_PART_OPTION},
    {HEED_CLI_STRICT_OPTION},
    {HEED_CLI_MASK_OPTION},
    {HEED_CLI_POSITIONS_OPTION},
    {HEED_CLI_ATTENTION_OPTION},
};

const struct heed_command heed_command_rank = {
    .name = "rank",
    .usage = "TEXT|FILE.safetensors --from NAME --to NAME [--compare TEXT2]",
    .summary = "order all heads by the weight of one link",
    .about = HEED_CLI_ABOUT_NAMES
    "others is what all other tokens give the same key on average: a link that they have\n"
    "as well belongs to the key, not to the pair.\n"
    "With --compare, change is the second text's weight minus the first's. Heads whose\n"
    "link --threshold, --top-p, --top-k or --segments leave out aren't listed. Of\n"
    "a file, --compare is a second one. With --compare-model the second weight is that\n"
    "model's, of the head of the same layer and number.\n" HEED_CLI_ABOUT_FILES,
    .argument = "a text",
    .options = options_of_rank,
    .n_options = HEED_COUNT(options_of_rank),
    .takes = HEED_TAKES_RUN | HEED_TAKES_JSON | HEED_TAKES_MAPS | HEED_TAKES_LINKS,
    .run = run,
};
