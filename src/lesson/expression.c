#include "lesson/expression.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/text/names.h"
#include "lesson/values.h"

enum { MOST_WORD = 96, MOST_EXPRESSION = 240, MOST_PARTS = 8 };

static bool find_piece(struct heed_token_range *tokens, const struct heed_tokenizer *tokenizer,
                       const struct heed_encoding *encoding, const char *word)
{
    for (int i = 0; i < encoding->n_tokens; i++) {
        const char *piece = heed_tokenizer_get_piece(tokenizer, encoding->tokens[i].id);
        if (piece != NULL && strcmp(piece, word) == 0) {
            *tokens = (struct heed_token_range){i, 1};
            return true;
        }
    }
    return false;
}

bool heed_lesson_find_word(struct heed_token_range *tokens, const struct heed_tokenizer *tokenizer,
                           const struct heed_encoding *encoding, const char *word,
                           struct heed_error *err)
{
    struct heed_named named = {0};
    if (strncmp(word, "##", 2) == 0) {
        return find_piece(tokens, tokenizer, encoding, word) ||
               heed_error_set(err, HEED_ERROR_INPUT, "no piece '%s' is in the text", word);
    }
    if (!heed_names_find(tokenizer, encoding, word, &named, err)) {
        return false;
    }
    *tokens = (struct heed_token_range){named.first, named.count};
    return true;
}

/* One expression on the way: its parts, and what they mean. */
struct reading {
    const char *text;
    struct heed_lesson_call call;
    char parts[MOST_PARTS][MOST_WORD];
    int n;
    char words[2][MOST_WORD]; /* of a link */
    struct heed_error *err;
};

static bool refuse(const struct reading *reading, const char *why, const char *what)
{
    return heed_error_set(reading->err, HEED_ERROR_FORMAT, "'%s': %s '%s'", reading->text, why,
                          what);
}

/* Blanks part; what stands in "..." doesn't. */
static bool split(struct reading *reading, const char *text, size_t length)
{
    bool quoted = false;
    size_t used = 0;
    reading->n = 0;
    for (size_t i = 0; i <= length; i++) {
        const bool ends = i == length || (text[i] == ' ' && !quoted);
        if (i < length && text[i] == '"') {
            quoted = !quoted;
        } else if (ends && used > 0) {
            reading->parts[reading->n++][used] = '\0';
            used = 0;
        } else if (!ends) {
            if (reading->n == MOST_PARTS || used + 1 == MOST_WORD) {
                return refuse(reading, "it is too long at", "...");
            }
            reading->parts[reading->n][used++] = text[i];
        }
    }
    return reading->n > 0 || refuse(reading, "there is nothing", "");
}

static bool read_number(const char *text, double *number)
{
    char *end = NULL;
    *number = strtod(text, &end);
    return end != text && *end == '\0' && isfinite(*number);
}

/* "L3H1", or "L3" with head -1. */
static bool read_place(const char *text, struct heed_head_id *id)
{
    int layer = 0;
    int head = -1;
    int used = 0;
    if (sscanf(text, "L%4dH%4d%n", &layer, &head, &used) != 2 || text[used] != '\0') {
        head = -1;
        if (sscanf(text, "L%4d%n", &layer, &used) != 1 || text[used] != '\0') {
            return false;
        }
    }
    *id = (struct heed_head_id){(int16_t)layer, (int16_t)head};
    return layer >= 0;
}

static bool find(struct reading *reading, const char *word, struct heed_token_range *tokens)
{
    return heed_lesson_find_word(tokens, reading->call.world->tokenizer,
                                 reading->call.result->encoding, word, reading->err);
}

static bool read_link(struct reading *reading, const char *part)
{
    const char *arrow = strstr(part, "->");
    if (arrow == NULL) {
        return refuse(reading, "it needs a link like it->animal, not", part);
    }
    snprintf(reading->words[0], MOST_WORD, "%.*s", (int)(arrow - part), part);
    snprintf(reading->words[1], MOST_WORD, "%s", arrow + 2);
    return find(reading, reading->words[0], &reading->call.query) &&
           find(reading, reading->words[1], &reading->call.key);
}

