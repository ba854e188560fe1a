/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <libdex.h>

#include "domain/trestle-change-fault.h"
#include "domain/trestle-finding.h"
#include "domain/trestle-submitted-change.h"
#include "editor/trestle-logo-file.h"
#include "editor/trestle-review-code.h"
#include "editor/trestle-review-faults.h"
#include "media/trestle-picture.h"
#include "practice-fixture.h"
#include "trestle-test.h"

#include "draft-sample.h"

/* --- Code --------------------------------------------------------------------------------- */

static void
assert_same (const char *text, JsonNode *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = json_from_string (text, &error);

  g_assert_no_error (error);
  g_assert_true (json_node_equal (node, expected));
}

static char *
between (const char *text, const char *start, const char *end)
{
  const char *from = strstr (text, start);
  const char *to;

  g_assert_nonnull (from);
  from += strlen (start);
  to = strstr (from, end);
  g_assert_nonnull (to);
  return g_strndup (from, to - from);
}

/* Whatever a listing says, the code holds the same request, and only that. */
static void
test_code (void)
{
  g_autoptr (TrestleDraft) draft = sample_draft ();
  g_autoptr (TrestleChangeSet) changes = NULL;
  g_autoptr (JsonNode) expected = NULL;
  g_autofree char *json = NULL;
  g_autofree char *cli = NULL;
  g_autofree char *python = NULL;
  g_autofree char *of_cli = NULL;
  g_autofree char *of_python = NULL;

  trestle_draft_set_text (draft, "Product.LongDescription",
                          "It's '''quoted'''\nEND\n$(date) \\ `id` \"so\"");
  changes = trestle_change_set_build (draft, NULL, NULL);
  expected = trestle_change_set_to_json (changes, NULL, NULL);
  json = trestle_review_code_json (changes);
  cli = trestle_review_code_cli (changes, "us-east-1");
  python = trestle_review_code_python (changes, "us-east-1");
  of_cli = between (cli, "<<'END'\n", "\nEND\n");
  of_python = between (python, "r'''\n", "\n'''");
  assert_same (json, expected);
  assert_same (of_cli, expected);
  assert_same (of_python, expected);
}

/* --- Faults ------------------------------------------------------------------------------- */

static TrestleChangeRequest *
new_request (const char *change_type, const char *entity_type, const char *code)
{
  g_autoptr (TrestleChangeFault)
      fault = g_object_new (TRESTLE_TYPE_CHANGE_FAULT, "code", code, "message", "No.", NULL);
  g_autoptr (GListStore) faults = g_list_store_new (TRESTLE_TYPE_CHANGE_FAULT);
  g_autoptr (GListStore) changes = g_list_store_new (TRESTLE_TYPE_SUBMITTED_CHANGE);
  g_autoptr (TrestleSubmittedChange) change = NULL;

  g_list_store_append (faults, fault);
  change = g_object_new (TRESTLE_TYPE_SUBMITTED_CHANGE, "change-type", change_type, "entity-type",
                         entity_type, "faults", faults, NULL);
  g_list_store_append (changes, change);
  return g_object_new (TRESTLE_TYPE_CHANGE_REQUEST, "id", "x", "status", "FAILED", "changes",
                       changes, NULL);
}

/* A refusal stands by the change that has it, and leads to its field. */
static void
test_faults (void)
{
  g_autoptr (TrestleDraft) draft = sample_published ();
  g_autoptr (TrestleChangeRequest) request = new_request (
      "UpdateInformation", "MachineLearningProduct@1.0", "INVALID_CATEGORY_NAMES");
  g_autoptr (TrestleChange)
      guilty = g_object_new (TRESTLE_TYPE_CHANGE, "change-type", "UpdateInformation", "entity-type",
                             "MachineLearningProduct@1.0", NULL);
  g_autoptr (TrestleChange) namesake = g_object_new (
      TRESTLE_TYPE_CHANGE, "change-type", "UpdateInformation", "entity-type", "Offer@1.0", NULL);
  g_autoptr (GPtrArray) found = trestle_review_faults_find (NULL, FALSE, request, NULL, guilty,
                                                            trestle_draft_get_root (draft));
  g_autoptr (GPtrArray) none = trestle_review_faults_find (NULL, FALSE, request, NULL, namesake,
                                                           trestle_draft_get_root (draft));
  g_autoptr (GPtrArray) nothing = trestle_review_faults_find (NULL, FALSE, NULL, NULL, guilty,
                                                              trestle_draft_get_root (draft));

  g_assert_cmpuint (found->len, ==, 1);
  g_assert_cmpstr (trestle_finding_get_field (found->pdata[0]), ==, "Product.Categories");
  g_assert_cmpuint (none->len, ==, 0);
  g_assert_cmpuint (nothing->len, ==, 0);
}

