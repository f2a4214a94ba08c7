/* SHA-256 (FIPS 180-4). Pure; one thread a hash. */
#ifndef HEED_BASE_SHA256_H
#define HEED_BASE_SHA256_H

#include <stddef.h>
#include <stdint.h>

enum { HEED_SHA256_HEX = 65 /* with the NUL */ };

struct heed_sha256 {
    uint32_t state[8];
    uint64_t size; /* bytes so far */
    unsigned char block[64];
};

void heed_sha256_init(struct heed_sha256 *hash);
void heed_sha256_add(struct heed_sha256 *hash, const void *data, size_t size);
void heed_sha256_end(struct heed_sha256 *hash, char hex[HEED_SHA256_HEX]);

#endif
