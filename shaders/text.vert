#version 330 core
/* One instance a picture of the atlas, turned about its line's origin. */
layout(location = 0) in vec4 origin; /* x, y, cosine, sine */
layout(location = 1) in vec4 box;    /* from the origin: x, y, w, h */
layout(location = 2) in vec4 texels; /* x, y, w, h in the atlas */
layout(location = 3) in vec4 paint;  /* straight, sRGB; a < 0: an emoji's */

uniform vec4 view;
uniform vec2 atlas_sizes; /* of coverage, of colour */

noperspective out vec2 texel;
flat out vec4 tint;
flat out float is_color;
flat out float power;

void main()
{
    vec2 corner = vec2(float(gl_VertexID & 1), float(gl_VertexID >> 1));
    vec2 local = box.xy + corner * box.zw;
    vec2 at = origin.xy + vec2(local.x * origin.z - local.y * origin.w,
                               local.x * origin.w + local.y * origin.z);
    is_color = paint.a < 0.0 ? 1.0 : 0.0;
    tint = vec4(paint.rgb, abs(paint.a));
    texel = (texels.xy + corner * texels.zw) /
            (is_color > 0.5 ? atlas_sizes.y : atlas_sizes.x);
    /* Blending in sRGB makes light text on dark thinner than dark text on
     * light: coverage is raised for light text. */
    float luma = dot(paint.rgb, vec3(0.3, 0.6, 0.1));
    power = mix(0.86, 0.78, luma);
    gl_Position = vec4(at * view.xy + view.zw, 0.0, 1.0);
}
