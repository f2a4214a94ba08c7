#include "core/text/settings_note.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/compiler.h"
#include "core/model/json.h"

/* Flags of a step, and what they are where the file has none. */
static const struct {
    const char *part, *type, *key;
    bool otherwise;
} flags[] = {
    {"normalizer", "BertNormalizer", "lowercase", true},
    {"normalizer", "BertNormalizer", "handle_chinese_chars", true},
    {"pre_tokenizer", "ByteLevel", "add_prefix_space", true},
};

static void add(char *names, size_t size, const char *name)
{
    const size_t used = strlen(names);
    snprintf(names + used, size - used, "%s%s", used > 0 ? ", " : "", name);
}

static const char *type_of(const cJSON *root, const char *part)
{
    return heed_json_find_string(heed_json_find(root, part), "type", "none");
}

/* null: as lowercase has it. */
static bool strips_accents(const cJSON *normalizer)
{
    return heed_json_find_bool(normalizer, "strip_accents",
                               heed_json_find_bool(normalizer, "lowercase", true));
}

static void compare_flags(const cJSON *a, const cJSON *b, char *names, size_t size)
{
    for (size_t i = 0; i < HEED_COUNT(flags); i++) {
        const cJSON *x = heed_json_find(a, flags[i].part);
        const cJSON *y = heed_json_find(b, flags[i].part);
        if (strcmp(type_of(a, flags[i].part), flags[i].type) == 0 &&
            strcmp(type_of(b, flags[i].part), flags[i].type) == 0 &&
            heed_json_find_bool(x, flags[i].key, flags[i].otherwise) !=
                heed_json_find_bool(y, flags[i].key, flags[i].otherwise)) {
            add(names, size, flags[i].key);
        }
    }
    if (strcmp(type_of(a, "normalizer"), "BertNormalizer") == 0 &&
        strcmp(type_of(b, "normalizer"), "BertNormalizer") == 0 &&
        strips_accents(heed_json_find(a, "normalizer")) !=
            strips_accents(heed_json_find(b, "normalizer"))) {
        add(names, size, "strip_accents");
    }
}

void heed_settings_note(const cJSON *tokenizer, const cJSON *rules, char *note, size_t size)
{
    static const char *const parts[] = {"normalizer", "pre_tokenizer"};
    char names[120] = "";
    const char *model = heed_json_find_string(heed_json_find(rules, "model"), "type", "");
    note[0] = '\0';
    /* A file that is only a vocabulary says nothing; SentencePiece's rules are written in
     * more than one way. */
    if (!heed_json_find(tokenizer, "pre_tokenizer") || strcmp(model, "Unigram") == 0) {
        return;
    }
    for (size_t i = 0; i < HEED_COUNT(parts); i++) {
        if (strcmp(type_of(tokenizer, parts[i]), type_of(rules, parts[i])) != 0) {
            add(names, sizeof names, parts[i]);
        }
    }
    compare_flags(tokenizer, rules, names, sizeof names);
    if (names[0] != '\0') {
        snprintf(note, size,
                 "tokenizer.json and tokenizer_config.json disagree (%s): the latter holds, as in "
                 "AutoTokenizer",
                 names);
    }
}
