#include "core/bert/variant.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/compiler.h"

enum { USUAL_WINDOW = 2, USUAL_STRIDE = 3 };

static const char *const mask_names[] = {"full", "causal", "window", "strided", "cross"};
const char *const heed_positions_names[] = {"learned", "off", "sinusoidal", NULL};
const char *const heed_attention_names[] = {"softmax", "linear", "flash", NULL};

bool heed_mask_has_width(enum heed_mask_kind kind)
{
    return kind == HEED_MASK_WINDOW || kind == HEED_MASK_STRIDED;
}

struct heed_mask heed_mask_of(enum heed_mask_kind kind, int width)
{
    struct heed_mask mask = {kind, 0};
    if (!heed_mask_has_width(kind)) {
        return mask;
    }
    if (width == 0) {
        width = kind == HEED_MASK_WINDOW ? USUAL_WINDOW : USUAL_STRIDE;
    }
    mask.width = width < HEED_MASK_LEAST_WIDTH  ? HEED_MASK_LEAST_WIDTH
                 : width > HEED_MASK_MOST_WIDTH ? HEED_MASK_MOST_WIDTH
                                                : width;
    return mask;
}

bool heed_mask_equal(struct heed_mask a, struct heed_mask b)
{
    return a.kind == b.kind && a.width == b.width;
}

static int distance(int a, int b)
{
    return a < b ? b - a : a - b;
}

bool heed_mask_allows(struct heed_mask mask, int query, int key, bool same_segment)
{
    switch (mask.kind) {
    case HEED_MASK_CAUSAL:
        return key <= query;
    case HEED_MASK_WINDOW:
        return distance(query, key) <= mask.width;
    case HEED_MASK_STRIDED:
        return distance(query, key) <= 1 || distance(query, key) % mask.width == 0;
    case HEED_MASK_CROSS:
        return !same_segment;
    case HEED_MASK_FULL:
    case HEED_N_MASK_KINDS:
        break;
    }
    return true;
}

/* Two of them. */
static bool has_segments(const int32_t *segments, int n)
{
    int i = 1;
    while (segments && i < n && segments[i] == segments[0]) {
        i++;
    }
    return segments && i < n;
}

bool heed_mask_fill(uint8_t *allowed, struct heed_mask mask, const int32_t *segments, int n)
{
    bool forbids = false;
    if (mask.kind == HEED_MASK_FULL ||
        (mask.kind == HEED_MASK_CROSS && !has_segments(segments, n))) {
        return false;
    }
    for (int i = 0; i < n; i++) {
        uint8_t *row = allowed + (size_t)i * (size_t)n;
        for (int j = 0; j < n; j++) {
            const bool same = !segments || segments[i] == segments[j];
            row[j] = heed_mask_allows(mask, i, j, same);
            forbids = forbids || !row[j];
        }
    }
    return forbids;
}

bool heed_variant_equal(const struct heed_variant *a, const struct heed_variant *b)
{
    return heed_mask_equal(a->mask, b->mask) && a->positions == b->positions &&
           a->attention == b->attention;
}

bool heed_variant_is_plain(const struct heed_variant *variant)
{
    return heed_variant_equal(variant, &(struct heed_variant){0});
}

void heed_mask_name(struct heed_mask mask, char *text, size_t size)
{
    if (heed_mask_has_width(mask.kind)) {
        snprintf(text, size, "%s:%d", heed_mask_kind_name(mask.kind), mask.width);
    } else {
        snprintf(text, size, "%s", heed_mask_kind_name(mask.kind));
    }
}

const char *heed_mask_kind_name(enum heed_mask_kind kind)
{
    return mask_names[kind];
}

const char *heed_positions_name(enum heed_positions positions)
{
    return heed_positions_names[positions];
}

const char *heed_attention_name(enum heed_attention_kind attention)
{
    return heed_attention_names[attention];
}

/* The index of the name that the first length bytes are, or -1. */
static int find(const char *const *names, size_t n, const char *name, size_t length)
{
    for (size_t i = 0; i < n; i++) {
        if (strlen(names[i]) == length && memcmp(names[i], name, length) == 0) {
            return (int)i;
        }
    }
    return -1;
}

/* 1 or 2 digits within the limits; 0: none such. */
static int read_width(const char *text)
{
    const size_t length = strspn(text, "0123456789");
    int width = 0;
    if (length == 0 || length > 2 || text[length] != '\0') {
        return 0;
    }
    for (size_t i = 0; i < length; i++) {
        width = width * 10 + (text[i] - '0');
    }
    return width <= HEED_MASK_MOST_WIDTH ? width : 0;
}

bool heed_mask_find(const char *name, struct heed_mask *mask)
{
    const size_t length = strcspn(name, ":");
    const int kind = find(mask_names, HEED_COUNT(mask_names), name, length);
    int width = 0;
    if (kind < 0) {
        return false;
    }
    if (name[length] == ':') {
        width = read_width(name + length + 1);
        if (width == 0 || !heed_mask_has_width((enum heed_mask_kind)kind)) {
            return false;
        }
    }
    *mask = heed_mask_of((enum heed_mask_kind)kind, width);
    return true;
}

bool heed_positions_find(const char *name, enum heed_positions *positions)
{
    const int found = find(heed_positions_names, HEED_N_POSITIONS, name, strlen(name));
    if (found >= 0) {
        *positions = (enum heed_positions)found;
    }
    return found >= 0;
}

bool heed_attention_find(const char *name, enum heed_attention_kind *attention)
{
    const int found = find(heed_attention_names, HEED_N_ATTENTION_KINDS, name, strlen(name));
    if (found >= 0) {
        *attention = (enum heed_attention_kind)found;
    }
    return found >= 0;
}

float heed_linear_feature(float x)
{
    return x > 0.0f ? x + 1.0f : expf(x);
}

void heed_positions_sinusoid(float *row, int position, int width, float factor)
{
    for (int i = 0; i < width; i++) {
        const double exponent = (double)(i - i % 2) / width;
        const double angle = position / pow(10000, exponent);
        row[i] = factor * (float)(i % 2 == 0 ? sin(angle) : cos(angle));
    }
}

static double norm_of(const float *row, int width)
{
    double sum = 0;
    for (int i = 0; i < width; i++) {
        sum += (double)row[i] * (double)row[i];
    }
    return sqrt(sum);
}

float heed_positions_factor(const float *learned, int n, int width)
{
    double sum = 0;
    for (int i = 0; i < n; i++) {
        sum += norm_of(learned + (size_t)i * (size_t)width, width);
    }
    /* sin^2 + cos^2 = 1: each of the width / 2 pairs adds 1 */
    return (float)(sum / n / sqrt(width / 2.0));
}
