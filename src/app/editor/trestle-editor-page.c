/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "editor/trestle-editor-page.h"

#include <glib/gi18n.h>

#include "base/trestle-future.h"
#include "editor/trestle-editor-outline.h"
#include "editor/trestle-editor-preview.h"
#include "editor/trestle-editor-words.h"
#include "editor/trestle-history-dialog.h"
#include "editor/trestle-section-mark.h"
#include "widgets/trestle-draft-binding.h"
#include "widgets/trestle-edit.h"
#include "widgets/trestle-page-state.h"
#include "widgets/trestle-shell.h"
#include "widgets/trestle-watch.h"

struct _TrestleEditorPage
{
  AdwNavigationPage parent_instance;

  AdwWindowTitle *wide_title;
  AdwWindowTitle *narrow_title;
  GtkButton *review_button;
  TrestlePageState *state;
  AdwBottomSheet *sheet;
  AdwOverlaySplitView *split;
  TrestleEditorPreview *preview;
  TrestleEditorOutline *outline;
  TrestleEditorOutline *sheet_outline;
  GtkStack *forms;
  GtkWidget *foot;
  TrestleSectionMark *foot_mark;
  GtkLabel *foot_place;
  GtkLabel *foot_words;
  GtkButton *foot_review;

  TrestleSession *session;
  char *name;
  char *field; /* to be shown once it is open */
  const TrestleDraftSection *const *sections;
  TrestlePreviewFunc create_preview;
  TrestlePreviewFunc create_card;
  TrestleOpenDraft *open_draft;
  guint current;
  gboolean without_preview; /* as the person wants it beside narrow forms */
  DexFuture *open;
};

G_DEFINE_FINAL_TYPE (TrestleEditorPage, trestle_editor_page, ADW_TYPE_NAVIGATION_PAGE)

TrestleOpenDraft *
trestle_editor_page_get_draft (TrestleEditorPage *self)
{
  g_return_val_if_fail (TRESTLE_IS_EDITOR_PAGE (self), NULL);
  return self->open_draft;
}

/* --- Head and foot ------------------------------------------------------------------------ */

static void
update_review (TrestleEditorPage *self)
{
  g_autofree char *label = NULL;
  g_autofree char *brief = NULL;
  guint n;

  g_object_get (self->open_draft, "n-changes", &n, NULL);
  label = n == 0
              ? g_strdup (_ ("No Changes"))
              : g_strdup_printf (g_dngettext (NULL, "Review %u Change", "Review %u Changes", n), n);
  brief = n == 0 ? g_strdup (_ ("No Changes")) : g_strdup_printf (_ ("Review %u"), n);
  gtk_button_set_label (self->review_button, label);
  gtk_button_set_label (self->foot_review, brief);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "editor.review", n > 0);
}

static void
update (TrestleEditorPage *self)
{
  const TrestleDraftSection *section = self->sections[self->current];
  TrestleSectionState state;
  g_autofree char *title = trestle_editor_dup_title (self->open_draft);
  g_autofree char *saved = trestle_editor_dup_state (self->open_draft);
  g_autofree char *below = g_strdup_printf ("%s · %s", title, saved);
  g_autofree char *words = NULL;
  g_autofree char *place = NULL;
  guint n = 0;

  while (self->sections[n] != NULL)
    n++;
  adw_navigation_page_set_title (ADW_NAVIGATION_PAGE (self), title);
  adw_window_title_set_title (self->wide_title, title);
  adw_window_title_set_subtitle (self->wide_title, saved);
  adw_window_title_set_title (self->narrow_title, _ (section->title));
  adw_window_title_set_subtitle (self->narrow_title, below);
  trestle_section_state_read (section, self->open_draft, &state);
  words = trestle_section_state_dup_words (&state);
  place = g_strdup_printf (_ ("%u of %u"), self->current + 1, n);
  trestle_section_mark_set (self->foot_mark, &state);
  gtk_label_set_label (self->foot_place, place);
  gtk_label_set_label (self->foot_words, words);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "editor.previous", self->current > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "editor.next", self->current + 1 < n);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "editor.first-error",
                                 trestle_open_draft_get_n_errors (self->open_draft) > 0);
  update_review (self);
}

/* --- Sections ----------------------------------------------------------------------------- */

/* Forms are made when they are first shown. */
static GtkWidget *
ensure_form (TrestleEditorPage *self, const TrestleDraftSection *section)
{
  GtkWidget *form = gtk_stack_get_child_by_name (self->forms, section->id);

  if (form == NULL)
    {
      form = section->create (self->session, self->open_draft);
      gtk_stack_add_named (self->forms, form, section->id);
    }
  return form;
}

