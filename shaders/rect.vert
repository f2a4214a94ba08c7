#version 330 core
/* One instance a rounded rectangle: a quad that covers it, grown by a pixel
 * where its edges lie between pixels. Colours are straight, sRGB. */
layout(location = 0) in vec4 quad;   /* x, y, w, h to cover */
layout(location = 1) in vec4 shape;  /* x, y, w, h of the rectangle */
layout(location = 2) in vec3 form;   /* radius, stroke width, is vertical */
layout(location = 3) in vec4 fill_a; /* at the quad's left or bottom */
layout(location = 4) in vec4 fill_b; /* at the quad's right or top */
layout(location = 5) in vec4 stroke;

uniform vec4 view; /* list px to clip space: scale xy, offset zw */

noperspective out vec2 position; /* from the middle of the shape */
noperspective out vec4 fill;     /* premultiplied */
flat out vec2 half_size;
flat out vec2 radius_stroke;
flat out vec4 stroke_color; /* straight */

void main()
{
    vec2 corner = vec2(float(gl_VertexID & 1), float(gl_VertexID >> 1));
    vec2 at = quad.xy + corner * quad.zw;
    float t = form.z > 0.5 ? 1.0 - corner.y : corner.x;
    vec4 color = mix(fill_a, fill_b, t);
    position = at - (shape.xy + 0.5 * shape.zw);
    half_size = 0.5 * shape.zw;
    radius_stroke = vec2(min(form.x, min(half_size.x, half_size.y)), form.y);
    fill = vec4(color.rgb * color.a, color.a);
    stroke_color = stroke;
    gl_Position = vec4(at * view.xy + view.zw, 0.0, 1.0);
}
