/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "editor/trestle-review-page.h"

#include <glib/gi18n.h>
#include <gtksourceview/gtksource.h>

#include "base/trestle-future.h"
#include "editor/trestle-editor-page.h"
#include "editor/trestle-editor-words.h"
#include "editor/trestle-review-card.h"
#include "editor/trestle-review-code.h"
#include "editor/trestle-review-faults.h"
#include "editor/trestle-review-later.h"
#include "widgets/trestle-ask.h"
#include "widgets/trestle-finding-strip.h"
#include "widgets/trestle-page-state.h"
#include "widgets/trestle-shell.h"
#include "widgets/trestle-timeline.h"
#include "widgets/trestle-watch.h"
#include "workbench/trestle-workbench-error.h"

struct _TrestleReviewPage
{
  AdwNavigationPage parent_instance;

  AdwWindowTitle *window_title;
  GtkButton *submit_button;
  TrestlePageState *state;
  AdwOverlaySplitView *split;
  GtkLabel *heading;
  GtkStack *pill;
  GtkWidget *badge;
  GtkButton *error_button;
  TrestleFindingStrip *outcome;
  GtkWidget *timeline_card;
  TrestleTimeline *timeline;
  TrestleFindingStrip *lock;
  GtkBox *groups;
  TrestleFindingStrip *later;
  AdwToggleGroup *languages;
  GtkLabel *size;
  GtkSourceView *view;

  TrestleSession *session;
  char *name;
  TrestleOpenDraft *open_draft;
  TrestleChangeSet *changes;
  TrestleTask *task;
  gboolean validating;
  gboolean was_live; /* whether the cards were made against what is live */
  DexFuture *open;
  DexFuture *watch;
  DexFuture *asking;
};

G_DEFINE_FINAL_TYPE (TrestleReviewPage, trestle_review_page, ADW_TYPE_NAVIGATION_PAGE)

TrestleTask *
trestle_review_page_get_task (TrestleReviewPage *self)
{
  g_return_val_if_fail (TRESTLE_IS_REVIEW_PAGE (self), NULL);
  return self->task;
}

static guint
count_changes (TrestleReviewPage *self)
{
  return self->changes != NULL
             ? g_list_model_get_n_items (trestle_change_set_get_changes (self->changes))
             : 0;
}

static gboolean
is_sending (TrestleReviewPage *self)
{
  return self->task != NULL && trestle_task_get_state (self->task) == TRESTLE_TASK_STATE_RUNNING;
}

/* --- Going to a field ----------------------------------------------------------------------- */

/* The editor is mostly the page before this one. */
static void
show_field (TrestleReviewPage *self, const char *path)
{
  GtkWidget *view = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_NAVIGATION_VIEW);
  AdwNavigationPage *before = view != NULL
                                  ? adw_navigation_view_get_previous_page (
                                        ADW_NAVIGATION_VIEW (view), ADW_NAVIGATION_PAGE (self))
                                  : NULL;
  g_autofree char *argument = NULL;

  if (TRESTLE_IS_EDITOR_PAGE (before)
      && trestle_editor_page_get_draft (TRESTLE_EDITOR_PAGE (before)) == self->open_draft)
    {
      g_object_ref (before);
      adw_navigation_view_pop (ADW_NAVIGATION_VIEW (view));
      trestle_editor_page_show_field (TRESTLE_EDITOR_PAGE (before), path);
      g_object_unref (before);
      return;
    }
  argument = g_strdup_printf ("%s\n%s", trestle_open_draft_get_path (self->open_draft), path);
  trestle_shell_open (GTK_WIDGET (self), "editor", argument);
}

static void
on_field_chosen (TrestleReviewPage *self, const char *path)
{
  show_field (self, path);
}

/* --- Code ----------------------------------------------------------------------------------- */

