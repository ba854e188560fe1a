/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-domain"

#include "domain/trestle-change-refusal.h"

#include <string.h>

#include "domain/trestle-change-error-private.h"
#include "domain/trestle-draft-field.h"
#include "domain/trestle-draft-path.h"
#include "domain/trestle-node.h"

#include "trestle-config.h"
#include <glib/gi18n-lib.h>

/* "ChangeSet[1]", or "changeSet.2.member": a number of people's, from one */
static gboolean
read_index (const char *message, guint *index, const char **rest)
{
  static const char *const heads[] = { "ChangeSet[", "changeSet." };

  for (guint i = 0; i < G_N_ELEMENTS (heads); i++)
    {
      const char *at = strstr (message, heads[i]);
      char *end;
      guint64 number;

      if (at == NULL || !g_ascii_isdigit (at[strlen (heads[i])]))
        continue;
      number = g_ascii_strtoull (at + strlen (heads[i]), &end, 10);
      if (i == 1 && number-- == 0)
        continue;
      *index = (guint) MIN (number, G_MAXUINT);
      *rest = *end == ']' ? end + 1 : end;
      if (g_str_has_prefix (*rest, ".member"))
        *rest += strlen (".member");
      return TRUE;
    }
  return FALSE;
}

static gboolean
is_of_path (char c)
{
  return g_ascii_isalnum (c) || c == '.' || c == '[' || c == ']' || c == '_';
}

/* "deliveryOptions.1.member.details" → "DeliveryOptions[0].Details" */
static void
append_path (GString *path, const char *text, gsize length)
{
  g_autofree char *copy = g_strndup (text, length);
  g_auto (GStrv) parts = g_strsplit (copy, ".", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      guint64 number;

      if (*parts[i] == '\0' || g_str_equal (parts[i], "member"))
        continue;
      if (g_ascii_string_to_unsigned (parts[i], 10, 1, 9999, &number, NULL))
        {
          g_string_append_printf (path, "[%u]", (guint) number - 1);
          continue;
        }
      if (path->len > 0)
        g_string_append_c (path, '.');
      g_string_append_c (path, g_ascii_toupper (*parts[i]));
      g_string_append (path, parts[i] + 1);
    }
}

/* The member of the change's details that @rest, what follows the change's number, speaks of. */
static char *
dup_member (const char *rest)
{
  g_autoptr (GString) path = g_string_new (NULL);
  const char *at = rest;
  const char *quoted;
  gsize length = 0;

  while (is_of_path (at[length]))
    length++;
  append_path (path, at, length);
  quoted = strstr (at + length, " at '");
  if (quoted != NULL)
    {
      quoted += strlen (" at '");
      for (length = 0; is_of_path (quoted[length]);)
        length++;
      append_path (path, quoted, length);
    }
  if (g_str_has_prefix (path->str, "DetailsDocument"))
    g_string_erase (path, 0, strlen ("DetailsDocument"));
  else if (g_str_has_prefix (path->str, "Details") && path->str[strlen ("Details")] != '.')
    g_string_erase (path, 0, strlen ("Details"));
  else
    g_string_truncate (path, 0); /* the change itself, not what it writes */
  if (*path->str == '.')
    g_string_erase (path, 0, 1);
  return g_string_free (g_steal_pointer (&path), FALSE);
}

static JsonNode *
find_node (JsonNode *node, const char *path)
{
  g_autoptr (GArray) steps = trestle_draft_path_parse (path);

  for (guint i = 0; steps != NULL && node != NULL && i < steps->len; i++)
    {
      TrestleDraftStep *step = &g_array_index (steps, TrestleDraftStep, i);

      node = step->name != NULL ? trestle_node_member (node, step->name)
                                : trestle_node_element (node, step->index);
    }
  return steps != NULL ? node : NULL;
}

