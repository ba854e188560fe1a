/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "packages/trestle-package-details.h"

#include <glib/gi18n.h>

#include "base/trestle-future.h"
#include "domain/trestle-node.h"
#include "domain/trestle-package-check.h"
#include "domain/trestle-training-spec.h"
#include "packages/trestle-package-words.h"
#include "packages/trestle-training-words.h"
#include "widgets/trestle-ask.h"
#include "widgets/trestle-finding-strip.h"
#include "widgets/trestle-format.h"
#include "widgets/trestle-page-state.h"
#include "widgets/trestle-shell.h"
#include "widgets/trestle-watch.h"
#include "widgets/trestle-widget.h"

struct _TrestlePackageDetails
{
  AdwNavigationPage parent_instance;

  AdwWindowTitle *window_title;
  TrestlePageState *state;
  TrestleFindingStrip *strip;
  AdwActionRow *status_row;
  GtkWidget *status_badge;
  AdwActionRow *arn_row;
  AdwActionRow *description_row;
  AdwActionRow *image_row;
  AdwActionRow *data_row;
  GtkWidget *checks_group;
  GtkListBox *checks;
  AdwActionRow *realtime_row;
  AdwActionRow *batch_row;
  AdwActionRow *training_row;
  AdwActionRow *content_types_row;
  AdwActionRow *response_types_row;
  GtkWidget *channels_group;
  GtkListBox *channels;
  GtkWidget *hyperparameters_group;
  GtkListBox *hyperparameters;
  GtkWidget *metrics_group;
  GtkListBox *metrics;

  TrestleSession *session;
  TrestlePackages *packages;
  TrestlePackage *package;
  char *arn;
  char *account;

  DexFuture *loading;
  DexFuture *identifying;
  DexFuture *asking;
};

G_DEFINE_FINAL_TYPE (TrestlePackageDetails, trestle_package_details, ADW_TYPE_NAVIGATION_PAGE)

/* --- What is shown -------------------------------------------------------------------------- */

static GtkWidget *
create_check (gpointer item, gpointer data)
{
  GtkWidget *row = adw_action_row_new ();
  const char *status = trestle_package_check_get_status (item);
  const char *name = trestle_package_check_get_name (item);
  const char *title = trestle_package_check_get_scan (item) ? _ ("Scan of the image")
                                                            : _ ("Validation");
  gboolean done = g_strcmp0 (status, "Completed") == 0, failed = g_strcmp0 (status, "Failed") == 0;
  GtkWidget *icon = trestle_widget_decoration (done     ? "object-select-symbolic"
                                               : failed ? "dialog-error-symbolic"
                                                        : "content-loading-symbolic");
  const char *reason = trestle_package_check_get_reason (item);
  GtkWidget *badge = trestle_badge_new (done                                    ? _ ("Passed")
                                        : failed                                ? _ ("Failed")
                                        : g_strcmp0 (status, "InProgress") == 0 ? _ ("Running")
                                                                                : _ ("Not started"),
                                        done     ? TRESTLE_TONE_SUCCESS
                                        : failed ? TRESTLE_TONE_ERROR
                                                 : TRESTLE_TONE_PLAIN);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  if (reason != NULL || g_strcmp0 (name, title) != 0)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), reason != NULL ? reason : name);
  adw_action_row_set_subtitle_selectable (ADW_ACTION_ROW (row), reason != NULL);
  if (done || failed)
    gtk_widget_add_css_class (icon, done ? "success" : "error");
  gtk_widget_set_valign (badge, GTK_ALIGN_CENTER);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), badge);
  return row;
}

static void
set_row (AdwActionRow *row, const char *text)
{
  gtk_widget_set_visible (GTK_WIDGET (row), text != NULL && *text != '\0');
  adw_action_row_set_subtitle (row, text != NULL ? text : "");
}

static void
set_texts (AdwActionRow *row, const char *const *texts)
{
  g_autofree char *text = texts != NULL ? g_strjoinv (", ", (char **) texts) : NULL;

  set_row (row, text);
}

static void
add_specs (GtkListBox *list, GListStore *items, char *(*dup_summary) (gpointer item))
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (items)); i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (G_LIST_MODEL (items), i);
      g_autofree char *name = NULL;
      g_autofree char *summary = dup_summary (item);
      GtkWidget *row = adw_action_row_new ();

      g_object_get (item, "name", &name, NULL);
      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name != NULL ? name : "");
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), summary);
      gtk_list_box_append (list, row);
    }
}

