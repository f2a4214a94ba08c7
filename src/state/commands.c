#include "state/commands.h"

#include <stdio.h>
#include <string.h>

#include "core/engine/task.h"
#include "state/state.h"

#define KEY(key)                                                                                   \
    {                                                                                              \
        (enum heed_key)(key), 0, true                                                              \
    }

#define CHORD(mods, key)                                                                           \
    {                                                                                              \
        (enum heed_key)(key), (mods), false                                                        \
    }

#define CTRL HEED_MOD_CTRL
#define SHIFT HEED_MOD_SHIFT
#define ALT HEED_MOD_ALT

static const struct heed_command_info table[] = {
    {HEED_COMMAND_VIEW, HEED_VIEW_LINKS, "Links", "Views", {KEY('1'), CHORD(ALT, '1')}},
    {HEED_COMMAND_VIEW, HEED_VIEW_ARCS, "Arcs", "Views", {KEY('2'), CHORD(ALT, '2')}},
    {HEED_COMMAND_VIEW, HEED_VIEW_MATRIX, "Matrix", "Views", {KEY('3'), CHORD(ALT, '3')}},
    {HEED_COMMAND_VIEW, HEED_VIEW_HEADS, "Heads", "Views", {KEY('4'), CHORD(ALT, '4')}},
    {HEED_COMMAND_VIEW, HEED_VIEW_NEURON, "Neuron", "Views", {KEY('5'), CHORD(ALT, '5')}},
    {HEED_COMMAND_VIEW, HEED_VIEW_STACK, "Stack", "Views", {KEY('6'), CHORD(ALT, '6')}},
    {HEED_COMMAND_VIEW, HEED_VIEW_COMPARE, "Compare", "Views", {KEY('7'), CHORD(ALT, '7')}},
    {HEED_COMMAND_VIEW, HEED_VIEW_LAB, "Lab", "Views", {KEY('8'), CHORD(ALT, '8')}},
    {HEED_COMMAND_HEAD_PREVIOUS, 0, "Matrix of the shown head before", "Views", {KEY(',')}},
    {HEED_COMMAND_HEAD_NEXT, 0, "Matrix of the next shown head", "Views", {KEY('.')}},
    {HEED_COMMAND_NEURON_SORT, 0, "Neuron: keys by weight or in order", "Views", {KEY('Y')}},
    {HEED_COMMAND_NEURON_VALUES, 0, "Neuron: values, or queries and keys", "Views", {KEY('V')}},
    {HEED_COMMAND_STACK_PAGE, 0, "Stack: back to the embedding", "Views", {{0}}},
    {HEED_COMMAND_COMPARE_MAP,
     0,
     "Compare: A, the change, B, or hidden states",
     "Views",
     {{(enum heed_key)'M', SHIFT, true}}},
    {HEED_COMMAND_COMPARE_RANK,
     0,
     "Compare: heads by the link or the whole map",
     "Views",
     {{(enum heed_key)'D', SHIFT, true}}},
    {HEED_COMMAND_COMPARE_TAB,
     0,
     "Compare, when low: maps or heads",
     "Views",
     {{(enum heed_key)'H', SHIFT, true}}},
    {HEED_COMMAND_ZOOM_IN, 0, "Zoom in", "Views", {KEY('+'), KEY('=')}},
    {HEED_COMMAND_ZOOM_OUT, 0, "Zoom out", "Views", {KEY('-')}},
    {HEED_COMMAND_ZOOM_RESET, 0, "Fit the picture", "Views", {KEY('0')}},

    {HEED_COMMAND_SEARCH, 0, "Find a token", "Views", {CHORD(CTRL, 'F')}},
    {HEED_COMMAND_LINK_NEXT, 0, "Next link of the query", "Views", {KEY('J')}},
    {HEED_COMMAND_LINK_PREVIOUS,
     0,
     "Previous link of the query",
     "Views",
     {{(enum heed_key)'J', SHIFT, true}}},
    {HEED_COMMAND_QUERY_NEXT, 0, "Strongest query of the key", "Views", {KEY('Q')}},
    {HEED_COMMAND_QUERY_PREVIOUS,
     0,
     "Query of the key before",
     "Views",
     {{(enum heed_key)'Q', SHIFT, true}}},

    {HEED_COMMAND_PANEL,
     HEED_PANEL_ABLATION,
     "Ablation: which head changes this most?",
     "Panels",
     {{(enum heed_key)'A', SHIFT, true}}},
    {HEED_COMMAND_RUN, 0, "Run the open panel, or again", "Panels", {CHORD(CTRL, HEED_KEY_ENTER)}},
    {HEED_COMMAND_RUN, HEED_TASK_VARIANTS + 1, "Lab: try each change alone", "Panels", {{0}}},
    {HEED_COMMAND_CANCEL, 0, "Cancel what runs", "Panels", {{0}}},
    {HEED_COMMAND_ABLATION_BY,
     HEED_ABLATION_BY_LARGEST,
     "Ablation by the link's largest change",
     "Panels",
     {{0}}},
    {HEED_COMMAND_ABLATION_BY,
     HEED_ABLATION_BY_MEAN,
     "Ablation by the link's mean change",
     "Panels",
     {{0}}},
    {HEED_COMMAND_ABLATION_BY,
     HEED_ABLATION_BY_TOKEN,
     "Ablation by the query's state",
     "Panels",
     {{0}}},
    {HEED_COMMAND_ABLATION_BY,
     HEED_ABLATION_BY_SENTENCE,
     "Ablation by the sentence embedding",
     "Panels",
     {{0}}},

    {HEED_COMMAND_FOCUS_TEXT, 0, "Go to the text", "Text", {KEY('/'), CHORD(CTRL, 'L')}},
    {HEED_COMMAND_PAIR, 0, "Add or remove a second text", "Text", {CHORD(CTRL, 'P')}},
    {HEED_COMMAND_SWAP, 0, "Compare: swap A and B", "Text", {{(enum heed_key)'Z', SHIFT, true}}},
    {HEED_COMMAND_COPY_A, 0, "Compare: copy A to B", "Text", {KEY('Z')}},
    {HEED_COMMAND_FOCUS_SECOND, 0, "Go to the second text", "Text", {CHORD(CTRL | SHIFT, 'L')}},
    {HEED_COMMAND_UNDO, 0, "Undo", "Text", {CHORD(CTRL, 'Z')}},
    {HEED_COMMAND_REDO, 0, "Redo", "Text", {CHORD(CTRL | SHIFT, 'Z'), CHORD(CTRL, 'Y')}},

    {HEED_COMMAND_LAYER_UP,
     0,
     "Shown heads, or the Stack, one layer up",
     "Heads",
     {CHORD(0, HEED_KEY_PAGE_UP)}},
    {HEED_COMMAND_LAYER_DOWN,
     0,
     "Shown heads, or the Stack, one layer down",
     "Heads",
     {CHORD(0, HEED_KEY_PAGE_DOWN)}},
    {HEED_COMMAND_SHOW_ALL, 0, "Show every head of this layer", "Heads", {KEY('H')}},
    {HEED_COMMAND_SHOW_NONE, 0, "Show no head", "Heads", {KEY('N')}},
    {HEED_COMMAND_ISOLATE, 0, "Show only this head", "Heads", {KEY('O')}},
    {HEED_COMMAND_OPEN_HEAD, 0, "Open this head in Matrix", "Heads", {KEY('E')}},
    {HEED_COMMAND_HEADS_MODE, 0, "Heads as heatmaps or links", "Heads", {KEY('L')}},
    {HEED_COMMAND_HEADS_ORDER, 0, "Order the heads by \xE2\x80\xA6", "Heads", {KEY('G')}},
    {HEED_COMMAND_HEADS_BANDS, 0, "Ordered heads in bands", "Heads", {{0}}},
    {HEED_COMMAND_TOGGLE_HEAD, 0, "Show or hide this head", "Heads", {KEY(HEED_KEY_DELETE)}},
    {HEED_COMMAND_RANK, 0, "Rank heads for this link", "Heads", {KEY('D')}},
    {HEED_COMMAND_RANK_ALL, 0, "Ranking: all heads, or the first", "Heads", {{0}}},
    {HEED_COMMAND_PANEL,
     HEED_PANEL_PROBE,
     "Probe: heads over a file of sentences",
     "Heads",
     {{(enum heed_key)'P', SHIFT, true}}},
    {HEED_COMMAND_PROBE_FILE, 0, "Probe: choose its file \xE2\x80\xA6", "Heads", {{0}}},
    {HEED_COMMAND_CANDIDATE,
     0,
     "Mark as candidate, or not",
     "Heads",
     {{(enum heed_key)'C', SHIFT, true}}},
    {HEED_COMMAND_NO_CANDIDATES, 0, "No candidates", "Heads", {{0}}},
    {HEED_COMMAND_COLOR_BY, 0, "Colour the head map by \xE2\x80\xA6", "Heads", {KEY('C')}},

    {HEED_COMMAND_MUTE, 0, "Mute this head, or not", "What is off", {CHORD(CTRL, 'M')}},
    {HEED_COMMAND_SCALE_HEAD,
     0,
     "Scale this head\xE2\x80\x99s output \xE2\x80\xA6",
     "What is off",
     {CHORD(CTRL | SHIFT, 'M')}},
    {HEED_COMMAND_FACTOR_DOWN,
     0,
     "Less of this head\xE2\x80\x99s output",
     "What is off",
     {CHORD(CTRL, '[')}},
    {HEED_COMMAND_FACTOR_UP,
     0,
     "More of this head\xE2\x80\x99s output",
     "What is off",
     {CHORD(CTRL, ']')}},
    {HEED_COMMAND_CUT,
     0,
     "Cut this link, or put it back",
     "What is off",
     {{(enum heed_key)'X', CTRL, true}}},
    {HEED_COMMAND_CUT, HEED_CUT_SHOWN, "Cut this link in every shown head", "What is off", {{0}}},
    {HEED_COMMAND_CUT,
     HEED_CUT_EVERY,
     "Cut this link in every head",
     "What is off",
     {{(enum heed_key)'X', CTRL | SHIFT, true}}},
    {HEED_COMMAND_MUTE_MENU, 0, "Mute one of the shown heads \xE2\x80\xA6", "What is off", {{0}}},
    {HEED_COMMAND_CUT_MENU, 0, "Cut the pinned link in \xE2\x80\xA6", "What is off", {{0}}},
    {HEED_COMMAND_MASK, HEED_MASK_FULL, "Mask: full", "What is off", {{0}}},
    {HEED_COMMAND_MASK, HEED_MASK_CAUSAL, "Mask: causal", "What is off", {{0}}},
    {HEED_COMMAND_MASK, HEED_MASK_WINDOW, "Mask: window", "What is off", {{0}}},
    {HEED_COMMAND_MASK, HEED_MASK_STRIDED, "Mask: strided", "What is off", {{0}}},
    {HEED_COMMAND_MASK, HEED_MASK_CROSS, "Mask: text to pair", "What is off", {{0}}},
    {HEED_COMMAND_MASK_NARROWER, 0, "Mask: narrower", "What is off", {{0}}},
    {HEED_COMMAND_MASK_WIDER, 0, "Mask: wider", "What is off", {{0}}},
    {HEED_COMMAND_POSITIONS, HEED_POSITIONS_LEARNED, "Positions: learned", "What is off", {{0}}},
    {HEED_COMMAND_POSITIONS, HEED_POSITIONS_OFF, "Positions: off", "What is off", {{0}}},
    {HEED_COMMAND_POSITIONS,
     HEED_POSITIONS_SINUSOIDAL,
     "Positions: sinusoidal",
     "What is off",
     {{0}}},
    {HEED_COMMAND_ATTENTION, HEED_ATTENTION_SOFTMAX, "Attention: softmax", "What is off", {{0}}},
    {HEED_COMMAND_ATTENTION, HEED_ATTENTION_LINEAR, "Attention: linear", "What is off", {{0}}},
    {HEED_COMMAND_ATTENTION, HEED_ATTENTION_FLASH, "Attention: flash", "What is off", {{0}}},
    {HEED_COMMAND_OFF,
     0,
     "Put one thing back \xE2\x80\xA6",
     "What is off",
     {{(enum heed_key)'U', CTRL, true}}},
    {HEED_COMMAND_UNMUTE, 0, "All on again", "What is off", {CHORD(CTRL, 'R')}},

    {HEED_COMMAND_HIDE_SPECIAL, 0, "Hide special tokens", "Filters", {KEY('S')}},
    {HEED_COMMAND_HIDE_PUNCTUATION, 0, "Hide punctuation", "Filters", {KEY('P')}},
    {HEED_COMMAND_RENORMALISE, 0, "Renormalise rows", "Filters", {KEY('R')}},
    {HEED_COMMAND_WORDS, 0, "Merge word pieces into words", "Filters", {KEY('W')}},
    {HEED_COMMAND_AGGREGATE, 0, "Average shown heads", "Filters", {KEY('A')}},
    {HEED_COMMAND_THRESHOLD_DOWN, 0, "Lower threshold", "Filters", {KEY('[')}},
    {HEED_COMMAND_THRESHOLD_UP, 0, "Higher threshold", "Filters", {KEY(']')}},
    {HEED_COMMAND_TOP_P_DOWN,
     0,
     "Keep a smaller top share",
     "Filters",
     {{(enum heed_key)'[', SHIFT, true}}},
    {HEED_COMMAND_TOP_P_UP,
     0,
     "Keep a larger top share",
     "Filters",
     {{(enum heed_key)']', SHIFT, true}}},
    {HEED_COMMAND_TOP_K_DOWN,
     0,
     "Keep fewer links of each row",
     "Filters",
     {{(enum heed_key)',', SHIFT, true}}},
    {HEED_COMMAND_TOP_K_UP,
     0,
     "Keep more links of each row",
     "Filters",
     {{(enum heed_key)'.', SHIFT, true}}},
    {HEED_COMMAND_NO_THRESHOLD, 0, "No threshold", "Filters", {{0}}},
    {HEED_COMMAND_KEEP_ALL, 0, "Keep every share", "Filters", {{0}}},
    {HEED_COMMAND_TOP_K, 0, "Keep every link of a row", "Filters", {{0}}},
    {HEED_COMMAND_PROVISOS, 0, "Undo one filter \xE2\x80\xA6", "Filters", {KEY('U')}},
    {HEED_COMMAND_MEASURE, HEED_MEASURE_WEIGHT, "Measure: weight", "Filters", {{0}}},
    {HEED_COMMAND_MEASURE,
     HEED_MEASURE_VALUE_NORM,
     "Measure: weight \xC3\x97 |value|",
     "Filters",
     {{0}}},
    {HEED_COMMAND_MEASURE, HEED_MEASURE_ROLLOUT, "Measure: rollout", "Filters", {{0}}},
    {HEED_COMMAND_SEGMENTS, HEED_SEGMENTS_ALL, "Segments: all", "Filters", {{0}}},
    {HEED_COMMAND_SEGMENTS, HEED_SEGMENTS_AA, "Segments: text to text", "Filters", {{0}}},
    {HEED_COMMAND_SEGMENTS, HEED_SEGMENTS_AB, "Segments: text to pair", "Filters", {{0}}},
    {HEED_COMMAND_SEGMENTS, HEED_SEGMENTS_BA, "Segments: pair to text", "Filters", {{0}}},
    {HEED_COMMAND_SEGMENTS, HEED_SEGMENTS_BB, "Segments: pair to pair", "Filters", {{0}}},
    {HEED_COMMAND_RESET_FILTERS, 0, "Reset the filters", "Filters", {KEY('X')}},
    {HEED_COMMAND_VIEW_MENU, 0, "Measure and token options \xE2\x80\xA6", "Filters", {KEY('M')}},

    {HEED_COMMAND_UNPIN,
     0,
     "One step back: close, leave, unpin",
     "Window",
     {CHORD(0, HEED_KEY_ESCAPE)}},
    {HEED_COMMAND_COPY_VALUE,
     0,
     "Copy the pair's weights",
     "Window",
     {{HEED_KEY_A + 2, CTRL, true}}},
    {HEED_COMMAND_COPY_ROW,
     0,
     "Copy the row as CSV",
     "Window",
     {{HEED_KEY_A + 2, CTRL | SHIFT, true}}},
    {HEED_COMMAND_CONTEXT,
     0,
     "Menu of what is focused",
     "Window",
     {CHORD(0, HEED_KEY_MENU), CHORD(SHIFT, HEED_KEY_F1 + 9)}},
    {HEED_COMMAND_INSPECTOR, 0, "Inspector", "Window", {KEY('I')}},
    {HEED_COMMAND_RAIL, 0, "Side rail", "Window", {KEY('B')}},
    {HEED_COMMAND_FILTERS, 0, "Fold or unfold the filters", "Window", {KEY('F')}},
    {HEED_COMMAND_PROJECTOR, 0, "Projector mode", "Window", {CHORD(0, HEED_KEY_F1 + 4)}},
    {HEED_COMMAND_THEME, 0, "Next theme", "Window", {KEY('T')}},
    {HEED_COMMAND_PALETTE, 0, "Palette \xE2\x80\xA6", "Window", {KEY('K')}},
    {HEED_COMMAND_SCALE_UP, 0, "Larger interface", "Window", {CHORD(CTRL, '+'), CHORD(CTRL, '=')}},
    {HEED_COMMAND_SCALE_DOWN, 0, "Smaller interface", "Window", {CHORD(CTRL, '-')}},
    {HEED_COMMAND_SCALE_RESET, 0, "Interface at its own size", "Window", {CHORD(CTRL, '0')}},
    {HEED_COMMAND_OPEN, 0, "Open \xE2\x80\xA6", "Files", {CHORD(CTRL, 'O')}},
    {HEED_COMMAND_SAVE, 0, "Save \xE2\x80\xA6", "Files", {CHORD(CTRL, 'S')}},
    {HEED_COMMAND_EXPORT, 0, "Export the picture \xE2\x80\xA6", "Files", {CHORD(CTRL, 'E')}},
    {HEED_COMMAND_FIND, 0, "Find a command", "Help", {CHORD(CTRL, 'K')}},
    {HEED_COMMAND_HELP,
     0,
     "Every key",
     "Help",
     {CHORD(0, HEED_KEY_F1), {HEED_KEY_SLASH, SHIFT, true}}},
    {HEED_COMMAND_ABOUT, 0, "About heed", "Help", {CHORD(SHIFT, HEED_KEY_F1)}},
    {HEED_COMMAND_EXAMPLES, 0, "Examples \xE2\x80\xA6", "Help", {CHORD(0, HEED_KEY_F1 + 1)}},
    {HEED_COMMAND_HINT, 0, "Three things to try", "Help", {CHORD(0, HEED_KEY_F1 + 2)}},
    {HEED_COMMAND_CLOSE_NOTE, 0, "Close the note", "Help", {{0}}},
    {HEED_COMMAND_QUIT, 0, "Quit", "Help", {CHORD(CTRL, 'Q')}},
};

