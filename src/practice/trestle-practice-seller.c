/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-practice"

#include "practice/trestle-practice-seller.h"

#include "practice/trestle-practice-change-set.h"
#include "practice/trestle-practice-resources.h"

#define SET_MINUTES 47

/* Read once; lives as long as the program. */
static JsonObject *
get_data (void)
{
  static gsize once;
  static JsonNode *root;

  if (g_once_init_enter (&once))
    {
      g_autoptr (GError) error = NULL;

      root = trestle_practice_resources_load_json ("seller.json", &error);
      if (root == NULL)
        g_error ("seller.json: %s", error->message);
      g_once_init_leave (&once, 1);
    }
  return json_node_get_object (root);
}

gboolean
trestle_practice_seller_has_category (const char *name)
{
  return array_has (get_array (get_data (), "categories"), name);
}

JsonArray *
trestle_practice_seller_get_history (void)
{
  return get_array (get_data (), "history");
}

/* "+45": a day so many days from the state's first start. */
static void
set_date (JsonObject *details, gint64 epoch)
{
  const char *text = get_text (details, "AvailabilityEndDate");
  g_autofree char *date = NULL;

  if (text == NULL || *text != '+')
    return;
  date = trestle_clock_format_iso (epoch + g_ascii_strtoll (text + 1, NULL, 10) * TRESTLE_DAY);
  date[10] = '\0';
  json_object_set_string_member (details, "AvailabilityEndDate", date);
}

static TrestlePracticeChange *
read_change (JsonObject *object, gint64 epoch)
{
  TrestlePracticeChange *change = trestle_practice_change_new ();
  JsonObject *entity = get_object (object, "Entity");
  g_autofree char *text = trestle_json_to_string (
      json_object_get_member (object, "DetailsDocument"), FALSE);

  change->type = trestle_practice_change_type_find (get_text (entity, "Type"),
                                                    get_text (object, "ChangeType"));
  change->id = g_strdup (get_text (entity, "Identifier"));
  change->sent = json_from_string (text, NULL);
  set_date (json_node_get_object (change->sent), epoch);
  change->details = json_node_dup_object (change->sent);
  if (!change->type->creates)
    change->sent_id = g_strdup (change->id);
  return change;
}

/* What was done is done once more, at its time and by the same rules. */
static void
replay (TrestlePracticeWorld *world, JsonObject *past, const char *account, gint64 epoch)
{
  g_autoptr (TrestlePracticeChangeSet) set = g_new0 (TrestlePracticeChangeSet, 1);
  g_autoptr (TrestlePracticeWork) work = NULL;
  JsonArray *list = get_array (past, "ChangeSet");
  gboolean done;

  set->id = trestle_practice_derive (get_text (past, "ChangeSetName"), TRESTLE_PRACTICE_LOWER, 25);
  set->account = g_strdup (account);
  set->name = g_strdup (get_text (past, "ChangeSetName"));
  set->intent = g_strdup ("APPLY");
  set->started = epoch - json_object_get_int_member (past, "Days") * TRESTLE_DAY;
  set->ended = set->started + SET_MINUTES * TRESTLE_MINUTE;
  set->outcome = json_object_new ();
  set->changes = g_ptr_array_new_with_free_func ((GDestroyNotify) trestle_practice_change_free);
  for (guint i = 0; i < array_length (list); i++)
    g_ptr_array_add (set->changes, read_change (json_array_get_object_element (list, i), epoch));

  work = trestle_practice_work_new (world, account, set->changes, set->ended, TRUE);
  done = trestle_practice_work_run (work);
  set->status = g_strdup (done ? "SUCCEEDED" : "FAILED");
  if (!done)
    {
      set->failure_code = g_strdup ("CLIENT_ERROR");
      set->failure = g_strdup ("The request has errors. See the error details of its changes.");
    }
  trestle_practice_change_set_insert (world->state, set, NULL, NULL);
}

void
trestle_practice_seller_seed (TrestlePracticeWorld *world)
{
  JsonArray *history = get_array (get_data (), "history");
  const char *account = trestle_practice_world_find_role (world, "seller")->number;
  gint64 epoch = trestle_practice_get_int (world->state, trestle_clock_now (),
                                           "SELECT value FROM meta WHERE key = 'created'", NULL);

  if (trestle_practice_get_int (world->state, 0, "SELECT 1 FROM meta WHERE key = 'seller'", NULL))
    return;
  trestle_practice_run (world->state, "INSERT INTO meta VALUES ('seller', '1')", NULL);
  for (guint i = 0; i < array_length (history); i++)
    replay (world, json_array_get_object_element (history, i), account, epoch);
}

void
trestle_practice_seller_publish (TrestlePracticeWorld *world)
{
  g_autoptr (GPtrArray)
      products = trestle_practice_entity_list (world->state, NULL, TRESTLE_PRACTICE_PRODUCT);
  gint64 now = trestle_clock_now ();

  for (guint i = 0; i < products->len; i++)
    trestle_practice_entity_publish (world, ((TrestlePracticeEntity *) products->pdata[i])->id,
                                     now);
}
