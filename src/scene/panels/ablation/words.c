#include "scene/panels/ablation/words.h"

#include <stdio.h>

#include "scene/frame/ablation_values.h"
#include "scene/frame/shown.h"

void heed_ablation_note_text(const struct heed_frame *frame, const struct heed_ablation_work *work,
                             int n_left_out, char *text, size_t size)
{
    const struct heed_ablation_table *of = &work->table;
    char link[320] = "";
    char left_out[80] = "";
    if (of->to != NULL) {
        snprintf(link, sizeof(link),
                 "Largest: the largest change of %s \xE2\x86\x92 %s in one head of a later layer, "
                 "and in which; Mean |\xCE\x94|: the mean of |change| over all of them. The last "
                 "layer\xE2\x80\x99s heads have none. ",
                 of->from, of->to);
    }
    const char *on =
        frame->result->plain != NULL ? " Whatever else is off now counts as on here." : "";
    if (n_left_out > 0) {
        snprintf(left_out, sizeof(left_out), "The %d heads that change it less are left out. ",
                 n_left_out);
    }
    snprintf(text, size,
             "%s%s%sSentence: of the mean-pooled embedding. Each head\xE2\x80\x99s output is set "
             "to zero by itself, all later values follow; whole text, no filter. The model "
             "wasn\xE2\x80\x99t trained with muted heads.%s",
             left_out, link,
             of->from != NULL ? "Token: of the query\xE2\x80\x99s last hidden state. " : "", on);
}

void heed_ablation_stale_text(const struct heed_frame *frame, const struct heed_ablation_work *work,
                              char *text, size_t size)
{
    const struct heed_ablation_table *of = &work->table;
    char what[300] = "the sentence";
    if (of->to != NULL) {
        snprintf(what, sizeof(what), "%s \xE2\x86\x92 %s", of->from, of->to);
    } else if (of->from != NULL) {
        snprintf(what, sizeof(what), "%s", of->from);
    }
    if (heed_ablation_has_text(work, frame)) {
        snprintf(text, size, "Not of what is pinned now: these are for %s.", what);
    } else {
        snprintf(text, size,
                 "Not of the text above: these are for %s in \xE2\x80\x9C%.120s\xE2\x80\x9D.", what,
                 work->result->encoding->text);
    }
}

void heed_ablation_start_text(const struct heed_frame *frame, char *text, size_t size)
{
    const struct heed_run *run = frame->result->run;
    struct heed_frame pinned = *frame;
    char pair[192] = "";
    pinned.hover = (struct heed_hover){0};
    heed_pair_text(&pinned, pair, sizeof(pair));
    snprintf(text, size,
             "Run mutes each of the %d heads by itself, encodes the text again, and tells how much "
             "%s%s. The heads that matter most come first.",
             run->n_layers * run->n_heads,
             pair[0] != '\0' ? pair : "the sentence\xE2\x80\x99s vector",
             frame->state->key.count > 0 ? " changes in later layers" : " moves");
}

void heed_ablation_fill_header(const struct heed_frame *frame, bool has_work, bool current,
                               struct heed_panel_header *header, char *text, size_t size)
{
    struct heed_frame pinned = *frame;
    char pair[192] = "";
    pinned.hover = (struct heed_hover){0};
    heed_pair_text(&pinned, pair, sizeof(pair));
    if (frame->state->key.count > 0) {
        snprintf(text, size, "which head, when muted, changes %s most?", pair);
    } else if (frame->state->query.count > 0) {
        snprintf(text, size, "which head, when muted, moves %s most?%s", pair,
                 frame->is_export ? "" : " Pin a key for the link");
    } else {
        snprintf(text, size, "which head, when muted, moves the sentence most?%s",
                 frame->is_export ? "" : " Pin a link for more");
    }
    *header = (struct heed_panel_header){
        .title = "Ablation",
        .explanation = text,
        .run = has_work ? (current ? "Run again" : "Run for this") : "Run",
        .is_start = !has_work,
        .units = "heads",
        .kind = HEED_TASK_ABLATION,
    };
}
