/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-practice"

#include "practice/trestle-practice-sagemaker.h"

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

static gboolean
is_role (TrestlePracticeContext *ctx, const char *arn)
{
  JsonArray *roles = trestle_practice_catalogue_get_roles (ctx->world->catalogue,
                                                           ctx->account->number);

  for (guint i = 0; i < array_length (roles); i++)
    if (g_strcmp0 (get_text (json_array_get_object_element (roles, i), "Arn"), arn) == 0)
      return TRUE;
  return FALSE;
}

/* The account's user may do everything, a role what its policies allow; nothing is denied in words. */
static gboolean
simulate_principal_policy (TrestlePracticeContext *ctx, TrestleJson in, JsonBuilder *out)
{
  const char *source = trestle_json_string (in, "PolicySourceArn");
  g_auto (GStrv) actions = trestle_json_dup_strv (in, "ActionNames");
  g_auto (GStrv) resources = trestle_json_dup_strv (in, "ResourceArns");
  g_autofree char *scope = trestle_practice_scope ("SimulatePrincipalPolicy", in);
  gboolean role = is_role (ctx, source);
  gint64 max = trestle_json_int_or (in, "MaxItems", 100);
  guint per_action = MAX (1, g_strv_length (resources));
  gint64 all = (gint64) g_strv_length (actions) * per_action;
  gint64 offset;

  if (!role && g_strcmp0 (source, ctx->account->arn) != 0)
    return trestle_practice_fail (ctx, "NoSuchEntity", 404, "The principal %s cannot be found.",
                                  source);
  if (!trestle_practice_page_open (ctx, trestle_json_string_or (in, "Marker", NULL), scope,
                                   &offset))
    return trestle_practice_fail (ctx, "InvalidInput", 400, "Invalid Marker.");
  open_array (out, "EvaluationResults");
  for (gint64 i = offset; i < MIN (all, offset + max); i++)
    {
      const char *action = actions[i / per_action];
      gboolean allowed = !role
                         || trestle_practice_role_allows (ctx->world->catalogue,
                                                          ctx->account->number, source, action);

      open_object (out, NULL);
      put_text (out, "EvalActionName", action);
      put_text (out, "EvalResourceName", *resources != NULL ? resources[i % per_action] : "*");
      put_text (out, "EvalDecision", allowed ? "allowed" : "implicitDeny");
      close_object (out);
    }
  close_array (out);
  put_bool (out, "IsTruncated", all > offset + max);
  if (all > offset + max)
    {
      g_autofree char *token = trestle_practice_page_token (ctx, scope, offset + max);

      put_text (out, "Marker", token);
    }
  return TRUE;
}

const TrestlePracticeRoute trestle_practice_iam_routes[] = {
  { "iam", "ListRoles", list_roles },
  { "iam", "GetRole", get_role },
  { "iam", "SimulatePrincipalPolicy", simulate_principal_policy },
  { NULL },
};
