/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-practice"

#include "practice/trestle-practice-context.h"

static void
put_role (JsonBuilder *out, JsonObject *role)
{
  g_autofree char *policy = trestle_json_to_string (
      json_object_get_member (role, "AssumeRolePolicyDocument"), FALSE);
  /* IAM gives policies percent-encoded. */
  g_autofree char *encoded = g_uri_escape_string (policy, NULL, FALSE);
  gint64 created = 0;

  trestle_clock_parse (get_text (role, "CreateDate"), &created);
  put_text (out, "Path", get_text (role, "Path"));
  put_text (out, "RoleName", get_text (role, "RoleName"));
  put_text (out, "RoleId", get_text (role, "RoleId"));
  put_text (out, "Arn", get_text (role, "Arn"));
  put_time (out, "CreateDate", created);
  put_text (out, "AssumeRolePolicyDocument", encoded);
  put_text (out, "Description", get_text (role, "Description"));
  put_int (out, "MaxSessionDuration",
           json_object_get_int_member_with_default (role, "MaxSessionDuration", 3600));
}

static gboolean
list_roles (TrestlePracticeContext *ctx, TrestleJson in, JsonBuilder *out)
{
  JsonArray *roles = trestle_practice_catalogue_get_roles (ctx->world->catalogue,
                                                           ctx->account->number);
  const char *prefix = trestle_json_string_or (in, "PathPrefix", "/");
  g_autofree char *scope = trestle_practice_scope ("ListRoles", in);
  gint64 max = trestle_json_int_or (in, "MaxItems", 100);
  gint64 offset, seen = 0;

  if (!trestle_practice_page_open (ctx, trestle_json_string_or (in, "Marker", NULL), scope,
                                   &offset))
    return trestle_practice_fail (ctx, "ValidationError", 400, "Invalid Marker.");
  open_array (out, "Roles");
  for (guint i = 0; i < array_length (roles); i++)
    {
      JsonObject *role = json_array_get_object_element (roles, i);

      if (!g_str_has_prefix (get_text (role, "Path"), prefix))
        continue;
      if (seen >= offset && seen < offset + max)
        {
          open_object (out, NULL);
          put_role (out, role);
          close_object (out);
        }
      seen++;
    }
  close_array (out);
  put_bool (out, "IsTruncated", seen > offset + max);
  if (seen > offset + max)
    {
      g_autofree char *token = trestle_practice_page_token (ctx, scope, offset + max);

      put_text (out, "Marker", token);
    }
  return TRUE;
}

static gboolean
get_role (TrestlePracticeContext *ctx, TrestleJson in, JsonBuilder *out)
{
  JsonArray *roles = trestle_practice_catalogue_get_roles (ctx->world->catalogue,
                                                           ctx->account->number);
  const char *name = trestle_json_string (in, "RoleName");

  for (guint i = 0; i < array_length (roles); i++)
    {
      JsonObject *role = json_array_get_object_element (roles, i);

      if (g_ascii_strcasecmp (get_text (role, "RoleName"), name) != 0)
        continue;
      open_object (out, "Role");
      put_role (out, role);
      close_object (out);
      return TRUE;
    }
  return trestle_practice_fail (ctx, "NoSuchEntity", 404, "The role with name %s cannot be found.",
                                name);
}

const TrestlePracticeRoute trestle_practice_iam_routes[] = {
  { "iam", "ListRoles", list_roles },
  { "iam", "GetRole", get_role },
  { NULL },
};
