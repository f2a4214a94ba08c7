/* What the fuzzers share: a folder of their own, and files in it. */
#ifndef HEED_TESTS_FUZZ_FUZZ_H
#define HEED_TESTS_FUZZ_FUZZ_H

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Made at the first call, in TMPDIR or /tmp; removed at exit. */
const char *fuzz_folder(void);
/* folder/name. */
void fuzz_path(char *path, size_t size, const char *name);
/* Writes folder/name. Aborts on failure: the fuzzer itself is broken then. */
void fuzz_put_file(const char *name, const void *data, size_t size);

#endif
