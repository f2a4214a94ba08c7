#include "ui/actions/compare.h"

#include <stdio.h>
#include <string.h>

#include "ui/window/hover.h"
#include "ui/window/pins.h"

static void put_weight(char *text, size_t size, bool has, float weight)
{
    if (has) {
        heed_format_number(text, size, (double)weight, 3);
    } else {
        snprintf(text, size, "no such link");
    }
}

static int describe_states(const struct heed_ui *ui, struct heed_target target,
                           char lines[][HEED_TIP_BYTES])
{
    const struct heed_comparison *comparison = heed_ui_compared(ui);
    const bool at_pointer = ui->pointer.hot.kind == HEED_TARGET_CELL;
    const int layer = at_pointer ? ui->pointer.hot_row : ui->focus.row;
    const int column = at_pointer ? ui->pointer.hot_column : ui->focus.column;
    const int place = heed_ui_aligned_place(&comparison->units, column);
    if (place < 0 || layer < 0 || layer > ui->result->maps->n_layers) {
        return 0;
    }
    const struct heed_aligned *at = &comparison->units.places[place];
    char a[96], b[96], number[32];
    heed_ui_pin_text(ui, heed_ui_unit_pin(ui, at->a), a, sizeof(a));
    const struct heed_unit *unit = &comparison->result->maps->units[at->b];
    heed_ui_pin_text(ui, (struct heed_pin){unit->first, unit->count, true}, b, sizeof(b));
    heed_format_number(number, sizeof(number),
                       (double)comparison->cosines[layer * comparison->units.n + place], 3);
    snprintf(lines[0], HEED_TIP_BYTES,
             "\xE2\x80\x9C%.70s\xE2\x80\x9D in A, \xE2\x80\x9C%.70s\xE2\x80\x9D in B", a, b);
    if (layer == 0) {
        snprintf(lines[1], HEED_TIP_BYTES, "cosine %s of the embeddings", number);
    } else {
        snprintf(lines[1], HEED_TIP_BYTES, "cosine %s of the states after layer %d", number,
                 layer - 1);
    }
    (void)target;
    return 2;
}

int heed_ui_describe_compared(const struct heed_ui *ui, struct heed_target target,
                              char lines[][HEED_TIP_BYTES])
{
    const struct heed_hover hover = heed_ui_hover(ui);
    const struct heed_head_id id = hover.has_head ? hover.head : (struct heed_head_id){-1, 0};
    if (heed_ui_compared(ui) == NULL) {
        return 0;
    }
    if (target.kind == HEED_TARGET_CELL && target.c == 1 + HEED_COMPARE_LAYERS) {
        return describe_states(ui, target, lines);
    }
    char query[96], key[96], a[32], b[32];
    float in_a = 0, in_b = 0;
    const bool has_a = heed_ui_weight(ui, id, hover.query, hover.key, &in_a);
    const bool has_b = heed_ui_weight_b(ui, id, hover.query, hover.key, &in_b);
    if (!has_a && !has_b) {
        return 0;
    }
    heed_ui_pin_text(ui, hover.query, query, sizeof(query));
    heed_ui_pin_text(ui, hover.key, key, sizeof(key));
    put_weight(a, sizeof(a), has_a, in_a);
    put_weight(b, sizeof(b), has_b, in_b);
    snprintf(lines[0], HEED_TIP_BYTES, "%.80s \xE2\x86\x92 %.80s in ", query, key);
    const size_t used = strlen(lines[0]);
    if (hover.has_head) {
        snprintf(lines[0] + used, HEED_TIP_BYTES - used, "L%dH%d", id.layer, id.head);
    } else {
        snprintf(lines[0] + used, HEED_TIP_BYTES - used, "the shown heads");
    }
    snprintf(lines[1], HEED_TIP_BYTES, "A %s \xC2\xB7 B %s", a, b);
    if (!has_a || !has_b) {
        return 2;
    }
    heed_format_number(a, sizeof(a), (double)(in_b - in_a), 3);
    snprintf(lines[2], HEED_TIP_BYTES, "B \xE2\x88\x92 A %s%s", in_b - in_a >= 0.0005F ? "+" : "",
             a);
    return 3;
}
