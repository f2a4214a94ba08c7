#include "render/gl/gl_changes.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "draw/display_list.h"
#include "render/gl/gl_bounds.h"

/* So many px more are painted rather than one place more: what a place costs besides its pixels. */
static const long slack = 30000;

/* ---- What an item's pixels depend on, as one number ---- */

static uint64_t mix(uint64_t hash, uint64_t more)
{
    hash = (hash ^ more) * UINT64_C(0x9E3779B97F4A7C15);
    return hash ^ hash >> 29;
}

static uint64_t mix_bytes(uint64_t hash, const void *bytes, size_t size)
{
    const char *at = bytes;
    for (; size >= 8; size -= 8, at += 8) {
        uint64_t word;
        memcpy(&word, at, 8);
        hash = mix(hash, word);
    }
    uint64_t word = size; /* so that an end of zeros counts */
    memcpy(&word, at, size);
    return mix(hash, word ^ (uint64_t)size << 56);
}

static uint64_t mix_stroke(uint64_t hash, const struct heed_stroke *stroke)
{
    const float numbers[8] = {
        stroke->width,   stroke->color.r, stroke->color.g,  stroke->color.b,
        stroke->color.a, stroke->dash_on, stroke->dash_off, stroke->round_caps ? 1.0f : 0.0f};
    return mix_bytes(hash, numbers, sizeof numbers);
}

static uint64_t mix_text(uint64_t hash, const struct heed_item_text *text)
{
    const float numbers[8] = {text->x,       text->y,       text->angle,   text->color.r,
                              text->color.g, text->color.b, text->color.a, text->style.size};
    hash = mix_bytes(hash, numbers, sizeof numbers);
    hash = mix(hash, (uint64_t)text->style.weight << 8 | (uint64_t)text->anchor << 2 |
                         (uint64_t)text->style.italic << 1 | (uint64_t)text->style.tabular);
    return mix_bytes(hash, text->text, text->length);
}

static uint64_t mix_heatmap(uint64_t hash, const struct heed_item_heatmap *map)
{
    const int32_t part[8] = {map->slice,
                             map->row,
                             map->rows,
                             map->column,
                             map->columns,
                             map->values.n_rows,
                             map->values.n_columns,
                             map->is_picture};
    const float form[5] = {map->gap, map->radius, map->low, map->high, map->threshold};
    hash = mix_bytes(hash, &map->rect, sizeof map->rect);
    hash = mix(hash, map->values.id);
    hash = mix_bytes(hash, part, sizeof part);
    hash = mix_bytes(hash, form, sizeof form);
    return mix_bytes(hash, &map->palette, sizeof map->palette);
}

static uint64_t mix_item(uint64_t hash, const struct heed_item *item)
{
    hash = mix(hash, (uint64_t)item->kind);
    switch (item->kind) {
    case HEED_ITEM_RECT:
        hash = mix_bytes(hash, &item->as.rect, offsetof(struct heed_item_rect, stroke));
        return mix_stroke(hash, &item->as.rect.stroke);
    case HEED_ITEM_LINE:
        hash = mix_bytes(hash, &item->as.line, offsetof(struct heed_item_line, stroke));
        return mix_stroke(hash, &item->as.line.stroke);
    case HEED_ITEM_CUBIC:
        hash = mix_bytes(hash, &item->as.cubic, offsetof(struct heed_item_cubic, stroke));
        return mix_stroke(hash, &item->as.cubic.stroke);
    case HEED_ITEM_ARC:
        hash = mix_bytes(hash, &item->as.arc, offsetof(struct heed_item_arc, stroke));
        return mix_stroke(hash, &item->as.arc.stroke);
    case HEED_ITEM_TRIANGLE:
        return mix_bytes(hash, &item->as.triangle, sizeof item->as.triangle);
    case HEED_ITEM_GRADIENT:
        hash = mix_bytes(hash, &item->as.gradient.rect, sizeof item->as.gradient.rect);
        hash = mix_bytes(hash, &item->as.gradient.radius, sizeof item->as.gradient.radius);
        hash = mix(hash, item->as.gradient.vertical);
        return mix_bytes(hash, item->as.gradient.stops,
                         (size_t)item->as.gradient.n_stops * sizeof *item->as.gradient.stops);
    case HEED_ITEM_TEXT:
        return mix_text(hash, &item->as.text);
    case HEED_ITEM_HEATMAP:
        return mix_heatmap(hash, &item->as.heatmap);
    default:
        return hash;
    }
}

/* ---- A list's entries ---- */

/* What is open around an item. */
struct level {
    struct heed_gl_clip clip;
    uint64_t hash; /* of the groups */
};

struct walk {
    struct heed_gl_changes *changes;
    struct heed_gl_lines *lines;
    struct level levels[HEED_LIST_MAX_DEPTH + 1];
    int depth;
};

