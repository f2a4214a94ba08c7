#include "scene/views/lab/words.h"

#include <stdio.h>

#include "core/analysis/link_measures.h"
#include "scene/frame/scores.h"
#include "scene/frame/shown.h"
#include "state/interventions.h"

int heed_lab_describe(const struct heed_frame *frame, const struct heed_tip_subject *subject,
                      char lines[HEED_TIP_LINES][HEED_TIP_BYTES])
{
    const struct heed_hover hover = frame->hover;
    const struct heed_result *result = frame->result;
    const uint16_t kind = subject->target.kind;
    if ((kind != HEED_TARGET_CELL && kind != HEED_TARGET_LINK) || result == NULL ||
        !hover.has_head || hover.query.count == 0 || hover.key.count == 0) {
        return 0;
    }
    const struct heed_token_range query = heed_range_of(hover.query);
    const struct heed_token_range key = heed_range_of(hover.key);
    const struct heed_run *trained = result->plain != NULL ? result->plain : result->run;
    const float before =
        heed_run_link_weight(trained, hover.head.layer, hover.head.head, query, key);
    const float after =
        heed_run_link_weight(result->run, hover.head.layer, hover.head.head, query, key);
    char from[96], to[96], a[32], b[32];
    heed_pin_words(heed_pin_result(result, hover.query), hover.query, from, sizeof(from));
    heed_pin_words(heed_pin_result(result, hover.key), hover.key, to, sizeof(to));
    heed_format_number(a, sizeof(a), (double)before, 3);
    heed_format_number(b, sizeof(b), (double)after, 3);
    snprintf(lines[0], HEED_TIP_BYTES, "%.80s \xE2\x86\x92 %.80s in L%dH%d", from, to,
             hover.head.layer, hover.head.head);
    snprintf(lines[1], HEED_TIP_BYTES, "trained %s \xC2\xB7 lab %s", a, b);
    heed_format_signed(a, sizeof(a), (double)(after - before));
    snprintf(lines[2], HEED_TIP_BYTES, "lab \xE2\x88\x92 trained %s", a);
    const enum heed_link_off off =
        after <= 0 ? heed_link_is_off(result, hover.head, query.first, key.first) : HEED_LINK_ON;
    heed_link_off_words(result, off, lines[3], HEED_TIP_BYTES);
    return off != HEED_LINK_ON ? 4 : 3;
}

/* Its weights are the heads' own, whatever is asked of the other views. */
void heed_lab_say(struct heed_clauses *clauses)
{
    const struct heed_filter *filter = &clauses->maps->filter;
    const bool short_form = clauses->short_form;
    heed_say_hidden(clauses);
    if (filter->words) {
        heed_clauses_say(clauses, HEED_COMMAND_WORDS, 0,
                         short_form ? "words" : "word pieces merged");
    }
    if (filter->renormalise || filter->measure != HEED_MEASURE_WEIGHT ||
        filter->aggregate != HEED_AGGREGATE_NONE) {
        heed_clauses_say(clauses, HEED_COMMAND_NONE, 0, "the heads\xE2\x80\x99 own weights%s",
                         short_form ? "" : ": not renormalised, measured otherwise or averaged");
    }
    heed_say_nothing_hidden(clauses);
    heed_say_palette(clauses);
}
