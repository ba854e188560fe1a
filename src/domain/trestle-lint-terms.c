/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-domain"

#include "domain/trestle-lint-private.h"

#include <string.h>

#include "base/trestle-clock.h"
#include "domain/trestle-dimensions.h"
#include "domain/trestle-limits.h"
#include "domain/trestle-node.h"

#include "trestle-config.h"
#include <glib/gi18n-lib.h>

#define TRIAL "Offer.FreeTrial"
#define EULA "Offer.Eula"
#define REFUND "Offer.RefundPolicy"

static void
check_trial_days (TrestleLinter *self, const char *trial)
{
  gint64 least = trestle_limit (TRESTLE_LIMIT_TRIAL_LEAST_DAYS);
  gint64 most = trestle_limit (TRESTLE_LIMIT_TRIAL_MOST_DAYS);
  guint days;

  if (!trestle_clock_parse_days (trial, &days))
    {
      /* "P1M2D" is a duration, but nothing that a trial can be held against; others are told already */
      if (trestle_draft_field_matches (trestle_draft_field_find (TRIAL), trial))
        trestle_lint_report (self, RULE_TRIAL_DAYS, TRIAL,
                             g_strdup (_ ("The trial is not a number of days, such as P14D.")));
      return;
    }
  if (days < least || days > most)
    trestle_lint_report (self, RULE_TRIAL_DAYS, TRIAL,
                         g_strdup_printf (_ ("The trial lasts %u days; AWS allows %d to %d."), days,
                                          (int) least, (int) most));
  else if (days > trestle_limit (TRESTLE_LIMIT_TRIAL_WEB_DAYS))
    trestle_lint_report (
        self, RULE_TRIAL_DAYS_OLDER, TRIAL,
        g_strdup_printf (_ ("The trial lasts %u days, more than AWS allows today."), days));
  else if (days < trestle_limit (TRESTLE_LIMIT_TRIAL_ADVISED_LEAST_DAYS)
           || days > trestle_limit (TRESTLE_LIMIT_TRIAL_ADVISED_MOST_DAYS))
    trestle_lint_report (self, RULE_TRIAL_DAYS_ADVISED, TRIAL,
                         g_strdup_printf (_ ("The trial lasts %u days."), days));
}

static void
check_trial (TrestleLinter *self)
{
  const char *trial = trestle_node_text (self->offer, "FreeTrial");
  JsonNode *card = trestle_node_member (self->offer, "RateCard");

  if (trial == NULL)
    return;
  check_trial_days (self, trial);
  if (g_strcmp0 (trestle_node_text (self->offer, "PricingModel"), "Free") == 0)
    trestle_lint_report (self, RULE_TRIAL_FREE, TRIAL,
                         g_strdup (_ ("A free offer cannot have a trial.")));
  for (guint i = 0; i < trestle_node_length (card); i++)
    if (trestle_dimension_parse (trestle_node_text (trestle_node_element (card, i), "DimensionKey"),
                                 NULL)
        == TRESTLE_USAGE_MODE_INFERENCE)
      {
        trestle_lint_report (self, RULE_TRIAL_PER_INFERENCE, TRIAL,
                             g_strdup (_ ("A trial needs prices by the hour; this offer is priced "
                                          "per inference.")));
        return;
      }
}

static void
check_standard_eula (TrestleLinter *self, JsonNode *eula)
{
  static const char field[] = EULA ".Version";
  const char *version = trestle_node_text (eula, "Version");

  if (version == NULL)
    trestle_lint_report (self, RULE_EULA_VERSION_MISSING, field,
                         g_strdup (_ ("The version of the standard contract is missing.")));
  else if (!g_str_equal (version, "2022-07-14"))
    trestle_lint_report (
        self, RULE_EULA_VERSION_OLD, field,
        g_str_equal (version, "2019-04-24")
            ? g_strdup (_ ("The standard contract of 2019-04-24 is an older text."))
            : g_strdup_printf (_ ("“%s” is not a known version of the standard contract."),
                               version));
}

static void
check_custom_eula (TrestleLinter *self, JsonNode *eula)
{
  static const char *const types[] = { "text/plain", "application/pdf", NULL };
  const char *file = trestle_node_text (eula, "File"), *url = trestle_node_text (eula, "Url");
  const char *field = file != NULL ? EULA ".File" : EULA ".Url";
  const TrestleLintFile *facts = self->facts->eula;
  gboolean kind = TRUE;

  if ((file != NULL) == (url != NULL))
    {
      trestle_lint_report (
          self, RULE_EULA_SOURCE, EULA,
          file != NULL ? g_strdup (_ ("The licence agreement has both a file and an address."))
                       : g_strdup (_ ("The licence agreement has neither a file nor an address.")));
      return;
    }
  if (facts != NULL && facts->content_type != NULL)
    kind = g_strv_contains (types, facts->content_type);
  else if (file != NULL)
    {
      g_autofree char *name = g_ascii_strdown (file, -1);

      kind = g_str_has_suffix (name, ".txt") || g_str_has_suffix (name, ".pdf");
    }
  if (!kind)
    trestle_lint_report (self, RULE_EULA_KIND, field,
                         g_strdup (_ ("The licence agreement is neither plain text nor PDF.")));
  if (facts == NULL)
    return;
  if (facts->bytes == 0)
    trestle_lint_report (self, RULE_EULA_EMPTY, field,
                         g_strdup (_ ("The licence agreement's file is empty.")));
  if (facts->bytes > trestle_limit (TRESTLE_LIMIT_EULA_ADVISED_BYTES))
    {
      g_autofree char *size = g_format_size ((guint64) facts->bytes);

      trestle_lint_report (self, RULE_EULA_BYTES, field,
                           g_strdup_printf (_ ("The licence agreement's file has %s."), size));
    }
}

static void
check_eula (TrestleLinter *self)
{
  JsonNode *eula = trestle_node_member (self->offer, "Eula");
  const char *type = trestle_node_text (eula, "Type");

  if (g_strcmp0 (type, "StandardEula") == 0)
    check_standard_eula (self, eula);
  else if (g_strcmp0 (type, "CustomEula") == 0)
    check_custom_eula (self, eula);
}

static void
check_refund (TrestleLinter *self)
{
  const char *text = trestle_node_text (self->offer, "RefundPolicy");

  if (text == NULL)
    return;
  if (g_unichar_isspace (g_utf8_get_char (text))
      || g_unichar_isspace (g_utf8_get_char (g_utf8_prev_char (text + strlen (text)))))
    trestle_lint_report (self, RULE_REFUND_SPACE, REFUND,
                         g_strdup (_ ("The refund policy begins or ends with a space.")));
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c < 0x80 || g_utf8_strchr ("©®™¢£¤¥", -1, c) != NULL)
        continue;
      trestle_lint_report (
          self, RULE_REFUND_CHARACTERS, REFUND,
          g_strdup_printf (_ ("The refund policy has “%.*s”, which is not allowed in it."),
                           (int) (g_utf8_next_char (p) - p), p));
      return;
    }
}

void
trestle_lint_terms (TrestleLinter *self)
{
  check_trial (self);
  check_eula (self);
  check_refund (self);
}
