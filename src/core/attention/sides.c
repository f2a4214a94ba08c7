#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/utf8.h"
#include "core/attention/private.h"
#include "core/model/json.h"

/* One side of a part while it is read: whose metadata is looked for where. */
struct reading {
    struct heed_attention_file *file;
    struct heed_attention_part *part;
    struct heed_attention_side *side;
    const char *prefix; /* of the part */
    const char *own;    /* "", or "key_" */
    const char *others; /* the part whose tokens these are, too: "decoder/"; NULL: none */
    char where[80];     /* "metadata 'cross/key_tokens'", of what was looked for last */
};

static const char *look(struct reading *reading, const char *a, const char *b, const char *key)
{
    char name[64];
    snprintf(name, sizeof name, "%s%s%s", a, b, key);
    snprintf(reading->where, sizeof reading->where, "metadata '%s'", name);
    return heed_safetensors_get_metadata(reading->file->tensors, name);
}

/* The part's own, that of the part whose tokens they are, or the file's. */
static const char *find(struct reading *reading, const char *key)
{
    const char *text = look(reading, reading->prefix, reading->own, key);
    if (!text && reading->others) {
        text = look(reading, reading->others, "", key);
    }
    if (!text && reading->prefix[0] != '\0') {
        text = look(reading, "", reading->own, key);
    }
    return text;
}

static bool refuse(const struct reading *reading, const char *what, struct heed_error *err)
{
    return heed_attention_refuse(reading->file, reading->where, err, "%s", what);
}

static bool no_memory(const struct reading *reading, struct heed_error *err)
{
    return heed_error_set(err, HEED_ERROR_MEMORY, "no memory left to open '%s'",
                          heed_safetensors_get_path(reading->file->tensors));
}

/* Its JSON, NULL if the file doesn't have it; a list has as many items as there
 * are tokens, or any number (n < 0). */
static bool parse(struct reading *reading, const char *key, int n, cJSON **json,
                  struct heed_error *err)
{
    const char *text = find(reading, key);
    struct heed_error broken = {0};
    *json = NULL;
    if (!text) {
        return true;
    }
    if (!heed_json_parse(json, text, strlen(text), "metadata", &broken)) {
        return broken.code == HEED_ERROR_MEMORY ? no_memory(reading, err)
                                                : refuse(reading, "its JSON can't be read", err);
    }
    const int has = cJSON_GetArraySize(*json);
    if (cJSON_IsArray(*json) ? n < 0 || has == n : n < 0 && cJSON_IsObject(*json)) {
        return true;
    }
    const bool is_list = cJSON_IsArray(*json);
    cJSON_Delete(*json);
    *json = NULL;
    return is_list && n >= 0
               ? heed_attention_refuse(reading->file, reading->where, err,
                                       "it has %d items, and attentions have %d tokens there", has,
                                       n)
               : refuse(reading,
                        n < 0 ? "it must be a JSON object or list" : "it must be a JSON list", err);
}

/* A copy in the arena; control characters as JSON writes them, so that a line
 * feed is seen and breaks no line. */
static const char *copy_label(struct heed_arena *arena, const char *text)
{
    struct heed_buffer out = {0};
    for (const char *at = text; *at; at++) {
        const unsigned char c = (unsigned char)*at;
        const char *short_form = strchr("\nn\tt\rr", c);
        if (c >= 0x20 && c != 0x7F) {
            heed_buffer_append(&out, at, 1);
        } else if (short_form) {
            heed_buffer_printf(&out, "\\%c", short_form[1]);
        } else {
            heed_buffer_printf(&out, "\\u%04x", c);
        }
    }
    char *copy = out.failed ? NULL : heed_arena_copy(arena, out.data ? out.data : "", out.size);
    heed_buffer_finish(&out);
    return copy;
}

/* Takes one item of a list; returns what is wrong with it, or NULL. */
typedef const char *take_item(struct reading *reading, void *to, int index, const cJSON *item);

static const char out_of_memory[] = "no memory";

/* A list with an item a token, into `to`, which is made where the file has it. */
static bool read_list(struct reading *reading, const char *key, take_item *take, size_t size,
                      void **to, struct heed_error *err)
{
    const size_t n = (size_t)reading->side->n;
    cJSON *json = NULL;
    if (!parse(reading, key, reading->side->n, &json, err)) {
        return false;
    }
    if (!json) {
        return true;
    }
    void *made = heed_arena_zeroed(&reading->file->arena, n, size);
    const char *wrong = made ? NULL : out_of_memory;
    const cJSON *item = json->child;
    for (int i = 0; !wrong && item; i++, item = item->next) {
        wrong = take(reading, made, i, item);
    }
    cJSON_Delete(json);
    *to = made;
    if (wrong) {
        return wrong == out_of_memory ? no_memory(reading, err) : refuse(reading, wrong, err);
    }
    return true;
}