static void
show_code (TrestleReviewPage *self)
{
  const char *language = adw_toggle_group_get_active_name (self->languages);
  const char *region = trestle_session_get_region (self->session);
  GtkSourceBuffer *buffer = GTK_SOURCE_BUFFER (
      gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->view)));
  GtkSourceLanguageManager *manager = gtk_source_language_manager_get_default ();
  const char *id = "json";
  g_autofree char *code = NULL;

  if (self->changes == NULL)
    return;
  if (g_strcmp0 (language, "cli") == 0)
    {
      code = trestle_review_code_cli (self->changes, region);
      id = "sh";
    }
  else if (g_strcmp0 (language, "python") == 0)
    {
      code = trestle_review_code_python (self->changes, region);
      id = "python3";
    }
  else
    code = trestle_review_code_json (self->changes);
  gtk_source_buffer_set_language (buffer, gtk_source_language_manager_get_language (manager, id));
  gtk_text_buffer_set_text (GTK_TEXT_BUFFER (buffer), code, -1);
}

static void
on_language (TrestleReviewPage *self)
{
  show_code (self);
}

static void
follow_style (TrestleReviewPage *self)
{
  gboolean dark = adw_style_manager_get_dark (adw_style_manager_get_default ());
  GtkSourceStyleSchemeManager *manager = gtk_source_style_scheme_manager_get_default ();

  gtk_source_buffer_set_style_scheme (
      GTK_SOURCE_BUFFER (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->view))),
      gtk_source_style_scheme_manager_get_scheme (manager, dark ? "Adwaita-dark" : "Adwaita"));
}

/* --- Changes -------------------------------------------------------------------------------- */

static GtkWidget *
add_group (TrestleReviewPage *self, gboolean offer)
{
  TrestleDraft *draft = trestle_open_draft_get_draft (self->open_draft);
  const char *id = trestle_draft_get_text (draft,
                                           offer ? "Offer.Identifier" : "Product.Identifier");
  gint64 revision = trestle_draft_get_number (draft, offer ? "Offer.Revision" : "Product.Revision");
  const char *what = offer ? _ ("Public Offer") : _ ("Product");
  g_autofree char *title = *id != '\0' ? g_strdup_printf (_ ("%s · %s, revision %d"), what, id,
                                                          (int) revision)
                                       : g_strdup_printf (_ ("%s · new"), what);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);
  GtkWidget *heading = g_object_new (GTK_TYPE_LABEL, "label", title, "xalign", 0.0f, "wrap", TRUE,
                                     "accessible-role", GTK_ACCESSIBLE_ROLE_HEADING, NULL);
  GtkWidget *card = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL,
                                  "accessible-role", GTK_ACCESSIBLE_ROLE_LIST, NULL);

  gtk_widget_add_css_class (heading, "heading");
  gtk_widget_add_css_class (card, "card");
  gtk_accessible_update_property (GTK_ACCESSIBLE (card), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_box_append (GTK_BOX (box), heading);
  gtk_box_append (GTK_BOX (box), card);
  gtk_box_append (self->groups, box);
  return card;
}

static void
show_changes (TrestleReviewPage *self)
{
  GListModel *changes = trestle_change_set_get_changes (self->changes);
  g_autoptr (GPtrArray) differences = trestle_review_later_diff (self->open_draft, self->changes);
  GtkWidget *cards[2] = { NULL, NULL };
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->groups))) != NULL)
    gtk_box_remove (self->groups, child);
  for (guint i = 0; i < g_list_model_get_n_items (changes); i++)
    {
      g_autoptr (TrestleChange) change = g_list_model_get_item (changes, i);
      guint offer = g_str_has_prefix (trestle_change_get_entity_type (change), "Offer");
      GtkWidget *card = trestle_review_card_new (change, differences);

      if (cards[offer] == NULL)
        cards[offer] = add_group (self, offer);
      g_signal_connect_object (card, "field-chosen", G_CALLBACK (on_field_chosen), self,
                               G_CONNECT_SWAPPED);
      gtk_box_append (GTK_BOX (cards[offer]), card);
    }
}

