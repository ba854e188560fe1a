/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "trestle-meter.h"

#include <glib/gi18n.h>

#include "widgets/trestle-format.h"
#include "widgets/trestle-widget.h"
#include "workbench/trestle-session.h"

struct _TrestleMeter
{
  GtkWidget parent_instance;

  GtkWidget *dot;
  GtkWidget *button;
  GtkLabel *title;
  GtkLabel *subtitle;

  TrestleSession *session;
  GSignalGroup *endpoint_signals;
  gboolean running;
};

enum
{
  PROP_SESSION = 1,
  PROP_RUNNING,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (TrestleMeter, trestle_meter, GTK_TYPE_WIDGET)

/* How many endpoints are on their way up. */
static guint
count_starting (GListModel *endpoints)
{
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (endpoints); i++)
    {
      g_autoptr (TrestleEndpoint) endpoint = g_list_model_get_item (endpoints, i);

      if (trestle_endpoint_get_state (endpoint) == TRESTLE_ENDPOINT_STATE_CREATING)
        n++;
    }
  return n;
}

static void
update (TrestleMeter *self)
{
  TrestleEndpoints *endpoints = self->session != NULL
                                    ? trestle_session_get_endpoints (self->session)
                                    : NULL;
  g_autoptr (TrestleMoney) hourly = NULL;
  g_autoptr (TrestleMoney) so_far = NULL;
  g_autofree char *title = NULL;
  g_autofree char *subtitle = NULL;
  guint n_running = 0, n_starting = 0;

  if (endpoints != NULL)
    {
      g_object_get (endpoints, "n-running", &n_running, "hourly", &hourly, "so-far", &so_far, NULL);
      n_starting = count_starting (G_LIST_MODEL (endpoints));
    }

  if (n_running > 0)
    {
      g_autofree char *price = trestle_format_hourly (hourly);
      g_autofree char *count = g_strdup_printf (
          g_dngettext (NULL, "%u endpoint", "%u endpoints", n_running), n_running);

      title = *price != '\0' ? g_strdup_printf ("%s · %s", count, price) : g_steal_pointer (&count);
    }
  else
    title = g_strdup (n_starting > 0 ? _ ("Starting") : _ ("Nothing is running"));

  if (n_starting > 0)
    subtitle = g_strdup_printf (g_dngettext (NULL, "%u starting", "%u starting", n_starting),
                                n_starting);
  else if (so_far != NULL && !trestle_money_is_zero (so_far))
    {
      g_autofree char *amount = trestle_format_amount (so_far);

      subtitle = g_strdup_printf (_ ("%s so far today"), amount);
    }
  else
    subtitle = g_strdup (n_running > 0 ? _ ("Started just now") : _ ("Nothing is billed"));

  gtk_label_set_label (self->title, title);
  gtk_label_set_label (self->subtitle, subtitle);
  if (n_running > 0)
    gtk_widget_add_css_class (self->dot, "success");
  else
    gtk_widget_remove_css_class (self->dot, "success");

  if (self->running != (n_running + n_starting > 0))
    {
      self->running = n_running + n_starting > 0;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RUNNING]);
    }
}

static void
trestle_meter_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  TrestleMeter *self = TRESTLE_METER (object);

  switch (id)
    {
    case PROP_SESSION:
      g_value_set_object (value, self->session);
      break;
    case PROP_RUNNING:
      g_value_set_boolean (value, self->running);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
trestle_meter_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  TrestleMeter *self = TRESTLE_METER (object);

  switch (id)
    {
    case PROP_SESSION:
      if (g_set_object (&self->session, g_value_get_object (value)))
        {
          g_signal_group_set_target (
              self->endpoint_signals,
              self->session != NULL ? trestle_session_get_endpoints (self->session) : NULL);
          update (self);
        }
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
trestle_meter_dispose (GObject *object)
{
  TrestleMeter *self = TRESTLE_METER (object);

  g_clear_object (&self->endpoint_signals);
  g_clear_object (&self->session);
  trestle_widget_dispose_template (GTK_WIDGET (self), TRESTLE_TYPE_METER);
  G_OBJECT_CLASS (trestle_meter_parent_class)->dispose (object);
}

static void
trestle_meter_class_init (TrestleMeterClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = trestle_meter_get_property;
  object_class->set_property = trestle_meter_set_property;
  object_class->dispose = trestle_meter_dispose;
  properties[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, TRESTLE_TYPE_SESSION,
                                                  G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_RUNNING] = g_param_spec_boolean ("running", NULL, NULL, FALSE,
                                                   G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/dev/trestle/Trestle/trestle-meter.ui");
  gtk_widget_class_bind_template_child (widget_class, TrestleMeter, dot);
  gtk_widget_class_bind_template_child (widget_class, TrestleMeter, button);
  gtk_widget_class_bind_template_child (widget_class, TrestleMeter, title);
  gtk_widget_class_bind_template_child (widget_class, TrestleMeter, subtitle);
}

static void
trestle_meter_init (TrestleMeter *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  /* Of a list in the template the last alone would be kept. */
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self->button),
                                  GTK_ACCESSIBLE_RELATION_LABELLED_BY, self->title, self->subtitle,
                                  NULL, -1);

  self->endpoint_signals = g_signal_group_new (TRESTLE_TYPE_ENDPOINTS);
  g_signal_group_connect_swapped (self->endpoint_signals, "notify", G_CALLBACK (update), self);
  g_signal_group_connect_swapped (self->endpoint_signals, "items-changed", G_CALLBACK (update),
                                  self);
  update (self);
}
