/* Dumps the display lists of all scenes at every place, and of random walks
 * through the window, for tests/corpus.py: two builds that are to behave alike
 * write the same bytes.
 *
 * usage: dump_scenes MODEL FOLDER */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/buffer.h"
#include "base/compiler.h"
#include "base/file.h"
#include "render/record/record.h"
#include "scenes.h"
#include "state/commands.h"
#include "state/event.h"
#include "ui/commands.h"
#include "ui/ui.h"
#include "ui/window/effects.h"

enum { WALKS = 24, STEPS = 220 };

static const char *model, *folder;

static void keep(const char *name, const struct heed_buffer *data)
{
    struct heed_error err = {0};
    char path[1024];
    snprintf(path, sizeof path, "%s/%s.txt", folder, name);
    if (!heed_file_write(path, data->data, data->size, &err)) {
        fail_msg("%s", err.text);
    }
}

static void dump(const char *name, const struct heed_list *list)
{
    struct heed_buffer text = {0};
    heed_record_write(list, &text);
    assert_false(text.failed);
    keep(name, &text);
    heed_buffer_finish(&text);
}

/* The status bar tells what the run took. */
static void forget_time(const struct heed_result *result)
{
    if (result->run != NULL) {
        ((struct heed_run *)result->run)->encode_ms = 1;
    }
}

static void every_scene(void **context)
{
    (void)context;
    struct scenes scenes;
    scenes_open(&scenes, model);
    for (size_t i = 0; i < scenes.n; i++) {
        struct scene scene = scenes.all[i];
        scenes_choose(&scenes, &scene);
        forget_time(scenes.result);
        for (int place = 0; place <= SCENE_FIGURE; place++) {
            char name[160];
            scene.place = (enum scene_place)place;
            snprintf(name, sizeof name, "%s_at%d", scene.name, place);
            dump(name, scenes_draw(&scenes, &scene, heed_record_get_metrics()));
        }
    }
    scenes_close(&scenes);
}

/* --- walks --- */

static uint32_t seed;

static uint32_t draw(uint32_t n)
{
    seed ^= seed << 13;
    seed ^= seed >> 17;
    seed ^= seed << 5;
    return seed % n;
}

static uint64_t hash(const char *data, size_t size)
{
    uint64_t value = 0xcbf29ce484222325U;
    for (size_t i = 0; i < size; i++) {
        value = (value ^ (uint8_t)data[i]) * 0x100000001b3U;
    }
    return value;
}

static struct heed_event at_item(const struct heed_list *list, enum heed_event_kind kind)
{
    struct heed_event event = {.kind = kind, .button = 1, .clicks = 1};
    for (int tries = 0; tries < 60; tries++) {
        const struct heed_item *item = &list->items[draw((uint32_t)list->n_items)];
        if (item->target.kind > HEED_TARGET_BLOCK &&
            (item->kind == HEED_ITEM_RECT || item->kind == HEED_ITEM_HOTSPOT)) {
            const struct heed_rect rect =
                item->kind == HEED_ITEM_RECT ? item->as.rect.rect : item->as.hotspot;
            event.x = rect.x + rect.w / 2;
            event.y = rect.y + rect.h / 2;
            return event;
        }
    }
    event.x = (float)draw(1280);
    event.y = (float)draw(800);
    return event;
}

static struct heed_event random_event(const struct heed_list *list)
{
    static const char *const texts[] = {"a", "it", " ", "bank ", "\xC3\xA9", "."};
    const struct heed_command_info *commands = heed_ui_commands.rows;
    const int n = heed_ui_commands.n;
    switch (draw(10)) {
    case 0:
    case 1:
    case 2:
        return at_item(list, HEED_EVENT_POINTER_MOVE);
    case 3:
    case 4:
    case 5: {
        struct heed_event event = at_item(list, HEED_EVENT_POINTER_DOWN);
        event.button = draw(6) == 0 ? 3 : 1;
        event.mods = draw(8) == 0 ? HEED_MOD_SHIFT : 0;
        return event;
    }
    case 6: {
        const char *text = texts[draw(HEED_COUNT(texts))];
        return (struct heed_event){.kind = HEED_EVENT_TEXT, .text = text, .length = strlen(text)};
    }
    case 7: {
        static const enum heed_key keys[] = {
            HEED_KEY_TAB, HEED_KEY_ENTER, HEED_KEY_ESCAPE, HEED_KEY_LEFT,   HEED_KEY_RIGHT,
            HEED_KEY_UP,  HEED_KEY_DOWN,  HEED_KEY_SPACE,  HEED_KEY_ESCAPE, HEED_KEY_MENU};
        return (struct heed_event){.kind = HEED_EVENT_KEY,
                                   .key = keys[draw(HEED_COUNT(keys))],
                                   .mods = draw(4) == 0 ? HEED_MOD_SHIFT : 0};
    }
    case 8:
        if (draw(3) == 0) {
            struct heed_event event = at_item(list, HEED_EVENT_WHEEL);
            event.wheel_y = draw(2) == 0 ? 2.0f : -2.0f;
            event.mods = draw(3) == 0 ? HEED_MOD_CTRL : 0;
            return event;
        }
        /* fall through */
    default: {
        const struct heed_command_info *info = &commands[draw((uint32_t)n)];
        return (struct heed_event){
            .kind = HEED_EVENT_KEY, .key = info->keys[0].key, .mods = info->keys[0].mods};
    }
    }
}

