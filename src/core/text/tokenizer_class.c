#include "core/text/tokenizer_class.h"

#include <string.h>

#include "base/compiler.h"
#include "core/model/json.h"
#include "core/text/settings_note.h"

/* ---- what they write ---- */

static void put_bool(struct heed_buffer *out, const char *key, bool value)
{
    heed_buffer_printf(out, "\"%s\":%s,", key, value ? "true" : "false");
}

static void put_string(struct heed_buffer *out, const char *text)
{
    heed_buffer_put_json(out, text ? text : "", text ? strlen(text) : 0);
}

static void put_role(struct heed_buffer *out, const struct heed_settings_source *source,
                     enum heed_role role)
{
    put_string(out, heed_settings_find_role(source, role));
}

static void put_bert_rules(struct heed_buffer *out, const struct heed_settings_source *source)
{
    const cJSON *config = source->config;
    const bool lower = heed_json_find_bool(config, "do_lower_case", true);
    heed_buffer_puts(out, "\"normalizer\":{\"clean_text\":true,");
    put_bool(out, "handle_chinese_chars",
             heed_json_find_bool(config, "tokenize_chinese_chars", true));
    put_bool(out, "strip_accents", heed_json_find_bool(config, "strip_accents", lower));
    put_bool(out, "lowercase", lower);
    heed_buffer_puts(out, "\"type\":\"BertNormalizer\"},"
                          "\"pre_tokenizer\":{\"type\":\"BertPreTokenizer\"},"
                          "\"model\":{\"type\":\"WordPiece\",\"unk_token\":");
    put_role(out, source, HEED_ROLE_UNK);
    heed_buffer_puts(out, "},");
}

/* One item of a template. */
static void put_token(struct heed_buffer *out, const char *token, int type)
{
    heed_buffer_puts(out, "{\"SpecialToken\":{\"id\":");
    put_string(out, token);
    heed_buffer_printf(out, ",\"type_id\":%d}}", type);
}

static void put_sequence(struct heed_buffer *out, const char *name, int type)
{
    heed_buffer_printf(out, ",{\"Sequence\":{\"id\":\"%s\",\"type_id\":%d}},", name, type);
}

/* first A last, and first A last (last) B last. */
static void put_template(struct heed_buffer *out, const char *first, const char *last, int b_type,
                         bool doubled)
{
    heed_buffer_puts(out, "\"post_processor\":{\"type\":\"TemplateProcessing\",");
    for (int pair = 0; pair < 2; pair++) {
        heed_buffer_puts(out, pair ? "],\"pair\":[" : "\"single\":[");
        put_token(out, first, 0);
        put_sequence(out, "A", 0);
        put_token(out, last, 0);
        if (pair && doubled) {
            heed_buffer_puts(out, ",");
            put_token(out, last, 0);
        }
        if (pair) {
            put_sequence(out, "B", b_type);
            put_token(out, last, b_type);
        }
    }
    heed_buffer_puts(out, "]},");
}

static void put_roberta_template(struct heed_buffer *out, const struct heed_settings_source *source,
                                 bool trim, bool prefix_space)
{
    heed_buffer_puts(out, "\"post_processor\":{\"type\":\"RobertaProcessing\",\"sep\":[");
    put_role(out, source, HEED_ROLE_SEP);
    heed_buffer_puts(out, "],\"cls\":[");
    put_role(out, source, HEED_ROLE_CLS);
    heed_buffer_puts(out, "],");
    put_bool(out, "trim_offsets", trim);
    heed_buffer_printf(out, "\"add_prefix_space\":%s},", prefix_space ? "true" : "false");
}

static void write_bert(struct heed_buffer *out, const struct heed_settings_source *source)
{
    put_bert_rules(out, source);
    put_template(out, heed_settings_find_role(source, HEED_ROLE_CLS),
                 heed_settings_find_role(source, HEED_ROLE_SEP), 1, false);
}

static void write_mpnet(struct heed_buffer *out, const struct heed_settings_source *source)
{
    put_bert_rules(out, source);
    put_roberta_template(out, source, true, false);
}

static void write_roberta(struct heed_buffer *out, const struct heed_settings_source *source)
{
    const bool space = heed_json_find_bool(source->config, "add_prefix_space", false);
    const bool trim = heed_json_find_bool(source->config, "trim_offsets", true);
    heed_buffer_puts(out,
                     "\"model\":{\"type\":\"BPE\"},\"pre_tokenizer\":{\"type\":\"ByteLevel\",");
    heed_buffer_printf(out, "\"add_prefix_space\":%s},", space ? "true" : "false");
    put_roberta_template(out, source, trim, space);
}

