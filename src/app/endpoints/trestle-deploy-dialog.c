/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "trestle-deploy-dialog.h"

#include <glib/gi18n.h>

#include "base/trestle-clock.h"
#include "domain/trestle-limits.h"
#include "endpoints/trestle-instance-list.h"
#include "trestle-settings.h"
#include "widgets/trestle-ask.h"
#include "widgets/trestle-code-dialog.h"
#include "widgets/trestle-format.h"
#include "widgets/trestle-page-state.h"
#include "widgets/trestle-role-row.h"
#include "widgets/trestle-shell.h"
#include "widgets/trestle-watch.h"
#include "workbench/trestle-workbench-error.h"

#define QUOTA_CONSOLE "https://console.aws.amazon.com/servicequotas/home/services/sagemaker/quotas"
#define MAX_FALLBACKS 2

struct _TrestleDeployDialog
{
  AdwDialog parent_instance;

  AdwWindowTitle *title;
  AdwToastOverlay *toasts;
  TrestlePageState *state;
  GtkEditable *name;
  GtkLabel *name_count;
  AdwComboRow *version;
  GtkWidget *quota_button;
  TrestleInstanceList *instances;
  AdwSwitchRow *fallback;
  TrestleRoleRow *role;
  AdwActionRow *delete_row;
  AdwToggleGroup *delete_by;
  AdwExpanderRow *advanced;
  AdwSpinRow *count;
  GtkWidget *bottom;
  GtkButton *deploy_button;
  GtkLabel *bottom_note;

  TrestleSession *session;
  char *wanted;
  TrestleListing *listing;
  GListModel *versions;
  TrestlePackage *package;
  GListModel *prices;
  TrestleDeployPlan *asked; /* waits for a yes to "Never" */

  DexFuture *find;
  DexFuture *load_versions;
  DexFuture *load_package;
  DexFuture *load_prices;
  DexFuture *ask;
};

G_DEFINE_FINAL_TYPE (TrestleDeployDialog, trestle_deploy_dialog, ADW_TYPE_DIALOG)

/* --- The plan ------------------------------------------------------------------------------- */

static gint64
hours_to_live (TrestleDeployDialog *self)
{
  return g_ascii_strtoll (adw_toggle_group_get_active_name (self->delete_by), NULL, 10);
}

static guint
instance_count (TrestleDeployDialog *self)
{
  return (guint) adw_spin_row_get_value (self->count);
}

/* Returns: (transfer full) (nullable): of all instances, for @hours */
static TrestleMoney *
cost_for (TrestleDeployDialog *self, gint64 hours)
{
  TrestlePriceRow *chosen = trestle_instance_list_get_chosen (self->instances);
  const TrestleMoney *total = chosen != NULL ? trestle_price_row_get_total (chosen) : NULL;

  return total != NULL ? trestle_money_scale (total, hours * instance_count (self), 1) : NULL;
}

static TrestleDeployPlan *
build_plan (TrestleDeployDialog *self)
{
  TrestlePriceRow *chosen = trestle_instance_list_get_chosen (self->instances);
  g_auto (GStrv)
      fallbacks = adw_switch_row_get_active (self->fallback)
                      ? trestle_instance_list_dup_fallbacks (self->instances, MAX_FALLBACKS)
                      : NULL;

  return g_object_new (TRESTLE_TYPE_DEPLOY_PLAN, "name", gtk_editable_get_text (self->name),
                       "listing", self->listing, "package", self->package, "instance-type",
                       chosen != NULL ? trestle_price_row_get_instance_type (chosen) : NULL,
                       "fallback-types", fallbacks, "count", (gint64) instance_count (self),
                       "role-arn", trestle_role_row_get_arn (self->role), "delete-after",
                       hours_to_live (self) * TRESTLE_HOUR, NULL);
}

/* --- What follows from it ------------------------------------------------------------------- */

