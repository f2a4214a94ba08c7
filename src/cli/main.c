#include <limits.h>
#include <stdlib.h>

#include "base/platform.h"
#include "cli/cli.h"
#include "core/model/shards.h"

/* A wheel brings fonts for machines that have none, and their fontconfig's file. */
static void use_own_fonts(void)
{
    char folder[PATH_MAX], path[PATH_MAX];
    if (!getenv("FONTCONFIG_FILE") && !getenv("FONTCONFIG_PATH") &&
        heed_platform_program_folder(folder, sizeof folder) &&
        heed_path_join(path, sizeof path, folder, "../share/heed/fonts/fonts.conf", NULL) &&
        heed_path_exists(path)) {
        setenv("FONTCONFIG_FILE", path, 1);
    }
}

int main(int argc, char **argv)
{
    use_own_fonts();
    return heed_cli_main(argc, argv);
}
