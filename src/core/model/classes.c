#include "core/model/classes.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/model/json.h"

enum { MAX_CONFIG = 4 * 1024 * 1024 };

void heed_classes_free(char **names, int n)
{
    for (int i = 0; names && i < n; i++) {
        free(names[i]);
    }
    free((void *)names);
}

/* It is printed, and drawn, in one line. */
static char *copy_name(const cJSON *named, int index)
{
    char usual[32];
    snprintf(usual, sizeof usual, "LABEL_%d", index);
    char *copy = strdup(cJSON_IsString(named) ? named->valuestring : usual);
    for (char *c = copy; c && *c != '\0'; c++) {
        *c = (unsigned char)*c < ' ' || *c == 127 ? ' ' : *c;
    }
    return copy;
}

static bool read_names(char **names, int n, const cJSON *root, const char *path,
                       struct heed_error *err)
{
    const cJSON *all = heed_json_find(root, "id2label");
    /* By its place where the keys are in order, as they are: a search is long for thousands. */
    const cJSON *next = cJSON_IsObject(all) ? all->child : NULL;
    for (int i = 0; i < n; i++, next = next ? next->next : NULL) {
        char key[16];
        snprintf(key, sizeof key, "%d", i);
        const bool is_here = next && next->string && strcmp(next->string, key) == 0;
        names[i] = copy_name(is_here ? next : heed_json_find(all, key), i);
        if (!names[i]) {
            return heed_error_set(err, HEED_ERROR_MEMORY, "no memory left for the classes of '%s'",
                                  path);
        }
    }
    return true;
}

bool heed_classes_read(char ***names, int n, const char *path, struct heed_error *err)
{
    cJSON *root = NULL;
    if (!heed_json_read(&root, path, MAX_CONFIG, err)) {
        return false;
    }
    char **made = (char **)calloc((size_t)n, sizeof *made);
    const bool ok = made ? read_names(made, n, root, path, err)
                         : heed_error_set(err, HEED_ERROR_MEMORY,
                                          "no memory left for the classes of '%s'", path);
    cJSON_Delete(root);
    if (!ok) {
        heed_classes_free(made, n);
        return false;
    }
    *names = made;
    return true;
}
