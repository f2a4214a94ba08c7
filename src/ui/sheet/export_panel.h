/*
 * The export panel: what its controls and fields do. It lies beside the picture, which
 * stays alive: what is pinned there is seen in the preview. Inside the ui and for app/,
 * which lays the preview out and writes. One thread.
 */
#ifndef HEED_UI_SHEET_EXPORT_PANEL_H
#define HEED_UI_SHEET_EXPORT_PANEL_H

#include "ui/window/window.h"

/* The choice for what is on screen; to be written to by HEED_COMMAND_EXPORT_SET alone. */
struct heed_export_choice *heed_ui_export_choice(struct heed_ui *ui);
/* It could be written now: it fits, or is a table that has no size. */
bool heed_ui_export_can(struct heed_ui *ui);
/* The panel is seen, and not only open: a lesson that asks hides it. */
bool heed_ui_export_is_seen(const struct heed_ui *ui);

/* --- commands --- */
void heed_ui_open_export(struct heed_ui *ui, int32_t argument); /* 1: closes it */
void heed_ui_set_export(struct heed_ui *ui, int32_t argument);
void heed_ui_save_export(struct heed_ui *ui, int32_t argument);
void heed_ui_copy_export(struct heed_ui *ui, int32_t argument);
void heed_ui_open_export_folder(struct heed_ui *ui, int32_t argument);
/* BROWSE; 1: for the panel's folder. */
void heed_ui_browse(struct heed_ui *ui, int32_t argument);
/* The chooser of that is given up; false: there is none. */
bool heed_ui_leave_browsing(struct heed_ui *ui);

/* --- its fields --- */
static inline bool heed_ui_is_export_field(int field)
{
    return field >= HEED_UI_FIELD_EXPORT && field < HEED_UI_FIELD_NONE;
}
void heed_ui_export_typed(struct heed_ui *ui, int field);
/* Tab takes what completes the folder; false if there is nothing. */
bool heed_ui_export_complete(struct heed_ui *ui);
void heed_ui_export_wheel(struct heed_ui *ui, float by_x, float by_y);

/* --- for app/ --- */
/* Once, before anything is shown: what the settings keep. folder: where the next file
 * goes, "~" allowed. */
void heed_ui_begin_export(struct heed_ui *ui, const struct heed_export_choice *choices,
                          const char *folder);
/* The families that type may be of; borrowed. */
void heed_ui_show_families(struct heed_ui *ui, const char *const *families, int n);
/* The inverse, for the settings. */
void heed_ui_take_export(const struct heed_ui *ui, struct heed_export_choice *choices, char *folder,
                         size_t size);
const char *heed_ui_export_get_folder(const struct heed_ui *ui);
/* Folder and name as a path, "~" as it was typed; "" if there is no name. */
void heed_ui_export_path(struct heed_ui *ui, char path[HEED_EXPORT_PATH]);
/* The picture as it would be; borrowed until the next call. */
void heed_ui_show_export(struct heed_ui *ui, const struct heed_export_shown *shown);
/* What is known of the path: whether it is a file, and what completes the folder. */
void heed_ui_show_export_path(struct heed_ui *ui, bool is_there, const char *rest);
/* The export in hand would replace a file: asks, and comes again if that is wanted. */
void heed_ui_ask_replace(struct heed_ui *ui);
/* The last export worked (problem NULL), or why it didn't. */
void heed_ui_end_export(struct heed_ui *ui, const char *problem);

#endif
