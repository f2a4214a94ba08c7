/* The tokenizer on small vocabularies that lie in tests/data. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"
#include "base/utf8.h"
#include "token_golden.h"

static void vocab_txt_equals_transformers(void **state)
{
    char folder[4096];
    snprintf(folder, sizeof folder, "%s", test_path("data", "tiny-vocab"));
    compare_goldens("tiny-vocab", folder);
}

static void tokenizer_json_equals_transformers(void **state)
{
    char folder[4096];
    snprintf(folder, sizeof folder, "%s", test_path("data", "tiny-json"));
    compare_goldens("tiny-json", folder);
}

/* What each is for stands in make_subword_goldens.py. */
static void every_other_kind_equals_transformers(void **state)
{
    static const char *const names[] = {"tok-roberta",  "tok-xlm-roberta", "tok-albert",
                                        "tok-fallback", "tok-split",       "tok-bpe",
                                        "tok-wordpiece"};
    for (size_t i = 0; i < HEED_COUNT(names); i++) {
        compare_goldens(names[i], test_path("data", names[i]));
    }
}

static void check_shown(const char *folder, const char *text, const char *const *shown)
{
    struct heed_tokenizer *tokenizer = open_tokenizer(test_path("data", folder), 512);
    struct heed_encoding *encoding = encode_text(tokenizer, text, NULL);
    for (int i = 0; i < encoding->n_tokens; i++) {
        char piece[32];
        assert_true(
            heed_tokenizer_show_piece(tokenizer, encoding->tokens[i].id, piece, sizeof piece));
        assert_non_null(shown[i]);
        assert_string_equal(piece, shown[i]);
    }
    assert_null(shown[encoding->n_tokens]);
    heed_encoding_destroy(encoding);
    heed_tokenizer_destroy(tokenizer);
}

static void pieces_are_shown_as_the_text_that_they_stand_for(void **state)
{
    check_shown("tok-roberta", "the walking.",
                (const char *const[]){"<s>", "the", "walk", "##ing", ".", "</s>", NULL});
    check_shown("tok-xlm-roberta", "the <mask>",
                (const char *const[]){"<s>", "the", "<mask>", "</s>", NULL});
    check_shown(
        "tok-roberta", "\xE2\x82\xAC",
        (const char *const[]){"<s>", HEED_BLANK_LABEL, "<0xE2>", "<0x82>", "<0xAC>", "</s>", NULL});
    check_shown("tiny-bert", "cats [MASK]",
                (const char *const[]){"[CLS]", "cat", "##s", "[MASK]", "[SEP]", NULL});
}

/* A byte-level vocabulary may hold what no letters of bytes make. */
static void a_piece_of_no_bytes_is_shown_as_it_stands(void **state)
{
    static const char json[] =
        "{\"pre_tokenizer\":{\"type\":\"ByteLevel\",\"add_prefix_space\":false},\"model\":{"
        "\"type\":"
        "\"BPE\",\"vocab\":{\"a\":0,\"\xC4\xA0"
        "a\":1,\"a\xE7\x8C\xAB\":2,\"\xC3\xA3\xC4\xA3\xC4\xA4\":3},\"merges\":[]}}";
    static const char *const shown[] = {"##a", "a", "##a\xE7\x8C\xAB", "##\xE3\x81\x82"};
    static const char config[] = "{\"tokenizer_class\":\"PreTrainedTokenizerFast\"}";
    char folder[] = "/tmp/heed-tokenizer-XXXXXX", path[256], config_path[256];
    struct heed_error err = {0};
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/tokenizer.json", folder);
    assert_true(heed_file_write(path, json, sizeof json - 1, &err));
    snprintf(config_path, sizeof config_path, "%s/tokenizer_config.json", folder);
    assert_true(heed_file_write(config_path, config, sizeof config - 1, &err));
    struct heed_tokenizer *tokenizer = open_tokenizer(folder, 512);
    for (int id = 0; id < 4; id++) {
        char piece[32];
        assert_true(heed_tokenizer_show_piece(tokenizer, id, piece, sizeof piece));
        assert_string_equal(piece, shown[id]);
    }
    heed_tokenizer_destroy(tokenizer);
    assert_int_equal(unlink(path), 0);
    assert_int_equal(unlink(config_path), 0);
    rmdir(folder);
}