static GtkWidget *
show_section (TrestleEditorPage *self, guint index)
{
  const TrestleDraftSection *section = self->sections[index];
  GtkWidget *form = ensure_form (self, section);

  self->current = index;
  /* a table needs the width; what is collapsed is opened when somebody asks for it */
  if (!adw_overlay_split_view_get_collapsed (self->split))
    adw_overlay_split_view_set_show_sidebar (self->split, !section->wide && !self->without_preview);
  gtk_stack_set_visible_child (self->forms, form);
  trestle_editor_outline_select (self->outline, section->id);
  trestle_editor_outline_select (self->sheet_outline, section->id);
  adw_bottom_sheet_set_open (self->sheet, FALSE);
  update (self);
  return form;
}

static void
on_section_chosen (TrestleEditorPage *self, const char *id)
{
  for (guint i = 0; self->sections[i] != NULL; i++)
    if (g_str_equal (self->sections[i]->id, id))
      show_section (self, i);
}

void
trestle_editor_page_show_field (TrestleEditorPage *self, const char *path)
{
  g_return_if_fail (TRESTLE_IS_EDITOR_PAGE (self));

  if (self->open_draft == NULL || path == NULL)
    return;
  for (guint i = 0; self->sections[i] != NULL; i++)
    {
      GtkWidget *form;

      if (!trestle_draft_section_has (self->sections[i], path))
        continue;
      form = show_section (self, i);
      if (self->sections[i]->show != NULL)
        self->sections[i]->show (form, path);
      trestle_draft_focus (form, path);
      return;
    }
  /* of the product as a whole, or of what has no field here: what buyers read first */
  show_section (self, 0);
}

static void
on_field_chosen (TrestleEditorPage *self, const char *path)
{
  adw_bottom_sheet_set_open (self->sheet, FALSE);
  trestle_editor_page_show_field (self, path);
}

static void
on_sections (TrestleEditorPage *self)
{
  adw_bottom_sheet_set_open (self->sheet, TRUE);
}

/* --- Actions ------------------------------------------------------------------------------ */

static void
section_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  on_section_chosen (TRESTLE_EDITOR_PAGE (widget), g_variant_get_string (parameter, NULL));
}

static void
field_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  trestle_editor_page_show_field (TRESTLE_EDITOR_PAGE (widget),
                                  g_variant_get_string (parameter, NULL));
}

static void
previous_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TrestleEditorPage *self = TRESTLE_EDITOR_PAGE (widget);

  if (self->current > 0)
    show_section (self, self->current - 1);
}

static void
next_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TrestleEditorPage *self = TRESTLE_EDITOR_PAGE (widget);

  if (self->sections[self->current + 1] != NULL)
    show_section (self, self->current + 1);
}

static void
first_error_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TrestleEditorPage *self = TRESTLE_EDITOR_PAGE (widget);
  g_autoptr (TrestleFinding) finding = trestle_editor_find_error (self->open_draft);

  if (finding != NULL)
    trestle_editor_page_show_field (self, trestle_finding_get_field (finding));
}

static void
review_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TrestleEditorPage *self = TRESTLE_EDITOR_PAGE (widget);

  trestle_shell_open (widget, "review", trestle_open_draft_get_path (self->open_draft));
}

static void
on_preview_clicked (TrestleEditorPage *self)
{
  if (!adw_overlay_split_view_get_collapsed (self->split) && !self->sections[self->current]->wide)
    self->without_preview = !adw_overlay_split_view_get_show_sidebar (self->split);
}

static void
preview_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TrestleEditorPage *self = TRESTLE_EDITOR_PAGE (widget);

  adw_overlay_split_view_set_show_sidebar (self->split,
                                           !adw_overlay_split_view_get_show_sidebar (self->split));
  on_preview_clicked (self);
}

static void
update_past (TrestleEditorPage *self)
{
  TrestleDraftPast *past = trestle_open_draft_get_past (self->open_draft);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "editor.undo",
                                 trestle_draft_past_can_undo (past));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "editor.redo",
                                 trestle_draft_past_can_redo (past));
}

/* What was changed back is shown, wherever it is. */
static void
undo_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TrestleEditorPage *self = TRESTLE_EDITOR_PAGE (widget);
  TrestleDraftPast *past = trestle_open_draft_get_past (self->open_draft);
  g_autofree char *path = g_str_equal (name, "editor.undo") ? trestle_draft_past_undo (past)
                                                            : trestle_draft_past_redo (past);

  if (path != NULL && *path != '\0')
    trestle_editor_page_show_field (self, path);
}

static void
history_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TrestleEditorPage *self = TRESTLE_EDITOR_PAGE (widget);

  adw_dialog_present (trestle_history_dialog_new (self->open_draft), widget);
}

