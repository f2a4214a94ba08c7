/* Blocks come back, and go when nobody will miss them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/compiler.h"
#include "base/stock.h"

enum { MIB = 1024 * 1024 };

static void a_block_comes_back(void **state)
{
    (void)state;
    struct heed_stock *stock = heed_stock_create();
    void *first = heed_stock_take(stock, 1000);
    void *second = heed_stock_take(stock, 1000);
    assert_ptr_not_equal(first, second);
    assert_int_equal((uintptr_t)first % 64, 0);
    memset(first, 1, 1000);
    heed_stock_give(first);
    /* A little more fits, a hundredth of it is no reason to take it. */
    void *small = heed_stock_take(stock, 10);
    assert_ptr_not_equal(small, first);
    void *alike = heed_stock_take(stock, 1010);
    if (!HEED_FINDS_MISUSE) {
        assert_ptr_equal(alike, first);
    }
    heed_stock_give(alike);
    heed_stock_give(small);
    heed_stock_give(second);
    heed_stock_leave(stock);
}

static void the_smallest_that_fits_is_taken(void **state)
{
    (void)state;
    struct heed_stock *stock = heed_stock_create();
    void *large = heed_stock_take(stock, 15000);
    void *fitting = heed_stock_take(stock, 10000);
    heed_stock_give(fitting);
    heed_stock_give(large);
    void *taken = heed_stock_take(stock, 9999);
    if (!HEED_FINDS_MISUSE) {
        assert_ptr_equal(taken, fitting);
    }
    heed_stock_give(taken);
    heed_stock_leave(stock);
}

/* A long text, then a short one: what the long one took goes. While a long
 * one is there, a spare block of its size stays for the next keystroke. */
static void large_blocks_go_when_nothing_like_them_is_in_use(void **state)
{
    (void)state;
    struct heed_stock *stock = heed_stock_create();
    void *shown = heed_stock_take(stock, 40 * MIB);
    void *spare = heed_stock_take(stock, 40 * MIB);
    void *scratch = heed_stock_take(stock, 8 * MIB);
    void *small = heed_stock_take(stock, 1000);
    void *third = heed_stock_take(stock, 40 * MIB);
    heed_stock_give(third);
    heed_stock_give(spare);
    heed_stock_give(scratch);
    heed_stock_give(small);
    assert_int_equal(heed_stock_trim(stock), 0); /* all of this round */
    heed_stock_mark(stock);
    if (!HEED_FINDS_MISUSE) {
        assert_int_equal(heed_stock_trim(stock), 48 * MIB);
        heed_stock_give(shown);
        assert_int_equal(heed_stock_trim(stock), 80 * MIB);
        assert_ptr_equal(heed_stock_take(stock, 1000), small);
    } else {
        heed_stock_give(shown);
        small = heed_stock_take(stock, 1000);
    }
    heed_stock_give(small);
    heed_stock_leave(stock);
}

static void a_drop_leaves_what_is_in_use(void **state)
{
    (void)state;
    struct heed_stock *stock = heed_stock_create();
    char *shown = heed_stock_take(stock, 2 * MIB);
    heed_stock_give(heed_stock_take(stock, 2 * MIB));
    heed_stock_give(heed_stock_take(stock, 1024));
    assert_int_equal(heed_stock_drop(stock), HEED_FINDS_MISUSE ? 0 : 2 * MIB + 1024);
    assert_int_equal(heed_stock_drop(stock), 0);
    memset(shown, 1, 2 * MIB);
    heed_stock_give(shown);
    heed_stock_leave(stock);
}

static void a_block_that_was_outgrown_goes(void **state)
{
    (void)state;
    struct heed_stock *stock = heed_stock_create();
    void *shown = heed_stock_take(stock, 6 * MIB);
    heed_stock_give(heed_stock_take(stock, 6 * MIB));
    heed_stock_give(heed_stock_take(stock, 2 * MIB));
    heed_stock_give(heed_stock_take(stock, 8 * MIB)); /* for one of 6 */
    heed_stock_give(shown);
    heed_stock_mark(stock);
    assert_int_equal(heed_stock_trim(stock), HEED_FINDS_MISUSE ? 0 : (6 + 2 + 8) * MIB);
    heed_stock_leave(stock);
}

static void blocks_may_outlive_the_owner(void **state)
{
    (void)state;
    struct heed_stock *stock = heed_stock_create();
    void *one = heed_stock_take(stock, 100);
    void *two = heed_stock_take(stock, 3 * MIB);
    heed_stock_leave(stock);
    memset(two, 1, 3 * MIB);
    heed_stock_give(two);
    heed_stock_give(one);
    heed_stock_give(NULL);
    heed_stock_leave(NULL);
    heed_stock_give(heed_stock_take(NULL, 100));
    assert_null(heed_stock_take(NULL, SIZE_MAX - 70));
}

static void an_arena_gives_its_blocks_back(void **state)
{
    (void)state;
    struct heed_stock *stock = heed_stock_create();
    struct heed_arena arena = {.stock = stock};
    char *first = heed_arena_alloc(&arena, 100);
    heed_arena_finish(&arena);
    char *again = heed_arena_alloc(&arena, 100);
    if (!HEED_FINDS_MISUSE) {
        assert_ptr_equal(again, first);
    }
    memcpy(again, "grown", 6);
    char *grown = heed_arena_grow(&arena, again, 100, 2000);
    assert_ptr_equal(grown, again); /* nothing stands behind it ... */
    grown[1999] = 'x';
    assert_non_null(heed_arena_alloc(&arena, 1));
    char *moved = heed_arena_grow(&arena, grown, 2000, 300000); /* ... now it does */
    assert_ptr_not_equal(moved, grown);
    assert_string_equal(moved, "grown");
    assert_int_equal(moved[1999], 'x');
    heed_arena_finish(&arena);
    heed_stock_leave(stock);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_block_comes_back),
        cmocka_unit_test(the_smallest_that_fits_is_taken),
        cmocka_unit_test(large_blocks_go_when_nothing_like_them_is_in_use),
        cmocka_unit_test(a_drop_leaves_what_is_in_use),
        cmocka_unit_test(a_block_that_was_outgrown_goes),
        cmocka_unit_test(blocks_may_outlive_the_owner),
        cmocka_unit_test(an_arena_gives_its_blocks_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
