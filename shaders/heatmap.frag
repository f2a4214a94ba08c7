#version 330 core
/* Cells of one slice of a texture of numbers, through a palette. */
uniform sampler2DArray values;
uniform vec4 rect;
uniform ivec4 cells;    /* first column, first row, columns, rows */
uniform int slice;
uniform vec2 cell_form; /* gap, radius */
uniform vec3 range;     /* low, 1 / (high - low), threshold */
uniform vec4 stops[9];  /* straight, sRGB */

noperspective in vec2 position;

out vec4 color;

bool is_nan(float v)
{
    return (floatBitsToUint(v) & 0x7FFFFFFFu) > 0x7F800000u;
}

/* The value of largest magnitude under this pixel; NaN only if all are. */
float largest(ivec2 first, ivec2 last)
{
    float best = uintBitsToFloat(0x7FC00000u);
    for (int y = first.y; y <= last.y; y++) {
        for (int x = first.x; x <= last.x; x++) {
            float v = texelFetch(values, ivec3(cells.xy + ivec2(x, y), slice),
                                 0).r;
            if (!is_nan(v) && (is_nan(best) || abs(v) > abs(best))) {
                best = v;
            }
        }
    }
    return best;
}

void main()
{
    vec2 pitch = rect.zw / vec2(cells.zw);
    vec2 at = position / pitch;
    ivec2 limit = cells.zw - 1;
    ivec2 first = clamp(ivec2(floor(at)), ivec2(0), limit);
    ivec2 last = first;
    if (pitch.x < 1.0) {
        first.x = clamp(int(floor((position.x - 0.5) / pitch.x + 0.001)), 0,
                        limit.x);
        last.x = clamp(int(ceil((position.x + 0.5) / pitch.x - 0.001)) - 1,
                       first.x, limit.x);
    }
    if (pitch.y < 1.0) {
        first.y = clamp(int(floor((position.y - 0.5) / pitch.y + 0.001)), 0,
                        limit.y);
        last.y = clamp(int(ceil((position.y + 0.5) / pitch.y - 0.001)) - 1,
                       first.y, limit.y);
    }
    float v = largest(first, last);
    if (is_nan(v)) {
        discard;
    }
    v = abs(v) < range.z ? 0.0 : v;
    float t = clamp((v - range.x) * range.y, 0.0, 1.0) * 8.0;
    int stop = min(int(t), 7);
    color = mix(stops[stop], stops[stop + 1], t - float(stop));
    float cover = color.a;
    if (cell_form.x > 0.0 || cell_form.y > 0.0) {
        vec2 half_size = 0.5 * (pitch - cell_form.x);
        float radius = min(cell_form.y, min(half_size.x, half_size.y));
        vec2 q = abs(position - (vec2(first) + 0.5) * pitch) - half_size +
                 radius;
        float distance = min(max(q.x, q.y), 0.0) + length(max(q, 0.0)) -
                         radius;
        cover *= clamp(0.5 - distance, 0.0, 1.0);
    }
    color = vec4(color.rgb * cover, cover);
}
