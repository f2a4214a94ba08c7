/* Compiler extensions, each behind a name that is empty where unsupported. */
#ifndef HEED_BASE_COMPILER_H
#define HEED_BASE_COMPILER_H

#if defined(__GNUC__) || defined(__clang__)
#define HEED_PRINTF(text, first) __attribute__((format(printf, text, first)))
#define HEED_NODISCARD __attribute__((warn_unused_result))
#define HEED_PREFETCH(at) __builtin_prefetch(at)
#else
#define HEED_PRINTF(text, first)
#define HEED_NODISCARD
#define HEED_PREFETCH(at) ((void)(at))
#endif

#if defined(__SANITIZE_ADDRESS__)
#define HEED_FINDS_MISUSE 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define HEED_FINDS_MISUSE 1
#endif
#endif
#ifndef HEED_FINDS_MISUSE
#define HEED_FINDS_MISUSE 0
#endif

/* Where the use of memory beyond its end, or after it was given back, is to be
 * found: what is given back isn't kept for the next, and parts of a block are
 * out of bounds until somebody has them. */
#if HEED_FINDS_MISUSE
#include <sanitizer/asan_interface.h>
#define HEED_OUT_OF_BOUNDS(at, size) __asan_poison_memory_region(at, size)
#define HEED_IN_BOUNDS(at, size) __asan_unpoison_memory_region(at, size)
#else
#define HEED_OUT_OF_BOUNDS(at, size) ((void)(at), (void)(size))
#define HEED_IN_BOUNDS(at, size) ((void)(at), (void)(size))
#endif

#define HEED_COUNT(array) (sizeof(array) / sizeof((array)[0]))

#endif
