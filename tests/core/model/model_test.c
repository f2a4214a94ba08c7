/* config.json, weights by name, and the folder of a model. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "base/file.h"
#include "core/model/config.h"
#include "core/model/locate.h"
#include "core/model/model.h"

static char folder[] = "/tmp/heed-model-XXXXXX";

static int make_folder(void **state)
{
    return mkdtemp(folder) ? 0 : -1;
}

static int remove_folder(void **state)
{
    static const char *const names[] = {
        "config.json",     "model.safetensors", "model.safetensors.index.json",
        "one.safetensors", "two.safetensors",   "pytorch_model.bin"};
    for (size_t i = 0; i < HEED_COUNT(names); i++) {
        char path[64];
        snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        unlink(path);
    }
    return rmdir(folder);
}

static void put_file(const char *name, const void *data, size_t size)
{
    char path[64];
    struct heed_error err = {0};
    snprintf(path, sizeof path, "%s/%s", folder, name);
    assert_true(heed_file_write(path, data, size, &err));
}

static void remove_file(const char *name)
{
    char path[64];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    unlink(path);
}

/* ---- config.json ---- */

#define SIZES                                                                                      \
    "\"hidden_size\":4,\"num_hidden_layers\":1,\"num_attention_heads\":2,"                         \
    "\"intermediate_size\":3,\"vocab_size\":5,\"max_position_embeddings\":6,"                      \
    "\"type_vocab_size\":2"
#define BERT "{\"model_type\":\"bert\"," SIZES

static const struct refused {
    const char *config, *says;
    enum heed_error_code code;
} refused_configs[] = {
    {"", "byte", HEED_ERROR_FORMAT},
    {"[]", "object", HEED_ERROR_FORMAT},
    {"{" SIZES "}", "model_type", HEED_ERROR_UNSUPPORTED},
    {"{\"model_type\":\"t5\"}", "t5", HEED_ERROR_UNSUPPORTED},
    {"{\"model_type\":\"bert\"}", "num_hidden_layers", HEED_ERROR_FORMAT},
    {BERT ",\"position_embedding_type\":\"relative_key\"}", "relative_key", HEED_ERROR_UNSUPPORTED},
    {BERT ",\"is_decoder\":true}", "is_decoder", HEED_ERROR_UNSUPPORTED},
    {BERT ",\"add_cross_attention\":true}", "add_cross_attention", HEED_ERROR_UNSUPPORTED},
    {BERT ",\"quantization_config\":{}}", "quantization_config", HEED_ERROR_UNSUPPORTED},
    {BERT ",\"pruned_heads\":{\"0\":[1]}}", "pruned_heads", HEED_ERROR_UNSUPPORTED},
    {BERT ",\"hidden_act\":\"laplace\"}", "laplace", HEED_ERROR_UNSUPPORTED},
    {"{\"model_type\":\"albert\",\"inner_group_num\":2," SIZES "}", "inner_group_num",
     HEED_ERROR_UNSUPPORTED},
    {"{\"model_type\":\"mpnet\",\"relative_attention_num_buckets\":8," SIZES "}",
     "relative_attention_num_buckets", HEED_ERROR_FORMAT},
    {"{\"model_type\":\"roberta\",\"pad_token_id\":5," SIZES "}", "pad_token_id",
     HEED_ERROR_FORMAT},
    {BERT ",\"layer_norm_eps\":\"x\"}", "layer_norm_eps", HEED_ERROR_FORMAT},
    {BERT ",\"layer_norm_eps\":-1}", "layer_norm_eps", HEED_ERROR_FORMAT},
    {"{\"model_type\":\"bert\",\"num_attention_heads\":3," SIZES "}", "divided", HEED_ERROR_FORMAT},
    {"{\"model_type\":\"bert\",\"hidden_size\":1e12," SIZES "}", "hidden_size", HEED_ERROR_FORMAT},
    {"{\"model_type\":\"bert\",\"num_hidden_layers\":0," SIZES "}", "num_hidden_layers",
     HEED_ERROR_FORMAT},
    {"{\"model_type\":\"bert\",\"vocab_size\":\"5\"," SIZES "}", "vocab_size", HEED_ERROR_FORMAT},
    {"{\"model_type\":\"bert\",\"vocab_size\":2.5," SIZES "}", "vocab_size", HEED_ERROR_FORMAT},
};

