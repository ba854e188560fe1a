/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "editor/trestle-section-row.h"

#include <glib/gi18n.h>

#include "editor/trestle-section-mark.h"

struct _TrestleSectionRow
{
  GtkListBoxRow parent_instance;

  TrestleSectionMark *mark;
  GtkLabel *title;
  GtkLabel *words;

  const TrestleDraftSection *section;
  TrestleOpenDraft *open_draft;
};

G_DEFINE_FINAL_TYPE (TrestleSectionRow, trestle_section_row, GTK_TYPE_LIST_BOX_ROW)

const TrestleDraftSection *
trestle_section_row_get_section (TrestleSectionRow *self)
{
  g_return_val_if_fail (TRESTLE_IS_SECTION_ROW (self), NULL);
  return self->section;
}

void
trestle_section_row_update (TrestleSectionRow *self)
{
  TrestleSectionState state;
  g_autofree char *words = NULL;
  g_autofree char *spoken = NULL;

  g_return_if_fail (TRESTLE_IS_SECTION_ROW (self));

  trestle_section_state_read (self->section, self->open_draft, &state);
  words = trestle_section_state_dup_words (&state);
  trestle_section_mark_set (self->mark, &state);
  gtk_label_set_label (self->title, _ (self->section->title));
  gtk_label_set_label (self->words, words);
  /* Translators: a section of the editor and how far it is. */
  spoken = g_strdup_printf (_ ("%s: %s"), _ (self->section->title), words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}

static void
trestle_section_row_dispose (GObject *object)
{
  g_clear_object (&TRESTLE_SECTION_ROW (object)->open_draft);
  gtk_widget_dispose_template (GTK_WIDGET (object), TRESTLE_TYPE_SECTION_ROW);
  G_OBJECT_CLASS (trestle_section_row_parent_class)->dispose (object);
}

static void
trestle_section_row_class_init (TrestleSectionRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (TRESTLE_TYPE_SECTION_MARK);
  G_OBJECT_CLASS (klass)->dispose = trestle_section_row_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/dev/trestle/Trestle/editor/trestle-section-row.ui");
  gtk_widget_class_bind_template_child (widget_class, TrestleSectionRow, mark);
  gtk_widget_class_bind_template_child (widget_class, TrestleSectionRow, title);
  gtk_widget_class_bind_template_child (widget_class, TrestleSectionRow, words);
}

static void
trestle_section_row_init (TrestleSectionRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
trestle_section_row_new (const TrestleDraftSection *section, TrestleOpenDraft *open_draft)
{
  TrestleSectionRow *self = g_object_new (TRESTLE_TYPE_SECTION_ROW, NULL);

  self->section = section;
  self->open_draft = g_object_ref (open_draft);
  trestle_section_row_update (self);
  return GTK_WIDGET (self);
}
