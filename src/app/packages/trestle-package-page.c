/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "packages/trestle-package-page.h"

#include <glib/gi18n.h>

#include "base/trestle-future.h"
#include "packages/trestle-chip-row.h"
#include "packages/trestle-image-row.h"
#include "packages/trestle-package-page-private.h"
#include "packages/trestle-package-watch.h"
#include "packages/trestle-s3-row.h"
#include "widgets/trestle-code-dialog.h"
#include "widgets/trestle-finding-strip.h"
#include "widgets/trestle-page-state.h"
#include "widgets/trestle-role-row.h"
#include "widgets/trestle-shell.h"
#include "widgets/trestle-watch.h"

/* Of an argument that is an image, not a package to make again. */
#define IMAGE_PREFIX "image:"

enum
{
  PROP_NARROW = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (TrestlePackagePage, trestle_package_page, ADW_TYPE_NAVIGATION_PAGE)

TrestlePackageForm *
trestle_package_page_get_form (TrestlePackagePage *self)
{
  g_return_val_if_fail (TRESTLE_IS_PACKAGE_PAGE (self), NULL);
  return self->form;
}

TrestleTask *
trestle_package_page_get_task (TrestlePackagePage *self)
{
  g_return_val_if_fail (TRESTLE_IS_PACKAGE_PAGE (self), NULL);
  return self->task;
}

/* --- What is shown -------------------------------------------------------------------------- */

static void
update_panes (TrestlePackagePage *self)
{
  gboolean watching = self->task != NULL
                      && (!self->narrow || gtk_toggle_button_get_active (self->watch_button));

  gtk_widget_set_visible (GTK_WIDGET (self->watch_button), self->narrow && self->task != NULL);
  gtk_widget_set_visible (self->form_pane, !watching || !self->narrow);
  gtk_widget_set_visible (GTK_WIDGET (self->watch), watching);
  gtk_widget_set_visible (self->separator, watching && !self->narrow);
  gtk_widget_set_visible (self->again_button, self->task != NULL);
  /* The keyboard leaves the form before it goes to sleep. */
  if (self->task != NULL && gtk_widget_get_focus_child (self->groups) != NULL)
    gtk_widget_grab_focus (self->again_button);
  gtk_widget_set_sensitive (self->groups, self->task == NULL);
  gtk_widget_set_visible (self->create_button, self->task == NULL);
}

static void
on_watch_toggled (TrestlePackagePage *self)
{
  update_panes (self);
}

static void
update (TrestlePackagePage *self)
{
  g_autofree char *name = NULL;
  g_autofree char *count = NULL;
  g_autofree char *subtitle = NULL;
  const char *region = trestle_session_get_region (self->session);

  g_object_get (self->form, "name", &name, NULL);
  count = g_strdup_printf ("%d / 63", (int) g_utf8_strlen (name, -1));
  gtk_label_set_label (self->name_count, count);
  subtitle = *name != '\0' ? g_strdup_printf ("%s · %s", name, region) : g_strdup (region);
  adw_window_title_set_subtitle (self->window_title, subtitle);
  trestle_package_page_show_cost (self);
  trestle_package_page_show_findings (self);
}

/* --- Making it ------------------------------------------------------------------------------ */

static void
create_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TrestlePackagePage *self = TRESTLE_PACKAGE_PAGE (widget);
  gboolean algorithm;

  self->tried = TRUE;
  if (self->task != NULL)
    return;
  if (!trestle_package_page_show_findings (self))
    {
      trestle_package_page_focus_finding (self);
      return;
    }
  g_object_get (self->form, "algorithm", &algorithm, NULL);
  self->task = trestle_packages_create (trestle_session_get_packages (self->session),
                                        algorithm ? TRESTLE_PRODUCT_KIND_ALGORITHM
                                                  : TRESTLE_PRODUCT_KIND_MODEL,
                                        trestle_package_form_build (self->form));
  trestle_package_watch_set_task (self->watch, self->session, self->task, algorithm);
  gtk_toggle_button_set_active (self->watch_button, TRUE);
  update_panes (self);
}

