#include "scene/views/neuron/sums.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "scene/parts/value_tokens.h"
#include "scene/views/neuron/values.h"
#include "scene/views/neuron/vectors.h"

/* Of the key in hand, as they are shown. */
struct shown {
    char dot[40], root[32], score[40], exp[32], all[32], weight[32];
    char bias[48]; /* with its sign, or nothing */
};

static struct shown show(const struct heed_neuron_numbers *n)
{
    struct shown it;
    heed_format_number(it.dot, sizeof(it.dot), n->dot, 2);
    heed_format_number(it.root, sizeof(it.root), sqrt((double)n->d), 2);
    heed_format_number(it.score, sizeof(it.score), (double)n->scores[n->key], 2);
    it.bias[0] = '\0';
    if (n->bias != NULL) {
        const double bias = (double)n->bias[n->key];
        char number[40];
        heed_format_number(number, sizeof(number), fabs(bias), 2);
        snprintf(it.bias, sizeof(it.bias), " %s %s", bias < 0 ? "\xE2\x88\x92" : "+", number);
    }
    heed_format_size(it.exp, sizeof(it.exp), n->exp);
    heed_format_size(it.all, sizeof(it.all), n->exp_sum);
    if (n->exp >= 0.01 && n->exp_sum < 1e5) {
        heed_format_number(it.exp, sizeof(it.exp), n->exp, 2);
        heed_format_number(it.all, sizeof(it.all), n->exp_sum, 2);
    }
    heed_format_number(it.weight, sizeof(it.weight), (double)n->weights[n->key], 3);
    return it;
}

static void write_weight(const struct heed_neuron_numbers *n, const struct shown *it, char *text,
                         size_t size)
{
    if (n->linear) {
        snprintf(text, size, "*weight* = *score* \xC3\xB7 \xCE\xA3 *score* = %s \xC3\xB7 %s = %s",
                 it->exp, it->all, it->weight);
    } else if (n->shift > 0) {
        char shift[32];
        heed_format_number(shift, sizeof(shift), n->shift, 2);
        snprintf(text, size,
                 "*weight* = exp(%s \xE2\x88\x92 %s) \xC3\xB7 \xCE\xA3 = %s \xC3\xB7 %s = %s",
                 it->score, shift, it->exp, it->all, it->weight);
    } else {
        snprintf(text, size,
                 "*weight* = exp(%s) \xC3\xB7 \xCE\xA3 exp(*score*) = %s \xC3\xB7 %s = %s",
                 it->score, it->exp, it->all, it->weight);
    }
}

