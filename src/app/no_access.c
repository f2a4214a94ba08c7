/* Of a build without ATK. */
#include <stddef.h>

#include "app/app_access.h"

struct heed_access *heed_access_create(struct heed_app *app)
{
    return NULL;
}

void heed_access_destroy(struct heed_access *access)
{
}

void heed_access_follow(struct heed_access *access)
{
}