static void
update_head (TrestleReviewPage *self)
{
  guint n = count_changes (self);
  guint n_errors = trestle_open_draft_get_n_errors (self->open_draft);
  g_autofree char *title = trestle_editor_dup_title (self->open_draft);
  g_autofree char *findings = trestle_editor_dup_findings (self->open_draft);
  g_autofree char *heading = NULL;
  g_autofree char *submit = NULL;
  gboolean free_to_send = n > 0 && n_errors == 0 && !is_sending (self);
  guint n_warnings;

  g_object_get (self->open_draft, "n-warnings", &n_warnings, NULL);
  heading = n == 0 ? g_strdup (_ ("Nothing to send"))
                   : g_strdup_printf (g_dngettext (NULL, "%u change", "%u changes, sent as one", n),
                                      n);
  submit = n == 0 ? g_strdup (_ ("Submit"))
                  : g_strdup_printf (g_dngettext (NULL, "Submit %u Change", "Submit %u Changes", n),
                                     n);
  adw_window_title_set_subtitle (self->window_title, title);
  gtk_label_set_label (self->heading, heading);
  gtk_button_set_label (self->submit_button, submit);
  gtk_button_set_label (self->error_button, findings);
  trestle_badge_set (self->badge, findings,
                     n_warnings > 0 ? TRESTLE_TONE_WARNING : TRESTLE_TONE_SUCCESS);
  gtk_stack_set_visible_child_name (self->pill, n_errors > 0 ? "link" : "badge");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->submit_button),
                               n_errors > 0 ? _ ("Mend the errors first") : NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "review.submit", free_to_send);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "review.validate", free_to_send);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "review.first-error", n_errors > 0);
}

/* Cards stay where nothing changed: the keyboard may be in one of them. */
static void
rebuild (TrestleReviewPage *self)
{
  g_autoptr (TrestleChangeSet) changes = trestle_open_draft_build (self->open_draft);
  g_autofree char *code = trestle_review_code_json (changes);
  g_autofree char *old = self->changes != NULL ? trestle_review_code_json (self->changes) : NULL;
  gboolean live = trestle_open_draft_get_live (self->open_draft) != NULL;

  if (g_strcmp0 (code, old) == 0 && live == self->was_live
      && g_strv_equal (trestle_review_later_get (changes),
                       trestle_review_later_get (self->changes)))
    return;
  self->was_live = live;
  g_set_object (&self->changes, changes);
  show_changes (self);
  show_code (self);
}

static void
update (TrestleReviewPage *self)
{
  g_autofree char *size = NULL;
  g_autofree char *json = NULL;
  g_autofree char *bytes = NULL;
  guint n;

  /* What is being sent is shown as it was sent. */
  if (!is_sending (self))
    rebuild (self);
  n = count_changes (self);
  json = trestle_review_code_json (self->changes);
  bytes = g_format_size (strlen (json));
  size = g_strdup_printf (g_dngettext (NULL, "%u change · %s", "%u changes · %s", n), n, bytes);
  gtk_label_set_label (self->size, size);
  trestle_finding_strip_set_words (
      self->lock, TRESTLE_TONE_ACCENT,
      n > 0 ? _ ("While this set runs, product and offer are locked.") : NULL,
      _ ("Changes made meanwhile wait for it. It can be cancelled until AWS starts applying it."));
  trestle_review_later_show (self->later, self->changes);
  update_head (self);
}

/* --- Sending -------------------------------------------------------------------------------- */

static void
show_faults (TrestleReviewPage *self, const GError *error)
{
  trestle_review_faults_show (
      GTK_WIDGET (self->groups), self->changes, self->validating,
      trestle_submission_get_request (self->task), error,
      trestle_draft_get_root (trestle_open_draft_get_draft (self->open_draft)));
}

static void
on_ended (gpointer owner, const GValue *value, const GError *error)
{
  TrestleReviewPage *self = owner;

  if (error != NULL)
    {
      g_autoptr (TrestleProblem) problem = trestle_problem_new (
          self->validating ? _ ("check the changes") : _ ("submit the changes"), error);

      trestle_finding_strip_set_words (self->outcome,
                                       self->validating ? TRESTLE_TONE_WARNING : TRESTLE_TONE_ERROR,
                                       problem->title, problem->body);
      g_object_set (self->outcome, "action-label", NULL, NULL);
      show_faults (self, error);
      update_head (self);
      return;
    }
  if (self->validating)
    {
      trestle_finding_strip_set_words (self->outcome, TRESTLE_TONE_SUCCESS,
                                       _ ("AWS would take what it can check beforehand."),
                                       _ ("Nothing was changed."));
      g_object_set (self->outcome, "action-label", NULL, NULL);
    }
  else
    {
      trestle_finding_strip_set_words (
          self->outcome, TRESTLE_TONE_SUCCESS, _ ("Applied."),
          *trestle_review_later_get (self->changes) == NULL
              ? _ ("What is live is as the draft says.")
              : _ ("What waited is shown below, to be submitted next."));
      g_object_set (self->outcome, "action-label", _ ("Show Changes"), NULL);
    }
  update (self);
}

