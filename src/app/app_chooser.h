/*
 * The desktop's own chooser of files: xdg-desktop-portal's by the session's bus, else zenity
 * or kdialog. The window goes on meanwhile. Main
 * thread.
 */
#ifndef HEED_APP_APP_CHOOSER_H
#define HEED_APP_APP_CHOOSER_H

struct heed_app;
struct heed_chooser;

/* For the path that is asked for; where it can't be had, the question says why. */
void heed_chooser_open(struct heed_app *app);
/* Before a list is built: a chooser whose question was left is closed. */
void heed_chooser_follow(struct heed_app *app);
/* A path that was chosen, to be freed; NULL: none was. */
char *heed_chooser_take(struct heed_app *app);
void heed_chooser_close(struct heed_app *app); /* harmless without one */

#endif
