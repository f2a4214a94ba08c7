#include "render/gl/gl_fonts.h"

#include <fontconfig/fontconfig.h>
#include <stdlib.h>
#include <string.h>

#include "base/compiler.h"
#include "render/gl/gl_face.h"

enum { N_WEIGHTS = 3, N_STYLES = N_WEIGHTS * 2, MAX_FACES = 128 };

struct heed_gl_fonts {
    FcConfig *config;
    bool ttf;
    struct heed_gl_face *faces[MAX_FACES]; /* all that are open */
    int n_faces;
    struct heed_gl_face *own[N_STYLES]; /* borrowed; NULL: not looked for */
    FcFontSet *sorted[N_STYLES];        /* fallbacks, best first */
    struct heed_gl_face *emoji;         /* borrowed */
    bool emoji_sought;
};

static const int weights[N_WEIGHTS] = {400, 500, 600};

static int style_index(struct heed_text_style style)
{
    const int weight = style.weight >= 550 ? 2 : style.weight >= 450 ? 1 : 0;
    return weight + (style.italic ? N_WEIGHTS : 0);
}

static FcPattern *make_pattern(struct heed_gl_fonts *fonts, int style, const char *family)
{
    FcPattern *pattern = FcPatternCreate();
    if (!pattern) {
        return NULL;
    }
    if (family) {
        FcPatternAddString(pattern, FC_FAMILY, (const FcChar8 *)family);
    }
    FcPatternAddString(pattern, FC_FAMILY, (const FcChar8 *)"sans-serif");
    FcPatternAddDouble(pattern, FC_WEIGHT,
                       FcWeightFromOpenTypeDouble((double)weights[style % N_WEIGHTS]));
    FcPatternAddInteger(pattern, FC_SLANT, style >= N_WEIGHTS ? FC_SLANT_ITALIC : FC_SLANT_ROMAN);
    FcPatternAddBool(pattern, FC_VARIABLE, FcFalse);
    FcConfigSubstitute(fonts->config, pattern, FcMatchPattern);
    FcDefaultSubstitute(pattern);
    return pattern;
}

/* The face of a found pattern, opened if it isn't yet. NULL: it can't be. */
static struct heed_gl_face *open_found(struct heed_gl_fonts *fonts, FcPattern *found,
                                       struct heed_error *err)
{
    FcChar8 *path = NULL;
    int index = 0;
    if (FcPatternGetString(found, FC_FILE, 0, &path) != FcResultMatch) {
        return NULL;
    }
    FcPatternGetInteger(found, FC_INDEX, 0, &index);
    for (int i = 0; i < fonts->n_faces; i++) {
        if (fonts->faces[i]->file_index == index &&
            strcmp(fonts->faces[i]->path, (const char *)path) == 0) {
            return fonts->faces[i];
        }
    }
    struct heed_gl_face *face = NULL;
    if (fonts->n_faces == MAX_FACES || !heed_gl_face_open(&face, (const char *)path, index, err)) {
        return NULL;
    }
    face->index = fonts->n_faces;
    fonts->faces[fonts->n_faces++] = face;
    return face;
}

static struct heed_gl_face *match(struct heed_gl_fonts *fonts, int style, const char *family,
                                  struct heed_error *err)
{
    FcResult result;
    FcPattern *pattern = make_pattern(fonts, style, family);
    FcPattern *found = pattern ? FcFontMatch(fonts->config, pattern, &result) : NULL;
    struct heed_gl_face *face = found ? open_found(fonts, found, err) : NULL;
    if (found) {
        FcPatternDestroy(found);
    }
    if (pattern) {
        FcPatternDestroy(pattern);
    }
    return face;
}

bool heed_gl_fonts_create(struct heed_gl_fonts **out, struct heed_error *err)
{
    struct heed_gl_fonts *fonts = calloc(1, sizeof *fonts);
    if (!fonts) {
        return heed_error_set(err, HEED_ERROR_MEMORY, "not enough memory for fonts");
    }
    fonts->ttf = TTF_Init() == 0;
    fonts->config = fonts->ttf ? FcInitLoadConfigAndFonts() : NULL;
    fonts->own[0] = fonts->config ? match(fonts, 0, "Inter", NULL) : NULL;
    if (!fonts->own[0]) {
        heed_gl_fonts_destroy(fonts);
        return heed_error_set(
            err, HEED_ERROR_SYSTEM,
            "no font can be found; install one, for instance Inter (Debian: fonts-inter)");
    }
    *out = fonts;
    return true;
}

