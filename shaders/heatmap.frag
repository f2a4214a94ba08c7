#version 330 core
/* Cells whose colours, premultiplied, are the texels of an image. */
uniform sampler2D image;
uniform vec4 rect;
uniform ivec2 cells;    /* columns, rows */
uniform vec2 cell_form; /* gap, radius */

noperspective in vec2 position;

out vec4 color;

void main()
{
    vec2 pitch = rect.zw / vec2(cells);
    ivec2 cell = clamp(ivec2(floor(position / pitch)), ivec2(0), cells - 1);
    float cover = 1.0;
    if (cell_form.x > 0.0 || cell_form.y > 0.0) {
        vec2 half_size = 0.5 * (pitch - cell_form.x);
        float radius = min(cell_form.y, min(half_size.x, half_size.y));
        vec2 q = abs(position - (vec2(cell) + 0.5) * pitch) - half_size + radius;
        float distance = min(max(q.x, q.y), 0.0) + length(max(q, 0.0)) -
                         radius;
        cover = clamp(0.5 - distance, 0.0, 1.0);
    }
    color = texelFetch(image, cell, 0) * cover;
}
