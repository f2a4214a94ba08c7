/* What a lesson's steps point at, claim and ask. */
#include <stdio.h>
#include <string.h>

#include "session/lesson_reader.h"
#include "session/off.h"
#include "state/commands.h"

/* Controls that a lesson speaks of, by what they are called in its file. */
static const struct {
    const char *name;
    int command;
} controls[] = {
    {"off", HEED_COMMAND_PUT_BACK},
    {"positions", HEED_COMMAND_POSITIONS},
    {"attention", HEED_COMMAND_ATTENTION},
    {"mask", HEED_COMMAND_MASK},
    {"measure", HEED_COMMAND_MEASURE},
    {"colour", HEED_COMMAND_COLOR_BY},
    {"text", HEED_COMMAND_FOCUS_TEXT},
    {"special", HEED_COMMAND_HIDE_SPECIAL},
    {"neuron-values", HEED_COMMAND_NEURON_VALUES},
    {"neuron-steps", HEED_COMMAND_NEURON_STEP},
};

static int find_control(const char *name)
{
    for (size_t i = 0; i < sizeof controls / sizeof controls[0]; i++) {
        if (strcmp(controls[i].name, name) == 0) {
            return controls[i].command;
        }
    }
    return -1;
}

static void read_link(struct heed_lesson_reader *reader, const char *link, const char *path,
                      struct heed_lesson_point *point)
{
    char *copy = heed_lesson_room(reader, strlen(link) + 1, 1);
    const char *arrow = strstr(link, "->");
    if (!copy || !arrow || arrow == link || arrow[2] == '\0') {
        heed_lesson_refuse(reader, path, "must be a link like \"it->animal\"");
        return;
    }
    memcpy(copy, link, strlen(link) + 1);
    copy[arrow - link] = '\0';
    point->kind = HEED_POINT_LINK;
    point->query = copy;
    point->key = copy + (arrow - link) + 2;
}

static void read_point(struct heed_lesson_reader *reader, const cJSON *item, const char *path,
                       struct heed_lesson_point *point)
{
    static const char *const known[] = {"token", "link", "head", "control", "of", NULL};
    char at[HEED_LESSON_PATH];
    heed_lesson_check_keys(reader, item, path, known);
    const char *token = heed_lesson_string(reader, item, path, "token", false);
    const char *link = heed_lesson_string(reader, item, path, "link", false);
    const char *head = heed_lesson_string(reader, item, path, "head", false);
    const char *control = heed_lesson_string(reader, item, path, "control", false);
    const char *of = heed_lesson_string(reader, item, path, "of", false);
    point->line = heed_lesson_line(reader, path);
    point->head = (struct heed_head_id){-1, -1};
    heed_lesson_join(at, path, "head");
    if (head && !heed_session_read_head(head, &point->head)) {
        heed_lesson_refuse(reader, at, "must be a head like \"L3H1\"");
    }
    point->in_b = of && strcmp(of, "compare") == 0;
    if (of && !point->in_b) {
        heed_lesson_refuse(reader, path, "can be \"of\" nothing but \"compare\"");
    }
    if (token) {
        point->kind = HEED_POINT_TOKEN;
        point->query = token;
    } else if (link) {
        read_link(reader, link, path, point);
    } else if (control) {
        point->kind = HEED_POINT_CONTROL;
        point->command = find_control(control);
        if (point->command < 0) {
            heed_lesson_refuse(
                reader, path,
                "points at no control that there is: off, positions, attention, mask, "
                "measure, colour, text, special, neuron-values, neuron-steps");
        }
    } else if (head) {
        point->kind = HEED_POINT_HEAD;
    } else {
        heed_lesson_refuse(reader, path, "needs a \"token\", \"link\", \"head\" or \"control\"");
    }
}

void heed_lesson_read_points(struct heed_lesson_reader *reader, const cJSON *step, const char *path,
                             struct heed_lesson_step *to)
{
    const cJSON *list = heed_json_find(step, "point");
    const int n = cJSON_IsArray(list) ? cJSON_GetArraySize(list) : 0;
    struct heed_lesson_point *points = heed_lesson_room(reader, (size_t)n, sizeof *points);
    to->points = points;
    for (int i = 0; i < n && points && !reader->failed; i++) {
        char at[HEED_LESSON_PATH];
        heed_lesson_join_item(at, path, "point", i);
        read_point(reader, cJSON_GetArrayItem(list, i), at, &points[i]);
        to->n_points++;
    }
}

static bool read_number(struct heed_lesson_reader *reader, const cJSON *claim, const char *path,
                        const char *key, double *number)
{
    const cJSON *item = heed_json_find(claim, key);
    if (item && !cJSON_IsNumber(item)) {
        char at[HEED_LESSON_PATH];
        heed_lesson_join(at, path, key);
        heed_lesson_refuse(reader, at, "must be a number");
    }
    *number = item ? item->valuedouble : 0;
    return item != NULL;
}

