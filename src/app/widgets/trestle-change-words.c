/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "trestle-change-words.h"

#include <glib/gi18n.h>

#include "base/trestle-clock.h"
#include "base/trestle-json.h"
#include "domain/trestle-change-error.h"
#include "domain/trestle-change-fault.h"
#include "widgets/trestle-format.h"

/* What failed longer ago nobody waits for. */
#define RECENT (14 * TRESTLE_DAY)

/* What makes a name unique: a space and eight letters of the token. */
#define MARK 8

static const struct
{
  const char *entity;
  const char *type;
  const char *words;
} kinds[] = {
  { "MachineLearningProduct", "CreateProduct", N_ ("New product") },
  { "MachineLearningProduct", "UpdateInformation", N_ ("Product information") },
  { "MachineLearningProduct", "UpdateTargeting", N_ ("Test accounts") },
  { "MachineLearningProduct", "UpdateVisibility", N_ ("Who sees the product") },
  { "MachineLearningProduct", "ReleaseProduct", N_ ("Release of the product") },
  { "MachineLearningProduct", "AddDeliveryOptions", N_ ("New version") },
  { "MachineLearningProduct", "UpdateDeliveryOptions", N_ ("Version") },
  { "MachineLearningProduct", "RestrictDeliveryOptions", N_ ("Restriction of a version") },
  { "Offer", "CreateOffer", N_ ("New offer") },
  { "Offer", "UpdateInformation", N_ ("Name of the offer") },
  { "Offer", "UpdateTargeting", N_ ("Buyers of the offer") },
  { "Offer", "UpdatePricingTerms", N_ ("Prices") },
  { "Offer", "UpdateLegalTerms", N_ ("Licence agreement") },
  { "Offer", "UpdateSupportTerms", N_ ("Refund policy") },
  { "Offer", "UpdateInformationTerms", N_ ("Terms") },
  { "Offer", "UpdateAvailability", N_ ("Last day of the offer") },
  { "Offer", "UpdateValidityTerms", N_ ("Duration of the agreement") },
  { "Offer", "UpdateRenewalTerms", N_ ("Renewal") },
  { "Offer", "UpdatePaymentScheduleTerms", N_ ("Payment schedule") },
  { "Offer", "ReleaseOffer", N_ ("Release of the offer") },
};

static gboolean
is_status (TrestleChangeRequest *request, const char *status)
{
  return g_strcmp0 (trestle_change_request_get_status (request), status) == 0;
}

const char *
trestle_change_words_state (TrestleChangeRequest *request)
{
  if (is_status (request, "PREPARING"))
    return _ ("Preparing");
  if (is_status (request, "APPLYING"))
    return trestle_change_request_is_review (request) ? _ ("In review") : _ ("Applying");
  if (is_status (request, "SUCCEEDED"))
    return _ ("Done");
  if (is_status (request, "FAILED"))
    return _ ("Failed");
  if (is_status (request, "CANCELLED"))
    return _ ("Cancelled");
  return _ ("Unknown");
}

TrestleTone
trestle_change_words_tone (TrestleChangeRequest *request)
{
  if (trestle_change_request_is_open (request))
    return TRESTLE_TONE_ACCENT;
  if (is_status (request, "SUCCEEDED"))
    return TRESTLE_TONE_SUCCESS;
  return is_status (request, "FAILED") ? TRESTLE_TONE_ERROR : TRESTLE_TONE_PLAIN;
}

const char *
trestle_change_words_icon (TrestleChangeRequest *request)
{
  if (trestle_change_request_is_open (request))
    return "content-loading-symbolic";
  if (is_status (request, "SUCCEEDED"))
    return "object-select-symbolic";
  return is_status (request, "FAILED") ? "dialog-error-symbolic" : "window-close-symbolic";
}

char *
trestle_change_words_title (TrestleChangeRequest *request)
{
  const char *name = trestle_change_request_get_name (request);
  GListModel *changes = trestle_change_request_get_changes (request);
  g_autoptr (TrestleSubmittedChange) first = NULL;
  gsize length = name != NULL ? strlen (name) : 0;

  if (length > MARK + 1 && name[length - MARK - 1] == ' ')
    {
      const char *mark = name + length - MARK;

      while (g_ascii_isxdigit (*mark))
        mark++;
      if (*mark == '\0')
        return g_strndup (name, length - MARK - 1);
    }
  if (length > 0)
    return g_strdup (name);
  first = g_list_model_get_item (changes, 0);
  return first != NULL ? trestle_change_words_kind (first)
                       : g_strdup (trestle_change_request_get_id (request));
}

