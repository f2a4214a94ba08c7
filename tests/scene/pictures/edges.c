#include "edges.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "render/record/record.h"
#include "ui/ui.h"
#include "ui/window/window.h"

/* The other side is what pictures are drawn at; all at a scale of 2. */
enum { SCALE = 2, WIDTH = 790, HEIGHT = 640, LEAST = 480, MOST = 1280, STEP = 10, TEXT = 5 };
enum { JUMP = 24, MOST_TEXTS = 400 }; /* logical px that a text moves at once */

/* A picture, as far as it stays the same while a window grows. */
struct look {
    char *text;
    double xs[MOST_TEXTS], y; /* of its texts; of the last one */
    int n;
};

/* What of a text's line stays when it moves: whether its row is another one than
 * the last one's, how it begins, whether it is cut short, its type. */
static void keep_text(struct heed_buffer *out, const char *line, int length, struct look *look)
{
    double x = 0, y = 0;
    const char *text = memchr(line, '"', (size_t)length);
    const char *end = line + length;
    while (end[-1] != '"') {
        end--;
    }
    const bool is_cut = end - text > 5 && memcmp(end - 4, "\xE2\x80\xA6", 3) == 0;
    int begin = (int)(end - text - 2) < TEXT ? (int)(end - text - 2) : TEXT;
    while ((text[1 + begin] & 0xC0) == 0x80) {
        begin++; /* no part of a character */
    }
    char type[32] = "";
    (void)sscanf(line, "text %lf %lf", &x, &y);
    (void)sscanf(end, " %*s %31s", type);
    heed_buffer_printf(out, "%s%.*s%s %s\n",
                       y > look->y + 4   ? "v"
                       : y < look->y - 4 ? "^"
                                         : ">",
                       begin, text + 1, is_cut ? "~" : "", type);
    look->y = y;
    assert_true(look->n < MOST_TEXTS);
    look->xs[look->n++] = x;
}

/* The texts of a dump in order, then the number of each other kind of item. */
static struct look sum_up(const struct heed_list *list)
{
    static const char *const kinds[] = {"rect", "line", "cubic", "heatmap", "hotspot"};
    int counts[5] = {0};
    struct heed_buffer dump = {0}, out = {0};
    struct look look = {0};
    heed_record_write(list, &dump);
    assert_false(dump.failed);
    for (const char *line = dump.data; line[0] != '\0'; line += strcspn(line, "\n") + 1) {
        if (line[0] == ' ') { /* the rest is around the view */
            line += strspn(line, " ");
            if (strncmp(line, "text ", 5) == 0) {
                keep_text(&out, line, (int)strcspn(line, "\n"), &look);
            }
            for (int i = 0; i < 5; i++) {
                counts[i] += strncmp(line, kinds[i], strlen(kinds[i])) == 0;
            }
        }
    }
    for (int i = 0; i < 5; i++) {
        heed_buffer_printf(&out, "%d %s\n", counts[i], kinds[i]);
    }
    assert_false(out.failed);
    heed_buffer_finish(&dump);
    look.text = out.data;
    return look;
}

static int count_lines(const char *text)
{
    int n = 0;
    for (; *text != '\0'; text++) {
        n += *text == '\n';
    }
    return n;
}

static void print_change(int size, const char *old, const char *new)
{
    const char *at = new;
    while (old[0] != '\0' && strcspn(old, "\n") == strcspn(at, "\n") &&
           strncmp(old, at, strcspn(at, "\n")) == 0) {
        old += strcspn(old, "\n") + 1;
        at += strcspn(at, "\n") + 1;
    }
    printf("%d: %d, %.*s\n", size, count_lines(new), (int)strcspn(at, "\n"), at);
}

static struct look look_at(struct window *window, bool of_height, int size)
{
    heed_ui_resize(window->ui, (float)(SCALE * (of_height ? WIDTH : size)),
                   (float)(SCALE * (of_height ? size : HEIGHT)), SCALE);
    window_build(window);
    return sum_up(window->list);
}

/* Of windows so many logical px apart. */
static bool is_other(const struct look *a, const struct look *b, int apart)
{
    bool other = strcmp(a->text, b->text) != 0;
    for (int i = 0; !other && i < a->n; i++) {
        other = fabs(a->xs[i] - b->xs[i]) > SCALE * (apart + JUMP);
    }
    return other;
}

/* Halves what lies between two sizes as long as they differ. */
static void find_edges(struct window *window, bool of_height, int a, const struct look *old, int b,
                       const struct look *new)
{
    if (!is_other(old, new, b - a)) {
        return;
    }
    if (b == a + 1) {
        print_change(b, old->text, new->text);
        return;
    }
    const int middle = (a + b) / 2;
    const struct look between = look_at(window, of_height, middle);
    find_edges(window, of_height, a, old, middle, &between);
    find_edges(window, of_height, middle, &between, b, new);
    free(between.text);
}

void edges_print(struct window *window, bool of_height)
{
    struct look last = look_at(window, of_height, LEAST);
    print_change(LEAST, "", last.text);
    for (int size = LEAST; size < MOST; size += STEP) {
        const struct look next = look_at(window, of_height, size + STEP);
        find_edges(window, of_height, size, &last, size + STEP, &next);
        free(last.text);
        last = next;
    }
    free(last.text);
}
