/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-domain"

#include "domain/trestle-lint-private.h"

#include <string.h>

#include "domain/trestle-draft-path.h"
#include "domain/trestle-node.h"

#include "trestle-config.h"
#include <glib/gi18n-lib.h>

/* What the table alone says of a field: holds each value of a draft against its row. */

static void visit (TrestleLinter *self,
                   const TrestleDraftField *field,
                   JsonNode *node,
                   const char *path,
                   gboolean published);

static gpointer
index_children (gpointer unused)
{
  GHashTable *children = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                                (GDestroyNotify) g_ptr_array_unref);
  guint n;
  const TrestleDraftField *fields = trestle_draft_field_all (&n);

  for (guint i = 0; i < n; i++)
    {
      const char *pattern = fields[i].pattern;
      const char *point = strrchr (pattern, '.');
      g_autofree char *parent = NULL;
      GPtrArray *list;

      if (g_str_has_suffix (pattern, "[]"))
        parent = g_strndup (pattern, strlen (pattern) - 2);
      else
        parent = g_strndup (pattern, point != NULL ? (gsize) (point - pattern) : 0);
      list = g_hash_table_lookup (children, parent);
      if (list == NULL)
        {
          list = g_ptr_array_new ();
          g_hash_table_insert (children, g_strdup (parent), list);
        }
      g_ptr_array_add (list, (gpointer) &fields[i]);
    }
  return children;
}

/* The rows right below @pattern, "" being all; a list has one, its element. */
static GPtrArray *
children_of (const char *pattern)
{
  static GOnce once = G_ONCE_INIT;

  g_once (&once, index_children, NULL);
  return g_hash_table_lookup (once.retval, pattern);
}

static const TrestleLintFieldCode missing_codes[] = {
  { "Product.", "MISSING_DATA" },
  { "Versions[].AccessRoleArn", "INVALID_ACCESS_ROLE" },
  { "Offer.Name", "MISSING_NAME" },
  { "Offer.Description", "MISSING_DESCRIPTION" },
  { "Offer.PricingModel", "MISSING_MANDATORY_TERMS" },
  { "Offer.Eula", "MISSING_MANDATORY_TERMS" },
  { "Offer.RefundPolicy", "MISSING_MANDATORY_TERMS" },
};

/* Of these a rule of their own says when they should be there. */
static gboolean
is_left_out (const TrestleDraftField *field)
{
  static const char *const patterns[] = {
    "Versions[].InputProperties.SampleInput",
    "Versions[].InputProperties.Parameters",
    "Versions[].OutputProperties.SampleOutput",
    "Versions[].OutputProperties.Parameters",
    "Versions[].RecommendedInstanceTypes.BatchTransform",
    "Versions[].RecommendedInstanceTypes.RealtimeInference",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (patterns); i++)
    if (g_str_equal (field->pattern, patterns[i]))
      return TRUE;
  return FALSE;
}

static void
visit_missing (TrestleLinter *self,
               const TrestleDraftField *field,
               const char *path,
               gboolean published)
{
  GPtrArray *children = children_of (field->pattern);

  if (g_str_has_suffix (field->pattern, "[]"))
    {
      trestle_lint_report_label (self, RULE_EMPTY_ENTRY, path,
                                 trestle_lint_rule_table[RULE_EMPTY_ENTRY].code,
                                 _ ("“%s” is empty."));
      return;
    }
  if (field->level == TRESTLE_DRAFT_LEVEL_RECOMMENDED && !is_left_out (field))
    trestle_lint_report_label (self, RULE_MISSING_ADVISED, path, NULL,
                               _ ("“%s” is not filled in."));
  if (field->level != TRESTLE_DRAFT_LEVEL_REQUIRED)
    return;
  /* what is said once, when a version is added, AWS does not tell again */
  if (published && g_strcmp0 (field->change, "AddDeliveryOptions") == 0)
    return;
  if (field->kind == TRESTLE_DRAFT_FIELD_KIND_OBJECT && children != NULL)
    {
      /* an object is only a shelf: its fields are what is missing */
      for (guint i = 0; i < children->len; i++)
        {
          const TrestleDraftField *child = g_ptr_array_index (children, i);
          g_autofree char *below = trestle_draft_path_join (path,
                                                            strrchr (child->pattern, '.') + 1);

          visit (self, child, NULL, below, published);
        }
      return;
    }
  trestle_lint_report_label (
      self, RULE_MISSING, path,
      TRESTLE_LINT_CODE (missing_codes, field, trestle_lint_rule_table[RULE_MISSING].code),
      _ ("“%s” is missing."));
}

