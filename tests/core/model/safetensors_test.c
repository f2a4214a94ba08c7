/* The safetensors reader on broken files, and the writer. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"
#include "core/model/safetensors.h"

static char folder[] = "/tmp/heed-safetensors-XXXXXX";
static char path[64];

static int make_folder(void **state)
{
    if (!mkdtemp(folder)) {
        return -1;
    }
    snprintf(path, sizeof path, "%s/m.safetensors", folder);
    return 0;
}

static int remove_folder(void **state)
{
    unlink(path);
    return rmdir(folder);
}

/* Writes header size, header and n_bytes zero bytes. */
static void write_file(uint64_t size, const char *header, size_t n_bytes)
{
    static char bytes[1 << 16];
    struct heed_error err = {0};
    const size_t length = strlen(header);
    memset(bytes, 0, sizeof bytes);
    memcpy(bytes, &size, sizeof size);
    memcpy(bytes + 8, header, length);
    assert_true(heed_file_write(path, bytes, 8 + length + n_bytes, &err));
}

#define TENSOR(name, dtype, shape, begin, end)                                                     \
    "\"" name "\":{\"dtype\":\"" dtype "\",\"shape\":[" shape "],\"data_offsets\":[" #begin        \
    "," #end "]}"

static const struct broken {
    const char *header;
    size_t n_bytes;
    const char *says;
} broken_files[] = {
    {"", 0, "JSON"},
    {"x", 0, "JSON"},
    {"[]", 0, "object"},
    {"{\"a\":1", 0, "JSON"},
    {"{} {}", 0, "JSON"},
    {"{\"a\xff\":1}", 0, "UTF-8"},
    {"{}", 1, "after the last"},
    {"{\"a\":1}", 0, "'a': its entry"},
    {"{\"a\":{}}", 0, "no dtype"},
    {"{\"a\":{\"dtype\":\"F32\"}}", 0, "no shape"},
    {"{\"a\":{\"dtype\":\"F32\",\"shape\":[1]}}", 0, "data_offsets"},
    {"{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0]}}", 4, "data_offsets"},
    {"{" TENSOR("a", "F32", "-1", 0, 4) "}", 4, "no size"},
    {"{" TENSOR("a", "F32", "1.5", 0, 4) "}", 4, "no size"},
    {"{" TENSOR("a", "F32", "1e400", 0, 4) "}", 4, "no size"},
    {"{" TENSOR("a", "F32", "\"1\"", 0, 4) "}", 4, "no size"},
    {"{" TENSOR("a", "F32", "NaN", 0, 4) "}", 4, "JSON"},
    {"{" TENSOR("a", "F32", "4294967296,4294967296,4294967296", 0, 4) "}", 4, "too large"},
    {"{" TENSOR("a", "F32", "1,1,1,1,1,1,1,1,1", 0, 4) "}", 4, "8 dimensions"},
    {"{" TENSOR("a", "F32", "2", 0, 4) "}", 4, "don't fit"},
    {"{" TENSOR("a", "F32", "1", 0, 8) "}", 4, "past the file's end"},
    {"{" TENSOR("a", "F32", "1", 4, 0) "}", 4, "past the file's end"},
    {"{" TENSOR("a", "F32", "1", 9007199254740992, 9007199254740996) "}", 4, "data_offsets"},
    {"{" TENSOR("a", "F32", "1", 4, 8) "}", 8, "gap"},
    {"{" TENSOR("a", "F32", "2", 0, 8) "," TENSOR("b", "F32", "1", 4, 8) "}", 8, "overlap"},
    {"{" TENSOR("a", "F32", "1", 0, 4) "," TENSOR("a", "F32", "1", 4, 8) "}", 8, "twice"},
    {"{" TENSOR("a", "F32", "1", 0, 4) "}", 8, "after the last"},
};

static void check_refused(const char *says)
{
    struct heed_error err = {0};
    struct heed_safetensors *file = NULL;
    assert_false(heed_safetensors_open(&file, path, &err));
    assert_null(file);
    assert_non_null(strstr(err.text, path));
    if (!strstr(err.text, says)) {
        fail_msg("'%s' doesn't say '%s'", err.text, says);
    }
}

static void broken_headers_are_told_in_one_line(void **state)
{
    for (size_t i = 0; i < HEED_COUNT(broken_files); i++) {
        write_file(strlen(broken_files[i].header), broken_files[i].header, broken_files[i].n_bytes);
        check_refused(broken_files[i].says);
    }
}

static void wrong_header_sizes_are_refused(void **state)
{
    struct heed_error err = {0};
    write_file(3, "{}", 0);
    check_refused("past the file's end");
    write_file(UINT64_MAX, "{}", 0);
    check_refused("past the file's end");
    assert_true(heed_file_write(path, "1234567", 7, &err));
    check_refused("8 bytes");
    assert_true(heed_file_write(path, "", 0, &err));
    check_refused("8 bytes");
    assert_int_equal(truncate(path, 64 << 20), 0);
    FILE *file = fopen(path, "r+b");
    const uint64_t size = 32 << 20;
    assert_int_equal(fwrite(&size, sizeof size, 1, file), 1);
    fclose(file);
    check_refused("16 MiB");
}

