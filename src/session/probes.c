#include "session/probes.h"

#include "base/compiler.h"

#include "probes_tsv.h"

const struct heed_probe_file *heed_probes_get(int *n)
{
    static const struct heed_probe_file files[] = {
        {"pronouns.tsv", "it, he, she and they in minimal pairs", heed_asset_pronouns_tsv,
         sizeof heed_asset_pronouns_tsv - 1},
        {"professions.tsv", "professions with he and with she", heed_asset_professions_tsv,
         sizeof heed_asset_professions_tsv - 1},
    };
    *n = (int)HEED_COUNT(files);
    return files;
}
