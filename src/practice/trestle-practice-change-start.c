/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-practice"

#include "practice/trestle-practice-change-set.h"
#include "practice/trestle-practice-sagemaker.h"

#define PREPARE_SECONDS 240.0
#define PREPARE_PATIENCE 2.5
#define OPEN_SETS 250
#define MAX_TAGS 200

char *
trestle_practice_change_set_dup_arn (const char *account, const char *id)
{
  return g_strdup_printf ("arn:aws:aws-marketplace:" TRESTLE_PRACTICE_REGION
                          ":%s:" TRESTLE_PRACTICE_CATALOG "/ChangeSet/%s",
                          account, id);
}

static void
put_names (TrestlePracticeContext *ctx, const char *id, JsonBuilder *out)
{
  g_autofree char *arn = trestle_practice_change_set_dup_arn (ctx->account->number, id);

  put_text (out, "ChangeSetId", id);
  put_text (out, "ChangeSetArn", arn);
}

/* TRUE where the token is new; else the answer is written, or the fault set. */
static gboolean
is_new (TrestlePracticeContext *ctx, TrestleJson in, JsonBuilder *out, gboolean *done)
{
  const char *token = trestle_json_string_or (in, "ClientRequestToken", NULL);
  g_autoptr (sqlite3_stmt) rows = NULL;
  g_autoptr (JsonNode) before = NULL;

  *done = FALSE;
  if (token == NULL)
    return TRUE;
  rows = trestle_practice_query (ctx->state,
                                 "SELECT id, request FROM change_sets"
                                 " WHERE account = ? AND token = ?",
                                 "ss", ctx->account->number, token);
  if (!trestle_practice_next (rows))
    return TRUE;
  before = json_from_string (trestle_practice_column_text (rows, 1), NULL);
  if (!json_node_equal (before, in.node))
    return trestle_practice_catalog_invalid (ctx,
                                             "ClientRequestToken: %s was used with another request,"
                                             " that of change set %s.",
                                             token, trestle_practice_column_text (rows, 0));
  put_names (ctx, trestle_practice_column_text (rows, 0), out);
  *done = TRUE;
  return FALSE;
}

static gboolean
check_intent (TrestlePracticeContext *ctx, TrestleJson in, GPtrArray *changes)
{
  if (g_strcmp0 (trestle_json_string_or (in, "Intent", NULL), "VALIDATE") != 0)
    return TRUE;
  for (guint i = 0; i < changes->len; i++)
    {
      TrestlePracticeChange *change = changes->pdata[i];

      if (!g_str_equal (change->type->name, "AddDeliveryOptions"))
        return trestle_practice_catalog_invalid (ctx,
                                                 "Intent: VALIDATE is not supported for the change"
                                                 " type %s.",
                                                 change->type->name);
    }
  return TRUE;
}

static gboolean
check_quota (TrestlePracticeContext *ctx)
{
  if (trestle_practice_get_int (ctx->state, 0,
                                "SELECT count (*) FROM change_sets WHERE account = ?"
                                " AND status IN ('PREPARING', 'APPLYING')",
                                "s", ctx->account->number)
      < OPEN_SETS)
    return TRUE;
  return trestle_practice_fail (ctx, "ServiceQuotaExceededException", 0,
                                "At most %d change sets can be open at once.", OPEN_SETS);
}

