/* Any bytes as an attention file's header: refused in one line, or the parts are
 * what the reader promises and every value can be read. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/attention/attention_file.h"
#include "fuzz.h"

enum { CONTENT = 256 /* bytes behind the header: those of the corpus */ };

static void need(bool is_so)
{
    if (!is_so) {
        abort();
    }
}

static void look_at_side(const struct heed_attention_side *side)
{
    int32_t last = -1;
    need(side->n > 0);
    for (int i = 0; i < side->n; i++) {
        need(!strpbrk(side->labels[i], "\n\r\t"));
        need(!side->segments || side->segments[i] == 0 || side->segments[i] == 1);
        if (side->words && side->words[i] >= 0) {
            need(side->words[i] == last || side->words[i] == last + 1);
            last = side->words[i];
        }
        if (side->offsets && side->offsets[2 * i + 1] > 0) {
            need(side->offsets[2 * i] <= side->offsets[2 * i + 1]);
        }
    }
    need((int64_t)side->grid.rows * side->grid.columns + side->grid.first <= side->n);
}

static void look_at(const struct heed_attention_file *file)
{
    need(heed_attention_count_parts(file) > 0);
    for (int i = 0; i < heed_attention_count_parts(file); i++) {
        const struct heed_attention_part *part = heed_attention_get_part(file, i);
        struct heed_row_findings rows;
        struct heed_error err = {0};
        need(part->n_layers > 0 && part->n_heads > 0 && part->scale > 0);
        need(part->n_heads % part->n_key_heads == 0);
        need(!part->one_axis || part->queries.n == part->keys.n);
        look_at_side(&part->queries);
        look_at_side(&part->keys);
        need(heed_attention_check(file, i, &rows, NULL, NULL, &err));
        need(rows.n_off == rows.n_rows); /* all content is zero */
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char path[600];
    struct heed_attention_file *file = NULL;
    struct heed_error err = {0};
    const uint64_t header = size;
    const size_t total = sizeof header + size + CONTENT;
    unsigned char *bytes = calloc(1, total);
    if (!bytes) {
        return 0;
    }
    memcpy(bytes, &header, sizeof header);
    if (size > 0) {
        memcpy(bytes + sizeof header, data, size);
    }
    fuzz_put_file("a.safetensors", bytes, total);
    free(bytes);
    snprintf(path, sizeof path, "%s/a.safetensors", fuzz_folder());
    if (heed_attention_open(&file, path, &err)) {
        look_at(file);
        heed_attention_close(file);
    } else {
        need(err.text[0] != '\0' && !strchr(err.text, '\n'));
    }
    return 0;
}
