#include "fuzz.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char folder[256];

static int remove_entry(const char *path, const struct stat *info, int kind, struct FTW *where)
{
    (void)info;
    (void)kind;
    (void)where;
    return remove(path);
}

static void remove_folder(void)
{
    nftw(folder, remove_entry, 8, FTW_DEPTH | FTW_PHYS);
}

const char *fuzz_folder(void)
{
    if (folder[0] == '\0') {
        const char *parent = getenv("TMPDIR");
        snprintf(folder, sizeof folder, "%s/heed-fuzz-XXXXXX", parent ? parent : "/tmp");
        if (!mkdtemp(folder)) {
            abort();
        }
        atexit(remove_folder);
    }
    return folder;
}

void fuzz_path(char *path, size_t size, const char *name)
{
    snprintf(path, size, "%s/%s", fuzz_folder(), name);
}

void fuzz_put_file(const char *name, const void *data, size_t size)
{
    char path[600];
    fuzz_path(path, sizeof path, name);
    FILE *file = fopen(path, "wb");
    if (!file || (size > 0 && fwrite(data, 1, size, file) != size) || fclose(file) != 0) {
        abort();
    }
}
