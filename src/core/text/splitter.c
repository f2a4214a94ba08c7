#include "core/text/splitter.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/compiler.h"
#include "base/utf8.h"
#include "core/model/json.h"
#include "core/text/bytes.h"
#include "core/text/unicode.h"

const char heed_gpt2_pattern[] =
    "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+";

/* ---- reading ---- */

struct reading {
    struct heed_splitter *splitter;
    const char *path;
    struct heed_error *err;
    int depth;
};

static bool read_rules(struct reading *reading, const cJSON *rules);

static bool fail_value(const struct reading *reading, const cJSON *rules, const char *key)
{
    return heed_error_set(reading->err, HEED_ERROR_UNSUPPORTED,
                          "'%s': its pre_tokenizer %.50s has a %s that heed doesn't read",
                          reading->path, heed_json_find_string(rules, "type", ""), key);
}

static bool add(struct reading *reading, struct heed_split_step step)
{
    struct heed_splitter *splitter = reading->splitter;
    if (!heed_array_reserve(&splitter->steps, &splitter->capacity, splitter->n + 1, sizeof step)) {
        heed_pattern_destroy(step.pattern);
        return heed_error_set(reading->err, HEED_ERROR_MEMORY, "no memory left to open '%s'",
                              reading->path);
    }
    splitter->steps[splitter->n++] = step;
    return true;
}

static bool read_behavior(const struct reading *reading, const cJSON *rules,
                          enum heed_split_behavior *behavior)
{
    static const char *const names[][2] = {
        [HEED_SPLIT_ISOLATED] = {"Isolated", "isolated"},
        [HEED_SPLIT_REMOVED] = {"Removed", "removed"},
        [HEED_SPLIT_CONTIGUOUS] = {"Contiguous", "contiguous"},
        [HEED_SPLIT_WITH_PREVIOUS] = {"MergedWithPrevious", "merged_with_previous"},
        [HEED_SPLIT_WITH_NEXT] = {"MergedWithNext", "merged_with_next"},
    };
    const char *name = heed_json_find_string(rules, "behavior", "Isolated");
    for (size_t i = 0; i < HEED_COUNT(names); i++) {
        if (strcmp(names[i][0], name) == 0 || strcmp(names[i][1], name) == 0) {
            *behavior = (enum heed_split_behavior)i;
            return true;
        }
    }
    return fail_value(reading, rules, "behavior");
}

/* The one character of a string. */
static bool read_letter(const struct reading *reading, const cJSON *rules, const char *key,
                        const char *fallback, uint32_t *c)
{
    const char *text = heed_json_find_string(rules, key, fallback);
    const size_t length = strlen(text);
    return (length > 0 && heed_utf8_decode(text, length, c) == length) ||
           fail_value(reading, rules, key);
}

static bool read_sequence(struct reading *reading, const cJSON *rules)
{
    const cJSON *item = NULL;
    cJSON_ArrayForEach(item, heed_json_find(rules, "pretokenizers"))
    {
        if (!read_rules(reading, item)) {
            return false;
        }
    }
    return true;
}

static bool is_sign(uint32_t c)
{
    return (heed_unicode_classify(c) & HEED_UNICODE_PUNCTUATION) != 0;
}

static bool read_bert(struct reading *reading, const cJSON *rules)
{
    (void)rules;
    return add(reading, (struct heed_split_step){.is_match = heed_unicode_is_space,
                                                 .behavior = HEED_SPLIT_REMOVED}) &&
           add(reading, (struct heed_split_step){.is_match = is_sign});
}

/* Runs of word letters and runs of other signs. */
static bool read_whitespace(struct reading *reading, const cJSON *rules)
{
    (void)rules;
    return add(reading, (struct heed_split_step){.is_match = heed_unicode_is_space,
                                                 .behavior = HEED_SPLIT_REMOVED}) &&
           add(reading, (struct heed_split_step){.is_match = heed_unicode_is_word,
                                                 .behavior = HEED_SPLIT_CONTIGUOUS});
}

static bool read_digits(struct reading *reading, const cJSON *rules)
{
    const bool each = heed_json_find_bool(rules, "individual_digits", false);
    return add(reading, (struct heed_split_step){.is_match = heed_unicode_is_numeric,
                                                 .behavior = each ? HEED_SPLIT_ISOLATED
                                                                  : HEED_SPLIT_CONTIGUOUS});
}