static void
update_delete_by (TrestleDeployDialog *self)
{
  gint64 hours = hours_to_live (self);
  g_autoptr (TrestleMoney) ceiling = cost_for (self, hours > 0 ? hours : 24);
  g_autofree char *amount = trestle_format_amount (ceiling);
  g_autofree char *when = NULL;
  g_autofree char *text = NULL;

  if (hours > 0)
    {
      when = trestle_format_today (trestle_clock_now () + hours * TRESTLE_HOUR);
      text = ceiling != NULL ? g_strdup_printf (_ ("%s, at most %s"), when, amount)
                             : g_strdup (when);
    }
  else
    text = ceiling != NULL ? g_strdup_printf (_ ("Runs until you delete it: %s a day"), amount)
                           : g_strdup (_ ("Runs until you delete it"));
  adw_action_row_set_subtitle (self->delete_row, text);
}

static void
update_fallback (TrestleDeployDialog *self)
{
  g_auto (GStrv) types = trestle_instance_list_dup_fallbacks (self->instances, MAX_FALLBACKS);
  g_autofree char *text = NULL;

  if (types[0] == NULL)
    text = g_strdup (_ ("There is no other type to try"));
  else if (types[1] == NULL)
    text = g_strdup_printf (_ ("Try %s"), types[0]);
  else
    text = g_strdup_printf (_ ("Try %s, then %s"), types[0], types[1]);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->fallback), text);
  gtk_widget_set_sensitive (GTK_WIDGET (self->fallback), types[0] != NULL);
}

static void
update (TrestleDeployDialog *self)
{
  TrestlePriceRow *chosen = trestle_instance_list_get_chosen (self->instances);
  g_autoptr (TrestleMoney) hourly = cost_for (self, 1);
  g_autofree char *price = trestle_format_hourly (hourly);
  g_autofree char *label = *price != '\0' ? g_strdup_printf (_ ("Deploy · about %s"), price)
                                          : g_strdup (_ ("Deploy"));
  g_autofree char *advanced = NULL;
  gboolean named = *gtk_editable_get_text (self->name) != '\0';

  gtk_button_set_label (self->deploy_button, label);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "deploy.start",
                                 named && self->package != NULL && chosen != NULL
                                     && trestle_role_row_get_arn (self->role) != NULL);
  if (chosen != NULL && hourly != NULL)
    {
      g_autofree char *software = trestle_format_amount (trestle_price_row_get_software (chosen));
      g_autofree char *infrastructure = trestle_format_amount (
          trestle_price_row_get_infrastructure (chosen));
      g_autofree char *note = g_strdup_printf (
          _ ("Software %s + infrastructure %s while it runs. Makes a model, a configuration and an endpoint."),
          software, infrastructure);

      gtk_label_set_label (self->bottom_note, note);
    }
  else
    gtk_label_set_label (self->bottom_note, _ ("Makes a model, a configuration and an endpoint."));

  advanced = g_strdup_printf (g_dngettext (NULL, "%u instance · tagged · no network",
                                           "%u instances · tagged · no network",
                                           instance_count (self)),
                              instance_count (self));
  adw_expander_row_set_subtitle (self->advanced, advanced);
  update_delete_by (self);
  update_fallback (self);
}

static void
on_name_changed (TrestleDeployDialog *self)
{
  gint64 most = trestle_limit (TRESTLE_LIMIT_NAME_CHARS);
  glong length = g_utf8_strlen (gtk_editable_get_text (self->name), -1);
  g_autofree char *count = g_strdup_printf (_ ("%d of %d"), (int) length, (int) most);

  gtk_label_set_label (self->name_count, count);
  if (length > most)
    gtk_widget_add_css_class (GTK_WIDGET (self->name), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->name), "error");
  update (self);
}

/* --- Instances ------------------------------------------------------------------------------ */

static void
show_prices (TrestleDeployDialog *self)
{
  trestle_instance_list_set (self->instances, self->prices, self->package);
  gtk_widget_set_visible (self->quota_button, trestle_instance_list_is_short (self->instances)
                                                  && !trestle_session_is_practice (self->session));
  update (self);
}

static void
on_prices (gpointer owner, const GValue *value, const GError *error)
{
  TrestleDeployDialog *self = owner;

  if (error != NULL)
    {
      trestle_instance_list_fail (self->instances, error);
      return;
    }
  g_set_object (&self->prices, g_value_get_object (value));
  show_prices (self);
}

static void
on_prices_retry (TrestleDeployDialog *self)
{
  g_clear_object (&self->prices);
  trestle_instance_list_set (self->instances, NULL, NULL);
  trestle_watch (
      self, &self->load_prices,
      trestle_catalogue_prices (trestle_session_get_catalogue (self->session), self->listing, NULL),
      on_prices);
}

