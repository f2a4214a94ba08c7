#include "core/attention/attention_file.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/attention/private.h"

const char *const heed_part_kind_words[HEED_N_PART_KINDS + 1] = {"self", "encoder", "decoder",
                                                                 "cross", NULL};

const char *const heed_part_tensor_names[HEED_N_PART_TENSORS] = {
    "attentions", "queries", "keys", "values", "bias", "value_norms", "hidden_states", "image"};

/* A letter a dimension. What a letter stands for is what the first tensor that
 * has it says; attentions come first. */
static const char *const shapes[HEED_N_PART_TENSORS] = {"LHnm", "LHnd", "LGmd", "LGme",
                                                        "LHnm", "LHm",  "Pnh",  "xyc"};
/* What messages call them. */
static const struct letter {
    char letter;
    const char *name;
    size_t most;
} letters[] = {
    {'L', "layers", HEED_ATTENTION_MOST_HEADS},
    {'H', "heads", HEED_ATTENTION_MOST_HEADS},
    {'n', "queries", HEED_ATTENTION_MOST_TOKENS},
    {'m', "keys", HEED_ATTENTION_MOST_TOKENS},
    {'d', "head width", 1 << 16},
    {'G', "key heads", HEED_ATTENTION_MOST_HEADS},
    {'e', "value width", 1 << 16},
    {'P', "layers + 1", HEED_ATTENTION_MOST_HEADS + 1},
    {'h', "hidden width", 1 << 20},
    {'x', "height", 1 << 14},
    {'y', "width", 1 << 14},
    {'c', "3", 3},
};

/* Of each letter; 0: not bound. */
typedef size_t sizes_by_letter[128];

bool heed_attention_refuse(const struct heed_attention_file *file, const char *where,
                           struct heed_error *err, const char *format, ...)
{
    char what[360];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(what, sizeof what, format, arguments);
    va_end(arguments);
    return heed_error_set(err, HEED_ERROR_FORMAT, "'%s', %s: %s",
                          heed_safetensors_get_path(file->tensors), where, what);
}

static const struct letter *find_letter(char letter)
{
    const struct letter *found = letters;
    while (found->letter != letter) {
        found++;
    }
    return found;
}

static void put_shape(char *text, size_t size, const struct heed_tensor_info *info,
                      const char *shape)
{
    const size_t rank = info ? (size_t)info->rank : strlen(shape);
    size_t used = (size_t)snprintf(text, size, "[");
    for (size_t i = 0; i < rank && used < size; i++) {
        const char *comma = i > 0 ? ", " : "";
        used += (size_t)(info ? snprintf(text + used, size - used, "%s%zu", comma, info->shape[i])
                              : snprintf(text + used, size - used, "%s%s", comma,
                                         find_letter(shape[i])->name));
    }
    if (used < size) {
        snprintf(text + used, size - used, "]");
    }
}

static bool refuse_shape(const struct heed_attention_file *file, const char *where,
                         const struct heed_tensor_info *info, const char *shape,
                         struct heed_error *err)
{
    char has[200];
    char wants[160];
    put_shape(has, sizeof has, info, NULL);
    put_shape(wants, sizeof wants, NULL, shape);
    return heed_attention_refuse(file, where, err, "its shape %s must be %s like attentions'", has,
                                 wants);
}

static bool bind_shape(const struct heed_attention_file *file, const char *where,
                       const struct heed_tensor_info *info, const char *shape,
                       sizes_by_letter sizes, struct heed_error *err)
{
    if ((size_t)info->rank != strlen(shape)) {
        return refuse_shape(file, where, info, shape, err);
    }
    for (int i = 0; i < info->rank; i++) {
        const struct letter *letter = find_letter(shape[i]);
        size_t *size = &sizes[(unsigned char)shape[i]];
        if (*size == 0 && info->shape[i] == 0) {
            return heed_attention_refuse(file, where, err, "it has no %s", letter->name);
        }
        if (*size == 0 && info->shape[i] > letter->most) {
            return heed_attention_refuse(file, where, err, "%zu %s are more than heed's %zu",
                                         info->shape[i], letter->name, letter->most);
        }
        *size = *size == 0 ? info->shape[i] : *size;
        if (*size != info->shape[i]) {
            return refuse_shape(file, where, info, shape, err);
        }
    }
    return true;
}

static bool check_type(const struct heed_attention_file *file, const char *where,
                       const struct heed_tensor_info *info, enum heed_part_tensor which,
                       struct heed_error *err)
{
    const bool is_image = which == HEED_PART_IMAGE;
    if (is_image ? strcmp(info->dtype_name, "U8") == 0 : info->dtype != HEED_DTYPE_OTHER) {
        return true;
    }
    return heed_attention_refuse(file, where, err, "its type %.20s must be %s", info->dtype_name,
                                 is_image ? "U8" : "F64, F32, F16 or BF16");
}

static bool read_tensor(struct heed_attention_file *file, int part, enum heed_part_tensor which,
                        sizes_by_letter sizes, struct heed_error *err)
{
    char name[48];
    char where[64];
    snprintf(name, sizeof name, "%s%s", file->prefixes[part], heed_part_tensor_names[which]);
    snprintf(where, sizeof where, "tensor '%s'", name);
    const struct heed_tensor_info *info = heed_safetensors_find(file->tensors, name);
    if (!info) {
        return true;
    }
    file->parts[part].tensors[which] = info;
    return check_type(file, where, info, which, err) &&
           bind_shape(file, where, info, shapes[which], sizes, err);
}

