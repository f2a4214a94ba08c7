/* Counts what a test's program asks the heap for. The linker puts the counting
 * functions in the place of the heap's: see meson.build. */
#ifndef HEED_TESTS_CORE_BERT_ALLOCATIONS_H
#define HEED_TESTS_CORE_BERT_ALLOCATIONS_H

/* So far, by any thread. */
int allocations_count(void);

#endif
