#include "core/text/normaliser.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/buffer.h"
#include "base/compiler.h"
#include "base/utf8.h"
#include "core/model/json.h"
#include "core/text/normal_steps.h"

/* ---- reading ---- */

struct reading {
    struct heed_normaliser *normaliser;
    struct heed_arena *arena;
    const char *path;
    struct heed_error *err;
    int depth;
};

static bool read_rules(struct reading *reading, const cJSON *rules);

static bool fail_memory(const struct reading *reading)
{
    return heed_error_set(reading->err, HEED_ERROR_MEMORY, "no memory left to open '%s'",
                          reading->path);
}

static bool fail_rule(const struct reading *reading, const char *type, const char *key)
{
    return heed_error_set(reading->err, HEED_ERROR_UNSUPPORTED,
                          "'%s': its normalizer %s has %s that heed doesn't read", reading->path,
                          type, key);
}

static bool add(struct reading *reading, struct heed_normal_step step)
{
    struct heed_normaliser *normaliser = reading->normaliser;
    if (!heed_array_reserve(&normaliser->steps, &normaliser->capacity, normaliser->n + 1,
                            sizeof step)) {
        heed_pattern_destroy(step.pattern);
        return fail_memory(reading);
    }
    normaliser->steps[normaliser->n++] = step;
    return true;
}

static bool read_content(struct reading *reading, const cJSON *rules, const char *key,
                         struct heed_normal_step *step)
{
    const char *text = heed_json_find_string(rules, key, NULL);
    if (!text) {
        return fail_rule(reading, heed_json_find_string(rules, "type", ""), key);
    }
    const struct heed_stretch read = heed_stretch_read(text, strlen(text), 0, reading->arena);
    uint32_t *content = heed_arena_zeroed(reading->arena, read.n + 1, sizeof *content);
    if (!read.chars || !content) {
        return fail_memory(reading);
    }
    for (size_t i = 0; i < read.n; i++) {
        content[i] = read.chars[i].c;
    }
    step->content = content;
    step->n_content = read.n;
    return true;
}

static bool read_bert(struct reading *reading, const cJSON *rules)
{
    const bool lower = heed_json_find_bool(rules, "lowercase", true);
    const struct {
        bool wanted;
        struct heed_normal_step step;
    } steps[] = {
        {heed_json_find_bool(rules, "clean_text", true), {.run = heed_normal_clean}},
        {heed_json_find_bool(rules, "handle_chinese_chars", true), {.run = heed_normal_space_cjk}},
        {heed_json_find_bool(rules, "strip_accents", lower), {.run = heed_normal_form}},
        {heed_json_find_bool(rules, "strip_accents", lower), {.run = heed_normal_strip_marks}},
        {lower, {.run = heed_normal_lower}},
    };
    for (size_t i = 0; i < HEED_COUNT(steps); i++) {
        if (steps[i].wanted && !add(reading, steps[i].step)) {
            return false;
        }
    }
    return true;
}

static bool read_sequence(struct reading *reading, const cJSON *rules)
{
    const cJSON *item = NULL;
    cJSON_ArrayForEach(item, heed_json_find(rules, "normalizers"))
    {
        if (!read_rules(reading, item)) {
            return false;
        }
    }
    return true;
}

static bool read_strip(struct reading *reading, const cJSON *rules)
{
    return add(reading, (struct heed_normal_step){
                            .run = heed_normal_strip,
                            .left = heed_json_find_bool(rules, "strip_left", true),
                            .right = heed_json_find_bool(rules, "strip_right", true),
                        });
}

static bool read_prepend(struct reading *reading, const cJSON *rules)
{
    struct heed_normal_step step = {.run = heed_normal_prepend};
    return read_content(reading, rules, "prepend", &step) && add(reading, step);
}

static bool read_replace(struct reading *reading, const cJSON *rules)
{
    struct heed_normal_step step = {.run = heed_normal_replace};
    const bool ok = heed_pattern_read(&step.pattern, rules, reading->path, reading->err) &&
                    read_content(reading, rules, "content", &step) && add(reading, step);
    if (!ok) {
        heed_pattern_destroy(step.pattern);
    }
    return ok;
}

static bool read_charsmap(struct reading *reading, const cJSON *rules)
{
    struct heed_normal_step step = {.run = heed_normal_charsmap};
    const char *base64 = heed_json_find_string(rules, "precompiled_charsmap", "");
    bool broken = false;
    if (heed_charsmap_read(&step.charsmap, reading->arena, base64, &broken)) {
        return add(reading, step);
    }
    return broken ? heed_error_set(reading->err, HEED_ERROR_FORMAT,
                                   "'%s': its precompiled_charsmap is broken; fetch the file again",
                                   reading->path)
                  : fail_memory(reading);
}

