/* What a tokenizer puts around a text and its pair: "post_processor". */
#include <string.h>

#include "base/array.h"
#include "base/compiler.h"
#include "core/model/json.h"
#include "core/text/settings_source.h"

struct reading {
    struct heed_tokenizer_settings *settings;
    const struct heed_settings_source *source;
    struct heed_error *err;
    int depth;
};

static bool read_processor(struct reading *reading, const cJSON *processor);

static bool fail(const struct reading *reading, const char *type)
{
    return heed_error_set(reading->err, HEED_ERROR_UNSUPPORTED,
                          "'%s': its post_processor %.50s isn't one that heed reads: a template of "
                          "tokens around A, and A and B",
                          reading->source->path, type);
}

static bool put_item(const struct reading *reading, struct heed_template *out,
                     struct heed_template_item item)
{
    enum { MOST_ITEMS = 64 };
    if (out->n == MOST_ITEMS) {
        return fail(reading, "of too many tokens");
    }
    if (!heed_array_reserve(&out->items, &out->capacity, out->n + 1, sizeof item)) {
        return heed_settings_fail_memory(reading->source, reading->err);
    }
    out->items[out->n++] = item;
    out->n_tokens += item.sequence < 0;
    return true;
}

static bool put_token(const struct reading *reading, struct heed_template *out, const char *content,
                      int type)
{
    const int32_t id = heed_settings_find_id(reading->settings, content);
    if (id < 0) {
        return heed_error_set(reading->err, HEED_ERROR_FORMAT,
                              "'%s': its vocabulary has no '%.50s'; fetch the file again",
                              reading->source->path, content);
    }
    return put_item(reading, out, (struct heed_template_item){-1, id, type});
}

/* The ids that the file gives a token of the template, else its own. */
static bool put_special(const struct reading *reading, struct heed_template *out,
                        const cJSON *processor, const char *name, int type)
{
    const cJSON *special = heed_json_find(heed_json_find(processor, "special_tokens"), name);
    const cJSON *ids = heed_json_find(special, "ids");
    const cJSON *item = NULL;
    if (!ids) {
        return put_token(reading, out, name, type);
    }
    cJSON_ArrayForEach(item, ids)
    {
        size_t id = 0;
        if (!heed_json_is_size(item, &id) || id > HEED_VOCABULARY_MAX_ID) {
            return fail(reading, "has an id that is none and");
        }
        if (!put_item(reading, out, (struct heed_template_item){-1, (int32_t)id, type})) {
            return false;
        }
    }
    return true;
}

static int find_type(const cJSON *part)
{
    const cJSON *type = heed_json_find(part, "type_id");
    const bool fits = cJSON_IsNumber(type) && type->valuedouble >= 0 && type->valuedouble <= 1000;
    return fits ? (int)type->valuedouble : 0;
}

/* A once, and in a pair B once behind it. */
static bool read_items(const struct reading *reading, const cJSON *processor, const char *key,
                       struct heed_template *out)
{
    const bool is_pair = strcmp(key, "pair") == 0;
    const cJSON *item = NULL;
    int next = 0;
    cJSON_ArrayForEach(item, heed_json_find(processor, key))
    {
        const cJSON *special = heed_json_find(item, "SpecialToken");
        const cJSON *part = special ? special : heed_json_find(item, "Sequence");
        const char *name = heed_json_find_string(part, "id", "");
        const int type = find_type(part);
        if (special) {
            if (!put_special(reading, out, processor, name, type)) {
                return false;
            }
            continue;
        }
        if (strcmp(name, next == 0 ? "A" : "B") != 0 || next > is_pair) {
            return fail(reading, "TemplateProcessing");
        }
        if (!put_item(reading, out, (struct heed_template_item){(int8_t)next++, 0, type})) {
            return false;
        }
    }
    return next == 1 + is_pair || fail(reading, "TemplateProcessing");
}

static bool read_template(struct reading *reading, const cJSON *processor)
{
    return read_items(reading, processor, "single", &reading->settings->single) &&
           read_items(reading, processor, "pair", &reading->settings->pair);
}