static void what_heed_cannot_compute_is_refused(void **state)
{
    char path[64];
    snprintf(path, sizeof path, "%s/config.json", folder);
    for (size_t i = 0; i < HEED_COUNT(refused_configs); i++) {
        struct heed_error err = {0};
        struct heed_config_file config;
        put_file("config.json", refused_configs[i].config, strlen(refused_configs[i].config));
        assert_false(heed_config_read(&config, path, &err));
        assert_non_null(strstr(err.text, path));
        if (!strstr(err.text, refused_configs[i].says)) {
            fail_msg("'%s' doesn't say '%s'", err.text, refused_configs[i].says);
        }
        assert_int_equal(err.code, refused_configs[i].code);
    }
}

static void missing_keys_have_the_defaults_of_transformers(void **state)
{
    const char *text = "{\"architectures\":[\"BertModel\"],"
                       "\"hidden_size\":4,\"num_hidden_layers\":1,"
                       "\"num_attention_heads\":2,\"intermediate_size\":3,"
                       "\"vocab_size\":5,\"hidden_act\":null}";
    char path[64];
    struct heed_error err = {0};
    struct heed_config_file config;
    snprintf(path, sizeof path, "%s/config.json", folder);
    put_file("config.json", text, strlen(text));
    assert_true(heed_config_read(&config, path, &err));
    assert_ptr_equal(config.architecture, heed_architecture_find("bert"));
    assert_int_equal(config.sizes.max_positions, 512);
    assert_int_equal(config.sizes.n_segments, 2);
    assert_int_equal(config.sizes.head_dim, 2);
    assert_int_equal(config.sizes.activation, HEED_ACTIVATION_GELU);
    assert_true(config.sizes.layer_norm_eps == 1e-12f);
}

/* ---- weights ---- */

/* A BERT of the sizes above, one value a tensor: its index in this list. */
static const struct shape {
    const char *name;
    int rows, columns; /* rows 0: a vector */
} shapes[] = {
    {"embeddings.word_embeddings.weight", 5, 4},
    {"embeddings.position_embeddings.weight", 6, 4},
    {"embeddings.token_type_embeddings.weight", 2, 4},
    {"embeddings.LayerNorm.gamma", 0, 4},
    {"embeddings.LayerNorm.beta", 0, 4},
    {"encoder.layer.0.attention.self.query.weight", 4, 4},
    {"encoder.layer.0.attention.self.query.bias", 0, 4},
    {"encoder.layer.0.attention.self.key.weight", 4, 4},
    {"encoder.layer.0.attention.self.key.bias", 0, 4},
    {"encoder.layer.0.attention.self.value.weight", 4, 4},
    {"encoder.layer.0.attention.self.value.bias", 0, 4},
    {"encoder.layer.0.attention.output.dense.weight", 4, 4},
    {"encoder.layer.0.attention.output.dense.bias", 0, 4},
    {"encoder.layer.0.attention.output.LayerNorm.weight", 0, 4},
    {"encoder.layer.0.attention.output.LayerNorm.bias", 0, 4},
    {"encoder.layer.0.intermediate.dense.weight", 3, 4},
    {"encoder.layer.0.intermediate.dense.bias", 0, 3},
    {"encoder.layer.0.output.dense.weight", 4, 3},
    {"encoder.layer.0.output.dense.bias", 0, 4},
    {"encoder.layer.0.output.LayerNorm.weight", 0, 4},
    {"encoder.layer.0.output.LayerNorm.bias", 0, 4},
};

struct making {
    const char *file, *prefix, *dtype;
    size_t first, end; /* of shapes */
    size_t left_out;   /* index that is left out; large: none */
    size_t padding;    /* spaces behind the header, to shift the bytes */
};

static uint16_t narrow(const char *dtype, float value)
{
    uint32_t bits = 0;
    memcpy(&bits, &value, sizeof bits);
    if (strcmp(dtype, "BF16") == 0) {
        return (uint16_t)(bits >> 16);
    }
    /* Small whole numbers only: exponent re-biased, fraction cut. */
    return bits == 0 ? 0 : (uint16_t)(((bits >> 23 & 0xFF) - 112) << 10 | (bits >> 13 & 0x3FF));
}

