/* Which links of a map are drawn. */
#include <stdint.h>
#include <string.h>

#include "core/analysis/maps.h"

/* Floats that aren't negative order as their bits do: a bound is found by
 * halving among the bits, so that no row needs to be sorted. */
static float from_bits(uint32_t bits)
{
    float value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

static uint32_t to_bits(float value)
{
    uint32_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

static bool count_reaches(const float *row, int n, float bound, double k)
{
    int count = 0;
    for (int j = 0; j < n; j++) {
        count += row[j] >= bound;
    }
    return count >= k;
}

static bool sum_reaches(const float *row, int n, float bound, double share)
{
    double sum = 0;
    for (int j = 0; j < n; j++) {
        sum += row[j] >= bound ? (double)row[j] : 0.0;
    }
    return sum >= share;
}

/* The largest bound at which `reaches` still holds; 0 if it never does. */
static float largest_bound(const float *row, int n, double goal,
                           bool (*reaches)(const float *, int, float, double))
{
    float largest = 0;
    for (int j = 0; j < n; j++) {
        largest = row[j] > largest ? row[j] : largest;
    }
    uint32_t low = 0;
    uint32_t high = to_bits(largest);
    while (low < high) {
        const uint32_t middle = high - (high - low) / 2;
        if (reaches(row, n, from_bits(middle), goal)) {
            low = middle;
        } else {
            high = middle - 1;
        }
    }
    return from_bits(low);
}

float heed_maps_row_cutoff(const struct heed_maps *maps, const float *row,
                           const struct heed_filter *filter)
{
    const int n = maps->n;
    float cutoff = filter->threshold;
    if (filter->top_k > 0 && filter->top_k < n) {
        const float bound = largest_bound(row, n, filter->top_k, count_reaches);
        cutoff = bound > cutoff ? bound : cutoff;
    }
    if (filter->top_p < 1.0F) {
        double total = 0;
        for (int j = 0; j < n; j++) {
            total += (double)row[j];
        }
        const float bound = largest_bound(row, n, (double)filter->top_p * total, sum_reaches);
        cutoff = bound > cutoff ? bound : cutoff;
    }
    return cutoff;
}

bool heed_maps_segments_pass(const struct heed_maps *maps, int query, int key,
                             enum heed_segments segments)
{
    const bool query_b = maps->units[query].segment == 1;
    const bool key_b = maps->units[key].segment == 1;
    switch (segments) {
    case HEED_SEGMENTS_ALL:
        return true;
    case HEED_SEGMENTS_AA:
        return !query_b && !key_b;
    case HEED_SEGMENTS_AB:
        return !query_b && key_b;
    case HEED_SEGMENTS_BA:
        return query_b && !key_b;
    case HEED_SEGMENTS_BB:
        return query_b && key_b;
    }
    return true;
}
