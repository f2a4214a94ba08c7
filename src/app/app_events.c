#include "app/app_events.h"

#include <string.h>

#include "app/app_files.h"
#include "app/app_handle.h"
#include "app/app_open.h"
#include "app/app_private.h"
#include "app/app_teacher.h"
#include "base/compiler.h"
#include "state/event.h"

static const struct {
    SDL_Keycode code;
    enum heed_key key;
} named_keys[] = {
    {SDLK_LEFT, HEED_KEY_LEFT},
    {SDLK_RIGHT, HEED_KEY_RIGHT},
    {SDLK_UP, HEED_KEY_UP},
    {SDLK_DOWN, HEED_KEY_DOWN},
    {SDLK_HOME, HEED_KEY_HOME},
    {SDLK_END, HEED_KEY_END},
    {SDLK_PAGEUP, HEED_KEY_PAGE_UP},
    {SDLK_PAGEDOWN, HEED_KEY_PAGE_DOWN},
    {SDLK_BACKSPACE, HEED_KEY_BACKSPACE},
    {SDLK_DELETE, HEED_KEY_DELETE},
    {SDLK_INSERT, HEED_KEY_INSERT},
    {SDLK_RETURN, HEED_KEY_ENTER},
    {SDLK_KP_ENTER, HEED_KEY_ENTER},
    {SDLK_TAB, HEED_KEY_TAB},
    {SDLK_ESCAPE, HEED_KEY_ESCAPE},
    {SDLK_SPACE, HEED_KEY_SPACE},
    {SDLK_APPLICATION, HEED_KEY_MENU},
    {SDLK_MENU, HEED_KEY_MENU},
    {SDLK_EQUALS, HEED_KEY_PLUS}, /* Ctrl and the key that carries the plus */
    {SDLK_KP_PLUS, HEED_KEY_PLUS},
    {SDLK_KP_MINUS, HEED_KEY_MINUS},
    {SDLK_KP_DIVIDE, HEED_KEY_SLASH},
};

/* The keypad without Num Lock. */
static const struct {
    SDL_Keycode code;
    enum heed_key key;
    char digit;
} keypad[] = {
    {SDLK_KP_0, HEED_KEY_INSERT, '0'},      {SDLK_KP_1, HEED_KEY_END, '1'},
    {SDLK_KP_2, HEED_KEY_DOWN, '2'},        {SDLK_KP_3, HEED_KEY_PAGE_DOWN, '3'},
    {SDLK_KP_4, HEED_KEY_LEFT, '4'},        {SDLK_KP_5, HEED_KEY_NONE, '5'},
    {SDLK_KP_6, HEED_KEY_RIGHT, '6'},       {SDLK_KP_7, HEED_KEY_HOME, '7'},
    {SDLK_KP_8, HEED_KEY_UP, '8'},          {SDLK_KP_9, HEED_KEY_PAGE_UP, '9'},
    {SDLK_KP_PERIOD, HEED_KEY_DELETE, '.'},
};

static enum heed_key find_keypad(const SDL_Keysym *symbol)
{
    for (size_t i = 0; i < HEED_COUNT(keypad); i++) {
        if (keypad[i].code == symbol->sym) {
            return symbol->mod & KMOD_NUM ? (enum heed_key)keypad[i].digit : keypad[i].key;
        }
    }
    return HEED_KEY_NONE;
}

/* What a key means: by its sign, or on layouts without Latin letters by its
 * place, so that Ctrl+C works there too. */
