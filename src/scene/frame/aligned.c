#include "scene/frame/aligned.h"

struct heed_range heed_units_b(const struct heed_comparison *comparison, struct heed_range units_a)
{
    struct heed_range units = {0, 0};
    for (int i = units_a.first; i < units_a.first + units_a.count; i++) {
        const int b = heed_alignment_find_b(&comparison->units, i);
        if (b >= 0) {
            units.first = units.count == 0 ? b : units.first;
            units.count = b - units.first + 1;
        }
    }
    return units;
}

struct heed_range heed_pin_units_b(const struct heed_comparison *comparison,
                                   const struct heed_maps *maps_a, struct heed_pin pin)
{
    if (pin.in_b) {
        pin.in_b = false;
        return heed_pin_units(comparison->result->maps, pin);
    }
    return heed_units_b(comparison, heed_pin_units(maps_a, pin));
}
