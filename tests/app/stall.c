/* Put before the C library (LD_PRELOAD): a file system that doesn't answer. Who
 * opens, lists, looks at or syncs what has $HEED_STALL in its path waits for ever. And memory
 * that lacks: no text that holds $HEED_NO_COPY is copied. */
#include <dirent.h>
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

#define NEXT(name, type, ...)                                                                      \
    union {                                                                                        \
        void *address;                                                                             \
        type (*call)(__VA_ARGS__);                                                                 \
    } next = {dlsym(RTLD_NEXT, name)}

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

int stat64(const char *path, struct stat64 *status)
{
    NEXT("stat64", int, const char *, struct stat64 *);
    stall_at(path);
    return next.call(path, status);
}

int access(const char *path, int mode)
{
    NEXT("access", int, const char *, int);
    stall_at(path);
    return next.call(path, mode);
}

DIR *opendir(const char *path)
{
    NEXT("opendir", DIR *, const char *);
    stall_at(path);
    return next.call(path);
}

int fsync(int fd)
{
    NEXT("fsync", int, int);
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
