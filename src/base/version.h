/*
 * Which heed this is: "0.1.0", and "0.1.0+4" four commits later (scripts/version.sh).
 */
#ifndef HEED_BASE_VERSION_H
#define HEED_BASE_VERSION_H

extern const char heed_version[];

#endif