/* --- Version, package, roles ---------------------------------------------------------------- */

static void
on_package (gpointer owner, const GValue *value, const GError *error)
{
  TrestleDeployDialog *self = owner;

  if (g_error_matches (error, TRESTLE_WORKBENCH_ERROR, TRESTLE_WORKBENCH_ERROR_ARN_NEEDED))
    trestle_page_state_set_state (self->state, TRESTLE_PAGE_EMPTY);
  else if (error != NULL)
    trestle_page_state_fail (self->state, _ ("find the package"), error);
  else
    {
      g_set_object (&self->package, g_value_get_object (value));
      trestle_page_state_set_state (self->state, TRESTLE_PAGE_CONTENT);
      gtk_widget_set_visible (self->bottom, TRUE);
      show_prices (self);
      update (self);
    }
}

static void
load_package (TrestleDeployDialog *self)
{
  TrestleVersion *version = adw_combo_row_get_selected_item (self->version);

  g_clear_object (&self->package);
  update (self);
  trestle_watch (self, &self->load_package,
                 trestle_subscriptions_package (trestle_session_get_subscriptions (self->session),
                                                self->listing,
                                                TRESTLE_IS_VERSION (version) ? version : NULL),
                 on_package);
}

static char *
version_name (TrestleVersion *version, TrestleDeployDialog *self)
{
  g_autoptr (TrestleVersion)
      newest = self->versions != NULL ? g_list_model_get_item (self->versions, 0) : NULL;

  if (version == NULL)
    return g_strdup ("");
  return version == newest
             ? g_strdup_printf (_ ("%s · newest"), trestle_version_get_title (version))
             : g_strdup (trestle_version_get_title (version));
}

static void
on_versions (gpointer owner, const GValue *value, const GError *error)
{
  TrestleDeployDialog *self = owner;

  if (error != NULL)
    {
      trestle_page_state_fail (self->state, _ ("load the versions"), error);
      return;
    }
  g_set_object (&self->versions, g_value_get_object (value));
  g_signal_handlers_block_by_func (self->version, load_package, self);
  adw_combo_row_set_model (self->version, self->versions);
  g_signal_handlers_unblock_by_func (self->version, load_package, self);
  load_package (self);
}

/* A name nobody has: the slug, then with -2, -3 … */
static char *
free_name (TrestleDeployDialog *self)
{
  TrestleEndpoints *endpoints = trestle_session_get_endpoints (self->session);
  gsize most = (gsize) trestle_limit (TRESTLE_LIMIT_NAME_CHARS);
  const char *slug = trestle_listing_get_slug (self->listing);
  g_autofree char *base = g_strndup (slug != NULL ? slug : "endpoint", most - 3);
  char *name = g_strdup (base);

  for (int i = 2; trestle_endpoints_find (endpoints, name) != NULL; i++)
    {
      g_free (name);
      name = g_strdup_printf ("%s-%d", base, i);
    }
  return name;
}

static void
on_found (gpointer owner, const GValue *value, const GError *error)
{
  TrestleDeployDialog *self = owner;
  TrestleCatalogue *catalogue = trestle_session_get_catalogue (self->session);
  g_autofree char *name = NULL;

  if (error != NULL)
    {
      trestle_page_state_fail (self->state, _ ("find the product"), error);
      return;
    }
  g_set_object (&self->listing, g_value_get_object (value));
  adw_window_title_set_subtitle (self->title, trestle_listing_get_title (self->listing));
  name = free_name (self);
  if (*gtk_editable_get_text (self->name) == '\0')
    gtk_editable_set_text (self->name, name);
  trestle_watch (self, &self->load_versions, trestle_catalogue_versions (catalogue, self->listing),
                 on_versions);
  trestle_role_row_load (self->role, self->session);
  on_prices_retry (self);
}

static void
on_retry (TrestleDeployDialog *self)
{
  trestle_page_state_set_state (self->state, TRESTLE_PAGE_LOADING);
  gtk_widget_set_visible (self->bottom, FALSE);
  trestle_watch (
      self, &self->find,
      trestle_catalogue_find (trestle_session_get_catalogue (self->session), self->wanted),
      on_found);
}

/* --- Actions -------------------------------------------------------------------------------- */