static enum heed_key find_key(const SDL_Keysym *symbol)
{
    const SDL_Keycode code = symbol->sym;
    for (size_t i = 0; i < HEED_COUNT(named_keys); i++) {
        if (named_keys[i].code == code) {
            return named_keys[i].key;
        }
    }
    if (code >= SDLK_F1 && code <= SDLK_F12) {
        return (enum heed_key)(HEED_KEY_F1 + (code - SDLK_F1));
    }
    if (code >= 'a' && code <= 'z') {
        return (enum heed_key)(code - 'a' + 'A');
    }
    if (code > ' ' && code < 0x7F) {
        return (enum heed_key)code;
    }
    const SDL_Scancode place = symbol->scancode;
    if (place >= SDL_SCANCODE_A && place <= SDL_SCANCODE_Z) {
        return (enum heed_key)('A' + (place - SDL_SCANCODE_A));
    }
    if (place >= SDL_SCANCODE_1 && place <= SDL_SCANCODE_9) {
        return (enum heed_key)('1' + (place - SDL_SCANCODE_1));
    }
    return place == SDL_SCANCODE_0 ? HEED_KEY_0 : find_keypad(symbol);
}

static uint8_t find_mods(unsigned mod)
{
    uint8_t mods = 0;
    mods |= mod & KMOD_SHIFT ? HEED_MOD_SHIFT : 0;
    mods |= mod & KMOD_CTRL ? HEED_MOD_CTRL : 0;
    /* AltGr chooses signs, it isn't Alt. */
    mods |= mod & KMOD_ALT && !(mod & KMOD_MODE) ? HEED_MOD_ALT : 0;
    mods |= mod & KMOD_GUI ? HEED_MOD_SUPER : 0;
    return mods;
}

/* Keys with Ctrl or Alt are commands, whatever sign the system makes of them.
 * Not SDL's state of now: later keys may already lie in the queue. */
static bool is_command_held(const struct heed_app *app)
{
    const uint8_t mods = find_mods(app->key_mods);
    const bool ctrl = mods & HEED_MOD_CTRL, alt = mods & HEED_MOD_ALT;
    return ctrl != alt || mods & HEED_MOD_SUPER;
}

static void take_key(struct heed_app *app, const SDL_KeyboardEvent *key)
{
    heed_app_handle(app, (struct heed_event){
                             .kind = HEED_EVENT_KEY,
                             .key = find_key(&key->keysym),
                             .mods = find_mods(key->keysym.mod),
                             .repeat = key->repeat != 0,
                         });
}

static void take_text(struct heed_app *app, enum heed_event_kind kind, const char *text, int cursor,
                      int selected)
{
    heed_app_handle(app, (struct heed_event){
                             .kind = kind,
                             .text = text,
                             .length = strlen(text),
                             .cursor = cursor,
                             .selected = selected,
                         });
}

static void take_motion(struct heed_app *app, const SDL_MouseMotionEvent *event)
{
    const float ratio = app->window.pixel_ratio;
    heed_app_handle(app, (struct heed_event){
                             .kind = HEED_EVENT_POINTER_MOVE,
                             .x = (float)event->x * ratio,
                             .y = (float)event->y * ratio,
                             .mods = find_mods(SDL_GetModState()),
                         });
}

static void take_button(struct heed_app *app, const SDL_MouseButtonEvent *event)
{
    const bool down = event->type == SDL_MOUSEBUTTONDOWN;
    const float ratio = app->window.pixel_ratio;
    SDL_CaptureMouse(down ? SDL_TRUE : SDL_FALSE); /* drags may leave */
    heed_app_handle(app, (struct heed_event){
                             .kind = down ? HEED_EVENT_POINTER_DOWN : HEED_EVENT_POINTER_UP,
                             .x = (float)event->x * ratio,
                             .y = (float)event->y * ratio,
                             .button = event->button,
                             .clicks = event->clicks > 0 ? (event->clicks - 1) % 3 + 1 : 1,
                             .mods = find_mods(SDL_GetModState()),
                         });
}

static void take_wheel(struct heed_app *app, const SDL_MouseWheelEvent *event)
{
    const float ratio = app->window.pixel_ratio;
    int x = 0, y = 0;
    SDL_GetMouseState(&x, &y);
    heed_app_handle(app, (struct heed_event){
                             .kind = HEED_EVENT_WHEEL,
                             .x = (float)x * ratio,
                             .y = (float)y * ratio,
                             .wheel_x = -event->preciseX,
                             .wheel_y = event->preciseY,
                             .mods = find_mods(SDL_GetModState()),
                         });
}