/* Faults are asked for by change type, or as StartChangeSet for the set as a whole. */
static JsonObject *
take_outcome (TrestlePracticeContext *ctx, GPtrArray *changes)
{
  JsonObject *outcome = json_object_new ();
  TrestlePracticeFault fault = { 0 };
  guint i;

  for (i = 0; i < changes->len && fault.kind == TRESTLE_PRACTICE_FAULT_NONE; i++)
    trestle_practice_faults_take_outcome (ctx->world->faults, "marketplace-catalog",
                                          ((TrestlePracticeChange *) changes->pdata[i])->type->name,
                                          &fault);
  if (fault.kind != TRESTLE_PRACTICE_FAULT_NONE)
    json_object_set_int_member (outcome, "Change", i - 1);
  if (fault.kind == TRESTLE_PRACTICE_FAULT_STUCK)
    json_object_set_string_member (outcome, "Stuck", "APPLYING");
  if (fault.kind == TRESTLE_PRACTICE_FAULT_NONE)
    {
      trestle_practice_faults_take_outcome (ctx->world->faults, "marketplace-catalog",
                                            "StartChangeSet", &fault);
      if (fault.kind == TRESTLE_PRACTICE_FAULT_STUCK)
        json_object_set_string_member (outcome, "Stuck", "PREPARING");
    }
  if (fault.kind == TRESTLE_PRACTICE_FAULT_REFUSED)
    json_object_set_string_member (outcome, "Refuse",
                                   *fault.code != '\0' ? fault.code : "AUDIT_ERROR");
  return outcome;
}

static gboolean
tag_entities (TrestlePracticeContext *ctx, TrestleJson in, GPtrArray *changes)
{
  TrestleJson list = trestle_json_member (in, "ChangeSet");

  for (guint i = 0; i < changes->len; i++)
    {
      TrestlePracticeChange *change = changes->pdata[i];
      TrestleJson tags = trestle_json_member (trestle_json_element (list, i), "EntityTags");
      g_autoptr (TrestlePracticeEntity) entity = trestle_practice_entity_new (
          change->id, change->type->entity, ctx->account->number);
      g_autofree char *arn = trestle_practice_entity_dup_arn (entity);

      if (!trestle_practice_tag (ctx, tags, arn, MAX_TAGS))
        return FALSE;
    }
  return TRUE;
}

gboolean
trestle_practice_start_change_set (TrestlePracticeContext *ctx, TrestleJson in, JsonBuilder *out)
{
  const char *name = trestle_json_string_or (in, "ChangeSetName", NULL);
  g_autoptr (GPtrArray) changes = NULL;
  g_autoptr (TrestlePracticeChangeSet) set = NULL;
  g_autofree char *request = NULL;
  g_autofree char *arn = NULL;
  gboolean done;

  if (!trestle_practice_catalog_check (ctx, in))
    return FALSE;
  if (!is_new (ctx, in, out, &done))
    return done;
  changes = trestle_practice_check_changes (ctx, in);
  if (changes == NULL || !check_intent (ctx, in, changes) || !check_quota (ctx))
    return FALSE;

  set = g_new0 (TrestlePracticeChangeSet, 1);
  set->id = trestle_practice_world_new_id (ctx->world, "", TRESTLE_PRACTICE_LOWER, 25);
  set->account = g_strdup (ctx->account->number);
  set->name = name != NULL ? g_strdup (name)
                           : g_strdup_printf ("Submitted by %s", ctx->account->number);
  set->intent = g_strdup (trestle_json_string_or (in, "Intent", "APPLY"));
  set->status = g_strdup ("PREPARING");
  set->started = ctx->now;
  set->outcome = take_outcome (ctx, changes);
  set->changes = g_steal_pointer (&changes);
  if (g_strcmp0 (get_text (set->outcome, "Stuck"), "PREPARING") != 0)
    set->due = ctx->now
               + trestle_practice_world_wait (ctx->world, PREPARE_SECONDS, PREPARE_PATIENCE);
  request = trestle_json_to_string (in.node, FALSE);
  trestle_practice_change_set_insert (
      ctx->state, set, trestle_json_string_or (in, "ClientRequestToken", NULL), request);
  arn = trestle_practice_change_set_dup_arn (set->account, set->id);
  if (!trestle_practice_tag (ctx, trestle_json_member (in, "ChangeSetTags"), arn, MAX_TAGS)
      || !tag_entities (ctx, in, set->changes))
    return FALSE;
  put_names (ctx, set->id, out);
  return TRUE;
}

