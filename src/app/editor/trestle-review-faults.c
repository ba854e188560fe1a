/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "editor/trestle-review-faults.h"

#include "aws/trestle-aws-error.h"
#include "domain/trestle-change-error.h"
#include "domain/trestle-change-fault.h"
#include "domain/trestle-change-refusal.h"
#include "domain/trestle-change-set-builder.h"
#include "domain/trestle-submitted-change.h"
#include "editor/trestle-review-card.h"

/* AWS gives changes back as they were sent, with the same type, entity type and name. */
static gboolean
is_same (TrestleSubmittedChange *submitted, TrestleChange *change)
{
  return g_strcmp0 (trestle_submitted_change_get_change_type (submitted),
                    trestle_change_get_change_type (change))
             == 0
         && g_strcmp0 (trestle_submitted_change_get_entity_type (submitted),
                       trestle_change_get_entity_type (change))
                == 0
         && (trestle_change_get_name (change) == NULL
             || g_strcmp0 (trestle_submitted_change_get_name (submitted),
                           trestle_change_get_name (change))
                    == 0);
}

static void
add_faults (GPtrArray *findings, TrestleSubmittedChange *submitted, JsonNode *draft)
{
  GListModel *faults = trestle_submitted_change_get_faults (submitted);

  for (guint i = 0; faults != NULL && i < g_list_model_get_n_items (faults); i++)
    {
      g_autoptr (TrestleChangeFault) fault = g_list_model_get_item (faults, i);
      GPtrArray *located = trestle_change_error_locate (
          draft, trestle_submitted_change_get_change_type (submitted),
          trestle_submitted_change_get_entity_type (submitted),
          (JsonNode *) trestle_submitted_change_get_document (submitted),
          trestle_change_fault_get_code (fault), trestle_change_fault_get_message (fault));

      g_ptr_array_extend_and_steal (findings, located);
    }
}

/* What AWS said at once, if it is of @change. */
static void
add_refusal (GPtrArray *findings,
             TrestleChangeSet *changes,
             gboolean validate,
             const GError *error,
             TrestleChange *change,
             JsonNode *draft)
{
  const TrestleAwsErrorDetails *details = trestle_aws_error_details (error);
  GListModel *all = trestle_change_set_get_changes (changes);
  g_autoptr (GListStore) sent = g_list_store_new (TRESTLE_TYPE_CHANGE);
  g_autoptr (TrestleFinding) finding = NULL;
  g_autoptr (TrestleChange) guilty = NULL;
  guint index;

  if (details == NULL || g_strcmp0 (details->operation, "StartChangeSet") != 0)
    return;
  for (guint i = 0; i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr (TrestleChange) one = g_list_model_get_item (all, i);

      if (!validate || trestle_change_set_can_validate (one))
        g_list_store_append (sent, one);
    }
  finding = trestle_change_refusal_locate (draft, G_LIST_MODEL (sent), error->message, &index);
  if (finding == NULL)
    return;
  guilty = g_list_model_get_item (G_LIST_MODEL (sent), index);
  if (guilty == change)
    g_ptr_array_add (findings, g_steal_pointer (&finding));
}

GPtrArray *
trestle_review_faults_find (TrestleChangeSet *changes,
                            gboolean validate,
                            TrestleChangeRequest *request,
                            const GError *error,
                            TrestleChange *change,
                            JsonNode *draft)
{
  GPtrArray *findings = g_ptr_array_new_with_free_func (g_object_unref);
  GListModel *ended = request != NULL ? trestle_change_request_get_changes (request) : NULL;

  for (guint i = 0; ended != NULL && i < g_list_model_get_n_items (ended); i++)
    {
      g_autoptr (TrestleSubmittedChange) submitted = g_list_model_get_item (ended, i);

      if (is_same (submitted, change))
        add_faults (findings, submitted, draft);
    }
  if (error != NULL)
    add_refusal (findings, changes, validate, error, change, draft);
  return findings;
}

void
trestle_review_faults_show (GtkWidget *groups,
                            TrestleChangeSet *changes,
                            gboolean validate,
                            TrestleChangeRequest *request,
                            const GError *error,
                            JsonNode *draft)
{
  for (GtkWidget *group = gtk_widget_get_first_child (groups); group != NULL;
       group = gtk_widget_get_next_sibling (group))
    for (GtkWidget *card = gtk_widget_get_first_child (gtk_widget_get_last_child (group));
         card != NULL; card = gtk_widget_get_next_sibling (card))
      {
        g_autoptr (GPtrArray) findings = trestle_review_faults_find (
            changes, validate, request, error,
            trestle_review_card_get_change (TRESTLE_REVIEW_CARD (card)), draft);

        trestle_review_card_set_findings (TRESTLE_REVIEW_CARD (card), findings);
      }
}