static bool read_tensors(struct heed_attention_file *file, int index, struct heed_error *err)
{
    struct heed_attention_part *part = &file->parts[index];
    sizes_by_letter sizes = {0};
    sizes['c'] = 3;
    for (int which = 0; which < HEED_N_PART_TENSORS; which++) {
        if (!read_tensor(file, index, (enum heed_part_tensor)which, sizes, err)) {
            return false;
        }
        sizes['P'] = sizes['L'] + 1;
    }
    if (sizes['G'] > 0 && sizes['H'] % sizes['G'] != 0) {
        return heed_attention_refuse(file, "tensor 'keys'", err,
                                     "its %zu heads must divide the %zu of attentions", sizes['G'],
                                     sizes['H']);
    }
    part->n_layers = (int)sizes['L'];
    part->n_heads = (int)sizes['H'];
    part->n_key_heads = (int)(sizes['G'] > 0 ? sizes['G'] : sizes['H']);
    part->queries.n = (int)sizes['n'];
    part->keys.n = (int)sizes['m'];
    part->head_dim = (int)sizes['d'];
    part->value_dim = (int)sizes['e'];
    part->hidden = (int)sizes['h'];
    part->image_height = (int)sizes['x'];
    part->image_width = (int)sizes['y'];
    return true;
}

static bool check_format(const struct heed_attention_file *file, struct heed_error *err)
{
    const char *format = heed_safetensors_get_metadata(file->tensors, "format");
    const char *path = heed_safetensors_get_path(file->tensors);
    if (format && strcmp(format, HEED_ATTENTION_FORMAT) == 0) {
        return true;
    }
    if (format && strncmp(format, "heed-attention/", 15) == 0) {
        return heed_error_set(
            err, HEED_ERROR_UNSUPPORTED,
            "'%s' is of format '%.40s', and this heed reads " HEED_ATTENTION_FORMAT
            ": open it with a newer one",
            path, format);
    }
    return heed_error_set(err, HEED_ERROR_FORMAT,
                          "'%s' is no attention file: its metadata has no format "
                          "'" HEED_ATTENTION_FORMAT "'; write it with heed attention or heed.save",
                          path);
}

/* A part for each prefix under which there are weights. */
static bool list_parts(struct heed_attention_file *file, struct heed_error *err)
{
    static const char *const prefixes[HEED_N_PART_KINDS] = {"", "encoder/", "decoder/", "cross/"};
    for (int kind = 0; kind < HEED_N_PART_KINDS; kind++) {
        char name[48];
        snprintf(name, sizeof name, "%sattentions", prefixes[kind]);
        if (heed_safetensors_find(file->tensors, name)) {
            file->prefixes[file->n_parts] = prefixes[kind];
            file->parts[file->n_parts++].kind = (enum heed_part_kind)kind;
        }
    }
    if (file->n_parts == 0) {
        return heed_error_set(err, HEED_ERROR_FORMAT,
                              "'%s' has no tensor 'attentions' [layers, heads, n, m] (nor "
                              "'encoder/attentions' and the like)",
                              heed_safetensors_get_path(file->tensors));
    }
    if (file->n_parts > 1 && file->prefixes[0][0] == '\0') {
        return heed_attention_refuse(file, "tensor 'attentions'", err,
                                     "beside others it needs a name before it, as in "
                                     "'encoder/attentions'");
    }
    return true;
}

static bool read_file(struct heed_attention_file *file, const char *path, struct heed_error *err)
{
    bool ok = heed_safetensors_open(&file->tensors, path, err) && check_format(file, err) &&
              list_parts(file, err);
    for (int i = 0; ok && i < file->n_parts; i++) {
        ok = read_tensors(file, i, err);
    }
    for (int i = 0; ok && i < file->n_parts; i++) {
        ok = heed_attention_read_sides(file, i, err);
    }
    return ok && heed_safetensors_check(file->tensors, err);
}

bool heed_attention_open(struct heed_attention_file **file, const char *path,
                         struct heed_error *err)
{
    struct heed_attention_file *opened = calloc(1, sizeof *opened);
    if (!opened) {
        return heed_error_set(err, HEED_ERROR_MEMORY, "no memory left to open '%s'", path);
    }
    if (!read_file(opened, path, err)) {
        heed_attention_close(opened);
        return false;
    }
    *file = opened;
    return true;
}

void heed_attention_close(struct heed_attention_file *file)
{
    if (file) {
        heed_safetensors_destroy(file->tensors);
        heed_arena_finish(&file->arena);
        free(file);
    }
}

int heed_attention_count_parts(const struct heed_attention_file *file)
{
    return file->n_parts;
}

enum heed_part_kind heed_part_choose(unsigned parts, enum heed_part_kind asked)
{
    int first = 0;
    while (asked == HEED_PART_SELF && parts >> (first + 1) != 0 && !(parts >> first & 1)) {
        first++;
    }
    return asked == HEED_PART_SELF ? (enum heed_part_kind)first : asked;
}

const struct heed_attention_part *heed_attention_get_part(const struct heed_attention_file *file,
                                                          int index)
{
    return &file->parts[index];
}

const char *heed_attention_get_path(const struct heed_attention_file *file)
{
    return heed_safetensors_get_path(file->tensors);
}

const char *heed_attention_get_metadata(const struct heed_attention_file *file, const char *key)
{
    return heed_safetensors_get_metadata(file->tensors, key);
}

void heed_attention_drop_pages(const struct heed_attention_file *file)
{
    heed_safetensors_drop_pages(file->tensors);
}

bool heed_attention_still_same(const struct heed_attention_file *file, struct heed_error *err)
{
    return heed_safetensors_check(file->tensors, err);
}