/* The form as it was, under another name. */
static void
again_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TrestlePackagePage *self = TRESTLE_PACKAGE_PAGE (widget);
  g_autofree char *old = NULL;
  g_autofree char *fresh = NULL;

  g_clear_object (&self->task);
  self->tried = FALSE;
  g_object_get (self->form, "name", &old, NULL);
  fresh = trestle_package_form_dup_free_name (self->form, old);
  g_object_set (self->form, "name", fresh, NULL);
  update_panes (self);
  update (self);
}

static void
code_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TrestlePackagePage *self = TRESTLE_PACKAGE_PAGE (widget);
  g_autofree char *code = trestle_package_form_dup_code (self->form);
  gboolean algorithm;

  g_object_get (self->form, "algorithm", &algorithm, NULL);
  adw_dialog_present (
      trestle_code_dialog_new (algorithm ? _ ("Make an Algorithm") : _ ("Make a Model Package"),
                               code, NULL),
      widget);
}

/* --- Object --------------------------------------------------------------------------------- */

static void
on_kind (TrestlePackagePage *self)
{
  if (self->form != NULL)
    g_object_set (self->form, "algorithm",
                  g_strcmp0 (adw_toggle_group_get_active_name (self->kind), "algorithm") == 0,
                  NULL);
}

static void
on_retry (TrestlePackagePage *self)
{
  trestle_package_page_load (self);
}

static void
trestle_package_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_NARROW)
    g_value_set_boolean (value, TRESTLE_PACKAGE_PAGE (object)->narrow);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
