/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "endpoints/trestle-deploying-side.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "base/trestle-clock.h"
#include "domain/trestle-price-row.h"
#include "domain/trestle-variant.h"
#include "endpoints/trestle-endpoint-words.h"
#include "endpoints/trestle-figure-row.h"
#include "widgets/trestle-format.h"
#include "widgets/trestle-watch.h"
#include "widgets/trestle-widget.h"

struct _TrestleDeployingSide
{
  GtkWidget parent_instance;

  GtkWidget *price_group;
  TrestleFigureRow *software_row;
  TrestleFigureRow *infrastructure_row;
  TrestleFigureRow *total_row;
  AdwActionRow *due_row;
  GtkWidget *fallback_group;
  GtkListBox *fallback_list;
  GtkWidget *made_group;
  GtkListBox *made_list;

  TrestleSession *session;
  TrestleTask *task;
  TrestleDeployPlan *plan; /* (unowned): the task's */
  GListModel *prices;      /* of TrestlePriceRow */
  DexFuture *pricing;
};

G_DEFINE_FINAL_TYPE (TrestleDeployingSide, trestle_deploying_side, GTK_TYPE_WIDGET)

static TrestleEndpoint *
find_endpoint (TrestleDeployingSide *self)
{
  return trestle_endpoints_find (trestle_session_get_endpoints (self->session),
                                 trestle_task_get_subject (self->task));
}

/* The type that is being tried: the endpoint knows, the plan knows the first. */
static char *
dup_instance_type (TrestleDeployingSide *self)
{
  TrestleEndpoint *endpoint = find_endpoint (self);
  g_autoptr (TrestleVariant)
      variant = endpoint != NULL
                    ? g_list_model_get_item (trestle_endpoint_get_variants (endpoint), 0)
                    : NULL;

  if (variant != NULL && trestle_variant_get_instance_type (variant) != NULL)
    return g_strdup (trestle_variant_get_instance_type (variant));
  return g_strdup (trestle_deploy_plan_get_instance_type (self->plan));
}

/* Returns: (transfer full) (nullable) */
static TrestlePriceRow *
find_price (TrestleDeployingSide *self, const char *type)
{
  for (guint i = 0; self->prices != NULL && i < g_list_model_get_n_items (self->prices); i++)
    {
      g_autoptr (TrestlePriceRow) row = g_list_model_get_item (self->prices, i);

      if (g_strcmp0 (trestle_price_row_get_instance_type (row), type) == 0)
        return g_steal_pointer (&row);
    }
  return NULL;
}

static void
set_money (TrestleFigureRow *row, const TrestleMoney *hourly)
{
  g_autofree char *text = trestle_format_hourly (hourly);

  trestle_figure_row_set_figure (row, text);
  gtk_widget_set_visible (GTK_WIDGET (row), hourly != NULL);
}

/* Returns: (transfer full) (nullable): all instances together */
static TrestleMoney *
times (const TrestleMoney *hourly, gint64 count)
{
  return hourly != NULL ? trestle_money_scale (hourly, count, 1) : NULL;
}

static void
update_due (TrestleDeployingSide *self, const TrestleMoney *hourly)
{
  TrestleEndpoint *endpoint = find_endpoint (self);
  gint64 started = trestle_task_get_started (self->task);
  gint64 after = trestle_deploy_plan_get_delete_after (self->plan), due;
  g_autofree char *subtitle = NULL;

  due = endpoint != NULL ? trestle_endpoint_get_delete_by (endpoint)
        : after > 0      ? started + after
                         : 0;
  if (due > 0)
    {
      g_autofree char *title = trestle_format_today (due);
      gint64 minutes = (MAX (due - trestle_clock_now (), 0) + TRESTLE_MINUTE - 1) / TRESTLE_MINUTE;
      g_autofree char *left = trestle_format_duration (minutes * TRESTLE_MINUTE);
      g_autoptr (TrestleMoney) most = trestle_cost_between (hourly, started, due);

      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->due_row), title);
      if (most != NULL)
        {
          g_autofree char *amount = trestle_format_amount (most);

          subtitle = g_strdup_printf (_ ("in %s, at most %s"), left, amount);
        }
      else
        subtitle = g_strdup_printf (_ ("in %s"), left);
    }
  else
    {
      g_autoptr (TrestleMoney) daily = times (hourly, 24);
      g_autofree char *amount = trestle_format_amount (daily);

      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->due_row), _ ("Never"));
      subtitle = daily != NULL
                     ? g_strdup_printf (_ ("It costs %s a day until it is deleted"), amount)
                     : g_strdup (_ ("It costs until it is deleted"));
    }
  adw_action_row_set_subtitle (self->due_row, subtitle);
}

static void
update_price (TrestleDeployingSide *self)
{
  g_autofree char *type = dup_instance_type (self);
  g_autoptr (TrestlePriceRow) row = find_price (self, type);
  g_autoptr (TrestleMoney) software = NULL, infrastructure = NULL, total = NULL;
  gint64 count = trestle_deploy_plan_get_count (self->plan);

  if (row != NULL)
    {
      software = times (trestle_price_row_get_software (row), count);
      infrastructure = times (trestle_price_row_get_infrastructure (row), count);
      total = times (trestle_price_row_get_total (row), count);
    }
  set_money (self->software_row, software);
  set_money (self->infrastructure_row, infrastructure);
  set_money (self->total_row, total);
  gtk_widget_set_visible (self->price_group, row != NULL);
  update_due (self, total);
}

