/*
 * The writing system of a character, as HarfBuzz must be told it. Knows the
 * scripts that need shaping of their own and a few more; pure; any thread.
 */
#ifndef HEED_RENDER_GL_GL_SCRIPT_H
#define HEED_RENDER_GL_GL_SCRIPT_H

#include <stdbool.h>
#include <stdint.h>

enum { HEED_GL_SCRIPT_COMMON = 0 }; /* signs, digits, marks: as what's before */

/* An index for heed_gl_script_tag. */
int heed_gl_script_find(uint32_t c);
/* ISO 15924: "Latn". */
const char *heed_gl_script_tag(int script);

/* Drawn in colour unless a text selector follows. */
bool heed_gl_script_is_emoji(uint32_t c);
/* Belongs to the character before it (marks, joiners, selectors). */
bool heed_gl_script_extends(uint32_t c);

#endif
