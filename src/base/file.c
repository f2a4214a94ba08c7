#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buffer.h"

static bool fail(struct heed_error *err, const char *what, const char *path)
{
    return heed_error_set(err, HEED_ERROR_FILE, "can't %s '%s': %s", what, path, strerror(errno));
}

/* Reads to the end, or to one byte past max_size. */
static bool read_descriptor(int fd, size_t max_size, struct heed_buffer *out)
{
    char chunk[65536];
    while (out->size <= max_size) {
        ssize_t count = read(fd, chunk, sizeof chunk);
        if (count < 0 && errno == EINTR) {
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

bool heed_file_read(const char *path, size_t max_size, char **data, size_t *size,
                    struct heed_error *err)
{
    const bool is_stdin = strcmp(path, "-") == 0;
    const char *name = is_stdin ? "standard input" : path;
    int fd = is_stdin ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        return fail(err, "open", name);
    }
    struct heed_buffer content = {0};
    heed_buffer_append(&content, "", 0);
    bool ok = read_descriptor(fd, max_size, &content);
    if (!ok) {
        fail(err, "read", name);
    } else if (content.size > max_size) {
        ok = heed_error_set(err, HEED_ERROR_FILE,
                            "'%s' is larger than %zu bytes; give a smaller file", name, max_size);
    } else if (content.failed) {
        ok = heed_error_set(err, HEED_ERROR_MEMORY, "no memory left to read '%s'", name);
    }
    if (!is_stdin) {
        close(fd);
    }
    if (ok) {
        *data = content.data;
        *size = content.size;
    } else {
        heed_buffer_finish(&content);
    }
    return ok;
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
