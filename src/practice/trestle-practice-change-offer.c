/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-practice"

#include <string.h>

#include "practice/trestle-practice-change.h"

#define MAX_BUYERS 25

static TrestlePracticeEntity *
get_offer (TrestlePracticeWork *work, TrestlePracticeChange *change)
{
  return trestle_practice_work_entity (work, change->id);
}

static gboolean
is_private (TrestlePracticeEntity *offer)
{
  return array_length (trestle_practice_entity_get_buyers (offer)) > 0;
}

static void
begin_offer (TrestlePracticeEntity *offer, TrestlePracticeChange *change, const char *product_id)
{
  json_object_set_string_member (offer->doc, "Id", offer->id);
  json_object_set_string_member (offer->doc, "State", "Draft");
  if (get_text (change->details, "Name") != NULL)
    json_object_set_string_member (offer->doc, "Name", get_text (change->details, "Name"));
  else
    json_object_set_null_member (offer->doc, "Name");
  json_object_set_null_member (offer->doc, "Description");
  json_object_set_string_member (offer->doc, "ProductId", product_id);
  trestle_practice_set_member (offer->doc, "OfferSetId",
                               json_object_get_member (change->details, "OfferSetId"));
  json_object_set_null_member (offer->doc, "MarkupPercentage");
  json_object_set_null_member (offer->doc, "PreExistingAgreement");
  json_object_set_array_member (offer->doc, "Terms", json_array_new ());
  json_object_set_array_member (offer->doc, "Rules", json_array_new ());
  json_object_set_string_member (offer->hidden, "CreatedBySource", "Seller");
}

void
trestle_practice_create_offer (TrestlePracticeWork *work, TrestlePracticeChange *change)
{
  const char *product_id = get_text (change->details, "ProductId");
  TrestlePracticeEntity *product = trestle_practice_work_entity (work, product_id);

  begin_offer (get_offer (work, change), change, product_id);
  if (product == NULL
      || g_str_equal (trestle_practice_entity_get_visibility (product), "Restricted"))
    trestle_practice_change_error (change, "INCOMPATIBLE_PRODUCT",
                                   "Product %s is Restricted; it takes no new offers.", product_id);
}

void
trestle_practice_create_replacement_offer (TrestlePracticeWork *work, TrestlePracticeChange *change)
{
  const char *agreement = get_text (change->details, "AgreementId");
  TrestlePracticeEntity *offer = get_offer (work, change);
  g_autofree char *product = trestle_practice_get_text (
      work->state, "SELECT product FROM agreements WHERE id = ? AND status = 'ACTIVE'", "s",
      agreement);
  g_autofree char *buyer = trestle_practice_get_text (
      work->state, "SELECT account FROM agreements WHERE id = ?", "s", agreement);
  JsonObject *rule;
  JsonArray *buyers;

  if (product == NULL || trestle_practice_work_entity (work, product) == NULL)
    {
      trestle_practice_change_error (change, "INVALID_UPDATE_REQUEST",
                                     "Agreement %s is not active, or not about a product of yours.",
                                     agreement);
      begin_offer (offer, change, product != NULL ? product : "");
      return;
    }
  begin_offer (offer, change, product);
  json_object_set_string_member (offer->hidden, "TargetAgreementId", agreement);
  json_object_set_string_member (offer->hidden, "TargetAgreementIntent", "Renew");
  /* It is meant for the other party of the agreement. */
  rule = json_object_new ();
  buyers = json_array_new ();
  json_array_add_string_element (buyers, buyer);
  json_object_set_string_member (rule, "Type", "TargetingRule");
  json_object_set_array_member (trestle_practice_ensure_object (rule, "PositiveTargeting"),
                                "BuyerAccounts", buyers);
  json_array_add_object_element (get_array (offer->doc, "Rules"), rule);
}

void
trestle_practice_update_offer (TrestlePracticeWork *work, TrestlePracticeChange *change)
{
  static const char *const members[] = { "Name", "Description", "PreExistingAgreement" };
  TrestlePracticeEntity *offer = get_offer (work, change);

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    if (json_object_has_member (change->details, members[i]))
      trestle_practice_set_member (offer->doc, members[i],
                                   json_object_get_member (change->details, members[i]));
}

static void
put_rule (TrestlePracticeEntity *offer, JsonObject *rule)
{
  JsonArray *rules = get_array (offer->doc, "Rules");

  for (guint i = array_length (rules); i > 0; i--)
    if (g_strcmp0 (get_text (json_array_get_object_element (rules, i - 1), "Type"),
                   get_text (rule, "Type"))
        == 0)
      json_array_remove_element (rules, i - 1);
  json_array_add_object_element (rules, rule);
}

