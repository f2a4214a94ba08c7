#include "scene/views/links/drawn.h"

#include "scene/views/links/layout.h"

#include <math.h>

struct heed_link_request heed_links_request(const struct heed_links *links)
{
    const int n = heed_links_count_rows(links->maps);
    const int first = (int)floorf(links->scroll / links->pitch);
    const int last = (int)ceilf((links->scroll + links->rows.h) / links->pitch);
    return (struct heed_link_request){
        .frame = links->frame,
        .maps = links->maps,
        .shown = links->shown,
        .first = first < 0 ? 0 : first,
        .last = last > n ? n : last,
        .limit = heed_link_limit(links->frame),
    };
}

void heed_links_count(const struct heed_links *links)
{
    const struct heed_link_request request = {.frame = links->frame,
                                              .maps = links->maps,
                                              .shown = links->shown,
                                              .last = links->maps->n,
                                              .limit = heed_link_limit(links->frame)};
    heed_link_report_all(&request, links->query, links->key);
}