char *
trestle_change_words_age (TrestleChangeRequest *request)
{
  gint64 started = trestle_change_request_get_started (request);
  gint64 ended = trestle_change_request_get_ended (request);
  g_autofree char *moment = trestle_format_moment (started);
  g_autofree char *lasted = NULL;

  if (trestle_change_request_is_open (request))
    {
      lasted = trestle_format_duration (MAX (trestle_clock_now () - started, 0));
      return g_strdup_printf (_ ("since %s, %s so far"), moment, lasted);
    }
  if (ended <= started)
    return g_steal_pointer (&moment);
  lasted = trestle_format_duration (ended - started);
  return g_strdup_printf ("%s, %s", moment, lasted);
}

char *
trestle_change_words_kind (TrestleSubmittedChange *change)
{
  const char *type = trestle_submitted_change_get_change_type (change);
  const char *entity = trestle_submitted_change_get_entity_type (change);

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_strcmp0 (type, kinds[i].type) == 0 && entity != NULL
        && g_str_has_prefix (entity, kinds[i].entity))
      return g_strdup (_ (kinds[i].words));
  return g_strdup (type != NULL ? type : "");
}

static const char *
offer_id (TrestleOwnProduct *product)
{
  TrestleEntity *offer = trestle_own_product_get_offer (product);

  return offer != NULL ? trestle_entity_get_id (offer) : NULL;
}

char *
trestle_change_words_touches (TrestleChangeRequest *request, GListModel *products)
{
  const char *const *entities = trestle_change_request_get_entities (request);
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; entities != NULL && entities[i] != NULL; i++)
    {
      const char *title = entities[i];
      g_autofree char *offer = NULL;

      for (guint j = 0; j < g_list_model_get_n_items (products); j++)
        {
          g_autoptr (TrestleOwnProduct) product = g_list_model_get_item (products, j);

          if (g_strcmp0 (entities[i], trestle_own_product_get_id (product)) == 0)
            title = trestle_own_product_get_title (product);
          else if (g_strcmp0 (entities[i], offer_id (product)) == 0)
            {
              gboolean both = g_strv_contains (entities, trestle_own_product_get_id (product));

              g_free (offer);
              offer = both ? g_strdup (_ ("its offer"))
                           : g_strdup_printf (_ ("the offer of %s"),
                                              trestle_own_product_get_title (product));
              title = offer;
            }
        }
      g_string_append_printf (words, "%s%s", words->len > 0 ? ", " : "", title);
    }
  return g_string_free (g_steal_pointer (&words), FALSE);
}

GPtrArray *
trestle_change_words_locate (TrestleSubmittedChange *change, JsonNode *draft)
{
  GListModel *faults = trestle_submitted_change_get_faults (change);
  GPtrArray *all = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (faults); i++)
    {
      g_autoptr (TrestleChangeFault) fault = g_list_model_get_item (faults, i);
      g_autoptr (GPtrArray) found = trestle_change_error_locate (
          draft, trestle_submitted_change_get_change_type (change),
          trestle_submitted_change_get_entity_type (change),
          (JsonNode *) trestle_submitted_change_get_document (change),
          trestle_change_fault_get_code (fault), trestle_change_fault_get_message (fault));

      for (guint j = 0; j < found->len; j++)
        g_ptr_array_add (all, g_object_ref (g_ptr_array_index (found, j)));
    }
  return all;
}

char *
trestle_change_words_failure (TrestleChangeRequest *request)
{
  GListModel *changes = trestle_change_request_get_changes (request);
  const char *failure = trestle_change_request_get_failure (request);

  if (!is_status (request, "FAILED"))
    return NULL;
  for (guint i = 0; i < g_list_model_get_n_items (changes); i++)
    {
      g_autoptr (TrestleSubmittedChange) change = g_list_model_get_item (changes, i);
      g_autoptr (TrestleChangeFault)
          fault = g_list_model_get_item (trestle_submitted_change_get_faults (change), 0);
      const TrestleChangeError *known = NULL;

      if (fault == NULL)
        continue;
      known = trestle_change_error_find (trestle_change_fault_get_code (fault),
                                         trestle_submitted_change_get_change_type (change));
      return g_strdup (known != NULL ? _ (known->message)
                                     : trestle_change_fault_get_message (fault));
    }
  if (failure != NULL && *failure != '\0')
    return g_strdup (failure);
  return g_strcmp0 (trestle_change_request_get_failure_code (request), "SERVER_FAULT") == 0
             ? g_strdup (_ ("AWS had a fault of its own; the same can be sent again."))
             : g_strdup (_ ("AWS did not accept it."));
}

