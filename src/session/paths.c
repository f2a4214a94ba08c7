#include "session/paths.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/platform.h"

bool heed_path_find(char *path, size_t size, const char *variable, const char *fallback,
                    const char *file, struct heed_error *err)
{
    const char *base = getenv(variable);
    const char *middle = "";
    if (!base || !heed_platform_is_absolute(base)) {
        base = getenv("HOME");
        middle = fallback;
    }
    if (!base || !heed_platform_is_absolute(base)) {
        return heed_error_set(err, HEED_ERROR_SYSTEM, "no place for heed's files: set HOME or %s",
                              variable);
    }
    char made[PATH_MAX];
    const int length =
        snprintf(made, sizeof made, "%s%s%s/heed/%s", base, middle[0] ? "/" : "", middle, file);
    if (length < 0 || (size_t)length >= sizeof made || (size_t)length >= size) {
        return heed_error_set(err, HEED_ERROR_SYSTEM, "the path in %s is too long",
                              middle[0] ? "HOME" : variable);
    }
    memcpy(path, made, (size_t)length + 1);
    return true;
}

bool heed_path_make_parent(const char *path, struct heed_error *err)
{
    char folder[PATH_MAX];
    const char *slash = strrchr(path, '/');
    if (!slash || slash == path || (size_t)(slash - path) >= sizeof folder) {
        return true;
    }
    memcpy(folder, path, (size_t)(slash - path));
    folder[slash - path] = '\0';
    return heed_file_make_folder(folder, err);
}
