/* What stands in for the window in a build without it (-Dwindow=false). */
#include "app/app.h"
#include "cli/bench.h"

static bool refuse(struct heed_error *err)
{
    return heed_error_set(err, HEED_ERROR_UNSUPPORTED,
                          "this heed was built without its window: its commands work, "
                          "heed --help lists them");
}

bool heed_app_run(const struct heed_app_options *options, struct heed_error *err)
{
    return refuse(err);
}

bool heed_bench_draw(struct heed_buffer *out, struct heed_pipeline *pipeline, const int *lengths,
                     int n, struct heed_error *err)
{
    return refuse(err);
}

bool heed_bench_probe(struct heed_buffer *out, struct heed_pipeline *pipeline, const char *path,
                      bool (*progress)(void *context, int done, int all), void *context,
                      struct heed_error *err)
{
    return refuse(err);
}