/* SentencePiece's: words with U+2581 before them. */
static void put_spaced_words(struct heed_buffer *out, const struct heed_settings_source *source)
{
    heed_buffer_printf(out,
                       "\"pre_tokenizer\":{\"type\":\"Sequence\",\"pretokenizers\":[{\"type\":"
                       "\"WhitespaceSplit\"},{\"type\":\"Metaspace\",\"prepend_scheme\":\"%s\"}]},",
                       heed_json_find_bool(source->config, "add_prefix_space", true) ? "always"
                                                                                     : "never");
}

static void write_xlm_roberta(struct heed_buffer *out, const struct heed_settings_source *source)
{
    heed_buffer_puts(out, "\"model\":{\"type\":\"Unigram\",\"unk_id\":3},");
    put_spaced_words(out, source);
    put_template(out, heed_settings_find_role(source, HEED_ROLE_BOS),
                 heed_settings_find_role(source, HEED_ROLE_EOS), 0, true);
}

static int find_unk(const struct heed_settings_source *source)
{
    const char *unk = heed_settings_find_role(source, HEED_ROLE_UNK);
    const cJSON *item = NULL;
    int id = 0;
    cJSON_ArrayForEach(item, heed_json_find(heed_json_find(source->tokenizer, "model"), "vocab"))
    {
        const cJSON *piece = cJSON_GetArrayItem(item, 0);
        if (unk && cJSON_IsString(piece) && strcmp(piece->valuestring, unk) == 0) {
            return id;
        }
        id++;
    }
    return 0;
}

static void write_camembert(struct heed_buffer *out, const struct heed_settings_source *source)
{
    heed_buffer_printf(out, "\"model\":{\"type\":\"Unigram\",\"unk_id\":%d},", find_unk(source));
    put_spaced_words(out, source);
    put_template(out, heed_settings_find_role(source, HEED_ROLE_BOS),
                 heed_settings_find_role(source, HEED_ROLE_EOS), 0, true);
}

static void write_albert(struct heed_buffer *out, const struct heed_settings_source *source)
{
    const cJSON *config = source->config;
    heed_buffer_puts(out, "\"model\":{\"type\":\"Unigram\",\"unk_id\":1},"
                          "\"normalizer\":{\"type\":\"Sequence\",\"normalizers\":["
                          "{\"type\":\"Replace\",\"pattern\":\"``\",\"content\":\"\\\"\"},"
                          "{\"type\":\"Replace\",\"pattern\":\"''\",\"content\":\"\\\"\"}");
    heed_buffer_puts(out, heed_json_find_bool(config, "keep_accents", false)
                              ? ""
                              : ",{\"type\":\"NFKD\"},{\"type\":\"StripAccents\"}");
    heed_buffer_puts(
        out, heed_json_find_bool(config, "do_lower_case", true) ? ",{\"type\":\"Lowercase\"}" : "");
    heed_buffer_puts(out, "]},");
    put_spaced_words(out, source);
    put_template(out, "[CLS]", "[SEP]", 1, false);
}

/* ---- the table ---- */

/* In the order of enum heed_role. */
#define BRACKETED                                                                                  \
    {                                                                                              \
        NULL, NULL, "[UNK]", "[SEP]", "[PAD]", "[CLS]", "[MASK]"                                   \
    }
#define ANGLED                                                                                     \
    {                                                                                              \
        "<s>", "</s>", "<unk>", "</s>", "<pad>", "<s>", "<mask>"                                   \
    }

