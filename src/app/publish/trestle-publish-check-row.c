/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "trestle-publish-check-row.h"

#include <glib/gi18n.h>

#include "widgets/trestle-badge.h"
#include "widgets/trestle-edit.h"
#include "widgets/trestle-shell.h"

#define FIELD_PREFIX "field:"
#define SECTION_PREFIX "section:"
#define CONTAINER_PREFIX "container:"

struct _TrestlePublishCheckRow
{
  AdwActionRow parent_instance;

  GtkImage *icon;
  GtkButton *button;

  TrestlePublishPoint *point;
  char *product_id;
};

G_DEFINE_FINAL_TYPE (TrestlePublishCheckRow, trestle_publish_check_row, ADW_TYPE_ACTION_ROW)

static void
on_clicked (TrestlePublishCheckRow *self)
{
  const char *target = trestle_publish_point_get_target (self->point);
  g_autoptr (GtkUriLauncher) launcher = NULL;

  if (g_str_has_prefix (target, FIELD_PREFIX))
    trestle_edit_product (GTK_WIDGET (self), self->product_id, target + strlen (FIELD_PREFIX));
  else if (g_str_has_prefix (target, SECTION_PREFIX))
    gtk_widget_activate_action (GTK_WIDGET (self), "win.show-section", "s",
                                target + strlen (SECTION_PREFIX));
  else if (g_str_has_prefix (target, CONTAINER_PREFIX))
    trestle_shell_open (GTK_WIDGET (self), "container", target + strlen (CONTAINER_PREFIX));
  else
    {
      launcher = gtk_uri_launcher_new (target);
      gtk_uri_launcher_launch (launcher, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), NULL,
                               NULL, NULL);
    }
}

static void
trestle_publish_check_row_dispose (GObject *object)
{
  TrestlePublishCheckRow *self = TRESTLE_PUBLISH_CHECK_ROW (object);

  g_clear_object (&self->point);
  g_clear_pointer (&self->product_id, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), TRESTLE_TYPE_PUBLISH_CHECK_ROW);
  G_OBJECT_CLASS (trestle_publish_check_row_parent_class)->dispose (object);
}

static void
trestle_publish_check_row_class_init (TrestlePublishCheckRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = trestle_publish_check_row_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/dev/trestle/Trestle/publish/trestle-publish-check-row.ui");
  gtk_widget_class_bind_template_child (widget_class, TrestlePublishCheckRow, icon);
  gtk_widget_class_bind_template_child (widget_class, TrestlePublishCheckRow, button);
  gtk_widget_class_bind_template_callback (widget_class, on_clicked);
}

static void
trestle_publish_check_row_init (TrestlePublishCheckRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
trestle_publish_check_row_new (TrestlePublishPoint *point, const char *product_id)
{
  static const struct
  {
    const char *icon;
    TrestleTone tone;
  } marks[] = {
    [TRESTLE_PUBLISH_MARK_DONE] = { "object-select-symbolic", TRESTLE_TONE_SUCCESS },
    [TRESTLE_PUBLISH_MARK_HERE] = { "content-loading-symbolic", TRESTLE_TONE_ACCENT },
    [TRESTLE_PUBLISH_MARK_BLOCKED] = { "dialog-error-symbolic", TRESTLE_TONE_ERROR },
    [TRESTLE_PUBLISH_MARK_LATER] = { "content-loading-symbolic", TRESTLE_TONE_PLAIN },
    [TRESTLE_PUBLISH_MARK_LOOK] = { "dialog-warning-symbolic", TRESTLE_TONE_WARNING },
    [TRESTLE_PUBLISH_MARK_UNKNOWN] = { "dialog-question-symbolic", TRESTLE_TONE_PLAIN },
  };
  TrestlePublishCheckRow *self = g_object_new (TRESTLE_TYPE_PUBLISH_CHECK_ROW, NULL);
  TrestlePublishMark mark = trestle_publish_point_get_mark (point);
  const char *detail = trestle_publish_point_get_detail (point);
  const char *button = trestle_publish_point_get_button (point);

  self->point = g_object_ref (point);
  self->product_id = g_strdup (product_id);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self),
                                 trestle_publish_point_get_title (point));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), detail != NULL ? detail : "");
  gtk_image_set_from_icon_name (self->icon, marks[mark].icon);
  trestle_tone_set (GTK_WIDGET (self->icon), marks[mark].tone);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->icon), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  trestle_publish_mark_word (mark), -1);
  gtk_widget_set_visible (GTK_WIDGET (self->button), button != NULL);
  if (button != NULL)
    gtk_button_set_label (self->button, button);
  return GTK_WIDGET (self);
}
