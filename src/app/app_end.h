/*
 * How the window ends when it can't end by itself: asked to by a signal or a key
 * while something holds it up, or by a display that is gone. Main thread.
 */
#ifndef HEED_APP_APP_END_H
#define HEED_APP_APP_END_H

struct heed_app;

/* After SDL has taken the signals: each that asks to end begins the time until
 * heed ends for sure. */
void heed_end_watch(void);
/* It begins now. */
void heed_end_begin(void);
/* From now on a display that dies saves app's state first; NULL: nothing. */
void heed_end_save_from(struct heed_app *app);

#endif
