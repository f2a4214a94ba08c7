/*
 * Patterns of a tokenizer.json, in the dialect of Oniguruma that the reference
 * compiles them with, run by PCRE2. The classes (\p{L}, \s, \w, \d) are replaced by
 * ranges of core/text/unicode.h before, so that they hold the same characters
 * wherever heed runs; what isn't known to mean the same in both is refused.
 * Immutable once compiled: any thread.
 */
#ifndef HEED_CORE_TEXT_PATTERN_H
#define HEED_CORE_TEXT_PATTERN_H

#include <stdbool.h>
#include <stddef.h>

#include <cjson/cJSON.h>

#include "base/error.h"
#include "core/text/stretch.h"

struct heed_pattern;

/* A part of a stretch: characters [start, end). */
struct heed_part {
    size_t start, end;
    bool is_match;
};

struct heed_parts {
    struct heed_part *parts; /* in an arena; they cover the stretch, in order */
    size_t n, capacity;
};

/* literal: the text itself is what is looked for. path names the file in errors. */
HEED_NODISCARD bool heed_pattern_compile(struct heed_pattern **pattern, const char *text,
                                         bool literal, const char *path, struct heed_error *err);
/* The "pattern" of a rule: {"String": text} or {"Regex": text}. */
HEED_NODISCARD bool heed_pattern_read(struct heed_pattern **pattern, const cJSON *rules,
                                      const char *path, struct heed_error *err);
void heed_pattern_destroy(struct heed_pattern *pattern);

/* False without memory, or when the search takes more steps than are allowed. */
HEED_NODISCARD bool heed_pattern_find(const struct heed_pattern *pattern,
                                      const struct heed_stretch *stretch, struct heed_arena *arena,
                                      struct heed_parts *parts);

/* One more; false without memory. */
HEED_NODISCARD bool heed_parts_put(struct heed_parts *parts, struct heed_arena *arena, size_t start,
                                   size_t end, bool is_match);

#endif