static void what_is_only_a_space_is_blank_and_what_goes_on_continues(void **state)
{
    struct heed_tokenizer *tokenizer = open_tokenizer(test_path("data", "tok-roberta"), 512);
    struct heed_encoding *encoding = encode_text(tokenizer, "cat   walking, it's", NULL);
    int n_blank = 0;
    for (int i = 0; i < encoding->n_tokens; i++) {
        const struct heed_token *token = &encoding->tokens[i];
        const char before = token->start > 0 ? encoding->text[token->start - 1] : ' ';
        const char first = encoding->text[token->start];
        n_blank += token->blank;
        if (!token->is_template && !token->blank) {
            assert_int_equal(token->continues, before >= 'a' && first >= 'a');
        }
    }
    assert_int_equal(n_blank, 2);
    heed_encoding_destroy(encoding);
    heed_tokenizer_destroy(tokenizer);
}

static struct heed_tokenizer *open_tiny(int max_positions)
{
    return open_tokenizer(test_path("data", "tiny-vocab"), max_positions);
}

static void nul_bytes_are_removed_and_keep_their_place(void **state)
{
    struct heed_error err = {0};
    struct heed_encoding *encoding = NULL;
    struct heed_tokenizer *tokenizer = open_tiny(512);
    const char text[] = "\0the\0 c\0at";
    assert_true(heed_tokenize(&encoding, tokenizer, text, sizeof text - 1, NULL, 0,
                              (struct heed_tokenize_options){0}, &err));
    assert_int_equal(encoding->n_tokens, 4);
    assert_int_equal(encoding->tokens[1].start, 1);
    assert_int_equal(encoding->tokens[1].end, 4);
    assert_int_equal(encoding->tokens[2].start, 6);
    assert_int_equal(encoding->tokens[2].end, 10);
    heed_encoding_destroy(encoding);
    heed_tokenizer_destroy(tokenizer);
}

static void invalid_utf8_is_an_error_that_names_the_byte(void **state)
{
    static const char *const texts[] = {"the \xff", "the \xed\xa0\x80", "the \xc0\x80",
                                        "the \xf4\x90\x80\x80", "the \xe4\xb8"};
    struct heed_tokenizer *tokenizer = open_tiny(512);
    for (size_t i = 0; i < HEED_COUNT(texts); i++) {
        struct heed_error err = {0};
        struct heed_encoding *encoding = NULL;
        assert_false(heed_tokenize(&encoding, tokenizer, texts[i], strlen(texts[i]), NULL, 0,
                                   (struct heed_tokenize_options){0}, &err));
        assert_null(encoding);
        assert_int_equal(err.code, HEED_ERROR_INPUT);
        assert_non_null(strstr(err.text, "byte 4"));
    }
    heed_tokenizer_destroy(tokenizer);
}

static void typed_special_tokens_are_told_from_the_templates(void **state)
{
    struct heed_tokenizer *tokenizer = open_tiny(512);
    struct heed_encoding *encoding = encode_text(tokenizer, "[SEP] caf!qq", NULL);
    const struct heed_token *tokens = encoding->tokens;
    assert_int_equal(encoding->n_tokens, 6);
    assert_true(tokens[0].special && tokens[0].is_template);
    assert_true(tokens[1].special && !tokens[1].is_template);
    assert_int_equal(tokens[1].end, 5);
    assert_true(!tokens[2].special && !tokens[2].continues);
    assert_true(tokens[3].punctuation && !tokens[3].unknown);
    assert_true(tokens[4].unknown && !tokens[4].special);
    assert_string_equal(heed_tokenizer_get_piece(tokenizer, tokens[2].id), "caf");
    assert_null(heed_tokenizer_get_piece(tokenizer, -1));
    assert_null(heed_tokenizer_get_piece(tokenizer, 1 << 30));
    assert_int_equal(heed_tokenizer_get_mask_id(tokenizer), 4);
    heed_encoding_destroy(encoding);
    heed_tokenizer_destroy(tokenizer);
}

static void the_limit_is_the_smaller_of_the_two(void **state)
{
    struct heed_tokenizer *tokenizer = open_tiny(512);
    assert_int_equal(heed_tokenizer_get_limit(tokenizer), 32);
    heed_tokenizer_destroy(tokenizer);
    tokenizer = open_tiny(5);
    assert_int_equal(heed_tokenizer_get_limit(tokenizer), 5);
    struct heed_encoding *encoding = encode_text(tokenizer, "the cat was too tired", NULL);
    assert_int_equal(encoding->n_tokens, 5);
    assert_int_equal(encoding->n_total, 7);
    assert_int_equal(encoding->n_limit, 5);
    assert_int_equal(encoding->text_kept, 11);
    heed_encoding_destroy(encoding);
    struct heed_error err = {0};
    struct heed_tokenizer *none = NULL;
    assert_false(heed_tokenizer_open(&none, test_path("data", "tiny-vocab"), 2, &err));
    assert_int_equal(err.code, HEED_ERROR_UNSUPPORTED);
    heed_tokenizer_destroy(tokenizer);
}

