#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/platform.h"

enum {
    NAME_TRIES = 100,
    MAX_LINKS = 40,
    LEFTOVER_SECONDS = 3600, /* no write takes so long from one piece to the next */
};

static const char temporary_stem[] = ".heed-"; /* and 8 hexadecimal digits */

struct heed_file_writer {
    int fd;
    bool is_stdout;
    bool is_direct; /* no temporary file: a device, a pipe */
    bool keeps_mode;
    mode_t mode;
    char path[PATH_MAX]; /* for messages */
    char target[PATH_MAX];
    char temporary[PATH_MAX];
};

static bool fail(struct heed_error *err, const char *path)
{
    return heed_error_set(err, HEED_ERROR_FILE, "can't write '%s': %s", path, strerror(errno));
}

static bool write_all(int fd, const char *data, size_t size)
{
    while (size > 0) {
        ssize_t count = write(fd, data, size);
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count < 0) {
            return false;
        }
        data += count;
        size -= (size_t)count;
    }
    return true;
}

/* result = the folder of path, with its '/', and name behind it. */
static bool beside(char result[PATH_MAX], const char *path, const char *name)
{
    const char *slash = strrchr(path, '/');
    const int folder = slash ? (int)(slash - path) + 1 : 0;
    int length = snprintf(result, PATH_MAX, "%.*s%s", folder, path, name);
    if (length < 0 || length >= PATH_MAX) {
        errno = ENAMETOOLONG;
        return false;
    }
    return true;
}

/* Follows links by hand, since realpath refuses one whose target doesn't exist yet. */
static bool follow_links(char target[PATH_MAX], const char *path)
{
    if (!beside(target, "", path)) {
        return false;
    }
    for (int i = 0; i < MAX_LINKS; i++) {
        char link[PATH_MAX];
        char next[PATH_MAX];
        ssize_t length = readlink(target, link, sizeof link - 1);
        if (length < 0) {
            return errno == EINVAL || errno == ENOENT;
        }
        link[length] = '\0';
        if (!beside(next, heed_platform_is_absolute(link) ? "" : target, link)) {
            return false;
        }
        memcpy(target, next, sizeof next);
    }
    errno = ELOOP;
    return false;
}

static bool is_temporary(const char *name)
{
    const size_t stem = sizeof temporary_stem - 1;
    return strncmp(name, temporary_stem, stem) == 0 && strlen(name + stem) == 8 &&
           strspn(name + stem, "0123456789abcdef") == 8;
}

/* The folder that path lies in, or -1. */
static int open_folder(const char *path)
{
    char folder[PATH_MAX];
    return beside(folder, path, ".") ? open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
}

/* What writers that were killed left beside target goes. That some stays is no
 * failure. */
static void remove_leftovers(const char *target)
{
    const int fd = open_folder(target);
    DIR *folder = fd >= 0 ? fdopendir(fd) : NULL;
    if (!folder) {
        if (fd >= 0) {
            close(fd);
        }
        return;
    }
    const time_t now = time(NULL);
    for (struct dirent *entry = NULL; (entry = readdir(folder));) {
        struct stat status;
        if (is_temporary(entry->d_name) &&
            fstatat(fd, entry->d_name, &status, AT_SYMLINK_NOFOLLOW) == 0 &&
            S_ISREG(status.st_mode) && now - status.st_mtime > LEFTOVER_SECONDS) {
            unlinkat(fd, entry->d_name, 0);
        }
    }
    closedir(folder);
}

/* The mode is set before a byte is written: nobody reads on the way what they
 * mayn't read in the end. */
static bool set_mode(const struct heed_file_writer *writer)
{
    return !writer->keeps_mode || fchmod(writer->fd, writer->mode) == 0;
}

/* Makes a new file that nobody else has; open applies the umask. */
static bool make_temporary(struct heed_file_writer *writer)
{
    uint32_t seed = (uint32_t)heed_platform_nanoseconds() ^ (uint32_t)getpid() << 12 ^
                    (uint32_t)(uintptr_t)writer;
    for (int i = 0; i < NAME_TRIES; i++) {
        char name[32];
        seed = seed * 1664525u + 1013904223u;
        snprintf(name, sizeof name, "%s%08x", temporary_stem, (unsigned)seed);
        if (!beside(writer->temporary, writer->target, name)) {
            return false;
        }
        writer->fd = open(writer->temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC,
                          writer->keeps_mode ? 0600 : 0666);
        if (writer->fd >= 0 || errno != EEXIST) {
            break;
        }
    }
    return writer->fd >= 0 && set_mode(writer);
}

