/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "workbench/trestle-draft-past.h"

/* What is done to a draft is undone and redone, in steps that a person would call one. */

#define TITLE "Product.ProductTitle"
#define SHORT "Product.ShortDescription"

/* A step ends with the turn of the main loop; typing into one field goes on. */
static void
turn (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
type (TrestleDraft *draft, const char *path, const char *text)
{
  trestle_draft_set_text (draft, path, text);
  turn ();
}

static void
assert_goes (char *path, const char *expected)
{
  g_assert_cmpstr (path, ==, expected);
  g_free (path);
}

static void
test_steps (void)
{
  g_autoptr (TrestleDraft) draft = trestle_draft_new ();
  g_autoptr (TrestleDraftPast) past = trestle_draft_past_new (draft);

  g_assert_false (trestle_draft_past_can_undo (past));
  assert_goes (trestle_draft_past_undo (past), NULL);
  type (draft, TITLE, "M");
  type (draft, TITLE, "Me");
  type (draft, TITLE, "Meadow");
  type (draft, SHORT, "Sorts");
  g_assert_true (trestle_draft_past_can_undo (past));

  assert_goes (trestle_draft_past_undo (past), SHORT);
  g_assert_cmpstr (trestle_draft_get_text (draft, SHORT), ==, "");
  g_assert_cmpstr (trestle_draft_get_text (draft, TITLE), ==, "Meadow");
  assert_goes (trestle_draft_past_undo (past), TITLE);
  g_assert_cmpstr (trestle_draft_get_text (draft, TITLE), ==, "");
  g_assert_false (trestle_draft_past_can_undo (past));

  assert_goes (trestle_draft_past_redo (past), TITLE);
  assert_goes (trestle_draft_past_redo (past), SHORT);
  g_assert_cmpstr (trestle_draft_get_text (draft, SHORT), ==, "Sorts");
  g_assert_false (trestle_draft_past_can_redo (past));

  /* who goes another way cannot go back to the first */
  assert_goes (trestle_draft_past_undo (past), SHORT);
  type (draft, SHORT, "Counts");
  g_assert_false (trestle_draft_past_can_redo (past));
  assert_goes (trestle_draft_past_undo (past), SHORT);
  g_assert_cmpstr (trestle_draft_get_text (draft, SHORT), ==, "");
}

/* What one click does to many fields is one step. */
static void
test_click (void)
{
  g_autoptr (TrestleDraft) draft = trestle_draft_new ();
  g_autoptr (TrestleDraftPast) past = trestle_draft_past_new (draft);

  trestle_draft_set_text (draft, "Offer.PricingModel", "Usage");
  trestle_draft_set_text (draft, "Offer.RateCard[0].DimensionKey", "ml.m5.large.m.i.b");
  trestle_draft_set_text (draft, "Offer.RateCard[0].Price", "1.50");
  turn ();
  assert_goes (trestle_draft_past_undo (past), "");
  g_assert_false (trestle_draft_has (draft, "Offer"));
  g_assert_false (trestle_draft_past_can_undo (past));
}

/* What AWS gave is no step, and no step takes it away. */
static void
test_given (void)
{
  g_autoptr (TrestleDraft) draft = trestle_draft_new ();
  g_autoptr (TrestleDraftPast) past = NULL;

  trestle_draft_set_text (draft, "Versions[0].VersionTitle", "1.0");
  past = trestle_draft_past_new (draft);
  type (draft, TITLE, "Meadow");
  trestle_draft_past_skip (past, TRUE);
  trestle_draft_set_text (draft, "Product.Identifier", "prod-aaaabbbbccccd");
  trestle_draft_set_number (draft, "Product.Revision", 3);
  trestle_draft_set_text (draft, "Versions[0].Id", "6f1d0c02-3f5b-4e1d-9f7a-000000000001");
  trestle_draft_past_skip (past, FALSE);
  turn ();

  assert_goes (trestle_draft_past_undo (past), TITLE);
  g_assert_cmpstr (trestle_draft_get_text (draft, TITLE), ==, "");
  g_assert_cmpstr (trestle_draft_get_text (draft, "Product.Identifier"), ==, "prod-aaaabbbbccccd");
  g_assert_cmpint (trestle_draft_get_number (draft, "Product.Revision"), ==, 3);
  g_assert_cmpstr (trestle_draft_get_text (draft, "Versions[0].Id"), ==,
                   "6f1d0c02-3f5b-4e1d-9f7a-000000000001");
  g_assert_false (trestle_draft_past_can_undo (past));
}

static void
test_restore (void)
{
  g_autoptr (TrestleDraft) draft = trestle_draft_new ();
  g_autoptr (TrestleDraft) then = NULL;
  g_autoptr (TrestleDraftPast) past = NULL;

  trestle_draft_set_text (draft, TITLE, "Then");
  then = trestle_draft_copy (draft);
  past = trestle_draft_past_new (draft);
  type (draft, TITLE, "Now");
  trestle_draft_past_restore (past, then);
  g_assert_cmpstr (trestle_draft_get_text (draft, TITLE), ==, "Then");
  trestle_draft_past_restore (past, then); /* no step: nothing changes */
  assert_goes (trestle_draft_past_undo (past), "");
  g_assert_cmpstr (trestle_draft_get_text (draft, TITLE), ==, "Now");
}

/* Only so many are kept, and the draft is not lost over it. */
static void
test_many (void)
{
  g_autoptr (TrestleDraft) draft = trestle_draft_new ();
  g_autoptr (TrestleDraftPast) past = trestle_draft_past_new (draft);
  guint n = 0;
  char *path;

  for (guint i = 0; i < TRESTLE_DRAFT_PAST_STEPS + 5; i++)
    {
      g_autofree char *text = g_strdup_printf ("%u", i);

      type (draft, i % 2 == 0 ? TITLE : SHORT, text);
    }
  while ((path = trestle_draft_past_undo (past)) != NULL)
    {
      g_free (path);
      n++;
    }
  g_assert_cmpuint (n, ==, TRESTLE_DRAFT_PAST_STEPS);
  g_assert_cmpstr (trestle_draft_get_text (draft, TITLE), ==, "4");
  g_assert_cmpstr (trestle_draft_get_text (draft, SHORT), ==, "3");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/workbench/past/steps", test_steps);
  g_test_add_func ("/workbench/past/click", test_click);
  g_test_add_func ("/workbench/past/given", test_given);
  g_test_add_func ("/workbench/past/restore", test_restore);
  g_test_add_func ("/workbench/past/many", test_many);
  return g_test_run ();
}