static void
begin (TrestleReviewPage *self, gboolean validate)
{
  self->validating = validate;
  g_clear_object (&self->task);
  self->task = trestle_open_draft_submit (self->open_draft, NULL, validate);
  trestle_finding_strip_set_words (self->outcome, TRESTLE_TONE_PLAIN, NULL, NULL);
  trestle_timeline_set_task (self->timeline, self->task);
  gtk_widget_set_visible (self->timeline_card, TRUE);
  update_head (self);
  trestle_watch (self, &self->watch, trestle_task_wait (self->task), on_ended);
}

static void
on_asked (gpointer owner, const GValue *value, const GError *error)
{
  if (error == NULL)
    begin (owner, FALSE);
}

/* Money is asked about once more; words are not. */
static gboolean
changes_money (TrestleReviewPage *self)
{
  GListModel *changes = trestle_change_set_get_changes (self->changes);

  for (guint i = 0; i < g_list_model_get_n_items (changes); i++)
    {
      g_autoptr (TrestleChange) change = g_list_model_get_item (changes, i);
      const char *type = trestle_change_get_change_type (change);

      if (g_str_equal (type, "UpdatePricingTerms") || g_str_equal (type, "UpdateVisibility"))
        return TRUE;
    }
  return FALSE;
}

static void
submit_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TrestleReviewPage *self = TRESTLE_REVIEW_PAGE (widget);

  if (!changes_money (self))
    {
      begin (self, FALSE);
      return;
    }
  trestle_watch (
      self, &self->asking,
      trestle_ask_to (widget, _ ("Submit with Prices?"),
                      _ ("These changes set what buyers pay. A price that rises reaches "
                         "existing buyers after 90 days and cannot rise again before 120."),
                      _ ("_Submit"), FALSE),
      on_asked);
}

static void
validate_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  begin (TRESTLE_REVIEW_PAGE (widget), TRUE);
}

static void
first_error_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TrestleReviewPage *self = TRESTLE_REVIEW_PAGE (widget);
  g_autoptr (TrestleFinding) finding = trestle_editor_find_error (self->open_draft);

  if (finding != NULL)
    show_field (self, trestle_finding_get_field (finding));
}

static void
code_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  adw_overlay_split_view_set_show_sidebar (TRESTLE_REVIEW_PAGE (widget)->split, TRUE);
}

static void
copy_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TrestleReviewPage *self = TRESTLE_REVIEW_PAGE (widget);
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->view));
  GtkTextIter start, end;
  g_autofree char *code = NULL;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  code = gtk_text_buffer_get_text (buffer, &start, &end, TRUE);
  trestle_shell_copy (widget, code, _ ("Code copied"));
}

static void
on_outcome (TrestleReviewPage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.show-section", "s", "changes");
}

/* --- Opening -------------------------------------------------------------------------------- */

static void
on_checked (gpointer owner, const GValue *value, const GError *error)
{
  update (owner);
}