/* --- Logo --------------------------------------------------------------------------------- */

static TrestlePicture *
new_picture (int width, int height)
{
  gsize stride = (gsize) width * 4;
  guchar *pixels = g_malloc (stride * height);
  TrestlePicture picture = { .width = width, .height = height, .stride = stride };
  TrestlePicture *copy;

  /* each column has a shade of its own */
  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      {
        pixels[y * stride + x * 4] = (guchar) x;
        pixels[y * stride + x * 4 + 1] = 0;
        pixels[y * stride + x * 4 + 2] = 0;
        pixels[y * stride + x * 4 + 3] = 255;
      }
  picture.rgba = g_bytes_new_take (pixels, stride * height);
  copy = trestle_picture_copy (&picture);
  g_bytes_unref (picture.rgba);
  return copy;
}

static char *folder;

static void
write_picture (const char *name, int width, int height)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TrestlePicture) picture = new_picture (width, height);
  g_autoptr (GBytes) png = dex_await_boxed (trestle_picture_encode_png (picture), &error);
  g_autofree char *file = g_build_filename (folder, name, NULL);

  g_assert_no_error (error);
  g_file_set_contents (file, g_bytes_get_data (png, NULL), g_bytes_get_size (png), &error);
  g_assert_no_error (error);
}

static DexFuture *
logo_fiber (gpointer data)
{
  g_autofree char *draft = g_build_filename (folder, "draft.yaml", NULL);
  g_autofree char *cropped = NULL;
  g_autofree char *again = NULL;
  g_autofree char *other = NULL;
  g_autofree char *other_folder = NULL;
  g_autofree char *square_path = NULL;
  g_autofree char *text_path = g_build_filename (folder, "text.png", NULL);
  g_autofree char *wide_path = NULL;
  g_autoptr (GFile) text = g_file_new_for_path (text_path);
  g_autoptr (GFile) wide = NULL;
  g_autoptr (GFile) square = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (TrestlePicture) picture = NULL;
  g_autoptr (GError) error = NULL;

  /* the middle of it, and the file itself stays */
  write_picture ("wide.png", 200, 120);
  cropped = dex_await_string (trestle_logo_file_crop ("wide.png", draft), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (cropped, ==, "wide-square.png");
  square_path = g_build_filename (folder, cropped, NULL);
  square = g_file_new_for_path (square_path);
  bytes = g_file_load_bytes (square, NULL, NULL, &error);
  g_assert_no_error (error);
  picture = dex_await_boxed (trestle_picture_decode (bytes, 0, 0), &error);
  g_assert_no_error (error);
  g_assert_cmpint (picture->width, ==, 120);
  g_assert_cmpint (picture->height, ==, 120);
  g_assert_cmpint (((const guchar *) g_bytes_get_data (picture->rgba, NULL))[0], ==, 40);

  /* what is there already is not written twice, and nothing is overwritten */
  again = dex_await_string (trestle_logo_file_import (square, draft), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (again, ==, "wide-square.png");
  other_folder = g_build_filename (folder, "other", NULL);
  g_mkdir (other_folder, 0700);
  write_picture ("other/wide.png", 130, 130);
  wide_path = g_build_filename (folder, "other", "wide.png", NULL);
  wide = g_file_new_for_path (wide_path);
  other = dex_await_string (trestle_logo_file_import (wide, draft), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (other, ==, "wide-2.png");

  /* what is no picture is no logo */
  g_file_set_contents (text_path, "not a picture", -1, &error);
  g_assert_no_error (error);
  g_assert_null (dex_await_string (trestle_logo_file_import (text, draft), &error));
  g_assert_nonnull (error);
  return dex_future_new_true ();
}

static void
test_logo (void)
{
  g_autoptr (GError) error = NULL;

  folder = g_dir_make_tmp ("trestle-logo-XXXXXX", &error);
  g_assert_no_error (error);
  trestle_test_run_fiber (logo_fiber);
  practice_fixture_delete (folder);
  g_free (folder);
}

int
main (int argc, char **argv)
{
  dex_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/editor/code", test_code);
  g_test_add_func ("/editor/faults", test_faults);
  g_test_add_func ("/editor/logo", test_logo);
  return g_test_run ();
}
