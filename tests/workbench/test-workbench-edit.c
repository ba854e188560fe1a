/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "workbench-fixture.h"

#include "domain/trestle-change-request.h"
#include "domain/trestle-finding.h"
#include "domain/trestle-private-offer.h"
#include "domain/trestle-rate-card.h"
#include "workbench/trestle-private-offers.h"
#include "workbench/trestle-product-edit.h"

static TrestleSession *session;

static void
expect_input (DexFuture *future, const char *word)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GObject) object = dex_await_object (future, &error);

  g_assert_null (object);
  g_assert_error (error, TRESTLE_WORKBENCH_ERROR, TRESTLE_WORKBENCH_ERROR_INPUT);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, word));
}

static void
expect_succeeded (DexFuture *future)
{
  g_autoptr (TrestleTask) task = await_object (future);
  g_autoptr (TrestleChangeRequest) request = await_object (trestle_task_wait (task));

  g_assert_cmpstr (trestle_change_request_get_status (request), ==, "SUCCEEDED");
}

static DexFuture *
open_fiber (gpointer data)
{
  session = open_session ("seller");
  return dex_future_new_true ();
}

/* What the live listing lacks already does not stop a change of something else. */
static DexFuture *
test_old_errors_fiber (gpointer data)
{
  g_autoptr (TrestleProductEdit)
      edit = await_object (trestle_product_edit_open (session, "tuning-fork"));
  g_autoptr (TrestleProductEdit) again = NULL;
  g_autoptr (GListModel) findings = NULL;
  TrestleDraft *draft = trestle_product_edit_get_draft (edit);

  g_assert_false (trestle_draft_has (trestle_product_edit_get_live (edit), "Offer.RateCard"));
  trestle_draft_set_text (draft, "Product.SupportDescription", "Write to help@example.com.");
  findings = await_object (trestle_product_edit_check (edit));
  for (guint i = 0; i < count (findings); i++)
    {
      g_autoptr (TrestleFinding) finding = g_list_model_get_item (findings, i);

      g_assert_cmpint (trestle_finding_get_severity (finding), !=, TRESTLE_SEVERITY_ERROR);
    }
  expect_succeeded (trestle_product_edit_submit (edit, "Support of Tuning Fork"));
  again = await_object (trestle_product_edit_open (session, "tuning-fork"));
  g_assert_cmpstr (
      trestle_draft_get_text (trestle_product_edit_get_live (again), "Product.SupportDescription"),
      ==, "Write to help@example.com.");
  g_assert_cmpuint (count_open_entries (session), ==, 0);
  return dex_future_new_true ();
}

static DexFuture *
test_new_errors_fiber (gpointer data)
{
  g_autoptr (TrestleProductEdit)
      edit = await_object (trestle_product_edit_open (session, "petal-sorter"));
  TrestleDraft *draft = trestle_product_edit_get_draft (edit);

  expect_input (trestle_product_edit_submit (edit, "Nothing"), "nothing to send");
  trestle_draft_set_text (draft, "Product.ProductTitle", NULL);
  expect_input (trestle_product_edit_submit (edit, "No title"), "");
  trestle_draft_set_text (draft, "Product.ProductTitle", "Petal Sorter");
  trestle_rate_card_set (draft, "ml.m5.large.m.i.r", NULL);
  expect_input (trestle_product_edit_submit (edit, "No price"), "ml.m5.large");
  return dex_future_new_true ();
}

static DexFuture *
test_version_fiber (gpointer data)
{
  g_autoptr (TrestleProductEdit)
      edit = await_object (trestle_product_edit_open (session, "petal-sorter-mini"));
  TrestleDraft *draft = trestle_product_edit_get_draft (edit);
  int index = await_int (trestle_product_edit_add_version (edit, "meadow-sorter-v1", NULL, NULL));
  g_autofree char *base = g_strdup_printf ("Versions[%d]", index);
  g_autofree char *usage = g_strconcat (base, ".UsageInstructions", NULL);
  g_autofree char *id = g_strconcat (base, ".Id", NULL);
  g_autofree char *title = g_strconcat (base, ".VersionTitle", NULL);
  g_autofree char *notes = g_strconcat (base, ".ReleaseNotes", NULL);

  g_assert_true (trestle_draft_has (draft, usage));
  g_assert_false (trestle_draft_has (draft, id));
  trestle_draft_set_text (draft, title, "3.0");
  trestle_draft_set_text (draft, notes, "More.");
  expect_input (trestle_product_edit_submit (edit, "Version 3.0"), "ml.c5.xlarge");
  trestle_rate_card_set (draft, "ml.c5.xlarge.m.i.r", "0.60");
  trestle_rate_card_set (draft, "ml.c5.xlarge.m.i.b", "0.60");
  expect_succeeded (trestle_product_edit_submit (edit, "Version 3.0"));
  return dex_future_new_true ();
}