const struct heed_command_info *heed_commands_get(int *n)
{
    *n = (int)HEED_COUNT(table);
    return table;
}

const struct heed_command_info *heed_commands_get_info(enum heed_command command, int32_t argument)
{
    for (size_t i = 0; i < HEED_COUNT(table); i++) {
        if (table[i].command == command && table[i].argument == argument) {
            return &table[i];
        }
    }
    return NULL;
}

static const struct heed_command_info *find_exact(enum heed_key key, int mods, bool in_text_field)
{
    for (size_t i = 0; i < HEED_COUNT(table); i++) {
        for (int k = 0; k < HEED_COMMAND_KEYS; k++) {
            const struct heed_command_key *it = &table[i].keys[k];
            if (it->key == key && it->mods == mods && !(it->bare && in_text_field)) {
                return &table[i];
            }
        }
    }
    return NULL;
}

/* Signs may lie on a shifted key: there Shift alone makes no other chord. */
static bool is_sign(enum heed_key key)
{
    return key > ' ' && key < 127 && !(key >= 'A' && key <= 'Z') && !(key >= '0' && key <= '9');
}

const struct heed_command_info *heed_commands_find(const struct heed_event *event,
                                                   bool in_text_field)
{
    if (event->kind != HEED_EVENT_KEY || event->key == HEED_KEY_NONE) {
        return NULL;
    }
    const struct heed_command_info *found = find_exact(event->key, event->mods, in_text_field);
    if (found == NULL && is_sign(event->key)) {
        found = find_exact(event->key, event->mods & ~HEED_MOD_SHIFT, in_text_field);
    }
    return found;
}

