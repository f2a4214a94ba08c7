/* Any bytes as a session: refused, or what it holds is written and read again
 * unchanged. */
#include <stdlib.h>

#include "fuzz.h"
#include "session/session.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct heed_state first = {0};
    struct heed_state second = {0};
    struct heed_buffer written = {0};
    struct heed_error err = {0};
    if (!heed_session_parse(&first, (const char *)data, size, "fuzz", &err)) {
        if (err.text[0] == '\0') { /* a refusal says why */
            abort();
        }
        return 0;
    }
    if (!heed_session_write(&first, "model", &written, &err) ||
        !heed_session_parse(&second, written.data, written.size, "again", &err) ||
        !heed_state_equal(&first, &second)) {
        abort();
    }
    heed_state_finish(&first);
    heed_state_finish(&second);
    heed_buffer_finish(&written);
    return 0;
}
