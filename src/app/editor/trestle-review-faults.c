/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "editor/trestle-review-faults.h"

#include "domain/trestle-change-error.h"
#include "domain/trestle-change-fault.h"
#include "domain/trestle-submitted-change.h"

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

GPtrArray *
trestle_review_faults_find (TrestleChangeRequest *request, TrestleChange *change, JsonNode *draft)
{
  GPtrArray *findings = g_ptr_array_new_with_free_func (g_object_unref);
  GListModel *changes = request != NULL ? trestle_change_request_get_changes (request) : NULL;

  for (guint i = 0; changes != NULL && i < g_list_model_get_n_items (changes); i++)
    {
      g_autoptr (TrestleSubmittedChange) submitted = g_list_model_get_item (changes, i);

      if (is_same (submitted, change))
        add_faults (findings, submitted, draft);
    }
  return findings;
}
