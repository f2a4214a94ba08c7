#include <stdint.h>
#include <string.h>

#include "core/model/safetensors.h"

static float widen_half(uint16_t half)
{
    const uint32_t sign = (uint32_t)(half & 0x8000) << 16;
    uint32_t exponent = half >> 10 & 0x1F;
    uint32_t fraction = half & 0x3FF;
    if (exponent == 0 && fraction != 0) { /* a subnormal half is normal here */
        exponent = 1;
        while (!(fraction & 0x400)) {
            fraction <<= 1;
            exponent--;
        }
        fraction &= 0x3FF;
        exponent += 127 - 15;
    } else if (exponent == 31) {
        exponent = 255;
    } else if (exponent != 0) {
        exponent += 127 - 15;
    }
    const uint32_t bits = sign | exponent << 23 | fraction << 13;
    float value = 0;
    memcpy(&value, &bits, sizeof value);
    return value;
}

static float widen_bfloat(uint16_t half)
{
    const uint32_t bits = (uint32_t)half << 16;
    float value = 0;
    memcpy(&value, &bits, sizeof value);
    return value;
}

size_t heed_tensor_count(const struct heed_tensor_info *info)
{
    size_t count = 1;
    for (int i = 0; i < info->rank; i++) {
        count *= info->shape[i]; /* of a file whose bytes were counted */
    }
    return count;
}

static void narrow(const unsigned char *data, size_t count, float *values)
{
    for (size_t i = 0; i < count; i++) {
        double value = 0;
        memcpy(&value, data + i * sizeof value, sizeof value);
        values[i] = (float)value;
    }
}

void heed_tensor_read(const struct heed_tensor_info *info, size_t first, size_t count,
                      float *values)
{
    if (info->dtype == HEED_DTYPE_F32) {
        memcpy(values, info->data + first * sizeof *values, count * sizeof *values);
        return;
    }
    if (info->dtype == HEED_DTYPE_F64) {
        narrow(info->data + first * sizeof(double), count, values);
        return;
    }
    for (size_t i = 0; i < count; i++) {
        uint16_t half = 0;
        memcpy(&half, info->data + 2 * (first + i), sizeof half);
        values[i] = info->dtype == HEED_DTYPE_F16 ? widen_half(half) : widen_bfloat(half);
    }
}
