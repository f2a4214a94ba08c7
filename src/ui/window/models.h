/* What the window knows of the models on this machine, and of the one that is being opened.
 * Inside ui only; one thread. */
#ifndef HEED_UI_WINDOW_MODELS_H
#define HEED_UI_WINDOW_MODELS_H

#include <limits.h>
#include <stdbool.h>

#include "core/engine/catalog.h"
#include "core/engine/loader.h"

struct heed_ui_models {
    const struct heed_catalog *all;    /* borrowed; NULL: nobody has looked yet */
    const struct heed_catalog *inside; /* likewise, of the folder that is typed */
    int rows[HEED_MOST_MODELS];        /* those of it that are listed, by their place in it */
    int n;
    bool is_path;                 /* what is typed is one */
    struct heed_folder_id open;   /* the folder of the model that is open */
    struct heed_folder_id second; /* of Compare's B, where that is another */
    bool is_spoilt;               /* its files, or B's, aren't those any more */
    bool for_b;                   /* the chooser is of that one's */
    bool loading_b;               /* so is what is being opened */
    char chosen[PATH_MAX];        /* the folder of the row in hand */
    char loading[PATH_MAX];       /* its folder; empty: none is */
    char loading_name[64];
    char said[96]; /* of it in the status bar */
    struct heed_load_progress progress;
    double since;          /* s; when as many as .. */
    int n_since;           /* .. were ready, the first that were told of; 0: none was */
    char failed[PATH_MAX]; /* the last that couldn't be opened, and why */
    char why[512];
};

#endif
