/*
 * Inside export: the links, cells and numbers of vectors that a picture shows, as rows. They are
 * read off its display list, so that filters, heads and texts are the picture's
 * by themselves; a panel's are its task's. Any thread.
 */
#ifndef HEED_EXPORT_DATA_H
#define HEED_EXPORT_DATA_H

#include "base/buffer.h"
#include "base/error.h"
#include "draw/display_list.h"
#include "export/export.h"

struct heed_data_source {
    const struct heed_list *list;
    const struct heed_state *state;
    const struct heed_result *result;
    const struct heed_result *compare; /* a figure's second text; NULL: none */
    const struct heed_tasks *tasks;    /* of a panel; NULL: none */
    const char *caption, *model;
};

/* As CSV with a line of names, or as one JSON document. Rows go by part, then as
 * the heads are shown, then by query and key; a link that is drawn twice is one.
 * Of a panel what its command prints: heed ablate, heed probe. Errors: a panel that
 * wasn't run; memory. */
HEED_NODISCARD bool heed_data_write(const struct heed_data_source *source, bool as_json,
                                    struct heed_buffer *out, struct heed_error *err);

#endif
