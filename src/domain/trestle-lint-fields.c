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

/* AWS's code depends on the field for some rules. */
typedef struct
{
  const char *pattern; /* what a field's begins with */
  const char *code;
} FieldCode;

static const char *
code_for (const FieldCode *codes, gsize n, const TrestleDraftField *field, const char *otherwise)
{
  for (gsize i = 0; i < n; i++)
    if (g_str_has_prefix (field->pattern, codes[i].pattern))
      return codes[i].code;
  return otherwise;
}

static const FieldCode missing_codes[] = {
  { "Product.", "MISSING_DATA" },
  { "Versions[].AccessRoleArn", "INVALID_ACCESS_ROLE" },
  { "Offer.Name", "MISSING_NAME" },
  { "Offer.Description", "MISSING_DESCRIPTION" },
  { "Offer.PricingModel", "MISSING_MANDATORY_TERMS" },
  { "Offer.Eula", "MISSING_MANDATORY_TERMS" },
  { "Offer.RefundPolicy", "MISSING_MANDATORY_TERMS" },
};

static const FieldCode form_codes[] = {
  { "Product.BuyerAccounts", "INVALID_AWS_ACCOUNT_IDS" },
  { "Product.AdditionalResources", "INVALID_ADDITIONAL_RESOURCES" },
  { "Versions[].SageMaker", "INVALID_ASSET_ARN" },
  { "Versions[].AccessRoleArn", "INVALID_ACCESS_ROLE" },
  { "Offer.FreeTrial", "INVALID_DURATION" },
  { "Offer.RateCard[].Price", "INVALID_RATE_CARD" },
  { "Offer.CurrencyCode", "INVALID_CURRENCY_CODE" },
  { "Offer.Eula", "INVALID_LEGAL_DOCUMENTS" },
};

static const FieldCode source_codes[] = {
  { "Product.AdditionalResources", "INVALID_ADDITIONAL_RESOURCES" },
  { "Product.", "INVALID_MEDIA" },
  { "Offer.Eula", "INVALID_LEGAL_DOCUMENTS" },
};

#define CODE(codes, field, otherwise) code_for (codes, G_N_ELEMENTS (codes), field, otherwise)

/* Reports with the field's label as the only argument of @format. */
static void
report (TrestleLinter *self,
        TrestleLintRuleId rule,
        const char *path,
        const char *code,
        const char *format)
{
  g_autofree char *label = trestle_draft_field_dup_label (path);

  trestle_lint_report_code (self, rule, path, code, g_strdup_printf (format, label));
}

static void
report_limit (TrestleLinter *self,
              TrestleLintRuleId rule,
              const char *path,
              const char *code,
              const char *format,
              gint64 found,
              gint64 limit)
{
  g_autofree char *label = trestle_draft_field_dup_label (path);

  trestle_lint_report_code (self, rule, path, code,
                            g_strdup_printf (format, label, (int) found, (int) limit));
}

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
      report (self, RULE_EMPTY_ENTRY, path, trestle_lint_rule_table[RULE_EMPTY_ENTRY].code,
              _ ("“%s” is empty."));
      return;
    }
  if (field->level == TRESTLE_DRAFT_LEVEL_RECOMMENDED && !is_left_out (field))
    report (self, RULE_MISSING_ADVISED, path, NULL, _ ("“%s” is not filled in."));
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
  report (self, RULE_MISSING, path,
          CODE (missing_codes, field, trestle_lint_rule_table[RULE_MISSING].code),
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

static const char *
form_words (const TrestleDraftField *field)
{
  if (g_str_has_prefix (field->pattern, "Product.BuyerAccounts"))
    return _ ("“%s” is not an account number of twelve digits.");
  switch (field->kind)
    {
    case TRESTLE_DRAFT_FIELD_KIND_URL:
    case TRESTLE_DRAFT_FIELD_KIND_FILE:
      return strstr (field->expression, "https?") != NULL
                 ? _ ("“%s” is not a complete web address.")
                 : _ ("“%s” is not a complete address that begins with https://.");
    case TRESTLE_DRAFT_FIELD_KIND_ARN:
      return _ ("“%s” is not an ARN of the kind that belongs there.");
    case TRESTLE_DRAFT_FIELD_KIND_PRICE:
      return _ ("“%s” is not a plain number such as 1.50.");
    case TRESTLE_DRAFT_FIELD_KIND_DURATION:
      return _ ("“%s” is not a duration such as P14D.");
    case TRESTLE_DRAFT_FIELD_KIND_TEXT:
    case TRESTLE_DRAFT_FIELD_KIND_LONG_TEXT:
    case TRESTLE_DRAFT_FIELD_KIND_LIST:
    case TRESTLE_DRAFT_FIELD_KIND_OBJECT:
    case TRESTLE_DRAFT_FIELD_KIND_CHOICE:
    case TRESTLE_DRAFT_FIELD_KIND_BOOL:
    case TRESTLE_DRAFT_FIELD_KIND_NUMBER:
    default:
      return _ ("“%s” has characters that are not allowed there.");
    }
}

/* "1.123456789": a price in all but its decimals */
static gboolean
has_many_decimals (const char *text)
{
  const char *point = strchr (text, '.');

  return point != NULL && strlen (point + 1) > 8
         && strspn (text, "0123456789") == (gsize) (point - text)
         && strspn (point + 1, "0123456789") == strlen (point + 1);
}

static void
check_form (TrestleLinter *self, const TrestleDraftField *field, const char *text, const char *path)
{
  const char *code = CODE (form_codes, field, trestle_lint_rule_table[RULE_FORM].code);

  if (field->choices != NULL && !g_strv_contains (field->choices, text))
    {
      g_autofree char *label = trestle_draft_field_dup_label (path);
      g_autofree char *choices = g_strjoinv (", ", (char **) field->choices);

      trestle_lint_report_code (
          self, RULE_CHOICE, path, code,
          g_strdup_printf (_ ("“%s” has to be one of these: %s."), label, choices));
    }
  if (g_str_equal (field->pattern, "Offer.RefundPolicy")) /* has rules that say more */
    return;
  if (trestle_draft_field_matches (field, text))
    return;
  if (g_unichar_isspace (g_utf8_get_char (text)))
    report (self, RULE_LEADING_SPACE, path, code, _ ("“%s” begins with a space."));
  else if (field->kind == TRESTLE_DRAFT_FIELD_KIND_PRICE && has_many_decimals (text))
    report (self, RULE_PRICE_DECIMALS, path, code, _ ("“%s” has more than eight decimals."));
  else
    report (self, RULE_FORM, path, code, form_words (field));
}

static void
check_characters (TrestleLinter *self,
                  const TrestleDraftField *field,
                  const char *text,
                  const char *path)
{
  static const char *const signs[] = { "™", "®", "©" };

  for (const char *p = text; *p != '\0'; p++)
    if ((guchar) *p < 0x20 && *p != '\t' && *p != '\n')
      {
        g_autofree char *label = trestle_draft_field_dup_label (path);

        trestle_lint_report (
            self, RULE_CONTROL_CHARACTER, path,
            g_strdup_printf (_ ("“%s” has a control character (U+%04X) as its character %ld."),
                             label, (guint) *p, g_utf8_pointer_to_offset (text, p) + 1));
        break;
      }
  if (field->entity != TRESTLE_DRAFT_ENTITY_PRODUCT
      || !g_str_has_prefix (field->pattern, "Product."))
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (signs); i++)
    {
      const char *found = text;

      while ((found = strstr (found, signs[i])) != NULL)
        {
          if (found > text && g_unichar_isspace (g_utf8_get_char (g_utf8_prev_char (found))))
            {
              g_autofree char *label = trestle_draft_field_dup_label (path);

              trestle_lint_report (
                  self, RULE_TRADEMARK_SPACE, path,
                  g_strdup_printf (_ ("“%s” has a space before %s."), label, signs[i]));
              break;
            }
          found += strlen (signs[i]);
        }
    }
}

