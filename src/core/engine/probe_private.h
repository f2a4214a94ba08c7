/* The parts of a probe's task, and what they share. Inside core/engine only. */
#ifndef HEED_CORE_ENGINE_PROBE_PRIVATE_H
#define HEED_CORE_ENGINE_PROBE_PRIVATE_H

#include "core/engine/probe_task.h"

bool heed_probe_no_memory(struct heed_error *err);

/* Tokens, run and maps of a sentence. */
HEED_NODISCARD bool heed_probe_encode(const struct heed_result **result,
                                      const struct heed_probe_run *run,
                                      const struct heed_task_world *world, const char *text,
                                      struct heed_error *err);

/* Pronouns: before the first row; one row; all counted. */
HEED_NODISCARD bool heed_probe_pairs_begin(struct heed_probe_run *run, struct heed_error *err);
HEED_NODISCARD bool heed_probe_count_row(struct heed_probe_run *run,
                                         const struct heed_task_world *world,
                                         const struct heed_probe_row *row, struct heed_error *err);
HEED_NODISCARD bool heed_probe_end_rows(struct heed_probe_run *run,
                                        struct heed_probe_patience patience,
                                        struct heed_error *err);
/* The groups in the order in which they come, if there are several; and away with them. */
HEED_NODISCARD bool heed_probe_divide(struct heed_probe_run *run,
                                      struct heed_probe_patience patience, struct heed_error *err);
void heed_probe_drop_groups(struct heed_probe_run *run);

/* Relations, likewise. */
HEED_NODISCARD bool heed_probe_relations_begin(struct heed_probe_run *run, struct heed_error *err);
HEED_NODISCARD bool heed_probe_count_tree(struct heed_probe_run *run,
                                          const struct heed_task_world *world, int tree,
                                          struct heed_error *err);
HEED_NODISCARD bool heed_probe_end_trees(struct heed_probe_run *run,
                                         struct heed_probe_patience patience,
                                         struct heed_error *err);

#endif
