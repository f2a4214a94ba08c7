/*
 * The attention file that the worker's jobs are of: opened for the first, kept
 * for those that follow, opened anew if it was changed. Inside core/engine; one
 * thread.
 */
#ifndef HEED_CORE_ENGINE_FILE_SLOT_H
#define HEED_CORE_ENGINE_FILE_SLOT_H

#include "core/engine/pipeline.h"

/* Zero: nothing is open. */
struct heed_file_slot {
    struct heed_pipeline *pipeline;
    char *path;
    enum heed_part_kind part;
};

/* True if what is open (or that nothing is) is right for the job. */
bool heed_file_slot_holds(const struct heed_file_slot *slot, const struct heed_job *job);
/* Opens the job's file unless it is open. */
HEED_NODISCARD bool heed_file_slot_open(struct heed_file_slot *slot, const struct heed_job *job,
                                        struct heed_error *err);
void heed_file_slot_close(struct heed_file_slot *slot);

#endif
