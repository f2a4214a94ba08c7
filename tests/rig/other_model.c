#include "other_model.h"

#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

/* What of tests/data is which of its files. */
static const struct {
    const char *from, *to;
} files[] = {{"tiny-distilbert/config.json", "config.json"},
             {"tiny-distilbert/model.safetensors", "model.safetensors"},
             {"other-vocab.txt", "vocab.txt"}};

static const char tokenizer[] = "{\"tokenizer_class\": \"BertTokenizer\", \"do_lower_case\": true}";

enum { N_FILES = sizeof files / sizeof *files };

static char above[64], folder[96];

const char *other_model_make(void)
{
    const char *data = getenv("HEED_TEST_DATA");
    char from[PATH_MAX], to[PATH_MAX];
    snprintf(above, sizeof above, "/tmp/heed-other-XXXXXX");
    assert_non_null(mkdtemp(above));
    snprintf(folder, sizeof folder, "%s/other-words", above);
    assert_int_equal(mkdir(folder, 0700), 0);
    for (int i = 0; i < N_FILES; i++) {
        snprintf(from, sizeof from, "%s/data/%s", data ? data : "tests", files[i].from);
        snprintf(to, sizeof to, "%s/%s", folder, files[i].to);
        char *whole = realpath(from, NULL);
        assert_non_null(whole);
        assert_int_equal(symlink(whole, to), 0);
        free(whole);
    }
    snprintf(to, sizeof to, "%s/tokenizer_config.json", folder);
    FILE *file = fopen(to, "w");
    assert_non_null(file);
    fputs(tokenizer, file);
    fclose(file);
    return folder;
}

void other_model_drop(void)
{
    char path[PATH_MAX];
    for (int i = 0; i < N_FILES; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, files[i].to);
        unlink(path);
    }
    snprintf(path, sizeof path, "%s/tokenizer_config.json", folder);
    unlink(path);
    rmdir(folder);
    rmdir(above);
}