/* `Terms[0].RateCards[0].RateCard[3].Price`: the draft knows its prices by their keys. */
static char *
dup_price_field (JsonNode *draft, JsonNode *details, const char *member)
{
  JsonNode *rates = trestle_node_member (trestle_node_member (draft, "Offer"), "RateCard");
  const char *at = strstr (member, ".RateCard[");
  const char *end = at != NULL ? strchr (at, ']') : NULL;
  g_autofree char *term = NULL;
  g_autofree char *rate = NULL;
  const char *key;

  if (g_str_has_prefix (member, "PricingModel"))
    return g_strdup ("Offer.PricingModel");
  end = end != NULL ? end + 1 : NULL;
  if (strchr (member, ']') != NULL)
    term = g_strndup (member, (gsize) (strchr (member, ']') + 1 - member));
  if (g_strcmp0 (trestle_node_text (find_node (details, term), "Type"), "FreeTrialPricingTerm")
      == 0)
    return g_strdup ("Offer.FreeTrial");
  if (end == NULL)
    return g_strdup ("Offer.RateCard");
  rate = g_strndup (member, (gsize) (end - member));
  key = trestle_node_text (find_node (details, rate), "DimensionKey");
  for (guint i = 0; key != NULL && i < trestle_node_length (rates); i++)
    if (g_strcmp0 (trestle_node_text (trestle_node_element (rates, i), "DimensionKey"), key) == 0)
      return g_strdup_printf ("Offer.RateCard[%u]%s", i, end);
  return g_strdup ("Offer.RateCard");
}

static char *
dup_version_field (JsonNode *draft, JsonNode *details, const char *member)
{
  static const char *const heads[] = {
    "Version", "DeliveryOptions[0].Details.SageMakerModelPackageDeliveryOptionDetails",
    "DeliveryOptions[0].Details.SageMakerAlgorithmDeliveryOptionDetails"
  };
  g_autofree char *field = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (heads); i++)
    if (g_str_has_prefix (member, heads[i]) && member[strlen (heads[i])] == '.')
      {
        field = g_strconcat ("Versions[]", member + strlen (heads[i]), NULL);
        return trestle_change_error_dup_version_field (draft, details, field);
      }
  return trestle_change_error_dup_version_field (draft, details, "Versions[]");
}

/* Up to what the table of fields knows: an element of a list of texts is that list. */
static char *
trim (char *field)
{
  while (*field != '\0' && trestle_draft_field_find (field) == NULL)
    {
      char *parent = trestle_draft_path_dup_parent (field);

      g_free (field);
      if (parent == NULL)
        return NULL;
      field = parent;
    }
  if (*field != '\0')
    return field;
  g_free (field);
  return NULL;
}

static char *
dup_field (JsonNode *draft, TrestleChange *change, const char *member)
{
  const char *type = trestle_change_get_change_type (change);
  const char *entity = trestle_change_get_entity_type (change);
  JsonNode *details = (JsonNode *) trestle_change_get_details (change);
  char *field = NULL;

  if (*member == '\0')
    ;
  else if (g_str_equal (type, "AddDeliveryOptions") || g_str_equal (type, "UpdateDeliveryOptions"))
    field = dup_version_field (draft, details, member);
  else if (g_str_equal (type, "UpdatePricingTerms"))
    field = dup_price_field (draft, details, member);
  else if (g_str_equal (type, "CreateProduct") || g_str_equal (type, "CreateOffer")
           || g_str_equal (type, "UpdateInformation"))
    field = trestle_draft_path_join (g_str_has_prefix (entity, "Offer") ? "Offer" : "Product",
                                     member);
  if (field != NULL)
    field = trim (field);
  return field != NULL ? field : trestle_change_error_dup_field_of (draft, type, entity, details);
}

TrestleFinding *
trestle_change_refusal_locate (JsonNode *draft,
                               GListModel *changes,
                               const char *message,
                               guint *index)
{
  g_autoptr (TrestleChange) change = NULL;
  g_autofree char *member = NULL;
  g_autofree char *field = NULL;
  g_autofree char *words = NULL;
  const char *rest;

  g_return_val_if_fail (G_IS_LIST_MODEL (changes) && index != NULL, NULL);

  if (message == NULL || !read_index (message, index, &rest))
    return NULL;
  change = g_list_model_get_item (changes, *index);
  if (change == NULL)
    return NULL;
  member = dup_member (rest);
  field = dup_field (draft, change, member);
  words = g_strdup_printf (_ ("AWS does not take this. It says: %s"), message);
  return g_object_new (TRESTLE_TYPE_FINDING, "field", field, "severity", TRESTLE_SEVERITY_ERROR,
                       "code", "ValidationException", "message", words, NULL);
}
