/*
 * The names of the classes that a model's head tells, from "id2label" of its config.json.
 * Any thread.
 */
#ifndef HEED_CORE_MODEL_CLASSES_H
#define HEED_CORE_MODEL_CLASSES_H

#include <stdbool.h>

#include "base/error.h"

/* names[n], for heed_classes_free; a class that has no name there is LABEL_ and its number, as
 * transformers calls it. Control characters become spaces. */
HEED_NODISCARD bool heed_classes_read(char ***names, int n, const char *path,
                                      struct heed_error *err);
/* NULL is harmless. */
void heed_classes_free(char **names, int n);

#endif
