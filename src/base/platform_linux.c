#include "base/platform.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <malloc.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <time.h>
#include <unistd.h>

#include "base/array.h"

bool heed_platform_program_folder(char *path, size_t size)
{
    const ssize_t length = readlink("/proc/self/exe", path, size);
    if (length <= 0 || (size_t)length >= size) {
        return false;
    }
    path[length] = '\0';
    char *slash = strrchr(path, '/');
    if (!slash) {
        return false;
    }
    slash[slash == path] = '\0'; /* "/heed" lies in "/" */
    return true;
}

/* --- the machine --- */

/* The first allowed hardware thread of a core stands for it. A list reads "0,4" or "0-1". */
static bool stands_for_core(int cpu, const cpu_set_t *allowed)
{
    char path[96];
    snprintf(path, sizeof(path), "/sys/devices/system/cpu/cpu%d/topology/thread_siblings_list",
             cpu);
    FILE *file = fopen(path, "re");
    if (!file) {
        return true;
    }
    bool stands = true;
    int first = 0;
    while (stands && fscanf(file, "%d", &first) == 1) {
        int last = first;
        int sign = fgetc(file);
        if (sign == '-') {
            if (fscanf(file, "%d", &last) != 1) {
                break;
            }
            sign = fgetc(file);
        }
        for (int i = first; i <= last && i < cpu && i < CPU_SETSIZE; i++) {
            stands = stands && !CPU_ISSET(i, allowed);
        }
        if (sign != ',') {
            break;
        }
    }
    fclose(file);
    return stands;
}

int heed_platform_cores(void)
{
    cpu_set_t allowed;
    CPU_ZERO(&allowed);
    if (sched_getaffinity(0, sizeof(allowed), &allowed) != 0) {
        return 1;
    }
    int count = 0;
    for (int i = 0; i < CPU_SETSIZE; i++) {
        if (CPU_ISSET(i, &allowed) && stands_for_core(i, &allowed)) {
            count++;
        }
    }
    return count > 0 ? count : 1;
}

double heed_platform_memory(void)
{
    const long pages = sysconf(_SC_PHYS_PAGES);
    const long size = sysconf(_SC_PAGE_SIZE);
    return pages > 0 && size > 0 ? (double)pages * (double)size : 0;
}

int64_t heed_platform_nanoseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

/* --- memory --- */

void *heed_platform_map_pages(size_t size, size_t alignment)
{
    char *memory =
        mmap(NULL, size + alignment, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) {
        return NULL;
    }
    const size_t before = -(uintptr_t)memory % alignment;
    if (before > 0) {
        munmap(memory, before);
    }
    munmap(memory + before + size, alignment - before);
    return memory + before;
}

void heed_platform_unmap_pages(void *pages, size_t size)
{
    munmap(pages, size);
}

void heed_platform_advise_large(void *memory, size_t size)
{
#ifdef MADV_HUGEPAGE
    (void)madvise(memory, size, MADV_HUGEPAGE);
#endif
}

void heed_platform_share_heap(void)
{
#ifdef M_ARENA_MAX
    (void)mallopt(M_ARENA_MAX, 1);
#endif
}

void heed_platform_trim_heap(void)
{
#ifdef __GLIBC__
    (void)malloc_trim(0);
#endif
}

/* --- files --- */

/* Some file systems have no fsync: that is no failure. */
bool heed_platform_sync(int fd)
{
    return fsync(fd) == 0 || errno == EINVAL || errno == ENOTSUP;
}

bool heed_platform_replace(const char *made, const char *target)
{
    return rename(made, target) == 0;
}

/* The folder is synced; one that mayn't be read can't be. */
bool heed_platform_sync_name(const char *path)
{
    char folder[PATH_MAX];
    const char *slash = strrchr(path, '/');
    snprintf(folder, sizeof folder, "%.*s.", slash ? (int)(slash - path) + 1 : 0, path);
    const int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) {
        return true;
    }
    const bool ok = heed_platform_sync(fd);
    const int saved = errno;
    close(fd);
    errno = saved;
    return ok;
}

bool heed_platform_is_named_pipe(int fd)
{
    enum { PIPEFS = 0x50495045 };
    struct stat status;
    struct statfs system;
    return fstat(fd, &status) == 0 && S_ISFIFO(status.st_mode) && fstatfs(fd, &system) == 0 &&
           system.f_type != PIPEFS;
}

bool heed_platform_is_absolute(const char *path)
{
    return path[0] == '/';
}

bool heed_platform_has_display(void)
{
    static const char *const names[] = {"DISPLAY", "WAYLAND_DISPLAY", "SDL_VIDEODRIVER"};
    for (size_t i = 0; i < HEED_COUNT(names); i++) {
        const char *value = getenv(names[i]);
        if (value && *value) {
            return true;
        }
    }
    return false;
}