static DexFuture *
test_offers_fiber (gpointer data)
{
  static const char *const buyers[] = { "777788889999", NULL };
  g_autofree char *until = trestle_private_offer_dup_day (trestle_clock_now () + 30 * TRESTLE_DAY);
  TrestleOfferWish wish = { .buyers = buyers, .until = until, .discount = "10" };
  g_autoptr (GListModel) offers = await_object (trestle_private_offers_list (session));
  guint n = count (offers);
  g_autoptr (TrestleEntity) first = g_list_model_get_item (offers, 0);
  g_autofree char *first_id = g_strdup (trestle_entity_get_id (first));

  g_assert_cmpuint (n, >, 0);
  g_assert_cmpstr (trestle_private_offers_get_title (session, first), ==, "Petal Sorter");
  expect_input (trestle_private_offers_create (session, "tuning-fork", &wish), "Tuning Fork");
  expect_succeeded (trestle_private_offers_create (session, "petal-sorter", &wish));
  wish = (TrestleOfferWish) { .name = "The same once more" };
  expect_succeeded (trestle_private_offers_clone (session, first_id, &wish));
  g_clear_object (&offers);
  offers = await_object (trestle_private_offers_list (session));
  g_assert_cmpuint (count (offers), ==, n + 2);
  expect_succeeded (trestle_private_offers_expire (session, first_id));
  expect_input (trestle_private_offers_expire (session, first_id), "already");
  g_assert_cmpuint (count_open_entries (session), ==, 0);
  return dex_future_new_true ();
}

static void
count_up (guint *n)
{
  *n += 1;
}

/* A change set that came and went between two readings is told of, what had ended before the first is not. */
static DexFuture *
test_ended_fiber (gpointer data)
{
  g_autoptr (TrestleSession) other = open_session ("seller");
  TrestleRemoteList *requests = TRESTLE_REMOTE_LIST (trestle_session_get_requests (other));
  g_autoptr (TrestleProductEdit) edit = NULL;
  guint ended = 0;

  g_signal_connect_swapped (requests, "ended", G_CALLBACK (count_up), &ended);
  await_ok (trestle_remote_list_refresh (requests));
  g_assert_cmpuint (count (requests), >, 0);
  g_assert_cmpuint (ended, ==, 0);
  edit = await_object (trestle_product_edit_open (session, "shade-card"));
  trestle_draft_set_text (trestle_product_edit_get_draft (edit), "Product.SupportDescription",
                          "Write to shades@example.com.");
  expect_succeeded (trestle_product_edit_submit (edit, "Support of Shade Card"));
  await_ok (trestle_remote_list_refresh (requests));
  g_assert_cmpuint (ended, ==, 1);
  await_ok (trestle_remote_list_refresh (requests));
  g_assert_cmpuint (ended, ==, 1);
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
  trestle_test_fiber ("/workbench/edit/open", open_fiber);
  trestle_test_fiber ("/workbench/edit/old-errors", test_old_errors_fiber);
  trestle_test_fiber ("/workbench/edit/new-errors", test_new_errors_fiber);
  trestle_test_fiber ("/workbench/edit/version", test_version_fiber);
  trestle_test_fiber ("/workbench/edit/offers", test_offers_fiber);
  trestle_test_fiber ("/workbench/edit/ended", test_ended_fiber);
  g_test_add_func ("/workbench/edit/close", test_close);
  status = g_test_run ();
  practice_fixture_end ();
  return status;
}
