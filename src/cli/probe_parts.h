/* What heed probe prints as a table. */
#ifndef HEED_CLI_PROBE_PARTS_H
#define HEED_CLI_PROBE_PARTS_H

#include "core/engine/probe_task.h"

void heed_cli_put_probe(struct heed_buffer *out, const struct heed_probe_run *run);
/* The table of heads alone. */
void heed_cli_put_probe_heads(struct heed_buffer *out, const struct heed_probe_run *run);
void heed_cli_put_contrast(struct heed_buffer *out, const struct heed_probe_run *run,
                           const struct heed_probe_contrasted *contrast);
void heed_cli_put_relations(struct heed_buffer *out, const struct heed_probe_run *run);

#endif
