#version 330 core
/* One instance a picture of the atlas, turned about its line's origin. */
layout(location = 0) in vec4 origin; /* x, y, cosine, sine */
layout(location = 1) in vec4 box;    /* from the origin: x, y, w, h */
layout(location = 2) in vec4 texels; /* x, y, w, h in the atlas */
layout(location = 3) in vec4 paint;  /* straight, sRGB */

uniform vec4 view;
uniform float atlas_size;

noperspective out vec2 texel;
flat out vec4 tint;
flat out float boost;

void main()
{
    vec2 corner = vec2(float(gl_VertexID & 1), float(gl_VertexID >> 1));
    vec2 local = box.xy + corner * box.zw;
    vec2 at = origin.xy + vec2(local.x * origin.z - local.y * origin.w,
                               local.x * origin.w + local.y * origin.z);
    tint = paint;
    texel = (texels.xy + corner * texels.zw) / atlas_size;
    /* Blending in sRGB makes light text on dark thinner than dark text on
     * light: coverage is raised for light text. */
    float luma = dot(paint.rgb, vec3(0.3, 0.6, 0.1));
    boost = mix(0.22, 0.35, luma);
    gl_Position = vec4(at * view.xy + view.zw, 0.0, 1.0);
}
