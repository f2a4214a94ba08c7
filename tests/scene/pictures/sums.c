/* Dumps far more pictures than can be kept line by line, for sums_test.py, which keeps a
 * line each: all scenes (render/scenes.h), the views of models of each architecture and of
 * attention files, what each command comes to, and what is under the pointer.
 *
 * usage: sums WHAT, one of scenes, models, window. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/compiler.h"
#include "render/record/record.h"
#include "scene/widgets/target.h"
#include "scenes.h"
#include "session/lessons.h"
#include "ui/actions/lesson.h"
#include "ui/commands.h"
#include "ui/ui.h"
#include "ui/window/document.h"
#include "ui/window/effects.h"

enum { MOST_HOVERED = 6, MOST_VALUES = 30, MOST_TARGETS = 600 };

static const char *what;

static void find_data(char *path, size_t size, const char *folder, const char *name)
{
    const char *data = getenv("HEED_TEST_DATA");
    snprintf(path, size, "%s/data/%s%s", data != NULL ? data : "tests", folder, name);
}

/* The status bar tells what the run took. */
static void forget_time(const struct heed_result *result)
{
    if (result->run != NULL) {
        ((struct heed_run *)result->run)->encode_ms = 2;
    }
    ((struct heed_result *)result)->total_ms = 3;
}

/* base "": all of it is summed, else what isn't in that one. */
static void print(const char *name, const char *base, const struct heed_list *list)
{
    struct heed_buffer text = {0};
    assert_false(list->failed);
    heed_record_write(list, &text);
    assert_false(text.failed);
    printf("=== %s%s%s\n%s", name, base[0] != '\0' ? " < " : "", base, text.data);
    heed_buffer_finish(&text);
}

static void print_scene(struct scenes *scenes, const struct scene *scene, const char *model)
{
    char name[160];
    scenes_choose(scenes, scene);
    forget_time(scenes->result);
    snprintf(name, sizeof name, "%s%s", model, scene->name);
    print(name, "", scenes_draw(scenes, scene, heed_record_get_metrics()));
}

static void every_scene(void **context)
{
    (void)context;
    char path[1024];
    struct scenes scenes;
    find_data(path, sizeof path, "", "tiny-bert");
    scenes_open(&scenes, path);
    for (size_t i = 0; i < scenes.n; i++) {
        print_scene(&scenes, &scenes.all[i], "");
    }
    scenes_close(&scenes);
}

/* --- other models, and none --- */

static bool is_of_models(const struct scene *scene)
{
    return (scene->view == HEED_VIEW_NEURON || scene->view == HEED_VIEW_STACK) &&
           scene->place != SCENE_FIGURE &&
           (strstr(scene->name, "_pair_") != NULL || strstr(scene->name, "_the-end_") != NULL ||
            strstr(scene->name, "_other-looks_") != NULL ||
            strstr(scene->name, "_causal_") != NULL);
}

static void every_model(void **context)
{
    (void)context;
    static const char *const models[] = {"tiny-mlm", "tiny-distilbert", "tiny-deep"};
    for (size_t m = 0; m < HEED_COUNT(models); m++) {
        char path[1024], name[64];
        struct scenes scenes;
        find_data(path, sizeof path, "", models[m]);
        snprintf(name, sizeof name, "%s_", models[m]);
        scenes_open(&scenes, path);
        for (size_t i = 0; i < scenes.n; i++) {
            struct scene scene = scenes.all[i];
            for (int place = 0; is_of_models(&scene) && place < SCENE_N_PLACES; place++) {
                char of_place[128];
                scene.place = (enum scene_place)place;
                snprintf(of_place, sizeof of_place, "%s%d_", name, place);
                print_scene(&scenes, &scene, of_place);
            }
        }
        scenes_close(&scenes);
    }
}

