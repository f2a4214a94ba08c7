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

/* Where memory that is used after it was given back is to be found, it isn't kept for the next. */
#if defined(__SANITIZE_ADDRESS__)
#define HEED_FREES_AT_ONCE 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define HEED_FREES_AT_ONCE 1
#endif
#endif
#ifndef HEED_FREES_AT_ONCE
#define HEED_FREES_AT_ONCE 0
#endif

#define HEED_COUNT(array) (sizeof(array) / sizeof((array)[0]))

#endif
