/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "domain/trestle-enums.h"

G_BEGIN_DECLS

typedef enum
{
  TRESTLE_TONE_PLAIN,
  TRESTLE_TONE_ACCENT,
  TRESTLE_TONE_SUCCESS,
  TRESTLE_TONE_WARNING,
  TRESTLE_TONE_ERROR,
} TrestleTone;

/* A badge is a GtkLabel of style class "badge" and a tone. The tone never says what the word does not. */

/** trestle_badge_new: Returns: (transfer floating): a small pill with @text */
GtkWidget *trestle_badge_new (const char *text, TrestleTone tone);

/** trestle_badge_set: changes @badge; an empty or %NULL @text hides it */
void trestle_badge_set (GtkWidget *badge, const char *text, TrestleTone tone);

/** trestle_badge_set_endpoint: the state of an endpoint in a word */
void trestle_badge_set_endpoint (GtkWidget *badge, TrestleEndpointState state);

/** trestle_endpoint_state_word: Returns: (transfer none): "In service" */
const char *trestle_endpoint_state_word (TrestleEndpointState state);

/** trestle_endpoint_state_tone: the tone that goes with the word */
TrestleTone trestle_endpoint_state_tone (TrestleEndpointState state);

/** trestle_tone_class: Returns: (transfer none): "success" … ; "" for plain */
const char *trestle_tone_class (TrestleTone tone);

/** trestle_tone_set: gives @widget the style class of @tone, and takes away those of others */
void trestle_tone_set (GtkWidget *widget, TrestleTone tone);

G_END_DECLS
