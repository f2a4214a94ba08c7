#include <string.h>

#include "base/version.h"
#include "core/engine/probe_private.h"

static const char *const directions[] = {"pronoun", "candidate"};
static const char *const relation_directions[] = {"head", "dependent"};

/* ---- what a result is of ---- */

static const char *yes_no(bool value)
{
    return value ? "true" : "false";
}

static void put_string(struct heed_buffer *out, const char *text)
{
    heed_buffer_put_json(out, text, strlen(text));
}

static void put_filters(struct heed_buffer *out, const struct heed_filter *filter)
{
    heed_buffer_printf(out,
                       "{\"hide_special\":%s,\"hide_punctuation\":%s,\"renormalise\":%s,"
                       "\"words\":%s}",
                       yes_no(filter->hide_special), yes_no(filter->hide_punctuation),
                       yes_no(filter->renormalise), yes_no(filter->words));
}

static void put_origin(struct heed_buffer *out, const struct heed_probe_run *run)
{
    heed_buffer_puts(out, ",\"model\":{\"name\":");
    put_string(out, run->model);
    heed_buffer_printf(out, ",\"weights_sha256\":\"%s\"},\"files\":[", run->model_hash);
    for (int i = 0; i < run->n_files; i++) {
        heed_buffer_puts(out, i > 0 ? ",{\"name\":" : "{\"name\":");
        put_string(out, run->files[i].name);
        heed_buffer_printf(out, ",\"sha256\":\"%s\"}", run->files[i].hash);
    }
    heed_buffer_printf(out, "],\"format\":\"%s\",\"measure\":\"%s\",\"filters\":",
                       run->rows.format == HEED_PROBE_ANY
                           ? heed_probe_format_words[0]
                           : heed_probe_format_words[run->rows.format - HEED_PROBE_TABLE],
                       heed_measure_words[run->filter.measure]);
    put_filters(out, &run->filter);
    heed_buffer_printf(out, ",\"heed\":\"%s\"", heed_version);
}

/* The same as lines that begin with #, above a CSV's header. */
static void put_origin_lines(struct heed_buffer *out, const struct heed_probe_run *run)
{
    heed_buffer_printf(out, "# heed %s; model %s, weights sha256 %s\n", heed_version, run->model,
                       run->model_hash);
    for (int i = 0; i < run->n_files; i++) {
        heed_buffer_printf(out, "# file %s, sha256 %s\n", run->files[i].name, run->files[i].hash);
    }
    heed_buffer_printf(out, "# measure %s; filters ", heed_measure_words[run->filter.measure]);
    put_filters(out, &run->filter);
    heed_buffer_puts(out, "\n");
}

static void put_file(struct heed_buffer *out, const struct heed_probe_run *run, int file)
{
    if (run->n_files > 1) {
        heed_buffer_puts(out, "\"file\":");
        put_string(out, run->files[file].name);
        heed_buffer_puts(out, ",");
    }
}

static void put_skipped(struct heed_buffer *out, const struct heed_probe_run *run)
{
    heed_buffer_puts(out, ",\"skipped\":[");
    for (size_t i = 0; i < run->n_skipped; i++) {
        heed_buffer_puts(out, i > 0 ? ",{" : "{");
        put_file(out, run, run->skipped[i].file);
        heed_buffer_printf(out, "\"line\":%zu,\"why\":", run->skipped[i].line);
        put_string(out, run->skipped[i].why);
        heed_buffer_puts(out, "}");
    }
    heed_buffer_puts(out, "],\"comments\":[");
    for (size_t i = 0; i < run->rows.n_comments; i++) {
        heed_buffer_printf(out, "%s%zu", i > 0 ? "," : "", run->rows.comments[i].line);
    }
    heed_buffer_puts(out, "]");
}

