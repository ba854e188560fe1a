/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-practice"

#include <string.h>

#include "practice/trestle-practice-change.h"

/* An offer's terms but for its prices: each change replaces the one term of its type. */

static JsonObject *
get_term (TrestlePracticeChange *change)
{
  JsonArray *terms = get_array (change->details, "Terms");

  return array_length (terms) > 0 ? json_array_get_object_element (terms, 0) : NULL;
}

/* An empty list takes the term away. */
static void
replace_term (TrestlePracticeWork *work, TrestlePracticeChange *change, const char *type)
{
  TrestlePracticeEntity *offer = trestle_practice_work_entity (work, change->id);
  JsonObject *term = get_term (change);

  if (term != NULL)
    trestle_practice_put_term (offer, term);
  else
    trestle_practice_drop_term (offer, type);
}

static gboolean
check_private (TrestlePracticeWork *work, TrestlePracticeChange *change)
{
  TrestlePracticeEntity *offer = trestle_practice_work_entity (work, change->id);

  if (array_length (trestle_practice_entity_get_buyers (offer)) > 0)
    return TRUE;
  trestle_practice_change_error (change, "INCOMPATIBLE_TERMS", "%s is for private offers.",
                                 change->type->name);
  return FALSE;
}

void
trestle_practice_update_legal (TrestlePracticeWork *work, TrestlePracticeChange *change)
{
  static const char *const versions[] = { "2022-07-14", "2019-04-24", NULL };
  JsonObject *document = json_array_get_object_element (get_array (get_term (change), "Documents"),
                                                        0);
  const char *type = get_text (document, "Type");
  const char *version = get_text (document, "Version");
  const char *address = get_text (document, "Url");
  g_autofree char *kept = NULL;

  if (g_str_equal (type, "StandardEula"))
    {
      if (version == NULL || !g_strv_contains (versions, version))
        trestle_practice_change_error (change, "INVALID_LEGAL_DOCUMENTS",
                                       "Documents[0].Version: there is no standard contract of %s.",
                                       version != NULL ? version : "no version");
    }
  else if (!g_str_equal (type, "CustomEula"))
    trestle_practice_change_error (change, "INVALID_LEGAL_DOCUMENTS",
                                   "Documents[0].Type: %s is for data products.", type);
  else if (address == NULL)
    trestle_practice_change_error (change, "INVALID_LEGAL_DOCUMENTS",
                                   "Documents[0].Url is missing.");
  else
    {
      kept = trestle_practice_take_licence (work, change, address);
      /* What was sent stays as it was sent. */
      if (kept != NULL && work->apply)
        {
          replace_term (work, change, "LegalTerm");
          document = json_array_get_object_element (
              get_array (trestle_practice_entity_get_term (
                             trestle_practice_work_entity (work, change->id), "LegalTerm"),
                         "Documents"),
              0);
          json_object_set_string_member (document, "Url", kept);
          return;
        }
    }
  replace_term (work, change, "LegalTerm");
}

void
trestle_practice_update_support (TrestlePracticeWork *work, TrestlePracticeChange *change)
{
  replace_term (work, change, "SupportTerm");
}

void
trestle_practice_update_renewal (TrestlePracticeWork *work, TrestlePracticeChange *change)
{
  replace_term (work, change, "RenewalTerm");
}

void
trestle_practice_update_verification (TrestlePracticeWork *work, TrestlePracticeChange *change)
{
  replace_term (work, change, "CustomerVerificationTerm");
}

void
trestle_practice_update_validity (TrestlePracticeWork *work, TrestlePracticeChange *change)
{
  JsonObject *term = get_term (change);
  const char *duration = term != NULL ? get_text (term, "AgreementDuration") : NULL;
  const char *start = term != NULL ? get_text (term, "AgreementStartDate") : NULL;
  const char *end = term != NULL ? get_text (term, "AgreementEndDate") : NULL;
  guint days = 0;

  if (!check_private (work, change))
    return;
  if (duration != NULL && end != NULL)
    trestle_practice_change_error (change, "INCOMPATIBLE_TERMS",
                                   "A ValidityTerm has either AgreementDuration or"
                                   " AgreementEndDate.");
  if (duration != NULL && (!trestle_clock_parse_days (duration, &days) || days == 0))
    trestle_practice_change_error (change, "INVALID_DURATION",
                                   "AgreementDuration: %s cannot be used.", duration);
  if (start != NULL && end != NULL && strcmp (end, start) <= 0)
    trestle_practice_change_error (change, "INVALID_DURATION",
                                   "AgreementEndDate %s is not after AgreementStartDate %s.", end,
                                   start);
  replace_term (work, change, "ValidityTerm");
}

void
trestle_practice_update_schedule (TrestlePracticeWork *work, TrestlePracticeChange *change)
{
  JsonObject *term = get_term (change);
  JsonArray *schedule = term != NULL ? get_array (term, "Schedule") : NULL;

  if (!check_private (work, change))
    return;
  for (guint i = 1; i < array_length (schedule); i++)
    if (strcmp (get_text (json_array_get_object_element (schedule, i), "ChargeDate"),
                get_text (json_array_get_object_element (schedule, i - 1), "ChargeDate"))
        <= 0)
      trestle_practice_change_error (change, "INCOMPATIBLE_TERMS",
                                     "Schedule[%u]: charges come in the order of their days.", i);
  replace_term (work, change, "PaymentScheduleTerm");
}
