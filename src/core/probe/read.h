/* What the readers of rows.h share. Inside core/probe only. */
#ifndef HEED_CORE_PROBE_READ_H
#define HEED_CORE_PROBE_READ_H

#include "base/buffer.h"
#include "core/probe/rows.h"

/* A file that is read. All is in rows' arena; failed: no memory was left. */
struct heed_probe_reader {
    struct heed_probe_rows *rows;
    const struct heed_lines *lines;
    const char *name;
    int file;
    bool failed;
};

void heed_probe_put_row(struct heed_probe_reader *reader, struct heed_probe_row row);
void heed_probe_put_tree(struct heed_probe_reader *reader, struct heed_probe_tree tree);
void heed_probe_put_problem(struct heed_probe_reader *reader, size_t line, const char *format, ...)
    HEED_PRINTF(3, 4);
void heed_probe_put_comment(struct heed_probe_reader *reader, size_t line);

/* Copies into the arena, with a NUL; "" without memory. trim: without blanks around. */
char *heed_probe_copy(struct heed_probe_reader *reader, const char *text, size_t length);
char *heed_probe_trim(struct heed_probe_reader *reader, const char *text, size_t length);
/* A buffer's content, which is given back. */
char *heed_probe_keep(struct heed_probe_reader *reader, struct heed_buffer *buffer);

/* Puts a name with the signs that mean something escaped. */
void heed_probe_put_name(struct heed_buffer *out, const char *name, size_t length);

/* Tells words that can be a pronoun from others; without case. */
bool heed_probe_is_pronoun(const char *word, size_t length);
/* Of "male", "female" or "neutral" (else of any). */
bool heed_probe_is_pronoun_of(const char *gender, const char *word, size_t length);
bool heed_probe_same_word(const char *a, size_t n_a, const char *b, size_t n_b);
bool heed_probe_is_blank(struct heed_line line);

/* Each reads all lines; false: the content isn't of this kind, and err says what it
 * lacks. That is looked at before anything is put. */
bool heed_probe_read_table(struct heed_probe_reader *reader, enum heed_probe_format asked,
                           struct heed_error *err);
bool heed_probe_read_winobias(struct heed_probe_reader *reader, struct heed_error *err);
bool heed_probe_read_dpr(struct heed_probe_reader *reader, struct heed_error *err);
bool heed_probe_read_conllu(struct heed_probe_reader *reader, struct heed_error *err);

#endif
