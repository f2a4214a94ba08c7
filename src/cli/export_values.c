#include "cli/export_values.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/compiler.h"
#include "state/state.h"

bool heed_export_parse_view(const char *name, enum heed_view *view, struct heed_error *err)
{
    return heed_view_find(name, view) ||
           heed_error_set(err, HEED_ERROR_USAGE,
                          "--view can't be '%.40s'; it is one of " HEED_VIEW_LIST "ablation", name);
}

bool heed_export_parse_theme(const char *name, enum heed_theme_id *theme, struct heed_error *err)
{
    return heed_theme_find(name, theme) ||
           heed_error_set(err, HEED_ERROR_USAGE,
                          "--theme can't be '%.40s'; it is one of light, dark, paper", name);
}

bool heed_export_parse_palette(const char *name, enum heed_palette_id *palette,
                               struct heed_error *err)
{
    return heed_palette_find(name, palette) ||
           heed_error_set(err, HEED_ERROR_USAGE,
                          "--palette can't be '%.40s'; it is one of tide, ink, viridis, cividis",
                          name);
}

/* Digits at *text, which then stands behind them; -1: none, or too many. */
static int read_number(const char **text)
{
    int number = -1;
    int digits = 0;
    while (isdigit((unsigned char)**text) && digits < 6) {
        number = (number < 0 ? 0 : number) * 10 + (**text - '0');
        (*text)++;
        digits++;
    }
    return number;
}

static bool read_letter(const char **text, char letter)
{
    if (toupper((unsigned char)**text) != letter) {
        return false;
    }
    (*text)++;
    return true;
}

/* Adds a head that isn't there yet. */
static bool add_head(int layer, int head, const struct heed_model_config *config,
                     struct heed_head_id *heads, int *n, struct heed_error *err)
{
    if (layer >= config->n_layers || head >= config->n_heads) {
        return heed_error_set(
            err, HEED_ERROR_INPUT,
            "there is no head L%dH%d: the model has layers 0 to %d and heads 0 to %d", layer, head,
            config->n_layers - 1, config->n_heads - 1);
    }
    for (int i = 0; i < *n; i++) {
        if (heads[i].layer == layer && heads[i].head == head) {
            return true;
        }
    }
    if (*n == HEED_MAX_SHOWN) {
        return heed_error_set(err, HEED_ERROR_USAGE, "a picture shows at most %d heads",
                              (int)HEED_MAX_SHOWN);
    }
    heads[(*n)++] = (struct heed_head_id){(int16_t)layer, (int16_t)head};
    return true;
}

static bool fail_heads(const char *list, struct heed_error *err)
{
    return heed_error_set(err, HEED_ERROR_USAGE,
                          "--heads can't be '%.40s'; write heads as L3H1,L5H11", list);
}

bool heed_export_parse_heads(const char *list, const struct heed_model_config *config,
                             struct heed_head_id *heads, int *n, struct heed_error *err)
{
    const char *at = list;
    int count = 0;
    do {
        const int layer = read_letter(&at, 'L') ? read_number(&at) : -1;
        const int head = read_letter(&at, 'H') ? read_number(&at) : -1;
        if (layer < 0 || head < 0 || (*at != ',' && *at != '\0')) {
            return fail_heads(list, err);
        }
        if (!add_head(layer, head, config, heads, &count, err)) {
            return false;
        }
    } while (*at++ == ',');
    *n = count;
    return true;
}

bool heed_export_parse_layer(int layer, const char *list, const struct heed_model_config *config,
                             struct heed_head_id *heads, int *n, struct heed_error *err)
{
    int count = 0;
    for (int head = 0; !list && head < config->n_heads; head++) {
        if (!add_head(layer, head, config, heads, &count, err)) {
            return false;
        }
    }
    const char *at = list;
    while (at) {
        const int head = read_number(&at);
        if (head < 0 || (*at != ',' && *at != '\0')) {
            return heed_error_set(err, HEED_ERROR_USAGE,
                                  "--head can't be '%.40s'; write heads as 1,5,7", list);
        }
        if (!add_head(layer, head, config, heads, &count, err)) {
            return false;
        }
        at = *at == ',' ? at + 1 : NULL;
    }
    *n = count;
    return true;
}

/* A positive decimal number at *text. */
static bool read_side(const char **text, float *side)
{
    const size_t length = strspn(*text, "0123456789.");
    char digits[16];
    if (length == 0 || length >= sizeof digits) {
        return false;
    }
    memcpy(digits, *text, length);
    digits[length] = '\0';
    char *end = NULL;
    *side = strtof(digits, &end);
    *text += length;
    return *end == '\0' && *side > 0;
}

bool heed_export_parse_size(const char *text, struct heed_export_options *options,
                            struct heed_error *err)
{
    const char *at = text;
    float width = 0;
    float height = 0;
    bool ok = read_side(&at, &width);
    if (ok && *at == 'x') {
        at++;
        ok = read_side(&at, &height);
    }
    if (ok && strcmp(at, "mm") == 0) {
        options->width_mm = width;
        options->height_mm = height;
        return true;
    }
    if (ok && strcmp(at, "px") == 0) {
        options->width_px = width;
        options->height_px = height;
        return true;
    }
    return heed_error_set(err, HEED_ERROR_USAGE,
                          "--size can't be '%.40s'; write it as 85x60mm, 1600x1000px or 85mm",
                          text);
}