static void take_window(struct heed_app *app, const SDL_WindowEvent *event)
{
    switch (event->event) {
    case SDL_WINDOWEVENT_MOVED:
        heed_window_note_place(&app->window);
        break;
    case SDL_WINDOWEVENT_SIZE_CHANGED:
        heed_window_note_place(&app->window);
        /* fall through */
    case SDL_WINDOWEVENT_EXPOSED:
    case SDL_WINDOWEVENT_SHOWN:
    case SDL_WINDOWEVENT_RESTORED:
        app->exposed = true;
        app->redraw = true;
        break;
    case SDL_WINDOWEVENT_CLOSE:
        app->quit = true; /* SDL says so of the last window alone */
        break;
    case SDL_WINDOWEVENT_LEAVE:
        heed_app_handle(app, (struct heed_event){.kind = HEED_EVENT_POINTER_LEAVE});
        break;
    case SDL_WINDOWEVENT_FOCUS_GAINED:
    case SDL_WINDOWEVENT_FOCUS_LOST:
        heed_app_handle(
            app, (struct heed_event){.kind = HEED_EVENT_FOCUS,
                                     .has_focus = event->event == SDL_WINDOWEVENT_FOCUS_GAINED});
        break;
    default:
        break;
    }
}

/* Each is opened as it comes; of several attention files one may then be picked. */
static void take_drop(struct heed_app *app, const SDL_DropEvent *event)
{
    struct heed_dropped *dropped = &app->dropped;
    if (event->type == SDL_DROPCOMPLETE) {
        heed_app_list_files(app, (const char *const *)dropped->paths, dropped->n);
        heed_app_forget_dropped(app);
        return;
    }
    if (!event->file) {
        return;
    }
    take_text(app, event->type == SDL_DROPFILE ? HEED_EVENT_DROP : HEED_EVENT_PASTE, event->file, 0,
              0);
    if (heed_app_is_attention(event->file) && dropped->n < HEED_MOST_DROPPED) {
        dropped->paths[dropped->n] = strdup(event->file);
        dropped->n += dropped->paths[dropped->n] != NULL;
    }
    SDL_free(event->file);
}

void heed_app_take_event(struct heed_app *app, const SDL_Event *event)
{
    if (heed_app_take_teacher_event(app, event)) {
        return;
    }
    switch (event->type) {
    case SDL_QUIT:
        app->quit = true;
        break;
    case SDL_KEYDOWN:
        app->key_mods = event->key.keysym.mod;
        take_key(app, &event->key);
        break;
    case SDL_KEYUP:
        app->key_mods = event->key.keysym.mod;
        break;
    case SDL_TEXTINPUT:
        if (!is_command_held(app)) {
            take_text(app, HEED_EVENT_TEXT, event->text.text, 0, 0);
        }
        break;
    case SDL_TEXTEDITING:
        take_text(app, HEED_EVENT_COMPOSE, event->edit.text, event->edit.start, event->edit.length);
        break;
    case SDL_TEXTEDITING_EXT:
        take_text(app, HEED_EVENT_COMPOSE, event->editExt.text ? event->editExt.text : "",
                  event->editExt.start, event->editExt.length);
        SDL_free(event->editExt.text);
        break;
    case SDL_MOUSEMOTION:
        take_motion(app, &event->motion);
        break;
    case SDL_MOUSEBUTTONDOWN:
    case SDL_MOUSEBUTTONUP:
        take_button(app, &event->button);
        break;
    case SDL_MOUSEWHEEL:
        take_wheel(app, &event->wheel);
        break;
    case SDL_WINDOWEVENT:
        take_window(app, &event->window);
        break;
    case SDL_DROPFILE:
    case SDL_DROPTEXT:
    case SDL_DROPCOMPLETE:
        take_drop(app, &event->drop);
        break;
    default:
        break;
    }
}
