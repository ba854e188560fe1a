/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-practice"

#include "practice/trestle-practice-change-set.h"

void
trestle_practice_change_set_free (TrestlePracticeChangeSet *self)
{
  g_free (self->id);
  g_free (self->account);
  g_free (self->name);
  g_free (self->intent);
  g_free (self->status);
  g_free (self->failure_code);
  g_free (self->failure);
  g_clear_pointer (&self->outcome, json_object_unref);
  g_clear_pointer (&self->changes, g_ptr_array_unref);
  g_free (self);
}

static TrestlePracticeChange *
read_change (JsonObject *object)
{
  TrestlePracticeChange *change = trestle_practice_change_new ();

  change->type = trestle_practice_change_type_find (get_text (object, "EntityType"),
                                                    get_text (object, "ChangeType"));
  change->id = g_strdup (get_text (object, "Id"));
  change->name = g_strdup (get_text (object, "Name"));
  change->sent_id = g_strdup (get_text (object, "SentId"));
  change->revision = json_object_get_int_member_with_default (object, "Revision", 0);
  change->sent = json_object_dup_member (object, "Sent");
  change->details = json_object_ref (get_object (object, "Details"));
  json_array_unref (change->errors);
  change->errors = json_array_ref (get_array (object, "Errors"));
  return change;
}

static void
write_change (JsonBuilder *out, TrestlePracticeChange *change)
{
  g_autoptr (JsonNode) details = json_node_init_object (json_node_alloc (), change->details);
  g_autoptr (JsonNode) errors = json_node_init_array (json_node_alloc (), change->errors);

  open_object (out, NULL);
  put_text (out, "EntityType", change->type->entity);
  put_text (out, "ChangeType", change->type->name);
  put_text (out, "Id", change->id);
  put_text (out, "Name", change->name);
  put_text (out, "SentId", change->sent_id);
  put_int (out, "Revision", change->revision);
  put_node (out, "Sent", change->sent);
  put_node (out, "Details", details);
  put_node (out, "Errors", errors);
  close_object (out);
}

static char *
write_changes (TrestlePracticeChangeSet *self)
{
  g_autoptr (JsonBuilder) out = json_builder_new ();
  g_autoptr (JsonNode) node = NULL;

  json_builder_begin_array (out);
  for (guint i = 0; i < self->changes->len; i++)
    write_change (out, self->changes->pdata[i]);
  json_builder_end_array (out);
  node = json_builder_get_root (out);
  return trestle_json_to_string (node, FALSE);
}

TrestlePracticeChangeSet *
trestle_practice_change_set_read (sqlite3_stmt *rows)
{
  TrestlePracticeChangeSet *self = g_new0 (TrestlePracticeChangeSet, 1);
  g_autoptr (JsonNode) outcome = json_from_string (trestle_practice_column_text (rows, 10), NULL);
  g_autoptr (JsonNode) changes = json_from_string (trestle_practice_column_text (rows, 11), NULL);
  JsonArray *list = json_node_get_array (changes);

  self->id = g_strdup (trestle_practice_column_text (rows, 0));
  self->account = g_strdup (trestle_practice_column_text (rows, 1));
  self->name = g_strdup (trestle_practice_column_text (rows, 2));
  self->intent = g_strdup (trestle_practice_column_text (rows, 3));
  self->status = g_strdup (trestle_practice_column_text (rows, 4));
  self->failure_code = g_strdup (trestle_practice_column_text (rows, 5));
  self->failure = g_strdup (trestle_practice_column_text (rows, 6));
  self->started = sqlite3_column_int64 (rows, 7);
  self->ended = sqlite3_column_int64 (rows, 8);
  self->due = sqlite3_column_int64 (rows, 9);
  self->outcome = json_node_dup_object (outcome);
  self->changes = g_ptr_array_new_with_free_func ((GDestroyNotify) trestle_practice_change_free);
  for (guint i = 0; i < json_array_get_length (list); i++)
    g_ptr_array_add (self->changes, read_change (json_array_get_object_element (list, i)));
  return self;
}

void
trestle_practice_change_set_save (TrestlePracticeState *state, TrestlePracticeChangeSet *self)
{
  g_autofree char *changes = write_changes (self);

  trestle_practice_run (state,
                        "UPDATE change_sets SET status = ?, failure_code = ?, failure = ?,"
                        " ended = ?, due = ?, changes = ? WHERE id = ?",
                        "sssiiss", self->status, self->failure_code, self->failure, self->ended,
                        self->due, changes, self->id);
}

void
trestle_practice_change_set_insert (TrestlePracticeState *state,
                                    TrestlePracticeChangeSet *self,
                                    const char *token,
                                    const char *request)
{
  g_autofree char *changes = write_changes (self);
  g_autoptr (JsonNode) outcome = json_node_init_object (json_node_alloc (), self->outcome);
  g_autofree char *text = trestle_json_to_string (outcome, FALSE);

  trestle_practice_run (
      state,
      "INSERT INTO change_sets (id, account, name, intent, status, failure_code, failure, started,"
      " ended, due, outcome, changes, token, request)"
      " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      "sssssssiiissss", self->id, self->account, self->name, self->intent, self->status,
      self->failure_code, self->failure, self->started, self->ended, self->due, text, changes,
      token, request);
  for (guint i = 0; i < self->changes->len; i++)
    {
      TrestlePracticeChange *change = self->changes->pdata[i];

      trestle_practice_run (state, "INSERT OR IGNORE INTO change_set_entities VALUES (?, ?)", "ss",
                            self->id, change->id);
    }
}
