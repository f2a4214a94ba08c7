#include "render/gl/gl_pile.h"

#include <stdlib.h>
#include <string.h>

void heed_gl_pile_finish(struct heed_gl_pile *pile)
{
    free(pile->items);
    free(pile->places);
    free(pile->sorted);
    *pile = (struct heed_gl_pile){.item_size = pile->item_size};
}

static bool grow(void *array, size_t n, size_t size)
{
    void **pointer = array;
    void *grown = realloc(*pointer, n * size);
    if (grown) {
        *pointer = grown;
    }
    return grown != NULL;
}

bool heed_gl_pile_add(struct heed_gl_pile *pile, const void *item, struct heed_gl_place place)
{
    if (pile->n == pile->capacity) {
        const size_t capacity = pile->capacity ? pile->capacity * 2 : 256;
        if (!grow(&pile->items, capacity, pile->item_size) ||
            !grow(&pile->sorted, capacity, pile->item_size) ||
            !grow(&pile->places, capacity, sizeof *pile->places)) {
            return false;
        }
        pile->capacity = capacity;
    }
    memcpy(pile->items + pile->n * pile->item_size, item, pile->item_size);
    pile->places[pile->n++] = place;
    return true;
}

void heed_gl_pile_sort(struct heed_gl_pile *pile, size_t *next)
{
    const size_t size = pile->item_size;
    for (size_t i = 0; i < pile->n; i++) {
        const size_t to = next[pile->places[i].command]++;
        memcpy(pile->sorted + to * size, pile->items + i * size, size);
    }
}
