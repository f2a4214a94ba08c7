#include "core/engine/kit.h"

#include <limits.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>

#include "core/model/locate.h"

struct heed_kit {
    struct heed_model *model;
    struct heed_tokenizer *tokenizer;
    enum heed_pooling pooling;
    atomic_int references;
};

/* Only its count ever changes. */
static struct heed_kit *counted(const struct heed_kit *kit)
{
    return (struct heed_kit *)(uintptr_t)kit;
}

bool heed_kit_open(const struct heed_kit **kit, const char *chosen, struct heed_error *err)
{
    char folder[PATH_MAX];
    struct heed_kit *made = calloc(1, sizeof *made);
    if (!made) {
        return heed_error_set(err, HEED_ERROR_MEMORY, "no memory left to open a model");
    }
    atomic_init(&made->references, 1);
    bool ok = heed_model_find(folder, sizeof folder, chosen, err) &&
              heed_model_open(&made->model, folder, err);
    if (ok) {
        const int limit = heed_model_get_config(made->model)->max_positions;
        ok = heed_tokenizer_open(&made->tokenizer, folder, limit, err);
    }
    if (!ok) {
        heed_kit_release(made);
        return false;
    }
    bool is_said = false; /* attention doesn't need it: what isn't computed is the mean */
    if (!heed_pooling_read(&made->pooling, &is_said, folder, NULL)) {
        made->pooling = HEED_POOLING_MEAN;
    }
    *kit = made;
    return true;
}

const struct heed_kit *heed_kit_retain(const struct heed_kit *kit)
{
    atomic_fetch_add_explicit(&counted(kit)->references, 1, memory_order_relaxed);
    return kit;
}

void heed_kit_release(const struct heed_kit *kit)
{
    if (kit && atomic_fetch_sub(&counted(kit)->references, 1) == 1) {
        struct heed_kit *last = counted(kit);
        heed_tokenizer_destroy(last->tokenizer);
        heed_model_destroy(last->model);
        free(last);
    }
}

const struct heed_model *heed_kit_get_model(const struct heed_kit *kit)
{
    return kit ? kit->model : NULL;
}

enum heed_pooling heed_kit_get_pooling(const struct heed_kit *kit)
{
    return kit ? kit->pooling : HEED_POOLING_MEAN;
}

const struct heed_tokenizer *heed_kit_get_tokenizer(const struct heed_kit *kit)
{
    return kit ? kit->tokenizer : NULL;
}