static void draw_file(struct heed_pipeline *pipeline, const char *name, const char *path,
                      enum heed_view view, bool is_wide)
{
    struct heed_ui *ui = NULL;
    struct heed_state state = {0};
    struct heed_effects effects = {0};
    const struct heed_result *result = NULL;
    struct heed_error err = {0};
    char shot[160];
    assert_true(heed_ui_create(&ui, NULL));
    assert_true(heed_state_copy(&state, heed_ui_get_state(ui), NULL));
    assert_true(heed_state_set_file(&state, path, NULL));
    state.view = view;
    state.query = (struct heed_pin){1, 1};
    heed_state_show_only(&state, (struct heed_head_id[]){{0, 0}, {1, 1}}, 2);
    assert_true(heed_ui_set_state(ui, &state, false, NULL));
    const struct heed_job job = heed_ui_get_job(ui, 1);
    const struct heed_pipeline_hints hints = {.previous = NULL};
    if (!heed_pipeline_run(pipeline, &job, hints, &result, &err)) {
        fail_msg("%s: %s", name, err.text);
    }
    forget_time(result);
    heed_ui_set_result(ui, result);
    heed_ui_resize(ui, is_wide ? 1600 : 640, is_wide ? 1000 : 480, 1);
    snprintf(shot, sizeof shot, "%s_%s_%s", name, heed_view_name(view), is_wide ? "wide" : "least");
    print(shot, "", heed_ui_build(ui, 1, heed_record_get_metrics(), &effects));
    heed_result_release(result);
    heed_state_finish(&state);
    heed_ui_destroy(ui);
}

static void every_attention_file(void **context)
{
    (void)context;
    static const struct {
        const char *name, *kind;
    } files[] = {{"gpt2", NULL},    {"llama", NULL},      {"vit", NULL},
                 {"t5", "decoder"}, {"whisper", "cross"}, {"gpt2-generate", NULL}};
    for (size_t i = 0; i < HEED_COUNT(files); i++) {
        char name[64], path[1024];
        struct heed_pipeline *pipeline = NULL;
        struct heed_error err = {0};
        snprintf(name, sizeof name, "%s.safetensors", files[i].name);
        find_data(path, sizeof path, "attention/", name);
        if (!heed_pipeline_open_file(&pipeline, path, files[i].kind, HEED_MOST_READ, &err)) {
            fail_msg("%s", err.text);
        }
        for (int view = 0; view < HEED_N_VIEWS; view++) {
            draw_file(pipeline, files[i].name, path, (enum heed_view)view, true);
            draw_file(pipeline, files[i].name, path, (enum heed_view)view, false);
        }
        heed_pipeline_close(pipeline);
    }
}

/* --- what a person does in the window --- */

static double now;

static void answer(struct scenes *scenes, const struct heed_effects *effects)
{
    struct heed_error err = {0};
    const struct heed_result *result = NULL;
    const struct heed_pipeline_hints hints = {.previous = NULL};
    if (effects->encode) {
        const struct heed_job job = heed_ui_get_job(scenes->ui, ++scenes->generation);
        if (!heed_pipeline_run(scenes->pipeline, &job, hints, &result, &err)) {
            fail_msg("%s", err.text);
        }
        forget_time(result);
        heed_ui_set_result(scenes->ui, result);
        heed_result_release(result);
    }
}

static void handle(struct scenes *scenes, struct heed_event event)
{
    struct heed_effects effects = {0};
    event.time = now += 0.1;
    heed_ui_handle(scenes->ui, &event, heed_record_get_metrics(), &effects);
    if (effects.set_clipboard != NULL) {
        printf("=== clipboard\n%s\n", effects.set_clipboard);
    }
    answer(scenes, &effects);
}

static void press(struct scenes *scenes, struct heed_command_key key)
{
    handle(scenes, (struct heed_event){.kind = HEED_EVENT_KEY, .key = key.key, .mods = key.mods});
}

static const struct heed_list *build(struct scenes *scenes)
{
    struct heed_effects effects = {0};
    now += 2;
    const struct heed_list *list =
        heed_ui_build(scenes->ui, now, heed_record_get_metrics(), &effects);
    if (effects.encode) {
        answer(scenes, &effects);
        heed_ui_build(scenes->ui, now, heed_record_get_metrics(), &effects);
        now += 0.25; /* a pinned link's measures are there then */
        list = heed_ui_build(scenes->ui, now, heed_record_get_metrics(), &effects);
    }
    return list;
}