static void put_values(struct heed_buffer *data, const char *dtype, size_t n, float value)
{
    for (size_t i = 0; i < n; i++) {
        const uint16_t half = narrow(dtype, value);
        if (strcmp(dtype, "F64") == 0) {
            const double wide = value;
            heed_buffer_append(data, &wide, sizeof wide);
        } else if (strcmp(dtype, "F32") == 0) {
            heed_buffer_append(data, &value, sizeof value);
        } else {
            heed_buffer_append(data, &half, sizeof half);
        }
    }
}

static void make_weights(struct making making)
{
    struct heed_buffer header = {0};
    struct heed_buffer data = {0};
    struct heed_buffer file = {0};
    heed_buffer_puts(&header, "{\"__metadata__\":{}");
    for (size_t i = making.first; i < making.end; i++) {
        const struct shape *shape = &shapes[i];
        const size_t begin = data.size;
        const int rows = shape->rows > 0 ? shape->rows : 1;
        if (i == making.left_out) {
            continue;
        }
        put_values(&data, making.dtype, (size_t)(rows * shape->columns), (float)(i + 1));
        heed_buffer_printf(&header, ",\"%s%s\":{\"dtype\":\"%s\",\"shape\":[", making.prefix,
                           shape->name, making.dtype);
        if (shape->rows > 0) {
            heed_buffer_printf(&header, "%d,", shape->rows);
        }
        heed_buffer_printf(&header, "%d],\"data_offsets\":[%zu,%zu]}", shape->columns, begin,
                           data.size);
    }
    heed_buffer_puts(&header, "}");
    while (header.size % 8 != making.padding) {
        heed_buffer_puts(&header, " ");
    }
    const uint64_t size = header.size;
    heed_buffer_append(&file, &size, sizeof size);
    heed_buffer_append(&file, header.data, header.size);
    heed_buffer_append(&file, data.data, data.size);
    put_file(making.file, file.data, file.size);
    heed_buffer_finish(&header);
    heed_buffer_finish(&data);
    heed_buffer_finish(&file);
}

static const struct making plain = {.file = "model.safetensors",
                                    .prefix = "",
                                    .dtype = "F32",
                                    .end = HEED_COUNT(shapes),
                                    .left_out = SIZE_MAX};

static void check_weights(void)
{
    struct heed_error err = {0};
    struct heed_model *model = NULL;
    if (!heed_model_open(&model, folder, &err)) {
        fail_msg("%s", err.text);
    }
    const struct heed_model_weights *weights = heed_model_get_weights(model);
    const struct heed_layer_weights *layer = &weights->layers[0];
    const float *found[HEED_COUNT(shapes)] = {weights->word_embeddings,
                                              weights->position_embeddings,
                                              weights->segment_embeddings,
                                              weights->embedding_norm.gamma,
                                              weights->embedding_norm.beta,
                                              layer->query.weight,
                                              layer->query.bias,
                                              layer->key.weight,
                                              layer->key.bias,
                                              layer->value.weight,
                                              layer->value.bias,
                                              layer->attention_output.weight,
                                              layer->attention_output.bias,
                                              layer->attention_norm.gamma,
                                              layer->attention_norm.beta,
                                              layer->inner.weight,
                                              layer->inner.bias,
                                              layer->outer.weight,
                                              layer->outer.bias,
                                              layer->output_norm.gamma,
                                              layer->output_norm.beta};
    for (size_t i = 0; i < HEED_COUNT(shapes); i++) {
        const int rows = shapes[i].rows > 0 ? shapes[i].rows : 1;
        assert_int_equal((uintptr_t)found[i] % sizeof(float), 0);
        for (int k = 0; k < rows * shapes[i].columns; k++) {
            assert_true(found[i][k] == (float)(i + 1));
        }
    }
    assert_false(weights->has_mlm_head);
    heed_model_drop_pages(model);
    assert_true(weights->word_embeddings[0] == 1);
    assert_string_equal(heed_model_get_folder(model), folder);
    heed_model_destroy(model);
}

