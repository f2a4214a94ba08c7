/*
 * The clipboard with more than text in it, which SDL can't: it is owned on X11 by a
 * connection and a thread of its own, on Wayland by wl-copy where there is one. Main thread.
 */
#ifndef HEED_APP_CLIPBOARD_H
#define HEED_APP_CLIPBOARD_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"
#include "base/error.h"

struct heed_clipboard;
struct heed_window;

/* The same thing as one kind of data. */
struct heed_clip {
    const char *type; /* "image/png"; a literal */
    struct heed_buffer *bytes;
};

enum { HEED_MOST_CLIPS = 4 };

/* Offers these to whoever pastes, until another program or text of ours takes its place; takes
 * the bytes. *clipboard: NULL before. Errors: the display's clipboard can't be owned. */
HEED_NODISCARD bool heed_clipboard_offer(struct heed_clipboard **clipboard,
                                         const struct heed_window *window,
                                         const struct heed_clip *clips, size_t n,
                                         struct heed_error *err);
/* Gives it up; NULL is harmless. */
void heed_clipboard_close(struct heed_clipboard *clipboard);

#endif
