/* In which order a file is written: the linker puts these in the place of the
 * system's calls (--wrap). */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"

static char calls[512];

static void note(const char *call)
{
    strncat(calls, call, sizeof calls - strlen(calls) - 1);
}

int __real_fchmod(int fd, mode_t mode);
int __wrap_fchmod(int fd, mode_t mode);
ssize_t __real_write(int fd, const void *data, size_t size);
ssize_t __wrap_write(int fd, const void *data, size_t size);
int __real_fsync(int fd);
int __wrap_fsync(int fd);
int __real_rename(const char *from, const char *to);
int __wrap_rename(const char *from, const char *to);

int __wrap_fchmod(int fd, mode_t mode)
{
    struct stat status;
    assert_int_equal(fstat(fd, &status), 0);
    note((status.st_mode & 077) == 0 ? "mode-of-nobody's " : "mode ");
    return __real_fchmod(fd, mode);
}

ssize_t __wrap_write(int fd, const void *data, size_t size)
{
    note("write ");
    return __real_write(fd, data, size);
}

int __wrap_fsync(int fd)
{
    struct stat status;
    assert_int_equal(fstat(fd, &status), 0);
    note(S_ISDIR(status.st_mode) ? "sync-folder " : "sync ");
    return __real_fsync(fd);
}

int __wrap_rename(const char *from, const char *to)
{
    note("rename ");
    return __real_rename(from, to);
}

static void the_mode_comes_first_and_the_folder_is_synced_last(void **state)
{
    char folder[] = "/tmp/heed-order-XXXXXX";
    char path[64];
    struct heed_error err = {0};
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/file", folder);
    assert_true(heed_file_write(path, "a", 1, &err));
    assert_string_equal(calls, "write sync rename sync-folder ");
    calls[0] = '\0';
    assert_true(heed_file_write(path, "b", 1, &err));
    assert_string_equal(calls, "mode-of-nobody's write mode sync rename sync-folder ");
    unlink(path);
    rmdir(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_mode_comes_first_and_the_folder_is_synced_last),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
