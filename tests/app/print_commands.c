/* Every command as a line of JSON, for commands_test.py: its name as in help
 * and palette, its keys, and whether it is in the table at all. Ends with 1 if
 * a command is neither in the table nor among those that are known to be given
 * in other ways. */
#include <stdio.h>
#include <string.h>

#include "base/buffer.h"
#include "base/compiler.h"
#include "state/commands.h"
#include "state/event.h"
#include "ui/commands.h"

/* Not in the table: what gives them instead. */
static const struct {
    enum heed_command command;
    const char *name;
} others[] = {
    {HEED_COMMAND_PIN, "pin: Enter, or the menu of what is focused"},
    {HEED_COMMAND_ACCEPT, "accept: Enter in a question"},
    {HEED_COMMAND_MODEL_ROW, "model's row: the arrows in the chooser"},
    {HEED_COMMAND_MODEL_OPEN, "model: Enter in the chooser"},
    {HEED_COMMAND_MODEL_STOP, "model's opening: Esc"},
    {HEED_COMMAND_CLOSE_MESSAGE, "close message: any key"},
    {HEED_COMMAND_LESSON, "lesson: Enter on a card"},
    {HEED_COMMAND_LESSON_STEP, "lesson's step: a row of the teacher's window"},
    {HEED_COMMAND_LESSON_FIRST, "lesson's first: Home"},
    {HEED_COMMAND_LESSON_LAST, "lesson's last: End"},
    {HEED_COMMAND_LESSON_VOTE, "lesson's vote: 1 to 4"},
    {HEED_COMMAND_PROBE_OPEN, "probe's sentence: Enter on it in the panel"},
    {HEED_COMMAND_PROBE_RELATION, "probe's relation: a row of the panel"},
    {HEED_COMMAND_PART, "part: a segment of the tab row"},
    {HEED_COMMAND_FACTOR, "factor: a row of the menu of factors"},
    {HEED_COMMAND_EXPORT_SET, "export panel: its controls"},
    {HEED_COMMAND_EXPORT_SAVE, "export panel: Enter in its fields"},
    {HEED_COMMAND_EXPORT_FOLDER, "export panel: Open folder"},
    {HEED_COMMAND_PATH_ROW, "path: a row of the list"},
    {HEED_COMMAND_BROWSE, "path: Browse"},
    {HEED_COMMAND_OPEN_ANYWAY, "open anyway: a row of the question"},
    {HEED_COMMAND_TRY, "try: a row of the first start's card"},
    {HEED_COMMAND_PUT_BACK, "put back: a row of the menu of what is off"},
};

static bool is_in_table(enum heed_command command)
{
    const struct heed_command_info *table = heed_ui_commands.rows;
    const int n = heed_ui_commands.n;
    for (int i = 0; i < n; i++) {
        if (table[i].command == command) {
            return true;
        }
    }
    return false;
}

static void put_keys(struct heed_buffer *out, const struct heed_command_info *info)
{
    heed_buffer_puts(out, "[");
    for (int k = 0; k < HEED_COMMAND_KEYS && info->keys[k].key != HEED_KEY_NONE; k++) {
        char text[64];
        struct heed_command_info one = *info;
        one.keys[0] = info->keys[k];
        heed_command_key_text(&one, text, sizeof text);
        heed_buffer_puts(out, k > 0 ? ", " : "");
        heed_buffer_put_json(out, text, strlen(text));
    }
    heed_buffer_puts(out, "]");
}

static void put_command(struct heed_buffer *out, const struct heed_command_info *info)
{
    const char *group = info->group != NULL ? info->group : "";
    heed_buffer_puts(out, "{\"name\": ");
    heed_buffer_put_json(out, info->name, strlen(info->name));
    heed_buffer_puts(out, ", \"group\": ");
    heed_buffer_put_json(out, group, strlen(group));
    heed_buffer_puts(out, ", \"keys\": ");
    put_keys(out, info);
    heed_buffer_printf(out, ", \"in_table\": %s}\n", info->group != NULL ? "true" : "false");
}

static bool is_known(enum heed_command command)
{
    for (size_t i = 0; i < HEED_COUNT(others); i++) {
        if (others[i].command == command) {
            return true;
        }
    }
    return is_in_table(command);
}

int main(void)
{
    struct heed_buffer out = {0};
    int status = 0;
    const struct heed_command_info *table = heed_ui_commands.rows;
    const int n = heed_ui_commands.n;
    for (int i = 0; i < n; i++) {
        put_command(&out, &table[i]);
    }
    for (size_t i = 0; i < HEED_COUNT(others); i++) {
        if (!is_in_table(others[i].command)) {
            put_command(&out, &(struct heed_command_info){.name = others[i].name});
        }
    }
    for (int c = HEED_COMMAND_NONE + 1; c < HEED_N_COMMANDS; c++) {
        if (!is_known((enum heed_command)c)) {
            fprintf(stderr, "command %d of state/commands.h is in no table\n", c);
            status = 1;
        }
    }
    fwrite(out.data, 1, out.size, stdout);
    heed_buffer_finish(&out);
    return status;
}
