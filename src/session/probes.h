/*
 * The files of sentences in assets/probes, which are part of the program.
 * Immutable; any thread.
 */
#ifndef HEED_SESSION_PROBES_H
#define HEED_SESSION_PROBES_H

#include "state/probe_files.h"

const struct heed_probe_file *heed_probes_get(int *n);

#endif
