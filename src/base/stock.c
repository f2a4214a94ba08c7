#include "base/stock.h"

#include <pthread.h>
#include <stdalign.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/checked.h"
#include "base/compiler.h"
#include "base/platform.h"

enum {
    LINE = 64,           /* of a cache */
    LARGE = 1024 * 1024, /* blocks below are never trimmed */
    PAGE = 64 * 1024,    /* of the system, or some of them */
    LARGE_PAGE = 2 * 1024 * 1024
};

/* Before the memory that is handed out. */
struct block {
    alignas(LINE) struct heed_stock *stock; /* NULL: of nobody */
    struct block *next;
    size_t capacity;
    unsigned round; /* in which it was taken last */
    bool in_use;
    bool stays; /* while trimming */
};

struct heed_stock {
    pthread_mutex_t lock; /* of all below, and of the blocks' fields */
    struct block *first;
    unsigned round;
    bool left;
};

struct heed_stock *heed_stock_create(void)
{
    struct heed_stock *stock = calloc(1, sizeof *stock);
    if (stock) {
        pthread_mutex_init(&stock->lock, NULL);
    }
    return stock;
}

static void destroy(struct heed_stock *stock)
{
    pthread_mutex_destroy(&stock->lock);
    free(stock);
}

/* Large blocks lie in mappings of their own. In the heap they would leave holes
 * that stay with the program, and the system would fill what small blocks come
 * there with large pages again. */
static bool is_mapped(size_t capacity)
{
    return capacity >= 2 * LARGE_PAGE && !HEED_FINDS_MISUSE;
}

static size_t round_to_pages(size_t size)
{
    return (size + PAGE - 1) / PAGE * PAGE;
}

/* At the beginning of a large page. */
static void *map(size_t size)
{
    void *pages = heed_platform_map_pages(size, LARGE_PAGE);
    if (pages) {
        heed_platform_advise_large(pages, size / LARGE_PAGE * LARGE_PAGE);
    }
    return pages;
}

static void free_block(struct block *block)
{
    if (is_mapped(block->capacity)) {
        heed_platform_unmap_pages(block, round_to_pages(block->capacity + sizeof *block));
    } else {
        free(block);
    }
}

static size_t free_list(struct block *block)
{
    size_t bytes = 0;
    while (block) {
        struct block *next = block->next;
        bytes += block->capacity;
        free_block(block);
        block = next;
    }
    return bytes;
}

/* Takes the blocks out that neither are in use nor stay. */
static struct block *unlink_idle(struct heed_stock *stock)
{
    struct block *idle = NULL;
    struct block **link = &stock->first;
    while (*link) {
        struct block *block = *link;
        if (block->in_use || block->stays) {
            link = &block->next;
            continue;
        }
        *link = block->next;
        block->next = idle;
        idle = block;
    }
    return idle;
}

static struct block *unlink_all_idle(struct heed_stock *stock)
{
    for (struct block *block = stock->first; block; block = block->next) {
        block->stays = false;
    }
    return unlink_idle(stock);
}

size_t heed_stock_drop(struct heed_stock *stock)
{
    pthread_mutex_lock(&stock->lock);
    struct block *idle = unlink_all_idle(stock);
    pthread_mutex_unlock(&stock->lock);
    return free_list(idle);
}

void heed_stock_leave(struct heed_stock *stock)
{
    if (!stock) {
        return;
    }
    pthread_mutex_lock(&stock->lock);
    stock->left = true;
    struct block *idle = unlink_all_idle(stock);
    const bool is_last = !stock->first;
    pthread_mutex_unlock(&stock->lock);
    free_list(idle);
    if (is_last) {
        destroy(stock);
    }
}

/* Up to an eighth more, so that texts of about the same length share. */
static bool round_up(size_t size, size_t *capacity)
{
    size_t step = LINE;
    while (step < size / 8) {
        step *= 2;
    }
    if (!heed_checked_add(size, step - 1, capacity)) {
        return false;
    }
    *capacity -= *capacity % step;
    return true;
}

static struct block *allocate(size_t capacity)
{
    size_t size = 0;
    void *memory = NULL;
    if (!heed_checked_add(capacity, sizeof(struct block), &size) || size > SIZE_MAX / 2) {
        return NULL;
    }
    if (is_mapped(capacity)) {
        memory = map(round_to_pages(size));
    } else if (posix_memalign(&memory, LINE, size) != 0) {
        memory = NULL;
    }
    struct block *block = memory;
    if (block) {
        *block = (struct block){.capacity = capacity, .in_use = true};
    }
    return block;
}