static void
start (TrestleDeployDialog *self, TrestleDeployPlan *plan)
{
  g_autofree char *name = g_strdup (gtk_editable_get_text (self->name));
  g_autoptr (TrestleTask)
      task = trestle_endpoints_deploy (trestle_session_get_endpoints (self->session), plan);

  trestle_shell_open (GTK_WIDGET (self), "deploying", name);
  adw_dialog_close (ADW_DIALOG (self));
}

static void
on_never_confirmed (gpointer owner, const GValue *value, const GError *error)
{
  TrestleDeployDialog *self = owner;
  g_autoptr (TrestleDeployPlan) plan = g_steal_pointer (&self->asked);

  if (error == NULL && plan != NULL)
    start (self, plan);
}

static void
start_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TrestleDeployDialog *self = TRESTLE_DEPLOY_DIALOG (widget);
  g_autoptr (TrestleDeployPlan) plan = build_plan (self);
  g_autoptr (GError) error = NULL;

  if (!trestle_deploy_plan_check (plan, &error))
    {
      AdwToast *toast = adw_toast_new (error->message);

      adw_toast_set_use_markup (toast, FALSE);
      adw_toast_overlay_add_toast (self->toasts, toast);
      return;
    }

  if (hours_to_live (self) == 0)
    {
      g_autoptr (TrestleMoney) day = cost_for (self, 24);
      g_autoptr (TrestleMoney) month = cost_for (self, 730);
      g_autofree char *day_text = trestle_format_amount (day);
      g_autofree char *month_text = trestle_format_amount (month);
      g_autofree char *body = g_strdup_printf (
          _ ("Nothing deletes it but you. It costs about %s a day, %s a month, whether it is called or not."),
          day_text, month_text);

      g_set_object (&self->asked, plan);
      trestle_watch (self, &self->ask,
                     trestle_ask_to (widget, _ ("Run It Without an End?"), body,
                                     _ ("_Deploy Without End"), FALSE),
                     on_never_confirmed);
      return;
    }
  start (self, plan);
}

static void
code_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TrestleDeployDialog *self = TRESTLE_DEPLOY_DIALOG (widget);
  TrestleEndpoints *endpoints = trestle_session_get_endpoints (self->session);
  g_autoptr (TrestleDeployPlan) plan = NULL;
  g_autofree char *cli = NULL;
  g_autofree char *python = NULL;

  if (self->package == NULL)
    return;
  plan = build_plan (self);
  cli = trestle_deploy_plan_to_code (plan, endpoints, "cli");
  python = trestle_deploy_plan_to_code (plan, endpoints, "python");
  adw_dialog_present (trestle_code_dialog_new (gtk_editable_get_text (self->name), cli, python),
                      widget);
}

static void
arn_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TrestleDeployDialog *self = TRESTLE_DEPLOY_DIALOG (widget);

  trestle_shell_open (widget, "arn", trestle_listing_get_id (self->listing));
  adw_dialog_close (ADW_DIALOG (self));
}

static void
raise_quota_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_autoptr (GtkUriLauncher) launcher = gtk_uri_launcher_new (QUOTA_CONSOLE);

  gtk_uri_launcher_launch (launcher, GTK_WINDOW (gtk_widget_get_root (widget)), NULL, NULL, NULL);
}

static void
close_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  adw_dialog_close (ADW_DIALOG (widget));
}

static void
trestle_deploy_dialog_dispose (GObject *object)
{
  TrestleDeployDialog *self = TRESTLE_DEPLOY_DIALOG (object);

  dex_clear (&self->find);
  dex_clear (&self->load_versions);
  dex_clear (&self->load_package);
  dex_clear (&self->load_prices);
  dex_clear (&self->ask);
  gtk_widget_dispose_template (GTK_WIDGET (self), TRESTLE_TYPE_DEPLOY_DIALOG);
  g_clear_object (&self->session);
  g_clear_object (&self->listing);
  g_clear_object (&self->versions);
  g_clear_object (&self->package);
  g_clear_object (&self->prices);
  g_clear_object (&self->asked);
  g_clear_pointer (&self->wanted, g_free);
  G_OBJECT_CLASS (trestle_deploy_dialog_parent_class)->dispose (object);
}

