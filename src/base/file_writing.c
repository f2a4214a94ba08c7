#include "base/file_writing.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/errand.h"
#include "base/file.h"

struct heed_file_writing {
    struct heed_errand *errand;
    char *path;
    struct heed_buffer bytes;
    bool replaces, is_there, ok;
    struct heed_error error;
};

static void run(void *job)
{
    struct heed_file_writing *it = job;
    if (!it->replaces && access(it->path, F_OK) == 0) {
        it->is_there = true;
        it->ok = heed_error_set(&it->error, HEED_ERROR_INPUT,
                                "there is a '%s' already: it is as it was", it->path);
    } else {
        it->ok = heed_file_check_target(it->path, &it->error) &&
                 heed_file_write(it->path, it->bytes.data, it->bytes.size, &it->error);
    }
}

static void destroy(void *job)
{
    struct heed_file_writing *it = job;
    heed_buffer_finish(&it->bytes);
    free(it->path);
    free(it);
}

static const struct heed_errand_kind kind = {run, destroy};

bool heed_file_writing_start(struct heed_file_writing **writing, const char *path,
                             struct heed_buffer *bytes, bool replaces, void (*done)(void *context),
                             void *context, struct heed_error *err)
{
    struct heed_file_writing *made = calloc(1, sizeof *made);
    char *copy = strdup(path);
    if (!made || !copy || bytes->failed) {
        heed_buffer_finish(bytes);
        free(made);
        free(copy);
        return heed_error_set(err, HEED_ERROR_MEMORY, "no memory left to write '%s'", path);
    }
    *made = (struct heed_file_writing){.path = copy, .bytes = *bytes, .replaces = replaces};
    *bytes = (struct heed_buffer){0};
    if (!heed_errand_start(&made->errand, &kind, made, done, context, err)) {
        destroy(made);
        return false;
    }
    *writing = made;
    return true;
}

bool heed_file_writing_wait(struct heed_file_writing *writing, int ms)
{
    return heed_errand_wait(writing->errand, ms);
}

bool heed_file_writing_finish(struct heed_file_writing *writing, bool *is_there,
                              struct heed_error *err)
{
    heed_errand_finish(writing->errand);
    const bool ok = writing->ok;
    *is_there = writing->is_there;
    if (!ok) {
        heed_error_set(err, writing->error.code, "%s", writing->error.text);
    }
    destroy(writing);
    return ok;
}

void heed_file_writing_drop(struct heed_file_writing *writing)
{
    if (writing) {
        heed_errand_drop(writing->errand);
    }
}