static TrestlePracticeChangeSet *
find_set (TrestlePracticeContext *ctx, TrestleJson in)
{
  const char *id = trestle_json_string (in, "ChangeSetId");
  g_autoptr (sqlite3_stmt) rows = NULL;

  if (!trestle_practice_catalog_check (ctx, in))
    return NULL;
  rows = trestle_practice_query (ctx->state,
                                 TRESTLE_PRACTICE_CHANGE_SETS "WHERE id = ? AND account = ?", "ss",
                                 id, ctx->account->number);
  if (trestle_practice_next (rows))
    return trestle_practice_change_set_read (rows);
  trestle_practice_catalog_missing (ctx, id);
  return NULL;
}

/* The entity with its revision; one that the set makes is told once it is there. */
static char *
dup_identifier (TrestlePracticeContext *ctx, TrestlePracticeChange *change)
{
  gint64 revision = change->revision;

  if (revision == 0)
    {
      if (change->sent_id == NULL || *change->sent_id == '$')
        return g_strdup (change->sent_id);
      revision = trestle_practice_get_int (
          ctx->state, 0, "SELECT revision FROM entities WHERE id = ?", "s", change->id);
    }
  return g_strdup_printf ("%s@%" G_GINT64_FORMAT, change->id, revision);
}

static void
put_change (TrestlePracticeContext *ctx, JsonBuilder *out, TrestlePracticeChange *change)
{
  g_autofree char *type = g_strconcat (change->type->entity, "@1.0", NULL);
  g_autofree char *identifier = dup_identifier (ctx, change);
  g_autofree char *details = trestle_json_to_string (change->sent, FALSE);
  g_autoptr (JsonNode) errors = json_node_init_array (json_node_alloc (), change->errors);

  open_object (out, NULL);
  put_text (out, "ChangeType", change->type->name);
  open_object (out, "Entity");
  put_text (out, "Type", type);
  put_text (out, "Identifier", identifier);
  close_object (out);
  put_text (out, "Details", details);
  put_node (out, "DetailsDocument", change->sent);
  put_node (out, "ErrorDetailList", errors);
  put_text (out, "ChangeName", change->name);
  close_object (out);
}

gboolean
trestle_practice_describe_change_set (TrestlePracticeContext *ctx, TrestleJson in, JsonBuilder *out)
{
  g_autoptr (TrestlePracticeChangeSet) set = find_set (ctx, in);
  g_autofree char *started = NULL;
  g_autofree char *ended = NULL;

  if (set == NULL)
    return FALSE;
  started = trestle_clock_format_iso (set->started);
  ended = set->ended != 0 ? trestle_clock_format_iso (set->ended) : NULL;
  put_names (ctx, set->id, out);
  put_text (out, "ChangeSetName", set->name);
  put_text (out, "Intent", set->intent);
  put_text (out, "StartTime", started);
  put_text (out, "EndTime", ended);
  put_text (out, "Status", set->status);
  put_text (out, "FailureCode", set->failure_code);
  put_text (out, "FailureDescription", set->failure);
  open_array (out, "ChangeSet");
  for (guint i = 0; i < set->changes->len; i++)
    put_change (ctx, out, set->changes->pdata[i]);
  close_array (out);
  return TRUE;
}

gboolean
trestle_practice_cancel_change_set (TrestlePracticeContext *ctx, TrestleJson in, JsonBuilder *out)
{
  g_autoptr (TrestlePracticeChangeSet) set = find_set (ctx, in);

  if (set == NULL)
    return FALSE;
  if (g_str_equal (set->status, "APPLYING"))
    return trestle_practice_fail (ctx, "ResourceInUseException", 0,
                                  "Change set %s is being applied and cannot be cancelled.",
                                  set->id);
  if (!g_str_equal (set->status, "PREPARING"))
    return trestle_practice_catalog_invalid (ctx, "Change set %s is %s and cannot be cancelled.",
                                             set->id, set->status);
  g_free (set->status);
  set->status = g_strdup ("CANCELLED");
  set->ended = ctx->now;
  set->due = 0;
  trestle_practice_change_set_save (ctx->state, set);
  put_names (ctx, set->id, out);
  return TRUE;
}