static void
check_buyers (TrestlePracticeWork *work, TrestlePracticeChange *change, JsonArray *buyers)
{
  if (array_length (buyers) > MAX_BUYERS)
    trestle_practice_change_error (change, "TOO_MANY_BUYER_ACCOUNTS",
                                   "BuyerAccounts: a private offer takes %d accounts.", MAX_BUYERS);
  for (guint i = 0; i < array_length (buyers); i++)
    {
      const char *account = json_array_get_string_element (buyers, i);
      gboolean twice = FALSE;

      for (guint j = 0; j < i; j++)
        twice = twice || g_str_equal (account, json_array_get_string_element (buyers, j));
      if (twice || strspn (account, "0") == strlen (account)
          || g_str_equal (account, work->account))
        trestle_practice_change_error (change, "INVALID_BUYER_ACCOUNTS",
                                       "BuyerAccounts[%u]: %s cannot be targeted%s.", i, account,
                                       twice ? " twice" : "");
    }
}

/* The countries that AWS sells in are most of ISO 3166; what is not in it is refused. */
static void
check_countries (TrestlePracticeChange *change, const char *side, JsonArray *countries)
{
  static const char iso[] =
      " AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ"
      " BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CV CW CX CY CZ DE DJ DK DM DO"
      " DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT"
      " GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IS IT JE JM JO JP KE KG KH KI KM KN KR KW"
      " KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT"
      " MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS"
      " PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SZ TC"
      " TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS"
      " YE YT ZA ZM ZW ";

  for (guint i = 0; i < array_length (countries); i++)
    {
      g_autofree char *code = g_strdup_printf (" %s ",
                                               json_array_get_string_element (countries, i));

      if (strstr (iso, code) == NULL)
        trestle_practice_change_error (change, "INVALID_COUNTRY_CODES",
                                       "%s.CountryCodes[%u]: “%s” is not a country.", side, i,
                                       json_array_get_string_element (countries, i));
    }
}

void
trestle_practice_update_offer_targeting (TrestlePracticeWork *work, TrestlePracticeChange *change)
{
  TrestlePracticeEntity *offer = get_offer (work, change);
  JsonObject *positive = get_object (change->details, "PositiveTargeting");
  JsonObject *negative = get_object (change->details, "NegativeTargeting");
  JsonArray *buyers = positive != NULL ? get_array (positive, "BuyerAccounts") : NULL;
  JsonArray *wanted = positive != NULL ? get_array (positive, "CountryCodes") : NULL;
  JsonArray *unwanted = negative != NULL ? get_array (negative, "CountryCodes") : NULL;
  JsonObject *rule;

  if (wanted != NULL && unwanted != NULL)
    trestle_practice_change_error (change, "INVALID_TARGETING",
                                   "Countries are either included or excluded, not both.");
  else if (buyers == NULL && wanted == NULL && unwanted == NULL)
    trestle_practice_change_error (change, "INVALID_TARGETING", "Nothing is targeted.");
  else if (trestle_practice_entity_is_released (offer) && (buyers != NULL) != is_private (offer))
    trestle_practice_change_error (change, "INVALID_TARGETING",
                                   "A released offer stays public or private.");
  check_buyers (work, change, buyers);
  check_countries (change, "PositiveTargeting", wanted);
  check_countries (change, "NegativeTargeting", unwanted);

  rule = json_object_new ();
  json_object_set_string_member (rule, "Type", "TargetingRule");
  if (positive != NULL)
    trestle_practice_set_member (rule, "PositiveTargeting",
                                 json_object_get_member (change->details, "PositiveTargeting"));
  if (negative != NULL)
    trestle_practice_set_member (rule, "NegativeTargeting",
                                 json_object_get_member (change->details, "NegativeTargeting"));
  put_rule (offer, rule);
}

static GDateTime *
read_date (const char *text)
{
  g_autofree char *whole = g_strconcat (text, "T00:00:00Z", NULL);

  return g_date_time_new_from_iso8601 (whole, NULL);
}

