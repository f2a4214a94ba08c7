/* Any bytes as tokenizer.json: refused, or a text can be split with it. */
#include <stdlib.h>
#include <string.h>

#include "core/text/tokenizer.h"
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char text[] = "the [MASK] caf\xC3\xA9  foo <x> \xE4\xB8\xAD";
    static const char config[] = "{\"tokenizer_class\":\"PreTrainedTokenizerFast\"}";
    struct heed_tokenizer *tokenizer = NULL;
    struct heed_encoding *encoding = NULL;
    /* The last byte chooses who decides: tokenizer.json, or its defaults. */
    const bool is_bert = size > 0 && data[size - 1] % 2 == 0;
    fuzz_put_file("tokenizer_config.json", is_bert ? "{}" : config,
                  is_bert ? 2 : sizeof config - 1);
    fuzz_put_file("tokenizer.json", data, size);
    if (heed_tokenizer_open(&tokenizer, fuzz_folder(), 16, NULL)) {
        if (heed_tokenize(&encoding, tokenizer, text, sizeof text - 1, text, 5,
                          (struct heed_tokenize_options){0}, NULL)) {
            heed_encoding_destroy(encoding);
        }
        heed_tokenizer_destroy(tokenizer);
    }
    return 0;
}
