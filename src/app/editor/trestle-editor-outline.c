/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "editor/trestle-editor-outline.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <stdio.h>

#include "domain/trestle-finding.h"
#include "editor/trestle-section-row.h"
#include "widgets/trestle-draft-binding.h"
#include "widgets/trestle-widget.h"

struct _TrestleEditorOutline
{
  GtkWidget parent_instance;

  GtkListBox *sections;
  GtkWidget *findings_box;
  GtkListBox *findings;

  TrestleOpenDraft *open_draft;
};

static guint section_chosen_signal;
static guint field_chosen_signal;

G_DEFINE_FINAL_TYPE (TrestleEditorOutline, trestle_editor_outline, GTK_TYPE_WIDGET)

static void
on_section_activated (TrestleEditorOutline *self, GtkListBoxRow *row)
{
  g_signal_emit (self, section_chosen_signal, 0,
                 trestle_section_row_get_section (TRESTLE_SECTION_ROW (row))->id);
}

static void
on_finding_activated (TrestleEditorOutline *self, GtkListBoxRow *row)
{
  g_autoptr (TrestleFinding) finding = g_list_model_get_item (
      trestle_open_draft_get_findings (self->open_draft), gtk_list_box_row_get_index (row));

  g_signal_emit (self, field_chosen_signal, 0, trestle_finding_get_field (finding));
}

/* Where there are several versions, each may have the same finding. */
static char *
dup_message (TrestleEditorOutline *self, TrestleFinding *finding)
{
  TrestleDraft *draft = trestle_open_draft_get_draft (self->open_draft);
  const char *message = trestle_finding_get_message (finding);
  const char *field = trestle_finding_get_field (finding);
  const char *title;
  g_autofree char *path = NULL;
  guint index;

  if (field == NULL || trestle_draft_get_length (draft, "Versions") < 2
      || sscanf (field, "Versions[%u]", &index) != 1)
    return g_strdup (message);
  path = g_strdup_printf ("Versions[%u].VersionTitle", index);
  title = trestle_draft_get_text (draft, path);
  /* Translators: the title of a version, and what is wrong with it */
  return *title != '\0' ? g_strdup_printf (_ ("%s: %s"), title, message) : g_strdup (message);
}

static GtkWidget *
create_finding (gpointer item, gpointer data)
{
  TrestleFinding *finding = item;
  TrestleSeverity severity = trestle_finding_get_severity (finding);
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *icon = trestle_widget_decoration (trestle_severity_icon (severity));
  g_autofree char *message = dup_message (data, finding);
  GtkWidget *label = gtk_label_new (message);
  g_autofree char *spoken = g_strdup_printf (_ ("%s: %s"), trestle_severity_word (severity),
                                             message);

  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  trestle_tone_set (icon, trestle_severity_tone (severity));
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_lines (GTK_LABEL (label), 3);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 20);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_set_tooltip_text (row, trestle_finding_get_fix (finding));
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), label);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  return row;
}

static void
update (TrestleEditorOutline *self)
{
  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->sections)); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    if (TRESTLE_IS_SECTION_ROW (row))
      trestle_section_row_update (TRESTLE_SECTION_ROW (row));
  gtk_widget_set_visible (
      self->findings_box,
      g_list_model_get_n_items (trestle_open_draft_get_findings (self->open_draft)) > 0);
}

void
trestle_editor_outline_set_draft (TrestleEditorOutline *self,
                                  TrestleOpenDraft *open_draft,
                                  const TrestleDraftSection *const *sections)
{
  GListModel *findings;

  g_return_if_fail (TRESTLE_IS_EDITOR_OUTLINE (self));
  g_return_if_fail (self->open_draft == NULL);

  findings = trestle_open_draft_get_findings (open_draft);
  self->open_draft = g_object_ref (open_draft);
  for (guint i = 0; sections[i] != NULL; i++)
    gtk_list_box_append (self->sections, trestle_section_row_new (sections[i], open_draft));
  gtk_list_box_bind_model (self->findings, findings, create_finding, self, NULL);
  g_signal_connect_object (findings, "items-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (trestle_open_draft_get_draft (open_draft), "changed",
                           G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}

void
trestle_editor_outline_select (TrestleEditorOutline *self, const char *id)
{
  g_return_if_fail (TRESTLE_IS_EDITOR_OUTLINE (self));

  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->sections)); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    if (TRESTLE_IS_SECTION_ROW (row)
        && g_str_equal (trestle_section_row_get_section (TRESTLE_SECTION_ROW (row))->id, id))
      gtk_list_box_select_row (self->sections, GTK_LIST_BOX_ROW (row));
}

static void
trestle_editor_outline_dispose (GObject *object)
{
  TrestleEditorOutline *self = TRESTLE_EDITOR_OUTLINE (object);

  trestle_widget_dispose_template (GTK_WIDGET (self), TRESTLE_TYPE_EDITOR_OUTLINE);
  g_clear_object (&self->open_draft);
  G_OBJECT_CLASS (trestle_editor_outline_parent_class)->dispose (object);
}

static void
trestle_editor_outline_class_init (TrestleEditorOutlineClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = trestle_editor_outline_dispose;
  section_chosen_signal = g_signal_new ("section-chosen", G_TYPE_FROM_CLASS (klass),
                                        G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                        G_TYPE_STRING);
  field_chosen_signal = g_signal_new ("field-chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                      0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/dev/trestle/Trestle/editor/trestle-editor-outline.ui");
  gtk_widget_class_bind_template_child (widget_class, TrestleEditorOutline, sections);
  gtk_widget_class_bind_template_child (widget_class, TrestleEditorOutline, findings_box);
  gtk_widget_class_bind_template_child (widget_class, TrestleEditorOutline, findings);
  gtk_widget_class_bind_template_callback (widget_class, on_section_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_finding_activated);
}

static void
trestle_editor_outline_init (TrestleEditorOutline *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
