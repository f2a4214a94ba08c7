#include "session/lesson_lines.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static const char *skip_blanks(const char *c)
{
    return c + strspn(c, " \t\r\n");
}

/* Behind the string that begins at c. */
static const char *skip_string(const char *c)
{
    for (c++; *c != '\0' && *c != '"'; c++) {
        c += *c == '\\' && c[1] != '\0';
    }
    return *c == '"' ? c + 1 : c;
}

static const char *skip_value(const char *c)
{
    int depth = 0;
    c = skip_blanks(c);
    do {
        if (*c == '"') {
            c = skip_string(c);
        } else if (*c == '{' || *c == '[') {
            depth++;
            c++;
        } else if (*c == '}' || *c == ']') {
            depth--;
            c++;
        } else {
            c += *c != '\0' && depth > 0 ? 1 : strcspn(c, ",]} \t\r\n");
        }
    } while (depth > 0 && *c != '\0');
    return c;
}

static bool is_key(const char *quoted, const char *key, size_t length)
{
    return strncmp(quoted + 1, key, length) == 0 && quoted[length + 1] == '"';
}

/* The value of a member or the item of a list at c; NULL: there is none. *key is where
 * its key stands, or itself. */
static const char *step_into(const char *c, const char *part, size_t length, const char **key)
{
    const bool object = *c == '{';
    const long wanted = object ? 0 : strtol(part, NULL, 10);
    if (*c != '{' && *c != '[') {
        return NULL;
    }
    c = skip_blanks(c + 1);
    for (long i = 0; *c != '\0' && *c != '}' && *c != ']'; i++) {
        *key = c;
        const bool found = object ? is_key(c, part, length) : i == wanted;
        const char *value = object ? skip_blanks(skip_string(c)) : c;
        value = object && *value == ':' ? skip_blanks(value + 1) : value;
        if (found) {
            return value;
        }
        c = skip_blanks(skip_value(value));
        c = *c == ',' ? skip_blanks(c + 1) : c;
    }
    return NULL;
}

int heed_json_line(const char *text, const char *path)
{
    const char *value = skip_blanks(text);
    const char *at = value;
    int line = 1;
    while (*path != '\0') {
        const size_t length = strcspn(path, "/");
        const char *key = value;
        value = step_into(value, path, length, &key);
        if (value == NULL) {
            break;
        }
        at = key;
        path += length + (path[length] == '/');
    }
    for (const char *c = text; c < at; c++) {
        line += *c == '\n';
    }
    return line;
}
