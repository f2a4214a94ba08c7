/* One line for each candidate in each head: all that a probe's numbers are made of. */
#include <string.h>

#include "base/utf8.h"
#include "core/engine/probe_private.h"

static void put_field(struct heed_buffer *out, const char *text, size_t length)
{
    heed_buffer_puts(out, "\"");
    for (size_t i = 0; i < length; i++) {
        heed_buffer_append(out, "\"", text[i] == '"');
        heed_buffer_append(out, text + i, 1);
    }
    heed_buffer_puts(out, "\"");
}

/* "text@begin-end", quoted. */
static void put_run(struct heed_buffer *out, const char *text, struct heed_probe_span span)
{
    struct heed_buffer name = {0};
    const size_t length = strlen(text);
    const size_t from = heed_utf8_offset(text, length, (size_t)span.start);
    const size_t to = heed_utf8_offset(text, length, (size_t)span.end);
    heed_buffer_append(&name, text + from, to - from);
    heed_buffer_printf(&name, "@%d-%d", (int)span.start, (int)span.end);
    put_field(out, name.data ? name.data : "", name.size);
    out->failed |= name.failed;
    heed_buffer_finish(&name);
}

static int distance(struct heed_token_range a, struct heed_token_range b)
{
    if (a.first + a.count <= b.first) {
        return b.first - (a.first + a.count);
    }
    return b.first + b.count <= a.first ? a.first - (b.first + b.count) : 0;
}

/* What doesn't depend on the head, of one candidate. */
static void put_front(struct heed_buffer *out, const struct heed_probe_sentence *sentence, int c)
{
    heed_buffer_printf(out, "%zu,", sentence->line);
    put_field(out, sentence->row->id, strlen(sentence->row->id));
    heed_buffer_puts(out, ",");
    put_field(out, sentence->group, strlen(sentence->group));
    heed_buffer_puts(out, ",");
    put_run(out, sentence->text, sentence->pronoun_span);
    heed_buffer_puts(out, ",");
    put_run(out, sentence->text, sentence->spans[c]);
    heed_buffer_printf(out, ",%d,", c == sentence->item.answer);
}

void heed_probe_put_sentences(struct heed_buffer *out, const struct heed_probe_run *run)
{
    const struct heed_probe_shape shape = heed_probe_get_shape(run->probe);
    const int n_maps = shape.n_layers * shape.n_heads;
    struct heed_buffer front = {0};
    heed_buffer_puts(out, "row,id,group,pronoun,candidate,is_answer,layer,head,weight,right,margin,"
                          "distance");
    heed_buffer_puts(out, run->direction == HEED_PROBE_BOTH ? ",direction\n" : "\n");
    for (size_t s = 0; s < run->n; s++) {
        const struct heed_probe_sentence *sentence = &run->sentences[s];
        for (int c = 0; c < sentence->item.n_candidates; c++) {
            const int far = distance(sentence->item.pronoun, sentence->item.candidates[c]);
            heed_buffer_clear(&front);
            put_front(&front, sentence, c);
            for (int column = 0; column < run->n_columns; column++) {
                double margin = 0;
                const int map = column % n_maps;
                const double right = heed_probe_get_score(run->probe, (int)s, column, &margin);
                heed_buffer_append(out, front.data, front.size);
                heed_buffer_printf(out, "%d,", map / shape.n_heads);
                if (!run->is_layers) {
                    heed_buffer_printf(out, "%d", map % shape.n_heads);
                }
                heed_buffer_printf(out, ",%.9g,%.7g,%.9g,%d%s\n",
                                   (double)heed_probe_get_weights(run->probe, (int)s, column)[c],
                                   right, margin, far,
                                   run->direction != HEED_PROBE_BOTH ? ""
                                   : column < n_maps                 ? ",pronoun"
                                                                     : ",candidate");
            }
        }
    }
    out->failed |= front.failed;
    heed_buffer_finish(&front);
}
