#include "export/page.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/compiler.h"
#include "draw/fit.h"
#include "draw/theme.h"
#include "scene/figure/figure.h"
#include "scene/panels/panels.h"
#include "scene/views/views.h"

#define LEAST_PT 6.0f
#define PT_STEP 0.25f
#define BASE_TYPE 15.0f /* logical px that the given pt stands for, where nobody says */

/* A column of a paper, two, and what lies between, in mm. */
static const float default_mm[] = {85, 110, 140, 175};

/* One search: the list holds the last try. */
struct search {
    const struct heed_page_source *source;
    struct heed_list *list;
    struct heed_foot foot;
    struct heed_lack lack; /* of the size that was asked for */
    bool is_meagre;        /* the last try shows less than a wider page would */
    bool failed;           /* memory ran out */
};

/* The two-sided figure of a query; of everything else a view is the figure. */
static bool is_figure(const struct search *search)
{
    const struct heed_state *state = search->source->state;
    return search->source->options->figure &&
           (search->source->options->compare != NULL ||
            (state->view == HEED_VIEW_LINKS && state->panel == HEED_PANEL_NONE &&
             state->query.count > 0));
}

static const char *name_of(const struct search *search)
{
    const struct heed_state *state = search->source->state;
    if (is_figure(search)) {
        return "figure";
    }
    return state->panel != HEED_PANEL_NONE ? heed_panel_words[state->panel]
                                           : heed_view_words[state->view];
}

static struct heed_frame frame_of(struct search *search, float pt)
{
    const struct heed_page_source *source = search->source;
    const struct heed_export_options *options = source->options;
    const struct heed_state *state = source->state;
    const struct heed_view_kind *kind = heed_view_get_kind(state->view);
    const bool own = !is_figure(search) && state->panel == HEED_PANEL_NONE;
    search->foot = (struct heed_foot){0};
    return (struct heed_frame){
        .list = search->list,
        .state = state,
        .kind = kind,
        .panel = heed_panel_get_kind(state->panel),
        .result = source->result,
        .theme = heed_theme_get(state->theme),
        .metrics = source->metrics,
        .scale = pt * HEED_PX_PER_PT / (own ? kind->export_type : BASE_TYPE),
        .hairline = 0.4f * HEED_PX_PER_PT,
        .columns = options->columns,
        .is_export = true,
        .link_limit = options->link_limit,
        .compare = options->compare,
        .compare_query = options->compare_query,
        .compare_key = options->compare_key,
        .model = source->model,
        .cache = source->cache,
        .foot = &search->foot,
        .tasks = options->tasks,
        .zoom = 1.0f,
    };
}

static float content_height(struct search *search, struct heed_frame *frame, float width)
{
    heed_list_clear(search->list);
    return ceilf(is_figure(search) ? heed_figure_height(frame, width)
                                   : heed_view_export_height(frame, width));
}

/* What a window would scroll to. */
static void note_overflow(struct heed_list *list, const struct heed_frame *frame)
{
    if (frame->content_height > list->height + 1.0f || frame->content_width > list->width + 1.0f) {
        heed_list_lack(list, "%.0f x %.0f mm", (double)(frame->content_width / HEED_PX_PER_MM),
                       (double)(frame->content_height / HEED_PX_PER_MM));
    }
}

/* Lays the page out, as high as its content if its height is 0; true if the
 * list then holds it all. */
static bool try(struct search *search, struct heed_page *page)
{
    struct heed_list *list = search->list;
    struct heed_frame frame = frame_of(search, page->pt);
    if (page->height <= 0.0f) {
        page->height = content_height(search, &frame, page->width);
    }
    search->failed = search->failed || heed_list_failed(list);
    heed_list_clear(list);
    list->width = page->width;
    list->height = page->height;
    list->background = frame.theme->canvas;
    if (page->height > HEED_MOST_PX) {
        heed_list_lack(list, "%.0f px of height, more than a file can hold", (double)page->height);
        return false;
    }
    const struct heed_rect rect = {0.0f, 0.0f, page->width, page->height};
    if (is_figure(search)) {
        heed_figure_draw(&frame, rect);
    } else {
        heed_view_draw(&frame, rect);
    }
    note_overflow(list, &frame);
    search->is_meagre =
        is_figure(search) ? !heed_figure_fits(&frame, page->width) : frame.is_meagre;
    const bool fits = heed_list_fits(list, search->source->metrics);
    if (fits && search->source->caption) {
        heed_caption(&frame, name_of(search), search->source->caption, HEED_CAPTION_BYTES);
    }
    search->failed = search->failed || heed_list_failed(list);
    return fits && !search->failed;
}

/* The first of the usual widths that does, and that shows as much as a wider page;
 * else the widest that does. */
