/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/trestle-json.h"
#include "domain/trestle-change-set-builder.h"
#include "unit/change-set-shapes.h"
#include "unit/draft-sample.h"
#include "unit/shared-data.h"

/* What every change set is held to, and how tests look into one. */

static JsonObject *model; /* NULL where the reference is missing */

#define TOKEN "0b4d3a52-6d3f-4c0e-9d43-0b8d5f0f2a11"

/* What every request keeps to: shapes, model, one of each change, references that are there. */
static inline void
check_set (TrestleChangeSet *set)
{
  g_autoptr (JsonNode) node = trestle_change_set_to_json (set, TOKEN, "VALIDATE");
  JsonArray *changes = json_object_get_array_member (json_node_get_object (node), "ChangeSet");
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *text = trestle_json_to_string (node, TRUE);

  g_test_message ("%s", text);
  g_assert_true (
      g_regex_match_simple ("^[\\w\\s+=.:@-]{1,100}$", trestle_change_set_get_name (set), 0, 0));
  for (guint i = 0; i < json_array_get_length (changes); i++)
    {
      JsonObject *change = json_array_get_object_element (changes, i);
      JsonObject *entity = json_object_get_object_member (change, "Entity");
      const char *type = json_object_get_string_member (change, "ChangeType");
      const char *entity_type = json_object_get_string_member (entity, "Type");
      const char *id = json_object_get_string_member_with_default (entity, "Identifier", NULL);
      g_autofree char *fault = dup_shape_fault (entity_type, type,
                                                json_object_get_member (change, "DetailsDocument"));
      g_autofree char *key = g_strconcat (entity_type, type, NULL);
      g_autoptr (TrestleChange)
          value = g_list_model_get_item (trestle_change_set_get_changes (set), i);

      g_assert_cmpstr (fault, ==, NULL);
      g_assert_true (g_hash_table_add (seen, g_steal_pointer (&key)));
      g_assert_cmpuint (g_strv_length ((char **) trestle_change_get_words (value)), >, 0);
      if (g_str_has_prefix (type, "Create"))
        {
          g_assert_null (id);
          g_assert_true (g_regex_match_simple (
              "^[a-zA-Z]{1,72}$", json_object_get_string_member (change, "ChangeName"), 0, 0));
        }
      else
        g_assert_true (g_regex_match_simple (
            "^(\\$[a-zA-Z]+\\.Entity\\.Identifier|(prod|offer)-[a-z0-9]{13}(@[0-9]+)?)$", id, 0,
            0));
    }
  if (model != NULL)
    check_service_model (model, node, "StartChangeSetRequest");
}

/* "CreateProduct UpdateInformation …", an offer's in brackets */
static inline char *
dup_types (TrestleChangeSet *set)
{
  GString *types = g_string_new (NULL);
  GListModel *changes = trestle_change_set_get_changes (set);

  for (guint i = 0; i < g_list_model_get_n_items (changes); i++)
    {
      g_autoptr (TrestleChange) change = g_list_model_get_item (changes, i);
      gboolean offer = g_str_equal (trestle_change_get_entity_type (change), "Offer@1.0");

      g_string_append_printf (types, offer ? "%s[%s]" : "%s%s", i > 0 ? " " : "",
                              trestle_change_get_change_type (change));
    }
  return g_string_free (types, FALSE);
}

static inline TrestleChange *
find_change (TrestleChangeSet *set, const char *type)
{
  GListModel *changes = trestle_change_set_get_changes (set);

  for (guint i = 0; i < g_list_model_get_n_items (changes); i++)
    {
      g_autoptr (TrestleChange) change = g_list_model_get_item (changes, i);

      if (g_str_equal (trestle_change_get_change_type (change), type))
        return change; /* the list keeps it */
    }
  g_assert_not_reached ();
}

static inline void
assert_details (TrestleChangeSet *set, const char *type, const char *expected)
{
  g_autoptr (JsonNode) wanted = json_from_string (expected, NULL);
  JsonNode *found = (JsonNode *) trestle_change_get_details (find_change (set, type));
  g_autofree char *a = trestle_json_to_string (found, FALSE);
  g_autofree char *b = trestle_json_to_string (wanted, FALSE);

  g_assert_cmpstr (a, ==, b);
}

static inline void
assert_words (TrestleChangeSet *set, const char *type, const char *expected)
{
  TrestleChange *change = find_change (set, type);
  g_autofree char *words = g_strjoinv ("\n", (char **) trestle_change_get_words (change));

  g_assert_cmpstr (words, ==, expected);
}

static inline void
assert_types (TrestleChangeSet *set, const char *expected)
{
  g_autofree char *types = dup_types (set);

  g_assert_cmpstr (types, ==, expected);
  check_set (set);
}

/* What a new listing takes. */
#define NEW                                                                                        \
  "CreateProduct UpdateInformation AddDeliveryOptions UpdateTargeting ReleaseProduct "             \
  "[CreateOffer] [UpdateInformation] [UpdatePricingTerms] [UpdateLegalTerms] "                     \
  "[UpdateSupportTerms] [ReleaseOffer]"
