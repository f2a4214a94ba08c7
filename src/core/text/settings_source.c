#include "core/text/settings_source.h"

bool heed_settings_fail_memory(const struct heed_settings_source *source, struct heed_error *err)
{
    return heed_error_set(err, HEED_ERROR_MEMORY, "no memory left to open '%s'", source->path);
}

bool heed_settings_fail_format(const struct heed_settings_source *source, const char *what,
                               struct heed_error *err)
{
    return heed_error_set(err, HEED_ERROR_FORMAT, "'%s': %s; fetch the file again", source->path,
                          what);
}