void
trestle_practice_update_availability (TrestlePracticeWork *work, TrestlePracticeChange *change)
{
  TrestlePracticeEntity *offer = get_offer (work, change);
  const char *text = get_text (change->details, "AvailabilityEndDate");
  g_autoptr (GDateTime) date = read_date (text);
  JsonObject *rule;

  if (date == NULL)
    trestle_practice_change_error (change, "INVALID_AVAILABILITY_END_DATE",
                                   "AvailabilityEndDate: there is no day %s.", text);
  else if (!is_private (offer))
    trestle_practice_change_error (change, "INVALID_AVAILABILITY_END_DATE",
                                   "AvailabilityEndDate is for private offers.");
  /* A day in the past makes a released offer expire. */
  else if (!trestle_practice_entity_is_released (offer)
           && g_date_time_to_unix (date) + 24 * 3600 <= work->now / TRESTLE_SECOND)
    trestle_practice_change_error (change, "INVALID_AVAILABILITY_END_DATE",
                                   "AvailabilityEndDate: %s is over.", text);
  rule = json_object_new ();
  json_object_set_string_member (rule, "Type", "AvailabilityRule");
  json_object_set_string_member (rule, "AvailabilityEndDate", text);
  put_rule (offer, rule);
}

void
trestle_practice_update_markup (TrestlePracticeWork *work, TrestlePracticeChange *change)
{
  trestle_practice_change_error (change, "INVALID_UPDATE_REQUEST",
                                 "UpdateMarkup is for offers of resold products; %s is none.",
                                 change->id);
}

static void
check_release_rules (TrestlePracticeWork *work,
                     TrestlePracticeChange *change,
                     TrestlePracticeEntity *offer)
{
  const char *product_id = get_text (offer->doc, "ProductId");
  g_autoptr (GPtrArray) offers = trestle_practice_work_offers (work, product_id);
  JsonObject *targeting = trestle_practice_entity_get_rule (offer, "TargetingRule");
  JsonObject *positive = targeting != NULL ? get_object (targeting, "PositiveTargeting") : NULL;

  if (is_private (offer))
    {
      if (trestle_practice_entity_get_rule (offer, "AvailabilityRule") == NULL)
        trestle_practice_change_error (change, "MISSING_AVAILABILITY_END_DATE",
                                       "A private offer needs an AvailabilityEndDate.");
      if (get_array (positive, "CountryCodes") != NULL
          || json_object_has_member (targeting, "NegativeTargeting"))
        trestle_practice_change_error (change, "INCOMPATIBLE_TARGETING",
                                       "A private offer is targeted at accounts, not at"
                                       " countries.");
      return;
    }
  for (guint i = 0; i < offers->len; i++)
    {
      TrestlePracticeEntity *other = offers->pdata[i];

      if (other != offer && trestle_practice_entity_is_released (other) && !is_private (other))
        trestle_practice_change_error (change, "TOO_MANY_OFFERS",
                                       "The product has a public offer already: %s.", other->id);
    }
}

static gboolean
has_text (JsonObject *object, const char *name)
{
  const char *text = get_text (object, name);

  return text != NULL && *text != '\0';
}

void
trestle_practice_release_offer (TrestlePracticeWork *work, TrestlePracticeChange *change)
{
  static const char *const mandatory[] = { "LegalTerm", "SupportTerm" };
  TrestlePracticeEntity *offer = get_offer (work, change);
  TrestlePracticeEntity *product = trestle_practice_work_entity (
      work, get_text (offer->doc, "ProductId"));
  const char *visibility = trestle_practice_entity_get_visibility (product);
  g_autofree char *now = trestle_clock_format_iso (work->now);

  if (trestle_practice_entity_is_released (offer))
    {
      trestle_practice_change_error (change, "INVALID_UPDATE_REQUEST",
                                     "The offer is released already.");
      return;
    }
  if (!has_text (offer->doc, "Name"))
    trestle_practice_change_error (change, "MISSING_NAME", "The offer has no Name.");
  if (!has_text (offer->doc, "Description"))
    trestle_practice_change_error (change, "MISSING_DESCRIPTION", "The offer has no Description.");
  for (guint i = 0; i < G_N_ELEMENTS (mandatory); i++)
    if (trestle_practice_entity_get_term (offer, mandatory[i]) == NULL)
      trestle_practice_change_error (change, "MISSING_MANDATORY_TERMS", "The offer has no %s.",
                                     mandatory[i]);
  if (g_str_equal (visibility, "Draft") || g_str_equal (visibility, "Restricted"))
    trestle_practice_change_error (change, "INCOMPATIBLE_PRODUCT",
                                   "Product %s is %s. Release it first, or in the same change set.",
                                   product->id, visibility);
  check_release_rules (work, change, offer);
  json_object_set_string_member (offer->doc, "State", "Released");
  json_object_set_string_member (offer->hidden, "ReleaseDate", now);
}