static const struct heed_tokenizer_class classes[] = {
    {.names = {"Bert", "DistilBert", "Electra", "LayoutLM", "Lxmert", "MobileBert", "SqueezeBert",
               "DPRContextEncoder", "DPRQuestionEncoder"},
     .model_types = {"bert", "distilbert", "electra", "ernie"},
     .model = "WordPiece",
     .roles = BRACKETED,
     .has_types = true,
     .write = write_bert},
    {.names = {"Roberta", "Bart", "LED", "Longformer", "Mvp"},
     .model_types = {"roberta", "data2vec-text"},
     .model = "BPE",
     .roles = ANGLED,
     .write = write_roberta},
    {.names = {"XLMRoberta"},
     .model_types = {"xlm-roberta"},
     .model = "Unigram",
     .roles = ANGLED,
     .write = write_xlm_roberta},
    {.names = {"Camembert"},
     .model_types = {"camembert"},
     .model = "Unigram",
     .roles = ANGLED,
     .extra = {"<s>NOTUSED", "</s>NOTUSED", "<unk>NOTUSED"},
     .mask_takes_space = true,
     .write = write_camembert},
    {.names = {"MPNet"},
     .model_types = {"mpnet"},
     .model = "WordPiece",
     .roles = {"<s>", "</s>", "[UNK]", "</s>", "<pad>", "<s>", "<mask>"},
     .mask_takes_space = true,
     .write = write_mpnet},
    {.names = {"Albert"},
     .model_types = {"albert"},
     .model = "Unigram",
     .roles = {"[CLS]", "[SEP]", "<unk>", "[SEP]", "<pad>", "[CLS]", "[MASK]"},
     .keeps_template = true,
     .write = write_albert},
};

/* Those with rules of their own that heed doesn't have; transformers takes
 * tokenizer.json's for every name that it doesn't know. */
static const char *const refused[] = {
    "Barthez",      "Bartpho",
    "BertJapanese", "Bertweet",
    "BigBird",      "BioGpt",
    "Blenderbot",   "BlenderbotSmall",
    "ByT5",         "CLIP",
    "CTRL",         "Canine",
    "Clvp",         "CodeLlama",
    "Cohere",       "CpmAnt",
    "Cpm",          "Deberta",
    "DebertaV2",    "Dia",
    "Esm",          "Esmc",
    "FSMT",         "Flaubert",
    "Funnel",       "GPT2",
    "GPTNeoX",      "GPTNeoXJapanese",
    "Gemma",        "Herbert",
    "Lasr",         "LayoutLMv2",
    "LayoutLMv3",   "LayoutXLM",
    "Llama",        "Luke",
    "MBart",        "MBart50",
    "MarkupLM",     "Mgpstr",
    "MyT5",         "Nllb",
    "Nougat",       "OpenAIGPT",
    "PLBart",       "Pegasus",
    "Perceiver",    "Phobert",
    "ProphetNet",   "Qwen2",
    "Qwen3_5",      "Rag",
    "Reformer",     "RemBert",
    "RoCBert",      "RoFormer",
    "SeamlessM4T",  "Siglip2",
    "Splinter",     "T5",
    "Tapas",        "Udop",
    "VideoPrism",   "Vits",
    "Wav2Vec2CTC",  "Wav2Vec2PhonemeCTC",
    "Whisper",      "XGLM",
    "XLM",          "XLNet",
};

/* True if name is one of the list and then "Tokenizer" or "TokenizerFast". */
static bool is_named(const char *name, const char *const *list, size_t n)
{
    for (size_t i = 0; i < n && list[i]; i++) {
        const size_t length = strlen(list[i]);
        if (strncmp(name, list[i], length) == 0 && (strcmp(name + length, "Tokenizer") == 0 ||
                                                    strcmp(name + length, "TokenizerFast") == 0)) {
            return true;
        }
    }
    return false;
}

static const struct heed_tokenizer_class *of_model(const struct heed_settings_source *source)
{
    const char *type = heed_json_find_string(source->model, "model_type", "bert");
    for (size_t i = 0; i < HEED_COUNT(classes); i++) {
        for (size_t k = 0; k < HEED_CLASS_NAMES && classes[i].model_types[k]; k++) {
            if (strcmp(classes[i].model_types[k], type) == 0) {
                return &classes[i];
            }
        }
    }
    return NULL;
}

bool heed_tokenizer_class_find(const struct heed_settings_source *source,
                               const struct heed_tokenizer_class **class, struct heed_error *err)
{
    const char *name =
        heed_json_find_string(source->config, "tokenizer_class",
                              heed_json_find_string(source->model, "tokenizer_class", NULL));
    *class = name ? NULL : of_model(source);
    for (size_t i = 0; name && i < HEED_COUNT(classes); i++) {
        if (is_named(name, classes[i].names, HEED_CLASS_NAMES)) {
            *class = &classes[i];
        }
    }
    if (name && !*class && is_named(name, refused, HEED_COUNT(refused))) {
        return heed_error_set(err, HEED_ERROR_UNSUPPORTED,
                              "'%s': its tokenizer is a %.60s, whose rules heed doesn't have",
                              source->folder, name);
    }
    return true;
}

