/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "trestle-terms-group.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "base/trestle-clock.h"
#include "domain/trestle-limits.h"
#include "widgets/trestle-draft-entry.h"
#include "widgets/trestle-draft-text.h"
#include "widgets/trestle-format.h"
#include "widgets/trestle-shell.h"
#include "widgets/trestle-watch.h"
#include "widgets/trestle-widget.h"

#define TRIAL "Offer.FreeTrial"
#define EULA "Offer.Eula"

/* AWS's present text. */
#define STANDARD_VERSION "2022-07-14"

struct _TrestleTermsGroup
{
  GtkWidget parent_instance;

  AdwSwitchRow *trial;
  AdwSpinRow *days;
  TrestleDraftEntry *name;
  TrestleDraftText *words;
  TrestleDraftText *refund;
  AdwComboRow *licence;
  AdwActionRow *file;
  AdwActionRow *rise;

  TrestleOpenDraft *draft;
  DexFuture *copying;
  char *chosen; /* file that is being copied */
  gboolean updating;
};

G_DEFINE_FINAL_TYPE (TrestleTermsGroup, trestle_terms_group, GTK_TYPE_WIDGET)

static TrestleDraft *
document (TrestleTermsGroup *self)
{
  return trestle_open_draft_get_draft (self->draft);
}

static void
update_trial (TrestleTermsGroup *self)
{
  const char *text = trestle_draft_get_text (document (self), TRIAL);
  gboolean free = g_str_equal (trestle_draft_get_text (document (self), "Offer.PricingModel"),
                               "Free");
  g_autofree char *span = g_strdup_printf (
      _ ("%d to %d days, everything in it, as much as buyers like"),
      (int) trestle_limit (TRESTLE_LIMIT_TRIAL_LEAST_DAYS),
      (int) trestle_limit (TRESTLE_LIMIT_TRIAL_WEB_DAYS));
  guint days;

  adw_switch_row_set_active (self->trial, *text != '\0');
  gtk_widget_set_sensitive (GTK_WIDGET (self->trial), !free);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->trial),
                               free ? _ ("What is free needs no trial") : span);
  gtk_widget_set_visible (GTK_WIDGET (self->days), *text != '\0');
  if (trestle_clock_parse_days (text, &days))
    adw_spin_row_set_value (self->days, days);
}

static void
update_licence (TrestleTermsGroup *self)
{
  TrestleDraft *draft = document (self);
  gboolean own = g_str_equal (trestle_draft_get_text (draft, EULA ".Type"), "CustomEula");
  const char *file = trestle_draft_get_text (draft, EULA ".File");
  const char *url = trestle_draft_get_text (draft, EULA ".Url");

  adw_combo_row_set_selected (self->licence, own ? 1 : 0);
  gtk_widget_set_visible (GTK_WIDGET (self->file), own);
  adw_action_row_set_subtitle (self->file, *file != '\0'  ? file
                                           : *url != '\0' ? _ ("The text that is live")
                                                          : _ ("Choose a PDF or plain text"));
}

static void
update_rise (TrestleTermsGroup *self)
{
  gint64 last = trestle_open_draft_get_last_rise (self->draft);
  gint64 wait = trestle_limit (TRESTLE_LIMIT_PRICE_RISE_DAYS);
  gint64 next = last + wait * TRESTLE_DAY;
  g_autofree char *words = NULL;

  if (last == 0 || next <= trestle_clock_now ())
    {
      words = g_strdup_printf (_ ("Prices may rise now; the next rise is then possible after %d "
                                  "days. Cuts are always open."),
                               (int) wait);
    }
  else
    {
      g_autofree char *day = trestle_format_day (next);
      g_autofree char *of = trestle_format_day (last);

      words = g_strdup_printf (_ ("From %s: %d days after the rise of %s. Cuts are always open."),
                               day, (int) wait, of);
    }
  adw_action_row_set_subtitle (self->rise, words);
}

static void
update (TrestleTermsGroup *self)
{
  self->updating = TRUE;
  update_trial (self);
  update_licence (self);
  update_rise (self);
  self->updating = FALSE;
}

static void
draft_changed_cb (TrestleTermsGroup *self, const char *path)
{
  if (*path == '\0' || g_str_has_prefix (path, "Offer"))
    update (self);
}

static void
set_days (TrestleTermsGroup *self, int days)
{
  g_autofree char *text = days > 0 ? g_strdup_printf ("P%dD", days) : NULL;

  trestle_draft_set_text (document (self), TRIAL, text);
}

static void
on_trial (TrestleTermsGroup *self)
{
  if (self->draft != NULL && !self->updating)
    set_days (self, adw_switch_row_get_active (self->trial)
                        ? (int) trestle_limit (TRESTLE_LIMIT_TRIAL_ADVISED_LEAST_DAYS)
                        : 0);
}

static void
on_days (TrestleTermsGroup *self)
{
  if (self->draft != NULL && !self->updating && adw_switch_row_get_active (self->trial))
    set_days (self, (int) adw_spin_row_get_value (self->days));
}

