#include "core/analysis/interventions.h"

bool heed_cut_is_everywhere(const struct heed_cut_link *link)
{
    return link->head.layer < 0;
}

static bool same_range(struct heed_token_range a, struct heed_token_range b)
{
    return a.first == b.first && a.count == b.count;
}

bool heed_cut_equal(const struct heed_cut_link *a, const struct heed_cut_link *b)
{
    return heed_head_equal(a->head, b->head) && same_range(a->query, b->query) &&
           same_range(a->key, b->key);
}

static bool follow(struct heed_token_range *range, const struct heed_token_moves *moves)
{
    int32_t first = range->first;
    int32_t count = range->count;
    const bool stays = heed_token_moves_follow(moves, &first, &count);
    *range = (struct heed_token_range){first, count};
    return stays;
}

int heed_cuts_follow(struct heed_cut_link *links, int n, const struct heed_token_moves *moves)
{
    int left = 0;
    for (int i = 0; i < n; i++) {
        struct heed_cut_link link = links[i];
        if (follow(&link.query, moves) && follow(&link.key, moves)) {
            links[left++] = link;
        }
    }
    return left;
}

static bool fits(struct heed_token_range range, int n_tokens)
{
    return range.count > 0 && range.first >= 0 && range.first < n_tokens &&
           range.count <= n_tokens - range.first;
}

int heed_cuts_fit(struct heed_cut_link *links, int n, int n_layers, int n_heads, int n_tokens)
{
    int left = 0;
    for (int i = 0; i < n; i++) {
        const struct heed_cut_link link = links[i];
        const bool exists =
            heed_cut_is_everywhere(&link) ||
            (link.head.layer < n_layers && link.head.head >= 0 && link.head.head < n_heads);
        if (exists && fits(link.query, n_tokens) && fits(link.key, n_tokens)) {
            links[left++] = link;
        }
    }
    return left;
}

static bool holds(struct heed_token_range range, int token)
{
    return token >= range.first && token < range.first + range.count;
}

static bool is_cut(const struct heed_cut_link *links, int n, struct heed_head_id head, int query,
                   int key)
{
    for (int i = 0; i < n; i++) {
        if ((heed_cut_is_everywhere(&links[i]) || heed_head_equal(links[i].head, head)) &&
            holds(links[i].query, query) && holds(links[i].key, key)) {
            return true;
        }
    }
    return false;
}

/* What a query may attend to. */
struct visible {
    const struct heed_cut_link *links;
    int n;
    struct heed_mask mask;
    const struct heed_encoding *encoding;
};

static bool is_masked(const struct visible *visible, int query, int key)
{
    const struct heed_token *tokens = visible->encoding->tokens;
    const bool same = tokens[query].segment == tokens[key].segment;
    return !heed_mask_allows(visible->mask, query, key, same);
}

static bool keeps_row(const struct visible *visible, struct heed_empty_row row)
{
    const int n_tokens = visible->encoding->n_tokens;
    int key = 0;
    while (key < n_tokens && (is_masked(visible, row.query, key) ||
                              is_cut(visible->links, visible->n, row.head, row.query, key))) {
        key++;
    }
    return key < n_tokens;
}

bool heed_cuts_keep_rows(const struct heed_cut_link *links, int n, struct heed_mask mask,
                         const struct heed_encoding *encoding, struct heed_empty_row *row)
{
    const bool no_pair = mask.kind == HEED_MASK_CROSS && !encoding->pair;
    const struct visible visible = {links, n, no_pair ? heed_mask_of(HEED_MASK_FULL, 0) : mask,
                                    encoding};
    for (int i = 0; i < n; i++) {
        const struct heed_token_range query = links[i].query;
        for (int q = query.first; q < query.first + query.count; q++) {
            *row = (struct heed_empty_row){q, links[i].head};
            if (q < encoding->n_tokens && !keeps_row(&visible, *row)) {
                return false;
            }
        }
    }
    return true;
}

static int count_pieces(const struct heed_cut_link *links, int n)
{
    int count = 0;
    for (int i = 0; i < n; i++) {
        count += links[i].query.count * links[i].key.count;
    }
    return count;
}

bool heed_cuts_expand(struct heed_cut **cuts, int *n_cuts, struct heed_arena *arena,
                      const struct heed_cut_link *links, int n, struct heed_error *err)
{
    const int count = count_pieces(links, n);
    struct heed_cut *made = NULL;
    if (count > 0) {
        made = heed_arena_alloc(arena, (size_t)count * sizeof *made);
        if (!made) {
            return heed_error_set(err, HEED_ERROR_MEMORY, "no memory left for %d cut links", count);
        }
    }
    int at = 0;
    for (int i = 0; i < n; i++) {
        for (int piece = 0; piece < links[i].query.count * links[i].key.count; piece++) {
            made[at++] =
                (struct heed_cut){.layer = links[i].head.layer,
                                  .head = links[i].head.head,
                                  .query = links[i].query.first + piece / links[i].key.count,
                                  .key = links[i].key.first + piece % links[i].key.count};
        }
    }
    *cuts = made;
    *n_cuts = count;
    return true;
}

int heed_cuts_translate(struct heed_cut *cuts, int n, const struct heed_alignment *tokens)
{
    int left = 0;
    for (int i = 0; i < n; i++) {
        struct heed_cut cut = cuts[i];
        cut.query = heed_alignment_find_b(tokens, cut.query);
        cut.key = heed_alignment_find_b(tokens, cut.key);
        if (cut.query >= 0 && cut.key >= 0) {
            cuts[left++] = cut;
        }
    }
    return left;
}

bool heed_cuts_have(const struct heed_cut *cuts, int n, int layer, int head, int query, int key)
{
    for (int i = 0; i < n; i++) {
        const bool is_here = cuts[i].layer < 0 || (cuts[i].layer == layer && cuts[i].head == head);
        if (is_here && cuts[i].query == query && cuts[i].key == key) {
            return true;
        }
    }
    return false;
}