static void deep_nesting_is_refused(void **state)
{
    char header[20000];
    memset(header, '[', sizeof header);
    memcpy(header, "{\"a\":", 5);
    header[sizeof header - 1] = '\0';
    write_file(strlen(header), header, 0);
    check_refused("JSON");
}

static void any_cut_of_a_sound_file_is_refused(void **state)
{
    const char *header = "{" TENSOR("a", "F32", "2", 0, 8) "}";
    const size_t size = 8 + strlen(header) + 8;
    for (size_t cut = 0; cut < size; cut++) {
        struct heed_error err = {0};
        struct heed_safetensors *file = NULL;
        write_file(strlen(header), header, 8);
        assert_int_equal(truncate(path, (off_t)cut), 0);
        assert_false(heed_safetensors_open(&file, path, &err));
    }
}

static void sound_files_are_read_at_any_alignment(void **state)
{
    const char *header = "{" TENSOR("i", "I64", "", 0, 8) "," TENSOR(
        "a", "F32", "2", 8, 16) ",\"__metadata__\":{\"k\":\"v\"}}  ";
    struct heed_error err = {0};
    struct heed_safetensors *file = NULL;
    write_file(strlen(header), header, 16);
    assert_true(heed_safetensors_open(&file, path, &err));
    assert_int_equal(heed_safetensors_count(file), 2);
    const struct heed_tensor_info *info = heed_safetensors_find(file, "a");
    assert_non_null(info);
    assert_int_equal(info->dtype, HEED_DTYPE_F32);
    assert_int_equal(info->rank, 1);
    assert_int_equal(info->shape[0], 2);
    assert_int_equal(heed_safetensors_find(file, "i")->dtype, HEED_DTYPE_OTHER);
    assert_null(heed_safetensors_find(file, "b"));
    assert_string_equal(heed_safetensors_get_metadata(file, "k"), "v");
    assert_null(heed_safetensors_get_metadata(file, "x"));
    heed_safetensors_drop_pages(file);
    heed_safetensors_destroy(file);
}

static const float values[6] = {1, 2, 3, 4, 5, -6};

static void what_is_written_is_read_again(void **state)
{
    const struct heed_tensor_out tensors[] = {
        {"x\"y\\", 2, {2, 3}, values}, {"scalar", 0, {0}, values + 5}, {"empty", 2, {0, 7}, NULL}};
    const struct heed_metadata_out metadata[] = {{"k", "a\n\"b\""}, {"cut", "abcd", 2}};
    const struct heed_safetensors_out content = {tensors, 3, metadata, 2};
    struct heed_error err = {0};
    struct heed_safetensors *file = NULL;
    assert_true(heed_safetensors_write(path, &content, &err));
    assert_true(heed_safetensors_open(&file, path, &err));
    const struct heed_tensor_info *info = heed_safetensors_find(file, "x\"y\\");
    assert_int_equal(info->size, sizeof values);
    assert_int_equal((uintptr_t)info->data % 8, 0);
    assert_memory_equal(info->data, values, sizeof values);
    assert_int_equal(heed_safetensors_find(file, "scalar")->rank, 0);
    assert_int_equal(heed_safetensors_find(file, "empty")->size, 0);
    assert_string_equal(heed_safetensors_get_metadata(file, "k"), "a\n\"b\"");
    assert_string_equal(heed_safetensors_get_metadata(file, "cut"), "ab");
    heed_safetensors_destroy(file);
}

static void a_writer_refuses_too_many_and_too_few_values(void **state)
{
    const struct heed_tensor_out tensor = {"a", 1, {2}, NULL};
    const struct heed_safetensors_out content = {&tensor, 1, NULL, 0};
    struct heed_error err = {0};
    struct heed_safetensors_writer *writer = NULL;
    unlink(path);
    assert_true(heed_safetensors_begin(&writer, path, &content, &err));
    assert_false(heed_safetensors_append(writer, values, 3, &err));
    assert_true(heed_safetensors_append(writer, values, 1, &err));
    assert_false(heed_safetensors_commit(writer, &err));
    assert_int_equal(access(path, F_OK), -1);
    assert_true(heed_safetensors_begin(&writer, path, &content, &err));
    assert_true(heed_safetensors_append(writer, values, 1, &err));
    assert_true(heed_safetensors_append(writer, values, 1, &err));
    assert_true(heed_safetensors_commit(writer, &err));
    assert_int_equal(access(path, F_OK), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(broken_headers_are_told_in_one_line),
        cmocka_unit_test(wrong_header_sizes_are_refused),
        cmocka_unit_test(deep_nesting_is_refused),
        cmocka_unit_test(any_cut_of_a_sound_file_is_refused),
        cmocka_unit_test(sound_files_are_read_at_any_alignment),
        cmocka_unit_test(what_is_written_is_read_again),
        cmocka_unit_test(a_writer_refuses_too_many_and_too_few_values),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
