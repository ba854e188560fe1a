/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "domain/trestle-media-item.h"
#include "store/trestle-database.h"
#include "store/trestle-store.h"
#include "trestle-test.h"

#define SCOPE "practice:buyer/us-east-1"

static char *folder;

static char *
new_path (void)
{
  static int count;
  g_autofree char *name = g_strdup_printf ("store-%d.db", count++);

  return g_build_filename (folder, name, NULL);
}

static TrestleStore *
open_store (const char *path)
{
  g_autoptr (GError) error = NULL;
  TrestleStore *store = trestle_store_open (path, &error);

  g_assert_no_error (error);
  return store;
}

static TrestleListing *
make_listing (const char *id, const char *title, const char *publisher, const char *text)
{
  const char *const categories[] = { "Vision", "Flowers", NULL };
  g_autofree char *product = g_strdup_printf ("prod-%s", id);

  return g_object_new (TRESTLE_TYPE_LISTING, "id", id, "slug", id, "product-id", product, "title",
                       title, "publisher", publisher, "short-description", text, "categories",
                       categories, "rating", 4.5, "seen", (gint64) 100, NULL);
}

static GPtrArray *
search (TrestleStore *store, const char *scope, const char *text)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *found = dex_await_boxed (trestle_store_search (store, scope, text), &error);

  g_assert_no_error (error);
  return found;
}