static void open_turn(struct scenes *scenes, enum heed_view view, const char *turn)
{
    for (size_t i = 0; i < scenes->n; i++) {
        struct scene scene = scenes->all[i];
        if (scene.view == view && strstr(scene.name, turn) != NULL) {
            scene.place = SCENE_WIDE;
            scene.theme = HEED_THEME_LIGHT;
            now = 10;
            scenes_choose(scenes, &scene);
            forget_time(scenes->result);
            (void)scenes_draw(scenes, &scene, heed_record_get_metrics());
            press(scenes, (struct heed_command_key){.key = HEED_KEY_ESCAPE});
            return;
        }
    }
    fail_msg("no scene of view %d", (int)view);
}

/* A window with a pair pinned. */
static void open_view(struct scenes *scenes, enum heed_view view)
{
    open_turn(scenes, view, "_pair_");
}

/* By its key, or by its name in the palette. */
static void give(struct scenes *scenes, const struct heed_command_info *info)
{
    if (info->keys[0].key != HEED_KEY_NONE) {
        press(scenes, info->keys[0]);
        return;
    }
    press(scenes, (struct heed_command_key){.key = HEED_KEY_A + 'K' - 'A', .mods = HEED_MOD_CTRL});
    handle(scenes, (struct heed_event){
                       .kind = HEED_EVENT_TEXT, .text = info->name, .length = strlen(info->name)});
    (void)build(scenes);
    press(scenes, (struct heed_command_key){.key = HEED_KEY_ENTER});
}

static void every_command(void **context)
{
    struct scenes *scenes = *context;
    for (int view = 0; view < HEED_N_VIEWS; view++) {
        char base[64], name[160];
        snprintf(base, sizeof base, "command_%s", heed_view_name((enum heed_view)view));
        open_view(scenes, (enum heed_view)view);
        print(base, "", build(scenes));
        for (int i = 0; i < heed_ui_commands.n; i++) {
            const struct heed_command_info *info = &heed_ui_commands.rows[i];
            if (view != 0 && i % 7 != view % 7) {
                continue;
            }
            open_view(scenes, (enum heed_view)view);
            (void)build(scenes);
            give(scenes, info);
            snprintf(name, sizeof name, "%s_%s", base, info->name);
            print(name, base, build(scenes));
        }
    }
}

struct place {
    struct heed_target target;
    float x, y;
};

/* Of each kind of target the first ones; of commands all. */
static int find_places(const struct heed_list *list, struct place *places)
{
    int n = 0, counts[HEED_TARGET_TERM + 1] = {0};
    for (size_t i = 0; i < list->n_items && n < MOST_TARGETS; i++) {
        const struct heed_item *item = &list->items[i];
        const struct heed_target target = item->target;
        const struct heed_rect rect = item->kind == HEED_ITEM_RECT      ? item->as.rect.rect
                                      : item->kind == HEED_ITEM_HEATMAP ? item->as.heatmap.rect
                                      : item->kind == HEED_ITEM_HOTSPOT ? item->as.hotspot
                                                                        : (struct heed_rect){0};
        if (target.kind <= HEED_TARGET_BLOCK || !(rect.w > 0)) {
            continue;
        }
        bool is_known = false;
        for (int j = 0; j < n; j++) {
            is_known = is_known || heed_target_equal(places[j].target, target);
        }
        if (!is_known && (target.kind == HEED_TARGET_COMMAND ||
                          counts[target.kind]++ <
                              (target.kind == HEED_TARGET_VALUE ? MOST_VALUES : MOST_HOVERED))) {
            places[n++] = (struct place){target, rect.x + rect.w / 2, rect.y + rect.h / 2};
        }
    }
    return n;
}

