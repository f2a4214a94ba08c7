/*
 * The command line that gives a picture again: what the export panel copies. Knows the
 * options of `heed export` by name only. Any thread.
 */
#ifndef HEED_EXPORT_COMMAND_H
#define HEED_EXPORT_COMMAND_H

#include "base/buffer.h"
#include "export/export.h"
#include "state/export_choice.h"

/* What a person chose in the panel as options of an export. Borrows the choice. */
struct heed_export_options heed_export_options_of(const struct heed_state *state,
                                                  const struct heed_export_choice *choice);

struct heed_export_line {
    struct heed_export_source source;
    const struct heed_tokenizer *tokenizer;
    const struct heed_export_choice *choice;
    const char *model_folder; /* NULL: the default model */
    const char *path;         /* of the picture */
    const char *session;      /* of a session file, named if options can't say it all */
};

/* One line for a POSIX shell. *needs_session: it names that file, which the caller
 * writes; else options say all that the picture shows. */
HEED_NODISCARD bool heed_export_put_line(const struct heed_export_line *line,
                                         struct heed_buffer *out, bool *needs_session,
                                         struct heed_error *err);
/* In single quotes if a shell would take anything in it for its own. */
void heed_export_put_quoted(struct heed_buffer *out, const char *text);

#endif
