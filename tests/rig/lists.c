#include "lists.h"

#include <string.h>

static bool is_text(const struct heed_item *item, const char *text)
{
    return item->kind == HEED_ITEM_TEXT && item->as.text.length == strlen(text) &&
           memcmp(item->as.text.text, text, strlen(text)) == 0;
}

const struct heed_item *list_find_text(const struct heed_list *list, const char *text)
{
    for (size_t i = 0; i < list->n_items; i++) {
        if (is_text(&list->items[i], text)) {
            return &list->items[i];
        }
    }
    return NULL;
}

int list_count_text(const struct heed_list *list, const char *text)
{
    int count = 0;
    for (size_t i = 0; i < list->n_items; i++) {
        count += is_text(&list->items[i], text);
    }
    return count;
}

bool list_says(const struct heed_list *list, const char *part)
{
    for (size_t i = 0; i < list->n_items; i++) {
        const struct heed_item *item = &list->items[i];
        if (item->kind == HEED_ITEM_TEXT &&
            memmem(item->as.text.text, item->as.text.length, part, strlen(part)) != NULL) {
            return true;
        }
    }
    return false;
}

int list_count(const struct heed_list *list, enum heed_item_kind kind)
{
    int count = 0;
    for (size_t i = 0; i < list->n_items; i++) {
        count += list->items[i].kind == kind;
    }
    return count;
}

int list_count_hotspots(const struct heed_list *list, enum heed_target_kind kind)
{
    int count = 0;
    for (size_t i = 0; i < list->n_items; i++) {
        count += list->items[i].kind == HEED_ITEM_HOTSPOT && list->items[i].target.kind == kind;
    }
    return count;
}
