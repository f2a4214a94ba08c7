#version 330 core
/* Triangles of strokes and filled shapes. */
layout(location = 0) in vec2 at;
layout(location = 1) in vec4 edge; /* across, beyond the end, half width,
                                      fade */
layout(location = 2) in vec4 paint; /* straight, sRGB */

uniform vec4 view;

noperspective out vec4 distances;
flat out vec4 premultiplied;

void main()
{
    distances = edge;
    premultiplied = vec4(paint.rgb * paint.a, paint.a);
    gl_Position = vec4(at * view.xy + view.zw, 0.0, 1.0);
}
