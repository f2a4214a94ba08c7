/* Files: read, mapped, written atomically. */
#include <dirent.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"

static char folder[] = "/tmp/heed-file-XXXXXX";

static const char *in_folder(const char *name)
{
    static char path[512];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

static void remove_all(const char *path)
{
    DIR *entries = opendir(path);
    for (struct dirent *entry = NULL; (entry = readdir(entries));) {
        if (entry->d_name[0] != '.' || strlen(entry->d_name) > 2) {
            unlink(in_folder(entry->d_name));
            rmdir(in_folder(entry->d_name));
        }
    }
    closedir(entries);
}

static int make_folder(void **state)
{
    return mkdtemp(folder) ? 0 : -1;
}

static int empty_folder(void **state)
{
    chmod(folder, 0700);
    remove_all(folder);
    return 0;
}

static int remove_folder(void **state)
{
    return rmdir(folder);
}

static void write_text(const char *name, const char *text)
{
    struct heed_error err = {0};
    if (!heed_file_write(in_folder(name), text, strlen(text), &err)) {
        fail_msg("%s", err.text);
    }
}

static void check_text(const char *name, const char *text)
{
    struct heed_error err = {0};
    char *data = NULL;
    size_t size = 0;
    assert_true(heed_file_read(in_folder(name), 1000, &data, &size, &err));
    assert_string_equal(data, text);
    assert_int_equal(size, strlen(text));
    free(data);
}

static int count_files(void)
{
    int n = 0;
    DIR *entries = opendir(folder);
    for (struct dirent *entry = NULL; (entry = readdir(entries));) {
        n += strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
    }
    closedir(entries);
    return n;
}

static mode_t mode_of(const char *name)
{
    struct stat status;
    assert_int_equal(lstat(in_folder(name), &status), 0);
    return status.st_mode;
}

static void a_new_file_follows_the_umask(void **state)
{
    const mode_t mask = umask(027);
    write_text("new", "text");
    umask(mask);
    check_text("new", "text");
    assert_int_equal(mode_of("new") & 07777, 0640);
    assert_int_equal(count_files(), 1);
}

static void a_replaced_file_keeps_its_mode(void **state)
{
    write_text("old", "a");
    assert_int_equal(chmod(in_folder("old"), 0604), 0);
    write_text("old", "b");
    check_text("old", "b");
    assert_int_equal(mode_of("old") & 07777, 0604);
}

/* The temporary file, while it is written. */
static const char *find_temporary(void)
{
    static char name[300];
    DIR *entries = opendir(folder);
    name[0] = '\0';
    for (struct dirent *entry = NULL; (entry = readdir(entries));) {
        if (strncmp(entry->d_name, ".heed-", 6) == 0) {
            snprintf(name, sizeof name, "%s", entry->d_name);
        }
    }
    closedir(entries);
    return name;
}

static void nobody_reads_on_the_way_what_they_may_not_read(void **state)
{
    struct heed_error err = {0};
    struct heed_file_writer *writer = NULL;
    const mode_t mask = umask(0);
    write_text("secret", "a");
    assert_int_equal(chmod(in_folder("secret"), 0600), 0);
    assert_true(heed_file_writer_open(&writer, in_folder("secret"), &err));
    assert_int_equal(mode_of(find_temporary()) & 07777, 0600);
    assert_true(heed_file_writer_append(writer, "b", 1, &err));
    assert_int_equal(mode_of(find_temporary()) & 07777, 0600);
    assert_true(heed_file_writer_commit(writer, &err));
    umask(mask);
    assert_int_equal(mode_of("secret") & 07777, 0600);
}

static void make_old(const char *name, int seconds)
{
    const struct timespec at = {.tv_sec = time(NULL) - seconds};
    const struct timespec times[2] = {at, at};
    write_text(name, "left");
    assert_int_equal(utimensat(AT_FDCWD, in_folder(name), times, 0), 0);
}

static void leftovers_of_an_hour_ago_are_removed(void **state)
{
    static const char *const kept[] = {".heed-0123456", ".heed-0123456x", ".heed-012345678",
                                       "heed-01234567", ".heed-01234567.bad"};
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++) {
        make_old(kept[i], 4000);
    }
    make_old(".heed-0000000f", 3500); /* somebody may still write it */
    make_old(".heed-0000000e", 3700);
    assert_int_equal(symlink("/etc/passwd", in_folder(".heed-0000000d")), 0);
    write_text("new", "a"); /* the first write after */
    assert_int_equal(access(in_folder(".heed-0000000e"), F_OK), -1);
    assert_int_equal(access(in_folder(".heed-0000000f"), F_OK), 0);
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++) {
        assert_int_equal(access(in_folder(kept[i]), F_OK), 0);
    }
    assert_true(S_ISLNK(mode_of(".heed-0000000d")));
}

