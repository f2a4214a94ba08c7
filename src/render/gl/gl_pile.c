#include "render/gl/gl_pile.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"

void heed_gl_pile_finish(struct heed_gl_pile *pile)
{
    free(pile->items);
    free(pile->places);
    free(pile->sorted);
    *pile = (struct heed_gl_pile){.item_size = pile->item_size};
}

bool heed_gl_pile_add(struct heed_gl_pile *pile, const void *item, struct heed_gl_place place)
{
    if (pile->n == pile->capacity) {
        size_t capacity[3] = {pile->n, pile->n, pile->n};
        if (!heed_array_reserve(&pile->items, &capacity[0], pile->n + 1, pile->item_size) ||
            !heed_array_reserve(&pile->sorted, &capacity[1], pile->n + 1, pile->item_size) ||
            !heed_array_reserve(&pile->places, &capacity[2], pile->n + 1, sizeof *pile->places)) {
            return false;
        }
        pile->capacity = capacity[0];
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
