#include "base/file_reading.h"

#include <stdlib.h>
#include <string.h>

#include "base/errand.h"
#include "base/file.h"

struct heed_file_reading {
    struct heed_errand *errand;
    char *path;
    size_t max_size;
    bool ok;
    char *data;
    size_t size;
    struct heed_error error;
};

static void run(void *job)
{
    struct heed_file_reading *reading = job;
    reading->ok = heed_file_read_regular(reading->path, reading->max_size, &reading->data,
                                         &reading->size, &reading->error);
}

static void destroy(void *job)
{
    struct heed_file_reading *reading = job;
    free(reading->data);
    free(reading->path);
    free(reading);
}

static const struct heed_errand_kind kind = {run, destroy};

bool heed_file_reading_start(struct heed_file_reading **reading, const char *path, size_t max_size,
                             void (*done)(void *context), void *context, struct heed_error *err)
{
    struct heed_file_reading *made = calloc(1, sizeof *made);
    char *copy = strdup(path);
    if (!made || !copy) {
        free(made);
        free(copy);
        return heed_error_set(err, HEED_ERROR_MEMORY, "no memory left to read '%s'", path);
    }
    made->path = copy;
    made->max_size = max_size;
    if (!heed_errand_start(&made->errand, &kind, made, done, context, err)) {
        destroy(made);
        return false;
    }
    *reading = made;
    return true;
}

bool heed_file_reading_wait(struct heed_file_reading *reading, int ms)
{
    return heed_errand_wait(reading->errand, ms);
}

bool heed_file_reading_finish(struct heed_file_reading *reading, char **data, size_t *size,
                              struct heed_error *err)
{
    heed_errand_finish(reading->errand);
    const bool ok = reading->ok;
    if (ok) {
        *data = reading->data;
        *size = reading->size;
        reading->data = NULL;
    } else {
        heed_error_set(err, reading->error.code, "%s", reading->error.text);
    }
    destroy(reading);
    return ok;
}

void heed_file_reading_drop(struct heed_file_reading *reading)
{
    if (reading) {
        heed_errand_drop(reading->errand);
    }
}