static void
on_licence (TrestleTermsGroup *self)
{
  TrestleDraft *draft;
  gboolean own;

  if (self->draft == NULL || self->updating)
    return;
  draft = document (self);
  own = adw_combo_row_get_selected (self->licence) == 1;
  self->updating = TRUE; /* between the two changes the draft says neither */
  trestle_draft_set_text (draft, EULA ".Type", own ? "CustomEula" : "StandardEula");
  trestle_draft_set_text (draft, EULA ".Version", own ? NULL : STANDARD_VERSION);
  if (!own)
    {
      trestle_draft_set_text (draft, EULA ".File", NULL);
      trestle_draft_set_text (draft, EULA ".Url", NULL);
    }
  self->updating = FALSE;
  update (self);
}

/* The text goes with the draft: a copy of it is beside the draft's file. */
static char *
dup_companion (TrestleTermsGroup *self, GFile *file)
{
  g_autofree char *name = g_file_get_basename (file);
  g_autofree char *folder = g_path_get_dirname (trestle_open_draft_get_path (self->draft));

  return g_build_filename (folder, name, NULL);
}

static void
take_name (TrestleTermsGroup *self)
{
  trestle_draft_set_text (document (self), EULA ".Url", NULL);
  trestle_draft_set_text (document (self), EULA ".File", self->chosen);
}

static void
on_copied (gpointer owner, const GValue *value, const GError *error)
{
  if (error != NULL)
    trestle_shell_problem (owner, _ ("take the licence’s text"), error);
  else
    take_name (owner);
}

static void
open_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (TrestleTermsGroup) self = data;
  g_autoptr (GFile) file = gtk_file_dialog_open_finish (GTK_FILE_DIALOG (source), result, NULL);
  g_autoptr (GFile) copy = NULL;
  g_autofree char *path = NULL;

  if (file == NULL)
    return;
  path = dup_companion (self, file);
  copy = g_file_new_for_path (path);
  g_free (self->chosen);
  self->chosen = g_file_get_basename (file);
  if (g_file_equal (file, copy))
    take_name (self);
  else
    trestle_watch (self, &self->copying,
                   dex_file_copy (file, copy, G_FILE_COPY_OVERWRITE, G_PRIORITY_DEFAULT),
                   on_copied);
}

static void
on_choose (TrestleTermsGroup *self)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  gtk_file_dialog_set_title (dialog, _ ("Choose the Licence’s Text"));
  gtk_file_filter_set_name (filter, _ ("PDF and plain text"));
  gtk_file_filter_add_mime_type (filter, "application/pdf");
  gtk_file_filter_add_mime_type (filter, "text/plain");
  gtk_file_dialog_set_default_filter (dialog, filter);
  gtk_file_dialog_open (dialog, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), NULL, open_cb,
                        g_object_ref (self));
}

static void
trestle_terms_group_dispose (GObject *object)
{
  TrestleTermsGroup *self = TRESTLE_TERMS_GROUP (object);

  dex_clear (&self->copying);
  g_clear_pointer (&self->chosen, g_free);
  trestle_widget_dispose_template (GTK_WIDGET (self), TRESTLE_TYPE_TERMS_GROUP);
  g_clear_object (&self->draft);
  G_OBJECT_CLASS (trestle_terms_group_parent_class)->dispose (object);
}

static void
trestle_terms_group_class_init (TrestleTermsGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (TRESTLE_TYPE_DRAFT_ENTRY);
  g_type_ensure (TRESTLE_TYPE_DRAFT_TEXT);
  G_OBJECT_CLASS (klass)->dispose = trestle_terms_group_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/dev/trestle/Trestle/pricing/trestle-terms-group.ui");
  gtk_widget_class_bind_template_child (widget_class, TrestleTermsGroup, trial);
  gtk_widget_class_bind_template_child (widget_class, TrestleTermsGroup, days);
  gtk_widget_class_bind_template_child (widget_class, TrestleTermsGroup, name);
  gtk_widget_class_bind_template_child (widget_class, TrestleTermsGroup, words);
  gtk_widget_class_bind_template_child (widget_class, TrestleTermsGroup, refund);
  gtk_widget_class_bind_template_child (widget_class, TrestleTermsGroup, licence);
  gtk_widget_class_bind_template_child (widget_class, TrestleTermsGroup, file);
  gtk_widget_class_bind_template_child (widget_class, TrestleTermsGroup, rise);
  gtk_widget_class_bind_template_callback (widget_class, on_trial);
  gtk_widget_class_bind_template_callback (widget_class, on_days);
  gtk_widget_class_bind_template_callback (widget_class, on_licence);
  gtk_widget_class_bind_template_callback (widget_class, on_choose);
}

static void
trestle_terms_group_init (TrestleTermsGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  adw_spin_row_set_range (self->days, (double) trestle_limit (TRESTLE_LIMIT_TRIAL_LEAST_DAYS),
                          (double) trestle_limit (TRESTLE_LIMIT_TRIAL_WEB_DAYS));
  gtk_adjustment_set_step_increment (adw_spin_row_get_adjustment (self->days), 1);
}

void
trestle_terms_group_set_draft (TrestleTermsGroup *self, TrestleOpenDraft *draft)
{
  g_return_if_fail (TRESTLE_IS_TERMS_GROUP (self) && self->draft == NULL);

  self->draft = g_object_ref (draft);
  g_object_set (self->name, "open-draft", draft, NULL);
  g_object_set (self->words, "open-draft", draft, NULL);
  g_object_set (self->refund, "open-draft", draft, NULL);
  g_signal_connect_object (document (self), "changed", G_CALLBACK (draft_changed_cb), self,
                           G_CONNECT_SWAPPED);
  update (self);
}
