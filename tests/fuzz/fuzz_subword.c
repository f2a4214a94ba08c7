/* Any line as the "model" of a tokenizer.json (Unigram, BPE, WordPiece), the rest as the
 * text that it splits: refused, or its pieces lie in the text, in order, with ids. */
#include <string.h>

#include "core/model/json.h"
#include "core/text/subword.h"
#include "fuzz.h"
#include "stretch.h"

static void check(const struct heed_subword *model, const struct heed_pieces *pieces, size_t n)
{
    size_t at = 0;
    for (size_t i = 0; i < pieces->n; i++) {
        const struct heed_piece *piece = &pieces->pieces[i];
        if (piece->from > piece->to || piece->to > n || piece->from < at || piece->id < 0 ||
            (size_t)piece->id >= model->vocabulary.n_ids) {
            abort();
        }
        at = piece->from; /* bytes of one character share its place */
    }
}

static void split(const struct heed_subword *model, const char *text, size_t size)
{
    struct heed_arena arena = {0};
    struct heed_pieces pieces = {0};
    const struct heed_stretch stretch = fuzz_stretch(text, size, &arena);
    if (stretch.n > 0 && model->split(model, &stretch, &arena, &pieces)) {
        check(model, &pieces, stretch.n);
    }
    heed_arena_finish(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char usual[] = "the \xE2\x96\x81unhappy caf\xC3\xA9 \xE4\xB8\xAD!";
    const char *text = (const char *)data;
    const size_t end = fuzz_first_line(text, size);
    char *line = strndup(text, end);
    cJSON *root = NULL;
    struct heed_subword model = {0};
    if (!line) {
        abort();
    }
    if (heed_json_parse(&root, line, strlen(line), "fuzz", NULL)) {
        if (heed_subword_read(&model, root, NULL, "fuzz", NULL) &&
            heed_vocabulary_seal(&model.vocabulary)) {
            split(&model, text + end, size - end);
            split(&model, usual, sizeof usual - 1);
        }
        heed_subword_finish(&model);
        cJSON_Delete(root);
    }
    free(line);
    return 0;
}
