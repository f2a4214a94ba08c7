#include "scene/widgets/terms.h"

#include <stddef.h>
#include <string.h>

#include "base/compiler.h"
#include "scene/widgets/target.h"
#include "state/state.h"

enum { ANY = -1 }; /* whatever the argument */

#define SLIDER(which)                                                                              \
    {                                                                                              \
        HEED_TERM_SLIDER, HEED_SLIDER_##which                                                      \
    }

/* clang-format off */
static const struct heed_term terms[] = {
    {"Views", "Links", NULL,
     {{HEED_COMMAND_VIEW, HEED_VIEW_LINKS}},
     "Two columns of the text: a line from each query to every key it attends to",
     "Thick: a weight near 1; the lines of a query sum to 1"},
    {"Views", "Arcs", NULL,
     {{HEED_COMMAND_VIEW, HEED_VIEW_ARCS}},
     "The text on one line: an arc from each query to its keys",
     "Thick: near 1; above it looks to the left, below to the right"},
    {"Views", "Matrix", NULL,
     {{HEED_COMMAND_VIEW, HEED_VIEW_MATRIX}},
     "One head as a table: rows attend, columns are attended to",
     "Strong: a weight near 1; each row sums to 1"},
    {"Views", "Heads", NULL,
     {{HEED_COMMAND_VIEW, HEED_VIEW_HEADS}},
     "All heads at once, as small maps or as links",
     "Strong: a weight near 1, on one scale for all; a click shows the head"},
    {"Views", "Neuron", NULL,
     {{HEED_COMMAND_VIEW, HEED_VIEW_NEURON}},
     "How one query\xE2\x80\x99" "s weights come about: q\xC2\xB7" "k, scaled, softmax, "
     "weighted values",
     "Long bar: a large number, of either sign"},
    {"Views", "Stack", NULL,
     {{HEED_COMMAND_VIEW, HEED_VIEW_STACK}},
     "The whole encoder for one token, layer by layer",
     "Numbers are norms: a larger one adds more to what is carried on"},
    {"Views", "Compare", NULL,
     {{HEED_COMMAND_VIEW, HEED_VIEW_COMPARE}},
     "Two texts under the same heads, word beside word",
     "A change is B minus A, from \xE2\x88\x92" "1 to 1; 0: the same in both"},
    {"Views", "Lab", NULL,
     {{HEED_COMMAND_VIEW, HEED_VIEW_LAB}},
     "Masks, positions and the softmax changed, beside the model as trained",
     "Cosine 1: that change does nothing here"},
    {"Panels", "Ablation", NULL,
     {{HEED_COMMAND_PANEL, HEED_PANEL_ABLATION}},
     "Each head muted by itself and the text encoded again: what moves?",
     "High: this head mattered here; 0: not at all"},
    {"Panels", "Probe", NULL,
     {{HEED_COMMAND_PANEL, HEED_PANEL_PROBE}},
     "How often a head gives the right word the most weight, over a file",
     "0 to 1; high only if it is well above a guess"},
    {"Measures of a link", "Weight", "weight;* \xE2\x86\x92" " ",
     {{HEED_COMMAND_MEASURE, HEED_MEASURE_WEIGHT}},
     "How much of a key\xE2\x80\x99" "s value goes into a query\xE2\x80\x99" "s sum: 0 to 1, a "
     "row sums to 1",
     "High: it reads there; not: it is explained by it"},
    {"Measures of a link", "Weight \xC3\x97" " value", "weight \xC3\x97" " |value|;|value|",
     {{HEED_COMMAND_MEASURE, HEED_MEASURE_VALUE_NORM}},
     "A link\xE2\x80\x99" "s share of what the head writes: weight times the "
     "value\xE2\x80\x99" "s length, 0 to 1",
     "High: much is moved; a large weight on a short value moves little"},
    {"Measures of a link", "Rollout", "rollout",
     {{HEED_COMMAND_MEASURE, HEED_MEASURE_ROLLOUT}},
     "Weights multiplied through the layers, half of each kept in place: 0 to 1",
     "High: a possible way from word to word, if every weight counted in full"},
    {"Measures of a link", "Score", "score;Score;q\xC2\xB7" "k;f(q)\xC2\xB7" "f(k)",
     {},
     "How well query and key fit: q\xC2\xB7" "k / \xE2\x88\x9A" "d, any number",
     "High: more weight; only gaps within a row count: 0.69 more is twice the weight"},
    {"Measures of a link", "Exponential", "exp(score);exp(score \xE2\x88\x92" " largest);exp",
     {},
     "e to the score: from 0 up",
     "High: more weight; divided by the row\xE2\x80\x99" "s sum it is the weight"},
    {"Measures of a link", "Sum", "sum over *;sum",
     {},
     "All of the row\xE2\x80\x99" "s exponentials, added: what each is divided by",
     "High: many keys compete for the row\xE2\x80\x99" "s weight of 1"},
    {"Measures of a link", "Other rows", "Other rows give *;others;other;other *;best other",
     {},
     "What the other rows give this key on average, 0 to 1",
     "As high as the link: a column that everybody looks at, not a link"},
    {"Measures of a link", "Layer mean", "Mean over *",
     {},
     "The link\xE2\x80\x99" "s weight, mean over all heads of the layer, 0 to 1",
     "Far below this head: the others look elsewhere"},
    {"Measures of a link", "Hidden", "Held by hidden tokens;hidden *",
     {},
     "Share of the row that goes to tokens a filter hides, 0 to 1",
     "High: what is seen is the smaller part of the row"},
    {"Measures of a link", "Row share", "share;in row",
     {},
     "The link\xE2\x80\x99" "s place or part in its row",
     "Near 100 %, or 1st: nearly all of the row goes there"},
    {"Measures of a link", "Row", "Row",
     {},
     "What this query gives to each key; all of them sum to 1",
     "High: it reads there"},
    {"Measures of a link", "Column", "Column",
     {},
     "What every query gives to this key",
     "High in many rows: everybody looks there, whoever asks"},
    {"Measures of a head", "Pinned link", NULL,
     {{HEED_COMMAND_COLOR_BY, HEED_COLOR_BY_LINK + 1},
      {HEED_COMMAND_HEADS_ORDER, HEED_ORDER_MEASURE + HEED_COLOR_BY_LINK + 1}},
     "The pinned pair\xE2\x80\x99" "s weight in each head, 0 to 1; of a query alone its largest",
     "Strong: this head has the link"},
    {"Measures of a head", "Entropy", "Entropy / log n",
     {{HEED_COMMAND_COLOR_BY, HEED_COLOR_BY_ENTROPY + 1},
      {HEED_COMMAND_HEADS_ORDER, HEED_ORDER_MEASURE + HEED_COLOR_BY_ENTROPY + 1}},
     "How widely rows are spread, 0 to 1, mean over rows",
     "0: one key takes all; 1: all keys alike"},
    {"Measures of a head", "Mean distance", NULL,
     {{HEED_COMMAND_COLOR_BY, HEED_COLOR_BY_DISTANCE + 1},
      {HEED_COMMAND_HEADS_ORDER, HEED_ORDER_MEASURE + HEED_COLOR_BY_DISTANCE + 1}},
     "Tokens between a query and where it looks, on average, from 0",
     "Low: it looks near; grows with the text"},
    {"Measures of a head", "Confidence", NULL,
     {{HEED_COMMAND_COLOR_BY, HEED_COLOR_BY_CONFIDENCE + 1},
      {HEED_COMMAND_HEADS_ORDER, HEED_ORDER_MEASURE + HEED_COLOR_BY_CONFIDENCE + 1}},
     "The largest weight of a row, mean over rows, 0 to 1",
     "High: sharp; not: sure of an answer"},
    {"Measures of a head", "To itself", "self",
     {{HEED_COMMAND_COLOR_BY, HEED_COLOR_BY_TO_SELF + 1},
      {HEED_COMMAND_HEADS_ORDER, HEED_ORDER_MEASURE + HEED_COLOR_BY_TO_SELF + 1}},
     "Share of a row that stays with its own token, mean over rows, 0 to 1",
     "High: the head copies each token in place"},
    {"Measures of a head", "To previous token", "To previous;previous",
     {{HEED_COMMAND_COLOR_BY, HEED_COLOR_BY_TO_PREVIOUS + 1},
      {HEED_COMMAND_HEADS_ORDER, HEED_ORDER_MEASURE + HEED_COLOR_BY_TO_PREVIOUS + 1}},
     "Share of a row that goes to the token before, mean over rows, 0 to 1",
     "High: a head of order, whatever the words"},
    {"Measures of a head", "To next token", "next",
     {{HEED_COMMAND_COLOR_BY, HEED_COLOR_BY_TO_NEXT + 1},
      {HEED_COMMAND_HEADS_ORDER, HEED_ORDER_MEASURE + HEED_COLOR_BY_TO_NEXT + 1}},
     "Share of a row that goes to the token behind, mean over rows, 0 to 1",
     "High: a head of order, whatever the words"},
    {"Measures of a head", "To [CLS]", "[CLS]",
     {{HEED_COMMAND_COLOR_BY, HEED_COLOR_BY_TO_CLS + 1},
      {HEED_COMMAND_HEADS_ORDER, HEED_ORDER_MEASURE + HEED_COLOR_BY_TO_CLS + 1}},
     "Share of a row that goes to the mark at the beginning, mean over rows, 0 to 1",
     "High: often \xE2\x80\x9C" "nothing for this head here\xE2\x80\x9D"},
    {"Measures of a head", "To [SEP]", "[SEP];To *",
     {{HEED_COMMAND_COLOR_BY, HEED_COLOR_BY_TO_SEP + 1},
      {HEED_COMMAND_HEADS_ORDER, HEED_ORDER_MEASURE + HEED_COLOR_BY_TO_SEP + 1}},
     "Share of a row that goes to the marks at the end, mean over rows, 0 to 1",
     "High: often \xE2\x80\x9C" "nothing for this head here\xE2\x80\x9D"},
    {"Measures of a head", "To punctuation", "punctuation",
     {{HEED_COMMAND_COLOR_BY, HEED_COLOR_BY_TO_PUNCTUATION + 1},
      {HEED_COMMAND_HEADS_ORDER, HEED_ORDER_MEASURE + HEED_COLOR_BY_TO_PUNCTUATION + 1}},
     "Share of a row that goes to signs like . and ,; mean over rows, 0 to 1",
     "High: a resting place, as with [SEP]"},
    {"Measures of a head", "To the same word", "same word",
     {{HEED_COMMAND_COLOR_BY, HEED_COLOR_BY_TO_SAME_WORD + 1},
      {HEED_COMMAND_HEADS_ORDER, HEED_ORDER_MEASURE + HEED_COLOR_BY_TO_SAME_WORD + 1}},
     "Share of a row that goes to the same word elsewhere, mean over rows, 0 to 1",
     "High: it finds repetitions; 0 where no word occurs twice"},
    {"Measures of a head", "Margin of candidates", "margin;Margin;Margin by layer",
     {{HEED_COMMAND_COLOR_BY, HEED_COLOR_BY_MARGIN + 1},
      {HEED_COMMAND_HEADS_ORDER, HEED_ORDER_MEASURE + HEED_COLOR_BY_MARGIN + 1}},
     "Weight of the right candidate less that of the best other, \xE2\x88\x92" "1 to 1",
     "Above 0: it prefers the right one; near 0: it doesn\xE2\x80\x99" "t choose"},
    {"Measures of a head", "Probe: accuracy", "accuracy;Accuracy;A guess (uniform);Always *",
     {{HEED_COMMAND_COLOR_BY, HEED_COLOR_BY_PROBE_ACCURACY + 1},
      {HEED_COMMAND_HEADS_ORDER, HEED_ORDER_MEASURE + HEED_COLOR_BY_PROBE_ACCURACY + 1}},
     "Share of the file\xE2\x80\x99" "s sentences in which the right word gets most, 0 to 1",
     "High: above a guess by more than its interval is wide"},
    {"Measures of a head", "Probe: margin", NULL,
     {{HEED_COMMAND_COLOR_BY, HEED_COLOR_BY_PROBE_MARGIN + 1},
      {HEED_COMMAND_HEADS_ORDER, HEED_ORDER_MEASURE + HEED_COLOR_BY_PROBE_MARGIN + 1}},
     "Right candidate\xE2\x80\x99" "s weight less the best other\xE2\x80\x99" "s, mean over the "
     "file, \xE2\x88\x92" "1 to 1",
     "Above 0: it leans to the right word"},
    {"Measures of a head", "Maps", NULL,
     {{HEED_COMMAND_COLOR_BY, HEED_COLOR_BY_MAPS + 1}},
     "Each head\xE2\x80\x99" "s own map, a row a query, a column a key, 0 to 1",
     "Dark: a strong link; a column: everybody looks there"},
    {"Measures of a head", "Label", "Labels",
     {},
     "What a head mostly does in this text: its largest share, if that is 0.40 or more",
     "\xE2\x80\x9C" "broad\xE2\x80\x9D" " from entropy 0.80 up; \xE2\x80\x9C" "no "
     "label\xE2\x80\x9D" ": neither"},
    {"Numbers of a whole text", "Cosine",
     "cosine;Cosine of the sentence embeddings;Sentence embedding*;Sentence vector, "
     "cosine;after *;Hidden states;Similarity;to start;Change",
     {},
     "How much two vectors point the same way, \xE2\x88\x92" "1 to 1",
     "1: the same direction; near 0: nothing in common"},
    {"Numbers of a whole text", "Cosine of a token", "\xE2\x80\x9C" "*",
     {},
     "Its last hidden state with and without what is off, as a cosine, \xE2\x88\x92" "1 to 1",
     "1: nothing has changed; lower: it is another state now"},
    {"Numbers of a whole text", "Norm", "norm of *;Shares;attention;feed-forward;norm",
     {},
     "How long a vector is, from 0",
     "High: it moves much of what it is added to"},
    {"Numbers of a whole text", "Sentence vector", "Sentence",
     {},
     "The mean of the last hidden states: what the model says of the text",
     "A cosine above about 0.8: nearly the same, or the same words"},
    {"Numbers of a whole text", "What is off", "What is off changes",
     {},
     "Cosines to the run with nothing off, \xE2\x88\x92" "1 to 1",
     "1: unchanged; the model was never trained this way"},
    {"Numbers of a whole text", "Change of a link",
     "Link moves most in *;Link in other heads;Pinned link *;Largest;Mean *",
     {},
     "How far a link\xE2\x80\x99" "s weight moves, \xE2\x88\x92" "1 to 1",
     "Far from 0: what is off mattered to it"},
    {"Numbers of a whole text", "Moves", "Token;1 \xE2\x88\x92" " cosine",
     {},
     "1 \xE2\x88\x92" " cosine of what comes out with and without the head, from 0",
     "High: it mattered to this output"},
    {"Numbers of a whole text", "Rank correlation", NULL,
     {},
     "How alike two measures order the heads, \xE2\x88\x92" "1 to 1 (Spearman)",
     "1: the same order; 0: none; below 0: turned round"},
    {"Numbers of a whole text", "Maximum attention score", NULL,
     {},
     "All heads together: the candidate with most of the largest weights (Klein & Nabi)",
     "0 to 1; a guess stands above"},
    {"Numbers of a whole text", "Interval", "95 % interval;95 %",
     {},
     "Where 95 of 100 such samples would put the number",
     "Wide: few sentences; if it holds a guess, nothing is shown"},
    {"Numbers of a whole text", "Offset", "offset",
     {},
     "The fixed distance that finds the word most often, such as +1",
     "The baseline: a head has to beat it"},
    {"Numbers of a whole text", "Gain", "gain",
     {},
     "The best head\xE2\x80\x99" "s accuracy less the fixed offset\xE2\x80\x99" "s, "
     "\xE2\x88\x92" "1 to 1",
     "Above 0: it finds more than a place"},
    {"Numbers of a whole text", "p", "p",
     {},
     "How often a head as good comes about by chance, 0 to 1, for so many heads",
     "Low: not by luck; below 0.05 is called significant"},
    {"Numbers of a whole text", "n", "n",
     {},
     "How many words or sentences were counted",
     "Low: the number isn\xE2\x80\x99" "t worth much"},
    {"Numbers of a whole text", "As trained", "trained",
     {},
     "The model with nothing off",
     "What the other column is held against"},
    {"Numbers of a whole text", "In the lab", "lab",
     {},
     "The model with what is off above",
     "Beside it: the model as trained"},
    {"Numbers of a whole text", "Most like", "most like;Predictions",
     {},
     "The token of the text whose state is nearest, by cosine",
     "Another word than its own: it has taken that word in"},
    {"Numbers of a whole text", "Best", "best;mean",
     {},
     "Of the layer\xE2\x80\x99" "s heads the one that is furthest to one side, or their mean",
     "A best head far from the mean: the others don\xE2\x80\x99" "t do it"},
    {"Numbers of a whole text", "Keys", "Key;key;head;Head;Relation",
     {},
     "Words that are looked at; heads; relations: what a row is of",
     "A click opens it"},
    {"Which tokens", "Hide special tokens", NULL,
     {{HEED_COMMAND_HIDE_SPECIAL, 0}},
     "Leaves out the model\xE2\x80\x99" "s own marks, [CLS] and [SEP]",
     "Rows then sum to less than 1; what is hidden is said"},
    {"Which tokens", "Hide punctuation", NULL,
     {{HEED_COMMAND_HIDE_PUNCTUATION, 0}},
     "Leaves out signs like . and ,",
     "Rows then sum to less than 1; what is hidden is said"},
    {"Which tokens", "Renormalise rows", NULL,
     {{HEED_COMMAND_RENORMALISE, 0}},
     "Divides each row by what isn\xE2\x80\x99" "t hidden, so that it sums to 1 again",
     "Weights look larger than they are: read them as shares"},
    {"Which tokens", "Word pieces or words", NULL,
     {{HEED_COMMAND_WORDS, 0}},
     "A rare word is several pieces; merged, rows are averaged and columns summed",
     "Whole words: easier to read; pieces: what the model has"},
    {"Which tokens", "Average shown heads", NULL,
     {{HEED_COMMAND_AGGREGATE, 0}},
     "One picture of the shown heads\xE2\x80\x99" " mean weights, 0 to 1",
     "High: most of them look there; one strong head alone looks weak"},
    {"Which tokens", "Segments", NULL,
     {{HEED_COMMAND_SEGMENTS, ANY}},
     "Of two texts: only links within one, or from one to the other",
     "All: every link"},
    {"Which links", "Threshold", NULL,
     {{HEED_COMMAND_THRESHOLD_UP, 0}, {HEED_COMMAND_THRESHOLD_DOWN, 0},
      {HEED_COMMAND_NO_THRESHOLD, 0}, SLIDER(THRESHOLD)},
     "The least weight that is drawn, 0 to 0.2",
     "High: only strong links; what is left out is said"},
    {"Which links", "Keep top share", NULL,
     {{HEED_COMMAND_TOP_P_UP, 0}, {HEED_COMMAND_TOP_P_DOWN, 0},
      {HEED_COMMAND_KEEP_ALL, 0}, SLIDER(TOP_P)},
     "Of each row the largest weights that together reach this share, 5 to 100 %",
     "Low: only the few that hold most of the row"},
    {"Which links", "Keep largest", NULL,
     {{HEED_COMMAND_TOP_K_UP, 0}, {HEED_COMMAND_TOP_K_DOWN, 0},
      {HEED_COMMAND_TOP_K, 0}, SLIDER(TOP_K)},
     "So many of the largest weights of each row",
     "Low: only the first few, however small they are"},
    {"Which links", "Picture or heat", "Heat",
     {SLIDER(HEAT)},
     "How much of a patch its weight covers, from the picture alone to the weights alone",
     "In the middle: the root of the weight, so that small ones let the picture through"},
    {"Which links", "Reset the filters", NULL,
     {{HEED_COMMAND_RESET_FILTERS, 0}},
     "All filters as at the first start",
     "Heads, pins and what is off stay"},
    {"Which links", "Filters", NULL,
     {{HEED_COMMAND_FILTERS, 0}},
     "Which tokens and links are shown",
     "What is applied stands at the window\xE2\x80\x99" "s foot, each with its undo"},
    {"Which links", "Undo one filter", NULL,
     {{HEED_COMMAND_PROVISOS, 0}},
     "What is applied now, each to be taken back",
     "Nothing there: every weight is shown as it is"},
    {"Which links", "Measure and token options", NULL,
     {{HEED_COMMAND_VIEW_MENU, 0}},
     "Weight, weight \xC3\x97" " value or rollout; pieces or words",
     "What has a dot is on"},
    {"What is off", "Head\xE2\x80\x99" "s factor", NULL,
     {{HEED_COMMAND_SCALE_HEAD, 0}, {HEED_COMMAND_FACTOR_DOWN, 0},
      {HEED_COMMAND_FACTOR_UP, 0}},
     "What the head writes is multiplied by this, 0 to 2",
     "1: as trained; 0: muted; the model was never trained otherwise"},
    {"What is off", "Mute", NULL,
     {{HEED_COMMAND_MUTE, 0}, {HEED_COMMAND_MUTE_MENU, 0}},
     "What the head writes becomes 0; its weights stay",
     "What then changes, it did; the model never trained without it"},
    {"What is off", "Cut", NULL,
     {{HEED_COMMAND_CUT, ANY}, {HEED_COMMAND_CUT_MENU, 0}},
     "This link\xE2\x80\x99" "s weight becomes 0, the rest of its row shares the 1",
     "What then changes went through this link"},
    {"What is off", "Mask", NULL,
     {{HEED_COMMAND_MASK, ANY}},
     "Which keys a query may see",
     "Barred: weight 0, the rest of the row shares the 1"},
    {"What is off", "Mask\xE2\x80\x99" "s width", NULL,
     {{HEED_COMMAND_MASK_NARROWER, 0}, {HEED_COMMAND_MASK_WIDER, 0}},
     "How many tokens to each side, or the step, 1 to 64",
     "Wide: nearly as without a mask"},
    {"What is off", "Positions", NULL,
     {{HEED_COMMAND_POSITIONS, ANY}},
     "A vector for each place, added to its word: learned, off, or of sines",
     "Off: the model sees a bag of words"},
    {"What is off", "Attention", NULL,
     {{HEED_COMMAND_ATTENTION, ANY}},
     "How scores become weights: softmax, without exponentials, or by blocks",
     "Flash gives the same weights; linear other ones"},
    {"What is off", "What is off", NULL,
     {{HEED_COMMAND_OFF, 0}},
     "Muted heads, cut links, mask and positions, each to be put back",
     "Nothing there: the model as trained"},
    {"What is off", "All on again", NULL,
     {{HEED_COMMAND_UNMUTE, 0}},
     "No head muted, no link cut, no mask, positions as learned",
     "The model as trained"},
    {"How it is shown", "Colour of the map", NULL,
     {{HEED_COMMAND_COLOR_BY, 0}},
     "What the small map of all heads is coloured by",
     "Strong: high, by the scale below it"},
    {"How it is shown", "Order of the heads", NULL,
     {{HEED_COMMAND_HEADS_ORDER, 0}},
     "By place, by label, or by a measure, the largest first",
     "By place: a row is a layer"},
    {"How it is shown", "By layer and head", NULL,
     {{HEED_COMMAND_HEADS_ORDER, HEED_ORDER_GRID + 1}},
     "Each head where it is: a row is a layer",
     "The first layer is on top"},
    {"How it is shown", "By label", NULL,
     {{HEED_COMMAND_HEADS_ORDER, HEED_ORDER_LABEL + 1}},
     "Heads that do the same side by side",
     "What a head does in this text only"},
    {"How it is shown", "Bands", NULL,
     {{HEED_COMMAND_HEADS_BANDS, 0}},
     "The ordered heads parted in five steps of the measure",
     "The highest band is on top"},
    {"How it is shown", "Heads as maps or links", NULL,
     {{HEED_COMMAND_HEADS_MODE, 0}},
     "Each head\xE2\x80\x99" "s weights as a small table, or its strongest links as lines",
     "Strong or thick: near 1"},
    {"How it is shown", "Order of the keys", NULL,
     {{HEED_COMMAND_NEURON_SORT, 0}},
     "Keys as in the text, or the largest weight first",
     "First: what the query reads most"},
    {"How it is shown", "Values, or q and k", NULL,
     {{HEED_COMMAND_NEURON_VALUES, 0}},
     "What keys offer to be found by, or what they hand over",
     "Long: it moves much when its weight is large"},
    {"How it is shown", "All at once, or in steps", NULL,
     {{HEED_COMMAND_NEURON_STEP, ANY}, {HEED_COMMAND_NEURON_NEXT, 0},
      {HEED_COMMAND_NEURON_BACK, 0}},
     "The row\xE2\x80\x99" "s arithmetic whole, or q and k, products, sum, / \xE2\x88\x9A" "d, "
     "softmax, values",
     "Each step shows its numbers and keeps those before"},
    {"How it is shown", "Copy the row\xE2\x80\x99" "s sums", NULL,
     {{HEED_COMMAND_COPY_SUMS, ANY}},
     "Scores, exponentials, their sum and weights, as text or LaTeX",
     "To paste where you calculate with them"},
    {"How it is shown", "Layer of the Stack", NULL,
     {{HEED_COMMAND_STACK_PAGE, ANY}},
     "Embedding, a layer, or the output",
     "Higher: words are more mixed already"},
    {"How it is shown", "Map of Compare", NULL,
     {{HEED_COMMAND_COMPARE_MAP, ANY}},
     "A\xE2\x80\x99" "s weights, B\xE2\x80\x99" "s, the change from A to B, or hidden states",
     "A change: \xE2\x88\x92" "1 to 1, above 0 where B gives more"},
    {"How it is shown", "Model of B", NULL,
     {{HEED_COMMAND_COMPARE_MODEL, 0}},
     "Which model runs B: A\xE2\x80\x99" "s, or another one",
     "Heads with the same number aren\xE2\x80\x99" "t the same head, unless one model was "
     "fine-tuned from the other"},
    {"How it is shown", "Same model", NULL,
     {{HEED_COMMAND_COMPARE_MODEL, 1}},
     "B is run by the same model as A again",
     "Then a change is of the texts alone"},
    {"How it is shown", "Most changed heads", NULL,
     {{HEED_COMMAND_COMPARE_MOST, ANY}},
     "Shows the three heads whose weights change most between the two texts",
     "Large: the head notices the words that differ"},
    {"How it is shown", "Heads ranked by", NULL,
     {{HEED_COMMAND_COMPARE_RANK, ANY}},
     "Heads by the pinned link\xE2\x80\x99" "s change, or by how different their whole maps are",
     "First: it notices the change of words most"},
    {"How it is shown", "Maps or heads", NULL,
     {{HEED_COMMAND_COMPARE_TAB, ANY}},
     "What the lower half shows",
     "Where the window is high enough both are there"},
    {"How it is shown", "Ablation ranked by", NULL,
     {{HEED_COMMAND_ABLATION_BY, ANY}},
     "The link\xE2\x80\x99" "s largest or mean change, the query\xE2\x80\x99" "s state, or the "
     "sentence\xE2\x80\x99" "s",
     "First: muting this head moves it most"},
    {"How it is shown", "Candidate", NULL,
     {{HEED_COMMAND_CANDIDATE, 0}, {HEED_COMMAND_NO_CANDIDATES, 0}},
     "Words that a query could mean; the first is held against the others",
     "Their margin is weight less weight, \xE2\x88\x92" "1 to 1"},
    {"How it is shown", "Ranking", NULL,
     {{HEED_COMMAND_RANK_ALL, 0}, {HEED_COMMAND_RANK, 0}},
     "All heads by the pinned link\xE2\x80\x99" "s weight, 0 to 1",
     "First: it has the link most"},
    {"How it is shown", "Probe\xE2\x80\x99" "s file", NULL,
     {{HEED_COMMAND_PROBE_FILE, ANY}},
     "Sentences with a pronoun, candidates and the answer, or a treebank",
     "Many sentences, and twins that differ in one word, say more"},
    {"How it is shown", "Probe\xE2\x80\x99" "s group", NULL,
     {{HEED_COMMAND_PROBE_GROUP, ANY}},
     "Only the lines of one group of the file",
     "Fewer lines: a wider interval"},
    {"How it is shown", "Probe\xE2\x80\x99" "s sentences", NULL,
     {{HEED_COMMAND_PROBE_KEEP, ANY}},
     "All of them, those that a head got right, or the others",
     "Read the others: they say what it doesn\xE2\x80\x99" "t do"},
    {"How it is shown", "Run", NULL,
     {{HEED_COMMAND_RUN, ANY}},
     "Computes the panel\xE2\x80\x99" "s numbers for the text or file above",
     "You can go on typing; Esc cancels"},
    {"How it is shown", "Theme", NULL,
     {{HEED_COMMAND_THEME, 0}},
     "Light, dark, or white for paper",
     "Colours of heads stay the same"},
    {"How it is shown", "Palette", NULL,
     {{HEED_COMMAND_PALETTE, 0}},
     "The colours of maps, from 0 to the largest",
     "Strong: high"},
    {"How it is shown", "Side rail", NULL,
     {{HEED_COMMAND_RAIL, 0}},
     "The map of heads and the filters",
     "B opens and closes it"},
    {"How it is shown", "Inspector", NULL,
     {{HEED_COMMAND_INSPECTOR, 0}},
     "The numbers of what is pinned",
     "I opens and closes it"},
    {"How it is shown", "Zoom", NULL,
     {{HEED_COMMAND_ZOOM_IN, 0}, {HEED_COMMAND_ZOOM_OUT, 0}, {HEED_COMMAND_ZOOM_RESET, 0}},
     "The picture larger or smaller",
     "0 fits it again"},
    {"How it is shown", "Pinned pair large", NULL,
     {{HEED_COMMAND_ZOOM_PAIR, 0}},
     "Projected: both words and each shown head's weight alone, 0 to 1",
     "The mark on a bar is what the other rows give: a link lies far beyond it"},
    {"How it is shown", "Size", NULL,
     {{HEED_COMMAND_SCALE_UP, 0}, {HEED_COMMAND_SCALE_DOWN, 0}, {HEED_COMMAND_SCALE_RESET, 0}},
     "All type and controls larger or smaller",
     "Projector (F5) is larger still"},
    {"How it is shown", "Second text", NULL,
     {{HEED_COMMAND_PAIR, 0}},
     "A second text after [SEP], as models for sentence pairs are given it",
     "Links then go within a text or across"},
    {"How it is shown", "Projector", NULL,
     {{HEED_COMMAND_PROJECTOR, 0}},
     "Only the picture, large enough for the last row",
     "B and . make the screen black, W white, Esc leaves"},
};
/* clang-format on */

