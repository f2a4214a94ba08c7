#version 330 core
/* A group, premultiplied, laid on what is there with one opacity. */
uniform sampler2D image;
uniform float opacity;

noperspective in vec2 texel;

out vec4 color;

void main()
{
    color = texture(image, texel) * opacity;
}
