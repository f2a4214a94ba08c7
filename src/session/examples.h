/*
 * The examples that come with the program: each is a session, a title and a
 * line on what to look at. Pure. Knows no model: a test holds what the lines
 * say against the real one. Any thread, each list on one.
 */
#ifndef HEED_SESSION_EXAMPLES_H
#define HEED_SESSION_EXAMPLES_H

#include <stddef.h>

#include "base/error.h"
#include "state/examples.h"

struct heed_examples {
    struct heed_example *items; /* heap; their texts too */
    int n;
};

/* *examples must be zeroed. name: for messages. */
HEED_NODISCARD bool heed_examples_parse(struct heed_examples *examples, const char *json,
                                        size_t length, const char *name, struct heed_error *err);
/* Those of assets/examples.json, which is part of the program. */
HEED_NODISCARD bool heed_examples_load(struct heed_examples *examples, struct heed_error *err);
void heed_examples_finish(struct heed_examples *examples);

#endif
