/*
 * How wide text is: the one thing that the scene must ask a painter. Each
 * painter offers one; tests use the fixed one of render/record. Called on the
 * thread that builds the list.
 */
#ifndef HEED_DRAW_METRICS_H
#define HEED_DRAW_METRICS_H

#include <stddef.h>

#include "draw/display_list.h"

struct heed_metrics {
    void *context;
    /* Advance of one line of text, in the list's px. */
    float (*width)(void *context, struct heed_text_style style, const char *text, size_t length);
    /* x of the caret before the byte `offset` (a grapheme boundary) of this
     * line, from the line's left end; right-to-left runs go leftwards. */
    float (*caret)(void *context, struct heed_text_style style, const char *text, size_t length,
                   size_t offset);
};

static inline float heed_text_width(const struct heed_metrics *metrics,
                                    struct heed_text_style style, const char *text, size_t length)
{
    return metrics->width(metrics->context, style, text, length);
}

#endif
