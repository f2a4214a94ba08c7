/* Between a slider's position and the filter's value. */
#ifndef HEED_SCENE_CHROME_SLIDERS_H
#define HEED_SCENE_CHROME_SLIDERS_H

#include "scene/chrome/chrome.h"

float heed_slider_to_value(enum heed_slider slider, float position);
float heed_slider_to_position(enum heed_slider slider, float value);

#endif