static bool read_head(struct reading *reading, const char *part, char kind)
{
    struct heed_lesson_call *call = &reading->call;
    struct heed_head_id id = {0, 0};
    if (kind == 'H' && strcmp(part, "all") == 0) {
        call->all_heads = true;
        return true;
    }
    if (!read_place(part, &id) || (id.head < 0) != (kind == 'L')) {
        return refuse(
            reading,
            kind == 'L' ? "it needs a layer like L3, not" : "it needs a head like L3H1, not", part);
    }
    if (id.layer >= call->run->n_layers || id.head >= call->run->n_heads) {
        return heed_error_set(reading->err, HEED_ERROR_INPUT, "this model has no %s", part);
    }
    call->head = id;
    call->layer = id.layer;
    return true;
}

static bool read_state(struct reading *reading, const char *part, int *state)
{
    double number = 0;
    if (part[0] != '@' || !read_number(part + 1, &number) || number < 0 ||
        number != floor(number)) {
        return refuse(reading, "it needs a state like @6, not", part);
    }
    if (number > reading->call.run->n_layers) {
        return heed_error_set(reading->err, HEED_ERROR_INPUT, "this model has no state %s", part);
    }
    *state = (int)number;
    return true;
}

static bool read_argument(struct reading *reading, const char *part, char kind, int *n_states)
{
    struct heed_lesson_call *call = &reading->call;
    switch (kind) {
    case 'l':
        return read_link(reading, part);
    case 'w':
        call->word = part;
        return strcmp(part, "sentence") == 0 || find(reading, part, &call->query);
    case '@':
        return read_state(reading, part, (*n_states)++ == 0 ? &call->state_a : &call->state_b);
    case 'n':
        return read_number(part, &call->number) || refuse(reading, "no number is", part);
    case 'k':
        call->kind = part;
        return true;
    default:
        return read_head(reading, part, kind);
    }
}

/* "B" and "trained" at the end. */
static bool take_ends(struct reading *reading)
{
    struct heed_lesson_call *call = &reading->call;
    bool of_b = false;
    while (reading->n > 1) {
        const char *last = reading->parts[reading->n - 1];
        if (strcmp(last, "B") == 0 && !of_b) {
            of_b = true;
        } else if (strcmp(last, "trained") == 0 && !call->trained) {
            call->trained = true;
        } else {
            break;
        }
        reading->n--;
    }
    if (of_b && call->result->compare == NULL) {
        return heed_error_set(reading->err, HEED_ERROR_INPUT, "there is no second text to compare");
    }
    call->result = of_b ? call->result->compare->result : call->result;
    call->run = call->trained ? heed_result_untouched(call->result) : call->result->run;
    return true;
}

static bool evaluate_one(struct heed_lesson_value *value, const char *text, size_t length,
                         struct reading *reading)
{
    int n_states = 0;
    if (!split(reading, text, length)) {
        return false;
    }
    if (reading->n == 1 && read_number(reading->parts[0], &value->number)) {
        return true;
    }
    const struct heed_lesson_function *function =
        heed_lesson_find_function(reading->parts[0], strlen(reading->parts[0]));
    if (function == NULL) {
        return refuse(reading, "there is no", reading->parts[0]);
    }
    if (!take_ends(reading)) {
        return false;
    }
    if (reading->n - 1 != (int)strlen(function->arguments)) {
        return refuse(reading, "too few or too many words after", reading->parts[0]);
    }
    for (int i = 1; i < reading->n; i++) {
        if (!read_argument(reading, reading->parts[i], function->arguments[i - 1], &n_states)) {
            return false;
        }
    }
    return function->compute(&reading->call, value, reading->err);
}

/* The last " - " or " / ", or NULL. */
static const char *find_operator(const char *text)
{
    const char *found = NULL;
    for (const char *c = text; *c != '\0'; c++) {
        if (c[0] == ' ' && (c[1] == '-' || c[1] == '/') && c[2] == ' ') {
            found = c;
        }
    }
    return found;
}

static bool evaluate_part(struct heed_lesson_value *value, const char *text, size_t length,
                          const char *whole, const struct heed_lesson_world *world,
                          struct heed_error *err)
{
    struct reading *reading = calloc(1, sizeof(*reading));
    if (reading == NULL) {
        return heed_error_set(err, HEED_ERROR_MEMORY, "no memory left for the lesson");
    }
    *value = (struct heed_lesson_value){0};
    reading->text = whole;
    reading->err = err;
    reading->call = (struct heed_lesson_call){.world = world, .result = world->result};
    const bool ok = evaluate_one(value, text, length, reading);
    free(reading);
    return ok;
}

