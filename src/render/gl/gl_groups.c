#include "render/gl/gl_groups.h"

#include <stddef.h>

static void delete_group(struct heed_gl_group *group)
{
    if (group->texture) {
        glDeleteTextures(1, &group->texture);
        glDeleteFramebuffers(1, &group->framebuffer);
    }
    *group = (struct heed_gl_group){0};
}

void heed_gl_groups_finish(struct heed_gl_groups *groups)
{
    for (int i = 0; i < HEED_GL_N_GROUPS; i++) {
        delete_group(&groups->groups[i]);
    }
}

void heed_gl_groups_advance(struct heed_gl_groups *groups)
{
    groups->now++;
}

static bool make_texture(struct heed_gl_group *group, int width, int height)
{
    if (group->texture && group->texture_width == width && group->texture_height == height) {
        return true;
    }
    delete_group(group);
    glGenTextures(1, &group->texture);
    glBindTexture(GL_TEXTURE_2D, group->texture);
    glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA8, width, height, 0, GL_RGBA, GL_UNSIGNED_BYTE, NULL);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_NEAREST);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_NEAREST);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
    glGenFramebuffers(1, &group->framebuffer);
    glBindFramebuffer(GL_FRAMEBUFFER, group->framebuffer);
    glFramebufferTexture2D(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D, group->texture, 0);
    if (glCheckFramebufferStatus(GL_FRAMEBUFFER) != GL_FRAMEBUFFER_COMPLETE) {
        delete_group(group);
        return false;
    }
    group->texture_width = width;
    group->texture_height = height;
    return true;
}

struct heed_gl_group *heed_gl_groups_get(struct heed_gl_groups *groups, uint64_t key, int x, int y,
                                         int width, int height, bool *is_painted)
{
    struct heed_gl_group *oldest = NULL;
    for (int i = 0; i < HEED_GL_N_GROUPS; i++) {
        struct heed_gl_group *group = &groups->groups[i];
        if (key != 0 && group->key == key && group->x == x && group->y == y &&
            group->width == width && group->height == height) {
            group->last_use = groups->now;
            *is_painted = true;
            return group;
        }
        if ((!group->texture || group->last_use < groups->now) &&
            (!oldest || group->last_use < oldest->last_use)) {
            oldest = group;
        }
    }
    if (!oldest || !make_texture(oldest, width, height)) {
        return NULL;
    }
    oldest->key = key;
    oldest->x = x;
    oldest->y = y;
    oldest->width = width;
    oldest->height = height;
    oldest->last_use = groups->now;
    *is_painted = false;
    return oldest;
}

void heed_gl_groups_send(struct heed_gl_groups *groups, const struct heed_gl_group *group,
                         const uint8_t *rgba)
{
    groups->n_sent += (uint64_t)group->width * (uint64_t)group->height * 4;
    glBindTexture(GL_TEXTURE_2D, group->texture);
    glPixelStorei(GL_UNPACK_ALIGNMENT, 4);
    glTexSubImage2D(GL_TEXTURE_2D, 0, 0, 0, group->width, group->height, GL_RGBA, GL_UNSIGNED_BYTE,
                    rgba);
}