static void a_symbolic_link_is_followed(void **state)
{
    write_text("target", "a");
    assert_int_equal(symlink("target", in_folder("link")), 0);
    write_text("link", "b");
    check_text("target", "b");
    assert_true(S_ISLNK(mode_of("link")));
}

static void a_link_to_nothing_makes_its_target(void **state)
{
    assert_int_equal(symlink("later", in_folder("link")), 0);
    write_text("link", "b");
    check_text("later", "b");
    assert_true(S_ISLNK(mode_of("link")));
}

static void a_loop_of_links_is_an_error(void **state)
{
    struct heed_error err = {0};
    assert_int_equal(symlink("loop", in_folder("loop")), 0);
    assert_false(heed_file_write(in_folder("loop"), "x", 1, &err));
    assert_non_null(strstr(err.text, "loop"));
}

static void a_device_is_written_directly(void **state)
{
    struct heed_error err = {0};
    struct stat status;
    assert_true(heed_file_write("/dev/null", "x", 1, &err));
    assert_int_equal(stat("/dev/null", &status), 0);
    assert_true(S_ISCHR(status.st_mode));
}

static void a_full_device_is_an_error(void **state)
{
    struct heed_error err = {0};
    if (access("/dev/full", W_OK) != 0) {
        skip();
    }
    assert_false(heed_file_write("/dev/full", "x", 1, &err));
    assert_non_null(strstr(err.text, "/dev/full"));
}

static void what_cannot_be_written_is_told(void **state)
{
    struct heed_error err = {0};
    assert_false(heed_file_write(in_folder("no/such"), "x", 1, &err));
    assert_int_equal(err.code, HEED_ERROR_FILE);
    assert_false(heed_file_write(folder, "x", 1, &err));
    assert_non_null(strstr(err.text, folder));
    write_text("kept", "a");
    if (geteuid() != 0) { /* root may write everywhere */
        assert_int_equal(chmod(folder, 0500), 0);
        assert_false(heed_file_write(in_folder("kept"), "b", 1, &err));
        chmod(folder, 0700);
        check_text("kept", "a");
    }
    assert_int_equal(count_files(), 1);
}

static void an_abandoned_writer_leaves_the_old_file(void **state)
{
    struct heed_error err = {0};
    struct heed_file_writer *writer = NULL;
    write_text("kept", "a");
    assert_true(heed_file_writer_open(&writer, in_folder("kept"), &err));
    assert_true(heed_file_writer_append(writer, "bb", 2, &err));
    check_text("kept", "a");
    heed_file_writer_abandon(writer);
    heed_file_writer_abandon(NULL);
    check_text("kept", "a");
    assert_int_equal(count_files(), 1);
}

static void a_writer_takes_pieces(void **state)
{
    struct heed_error err = {0};
    struct heed_file_writer *writer = NULL;
    assert_true(heed_file_writer_open(&writer, in_folder("parts"), &err));
    assert_true(heed_file_writer_append(writer, "one ", 4, &err));
    assert_true(heed_file_writer_append(writer, "", 0, &err));
    assert_true(heed_file_writer_append(writer, "two", 3, &err));
    assert_true(heed_file_writer_commit(writer, &err));
    check_text("parts", "one two");
}

static void the_longest_name_can_be_written(void **state)
{
    char name[256];
    memset(name, 'n', 255 - 1);
    name[254] = '\0';
    char path[512];
    struct heed_error err = {0};
    snprintf(path, sizeof path, "%s/%s", folder, name);
    assert_true(heed_file_write(path, "x", 1, &err));
    assert_int_equal(unlink(path), 0);
}

static void reading_stops_at_the_limit(void **state)
{
    struct heed_error err = {0};
    char *data = NULL;
    size_t size = 0;
    write_text("five", "12345");
    assert_true(heed_file_read(in_folder("five"), 5, &data, &size, &err));
    free(data);
    data = NULL;
    assert_false(heed_file_read(in_folder("five"), 4, &data, &size, &err));
    assert_null(data);
    assert_non_null(strstr(err.text, "larger than 4 bytes"));
    assert_false(heed_file_read(in_folder("none"), 4, &data, &size, &err));
    assert_false(heed_file_read(folder, 4, &data, &size, &err));
}