static void hover(struct scenes *scenes, enum heed_view view, bool changed)
{
    static struct place places[MOST_TARGETS];
    char base[64], name[160];
    snprintf(base, sizeof base, "hover_%s%s", changed ? "changed_" : "", heed_view_name(view));
    open_turn(scenes, view, changed ? "_causal_" : "_pair_");
    const struct heed_list *list = build(scenes);
    const int n = find_places(list, places);
    print(base, "", list);
    for (int i = 0; i < n; i++) {
        const bool is_command = places[i].target.kind == HEED_TARGET_COMMAND;
        if (is_command && (changed || (view > 0 && i % 8 != (int)view))) {
            continue;
        }
        handle(scenes, (struct heed_event){
                           .kind = HEED_EVENT_POINTER_MOVE, .x = places[i].x, .y = places[i].y});
        snprintf(name, sizeof name, "%s_%d", base, places[i].target.kind);
        print(name, base, build(scenes));
    }
}

/* With a pair pinned; and with the encoder changed, heads scaled and links cut. */
static void every_hover(void **context)
{
    for (int view = 0; view < HEED_N_VIEWS; view++) {
        hover(*context, (enum heed_view)view, false);
        hover(*context, (enum heed_view)view, true);
    }
}

/* On a projected screen: the pair, the query alone, nothing pinned. */
static void every_projection(void **context)
{
    struct scenes *scenes = *context;
    for (int view = 0; view < HEED_N_VIEWS; view++) {
        char name[64];
        open_view(scenes, (enum heed_view)view);
        press(scenes, (struct heed_command_key){.key = HEED_KEY_F1 + 4});
        for (int i = 0; i < 3; i++) {
            snprintf(name, sizeof name, "projected_%s_%d", heed_view_name((enum heed_view)view), i);
            print(name, "", build(scenes));
            press(scenes, (struct heed_command_key){.key = HEED_KEY_ESCAPE});
        }
    }
}

/* Words of one text and of two to choose from, and a number between bounds. */
static const char lesson_json[] =
    "{\"version\": 1, \"id\": \"x\", \"minutes\": 4, \"model\": \"m\", \"licence\": \"MIT\","
    "\"texts\": {\"a\": \"The animal ran home, it was old.\","
    " \"b\": \"The dog ran home because it was old.\"}, \"steps\": ["
    "{\"id\": \"see\", \"state\": {\"text\": \"@a\", \"view\": \"links\","
    " \"shown\": [\"L0H1\", \"L1H0\"], \"query\": \"it\", \"key\": \"animal\"},"
    " \"point\": [{\"link\": \"it->animal\"}, {\"head\": \"L1H0\"}], \"claims\": []},"
    "{\"id\": \"which\", \"patch\": {\"view\": \"arcs\"}, \"point\": [{\"token\": \"it\"}],"
    " \"claims\": [], \"ask\": {\"max\": [\"weight it->animal L0H1\", \"weight it->home L0H1\","
    " \"weight it->old L0H1\"], \"answer\": 1}},"
    "{\"id\": \"twin\", \"patch\": {\"view\": \"compare\", \"compare\": \"@b\"},"
    " \"point\": [{\"token\": \"it\", \"of\": \"compare\"}], \"claims\": [],"
    " \"ask\": {\"max\": [\"weight it->dog L0H1 B\", \"weight it->home L0H1 B\", \"0\","
    " \"weight it->old L0H1 B\"], \"answer\": 2}},"
    "{\"id\": \"much\", \"patch\": {\"view\": \"matrix\", \"compare\": null},"
    " \"point\": [{\"head\": \"L0H1\"}], \"claims\": [],"
    " \"ask\": {\"bin\": \"weight it->animal L0H1\", \"bounds\": [0.1, 0.5], \"answer\": 1}},"
    "{\"id\": \"last\", \"patch\": {\"view\": \"heads\"}, \"point\": [], \"claims\": []}]}";