static void without_truncation_everything_is_kept(void **state)
{
    struct heed_error err = {0};
    struct heed_encoding *encoding = NULL;
    struct heed_tokenizer *tokenizer = open_tiny(5);
    const char *text = "the cat was too tired";
    assert_true(heed_tokenize(&encoding, tokenizer, text, strlen(text), NULL, 0,
                              (struct heed_tokenize_options){.no_truncate = true}, &err));
    assert_int_equal(encoding->n_tokens, 7);
    assert_int_equal(encoding->n_limit, 0);
    assert_int_equal(encoding->text_kept, 21);
    heed_encoding_destroy(encoding);
    heed_tokenizer_destroy(tokenizer);
}

static void a_word_of_100_kb_is_one_unknown(void **state)
{
    enum { LENGTH = 100000 };
    char *text = malloc(LENGTH + 1);
    assert_non_null(text);
    memset(text, 'a', LENGTH);
    text[LENGTH] = '\0';
    struct heed_tokenizer *tokenizer = open_tiny(512);
    struct heed_encoding *encoding = encode_text(tokenizer, text, NULL);
    assert_int_equal(encoding->n_tokens, 3);
    assert_true(encoding->tokens[1].unknown);
    assert_int_equal(encoding->tokens[1].end, LENGTH);
    heed_encoding_destroy(encoding);
    heed_tokenizer_destroy(tokenizer);
    free(text);
}

static void check_properties(const struct heed_encoding *encoding)
{
    const int32_t ends[2] = {
        (int32_t)heed_utf8_count(encoding->text, encoding->text_length),
        (int32_t)heed_utf8_count(encoding->pair ? encoding->pair : "", encoding->pair_length)};
    int32_t last[2] = {0, 0};
    int32_t segment = 0;
    for (int i = 0; i < encoding->n_tokens; i++) {
        const struct heed_token *token = &encoding->tokens[i];
        assert_true(token->segment >= segment);
        segment = token->segment;
        if (token->is_template) {
            assert_true(token->special && token->end == 0);
            continue;
        }
        assert_true(token->start < token->end);
        assert_true(token->start >= last[segment]);
        assert_true(token->end <= ends[segment]);
        last[segment] = token->start;
    }
}

/* Every code point of Unicode by itself, between letters and as a pair. */
static void offsets_are_in_order_and_within_the_text(void **state)
{
    struct heed_tokenizer *tokenizer = open_tiny(512);
    for (uint32_t c = 1; c < 0x110000; c += c < 0x3100 ? 1 : 97) {
        char text[16] = "a";
        char bytes[4];
        if (c >= 0xD800 && c < 0xE000) {
            continue;
        }
        const size_t size = heed_utf8_encode(c, bytes);
        memcpy(text + 1, bytes, size);
        memcpy(text + 1 + size,
               "\xCC\x96"
               "b",
               4);
        struct heed_encoding *encoding = encode_text(tokenizer, text, text + 1);
        check_properties(encoding);
        heed_encoding_destroy(encoding);
    }
    heed_tokenizer_destroy(tokenizer);
}

static void normalising_is_as_the_model_is_set(void **state)
{
    struct heed_error err = {0};
    char *result = NULL;
    const char *text = "\xC3\x89"
                       "A";
    struct heed_tokenizer *tokenizer = open_tiny(512);
    assert_true(heed_tokenizer_normalise(tokenizer, text, 3, &result, &err));
    assert_string_equal(result, "ea");
    free(result);
    heed_tokenizer_destroy(tokenizer);
    tokenizer = open_tokenizer(test_path("data", "tiny-json"), 512);
    assert_true(heed_tokenizer_normalise(tokenizer, text, 3, &result, &err));
    assert_string_equal(result, text);
    free(result);
    heed_tokenizer_destroy(tokenizer);
}

/* ---- broken folders ---- */

