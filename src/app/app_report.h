/*
 * What a report of a problem needs: version, system, model, kernels, graphics. Main thread;
 * the weights are read for their SHA-256 on one of its own.
 */
#ifndef HEED_APP_APP_REPORT_H
#define HEED_APP_APP_REPORT_H

struct heed_app;

/* To the clipboard, as soon as it is whole; says so in the window. */
void heed_app_copy_report(struct heed_app *app);
/* After a wake. */
void heed_app_take_report(struct heed_app *app);
/* Waits for the thread, if there is one. */
void heed_app_end_report(struct heed_app *app);

#endif
