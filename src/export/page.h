/*
 * Inside export: the page that a picture needs. Lays it out, looks whether it
 * holds all that it is to show, and finds width, height and type with which it
 * does, or refuses with the least size that would do.
 */
#ifndef HEED_EXPORT_PAGE_H
#define HEED_EXPORT_PAGE_H

#include "base/error.h"
#include "draw/display_list.h"
#include "draw/metrics.h"
#include "export/export.h"
#include "scene/frame/frame.h"

#define HEED_PX_PER_MM (96.0f / 25.4f)
#define HEED_PX_PER_PT (96.0f / 72.0f)
#define HEED_MOST_PX 32767.0f

/* Lengths in px of the list, 1/96 inch. */
struct heed_page {
    float width;           /* 0: to be found */
    float height;          /* 0: as high as the content */
    float pt;              /* of all type */
    float unit;            /* px: what sizes are counted and named in ... */
    const char *unit_name; /* ... "mm" or "px" */
};

/* What a page is laid out of; the same for every try. */
struct heed_page_source {
    const struct heed_export_options *options;
    const struct heed_state *state;
    const struct heed_result *result;
    const struct heed_model *model;
    const struct heed_metrics *metrics;
    const void *cache;       /* the view's */
    char *caption;           /* [HEED_CAPTION_BYTES], filled with the page's; NULL: nobody asks */
    struct heed_page *least; /* of a page that is refused: the one that its message names;
                                width 0: none. NULL: nobody asks */
};

/* Fills what is 0 in the page, shrinks its type if the options let it, and
 * leaves the picture in the list. Errors: nothing of that holds it all (the
 * message names the least size that does), memory. */
HEED_NODISCARD bool heed_page_find(const struct heed_page_source *source, struct heed_page *page,
                                   struct heed_list *list, struct heed_error *err);

#endif