const char *
trestle_change_words_product (TrestleChangeRequest *request, GListModel *products)
{
  const char *const *entities = trestle_change_request_get_entities (request);

  for (guint i = 0; entities != NULL && entities[i] != NULL; i++)
    if (g_str_has_prefix (entities[i], "prod-"))
      return entities[i];
  for (guint i = 0; products != NULL && i < g_list_model_get_n_items (products); i++)
    {
      g_autoptr (TrestleOwnProduct) product = g_list_model_get_item (products, i);

      if (entities != NULL && offer_id (product) != NULL
          && g_strv_contains (entities, offer_id (product)))
        return trestle_own_product_get_id (product); /* the list keeps it */
    }
  return NULL;
}

static gboolean
touches (TrestleChangeRequest *request, const char *entity)
{
  const char *const *entities = trestle_change_request_get_entities (request);

  return entities != NULL && entity != NULL && g_strv_contains (entities, entity);
}

TrestleChangeRequest *
trestle_change_words_last (GListModel *requests, TrestleOwnProduct *product)
{
  for (guint i = 0; i < g_list_model_get_n_items (requests); i++)
    {
      g_autoptr (TrestleChangeRequest) request = g_list_model_get_item (requests, i);

      if (touches (request, trestle_own_product_get_id (product))
          || touches (request, offer_id (product)))
        return g_steal_pointer (&request);
    }
  return NULL;
}

gboolean
trestle_change_words_stands (GListModel *requests, TrestleChangeRequest *request)
{
  const char *const *entities = trestle_change_request_get_entities (request);
  gint64 started = trestle_change_request_get_started (request);

  if (!is_status (request, "FAILED") || started < trestle_clock_now () - RECENT)
    return FALSE;
  for (guint i = 0; i < g_list_model_get_n_items (requests); i++)
    {
      g_autoptr (TrestleChangeRequest) later = g_list_model_get_item (requests, i);

      if (trestle_change_request_get_started (later) <= started || is_status (later, "CANCELLED"))
        continue;
      for (guint j = 0; entities != NULL && entities[j] != NULL; j++)
        if (touches (later, entities[j]))
          return FALSE;
    }
  return TRUE;
}

guint
trestle_change_words_count (GListModel *requests)
{
  guint count = 0;

  for (guint i = 0; i < g_list_model_get_n_items (requests); i++)
    {
      g_autoptr (TrestleChangeRequest) request = g_list_model_get_item (requests, i);

      count += trestle_change_request_is_open (request)
               || trestle_change_words_stands (requests, request);
    }
  return count;
}

static gboolean
is_restriction (TrestleChangeRequest *request)
{
  GListModel *changes = trestle_change_request_get_changes (request);
  g_autoptr (TrestleSubmittedChange) only = NULL;
  g_autoptr (TrestleJsonDoc) doc = NULL;

  if (!is_status (request, "SUCCEEDED") || !trestle_change_request_is_review (request))
    return FALSE;
  only = g_list_model_get_item (changes, 0);
  doc = trestle_json_doc_new ((JsonNode *) trestle_submitted_change_get_document (only));
  return g_strcmp0 (trestle_json_string_or (trestle_json_root (doc), "TargetVisibility", NULL),
                    "Restricted")
         == 0;
}

gint64
trestle_change_words_restricted (GListModel *requests, TrestleOwnProduct *product)
{
  TrestleEntity *entity = trestle_own_product_get_product (product);

  if (g_strcmp0 (trestle_own_product_get_visibility (product), "Restricted") != 0)
    return 0;
  for (guint i = 0; i < g_list_model_get_n_items (requests); i++)
    {
      g_autoptr (TrestleChangeRequest) request = g_list_model_get_item (requests, i);

      if (touches (request, trestle_own_product_get_id (product)) && is_restriction (request))
        return trestle_change_request_get_ended (request);
    }
  /* A restricted product hardly changes any more; AWS forgets change sets when the duty ends. */
  return entity != NULL ? trestle_entity_get_modified (entity)
                        : trestle_own_product_get_modified (product);
}
