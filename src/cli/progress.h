/* How far long work is, on stderr, and only where that is a terminal. */
#ifndef HEED_CLI_PROGRESS_H
#define HEED_CLI_PROGRESS_H

#include <stdbool.h>

/* Zero but for what: "sentences". */
struct heed_cli_progress {
    const char *what;
    double start_ms, last_ms;
    bool has_shown;
};

/* For heed_task_run; context is a struct heed_cli_progress. */
bool heed_cli_show_progress(void *context, int done, int all);

#endif
