#include "scene/frame/off_words.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>

#include "scene/frame/shown.h"
#include "state/variant_words.h"

enum { NAMED_HEADS = 2 };

enum { NAMED_OFF = 6 };

void heed_factor_text(float factor, char *text, size_t size)
{
    snprintf(text, size, "\xC3\x97 %s%.4g", factor < 0 ? "\xE2\x88\x92" : "", fabs((double)factor));
}

/* "L3H1, L5H11", "5 heads" */
static void heads_text(const struct heed_cut_link *cuts, int n_cuts, const struct heed_off *off,
                       char *text, size_t size)
{
    const struct heed_cut_link link = {off->head, heed_range_of(off->query),
                                       heed_range_of(off->key)};
    size_t used = 0;
    if (off->n_heads == 0 || off->n_heads > NAMED_HEADS) {
        snprintf(text, size, off->n_heads == 0 ? "every head" : "%d heads", off->n_heads);
        return;
    }
    for (int i = 0; i < n_cuts && used < size; i++) {
        const struct heed_head_id id = cuts[i].head;
        if (heed_cut_is_same_pair(&cuts[i], &link)) {
            used += (size_t)snprintf(text + used, size - used, "%sL%dH%d", used > 0 ? ", " : "",
                                     id.layer, id.head);
        }
    }
}

void heed_off_text(const struct heed_cut_link *cuts, int n_cuts, const struct heed_result *result,
                   const struct heed_off *off, char *text, size_t size)
{
    char name[24], query[64], key[64], heads[64], factor[24];
    heed_head_name(off->head, name, sizeof(name));
    switch (off->kind) {
    case HEED_OFF_MASK:
        heed_mask_words(off->variant.mask, text, size);
        break;
    case HEED_OFF_POSITIONS:
        snprintf(text, size, "%s", heed_positions_words(off->variant.positions));
        break;
    case HEED_OFF_ATTENTION:
        snprintf(text, size, "%s", heed_attention_words(off->variant.attention));
        break;
    case HEED_OFF_MUTED:
        snprintf(text, size, "%s muted", name);
        break;
    case HEED_OFF_SCALED:
        heed_factor_text(off->factor, factor, sizeof(factor));
        snprintf(text, size, "%s %s", name, factor);
        break;
    case HEED_OFF_CUT:
        heads_text(cuts, n_cuts, off, heads, sizeof(heads));
        heed_pin_words(result, off->query, query, sizeof(query));
        heed_pin_words(result, off->key, key, sizeof(key));
        snprintf(text, size, "%s \xE2\x86\x92 %s cut in %s",
                 query[0] != '\0' ? query : "\xE2\x80\xA6", key[0] != '\0' ? key : "\xE2\x80\xA6",
                 heads);
        break;
    }
}

/* The result's heads that aren't as trained, then its links. */
struct words {
    char *text;
    size_t size, used;
    int n, n_heads, n_links; /* items; of what they tell */
    bool full;
};

static void HEED_PRINTF(2, 3) add_words(struct words *words, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    char item[200];
    vsnprintf(item, sizeof(item), format, arguments);
    va_end(arguments);
    const int n = snprintf(words->text + words->used, words->size - words->used, "%s%s",
                           words->n++ > 0 ? ", " : "", item);
    if (n > 0 && (size_t)n < words->size - words->used) {
        words->used += (size_t)n;
    } else {
        words->text[words->used] = '\0';
        words->full = true;
    }
}

static void add_variant(struct words *words, const struct heed_result *result)
{
    enum heed_off_kind kinds[HEED_MAX_VARIANT];
    const int n = heed_off_list_variant(&result->variant, kinds);
    for (int i = 0; i < n; i++) {
        const struct heed_off off = {.kind = kinds[i], .variant = result->variant};
        char text[64];
        heed_off_text(NULL, 0, result, &off, text, sizeof(text));
        add_words(words, "%s", text);
    }
}

static void add_heads(struct words *words, const struct heed_result *result)
{
    const int n = result->run->n_layers * result->run->n_heads;
    int changed = 0;
    for (int i = 0; result->head_scale != NULL && i < n; i++) {
        changed += result->head_scale[i] != 1;
    }
    for (int i = 0; changed <= NAMED_OFF && changed > 0 && i < n; i++) {
        const float factor = result->head_scale[i];
        struct heed_off off = {
            .kind = factor == 0 ? HEED_OFF_MUTED : HEED_OFF_SCALED,
            .head = {(int16_t)(i / result->run->n_heads), (int16_t)(i % result->run->n_heads)},
            .factor = factor};
        char text[64];
        if (factor != 1) {
            heed_off_text(NULL, 0, result, &off, text, sizeof(text));
            add_words(words, "%s", text);
        }
    }
    words->n_heads = changed;
    if (changed > NAMED_OFF) {
        add_words(words, "%d heads muted or scaled", changed);
    }
}

static void add_links(struct words *words, const struct heed_result *result)
{
    const struct heed_cut_link *links = result->cut_links;
    const int n = result->n_cut_links;
    struct heed_off off = {.kind = HEED_OFF_CUT};
    char text[200];
    int pairs = 0;
    for (int i = 0; i < n; i++) {
        bool leads = true;
        for (int j = 0; j < i; j++) {
            leads = leads && !heed_cut_is_same_pair(&links[j], &links[i]);
        }
        pairs += leads;
    }
    words->n_links = pairs;
    if (pairs == 1) {
        off.head = links[0].head;
        off.query = heed_pin_of(links[0].query);
        off.key = heed_pin_of(links[0].key);
        off.n_heads = heed_cut_is_everywhere(&links[0]) ? 0 : n;
        heed_off_text(links, n, result, &off, text, sizeof(text));
        add_words(words, "%s (row renormalised)", text);
    } else if (pairs > 1) {
        add_words(words, "%d links cut (rows renormalised)", pairs);
    }
}

bool heed_off_is_exact(const struct heed_result *result)
{
    const struct heed_variant *variant = &result->variant;
    return variant->attention == HEED_ATTENTION_FLASH && variant->mask.kind == HEED_MASK_FULL &&
           variant->positions == HEED_POSITIONS_LEARNED && result->head_scale == NULL &&
           result->n_cuts == 0;
}

void heed_off_words(const struct heed_result *result, char *text, size_t size)
{
    struct words words = {.text = text, .size = size};
    text[0] = '\0';
    if (result != NULL && result->ok && result->plain != NULL) {
        add_variant(&words, result);
        const size_t used = words.used;
        add_heads(&words, result);
        add_links(&words, result);
        if (words.full) { /* then how much, not half of it */
            snprintf(text + used, size - used, "%sheads muted or scaled: %d, links cut: %d",
                     used > 0 ? ", " : "", words.n_heads, words.n_links);
        }
    }
}