/* What an algorithm is trained with. */
static void
update_training (TrestlePackageDetails *self, JsonNode *document)
{
  g_autoptr (GListStore) channels = g_list_store_new (TRESTLE_TYPE_TRAINING_CHANNEL);
  g_autoptr (GListStore) parameters = g_list_store_new (TRESTLE_TYPE_HYPERPARAMETER);
  g_autoptr (GListStore) metrics = g_list_store_new (TRESTLE_TYPE_TRAINING_METRIC);
  struct
  {
    GtkWidget *group;
    GtkListBox *list;
    GListStore *items;
    char *(*dup_summary) (gpointer item);
  } parts[] = {
    { self->channels_group, self->channels, channels, trestle_channel_dup_summary },
    { self->hyperparameters_group, self->hyperparameters, parameters,
      trestle_hyperparameter_dup_summary },
    { self->metrics_group, self->metrics, metrics, trestle_metric_dup_summary },
  };

  trestle_training_spec_read (document, channels, parameters, metrics);
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      gtk_list_box_remove_all (parts[i].list);
      add_specs (parts[i].list, parts[i].items, parts[i].dup_summary);
      gtk_widget_set_visible (parts[i].group,
                              g_list_model_get_n_items (G_LIST_MODEL (parts[i].items)) > 0);
    }
}

static void
update_strip (TrestlePackageDetails *self)
{
  g_autofree char *obstacles = NULL;

  if (!trestle_package_is_final (self->package))
    {
      trestle_finding_strip_set_words (self->strip, TRESTLE_TONE_ACCENT,
                                       _ ("SageMaker is at work on it"),
                                       _ ("Validation and scan take 10 to 20 minutes."));
      return;
    }
  obstacles = trestle_package_dup_obstacles (self->package, self->account);
  if (obstacles != NULL)
    trestle_finding_strip_set_words (self->strip, TRESTLE_TONE_WARNING, _ ("It cannot be listed"),
                                     obstacles);
  else
    trestle_finding_strip_set_words (self->strip, TRESTLE_TONE_SUCCESS, _ ("It can be listed"),
                                     _ ("Completed, certified, validated and scanned."));
}

static void
update (TrestlePackageDetails *self)
{
  TrestlePackage *package = self->package;
  JsonNode *document = (JsonNode *) trestle_package_get_document (package);
  JsonNode *container = trestle_node_element (
      trestle_node_member (trestle_node_member (document, "InferenceSpecification"), "Containers"),
      0);
  g_autofree char *summary = trestle_package_dup_summary (package);
  g_autofree char *created = trestle_format_moment (trestle_package_get_created (package));
  g_autofree char *made = g_strdup_printf (
      _ ("%s, made %s"), trestle_package_kind_word (trestle_package_get_kind (package)), created);
  g_autofree char *obstacles = trestle_package_dup_obstacles (package, self->account);
  TrestleTone tone;
  const char *status = trestle_package_status_word (package, &tone);

  adw_navigation_page_set_title (ADW_NAVIGATION_PAGE (self), trestle_package_get_name (package));
  adw_window_title_set_title (self->window_title, trestle_package_get_name (package));
  adw_window_title_set_subtitle (self->window_title, summary);
  trestle_badge_set (self->status_badge, status, tone);
  adw_action_row_set_subtitle (self->status_row, made);
  set_row (self->arn_row, trestle_package_get_arn (package));
  set_row (self->description_row, trestle_package_get_description (package));
  set_row (self->image_row, trestle_package_get_image (package));
  set_row (self->data_row, trestle_node_text (container, "ModelDataUrl"));
  set_texts (self->realtime_row, trestle_package_get_realtime_types (package));
  set_texts (self->batch_row, trestle_package_get_transform_types (package));
  set_texts (self->training_row, trestle_package_get_training_types (package));
  set_texts (self->content_types_row, trestle_package_get_content_types (package));
  set_texts (self->response_types_row, trestle_package_get_response_types (package));
  gtk_list_box_bind_model (self->checks, trestle_package_get_checks (package), create_check, NULL,
                           NULL);
  gtk_widget_set_visible (self->checks_group,
                          g_list_model_get_n_items (trestle_package_get_checks (package)) > 0);
  update_training (self, document);
  update_strip (self);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "package.use", obstacles == NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "package.again", document != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "package.delete",
                                 trestle_package_is_final (package));
  trestle_page_state_set_state (self->state, TRESTLE_PAGE_CONTENT);
}