static void read_claim(struct heed_lesson_reader *reader, const cJSON *item, const char *path,
                       struct heed_lesson_claim *claim)
{
    static const char *const known[] = {"of", "is", "within", "below", "above", NULL};
    const cJSON *is = heed_json_find(item, "is");
    heed_lesson_check_keys(reader, item, path, known);
    claim->line = heed_lesson_line(reader, path);
    claim->of = heed_lesson_string(reader, item, path, "of", true);
    if (cJSON_IsString(is)) {
        claim->name = heed_lesson_string(reader, item, path, "is", true);
        return;
    }
    claim->has_is = read_number(reader, item, path, "is", &claim->is);
    const bool within = read_number(reader, item, path, "within", &claim->within);
    claim->has_below = read_number(reader, item, path, "below", &claim->below);
    claim->has_above = read_number(reader, item, path, "above", &claim->above);
    if (claim->has_is != within || !(claim->has_is || claim->has_below || claim->has_above) ||
        claim->within < 0) {
        heed_lesson_refuse(reader, path,
                           "needs \"is\" with its tolerance \"within\", or a name in \"is\", or "
                           "\"below\" or \"above\"");
    }
}

void heed_lesson_read_claims(struct heed_lesson_reader *reader, const cJSON *step, const char *path,
                             struct heed_lesson_step *to)
{
    const cJSON *list = heed_json_find(step, "claims");
    const int n = cJSON_IsArray(list) ? cJSON_GetArraySize(list) : 0;
    struct heed_lesson_claim *claims = heed_lesson_room(reader, (size_t)n, sizeof *claims);
    to->claims = claims;
    for (int i = 0; i < n && claims && !reader->failed; i++) {
        char at[HEED_LESSON_PATH];
        heed_lesson_join_item(at, path, "claims", i);
        read_claim(reader, cJSON_GetArrayItem(list, i), at, &claims[i]);
        to->n_claims++;
    }
}

static void read_bounds(struct heed_lesson_reader *reader, const cJSON *list, const char *path,
                        struct heed_lesson_ask *ask)
{
    const int n = cJSON_IsArray(list) ? cJSON_GetArraySize(list) : 0;
    if (n < 1 || n >= HEED_LESSON_CHOICES) {
        heed_lesson_refuse(reader, path, "needs 1 to %d \"bounds\"", HEED_LESSON_CHOICES - 1);
        return;
    }
    for (int i = 0; i < n; i++) {
        const cJSON *item = cJSON_GetArrayItem(list, i);
        if (!cJSON_IsNumber(item) || (i > 0 && item->valuedouble <= ask->bounds[i - 1])) {
            heed_lesson_refuse(reader, path, "needs \"bounds\" that are numbers and grow");
            return;
        }
        ask->bounds[i] = item->valuedouble;
    }
    ask->n = n + 1;
}

static void read_weighed(struct heed_lesson_reader *reader, const cJSON *list, const char *path,
                         struct heed_lesson_ask *ask)
{
    const int n = cJSON_IsArray(list) ? cJSON_GetArraySize(list) : 0;
    if (n < 2 || n > HEED_LESSON_CHOICES) {
        heed_lesson_refuse(reader, path, "needs 2 to %d expressions in \"max\"",
                           HEED_LESSON_CHOICES);
        return;
    }
    for (int i = 0; i < n; i++) {
        const cJSON *item = cJSON_GetArrayItem(list, i);
        char *copy = cJSON_IsString(item)
                         ? heed_lesson_room(reader, strlen(item->valuestring) + 1, 1)
                         : NULL;
        if (!copy) {
            heed_lesson_refuse(reader, path, "needs expressions in \"max\"");
            return;
        }
        memcpy(copy, item->valuestring, strlen(item->valuestring) + 1);
        ask->of[ask->n_of++] = copy;
    }
    ask->n = n;
}

void heed_lesson_read_ask(struct heed_lesson_reader *reader, const cJSON *step, const char *path,
                          struct heed_lesson_step *to)
{
    static const char *const known[] = {"max", "bin", "bounds", "answer", NULL};
    const cJSON *ask = heed_json_find(step, "ask");
    char at[HEED_LESSON_PATH];
    double answer = 0;
    if (!ask || reader->failed) {
        return;
    }
    heed_lesson_join(at, path, "ask");
    heed_lesson_check_keys(reader, ask, at, known);
    to->ask.line = heed_lesson_line(reader, at);
    const char *bin = heed_lesson_string(reader, ask, at, "bin", false);
    if (bin) {
        to->ask.by_bounds = true;
        to->ask.of[0] = bin;
        to->ask.n_of = 1;
        read_bounds(reader, heed_json_find(ask, "bounds"), at, &to->ask);
    } else {
        read_weighed(reader, heed_json_find(ask, "max"), at, &to->ask);
    }
    read_number(reader, ask, at, "answer", &answer);
    if (!reader->failed && (answer < 1 || answer > to->ask.n || answer != (int)answer)) {
        heed_lesson_refuse(reader, at, "needs an \"answer\" from 1 to %d", to->ask.n);
    }
    to->ask.answer = (int)answer;
}