static bool try_default_widths(struct search *search, struct heed_page *page)
{
    const struct heed_page asked = *page;
    float meagre = 0.0f;
    for (size_t i = 0; i < HEED_COUNT(default_mm); i++) {
        page->width = default_mm[i] * HEED_PX_PER_MM;
        page->height = asked.height;
        const bool fits = try(search, page);
        if (fits && !search->is_meagre) {
            return true;
        }
        meagre = fits ? page->width : meagre;
    }
    *page = asked;
    page->width = meagre > 0.0f ? meagre : default_mm[HEED_COUNT(default_mm) - 1] * HEED_PX_PER_MM;
    return try(search, page);
}

/* The largest type down to 6 pt with which the page, of this width and height, does. */
static bool try_smaller_type(struct search *search, struct heed_page *page)
{
    struct heed_page smaller = *page;
    while (smaller.pt > LEAST_PT) {
        smaller.pt = fmaxf(smaller.pt - PT_STEP, LEAST_PT);
        smaller.height = page->height;
        if (try(search, &smaller)) {
            *page = smaller;
            return true;
        }
    }
    return false;
}

/* --- the least size that does --- */

/* Makes one side of a page that doesn't do the least whole number of units that
 * does; `side` is the page's width or height. False: none does. */
static bool grow(struct search *search, struct heed_page *page, bool is_width)
{
    const float unit = page->unit, asked = is_width ? page->width : page->height;
    long low = (long)floorf(asked / unit), high = low;
    const long most = (long)(HEED_MOST_PX / unit);
    const bool by_content = page->height <= 0.0f;
    struct heed_page next = *page;
    bool fits = false;
    while (!fits && high < most) {
        low = high;
        high += high / 4 + 8;
        high = high < most ? high : most;
        *(is_width ? &next.width : &next.height) = (float)high * unit;
        next.height = is_width && by_content ? 0.0f : next.height;
        fits = try(search, &next);
    }
    while (fits && high - low > 1) {
        const long middle = low + (high - low) / 2;
        *(is_width ? &next.width : &next.height) = (float)middle * unit;
        next.height = is_width && by_content ? 0.0f : next.height;
        *(try(search, &next) ? &high : &low) = middle;
    }
    *(is_width ? &page->width : &page->height) = (float)high * unit;
    return fits;
}

/* From a page that doesn't do to one that does. */
static bool find_least(struct search *search, struct heed_page *page)
{
    const bool has_height = page->height > 0.0f;
    struct heed_page free = *page;
    free.height = 0.0f;
    if (!has_height) {
        return grow(search, page, true);
    }
    if (try(search, &free) || grow(search, &free, true)) {
        page->width = free.width;
        return try(search, page) || grow(search, page, false);
    }
    return false;
}

static void size_text(const struct heed_page *page, bool has_height, char *text, size_t size)
{
    const double width = (double)(page->width / page->unit);
    const double height = (double)(page->height / page->unit);
    if (has_height) {
        snprintf(text, size, "%.6gx%.6g %s", width, height, page->unit_name);
    } else {
        snprintf(text, size, "%.6g %s", width, page->unit_name);
    }
}

/* The asked page doesn't do: says which would. */
static bool refuse(struct search *search, const struct heed_page *asked, struct heed_error *err)
{
    const char *name = name_of(search);
    const bool has_height = asked->height > 0.0f;
    const bool may_shrink = asked->pt > LEAST_PT && !search->source->options->fit;
    struct heed_page least = *asked, smallest = *asked;
    char needed[64], had[64];
    size_text(asked, has_height, had, sizeof had);
    smallest.pt = LEAST_PT;
    const bool shrinks = may_shrink && try(search, &smallest);
    if (!find_least(search, &least)) {
        return heed_error_set(err, HEED_ERROR_INPUT,
                              "%s can't be drawn at %.3g pt in any size: there is no room for %s",
                              name, (double)asked->pt, search->lack.text);
    }
    if (search->source->least) {
        *search->source->least = least;
    }
    size_text(&least, has_height, needed, sizeof needed);
    return heed_error_set(err, HEED_ERROR_INPUT, "%s needs %s at %.3g pt; %s have no room for %s%s",
                          name, needed, (double)asked->pt, had, search->lack.text,
                          shrinks ? "; --fit shrinks type to 6 pt at least" : "");
}

bool heed_page_find(const struct heed_page_source *source, struct heed_page *page,
                    struct heed_list *list, struct heed_error *err)
{
    struct search search = {.source = source, .list = list};
    struct heed_page asked = *page;
    bool fits = page->width > 0.0f ? try(&search, page) : try_default_widths(&search, page);
    asked.width = page->width;
    search.lack = list->lack;
    if (!fits && source->options->fit) {
        *page = asked;
        fits = try_smaller_type(&search, page);
        asked.pt = fits ? page->pt : fminf(asked.pt, LEAST_PT);
    }
    fits = fits || (!search.failed && refuse(&search, &asked, err));
    if (search.failed) {
        return heed_error_set(err, HEED_ERROR_MEMORY, "not enough memory to draw the picture");
    }
    return fits;
}