static DexFuture *
test_catalogue_fiber (gpointer data)
{
  g_autofree char *path = new_path ();
  g_autoptr (TrestleStore) store = open_store (path);
  g_autoptr (GPtrArray) listings = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) one = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GListStore) media = g_list_store_new (TRESTLE_TYPE_MEDIA_ITEM);
  g_autoptr (TrestleMediaItem) picture = g_object_new (TRESTLE_TYPE_MEDIA_ITEM, "title", "Yard",
                                                       "url", "http://x.example/a.png", NULL);
  g_autoptr (TrestleListing) found = NULL;
  g_autoptr (GError) error = NULL;
  static const struct
  {
    const char *text;
    guint n;
    const char *first;
  } queries[] = { { "iris", 2, "Iris Classifier" },
                  { "IRI", 2, "Iris Classifier" },
                  { "flower garden", 1, "Garden Helper" },
                  { "ärger", 1, "Arger Scorer" },
                  { "\"; DROP TABLE listing; --", 0, NULL },
                  { "NEAR(", 0, NULL },
                  { "  ", 3, "Arger Scorer" },
                  { NULL, 3, "Arger Scorer" },
                  { "xyz", 0, NULL } };

  g_ptr_array_add (listings,
                   make_listing ("b", "Garden Helper", "Iris & Co", "For a flower garden"));
  g_ptr_array_add (listings,
                   make_listing ("a", "Iris Classifier", "Trestle Practice", "Four numbers"));
  g_ptr_array_add (listings, make_listing ("c", "Arger Scorer", "Lumen & Rye", "Scores"));
  g_assert_cmpint (dex_await_int (trestle_store_put_listings (store, SCOPE, listings), &error), ==,
                   3);
  g_assert_cmpint (dex_await_int (trestle_store_put_listings (store, SCOPE, listings), &error), ==,
                   0);
  g_assert_no_error (error);

  for (guint i = 0; i < G_N_ELEMENTS (queries); i++)
    {
      g_autoptr (GPtrArray) result = search (store, SCOPE, queries[i].text);

      g_assert_cmpuint (result->len, ==, queries[i].n);
      if (queries[i].n > 0)
        g_assert_cmpstr (trestle_listing_get_title (result->pdata[0]), ==, queries[i].first);
    }
  {
    g_autoptr (GPtrArray) other = search (store, "profile:work/us-east-1", "iris");
    g_assert_cmpuint (other->len, ==, 0);
  }

  /* Details stay when a later search answer brings the summary again. */
  g_list_store_append (media, picture);
  g_ptr_array_add (one, g_object_new (TRESTLE_TYPE_LISTING, "id", "a", "slug", "a", "product-id",
                                      "prod-a", "title", "Iris Classifier", "long-description",
                                      "Long words", "media", media, "detailed", TRUE, "seen",
                                      (gint64) 200, NULL));
  dex_await (trestle_store_put_listings (store, SCOPE, one), &error);
  g_assert_no_error (error);
  dex_await (trestle_store_put_listings (store, SCOPE, listings), &error);
  g_assert_no_error (error);
  g_assert_true (trestle_store_remember (store, SCOPE, "subscribed/prod-a", "1", &error));
  found = dex_await_object (trestle_store_find_listing (store, SCOPE, "prod-a"), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (trestle_listing_get_long_description (found), ==, "Long words");
  g_assert_cmpuint (g_list_model_get_n_items (trestle_listing_get_media (found)), ==, 1);
  g_assert_cmpstr (trestle_listing_get_categories (found)[1], ==, "Flowers");
  g_assert_true (trestle_listing_get_subscribed (found));

  g_assert_cmpint (dex_await_int (trestle_store_drop_listings (store, SCOPE, 1000), &error), ==, 3);
  g_assert_null (dex_await_object (trestle_store_find_listing (store, SCOPE, "a"), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  return dex_future_new_for_boolean (TRUE);
}

static void
test_journal (void)
{
  g_autofree char *path = new_path ();
  g_autoptr (TrestleStore) store = open_store (path);
  g_autoptr (GPtrArray) open = NULL, still = NULL;
  gint64 first, second;

  first = trestle_store_journal_begin (store, SCOPE, "sagemaker:CreateModel", "iris", NULL, "{}",
                                       NULL);
  second = trestle_store_journal_begin (store, SCOPE, "sagemaker:CreateEndpoint", "iris", "t", NULL,
                                        NULL);
  trestle_store_journal_begin (store, "other", "sagemaker:CreateEndpoint", "x", NULL, NULL, NULL);
  g_assert_cmpint (first, >, 0);
  open = trestle_store_journal_open (store, SCOPE, NULL);
  g_assert_cmpuint (open->len, ==, 2);
  g_assert_cmpstr (((TrestleJournalEntry *) open->pdata[1])->token, ==, "t");
  g_assert_true (trestle_store_journal_end (store, second, "done", "req-1", NULL));
  g_assert_true (
      trestle_store_journal_took_effect (store, SCOPE, "sagemaker:CreateEndpoint", "iris", first));
  g_assert_false (
      trestle_store_journal_took_effect (store, SCOPE, "sagemaker:CreateModel", "iris", first));
  g_assert_true (
      trestle_store_journal_took_effect (store, SCOPE, "sagemaker:CreateModel", "iris", first - 1));
  still = trestle_store_journal_open (store, SCOPE, NULL);
  g_assert_cmpuint (still->len, ==, 1);
  g_assert_cmpint (((TrestleJournalEntry *) still->pdata[0])->id, ==, first);
  g_assert_true (trestle_store_journal_end (store, first, "refused", NULL, NULL));
  g_assert_false (
      trestle_store_journal_took_effect (store, SCOPE, "sagemaker:CreateModel", "iris", first - 1));
}

/* What was begun is there after a kill -9 right behind it. */
static void
test_journal_survives_kill (void)
{
  g_autofree char *path = new_path ();
  g_autoptr (TrestleStore) store = NULL;
  g_autoptr (GPtrArray) open = NULL;
  pid_t child = fork ();

  if (child == 0)
    {
      TrestleStore *mine = trestle_store_open (path, NULL);

      for (int i = 0; i < 50; i++)
        trestle_store_journal_begin (mine, SCOPE, "sagemaker:CreateModel", "iris", NULL, NULL,
                                     NULL);
      kill (getpid (), SIGKILL);
    }
  g_assert_cmpint (waitpid (child, NULL, 0), ==, child);
  store = open_store (path);
  open = trestle_store_journal_open (store, SCOPE, NULL);
  g_assert_cmpuint (open->len, ==, 50);
  g_assert_null (trestle_store_get_notice (store));
}

static void
test_ledger (void)
{
  g_autofree char *path = new_path ();
  g_autoptr (TrestleStore) store = open_store (path);
  g_autoptr (GPtrArray) all = NULL, running = NULL;

  trestle_store_ledger_add (store, SCOPE, "endpoint", "a", "prodview-1", "0.40", "0.23", "USD", 5,
                            NULL);
  trestle_store_ledger_add (store, SCOPE, "endpoint", "b", NULL, NULL, NULL, NULL, 0, NULL);
  g_assert_true (trestle_store_ledger_end (store, SCOPE, "endpoint", "a", NULL));
  all = trestle_store_ledger_list (store, SCOPE, FALSE, NULL);
  running = trestle_store_ledger_list (store, SCOPE, TRUE, NULL);
  g_assert_cmpuint (all->len, ==, 2);
  g_assert_cmpuint (running->len, ==, 1);
  g_assert_cmpstr (((TrestleLedgerEntry *) running->pdata[0])->name, ==, "b");
  g_assert_cmpint (((TrestleLedgerEntry *) all->pdata[1])->ended, >, 0);
}

static const char *
find_hint (GPtrArray *listings, const char *id)
{
  for (guint i = 0; i < listings->len; i++)
    if (g_str_equal (trestle_listing_get_id (listings->pdata[i]), id))
      return trestle_listing_get_price_hint (listings->pdata[i]);
  g_assert_not_reached ();
}

static void
run_sql (sqlite3 *db, const char *sql)
{
  g_assert_cmpint (sqlite3_exec (db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
}

/* All at once or not at all, and while somebody else writes the main thread goes on. */
static DexFuture *
test_hints_fiber (gpointer data)
{
  g_autofree char *path = new_path ();
  g_autoptr (TrestleStore) store = open_store (path);
  g_autoptr (GPtrArray) listings = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray)
      hints = g_ptr_array_new_with_free_func ((GDestroyNotify) trestle_store_hint_free);
  g_autoptr (GPtrArray) after = NULL;
  g_autoptr (GPtrArray) refused = NULL;
  g_autoptr (DexFuture) put = NULL;
  g_autoptr (GError) error = NULL;
  sqlite3 *other = NULL;

  g_ptr_array_add (listings, make_listing ("a", "Iris Classifier", "Trestle Practice", "Four"));
  g_ptr_array_add (listings, make_listing ("b", "Garden Helper", "Iris & Co", "A garden"));
  dex_await (trestle_store_put_listings (store, SCOPE, listings), &error);
  g_assert_no_error (error);
  g_ptr_array_add (hints, trestle_store_hint_new ("a", "0.115", "Free"));
  g_ptr_array_add (hints, trestle_store_hint_new ("b", NULL, "from $0.08/h"));
  g_ptr_array_add (hints, trestle_store_hint_new ("gone", "1", "from $1/h"));

  g_assert_cmpint (sqlite3_open (path, &other), ==, SQLITE_OK);
  run_sql (other, "BEGIN IMMEDIATE");
  put = trestle_store_put_hints (store, SCOPE, hints);
  g_assert_true (dex_future_is_pending (put));
  run_sql (other, "COMMIT");
  dex_await (dex_ref (put), &error);
  g_assert_no_error (error);
  after = search (store, SCOPE, NULL);
  g_assert_cmpstr (find_hint (after, "a"), ==, "Free");
  g_assert_cmpstr (find_hint (after, "b"), ==, "from $0.08/h");

  run_sql (other, "CREATE TRIGGER no BEFORE UPDATE ON listing WHEN new.id = 'b' "
                  "BEGIN SELECT raise (ABORT, 'not this one'); END");
  g_ptr_array_insert (hints, 0, trestle_store_hint_new ("a", NULL, "from $9/h"));
  g_ptr_array_set_size (hints, 3);
  g_assert_false (dex_await (trestle_store_put_hints (store, SCOPE, hints), &error));
  g_assert_nonnull (strstr (error->message, "not this one"));
  refused = search (store, SCOPE, NULL);
  g_assert_cmpstr (find_hint (refused, "a"), ==, "Free");
  sqlite3_close (other);
  return dex_future_new_true ();
}

static DexFuture *
test_history_fiber (gpointer data)
{
  g_autofree char *path = new_path ();
  g_autoptr (TrestleStore) store = open_store (path);
  g_autoptr (GBytes) body = g_bytes_new_static ("\x00\x01{", 3);
  g_autoptr (TrestleMoney) cost = trestle_money_parse ("0.004", "USD", NULL);
  g_autoptr (TrestleInvocation) sent = g_object_new (
      TRESTLE_TYPE_INVOCATION, "endpoint", "iris", "file", "a.csv", "status", (gint64) 200,
      "latency", (gint64) 64000, "body", body, "cost", cost, "when", (gint64) 10, NULL);
  g_autoptr (TrestleInvocation) back = NULL;
  g_autoptr (GListModel) list = NULL, none = NULL;
  g_autoptr (GError) error = NULL;
  gint64 id = dex_await_int64 (trestle_store_put_invocation (store, SCOPE, sent), &error);

  g_assert_no_error (error);
  list = dex_await_object (trestle_store_list_invocations (store, SCOPE, "iris", 10), &error);
  none = dex_await_object (trestle_store_list_invocations (store, SCOPE, "other", 10), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (list), ==, 1);
  g_assert_cmpuint (g_list_model_get_n_items (none), ==, 0);
  back = dex_await_object (trestle_store_get_invocation (store, SCOPE, id), &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (trestle_invocation_get_body (back), body));
  g_assert_cmpint (trestle_money_compare (trestle_invocation_get_cost (back), cost), ==, 0);
  g_assert_null (dex_await_object (trestle_store_get_invocation (store, "other", id), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  return dex_future_new_for_boolean (TRUE);
}

static void
test_corrupt (void)
{
  g_autofree char *path = new_path ();
  g_autoptr (TrestleStore) store = NULL;
  g_autoptr (GDir) dir = NULL;
  g_autofree char *noise = g_malloc (8192);
  const char *name;
  gboolean aside = FALSE;

  memset (noise, 'x', 8192);
  g_file_set_contents (path, noise, 8192, NULL);
  store = open_store (path);
  g_assert_nonnull (trestle_store_get_notice (store));
  g_assert_true (trestle_store_remember (store, SCOPE, "k", "v", NULL));
  dir = g_dir_open (folder, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    aside |= strstr (name, ".corrupt-") != NULL;
  g_assert_true (aside);
}

static void
test_newer (void)
{
  g_autofree char *path = new_path ();
  g_autoptr (GError) error = NULL;
  sqlite3 *db;

  g_object_unref (open_store (path));
  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  sqlite3_exec (db, "PRAGMA user_version = 999", NULL, NULL, NULL);
  sqlite3_close (db);
  g_assert_null (trestle_store_open (path, &error));
  g_assert_error (error, TRESTLE_STORE_ERROR, TRESTLE_STORE_ERROR_NEWER);
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
}

static void
test_facts (void)
{
  g_autofree char *path = new_path ();
  g_autoptr (TrestleStore) store = open_store (path);
  g_autofree char *value = NULL, *gone = NULL, *other = NULL;

  g_assert_true (trestle_store_remember (store, SCOPE, "arn/p/1", "a", NULL));
  g_assert_true (trestle_store_remember (store, SCOPE, "arn/p/1", "b", NULL));
  value = trestle_store_recall (store, SCOPE, "arn/p/1");
  other = trestle_store_recall (store, "other", "arn/p/1");
  g_assert_cmpstr (value, ==, "b");
  g_assert_null (other);
  g_assert_true (trestle_store_remember (store, SCOPE, "arn/p/1", NULL, NULL));
  gone = trestle_store_recall (store, SCOPE, "arn/p/1");
  g_assert_null (gone);
}

int
main (int argc, char **argv)
{
  int status;
  g_autofree char *command = NULL;

  dex_init ();
  g_test_init (&argc, &argv, NULL);
  folder = g_dir_make_tmp ("trestle-store-XXXXXX", NULL);
  trestle_test_fiber ("/store/catalogue", test_catalogue_fiber);
  trestle_test_fiber ("/store/hints", test_hints_fiber);
  trestle_test_fiber ("/store/history", test_history_fiber);
  g_test_add_func ("/store/journal", test_journal);
  g_test_add_func ("/store/journal/kill", test_journal_survives_kill);
  g_test_add_func ("/store/ledger", test_ledger);
  g_test_add_func ("/store/corrupt", test_corrupt);
  g_test_add_func ("/store/newer", test_newer);
  g_test_add_func ("/store/facts", test_facts);
  status = g_test_run ();
  command = g_strdup_printf ("rm -rf '%s'", folder);
  g_assert_cmpint (system (command), ==, 0);
  g_free (folder);
  return status;
}
