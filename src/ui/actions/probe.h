/* The probe: its files, its start, its sentences. */
#ifndef HEED_UI_ACTIONS_PROBE_H
#define HEED_UI_ACTIONS_PROBE_H

#include <stdbool.h>
#include <stdint.h>

#include "core/engine/probe_task.h"
#include "state/probe_files.h"

struct heed_ui;

/* The files of sentences that can be probed at once. Borrowed likewise. */
/* Opens or closes a panel; Probe without a file runs the first carried list. */
void heed_ui_open_panel(struct heed_ui *ui, int32_t argument);
void heed_ui_set_probes(struct heed_ui *ui, const struct heed_probe_file *files, int n);
/* The probe to start now. Borrowed; there is a name when one is to start. */
void heed_ui_get_probe(const struct heed_ui *ui, struct heed_probe_source *source,
                       struct heed_filter *filter);
/* Opens the probe's panel on a file and starts it. */
void heed_ui_open_probe(struct heed_ui *ui, const char *path);
/* 0: the menu of the files that can be probed; i + 1: probes the i-th that is carried. */
void heed_ui_choose_probe(struct heed_ui *ui, int32_t argument);
/* Sentence argument - 1 of the newest probe becomes the text: its pronoun and
 * answer pinned, its candidates marked. Of a treebank it is a word, in Arcs: it and the
 * word that it is to lead to are pinned. */
void heed_ui_open_sentence(struct heed_ui *ui, int32_t argument);
/* Only this head: the one whose answers are listed. */
void heed_ui_choose_probed(struct heed_ui *ui, struct heed_head_id id);

/* What is looked at of the newest probe (scene/frame/tasks.h): 0: the menu of its groups,
 * 1: all of them, g + 2; which sentences are listed, 0: the next choice; the relation
 * argument - 1 opened, or closed again. */
bool heed_ui_has_probe_groups(const struct heed_ui *ui);
void heed_ui_choose_probe_group(struct heed_ui *ui, int32_t argument);
void heed_ui_keep_probed(struct heed_ui *ui, int32_t argument);
void heed_ui_open_relation(struct heed_ui *ui, int32_t argument);

#endif
