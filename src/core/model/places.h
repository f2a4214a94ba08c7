/*
 * Where models lie on this machine: heed's own folders and the Hugging Face cache. Any
 * thread.
 */
#ifndef HEED_CORE_MODEL_PLACES_H
#define HEED_CORE_MODEL_PLACES_H

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

enum { HEED_MODEL_NAME = 256 };

/* A model's folder, in one of the places. */
struct heed_model_entry {
    bool is_of_hub;        /* the Hugging Face cache's, else heed's own */
    char place[PATH_MAX];  /* the folder that was searched */
    char folder[PATH_MAX]; /* of the model: of a repository in the cache its newest snapshot */
    char owner[HEED_MODEL_NAME]; /* "sentence-transformers"; empty: not known */
    char name[HEED_MODEL_NAME];
};

/* Each model of each place, the places in their order, the models by their names; until
 * visit says false. The places: heed/models in $XDG_DATA_HOME (~/.local/share), in ../share
 * beside the program, in each of $XDG_DATA_DIRS, in $XDG_CACHE_HOME (~/.cache); then the
 * cache of transformers: $HF_HUB_CACHE, else $HF_HOME/hub, else
 * $XDG_CACHE_HOME/huggingface/hub. */
void heed_models_walk(bool (*visit)(void *context, const struct heed_model_entry *entry),
                      void *context);

/* The folder of the model of that name, "owner/name" or "name" in any case. False without an
 * error: there is none; with one: two owners have it. */
bool heed_models_find(char *folder, size_t size, const char *name, struct heed_error *err);

bool heed_model_has_config(const char *folder);
/* A folder with a config.json one or two levels inside of this one, as a hub cache and
 * sentence-transformers have it; false: none. */
bool heed_model_find_inside(char *found, size_t size, const char *folder);
/* $variable, or ~/fallback if that is unset or not absolute (the XDG rule); false: neither. */
bool heed_models_base(char *path, size_t size, const char *variable, const char *fallback);
/* Calls visit with the folders in which heed looks for its own, in their order. */
bool heed_models_bases(bool (*visit)(void *context, const char *base), void *context);

#endif
