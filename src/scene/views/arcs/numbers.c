#include "scene/views/arcs/numbers.h"

#include <stdio.h>
#include <string.h>

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

static bool is_pair(const struct heed_arcs *arcs)
{
    return arcs->query.count > 0 && arcs->key.count > 0;
}

/* The other word of a link. */
static int other_of(const struct heed_arcs *arcs, struct heed_link link)
{
    return arcs->query.count > 0 ? link.key : link.query;
}

static bool is_meant(const struct heed_arcs *arcs, struct heed_link link)
{
    return is_pair(arcs) ? heed_range_has(arcs->key, link.key) : link.weight >= 0.1F;
}

/* "animal L3H1 0.677, L5H11 0.673" of the links of one word, strongest first. */
static void add_word(const struct heed_arcs *arcs, const struct heed_chosen_links *strong, int from,
                     struct words *words)
{
    const int other = other_of(arcs, strong->links[from]);
    add(words, words->length > 0 ? "; " : is_pair(arcs) ? "" : "from 0.1 up: ");
    add(words, arcs->maps->units[other].label);
    for (int i = from; i >= 0; i--) {
        const struct heed_link link = strong->links[i];
        char number[32], text[72];
        if (other_of(arcs, link) == other && is_meant(arcs, link)) {
            const char *name = arcs->shown.n > 1 ? arcs->shown.items[link.map].name : "";
            heed_format_number(number, sizeof(number), (double)link.weight, 3);
            snprintf(text, sizeof(text), "%s %s%s%s", i < from ? "," : "", name,
                     name[0] ? NO_BREAK : "", number);
            add(words, text);
        }
    }
}

static bool is_first_of_its_word(const struct heed_arcs *arcs,
                                 const struct heed_chosen_links *strong, int at)
{
    for (int i = strong->n - 1; i > at; i--) {
        if (is_meant(arcs, strong->links[i]) &&
            other_of(arcs, strong->links[i]) == other_of(arcs, strong->links[at])) {
            return false;
        }
    }
    return true;
}

static void fill(const struct heed_arcs *arcs, struct words *words)
{
    const struct heed_link_request request = {
        .frame = arcs->frame, .maps = arcs->maps, .shown = arcs->shown, .last = arcs->maps->n};
    const struct heed_chosen_links strong = heed_link_collect(&request, arcs->query, arcs->key);
    for (int i = strong.n - 1; i >= 0; i--) {
        if (is_meant(arcs, strong.links[i]) && is_first_of_its_word(arcs, &strong, i)) {
            add_word(arcs, &strong, i, words);
        }
    }
}

int heed_arcs_numbers(const struct heed_arcs *arcs, float x, float cy, float width, bool draw)
{
    struct words words = {.list = arcs->frame->list};
    struct heed_skin skin = arcs->skin;
    if (!arcs->frame->is_export || arcs->n_rows > 0 || arcs->query.count + arcs->key.count == 0) {
        return 0;
    }
    fill(arcs, &words);
    if (words.length == 0) {
        add(&words, "no weight reaches 0.1");
    }
    skin.list = draw ? skin.list : NULL;
    return words.text == NULL ? 0
                              : heed_text_wrapped(&skin, x, cy, HEED_ARCS_LINE * arcs->s,
                                                  heed_widget_style(&skin, 12, 400),
                                                  skin.theme->text, words.text, width, MOST_LINES);
}
