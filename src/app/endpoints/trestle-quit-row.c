/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "endpoints/trestle-quit-row.h"

#include <glib/gi18n.h>

#include "base/trestle-clock.h"
#include "endpoints/trestle-endpoint-words.h"
#include "widgets/trestle-format.h"
#include "widgets/trestle-tile.h"

struct _TrestleQuitRow
{
  GtkListBoxRow parent_instance;

  GtkCheckButton *check;
  TrestleTile *tile;
  GtkLabel *title;
  GtkLabel *subtitle;
  GtkLabel *more;
  GtkLabel *price;

  TrestleEndpoint *endpoint;
};

enum
{
  PROP_ACTIVE = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (TrestleQuitRow, trestle_quit_row, GTK_TYPE_LIST_BOX_ROW)

gboolean
trestle_quit_row_get_active (TrestleQuitRow *self)
{
  g_return_val_if_fail (TRESTLE_IS_QUIT_ROW (self), FALSE);
  return gtk_check_button_get_active (self->check);
}

void
trestle_quit_row_set_narrow (TrestleQuitRow *self, gboolean narrow)
{
  g_return_if_fail (TRESTLE_IS_QUIT_ROW (self));
  gtk_widget_set_visible (GTK_WIDGET (self->tile), !narrow);
}

void
trestle_quit_row_toggle (TrestleQuitRow *self)
{
  g_return_if_fail (TRESTLE_IS_QUIT_ROW (self));
  gtk_check_button_set_active (self->check, !gtk_check_button_get_active (self->check));
}

const char *
trestle_quit_row_get_name (TrestleQuitRow *self)
{
  g_return_val_if_fail (TRESTLE_IS_QUIT_ROW (self), NULL);
  return gtk_label_get_label (self->title);
}

TrestleEndpoint *
trestle_quit_row_get_endpoint (TrestleQuitRow *self)
{
  g_return_val_if_fail (TRESTLE_IS_QUIT_ROW (self), NULL);
  return self->endpoint;
}

static void
on_active (TrestleQuitRow *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ACTIVE]);
}

/* A delete-by time counts only while something of Trestle runs, so it is no promise here. Two lines
 * that never wrap: a dialog measures its buttons out of sight otherwise. */
static void
show_outlook (TrestleQuitRow *self)
{
  const TrestleMoney *hourly = trestle_endpoint_get_hourly (self->endpoint);
  gint64 now = trestle_clock_now ();
  gint64 due = trestle_endpoint_get_delete_by (self->endpoint);
  g_autoptr (TrestleMoney)
      more = trestle_cost_between (hourly, now, due != 0 ? due : now + TRESTLE_DAY);
  g_autofree char *amount = trestle_format_amount (more);
  g_autofree char *moment = trestle_format_moment (due);
  g_autofree char *when = due == 0     ? g_strdup (_ ("No delete-by time"))
                          : due <= now ? g_strdup_printf (_ ("Was due %s"), moment)
                                       : g_strdup_printf (_ ("Delete by %s"), moment);
  g_autofree char *cost = due == 0 ? g_strdup_printf (_ ("%s a day"), amount)
                                   : g_strdup_printf (_ ("%s until then"), amount);

  gtk_label_set_label (self->subtitle, when);
  gtk_label_set_label (self->more, cost);
  gtk_widget_set_visible (GTK_WIDGET (self->more), more != NULL && (due == 0 || due > now));
}

static void
trestle_quit_row_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_ACTIVE)
    g_value_set_boolean (value, trestle_quit_row_get_active (TRESTLE_QUIT_ROW (object)));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
trestle_quit_row_dispose (GObject *object)
{
  TrestleQuitRow *self = TRESTLE_QUIT_ROW (object);

  g_clear_object (&self->endpoint);
  gtk_widget_dispose_template (GTK_WIDGET (self), TRESTLE_TYPE_QUIT_ROW);
  G_OBJECT_CLASS (trestle_quit_row_parent_class)->dispose (object);
}

static void
trestle_quit_row_class_init (TrestleQuitRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (TRESTLE_TYPE_TILE);

  object_class->get_property = trestle_quit_row_get_property;
  object_class->dispose = trestle_quit_row_dispose;
  properties[PROP_ACTIVE] = g_param_spec_boolean ("active", NULL, NULL, TRUE,
                                                  G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/dev/trestle/Trestle/endpoints/trestle-quit-row.ui");
  gtk_widget_class_bind_template_child (widget_class, TrestleQuitRow, check);
  gtk_widget_class_bind_template_child (widget_class, TrestleQuitRow, tile);
  gtk_widget_class_bind_template_child (widget_class, TrestleQuitRow, title);
  gtk_widget_class_bind_template_child (widget_class, TrestleQuitRow, subtitle);
  gtk_widget_class_bind_template_child (widget_class, TrestleQuitRow, more);
  gtk_widget_class_bind_template_child (widget_class, TrestleQuitRow, price);
  gtk_widget_class_bind_template_callback (widget_class, on_active);
}

static void
trestle_quit_row_init (TrestleQuitRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  /* Of a list in the template the last alone would be kept. */
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_RELATION_LABELLED_BY,
                                  self->title, self->subtitle, self->more, self->price, NULL, -1);
}

GtkWidget *
trestle_quit_row_new_for_endpoint (TrestleEndpoint *endpoint)
{
  TrestleQuitRow *self = g_object_new (TRESTLE_TYPE_QUIT_ROW, NULL);
  g_autofree char *hourly = trestle_format_hourly (trestle_endpoint_get_hourly (endpoint));

  self->endpoint = g_object_ref (endpoint);
  trestle_tile_set_listing_id (self->tile, trestle_endpoint_get_listing_id (endpoint),
                               trestle_endpoint_get_listing_title (endpoint) != NULL
                                   ? trestle_endpoint_get_listing_title (endpoint)
                                   : trestle_endpoint_get_name (endpoint));
  gtk_label_set_label (self->title, trestle_endpoint_get_name (endpoint));
  show_outlook (self);
  gtk_label_set_label (self->price, hourly);
  return GTK_WIDGET (self);
}

GtkWidget *
trestle_quit_row_new_for_task (TrestleTask *task)
{
  TrestleQuitRow *self = g_object_new (TRESTLE_TYPE_QUIT_ROW, NULL);
  TrestleListing *listing = trestle_deploy_plan_get_listing (trestle_task_get_plan (task));

  if (listing != NULL)
    trestle_tile_set_listing (self->tile, listing);
  else
    trestle_tile_set_listing_id (self->tile, NULL, trestle_task_get_subject (task));
  gtk_label_set_label (self->title, trestle_task_get_subject (task));
  gtk_label_set_label (self->subtitle, _ ("Being deployed"));
  gtk_widget_set_visible (GTK_WIDGET (self->more), FALSE);
  return GTK_WIDGET (self);
}
