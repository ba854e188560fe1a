/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "container/trestle-container-page.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/trestle-future.h"
#include "container/trestle-check-form.h"
#include "container/trestle-check-results.h"
#include "domain/trestle-container-report.h"
#include "domain/trestle-container-rules.h"
#include "widgets/trestle-format.h"
#include "widgets/trestle-shell.h"
#include "widgets/trestle-watch.h"

struct _TrestleContainerPage
{
  AdwNavigationPage parent_instance;

  AdwWindowTitle *window_title;
  AdwBanner *banner;
  AdwOverlaySplitView *split;
  GtkStack *stack;
  TrestleCheckForm *form;
  TrestleCheckResults *results;
  GtkListView *log_view;
  GtkWidget *check_button;
  GtkWidget *stop_button;
  GtkWidget *again_button;
  GtkWidget *package_button;
  GtkWidget *save_button;
  GtkWidget *log_button;

  TrestleSession *session;
  TrestleContainerRun *run;
  TrestleContainerResult *result;

  DexFuture *running;
  DexFuture *loading;
  DexFuture *reading;
};

G_DEFINE_FINAL_TYPE (TrestleContainerPage, trestle_container_page, ADW_TYPE_NAVIGATION_PAGE)

static gboolean
is_running (TrestleContainerPage *self)
{
  return self->run != NULL && trestle_container_run_get_running (self->run);
}

/* "weld-inspector:0.3 · Podman 5.4 · Today 09:03, took 2 min 14 s" */
static char *
describe (TrestleContainerResult *result)
{
  g_autofree char *when = trestle_format_today (trestle_container_result_get_started (result));
  g_autofree char *took = trestle_format_duration (trestle_container_result_get_duration (result));
  const char *engine = trestle_container_result_get_engine (result);

  /* Translators: what was checked, when, and how long that took */
  return g_strdup_printf (_ ("%s · %s%s%s, took %s"), trestle_container_result_get_target (result),
                          engine != NULL ? engine : "", engine != NULL ? " · " : "", when, took);
}

/* Only an image or its archive becomes a package. */
static gboolean
can_package (TrestleContainerPage *self)
{
  TrestleContainerVerdict verdict;

  if (self->result == NULL
      || trestle_container_is_address (trestle_container_result_get_target (self->result)))
    return FALSE;
  verdict = trestle_container_verdict (self->result);
  return verdict == TRESTLE_CONTAINER_VERDICT_PASSED
         || verdict == TRESTLE_CONTAINER_VERDICT_WARNINGS;
}

static void
update (TrestleContainerPage *self)
{
  gboolean running = is_running (self);
  gboolean form = !running && self->result == NULL;
  g_autoptr (TrestleContainerPlan) plan = trestle_check_form_dup_plan (self->form);
  g_autofree char *subtitle = NULL;

  gtk_stack_set_visible_child_name (self->stack, form ? "form" : "results");
  gtk_widget_set_visible (self->check_button, form);
  gtk_widget_set_visible (self->stop_button, running);
  gtk_widget_set_visible (self->again_button, self->result != NULL && !running);
  gtk_widget_set_visible (self->save_button, self->result != NULL && !running);
  gtk_widget_set_visible (self->package_button, !running && can_package (self));
  gtk_widget_set_visible (self->log_button, self->run != NULL && !form);
  if (form)
    adw_overlay_split_view_set_show_sidebar (self->split, FALSE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "container.check", form && plan != NULL);
  gtk_widget_set_tooltip_text (self->check_button,
                               plan != NULL ? NULL
                                            : _ ("Name an image, an archive or an address first"));
  if (running)
    subtitle = g_strdup (
        trestle_container_plan_get_target (trestle_container_run_get_plan (self->run)));
  else if (self->result != NULL)
    subtitle = describe (self->result);
  adw_window_title_set_subtitle (self->window_title, subtitle != NULL ? subtitle : "");
}

static void
say (TrestleContainerPage *self, const char *text)
{
  if (text != NULL)
    adw_banner_set_title (self->banner, text);
  adw_banner_set_revealed (self->banner, text != NULL);
}

