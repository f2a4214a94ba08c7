/*
 * Files: mapped for reading, read whole, written atomically. Messages name
 * the path. Any thread.
 */
#ifndef HEED_BASE_FILE_H
#define HEED_BASE_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <time.h>

#include "base/error.h"

/* A regular file mapped read-only. An empty file has data == NULL. One that is
 * cut short meanwhile reads as zeros (there is a handler for SIGBUS from the
 * first map on), one that is written to as what is written: heed_file_check
 * tells of both. */
struct heed_mapped_file {
    const unsigned char *data;
    size_t size;
    /* Of file_map.c alone: */
    int fd, slot;
    struct timespec modified;
};

HEED_NODISCARD bool heed_file_map(struct heed_mapped_file *file, const char *path,
                                  struct heed_error *err);
/* After reading: false, in a line that names path, if the file isn't any more
 * what was mapped. What was read since mustn't be used then. */
HEED_NODISCARD bool heed_file_check(const struct heed_mapped_file *file, const char *path,
                                    struct heed_error *err);
void heed_file_unmap(struct heed_mapped_file *file);
/* Gives resident pages back to the system; reading faults them in again. */
void heed_file_drop_pages(const struct heed_mapped_file *file);

/* Reads all of what a command line names into heap memory with a NUL behind it:
 * a file, a device, or a pipe as long as it has a writer (one that nobody has
 * opened to write is an error at once); "-" is standard input. More than
 * max_size bytes is an error. */
HEED_NODISCARD bool heed_file_read(const char *path, size_t max_size, char **data, size_t *size,
                                   struct heed_error *err);

/* The same of what a window or a session names: regular files only, so that
 * nothing is waited for but the file system ("-" is a name like another). */
bool heed_file_read_regular(const char *path, size_t max_size, char **data, size_t *size,
                            struct heed_error *err);
/* False if there is something at path that a window doesn't write to: a pipe, a
 * device. */
bool heed_file_check_target(const char *path, struct heed_error *err);

/* Writes to a temporary name beside path and renames, so that an interrupted
 * write leaves the old file; file and folder are synced. The mode of a new file
 * follows the umask, a replaced one keeps its mode, which the temporary file has
 * before a byte is written; a symbolic link is followed. Temporary files that
 * were left there more than an hour ago are removed. A target that exists
 * and isn't a regular file is written directly; "-" is standard output. */
HEED_NODISCARD bool heed_file_write(const char *path, const void *data, size_t size,
                                    struct heed_error *err);

/* The same in pieces, for content that isn't held in memory at once. Every
 * writer ends with commit (which renames) or abandon (which leaves the old
 * file as it was); both free it. */
struct heed_file_writer;
HEED_NODISCARD bool heed_file_writer_open(struct heed_file_writer **writer, const char *path,
                                          struct heed_error *err);
HEED_NODISCARD bool heed_file_writer_append(struct heed_file_writer *writer, const void *data,
                                            size_t size, struct heed_error *err);
HEED_NODISCARD bool heed_file_writer_commit(struct heed_file_writer *writer,
                                            struct heed_error *err);
/* NULL is harmless. */
void heed_file_writer_abandon(struct heed_file_writer *writer);

/* Makes the folder and its parents (mode 0700), if they don't exist. */
HEED_NODISCARD bool heed_file_make_folder(const char *path, struct heed_error *err);

#endif