static void
check_source (TrestleLinter *self,
              const TrestleDraftField *field,
              const char *text,
              const char *path)
{
  const char *reason = self->facts->sources != NULL
                           ? g_hash_table_lookup (self->facts->sources, text)
                           : NULL;
  gboolean file = field->kind == TRESTLE_DRAFT_FIELD_KIND_FILE && strstr (text, "://") == NULL;
  g_autofree char *label = NULL;

  if (reason == NULL || *reason == '\0')
    return;
  label = trestle_draft_field_dup_label (path);
  trestle_lint_report_code (self, file ? RULE_FILE_MISSING : RULE_UNREACHABLE, path,
                            CODE (source_codes, field, NULL),
                            g_strdup_printf (_ ("“%s” cannot be read: %s"), label, reason));
}

static void
visit_text (TrestleLinter *self, const TrestleDraftField *field, const char *text, const char *path)
{
  gint64 length = g_utf8_strlen (text, -1);
  gint64 most = trestle_draft_field_get_most (field);
  gint64 advised = trestle_draft_field_get_advised (field);

  if (most >= 0 && length > most)
    report_limit (self, RULE_TOO_LONG, path, trestle_lint_rule_table[RULE_TOO_LONG].code,
                  _ ("“%s” has %d characters; the limit is %d."), length, most);
  else if (advised >= 0 && length > advised)
    report_limit (self, RULE_LONGER_THAN_ADVISED, path, NULL,
                  _ ("“%s” has %d characters; some of AWS's sources allow only %d."), length,
                  advised);
  check_form (self, field, text, path);
  check_characters (self, field, text, path);
  if (field->kind == TRESTLE_DRAFT_FIELD_KIND_URL || field->kind == TRESTLE_DRAFT_FIELD_KIND_FILE)
    check_source (self, field, text, path);
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
    report_limit (self, RULE_TOO_MANY, path,
                  g_str_equal (field->pattern, "Offer.RateCard")
                      ? "TOO_MANY_RATES"
                      : trestle_lint_rule_table[RULE_TOO_MANY].code,
                  _ ("“%s” has %d entries; the limit is %d."), n, most);
  else if (advised >= 0 && n > advised)
    report_limit (self, RULE_MORE_THAN_ADVISED, path, NULL,
                  _ ("“%s” has %d entries; some of AWS's sources allow only %d."), n, advised);
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
    report_limit (self, RULE_TOTAL, path, trestle_lint_rule_table[RULE_TOTAL].code,
                  _ ("“%s” have %d characters together; the limit is %d."), sum, total);
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
    report (self, RULE_TYPE, path, trestle_lint_rule_table[RULE_TYPE].code, type_words (field));
  else if (field->kind == TRESTLE_DRAFT_FIELD_KIND_LIST)
    visit_list (self, field, node, path);
  else if (field->kind == TRESTLE_DRAFT_FIELD_KIND_OBJECT)
    visit_object (self, field->pattern, node, path, published);
  else if (trestle_draft_field_is_text (field))
    visit_text (self, field, trestle_node_self_text (node), path);
}

void
trestle_lint_fields (TrestleLinter *self)
{
  visit_object (self, "", self->root, "", FALSE);
}
