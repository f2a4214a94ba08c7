/*
 * The values of export's options: heads, sizes, names. Pure; errors list what
 * there is.
 */
#ifndef HEED_CLI_EXPORT_VALUES_H
#define HEED_CLI_EXPORT_VALUES_H

#include <stdbool.h>

#include "base/error.h"
#include "core/model/model.h"
#include "draw/theme.h"
#include "export/export.h"

/* A view that can be exported. */
HEED_NODISCARD bool heed_export_parse_view(const char *name, enum heed_view *view,
                                           struct heed_error *err);
HEED_NODISCARD bool heed_export_parse_theme(const char *name, enum heed_theme_id *theme,
                                            struct heed_error *err);
HEED_NODISCARD bool heed_export_parse_palette(const char *name, enum heed_palette_id *palette,
                                              struct heed_error *err);

/* "L3H1,L5H11" (any case): heads[HEED_MAX_SHOWN] of the model, each once. */
HEED_NODISCARD bool heed_export_parse_heads(const char *list,
                                            const struct heed_model_config *config,
                                            struct heed_head_id *heads, int *n,
                                            struct heed_error *err);
/* The heads "1,5,7" of a layer; list NULL: all of them. */
HEED_NODISCARD bool heed_export_parse_layer(int layer, const char *list,
                                            const struct heed_model_config *config,
                                            struct heed_head_id *heads, int *n,
                                            struct heed_error *err);

/* "85x60mm", "1600x1000px", "85mm": fills the sides. */
HEED_NODISCARD bool heed_export_parse_size(const char *text, struct heed_export_options *options,
                                           struct heed_error *err);

#endif