void heed_neuron_write_out(const struct heed_neuron_numbers *n, enum heed_neuron_step step,
                           bool briefly, struct heed_arena *arena, char *text, size_t size)
{
    const struct shown it = show(n);
    const bool linear = n->linear;
    char pair[96];
    snprintf(pair, sizeof(pair), "%.36s \xE2\x86\x92 %.36s",
             heed_neuron_label(arena, n->maps, n->query),
             heed_neuron_label(arena, n->maps, n->key));
    const int used = snprintf(text, size, "%s    ", pair);
    text += used;
    size -= (size_t)used;
    if (briefly && step == HEED_NEURON_SOFTMAX) {
        snprintf(text, size, "%s \xC3\xB7 %s = %s", it.exp, it.all, it.weight);
        return;
    }
    switch (step) {
    case HEED_NEURON_VECTORS:
        snprintf(text, size, "%d numbers each: norms %.2f and %.2f", n->d,
                 heed_neuron_norm(n, HEED_NEURON_QUERY, n->query),
                 heed_neuron_norm(n, HEED_NEURON_KEY, n->key));
        break;
    case HEED_NEURON_PRODUCTS:
        snprintf(text, size, "%d products, one a dimension", n->d);
        break;
    case HEED_NEURON_SUM:
        snprintf(text, size,
                 linear    ? "*f*(*q*)\xC2\xB7*f*(*k*) = the sum of %d products = %s"
                 : briefly ? "*q*\xC2\xB7*k* = sum of %d = %s"
                           : "*q*\xC2\xB7*k* = the sum of %d products = %s",
                 n->d, it.dot);
        break;
    case HEED_NEURON_SCALE:
        if (linear) {
            snprintf(text, size, "*score* = %s: linear attention doesn\xE2\x80\x99t scale", it.dot);
        } else if (n->key_off != HEED_LINK_ON) {
            snprintf(text, size, "the link is off: its score is \xE2\x88\x92\xE2\x88\x9E");
        } else {
            snprintf(text, size,
                     "*score* = *q*\xC2\xB7*k* \xC3\xB7 \xE2\x88\x9A%d%s = %s \xC3\xB7 %s%s = %s",
                     n->d, n->bias != NULL ? " + *b*" : "", it.dot, it.root, it.bias, it.score);
        }
        break;
    case HEED_NEURON_WEIGHTED:
        snprintf(text, size,
                 briefly ? "%s \xC3\x97 *v*: %.2f of %.2f"
                         : "adds %s \xC3\x97 *v*, norm %.2f, to the output, norm %.2f",
                 it.weight, heed_neuron_norm(n, HEED_NEURON_CARRIED, n->key),
                 heed_neuron_norm(n, HEED_NEURON_OUTPUT, n->query));
        break;
    default:
        write_weight(n, &it, text, size);
        break;
    }
}

/* --- to be copied --- */

static void put_latex_text(struct heed_buffer *out, const char *text)
{
    for (; *text != '\0'; text++) {
        if (strchr("{}$&#%_", *text) != NULL) {
            heed_buffer_printf(out, "\\%c", *text);
        } else if (*text == '\\') {
            heed_buffer_puts(out, "\\textbackslash{}");
        } else if (*text == '~' || *text == '^') {
            heed_buffer_printf(out, "\\%c{}", *text);
        } else {
            heed_buffer_append(out, text, 1);
        }
    }
}

/* ASCII minus and a word for infinity: for other programs. */
static void put_number(struct heed_buffer *out, double value, int decimals, bool latex)
{
    if (isinf(value)) {
        heed_buffer_puts(out, latex ? "$-\\infty$" : "-inf");
    } else if (latex && value < 0) {
        heed_buffer_printf(out, "$-$%.*f", decimals, -value);
    } else {
        heed_buffer_printf(out, "%.*f", decimals, value);
    }
}

static void put_line(struct heed_buffer *out, const struct heed_neuron_numbers *n, int token,
                     struct heed_arena *arena, bool latex)
{
    const double values[] = {heed_neuron_dot(n, token),
                             n->bias != NULL ? (double)n->bias[token] : 0, (double)n->scores[token],
                             heed_neuron_share(n, token), (double)n->weights[token]};
    const char *label = heed_neuron_label(arena, n->maps, token);
    if (latex) {
        put_latex_text(out, label);
    } else {
        heed_buffer_puts(out, label);
    }
    for (int i = 0; i < 5; i++) {
        if ((i == 1 && n->bias == NULL) || (i == 3 && n->apart > 0)) {
            continue;
        }
        heed_buffer_puts(out, latex ? " & " : "\t");
        put_number(out, values[i], i < 4 ? 2 : 3, latex);
    }
    heed_buffer_puts(out, latex ? " \\\\\n" : "\n");
}

/* Of weights that aren't the softmax of these scores. */
static void put_bare_heads(struct heed_buffer *out, const struct heed_neuron_numbers *n,
                           const char *query, bool latex)
{
    heed_buffer_printf(out, "%s%s, query ", latex ? "% " : "", n->name);
    if (latex) {
        put_latex_text(out, query);
        heed_buffer_printf(out,
                           "\n\\begin{tabular}{lrrr%s}\nkey & $q \\cdot k$ & %sscore & weight "
                           "\\\\\n\\hline\n",
                           n->bias != NULL ? "r" : "", n->bias != NULL ? "$b$ & " : "");
        return;
    }
    heed_buffer_printf(out,
                       "%s: the file's weights, up to %.3f from softmax(score)\n"
                       "key\tq.k\t%sscore\tweight\n",
                       query, n->apart, n->bias != NULL ? "b\t" : "");
}

