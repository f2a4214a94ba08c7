#version 330 core
uniform vec4 rect; /* x, y, w, h */
uniform vec4 view;

noperspective out vec2 position; /* px from the upper left corner */

void main()
{
    vec2 corner = vec2(float(gl_VertexID & 1), float(gl_VertexID >> 1));
    position = corner * rect.zw;
    gl_Position = vec4((rect.xy + position) * view.xy + view.zw, 0.0, 1.0);
}
