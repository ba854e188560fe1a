/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "trestle-change-detail.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "domain/trestle-finding.h"
#include "widgets/trestle-change-words.h"
#include "widgets/trestle-edit.h"
#include "widgets/trestle-finding-strip.h"
#include "widgets/trestle-widget.h"

#define FIELD_KEY "trestle-field"

struct _TrestleChangeDetail
{
  GtkWidget parent_instance;

  GtkLabel *kind_label;
  GtkLabel *type_label;
  GtkBox *strips;

  char *product_id;
};

G_DEFINE_FINAL_TYPE (TrestleChangeDetail, trestle_change_detail, GTK_TYPE_WIDGET)

static void
on_open_field (TrestleFindingStrip *strip, TrestleChangeDetail *self)
{
  trestle_edit_product (GTK_WIDGET (self), self->product_id,
                        g_object_get_data (G_OBJECT (strip), FIELD_KEY));
}

static void
trestle_change_detail_dispose (GObject *object)
{
  trestle_widget_dispose_template (GTK_WIDGET (object), TRESTLE_TYPE_CHANGE_DETAIL);
  G_OBJECT_CLASS (trestle_change_detail_parent_class)->dispose (object);
}

static void
trestle_change_detail_finalize (GObject *object)
{
  g_free (TRESTLE_CHANGE_DETAIL (object)->product_id);
  G_OBJECT_CLASS (trestle_change_detail_parent_class)->finalize (object);
}

static void
trestle_change_detail_class_init (TrestleChangeDetailClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = trestle_change_detail_dispose;
  G_OBJECT_CLASS (klass)->finalize = trestle_change_detail_finalize;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/dev/trestle/Trestle/widgets/trestle-change-detail.ui");
  gtk_widget_class_bind_template_child (widget_class, TrestleChangeDetail, kind_label);
  gtk_widget_class_bind_template_child (widget_class, TrestleChangeDetail, type_label);
  gtk_widget_class_bind_template_child (widget_class, TrestleChangeDetail, strips);
}

static void
trestle_change_detail_init (TrestleChangeDetail *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
trestle_change_detail_new (TrestleSubmittedChange *change, const char *product_id)
{
  TrestleChangeDetail *self = g_object_new (TRESTLE_TYPE_CHANGE_DETAIL, NULL);
  g_autoptr (GPtrArray) findings = trestle_change_words_locate (change, NULL);
  g_autofree char *kind = trestle_change_words_kind (change);
  const char *type = trestle_submitted_change_get_change_type (change);

  self->product_id = g_strdup (product_id);
  gtk_label_set_label (self->kind_label, kind);
  gtk_label_set_label (self->type_label, type != NULL ? type : "");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, kind, -1);
  gtk_widget_set_visible (GTK_WIDGET (self->strips), findings->len > 0);
  for (guint i = 0; i < findings->len; i++)
    {
      TrestleFinding *finding = g_ptr_array_index (findings, i);
      GtkWidget *strip = g_object_new (TRESTLE_TYPE_FINDING_STRIP, NULL);

      trestle_finding_strip_set_finding (TRESTLE_FINDING_STRIP (strip), finding);
      g_object_set_data_full (G_OBJECT (strip), FIELD_KEY,
                              g_strdup (trestle_finding_get_field (finding)), g_free);
      if (product_id != NULL)
        g_object_set (strip, "action-label", _ ("Open Field"), NULL);
      g_signal_connect_object (strip, "activated", G_CALLBACK (on_open_field), self, 0);
      gtk_box_append (self->strips, strip);
    }
  return GTK_WIDGET (self);
}