static void put_bert_config(void)
{
    put_file("config.json", BERT "}", strlen(BERT "}"));
}

static void weights_are_bound_by_name_in_every_form(void **state)
{
    static const char *const dtypes[] = {"F32", "F16", "BF16", "F64"};
    static const char *const prefixes[] = {"", "bert."};
    put_bert_config();
    for (size_t i = 0; i < HEED_COUNT(dtypes); i++) {
        for (size_t k = 0; k < HEED_COUNT(prefixes); k++) {
            for (size_t padding = 0; padding < 4; padding++) {
                struct making making = plain;
                making.dtype = dtypes[i];
                making.prefix = prefixes[k];
                making.padding = padding;
                make_weights(making);
                check_weights();
            }
        }
    }
}

static void shards_are_read_as_one(void **state)
{
    const char *index = "{\"weight_map\":{\"a\":\"one.safetensors\","
                        "\"b\":\"two.safetensors\",\"c\":\"one.safetensors\"}}";
    struct making making = plain;
    put_bert_config();
    remove_file("model.safetensors");
    put_file("model.safetensors.index.json", index, strlen(index));
    making.file = "one.safetensors";
    making.end = 7;
    make_weights(making);
    making.file = "two.safetensors";
    making.first = 7;
    making.end = HEED_COUNT(shapes);
    make_weights(making);
    check_weights();
    remove_file("two.safetensors");
    struct heed_error err = {0};
    struct heed_model *model = NULL;
    assert_false(heed_model_open(&model, folder, &err));
    assert_non_null(strstr(err.text, "two.safetensors"));
    index = "{\"weight_map\":{\"a\":\"../one.safetensors\"}}";
    put_file("model.safetensors.index.json", index, strlen(index));
    assert_false(heed_model_open(&model, folder, &err));
    assert_non_null(strstr(err.text, "no file name"));
    remove_file("model.safetensors.index.json");
    remove_file("one.safetensors");
}

static void check_no_model(const char *where, const char *says)
{
    struct heed_error err = {0};
    struct heed_model *model = NULL;
    assert_false(heed_model_open(&model, where, &err));
    assert_null(model);
    if (!strstr(err.text, says)) {
        fail_msg("'%s' doesn't say '%s'", err.text, says);
    }
}

static void what_is_missing_is_named(void **state)
{
    put_bert_config();
    for (size_t i = 0; i < HEED_COUNT(shapes); i++) {
        struct making making = plain;
        char stem[64];
        making.left_out = i;
        make_weights(making);
        snprintf(stem, sizeof stem, "%.*s", (int)(strrchr(shapes[i].name, '.') - shapes[i].name),
                 shapes[i].name);
        check_no_model(folder, stem);
    }
    remove_file("model.safetensors");
    check_no_model(folder, "no model.safetensors");
    put_file("pytorch_model.bin", "", 0);
    check_no_model(folder, "pytorch_model.bin");
    remove_file("pytorch_model.bin");
    remove_file("config.json");
    check_no_model(folder, "no config.json");
    check_no_model("/nonexistent/model", "'/nonexistent/model'");
    check_no_model("/dev/null", "no folder");
}

static void a_wrong_shape_names_tensor_and_both_shapes(void **state)
{
    const char *config = "{\"model_type\":\"bert\",\"vocab_size\":7," SIZES "}";
    put_file("config.json", config, strlen(config));
    make_weights(plain);
    check_no_model(folder, "'embeddings.word_embeddings.weight' has the shape "
                           "[5, 4], but config.json asks for [7, 4]");
    struct making making = plain;
    put_bert_config();
    making.end = 1;
    make_weights(making);
    check_no_model(folder, "no tensor 'embeddings.position_embeddings.weight'");
}

/* ---- the default model, and names ---- */

/* Where an installed model may lie, the first that counts first. */
static const struct {
    const char *variable, *middle;
} places[] = {{"XDG_DATA_HOME", ""},
              {"XDG_DATA_DIRS", ""},
              {"XDG_CACHE_HOME", ""},
              {"HOME", "/.local/share"},
              {"HOME", "/.cache"}};

