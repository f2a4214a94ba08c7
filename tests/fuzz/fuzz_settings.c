/* Any bytes as settings.json: refused, or its numbers are in range. */
#include <stdlib.h>
#include <sys/stat.h>

#include "fuzz.h"
#include "session/settings.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct heed_settings settings = heed_settings_default();
    char path[600];
    fuzz_path(path, sizeof path, "heed");
    mkdir(path, 0700);
    setenv("XDG_CONFIG_HOME", fuzz_folder(), 1);
    fuzz_put_file("heed/settings.json", data, size);
    if (heed_settings_load(&settings, NULL) &&
        !(settings.ui_scale >= 0.75f && settings.ui_scale <= 3 && settings.theme >= 0 &&
          settings.theme < HEED_N_THEMES && settings.palette >= 0 &&
          settings.palette < HEED_N_PALETTES)) {
        abort();
    }
    return 0;
}