static const char lesson_words[] =
    "{\"version\": 1, \"language\": \"en\", \"title\": \"It, in short\","
    " \"aim\": \"See what a question looks like, and what its answer does.\","
    " \"limits\": \"A small model, of which nobody should believe a word.\", \"steps\": {"
    "\"see\": {\"headline\": \"A link of {weight it->animal L0H1|3}\","
    " \"text\": \"It is thin: {weight it->animal L0H1}, less than a person would think.\","
    " \"note\": \"Wait a little.\"},"
    "\"which\": {\"headline\": \"The animal\", \"text\": \"With {weight it->animal L0H1|3}.\","
    " \"question\": \"Which word does it look at most in L0H1?\","
    " \"choices\": [\"animal\", \"home\", \"old\"]},"
    "\"twin\": {\"headline\": \"Home, in B\", \"text\": \"Nobody knows why.\","
    " \"question\": \"And in the other text, which of these words is the largest?\","
    " \"choices\": [\"dog\", \"home\", \"none of them\", \"old\"]},"
    "\"much\": {\"headline\": \"Not much\", \"text\": \"Less than a tenth.\","
    " \"question\": \"How much of its weight is it?\","
    " \"choices\": [\"less than a tenth\", \"to a half\", \"more\"]},"
    "\"last\": {\"headline\": \"The end\", \"text\": \"Look at the others.\"}}}";

/* A lesson from its cards to its end: each step with what is asked, votes and the answer. */
static void every_step(void **context)
{
    struct scenes *scenes = *context;
    const struct heed_lesson_source source = {lesson_json, "x.json", lesson_words, "en/x.json"};
    struct heed_lesson lesson = {0};
    struct heed_error err = {0};
    if (!heed_lesson_parse(&lesson, &source, &err)) {
        fail_msg("%s", err.text);
    }
    for (int place = 0; place < 3; place++) {
        char name[64];
        open_view(scenes, HEED_VIEW_LINKS);
        heed_ui_set_lessons(scenes->ui, &lesson, 1);
        heed_ui_resize(scenes->ui, place == 1 ? 640 : 1600, place == 1 ? 480 : 1000, 1);
        if (place == 2) {
            press(scenes, (struct heed_command_key){.key = HEED_KEY_F1 + 4});
        }
        press(scenes, (struct heed_command_key){.key = HEED_KEY_F1 + 3});
        snprintf(name, sizeof name, "lesson_%d_cards", place);
        print(name, "", build(scenes));
        press(scenes, (struct heed_command_key){.key = HEED_KEY_ENTER});
        for (int i = 0; i < 3 * lesson.n_steps; i++) {
            snprintf(name, sizeof name, "lesson_%d_%d", place, i);
            print(name, "", build(scenes));
            press(scenes, (struct heed_command_key){.key = (enum heed_key)('1' + i % 3)});
            if (i % 2 == 1) {
                press(scenes, (struct heed_command_key){.key = HEED_KEY_RIGHT});
            }
        }
    }
    heed_ui_destroy(scenes->ui);
    scenes->ui = NULL;
    heed_lesson_finish(&lesson);
}

static int open_scenes(void **context)
{
    static struct scenes scenes;
    char path[1024];
    find_data(path, sizeof path, "", "tiny-bert");
    scenes_open(&scenes, path);
    *context = &scenes;
    return 0;
}

static int close_scenes(void **context)
{
    scenes_close(*context);
    return 0;
}

int main(int argc, char **argv)
{
    what = argc == 2 ? argv[1] : "";
    const struct CMUnitTest scenes[] = {cmocka_unit_test(every_scene)};
    const struct CMUnitTest models[] = {cmocka_unit_test(every_model),
                                        cmocka_unit_test(every_attention_file)};
    const struct CMUnitTest window[] = {
        cmocka_unit_test(every_command), cmocka_unit_test(every_hover),
        cmocka_unit_test(every_projection), cmocka_unit_test(every_step)};
    if (strcmp(what, "scenes") == 0) {
        return cmocka_run_group_tests(scenes, NULL, NULL);
    }
    if (strcmp(what, "models") == 0) {
        return cmocka_run_group_tests(models, NULL, NULL);
    }
    if (strcmp(what, "window") == 0) {
        return cmocka_run_group_tests(window, open_scenes, close_scenes);
    }
    fprintf(stderr, "usage: sums scenes|models|window\n");
    return 2;
}