static const struct broken {
    const char *file, *content, *says;
    enum heed_error_code code;
} broken_files[] = {
    {"tokenizer.json", "", "tokenizer.json", HEED_ERROR_FORMAT},
    {"tokenizer.json", "[]", "must be an object", HEED_ERROR_FORMAT},
    {"tokenizer.json", "{\"a\":1} x", "byte", HEED_ERROR_FORMAT},
    {"tokenizer.json", "{\"a\":\"\xff\"}", "UTF-8", HEED_ERROR_FORMAT},
    {"tokenizer.json", "{}", "vocab", HEED_ERROR_FORMAT},
    {"tokenizer.json", "{\"model\":{\"type\":\"BPE\",\"vocab\":{}}}", "BPE",
     HEED_ERROR_UNSUPPORTED},
    {"tokenizer.json", "{\"model\":{\"type\":\"Unigram\",\"vocab\":[]}}", "Unigram",
     HEED_ERROR_UNSUPPORTED},
    {"tokenizer.json", "{\"model\":{\"merges\":[],\"vocab\":{}}}", "BPE", HEED_ERROR_UNSUPPORTED},
    {"tokenizer.json", "{\"model\":{\"type\":\"WordPiece\"}}", "vocab", HEED_ERROR_FORMAT},
    {"tokenizer.json", "{\"model\":{\"type\":\"WordPiece\",\"vocab\":{\"a\":-1}}}", "'a'",
     HEED_ERROR_FORMAT},
    {"tokenizer.json", "{\"model\":{\"type\":\"WordPiece\",\"vocab\":{\"a\":1e99}}}", "'a'",
     HEED_ERROR_FORMAT},
    {"tokenizer.json", "{\"model\":{\"type\":\"WordPiece\",\"vocab\":{}}}", "[UNK]",
     HEED_ERROR_FORMAT},
    {"vocab.txt", "a\nb\n", "[UNK]", HEED_ERROR_FORMAT},
    {"vocab.txt", "a\n\xff\n", "byte 2", HEED_ERROR_FORMAT},
    {"other", "", "neither", HEED_ERROR_FILE},
};

static void broken_files_are_told_in_one_line(void **state)
{
    char folder[] = "/tmp/heed-tokenizer-XXXXXX";
    assert_non_null(mkdtemp(folder));
    for (size_t i = 0; i < HEED_COUNT(broken_files); i++) {
        char path[256];
        struct heed_error err = {0};
        struct heed_tokenizer *tokenizer = NULL;
        snprintf(path, sizeof path, "%s/%s", folder, broken_files[i].file);
        assert_true(
            heed_file_write(path, broken_files[i].content, strlen(broken_files[i].content), &err));
        assert_false(heed_tokenizer_open(&tokenizer, folder, 512, &err));
        assert_null(tokenizer);
        assert_int_equal(err.code, broken_files[i].code);
        assert_non_null(strstr(err.text, folder));
        if (!strstr(err.text, broken_files[i].says)) {
            fail_msg("'%s' doesn't say '%s'", err.text, broken_files[i].says);
        }
        assert_int_equal(unlink(path), 0);
    }
    rmdir(folder);
}

/* Parts of a tokenizer.json that heed doesn't read, and what names them. */
static const char *const unread[][2] = {
    {"\"normalizer\":{\"type\":\"Odd\"}", "normalizer is Odd"},
    {"\"normalizer\":{\"type\":\"Replace\",\"pattern\":{\"String\":\"a\"}}", "content"},
    {"\"normalizer\":{\"type\":\"Precompiled\",\"precompiled_charsmap\":\"AA\"}", "charsmap"},
    {"\"pre_tokenizer\":{\"type\":\"UnicodeScripts\"}", "pre_tokenizer is UnicodeScripts"},
    {"\"pre_tokenizer\":{\"type\":\"Metaspace\",\"replacement\":\"ab\"}", "replacement"},
    {"\"pre_tokenizer\":{\"type\":\"Punctuation\",\"behavior\":\"odd\"}", "behavior"},
    {"\"pre_tokenizer\":{\"type\":\"Split\",\"pattern\":{\"Regex\":\"a\\\\p{Greek}b\"}}",
     "has '\\p{Greek}'"},
    {"\"pre_tokenizer\":{\"type\":\"Split\",\"pattern\":{\"Regex\":\"(a)\\\\1\"}}", "has '\\1'"},
    {"\"pre_tokenizer\":{\"type\":\"Split\",\"pattern\":{\"Regex\":\"[a&&b]\"}}", "has '&&'"},
    {"\"pre_tokenizer\":{\"type\":\"Split\",\"pattern\":{\"Regex\":\"a{2}+\"}}", "has '{2}+'"},
    {"\"pre_tokenizer\":{\"type\":\"Split\",\"pattern\":{\"Regex\":\"(a\"}}", "no pattern"},
    {"\"post_processor\":{\"type\":\"Odd\"}", "post_processor Odd"},
    {"\"post_processor\":{\"type\":\"TemplateProcessing\",\"single\":[],\"pair\":[]}",
     "post_processor TemplateProcessing"},
    {"\"post_processor\":{\"type\":\"BertProcessing\",\"cls\":[\"a\",0],\"sep\":[\"q\"]}", "'q'"},
};