static void mapping_takes_regular_files_only(void **state)
{
    struct heed_error err = {0};
    struct heed_mapped_file file = {0};
    assert_false(heed_file_map(&file, folder, &err));
    assert_false(heed_file_map(&file, "/dev/null", &err));
    assert_false(heed_file_map(&file, in_folder("none"), &err));
    write_text("empty", "");
    assert_true(heed_file_map(&file, in_folder("empty"), &err));
    assert_null(file.data);
    heed_file_drop_pages(&file);
    heed_file_unmap(&file);
    write_text("some", "abc");
    assert_true(heed_file_map(&file, in_folder("some"), &err));
    assert_int_equal(file.size, 3);
    heed_file_drop_pages(&file);
    assert_memory_equal(file.data, "abc", 3);
    heed_file_unmap(&file);
    assert_null(file.data);
}

static void a_file_that_changes_while_it_is_mapped_is_told(void **state)
{
    struct heed_error err = {0};
    struct heed_mapped_file file = {0};
    enum { SIZE = 3 * 65536 };
    char *bytes = malloc(SIZE);
    memset(bytes, 'x', SIZE);
    assert_true(heed_file_write(in_folder("model"), bytes, SIZE, &err));
    assert_true(heed_file_map(&file, in_folder("model"), &err));
    assert_true(heed_file_check(&file, "model", &err));
    assert_int_equal(truncate(in_folder("model"), 10), 0);
    unsigned sum = 0;
    for (size_t i = 0; i < SIZE; i++) { /* the end of the process without a handler */
        sum += file.data[i] == 0;
    }
    assert_true(sum >= SIZE - 65536);
    assert_false(heed_file_check(&file, "model", &err));
    assert_non_null(strstr(err.text, "'model' was changed while heed had it open"));
    /* That it has its length again doesn't help. */
    assert_int_equal(truncate(in_folder("model"), SIZE), 0);
    assert_false(heed_file_check(&file, "model", &err));
    heed_file_unmap(&file);
    free(bytes);
}

static void a_file_that_is_rewritten_in_place_is_told(void **state)
{
    struct heed_error err = {0};
    struct heed_mapped_file file = {0};
    write_text("model", "before");
    const struct timespec past[2] = {{.tv_sec = 1000000000}, {.tv_sec = 1000000000}};
    assert_int_equal(utimensat(AT_FDCWD, in_folder("model"), past, 0), 0);
    assert_true(heed_file_map(&file, in_folder("model"), &err));
    /* A new file in its place is another: the mapped one stays. */
    write_text("model.new", "later");
    char path[sizeof folder + 16];
    snprintf(path, sizeof path, "%s/model", folder);
    assert_int_equal(rename(path, in_folder("model.old")), 0);
    assert_int_equal(rename(in_folder("model.new"), path), 0);
    assert_true(heed_file_check(&file, "model", &err));
    FILE *old = fopen(in_folder("model.old"), "r+");
    fputs("behind", old);
    fclose(old);
    assert_false(heed_file_check(&file, "model", &err));
    heed_file_unmap(&file);
}

static void folders_are_made_with_their_parents(void **state)
{
    struct heed_error err = {0};
    char path[600];
    snprintf(path, sizeof path, "%s", in_folder("a/b/"));
    assert_true(heed_file_make_folder(path, &err));
    assert_true(heed_file_make_folder(path, &err));
    assert_int_equal(mode_of("a/b") & 07777, 0700);
    rmdir(path);
    write_text("file", "");
    assert_false(heed_file_make_folder(in_folder("file/x"), &err));
}

#define FILE_TEST(test) cmocka_unit_test_teardown(test, empty_folder)

int main(void)
{
    const struct CMUnitTest tests[] = {
        FILE_TEST(a_new_file_follows_the_umask),
        FILE_TEST(a_replaced_file_keeps_its_mode),
        FILE_TEST(nobody_reads_on_the_way_what_they_may_not_read),
        FILE_TEST(leftovers_of_an_hour_ago_are_removed),
        FILE_TEST(a_symbolic_link_is_followed),
        FILE_TEST(a_link_to_nothing_makes_its_target),
        FILE_TEST(a_loop_of_links_is_an_error),
        FILE_TEST(a_device_is_written_directly),
        FILE_TEST(a_full_device_is_an_error),
        FILE_TEST(what_cannot_be_written_is_told),
        FILE_TEST(an_abandoned_writer_leaves_the_old_file),
        FILE_TEST(a_writer_takes_pieces),
        FILE_TEST(the_longest_name_can_be_written),
        FILE_TEST(reading_stops_at_the_limit),
        FILE_TEST(mapping_takes_regular_files_only),
        FILE_TEST(a_file_that_changes_while_it_is_mapped_is_told),
        FILE_TEST(a_file_that_is_rewritten_in_place_is_told),
        FILE_TEST(folders_are_made_with_their_parents),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
