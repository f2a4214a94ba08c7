#include <string.h>

#include "cli/commands.h"

/* What was taken for granted about a name; "" if nothing. */
static void note_named(const struct heed_named *named, const char *name)
{
    if (!named->is_chosen && named->n_occurrences > 1) {
        heed_cli_note("note: '%s' occurs %d times; this is the first (%s:2 is the next)", name,
                      named->n_occurrences, name);
    }
    if (named->is_without_case) {
        heed_cli_note("note: '%s' counts its occurrences without case: as spelt there are fewer",
                      name);
    }
    if (named->is_beyond) {
        heed_cli_note("note: a token of '%s' reaches beyond it: its weight is the whole token's",
                      name);
    }
}

/* The encoding with that side's tokens alone. */
static struct heed_encoding side_of(const struct heed_encoding *encoding, enum heed_cli_side side)
{
    struct heed_encoding part = *encoding;
    const int n = encoding->n_queries;
    if (n > 0 && side == HEED_CLI_QUERIES) {
        part.n_tokens = n;
    } else if (n > 0) {
        part.tokens += n;
        part.labels += n;
        part.pieces = part.pieces ? part.pieces + n : NULL;
        part.words = part.words ? part.words + n : NULL;
        part.n_tokens -= n;
    }
    return part;
}

bool heed_cli_find_name(struct heed_token_range *range, const struct heed_cli_options *options,
                        const struct heed_tokenizer *tokenizer,
                        const struct heed_encoding *encoding, enum heed_cli_side side,
                        const char *name, struct heed_error *err)
{
    struct heed_named named = {0};
    const struct heed_encoding part = side_of(encoding, side);
    if (!heed_names_find(tokenizer, &part, name, &named, err)) {
        return false;
    }
    named.first += (int)(part.tokens - encoding->tokens);
    if (options->strict && !named.is_chosen && named.n_occurrences > 1) {
        return heed_error_set(err, HEED_ERROR_INPUT,
                              "'%.100s' occurs %d times, and --strict takes no first one: write "
                              "'%.100s:1' to '%.100s:%d'",
                              name, named.n_occurrences, name, name, named.n_occurrences);
    }
    note_named(&named, name);
    *range = (struct heed_token_range){named.first, named.count};
    return true;
}
