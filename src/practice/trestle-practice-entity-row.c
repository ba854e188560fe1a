/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-practice"

#include "practice/trestle-practice-entity-row.h"

#include <string.h>

struct _TrestlePracticeEntityRow
{
  gboolean product;
  char *type;
  char *arn;
  GHashTable *values; /* name → GStrv */
};

static void
add_list (TrestlePracticeEntityRow *self, const char *name, GStrv values)
{
  g_hash_table_insert (self->values, (char *) name, values);
}

static void
add (TrestlePracticeEntityRow *self, const char *name, const char *value)
{
  if (value != NULL)
    add_list (self, name, g_strsplit (value, "\n", 1));
}

static GStrv
dup_texts (JsonArray *list)
{
  g_autoptr (GStrvBuilder) texts = g_strv_builder_new ();

  for (guint i = 0; i < array_length (list); i++)
    g_strv_builder_add (texts, json_array_get_string_element (list, i));
  return g_strv_builder_end (texts);
}

static void
add_targeting (TrestlePracticeEntityRow *self, const TrestlePracticeEntity *offer)
{
  JsonObject *rule = trestle_practice_entity_get_rule (offer, "TargetingRule");
  JsonObject *positive = rule != NULL ? get_object (rule, "PositiveTargeting") : NULL;
  JsonObject *negative = rule != NULL ? get_object (rule, "NegativeTargeting") : NULL;
  JsonArray *buyers = trestle_practice_entity_get_buyers (offer);
  g_autoptr (GStrvBuilder) kinds = g_strv_builder_new ();

  if (array_length (buyers) > 0)
    {
      add_list (self, "BuyerAccounts", dup_texts (buyers));
      g_strv_builder_add (kinds, "BuyerAccounts");
    }
  else
    {
      if ((positive != NULL && json_object_has_member (positive, "CountryCodes"))
          || negative != NULL)
        g_strv_builder_add (kinds, "CountryCodes");
      /* A public offer is one for everybody, whatever the countries. */
      g_strv_builder_add (kinds, "None");
    }
  add_list (self, "Targeting", g_strv_builder_end (kinds));
}

static void
add_offer (TrestlePracticeEntityRow *self, const TrestlePracticeEntity *offer)
{
  static const char *const shown[] = { "Name", "ProductId", "State", "OfferSetId" };
  static const char *const hidden[] = { "ReleaseDate", "TargetAgreementId", "TargetAgreementIntent",
                                        "CreatedBySource" };
  JsonObject *rule = trestle_practice_entity_get_rule (offer, "AvailabilityRule");
  g_autofree char *end = rule != NULL ? g_strconcat (get_text (rule, "AvailabilityEndDate"),
                                                     "T23:59:59Z", NULL)
                                      : NULL;

  for (guint i = 0; i < G_N_ELEMENTS (shown); i++)
    add (self, shown[i], get_text (offer->doc, shown[i]));
  for (guint i = 0; i < G_N_ELEMENTS (hidden); i++)
    add (self, hidden[i], get_text (offer->hidden, hidden[i]));
  add (self, "AvailabilityEndDate", end);
  add_targeting (self, offer);
}

TrestlePracticeEntityRow *
trestle_practice_entity_row_new (const TrestlePracticeEntity *entity)
{
  TrestlePracticeEntityRow *self = g_new0 (TrestlePracticeEntityRow, 1);
  g_autofree char *modified = trestle_clock_format_iso (entity->modified);
  JsonObject *description = get_object (entity->doc, "Description");

  self->product = g_str_equal (entity->type, TRESTLE_PRACTICE_PRODUCT);
  self->type = g_strdup (entity->type);
  self->arn = trestle_practice_entity_dup_arn (entity);
  self->values = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_strfreev);
  add (self, "EntityId", entity->id);
  add (self, "LastModifiedDate", modified);
  if (!self->product)
    {
      add_offer (self, entity);
      /* AWS calls every offer so, the public ones too. */
      add (self, "Visibility", "Private");
      return self;
    }
  if (description != NULL)
    {
      add (self, "ProductTitle", get_text (description, "ProductTitle"));
      add (self, "Name", get_text (description, "ProductTitle"));
    }
  add (self, "Visibility", trestle_practice_entity_get_visibility (entity));
  return self;
}

void
trestle_practice_entity_row_free (TrestlePracticeEntityRow *self)
{
  g_free (self->type);
  g_free (self->arn);
  g_hash_table_unref (self->values);
  g_free (self);
}

static GStrv
get_values (const TrestlePracticeEntityRow *self, const char *name)
{
  static char *none[] = { NULL };
  GStrv values = g_hash_table_lookup (self->values, name);

  return values != NULL ? values : none;
}

static const char *
get_first (const TrestlePracticeEntityRow *self, const char *name)
{
  return get_values (self, name)[0];
}

static gboolean
has_value (GStrv values, TrestleJson list)
{
  for (guint i = 0; i < trestle_json_length (list); i++)
    {
      const char *wanted = trestle_json_self_string (trestle_json_element (list, i));

      if (wanted != NULL && g_strv_contains ((const char *const *) values, wanted))
        return TRUE;
    }
  return FALSE;
}