static void
announce (TrestleContainerPage *self)
{
  g_autofree char *summary = trestle_container_result_summary (self->result);

  if (trestle_container_result_get_stopped (self->result))
    say (self, _ ("The check was stopped; nothing is left running."));
  gtk_accessible_announce (GTK_ACCESSIBLE (self), summary,
                           GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static void
on_done (gpointer owner, const GValue *value, const GError *error)
{
  TrestleContainerPage *self = owner;

  if (error != NULL)
    {
      g_clear_object (&self->run);
      say (self, error->message);
      update (self);
      return;
    }
  g_set_object (&self->result, g_value_get_object (value));
  update (self);
  announce (self);
}

void
trestle_container_page_run (TrestleContainerPage *self, TrestleContainerPlan *plan)
{
  g_autoptr (GtkNoSelection) lines = NULL;

  g_return_if_fail (TRESTLE_IS_CONTAINER_PAGE (self));

  if (is_running (self))
    return;
  say (self, NULL);
  g_clear_object (&self->result);
  g_clear_object (&self->run);
  self->run = trestle_container_run_new (plan);
  lines = gtk_no_selection_new (g_object_ref (trestle_container_run_get_log (self->run)));
  gtk_list_view_set_model (self->log_view, GTK_SELECTION_MODEL (lines));
  trestle_watch (self, &self->running, trestle_container_run_start (self->run), on_done);
  trestle_check_results_set_run (self->results, self->run);
  update (self);
}

void
trestle_container_page_show (TrestleContainerPage *self, TrestleContainerResult *result)
{
  g_return_if_fail (TRESTLE_IS_CONTAINER_PAGE (self));

  g_set_object (&self->result, result);
  trestle_check_results_set_result (self->results, result);
  update (self);
}

static void
check_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TrestleContainerPage *self = TRESTLE_CONTAINER_PAGE (widget);
  g_autoptr (TrestleContainerPlan) plan = trestle_check_form_dup_plan (self->form);

  if (plan != NULL)
    trestle_container_page_run (self, plan);
}

static void
stop_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TrestleContainerPage *self = TRESTLE_CONTAINER_PAGE (widget);

  if (is_running (self))
    trestle_container_run_stop (self->run);
}

/* The form keeps what was entered: a change and the next check are one click apart. */
static void
again_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TrestleContainerPage *self = TRESTLE_CONTAINER_PAGE (widget);

  if (is_running (self))
    return;
  say (self, NULL);
  g_clear_object (&self->result);
  update (self);
}

static void
package_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TrestleContainerPage *self = TRESTLE_CONTAINER_PAGE (widget);
  g_autofree char *argument = NULL;

  if (self->result == NULL)
    return;
  argument = g_strconcat ("image:", trestle_container_result_get_target (self->result), NULL);
  trestle_shell_open (widget, "package", argument);
}

static void
save_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (TrestleContainerPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, NULL);
  g_autofree char *name = file != NULL ? g_file_get_basename (file) : NULL;
  g_autofree char *text = NULL;

  if (file == NULL || self->result == NULL)
    return;
  if (g_str_has_suffix (name, ".json"))
    {
      g_autoptr (JsonNode) node = trestle_container_result_to_json (self->result);

      text = trestle_json_to_string (node, TRUE);
    }
  else
    {
      text = trestle_container_result_to_markdown (self->result);
    }
  if (g_file_replace_contents (file, text, strlen (text), NULL, FALSE, G_FILE_CREATE_NONE, NULL,
                               NULL, &error))
    trestle_shell_toast (GTK_WIDGET (self), _ ("Report saved"));
  else
    trestle_shell_problem (GTK_WIDGET (self), _ ("save the report"), error);
}

/* As Markdown for people, or as JSON where the name says so. */
static void
save_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TrestleContainerPage *self = TRESTLE_CONTAINER_PAGE (widget);
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();

  if (self->result == NULL)
    return;
  gtk_file_dialog_set_title (dialog, _ ("Save Report"));
  gtk_file_dialog_set_initial_name (dialog, "container-check.md");
  gtk_file_dialog_save (dialog, GTK_WINDOW (gtk_widget_get_root (widget)), NULL, save_cb,
                        g_object_ref (self));
}