static bool open_target(struct heed_file_writer *writer, const char *path)
{
    struct stat status;
    const bool exists = stat(path, &status) == 0;
    if (!exists && errno != ENOENT) {
        return false;
    }
    if (exists && S_ISDIR(status.st_mode)) {
        errno = EISDIR;
        return false;
    }
    if (exists && !S_ISREG(status.st_mode)) {
        writer->is_direct = true;
        writer->fd = open(path, O_WRONLY | O_CLOEXEC);
        return writer->fd >= 0;
    }
    if (exists && access(path, W_OK) != 0) {
        return false;
    }
    writer->keeps_mode = exists;
    writer->mode = exists ? status.st_mode & 07777 : 0;
    if (!follow_links(writer->target, path)) {
        return false;
    }
    remove_leftovers(writer->target);
    return make_temporary(writer);
}

bool heed_file_writer_open(struct heed_file_writer **writer, const char *path,
                           struct heed_error *err)
{
    struct heed_file_writer *opened = calloc(1, sizeof *opened);
    if (!opened) {
        return heed_error_set(err, HEED_ERROR_MEMORY, "no memory left to write '%s'", path);
    }
    bool ok = true;
    opened->fd = -1;
    opened->is_stdout = strcmp(path, "-") == 0;
    if (opened->is_stdout) {
        opened->is_direct = true;
        opened->fd = STDOUT_FILENO;
    } else {
        ok = open_target(opened, path);
    }
    const char *name = opened->is_stdout ? "standard output" : path;
    if (!ok || !beside(opened->path, "", name)) {
        fail(err, name);
        heed_file_writer_abandon(opened);
        return false;
    }
    *writer = opened;
    return true;
}

bool heed_file_writer_append(struct heed_file_writer *writer, const void *data, size_t size,
                             struct heed_error *err)
{
    if (write_all(writer->fd, data, size)) {
        return true;
    }
    const bool closed = writer->is_stdout && errno == EPIPE;
    fail(err, writer->path);
    if (closed && err) {
        err->code = HEED_ERROR_CLOSED;
    }
    return false;
}

static bool finish_content(struct heed_file_writer *writer)
{
    if (writer->is_stdout) {
        return true;
    }
    /* Once more: writing takes a set-user-id away. */
    bool ok = writer->is_direct || (set_mode(writer) && heed_platform_sync(writer->fd));
    const int saved = errno;
    const int fd = writer->fd;
    writer->fd = -1;
    if (close(fd) != 0 && ok) {
        return false;
    }
    errno = saved;
    return ok;
}

static bool put_in_place(struct heed_file_writer *writer)
{
    if (writer->is_direct) {
        return true;
    }
    if (!heed_platform_replace(writer->temporary, writer->target)) {
        return false;
    }
    writer->temporary[0] = '\0'; /* another's from now on */
    return heed_platform_sync_name(writer->target);
}

bool heed_file_writer_commit(struct heed_file_writer *writer, struct heed_error *err)
{
    if (!finish_content(writer) || !put_in_place(writer)) {
        fail(err, writer->path);
        heed_file_writer_abandon(writer);
        return false;
    }
    free(writer);
    return true;
}

void heed_file_writer_abandon(struct heed_file_writer *writer)
{
    if (!writer) {
        return;
    }
    if (writer->fd >= 0 && !writer->is_stdout) {
        close(writer->fd);
    }
    if (writer->temporary[0] != '\0') {
        unlink(writer->temporary);
    }
    free(writer);
}

bool heed_file_write(const char *path, const void *data, size_t size, struct heed_error *err)
{
    struct heed_file_writer *writer = NULL;
    if (!heed_file_writer_open(&writer, path, err)) {
        return false;
    }
    if (!heed_file_writer_append(writer, data, size, err)) {
        heed_file_writer_abandon(writer);
        return false;
    }
    return heed_file_writer_commit(writer, err);
}