static gboolean
has_part (GStrv values, const char *part)
{
  g_autofree char *folded = g_utf8_casefold (part, -1);

  for (guint i = 0; values[i] != NULL; i++)
    {
      g_autofree char *value = g_utf8_casefold (values[i], -1);

      if (strstr (value, folded) != NULL)
        return TRUE;
    }
  return FALSE;
}

/* Times are of one form and compare as texts. */
static gboolean
in_range (GStrv values, TrestleJson range)
{
  const char *after = trestle_json_string_or (range, "AfterValue", NULL);
  const char *before = trestle_json_string_or (range, "BeforeValue", NULL);

  return values[0] != NULL && (after == NULL || strcmp (values[0], after) >= 0)
         && (before == NULL || strcmp (values[0], before) <= 0);
}

static gboolean
matches_one (const TrestlePracticeEntityRow *self, const char *name, TrestleJson filter)
{
  GStrv values = get_values (self, name);
  TrestleJson list = trestle_json_member (filter, "ValueList");
  TrestleJson range = trestle_json_member (filter, "DateRange");
  const char *part = trestle_json_string_or (filter, "WildCardValue", NULL);

  return (!trestle_json_exists (list) || has_value (values, list))
         && (part == NULL || has_part (values, part))
         && (!trestle_json_exists (range) || in_range (values, range));
}

static gboolean
asks_for_drafts (TrestleJson list, TrestleJson typed)
{
  TrestleJson states = trestle_json_member (trestle_json_member (typed, "State"), "ValueList");
  char *draft[] = { (char *) "Draft", NULL };

  if (has_value (draft, states))
    return TRUE;
  for (guint i = 0; i < trestle_json_length (list); i++)
    {
      TrestleJson filter = trestle_json_element (list, i);

      if (g_str_equal (trestle_json_string_or (filter, "Name", ""), "State")
          && has_value (draft, trestle_json_member (filter, "ValueList")))
        return TRUE;
    }
  return FALSE;
}

gboolean
trestle_practice_entity_row_matches (const TrestlePracticeEntityRow *self,
                                     TrestleJson list,
                                     TrestleJson typed)
{
  g_autoptr (GList) names = trestle_json_exists (typed) ? trestle_json_names (typed) : NULL;

  /* An offer that was never released is shown only where drafts are asked for. */
  if (!self->product && g_strcmp0 (get_first (self, "State"), "Draft") == 0
      && !asks_for_drafts (list, typed))
    return FALSE;
  for (guint i = 0; i < trestle_json_length (list); i++)
    {
      TrestleJson filter = trestle_json_element (list, i);

      if (!matches_one (self, trestle_json_string_or (filter, "Name", ""), filter))
        return FALSE;
    }
  for (GList *at = names; at != NULL; at = at->next)
    if (!matches_one (self, at->data, trestle_json_member (typed, at->data)))
      return FALSE;
  return TRUE;
}

int
trestle_practice_entity_row_compare (const TrestlePracticeEntityRow *a,
                                     const TrestlePracticeEntityRow *b,
                                     const char *name)
{
  int result = g_strcmp0 (get_first (a, name), get_first (b, name));

  return result != 0 ? result : g_strcmp0 (get_first (a, "EntityId"), get_first (b, "EntityId"));
}

static void
put_list (JsonBuilder *out, const char *name, GStrv values)
{
  open_array (out, name);
  for (guint i = 0; values[i] != NULL; i++)
    json_builder_add_string_value (out, values[i]);
  close_array (out);
}

void
trestle_practice_entity_row_put (const TrestlePracticeEntityRow *self, JsonBuilder *out)
{
  static const char *const plain[] = {
    "Name",       "ProductId",         "ReleaseDate",           "AvailabilityEndDate", "State",
    "OfferSetId", "TargetAgreementId", "TargetAgreementIntent", "CreatedBySource"
  };

  open_object (out, NULL);
  put_text (out, "Name", get_first (self, "Name"));
  put_text (out, "EntityType", self->type);
  put_text (out, "EntityId", get_first (self, "EntityId"));
  put_text (out, "EntityArn", self->arn);
  put_text (out, "LastModifiedDate", get_first (self, "LastModifiedDate"));
  put_text (out, "Visibility", get_first (self, "Visibility"));
  open_object (out, self->product ? "MachineLearningProductSummary" : "OfferSummary");
  if (self->product)
    {
      put_text (out, "ProductTitle", get_first (self, "ProductTitle"));
      put_text (out, "Visibility", get_first (self, "Visibility"));
    }
  else
    {
      for (guint i = 0; i < G_N_ELEMENTS (plain); i++)
        put_text (out, plain[i], get_first (self, plain[i]));
      put_list (out, "BuyerAccounts", get_values (self, "BuyerAccounts"));
      put_list (out, "Targeting", get_values (self, "Targeting"));
    }
  close_object (out);
  close_object (out);
}
