/*
 * Files of sentences that the program carries with it. Where they come from
 * is session/'s; the ui offers them and probes one.
 */
#ifndef HEED_STATE_PROBE_FILES_H
#define HEED_STATE_PROBE_FILES_H

#include <stddef.h>

struct heed_probe_file {
    const char *name;  /* "pronouns.tsv" */
    const char *about; /* "it, he, she and they in minimal pairs" */
    const char *data;  /* its bytes */
    size_t size;
};

#endif