const struct heed_term *heed_terms_get(int *n)
{
    *n = (int)HEED_COUNT(terms);
    return terms;
}

static bool is_set_by(const struct heed_term *term, int command, int argument)
{
    for (int i = 0; i < HEED_TERM_CONTROLS && term->controls[i].command != HEED_COMMAND_NONE; i++) {
        if (term->controls[i].command == command &&
            (term->controls[i].argument == ANY || term->controls[i].argument == argument)) {
            return true;
        }
    }
    return false;
}

const struct heed_term *heed_term_of(int command, int argument)
{
    for (size_t i = 0; i < HEED_COUNT(terms); i++) {
        if (is_set_by(&terms[i], command, argument)) {
            return &terms[i];
        }
    }
    return NULL;
}

static bool holds(const char *label, const char *part, size_t length)
{
    for (; *label != '\0'; label++) {
        if (strncmp(label, part, length) == 0) {
            return true;
        }
    }
    return false;
}

/* Is it one of the labels of a list? */
static bool is_among(const char *labels, const char *label)
{
    for (const char *at = labels; *at != '\0';) {
        const size_t length = strcspn(at, ";");
        const bool begins = length > 0 && at[length - 1] == '*';
        const size_t n = length - begins;
        if (at[0] == '*' ? holds(label, at + 1, length - 1)
                         : strncmp(at, label, n) == 0 && (begins || label[n] == '\0')) {
            return true;
        }
        at += length + (at[length] == ';');
    }
    return false;
}