/* ---- in place of the file's ---- */

/* The rules of characters that the file's normalizer has; taken out of it. */
static cJSON *take_charsmap(cJSON *tokenizer)
{
    cJSON *normalizer = cJSON_GetObjectItemCaseSensitive(tokenizer, "normalizer");
    cJSON *list = cJSON_GetObjectItemCaseSensitive(normalizer, "normalizers");
    cJSON *item = NULL;
    if (heed_json_find(normalizer, "precompiled_charsmap")) {
        return cJSON_DetachItemViaPointer(tokenizer, normalizer);
    }
    cJSON_ArrayForEach(item, list)
    {
        if (heed_json_find(item, "precompiled_charsmap")) {
            return cJSON_DetachItemViaPointer(list, item);
        }
    }
    return NULL;
}

/* The class's normalizer and then the rules of characters. */
static bool add_charsmap(cJSON *tokenizer, cJSON *charsmap)
{
    cJSON *normalizer = cJSON_GetObjectItemCaseSensitive(tokenizer, "normalizer");
    cJSON *list = cJSON_GetObjectItemCaseSensitive(normalizer, "normalizers");
    if (!charsmap || list) {
        return !charsmap || cJSON_AddItemToArray(list, charsmap);
    }
    return cJSON_AddItemToObject(tokenizer, "normalizer", charsmap);
}

/* Members of the rules come in place of those of the same name; of the model only its
 * vocabulary and merges are kept. */
static bool replace_rules(cJSON *tokenizer, cJSON *rules, bool keeps_template)
{
    static const char *const kept[] = {"vocab", "merges"};
    cJSON *old_model = cJSON_GetObjectItemCaseSensitive(tokenizer, "model");
    cJSON *model = cJSON_GetObjectItemCaseSensitive(rules, "model");
    for (size_t i = 0; i < HEED_COUNT(kept); i++) {
        cJSON *item = cJSON_DetachItemFromObjectCaseSensitive(old_model, kept[i]);
        if (item && !cJSON_AddItemToObject(model, kept[i], item)) {
            cJSON_Delete(item);
            return false;
        }
    }
    cJSON_DeleteItemFromObjectCaseSensitive(tokenizer, "normalizer");
    if (keeps_template && heed_json_find(tokenizer, "post_processor")) {
        cJSON_DeleteItemFromObjectCaseSensitive(rules, "post_processor");
    }
    while (rules->child) {
        cJSON *item = cJSON_DetachItemViaPointer(rules, rules->child);
        cJSON_DeleteItemFromObjectCaseSensitive(tokenizer, item->string);
        if (!cJSON_AddItemToObject(tokenizer, item->string, item)) {
            cJSON_Delete(item);
            return false;
        }
    }
    return true;
}

bool heed_tokenizer_class_apply(struct heed_settings_source *source, struct heed_error *err)
{
    struct heed_buffer text = {0};
    cJSON *rules = NULL;
    const cJSON *model = heed_json_find(source->tokenizer, "model");
    const char *type = heed_subword_type(model);
    if (heed_json_find(model, "vocab") && strcmp(type, source->class->model) != 0) {
        return heed_error_set(err, HEED_ERROR_UNSUPPORTED,
                              "'%s' is a %.30s tokenizer, but its class, %sTokenizer, makes %s of "
                              "it: set tokenizer_class in tokenizer_config.json",
                              source->path, type, source->class->names[0], source->class->model);
    }
    heed_buffer_puts(&text, "{");
    source->class->write(&text, source);
    heed_buffer_puts(&text, "\"version\":\"1.0\"}");
    if (text.failed || !heed_json_parse(&rules, text.data, text.size, source->path, err)) {
        heed_buffer_finish(&text);
        return heed_settings_fail_memory(source, err);
    }
    heed_buffer_finish(&text);
    cJSON *charsmap =
        strcmp(source->class->model, "Unigram") == 0 ? take_charsmap(source->tokenizer) : NULL;
    heed_settings_note(source->tokenizer, rules, source->note, sizeof source->note);
    bool ok = replace_rules(source->tokenizer, rules, source->class->keeps_template);
    cJSON_Delete(rules);
    if (ok && !add_charsmap(source->tokenizer, charsmap)) {
        ok = false;
    }
    return ok || heed_settings_fail_memory(source, err);
}