trestle_package_page_set_property (GObject *object,
                                   guint id,
                                   const GValue *value,
                                   GParamSpec *pspec)
{
  TrestlePackagePage *self = TRESTLE_PACKAGE_PAGE (object);

  if (id == PROP_NARROW)
    {
      self->narrow = g_value_get_boolean (value);
      if (self->form != NULL)
        update_panes (self);
    }
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
trestle_package_page_dispose (GObject *object)
{
  TrestlePackagePage *self = TRESTLE_PACKAGE_PAGE (object);

  dex_clear (&self->identifying);
  dex_clear (&self->loading_images);
  dex_clear (&self->loading_prices);
  dex_clear (&self->loading_package);
  if (self->form != NULL)
    g_signal_handlers_disconnect_by_data (self->form, self);
  gtk_widget_dispose_template (GTK_WIDGET (self), TRESTLE_TYPE_PACKAGE_PAGE);
  g_clear_object (&self->form);
  g_clear_object (&self->images);
  g_clear_object (&self->prices);
  g_clear_object (&self->task);
  g_clear_object (&self->session);
  g_clear_pointer (&self->account, g_free);
  g_clear_pointer (&self->original, g_free);
  g_clear_pointer (&self->image, g_free);
  G_OBJECT_CLASS (trestle_package_page_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, TrestlePackagePage, window_title);
  gtk_widget_class_bind_template_child (widget_class, TrestlePackagePage, state);
  gtk_widget_class_bind_template_child (widget_class, TrestlePackagePage, form_pane);
  gtk_widget_class_bind_template_child (widget_class, TrestlePackagePage, groups);
  gtk_widget_class_bind_template_child (widget_class, TrestlePackagePage, separator);
  gtk_widget_class_bind_template_child (widget_class, TrestlePackagePage, watch);
  gtk_widget_class_bind_template_child (widget_class, TrestlePackagePage, watch_button);
  gtk_widget_class_bind_template_child (widget_class, TrestlePackagePage, kind);
  gtk_widget_class_bind_template_child (widget_class, TrestlePackagePage, image_group);
  gtk_widget_class_bind_template_child (widget_class, TrestlePackagePage, types_group);
  gtk_widget_class_bind_template_child (widget_class, TrestlePackagePage, validation_group);
  gtk_widget_class_bind_template_child (widget_class, TrestlePackagePage, training);
  gtk_widget_class_bind_template_child (widget_class, TrestlePackagePage, serving_image_row);
  gtk_widget_class_bind_template_child (widget_class, TrestlePackagePage, training_type_row);
  gtk_widget_class_bind_template_child (widget_class, TrestlePackagePage, name_row);
  gtk_widget_class_bind_template_child (widget_class, TrestlePackagePage, name_count);
  gtk_widget_class_bind_template_child (widget_class, TrestlePackagePage, description_row);
  gtk_widget_class_bind_template_child (widget_class, TrestlePackagePage, image_row);
  gtk_widget_class_bind_template_child (widget_class, TrestlePackagePage, model_data_row);
  gtk_widget_class_bind_template_child (widget_class, TrestlePackagePage, realtime_row);
  gtk_widget_class_bind_template_child (widget_class, TrestlePackagePage, batch_row);
  gtk_widget_class_bind_template_child (widget_class, TrestlePackagePage, content_types_row);
  gtk_widget_class_bind_template_child (widget_class, TrestlePackagePage, response_types_row);
  gtk_widget_class_bind_template_child (widget_class, TrestlePackagePage, certify_row);
  gtk_widget_class_bind_template_child (widget_class, TrestlePackagePage, role_row);
  gtk_widget_class_bind_template_child (widget_class, TrestlePackagePage, sample_row);
  gtk_widget_class_bind_template_child (widget_class, TrestlePackagePage, output_row);
  gtk_widget_class_bind_template_child (widget_class, TrestlePackagePage, sample_type_row);
  gtk_widget_class_bind_template_child (widget_class, TrestlePackagePage, answer_type_row);
  gtk_widget_class_bind_template_child (widget_class, TrestlePackagePage, split_row);
  gtk_widget_class_bind_template_child (widget_class, TrestlePackagePage, job_type_row);
  gtk_widget_class_bind_template_child (widget_class, TrestlePackagePage, cost_label);
  gtk_widget_class_bind_template_child (widget_class, TrestlePackagePage, create_button);
  gtk_widget_class_bind_template_child (widget_class, TrestlePackagePage, again_button);
}

static void
trestle_package_page_class_init (TrestlePackagePageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (TRESTLE_TYPE_CHIP_ROW);
  g_type_ensure (TRESTLE_TYPE_FINDING_STRIP);
  g_type_ensure (TRESTLE_TYPE_IMAGE_ROW);
  g_type_ensure (TRESTLE_TYPE_PACKAGE_WATCH);
  g_type_ensure (TRESTLE_TYPE_PAGE_STATE);
  g_type_ensure (TRESTLE_TYPE_ROLE_ROW);
  g_type_ensure (TRESTLE_TYPE_S3_ROW);
  g_type_ensure (TRESTLE_TYPE_TRAINING_GROUPS);

  object_class->get_property = trestle_package_page_get_property;
  object_class->set_property = trestle_package_page_set_property;
  object_class->dispose = trestle_package_page_dispose;
  properties[PROP_NARROW] = g_param_spec_boolean ("narrow", NULL, NULL, FALSE,
                                                  G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/dev/trestle/Trestle/packages/trestle-package-page.ui");
  bind_children (widget_class);
  trestle_package_page_bind_strips (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, on_kind);
  gtk_widget_class_bind_template_callback (widget_class, on_retry);
  gtk_widget_class_bind_template_callback (widget_class, on_watch_toggled);
  gtk_widget_class_install_action (widget_class, "package.create", NULL, create_action);
  gtk_widget_class_install_action (widget_class, "package.again", NULL, again_action);
  gtk_widget_class_install_action (widget_class, "page.code", NULL, code_action);
}

static void
trestle_package_page_init (TrestlePackagePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
trestle_package_page_new (TrestleSession *session, const char *argument)
{
  TrestlePackagePage *self = g_object_new (TRESTLE_TYPE_PACKAGE_PAGE, NULL);

  self->session = g_object_ref (session);
  self->form = trestle_package_form_new (trestle_session_get_region (session));
  if (argument != NULL && g_str_has_prefix (argument, IMAGE_PREFIX))
    g_object_set (self->form, "image", argument + strlen (IMAGE_PREFIX), NULL);
  else if (argument != NULL && g_str_has_prefix (argument, "arn:"))
    self->original = g_strdup (argument);
  else
    g_object_set (self->form, "algorithm", g_strcmp0 (argument, "algorithm") == 0, NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->kind), self->original == NULL);
  trestle_package_page_bind (self);
  g_signal_connect_swapped (self->form, "changed", G_CALLBACK (update), self);
  trestle_package_page_load (self);
  update (self);
  update_panes (self);
  return GTK_WIDGET (self);
}
