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

  AdwComboRow *target_row;
  GtkEditable *address;
  GtkWidget *try_button;
  GtkListBox *list;
  TrestleFindingStrip *strip;

  TrestleSession *session;
  TrestleOpenDraft *open_draft;
  guint index;
  GtkStringList *targets; /* the container, then endpoints by name */
  char *account;
  gboolean filling;

  DexFuture *trying;
  DexFuture *refreshing;
  DexFuture *identifying;
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

static char *
dup_words (TrestleSampleTrial *trial)
{
  const char *problem = trestle_sample_trial_get_problem (trial);
  const char *type = trestle_sample_trial_get_answer_type (trial);
  g_autofree char *took = trestle_format_duration (trestle_sample_trial_get_latency (trial));

  if (problem != NULL && trestle_sample_trial_get_latency (trial) == 0)
    return g_strdup (problem);
  if (problem != NULL)
    return g_strdup_printf (_ ("%s\nSent as %s · refused after %s"), problem,
                            trestle_sample_trial_get_content_type (trial), took);
  return g_strdup_printf (_ ("Sent as %s · answered %s in %s"),
                          trestle_sample_trial_get_content_type (trial),
                          type != NULL ? type : _ ("without a type"), took);
}

static GtkWidget *
create_row (gpointer item, gpointer data)
{
  TrestleSampleTrial *trial = item;
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *badge = gtk_label_new (NULL);
  g_autofree char *words = dup_words (trial);
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

/* Returns: (nullable): the endpoint that is asked; NULL for the container */
static const char *
get_endpoint (TrestleSampleGroup *self)
{
  guint selected = adw_combo_row_get_selected (self->target_row);

  return selected > 0 && selected != GTK_INVALID_LIST_POSITION
             ? gtk_string_list_get_string (self->targets, selected)
             : NULL;
}

static void
on_try (TrestleSampleGroup *self)
{
  const char *endpoint = get_endpoint (self);

  if (self->open_draft == NULL || !gtk_widget_get_sensitive (self->try_button))
    return;
  forget (self);
  gtk_widget_set_sensitive (self->try_button, FALSE);
  trestle_watch (self, &self->trying,
                 endpoint != NULL
                     ? trestle_sample_trials_run_endpoint (self->session, self->open_draft,
                                                           self->index, endpoint)
                     : trestle_sample_trials_run (self->session, self->open_draft, self->index,
                                                  gtk_editable_get_text (self->address)),
                 on_tried);
}

/* --- Whom to ask ---------------------------------------------------------------------------- */

static void
show_target (TrestleSampleGroup *self)
{
  const char *endpoint = get_endpoint (self);

  gtk_widget_set_visible (GTK_WIDGET (self->address), endpoint == NULL);
  adw_preferences_group_set_description (
      ADW_PREFERENCES_GROUP (self),
      endpoint != NULL
          ? _ ("Each is sent to your endpoint, and its answer compared with the sample output. The "
               "endpoint is billed by the hour as it is now; the calls cost nothing more.")
          : _ ("Each is sent to a container that you started on this computer, and its answer "
               "compared with the sample output. Nothing is billed."));
}

static void
on_target (TrestleSampleGroup *self)
{
  if (self->filling)
    return;
  dex_clear (&self->trying);
  forget (self);
  show_target (self);
}

/* What was chosen stays chosen while it serves. */
static void
fill_targets (TrestleSampleGroup *self)
{
  GListModel *endpoints = G_LIST_MODEL (trestle_session_get_endpoints (self->session));
  g_autofree char *chosen = g_strdup (get_endpoint (self));
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  g_auto (GStrv) all = NULL;
  guint old = g_list_model_get_n_items (G_LIST_MODEL (self->targets));
  guint selected = 0;

  g_strv_builder_add (names, _ ("A local container"));
  for (guint i = 0; i < g_list_model_get_n_items (endpoints); i++)
    {
      g_autoptr (TrestleEndpoint) endpoint = g_list_model_get_item (endpoints, i);

      if (trestle_sample_trials_may_ask (endpoint, self->account))
        g_strv_builder_add (names, trestle_endpoint_get_name (endpoint));
    }
  all = g_strv_builder_end (names);
  for (guint i = 1; chosen != NULL && all[i] != NULL; i++)
    if (g_str_equal (all[i], chosen))
      selected = i;
  self->filling = TRUE;
  gtk_string_list_splice (self->targets, 0, old, (const char *const *) all);
  adw_combo_row_set_selected (self->target_row, selected);
  self->filling = FALSE;
  if (chosen != NULL && selected == 0)
    on_target (self);
}

static void
on_identified (gpointer owner, const GValue *value, const GError *error)
{
  TrestleSampleGroup *self = owner;

  /* Without it there is no telling whose an endpoint's model is. */
  if (error != NULL)
    return;
  g_set_str (&self->account, trestle_identity_get_account (g_value_get_object (value)));
  fill_targets (self);
}

static void
on_refreshed (gpointer owner, const GValue *value, const GError *error)
{
  fill_targets (owner);
}

static void
set_session (TrestleSampleGroup *self, TrestleSession *session)
{
  TrestleEndpoints *endpoints = trestle_session_get_endpoints (session);

  if (!g_set_object (&self->session, session))
    return;
  g_signal_connect_object (endpoints, "items-changed", G_CALLBACK (fill_targets), self,
                           G_CONNECT_SWAPPED);
  fill_targets (self);
  trestle_watch (self, &self->identifying, trestle_session_identify (session), on_identified);
  trestle_watch (self, &self->refreshing,
                 trestle_remote_list_refresh (TRESTLE_REMOTE_LIST (endpoints)), on_refreshed);
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
  set_session (self, session);
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
  dex_clear (&self->refreshing);
  dex_clear (&self->identifying);
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (trestle_session_get_endpoints (self->session), self);
  self->filling = TRUE;
  gtk_widget_dispose_template (GTK_WIDGET (self), TRESTLE_TYPE_SAMPLE_GROUP);
  g_clear_object (&self->open_draft);
  g_clear_object (&self->session);
  g_clear_object (&self->targets);
  g_clear_pointer (&self->account, g_free);
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
  gtk_widget_class_bind_template_child (widget_class, TrestleSampleGroup, target_row);
  gtk_widget_class_bind_template_child (widget_class, TrestleSampleGroup, address);
  gtk_widget_class_bind_template_child (widget_class, TrestleSampleGroup, try_button);
  gtk_widget_class_bind_template_child (widget_class, TrestleSampleGroup, list);
  gtk_widget_class_bind_template_child (widget_class, TrestleSampleGroup, strip);
  gtk_widget_class_bind_template_callback (widget_class, on_try);
  gtk_widget_class_bind_template_callback (widget_class, on_target);
}

static void
trestle_sample_group_init (TrestleSampleGroup *self)
{
  self->filling = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  self->targets = gtk_string_list_new (NULL);
  adw_combo_row_set_model (self->target_row, G_LIST_MODEL (self->targets));
  self->filling = FALSE;
  show_target (self);
  gtk_editable_set_text (self->address, TRESTLE_SAMPLE_ADDRESS);
}
