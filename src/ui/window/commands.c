#include "ui/window/commands.h"

#include <stdio.h>

const struct heed_command_info *heed_commands_get_info(const struct heed_command_table *table,
                                                       enum heed_command command, int32_t argument)
{
    for (int i = 0; i < table->n; i++) {
        if (table->rows[i].command == command && table->rows[i].argument == argument) {
            return &table->rows[i];
        }
    }
    return NULL;
}

static bool has_key(const struct heed_command_info *row, enum heed_key key, int mods,
                    bool in_text_field)
{
    for (int k = 0; k < HEED_COMMAND_KEYS; k++) {
        const struct heed_command_key *it = &row->keys[k];
        if (it->key == key && it->mods == mods && !(it->bare && in_text_field)) {
            return true;
        }
    }
    return false;
}

/* What is only of this state goes first. */
static const struct heed_command_info *find_exact(const struct heed_command_table *table,
                                                  const struct heed_state *state, enum heed_key key,
                                                  int mods, bool in_text_field)
{
    const struct heed_command_info *found = NULL;
    for (int i = 0; i < table->n; i++) {
        const struct heed_command_info *row = &table->rows[i];
        if ((row->only == NULL ? found != NULL : !row->only(state)) ||
            !has_key(row, key, mods, in_text_field)) {
            continue;
        }
        if (row->only != NULL) {
            return row;
        }
        found = row;
    }
    return found;
}

/* Signs may lie on a shifted key: there Shift alone makes no other chord. */
static bool is_sign(enum heed_key key)
{
    return key > ' ' && key < 127 && !(key >= 'A' && key <= 'Z') && !(key >= '0' && key <= '9');
}

const struct heed_command_info *heed_commands_find(const struct heed_command_table *table,
                                                   const struct heed_state *state,
                                                   const struct heed_event *event,
                                                   bool in_text_field)
{
    if (event->kind != HEED_EVENT_KEY || event->key == HEED_KEY_NONE) {
        return NULL;
    }
    const struct heed_command_info *found =
        find_exact(table, state, event->key, event->mods, in_text_field);
    if (found == NULL && is_sign(event->key)) {
        found = find_exact(table, state, event->key, event->mods & ~HEED_MOD_SHIFT, in_text_field);
    }
    return found;
}

static void key_name(enum heed_key key, char *text, size_t size)
{
    static const char *const names[] = {
        "Left",      "Right",  "Up",     "Down",  "Home", "End", "PageUp", "PageDown",
        "Backspace", "Delete", "Insert", "Enter", "Tab",  "Esc", "Space",  "Menu",
    };
    if (key >= HEED_KEY_F1) {
        snprintf(text, size, "F%d", (int)key - HEED_KEY_F1 + 1);
    } else if (key >= HEED_KEY_LEFT) {
        snprintf(text, size, "%s", names[key - HEED_KEY_LEFT]);
    } else {
        snprintf(text, size, "%c", (char)key);
    }
}

void heed_command_key_text(const struct heed_command_info *info, char *text, size_t size)
{
    const struct heed_command_key *key = &info->keys[0];
    char name[16];
    text[0] = '\0';
    if (key->key == HEED_KEY_NONE) {
        return;
    }
    key_name(key->key, name, sizeof(name));
    snprintf(text, size, "%s%s%s%s%s", (key->mods & HEED_MOD_CTRL) != 0 ? "Ctrl+" : "",
             (key->mods & HEED_MOD_ALT) != 0 ? "Alt+" : "",
             (key->mods & HEED_MOD_SHIFT) != 0 ? "Shift+" : "",
             (key->mods & HEED_MOD_SUPER) != 0 ? "Super+" : "", name);
}