static void keep(struct heed_gl_entry *entry, const struct level *level, uint64_t hash,
                 struct heed_gl_clip box)
{
    entry->box = heed_gl_clip_intersect(box, level->clip);
    if (!heed_gl_clip_is_empty(entry->box)) {
        hash = mix(hash, level->hash);
        hash = mix_bytes(hash, &level->clip, sizeof level->clip);
        entry->hash = hash ? hash : 1;
    }
}

static uint64_t mix_group(uint64_t hash, const struct heed_item_group *group)
{
    hash = mix_bytes(hash, &group->bounds, sizeof group->bounds);
    hash = mix_bytes(hash, &group->opacity, sizeof group->opacity);
    return mix(hash, group->key);
}

size_t heed_gl_changes_group_end(const struct heed_list *list, size_t i)
{
    int depth = 0;
    for (; i < list->n_items; i++) {
        depth += list->items[i].kind == HEED_ITEM_GROUP;
        depth -= list->items[i].kind == HEED_ITEM_UNGROUP;
        if (depth == 0) {
            return i;
        }
    }
    return list->n_items;
}

static void open_level(struct walk *walk, struct heed_gl_clip clip, uint64_t hash)
{
    if (walk->depth < HEED_LIST_MAX_DEPTH) {
        const struct level *outer = &walk->levels[walk->depth++];
        walk->levels[walk->depth] = (struct level){heed_gl_clip_intersect(outer->clip, clip), hash};
    }
}

/* A group with a key is one thing: equal keys have equal content. */
static size_t enter_group(struct walk *walk, const struct heed_list *list, size_t i)
{
    const struct heed_item_group *group = &list->items[i].as.group;
    const struct level *level = &walk->levels[walk->depth];
    const struct heed_gl_clip bounds = heed_gl_bounds_group(group->bounds);
    if (group->key == 0) {
        open_level(walk, bounds, mix_group(level->hash, group));
        return i;
    }
    keep(&walk->changes->now[i], level, mix_group((uint64_t)HEED_ITEM_GROUP, group), bounds);
    const size_t end = heed_gl_changes_group_end(list, i);
    return end < list->n_items ? end : end - 1;
}

static void fill_entries(struct walk *walk, const struct heed_list *list)
{
    struct heed_gl_changes *changes = walk->changes;
    memset(changes->now, 0, list->n_items * sizeof *changes->now);
    for (size_t i = 0; i < list->n_items; i++) {
        const struct heed_item *item = &list->items[i];
        const struct level *level = &walk->levels[walk->depth];
        switch (item->kind) {
        case HEED_ITEM_CLIP:
            open_level(walk, heed_gl_bounds_clip(item->as.clip), level->hash);
            break;
        case HEED_ITEM_GROUP:
            i = enter_group(walk, list, i);
            break;
        case HEED_ITEM_UNCLIP:
        case HEED_ITEM_UNGROUP:
            walk->depth -= walk->depth > 0;
            break;
        case HEED_ITEM_HOTSPOT:
            break;
        case HEED_ITEM_HEATMAP:
            changes->unique += item->as.heatmap.values.id == 0;
            keep(&changes->now[i], level,
                 mix_item(item->as.heatmap.values.id ? 0 : changes->unique, item),
                 heed_gl_bounds_item(item, walk->lines));
            break;
        default:
            keep(&changes->now[i], level, mix_item(0, item),
                 heed_gl_bounds_item(item, walk->lines));
            break;
        }
    }
}

/* ---- What stays ---- */

static void add_place(struct heed_gl_changes *changes, struct heed_gl_clip box)
{
    struct heed_gl_clip *places = changes->places;
    while (changes->n_places > 0) {
        int best = 0;
        long least = 0;
        for (int i = 0; i < changes->n_places; i++) {
            const struct heed_gl_clip both = heed_gl_clip_join(places[i], box);
            long more =
                heed_gl_clip_area(both) - heed_gl_clip_area(places[i]) - heed_gl_clip_area(box);
            more = heed_gl_clip_meets(places[i], box) ? -1 : more;
            if (i == 0 || more < least) {
                best = i;
                least = more;
            }
        }
        if (least > slack && changes->n_places < HEED_GL_MAX_CHANGES) {
            break;
        }
        box = heed_gl_clip_join(places[best], box);
        places[best] = places[--changes->n_places];
    }
    places[changes->n_places++] = box;
}

/* Equal numbers of the two lists, each with the first that is left of the
 * other: match[i] is 1 + the index in `before` of the i-th now; 0: none. */
static void match_entries(const struct heed_gl_entry *before, size_t n_before,
                          const struct heed_gl_entry *now, size_t n_now, uint32_t *match,
                          uint32_t *table, size_t size)
{
    memset(table, 0, size * sizeof *table);
    for (size_t i = 0; i < n_before; i++) {
        size_t at = before[i].hash & (size - 1);
        while (table[at]) {
            at = (at + 1) & (size - 1);
        }
        if (before[i].hash) {
            table[at] = (uint32_t)i + 1;
        }
    }
    for (size_t i = 0; i < n_now; i++) {
        size_t at = now[i].hash & (size - 1);
        match[i] = 0;
        while (now[i].hash && table[at] && !match[i]) {
            const uint32_t found = table[at] & UINT32_C(0x7FFFFFFF);
            if (found == table[at] && before[found - 1].hash == now[i].hash) {
                match[i] = found;
                table[at] |= UINT32_C(0x80000000); /* taken */
            }
            at = (at + 1) & (size - 1);
        }
    }
}