static const char *take_string(struct reading *reading, void *to, int index, const cJSON *item)
{
    const char **strings = to;
    if (!cJSON_IsString(item)) {
        return "its items must be strings";
    }
    strings[index] = copy_label(&reading->file->arena, item->valuestring);
    return strings[index] ? NULL : out_of_memory;
}

static bool read_int(const cJSON *item, int most, int32_t *value)
{
    size_t number = 0;
    if (!heed_json_is_size(item, &number) || number > (size_t)most) {
        return false;
    }
    *value = (int32_t)number;
    return true;
}

static const char *take_id(struct reading *reading, void *to, int index, const cJSON *item)
{
    (void)reading;
    int32_t *ids = to;
    return read_int(item, INT32_MAX, &ids[index]) ? NULL : "its items must be ids from 0 on";
}

static const char *take_segment(struct reading *reading, void *to, int index, const cJSON *item)
{
    (void)reading;
    int32_t *segments = to;
    return read_int(item, 1, &segments[index]) ? NULL : "its items must be 0 or 1";
}

/* As the file numbers them; -1 for null. */
static const char *take_word(struct reading *reading, void *to, int index, const cJSON *item)
{
    (void)reading;
    int32_t *words = to;
    words[index] = -1;
    return cJSON_IsNull(item) || read_int(item, INT32_MAX, &words[index])
               ? NULL
               : "its items must be numbers of words from 0 on, or null";
}

static const char *take_offset(struct reading *reading, void *to, int index, const cJSON *item)
{
    int32_t *offset = (int32_t *)to + 2 * (size_t)index;
    const struct heed_attention_side *side = reading->side;
    const bool of_pair = side->segments && side->segments[index] == 1;
    const char *text = of_pair ? side->pair : side->text;
    if (!cJSON_IsArray(item) || cJSON_GetArraySize(item) != 2 ||
        !read_int(item->child, INT32_MAX, &offset[0]) ||
        !read_int(item->child->next, INT32_MAX, &offset[1]) || offset[0] > offset[1]) {
        return "its items must be [start, end], in code points of the text";
    }
    if (offset[1] > 0 && !text) {
        return "it needs a text that it is of";
    }
    return offset[1] == 0 || (size_t)offset[1] <= heed_utf8_count(text, strlen(text))
               ? NULL
               : "it reaches past the text's end";
}

/* Words become numbers that never fall: a text and its pair may both begin at 0. */
static void number_words(int32_t *words, int n)
{
    int32_t before = -1;
    int32_t last = -1;
    for (int i = 0; i < n; i++) {
        const int32_t of_file = words[i];
        if (of_file >= 0) {
            last += of_file != before;
            words[i] = last;
        }
        before = of_file;
    }
}

/* A list of places, not of one item a token. */
static bool read_special(struct reading *reading, struct heed_error *err)
{
    const int n = reading->side->n;
    cJSON *json = NULL;
    if (!parse(reading, "special", -1, &json, err)) {
        return false;
    }
    if (!json) {
        return true;
    }
    bool *special = heed_arena_zeroed(&reading->file->arena, (size_t)n, sizeof *special);
    bool ok = special || no_memory(reading, err);
    for (const cJSON *item = json->child; ok && item; item = item->next) {
        int32_t place = 0;
        ok = cJSON_IsArray(json) && read_int(item, n - 1, &place);
        if (ok) {
            special[place] = true;
        } else {
            refuse(reading, "it must be a list of places of tokens, from 0 on", err);
        }
    }
    cJSON_Delete(json);
    reading->side->special = special;
    return ok;
}

static bool read_grid(struct reading *reading, struct heed_error *err)
{
    struct heed_patch_grid *grid = &reading->side->grid;
    const int n = reading->side->n;
    cJSON *json = NULL;
    if (!parse(reading, "grid", -1, &json, err)) {
        return false;
    }
    if (!json) {
        return true;
    }
    int32_t rows = 0;
    int32_t columns = 0;
    int32_t first = 0;
    const bool ok =
        read_int(heed_json_find(json, "rows"), n, &rows) &&
        read_int(heed_json_find(json, "cols"), n, &columns) &&
        (!heed_json_find(json, "first") || read_int(heed_json_find(json, "first"), n, &first)) &&
        rows > 0 && columns > 0 && (int64_t)rows * columns + first <= n;
    cJSON_Delete(json);
    if (!ok) {
        return refuse(reading,
                      "it must be {\"rows\", \"cols\", \"first\"} of patches that are "
                      "all among the tokens",
                      err);
    }
    *grid = (struct heed_patch_grid){rows, columns, first};
    return true;
}

