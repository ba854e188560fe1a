/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "endpoints/trestle-endpoint-details.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "base/trestle-clock.h"
#include "domain/trestle-variant.h"
#include "endpoints/trestle-endpoint-words.h"
#include "endpoints/trestle-figure-row.h"
#include "widgets/trestle-ask.h"
#include "widgets/trestle-format.h"
#include "widgets/trestle-shell.h"
#include "widgets/trestle-watch.h"
#include "widgets/trestle-widget.h"

struct _TrestleEndpointDetails
{
  GtkWidget parent_instance;

  AdwActionRow *due_row;
  GtkListBox *variants;
  GtkListBox *parts;

  TrestleSession *session;
  TrestleEndpoint *endpoint;
  DexFuture *asking;
  DexFuture *postponing;
};

static const struct
{
  const char *name;
  const char *label;
  gint64 from_now; /* µs; 0: never */
} choices[] = {
  { "1h", N_ ("In 1 hour"), TRESTLE_HOUR },
  { "2h", N_ ("In 2 hours"), 2 * TRESTLE_HOUR },
  { "8h", N_ ("In 8 hours"), 8 * TRESTLE_HOUR },
  { "1d", N_ ("In 1 day"), TRESTLE_DAY },
  { "never", N_ ("Never"), 0 },
};

G_DEFINE_FINAL_TYPE (TrestleEndpointDetails, trestle_endpoint_details, GTK_TYPE_WIDGET)

/* --- Delete by ------------------------------------------------------------------------------ */

static void
update_due (TrestleEndpointDetails *self)
{
  const TrestleMoney *hourly = trestle_endpoint_get_hourly (self->endpoint);
  gint64 due = trestle_endpoint_get_delete_by (self->endpoint);
  gint64 now = trestle_clock_now ();
  g_autoptr (TrestleMoney) more = NULL;
  g_autofree char *title = NULL;
  g_autofree char *amount = NULL;
  g_autofree char *subtitle = NULL;

  if (due == 0)
    {
      more = trestle_cost_between (hourly, now, now + TRESTLE_DAY);
      amount = trestle_format_amount (more);
      title = g_strdup (_ ("Never"));
      subtitle = more != NULL
                     ? g_strdup_printf (_ ("It costs %s a day until it is deleted"), amount)
                     : g_strdup (_ ("It costs until it is deleted"));
    }
  else
    {
      gint64 minutes = (MAX (due - now, 0) + TRESTLE_MINUTE - 1) / TRESTLE_MINUTE;
      g_autofree char *left = trestle_format_duration (minutes * TRESTLE_MINUTE);

      more = trestle_cost_between (hourly, now, due);
      amount = trestle_format_amount (more);
      title = trestle_format_today (due);
      subtitle = due <= now     ? g_strdup (_ ("It is being deleted"))
                 : more != NULL ? g_strdup_printf (_ ("in %s, %s more at most"), left, amount)
                                : g_strdup_printf (_ ("in %s"), left);
    }
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->due_row), title);
  adw_action_row_set_subtitle (self->due_row, subtitle);
}

static void
on_postponed (gpointer owner, const GValue *value, const GError *error)
{
  TrestleEndpointDetails *self = owner;

  if (error != NULL)
    trestle_shell_problem (GTK_WIDGET (self), _ ("change the delete-by time"), error);
  else
    trestle_shell_toast (GTK_WIDGET (self), _ ("Delete-by time changed"));
}

static void
on_chosen (gpointer owner, const GValue *value, const GError *error)
{
  TrestleEndpointDetails *self = owner;

  for (guint i = 0; error == NULL && i < G_N_ELEMENTS (choices); i++)
    if (g_str_equal (choices[i].name, g_value_get_string (value)))
      {
        gint64 due = choices[i].from_now > 0 ? trestle_clock_now () + choices[i].from_now : 0;

        trestle_watch (self, &self->postponing,
                       trestle_endpoints_postpone (trestle_session_get_endpoints (self->session),
                                                   trestle_endpoint_get_name (self->endpoint), due),
                       on_postponed);
      }
}

/* Each choice says what it comes to. */
static void
change_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TrestleEndpointDetails *self = TRESTLE_ENDPOINT_DETAILS (widget);
  const TrestleMoney *hourly = trestle_endpoint_get_hourly (self->endpoint);
  g_autofree char *heading = g_strdup_printf (_ ("Delete “%s”…"),
                                              trestle_endpoint_get_name (self->endpoint));
  AdwAlertDialog *dialog = ADW_ALERT_DIALOG (adw_alert_dialog_new (
      heading,
      _ ("Trestle deletes it at that time while its window is open, or the next time it or "
         "trestle-cli runs.")));

  for (guint i = 0; i < G_N_ELEMENTS (choices); i++)
    {
      gint64 length = choices[i].from_now > 0 ? choices[i].from_now : TRESTLE_DAY;
      g_autoptr (TrestleMoney) cost = trestle_cost_between (hourly, 0, length);
      g_autofree char *amount = trestle_format_amount (cost);
      g_autofree char *label = cost == NULL ? g_strdup (_ (choices[i].label))
                               : choices[i].from_now > 0
                                   ? g_strdup_printf ("%s · %s", _ (choices[i].label), amount)
                                   : g_strdup_printf (_ ("%s · %s a day"), _ (choices[i].label),
                                                      amount);

      adw_alert_dialog_add_response (dialog, choices[i].name, label);
    }
  adw_alert_dialog_add_response (dialog, "cancel", _ ("_Cancel"));
  adw_alert_dialog_set_close_response (dialog, "cancel");
  trestle_watch (self, &self->asking, trestle_ask (dialog, widget), on_chosen);
}

