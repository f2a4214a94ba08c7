/* On which line of a JSON text a value stands. Inside session/ only. */
#ifndef HEED_SESSION_LESSON_LINES_H
#define HEED_SESSION_LESSON_LINES_H

/* path: keys and indices, parted by '/': "steps/3/claims/0/of". text must be valid JSON.
 * 1-based; of what isn't there, the line of the innermost part that is. */
int heed_json_line(const char *text, const char *path);

#endif
