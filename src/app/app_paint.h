/*
 * The window's picture, where it has changed. Main thread.
 */
#ifndef HEED_APP_APP_PAINT_H
#define HEED_APP_APP_PAINT_H

struct heed_app;

void heed_app_paint(struct heed_app *app);

#endif
