/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "trestle-publish-model.h"

#include <glib/gi18n.h>

#include "base/trestle-clock.h"
#include "base/trestle-json.h"
#include "domain/trestle-container-report.h"
#include "domain/trestle-container-rules.h"
#include "domain/trestle-draft-field.h"
#include "domain/trestle-finding.h"
#include "widgets/trestle-change-words.h"
#include "widgets/trestle-format.h"

/* Findings that are told one by one; the rest is a number. */
#define MOST_FINDINGS 3

/* Buyers who have a restricted product are to be supported so long. */
#define SUPPORT_DUTY (90 * TRESTLE_DAY)

#define PORTAL "https://aws.amazon.com/marketplace/management/"

static void
add (GPtrArray *points,
     TrestlePublishMark mark,
     const char *title,
     const char *detail,
     const char *button,
     const char *target)
{
  g_ptr_array_add (points, trestle_publish_point_new (mark, title, detail, button, target));
}

guint
trestle_publish_count (GPtrArray *points, TrestlePublishMark mark)
{
  guint count = 0;

  for (guint i = 0; i < points->len; i++)
    count += trestle_publish_point_get_mark (g_ptr_array_index (points, i)) == mark;
  return count;
}

static gboolean
is_visible (const TrestlePublishFacts *facts, const char *visibility)
{
  return g_strcmp0 (trestle_own_product_get_visibility (facts->product), visibility) == 0;
}

TrestleChangeRequest *
trestle_publish_find_request (const TrestlePublishFacts *facts)
{
  g_autoptr (TrestleChangeRequest)
      last = trestle_change_words_last (facts->requests, facts->product);

  return last != NULL && trestle_change_request_is_open (last) ? g_steal_pointer (&last) : NULL;
}

/* Returns: (nullable): what a lone change of visibility, done or under way, aims at */
static const char *
target_of (TrestleChangeRequest *request)
{
  GListModel *changes = trestle_change_request_get_changes (request);
  g_autoptr (TrestleSubmittedChange) only = NULL;
  g_autoptr (TrestleJsonDoc) doc = NULL;
  const char *target;

  if (!trestle_change_request_is_review (request))
    return NULL;
  only = g_list_model_get_item (changes, 0);
  doc = trestle_json_doc_new ((JsonNode *) trestle_submitted_change_get_document (only));
  target = trestle_json_string_or (trestle_json_root (doc), "TargetVisibility", NULL);
  return target != NULL ? g_intern_string (target) : NULL;
}

static gboolean
touches (TrestleChangeRequest *request, TrestleOwnProduct *product)
{
  const char *const *entities = trestle_change_request_get_entities (request);

  return entities != NULL && g_strv_contains (entities, trestle_own_product_get_id (product));
}

/* Returns: (transfer full) (nullable): the newest one that is done and made it @visibility */
static TrestleChangeRequest *
find_move (const TrestlePublishFacts *facts, const char *visibility)
{
  for (guint i = 0; i < g_list_model_get_n_items (facts->requests); i++)
    {
      g_autoptr (TrestleChangeRequest) request = g_list_model_get_item (facts->requests, i);

      if (touches (request, facts->product)
          && g_strcmp0 (trestle_change_request_get_status (request), "SUCCEEDED") == 0
          && g_strcmp0 (target_of (request), visibility) == 0)
        return g_steal_pointer (&request);
    }
  return NULL;
}

/* Returns: (transfer full) (nullable): the oldest that is done; of what AWS still keeps */
static TrestleChangeRequest *
find_first (const TrestlePublishFacts *facts)
{
  for (guint i = g_list_model_get_n_items (facts->requests); i > 0; i--)
    {
      g_autoptr (TrestleChangeRequest) request = g_list_model_get_item (facts->requests, i - 1);

      if (touches (request, facts->product)
          && g_strcmp0 (trestle_change_request_get_status (request), "SUCCEEDED") == 0)
        return g_steal_pointer (&request);
    }
  return NULL;
}

/* --- The track ------------------------------------------------------------------------------ */

