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

#define HEED_COUNT(array) (sizeof(array) / sizeof((array)[0]))

#endif