/* --- What can be done ----------------------------------------------------------------------- */

static void
use_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  trestle_shell_open (widget, "use-package", TRESTLE_PACKAGE_DETAILS (widget)->arn);
}

static void
again_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  trestle_shell_open (widget, "package", TRESTLE_PACKAGE_DETAILS (widget)->arn);
}

static void
copy_arn_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  trestle_shell_copy (widget, TRESTLE_PACKAGE_DETAILS (widget)->arn, _ ("ARN copied"));
}

static void
on_deleted (gpointer owner, const GValue *value, const GError *error)
{
  TrestlePackageDetails *self = owner;
  GtkWidget *view = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_NAVIGATION_VIEW);
  g_autofree char *text = NULL;

  if (error != NULL)
    {
      text = g_strdup_printf (_ ("delete “%s”"), trestle_package_get_name (self->package));
      trestle_shell_problem (GTK_WIDGET (self), text, error);
      return;
    }
  text = g_strdup_printf (_ ("“%s” is deleted"), trestle_package_get_name (self->package));
  trestle_shell_toast (GTK_WIDGET (self), text);
  if (view != NULL
      && adw_navigation_view_get_visible_page (ADW_NAVIGATION_VIEW (view))
             == ADW_NAVIGATION_PAGE (self))
    adw_navigation_view_pop (ADW_NAVIGATION_VIEW (view));
}

static void
on_delete_agreed (gpointer owner, const GValue *value, const GError *error)
{
  TrestlePackageDetails *self = owner;

  if (error == NULL)
    trestle_watch (self, NULL, trestle_packages_delete (self->packages, self->arn), on_deleted);
}

static void
delete_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TrestlePackageDetails *self = TRESTLE_PACKAGE_DETAILS (widget);
  g_autofree char *heading = NULL;

  if (self->package == NULL)
    return;
  heading = g_strdup_printf (_ ("Delete “%s”?"), trestle_package_get_name (self->package));
  trestle_watch (
      self, &self->asking,
      trestle_ask_to (
          widget, heading,
          _ ("It cannot be brought back. Published versions made of it stay with their buyers: AWS "
             "Marketplace has a copy. Image and model data stay where they are."),
          _ ("_Delete"), TRUE),
      on_delete_agreed);
}

/* --- Object --------------------------------------------------------------------------------- */

static void
take (TrestlePackageDetails *self, TrestlePackage *package)
{
  if (g_set_object (&self->package, package) || package != NULL)
    update (self);
}

static void
on_described (gpointer owner, const GValue *value, const GError *error)
{
  TrestlePackageDetails *self = owner;

  if (error == NULL)
    take (self, g_value_get_object (value));
  else if (self->package == NULL)
    trestle_page_state_fail (self->state, _ ("read the package"), error);
}

static void
on_identified (gpointer owner, const GValue *value, const GError *error)
{
  TrestlePackageDetails *self = owner;

  if (error != NULL)
    return;
  g_set_str (&self->account, trestle_identity_get_account (g_value_get_object (value)));
  if (self->package != NULL)
    update (self);
}

static void
on_retry (TrestlePackageDetails *self)
{
  trestle_watch (self, &self->loading, trestle_packages_describe (self->packages, self->arn),
                 on_described);
  trestle_watch (self, &self->identifying, trestle_session_identify (self->session), on_identified);
}

/* The list is read again while something in it is at work. */
static void
on_list_changed (TrestlePackageDetails *self)
{
  TrestlePackage *package = trestle_remote_list_find (TRESTLE_REMOTE_LIST (self->packages),
                                                      self->arn);

  if (package != NULL && package != self->package && trestle_package_get_document (package) != NULL)
    take (self, package);
}

static void
trestle_package_details_map (GtkWidget *widget)
{
  TrestlePackageDetails *self = TRESTLE_PACKAGE_DETAILS (widget);

  GTK_WIDGET_CLASS (trestle_package_details_parent_class)->map (widget);
  trestle_remote_list_watch (TRESTLE_REMOTE_LIST (self->packages));
  on_retry (self);
}

