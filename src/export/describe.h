/*
 * Inside export: a picture in words, for who doesn't see it: what it is, what it leaves out
 * and what its view's row says of it, then all its rows (rows.h) as lines to be read. They come
 * from the display list, as the picture's data does, so that picture and words are one. Any
 * thread.
 */
#ifndef HEED_EXPORT_DESCRIBE_H
#define HEED_EXPORT_DESCRIBE_H

#include "base/buffer.h"
#include "base/error.h"
#include "export/data.h"

/* As UTF-8 lines. Of a panel its table, as its command prints it. Errors: a panel that wasn't
 * run; memory. */
HEED_NODISCARD bool heed_describe_write(const struct heed_data_source *source,
                                        struct heed_buffer *out, struct heed_error *err);

#endif
