/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "trestle-look-sell.h"

#include "packages/trestle-package-page.h"
#include "packages/trestle-training-groups.h"
#include "pricing/trestle-pricing-form.h"
#include "versions/trestle-versions-section.h"

static gpointer
child (gpointer widget, const char *name)
{
  return gtk_widget_get_template_child (widget, G_OBJECT_TYPE (widget), name);
}

static GtkWidget *
find (GtkWidget *widget, GType type)
{
  GtkWidget *found = g_type_is_a (G_OBJECT_TYPE (widget), type) ? widget : NULL;

  for (GtkWidget *below = gtk_widget_get_first_child (widget); below != NULL && found == NULL;
       below = gtk_widget_get_next_sibling (below))
    found = find (below, type);
  return found;
}

void
trestle_look_bucket (GtkWidget *page)
{
  gpointer row = child (page, "model_data_row");

  gtk_editable_set_text (row, "s3://practice-seller-444455556666/models/iris/model.tar.gz");
  gtk_widget_activate_action (row, "s3.browse", NULL);
}

static void
add_spec (GtkWidget *page, const char *list)
{
  gtk_widget_activate_action (child (child (page, "training"), list), "spec.add", NULL);
}

void
trestle_look_channel (GtkWidget *page)
{
  add_spec (page, "channels");
}

void
trestle_look_hyperparameter (GtkWidget *page)
{
  add_spec (page, "hyperparameters");
}

void
trestle_look_metric (GtkWidget *page)
{
  add_spec (page, "metrics");
}

static GtkWidget *
open_section (GtkWidget *page, const char *id, GType type)
{
  gtk_widget_activate_action (page, "editor.section", "s", id);
  return find (page, type);
}

/* Returns: (nullable): the input parameters of the first version */
static GtkWidget *
open_parameters (GtkWidget *page)
{
  GtkWidget *section = open_section (page, "versions", TRESTLE_TYPE_VERSIONS_SECTION);

  if (section == NULL)
    return NULL;
  trestle_versions_section_show (TRESTLE_VERSIONS_SECTION (section),
                                 "Versions[0].InputProperties.Parameters");
  return child (section, "input_parameters");
}

/* Once all of it has its place. */
static gboolean
scroll_cb (gpointer widget)
{
  GtkWidget *viewport = gtk_widget_get_ancestor (widget, GTK_TYPE_VIEWPORT);
  graphene_rect_t bounds;

  if (viewport != NULL && gtk_widget_compute_bounds (widget, viewport, &bounds))
    gtk_adjustment_set_value (gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (viewport)),
                              bounds.origin.y - 24);
  return G_SOURCE_REMOVE;
}

static void
scroll_to (GtkWidget *widget)
{
  g_timeout_add_full (G_PRIORITY_DEFAULT, 200, scroll_cb, g_object_ref (widget), g_object_unref);
}

void
trestle_look_parameters (GtkWidget *page)
{
  GtkWidget *list = open_parameters (page);

  if (list != NULL)
    scroll_to (list);
}

void
trestle_look_parameter (GtkWidget *page)
{
  GtkWidget *list = open_parameters (page);

  if (list != NULL)
    gtk_widget_activate_action (list, "parameters.edit", "u", 0);
}

void
trestle_look_from_sample (GtkWidget *page)
{
  GtkWidget *list = open_parameters (page);

  if (list != NULL)
    gtk_widget_activate_action (list, "parameters.from-sample", NULL);
}

void
trestle_look_new_version (GtkWidget *page)
{
  GtkWidget *section = open_section (page, "versions", TRESTLE_TYPE_VERSIONS_SECTION);

  if (section != NULL)
    gtk_widget_activate_action (section, "versions.new", NULL);
}

void
trestle_look_trials (GtkWidget *page)
{
  GtkWidget *section, *group;

  open_parameters (page);
  section = find (page, TRESTLE_TYPE_VERSIONS_SECTION);
  if (section == NULL)
    return;
  group = child (section, "samples");
  /* nothing listens there, whatever else runs on this computer */
  gtk_editable_set_text (child (group, "address"), "http://127.0.0.1:1");
  scroll_to (group);
  g_signal_emit_by_name (child (group, "try_button"), "clicked");
}

void
trestle_look_similar (GtkWidget *page)
{
  GtkWidget *form = open_section (page, "pricing", TRESTLE_TYPE_PRICING_FORM);

  if (form != NULL)
    gtk_widget_activate_action (form, "pricing.compare", NULL);
}
