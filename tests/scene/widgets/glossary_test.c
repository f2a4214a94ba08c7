/* docs/glossary.md is the table of terms, as tips and help have it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/file.h"
#include "scene/widgets/terms.h"

/* What ends a sentence that may be a question. */
static const char *stop(const char *text)
{
    const size_t length = strlen(text);
    return length > 0 && strchr("?.!", text[length - 1]) != NULL ? "" : ".";
}

static void write_glossary(struct heed_buffer *out)
{
    int n = 0;
    const struct heed_term *terms = heed_terms_get(&n);
    heed_buffer_puts(out, "# Glossary\n\n"
                          "What the words on the screen mean, as their tips say it; in the "
                          "window F1, then Right.\n"
                          "Formulas and sources are in [measures.md](measures.md). Made from "
                          "src/scene/widgets/terms.c.\n");
    for (int i = 0; i < n; i++) {
        if (i == 0 || strcmp(terms[i - 1].group, terms[i].group) != 0) {
            heed_buffer_printf(out, "\n## %s\n\n", terms[i].group);
        }
        heed_buffer_printf(out, "- **%s**: %s%s %s%s\n", terms[i].name, terms[i].what,
                           stop(terms[i].what), terms[i].high, stop(terms[i].high));
    }
}

static void the_page_is_the_table(void **context)
{
    const char *folder = getenv("HEED_SOURCE");
    char path[4096];
    char *page = NULL;
    size_t size = 0;
    struct heed_buffer wanted = {0};
    struct heed_error err = {0};
    (void)context;
    assert_non_null(folder);
    snprintf(path, sizeof(path), "%s/docs/glossary.md", folder);
    write_glossary(&wanted);
    if (getenv("HEED_UPDATE_GOLDEN") != NULL) {
        assert_true(heed_file_write(path, wanted.data, wanted.size, &err));
    }
    assert_true(heed_file_read(path, 1 << 20, &page, &size, &err));
    if (size != wanted.size || memcmp(page, wanted.data, size) != 0) {
        fail_msg("%s isn't the table of terms: run this test with HEED_UPDATE_GOLDEN=1", path);
    }
    free(page);
    heed_buffer_finish(&wanted);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(the_page_is_the_table)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
