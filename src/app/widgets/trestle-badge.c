/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "trestle-badge.h"

#include <glib/gi18n.h>

static const char *const classes[] = { "", "accent", "success", "warning", "error" };

const char *
trestle_tone_class (TrestleTone tone)
{
  return classes[tone];
}

void
trestle_tone_set (GtkWidget *widget, TrestleTone tone)
{
  for (guint i = 1; i < G_N_ELEMENTS (classes); i++)
    if (i != tone)
      gtk_widget_remove_css_class (widget, classes[i]);
  if (tone != TRESTLE_TONE_PLAIN)
    gtk_widget_add_css_class (widget, classes[tone]);
}

void
trestle_badge_set (GtkWidget *badge, const char *text, TrestleTone tone)
{
  gtk_label_set_label (GTK_LABEL (badge), text != NULL ? text : "");
  gtk_widget_set_visible (badge, text != NULL && *text != '\0');
  trestle_tone_set (badge, tone);
}

GtkWidget *
trestle_badge_new (const char *text, TrestleTone tone)
{
  GtkWidget *badge = gtk_label_new (NULL);

  gtk_widget_add_css_class (badge, "badge");
  gtk_widget_set_valign (badge, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (badge, FALSE);
  trestle_badge_set (badge, text, tone);
  return badge;
}

const char *
trestle_endpoint_state_word (TrestleEndpointState state)
{
  switch (state)
    {
    case TRESTLE_ENDPOINT_STATE_CREATING:
      return _ ("Creating");
    case TRESTLE_ENDPOINT_STATE_IN_SERVICE:
      return _ ("In service");
    case TRESTLE_ENDPOINT_STATE_UPDATING:
      return _ ("Updating");
    case TRESTLE_ENDPOINT_STATE_FAILED:
      return _ ("Failed");
    case TRESTLE_ENDPOINT_STATE_DELETING:
      return _ ("Deleting");
    case TRESTLE_ENDPOINT_STATE_UNKNOWN:
    default:
      return _ ("Unknown");
    }
}

TrestleTone
trestle_endpoint_state_tone (TrestleEndpointState state)
{
  switch (state)
    {
    case TRESTLE_ENDPOINT_STATE_CREATING:
    case TRESTLE_ENDPOINT_STATE_UPDATING:
      return TRESTLE_TONE_ACCENT;
    case TRESTLE_ENDPOINT_STATE_IN_SERVICE:
      return TRESTLE_TONE_SUCCESS;
    case TRESTLE_ENDPOINT_STATE_FAILED:
      return TRESTLE_TONE_ERROR;
    case TRESTLE_ENDPOINT_STATE_DELETING:
      return TRESTLE_TONE_WARNING;
    case TRESTLE_ENDPOINT_STATE_UNKNOWN:
    default:
      return TRESTLE_TONE_PLAIN;
    }
}

void
trestle_badge_set_endpoint (GtkWidget *badge, TrestleEndpointState state)
{
  trestle_badge_set (badge, trestle_endpoint_state_word (state),
                     trestle_endpoint_state_tone (state));
}