/* ["[SEP]", 102]: its id, or that of its content. */
static bool put_named(const struct reading *reading, struct heed_template *out, const cJSON *token,
                      int type)
{
    const cJSON *content = cJSON_GetArrayItem(token, 0);
    size_t id = 0;
    if (heed_json_is_size(cJSON_GetArrayItem(token, 1), &id) && id <= HEED_VOCABULARY_MAX_ID) {
        return put_item(reading, out, (struct heed_template_item){-1, (int32_t)id, type});
    }
    return cJSON_IsString(content) ? put_token(reading, out, content->valuestring, type)
                                   : fail(reading, "without its tokens");
}

/* cls A sep, and cls A sep B sep, or, doubled, cls A sep sep B sep. */
static bool read_two_tokens(struct reading *reading, const cJSON *processor, int b_type,
                            bool doubled)
{
    const cJSON *cls = heed_json_find(processor, "cls");
    const cJSON *sep = heed_json_find(processor, "sep");
    for (int pair = 0; pair < 2; pair++) {
        struct heed_template *out = pair ? &reading->settings->pair : &reading->settings->single;
        const bool ok =
            put_named(reading, out, cls, 0) &&
            put_item(reading, out, (struct heed_template_item){.sequence = 0}) &&
            put_named(reading, out, sep, 0) &&
            (!pair || !doubled || put_named(reading, out, sep, 0)) &&
            (!pair ||
             (put_item(reading, out, (struct heed_template_item){.sequence = 1, .type = b_type}) &&
              put_named(reading, out, sep, b_type)));
        if (!ok) {
            return false;
        }
    }
    return true;
}

static bool read_bert(struct reading *reading, const cJSON *processor)
{
    return read_two_tokens(reading, processor, 1, false);
}

static bool read_bytes(struct reading *reading, const cJSON *processor)
{
    reading->settings->trims_offsets = heed_json_find_bool(processor, "trim_offsets", true);
    reading->settings->keeps_prefix_space =
        heed_json_find_bool(processor, "add_prefix_space", true);
    return true;
}

static bool read_roberta(struct reading *reading, const cJSON *processor)
{
    return read_bytes(reading, processor) && read_two_tokens(reading, processor, 0, true);
}

static bool read_sequence(struct reading *reading, const cJSON *processor)
{
    const cJSON *item = NULL;
    cJSON_ArrayForEach(item, heed_json_find(processor, "processors"))
    {
        if (!read_processor(reading, item)) {
            return false;
        }
    }
    return true;
}

static const struct {
    const char *type;
    bool (*read)(struct reading *reading, const cJSON *processor);
} rows[] = {
    {"TemplateProcessing", read_template}, {"BertProcessing", read_bert},
    {"RobertaProcessing", read_roberta},   {"ByteLevel", read_bytes},
    {"Sequence", read_sequence},
};

static bool read_processor(struct reading *reading, const cJSON *processor)
{
    const char *type = heed_json_find_string(processor, "type", "without a type");
    for (size_t i = 0; i < HEED_COUNT(rows); i++) {
        if (strcmp(rows[i].type, type) == 0) {
            /* Only one may have tokens: a second would stand around the first's. */
            return (reading->settings->single.n == 0 || rows[i].read == read_bytes) &&
                           ++reading->depth < 10
                       ? rows[i].read(reading, processor)
                       : fail(reading, type);
        }
    }
    return fail(reading, type);
}

/* Without tokens: A, and A B. */
static bool read_nothing(struct reading *reading)
{
    struct heed_tokenizer_settings *settings = reading->settings;
    return put_item(reading, &settings->single, (struct heed_template_item){.sequence = 0}) &&
           put_item(reading, &settings->pair, (struct heed_template_item){.sequence = 0}) &&
           put_item(reading, &settings->pair,
                    (struct heed_template_item){.sequence = 1, .type = 1});
}

bool heed_settings_read_template(struct heed_tokenizer_settings *settings,
                                 const struct heed_settings_source *source, struct heed_error *err)
{
    struct reading reading = {settings, source, err, 0};
    const cJSON *processor = heed_json_find(source->tokenizer, "post_processor");
    return (!processor || read_processor(&reading, processor)) &&
           (settings->single.n > 0 || read_nothing(&reading));
}
