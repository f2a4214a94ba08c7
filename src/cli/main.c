#include "cli/cli.h"

int main(int argc, char **argv)
{
    return heed_cli_main(argc, argv);
}