/* --- Lists ---------------------------------------------------------------------------------- */

static void
update_variants (TrestleEndpointDetails *self)
{
  GListModel *variants = trestle_endpoint_get_variants (self->endpoint);
  guint n = variants != NULL ? g_list_model_get_n_items (variants) : 0;

  gtk_list_box_remove_all (self->variants);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (TrestleVariant) variant = g_list_model_get_item (variants, i);
      GtkWidget *row = adw_action_row_new ();
      g_autofree char *subtitle = g_strdup_printf (
          _ ("Model %s · %d of %d × %s"), trestle_variant_get_model_name (variant),
          (int) trestle_variant_get_current_count (variant),
          (int) trestle_variant_get_desired_count (variant),
          trestle_variant_get_instance_type (variant));

      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), trestle_variant_get_name (variant));
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
      if (n > 1)
        {
          g_autofree char *weight = g_strdup_printf (_ ("weight %g"),
                                                     trestle_variant_get_weight (variant));
          GtkWidget *label = gtk_label_new (weight);

          gtk_widget_add_css_class (label, "dimmed");
          gtk_widget_add_css_class (label, "numeric");
          adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
        }
      gtk_list_box_append (self->variants, row);
    }
  gtk_widget_set_visible (
      gtk_widget_get_ancestor (GTK_WIDGET (self->variants), ADW_TYPE_PREFERENCES_GROUP), n > 0);
}

static void
add_part (TrestleEndpointDetails *self, const char *title, const char *text)
{
  GtkWidget *row;

  if (text == NULL || *text == '\0')
    return;
  row = adw_action_row_new ();
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), text);
  adw_action_row_set_subtitle_selectable (ADW_ACTION_ROW (row), TRUE);
  gtk_widget_add_css_class (row, "property");
  gtk_list_box_append (self->parts, row);
}

static void
update_parts (TrestleEndpointDetails *self)
{
  TrestleEndpoint *endpoint = self->endpoint;
  const char *const *models = trestle_endpoint_get_model_names (endpoint);
  const char *tag = trestle_endpoint_get_session_tag (endpoint);
  gboolean ours = g_strcmp0 (tag, trestle_session_get_tag (self->session)) == 0;
  g_autofree char *all = models != NULL ? g_strjoinv (", ", (char **) models) : NULL;
  g_autofree char *changed = trestle_format_today (trestle_endpoint_get_modified (endpoint));
  g_autofree char *other = tag != NULL
                               ? g_strdup_printf (_ ("Another installation of Trestle (%s)"), tag)
                               : NULL;

  gtk_list_box_remove_all (self->parts);
  add_part (self, _ ("Product"), trestle_endpoint_get_listing_title (endpoint));
  add_part (self, _ ("Model package"), trestle_endpoint_get_package_arn (endpoint));
  add_part (self, _ ("Model"), all);
  add_part (self, _ ("Configuration"), trestle_endpoint_get_config_name (endpoint));
  add_part (self, _ ("ARN"), trestle_endpoint_get_arn (endpoint));
  add_part (self, _ ("Last change"), changed);
  add_part (self, _ ("Made by"),
            ours    ? _ ("Trestle, on this computer")
            : other ? other
                    : _ ("Somebody else; Trestle will not delete it by itself"));
}

void
trestle_endpoint_details_set_endpoint (TrestleEndpointDetails *self,
                                       TrestleSession *session,
                                       TrestleEndpoint *endpoint)
{
  gboolean same;

  g_return_if_fail (TRESTLE_IS_ENDPOINT_DETAILS (self));

  g_set_object (&self->session, session);
  same = self->endpoint != NULL
         && trestle_endpoint_get_modified (self->endpoint)
                == trestle_endpoint_get_modified (endpoint)
         && trestle_endpoint_get_state (self->endpoint) == trestle_endpoint_get_state (endpoint)
         && g_strcmp0 (trestle_endpoint_get_listing_title (self->endpoint),
                       trestle_endpoint_get_listing_title (endpoint))
                == 0;
  g_set_object (&self->endpoint, endpoint);
  update_due (self);
  /* Text that somebody selects stays as long as it says the same. */
  if (same)
    return;
  update_variants (self);
  update_parts (self);
}

static void
trestle_endpoint_details_dispose (GObject *object)
{
  TrestleEndpointDetails *self = TRESTLE_ENDPOINT_DETAILS (object);

  dex_clear (&self->asking);
  dex_clear (&self->postponing);
  g_clear_object (&self->endpoint);
  g_clear_object (&self->session);
  trestle_widget_dispose_template (GTK_WIDGET (self), TRESTLE_TYPE_ENDPOINT_DETAILS);
  G_OBJECT_CLASS (trestle_endpoint_details_parent_class)->dispose (object);
}

static void
trestle_endpoint_details_class_init (TrestleEndpointDetailsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = trestle_endpoint_details_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/dev/trestle/Trestle/endpoints/trestle-endpoint-details.ui");
  gtk_widget_class_bind_template_child (widget_class, TrestleEndpointDetails, due_row);
  gtk_widget_class_bind_template_child (widget_class, TrestleEndpointDetails, variants);
  gtk_widget_class_bind_template_child (widget_class, TrestleEndpointDetails, parts);
  gtk_widget_class_install_action (widget_class, "endpoint.change-delete-by", NULL, change_action);
}

static void
trestle_endpoint_details_init (TrestleEndpointDetails *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
