#version 330 core
/* A picture in colour among letters: an emoji. */
uniform sampler2D picture;

noperspective in vec2 texel;
flat in vec4 tint;

out vec4 color;

void main()
{
    color = texture(picture, texel) * tint.a;
}