static void
trestle_package_details_unmap (GtkWidget *widget)
{
  trestle_remote_list_unwatch (TRESTLE_REMOTE_LIST (TRESTLE_PACKAGE_DETAILS (widget)->packages));
  GTK_WIDGET_CLASS (trestle_package_details_parent_class)->unmap (widget);
}

static void
trestle_package_details_dispose (GObject *object)
{
  TrestlePackageDetails *self = TRESTLE_PACKAGE_DETAILS (object);

  dex_clear (&self->loading);
  dex_clear (&self->identifying);
  dex_clear (&self->asking);
  gtk_widget_dispose_template (GTK_WIDGET (self), TRESTLE_TYPE_PACKAGE_DETAILS);
  g_clear_object (&self->package);
  g_clear_object (&self->session);
  g_clear_pointer (&self->arn, g_free);
  g_clear_pointer (&self->account, g_free);
  G_OBJECT_CLASS (trestle_package_details_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, TrestlePackageDetails, window_title);
  gtk_widget_class_bind_template_child (widget_class, TrestlePackageDetails, state);
  gtk_widget_class_bind_template_child (widget_class, TrestlePackageDetails, strip);
  gtk_widget_class_bind_template_child (widget_class, TrestlePackageDetails, status_row);
  gtk_widget_class_bind_template_child (widget_class, TrestlePackageDetails, status_badge);
  gtk_widget_class_bind_template_child (widget_class, TrestlePackageDetails, arn_row);
  gtk_widget_class_bind_template_child (widget_class, TrestlePackageDetails, description_row);
  gtk_widget_class_bind_template_child (widget_class, TrestlePackageDetails, image_row);
  gtk_widget_class_bind_template_child (widget_class, TrestlePackageDetails, data_row);
  gtk_widget_class_bind_template_child (widget_class, TrestlePackageDetails, checks_group);
  gtk_widget_class_bind_template_child (widget_class, TrestlePackageDetails, checks);
  gtk_widget_class_bind_template_child (widget_class, TrestlePackageDetails, realtime_row);
  gtk_widget_class_bind_template_child (widget_class, TrestlePackageDetails, batch_row);
  gtk_widget_class_bind_template_child (widget_class, TrestlePackageDetails, training_row);
  gtk_widget_class_bind_template_child (widget_class, TrestlePackageDetails, content_types_row);
  gtk_widget_class_bind_template_child (widget_class, TrestlePackageDetails, response_types_row);
  gtk_widget_class_bind_template_child (widget_class, TrestlePackageDetails, channels_group);
  gtk_widget_class_bind_template_child (widget_class, TrestlePackageDetails, channels);
  gtk_widget_class_bind_template_child (widget_class, TrestlePackageDetails, hyperparameters_group);
  gtk_widget_class_bind_template_child (widget_class, TrestlePackageDetails, hyperparameters);
  gtk_widget_class_bind_template_child (widget_class, TrestlePackageDetails, metrics_group);
  gtk_widget_class_bind_template_child (widget_class, TrestlePackageDetails, metrics);
}

static void
trestle_package_details_class_init (TrestlePackageDetailsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (TRESTLE_TYPE_FINDING_STRIP);
  g_type_ensure (TRESTLE_TYPE_PAGE_STATE);
  G_OBJECT_CLASS (klass)->dispose = trestle_package_details_dispose;
  widget_class->map = trestle_package_details_map;
  widget_class->unmap = trestle_package_details_unmap;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/dev/trestle/Trestle/packages/trestle-package-details.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, on_retry);
  gtk_widget_class_install_action (widget_class, "package.use", NULL, use_action);
  gtk_widget_class_install_action (widget_class, "package.again", NULL, again_action);
  gtk_widget_class_install_action (widget_class, "package.copy-arn", NULL, copy_arn_action);
  gtk_widget_class_install_action (widget_class, "package.delete", NULL, delete_action);
}

static void
trestle_package_details_init (TrestlePackageDetails *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
trestle_package_details_new (TrestleSession *session, const char *arn)
{
  TrestlePackageDetails *self = g_object_new (TRESTLE_TYPE_PACKAGE_DETAILS, NULL);

  self->session = g_object_ref (session);
  self->packages = trestle_session_get_packages (session);
  self->arn = g_strdup (arn);
  g_signal_connect_object (self->packages, "items-changed", G_CALLBACK (on_list_changed), self,
                           G_CONNECT_SWAPPED);
  on_list_changed (self);
  return GTK_WIDGET (self);
}