static void put_ambiguous(struct heed_buffer *out, const struct heed_probe_run *run)
{
    heed_buffer_puts(out, ",\"ambiguous\":[");
    for (size_t i = 0; i < run->n_ambiguous; i++) {
        heed_buffer_puts(out, i > 0 ? ",{" : "{");
        put_file(out, run, run->ambiguous[i].file);
        heed_buffer_printf(out, "\"line\":%zu,\"name\":", run->ambiguous[i].line);
        put_string(out, run->ambiguous[i].name);
        heed_buffer_printf(out, ",\"count\":%d}", run->ambiguous[i].count);
    }
    heed_buffer_puts(out, "]");
}

/* ---- pronouns ---- */

/* ,"layer":3,"head":1 and the direction, if there are two. */
static void put_place(struct heed_buffer *out, const struct heed_probe_run *run, int layer,
                      int head, enum heed_probe_direction direction)
{
    heed_buffer_printf(out, "\"layer\":%d", layer);
    if (!run->is_layers) {
        heed_buffer_printf(out, ",\"head\":%d", head);
    }
    if (run->direction != HEED_PROBE_PRONOUN) {
        heed_buffer_printf(out, ",\"direction\":\"%s\"", directions[direction]);
    }
}

static void put_heads(struct heed_buffer *out, const struct heed_probe_run *run)
{
    heed_buffer_puts(out, run->is_layers ? "\"layers\":[" : "\"heads\":[");
    for (int h = 0; h < run->n_columns; h++) {
        const struct heed_probed_head *head = &run->heads[h];
        const struct heed_probe_head_intervals *of = &run->intervals[h];
        heed_buffer_puts(out, h > 0 ? ",{" : "{");
        put_place(out, run, head->layer, head->head, head->direction);
        heed_buffer_printf(out,
                           ",\"accuracy\":%.7g,\"margin\":%.7g,\"interval\":[%.7g,%.7g],"
                           "\"margin_interval\":[%.7g,%.7g],\"p\":%.7g,\"p_max\":%.7g,"
                           "\"margin_p\":%.7g,\"margin_p_max\":%.7g}",
                           head->accuracy, head->margin, of->accuracy.low, of->accuracy.high,
                           of->margin.low, of->margin.high, head->p, head->p_max, head->margin_p,
                           head->margin_p_max);
    }
    heed_buffer_puts(out, "]");
}

static void put_halves(struct heed_buffer *out, const struct heed_probe_run *run)
{
    heed_buffer_puts(out, ",\"halves\":[");
    for (int i = 0; i < 2; i++) {
        const struct heed_probe_half *half = &run->summary.halves[i];
        if (half->n == 0 || half->n_other == 0) {
            continue; /* one pair has no halves */
        }
        heed_buffer_puts(out, i > 0 ? ",{" : "{");
        put_place(out, run, half->layer, half->head, half->direction);
        heed_buffer_printf(out,
                           ",\"sentences\":%d,\"accuracy\":%.7g,\"other_"
                           "sentences\":%d,\"other_accuracy\":%.7g}",
                           half->n, half->accuracy, half->n_other, half->on_other);
    }
    heed_buffer_puts(out, "]");
}

/* The numbers of all sentences, or of a group. */
static void put_numbers(struct heed_buffer *out, const struct heed_probe_run *run)
{
    const struct heed_probe_baselines baselines = run->baselines;
    const struct heed_probe_summary *summary = &run->summary;
    put_heads(out, run);
    heed_buffer_printf(out,
                       ",\"baselines\":{\"nearest\":%.7g,\"first\":%.7g,\"uniform\":%.7g,"
                       "\"offset\":%.7g,\"offset_words\":%d},"
                       "\"pairs\":%d,\"mas\":{\"accuracy\":%.7g,\"interval\":[%.7g,%.7g]}",
                       baselines.nearest, baselines.first, baselines.uniform, baselines.offset,
                       baselines.places, summary->n_pairs, summary->mas, summary->mas_interval.low,
                       summary->mas_interval.high);
    put_halves(out, run);
}

