#version 330 core
uniform sampler2D coverage;

noperspective in vec2 texel;
flat in vec4 tint;
flat in float boost;

out vec4 color;

void main()
{
    float cover = texture(coverage, texel).r;
    float a = tint.a * cover * (1.0 + boost * (1.0 - cover));
    color = vec4(tint.rgb * a, a);
}