static void key_name(enum heed_key key, char *text, size_t size)
{
    static const char *const names[] = {
        "Left",      "Right",  "Up",     "Down",  "Home", "End", "PageUp", "PageDown",
        "Backspace", "Delete", "Insert", "Enter", "Tab",  "Esc", "Space",  "Menu",
    };
    if (key >= HEED_KEY_F1) {
        snprintf(text, size, "F%d", (int)key - HEED_KEY_F1 + 1);
    } else if (key >= HEED_KEY_LEFT) {
        snprintf(text, size, "%s", names[key - HEED_KEY_LEFT]);
    } else {
        snprintf(text, size, "%c", (char)key);
    }
}

void heed_command_key_text(const struct heed_command_info *info, char *text, size_t size)
{
    const struct heed_command_key *key = &info->keys[0];
    char name[16];
    text[0] = '\0';
    if (key->key == HEED_KEY_NONE) {
        return;
    }
    key_name(key->key, name, sizeof(name));
    snprintf(text, size, "%s%s%s%s%s", (key->mods & HEED_MOD_CTRL) != 0 ? "Ctrl+" : "",
             (key->mods & HEED_MOD_ALT) != 0 ? "Alt+" : "",
             (key->mods & HEED_MOD_SHIFT) != 0 ? "Shift+" : "",
             (key->mods & HEED_MOD_SUPER) != 0 ? "Super+" : "", name);
}
