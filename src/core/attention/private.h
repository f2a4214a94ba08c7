/* What the files of core/attention share. For this folder only. */
#ifndef HEED_CORE_ATTENTION_PRIVATE_H
#define HEED_CORE_ATTENTION_PRIVATE_H

#include "base/arena.h"
#include "core/attention/attention_file.h"

struct heed_attention_file {
    struct heed_arena arena; /* of all that the parts point to */
    struct heed_safetensors *tensors;
    struct heed_attention_part parts[HEED_N_PART_KINDS];
    const char *prefixes[HEED_N_PART_KINDS]; /* "", or "cross/" */
    int n_parts;
};

/* Fails with "'FILE', WHERE: WHAT; REMEDY" in one line. */
bool heed_attention_refuse(const struct heed_attention_file *file, const char *where,
                           struct heed_error *err, const char *format, ...) HEED_PRINTF(4, 5);

/* Tokens and what is known of them, scale and mask of the part with this
 * index, whose sizes are known. */
HEED_NODISCARD bool heed_attention_read_sides(struct heed_attention_file *file, int part,
                                              struct heed_error *err);

#endif