static bool read_tokens(struct reading *reading, struct heed_error *err)
{
    struct heed_attention_side *side = reading->side;
    void *labels = NULL;
    if (!read_list(reading, "tokens", take_string, sizeof(char *), &labels, err)) {
        return false;
    }
    if (!labels) {
        (void)look(reading, reading->prefix, reading->own, "tokens");
        return refuse(reading, "it is missing, a JSON list of what to show of each token", err);
    }
    side->labels = labels;
    return true;
}

static bool read_side(struct reading *reading, struct heed_error *err)
{
    struct heed_attention_side *side = reading->side;
    void *pieces = NULL;
    void *ids = NULL;
    void *words = NULL;
    void *segments = NULL;
    void *offsets = NULL;
    side->text = find(reading, "text");
    side->pair = find(reading, "pair");
    bool ok = read_tokens(reading, err) &&
              read_list(reading, "pieces", take_string, sizeof(char *), &pieces, err) &&
              read_list(reading, "ids", take_id, sizeof(int32_t), &ids, err) &&
              read_list(reading, "words", take_word, sizeof(int32_t), &words, err) &&
              read_list(reading, "segments", take_segment, sizeof(int32_t), &segments, err);
    side->segments = segments;
    ok = ok && read_list(reading, "offsets", take_offset, 2 * sizeof(int32_t), &offsets, err) &&
         read_special(reading, err) && read_grid(reading, err);
    if (ok && words) {
        number_words(words, side->n);
    }
    side->pieces = pieces;
    side->ids = ids;
    side->words = words;
    side->offsets = offsets;
    return ok;
}

static bool same_labels(const struct heed_attention_side *a, const struct heed_attention_side *b)
{
    bool same = a->n == b->n;
    for (int i = 0; same && i < a->n; i++) {
        same = strcmp(a->labels[i], b->labels[i]) == 0;
    }
    return same;
}

/* The keys' side: their own tokens, or the queries' where the file names none. */
static bool read_keys(struct reading *reading, struct heed_error *err)
{
    struct heed_attention_part *part = reading->part;
    reading->side = &part->keys;
    reading->own = "key_";
    reading->others = part->kind == HEED_PART_CROSS ? "encoder/" : NULL;
    if (!find(reading, "tokens") && part->kind != HEED_PART_CROSS &&
        part->keys.n == part->queries.n) {
        part->keys = part->queries;
        part->one_axis = true;
        return true;
    }
    if (!read_side(reading, err)) {
        return false;
    }
    part->one_axis = part->kind != HEED_PART_CROSS && same_labels(&part->queries, &part->keys);
    if (part->one_axis) {
        part->keys = part->queries;
    }
    return true;
}

static bool read_kind(struct reading *reading, struct heed_error *err)
{
    const char *kind = find(reading, "kind");
    if (!kind || reading->prefix[0] != '\0') {
        return true; /* the name of its tensors says it */
    }
    for (int i = 0; i < HEED_N_PART_KINDS; i++) {
        if (strcmp(kind, heed_part_kind_words[i]) == 0) {
            reading->part->kind = (enum heed_part_kind)i;
            return true;
        }
    }
    return refuse(reading, "it must be self, encoder, decoder or cross", err);
}

static bool read_scale(struct reading *reading, struct heed_error *err)
{
    struct heed_attention_part *part = reading->part;
    const char *text = find(reading, "scale");
    char *end = NULL;
    part->scale = part->head_dim > 0 ? 1 / sqrt((double)part->head_dim) : 1;
    if (!text) {
        return true;
    }
    part->scale = strtod(text, &end);
    return (end != text && *end == '\0' && isfinite(part->scale) && part->scale > 0) ||
           refuse(reading, "it must be a number above 0", err);
}

bool heed_attention_read_sides(struct heed_attention_file *file, int index, struct heed_error *err)
{
    struct heed_attention_part *part = &file->parts[index];
    struct reading reading = {
        .file = file,
        .part = part,
        .side = &part->queries,
        .prefix = file->prefixes[index],
        .own = "",
    };
    if (!read_kind(&reading, err)) {
        return false;
    }
    reading.others = part->kind == HEED_PART_CROSS ? "decoder/" : NULL;
    part->mask = find(&reading, "mask");
    return read_scale(&reading, err) && read_side(&reading, err) && read_keys(&reading, err);
}
