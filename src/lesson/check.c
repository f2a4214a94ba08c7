#include "lesson/check.h"

#include <ctype.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"

static void HEED_PRINTF(4, 5)
    tell(struct heed_lesson_critic *critic, const char *path, int line, const char *format, ...)
{
    struct heed_error problem = {0};
    char text[400];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof(text), format, arguments);
    va_end(arguments);
    heed_error_set(&problem, HEED_ERROR_FORMAT, "'%s', line %d: %s", path, line, text);
    critic->n++;
    critic->tell(critic->context, problem.text);
}

/* --- numbers that were typed --- */

/* "L3H1" and "L3" are names. */
static bool in_head_name(const char *words, const char *digit)
{
    const char *c = digit;
    while (c > words && (isdigit((unsigned char)c[-1]) || c[-1] == 'H')) {
        c--;
    }
    return c > words && c[-1] == 'L' && (c - 1 == words || !isalnum((unsigned char)c[-2]));
}

static size_t number_length(const char *c)
{
    size_t n = 0;
    while (isdigit((unsigned char)c[n]) ||
           ((c[n] == '.' || c[n] == ',') && isdigit((unsigned char)c[n + 1]))) {
        n++;
    }
    return n;
}

static bool is_fact(const struct heed_lesson_step *step, const char *number, size_t length)
{
    for (int i = 0; i < step->n_facts; i++) {
        if (strlen(step->facts[i]) == length && memcmp(step->facts[i], number, length) == 0) {
            return true;
        }
    }
    return false;
}

static void check_typed(const struct heed_lesson *lesson, const struct heed_lesson_step *step,
                        const char *words, struct heed_lesson_critic *critic)
{
    bool computed = false;
    for (const char *c = words; c != NULL && *c != '\0'; c++) {
        computed = *c == '{' ? true : *c == '}' ? false : computed;
        if (computed || !isdigit((unsigned char)*c)) {
            continue;
        }
        const size_t length = number_length(c);
        if (!in_head_name(words, c) && !is_fact(step, c, length)) {
            tell(critic, lesson->words_path, step->words_line,
                 "step \"%s\": the number %.*s is typed; compute it like "
                 "{weight it->animal L3H1}, or list it in \"facts\"",
                 step->id, (int)length, c);
        }
        c += length - 1;
    }
}

void heed_lesson_check_words(const struct heed_lesson *lesson, struct heed_lesson_critic *critic)
{
    for (int i = 0; i < lesson->n_steps; i++) {
        const struct heed_lesson_step *step = &lesson->steps[i];
        check_typed(lesson, step, step->headline, critic);
        check_typed(lesson, step, step->text, critic);
        check_typed(lesson, step, step->ask.question, critic);
    }
}

/* --- a step's run --- */

bool heed_lesson_claim_holds(const struct heed_lesson_claim *claim,
                             const struct heed_lesson_world *world, bool *holds,
                             struct heed_lesson_value *value, struct heed_error *err)
{
    if (!heed_lesson_evaluate(value, claim->of, world, err)) {
        return false;
    }
    if ((value->name[0] != '\0') != (claim->name != NULL)) {
        return heed_error_set(err, HEED_ERROR_FORMAT, "'%s' is a %s", claim->of,
                              claim->name != NULL ? "number, not a name" : "name, not a number");
    }
    *holds = claim->name != NULL
                 ? strcmp(claim->name, value->name) == 0
                 : (!claim->has_is || fabs(value->number - claim->is) <= claim->within) &&
                       (!claim->has_below || value->number < claim->below) &&
                       (!claim->has_above || value->number > claim->above);
    return true;
}

static void check_claim(const struct heed_lesson *lesson, const struct heed_lesson_claim *claim,
                        const struct heed_lesson_world *world, struct heed_lesson_critic *critic)
{
    struct heed_lesson_value value;
    struct heed_error error = {0};
    bool holds = false;
    if (!heed_lesson_claim_holds(claim, world, &holds, &value, &error)) {
        tell(critic, lesson->path, claim->line, "%s", error.text);
    } else if (!holds && claim->name != NULL) {
        tell(critic, lesson->path, claim->line, "the claim doesn't hold: %s is %s, not %s",
             claim->of, value.name, claim->name);
    } else if (!holds && claim->has_is) {
        tell(critic, lesson->path, claim->line,
             "the claim doesn't hold: %s is %.5g, not within %g of %g", claim->of, value.number,
             claim->within, claim->is);
    } else if (!holds) {
        const bool below = claim->has_below && value.number >= claim->below;
        tell(critic, lesson->path, claim->line, "the claim doesn't hold: %s is %.5g, not %s %g",
             claim->of, value.number, below ? "below" : "above",
             below ? claim->below : claim->above);
    }
}