/* The smallest idle block of at least that capacity, but not of twice. */
static struct block *find_idle(struct heed_stock *stock, size_t capacity)
{
    struct block *best = NULL;
    for (struct block *block = stock->first; block; block = block->next) {
        if (!block->in_use && block->capacity >= capacity && block->capacity / 2 < capacity &&
            (!best || block->capacity < best->capacity)) {
            best = block;
        }
    }
    return best;
}

/* Takes out an idle large block that is too small, but not by half: one of that
 * capacity is to come in its place. NULL: there is none. */
static struct block *unlink_outgrown(struct heed_stock *stock, size_t capacity)
{
    for (struct block **link = &stock->first; *link; link = &(*link)->next) {
        struct block *block = *link;
        if (!block->in_use && block->capacity >= LARGE && block->capacity < capacity &&
            block->capacity >= capacity / 2) {
            *link = block->next;
            block->next = NULL;
            return block;
        }
    }
    return NULL;
}

static void link_block(struct heed_stock *stock, struct block *block)
{
    pthread_mutex_lock(&stock->lock);
    block->stock = stock;
    block->round = stock->round;
    block->next = stock->first;
    stock->first = block;
    pthread_mutex_unlock(&stock->lock);
}

void *heed_stock_take(struct heed_stock *stock, size_t size)
{
    size_t capacity = 0;
    struct block *block = NULL;
    struct block *outgrown = NULL;
    if (!round_up(size, &capacity)) {
        return NULL;
    }
    if (stock) {
        pthread_mutex_lock(&stock->lock);
        block = find_idle(stock, capacity);
        if (block) {
            block->in_use = true;
            block->round = stock->round;
        } else {
            outgrown = unlink_outgrown(stock, capacity);
        }
        pthread_mutex_unlock(&stock->lock);
    }
    if (!block) {
        (void)free_list(outgrown);
        block = allocate(capacity);
        if (!block && stock && heed_stock_drop(stock) > 0) {
            block = allocate(capacity);
        }
        if (block && stock) {
            link_block(stock, block);
        }
    }
    return block ? block + 1 : NULL;
}

void heed_stock_give(void *memory)
{
    if (!memory) {
        return;
    }
    struct block *block = (struct block *)memory - 1;
    struct heed_stock *stock = block->stock;
    if (!stock) {
        free_block(block);
        return;
    }
    pthread_mutex_lock(&stock->lock);
    block->in_use = false;
    block->stays = !stock->left && !HEED_FINDS_MISUSE;
    struct block *idle = block->stays ? NULL : unlink_idle(stock);
    const bool is_last = stock->left && !stock->first;
    pthread_mutex_unlock(&stock->lock);
    free_list(idle);
    if (is_last) {
        destroy(stock);
    }
}

size_t heed_stock_count_used(struct heed_stock *stock)
{
    size_t bytes = 0;
    pthread_mutex_lock(&stock->lock);
    for (const struct block *block = stock->first; block; block = block->next) {
        bytes += block->in_use ? block->capacity : 0;
    }
    pthread_mutex_unlock(&stock->lock);
    return bytes;
}

void heed_stock_mark(struct heed_stock *stock)
{
    pthread_mutex_lock(&stock->lock);
    stock->round++;
    pthread_mutex_unlock(&stock->lock);
}

static bool is_alike(const struct block *a, const struct block *b)
{
    return a->capacity / 2 <= b->capacity && b->capacity / 2 <= a->capacity;
}

/* True if a block of about its size is in use and no idle one stays yet. */
static bool is_spare(const struct heed_stock *stock, const struct block *block)
{
    bool is_wished = false;
    for (const struct block *other = stock->first; other; other = other->next) {
        if (other != block && is_alike(block, other)) {
            if (!other->in_use && other->stays) {
                return false;
            }
            is_wished = is_wished || other->in_use;
        }
    }
    return is_wished;
}

size_t heed_stock_trim(struct heed_stock *stock)
{
    pthread_mutex_lock(&stock->lock);
    for (struct block *block = stock->first; block; block = block->next) {
        block->stays = block->capacity < LARGE || block->round == stock->round;
    }
    for (struct block *block = stock->first; block; block = block->next) {
        block->stays = block->stays || is_spare(stock, block);
    }
    struct block *idle = unlink_idle(stock);
    pthread_mutex_unlock(&stock->lock);
    return free_list(idle);
}
