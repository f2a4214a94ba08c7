#include "session/off.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "state/interventions.h"

enum { MOST_TOKENS = 1 << 20 };

static const float MOST_FACTOR = 1000;

/* At most 4 digits, so that it can't overflow. */
static bool read_number(const char **text, int16_t *value)
{
    const char *c = *text;
    int number = 0;
    while (*c >= '0' && *c <= '9' && c - *text < 4) {
        number = number * 10 + (*c++ - '0');
    }
    const bool ok = c > *text;
    *text = c;
    *value = (int16_t)number;
    return ok;
}

bool heed_session_read_head(const char *text, struct heed_head_id *id)
{
    if (!text || (*text != 'L' && *text != 'l')) {
        return false;
    }
    text++;
    if (!read_number(&text, &id->layer) || (*text != 'H' && *text != 'h')) {
        return false;
    }
    text++;
    return read_number(&text, &id->head) && *text == '\0';
}

static void put_range(struct heed_buffer *out, const char *key, struct heed_token_range range)
{
    heed_buffer_printf(out, ", \"%s\": {\"first\": %d, \"count\": %d}", key, range.first,
                       range.count);
}

static void put_cut(struct heed_buffer *out, const struct heed_cut_link *link)
{
    char head[24] = "every";
    if (!heed_cut_is_everywhere(link)) {
        snprintf(head, sizeof head, "L%dH%d", link->head.layer, link->head.head);
    }
    heed_buffer_printf(out, "\n    {\"head\": \"%s\"", head);
    put_range(out, "query", link->query);
    put_range(out, "key", link->key);
    heed_buffer_puts(out, "}");
}

static void put_variant(struct heed_buffer *out, const struct heed_variant *variant)
{
    char mask[24];
    heed_mask_name(variant->mask, mask, sizeof mask);
    heed_buffer_printf(
        out, "  \"mask\": \"%s\",\n  \"positions\": \"%s\",\n  \"attention\": \"%s\",\n", mask,
        heed_positions_name(variant->positions), heed_attention_name(variant->attention));
}

void heed_session_put_off(struct heed_buffer *out, const struct heed_state *state)
{
    put_variant(out, &state->variant);
    heed_buffer_puts(out, "  \"muted\": [");
    for (int i = 0; i < state->n_muted; i++) {
        heed_buffer_printf(out, "%s\"L%dH%d\"", i > 0 ? ", " : "", state->muted[i].layer,
                           state->muted[i].head);
    }
    heed_buffer_puts(out, "],\n  \"scaled\": {");
    for (int i = 0; i < state->n_scaled; i++) {
        heed_buffer_printf(out, "%s\"L%dH%d\": ", i > 0 ? ", " : "", state->scaled[i].id.layer,
                           state->scaled[i].id.head);
        heed_document_put_float(out, state->scaled[i].factor);
    }
    heed_buffer_puts(out, "},\n  \"cuts\": [");
    for (int i = 0; i < state->n_cuts; i++) {
        heed_buffer_puts(out, i > 0 ? "," : "");
        put_cut(out, &state->cuts[i]);
    }
    heed_buffer_puts(out, state->n_cuts > 0 ? "\n  ],\n" : "],\n");
}

/* NULL if the key is missing or isn't a string, which is refused. */
static const char *find_name(struct heed_document *json, const char *key, const char *names)
{
    const cJSON *item = heed_document_find(json, key, cJSON_String, names);
    return item ? item->valuestring : NULL;
}

static void read_mask(struct heed_document *json, struct heed_state *state)
{
    static const char names[] =
        "must be \"full\", \"causal\", \"window:2\", \"strided:3\" (1 to 64) or \"cross\"";
    const char *name = find_name(json, "mask", names);
    if (!name) {
        return;
    }
    if (!heed_mask_find(name, &state->variant.mask)) {
        heed_document_refuse(json, "mask", names);
    } else if (state->variant.mask.kind == HEED_MASK_CROSS && !state->pair) {
        heed_document_refuse(json, "mask", "can be \"cross\" only with a \"pair\"");
    }
}

