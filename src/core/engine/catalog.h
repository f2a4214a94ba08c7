/*
 * The models on this machine, and what each is: read from its files without loading it.
 * A catalog is filled on a thread of its own; what was found never changes.
 */
#ifndef HEED_CORE_ENGINE_CATALOG_H
#define HEED_CORE_ENGINE_CATALOG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "core/model/places.h"

enum { HEED_MOST_MODELS = 512 };

/* A folder in two places, or a link to it, is one model. */
struct heed_folder_id {
    uint64_t device, node; /* both 0: it isn't there */
};

struct heed_folder_id heed_folder_identify(const char *folder);
bool heed_folder_is_same(struct heed_folder_id a, struct heed_folder_id b);

struct heed_model_facts {
    struct heed_folder_id id;
    struct heed_model_entry entry; /* place "": given by its folder */
    bool is_folder;                /* it has no config.json: one of those that are typed */
    bool loads;
    struct heed_error why; /* it doesn't: the whole line */
    const char *why_short; /* in a few words */
    char architecture[48]; /* "RoBERTa"; of one that isn't read its model_type; or empty */
    char licence[64];      /* as its README's metadata says, "Apache 2.0"; or empty */
    int n_layers, n_heads; /* 0: not known */
    int head_dim, n_segments, max_tokens;
    size_t bytes;        /* of the weights' files */
    size_t n_parameters; /* 0: not known */
    char numbers[16];    /* "F32" */
    char tokenizer[32];  /* "WordPiece", "byte-level BPE", "Unigram"; or empty */
    int vocabulary;
    char mask[32];       /* the mask, if it predicts at it: "[MASK]"; else empty */
    char classes[32];    /* "sequence" or "token": its head of classification; else empty */
    bool has_similarity; /* modules.json says how texts are compared */
    char notes[512];     /* what may be otherwise than its files want; or empty */
};

/* All but entry, which is there, from the folder. */
void heed_model_describe(struct heed_model_facts *facts);

struct heed_catalog;

/* Begins to look. recent: folders that come first, [n]; wake is called on the thread when
 * there is more. */
HEED_NODISCARD bool heed_catalog_create(struct heed_catalog **catalog, const char *const *recent,
                                        int n, void (*wake)(void *context), void *context,
                                        struct heed_error *err);
/* The same of the folders whose path begins so, instead of the places; "~/" is the home. */
HEED_NODISCARD bool heed_catalog_create_inside(struct heed_catalog **catalog, const char *path,
                                               void (*wake)(void *context), void *context,
                                               struct heed_error *err);
/* wake isn't called any more. NULL is harmless. */
void heed_catalog_destroy(struct heed_catalog *catalog);
/* How many are known; *is_done if that is all of them. Any thread. */
int heed_catalog_count(const struct heed_catalog *catalog, bool *is_done);
/* index < count; the first *n_recent of heed_catalog_create are the recent ones. Valid as
 * long as the catalog. */
const struct heed_model_facts *heed_catalog_get(const struct heed_catalog *catalog, int index);
int heed_catalog_count_recent(const struct heed_catalog *catalog);
/* Waits until all are known. */
void heed_catalog_wait(struct heed_catalog *catalog);

#endif
