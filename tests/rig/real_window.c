#include "real_window.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/file.h"
#include "session/probes.h"
#include "ui/actions/lesson.h"
#include "ui/actions/probe.h"
#include "ui/actions/tasks.h"
#include "ui/popover/examples.h"
#include "ui/ui.h"
#include "ui/window/document.h"

struct real_window real;

const struct heed_metrics *real_metrics(void)
{
    return heed_pango_get_metrics(real.pango);
}

static void build(void)
{
    real.list = heed_ui_build(real.ui, real.time, real_metrics(), &(struct heed_effects){0});
}

void real_answer(void)
{
    struct heed_error err = {0};
    const struct heed_job job = heed_ui_get_job(real.ui, ++real.generation);
    const struct heed_pipeline_hints hints = {.previous = real.ui->result};
    const struct heed_result *result = NULL;
    if (!heed_pipeline_run(real.pipeline, &job, hints, &result, &err)) {
        fail_msg("%s", err.text);
    }
    heed_ui_set_result(real.ui, result);
    heed_result_release(result);
}

/* With what comes after a picture, if that is asked for while one is built. */
void real_build(void)
{
    build();
    if (real.ui->later != 0) {
        real_answer();
        build();
    }
}

static void run_task(enum heed_task_kind kind, uint64_t id)
{
    struct heed_probe_source source = {0};
    struct heed_filter filter;
    struct heed_error err = {0};
    struct heed_task *task = NULL;
    if (kind == HEED_TASK_PROBE) {
        heed_ui_get_probe(real.ui, &source, &filter);
        task = heed_probe_task_create(id, &source, &filter);
    } else if (!heed_ablation_task_create(&task, heed_ui_get_ablation(real.ui, id), &err)) {
        fail_msg("%s", err.text);
    }
    assert_non_null(task);
    if (!heed_task_run(task, real.pipeline, NULL, NULL, &err)) {
        fail_msg("%s", err.text);
    }
    heed_ui_set_task(real.ui, task);
    heed_task_release(task);
}

void real_send(struct heed_event event)
{
    real.time += 0.05;
    event.time = real.time;
    heed_ui_handle(real.ui, &event, real_metrics(), &real.effects);
    const struct heed_effects effects = real.effects;
    if (effects.encode) {
        real_answer();
    }
    if (effects.start) {
        run_task(effects.start_kind, effects.start_id);
    }
    real_build();
}

void real_press(int key, int mods)
{
    real_send((struct heed_event){
        .kind = HEED_EVENT_KEY, .key = (enum heed_key)key, .mods = (uint8_t)mods});
}

void real_set_state(const struct heed_state *state)
{
    assert_true(heed_ui_set_state(real.ui, state, true, NULL));
    real_answer();
    real_build();
}

void real_take_picture(const char *folder, const char *name)
{
    struct heed_buffer out = {0};
    struct heed_error err = {0};
    char path[600];
    snprintf(path, sizeof(path), "%s/%s.png", folder, name);
    if (!heed_cairo_write_png(real.pango, real.list, NULL, 1, &out, &err) ||
        !heed_file_write(path, out.data, out.size, &err)) {
        fail_msg("%s", err.text);
    }
    heed_buffer_finish(&out);
}

void real_begin(void)
{
    int n = 0;
    const struct heed_probe_file *files = heed_probes_get(&n);
    heed_ui_destroy(real.ui);
    assert_true(heed_ui_create(&real.ui, NULL));
    heed_ui_set_probes(real.ui, files, n);
    heed_ui_set_lessons(real.ui, real.lessons.items, real.lessons.n);
    heed_ui_set_examples(real.ui, real.examples.items, real.examples.n);
    heed_ui_set_model(real.ui, heed_pipeline_get_model(real.pipeline),
                      heed_pipeline_get_tokenizer(real.pipeline));
    real.time = 100;
}

int real_open(void **context)
{
    struct heed_error err = {0};
    (void)context;
    const struct heed_encoder_options options = {.n_threads = 1};
    if (!heed_pipeline_open(&real.pipeline, getenv("HEED_TEST_MODEL"), options, &err) ||
        !heed_pango_create(&real.pango, &err) || !heed_lessons_load(&real.lessons, &err) ||
        !heed_examples_load(&real.examples, &err)) {
        fprintf(stderr, "%s\n", err.text);
        return -1;
    }
    real_begin();
    real_answer();
    real_build();
    return 0;
}

int real_close(void **context)
{
    (void)context;
    heed_ui_destroy(real.ui);
    heed_lessons_finish(&real.lessons);
    heed_examples_finish(&real.examples);
    heed_pango_destroy(real.pango);
    heed_pipeline_close(real.pipeline);
    return 0;
}
