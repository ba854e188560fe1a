/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "versions/trestle-sample-group.h"

#include <glib/gi18n.h>

#include "widgets/trestle-badge.h"
#include "widgets/trestle-finding-strip.h"
#include "widgets/trestle-format.h"
#include "widgets/trestle-watch.h"
#include "workbench/trestle-workbench-error.h"
#include "workbench/trestle-sample-trials.h"

struct _TrestleSampleGroup
{
  AdwPreferencesGroup parent_instance;

  GtkEditable *address;
  GtkWidget *try_button;
  GtkListBox *list;
  TrestleFindingStrip *strip;

  TrestleSession *session;
  TrestleOpenDraft *open_draft;
  guint index;
  DexFuture *trying;
};

G_DEFINE_FINAL_TYPE (TrestleSampleGroup, trestle_sample_group, ADW_TYPE_PREFERENCES_GROUP)

static void
on_use (TrestleSampleGroup *self, GtkWidget *button)
{
  TrestleSampleTrial *trial = g_object_get_data (G_OBJECT (button), "trial");
  TrestleDraft *draft = trestle_open_draft_get_draft (self->open_draft);
  g_autofree char *base = g_strdup_printf ("Versions[%u].OutputProperties.SampleOutput.%s",
                                           self->index, trestle_sample_trial_get_part (trial));
  g_autofree char *text = g_strconcat (base, "Text", NULL);
  g_autofree char *url = g_strconcat (base, "Url", NULL);

  trestle_draft_set_text (draft, url, NULL);
  trestle_draft_set_text (draft, text, trestle_sample_trial_get_answer (trial));
  gtk_widget_set_sensitive (button, FALSE);
}

static const char *
judge (TrestleSampleTrial *trial, TrestleTone *tone)
{
  *tone = TRESTLE_TONE_ERROR;
  if (trestle_sample_trial_get_problem (trial) != NULL)
    return _ ("Failed");
  *tone = TRESTLE_TONE_SUCCESS;
  if (trestle_sample_trial_get_matches (trial))
    return _ ("Matches");
  *tone = TRESTLE_TONE_WARNING;
  return trestle_sample_trial_get_promised (trial) ? _ ("Differs") : _ ("No Sample Output");
}

static GtkWidget *
create_row (gpointer item, gpointer data)
{
  TrestleSampleTrial *trial = item;
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *badge = gtk_label_new (NULL);
  const char *problem = trestle_sample_trial_get_problem (trial);
  g_autofree char *took = trestle_format_duration (trestle_sample_trial_get_latency (trial));
  g_autofree char *words = problem != NULL
                               ? g_strdup (problem)
                               : g_strdup_printf (_ ("Sent as %s · answered in %s"),
                                                  trestle_sample_trial_get_content_type (trial),
                                                  took);
  TrestleTone tone;
  const char *judgement = judge (trial, &tone);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (
      ADW_PREFERENCES_ROW (row),
      g_str_equal (trestle_sample_trial_get_part (trial), "BatchTransform")
          ? _ ("Batch input")
          : _ ("Real-time input"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), words);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 4);
  gtk_widget_add_css_class (badge, "badge");
  gtk_widget_set_valign (badge, GTK_ALIGN_CENTER);
  trestle_badge_set (badge, judgement, tone);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), badge);
  if (tone == TRESTLE_TONE_WARNING && trestle_sample_trial_get_answer (trial) != NULL)
    {
      GtkWidget *button = gtk_button_new_with_mnemonic (_ ("_Use the Answer"));

      gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
      gtk_widget_set_tooltip_text (button, trestle_sample_trial_get_answer (trial));
      g_object_set_data_full (G_OBJECT (button), "trial", g_object_ref (trial), g_object_unref);
      g_signal_connect_object (button, "clicked", G_CALLBACK (on_use), data, G_CONNECT_SWAPPED);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
    }
  return row;
}

static void
forget (TrestleSampleGroup *self)
{
  gtk_list_box_bind_model (self->list, NULL, NULL, NULL, NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->list), FALSE);
  trestle_finding_strip_set_words (self->strip, TRESTLE_TONE_PLAIN, NULL, NULL);
  gtk_widget_set_sensitive (self->try_button, TRUE);
}

static void
on_tried (gpointer owner, const GValue *value, const GError *error)
{
  TrestleSampleGroup *self = owner;

  gtk_widget_set_sensitive (self->try_button, TRUE);
  if (error != NULL)
    {
      g_autoptr (TrestleProblem) problem = trestle_problem_new (_ ("try the samples"), error);

      trestle_finding_strip_set_words (self->strip, TRESTLE_TONE_ERROR, problem->title,
                                       problem->body);
      return;
    }
  gtk_list_box_bind_model (self->list, g_value_get_object (value), create_row, self, NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->list), TRUE);
}

static void
on_try (TrestleSampleGroup *self)
{
  if (self->open_draft == NULL)
    return;
  forget (self);
  gtk_widget_set_sensitive (self->try_button, FALSE);
  trestle_watch (self, &self->trying,
                 trestle_sample_trials_run (self->session, self->open_draft, self->index,
                                            gtk_editable_get_text (self->address)),
                 on_tried);
}

void
trestle_sample_group_set_version (TrestleSampleGroup *self,
                                  TrestleSession *session,
                                  TrestleOpenDraft *open_draft,
                                  guint index)
{
  g_return_if_fail (TRESTLE_IS_SAMPLE_GROUP (self));

  if (self->open_draft == open_draft && self->index == index)
    return;
  g_set_object (&self->session, session);
  g_set_object (&self->open_draft, open_draft);
  self->index = index;
  dex_clear (&self->trying);
  forget (self);
}

static void
trestle_sample_group_dispose (GObject *object)
{
  TrestleSampleGroup *self = TRESTLE_SAMPLE_GROUP (object);

  dex_clear (&self->trying);
  gtk_widget_dispose_template (GTK_WIDGET (self), TRESTLE_TYPE_SAMPLE_GROUP);
  g_clear_object (&self->open_draft);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (trestle_sample_group_parent_class)->dispose (object);
}

static void
trestle_sample_group_class_init (TrestleSampleGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (TRESTLE_TYPE_FINDING_STRIP);
  G_OBJECT_CLASS (klass)->dispose = trestle_sample_group_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/dev/trestle/Trestle/versions/trestle-sample-group.ui");
  gtk_widget_class_bind_template_child (widget_class, TrestleSampleGroup, address);
  gtk_widget_class_bind_template_child (widget_class, TrestleSampleGroup, try_button);
  gtk_widget_class_bind_template_child (widget_class, TrestleSampleGroup, list);
  gtk_widget_class_bind_template_child (widget_class, TrestleSampleGroup, strip);
  gtk_widget_class_bind_template_callback (widget_class, on_try);
}

static void
trestle_sample_group_init (TrestleSampleGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_editable_set_text (self->address, TRESTLE_SAMPLE_ADDRESS);
}
