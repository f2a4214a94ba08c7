/* How many cores this process may use. Any thread. */
#ifndef HEED_CORE_TENSOR_CORES_H
#define HEED_CORE_TENSOR_CORES_H

/* Hardware threads of one core count once; at least 1. */
int heed_cores_count(void);

#endif