static void read_variant(struct heed_document *json, struct heed_state *state)
{
    static const char positions[] = "must be \"learned\", \"off\" or \"sinusoidal\"";
    static const char attention[] = "must be \"softmax\", \"linear\" or \"flash\"";
    read_mask(json, state);
    const char *name = find_name(json, "positions", positions);
    if (name && !heed_positions_find(name, &state->variant.positions)) {
        heed_document_refuse(json, "positions", positions);
    }
    name = find_name(json, "attention", attention);
    if (name && !heed_attention_find(name, &state->variant.attention)) {
        heed_document_refuse(json, "attention", attention);
    }
}

static void set_factor(struct heed_document *json, struct heed_state *state, const char *key,
                       struct heed_head_id id, float factor)
{
    if (!heed_state_set_factor(state, id, factor)) {
        heed_document_refuse(json, key, "names more than 256 heads");
    }
}

static void read_muted(struct heed_document *json, struct heed_state *state)
{
    const cJSON *muted = heed_document_find(json, "muted", cJSON_Array, "must be like [\"L3H1\"]");
    for (const cJSON *item = muted ? muted->child : NULL; item && !json->failed;
         item = item->next) {
        struct heed_head_id id = {0, 0};
        if (heed_session_read_head(item->valuestring, &id)) {
            set_factor(json, state, "muted", id, 0);
        } else {
            heed_document_refuse(json, "muted", "must name heads like \"L3H1\"");
        }
    }
}

static void read_scaled(struct heed_document *json, struct heed_state *state)
{
    const cJSON *scaled =
        heed_document_find(json, "scaled", cJSON_Object, "must be like {\"L3H1\": 0.5}");
    for (const cJSON *item = scaled ? scaled->child : NULL; item && !json->failed;
         item = item->next) {
        struct heed_head_id id = {0, 0};
        if (!heed_session_read_head(item->string, &id)) {
            heed_document_refuse(json, "scaled", "must name heads like \"L3H1\"");
        } else if (!cJSON_IsNumber(item) || !(fabs(item->valuedouble) <= (double)MOST_FACTOR)) {
            heed_document_refuse(json, "scaled", "must give factors from -1000 to 1000");
        } else {
            set_factor(json, state, "scaled", id, (float)item->valuedouble);
        }
    }
}

/* An object {"first": token, "count": n} of a cut. */
static struct heed_token_range read_range(struct heed_document *json, const cJSON *cut,
                                          const char *key)
{
    const cJSON *item = heed_json_find(cut, key);
    struct heed_token_range range = {-1, 1};
    heed_document_int(json, item, "cuts.first", 0, MOST_TOKENS, &range.first);
    heed_document_int(json, item, "cuts.count", 1, MOST_TOKENS, &range.count);
    if (range.first < 0) {
        heed_document_refuse(
            json, "cuts",
            "needs \"query\" and \"key\" like {\"first\": token, \"count\": n} in each");
    }
    return range;
}

static void read_cut(struct heed_document *json, const cJSON *cut, struct heed_state *state)
{
    struct heed_cut_link link = {.head = {-1, -1}};
    const cJSON *head = heed_json_find(cut, "head");
    if (!cJSON_IsString(head) || (strcmp(head->valuestring, "every") != 0 &&
                                  !heed_session_read_head(head->valuestring, &link.head))) {
        heed_document_refuse(json, "cuts", "needs a \"head\" like \"L3H1\", or \"every\", in each");
        return;
    }
    link.query = read_range(json, cut, "query");
    link.key = read_range(json, cut, "key");
    if (!json->failed && !heed_state_add_cut(state, &link)) {
        heed_document_refuse(json, "cuts", "names more than 256 links");
    }
}

static void read_cuts(struct heed_document *json, struct heed_state *state)
{
    const cJSON *cuts = heed_document_find(json, "cuts", cJSON_Array, "must be a list of links");
    for (const cJSON *item = cuts ? cuts->child : NULL; item && !json->failed; item = item->next) {
        read_cut(json, item, state);
    }
}

void heed_session_read_off(struct heed_document *json, struct heed_state *state)
{
    heed_state_all_on(state);
    read_variant(json, state);
    read_muted(json, state);
    read_scaled(json, state);
    read_cuts(json, state);
}
