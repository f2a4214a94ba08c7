#include "cli/progress.h"

#include <stdio.h>
#include <unistd.h>

#include "base/clock.h"

enum { EVERY_MS = 200 };

bool heed_cli_show_progress(void *context, int done, int all)
{
    struct heed_cli_progress *progress = context;
    const double now = heed_clock_ms();
    const bool last = done + 1 == all;
    if (!isatty(STDERR_FILENO)) {
        return true;
    }
    progress->start_ms = progress->start_ms > 0 ? progress->start_ms : now;
    if ((now - progress->last_ms < EVERY_MS && !(last && progress->has_shown)) || done == 0) {
        return true;
    }
    const double rate = done / ((now - progress->start_ms) / 1000 + 1e-9);
    const int left = (int)((all - done) / rate + 0.5);
    fprintf(stderr, "\rheed: %d of %d %s, %.0f a second, %d:%02d left \033[K%s", done + last, all,
            progress->what, rate, left / 60, left % 60, last ? "\n" : "");
    progress->last_ms = now;
    progress->has_shown = true;
    return true;
}
