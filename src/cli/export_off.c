#include "cli/export_off.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/commands.h"
#include "cli/export_values.h"
#include "state/interventions.h"

enum { MOST_ITEM = 512 };

static const struct heed_head_id every_head = {-1, -1};

static void trim_end(char *text)
{
    size_t length = strlen(text);
    while (length > 0 && text[length - 1] == ' ') {
        text[--length] = '\0';
    }
}

/* The next part of *list up to the separator, without blanks around it. False
 * at the end. One that doesn't fit is left empty. */
static bool next_part(const char **list, char separator, char part[MOST_ITEM])
{
    if (*list == NULL) {
        return false;
    }
    const char *end = heed_names_next(*list, separator);
    const char *from = *list + strspn(*list, " ");
    const char *to = end != NULL ? end : from + strlen(from);
    const size_t length = to > from ? (size_t)(to - from) : 0;
    snprintf(part, MOST_ITEM, "%.*s", length < MOST_ITEM ? (int)length : 0, from);
    trim_end(part);
    *list = end != NULL ? end + 1 : NULL;
    return true;
}

/* As heed_export_parse_heads, in the words of another option. */
static bool read_heads(const char *option, const char *list, const struct heed_model_config *config,
                       struct heed_head_id *heads, int *n, struct heed_error *err)
{
    struct heed_error own = {0};
    if (heed_export_parse_heads(list, config, heads, n, &own)) {
        return true;
    }
    if (own.code == HEED_ERROR_USAGE) {
        return heed_error_set(err, own.code, "--%s can't be '%.40s'; write heads as L3H1,L5H11",
                              option, list);
    }
    return heed_error_set(err, own.code, "%s", own.text);
}

static bool set_factor(struct heed_state *state, struct heed_head_id id, float factor,
                       struct heed_error *err)
{
    return heed_state_set_factor(state, id, factor) ||
           heed_error_set(err, HEED_ERROR_USAGE, "no more than %d heads can be muted or scaled",
                          (int)HEED_MAX_MUTED);
}

static bool mute(struct heed_state *state, const char *list, const struct heed_model_config *config,
                 struct heed_error *err)
{
    struct heed_head_id heads[HEED_MAX_SHOWN];
    int n = 0;
    if (list == NULL) {
        return true;
    }
    bool ok = read_heads("mute", list, config, heads, &n, err);
    for (int i = 0; ok && i < n; i++) {
        ok = set_factor(state, heads[i], 0, err);
    }
    return ok;
}

static bool scale(struct heed_state *state, const char *list,
                  const struct heed_model_config *config, struct heed_error *err)
{
    char part[MOST_ITEM];
    while (next_part(&list, ',', part)) {
        struct heed_head_id heads[HEED_MAX_SHOWN];
        int n = 0;
        char *sign = strchr(part, '=');
        char *end = NULL;
        const float factor = sign != NULL ? strtof(sign + 1, &end) : 0;
        if (sign == NULL || end == sign + 1 || *end != '\0' || !(fabsf(factor) <= 1000)) {
            return heed_error_set(err, HEED_ERROR_USAGE,
                                  "--scale can't be '%.40s'; write factors as L3H1=0.5,L5H11=2",
                                  part);
        }
        *sign = '\0';
        if (!read_heads("scale", part, config, heads, &n, err) ||
            !set_factor(state, heads[0], factor, err)) {
            return false;
        }
    }
    return true;
}

/* What links are cut of: the text's tokens, before any run. */
struct words {
    const struct heed_tokenizer *tokenizer;
    const struct heed_encoding *encoding;
    const struct heed_cli_options *options;
};

static bool find_word(const struct words *words, const char *word, struct heed_token_range *range,
                      struct heed_error *err)
{
    return heed_cli_find_name(range, words->options, words->tokenizer, words->encoding,
                              HEED_CLI_QUERIES, word, err);
}

static bool fail_cut(const char *part, struct heed_error *err)
{
    return heed_error_set(err, HEED_ERROR_USAGE,
                          "--cut can't be '%.40s'; write links as 'it->animal@L3H1,L5H11', several "
                          "with ';' between; without @ in every head",
                          part);
}

static bool add_cut(struct heed_state *state, const struct heed_cut_link *link,
                    struct heed_error *err)
{
    return heed_state_add_cut(state, link) ||
           heed_error_set(err, HEED_ERROR_USAGE, "no more than %d links can be cut",
                          (int)HEED_MAX_CUTS);
}

/* True behind the "@" of a name's place: "40-42". */
static bool is_place(const char *at)
{
    static const char digits[] = "0123456789";
    const size_t n = strspn(at, digits);
    const size_t m = at[n] == '-' ? strspn(at + n + 1, digits) : 0;
    return n > 0 && m > 0 && at[n + 1 + m] == '\0';
}

/* The last "@", which is before heads unless it is that of a name's place. */
static char *find_heads(char *part)
{
    char *found = NULL;
    for (const char *at = heed_names_next(part, '@'); at; at = heed_names_next(at + 1, '@')) {
        found = part + (at - part);
    }
    return found && !is_place(found + 1) ? found : NULL;
}

/* "it->animal@L3H1" */
static bool cut_one(struct heed_state *state, char *part, const struct heed_model_config *config,
                    const struct words *words, struct heed_error *err)
{
    struct heed_cut_link link = {.head = every_head};
    struct heed_head_id heads[HEED_MAX_SHOWN];
    int n = 0;
    char *arrow = strstr(part, "->");
    char *at = find_heads(part);
    if (arrow == NULL || arrow == part || (at != NULL && at < arrow)) {
        return fail_cut(part, err);
    }
    if (at != NULL) {
        *at = '\0';
        if (!read_heads("cut", at + 1, config, heads, &n, err)) {
            return false;
        }
    }
    *arrow = '\0';
    char *key = arrow + 2 + strspn(arrow + 2, " ");
    trim_end(part);
    trim_end(key);
    if (!find_word(words, part, &link.query, err) || !find_word(words, key, &link.key, err)) {
        return false;
    }
    bool ok = n > 0 || add_cut(state, &link, err);
    for (int i = 0; ok && i < n; i++) {
        link.head = heads[i];
        ok = add_cut(state, &link, err);
    }
    return ok;
}

static bool cut(struct heed_state *state, const struct heed_cli_options *options,
                const struct heed_pipeline *pipeline, struct heed_error *err)
{
    const char *list = options->cut;
    const struct heed_tokenizer *tokenizer = heed_pipeline_get_tokenizer(pipeline);
    const struct heed_tokenize_options whole = {0};
    struct heed_encoding *encoding = NULL;
    char part[MOST_ITEM];
    if (list == NULL) {
        return true;
    }
    if (!heed_tokenize(&encoding, tokenizer, state->text, strlen(state->text), state->pair,
                       state->pair != NULL ? strlen(state->pair) : 0, whole, err)) {
        return false;
    }
    const struct words words = {tokenizer, encoding, options};
    bool ok = true;
    while (ok && next_part(&list, ';', part)) {
        ok = cut_one(state, part, heed_model_get_config(heed_pipeline_get_model(pipeline)), &words,
                     err);
    }
    heed_encoding_destroy(encoding);
    return ok;
}

bool heed_export_switch_off(struct heed_state *state, const struct heed_cli_options *options,
                            const struct heed_pipeline *pipeline, struct heed_error *err)
{
    const struct heed_model_config *config = heed_pipeline_get_config(pipeline);
    return scale(state, options->scale, config, err) && mute(state, options->mute, config, err) &&
           cut(state, options, pipeline, err);
}
