#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/compiler.h"
#include "base/file.h"
#include "core/engine/catalog.h"
#include "core/model/config.h"
#include "core/model/config_note.h"
#include "core/model/locate.h"
#include "core/model/pooling.h"
#include "core/model/shards.h"
#include "core/model/weights.h"
#include "core/text/tokenizer.h"

enum { MAX_README = 1 << 20 };

/* ---- the licence ---- */

/* What the hub calls them, as people do. */
static const struct {
    const char *id, *name;
} licences[] = {
    {"apache-2.0", "Apache 2.0"},
    {"mit", "MIT"},
    {"bsd-3-clause", "BSD"},
    {"bsd-2-clause", "BSD"},
    {"cc-by-4.0", "CC BY 4.0"},
    {"cc-by-sa-4.0", "CC BY-SA 4.0"},
    {"cc-by-nc-4.0", "CC BY-NC 4.0"},
    {"cc-by-sa-3.0", "CC BY-SA 3.0"},
    {"cc0-1.0", "CC0"},
    {"gpl-3.0", "GPL 3"},
    {"agpl-3.0", "AGPL 3"},
    {"unknown", ""},
};

/* "license: mit" between the lines of "---" at the beginning of README.md. */
static void read_licence(struct heed_model_facts *facts, const char *readme)
{
    static const char key[] = "\nlicense:";
    const char *end = strncmp(readme, "---", 3) == 0 ? strstr(readme + 3, "\n---") : NULL;
    const char *at = end ? strstr(readme, key) : NULL;
    if (!at || at > end) {
        return;
    }
    at += strlen(key);
    at += strspn(at, " \t\"'\n-[");
    const size_t length = strcspn(at, "\"'\r\n],#");
    snprintf(facts->licence, sizeof facts->licence, "%.*s", (int)length, at);
    for (size_t i = strlen(facts->licence); i > 0 && facts->licence[i - 1] == ' '; i--) {
        facts->licence[i - 1] = '\0';
    }
    for (size_t i = 0; i < HEED_COUNT(licences); i++) {
        if (strcmp(licences[i].id, facts->licence) == 0) {
            snprintf(facts->licence, sizeof facts->licence, "%s", licences[i].name);
            return;
        }
    }
}

static void find_licence(struct heed_model_facts *facts)
{
    char path[PATH_MAX];
    char *text = NULL;
    size_t size = 0;
    if (heed_path_join(path, sizeof path, facts->entry.folder, "README.md", NULL) &&
        heed_path_exists(path) && heed_file_read_regular(path, MAX_README, &text, &size, NULL)) {
        read_licence(facts, text); /* a NUL lies behind the text */
        free(text);
    }
}

/* What config.json says, even of a model that isn't read. */
static void glimpse(struct heed_model_facts *facts, const char *path)
{
    struct heed_config_glimpse seen = {0};
    if (!heed_config_glimpse(&seen, path)) {
        return;
    }
    const char *name = heed_architecture_get_name(seen.model_type);
    snprintf(facts->architecture, sizeof facts->architecture, "%s", name ? name : seen.model_type);
    facts->n_layers = seen.n_layers;
    facts->n_heads = seen.n_heads;
    static const char *const kinds[] = {"", "sequence", "token"};
    snprintf(facts->classes, sizeof facts->classes, "%s",
             kinds[heed_config_class_kind(seen.class_name)]);
}

/* ---- all of it ---- */

static bool fail(struct heed_model_facts *facts, const char *why)
{
    facts->why_short = why;
    return false;
}

static void add_note(struct heed_model_facts *facts, const char *note)
{
    const size_t used = strlen(facts->notes);
    if (note[0] != '\0') {
        snprintf(facts->notes + used, sizeof facts->notes - used, "%s%s", used > 0 ? "; " : "",
                 note);
    }
}

static bool look_at_weights(struct heed_model_facts *facts, const struct heed_config_file *config,
                            bool *has_mlm)
{
    struct heed_weights_facts weights = {0};
    if (!heed_weights_look(facts->entry.folder, config, &weights, &facts->why)) {
        return fail(facts,
                    facts->why.code == HEED_ERROR_FILE || facts->why.code == HEED_ERROR_UNSUPPORTED
                        ? "its weights"
                        : "broken weights");
    }
    facts->bytes = weights.bytes;
    facts->n_parameters = weights.n_parameters;
    memcpy(facts->numbers, weights.numbers, sizeof facts->numbers);
    *has_mlm = weights.has_mlm_head;
    if (!weights.has_classes) { /* whatever its class is called */
        facts->classes[0] = '\0';
    }
    return true;
}

static bool look_at_tokenizer(struct heed_model_facts *facts, int max_positions, bool has_mlm)
{
    struct heed_tokenizer *tokenizer = NULL;
    if (!heed_tokenizer_open(&tokenizer, facts->entry.folder, max_positions, &facts->why)) {
        return fail(facts, "its tokenizer");
    }
    const int32_t mask = heed_tokenizer_get_mask_id(tokenizer);
    snprintf(facts->tokenizer, sizeof facts->tokenizer, "%s", heed_tokenizer_get_kind(tokenizer));
    facts->vocabulary = heed_tokenizer_count(tokenizer);
    facts->max_tokens = heed_tokenizer_get_limit(tokenizer);
    if (has_mlm && mask >= 0) {
        snprintf(facts->mask, sizeof facts->mask, "%s", heed_tokenizer_get_piece(tokenizer, mask));
    }
    add_note(facts, heed_tokenizer_get_note(tokenizer));
    heed_tokenizer_destroy(tokenizer);
    return true;
}

static bool look(struct heed_model_facts *facts)
{
    struct heed_config_file config = {0};
    char path[PATH_MAX];
    bool has_mlm = false;
    const char *folder = facts->entry.folder;
    if (!heed_model_check_folder(folder, &facts->why)) {
        return fail(facts, "no config.json");
    }
    if (!heed_path_join(path, sizeof path, folder, "config.json", &facts->why)) {
        return fail(facts, "path too long");
    }
    glimpse(facts, path);
    if (!heed_config_read(&config, path, &facts->why)) {
        return fail(facts, facts->why.code == HEED_ERROR_UNSUPPORTED ? "its architecture"
                                                                     : "broken config.json");
    }
    facts->n_segments = config.sizes.n_segments;
    facts->head_dim = config.sizes.head_dim;
    add_note(facts, config.note);
    return look_at_weights(facts, &config, &has_mlm) &&
           look_at_tokenizer(facts, config.sizes.max_positions, has_mlm);
}

void heed_model_describe(struct heed_model_facts *facts)
{
    struct heed_model_entry *entry = &facts->entry;
    if (entry->name[0] == '\0') {
        heed_model_choose_name(entry->name, sizeof entry->name, entry->folder, "");
    }
    find_licence(facts);
    facts->loads = look(facts);
    enum heed_pooling pooling = HEED_POOLING_MEAN;
    bool is_said = false;
    facts->has_similarity = heed_pooling_read(&pooling, &is_said, entry->folder, NULL) && is_said;
}