static void
trestle_deploy_dialog_class_init (TrestleDeployDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (TRESTLE_TYPE_INSTANCE_LIST);
  g_type_ensure (TRESTLE_TYPE_PAGE_STATE);
  g_type_ensure (TRESTLE_TYPE_ROLE_ROW);
  G_OBJECT_CLASS (klass)->dispose = trestle_deploy_dialog_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/dev/trestle/Trestle/endpoints/trestle-deploy-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, TrestleDeployDialog, title);
  gtk_widget_class_bind_template_child (widget_class, TrestleDeployDialog, toasts);
  gtk_widget_class_bind_template_child (widget_class, TrestleDeployDialog, state);
  gtk_widget_class_bind_template_child (widget_class, TrestleDeployDialog, name);
  gtk_widget_class_bind_template_child (widget_class, TrestleDeployDialog, name_count);
  gtk_widget_class_bind_template_child (widget_class, TrestleDeployDialog, version);
  gtk_widget_class_bind_template_child (widget_class, TrestleDeployDialog, quota_button);
  gtk_widget_class_bind_template_child (widget_class, TrestleDeployDialog, instances);
  gtk_widget_class_bind_template_child (widget_class, TrestleDeployDialog, fallback);
  gtk_widget_class_bind_template_child (widget_class, TrestleDeployDialog, role);
  gtk_widget_class_bind_template_child (widget_class, TrestleDeployDialog, delete_row);
  gtk_widget_class_bind_template_child (widget_class, TrestleDeployDialog, delete_by);
  gtk_widget_class_bind_template_child (widget_class, TrestleDeployDialog, advanced);
  gtk_widget_class_bind_template_child (widget_class, TrestleDeployDialog, count);
  gtk_widget_class_bind_template_child (widget_class, TrestleDeployDialog, bottom);
  gtk_widget_class_bind_template_child (widget_class, TrestleDeployDialog, deploy_button);
  gtk_widget_class_bind_template_child (widget_class, TrestleDeployDialog, bottom_note);
  gtk_widget_class_bind_template_callback (widget_class, on_retry);
  gtk_widget_class_bind_template_callback (widget_class, on_prices_retry);
  gtk_widget_class_bind_template_callback (widget_class, on_name_changed);
  gtk_widget_class_bind_template_callback (widget_class, update);
  gtk_widget_class_install_action (widget_class, "deploy.start", NULL, start_action);
  gtk_widget_class_install_action (widget_class, "deploy.close", NULL, close_action);
  gtk_widget_class_install_action (widget_class, "deploy.arn", NULL, arn_action);
  gtk_widget_class_install_action (widget_class, "deploy.raise-quota", NULL, raise_quota_action);
  gtk_widget_class_install_action (widget_class, "page.code", NULL, code_action);
}

/* As the preferences propose. */
static void
choose_delete_by (TrestleDeployDialog *self)
{
  GSettings *settings = trestle_settings_get ();
  g_autofree char *hours = NULL;

  if (settings == NULL)
    return;
  hours = g_strdup_printf ("%d", g_settings_get_int (settings, "delete-after") / 3600);
  if (adw_toggle_group_get_toggle_by_name (self->delete_by, hours) != NULL)
    adw_toggle_group_set_active_name (self->delete_by, hours);
}

static void
trestle_deploy_dialog_init (TrestleDeployDialog *self)
{
  g_autoptr (GtkExpression) versions = NULL;

  gtk_widget_init_template (GTK_WIDGET (self));

  versions = gtk_cclosure_expression_new (G_TYPE_STRING, NULL, 0, NULL, G_CALLBACK (version_name),
                                          self, NULL);
  adw_combo_row_set_expression (self->version, versions);

  g_signal_connect_object (self->version, "notify::selected", G_CALLBACK (load_package), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->role, "notify::selected-item", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->delete_by, "notify::active-name", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->count, "notify::value", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  choose_delete_by (self);
  on_name_changed (self);
}

GtkWidget *
trestle_deploy_dialog_new (TrestleSession *session, const char *name)
{
  TrestleDeployDialog *self = g_object_new (TRESTLE_TYPE_DEPLOY_DIALOG, NULL);

  self->session = g_object_ref (session);
  self->wanted = g_strdup (name);
  on_retry (self);
  return GTK_WIDGET (self);
}
