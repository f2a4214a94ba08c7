/* What the steps of a normaliser do. For core/text/normaliser.c only. */
#ifndef HEED_CORE_TEXT_NORMAL_STEPS_H
#define HEED_CORE_TEXT_NORMAL_STEPS_H

#include "core/text/normaliser.h"

heed_normal_do heed_normal_clean;       /* BERT's: no control characters, blanks become one */
heed_normal_do heed_normal_space_cjk;   /* BERT's: a space around each */
heed_normal_do heed_normal_strip_marks; /* BERT's: Mn */
heed_normal_do heed_normal_strip_accents;
heed_normal_do heed_normal_nmt;
heed_normal_do heed_normal_lower;
heed_normal_do heed_normal_strip;
heed_normal_do heed_normal_prepend;
heed_normal_do heed_normal_replace;
heed_normal_do heed_normal_charsmap;
heed_normal_do heed_normal_form; /* NFD, NFKD, NFC, NFKC */
heed_normal_do heed_normal_bytes;

#endif