static void put_contrast(struct heed_buffer *out, const struct heed_probe_run *run,
                         const struct heed_probe_contrasted *contrast)
{
    heed_buffer_puts(out, ",\"contrast\":{\"a\":");
    put_string(out, contrast->a);
    heed_buffer_puts(out, ",\"b\":");
    put_string(out, contrast->b);
    heed_buffer_printf(out, ",\"pairs\":%d,\"heads\":[", contrast->n_pairs);
    for (int h = 0; h < contrast->n; h++) {
        const struct heed_probe_contrast *of = &contrast->heads[h];
        heed_buffer_puts(out, h > 0 ? ",{" : "{");
        put_place(out, run, of->layer, of->head, of->direction);
        heed_buffer_printf(out,
                           ",\"difference\":%.7g,\"interval\":[%.7g,%.7g],"
                           "\"margin_difference\":%.7g,\"margin_interval\":[%.7g,%.7g],"
                           "\"p\":%.7g,\"p_max\":%.7g}",
                           of->accuracy, of->interval.low, of->interval.high, of->margin,
                           of->margin_interval.low, of->margin_interval.high, of->p, of->p_max);
    }
    heed_buffer_puts(out, "]}");
}

/* ---- relations ---- */

static void put_relation(struct heed_buffer *out, const struct heed_probe_run *run,
                         const struct heed_related *of)
{
    heed_buffer_puts(out, "{\"relation\":");
    put_string(out, run->relation_names[of->relation]);
    heed_buffer_printf(out, ",\"n\":%d,\"direction\":\"%s\",\"layer\":%d", of->n,
                       relation_directions[of->direction], of->layer);
    if (!run->is_layers) {
        heed_buffer_printf(out, ",\"head\":%d", of->head);
    }
    heed_buffer_printf(out,
                       ",\"accuracy\":%.7g,\"interval\":[%.7g,%.7g],\"offset\":%d,"
                       "\"offset_accuracy\":%.7g",
                       of->accuracy, of->interval.low, of->interval.high, of->offset,
                       of->offset_accuracy);
    if (of->other_half >= 0) {
        heed_buffer_printf(out, ",\"other_half\":%.7g", of->other_half);
    } else {
        heed_buffer_puts(out, ",\"other_half\":null");
    }
    heed_buffer_printf(out, ",\"uniform\":%.7g,\"p\":%.7g,\"p_max\":%.7g}", of->uniform, of->p,
                       of->p_max);
}

static void put_relations(struct heed_buffer *out, const struct heed_probe_run *run)
{
    heed_buffer_puts(out, "\"relations\":[");
    for (int i = 0; i < run->n_related; i++) {
        heed_buffer_puts(out, i > 0 ? "," : "");
        put_relation(out, run, &run->related[i]);
    }
    heed_buffer_puts(out, "]");
}

/* ---- all of it ---- */

void heed_probe_put_json_contrast(struct heed_buffer *out, const struct heed_probe_run *run,
                                  const struct heed_probe_contrasted *contrast)
{
    const bool relations = heed_probe_run_is_relations(run);
    heed_buffer_printf(out, "{\"sentences\":%d",
                       relations ? run->n_sentences : heed_probe_get_count(run->probe));
    if (!relations) {
        heed_buffer_printf(out, ",\"unanswered\":%zu,\"beyond\":%zu", run->n_unanswered,
                           run->n_beyond);
        put_ambiguous(out, run);
    }
    put_skipped(out, run);
    heed_buffer_puts(out, ",");
    if (relations) {
        put_relations(out, run);
    } else {
        put_numbers(out, run);
    }
    if (run->n_groups > 0) {
        heed_buffer_puts(out, ",\"groups\":[");
        for (int i = 0; i < run->n_groups; i++) {
            heed_buffer_puts(out, i > 0 ? ",{\"group\":" : "{\"group\":");
            put_string(out, run->groups[i].name);
            heed_buffer_printf(out, ",\"sentences\":%zu,", run->groups[i].n);
            put_numbers(out, &run->groups[i]);
            heed_buffer_puts(out, "}");
        }
        heed_buffer_puts(out, "]");
    }
    if (contrast && contrast->n > 0) {
        put_contrast(out, run, contrast);
    }
    put_origin(out, run);
    heed_buffer_puts(out, "}\n");
}

