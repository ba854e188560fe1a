/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-workbench"

#include "workbench/trestle-practice-launcher.h"

#include <errno.h>
#include <signal.h>
#include <string.h>

#include "base/trestle-json.h"
#include "workbench/trestle-workbench-error.h"

G_DEFINE_BOXED_TYPE (TrestlePracticeHandle,
                     trestle_practice_handle,
                     trestle_practice_handle_copy,
                     trestle_practice_handle_free)

TrestlePracticeHandle *
trestle_practice_handle_copy (const TrestlePracticeHandle *self)
{
  TrestlePracticeHandle *copy = g_new0 (TrestlePracticeHandle, 1);

  copy->endpoint = g_strdup (self->endpoint);
  copy->region = g_strdup (self->region);
  copy->pid = self->pid;
  for (guint i = 0; i < G_N_ELEMENTS (self->keys); i++)
    {
      copy->keys[i].role = g_strdup (self->keys[i].role);
      copy->keys[i].account = g_strdup (self->keys[i].account);
      copy->keys[i].access_key_id = g_strdup (self->keys[i].access_key_id);
      copy->keys[i].secret_access_key = g_strdup (self->keys[i].secret_access_key);
    }
  return copy;
}

void
trestle_practice_handle_free (TrestlePracticeHandle *self)
{
  g_free (self->endpoint);
  g_free (self->region);
  for (guint i = 0; i < G_N_ELEMENTS (self->keys); i++)
    {
      g_free (self->keys[i].role);
      g_free (self->keys[i].account);
      g_free (self->keys[i].access_key_id);
      g_free (self->keys[i].secret_access_key);
    }
  g_free (self);
}

const TrestlePracticeKeys *
trestle_practice_handle_keys (const TrestlePracticeHandle *self, const char *role)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->keys); i++)
    if (g_ascii_strcasecmp (self->keys[i].role, role) == 0)
      return &self->keys[i];
  return NULL;
}

/* Killed, but nobody has asked how it ended: in a container that may stay so for ever. */
static gboolean
is_zombie (gint64 pid)
{
  g_autofree char *path = g_strdup_printf ("/proc/%" G_GINT64_FORMAT "/stat", pid);
  g_autofree char *text = NULL;
  const char *state;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return FALSE;
  state = strrchr (text, ')');
  return state != NULL && (g_str_has_prefix (state, ") Z") || g_str_has_prefix (state, ") X"));
}

gboolean
trestle_practice_handle_is_alive (const TrestlePracticeHandle *self)
{
  return self->pid > 0 && self->pid <= G_MAXINT
         && (kill ((pid_t) self->pid, 0) == 0 || errno == EPERM) && !is_zombie (self->pid);
}

TrestlePracticeHandle *
trestle_practice_handle_parse (const char *text, gssize length, GError **error)
{
  static const char *const roles[] = { "buyer", "seller", "tester" };
  g_autoptr (TrestleJsonDoc) doc = trestle_json_doc_parse (text, length, error);
  g_autoptr (TrestlePracticeHandle) self = NULL;
  TrestleJson root, accounts;

  if (doc == NULL)
    return NULL;
  self = g_new0 (TrestlePracticeHandle, 1);
  root = trestle_json_root (doc);
  accounts = trestle_json_member (root, "accounts");
  self->endpoint = g_strdup (trestle_json_string (root, "endpoint"));
  self->region = g_strdup (trestle_json_string_or (root, "region", "us-east-1"));
  self->pid = trestle_json_int (root, "pid");
  for (guint i = 0; i < G_N_ELEMENTS (roles); i++)
    {
      TrestleJson at = trestle_json_member (accounts, roles[i]);

      self->keys[i].role = g_strdup (roles[i]);
      self->keys[i].account = g_strdup (trestle_json_string (at, "account"));
      self->keys[i].access_key_id = g_strdup (trestle_json_string (at, "access_key_id"));
      self->keys[i].secret_access_key = g_strdup (trestle_json_string (at, "secret_access_key"));
    }
  if (!trestle_json_doc_check (doc, error))
    return NULL;
  if (!g_str_has_prefix (self->endpoint, "http://127.0.0.1:")
      && !g_str_has_prefix (self->endpoint, "http://[::1]:"))
    {
      g_set_error (error, TRESTLE_WORKBENCH_ERROR, TRESTLE_WORKBENCH_ERROR_PRACTICE,
                   "%s is not on this computer", self->endpoint);
      return NULL;
    }
  return g_steal_pointer (&self);
}
