/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-domain"

#include "domain/trestle-lint.h"

#include <string.h>

#include "domain/trestle-draft-path.h"
#include "domain/trestle-lint-private.h"
#include "domain/trestle-node.h"

#include "trestle-config.h"
#include <glib/gi18n-lib.h>

TrestleFinding *
trestle_lint_new_finding (TrestleLintRuleId rule,
                          const char *field,
                          const char *code,
                          char *message)
{
  g_autofree char *words = message;
  const TrestleLintRule *row = &trestle_lint_rule_table[rule];

  return g_object_new (TRESTLE_TYPE_FINDING, "field", field, "severity", row->severity, "code",
                       code, "rule", row->id, "message", words, "fix", _ (row->fix), NULL);
}

void
trestle_lint_report_code (TrestleLinter *self,
                          TrestleLintRuleId rule,
                          const char *field,
                          const char *code,
                          char *message)
{
  g_ptr_array_add (self->findings, trestle_lint_new_finding (rule, field, code, message));
}

void
trestle_lint_report (TrestleLinter *self, TrestleLintRuleId rule, const char *field, char *message)
{
  trestle_lint_report_code (self, rule, field, trestle_lint_rule_table[rule].code, message);
}

void
trestle_lint_report_label (TrestleLinter *self,
                           TrestleLintRuleId rule,
                           const char *path,
                           const char *code,
                           const char *format)
{
  g_autofree char *label = trestle_draft_field_dup_label (path);

  trestle_lint_report_code (self, rule, path, code, g_strdup_printf (format, label));
}

void
trestle_lint_report_limit (TrestleLinter *self,
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

const char *
trestle_lint_code_for (const TrestleLintFieldCode *codes,
                       gsize n,
                       const TrestleDraftField *field,
                       const char *otherwise)
{
  for (gsize i = 0; i < n; i++)
    if (g_str_has_prefix (field->pattern, codes[i].pattern))
      return codes[i].code;
  return otherwise;
}

const char *
trestle_lint_version_arn (JsonNode *version)
{
  const char *arn = trestle_node_text (version, "SageMakerModelPackageArn");

  return arn != NULL ? arn : trestle_node_text (version, "SageMakerAlgorithmArn");
}

gboolean
trestle_lint_is_new (JsonNode *version)
{
  return trestle_node_text (version, "Id") == NULL;
}

TrestlePackage *
trestle_lint_find_package (TrestleLinter *self, JsonNode *version, gboolean *known)
{
  const char *arn = trestle_lint_version_arn (version);
  gpointer package = NULL;

  *known = arn != NULL && self->facts->packages != NULL
           && g_hash_table_lookup_extended (self->facts->packages, arn, NULL, &package);
  return package;
}

/* A text by which paths sort as fields do: of each step its place in the table, or its number. */
static char *
dup_sort_key (const char *path)
{
  g_autoptr (GArray) steps = trestle_draft_path_parse (path);
  g_autoptr (GString) pattern = g_string_new (NULL);
  GString *key = g_string_new (NULL);

  for (guint i = 0; steps != NULL && i < steps->len; i++)
    {
      const TrestleDraftStep *step = &g_array_index (steps, TrestleDraftStep, i);
      const TrestleDraftField *field;

      if (step->name == NULL)
        {
          g_string_append (pattern, "[]");
          g_string_append_printf (key, "%010u", step->index);
          continue;
        }
      g_string_append_printf (pattern, "%s%s", pattern->len > 0 ? "." : "", step->name);
      field = trestle_draft_field_find (pattern->str);
      if (field != NULL)
        g_string_append_printf (key, "%010u", trestle_draft_field_get_order (field));
      else
        g_string_append_printf (key, "~%s", step->name); /* behind all that the table has */
    }
  return g_string_free (key, FALSE);
}

static int
compare (gconstpointer a, gconstpointer b, gpointer keys)
{
  TrestleFinding *one = *(TrestleFinding **) a, *other = *(TrestleFinding **) b;
  int order = strcmp (g_hash_table_lookup (keys, trestle_finding_get_field (one)),
                      g_hash_table_lookup (keys, trestle_finding_get_field (other)));

  if (order == 0)
    order = (int) trestle_finding_get_severity (one) - (int) trestle_finding_get_severity (other);
  if (order == 0)
    order = strcmp (trestle_finding_get_rule (one), trestle_finding_get_rule (other));
  return order != 0
             ? order
             : strcmp (trestle_finding_get_message (one), trestle_finding_get_message (other));
}

static void
sort (GPtrArray *findings)
{
  g_autoptr (GHashTable) keys = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);

  for (guint i = 0; i < findings->len; i++)
    {
      const char *field = trestle_finding_get_field (g_ptr_array_index (findings, i));

      if (!g_hash_table_contains (keys, field))
        g_hash_table_insert (keys, (gpointer) field, dup_sort_key (field));
    }
  g_ptr_array_sort_with_data (findings, compare, keys);
}

GPtrArray *
trestle_lint (TrestleDraft *draft, const TrestleLintFacts *facts)
{
  static const TrestleLintFacts nothing = { NULL };
  JsonNode *live;
  TrestleLinter self = { .facts = facts != NULL ? facts : &nothing };

  g_return_val_if_fail (TRESTLE_IS_DRAFT (draft), NULL);
  live = self.facts->live != NULL ? trestle_draft_get_root (self.facts->live) : NULL;
  self.findings = g_ptr_array_new_with_free_func (g_object_unref);
  self.root = trestle_draft_get_root (draft);
  self.product = trestle_node_member (self.root, "Product");
  self.versions = trestle_node_member (self.root, "Versions");
  self.offer = trestle_node_member (self.root, "Offer");
  self.live_product = trestle_node_member (live, "Product");
  self.live_versions = trestle_node_member (live, "Versions");
  self.live_offer = trestle_node_member (live, "Offer");

  trestle_lint_fields (&self);
  trestle_lint_product (&self);
  trestle_lint_versions (&self);
  trestle_lint_packages (&self);
  trestle_lint_usage (&self);
  trestle_lint_prices (&self);
  trestle_lint_terms (&self);
  sort (self.findings);
  return self.findings;
}

guint
trestle_lint_count (GPtrArray *findings, TrestleSeverity severity)
{
  guint n = 0;

  for (guint i = 0; i < findings->len; i++)
    n += trestle_finding_get_severity (g_ptr_array_index (findings, i)) == severity;
  return n;
}
