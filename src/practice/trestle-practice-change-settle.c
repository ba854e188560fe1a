/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-practice"

#include "practice/trestle-practice-change-set.h"

/*
 * What AWS takes, typically, and what is waited for at the default speed: a set is looked at within
 * minutes, carried out within an hour, and people review a listing for days.
 */
#define APPLY_SECONDS 900.0
#define APPLY_PATIENCE 6.0
#define RELEASE_SECONDS 3600.0
#define RELEASE_PATIENCE 9.0
#define REVIEW_SECONDS (7.0 * 24 * 3600)
#define REVIEW_PATIENCE 15.0

gint64
trestle_practice_change_sets_next_due (TrestlePracticeWorld *world)
{
  return trestle_practice_get_int (world->state, 0,
                                   "SELECT min (due) FROM change_sets WHERE due > 0", NULL);
}

static gboolean
has_type (TrestlePracticeChangeSet *set, const char *name)
{
  for (guint i = 0; i < set->changes->len; i++)
    if (g_str_equal (((TrestlePracticeChange *) set->changes->pdata[i])->type->name, name))
      return TRUE;
  return FALSE;
}

static gint64
get_wait (TrestlePracticeWorld *world, TrestlePracticeChangeSet *set)
{
  if (has_type (set, "UpdateVisibility"))
    return trestle_practice_world_wait (world, REVIEW_SECONDS, REVIEW_PATIENCE);
  if (has_type (set, "ReleaseProduct"))
    return trestle_practice_world_wait (world, RELEASE_SECONDS, RELEASE_PATIENCE);
  return trestle_practice_world_wait (world, APPLY_SECONDS, APPLY_PATIENCE);
}

static void
end (TrestlePracticeChangeSet *set, const char *status, gint64 now)
{
  g_free (set->status);
  set->status = g_strdup (status);
  set->ended = now;
  set->due = 0;
}

static void
fail (TrestlePracticeChangeSet *set, const char *code, gint64 now)
{
  end (set, "FAILED", now);
  set->failure_code = g_strdup (code);
  set->failure = g_strdup (g_str_equal (code, "SERVER_FAULT")
                               ? "AWS Marketplace could not process the request. Submit it again"
                                 " unchanged."
                               : "The request has errors. See the error details of its changes.");
}

static const char *
explain (const char *code)
{
  if (g_str_equal (code, "AUDIT_ERROR"))
    return "The reviewers of AWS Marketplace turned the request down. Mend the listing, then submit"
           " it again.";
  if (g_str_equal (code, "MISSING_SELLER_PROFILE_INFORMATION"))
    return "The seller profile lacks information: complete it, with tax and bank data, in the"
           " Marketplace Management Portal.";
  return "The practice account was told to refuse this.";
}

/* What a fault has decided; TRUE where the set ended with it. */
static gboolean
apply_outcome (TrestlePracticeChangeSet *set, gint64 now)
{
  const char *code = get_text (set->outcome, "Refuse");
  guint at = (guint) json_object_get_int_member_with_default (set->outcome, "Change", 0);
  TrestlePracticeChange *change = set->changes->pdata[MIN (at, set->changes->len - 1)];
  gboolean reviewed = g_str_equal (change->type->name, "UpdateVisibility");

  /* Reviewers speak at the end of their review. */
  if (code == NULL || (reviewed && g_str_equal (set->status, "PREPARING")))
    return FALSE;
  if (g_str_equal (code, "SERVER_FAULT"))
    fail (set, code, now);
  else
    {
      trestle_practice_change_error (change, code, "%s", explain (code));
      fail (set, "CLIENT_ERROR", now);
    }
  return TRUE;
}

static void
advance (TrestlePracticeWorld *world, TrestlePracticeChangeSet *set)
{
  gboolean preparing = g_str_equal (set->status, "PREPARING");
  gboolean trial = g_strcmp0 (set->intent, "VALIDATE") == 0;
  gint64 now = set->due;
  g_autoptr (TrestlePracticeWork)
      work = trestle_practice_work_new (world, set->account, set->changes, now, !preparing);

  if (!apply_outcome (set, now))
    {
      if (!trestle_practice_work_run (work))
        fail (set, "CLIENT_ERROR", now);
      else if (!preparing || trial)
        end (set, "SUCCEEDED", now);
      else
        {
          g_free (set->status);
          set->status = g_strdup ("APPLYING");
          set->due = g_strcmp0 (get_text (set->outcome, "Stuck"), "APPLYING") == 0
                         ? 0
                         : now + get_wait (world, set);
        }
    }
  trestle_practice_change_set_save (world->state, set);
}

void
trestle_practice_change_sets_settle (TrestlePracticeWorld *world, gint64 now)
{
  for (;;)
    {
      g_autoptr (TrestlePracticeChangeSet) set = NULL;
      g_autoptr (sqlite3_stmt) rows = trestle_practice_query (
          world->state,
          TRESTLE_PRACTICE_CHANGE_SETS "WHERE due > 0 AND due <= ? ORDER BY due, rowid LIMIT 1",
          "i", now);

      if (!trestle_practice_next (rows))
        return;
      set = trestle_practice_change_set_read (rows);
      g_clear_pointer (&rows, sqlite3_finalize);
      advance (world, set);
    }
}
