#include "base/version.h"

const char heed_version[] = HEED_VERSION;