static bool read_punctuation(struct reading *reading, const cJSON *rules)
{
    struct heed_split_step step = {.is_match = is_sign};
    return read_behavior(reading, rules, &step.behavior) && add(reading, step);
}

static bool read_delimiter(struct reading *reading, const cJSON *rules)
{
    struct heed_split_step step = {.behavior = HEED_SPLIT_REMOVED};
    return read_letter(reading, rules, "delimiter", "", &step.letter) && add(reading, step);
}

static bool read_split(struct reading *reading, const cJSON *rules)
{
    struct heed_split_step step = {.invert = heed_json_find_bool(rules, "invert", false)};
    return read_behavior(reading, rules, &step.behavior) &&
           heed_pattern_read(&step.pattern, rules, reading->path, reading->err) &&
           add(reading, step);
}

static bool read_bytes(struct reading *reading, const cJSON *rules)
{
    struct heed_split_step step = {.to_bytes = true, .keeps_spaces = true};
    if (heed_json_find_bool(rules, "add_prefix_space", true)) {
        step.blank = ' ';
        step.prepend = HEED_PREPEND_ALWAYS;
    }
    if (heed_json_find_bool(rules, "use_regex", true) &&
        !heed_pattern_compile(&step.pattern, heed_gpt2_pattern, false, reading->path,
                              reading->err)) {
        return false;
    }
    return add(reading, step);
}

static bool read_metaspace(struct reading *reading, const cJSON *rules)
{
    static const char *const schemes[] = {"never", "first", "always"};
    struct heed_split_step step = {.behavior = HEED_SPLIT_WITH_NEXT};
    const bool before = heed_json_find_bool(rules, "add_prefix_space", true);
    const char *scheme =
        heed_json_find_string(rules, "prepend_scheme", before ? "always" : "never");
    size_t i = 0;
    while (i < HEED_COUNT(schemes) && strcmp(schemes[i], scheme) != 0) {
        i++;
    }
    if (i == HEED_COUNT(schemes)) {
        return fail_value(reading, rules, "prepend_scheme");
    }
    step.prepend = (enum heed_split_prepend)i;
    if (!read_letter(reading, rules, "replacement", "\xE2\x96\x81", &step.blank)) {
        return false;
    }
    step.letter = heed_json_find_bool(rules, "split", true) ? step.blank : 0;
    return add(reading, step);
}

static bool read_whitespace_split(struct reading *reading, const cJSON *rules)
{
    (void)rules;
    return add(reading, (struct heed_split_step){.is_match = heed_unicode_is_space,
                                                 .behavior = HEED_SPLIT_REMOVED});
}

static const struct {
    const char *type;
    bool (*read)(struct reading *reading, const cJSON *rules);
} rows[] = {
    {"BertPreTokenizer", read_bert},
    {"ByteLevel", read_bytes},
    {"Metaspace", read_metaspace},
    {"Whitespace", read_whitespace},
    {"WhitespaceSplit", read_whitespace_split},
    {"Sequence", read_sequence},
    {"Split", read_split},
    {"Punctuation", read_punctuation},
    {"Digits", read_digits},
    {"CharDelimiterSplit", read_delimiter},
    {"Delimiter", read_delimiter},
};

static bool read_rules(struct reading *reading, const cJSON *rules)
{
    enum { MOST_DEPTH = 8, MOST_STEPS = 20 };
    const char *type = heed_json_find_string(rules, "type", "without a type");
    if (++reading->depth > MOST_DEPTH || reading->splitter->n > MOST_STEPS) {
        return fail_value(reading, rules, "number of steps");
    }
    for (size_t i = 0; i < HEED_COUNT(rows); i++) {
        if (strcmp(rows[i].type, type) == 0) {
            const bool ok = rows[i].read(reading, rules);
            reading->depth--;
            return ok;
        }
    }
    return heed_error_set(reading->err, HEED_ERROR_UNSUPPORTED,
                          "'%s': its pre_tokenizer is %.50s, which heed doesn't read",
                          reading->path, type);
}

bool heed_splitter_read(struct heed_splitter *splitter, const cJSON *rules, const char *path,
                        struct heed_error *err)
{
    struct reading reading = {.splitter = splitter, .path = path, .err = err};
    return !rules || read_rules(&reading, rules);
}

void heed_splitter_finish(struct heed_splitter *splitter)
{
    for (size_t i = 0; i < splitter->n; i++) {
        heed_pattern_destroy(splitter->steps[i].pattern);
    }
    free(splitter->steps);
    *splitter = (struct heed_splitter){0};
}