static void
add_draft_steps (GPtrArray *steps, const TrestlePublishFacts *facts, TrestleChangeRequest *open)
{
  gboolean draft = is_visible (facts, "Draft");
  g_autoptr (TrestleChangeRequest) first = find_first (facts);
  g_autoptr (TrestleChangeRequest)
      last = trestle_change_words_last (facts->requests, facts->product);
  g_autofree char *day = NULL;
  g_autofree char *lasted = NULL;
  g_autofree char *submitted = NULL;

  if (first != NULL)
    {
      gint64 spent = trestle_change_request_get_ended (first)
                     - trestle_change_request_get_started (first);

      day = trestle_format_day (trestle_change_request_get_started (first));
      lasted = trestle_format_duration (MAX (spent, 0));
      submitted = g_strdup_printf ("%s, %s", day, lasted);
    }
  if (!draft)
    {
      add (steps, TRESTLE_PUBLISH_MARK_DONE, _ ("Draft"), day, NULL, NULL);
      add (steps, TRESTLE_PUBLISH_MARK_DONE, _ ("Submitted"), submitted, NULL, NULL);
      return;
    }
  add (steps, open != NULL ? TRESTLE_PUBLISH_MARK_DONE : TRESTLE_PUBLISH_MARK_HERE, _ ("Draft"),
       _ ("being written"), NULL, NULL);
  if (open != NULL)
    {
      g_autofree char *age = trestle_change_words_age (open);

      add (steps, TRESTLE_PUBLISH_MARK_HERE, _ ("Submitted"), age, NULL, NULL);
    }
  else if (last != NULL && trestle_change_words_stands (facts->requests, last))
    add (steps, TRESTLE_PUBLISH_MARK_BLOCKED, _ ("Submitted"), _ ("failed"), NULL, NULL);
  else
    add (steps, TRESTLE_PUBLISH_MARK_LATER, _ ("Submitted"), _ ("about an hour"), NULL, NULL);
}

static void
add_limited_step (GPtrArray *steps, const TrestlePublishFacts *facts, gboolean reviewed)
{
  g_autoptr (TrestleChangeRequest) back = find_move (facts, "Limited");
  g_autoptr (TrestleChangeRequest) first = find_first (facts);
  TrestleChangeRequest *since = back != NULL ? back : first;
  g_autofree char *lasted = NULL;
  g_autofree char *text = NULL;

  if (is_visible (facts, "Draft"))
    {
      add (steps, TRESTLE_PUBLISH_MARK_LATER, _ ("Limited"), _ ("you and your testers"), NULL,
           NULL);
      return;
    }
  if (!is_visible (facts, "Limited"))
    {
      add (steps, TRESTLE_PUBLISH_MARK_DONE, _ ("Limited"), NULL, NULL, NULL);
      return;
    }
  if (since != NULL)
    {
      lasted = trestle_format_duration (
          MAX (trestle_clock_now () - trestle_change_request_get_ended (since), 0));
      text = g_strdup_printf (_ ("testing for %s"), lasted);
    }
  add (steps, reviewed ? TRESTLE_PUBLISH_MARK_DONE : TRESTLE_PUBLISH_MARK_HERE, _ ("Limited"),
       text != NULL ? text : _ ("you and your testers"), NULL, NULL);
}

static void
add_sign_off_step (GPtrArray *steps,
                   const TrestlePublishFacts *facts,
                   TrestleChangeRequest *open,
                   gboolean reviewed,
                   guint n_blockers)
{
  g_autoptr (TrestleChangeRequest) published = find_move (facts, "Public");
  g_autofree char *text = NULL;

  if (reviewed)
    {
      text = trestle_change_words_age (open);
      add (steps, TRESTLE_PUBLISH_MARK_HERE, _ ("Sign off"), text, NULL, NULL);
    }
  else if (is_visible (facts, "Public") || is_visible (facts, "Restricted"))
    {
      if (published != NULL)
        text = trestle_format_day (trestle_change_request_get_started (published));
      add (steps, TRESTLE_PUBLISH_MARK_DONE, _ ("Sign off"), text, NULL, NULL);
    }
  else if (is_visible (facts, "Limited") && n_blockers > 0)
    {
      text = g_strdup_printf (g_dngettext (NULL, "%u blocker", "%u blockers", n_blockers),
                              n_blockers);
      add (steps, TRESTLE_PUBLISH_MARK_BLOCKED, _ ("Sign off"), text, NULL, NULL);
    }
  else
    add (steps, TRESTLE_PUBLISH_MARK_LATER, _ ("Sign off"),
         is_visible (facts, "Limited") ? _ ("when you are ready") : NULL, NULL, NULL);
}

