#include "fuzz.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char folder[256];

static void remove_folder(void)
{
    char path[600];
    DIR *entries = opendir(folder);
    for (struct dirent *entry = NULL; entries && (entry = readdir(entries));) {
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        unlink(path);
    }
    if (entries) {
        closedir(entries);
    }
    rmdir(folder);
}

const char *fuzz_folder(void)
{
    if (folder[0] == '\0') {
        const char *parent = getenv("TMPDIR");
        snprintf(folder, sizeof folder, "%s/heed-fuzz-XXXXXX",
                 parent ? parent : "/tmp");
        if (!mkdtemp(folder)) {
            abort();
        }
        atexit(remove_folder);
    }
    return folder;
}

void fuzz_put_file(const char *name, const void *data, size_t size)
{
    char path[600];
    snprintf(path, sizeof path, "%s/%s", fuzz_folder(), name);
    FILE *file = fopen(path, "wb");
    if (!file || (size > 0 && fwrite(data, 1, size, file) != size) ||
        fclose(file) != 0) {
        abort();
    }
}
