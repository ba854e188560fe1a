/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-domain"

#include "domain/trestle-change-set-private.h"

#include <string.h>

#include "domain/trestle-draft-field.h"
#include "domain/trestle-node.h"

#include "trestle-config.h"
#include <glib/gi18n-lib.h>

/* The name of a field that is a member of @parent ("Product."), not something deeper. */
static const char *
member_of (const TrestleDraftField *field, const char *parent)
{
  const char *name;

  if (!g_str_has_prefix (field->pattern, parent))
    return NULL;
  name = field->pattern + strlen (parent);
  return strpbrk (name, ".[") == NULL ? name : NULL;
}

static void
create_product (TrestleChangeBuild *build)
{
  const char *title = trestle_node_text (build->product, "ProductTitle");
  JsonObject *details = json_object_new ();

  if (title != NULL)
    json_object_set_string_member (details, "ProductTitle", title);
  trestle_change_build_add (build, "CreateProduct", FALSE, trestle_node_take_object (details),
                            trestle_change_build_words (g_strdup_printf (
                                _ ("Create the product “%s”"), title != NULL ? title : "")));
}

static JsonNode *
empty_value (const TrestleDraftField *field)
{
  if (field->kind == TRESTLE_DRAFT_FIELD_KIND_LIST)
    return trestle_node_take_array (json_array_new ());
  return json_node_new (JSON_NODE_NULL);
}

static void
update_information (TrestleChangeBuild *build)
{
  JsonObject *details = json_object_new ();
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();
  gboolean first = !trestle_node_has (build->base_product, "ShortDescription");
  guint n;
  const TrestleDraftField *fields = trestle_draft_field_all (&n);

  for (guint i = 0; i < n; i++)
    {
      const TrestleDraftField *field = &fields[i];
      const char *name = member_of (field, "Product.");
      JsonNode *value, *before;

      if (name == NULL || g_strcmp0 (field->change, "UpdateInformation") != 0)
        continue;
      value = trestle_node_member (build->product, name);
      before = trestle_node_member (build->base_product, name);
      if (build->new_product && g_str_equal (name, "ProductTitle")) /* CreateProduct has it */
        continue;
      if (trestle_node_same (value, before))
        {
          /* the first time AWS wants this one even where there are none */
          if (first && g_str_equal (name, "AdditionalResources"))
            json_object_set_member (details, name, empty_value (field));
          continue;
        }
      if (trestle_draft_node_is_empty (value))
        {
          /* what AWS must have cannot be taken away; the linter says so */
          if (field->level == TRESTLE_DRAFT_LEVEL_REQUIRED)
            continue;
          json_object_set_member (details, name, empty_value (field));
        }
      else if (field->kind == TRESTLE_DRAFT_FIELD_KIND_FILE
               && trestle_node_self_text (value) != NULL)
        {
          g_autofree char *address = trestle_change_build_dup_address (
              build, trestle_node_self_text (value));

          json_object_set_string_member (details, name, address);
        }
      else
        json_object_set_member (details, name, trestle_change_build_copy (value, field->pattern));
      g_strv_builder_take (words, trestle_change_build_dup_words (field->pattern, value));
    }
  if (json_object_get_size (details) > 0)
    trestle_change_build_add (build, "UpdateInformation", FALSE, trestle_node_take_object (details),
                              g_steal_pointer (&words));
  else
    json_object_unref (details);
}

static gboolean
holds (JsonNode *list, const char *text)
{
  for (guint i = 0; i < trestle_node_length (list); i++)
    if (g_strcmp0 (trestle_node_self_text (trestle_node_element (list, i)), text) == 0)
      return TRUE;
  return FALSE;
}

/* Adds words for what is in @some and not in @others. */
static gboolean
add_difference (GStrvBuilder *words, JsonNode *some, JsonNode *others, const char *format)
{
  gboolean found = FALSE;

  for (guint i = 0; i < trestle_node_length (some); i++)
    {
      const char *account = trestle_node_self_text (trestle_node_element (some, i));

      if (account == NULL || holds (others, account))
        continue;
      found = TRUE;
      g_strv_builder_take (words, g_strdup_printf (format, account));
    }
  return found;
}

static void
update_targeting (TrestleChangeBuild *build)
{
  JsonNode *accounts = trestle_node_member (build->product, "BuyerAccounts");
  JsonNode *before = trestle_node_member (build->base_product, "BuyerAccounts");
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();
  gboolean come, go;
  JsonObject *details, *targeting;
  JsonNode *list;

  /* AWS refuses the list that it has; order does not matter there */
  come = add_difference (words, accounts, before, _ ("Let account %s test the product"));
  go = add_difference (words, before, accounts, _ ("No longer let account %s test the product"));
  if (!come && !go)
    return;
  details = json_object_new ();
  targeting = json_object_new ();
  list = trestle_change_build_copy (accounts, "Product.BuyerAccounts");
  json_object_set_member (targeting, "BuyerAccounts",
                          list != NULL ? list : trestle_node_take_array (json_array_new ()));
  json_object_set_object_member (details, "PositiveTargeting", targeting);
  trestle_change_build_add (build, "UpdateTargeting", FALSE, trestle_node_take_object (details),
                            g_steal_pointer (&words));
}

void
trestle_change_build_product (TrestleChangeBuild *build)
{
  if (build->new_product)
    create_product (build);
  update_information (build);
  trestle_change_build_versions (build);
  update_targeting (build);
  if (build->new_product || build->options->product_draft)
    trestle_change_build_add (
        build, "ReleaseProduct", FALSE, trestle_node_take_object (json_object_new ()),
        trestle_change_build_words (g_strdup (_ ("Release the product to you and testers"))));
}
