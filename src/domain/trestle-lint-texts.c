/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-domain"

#include "domain/trestle-lint-private.h"

#include <string.h>

#include "trestle-config.h"
#include <glib/gi18n-lib.h>

/* What the table alone says of a text: its length, its form, its characters. */

static const TrestleLintFieldCode form_codes[] = {
  { "Product.BuyerAccounts", "INVALID_AWS_ACCOUNT_IDS" },
  { "Product.AdditionalResources", "INVALID_ADDITIONAL_RESOURCES" },
  { "Versions[].SageMaker", "INVALID_ASSET_ARN" },
  { "Versions[].AccessRoleArn", "INVALID_ACCESS_ROLE" },
  { "Offer.FreeTrial", "INVALID_DURATION" },
  { "Offer.RateCard[].Price", "INVALID_RATE_CARD" },
  { "Offer.CurrencyCode", "INVALID_CURRENCY_CODE" },
  { "Offer.Eula", "INVALID_LEGAL_DOCUMENTS" },
};

static const TrestleLintFieldCode source_codes[] = {
  { "Product.AdditionalResources", "INVALID_ADDITIONAL_RESOURCES" },
  { "Product.", "INVALID_MEDIA" },
  { "Offer.Eula", "INVALID_LEGAL_DOCUMENTS" },
};

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
  const char *code = TRESTLE_LINT_CODE (form_codes, field, trestle_lint_rule_table[RULE_FORM].code);

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
  /* AWS keeps a logo at an address of its own, which it will not refuse */
  if (field->kind == TRESTLE_DRAFT_FIELD_KIND_FILE && self->facts->live != NULL
      && g_str_equal (text, trestle_draft_get_text (self->facts->live, path)))
    return;
  if (g_unichar_isspace (g_utf8_get_char (text)))
    trestle_lint_report_label (self, RULE_LEADING_SPACE, path, code,
                               _ ("“%s” begins with a space."));
  else if (field->kind == TRESTLE_DRAFT_FIELD_KIND_PRICE && has_many_decimals (text))
    trestle_lint_report_label (self, RULE_PRICE_DECIMALS, path, code,
                               _ ("“%s” has more than eight decimals."));
  else
    trestle_lint_report_label (self, RULE_FORM, path, code, form_words (field));
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
                            TRESTLE_LINT_CODE (source_codes, field, NULL),
                            g_strdup_printf (_ ("“%s” cannot be read: %s"), label, reason));
}

void
trestle_lint_text (TrestleLinter *self,
                   const TrestleDraftField *field,
                   const char *text,
                   const char *path)
{
  gint64 length = g_utf8_strlen (text, -1);
  gint64 most = trestle_draft_field_get_most (field);
  gint64 advised = trestle_draft_field_get_advised (field);

  if (most >= 0 && length > most)
    trestle_lint_report_limit (self, RULE_TOO_LONG, path,
                               trestle_lint_rule_table[RULE_TOO_LONG].code,
                               _ ("“%s” has %d characters; the limit is %d."), length, most);
  else if (advised >= 0 && length > advised)
    trestle_lint_report_limit (self, RULE_LONGER_THAN_ADVISED, path, NULL,
                               _ ("“%s” has %d characters; some of AWS's sources allow only %d."),
                               length, advised);
  check_form (self, field, text, path);
  check_characters (self, field, text, path);
  if (field->kind == TRESTLE_DRAFT_FIELD_KIND_URL || field->kind == TRESTLE_DRAFT_FIELD_KIND_FILE)
    check_source (self, field, text, path);
}