static void
add_last_steps (GPtrArray *steps, const TrestlePublishFacts *facts)
{
  g_autoptr (TrestleChangeRequest) published = find_move (facts, "Public");
  gint64 restricted = trestle_change_words_restricted (facts->requests, facts->product);
  g_autofree char *day = published != NULL
                             ? trestle_format_day (trestle_change_request_get_ended (published))
                             : NULL;
  g_autofree char *text = NULL;

  if (is_visible (facts, "Public"))
    {
      text = day != NULL ? g_strdup_printf (_ ("since %s"), day) : NULL;
      add (steps, TRESTLE_PUBLISH_MARK_HERE, _ ("Public"), text, NULL, NULL);
    }
  else if (is_visible (facts, "Restricted"))
    {
      g_autofree char *due = trestle_format_day (restricted + SUPPORT_DUTY);

      add (steps, TRESTLE_PUBLISH_MARK_DONE, _ ("Public"), day, NULL, NULL);
      text = g_strdup_printf (_ ("support due to %s"), due);
      add (steps, TRESTLE_PUBLISH_MARK_HERE, _ ("Restricted"), restricted > 0 ? text : NULL, NULL,
           NULL);
    }
  else
    add (steps, TRESTLE_PUBLISH_MARK_LATER, _ ("Public"), _ ("review by AWS, days to weeks"), NULL,
         NULL);
}

GPtrArray *
trestle_publish_steps (const TrestlePublishFacts *facts, guint n_blockers)
{
  GPtrArray *steps = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (TrestleChangeRequest) open = trestle_publish_find_request (facts);
  gboolean reviewed = open != NULL && g_strcmp0 (target_of (open), "Public") == 0;

  add_draft_steps (steps, facts, open);
  add_limited_step (steps, facts, reviewed);
  add_sign_off_step (steps, facts, open, reviewed, n_blockers);
  add_last_steps (steps, facts);
  return steps;
}

/* --- What stands before the next step ------------------------------------------------------- */

static void
add_request_check (GPtrArray *checks, const TrestlePublishFacts *facts)
{
  g_autoptr (TrestleChangeRequest)
      last = trestle_change_words_last (facts->requests, facts->product);
  g_autofree char *title = NULL;
  g_autofree char *name = NULL;
  g_autofree char *detail = NULL;

  if (last == NULL)
    return;
  name = trestle_change_words_title (last);
  if (trestle_change_request_is_open (last))
    {
      title = g_strdup_printf (_ ("“%s” is running"), name);
      add (checks, TRESTLE_PUBLISH_MARK_BLOCKED, title,
           _ ("Until it ends nothing else can be changed on the product"), _ ("_Show"),
           "section:changes");
    }
  else if (trestle_change_words_stands (facts->requests, last))
    {
      title = g_strdup_printf (_ ("“%s” failed"), name);
      detail = trestle_change_words_failure (last);
      add (checks, TRESTLE_PUBLISH_MARK_LOOK, title, detail, _ ("_Show"), "section:changes");
    }
}

static void
add_finding_checks (GPtrArray *checks, const TrestlePublishFacts *facts)
{
  guint n = facts->findings != NULL ? g_list_model_get_n_items (facts->findings) : 0;
  guint n_errors = 0, n_warnings = 0;
  g_autofree char *more = NULL;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (TrestleFinding) finding = g_list_model_get_item (facts->findings, i);
      const char *field = trestle_finding_get_field (finding);
      g_autofree char *label = NULL;
      g_autofree char *target = NULL;

      n_warnings += trestle_finding_get_severity (finding) == TRESTLE_SEVERITY_WARNING;
      if (trestle_finding_get_severity (finding) != TRESTLE_SEVERITY_ERROR
          || n_errors++ >= MOST_FINDINGS)
        continue;
      label = field != NULL && *field != '\0' ? trestle_draft_field_dup_label (field) : NULL;
      target = g_strconcat ("field:", field, NULL);
      add (checks, TRESTLE_PUBLISH_MARK_BLOCKED, trestle_finding_get_message (finding), label,
           _ ("_Go to Field"), target);
    }
  if (n_errors > MOST_FINDINGS)
    {
      more = g_strdup_printf (
          g_dngettext (NULL, "%u more error", "%u more errors", n_errors - MOST_FINDINGS),
          n_errors - MOST_FINDINGS);
      add (checks, TRESTLE_PUBLISH_MARK_BLOCKED, more, NULL, _ ("_Edit"), "field:");
    }
  if (n_warnings > 0)
    {
      g_autofree char *text = g_strdup_printf (
          g_dngettext (NULL, "%u warning in the texts", "%u warnings in the texts", n_warnings),
          n_warnings);

      add (checks, TRESTLE_PUBLISH_MARK_LOOK, text, _ ("AWS may ask about it in its review"),
           _ ("_Edit"), "field:");
    }
}

