/*
 * The arrays of an attention file that is too large to be read at opening: rows of
 * one head at a time, out of the mapping, as of one sequence (core/engine/joined.h).
 * What is read is checked as it is read. Inside core/engine; any thread.
 */
#ifndef HEED_CORE_ENGINE_ATTENTION_READER_H
#define HEED_CORE_ENGINE_ATTENTION_READER_H

#include <pthread.h>
#include <stdatomic.h>

#include "core/attention/attention_file.h"
#include "core/bert/run.h"

struct heed_attention_reader {
    const struct heed_attention_file *file;
    const struct heed_attention_part *part;
    int index; /* of the part */
    pthread_mutex_t lock;
    atomic_bool is_broken;
    struct heed_error error; /* under the lock: the first of what is broken */
};

/* Of a part of an open file, which outlives it. */
void heed_attention_reader_init(struct heed_attention_reader *reader,
                                const struct heed_attention_file *file, int index);
void heed_attention_reader_finish(struct heed_attention_reader *reader);
/* What a run reads by. */
struct heed_run_reader heed_attention_reader_of_run(const struct heed_attention_reader *reader);
/* False, with why, if a value was read that is none, or the file was changed. */
HEED_NODISCARD bool heed_attention_reader_check(const struct heed_attention_reader *reader,
                                                struct heed_error *err);

#endif
