/*
 * The `heed export` line that gives what the panel exports. Main thread.
 */
#ifndef HEED_APP_APP_EXPORT_LINE_H
#define HEED_APP_APP_EXPORT_LINE_H

#include <limits.h>
#include <stdbool.h>

#include "base/buffer.h"
#include "base/error.h"
#include "state/export_choice.h"
#include "state/state.h"

struct heed_app;

/* With a NUL, for the picture at path. What no option says is written beside it, into a
 * session whose path is given ("": none was needed); none that is there is replaced. */
HEED_NODISCARD bool heed_app_make_line(struct heed_app *app, const struct heed_state *state,
                                       const struct heed_export_choice *choice, const char *path,
                                       char session[PATH_MAX], struct heed_buffer *out,
                                       struct heed_error *err);

#endif
