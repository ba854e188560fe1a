/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-base"

#include "base/trestle-redact.h"

#include <string.h>

#define MASK "•••"

static GMutex lock;
static GPtrArray *secrets;

void
trestle_redact_add (const char *secret)
{
  if (secret == NULL || strlen (secret) < 8)
    return;
  g_mutex_lock (&lock);
  if (secrets == NULL)
    secrets = g_ptr_array_new_with_free_func (g_free);
  if (!g_ptr_array_find_with_equal_func (secrets, secret, g_str_equal, NULL))
    g_ptr_array_add (secrets, g_strdup (secret));
  g_mutex_unlock (&lock);
}

char *
trestle_redact (const char *text)
{
  static GRegex *shapes;
  g_autofree char *valid = NULL;
  GString *out;
  char *masked;

  if (text == NULL)
    return NULL;

  if (g_once_init_enter_pointer (&shapes))
    {
      GRegex *regex = g_regex_new (
          "((?:Signature|X-Amz-Signature|X-Amz-Security-Token|Authorization"
          "|SecretAccessKey|SessionToken|aws_secret_access_key|aws_session_token)"
          "[\"']?\\s*[=:]\\s*[\"']?)[^\\s\"'&,;]{6,}",
          G_REGEX_CASELESS | G_REGEX_OPTIMIZE, 0, NULL);
      g_once_init_leave_pointer (&shapes, regex);
    }

  /* Regular expressions must not meet broken UTF-8, and a server may send any bytes. */
  valid = g_utf8_make_valid (text, -1);
  out = g_string_new_take (g_steal_pointer (&valid));
  g_mutex_lock (&lock);
  for (guint i = 0; secrets != NULL && i < secrets->len; i++)
    g_string_replace (out, g_ptr_array_index (secrets, i), MASK, 0);
  g_mutex_unlock (&lock);

  masked = g_regex_replace (shapes, out->str, -1, 0, "\\1" MASK, 0, NULL);
  if (masked == NULL)
    return g_string_free (out, FALSE);
  g_string_free (out, TRUE);
  return masked;
}
