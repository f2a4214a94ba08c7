/*
 * A small model whose vocabulary isn't tiny-bert's: tiny-distilbert with the words of
 * tests/data/other-vocab.txt, in a folder of its own that is called "other-words". One at a
 * time, for it is a test's only one.
 */
#ifndef HEED_TESTS_RIG_OTHER_MODEL_H
#define HEED_TESTS_RIG_OTHER_MODEL_H

/* Its folder, until it is dropped. */
const char *other_model_make(void);
void other_model_drop(void);

#endif
