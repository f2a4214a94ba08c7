#include <string.h>
#include <unistd.h>

#include "base/platform.h"

bool heed_platform_program_folder(char *path, size_t size)
{
    const ssize_t length = readlink("/proc/self/exe", path, size);
    if (length <= 0 || (size_t)length >= size) {
        return false;
    }
    path[length] = '\0';
    char *slash = strrchr(path, '/');
    if (!slash) {
        return false;
    }
    slash[slash == path] = '\0'; /* "/heed" lies in "/" */
    return true;
}
