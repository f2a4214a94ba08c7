/* Every command that a person can give; ui/commands.c has what each is. */
#ifndef HEED_STATE_COMMANDS_H
#define HEED_STATE_COMMANDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum heed_command {
    HEED_COMMAND_NONE,
    HEED_COMMAND_VIEW,        /* argument: enum heed_view */
    HEED_COMMAND_PANEL,       /* argument: enum heed_panel; opens or closes it */
    HEED_COMMAND_RUN,         /* 0: the open panel's work, else that of enum heed_task_kind + 1 */
    HEED_COMMAND_CANCEL,      /* the long work that runs */
    HEED_COMMAND_ABLATION_BY, /* argument: enum heed_ablation_by */
    HEED_COMMAND_PROBE_FILE,  /* 0: opens the menu; i + 1: the i-th carried file */
    HEED_COMMAND_PROBE_OPEN,  /* argument: sentence (or word of a relation) + 1; not in the table */
    HEED_COMMAND_UNDO,
    HEED_COMMAND_REDO,
    HEED_COMMAND_OPEN, /* a session, text or attention file, by path prompt; 1: Compare's second */
    HEED_COMMAND_SAVE,
    HEED_COMMAND_EXPORT,       /* 0: opens the panel for it; 1: closes it */
    HEED_COMMAND_PAIR,         /* adds or removes the second text */
    HEED_COMMAND_SWAP,         /* Compare: A becomes B and B becomes A */
    HEED_COMMAND_COPY_A,       /* Compare: B becomes a copy of A */
    HEED_COMMAND_COMPARE_MAP,  /* 0: the maps or the hidden states; enum heed_compare_map + 1 */
    HEED_COMMAND_COMPARE_RANK, /* 0: opens the menu; enum heed_compare_rank + 1 */
    HEED_COMMAND_COMPARE_TAB,  /* 0: the next; 1: the maps, 2: the heads, 3: the states */
    HEED_COMMAND_FOCUS_SECOND, /* the second text field */
    HEED_COMMAND_THEME,        /* 0: next theme; id + 1: that one */
    HEED_COMMAND_PALETTE,      /* 0: opens the menu; id + 1: that one */
    HEED_COMMAND_PROJECTOR,    /* only the picture, large, with a caption */
    HEED_COMMAND_SCALE_UP,
    HEED_COMMAND_SCALE_DOWN,
    HEED_COMMAND_SCALE_RESET,
    HEED_COMMAND_HIDE_SPECIAL,
    HEED_COMMAND_HIDE_PUNCTUATION,
    HEED_COMMAND_RENORMALISE,
    HEED_COMMAND_WORDS,
    HEED_COMMAND_AGGREGATE, /* average the shown heads */
    HEED_COMMAND_MEASURE,   /* argument: enum heed_measure */
    HEED_COMMAND_SEGMENTS,  /* argument: enum heed_segments */
    HEED_COMMAND_THRESHOLD_UP,
    HEED_COMMAND_THRESHOLD_DOWN,
    HEED_COMMAND_TOP_P_UP,
    HEED_COMMAND_TOP_P_DOWN,
    HEED_COMMAND_TOP_K, /* argument: so many of each row; 0: all */
    HEED_COMMAND_TOP_K_UP,
    HEED_COMMAND_TOP_K_DOWN,
    HEED_COMMAND_NO_THRESHOLD, /* 0 */
    HEED_COMMAND_KEEP_ALL,     /* the top share: all */
    HEED_COMMAND_PROVISOS,     /* what is applied, as a menu to undo it */
    HEED_COMMAND_RESET_FILTERS,
    HEED_COMMAND_COLOR_BY, /* 0: opens the menu; enum + 1: that one */
    HEED_COMMAND_LAYER_UP, /* the shown heads one layer up the head map
                              (a smaller number), or down it */
    HEED_COMMAND_LAYER_DOWN,
    HEED_COMMAND_HEAD_PREVIOUS, /* Matrix: the shown head before, or after */
    HEED_COMMAND_HEAD_NEXT,
    HEED_COMMAND_NEURON_SORT,   /* Neuron: keys by weight, or in order */
    HEED_COMMAND_NEURON_VALUES, /* Neuron: values, or queries and keys */
    HEED_COMMAND_STACK_PAGE,    /* argument: heed_state's stack_page */
    HEED_COMMAND_SHOW_ALL,      /* argument: 0 every head of the layer in hand,
                                   else of layer argument - 1 */
    HEED_COMMAND_SHOW_NONE,
    HEED_COMMAND_HEADS_MODE,  /* Heads: heatmaps or links */
    HEED_COMMAND_HEADS_ORDER, /* 0: opens the menu; enum heed_heads_order + 1:
                                 that one */
    HEED_COMMAND_HEADS_BANDS, /* a measure's order in bands */
    HEED_COMMAND_OPEN_HEAD,   /* only the head in hand, in Matrix */
    HEED_COMMAND_ISOLATE,     /* argument: 0 only the focused or hovered head,
                                 else as of HEED_COMMAND_TOGGLE_HEAD */
    HEED_COMMAND_MUTE,        /* the head's output becomes zero, or is again;
                                 argument as of HEED_COMMAND_TOGGLE_HEAD */
    HEED_COMMAND_SCALE_HEAD,  /* its factor, as a menu; argument likewise */
    HEED_COMMAND_FACTOR,      /* index + 1 in that menu; not in the table */
    HEED_COMMAND_FACTOR_DOWN, /* the next smaller or larger factor of the head
                                 in hand */
    HEED_COMMAND_FACTOR_UP,
    HEED_COMMAND_CUT, /* the link of the pair in hand, or puts it back;
                         argument: 0 in the head in hand, or the shown
                         ones; HEED_CUT_*; else in that head, as of
                         HEED_COMMAND_TOGGLE_HEAD */
    /* Of the whole encoder: argument: enum heed_mask_kind | width << 8, width
     * 0: the present or usual one */
    HEED_COMMAND_MASK,
    HEED_COMMAND_MASK_NARROWER, /* the window or the stride by one */
    HEED_COMMAND_MASK_WIDER,
    HEED_COMMAND_POSITIONS, /* argument: enum heed_positions */
    HEED_COMMAND_ATTENTION, /* argument: enum heed_attention_kind */
    HEED_COMMAND_MUTE_MENU, /* the shown heads, as a menu to mute one */
    HEED_COMMAND_CUT_MENU,  /* where to cut the pinned link, as a menu */
    HEED_COMMAND_OFF,       /* what is off, as a menu to put it back */
    HEED_COMMAND_PUT_BACK,  /* index + 1 of heed_state_get_off; not in the
                               table */
    HEED_COMMAND_UNMUTE,    /* all heads and links are on again */
    HEED_COMMAND_UNPIN,     /* Esc: one step back */
    HEED_COMMAND_INSPECTOR, /* opens or closes it where it is a drawer */
    HEED_COMMAND_RAIL,      /* likewise the rail, where it folds */
    HEED_COMMAND_VIEW_MENU, /* measure, words and segments as one menu */
    HEED_COMMAND_FILTERS,   /* folds or unfolds the filters */
    HEED_COMMAND_FOCUS_TEXT,
    HEED_COMMAND_ZOOM_IN,
    HEED_COMMAND_ZOOM_OUT,
    HEED_COMMAND_ZOOM_RESET,
    HEED_COMMAND_SEARCH,    /* Ctrl+F: a token of the text */
    HEED_COMMAND_LINK_NEXT, /* pins the query's next link, strongest first */
    HEED_COMMAND_LINK_PREVIOUS,
    HEED_COMMAND_QUERY_NEXT, /* likewise the queries that attend to the key */
    HEED_COMMAND_QUERY_PREVIOUS,
    HEED_COMMAND_COPY_VALUE,
    HEED_COMMAND_COPY_ROW,  /* a query's row, or a key's column, as CSV */
    HEED_COMMAND_RANK,      /* all heads for the pair in hand */
    HEED_COMMAND_CONTEXT,   /* the menu of what is focused */
    HEED_COMMAND_CANDIDATE, /* marks the word in hand as one, or unmarks it */
    HEED_COMMAND_NO_CANDIDATES,
    HEED_COMMAND_RANK_ALL,    /* all rows of a ranking (enum heed_ranking), or its top */
    HEED_COMMAND_PIN,         /* what is in hand; not in the table */
    HEED_COMMAND_TOGGLE_HEAD, /* argument: 0 the head in hand, else
                                 (layer << 16 | head) + 1, as below */
    HEED_COMMAND_HELP,        /* F1 */
    HEED_COMMAND_ABOUT,
    HEED_COMMAND_FIND, /* Ctrl+K */
    HEED_COMMAND_CLOSE_MESSAGE,
    HEED_COMMAND_LESSONS, /* opens or closes the page of cards */
    HEED_COMMAND_LESSON,  /* argument: index + 1; goes on where one stopped */
    HEED_COMMAND_LESSON_NEXT,
    HEED_COMMAND_LESSON_BACK,
    HEED_COMMAND_LESSON_FIRST,
    HEED_COMMAND_LESSON_LAST,
    HEED_COMMAND_LESSON_VOTE,     /* argument: 1 to 4; below 0: takes one away; 0: all */
    HEED_COMMAND_LESSON_COUNTS,   /* shows or hides the votes until the answer */
    HEED_COMMAND_LESSON_SENTENCE, /* the step's own text again */
    HEED_COMMAND_LESSON_LEAVE,    /* back to what was before */
    HEED_COMMAND_EXAMPLES,        /* 0: opens the list; index + 1: that one */
    HEED_COMMAND_HINT,            /* the first start's: what to try */
    HEED_COMMAND_CLOSE_NOTE,      /* it, or what to look at in an example */
    HEED_COMMAND_QUIT,
    HEED_COMMAND_ACCEPT,      /* a popover's button; not in the table */
    HEED_COMMAND_NEURON_NEXT, /* Neuron in steps: the next one, or the one before */
    HEED_COMMAND_NEURON_BACK,
    HEED_COMMAND_NEURON_STEP,   /* argument: enum heed_neuron_step */
    HEED_COMMAND_COPY_SUMS,     /* Neuron: the row's numbers; 0 as text, 1 as LaTeX */
    HEED_COMMAND_CLOSE_FILE,    /* an attention file: the text again */
    HEED_COMMAND_PART,          /* argument: enum heed_part_kind */
    HEED_COMMAND_PART_PREVIOUS, /* of those that the file has */
    HEED_COMMAND_PART_NEXT,
    HEED_COMMAND_PROBE_GROUP,    /* 0: opens the menu; 1: all; g + 2 */
    HEED_COMMAND_PROBE_KEEP,     /* 0: the next; enum heed_probe_kept + 1 */
    HEED_COMMAND_PROBE_RELATION, /* argument: of the run's related + 1; not in the table */
    HEED_COMMAND_FULLSCREEN,     /* the window fills the screen, or not */
    HEED_COMMAND_ZOOM_PAIR,      /* the pinned pair large, or all again */
    HEED_COMMAND_BLANK,          /* projected: argument: enum heed_blank */
    HEED_COMMAND_PAGE_NEXT,      /* projected: the next step, layer or page, or the one before */
    HEED_COMMAND_PAGE_BACK,
    HEED_COMMAND_LESSON_ADD,    /* what is on screen, as a step; argument: 1: of a new lesson */
    HEED_COMMAND_EXPORT_SET,    /* the export panel: argument: of heed_export_control */
    HEED_COMMAND_EXPORT_SAVE,   /* 0: asks before a file is replaced; 1: doesn't */
    HEED_COMMAND_EXPORT_COPY,   /* 0: the picture, 1: the command, 2: its data, 3: its caption,
                                   4: it in words */
    HEED_COMMAND_EXPORT_FOLDER, /* opens the folder of the file that was saved */
    HEED_COMMAND_COMPARE_MOST,  /* the three heads that change most */
    HEED_COMMAND_MODELS,        /* the chooser of models */
    HEED_COMMAND_MODEL_ROW,     /* argument: row + 1 of it; not in the table */
    HEED_COMMAND_MODEL_OPEN,    /* the row in hand; not in the table */
    HEED_COMMAND_MODEL_STOP,    /* the one that is being opened; not in the table */
    HEED_COMMAND_TWIN,          /* Compare with B = A, the word in hand selected in it */
    HEED_COMMAND_PATH_ROW,      /* argument: row + 1 of the list below a path's field */
    HEED_COMMAND_OPEN_ANYWAY,   /* 1: without saving what is open; 2: after saving it */
    HEED_COMMAND_GLOSSARY,      /* the help's page of words */
    HEED_COMMAND_RESET,         /* as at the first start */
    HEED_COMMAND_TRY,           /* argument: 1 to 3, of the first start's card */
    HEED_COMMAND_PATCH_LISTS,   /* a file's patches in lists, or in its picture */
    HEED_COMMAND_SETTINGS,      /* their page */
    HEED_COMMAND_MOTION,        /* 0: the other; 1: as the desktop, 2: none */
    HEED_COMMAND_FIELD,         /* argument: enum heed_field_act, in the text field in hand */
    HEED_COMMAND_REPORT,        /* what a report of a problem needs, to the clipboard */
    HEED_COMMAND_SENTENCES,     /* 0: the list below the text; i + 1: that one */
    HEED_COMMAND_SENTENCE,      /* argument: enum heed_sentence_act */
    HEED_COMMAND_SENTENCE_NEXT,
    HEED_COMMAND_SENTENCE_PREVIOUS,
    HEED_COMMAND_COMPARE_MODEL, /* 0: the chooser of B's model; 1: the same as A's again */
    HEED_COMMAND_BROWSE,        /* the desktop's chooser: for the path that is asked for; 1: for
                                   the export's folder */
    HEED_COMMAND_TEACHER,       /* the teacher's window, or not */
    HEED_COMMAND_LESSON_STEP,   /* argument: step + 1 of the lesson that runs; not in the table */
    HEED_N_COMMANDS
};

/* A projected screen that shows nothing, until the next key or click. */
enum heed_blank { HEED_BLANK_NONE, HEED_BLANK_BLACK, HEED_BLANK_WHITE };

enum heed_field_act {
    HEED_FIELD_CUT = 1,
    HEED_FIELD_COPY,
    HEED_FIELD_PASTE,
    HEED_FIELD_ALL,
    HEED_FIELD_MASK
};

enum { HEED_CUT_SHOWN = -1, HEED_CUT_EVERY = -2 };

#endif
