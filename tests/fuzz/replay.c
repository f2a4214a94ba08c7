/*
 * Runs a fuzzer without libFuzzer, as a test: on each file that is given, and
 * on changes of it that are the same each time.
 *
 *   replay FILE|FOLDER ...
 *
 * HEED_FUZZ_ROUNDS is how often each file is changed (200). The file and round
 * in hand are told by HEED_FUZZ_VERBOSE=1, which finds the one that fails.
 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/compiler.h"
#include "base/file.h"
#include "fuzz.h"

enum { MAX_FILES = 256, MAX_BYTES = 1 << 20, CHANGES = 6 };

struct corpus {
    struct heed_buffer files[MAX_FILES];
    char names[MAX_FILES][512];
    size_t n;
};

/* What breaks parsers: limits, nesting, escapes, cut and overlong UTF-8. */
static const char *const words[] = {
    "0",
    "-1",
    "1e999",
    "4294967296",
    "18446744073709551616",
    "9e15",
    "null",
    "true",
    "[[[[[[[[",
    "{\"a\":{\"a\":{",
    "\"",
    "\\u0000",
    "\\ud800",
    "\\",
    "\t",
    "|",
    "\r\n",
    "#",
    "\xC3",
    "\xE2\x80",
    "\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x91\xA7",
    "\xC0\x80",
    "\xED\xA0\x80",
    "\xD7\xA9",
    "\xCC\x81",
    "\xEF\xBB\xBF",
    ",",
    ":",
    "]",
    "}",
};

/* Numerical Recipes' generator: the same everywhere. */
static uint32_t draw(uint64_t *seed, size_t below)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return below > 0 ? (uint32_t)((*seed >> 33) % below) : 0;
}

static void cut(struct heed_buffer *to, size_t from, size_t length)
{
    length = length < to->size - from ? length : to->size - from;
    memmove(to->data + from, to->data + from + length, to->size - from - length);
    to->size -= length;
}

static void insert(struct heed_buffer *to, size_t at, const char *bytes, size_t length)
{
    struct heed_buffer out = {0};
    heed_buffer_append(&out, to->data, at);
    heed_buffer_append(&out, bytes, length);
    heed_buffer_append(&out, to->data + at, to->size - at);
    heed_buffer_finish(to);
    *to = out;
}

static void change(struct heed_buffer *to, const struct corpus *corpus, uint64_t *seed)
{
    const size_t at = draw(seed, to->size + 1);
    const char *word = words[draw(seed, HEED_COUNT(words))];
    const struct heed_buffer *other = &corpus->files[draw(seed, corpus->n)];
    const size_t from = draw(seed, other->size);
    switch (draw(seed, 5)) {
    case 0:
        cut(to, at, draw(seed, 16));
        break;
    case 1:
        insert(to, at, word, strlen(word));
        break;
    case 2:
        if (at < to->size) {
            to->data[at] = (char)(to->data[at] ^ (1 << draw(seed, 8)));
        }
        break;
    case 3:
        insert(to, at, other->data + from, draw(seed, other->size - from));
        break;
    default:
        to->size = at;
        break;
    }
}

static void run_file(const struct corpus *corpus, size_t i, int rounds)
{
    const struct heed_buffer *file = &corpus->files[i];
    const bool verbose = getenv("HEED_FUZZ_VERBOSE") != NULL;
    LLVMFuzzerTestOneInput((const uint8_t *)file->data, file->size);
    for (int round = 1; round <= rounds; round++) {
        uint64_t seed = (uint64_t)i << 32 | (uint64_t)round;
        struct heed_buffer bytes = {0};
        heed_buffer_append(&bytes, file->data, file->size);
        for (uint32_t k = 0; k <= draw(&seed, CHANGES); k++) {
            change(&bytes, corpus, &seed);
        }
        if (verbose) {
            fprintf(stderr, "%s round %d\n", corpus->names[i], round);
        }
        LLVMFuzzerTestOneInput((const uint8_t *)bytes.data, bytes.size);
        heed_buffer_finish(&bytes);
    }
}

static void add_file(struct corpus *corpus, const char *path)
{
    struct heed_buffer *file = &corpus->files[corpus->n];
    struct heed_error err = {0};
    if (corpus->n == MAX_FILES ||
        !heed_file_read(path, MAX_BYTES, &file->data, &file->size, &err)) {
        fprintf(stderr, "%s: %s\n", path, err.text);
        exit(1);
    }
    snprintf(corpus->names[corpus->n++], sizeof corpus->names[0], "%s", path);
}

static int is_visible(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

static void add(struct corpus *corpus, const char *path)
{
    struct dirent **entries = NULL;
    const int n = scandir(path, &entries, is_visible, alphasort);
    if (n < 0) {
        add_file(corpus, path);
    }
    for (int i = 0; i < n; i++) {
        char file[512];
        snprintf(file, sizeof file, "%s/%s", path, entries[i]->d_name);
        add_file(corpus, file);
        free(entries[i]);
    }
    free(entries);
}

int main(int argc, char **argv)
{
    static struct corpus corpus;
    const char *rounds = getenv("HEED_FUZZ_ROUNDS");
    for (int i = 1; i < argc; i++) {
        add(&corpus, argv[i]);
    }
    for (size_t i = 0; i < corpus.n; i++) {
        run_file(&corpus, i, rounds ? atoi(rounds) : 200);
    }
    for (size_t i = 0; i < corpus.n; i++) {
        heed_buffer_finish(&corpus.files[i]);
    }
    return corpus.n > 0 ? 0 : 1;
}