static void
open_file_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TrestleEditorPage *self = TRESTLE_EDITOR_PAGE (widget);
  g_autoptr (GFile) file = g_file_new_for_path (trestle_open_draft_get_path (self->open_draft));
  g_autoptr (GtkFileLauncher) launcher = gtk_file_launcher_new (file);

  gtk_file_launcher_launch (launcher, GTK_WINDOW (gtk_widget_get_root (widget)), NULL, NULL, NULL);
}

static void
export_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TrestleEditorPage *self = TRESTLE_EDITOR_PAGE (widget);

  trestle_edit_export (widget, trestle_open_draft_get_path (self->open_draft));
}

static void
copy_path_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TrestleEditorPage *self = TRESTLE_EDITOR_PAGE (widget);

  trestle_shell_copy (widget, trestle_open_draft_get_path (self->open_draft), _ ("Path copied"));
}

static void
refresh_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TrestleEditorPage *self = TRESTLE_EDITOR_PAGE (widget);

  if (self->open_draft != NULL)
    trestle_future_report (trestle_open_draft_check (self->open_draft), "check the draft");
}

/* --- Opening ------------------------------------------------------------------------------ */

static void
enable_actions (TrestleEditorPage *self, gboolean enabled)
{
  static const char *const actions[] = {
    "editor.section", "editor.field",       "editor.previous",  "editor.next",
    "editor.review",  "editor.preview",     "editor.open-file", "editor.copy-path",
    "page.refresh",   "editor.first-error", "editor.history",   "editor.export",
  };

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), actions[i], enabled);
}

/* Nobody is to wonder where a text came from, or went. */
static void
on_changed_outside (TrestleEditorPage *self, gboolean taken)
{
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  trestle_shell_toast (
      GTK_WIDGET (self),
      taken ? _ ("Another program changed the draft; what it was before is in its history")
            : _ ("Another program wrote the draft at the same time; its text is in the history"));
}

static void
on_open (gpointer owner, const GValue *value, const GError *error)
{
  TrestleEditorPage *self = owner;

  if (error != NULL)
    {
      trestle_page_state_fail (self->state, _ ("open the draft"), error);
      return;
    }
  self->open_draft = g_value_dup_object (value);
  enable_actions (self, TRUE);
  trestle_editor_outline_set_draft (self->outline, self->open_draft, self->sections);
  trestle_editor_outline_set_draft (self->sheet_outline, self->open_draft, self->sections);
  trestle_editor_preview_set_draft (self->preview, self->open_draft,
                                    self->create_preview (self->session, self->open_draft),
                                    self->create_card (self->session, self->open_draft));
  g_signal_connect_object (trestle_open_draft_get_past (self->open_draft), "notify",
                           G_CALLBACK (update_past), self, G_CONNECT_SWAPPED);
  update_past (self);
  g_signal_connect_object (self->open_draft, "notify", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (trestle_open_draft_get_draft (self->open_draft), "changed",
                           G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->open_draft, "changed-outside", G_CALLBACK (on_changed_outside),
                           self, G_CONNECT_SWAPPED);
  show_section (self, 0);
  trestle_page_state_set_state (self->state, TRESTLE_PAGE_CONTENT);
  trestle_future_report (trestle_open_draft_check (self->open_draft), "check the draft");
  if (self->field != NULL)
    trestle_editor_page_show_field (self, self->field);
}

static void
load (TrestleEditorPage *self)
{
  trestle_page_state_set_state (self->state, TRESTLE_PAGE_LOADING);
  trestle_watch (self, &self->open,
                 trestle_drafts_open (trestle_session_get_drafts (self->session), self->name),
                 on_open);
}

static void
on_retry (TrestleEditorPage *self)
{
  load (self);
}

static void
cover_meter (TrestleEditorPage *self)
{
  trestle_shell_cover_meter (GTK_WIDGET (self), gtk_widget_get_visible (self->foot)
                                                    && gtk_widget_get_mapped (GTK_WIDGET (self)));
}

static void
trestle_editor_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (trestle_editor_page_parent_class)->map (widget);
  cover_meter (TRESTLE_EDITOR_PAGE (widget));
}

static void
trestle_editor_page_unmap (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (trestle_editor_page_parent_class)->unmap (widget);
  cover_meter (TRESTLE_EDITOR_PAGE (widget));
}

static void
trestle_editor_page_dispose (GObject *object)
{
  TrestleEditorPage *self = TRESTLE_EDITOR_PAGE (object);

  dex_clear (&self->open);
  gtk_widget_dispose_template (GTK_WIDGET (self), TRESTLE_TYPE_EDITOR_PAGE);
  g_clear_object (&self->open_draft);
  g_clear_object (&self->session);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->field, g_free);
  G_OBJECT_CLASS (trestle_editor_page_parent_class)->dispose (object);
}

