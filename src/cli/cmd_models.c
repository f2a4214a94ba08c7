#include <stdio.h>
#include <string.h>

#include "base/compiler.h"
#include "cli/commands.h"
#include "core/engine/catalog.h"

static void put_string(struct heed_buffer *out, const char *key, const char *text)
{
    heed_buffer_printf(out, ",\"%s\":", key);
    if (text[0] != '\0') {
        heed_buffer_put_json(out, text, strlen(text));
    } else {
        heed_buffer_puts(out, "null");
    }
}

static void put_object(struct heed_buffer *out, const struct heed_model_facts *it)
{
    heed_buffer_printf(out, "{\"loads\":%s", it->loads ? "true" : "false");
    put_string(out, "why", it->loads ? "" : it->why.text);
    put_string(out, "name", it->entry.name);
    put_string(out, "owner", it->entry.owner);
    put_string(out, "folder", it->entry.folder);
    put_string(out, "place", it->entry.place);
    put_string(out, "architecture", it->architecture);
    heed_buffer_printf(out, ",\"layers\":%d,\"heads\":%d,\"head_width\":%d", it->n_layers,
                       it->n_heads, it->head_dim);
    heed_buffer_printf(out, ",\"parameters\":%zu,\"bytes\":%zu", it->n_parameters, it->bytes);
    put_string(out, "numbers", it->numbers);
    put_string(out, "tokenizer", it->tokenizer);
    heed_buffer_printf(out, ",\"vocabulary\":%d,\"max_tokens\":%d,\"segments\":%d", it->vocabulary,
                       it->max_tokens, it->n_segments);
    put_string(out, "licence", it->licence);
    put_string(out, "mask", it->mask);
    put_string(out, "classes", it->classes);
    heed_buffer_printf(out, ",\"similarity\":%s", it->has_similarity ? "true" : "false");
    put_string(out, "notes", it->notes);
    heed_buffer_puts(out, "}");
}

static void put_size(char *text, size_t size, size_t bytes)
{
    if (bytes == 0) {
        snprintf(text, size, "-");
    } else {
        snprintf(text, size, bytes < 1000000 ? "%.1f MB" : "%.0f MB", (double)bytes / 1e6);
    }
}

/* "owner/name", as --model takes it. */
static void put_name(char *text, size_t size, const struct heed_model_entry *entry)
{
    snprintf(text, size, "%s%s%s", entry->owner, entry->owner[0] != '\0' ? "/" : "", entry->name);
}

static void put_row(struct heed_buffer *out, const struct heed_model_facts *it, int name_width)
{
    char name[2 * HEED_MODEL_NAME + 2];
    char shape[24];
    char bytes[24];
    put_name(name, sizeof name, &it->entry);
    snprintf(shape, sizeof shape, "%dx%d", it->n_layers, it->n_heads);
    put_size(bytes, sizeof bytes, it->bytes);
    heed_buffer_printf(out, "  %-*s  %-11s %6s %9s  %-13s ", name_width, name,
                       it->architecture[0] != '\0' ? it->architecture : "-",
                       it->n_layers > 0 ? shape : "-", bytes,
                       it->licence[0] != '\0' ? it->licence : "-");
    if (!it->loads) {
        heed_buffer_printf(out, "not read: %s\n", it->why.text);
        return;
    }
    heed_buffer_printf(out, "attention%s%s%s%s%s\n", it->mask[0] != '\0' ? ", predictions at " : "",
                       it->mask, it->classes[0] != '\0' ? ", classes of a " : "", it->classes,
                       it->has_similarity ? ", similarity" : "");
    if (it->notes[0] != '\0') {
        heed_buffer_printf(out, "  %-*s  note: %s\n", name_width, "", it->notes);
    }
}

static void put_all(struct heed_buffer *out, const struct heed_catalog *catalog, int n, bool json)
{
    char name[2 * HEED_MODEL_NAME + 2];
    const char *place = "";
    int width = 20;
    for (int i = 0; i < n; i++) {
        put_name(name, sizeof name, &heed_catalog_get(catalog, i)->entry);
        width = (int)strlen(name) > width ? (int)strlen(name) : width;
    }
    heed_buffer_puts(out, json ? "{\"models\":[" : "");
    for (int i = 0; i < n; i++) {
        const struct heed_model_facts *it = heed_catalog_get(catalog, i);
        if (json) {
            heed_buffer_puts(out, i > 0 ? "," : "");
            put_object(out, it);
            continue;
        }
        if (strcmp(place, it->entry.place) != 0) {
            place = it->entry.place;
            heed_buffer_printf(out, "%s%s%s\n", i > 0 ? "\n" : "",
                               it->entry.is_of_hub ? "the Hugging Face cache, " : "", place);
        }
        put_row(out, it, width);
    }
    heed_buffer_puts(out, json ? "]}\n" : "");
}

static bool run(const struct heed_cli_options *options, struct heed_error *err)
{
    struct heed_catalog *catalog = NULL;
    struct heed_buffer out = {0};
    bool is_done = false;
    if (!heed_catalog_create(&catalog, NULL, 0, NULL, NULL, err)) {
        return false;
    }
    heed_catalog_wait(catalog);
    const int n = heed_catalog_count(catalog, &is_done);
    put_all(&out, catalog, n, options->json);
    heed_catalog_destroy(catalog);
    if (n == 0 && !options->json) {
        heed_cli_note("no models found: ./run fetches one; docs/models.md says how to get others");
    }
    return heed_cli_print_end(&out, err);
}

const struct heed_command heed_command_models = {
    .name = "models",
    .usage = "[--json]",
    .summary = "list the models on this machine, and what each shows",
    .about = "Looks in heed/models of the data folders ($XDG_DATA_HOME, ../share beside the\n"
             "program, $XDG_DATA_DIRS, $XDG_CACHE_HOME) and in the Hugging Face cache\n"
             "($HF_HUB_CACHE, $HF_HOME/hub, else ~/.cache/huggingface/hub). --model takes each by\n"
             "its name, owner/name or name alone. One that heed doesn't read is listed with why.\n",
    .takes = HEED_TAKES_JSON,
    .run = run,
};
