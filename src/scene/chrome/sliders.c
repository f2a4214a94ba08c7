#include "scene/chrome/sliders.h"

#include <math.h>

float heed_slider_to_value(enum heed_slider slider, float position)
{
    const float t = fminf(fmaxf(position, 0), 1);
    switch (slider) {
    case HEED_SLIDER_TOP_P:
        return 0.05F + 0.95F * t;
    case HEED_SLIDER_TOP_K: {
        const float k = 1 + roundf(t * HEED_MOST_TOP_K);
        return k > HEED_MOST_TOP_K ? 0 : k;
    }
    case HEED_SLIDER_HEAT:
        return roundf(100 * t);
    case HEED_SLIDER_THRESHOLD:
        break;
    }
    return 0.2F * t * t;
}

float heed_slider_to_position(enum heed_slider slider, float value)
{
    float t = 0;
    switch (slider) {
    case HEED_SLIDER_THRESHOLD:
        t = sqrtf(fmaxf(value, 0) / 0.2F);
        break;
    case HEED_SLIDER_TOP_P:
        t = (value - 0.05F) / 0.95F;
        break;
    case HEED_SLIDER_TOP_K:
        t = value < 1 ? 1 : (value - 1) / HEED_MOST_TOP_K;
        break;
    case HEED_SLIDER_HEAT:
        t = value / 100;
        break;
    }
    return fminf(fmaxf(t, 0), 1);
}
