#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"

/* A file that is cut short while it is mapped takes the pages behind its end
 * with it: reading them is SIGBUS. The handler puts zeros there and notes it, so
 * that whoever reads goes on to where heed_file_check tells them. */

enum { MOST_MAPPED = 2048 };

/* What the handler knows of a mapping; begin is 0 where none is. */
static struct slot {
    atomic_uintptr_t begin;
    atomic_size_t size;
    atomic_bool is_cut;
} slots[MOST_MAPPED];

static struct sigaction former;
static uintptr_t page_mask;

static struct slot *find_slot(uintptr_t address)
{
    for (size_t i = 0; i < MOST_MAPPED; i++) {
        const uintptr_t begin = atomic_load(&slots[i].begin);
        if (begin > 1 && address >= begin && address - begin < atomic_load(&slots[i].size)) {
            return &slots[i];
        }
    }
    return NULL;
}

static void on_bus_error(int number, siginfo_t *info, void *context)
{
    const int saved = errno;
    const uintptr_t page = (uintptr_t)info->si_addr & ~page_mask;
    struct slot *slot = find_slot((uintptr_t)info->si_addr);
    (void)number;
    (void)context;
    if (slot) {
        const size_t left = atomic_load(&slot->begin) + atomic_load(&slot->size) - page;
        atomic_store(&slot->is_cut, true);
        if (mmap((void *)page, left, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) !=
            MAP_FAILED) {
            errno = saved;
            return;
        }
    }
    sigaction(SIGBUS, &former, NULL); /* comes again, and means the end */
    errno = saved;
}

/* Unless it is there: others may have put theirs in its place since. */
static void install(void)
{
    static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
    struct sigaction action = {.sa_sigaction = on_bus_error, .sa_flags = SA_SIGINFO};
    struct sigaction now;
    sigemptyset(&action.sa_mask);
    pthread_mutex_lock(&lock);
    page_mask = (uintptr_t)sysconf(_SC_PAGESIZE) - 1;
    if (sigaction(SIGBUS, NULL, &now) == 0 &&
        !(now.sa_flags & SA_SIGINFO && now.sa_sigaction == on_bus_error)) {
        former = now;
        sigaction(SIGBUS, &action, NULL);
    }
    pthread_mutex_unlock(&lock);
}

/* The mapping's place in the table, or -1. */
static int enter(const void *data, size_t size)
{
    install();
    for (int i = 0; i < MOST_MAPPED; i++) {
        uintptr_t none = 0;
        if (atomic_compare_exchange_strong(&slots[i].begin, &none, 1)) { /* 1: being filled */
            atomic_store(&slots[i].is_cut, false);
            atomic_store(&slots[i].size, size);
            atomic_store(&slots[i].begin, (uintptr_t)data);
            return i;
        }
    }
    errno = ENOMEM;
    return -1;
}

static bool fail(struct heed_error *err, const char *what, const char *path)
{
    return heed_error_set(err, HEED_ERROR_FILE, "can't %s '%s': %s", what, path, strerror(errno));
}

static bool map(struct heed_mapped_file *file, int fd, const char *path, struct heed_error *err)
{
    void *data = mmap(NULL, file->size, PROT_READ, MAP_PRIVATE, fd, 0);
    if (data == MAP_FAILED) {
        return fail(err, "map", path);
    }
    file->slot = enter(data, file->size);
    if (file->slot < 0) {
        munmap(data, file->size);
        return fail(err, "map", path);
    }
    file->data = data;
    return true;
}

static bool open_mapped(struct heed_mapped_file *file, int fd, const char *path,
                        struct heed_error *err)
{
    struct stat status;
    if (fstat(fd, &status) != 0) {
        return fail(err, "read", path);
    }
    if (!S_ISREG(status.st_mode)) {
        return heed_error_set(err, HEED_ERROR_FILE, "can't open '%s': it isn't a regular file",
                              path);
    }
    file->size = (size_t)status.st_size;
    file->modified = status.st_mtim;
    return file->size == 0 || map(file, fd, path, err);
}

bool heed_file_map(struct heed_mapped_file *file, const char *path, struct heed_error *err)
{
    /* A pipe without a writer would be waited for. */
    const int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (fd < 0) {
        return fail(err, "open", path);
    }
    struct heed_mapped_file mapped = {.slot = -1};
    if (!open_mapped(&mapped, fd, path, err)) {
        close(fd);
        return false;
    }
    if (mapped.data) {
        mapped.fd = fd;
    } else {
        close(fd);
    }
    *file = mapped;
    return true;
}

bool heed_file_check(const struct heed_mapped_file *file, const char *path, struct heed_error *err)
{
    struct stat now;
    if (!file->data) {
        return true;
    }
    if (!atomic_load(&slots[file->slot].is_cut) && fstat(file->fd, &now) == 0 &&
        (size_t)now.st_size == file->size && now.st_mtim.tv_sec == file->modified.tv_sec &&
        now.st_mtim.tv_nsec == file->modified.tv_nsec) {
        return true;
    }
    return heed_error_set(err, HEED_ERROR_FILE,
                          "'%s' was changed while heed had it open: see that it is whole, and "
                          "open it again",
                          path);
}

void heed_file_unmap(struct heed_mapped_file *file)
{
    if (file->data) {
        atomic_store(&slots[file->slot].begin, 0);
        munmap((void *)(uintptr_t)file->data, file->size);
        close(file->fd);
    }
    *file = (struct heed_mapped_file){0};
}

void heed_file_drop_pages(const struct heed_mapped_file *file)
{
    if (file->data) {
        madvise((void *)(uintptr_t)file->data, file->size, MADV_DONTNEED);
    }
}
