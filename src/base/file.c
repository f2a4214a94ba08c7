#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/platform.h"

static bool fail(struct heed_error *err, const char *what, const char *path)
{
    return heed_error_set(err, HEED_ERROR_FILE, "can't %s '%s': %s", what, path, strerror(errno));
}

enum { WRITER_TRIES = 10, WRITER_PAUSE_MS = 10 };

static bool set_blocking(int fd)
{
    const int flags = fcntl(fd, F_GETFL);
    return flags >= 0 && fcntl(fd, F_SETFL, flags & ~O_NONBLOCK) == 0;
}

/* A named pipe without a writer gives an end at once, and so does one whose
 * writer is just about to open it: it has a moment. False: there is none. */
static bool await_writer(int *tries)
{
    const struct timespec pause = {.tv_nsec = WRITER_PAUSE_MS * 1000000L};
    if (++*tries > WRITER_TRIES) {
        errno = EPIPE;
        return false;
    }
    nanosleep(&pause, NULL);
    return true;
}

/* Reads to the end, or to one byte past max_size. waits: fd is a named pipe that
 * doesn't block yet. */
static bool read_descriptor(int fd, bool waits, size_t max_size, struct heed_buffer *out)
{
    char chunk[65536];
    int tries = 0;
    while (out->size <= max_size) {
        ssize_t count = read(fd, chunk, sizeof chunk);
        if (count < 0 && (errno == EINTR || (waits && errno == EAGAIN && set_blocking(fd)))) {
            waits = waits && errno == EINTR;
            continue;
        }
        if (count == 0 && waits && out->size == 0) {
            if (!await_writer(&tries)) {
                return false;
            }
            continue;
        }
        if (count <= 0) {
            return count == 0;
        }
        heed_buffer_append(out, chunk, (size_t)count);
        if (out->failed) {
            errno = ENOMEM;
            return false;
        }
    }
    return true;
}

static bool read_content(int fd, bool waits, const char *name, size_t max_size,
                         struct heed_buffer *content, struct heed_error *err)
{
    heed_buffer_append(content, "", 0);
    if (!read_descriptor(fd, waits, max_size, content)) {
        return waits && errno == EPIPE
                   ? heed_error_set(err, HEED_ERROR_FILE,
                                    "'%s' is a pipe that nobody writes to; start its writer first",
                                    name)
                   : fail(err, "read", name);
    }
    if (content->size > max_size) {
        return heed_error_set(err, HEED_ERROR_FILE,
                              "'%s' is larger than %zu bytes; give a smaller file", name, max_size);
    }
    return !content->failed ||
           heed_error_set(err, HEED_ERROR_MEMORY, "no memory left to read '%s'", name);
}

static bool read_all(int fd, bool waits, const char *name, size_t max_size, char **data,
                     size_t *size, struct heed_error *err)
{
    struct heed_buffer content = {0};
    if (!read_content(fd, waits, name, max_size, &content, err)) {
        heed_buffer_finish(&content);
        return false;
    }
    *data = content.data;
    *size = content.size;
    return true;
}

/* Opening waits for nothing. *waits: it is a pipe with a name, and doesn't block
 * yet. What has none (<(...), /dev/stdin) has had its writer. */
static int open_unblocked(const char *path, bool *waits)
{
    const int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (fd < 0) {
        return -1;
    }
    *waits = heed_platform_is_named_pipe(fd);
    if (!*waits) {
        set_blocking(fd);
    }
    return fd;
}

bool heed_file_read(const char *path, size_t max_size, char **data, size_t *size,
                    struct heed_error *err)
{
    if (strcmp(path, "-") == 0) {
        return read_all(STDIN_FILENO, false, "standard input", max_size, data, size, err);
    }
    bool waits = false;
    const int fd = open_unblocked(path, &waits);
    if (fd < 0) {
        return fail(err, "open", path);
    }
    const bool ok = read_all(fd, waits, path, max_size, data, size, err);
    close(fd);
    return ok;
}

static bool is_regular(const struct stat *status, const char *path, struct heed_error *err)
{
    if (S_ISDIR(status->st_mode)) {
        errno = EISDIR;
        return fail(err, "read", path);
    }
    return S_ISREG(status->st_mode) ||
           heed_error_set(err, HEED_ERROR_FILE,
                          "can't read '%s': it isn't a regular file; give one that is", path);
}

bool heed_file_read_regular(const char *path, size_t max_size, char **data, size_t *size,
                            struct heed_error *err)
{
    struct stat status;
    /* Looked at first: opening some devices does something to them. */
    if (stat(path, &status) != 0) {
        return fail(err, "open", path);
    }
    if (!is_regular(&status, path, err)) {
        return false;
    }
    const int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (fd < 0) {
        return fail(err, "open", path);
    }
    const bool ok = (fstat(fd, &status) == 0 || fail(err, "read", path)) &&
                    is_regular(&status, path, err) &&
                    read_all(fd, false, path, max_size, data, size, err);
    close(fd);
    return ok;
}

bool heed_file_check_target(const char *path, struct heed_error *err)
{
    struct stat status;
    return stat(path, &status) != 0 || S_ISREG(status.st_mode) || S_ISDIR(status.st_mode) ||
           heed_error_set(err, HEED_ERROR_FILE,
                          "can't write '%s': it isn't a regular file; give another name", path);
}

bool heed_file_make_folder(const char *path, struct heed_error *err)
{
    char copy[PATH_MAX];
    size_t length = strlen(path);
    if (length >= sizeof copy) {
        errno = ENAMETOOLONG;
        return fail(err, "make the folder", path);
    }
    memcpy(copy, path, length + 1);
    for (size_t i = 1; i <= length; i++) {
        if (copy[i] != '/' && copy[i] != '\0') {
            continue;
        }
        char ending = copy[i];
        copy[i] = '\0';
        if (mkdir(copy, 0700) != 0 && errno != EEXIST) {
            return fail(err, "make the folder", copy);
        }
        copy[i] = ending;
    }
    return true;
}