int heed_lesson_answer(const struct heed_lesson_ask *ask, const struct heed_lesson_world *world,
                       double values[HEED_LESSON_CHOICES], struct heed_error *err)
{
    int answer = 1;
    for (int i = 0; i < ask->n_of; i++) {
        struct heed_lesson_value value;
        if (!heed_lesson_evaluate(&value, ask->of[i], world, err)) {
            return 0;
        }
        if (value.name[0] != '\0') {
            heed_error_set(err, HEED_ERROR_FORMAT, "'%s' is a name, not a number", ask->of[i]);
            return 0;
        }
        values[i] = value.number;
        answer = !ask->by_bounds && value.number > values[answer - 1] ? i + 1 : answer;
    }
    for (int i = 0; ask->by_bounds && i < ask->n - 1; i++) {
        answer += values[0] > ask->bounds[i];
    }
    return answer;
}

static void check_answer(const struct heed_lesson *lesson, const struct heed_lesson_ask *ask,
                         const struct heed_lesson_world *world, struct heed_lesson_critic *critic)
{
    double values[HEED_LESSON_CHOICES] = {0};
    struct heed_error error = {0};
    if (ask->n == 0) {
        return;
    }
    const int answer = heed_lesson_answer(ask, world, values, &error);
    if (answer == 0) {
        tell(critic, lesson->path, ask->line, "%s", error.text);
    } else if (answer != ask->answer) {
        tell(critic, lesson->path, ask->line, "the answer is %d by this run, not %d (%.5g)", answer,
             ask->answer, values[0]);
    }
}

static void check_filled(const struct heed_lesson *lesson, const struct heed_lesson_step *step,
                         const char *words, size_t most, const struct heed_lesson_world *world,
                         struct heed_lesson_critic *critic)
{
    struct heed_buffer out = {0};
    struct heed_error error = {0};
    if (words == NULL) {
        return;
    }
    if (!heed_lesson_fill(&out, words, world, &error)) {
        tell(critic, lesson->words_path, step->words_line, "step \"%s\": %s", step->id, error.text);
    } else if (out.data != NULL && heed_utf8_count(out.data, out.size) > most) {
        tell(critic, lesson->words_path, step->words_line,
             "step \"%s\": %zu characters, where %zu fit: \"%.60s...\"", step->id,
             heed_utf8_count(out.data, out.size), most, out.data);
    }
    heed_buffer_finish(&out);
}

static void check_point(const struct heed_lesson *lesson, const struct heed_lesson_point *point,
                        const struct heed_lesson_world *world, struct heed_lesson_critic *critic)
{
    const struct heed_result *result = world->result;
    struct heed_token_range tokens;
    struct heed_error error = {0};
    if (point->in_b && result->compare == NULL) {
        tell(critic, lesson->path, point->line, "it points at a second text, and there is none");
        return;
    }
    result = point->in_b ? result->compare->result : result;
    if (point->head.layer >= result->run->n_layers || point->head.head >= result->run->n_heads) {
        tell(critic, lesson->path, point->line, "this model has no L%dH%d", point->head.layer,
             point->head.head);
    }
    if ((point->query != NULL && !heed_lesson_find_word(&tokens, world->tokenizer, result->encoding,
                                                        point->query, &error)) ||
        (point->key != NULL &&
         !heed_lesson_find_word(&tokens, world->tokenizer, result->encoding, point->key, &error))) {
        tell(critic, lesson->path, point->line, "%s", error.text);
    }
}

void heed_lesson_check_step(const struct heed_lesson *lesson, int step,
                            const struct heed_lesson_world *world,
                            struct heed_lesson_critic *critic)
{
    const struct heed_lesson_step *it = &lesson->steps[step];
    for (int i = 0; i < it->n_claims; i++) {
        check_claim(lesson, &it->claims[i], world, critic);
    }
    check_answer(lesson, &it->ask, world, critic);
    check_filled(lesson, it, it->headline, HEED_LESSON_HEADLINE, world, critic);
    check_filled(lesson, it, it->text, HEED_LESSON_TEXT, world, critic);
    check_filled(lesson, it, it->ask.question, HEED_LESSON_TEXT, world, critic);
    for (int i = 0; i < it->n_points; i++) {
        check_point(lesson, &it->points[i], world, critic);
    }
}