const struct heed_term *heed_term_find(const char *label)
{
    for (size_t i = 0; i < HEED_COUNT(terms); i++) {
        if (strcmp(terms[i].name, label) == 0 ||
            (terms[i].labels != NULL && is_among(terms[i].labels, label))) {
            return &terms[i];
        }
    }
    return NULL;
}

struct heed_target heed_term_target(int command, int argument)
{
    const struct heed_term *term = heed_term_of(command, argument);
    if (term == NULL) {
        return (struct heed_target){.kind = HEED_TARGET_BLOCK};
    }
    return heed_target_of(HEED_TARGET_TERM, (int32_t)(term - terms), 0, 0);
}

void heed_term_spot(const struct heed_skin *skin, struct heed_rect rect, const char *label)
{
    const struct heed_term *term = heed_term_find(label);
    if (term != NULL && skin->list->target.kind == HEED_TARGET_NONE) {
        heed_list_spot(skin->list, rect,
                       heed_target_of(HEED_TARGET_TERM, (int32_t)(term - terms), 0, 0));
    }
}

float heed_term_left(const struct heed_skin *skin, float x, float cy, float size, int weight,
                     struct heed_color color, const char *text, float max_width)
{
    const float width = heed_widget_left(skin, x, cy, size, weight, color, text, max_width);
    heed_term_spot(
        skin, (struct heed_rect){x, cy - size * skin->scale, width, 2 * size * skin->scale}, text);
    return width;
}

float heed_term_right(const struct heed_skin *skin, float x, float cy, float size, int weight,
                      struct heed_color color, const char *text, float max_width)
{
    const float width = heed_widget_right(skin, x, cy, size, weight, color, text, max_width);
    heed_term_spot(
        skin, (struct heed_rect){x - width, cy - size * skin->scale, width, 2 * size * skin->scale},
        text);
    return width;
}