bool heed_lesson_evaluate(struct heed_lesson_value *value, const char *expression,
                          const struct heed_lesson_world *world, struct heed_error *err)
{
    char left[MOST_EXPRESSION];
    struct heed_lesson_value right = {0};
    const char *sign = find_operator(expression);
    if (sign == NULL || sign == expression) {
        return evaluate_part(value, expression, strlen(expression), expression, world, err);
    }
    if (strlen(expression) >= sizeof(left)) {
        return heed_error_set(err, HEED_ERROR_FORMAT, "an expression is longer than %d bytes",
                              MOST_EXPRESSION);
    }
    snprintf(left, sizeof(left), "%.*s", (int)(sign - expression), expression);
    if (!heed_lesson_evaluate(value, left, world, err) ||
        !evaluate_part(&right, sign + 3, strlen(sign + 3), expression, world, err)) {
        return false;
    }
    if (value->name[0] != '\0' || right.name[0] != '\0') {
        return heed_error_set(err, HEED_ERROR_FORMAT, "'%s': a name is no number", expression);
    }
    value->number = sign[1] == '-' ? value->number - right.number : value->number / right.number;
    return isfinite(value->number) ||
           heed_error_set(err, HEED_ERROR_INPUT, "'%s' divides by zero", expression);
}

/* 20164 as "20,164". */
static void put_count(struct heed_buffer *out, double number)
{
    if (number >= 1000) {
        put_count(out, floor(number / 1000));
        heed_buffer_printf(out, ",%03d", (int)fmod(number, 1000));
    } else {
        heed_buffer_printf(out, "%.0f", number);
    }
}

static bool put_value(struct heed_buffer *out, const struct heed_lesson_value *value,
                      const char *how, struct heed_error *err)
{
    const double size = fabs(value->number);
    const bool percent = strcmp(how, "%") == 0;
    const int decimals = how[0] == '\0' ? 2 : how[0] - '0';
    if (!percent && (strlen(how) > 1 || decimals < 0 || decimals > 7)) {
        return heed_error_set(err, HEED_ERROR_FORMAT,
                              "'|%s' must be |0 to |7 decimals, or |%% for a percentage", how);
    }
    const double least = 0.5 * pow(10, -(percent ? 2 : decimals));
    if (value->name[0] != '\0') {
        heed_buffer_puts(out, value->name);
        return true;
    }
    heed_buffer_puts(out, value->number < 0 && size >= least ? "\xE2\x88\x92" : "");
    if (percent) {
        heed_buffer_printf(out, "%.0f %%", 100 * size);
    } else if (decimals == 0) {
        put_count(out, floor(size + 0.5));
    } else {
        heed_buffer_printf(out, "%.*f", decimals, size);
    }
    return true;
}

static bool fill_one(struct heed_buffer *out, const char *text, size_t length,
                     const struct heed_lesson_world *world, struct heed_error *err)
{
    char expression[MOST_EXPRESSION];
    struct heed_lesson_value value;
    if (length >= sizeof(expression)) {
        return heed_error_set(err, HEED_ERROR_FORMAT, "an expression is longer than %d bytes",
                              MOST_EXPRESSION);
    }
    snprintf(expression, sizeof(expression), "%.*s", (int)length, text);
    char *bar = strrchr(expression, '|');
    if (bar != NULL) {
        *bar = '\0';
    }
    return heed_lesson_evaluate(&value, expression, world, err) &&
           put_value(out, &value, bar != NULL ? bar + 1 : "", err);
}

bool heed_lesson_fill(struct heed_buffer *out, const char *words,
                      const struct heed_lesson_world *world, struct heed_error *err)
{
    const char *at = words;
    for (const char *open = strchr(at, '{'); open != NULL; open = strchr(at, '{')) {
        const char *close = strchr(open, '}');
        if (close == NULL) {
            return heed_error_set(err, HEED_ERROR_FORMAT, "a '{' has no '}'");
        }
        heed_buffer_append(out, at, (size_t)(open - at));
        if (!fill_one(out, open + 1, (size_t)(close - open - 1), world, err)) {
            return false;
        }
        at = close + 1;
    }
    heed_buffer_puts(out, at);
    return !out->failed || heed_error_set(err, HEED_ERROR_MEMORY, "no memory left for the lesson");
}
