#include "core/engine/probe_private.h"

#include <string.h>

bool heed_probe_no_memory(struct heed_error *err)
{
    return heed_error_set(err, HEED_ERROR_MEMORY, "no memory left for the probe");
}

bool heed_probe_encode(const struct heed_result **result, const struct heed_probe_run *run,
                       const struct heed_task_world *world, const char *text,
                       struct heed_error *err)
{
    const struct heed_job job = {.text = text, .text_length = strlen(text), .filter = run->filter};
    const struct heed_pipeline_hints hints = {.cancelled = world->cancelled,
                                              .context = world->context};
    return heed_pipeline_run(world->pipeline, &job, hints, result, err);
}

const char *heed_probe_run_file(const struct heed_probe_run *run, int file)
{
    const char *slash = strrchr(run->files[file].name, '/');
    return slash ? slash + 1 : run->files[file].name;
}