static void
on_form_changed (TrestleContainerPage *self)
{
  update (self);
}

static void
on_form_activate (TrestleContainerPage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "container.check", NULL);
}

static void
on_images (gpointer owner, const GValue *value, const GError *error)
{
  TrestleContainerPage *self = owner;

  /* Without the registry the name is typed. */
  if (error == NULL)
    trestle_check_form_set_images (self->form, g_value_get_object (value));
}

static void
on_kept (gpointer owner, const GValue *value, const GError *error)
{
  TrestleContainerPage *self = owner;

  if (error == NULL && self->run == NULL)
    trestle_container_page_show (self, g_value_get_object (value));
}

/* A check whose page is gone has nobody to tell. */
static void
trestle_container_page_dispose (GObject *object)
{
  TrestleContainerPage *self = TRESTLE_CONTAINER_PAGE (object);

  if (is_running (self))
    trestle_container_run_stop (self->run);
  dex_clear (&self->running);
  dex_clear (&self->loading);
  dex_clear (&self->reading);
  gtk_widget_dispose_template (GTK_WIDGET (self), TRESTLE_TYPE_CONTAINER_PAGE);
  g_clear_object (&self->run);
  g_clear_object (&self->result);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (trestle_container_page_parent_class)->dispose (object);
}

static void
trestle_container_page_class_init (TrestleContainerPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (TRESTLE_TYPE_CHECK_FORM);
  g_type_ensure (TRESTLE_TYPE_CHECK_RESULTS);
  G_OBJECT_CLASS (klass)->dispose = trestle_container_page_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/dev/trestle/Trestle/container/trestle-container-page.ui");
  gtk_widget_class_bind_template_child (widget_class, TrestleContainerPage, window_title);
  gtk_widget_class_bind_template_child (widget_class, TrestleContainerPage, banner);
  gtk_widget_class_bind_template_child (widget_class, TrestleContainerPage, split);
  gtk_widget_class_bind_template_child (widget_class, TrestleContainerPage, stack);
  gtk_widget_class_bind_template_child (widget_class, TrestleContainerPage, form);
  gtk_widget_class_bind_template_child (widget_class, TrestleContainerPage, results);
  gtk_widget_class_bind_template_child (widget_class, TrestleContainerPage, log_view);
  gtk_widget_class_bind_template_child (widget_class, TrestleContainerPage, check_button);
  gtk_widget_class_bind_template_child (widget_class, TrestleContainerPage, stop_button);
  gtk_widget_class_bind_template_child (widget_class, TrestleContainerPage, again_button);
  gtk_widget_class_bind_template_child (widget_class, TrestleContainerPage, package_button);
  gtk_widget_class_bind_template_child (widget_class, TrestleContainerPage, save_button);
  gtk_widget_class_bind_template_child (widget_class, TrestleContainerPage, log_button);
  gtk_widget_class_bind_template_callback (widget_class, on_form_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_form_activate);
  gtk_widget_class_install_action (widget_class, "container.check", NULL, check_action);
  gtk_widget_class_install_action (widget_class, "container.stop", NULL, stop_action);
  gtk_widget_class_install_action (widget_class, "container.again", NULL, again_action);
  gtk_widget_class_install_action (widget_class, "container.package", NULL, package_action);
  gtk_widget_class_install_action (widget_class, "container.save", NULL, save_action);
}

static void
trestle_container_page_init (TrestleContainerPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
trestle_container_page_new (TrestleSession *session, const char *argument)
{
  TrestleContainerPage *self = g_object_new (TRESTLE_TYPE_CONTAINER_PAGE, NULL);

  self->session = g_object_ref (session);
  if (argument != NULL && *argument != '\0')
    {
      trestle_check_form_set_target (self->form, argument);
      trestle_watch (self, &self->loading, trestle_container_recall (argument), on_kept);
    }
  trestle_watch (self, &self->reading,
                 trestle_packages_images (trestle_session_get_packages (session)), on_images);
  update (self);
  return GTK_WIDGET (self);
}