static void clear_places(void)
{
    unsetenv("HEED_MODEL");
    setenv("HOME", "/nonexistent", 1);
    setenv("XDG_DATA_HOME", "/nonexistent", 1);
    setenv("XDG_DATA_DIRS", "relative:/nonexistent", 1);
    setenv("XDG_CACHE_HOME", "relative", 1);
}

static void an_installed_model_is_found_in_each_place(void **state)
{
    static const char name[] = "/heed/models/all-MiniLM-L6-v2";
    for (size_t i = 0; i < HEED_COUNT(places); i++) {
        char root[] = "/tmp/heed-place-XXXXXX";
        char wanted[256], found[4096], value[512], command[300];
        assert_non_null(mkdtemp(root));
        snprintf(wanted, sizeof wanted, "%s%s%s", root, places[i].middle, name);
        snprintf(command, sizeof command, "mkdir -p '%s'", wanted);
        assert_int_equal(system(command), 0);
        clear_places();
        if (strcmp(places[i].variable, "HOME") == 0) {
            unsetenv("XDG_DATA_HOME");
        }
        snprintf(value, sizeof value, "%s%s", i == 1 ? "/nonexistent:" : "", root);
        setenv(places[i].variable, value, 1);
        assert_true(heed_model_find(found, sizeof found, NULL, NULL));
        assert_string_equal(found, wanted);
        snprintf(command, sizeof command, "rm -r '%s'", root);
        assert_int_equal(system(command), 0);
    }
}

static void a_model_is_chosen_before_it_is_looked_for(void **state)
{
    char path[4096];
    clear_places();
    setenv("HEED_MODEL", folder, 1);
    assert_true(heed_model_find(path, sizeof path, NULL, NULL));
    assert_string_equal(path, folder);
    assert_true(heed_model_find(path, sizeof path, "/of/mine", NULL));
    assert_string_equal(path, "/of/mine");
}

static void no_model_is_told_with_the_remedy(void **state)
{
    char path[4096];
    struct heed_error err = {0};
    clear_places();
    assert_false(heed_model_find(path, sizeof path, NULL, &err));
    assert_string_equal(err.text,
                        "no model is installed: install the package heed-model-minilm or "
                        "heed-viewer[model], run ./run --setup-only in a clone of heed, or give "
                        "--model FOLDER");
    setenv("HEED_MODEL", "/nonexistent/m", 1);
    assert_false(heed_model_find(path, sizeof path, NULL, &err));
    assert_string_equal(err.text, "no model at '/nonexistent/m', which HEED_MODEL names: let it "
                                  "name a model's folder, or unset it");
    assert_false(heed_model_find(path, 8, folder, &err));
    assert_non_null(strstr(err.text, "too long"));
}

static void a_model_is_named_after_its_folder(void **state)
{
    static const struct {
        const char *folder, *name_or_path, *name;
    } cases[] = {
        {"/x/all-MiniLM-L6-v2", "other", "all-MiniLM-L6-v2"},
        {"/x/all-MiniLM-L6-v2/", "", "all-MiniLM-L6-v2"},
        {"/x/y/model", "org/other", "y"},
        {"/x/models--org--my-bert/snapshots/0123456789abcdef0123", "", "my-bert"},
        {"/model", "org/other", "other"},
        {"/model", "", "model"},
    };
    for (size_t i = 0; i < HEED_COUNT(cases); i++) {
        char name[64];
        heed_model_choose_name(name, sizeof name, cases[i].folder, cases[i].name_or_path);
        assert_string_equal(name, cases[i].name);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_heed_cannot_compute_is_refused),
        cmocka_unit_test(missing_keys_have_the_defaults_of_transformers),
        cmocka_unit_test(weights_are_bound_by_name_in_every_form),
        cmocka_unit_test(shards_are_read_as_one),
        cmocka_unit_test(what_is_missing_is_named),
        cmocka_unit_test(a_wrong_shape_names_tensor_and_both_shapes),
        cmocka_unit_test(an_installed_model_is_found_in_each_place),
        cmocka_unit_test(a_model_is_chosen_before_it_is_looked_for),
        cmocka_unit_test(no_model_is_told_with_the_remedy),
        cmocka_unit_test(a_model_is_named_after_its_folder),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
