/* Inside export: a table of comma-separated values, its columns one below the other. Pure. */
#ifndef HEED_EXPORT_DESCRIBE_TABLE_H
#define HEED_EXPORT_DESCRIBE_TABLE_H

#include <stddef.h>

#include "base/buffer.h"

/* Lines of csv[size]; quotes are taken off, what is beyond the most columns isn't aligned. */
void heed_describe_table(struct heed_buffer *out, const char *csv, size_t size);

#endif