static void
trestle_editor_page_class_init (TrestleEditorPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (TRESTLE_TYPE_EDITOR_OUTLINE);
  g_type_ensure (TRESTLE_TYPE_EDITOR_PREVIEW);
  g_type_ensure (TRESTLE_TYPE_PAGE_STATE);
  g_type_ensure (TRESTLE_TYPE_SECTION_MARK);
  G_OBJECT_CLASS (klass)->dispose = trestle_editor_page_dispose;
  widget_class->map = trestle_editor_page_map;
  widget_class->unmap = trestle_editor_page_unmap;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/dev/trestle/Trestle/editor/trestle-editor-page.ui");
  gtk_widget_class_bind_template_child (widget_class, TrestleEditorPage, wide_title);
  gtk_widget_class_bind_template_child (widget_class, TrestleEditorPage, narrow_title);
  gtk_widget_class_bind_template_child (widget_class, TrestleEditorPage, review_button);
  gtk_widget_class_bind_template_child (widget_class, TrestleEditorPage, state);
  gtk_widget_class_bind_template_child (widget_class, TrestleEditorPage, sheet);
  gtk_widget_class_bind_template_child (widget_class, TrestleEditorPage, split);
  gtk_widget_class_bind_template_child (widget_class, TrestleEditorPage, preview);
  gtk_widget_class_bind_template_child (widget_class, TrestleEditorPage, outline);
  gtk_widget_class_bind_template_child (widget_class, TrestleEditorPage, sheet_outline);
  gtk_widget_class_bind_template_child (widget_class, TrestleEditorPage, forms);
  gtk_widget_class_bind_template_child (widget_class, TrestleEditorPage, foot);
  gtk_widget_class_bind_template_child (widget_class, TrestleEditorPage, foot_mark);
  gtk_widget_class_bind_template_child (widget_class, TrestleEditorPage, foot_place);
  gtk_widget_class_bind_template_child (widget_class, TrestleEditorPage, foot_words);
  gtk_widget_class_bind_template_child (widget_class, TrestleEditorPage, foot_review);
  gtk_widget_class_bind_template_callback (widget_class, on_retry);
  gtk_widget_class_bind_template_callback (widget_class, on_section_chosen);
  gtk_widget_class_bind_template_callback (widget_class, on_field_chosen);
  gtk_widget_class_bind_template_callback (widget_class, on_sections);
  gtk_widget_class_bind_template_callback (widget_class, on_preview_clicked);
  gtk_widget_class_install_action (widget_class, "editor.section", "s", section_action);
  gtk_widget_class_install_action (widget_class, "editor.field", "s", field_action);
  gtk_widget_class_install_action (widget_class, "editor.previous", NULL, previous_action);
  gtk_widget_class_install_action (widget_class, "editor.next", NULL, next_action);
  gtk_widget_class_install_action (widget_class, "editor.first-error", NULL, first_error_action);
  gtk_widget_class_install_action (widget_class, "editor.review", NULL, review_action);
  gtk_widget_class_install_action (widget_class, "editor.preview", NULL, preview_action);
  gtk_widget_class_install_action (widget_class, "editor.undo", NULL, undo_action);
  gtk_widget_class_install_action (widget_class, "editor.redo", NULL, undo_action);
  gtk_widget_class_install_action (widget_class, "editor.history", NULL, history_action);
  gtk_widget_class_install_action (widget_class, "editor.open-file", NULL, open_file_action);
  gtk_widget_class_install_action (widget_class, "editor.copy-path", NULL, copy_path_action);
  gtk_widget_class_install_action (widget_class, "editor.export", NULL, export_action);
  gtk_widget_class_install_action (widget_class, "page.refresh", NULL, refresh_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F9, 0, "editor.preview", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_z, GDK_CONTROL_MASK, "editor.undo",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_z, GDK_CONTROL_MASK | GDK_SHIFT_MASK,
                                       "editor.redo", NULL);
}

static void
trestle_editor_page_init (TrestleEditorPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  enable_actions (self, FALSE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "editor.undo", FALSE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "editor.redo", FALSE);
  g_signal_connect_object (self->foot, "notify::visible", G_CALLBACK (cover_meter), self,
                           G_CONNECT_SWAPPED);
}

GtkWidget *
trestle_editor_page_new (TrestleSession *session,
                         const char *draft,
                         const TrestleDraftSection *const *sections,
                         TrestlePreviewFunc preview,
                         TrestlePreviewFunc card)
{
  TrestleEditorPage *self = g_object_new (TRESTLE_TYPE_EDITOR_PAGE, NULL);
  g_auto (GStrv) parts = g_strsplit (draft != NULL ? draft : "", "\n", 2);

  self->session = g_object_ref (session);
  self->name = g_strdup (parts[0] != NULL ? parts[0] : "");
  self->field = parts[0] != NULL ? g_strdup (parts[1]) : NULL;
  self->sections = sections;
  self->create_preview = preview;
  self->create_card = card;
  load (self);
  return GTK_WIDGET (self);
}
