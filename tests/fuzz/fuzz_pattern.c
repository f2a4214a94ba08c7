/* Any line as a pattern, the rest as the text that it is looked for in: refused, or its
 * parts cover the text in order. */
#include <string.h>

#include "core/text/pattern.h"
#include "fuzz.h"
#include "stretch.h"

static void look(const char *line, bool literal, const char *text, size_t size)
{
    struct heed_pattern *pattern = NULL;
    struct heed_arena arena = {0};
    struct heed_parts parts = {0};
    if (!heed_pattern_compile(&pattern, line, literal, "fuzz", NULL)) {
        return;
    }
    const struct heed_stretch stretch = fuzz_stretch(text, size, &arena);
    if (heed_pattern_find(pattern, &stretch, &arena, &parts)) {
        size_t at = 0;
        for (size_t i = 0; i < parts.n; i++) {
            if (parts.parts[i].start != at || parts.parts[i].end < at) {
                abort();
            }
            at = parts.parts[i].end;
        }
        if (at != stretch.n) {
            abort();
        }
    }
    heed_arena_finish(&arena);
    heed_pattern_destroy(pattern);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *text = (const char *)data;
    const size_t end = fuzz_first_line(text, size);
    char *line = strndup(text, end);
    if (!line) {
        abort();
    }
    look(line, false, text + end, size - end);
    look(line, true, text + end, size - end);
    free(line);
    return 0;
}
