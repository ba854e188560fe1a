/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "workbench-fixture.h"

#include "domain/trestle-bucket.h"
#include "domain/trestle-stored-object.h"
#include "services/trestle-s3-service.h"
#include "workbench/trestle-bucket-browser.h"

#define BUCKET "practice-seller-444455556666"
#define OTHER "sagemaker-us-east-1-111122223333"

/* S3 a place at a time. */

static TrestleSession *session;

static void
go (TrestleBucketBrowser *browser, const char *bucket, const char *prefix)
{
  await_ok (trestle_bucket_browser_open (browser, bucket, prefix));
}

/* The address of item @i. */
static char *
address (TrestleBucketBrowser *browser, guint i)
{
  g_autoptr (GObject) item = g_list_model_get_item (G_LIST_MODEL (browser), i);

  g_assert_nonnull (item);
  return trestle_bucket_browser_dup_address (browser, item);
}

#define ASSERT_ADDRESS(i, wanted)                                                                  \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *is = address (browser, i);                                                    \
    g_assert_cmpstr (is, ==, wanted);                                                              \
  }                                                                                                \
  G_STMT_END

static DexFuture *
open_fiber (gpointer data)
{
  session = open_session ("seller");
  return dex_future_new_true ();
}

static DexFuture *
test_walk_fiber (gpointer data)
{
  g_autoptr (TrestleBucketBrowser) browser = trestle_bucket_browser_new (session);
  g_autofree char *none = NULL;
  g_autofree char *folder = NULL;
  g_autofree char *here = NULL;
  guint n;

  go (browser, "", "");
  n = count (browser);
  g_assert_cmpuint (n, >=, 1);
  none = trestle_bucket_browser_dup_address (browser, NULL);
  g_assert_null (none);
  go (browser, "", "practice-s");
  g_assert_cmpuint (count (browser), ==, 1);
  ASSERT_ADDRESS (0, "s3://" BUCKET "/");
  go (browser, "", "no-such");
  g_assert_cmpuint (count (browser), ==, 0);

  go (browser, BUCKET, "");
  ASSERT_ADDRESS (0, "s3://" BUCKET "/models/");
  go (browser, BUCKET, "models/iris/");
  g_assert_cmpuint (count (browser), ==, 1);
  ASSERT_ADDRESS (0, "s3://" BUCKET "/models/iris/model.tar.gz");
  here = trestle_bucket_browser_dup_address (browser, NULL);
  g_assert_cmpstr (here, ==, "s3://" BUCKET "/models/iris/");
  g_assert_null (trestle_bucket_browser_get_elsewhere (browser));

  /* what is looked for begins so */
  go (browser, BUCKET, "models/ir");
  g_assert_cmpuint (count (browser), ==, 1);
  ASSERT_ADDRESS (0, "s3://" BUCKET "/models/iris/");
  folder = trestle_bucket_browser_dup_folder (browser);
  g_assert_cmpstr (folder, ==, "models/");
  go (browser, BUCKET, "models/nothing");
  g_assert_cmpuint (count (browser), ==, 0);
  return dex_future_new_true ();
}

