#include "core/engine/file_slot.h"

#include <stdlib.h>
#include <string.h>

#include "core/engine/attention_source.h"

bool heed_file_slot_holds(const struct heed_file_slot *slot, const struct heed_job *job)
{
    struct heed_error changed = {0};
    if (!slot->pipeline || !job->file) {
        return !slot->pipeline && !job->file;
    }
    return strcmp(slot->path, job->file) == 0 && slot->part == job->part &&
           heed_pipeline_check(slot->pipeline, &changed);
}

bool heed_file_slot_open(struct heed_file_slot *slot, const struct heed_job *job,
                         struct heed_error *err)
{
    const char *kind =
        job->part == HEED_PART_SELF ? HEED_FIRST_PART : heed_part_kind_words[job->part];
    if (slot->pipeline) {
        return true;
    }
    if (!heed_pipeline_open_file(&slot->pipeline, job->file, kind, HEED_MOST_READ, err)) {
        return false;
    }
    slot->path = strdup(job->file);
    slot->part = job->part;
    if (!slot->path) {
        heed_file_slot_close(slot);
        return heed_error_set(err, HEED_ERROR_MEMORY, "no memory left to open '%s'", job->file);
    }
    return true;
}

void heed_file_slot_close(struct heed_file_slot *slot)
{
    heed_pipeline_close(slot->pipeline);
    free(slot->path);
    *slot = (struct heed_file_slot){0};
}