void heed_gl_fonts_destroy(struct heed_gl_fonts *fonts)
{
    if (!fonts) {
        return;
    }
    for (int i = 0; i < N_STYLES; i++) {
        if (fonts->sorted[i]) {
            FcFontSetDestroy(fonts->sorted[i]);
        }
    }
    for (int i = 0; i < fonts->n_faces; i++) {
        heed_gl_face_close(fonts->faces[i]);
    }
    if (fonts->config) {
        FcConfigDestroy(fonts->config);
    }
    if (fonts->ttf) {
        TTF_Quit();
    }
    free(fonts);
}

struct heed_gl_face *heed_gl_fonts_get(struct heed_gl_fonts *fonts, struct heed_text_style style)
{
    const int i = style_index(style);
    if (!fonts->own[i]) {
        fonts->own[i] = match(fonts, i, "Inter", NULL);
        if (!fonts->own[i]) {
            fonts->own[i] = fonts->own[0];
        }
    }
    return fonts->own[i];
}

static bool face_has_all(const struct heed_gl_face *face, const uint32_t *c, int n)
{
    for (int i = 0; i < n; i++) {
        /* Selectors and joiners need no glyph of their own. */
        const bool silent = c[i] == 0x200C || c[i] == 0x200D || (c[i] >= 0xFE00 && c[i] <= 0xFE0F);
        if (!silent && !heed_gl_face_has(face, c[i])) {
            return false;
        }
    }
    return true;
}

static bool set_has_all(FcPattern *font, const uint32_t *c, int n)
{
    FcCharSet *set = NULL;
    if (FcPatternGetCharSet(font, FC_CHARSET, 0, &set) != FcResultMatch) {
        return false;
    }
    for (int i = 0; i < n; i++) {
        if (!FcCharSetHasChar(set, c[i]) && c[i] != 0x200C && c[i] != 0x200D &&
            !(c[i] >= 0xFE00 && c[i] <= 0xFE0F)) {
            return false;
        }
    }
    return true;
}

static struct heed_gl_face *find_fallback(struct heed_gl_fonts *fonts, int style, const uint32_t *c,
                                          int n)
{
    if (!fonts->sorted[style]) {
        FcResult result;
        FcPattern *pattern = make_pattern(fonts, style, NULL);
        if (pattern) {
            fonts->sorted[style] = FcFontSort(fonts->config, pattern, FcTrue, NULL, &result);
            FcPatternDestroy(pattern);
        }
    }
    const FcFontSet *sorted = fonts->sorted[style];
    for (int i = 0; sorted && i < sorted->nfont; i++) {
        if (set_has_all(sorted->fonts[i], c, n)) {
            struct heed_gl_face *face = open_found(fonts, sorted->fonts[i], NULL);
            if (face && face_has_all(face, c, n)) {
                return face;
            }
        }
    }
    return NULL;
}

static struct heed_gl_face *get_emoji(struct heed_gl_fonts *fonts)
{
    if (!fonts->emoji_sought) {
        fonts->emoji_sought = true;
        fonts->emoji = match(fonts, 0, "emoji", NULL);
    }
    return fonts->emoji;
}

struct heed_gl_face *heed_gl_fonts_find(struct heed_gl_fonts *fonts, struct heed_text_style style,
                                        const uint32_t *c, int n, bool want_emoji)
{
    struct heed_gl_face *own = heed_gl_fonts_get(fonts, style);
    if (want_emoji) {
        struct heed_gl_face *emoji = get_emoji(fonts);
        if (emoji && face_has_all(emoji, c, n)) {
            return emoji;
        }
    }
    if (face_has_all(own, c, n)) {
        return own;
    }
    struct heed_gl_face *face = find_fallback(fonts, style_index(style), c, n);
    if (!face && n > 1) {
        face = find_fallback(fonts, style_index(style), c, 1);
    }
    return face ? face : own;
}