static gboolean
has_right_type (const TrestleDraftField *field, JsonNode *node)
{
  switch (field->kind)
    {
    case TRESTLE_DRAFT_FIELD_KIND_LIST:
      return JSON_NODE_HOLDS_ARRAY (node);
    case TRESTLE_DRAFT_FIELD_KIND_OBJECT:
      return JSON_NODE_HOLDS_OBJECT (node);
    case TRESTLE_DRAFT_FIELD_KIND_BOOL:
      return json_node_get_value_type (node) == G_TYPE_BOOLEAN;
    case TRESTLE_DRAFT_FIELD_KIND_NUMBER:
      return json_node_get_value_type (node) == G_TYPE_INT64;
    case TRESTLE_DRAFT_FIELD_KIND_TEXT:
    case TRESTLE_DRAFT_FIELD_KIND_LONG_TEXT:
    case TRESTLE_DRAFT_FIELD_KIND_URL:
    case TRESTLE_DRAFT_FIELD_KIND_FILE:
    case TRESTLE_DRAFT_FIELD_KIND_ARN:
    case TRESTLE_DRAFT_FIELD_KIND_PRICE:
    case TRESTLE_DRAFT_FIELD_KIND_DURATION:
    case TRESTLE_DRAFT_FIELD_KIND_CHOICE:
    default:
      return trestle_node_self_text (node) != NULL;
    }
}

static const char *
type_words (const TrestleDraftField *field)
{
  if (field->kind == TRESTLE_DRAFT_FIELD_KIND_LIST)
    return _ ("“%s” has to be a list.");
  if (field->kind == TRESTLE_DRAFT_FIELD_KIND_OBJECT)
    return _ ("“%s” has to have members.");
  if (field->kind == TRESTLE_DRAFT_FIELD_KIND_BOOL)
    return _ ("“%s” has to be true or false.");
  if (field->kind == TRESTLE_DRAFT_FIELD_KIND_NUMBER)
    return _ ("“%s” has to be a whole number.");
  return _ ("“%s” has to be a text.");
}

/* What tells an element from the others: a text itself, or the first of these members. */
static const char *
identity_of (const TrestleDraftField *list, JsonNode *element, const char **member)
{
  *member = NULL;
  for (guint i = 0; list->identity != NULL && list->identity[i] != NULL; i++)
    {
      *member = list->identity[i];
      if (trestle_node_text (element, *member) != NULL)
        return trestle_node_text (element, *member);
    }
  return list->identity == NULL ? trestle_node_self_text (element) : NULL;
}

static void
check_duplicates (TrestleLinter *self,
                  const TrestleDraftField *list,
                  JsonNode *node,
                  const char *path)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  gboolean rates = g_str_equal (list->pattern, "Offer.RateCard");
  TrestleLintRuleId rule = rates ? RULE_PRICE_TWICE : RULE_DUPLICATE_ENTRY;

  if (g_str_equal (list->pattern, "Versions")) /* have rules that say more */
    return;
  for (guint i = 0; i < trestle_node_length (node); i++)
    {
      const char *member;
      const char *identity = identity_of (list, trestle_node_element (node, i), &member);
      g_autofree char *at = NULL, *below = NULL, *label = NULL;

      if (identity == NULL || *identity == '\0' || g_hash_table_add (seen, (gpointer) identity))
        continue;
      at = trestle_draft_path_at (path, i);
      below = member != NULL ? trestle_draft_path_join (at, member) : g_strdup (at);
      label = trestle_draft_field_dup_label (path);
      trestle_lint_report (self, rule, below,
                           g_strdup_printf (_ ("“%s” is twice in “%s”."), identity, label));
    }
}

