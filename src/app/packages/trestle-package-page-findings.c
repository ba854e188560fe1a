/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "domain/trestle-finding.h"
#include "packages/trestle-package-page-private.h"
#include "widgets/trestle-finding-strip.h"

static const struct
{
  const char *field;
  const char *strip;
} strips[] = {
  { "name", "name_strip" },
  { "description", "description_strip" },
  { "image", "image_strip" },
  { "serving-image", "serving_image_strip" },
  { "model-data", "model_data_strip" },
  { "realtime", "realtime_strip" },
  { "batch", "batch_strip" },
  { "content-types", "content_types_strip" },
  { "response-types", "response_types_strip" },
  { "certify", "certify_strip" },
  { "role", "role_strip" },
  { "sample", "sample_strip" },
  { "output", "output_strip" },
  { "sample-type", "sample_type_strip" },
  { "answer-type", "answer_type_strip" },
  { "training-type", "training_type_strip" },
  { "job-type", "job_type_strip" },
};

void
trestle_package_page_bind_strips (GtkWidgetClass *widget_class)
{
  for (guint i = 0; i < G_N_ELEMENTS (strips); i++)
    gtk_widget_class_bind_template_child_full (widget_class, strips[i].strip, FALSE, 0);
}

static gboolean
is_empty (TrestlePackageForm *form, const char *field)
{
  GParamSpec *pspec = g_object_class_find_property (G_OBJECT_GET_CLASS (form), field);
  g_autofree char *text = NULL;

  if (pspec == NULL)
    return g_list_model_get_n_items (G_LIST_MODEL (trestle_package_form_get_list (form, field)))
           == 0;
  if (!G_IS_PARAM_SPEC_STRING (pspec))
    return FALSE;
  g_object_get (form, field, &text, NULL);
  return *text == '\0';
}

static void
focus (GtkWidget *row)
{
  if (!gtk_widget_grab_focus (row))
    gtk_widget_child_focus (row, GTK_DIR_TAB_FORWARD);
}

static TrestleFinding *
find (GPtrArray *findings, const char *field)
{
  for (guint i = 0; i < findings->len; i++)
    if (g_str_equal (trestle_finding_get_field (findings->pdata[i]), field))
      return findings->pdata[i];
  return NULL;
}

/* What is still empty is told once it was to be sent, not while the form is being filled. */
gboolean
trestle_package_page_show_findings (TrestlePackagePage *self)
{
  g_autoptr (GPtrArray) findings = trestle_package_form_check (self->form);
  gboolean good = TRUE;

  for (guint i = 0; i < G_N_ELEMENTS (strips); i++)
    {
      GtkWidget *strip = GTK_WIDGET (gtk_widget_get_template_child (
          GTK_WIDGET (self), TRESTLE_TYPE_PACKAGE_PAGE, strips[i].strip));
      TrestleFinding *finding = find (findings, strips[i].field);
      gboolean shown = finding != NULL && (self->tried || !is_empty (self->form, strips[i].field));

      trestle_finding_strip_set_finding (TRESTLE_FINDING_STRIP (strip), shown ? finding : NULL);
    }
  self->training_finding = trestle_training_groups_show (self->training, findings, self->tried);
  for (guint i = 0; i < findings->len; i++)
    good &= trestle_finding_get_severity (findings->pdata[i]) != TRESTLE_SEVERITY_ERROR;
  return good;
}

void
trestle_package_page_focus_finding (TrestlePackagePage *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (strips); i++)
    {
      GtkWidget *strip = GTK_WIDGET (gtk_widget_get_template_child (
          GTK_WIDGET (self), TRESTLE_TYPE_PACKAGE_PAGE, strips[i].strip));
      GtkWidget *row = gtk_widget_get_ancestor (strip, GTK_TYPE_LIST_BOX_ROW);

      /* the training stands before what is said of inference */
      if (self->training_finding != NULL && g_str_equal (strips[i].field, "realtime"))
        {
          focus (self->training_finding);
          return;
        }
      if (!gtk_widget_get_visible (strip))
        continue;
      /* the strip stands below the row that it speaks of */
      focus (gtk_widget_get_prev_sibling (row));
      return;
    }
}
