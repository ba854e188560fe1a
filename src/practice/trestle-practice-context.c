/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-practice"

#include "practice/trestle-practice-context.h"

#include <string.h>

gboolean
trestle_practice_fail (TrestlePracticeContext *ctx,
                       const char *code,
                       guint status,
                       const char *format,
                       ...)
{
  va_list args;

  g_free (ctx->fault_code);
  g_free (ctx->fault_message);
  ctx->fault_code = g_strdup (code);
  ctx->fault_status = status;
  va_start (args, format);
  ctx->fault_message = g_strdup_vprintf (format, args);
  va_end (args);
  return FALSE;
}

static JsonObject *
ensure_members (TrestlePracticeContext *ctx)
{
  if (ctx->fault_members == NULL)
    ctx->fault_members = json_object_new ();
  return ctx->fault_members;
}

void
trestle_practice_fail_text (TrestlePracticeContext *ctx, const char *name, const char *value)
{
  json_object_set_string_member (ensure_members (ctx), name, value);
}

void
trestle_practice_fail_int (TrestlePracticeContext *ctx, const char *name, gint64 value)
{
  json_object_set_int_member (ensure_members (ctx), name, value);
}

/* A token holds the offset, sealed together with the question it belongs to. */
static char *
seal (TrestlePracticeContext *ctx, const char *scope, gint64 offset)
{
  g_autofree char *secret = trestle_practice_world_get_secret (ctx->world);
  g_autofree char *text = g_strdup_printf ("%s|%s|%s|%" G_GINT64_FORMAT, ctx->account->number,
                                           ctx->region, scope, offset);

  return g_compute_hmac_for_string (G_CHECKSUM_SHA256, (const guchar *) secret, strlen (secret),
                                    text, -1);
}

char *
trestle_practice_page_token (TrestlePracticeContext *ctx, const char *scope, gint64 offset)
{
  g_autofree char *mark = seal (ctx, scope, offset);
  g_autofree char *text = g_strdup_printf ("%.48s%012" G_GINT64_MODIFIER "x", mark, offset);

  /* 60 characters make 80 of base64 without padding, which some patterns do not take. */
  return g_base64_encode ((const guchar *) text, strlen (text));
}

gboolean
trestle_practice_page_open (TrestlePracticeContext *ctx,
                            const char *token,
                            const char *scope,
                            gint64 *offset)
{
  g_autofree guchar *bytes = NULL;
  g_autofree char *text = NULL;
  g_autofree char *mark = NULL;
  gsize size;

  *offset = 0;
  if (token == NULL)
    return TRUE;
  bytes = g_base64_decode (token, &size);
  if (size != 60)
    return FALSE;
  text = g_strndup ((const char *) bytes, size);
  *offset = (gint64) g_ascii_strtoull (text + MIN (strlen (text), 48), NULL, 16);
  mark = seal (ctx, scope, *offset);
  return strncmp (mark, text, 48) == 0;
}

char *
trestle_practice_scope (const char *operation, TrestleJson in)
{
  g_autoptr (JsonNode) copy = NULL;
  g_autofree char *text = NULL;
  static const char *paging[] = { "nextToken", "NextToken", "maxResults", "MaxResults",
                                  "limit",     "Marker",    "MaxItems" };

  if (in.node == NULL || !JSON_NODE_HOLDS_OBJECT (in.node))
    return g_strdup (operation);
  text = trestle_json_to_string (in.node, FALSE);
  copy = json_from_string (text, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (paging); i++)
    json_object_remove_member (json_node_get_object (copy), paging[i]);
  g_free (text);
  text = trestle_json_to_string (copy, FALSE);
  return g_strconcat (operation, " ", text, NULL);
}
