/* The chooser of models: what it lists, and what is done there. One thread. */
#ifndef HEED_UI_POPOVER_MODELS_H
#define HEED_UI_POPOVER_MODELS_H

#include "ui/window/window.h"

/* What was found so far; NULL: nothing. inside: of the folder that is typed. Borrowed until
 * the next call. */
void heed_ui_set_catalogs(struct heed_ui *ui, const struct heed_catalog *all,
                          const struct heed_catalog *inside);
/* How far the model is that is being opened. */
void heed_ui_set_load(struct heed_ui *ui, struct heed_load_progress progress);
/* It is open: the state's from now on, as one step of the history. */
void heed_ui_take_model(struct heed_ui *ui, const char *folder);
/* It isn't: the one before stays. */
void heed_ui_fail_load(struct heed_ui *ui, const char *folder, const char *why);
/* Asks for it, as if it had been chosen. */
void heed_ui_load_model(struct heed_ui *ui, const char *folder, const char *name);
/* False if none is being opened. */
bool heed_ui_cancel_load(struct heed_ui *ui);

/* What is typed is another: the list follows. */
void heed_models_text_changed(struct heed_ui *ui);
/* "opening roberta-base 62 %"; NULL: nothing is being opened. */
const char *heed_models_say_loading(struct heed_ui *ui);
/* for_b: of the model of Compare's B. */
void heed_popover_open_models(struct heed_ui *ui, bool for_b);
/* B's model is A's again, as one step of the history. */
void heed_models_same(struct heed_ui *ui);
/* It is that of B, and not A's. */
bool heed_models_is_second(const struct heed_ui *ui, const struct heed_model_facts *facts);
/* The list of what is there, and what of it the field's text leaves. */
const struct heed_catalog *heed_models_listed(const struct heed_ui *ui);
void heed_models_fill(struct heed_ui *ui);
/* The row in hand; NULL: none. */
const struct heed_model_facts *heed_models_chosen(const struct heed_ui *ui);
bool heed_models_is_open(const struct heed_ui *ui, const struct heed_model_facts *facts);
/* Why it can't be opened now, as B's or as A's; NULL: it can. */
const char *heed_models_problem(const struct heed_ui *ui, const struct heed_model_facts *facts,
                                bool as_b);
void heed_models_step(struct heed_ui *ui, int by);
/* Tab: the row's folder into the field, if a path is typed. */
bool heed_models_complete(struct heed_ui *ui);
/* A click on a row: takes it in hand; on that one: opens it. */
void heed_models_click(struct heed_ui *ui, int32_t row);
/* Opens the row in hand, as the chooser's or as B's; one that couldn't be read, too: its files may
 * be others by now. */
void heed_models_accept(struct heed_ui *ui, bool as_b);
/* Opens the folder whose path is typed, whatever is listed. */
void heed_models_load_typed(struct heed_ui *ui);

#endif
