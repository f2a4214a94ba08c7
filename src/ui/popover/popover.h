/*
 * Popovers: what they offer. Their keys and choices are keys.h's; what a choice means is
 * the ui's. One thread.
 */
#ifndef HEED_UI_POPOVER_POPOVER_H
#define HEED_UI_POPOVER_POPOVER_H

#include "ui/window/window.h"

enum { HEED_POPOVER_ROW = 32 /* logical px */ };

/* Rows of a menu that is being opened; labels that only it needs. */
void heed_popover_add(struct heed_popover *popover, struct heed_popover_row row);
void heed_popover_add_title(struct heed_popover *popover, const char *label);
void heed_popover_add_choice(struct heed_popover *popover, enum heed_command command,
                             int32_t argument, const char *label, bool chosen);
const char *heed_popover_label(struct heed_popover *popover, const char *format, ...)
    HEED_PRINTF(2, 3);
/* Runs a row's command; the popover is closed already. */
void heed_popover_run(struct heed_ui *ui, enum heed_command from, enum heed_command command,
                      int32_t argument);
/* Another kind takes the place of what is open. */
void heed_popover_begin(struct heed_ui *ui, enum heed_popover_kind kind, enum heed_command command);
/* A menu of the command below the anchor; fill adds its rows. */
void heed_popover_open_menu(struct heed_ui *ui, enum heed_command command, struct heed_rect anchor,
                            void (*fill)(struct heed_ui *ui));
void heed_popover_open_help(struct heed_ui *ui);
void heed_popover_open_about(struct heed_ui *ui);
void heed_popover_open_glossary(struct heed_ui *ui);
void heed_popover_open_find(struct heed_ui *ui);
void heed_popover_open_examples(struct heed_ui *ui);
void heed_popover_open_search(struct heed_ui *ui);
/* For what was typed to find a command. */
void heed_popover_search_for(struct heed_ui *ui);
/* The rows that what is typed leaves. */
void heed_popover_fill_find(struct heed_ui *ui);
void heed_popover_fill_examples(struct heed_ui *ui);
struct heed_text_style heed_popover_field_style(const struct heed_ui *ui);

#endif