static void put_heads(struct heed_buffer *out, const struct heed_neuron_numbers *n,
                      struct heed_arena *arena, bool latex)
{
    char exponential[64];
    const char *sign = n->linear ? "score" : latex ? "$\\exp(\\mathrm{score})$" : "exp(score)";
    snprintf(exponential, sizeof(exponential), "%s", sign);
    if (n->shift > 0) {
        snprintf(exponential, sizeof(exponential),
                 latex ? "$\\exp(\\mathrm{score} - %.2f)$" : "exp(score - %.2f)", n->shift);
    }
    const char *query = heed_neuron_label(arena, n->maps, n->query);
    if (n->apart > 0) {
        put_bare_heads(out, n, query, latex);
        return;
    }
    if (!latex) {
        heed_buffer_printf(out, "%s, query %s: weight = %s / sum\nkey\t%s\t%sscore\t%s\tweight\n",
                           n->name, query, exponential, n->linear ? "f(q).f(k)" : "q.k",
                           n->bias != NULL ? "b\t" : "", exponential);
        return;
    }
    heed_buffer_printf(out, "%% %s, query ", n->name);
    put_latex_text(out, query);
    heed_buffer_printf(out,
                       "\n\\begin{tabular}{lrrrr%s}\nkey & %s & %sscore & %s & weight "
                       "\\\\\n\\hline\n",
                       n->bias != NULL ? "r" : "",
                       n->linear ? "$f(q) \\cdot f(k)$" : "$q \\cdot k$",
                       n->bias != NULL ? "$b$ & " : "", exponential);
}

static void put_end(struct heed_buffer *out, const struct heed_neuron_numbers *n,
                    struct heed_arena *arena, bool latex)
{
    const char *more = n->bias == NULL ? "" : latex ? "& " : "\t"; /* b has no sum */
    double all = 0;
    for (int t = 0; t < n->n; t++) {
        all += (double)n->weights[t];
    }
    if (n->apart > 0) {
        heed_buffer_printf(
            out, latex ? "\\hline\nsum & %s& & %.3f \\\\\n\\end{tabular}\n" : "sum\t%s\t\t%.3f\n",
            more, all);
        return;
    }
    if (!latex) {
        heed_buffer_printf(out, "sum\t%s\t\t%.2f\t%.3f\n", more, n->exp_sum, all);
        return;
    }
    heed_buffer_printf(out, "\\hline\nsum & %s& & %.2f & %.3f \\\\\n\\end{tabular}\n\\[\n", more,
                       n->exp_sum, all);
    heed_buffer_puts(out, "w(\\textrm{");
    put_latex_text(out, heed_neuron_label(arena, n->maps, n->query));
    heed_buffer_puts(out, "} \\to \\textrm{");
    put_latex_text(out, heed_neuron_label(arena, n->maps, n->key));
    heed_buffer_printf(out, "}) = \\frac{%.2f}{%.2f} = %.3f\n\\]\n", n->exp, n->exp_sum,
                       (double)n->weights[n->key]);
}

void heed_neuron_put_sums(struct heed_buffer *out, const struct heed_frame *frame, bool latex)
{
    struct heed_neuron_numbers n;
    const char *why = NULL, *how = NULL;
    struct heed_arena *arena = &frame->list->arena;
    if (!heed_neuron_compute(frame, &n, &why, &how)) {
        return;
    }
    put_heads(out, &n, arena, latex);
    for (int t = 0; t < n.n; t++) {
        put_line(out, &n, t, arena, latex);
    }
    put_end(out, &n, arena, latex);
}
