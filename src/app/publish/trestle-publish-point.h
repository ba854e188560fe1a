/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

typedef enum
{
  TRESTLE_PUBLISH_MARK_DONE,
  TRESTLE_PUBLISH_MARK_HERE,    /* of steps: where the product is */
  TRESTLE_PUBLISH_MARK_BLOCKED, /* it stops the next step */
  TRESTLE_PUBLISH_MARK_LATER,   /* of steps: not yet reached */
  TRESTLE_PUBLISH_MARK_LOOK,    /* it stops nothing, but look at it */
  TRESTLE_PUBLISH_MARK_UNKNOWN, /* AWS does not tell */
} TrestlePublishMark;

/**
 * TrestlePublishPoint:
 *
 * A step on a product's way to its buyers, or something that stands before the next one.
 */
#define TRESTLE_TYPE_PUBLISH_POINT (trestle_publish_point_get_type ())
G_DECLARE_FINAL_TYPE (TrestlePublishPoint, trestle_publish_point, TRESTLE, PUBLISH_POINT, GObject)

/**
 * trestle_publish_point_new:
 * @detail: (nullable): when, how long, or why
 * @button: (nullable): what the button that helps says
 * @target: (nullable): where it leads: `field:PATH`, `section:ID`, `container:IMAGE` or an address
 */
TrestlePublishPoint *trestle_publish_point_new (TrestlePublishMark mark,
                                                const char *title,
                                                const char *detail,
                                                const char *button,
                                                const char *target);

TrestlePublishMark trestle_publish_point_get_mark (TrestlePublishPoint *self);
const char *trestle_publish_point_get_title (TrestlePublishPoint *self);
/** trestle_publish_point_get_detail: Returns: (nullable) */
const char *trestle_publish_point_get_detail (TrestlePublishPoint *self);
/** trestle_publish_point_get_button: Returns: (nullable) */
const char *trestle_publish_point_get_button (TrestlePublishPoint *self);
/** trestle_publish_point_get_target: Returns: (nullable) */
const char *trestle_publish_point_get_target (TrestlePublishPoint *self);

/** trestle_publish_mark_word: Returns: (transfer none): "done", "blocked" … */
const char *trestle_publish_mark_word (TrestlePublishMark mark);

G_END_DECLS
