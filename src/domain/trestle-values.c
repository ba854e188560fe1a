/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-domain"

#include "domain/trestle-values.h"

#include <string.h>

typedef struct
{
  const char *word;
  int value;
} Word;

static int
look_up (const Word *words, gsize n, const char *word, int otherwise)
{
  for (gsize i = 0; word != NULL && i < n; i++)
    if (g_ascii_strcasecmp (words[i].word, word) == 0)
      return words[i].value;
  return otherwise;
}

TrestleEndpointState
trestle_endpoint_state_from_aws (const char *status)
{
  static const Word words[] = {
    { "Creating", TRESTLE_ENDPOINT_STATE_CREATING },
    { "InService", TRESTLE_ENDPOINT_STATE_IN_SERVICE },
    { "Updating", TRESTLE_ENDPOINT_STATE_UPDATING },
    { "SystemUpdating", TRESTLE_ENDPOINT_STATE_UPDATING },
    { "RollingBack", TRESTLE_ENDPOINT_STATE_UPDATING },
    { "Failed", TRESTLE_ENDPOINT_STATE_FAILED },
    { "OutOfService", TRESTLE_ENDPOINT_STATE_FAILED },
    { "UpdateRollbackFailed", TRESTLE_ENDPOINT_STATE_FAILED },
    { "Deleting", TRESTLE_ENDPOINT_STATE_DELETING },
  };

  return (TrestleEndpointState) look_up (words, G_N_ELEMENTS (words), status,
                                         TRESTLE_ENDPOINT_STATE_UNKNOWN);
}

TrestlePricingKind
trestle_pricing_kind_from_aws (const char *pricing_model)
{
  static const Word words[] = {
    { "USAGE", TRESTLE_PRICING_KIND_USAGE },
    { "CONTRACT", TRESTLE_PRICING_KIND_CONTRACT },
    { "BYOL", TRESTLE_PRICING_KIND_BYOL },
    { "FREE", TRESTLE_PRICING_KIND_FREE },
  };

  return (TrestlePricingKind) look_up (words, G_N_ELEMENTS (words), pricing_model,
                                       TRESTLE_PRICING_KIND_UNKNOWN);
}

TrestleTermKind
trestle_term_kind_from_aws (const char *type)
{
  static const Word words[] = {
    { "UsageBasedPricingTerm", TRESTLE_TERM_KIND_USAGE },
    { "FreeTrialPricingTerm", TRESTLE_TERM_KIND_TRIAL },
    { "FixedUpfrontPricingTerm", TRESTLE_TERM_KIND_FIXED_UPFRONT },
    { "ConfigurableUpfrontPricingTerm", TRESTLE_TERM_KIND_CONFIGURABLE_UPFRONT },
    { "RecurringPaymentTerm", TRESTLE_TERM_KIND_RECURRING },
    { "ByolPricingTerm", TRESTLE_TERM_KIND_BYOL },
    { "LegalTerm", TRESTLE_TERM_KIND_LEGAL },
    { "SupportTerm", TRESTLE_TERM_KIND_SUPPORT },
    { "RenewalTerm", TRESTLE_TERM_KIND_RENEWAL },
    { "ValidityTerm", TRESTLE_TERM_KIND_VALIDITY },
  };

  return (TrestleTermKind) look_up (words, G_N_ELEMENTS (words), type, TRESTLE_TERM_KIND_OTHER);
}

/* The level of an access log's line, which has no word for it: by the status behind "HTTP/1.1". */
static TrestleLogLevel
level_of_status (const char *message)
{
  const char *p = strstr (message, " HTTP/");

  p = p != NULL ? strchr (p, '"') : NULL;
  if (p == NULL || p[1] != ' ' || !g_ascii_isdigit (p[3]) || !g_ascii_isdigit (p[4])
      || g_ascii_isdigit (p[5]))
    return TRESTLE_LOG_LEVEL_INFO;
  return p[2] == '5'   ? TRESTLE_LOG_LEVEL_ERROR
         : p[2] == '4' ? TRESTLE_LOG_LEVEL_WARNING
                       : TRESTLE_LOG_LEVEL_INFO;
}

TrestleLogLevel
trestle_log_level_guess (const char *message)
{
  static const Word words[] = {
    { "TRACE", TRESTLE_LOG_LEVEL_DEBUG },     { "DEBUG", TRESTLE_LOG_LEVEL_DEBUG },
    { "WARN", TRESTLE_LOG_LEVEL_WARNING },    { "WARNING", TRESTLE_LOG_LEVEL_WARNING },
    { "ERROR", TRESTLE_LOG_LEVEL_ERROR },     { "FATAL", TRESTLE_LOG_LEVEL_ERROR },
    { "CRITICAL", TRESTLE_LOG_LEVEL_ERROR },  { "Traceback", TRESTLE_LOG_LEVEL_ERROR },
    { "Exception", TRESTLE_LOG_LEVEL_ERROR }, { "INFO", TRESTLE_LOG_LEVEL_INFO },
  };
  const char *p = message, *end;

  if (p == NULL)
    return TRESTLE_LOG_LEVEL_INFO;
  end = p + strnlen (p, 120);
  while (p < end)
    {
      char word[16];
      gsize length = 0;

      while (p < end && !g_ascii_isalpha (*p))
        p++;
      while (p + length < end && g_ascii_isalpha (p[length]))
        length++;
      if (length > 0 && length < sizeof word)
        {
          int level;

          memcpy (word, p, length);
          word[length] = '\0';
          level = look_up (words, G_N_ELEMENTS (words), word, -1);
          if (level >= 0)
            return (TrestleLogLevel) level;
        }
      p += length;
    }
  return level_of_status (message);
}
