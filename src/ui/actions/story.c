#include "ui/actions/story.h"

#include "core/text/names.h"
#include "scene/frame/shown.h"
#include "ui/window/fields.h"
#include "ui/window/history.h"
#include "ui/window/pins.h"

enum { HEADS = 2 };

void heed_ui_begin_story(struct heed_ui *ui)
{
    struct heed_state first;
    if (!heed_state_init(&first, NULL)) {
        return;
    }
    first.theme = ui->now.state.theme;
    first.palette = ui->now.state.palette;
    first.ui_scale = ui->now.state.ui_scale;
    first.reduced_motion = ui->now.state.reduced_motion;
    ui->story = heed_state_equal(&first, &ui->now.state);
    heed_state_finish(&first);
    if (ui->story) { /* digits and letters are keys at once */
        heed_ui_focus_field(ui, HEED_UI_FIELD_NONE);
        heed_ui_tell_story(ui);
    }
}

static struct heed_pin find(const struct heed_ui *ui, const char *word)
{
    struct heed_named named = {0};
    const bool found = heed_names_find(ui->tokenizer, ui->result->encoding, word, &named, NULL);
    return (struct heed_pin){.first = named.first, .count = found ? named.count : 0};
}

/* The heads with the largest weight of the link; returns how many. */
static int find_heads(const struct heed_maps *maps, struct heed_range query, struct heed_range key,
                      struct heed_head_id heads[HEADS])
{
    float weights[HEADS] = {0};
    int n = 0;
    for (int i = 0; i < maps->n_layers * maps->n_heads; i++) {
        const struct heed_head_id id = {(int16_t)(i / maps->n_heads), (int16_t)(i % maps->n_heads)};
        float weight = 0;
        int at = n;
        if (!heed_maps_weigh(maps, id, query, key, &weight)) {
            continue;
        }
        for (; at > 0 && weights[at - 1] < weight; at--) {
            if (at < HEADS) {
                weights[at] = weights[at - 1];
                heads[at] = heads[at - 1];
            }
        }
        if (at < HEADS) {
            weights[at] = weight;
            heads[at] = id;
            n = n < HEADS ? n + 1 : n;
        }
    }
    return n;
}

void heed_ui_tell_story(struct heed_ui *ui)
{
    struct heed_head_id heads[HEADS];
    struct heed_state *state = &ui->now.state;
    if (!ui->story || ui->result == NULL || ui->tokenizer == NULL) {
        return;
    }
    ui->story = false;
    if (state->panel != HEED_PANEL_NONE) {
        return; /* a file was opened: it's that which is to be seen */
    }
    const struct heed_maps *maps = ui->result->maps;
    const struct heed_pin query = find(ui, "it"), key = find(ui, "animal");
    const int n = query.count > 0 && key.count > 0 ? find_heads(maps, heed_pin_units(maps, query),
                                                                heed_pin_units(maps, key), heads)
                                                   : 0;
    const bool first = ui->history.n_undo == 0; /* nothing is to be undone yet: nor is this */
    if (n == 0 || ui->now.text_version != ui->result_version || !heed_ui_begin_pin(ui)) {
        return;
    }
    heed_state_show_only(state, heads, n);
    state->matrix_head = heads[0];
    state->query = query;
    state->filter.hide_special = true;
    state->color_by = HEED_COLOR_BY_LINK;
    ui->told_query = query;
    heed_ui_end(ui, HEED_MERGE_NONE);
    if (first) {
        heed_ui_forget(ui);
    }
}
