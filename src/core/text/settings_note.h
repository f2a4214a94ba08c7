/*
 * Where a tokenizer.json and the class that tokenizer_config.json names have different
 * rules, of which the class's hold. For core/text/settings.c only.
 */
#ifndef HEED_CORE_TEXT_SETTINGS_NOTE_H
#define HEED_CORE_TEXT_SETTINGS_NOTE_H

#include <stddef.h>

#include <cjson/cJSON.h>

/* One line that names what differs, cut to size; "": nothing that is known to matter. */
void heed_settings_note(const cJSON *tokenizer, const cJSON *rules, char *note, size_t size);

#endif