static void
visit_list (TrestleLinter *self, const TrestleDraftField *field, JsonNode *node, const char *path)
{
  GPtrArray *children = children_of (field->pattern);
  const TrestleDraftField *element = children != NULL ? g_ptr_array_index (children, 0) : NULL;
  gboolean versions = g_str_equal (field->pattern, "Versions");
  gint64 n = trestle_node_length (node), sum = 0;
  gint64 most = trestle_draft_field_get_most (field);
  gint64 advised = trestle_draft_field_get_advised (field);
  gint64 total = trestle_draft_field_get_total (field);

  if (most >= 0 && n > most)
    trestle_lint_report_limit (self, RULE_TOO_MANY, path,
                               g_str_equal (field->pattern, "Offer.RateCard")
                                   ? "TOO_MANY_RATES"
                                   : trestle_lint_rule_table[RULE_TOO_MANY].code,
                               _ ("“%s” has %d entries; the limit is %d."), n, most);
  else if (advised >= 0 && n > advised)
    trestle_lint_report_limit (self, RULE_MORE_THAN_ADVISED, path, NULL,
                               _ ("“%s” has %d entries; some of AWS's sources allow only %d."), n,
                               advised);
  for (guint i = 0; i < n; i++)
    {
      JsonNode *part = trestle_node_element (node, i);
      const char *text = trestle_node_self_text (part);
      g_autofree char *at = trestle_draft_path_at (path, i);
      gboolean published = versions && !trestle_lint_is_new (part);

      sum += text != NULL ? g_utf8_strlen (text, -1) : 0;
      /* what is restricted at AWS cannot be changed any more */
      if (element != NULL && !(published && trestle_node_flag (part, "Restricted")))
        visit (self, element, part, at, published);
    }
  if (total >= 0 && sum > total)
    trestle_lint_report_limit (self, RULE_TOTAL, path, trestle_lint_rule_table[RULE_TOTAL].code,
                               _ ("“%s” have %d characters together; the limit is %d."), sum,
                               total);
  check_duplicates (self, field, node, path);
}

static void
check_unknown (TrestleLinter *self, const char *pattern, JsonNode *node, const char *path)
{
  JsonObjectIter iter;
  const char *name;

  json_object_iter_init_ordered (&iter, json_node_get_object (node));
  while (json_object_iter_next_ordered (&iter, &name, NULL))
    {
      g_autofree char *below = trestle_draft_path_join (pattern, name);
      g_autofree char *at = NULL;

      if (trestle_draft_field_find (below) != NULL)
        continue;
      at = trestle_draft_path_join (path, name);
      trestle_lint_report (self, RULE_UNKNOWN_FIELD, at,
                           g_strdup_printf (_ ("A listing has no field “%s” there."), name));
    }
}

static void
visit_object (TrestleLinter *self,
              const char *pattern,
              JsonNode *node,
              const char *path,
              gboolean published)
{
  GPtrArray *children = children_of (pattern);
  JsonObject *object = json_node_get_object (node);
  guint known = 0;

  for (guint i = 0; children != NULL && i < children->len; i++)
    {
      const TrestleDraftField *child = g_ptr_array_index (children, i);
      const char *point = strrchr (child->pattern, '.');
      const char *name = point != NULL ? point + 1 : child->pattern;
      g_autofree char *below = trestle_draft_path_join (path, name);

      known += json_object_has_member (object, name);
      visit (self, child, trestle_node_member (node, name), below, published);
    }
  if (known < json_object_get_size (object))
    check_unknown (self, pattern, node, path);
}

static void
visit (TrestleLinter *self,
       const TrestleDraftField *field,
       JsonNode *node,
       const char *path,
       gboolean published)
{
  gboolean right = node != NULL && !JSON_NODE_HOLDS_NULL (node) && has_right_type (field, node);

  if (field->entity == TRESTLE_DRAFT_ENTITY_NONE)
    return;
  if (trestle_draft_node_is_empty (node) && (node == NULL || right || JSON_NODE_HOLDS_NULL (node)))
    visit_missing (self, field, path, published);
  else if (!right)
    trestle_lint_report_label (self, RULE_TYPE, path, trestle_lint_rule_table[RULE_TYPE].code,
                               type_words (field));
  else if (field->kind == TRESTLE_DRAFT_FIELD_KIND_LIST)
    visit_list (self, field, node, path);
  else if (field->kind == TRESTLE_DRAFT_FIELD_KIND_OBJECT)
    visit_object (self, field->pattern, node, path, published);
  else if (trestle_draft_field_is_text (field))
    trestle_lint_text (self, field, trestle_node_self_text (node), path);
}

void
trestle_lint_fields (TrestleLinter *self)
{
  visit_object (self, "", self->root, "", FALSE);
}
