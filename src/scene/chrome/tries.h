/* The first start's card of three things to try, at the inspector's foot. */
#ifndef HEED_SCENE_CHROME_TRIES_H
#define HEED_SCENE_CHROME_TRIES_H

struct heed_chrome;

/* px that it takes of the inspector; 0: it isn't shown. */
float heed_tries_height(const struct heed_chrome *chrome);
void heed_tries_draw(const struct heed_chrome *chrome);

#endif