/* What a rule is made of: one step of its own, or what read says. */
static const struct row {
    const char *type;
    bool (*read)(struct reading *reading, const cJSON *rules);
    struct heed_normal_step step;
} rows[] = {
    {.type = "BertNormalizer", .read = read_bert},
    {.type = "Sequence", .read = read_sequence},
    {.type = "Strip", .read = read_strip},
    {.type = "Prepend", .read = read_prepend},
    {.type = "Replace", .read = read_replace},
    {.type = "Precompiled", .read = read_charsmap},
    {.type = "Lowercase", .step = {.run = heed_normal_lower}},
    {.type = "StripAccents", .step = {.run = heed_normal_strip_accents}},
    {.type = "Nmt", .step = {.run = heed_normal_nmt}},
    {.type = "ByteLevel", .step = {.run = heed_normal_bytes}},
    {.type = "NFD", .step = {.run = heed_normal_form}},
    {.type = "NFKD", .step = {.run = heed_normal_form, .compat = true}},
    {.type = "NFC", .step = {.run = heed_normal_form, .composes = true}},
    {.type = "NFKC", .step = {.run = heed_normal_form, .compat = true, .composes = true}},
};

static bool read_rules(struct reading *reading, const cJSON *rules)
{
    enum { MOST_DEPTH = 8, MOST_STEPS = 100 };
    const char *type = heed_json_find_string(rules, "type", "without a type");
    if (++reading->depth > MOST_DEPTH || reading->normaliser->n > MOST_STEPS) {
        return fail_rule(reading, type, "more steps");
    }
    for (size_t i = 0; i < HEED_COUNT(rows); i++) {
        if (strcmp(rows[i].type, type) == 0) {
            const bool ok =
                rows[i].read ? rows[i].read(reading, rules) : add(reading, rows[i].step);
            reading->depth--;
            return ok;
        }
    }
    return heed_error_set(reading->err, HEED_ERROR_UNSUPPORTED,
                          "'%s': its normalizer is %.50s, which heed doesn't read", reading->path,
                          type);
}

bool heed_normaliser_read(struct heed_normaliser *normaliser, struct heed_arena *arena,
                          const cJSON *rules, const char *path, struct heed_error *err)
{
    struct reading reading = {.normaliser = normaliser, .arena = arena, .path = path, .err = err};
    return !rules || read_rules(&reading, rules);
}

void heed_normaliser_finish(struct heed_normaliser *normaliser)
{
    for (size_t i = 0; i < normaliser->n; i++) {
        heed_pattern_destroy(normaliser->steps[i].pattern);
    }
    free(normaliser->steps);
    *normaliser = (struct heed_normaliser){0};
}

/* ---- running ---- */

bool heed_normaliser_run(const struct heed_normaliser *normaliser, struct heed_stretch *stretch,
                         struct heed_arena *arena)
{
    for (size_t i = 0; i < normaliser->n; i++) {
        if (!normaliser->steps[i].run(&normaliser->steps[i], stretch, arena)) {
            return false;
        }
    }
    return true;
}

struct heed_stretch heed_stretch_read(const char *text, size_t length, int32_t position,
                                      struct heed_arena *arena)
{
    const size_t n = heed_utf8_count(text, length);
    struct heed_stretch stretch = {.chars = heed_arena_zeroed(arena, n + 1, sizeof *stretch.chars),
                                   .base = position};
    for (size_t at = 0; stretch.chars && at < length; stretch.n++) {
        struct heed_normal_char *out = &stretch.chars[stretch.n];
        at += heed_utf8_decode(text + at, length - at, &out->c);
        out->start = position++;
        out->end = position;
    }
    return stretch;
}

bool heed_normalise_text(const struct heed_normaliser *normaliser, const char *text, size_t length,
                         char **result, size_t *result_length)
{
    struct heed_arena arena = {0};
    struct heed_buffer out = {0};
    struct heed_stretch stretch = heed_stretch_read(text, length, 0, &arena);
    bool ok = stretch.chars && heed_normaliser_run(normaliser, &stretch, &arena);
    heed_buffer_append(&out, "", 0);
    for (size_t i = 0; ok && i < stretch.n; i++) {
        char bytes[4];
        heed_buffer_append(&out, bytes, heed_utf8_encode(stretch.chars[i].c, bytes));
    }
    heed_arena_finish(&arena);
    if (!ok || out.failed) {
        heed_buffer_finish(&out);
        return false;
    }
    *result = out.data;
    *result_length = out.size;
    return true;
}