static void
on_open (gpointer owner, const GValue *value, const GError *error)
{
  TrestleReviewPage *self = owner;

  if (error != NULL)
    {
      trestle_page_state_fail (self->state, _ ("open the draft"), error);
      return;
    }
  self->open_draft = g_value_dup_object (value);
  g_signal_connect_object (self->open_draft, "notify::n-changes", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (trestle_open_draft_get_findings (self->open_draft), "items-changed",
                           G_CALLBACK (update_head), self, G_CONNECT_SWAPPED);
  update (self);
  trestle_page_state_set_state (self->state, TRESTLE_PAGE_CONTENT);
  /* What is live now is what it is held against. */
  trestle_watch (self, &self->watch, trestle_open_draft_check (self->open_draft), on_checked);
}

static void
load (TrestleReviewPage *self)
{
  trestle_page_state_set_state (self->state, TRESTLE_PAGE_LOADING);
  trestle_watch (self, &self->open,
                 trestle_drafts_open (trestle_session_get_drafts (self->session), self->name),
                 on_open);
}

static void
on_retry (TrestleReviewPage *self)
{
  load (self);
}

static void
trestle_review_page_dispose (GObject *object)
{
  TrestleReviewPage *self = TRESTLE_REVIEW_PAGE (object);

  dex_clear (&self->open);
  dex_clear (&self->watch);
  dex_clear (&self->asking);
  gtk_widget_dispose_template (GTK_WIDGET (self), TRESTLE_TYPE_REVIEW_PAGE);
  g_clear_object (&self->task);
  g_clear_object (&self->changes);
  g_clear_object (&self->open_draft);
  g_clear_object (&self->session);
  g_clear_pointer (&self->name, g_free);
  G_OBJECT_CLASS (trestle_review_page_parent_class)->dispose (object);
}

static void
trestle_review_page_class_init (TrestleReviewPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_source_init ();
  g_type_ensure (GTK_SOURCE_TYPE_VIEW);
  g_type_ensure (TRESTLE_TYPE_FINDING_STRIP);
  g_type_ensure (TRESTLE_TYPE_PAGE_STATE);
  g_type_ensure (TRESTLE_TYPE_TIMELINE);
  G_OBJECT_CLASS (klass)->dispose = trestle_review_page_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/dev/trestle/Trestle/editor/trestle-review-page.ui");
  gtk_widget_class_bind_template_child (widget_class, TrestleReviewPage, window_title);
  gtk_widget_class_bind_template_child (widget_class, TrestleReviewPage, submit_button);
  gtk_widget_class_bind_template_child (widget_class, TrestleReviewPage, state);
  gtk_widget_class_bind_template_child (widget_class, TrestleReviewPage, split);
  gtk_widget_class_bind_template_child (widget_class, TrestleReviewPage, heading);
  gtk_widget_class_bind_template_child (widget_class, TrestleReviewPage, pill);
  gtk_widget_class_bind_template_child (widget_class, TrestleReviewPage, badge);
  gtk_widget_class_bind_template_child (widget_class, TrestleReviewPage, error_button);
  gtk_widget_class_bind_template_child (widget_class, TrestleReviewPage, outcome);
  gtk_widget_class_bind_template_child (widget_class, TrestleReviewPage, timeline_card);
  gtk_widget_class_bind_template_child (widget_class, TrestleReviewPage, timeline);
  gtk_widget_class_bind_template_child (widget_class, TrestleReviewPage, lock);
  gtk_widget_class_bind_template_child (widget_class, TrestleReviewPage, groups);
  gtk_widget_class_bind_template_child (widget_class, TrestleReviewPage, later);
  gtk_widget_class_bind_template_child (widget_class, TrestleReviewPage, languages);
  gtk_widget_class_bind_template_child (widget_class, TrestleReviewPage, size);
  gtk_widget_class_bind_template_child (widget_class, TrestleReviewPage, view);
  gtk_widget_class_bind_template_callback (widget_class, on_retry);
  gtk_widget_class_bind_template_callback (widget_class, on_language);
  gtk_widget_class_bind_template_callback (widget_class, on_outcome);
  gtk_widget_class_install_action (widget_class, "review.submit", NULL, submit_action);
  gtk_widget_class_install_action (widget_class, "review.validate", NULL, validate_action);
  gtk_widget_class_install_action (widget_class, "review.first-error", NULL, first_error_action);
  gtk_widget_class_install_action (widget_class, "review.code", NULL, code_action);
  gtk_widget_class_install_action (widget_class, "review.copy", NULL, copy_action);
}

static void
trestle_review_page_init (TrestleReviewPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "review.submit", FALSE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "review.validate", FALSE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "review.first-error", FALSE);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark",
                           G_CALLBACK (follow_style), self, G_CONNECT_SWAPPED);
  follow_style (self);
}

GtkWidget *
trestle_review_page_new (TrestleSession *session, const char *draft)
{
  TrestleReviewPage *self = g_object_new (TRESTLE_TYPE_REVIEW_PAGE, NULL);

  self->session = g_object_ref (session);
  self->name = g_strdup (draft != NULL ? draft : "");
  load (self);
  return GTK_WIDGET (self);
}