static void answer(struct scenes *scenes, struct heed_effects *effects)
{
    struct heed_error err = {0};
    if (!effects->encode) {
        return;
    }
    const struct heed_job job = heed_ui_get_job(scenes->ui, ++scenes->generation);
    const struct heed_result *result = NULL;
    if (heed_pipeline_run(scenes->pipeline, &job, (struct heed_pipeline_hints){0}, &result, &err)) {
        forget_time(result);
        heed_ui_set_result(scenes->ui, result);
        heed_result_release(result);
    }
}

static void handle(struct scenes *scenes, struct heed_event event, double time,
                   struct heed_buffer *out)
{
    struct heed_effects effects = {0};
    event.time = time;
    heed_ui_handle(scenes->ui, &event, heed_record_get_metrics(), &effects);
    heed_buffer_printf(out, " %d%d%d", effects.encode, effects.quit,
                       effects.start ? (int)effects.start_kind + 1 : 0);
    if (effects.set_clipboard != NULL) {
        heed_buffer_printf(out, " [%s]", effects.set_clipboard);
    }
    answer(scenes, &effects);
}

static void step(struct scenes *scenes, double time, struct heed_buffer *out)
{
    struct heed_effects effects = {0};
    struct heed_buffer text = {0};
    const struct heed_list *list =
        heed_ui_build(scenes->ui, time, heed_record_get_metrics(), &effects);
    struct heed_event event = random_event(list);
    handle(scenes, event, time + 0.1, out);
    if (event.kind == HEED_EVENT_POINTER_DOWN) {
        event.kind = HEED_EVENT_POINTER_UP;
        handle(scenes, event, time + 0.2, out);
    }
    list = heed_ui_build(scenes->ui, time + 1, heed_record_get_metrics(), &effects);
    answer(scenes, &effects);
    heed_record_write(list, &text);
    heed_buffer_printf(out, " %d %d %d %016llx\n", event.kind, (int)event.key, (int)list->n_items,
                       (unsigned long long)hash(text.data, text.size));
    heed_buffer_finish(&text);
}

static void every_walk(void **context)
{
    (void)context;
    struct scenes scenes;
    scenes_open(&scenes, model);
    for (uint32_t walk = 0; walk < WALKS; walk++) {
        struct heed_buffer out = {0};
        struct heed_effects effects = {0};
        char name[32];
        seed = 77 + walk * 7919;
        const struct scene *scene = &scenes.all[draw((uint32_t)scenes.n)];
        scenes_choose(&scenes, scene);
        forget_time(scenes.result);
        heed_ui_resize(scenes.ui, walk % 2 == 0 ? 1280 : 1024, 800, 1);
        for (int i = 0; i < STEPS; i++) {
            step(&scenes, 10 + 3.0 * i, &out);
        }
        snprintf(name, sizeof name, "walk_%02u", walk);
        keep(name, &out);
        dump(strcat(name, "_end"),
             heed_ui_build(scenes.ui, 1000, heed_record_get_metrics(), &effects));
        heed_buffer_finish(&out);
    }
    scenes_close(&scenes);
}

int main(int argc, char **argv)
{
    if (argc != 3) {
        fprintf(stderr, "usage: dump_scenes MODEL FOLDER\n");
        return 2;
    }
    model = argv[1];
    folder = argv[2];
    mkdir(folder, 0777);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_scene),
        cmocka_unit_test(every_walk),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
