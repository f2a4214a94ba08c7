#include "session/last.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/file.h"
#include "session/paths.h"
#include "session/session.h"

enum { MOST_AT_ONCE = 64 };

bool heed_last_find(struct heed_last *last, int number, struct heed_error *err)
{
    char name[32] = "last.heed";
    if (number > 1) {
        snprintf(name, sizeof name, "last-%d.heed", number);
    }
    last->number = number;
    return heed_path_find(last->path, sizeof last->path, "XDG_STATE_HOME", ".local/state", name,
                          err);
}

/* False if another heed has it. A folder that can't be written, or a file system
 * without locks: then nobody can tell, and it is this one's. */
static bool lock(struct heed_last *last)
{
    char path[sizeof last->path + 8];
    snprintf(path, sizeof path, "%s.lock", last->path);
    last->lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NONBLOCK, 0600);
    if (last->lock < 0 || flock(last->lock, LOCK_EX | LOCK_NB) == 0) {
        return true;
    }
    const bool is_held = errno == EWOULDBLOCK;
    close(last->lock);
    last->lock = -1;
    return !is_held;
}

bool heed_last_claim(struct heed_last *last, struct heed_error *err)
{
    *last = (struct heed_last){.lock = -1};
    for (int number = 1; number <= MOST_AT_ONCE; number++) {
        if (!heed_last_find(last, number, err)) {
            return false;
        }
        if (!heed_path_make_parent(last->path, NULL)) {
            return true; /* saving will say why not */
        }
        if (lock(last)) {
            return true;
        }
    }
    return heed_error_set(err, HEED_ERROR_SYSTEM,
                          "%d windows of heed are open; close one of them first", MOST_AT_ONCE);
}

void heed_last_release(struct heed_last *last)
{
    if (last->lock >= 0) {
        close(last->lock);
    }
    last->lock = -1;
}

const char *heed_last_name(const struct heed_last *last)
{
    const char *slash = strrchr(last->path, '/');
    return slash ? slash + 1 : last->path;
}

/* Out of the way, so that the next save doesn't destroy it. */
static void set_aside(const struct heed_last *last, struct heed_error *err)
{
    char bad[sizeof last->path + 8];
    const struct heed_error why = *err;
    snprintf(bad, sizeof bad, "%s.bad", last->path);
    if (rename(last->path, bad) == 0) {
        heed_error_set(err, why.code, "%s; it is now %s.bad", why.text, heed_last_name(last));
    } else {
        heed_error_set(err, why.code, "%s; it can't be renamed (%s)", why.text, strerror(errno));
    }
}

bool heed_last_load(const struct heed_last *last, struct heed_state *state, struct heed_error *err)
{
    char *json = NULL;
    size_t size = 0;
    *err = (struct heed_error){0};
    if (access(last->path, F_OK) != 0) {
        return false;
    }
    const bool ok = heed_file_read_regular(last->path, HEED_SESSION_MAX_BYTES, &json, &size, err) &&
                    heed_session_parse(state, json, size, last->path, err);
    free(json);
    if (!ok && err->code != HEED_ERROR_MEMORY) {
        set_aside(last, err);
    }
    return ok;
}
