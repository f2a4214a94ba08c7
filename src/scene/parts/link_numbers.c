#include "scene/parts/link_numbers.h"

#include <stdio.h>
#include <string.h>

#include "base/array.h"

#include "scene/frame/link_choice.h"
#include "scene/widgets/label.h"

#define NO_BREAK "\xC2\xA0"

enum { MOST_LINES = 64 };

/* Text that grows in the list's arena. */
struct words {
    struct heed_list *list;
    char *text;
    size_t length, capacity;
};

static void add(struct words *words, const char *text)
{
    const size_t n = strlen(text);
    if (!heed_arena_reserve(&words->list->arena, &words->text, &words->capacity,
                            words->length + n + 1, 1)) {
        words->list->failed = true;
        return;
    }
    memcpy(words->text + words->length, text, n + 1);
    words->length += n;
}

static bool is_pair(const struct heed_link_numbers *it)
{
    return it->query.count > 0 && it->key.count > 0;
}

/* The other word of a link. */
static int other_of(const struct heed_link_numbers *it, struct heed_link link)
{
    return it->query.count > 0 ? link.key : link.query;
}

static bool is_meant(const struct heed_link_numbers *it, struct heed_link link)
{
    return is_pair(it) ? heed_range_has(it->key, link.key) : link.weight >= 0.1F;
}

/* "animal L3H1 0.677, L5H11 0.673" of the links of one word, strongest first. */
static void add_word(const struct heed_link_numbers *it, const struct heed_chosen_links *strong,
                     int from, bool is_first, struct words *words)
{
    const int other = other_of(it, strong->links[from]);
    add(words, !is_first ? "; " : is_pair(it) ? "" : "from 0.1 up: ");
    add(words, it->maps->units[other].label);
    for (int i = from; i >= 0; i--) {
        const struct heed_link link = strong->links[i];
        char number[32], text[72];
        if (other_of(it, link) == other && is_meant(it, link)) {
            const bool named = it->shown.n > 1;
            heed_format_number(number, sizeof(number), (double)link.weight, 3);
            snprintf(text, sizeof(text), "%s%s%s%s%s", i < from ? "," : "", named ? " " : NO_BREAK,
                     named ? it->shown.items[link.map].name : "", named ? NO_BREAK : "", number);
            add(words, text);
        }
    }
}

static bool is_first_of_its_word(const struct heed_link_numbers *it,
                                 const struct heed_chosen_links *strong, int at)
{
    for (int i = strong->n - 1; i > at; i--) {
        if (is_meant(it, strong->links[i]) &&
            other_of(it, strong->links[i]) == other_of(it, strong->links[at])) {
            return false;
        }
    }
    return true;
}

static int by_weight(const void *left, const void *right)
{
    const struct heed_link *a = left, *b = right;
    return a->weight != b->weight ? (a->weight < b->weight ? -1 : 1) : b->map - a->map;
}

/* All of it has room in the lines that there are. */
static bool holds(const struct heed_link_numbers *it, const struct words *words, float width)
{
    return it->most == 0 || words->text == NULL ||
           heed_text_holds(it->skin, heed_widget_style(it->skin, 14, 400), words->text, width,
                           it->most);
}

static void fill(const struct heed_link_numbers *it, float width, struct words *words)
{
    const struct heed_link_request request = {
        .frame = it->frame, .maps = it->maps, .shown = it->shown, .last = it->maps->n};
    const struct heed_chosen_links strong = heed_link_collect(&request, it->query, it->key);
    bool is_first = true;
    heed_sort(strong.links, (size_t)strong.n, sizeof(*strong.links), by_weight);
    add(words, it->lead);
    for (int i = strong.n - 1; i >= 0; i--) {
        if (is_meant(it, strong.links[i]) && is_first_of_its_word(it, &strong, i)) {
            const size_t before = words->length;
            add_word(it, &strong, i, is_first, words);
            if (!is_first && !holds(it, words, width)) { /* no word's numbers are cut */
                words->length = before;
                add(words, " \xE2\x80\xA6");
                return;
            }
            is_first = false;
        }
    }
    if (is_first) {
        add(words, "no weight reaches 0.1");
    }
}

int heed_link_numbers(const struct heed_link_numbers *it, float x, float cy, float width, bool draw)
{
    struct words words = {.list = it->frame->list};
    struct heed_skin skin = *it->skin;
    const bool few = it->most > 0;
    const int line = few ? HEED_FEW_NUMBERS_LINE : HEED_NUMBERS_LINE;
    fill(it, width, &words);
    skin.list = draw ? skin.list : NULL;
    return words.text == NULL
               ? 0
               : heed_text_wrapped(&skin, x, cy, (float)line * skin.scale,
                                   heed_widget_style(&skin, few ? 14 : 12, 400), skin.theme->text,
                                   words.text, width, few ? it->most : MOST_LINES);
}
