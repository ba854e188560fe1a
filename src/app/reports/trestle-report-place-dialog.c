/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "trestle-report-place-dialog.h"

#include <glib/gi18n.h>

struct _TrestleReportPlaceDialog
{
  AdwAlertDialog parent_instance;

  GtkEditable *bucket;
  GtkEditable *prefix;
  GtkLabel *problem;

  TrestleReports *reports;
};

G_DEFINE_FINAL_TYPE (TrestleReportPlaceDialog, trestle_report_place_dialog, ADW_TYPE_ALERT_DIALOG)

/* Checked while typing, for an alert closes with its answer. */
static void
on_changed (TrestleReportPlaceDialog *self)
{
  const char *name = gtk_editable_get_text (self->bucket);
  gsize length = strlen (name);
  gboolean fits = length == 0
                  || (length >= 3 && length <= 63
                      && strspn (name, "abcdefghijklmnopqrstuvwxyz0123456789.-") == length);

  gtk_label_set_label (self->problem,
                       _ ("A bucket’s name has 3 to 63 small letters, digits, dots and dashes."));
  gtk_widget_set_visible (GTK_WIDGET (self->problem), !fits);
  adw_alert_dialog_set_response_enabled (ADW_ALERT_DIALOG (self), "save", fits);
}

static void
on_response (AdwAlertDialog *dialog, const char *response)
{
  TrestleReportPlaceDialog *self = TRESTLE_REPORT_PLACE_DIALOG (dialog);
  g_autoptr (GError) error = NULL;

  if (!g_str_equal (response, "save"))
    return;
  if (!trestle_reports_set_bucket (self->reports, gtk_editable_get_text (self->bucket),
                                   gtk_editable_get_text (self->prefix), &error))
    g_warning ("%s", error->message);
}

static void
trestle_report_place_dialog_dispose (GObject *object)
{
  TrestleReportPlaceDialog *self = TRESTLE_REPORT_PLACE_DIALOG (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), TRESTLE_TYPE_REPORT_PLACE_DIALOG);
  g_clear_object (&self->reports);
  G_OBJECT_CLASS (trestle_report_place_dialog_parent_class)->dispose (object);
}

static void
trestle_report_place_dialog_class_init (TrestleReportPlaceDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = trestle_report_place_dialog_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/dev/trestle/Trestle/reports/trestle-report-place-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, TrestleReportPlaceDialog, bucket);
  gtk_widget_class_bind_template_child (widget_class, TrestleReportPlaceDialog, prefix);
  gtk_widget_class_bind_template_child (widget_class, TrestleReportPlaceDialog, problem);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_response);
}

static void
trestle_report_place_dialog_init (TrestleReportPlaceDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

AdwDialog *
trestle_report_place_dialog_new (TrestleReports *reports)
{
  TrestleReportPlaceDialog *self = g_object_new (TRESTLE_TYPE_REPORT_PLACE_DIALOG, NULL);
  const char *bucket = trestle_reports_get_bucket (reports);
  const char *prefix = trestle_reports_get_prefix (reports);

  self->reports = g_object_ref (reports);
  gtk_editable_set_text (self->bucket, bucket != NULL ? bucket : "");
  gtk_editable_set_text (self->prefix, prefix != NULL ? prefix : "");
  on_changed (self);
  return ADW_DIALOG (self);
}