/* Leaves of the matches the longest row that rises (patience sorting). */
static void keep_rising(uint32_t *match, size_t n, uint32_t *last, uint32_t *previous)
{
    size_t length = 0; /* last[k]: 1 + the end of the best row of k + 1 */
    for (size_t i = 0; i < n; i++) {
        size_t low = 0, high = length;
        while (match[i] && low < high) {
            const size_t middle = (low + high) / 2;
            if (match[last[middle] - 1] < match[i]) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        if (match[i]) {
            previous[i] = low > 0 ? last[low - 1] : 0;
            last[low] = (uint32_t)i + 1;
            length += low == length;
        }
    }
    size_t end = n;
    for (uint32_t at = length > 0 ? last[length - 1] : 0; at > 0; at = previous[at - 1]) {
        memset(match + at, 0, (end - at) * sizeof *match);
        end = at - 1;
    }
    memset(match, 0, end * sizeof *match);
}

/* Adds what isn't in the rising row of matches to the places. */
static void add_rest(struct heed_gl_changes *changes, const struct heed_gl_entry *before,
                     size_t n_before, const struct heed_gl_entry *now, size_t n_now,
                     const uint32_t *match)
{
    size_t at = 0;
    for (size_t i = 0; i < n_now; i++) {
        if (match[i] == 0 && now[i].hash) {
            add_place(changes, now[i].box);
        }
        for (; match[i] && at + 1 < match[i]; at++) {
            if (before[at].hash) {
                add_place(changes, before[at].box);
            }
        }
        at = match[i] ? match[i] : at;
    }
    for (; at < n_before; at++) {
        if (before[at].hash) {
            add_place(changes, before[at].box);
        }
    }
}

/* False without memory. */
static bool compare(struct heed_gl_changes *changes)
{
    const struct heed_gl_entry *before = changes->before, *now = changes->now;
    size_t n_before = changes->n_before, n_now = changes->n_now;
    while (n_before > 0 && n_now > 0 && before->hash == now->hash) {
        before++, n_before--, now++, n_now--;
    }
    while (n_before > 0 && n_now > 0 && before[n_before - 1].hash == now[n_now - 1].hash) {
        n_before--, n_now--;
    }
    size_t size = 16;
    while (size < 2 * n_before) {
        size *= 2;
    }
    if (n_before > INT32_MAX || n_now > INT32_MAX ||
        !heed_array_reserve(&changes->scratch, &changes->scratch_capacity, 3 * n_now + size,
                            sizeof *changes->scratch)) {
        return false;
    }
    uint32_t *match = changes->scratch;
    match_entries(before, n_before, now, n_now, match, match + 3 * n_now, size);
    keep_rising(match, n_now, match + n_now, match + 2 * n_now);
    add_rest(changes, before, n_before, now, n_now, match);
    return true;
}

/* ---- */

void heed_gl_changes_finish(struct heed_gl_changes *changes)
{
    free(changes->before);
    free(changes->now);
    free(changes->scratch);
    *changes = (struct heed_gl_changes){0};
}

void heed_gl_changes_forget(struct heed_gl_changes *changes)
{
    changes->width = changes->height = 0;
}

/* The last list's entries become those before; room for n new ones. */
static bool turn_over(struct heed_gl_changes *changes, size_t n)
{
    struct heed_gl_entry *old = changes->before;
    const size_t capacity = changes->before_capacity;
    changes->before = changes->now;
    changes->n_before = changes->n_now;
    changes->before_capacity = changes->now_capacity;
    changes->now = old;
    changes->n_now = n;
    changes->now_capacity = capacity;
    if (n > capacity || !old) {
        const size_t wanted = n + n / 2 + 64;
        free(old);
        changes->now = malloc(wanted * sizeof *changes->now);
        changes->now_capacity = changes->now ? wanted : 0;
    }
    changes->n_now = changes->now ? n : 0;
    return changes->now != NULL;
}

void heed_gl_changes_find(struct heed_gl_changes *changes, const struct heed_list *list, int width,
                          int height, struct heed_gl_lines *lines)
{
    const struct heed_gl_clip whole = {0, 0, width, height};
    const bool comparable =
        changes->width == width && changes->height == height && list->background.a >= 1.0f &&
        memcmp(&changes->background, &list->background, sizeof list->background) == 0;
    const bool ok = turn_over(changes, list->n_items);
    changes->n_places = 0;
    if (ok) {
        struct walk walk = {.changes = changes, .lines = lines};
        walk.levels[0].clip = whole;
        fill_entries(&walk, list);
    }
    if (!ok || !comparable || !compare(changes)) {
        changes->n_places = 1;
        changes->places[0] = whole;
    }
    changes->width = ok ? width : 0;
    changes->height = height;
    changes->background = list->background;
}
