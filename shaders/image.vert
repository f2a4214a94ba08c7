#version 330 core
uniform vec4 rect; /* x, y, w, h */
uniform vec4 view;

noperspective out vec2 texel;

void main()
{
    vec2 corner = vec2(float(gl_VertexID & 1), float(gl_VertexID >> 1));
    texel = vec2(corner.x, 1.0 - corner.y); /* drawn with y upwards */
    gl_Position =
        vec4((rect.xy + corner * rect.zw) * view.xy + view.zw, 0.0, 1.0);
}
