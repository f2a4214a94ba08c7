/*
 * What each system does in its own way; each has a file platform_*.c. Any thread.
 */
#ifndef HEED_BASE_PLATFORM_H
#define HEED_BASE_PLATFORM_H

#include <stdbool.h>
#include <stddef.h>

#include "base/compiler.h"

/* The folder that the running program lies in, without links. False if the
 * system doesn't tell, or it takes more than size bytes. */
HEED_NODISCARD bool heed_platform_program_folder(char *path, size_t size);

#endif
