/* Loaded before the C library (LD_PRELOAD): counts the allocations that heed is
 * answerable for, and fails one of them.
 *
 * HEED_FAIL_AT=n        the n-th is refused, from 1 on; without it none is
 * HEED_FAIL_REPORT=path what is written there: of each allocation a number that
 *                       is the same for those asked for at the same place, or
 *                       where the one refused was asked for, a line a frame
 *
 * The rule: heed answers for what its own code asks for, itself or through a
 * library that reports the failure: the C library, and cJSON by NULL. From the
 * allocator upwards the first caller that is neither must be heed. glib and
 * pango end the program when memory runs out, fontconfig goes on with less and
 * tells nobody, and cairo 1.16 crashes at some of its own allocations and leaves
 * a stroke out at others, without a status: what these ask for is never refused.
 * What heed asks for when they call it back (heed_cairo_append) is. */
#include <errno.h>
#include <fcntl.h>
#include <link.h>
#include <malloc.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <unwind.h>

/* glibc's own, under the names that nobody replaces. */
extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *memory, size_t size);
extern void *__libc_memalign(size_t alignment, size_t size);

enum { MOST_RANGES = 64, MOST_FRAMES = 48, MOST_PLACES = 1 << 16 };

enum owner { OTHER, OURS, REPORTS, THIS };

/* Where a program's or a library's code lies. */
static struct range {
    uintptr_t start, end, base;
    enum owner owner;
} ranges[MOST_RANGES];
static int n_ranges;

static atomic_long n_asked;
static long fail_at;
static const char *report;
static bool is_ready;
static _Thread_local bool is_inside;

static enum owner find_owner(const char *name)
{
    static const char *const reporting[] = {"/libc.so", "/ld-linux", "/libcjson"};
    if (name[0] == '\0') {
        return OURS;
    }
    if (strstr(name, "libfailing")) {
        return THIS;
    }
    for (size_t i = 0; i < sizeof reporting / sizeof reporting[0]; i++) {
        if (strstr(name, reporting[i])) {
            return REPORTS;
        }
    }
    return OTHER;
}

static int note_object(struct dl_phdr_info *info, size_t size, void *context)
{
    (void)size;
    (void)context;
    const enum owner owner = find_owner(info->dlpi_name);
    for (int i = 0; i < info->dlpi_phnum && owner != OTHER && n_ranges < MOST_RANGES; i++) {
        const ElfW(Phdr) *part = &info->dlpi_phdr[i];
        if (part->p_type == PT_LOAD && (part->p_flags & PF_X)) {
            const uintptr_t start = info->dlpi_addr + part->p_vaddr;
            ranges[n_ranges++] =
                (struct range){start, start + part->p_memsz, info->dlpi_addr, owner};
        }
    }
    return 0;
}

static const struct range *find_range(uintptr_t at)
{
    static const struct range other = {.owner = OTHER};
    for (int i = 0; i < n_ranges; i++) {
        if (at >= ranges[i].start && at < ranges[i].end) {
            return &ranges[i];
        }
    }
    return &other;
}

static _Unwind_Reason_Code find_asker(struct _Unwind_Context *frame, void *context)
{
    enum owner *asker = context;
    *asker = find_range((uintptr_t)_Unwind_GetIP(frame))->owner;
    return *asker == REPORTS || *asker == THIS ? _URC_NO_REASON : _URC_END_OF_STACK;
}

static bool is_heeds(const void *caller)
{
    enum owner asker = find_range((uintptr_t)caller)->owner;
    if (asker == REPORTS) {
        _Unwind_Backtrace(find_asker, &asker);
    }
    return asker == OURS;
}

/* --- the report --- */

struct trace {
    int file; /* negative: only the sum */
    int n;
    uint64_t sum; /* FNV-1a over heed's frames */
};

