/*
 * A config.json without the checks of config.h: what any model says of itself, and what may
 * change the computation without heed knowing it, keys of code that the model brings along.
 * Any thread.
 */
#ifndef HEED_CORE_MODEL_CONFIG_NOTE_H
#define HEED_CORE_MODEL_CONFIG_NOTE_H

#include <stdbool.h>
#include <stddef.h>

#include "core/model/json.h"

/* One line, cut to size; "": nothing. */
void heed_config_note(const cJSON *root, char *note, size_t size);

/* What is missing is empty, or 0. */
struct heed_config_glimpse {
    char model_type[48];
    char class_name[96]; /* the first of its architectures */
    int n_layers, n_heads;
};

/* False if it is no JSON object. */
bool heed_config_glimpse(struct heed_config_glimpse *glimpse, const char *path);

#endif
