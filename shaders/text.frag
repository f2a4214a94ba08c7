#version 330 core
uniform sampler2D coverage;
uniform sampler2D picture;

noperspective in vec2 texel;
flat in vec4 tint;
flat in float is_color;
flat in float power;

out vec4 color;

void main()
{
    if (is_color > 0.5) {
        color = texture(picture, texel) * tint.a;
    } else {
        float a = tint.a * pow(texture(coverage, texel).r, power);
        color = vec4(tint.rgb * a, a);
    }
}
