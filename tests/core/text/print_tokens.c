/* print_tokens FOLDER FILE: the tokens of each line, as make_subword_goldens.py --sweep
 * compares them. No test by itself. */
#include <stdio.h>
#include <stdlib.h>

#include "core/text/tokenizer.h"

static void print(const struct heed_encoding *encoding)
{
    printf("{\"ids\":[");
    for (int i = 0; i < encoding->n_tokens; i++) {
        printf("%s%d", i > 0 ? "," : "", (int)encoding->tokens[i].id);
    }
    printf("],\"offsets\":[");
    for (int i = 0; i < encoding->n_tokens; i++) {
        printf("%s%d,%d", i > 0 ? "," : "", (int)encoding->tokens[i].start,
               (int)encoding->tokens[i].end);
    }
    printf("],\"types\":[");
    for (int i = 0; i < encoding->n_tokens; i++) {
        printf("%s%d", i > 0 ? "," : "", (int)encoding->tokens[i].type);
    }
    printf("]}\n");
}

int main(int argc, char **argv)
{
    struct heed_error err = {0};
    struct heed_tokenizer *tokenizer = NULL;
    FILE *file = argc == 3 ? fopen(argv[2], "rb") : NULL;
    char *line = NULL;
    size_t capacity = 0;
    ssize_t n = 0;
    bool ok = file && heed_tokenizer_open(&tokenizer, argv[1], 512, &err);
    while (ok && (n = getline(&line, &capacity, file)) >= 0) {
        struct heed_encoding *encoding = NULL;
        n -= n > 0 && line[n - 1] == '\n';
        ok = heed_tokenize(&encoding, tokenizer, line, (size_t)n, NULL, 0,
                           (struct heed_tokenize_options){0}, &err);
        if (ok) {
            print(encoding);
        }
        heed_encoding_destroy(encoding);
    }
    if (!ok) {
        fprintf(stderr, "%s\n", file ? err.text : "usage: print_tokens FOLDER FILE");
    }
    free(line);
    heed_tokenizer_destroy(tokenizer);
    return ok && fclose(file) == 0 ? 0 : 1;
}
