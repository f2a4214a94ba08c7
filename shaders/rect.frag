#version 330 core
/* Coverage from the distance to the edge; the stroke lies inside of it. */
noperspective in vec2 position;
noperspective in vec4 fill;
flat in vec2 half_size;
flat in vec2 radius_stroke;
flat in vec4 stroke_color;

out vec4 color;

void main()
{
    vec2 q = abs(position) - half_size + radius_stroke.x;
    float distance = min(max(q.x, q.y), 0.0) + length(max(q, 0.0)) -
                     radius_stroke.x;
    float outer = clamp(0.5 - distance, 0.0, 1.0);
    float inner = clamp(0.5 - distance - radius_stroke.y, 0.0, 1.0);
    float ring = (outer - inner) * stroke_color.a;
    /* Under an opaque stroke there is no fill that could shine through. */
    vec4 ground = fill * (stroke_color.a < 1.0 ? outer : inner);
    color = ground * (1.0 - ring) + vec4(stroke_color.rgb * ring, ring);
}