/* More than a page: each is asked for by itself, and nothing comes twice. */
static DexFuture *
test_pages_fiber (gpointer data)
{
  const guint n = 1003;
  TrestleAwsClient *client = trestle_session_get_client (session);
  g_autoptr (TrestleBucketBrowser) browser = trestle_bucket_browser_new (session);
  g_autoptr (GBytes) body = g_bytes_new_static ("x", 1);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < n; i += 17)
    {
      g_autoptr (GPtrArray) puts = g_ptr_array_new_with_free_func (dex_unref);

      for (guint k = i; k < MIN (n, i + 17); k++)
        {
          /* the last one is a folder: it comes with the second page, and stands first */
          g_autofree char *key = g_strdup_printf (k == n - 1 ? "many/%04u/x" : "many/%04u", k);

          g_ptr_array_add (
              puts, trestle_s3_service_put (client, "us-east-1", BUCKET, key, "text/plain", body));
        }
      await_ok (dex_future_allv ((DexFuture **) puts->pdata, puts->len));
    }
  go (browser, BUCKET, "many/");
  g_assert_cmpuint (count (browser), ==, 1000);
  g_assert_true (trestle_bucket_browser_get_more (browser));
  ASSERT_ADDRESS (0, "s3://" BUCKET "/many/0000");
  await_ok (trestle_bucket_browser_read_more (browser));
  g_assert_cmpuint (count (browser), ==, n);
  g_assert_false (trestle_bucket_browser_get_more (browser));
  ASSERT_ADDRESS (0, "s3://" BUCKET "/many/1002/");
  ASSERT_ADDRESS (1, "s3://" BUCKET "/many/0000");
  for (guint i = 0; i < n; i++)
    g_hash_table_add (seen, address (browser, i));
  g_assert_cmpuint (g_hash_table_size (seen), ==, n);
  await_ok (trestle_bucket_browser_read_more (browser));
  g_assert_cmpuint (count (browser), ==, n);
  return dex_future_new_true ();
}

/* What may not be read is told, and leaves nothing of another place behind. */
static DexFuture *
test_refused_fiber (gpointer data)
{
  g_autoptr (TrestleBucketBrowser) browser = trestle_bucket_browser_new (session);
  g_autoptr (DexFuture) first = NULL;
  g_autoptr (GError) denied = NULL;
  g_autoptr (GError) missing = NULL;
  g_autoptr (GError) late = NULL;

  go (browser, BUCKET, "");
  g_assert_cmpuint (count (browser), >, 0);
  g_assert_false (dex_await (trestle_bucket_browser_open (browser, OTHER, ""), &denied));
  g_assert_error (denied, TRESTLE_AWS_ERROR, TRESTLE_AWS_ERROR_ACCESS_DENIED);
  g_assert_cmpuint (count (browser), ==, 0);
  g_assert_cmpstr (trestle_bucket_browser_get_bucket (browser), ==, OTHER);
  g_assert_false (dex_await (trestle_bucket_browser_open (browser, "no-such-one", ""), &missing));
  g_assert_error (missing, TRESTLE_AWS_ERROR, TRESTLE_AWS_ERROR_NOT_FOUND);

  /* who goes on before the answer is there does not get it */
  first = trestle_bucket_browser_open (browser, BUCKET, "models/");
  go (browser, BUCKET, "validation/");
  g_assert_false (dex_await (dex_ref (first), &late));
  g_assert_error (late, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  ASSERT_ADDRESS (0, "s3://" BUCKET "/validation/blobs/");
  return dex_future_new_true ();
}

/* A bucket in another Region is told: what is made here cannot read it. */
static DexFuture *
test_elsewhere_fiber (gpointer data)
{
  g_autoptr (TrestleAccount) account = trestle_accounts_practice ("seller");
  g_autoptr (TrestleSession) away = await_object (trestle_session_open (account, "eu-west-1"));
  g_autoptr (TrestleBucketBrowser) browser = trestle_bucket_browser_new (away);

  go (browser, BUCKET, "");
  g_assert_cmpstr (trestle_bucket_browser_get_elsewhere (browser), ==, "us-east-1");
  return dex_future_new_true ();
}

static void
test_close (void)
{
  g_assert_finalize_object (g_steal_pointer (&session));
}

int
main (int argc, char *argv[])
{
  int status;

  practice_fixture_home ();
  g_test_init (&argc, &argv, NULL);
  dex_init ();
  practice_fixture_start ("1800");
  trestle_test_fiber ("/workbench/buckets/open", open_fiber);
  trestle_test_fiber ("/workbench/buckets/walk", test_walk_fiber);
  trestle_test_fiber ("/workbench/buckets/pages", test_pages_fiber);
  trestle_test_fiber ("/workbench/buckets/refused", test_refused_fiber);
  trestle_test_fiber ("/workbench/buckets/elsewhere", test_elsewhere_fiber);
  g_test_add_func ("/workbench/buckets/close", test_close);
  status = g_test_run ();
  practice_fixture_end ();
  return status;
}