static void check_refused(const char *folder, const char *json, const char *config,
                          const char *says)
{
    char path[256];
    struct heed_error err = {0};
    struct heed_tokenizer *tokenizer = NULL;
    snprintf(path, sizeof path, "%s/tokenizer_config.json", folder);
    assert_true(heed_file_write(path, config, strlen(config), &err));
    snprintf(path, sizeof path, "%s/tokenizer.json", folder);
    assert_true(heed_file_write(path, json, strlen(json), &err));
    if (says) {
        assert_false(heed_tokenizer_open(&tokenizer, folder, 512, &err));
        if (!strstr(err.text, says) || strchr(err.text, '\n')) {
            fail_msg("'%s' doesn't say '%s'", err.text, says);
        }
    } else if (!heed_tokenizer_open(&tokenizer, folder, 512, &err)) {
        fail_msg("%s", err.text);
    }
    heed_tokenizer_destroy(tokenizer);
}

static void what_isnt_read_is_named(void **state)
{
    static const char plain[] = "{\"tokenizer_class\":\"PreTrainedTokenizerFast\"}";
    static const char model[] =
        "\"model\":{\"type\":\"WordPiece\",\"vocab\":{\"a\":0,\"[UNK]\":1}}";
    char folder[] = "/tmp/heed-tokenizer-XXXXXX";
    char json[512];
    assert_non_null(mkdtemp(folder));
    for (size_t i = 0; i < HEED_COUNT(unread); i++) {
        snprintf(json, sizeof json, "{%s,%s}", unread[i][0], model);
        check_refused(folder, json, plain, unread[i][1]);
    }
    snprintf(json, sizeof json, "{%s}", model);
    check_refused(folder, json, plain, NULL);
    check_refused(folder, json, "{\"tokenizer_class\":\"OwnTokenizer\"}", NULL);
    check_refused(folder, json, "{\"tokenizer_class\":\"T5TokenizerFast\"}", "T5TokenizerFast");
    check_refused(folder, json, "{\"tokenizer_class\":\"RobertaTokenizer\"}",
                  "is a WordPiece tokenizer, but its class, RobertaTokenizer");
    check_refused(folder, "{\"model\":{\"type\":\"WordLevel\",\"vocab\":{}}}", plain, "WordLevel");
    check_refused(folder, "{\"model\":{\"type\":\"BPE\",\"vocab\":{\"a\":0},\"merges\":[\"a b\"]}}",
                  plain, "merge 1 is of pieces");
    check_refused(folder, "{\"model\":{\"type\":\"BPE\",\"vocab\":{\"a\":0},\"merges\":[\"ab\"]}}",
                  plain, "merge 1 isn't two pieces");
    check_refused(folder, "{\"model\":{\"type\":\"Unigram\",\"vocab\":[[\"a\",0]]}}", plain,
                  "unk_id");
    snprintf(json, sizeof json, "%s/tokenizer.json", folder);
    assert_int_equal(unlink(json), 0);
    snprintf(json, sizeof json, "%s/tokenizer_config.json", folder);
    assert_int_equal(unlink(json), 0);
    rmdir(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(vocab_txt_equals_transformers),
        cmocka_unit_test(tokenizer_json_equals_transformers),
        cmocka_unit_test(every_other_kind_equals_transformers),
        cmocka_unit_test(pieces_are_shown_as_the_text_that_they_stand_for),
        cmocka_unit_test(a_piece_of_no_bytes_is_shown_as_it_stands),
        cmocka_unit_test(what_is_only_a_space_is_blank_and_what_goes_on_continues),
        cmocka_unit_test(nul_bytes_are_removed_and_keep_their_place),
        cmocka_unit_test(invalid_utf8_is_an_error_that_names_the_byte),
        cmocka_unit_test(typed_special_tokens_are_told_from_the_templates),
        cmocka_unit_test(the_limit_is_the_smaller_of_the_two),
        cmocka_unit_test(without_truncation_everything_is_kept),
        cmocka_unit_test(a_word_of_100_kb_is_one_unknown),
        cmocka_unit_test(offsets_are_in_order_and_within_the_text),
        cmocka_unit_test(normalising_is_as_the_model_is_set),
        cmocka_unit_test(broken_files_are_told_in_one_line),
        cmocka_unit_test(what_isnt_read_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