/* "heed 0x1234": addr2line finds the line. */
static _Unwind_Reason_Code put_frame(struct _Unwind_Context *frame, void *context)
{
    struct trace *trace = context;
    char line[64];
    const uintptr_t at = (uintptr_t)_Unwind_GetIP(frame);
    const struct range *range = find_range(at);
    if (range->owner == OURS) {
        trace->sum = (trace->sum ^ (at - range->base)) * 0x100000001b3U;
    }
    if (range->owner == OURS && trace->file >= 0) {
        const int length =
            snprintf(line, sizeof line, "heed 0x%lx\n", (unsigned long)(at - range->base - 1));
        if (write(trace->file, line, (size_t)length) < 0) {
            return _URC_END_OF_STACK;
        }
    }
    return ++trace->n < MOST_FRAMES ? _URC_NO_REASON : _URC_END_OF_STACK;
}

static int open_report(void)
{
    return report ? open(report, O_WRONLY | O_CREAT | O_TRUNC, 0666) : -1;
}

static void put_trace(void)
{
    struct trace trace = {.file = open_report()};
    if (trace.file >= 0) {
        _Unwind_Backtrace(put_frame, &trace);
        close(trace.file);
    }
}

/* Where each was asked for, by its number; what doesn't fit is nowhere. */
static uint64_t places[MOST_PLACES];

static void note_place(long n)
{
    struct trace trace = {.file = -1};
    if (report && n <= MOST_PLACES) {
        _Unwind_Backtrace(put_frame, &trace);
        places[n - 1] = trace.sum;
    }
}

static void put_places(void)
{
    const long n = atomic_load(&n_asked);
    FILE *file = report ? fopen(report, "w") : NULL;
    for (long i = 0; file && i < n; i++) {
        fprintf(file, "%016llx\n", i < MOST_PLACES ? (unsigned long long)places[i] : 0);
    }
    if (file) {
        fclose(file);
    }
}

__attribute__((constructor)) static void begin(void)
{
    const char *at = getenv("HEED_FAIL_AT");
    enum owner warm = OTHER;
    fail_at = at ? strtol(at, NULL, 10) : 0;
    report = getenv("HEED_FAIL_REPORT");
    dl_iterate_phdr(note_object, NULL);
    _Unwind_Backtrace(find_asker, &warm); /* the unwinder allocates once */
    is_ready = true;
}

__attribute__((destructor)) static void end(void)
{
    is_ready = false;
    if (fail_at == 0) {
        put_places();
    }
}

/* True if this one is to be refused. */
static bool refuses(const void *caller)
{
    if (!is_ready || is_inside) {
        return false;
    }
    is_inside = true;
    const long n = is_heeds(caller) ? atomic_fetch_add(&n_asked, 1) + 1 : 0;
    const bool refused = n > 0 && n == fail_at;
    if (refused) {
        put_trace();
        errno = ENOMEM;
    } else if (n > 0 && fail_at == 0) {
        note_place(n);
    }
    is_inside = false;
    return refused;
}

/* --- in the C library's place --- */

void *malloc(size_t size)
{
    return refuses(__builtin_return_address(0)) ? NULL : __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
    return refuses(__builtin_return_address(0)) ? NULL : __libc_calloc(count, size);
}

void *realloc(void *memory, size_t size)
{
    return refuses(__builtin_return_address(0)) ? NULL : __libc_realloc(memory, size);
}

void *memalign(size_t alignment, size_t size)
{
    return refuses(__builtin_return_address(0)) ? NULL : __libc_memalign(alignment, size);
}

void *aligned_alloc(size_t alignment, size_t size)
{
    return refuses(__builtin_return_address(0)) ? NULL : __libc_memalign(alignment, size);
}

int posix_memalign(void **memory, size_t alignment, size_t size)
{
    void *made = refuses(__builtin_return_address(0)) ? NULL : __libc_memalign(alignment, size);
    if (!made) {
        return ENOMEM;
    }
    *memory = made;
    return 0;
}
