/* Put before the C library (LD_PRELOAD): a file system that doesn't answer. Who
 * opens or syncs a file whose path holds $HEED_STALL waits for ever. And memory
 * that lacks: no text that holds $HEED_NO_COPY is copied. */
#include <dlfcn.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int open64(const char *path, int flags, ...); /* what heed calls by the name of open */
int fsync(int fd);
char *strdup(const char *text);

static void stall_at(const char *path)
{
    const char *part = getenv("HEED_STALL");
    while (part && *part && strstr(path, part)) {
        pause();
    }
}

typedef int (*opener)(const char *path, int flags, ...);

int open64(const char *path, int flags, ...)
{
    va_list more;
    va_start(more, flags);
    const mode_t mode = flags & O_CREAT ? va_arg(more, mode_t) : 0;
    va_end(more);
    union {
        void *address;
        opener call;
    } next = {dlsym(RTLD_NEXT, "open64")};
    stall_at(path);
    return next.call(path, flags, mode);
}

int fsync(int fd)
{
    union {
        void *address;
        int (*call)(int fd);
    } next = {dlsym(RTLD_NEXT, "fsync")};
    char link[64];
    char path[4096] = "";
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    const ssize_t length = readlink(link, path, sizeof path - 1);
    path[length > 0 ? length : 0] = '\0';
    stall_at(path);
    return next.call(fd);
}

char *strdup(const char *text)
{
    const char *part = getenv("HEED_NO_COPY");
    const size_t size = strlen(text) + 1;
    char *copy = part && *part && strstr(text, part) ? NULL : malloc(size);
    return copy ? memcpy(copy, text, size) : NULL;
}
