/* What stands near a name that isn't in a text. Inside core/text only; pure. */
#ifndef HEED_CORE_TEXT_NAMES_NEAR_H
#define HEED_CORE_TEXT_NAMES_NEAR_H

#include "core/text/folded.h"
#include "core/text/tokenizer.h"

/* Writes "; it has 'the'" or the like, or nothing. texts and wanted are folded
 * alike, in lower case, and lie in an arena. False without memory. */
HEED_NODISCARD bool heed_names_say_near(char *out, size_t size, const struct heed_folded *texts,
                                        int n_texts, const struct heed_folded *wanted,
                                        const struct heed_encoding *encoding);

#endif