static void
add_container_check (GPtrArray *checks, const TrestlePublishFacts *facts)
{
  TrestleContainerResult *result = facts->container;
  const char *image = result != NULL ? trestle_container_result_get_target (result) : NULL;
  g_autofree char *target = NULL;
  g_autofree char *summary = NULL;
  g_autofree char *when = NULL;
  g_autofree char *detail = NULL;

  if (image == NULL)
    return;
  target = g_strconcat ("container:", image, NULL);
  if (trestle_container_result_get_started (result) == 0)
    {
      add (checks, TRESTLE_PUBLISH_MARK_UNKNOWN, _ ("The container was not checked here"), image,
           _ ("_Check"), target);
      return;
    }
  summary = trestle_container_result_summary (result);
  when = trestle_format_today (trestle_container_result_get_started (result));
  detail = g_strdup_printf ("%s · %s", when, summary);
  if (trestle_container_verdict (result) == TRESTLE_CONTAINER_VERDICT_PASSED)
    add (checks, TRESTLE_PUBLISH_MARK_DONE, _ ("The container passed its check"), detail,
         _ ("_Show"), target);
  else if (trestle_container_verdict (result) == TRESTLE_CONTAINER_VERDICT_WARNINGS)
    add (checks, TRESTLE_PUBLISH_MARK_LOOK, _ ("The container passed its check with warnings"),
         detail, _ ("_Show"), target);
  else
    add (checks, TRESTLE_PUBLISH_MARK_LOOK, _ ("The container failed its check"), detail,
         _ ("_Show"), target);
}

GPtrArray *
trestle_publish_checks (const TrestlePublishFacts *facts)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (g_object_unref);
  GPtrArray *sorted = g_ptr_array_new_with_free_func (g_object_unref);
  const TrestlePublishMark order[] = { TRESTLE_PUBLISH_MARK_BLOCKED, TRESTLE_PUBLISH_MARK_LOOK,
                                       TRESTLE_PUBLISH_MARK_UNKNOWN, TRESTLE_PUBLISH_MARK_DONE };
  const char *const *testers = trestle_own_product_get_testers (facts->product);
  g_autoptr (TrestleChangeRequest) published = find_move (facts, "Public");
  g_autofree char *detail = NULL;
  guint n_testers = testers != NULL ? g_strv_length ((char **) testers) : 0;

  add_request_check (all, facts);
  if (trestle_own_product_get_n_versions (facts->product) == 0)
    add (all, TRESTLE_PUBLISH_MARK_BLOCKED, _ ("There is no version"),
         _ ("A version brings the package that buyers deploy"), _ ("_Edit"), "field:Versions");
  add_finding_checks (all, facts);
  add_container_check (all, facts);
  if (facts->n_changes > 0)
    {
      g_autofree char *text = g_strdup_printf (
          g_dngettext (NULL, "%u change of the draft is not submitted",
                       "%u changes of the draft are not submitted", facts->n_changes),
          facts->n_changes);

      add (all, TRESTLE_PUBLISH_MARK_LOOK, text, _ ("Published is what AWS has"), _ ("_Edit"),
           "field:");
    }
  if (published != NULL)
    {
      g_autofree char *day = trestle_format_day (trestle_change_request_get_ended (published));

      detail = g_strdup_printf (_ ("No API tells. The last sign-off was accepted on %s"), day);
    }
  add (all, TRESTLE_PUBLISH_MARK_UNKNOWN, _ ("Seller profile, tax form, bank"),
       detail != NULL ? detail : _ ("No API tells; a paid product needs all three"),
       _ ("Open _Portal"), PORTAL);
  if (n_testers > 0)
    {
      g_autofree char *text = g_strdup_printf (
          g_dngettext (NULL, "%u test account", "%u test accounts", n_testers), n_testers);
      g_autoptr (GStrvBuilder) numbers = g_strv_builder_new ();
      g_auto (GStrv) formatted = NULL;
      g_autofree char *list = NULL;

      for (guint i = 0; i < n_testers; i++)
        g_strv_builder_take (numbers, trestle_format_account (testers[i]));
      formatted = g_strv_builder_end (numbers);
      list = g_strjoinv (", ", formatted);

      add (all, TRESTLE_PUBLISH_MARK_DONE, text, list, NULL, NULL);
    }
  else
    add (all, TRESTLE_PUBLISH_MARK_LOOK, _ ("No test account"),
         _ ("Your own account can always test it"), NULL, NULL);
  if (trestle_publish_count (all, TRESTLE_PUBLISH_MARK_BLOCKED) == 0)
    add (all, TRESTLE_PUBLISH_MARK_DONE, _ ("No errors in the listing"),
         _ ("As far as it can be checked here"), NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    for (guint j = 0; j < all->len; j++)
      if (trestle_publish_point_get_mark (g_ptr_array_index (all, j)) == order[i])
        g_ptr_array_add (sorted, g_object_ref (g_ptr_array_index (all, j)));
  return sorted;
}
