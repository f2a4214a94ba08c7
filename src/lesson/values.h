/* The functions of expressions, one row each. Inside lesson/ only. */
#ifndef HEED_LESSON_VALUES_H
#define HEED_LESSON_VALUES_H

#include "core/analysis/interventions.h"
#include "lesson/expression.h"

/* An expression's arguments, read. */
struct heed_lesson_call {
    const struct heed_lesson_world *world;
    const struct heed_result *result; /* of A, or of B */
    const struct heed_run *run;       /* its, or the untouched one */
    bool trained;
    const char *word;                   /* as written */
    struct heed_token_range query, key; /* a word alone is the query */
    struct heed_head_id head;
    bool all_heads; /* in place of a head: "all" */
    int layer, state_a, state_b;
    double number;
    const char *kind;
};

struct heed_lesson_function {
    const char *name;
    /* An argument each: l link, w word, h head, H head or "all", L layer, @ state,
     * n number, k kind. */
    const char *arguments;
    bool (*compute)(const struct heed_lesson_call *call, struct heed_lesson_value *value,
                    struct heed_error *err);
};

/* NULL: there is no such one. */
const struct heed_lesson_function *heed_lesson_find_function(const char *name, size_t length);

/* Rows of it that lie in another file each; ended by a name of NULL. */
extern const struct heed_lesson_function heed_lesson_head_functions[];
extern const struct heed_lesson_function heed_lesson_state_functions[];

#endif