void heed_probe_put_json(struct heed_buffer *out, const struct heed_probe_run *run)
{
    heed_probe_put_json_contrast(out, run, NULL);
}

/* A field of RFC 4180. */
static void put_field(struct heed_buffer *out, const char *text, size_t length)
{
    bool quoted = false;
    for (size_t i = 0; i < length; i++) {
        quoted |= strchr(",\"\r\n", text[i]) != NULL;
    }
    heed_buffer_puts(out, quoted ? "\"" : "");
    for (size_t i = 0; i < length; i++) {
        heed_buffer_append(out, "\"", text[i] == '"');
        heed_buffer_append(out, text + i, 1);
    }
    heed_buffer_puts(out, quoted ? "\"" : "");
}

static void put_relations_csv(struct heed_buffer *out, const struct heed_probe_run *run)
{
    heed_buffer_puts(out, "relation,n,direction,layer,head,accuracy,accuracy_low,accuracy_high,"
                          "offset,offset_accuracy,other_half,uniform,p,p_max\n");
    for (int i = 0; i < run->n_related; i++) {
        const struct heed_related *of = &run->related[i];
        put_field(out, run->relation_names[of->relation],
                  strlen(run->relation_names[of->relation]));
        heed_buffer_printf(out, ",%d,%s,%d,", of->n, relation_directions[of->direction], of->layer);
        if (!run->is_layers) {
            heed_buffer_printf(out, "%d", of->head);
        }
        heed_buffer_printf(out, ",%.7g,%.7g,%.7g,%d,%.7g,", of->accuracy, of->interval.low,
                           of->interval.high, of->offset, of->offset_accuracy);
        if (of->other_half >= 0) {
            heed_buffer_printf(out, "%.7g", of->other_half);
        }
        heed_buffer_printf(out, ",%.7g,%.7g,%.7g\n", of->uniform, of->p, of->p_max);
    }
}

static void put_heads_csv(struct heed_buffer *out, const struct heed_probe_run *run)
{
    const bool both = run->direction != HEED_PROBE_PRONOUN;
    heed_buffer_printf(out,
                       "%s%saccuracy,accuracy_low,accuracy_high,margin,margin_low,margin_high,"
                       "p,p_max,margin_p,margin_p_max\n",
                       run->is_layers ? "layer," : "layer,head,", both ? "direction," : "");
    for (int h = 0; h < run->n_columns; h++) {
        const struct heed_probed_head *head = &run->heads[h];
        const struct heed_probe_head_intervals *of = &run->intervals[h];
        heed_buffer_printf(out, "%d,", head->layer);
        if (!run->is_layers) {
            heed_buffer_printf(out, "%d,", head->head);
        }
        heed_buffer_printf(out, "%s%s%.7g,%.7g,%.7g,%.7g,%.7g,%.7g,%.7g,%.7g,%.7g,%.7g\n",
                           both ? directions[head->direction] : "", both ? "," : "", head->accuracy,
                           of->accuracy.low, of->accuracy.high, head->margin, of->margin.low,
                           of->margin.high, head->p, head->p_max, head->margin_p,
                           head->margin_p_max);
    }
}

void heed_probe_put_csv(struct heed_buffer *out, const struct heed_probe_run *run)
{
    put_origin_lines(out, run);
    if (heed_probe_run_is_relations(run)) {
        put_relations_csv(out, run);
    } else {
        put_heads_csv(out, run);
    }
}
