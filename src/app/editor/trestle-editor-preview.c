/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "editor/trestle-editor-preview.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "domain/trestle-difference.h"
#include "editor/trestle-difference-lines.h"

#include "widgets/trestle-widget.h"

#define NARROW 300
#define WIDE 2000

struct _TrestleEditorPreview
{
  GtkWidget parent_instance;

  AdwToggleGroup *modes;
  GtkMenuButton *differences_button;
  GtkListBox *differences;
  AdwClamp *clamp;
  GtkWidget *bin;
  AdwBin *page;
  GtkBox *card;

  TrestleOpenDraft *open_draft;
};

G_DEFINE_FINAL_TYPE (TrestleEditorPreview, trestle_editor_preview, GTK_TYPE_WIDGET)

static void
on_mode (TrestleEditorPreview *self)
{
  const char *mode = adw_toggle_group_get_active_name (self->modes);
  gboolean dark = g_strcmp0 (mode, "dark") == 0;
  gboolean narrow = g_strcmp0 (mode, "narrow") == 0;
  int size = narrow ? NARROW : WIDE;

  gtk_widget_remove_css_class (self->bin, dark ? "preview-light" : "preview-dark");
  gtk_widget_add_css_class (self->bin, dark ? "preview-dark" : "preview-light");
  adw_clamp_set_tightening_threshold (self->clamp, size);
  adw_clamp_set_maximum_size (self->clamp, size);
}

static void
on_difference (TrestleEditorPreview *self, GtkListBoxRow *row)
{
  gtk_menu_button_popdown (self->differences_button);
  gtk_widget_activate_action (GTK_WIDGET (self), "editor.field", "s",
                              (const char *) g_object_get_data (G_OBJECT (row), "field"));
}

static void
add_difference (TrestleEditorPreview *self, TrestleDifference *difference)
{
  const char *live = trestle_difference_get_theirs (difference);
  GtkWidget *row = trestle_difference_lines_new_row (
      trestle_difference_get_label (difference), live, trestle_difference_get_mine (difference));

  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), "field",
                          g_strdup (trestle_difference_get_path (difference)), g_free);
  gtk_list_box_append (self->differences, row);
}

/* Only what is live can be compared; a new listing is new from end to end. */
static void
update_differences (TrestleEditorPreview *self)
{
  gboolean live = trestle_open_draft_get_live (self->open_draft) != NULL;
  g_autoptr (GPtrArray) found = live ? trestle_open_draft_diff (self->open_draft)
                                     : g_ptr_array_new ();
  g_autofree char *label = NULL;

  gtk_list_box_remove_all (self->differences);
  for (guint i = 0; i < found->len; i++)
    add_difference (self, found->pdata[i]);
  label = found->len == 0 ? g_strdup (_ ("As it is live"))
                          : g_strdup_printf (g_dngettext (NULL, "%u field differs from live",
                                                          "%u fields differ from live", found->len),
                                             found->len);
  gtk_menu_button_set_label (self->differences_button, label);
  gtk_widget_set_visible (GTK_WIDGET (self->differences_button), live);
  gtk_widget_set_sensitive (GTK_WIDGET (self->differences_button), found->len > 0);
}

void
trestle_editor_preview_set_draft (TrestleEditorPreview *self,
                                  TrestleOpenDraft *open_draft,
                                  GtkWidget *page,
                                  GtkWidget *card)
{
  g_return_if_fail (TRESTLE_IS_EDITOR_PREVIEW (self) && self->open_draft == NULL);

  self->open_draft = g_object_ref (open_draft);
  adw_bin_set_child (self->page, page);
  gtk_box_append (self->card, card);
  g_signal_connect_object (open_draft, "linted", G_CALLBACK (update_differences), self,
                           G_CONNECT_SWAPPED);
  update_differences (self);
}

static void
trestle_editor_preview_dispose (GObject *object)
{
  trestle_widget_dispose_template (GTK_WIDGET (object), TRESTLE_TYPE_EDITOR_PREVIEW);
  g_clear_object (&TRESTLE_EDITOR_PREVIEW (object)->open_draft);
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
  gtk_widget_class_bind_template_child (widget_class, TrestleEditorPreview, differences_button);
  gtk_widget_class_bind_template_child (widget_class, TrestleEditorPreview, differences);
  gtk_widget_class_bind_template_child (widget_class, TrestleEditorPreview, clamp);
  gtk_widget_class_bind_template_child (widget_class, TrestleEditorPreview, page);
  gtk_widget_class_bind_template_child (widget_class, TrestleEditorPreview, card);
  gtk_widget_class_bind_template_child (widget_class, TrestleEditorPreview, bin);
  gtk_widget_class_bind_template_callback (widget_class, on_mode);
  gtk_widget_class_bind_template_callback (widget_class, on_difference);
}

static void
trestle_editor_preview_init (TrestleEditorPreview *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  if (adw_style_manager_get_dark (adw_style_manager_get_default ()))
    adw_toggle_group_set_active_name (self->modes, "dark");
}
