#version 330 core
/* How much of the pixel a stroke covers, from the distance to its middle. */
noperspective in vec4 distances;
flat in vec4 premultiplied;

out vec4 color;

void main()
{
    float reach = distances.z + 0.5 - length(distances.xy);
    color = premultiplied * (clamp(reach, 0.0, 1.0) * distances.w);
}
