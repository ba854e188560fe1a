/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "editor/trestle-editor-preview.h"

#include <adwaita.h>

#include "widgets/trestle-widget.h"

#define NARROW 300
#define WIDE 2000

struct _TrestleEditorPreview
{
  GtkWidget parent_instance;

  AdwToggleGroup *modes;
  AdwClamp *clamp;
  AdwBin *bin;
};

G_DEFINE_FINAL_TYPE (TrestleEditorPreview, trestle_editor_preview, GTK_TYPE_WIDGET)

static void
on_mode (TrestleEditorPreview *self)
{
  const char *mode = adw_toggle_group_get_active_name (self->modes);
  gboolean dark = g_strcmp0 (mode, "dark") == 0;
  gboolean narrow = g_strcmp0 (mode, "narrow") == 0;
  int size = narrow ? NARROW : WIDE;

  gtk_widget_remove_css_class (GTK_WIDGET (self->bin), dark ? "preview-light" : "preview-dark");
  gtk_widget_add_css_class (GTK_WIDGET (self->bin), dark ? "preview-dark" : "preview-light");
  adw_clamp_set_tightening_threshold (self->clamp, size);
  adw_clamp_set_maximum_size (self->clamp, size);
}

void
trestle_editor_preview_set_page (TrestleEditorPreview *self, GtkWidget *page)
{
  g_return_if_fail (TRESTLE_IS_EDITOR_PREVIEW (self));
  adw_bin_set_child (self->bin, page);
}

static void
trestle_editor_preview_dispose (GObject *object)
{
  trestle_widget_dispose_template (GTK_WIDGET (object), TRESTLE_TYPE_EDITOR_PREVIEW);
  G_OBJECT_CLASS (trestle_editor_preview_parent_class)->dispose (object);
}

static void
trestle_editor_preview_class_init (TrestleEditorPreviewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = trestle_editor_preview_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/dev/trestle/Trestle/editor/trestle-editor-preview.ui");
  gtk_widget_class_bind_template_child (widget_class, TrestleEditorPreview, modes);
  gtk_widget_class_bind_template_child (widget_class, TrestleEditorPreview, clamp);
  gtk_widget_class_bind_template_child (widget_class, TrestleEditorPreview, bin);
  gtk_widget_class_bind_template_callback (widget_class, on_mode);
}

static void
trestle_editor_preview_init (TrestleEditorPreview *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  if (adw_style_manager_get_dark (adw_style_manager_get_default ()))
    adw_toggle_group_set_active_name (self->modes, "dark");
}