static void
update_fallbacks (TrestleDeployingSide *self)
{
  const char *const *types = trestle_deploy_plan_get_fallback_types (self->plan);

  gtk_list_box_remove_all (self->fallback_list);
  for (guint i = 0; types != NULL && types[i] != NULL; i++)
    {
      g_autoptr (TrestlePriceRow) row = find_price (self, types[i]);
      g_autofree char *title = g_strdup_printf ("%u  %s", i + 1, types[i]);
      g_autofree char *price = trestle_format_hourly (
          row != NULL ? trestle_price_row_get_total (row) : NULL);

      gtk_list_box_append (self->fallback_list, trestle_figure_row_new (title, price));
    }
  gtk_widget_set_visible (self->fallback_group, types != NULL && types[0] != NULL);
}

static void
on_prices (gpointer owner, const GValue *value, const GError *error)
{
  TrestleDeployingSide *self = owner;

  /* The button that began it said the price; here it is a reminder. */
  if (error != NULL)
    return;
  g_set_object (&self->prices, g_value_get_object (value));
  update_price (self);
  update_fallbacks (self);
}

/* Every deployment has the steps model, configuration, endpoint, in this order. */
static TrestleTaskState
get_step_state (TrestleDeployingSide *self, guint index)
{
  g_autoptr (TrestleStep) step = g_list_model_get_item (trestle_task_get_steps (self->task), index);

  return step != NULL ? trestle_step_get_state (step) : TRESTLE_TASK_STATE_WAITING;
}

static void
add_made (TrestleDeployingSide *self, guint step, const char *what, const char *name)
{
  TrestleTaskState state = get_step_state (self, step);
  g_autofree char *title = name != NULL ? g_strdup_printf ("%s %s", what, name) : g_strdup (what);
  GtkWidget *row;

  if (state != TRESTLE_TASK_STATE_DONE
      && !(step == 2 && state == TRESTLE_TASK_STATE_RUNNING && find_endpoint (self) != NULL))
    return;
  row = trestle_figure_row_new (title, "");
  g_object_set (row, "icon-name", "object-select-symbolic", "plain", TRUE, NULL);
  gtk_list_box_append (self->made_list, row);
}

static void
update_made (TrestleDeployingSide *self)
{
  TrestleEndpoint *endpoint = find_endpoint (self);

  gtk_list_box_remove_all (self->made_list);
  add_made (self, 0, _ ("Model"), trestle_task_get_subject (self->task));
  add_made (self, 1, _ ("Configuration"),
            endpoint != NULL ? trestle_endpoint_get_config_name (endpoint) : NULL);
  add_made (self, 2, _ ("Endpoint"), trestle_task_get_subject (self->task));
  gtk_widget_set_visible (self->made_group,
                          gtk_list_box_get_row_at_index (self->made_list, 0) != NULL);
}

void
trestle_deploying_side_update (TrestleDeployingSide *self)
{
  g_return_if_fail (TRESTLE_IS_DEPLOYING_SIDE (self));

  if (self->task == NULL)
    return;
  update_price (self);
  update_made (self);
}

void
trestle_deploying_side_set_task (TrestleDeployingSide *self,
                                 TrestleSession *session,
                                 TrestleTask *task)
{
  TrestleListing *listing;

  g_return_if_fail (TRESTLE_IS_DEPLOYING_SIDE (self));

  g_set_object (&self->session, session);
  g_set_object (&self->task, task);
  self->plan = trestle_task_get_plan (task);
  g_clear_object (&self->prices);
  listing = trestle_deploy_plan_get_listing (self->plan);
  if (listing != NULL)
    trestle_watch (
        self, &self->pricing,
        trestle_catalogue_prices (trestle_session_get_catalogue (session), listing, NULL),
        on_prices);
  update_fallbacks (self);
  trestle_deploying_side_update (self);
}

static void
trestle_deploying_side_dispose (GObject *object)
{
  TrestleDeployingSide *self = TRESTLE_DEPLOYING_SIDE (object);

  dex_clear (&self->pricing);
  g_clear_object (&self->prices);
  g_clear_object (&self->task);
  g_clear_object (&self->session);
  trestle_widget_dispose_template (GTK_WIDGET (self), TRESTLE_TYPE_DEPLOYING_SIDE);
  G_OBJECT_CLASS (trestle_deploying_side_parent_class)->dispose (object);
}

static void
trestle_deploying_side_class_init (TrestleDeployingSideClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (TRESTLE_TYPE_FIGURE_ROW);
  G_OBJECT_CLASS (klass)->dispose = trestle_deploying_side_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/dev/trestle/Trestle/endpoints/trestle-deploying-side.ui");
  gtk_widget_class_bind_template_child (widget_class, TrestleDeployingSide, price_group);
  gtk_widget_class_bind_template_child (widget_class, TrestleDeployingSide, software_row);
  gtk_widget_class_bind_template_child (widget_class, TrestleDeployingSide, infrastructure_row);
  gtk_widget_class_bind_template_child (widget_class, TrestleDeployingSide, total_row);
  gtk_widget_class_bind_template_child (widget_class, TrestleDeployingSide, due_row);
  gtk_widget_class_bind_template_child (widget_class, TrestleDeployingSide, fallback_group);
  gtk_widget_class_bind_template_child (widget_class, TrestleDeployingSide, fallback_list);
  gtk_widget_class_bind_template_child (widget_class, TrestleDeployingSide, made_group);
  gtk_widget_class_bind_template_child (widget_class, TrestleDeployingSide, made_list);
}

static void
trestle_deploying_side_init (TrestleDeployingSide *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
