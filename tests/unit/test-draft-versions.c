/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "domain/trestle-draft-versions.h"

#include "draft-sample.h"

#define NEW_ARN "arn:aws:sagemaker:us-east-1:" SAMPLE_ACCOUNT ":model-package/petal-sorter-v2"

static TrestlePackage *
make_package (const char *arn, TrestleProductKind kind)
{
  static const char *const realtime[] = { "ml.c5.xlarge", "ml.m5.large", NULL };
  static const char *const batch[] = { "ml.c5.xlarge", NULL };

  return g_object_new (TRESTLE_TYPE_PACKAGE, "arn", arn, "kind", kind, "realtime-types", realtime,
                       "transform-types", batch, NULL);
}

static void
assert_text (TrestleDraft *draft, const char *path, const char *expected)
{
  g_assert_cmpstr (trestle_draft_get_text (draft, path), ==, expected);
}

static void
test_add (void)
{
  g_autoptr (TrestleDraft) draft = sample_draft ();
  g_autoptr (TrestlePackage) package = make_package (NEW_ARN, TRESTLE_PRODUCT_KIND_MODEL);

  g_assert_cmpuint (trestle_draft_add_version (draft, package), ==, 1);
  g_assert_cmpuint (trestle_draft_get_length (draft, "Versions"), ==, 2);
  assert_text (draft, "Versions[1].VersionTitle", "1.1");
  assert_text (draft, "Versions[1].SageMakerModelPackageArn", NEW_ARN);
  /* notes are each version's own, usage is taken over */
  assert_text (draft, "Versions[1].ReleaseNotes", "");
  assert_text (draft, "Versions[1].UsageInstructions", "Send rows of four numbers.");
  assert_text (draft, "Versions[1].InputProperties.Parameters[0].Name", "sepal length");
  /* what the package lacks is not recommended */
  assert_text (draft, "Versions[1].RecommendedInstanceTypes.RealtimeInference", "ml.m5.large");
  assert_text (draft, "Versions[1].RecommendedInstanceTypes.BatchTransform", "ml.c5.xlarge");
  /* two copies: one does not change with the other */
  trestle_draft_set_text (draft, "Versions[1].InputProperties.Parameters[0].Name", "petal");
  assert_text (draft, "Versions[0].InputProperties.Parameters[0].Name", "sepal length");
  g_assert_cmpuint (trestle_draft_find_version (draft, NEW_ARN), ==, 1);
  g_assert_cmpuint (trestle_draft_find_version (draft, SAMPLE_ARN "x"), ==, G_MAXUINT);
}

static void
test_first (void)
{
  g_autoptr (TrestleDraft) draft = trestle_draft_new ();
  g_autoptr (TrestlePackage)
      package = make_package (SAMPLE_ALGORITHM_ARN, TRESTLE_PRODUCT_KIND_ALGORITHM);

  g_assert_cmpuint (trestle_draft_add_version (draft, package), ==, 0);
  assert_text (draft, "Versions[0].VersionTitle", "1.0");
  assert_text (draft, "Versions[0].SageMakerAlgorithmArn", SAMPLE_ALGORITHM_ARN);
  assert_text (draft, "Versions[0].SageMakerModelPackageArn", "");
  g_assert_cmpstr (trestle_draft_get_version_arn (draft, 0), ==, SAMPLE_ALGORITHM_ARN);
  g_assert_cmpstr (trestle_draft_get_version_arn (draft, 7), ==, "");
}

static void
test_change (void)
{
  g_autoptr (TrestleDraft) draft = sample_draft ();
  g_autoptr (TrestlePackage)
      other = make_package (SAMPLE_ALGORITHM_ARN, TRESTLE_PRODUCT_KIND_ALGORITHM);

  trestle_draft_set_version_package (draft, 0, other);
  assert_text (draft, "Versions[0].SageMakerModelPackageArn", "");
  assert_text (draft, "Versions[0].SageMakerAlgorithmArn", SAMPLE_ALGORITHM_ARN);
  assert_text (draft, "Versions[0].RecommendedInstanceTypes.RealtimeInference", "ml.m5.large");
  assert_text (draft, "Versions[0].RecommendedInstanceTypes.BatchTransform", "ml.c5.xlarge");
}

static void
test_titles (void)
{
  static const struct
  {
    const char *last;
    const char *next;
  } titles[] = {
    { "1.0", "1.1" },
    { "v9", "v10" },
    { "2.4-beta", "2.5-beta" },
    { "Rose", "Rose 2" },
    { "1.99999999999", "1.99999999999 2" },
    { "", "1.0" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    {
      g_autoptr (TrestleDraft) draft = sample_draft ();
      g_autofree char *next = NULL;

      trestle_draft_set_text (draft, "Versions[0].VersionTitle", titles[i].last);
      next = trestle_draft_dup_next_version_title (draft);
      g_assert_cmpstr (next, ==, titles[i].next);
    }
}

static void
test_restricted (void)
{
  g_autoptr (TrestleDraft) draft = sample_draft ();
  g_autoptr (TrestlePackage) package = make_package (NEW_ARN, TRESTLE_PRODUCT_KIND_MODEL);
  g_autoptr (TrestlePackage) third = make_package (NEW_ARN "b", TRESTLE_PRODUCT_KIND_MODEL);

  trestle_draft_add_version (draft, package);
  trestle_draft_set_text (draft, "Versions[1].UsageInstructions", "Of the second");
  g_assert_cmpuint (trestle_draft_count_open_versions (draft), ==, 2);
  trestle_draft_set_bool (draft, "Versions[1].Restricted", TRUE);
  g_assert_cmpuint (trestle_draft_count_open_versions (draft), ==, 1);
  /* the newest that buyers can choose is the model for another */
  trestle_draft_add_version (draft, third);
  assert_text (draft, "Versions[2].UsageInstructions", "Send rows of four numbers.");
  g_assert_false (trestle_draft_get_bool (draft, "Versions[2].Restricted"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/draft-versions/add", test_add);
  g_test_add_func ("/draft-versions/first", test_first);
  g_test_add_func ("/draft-versions/change", test_change);
  g_test_add_func ("/draft-versions/titles", test_titles);
  g_test_add_func ("/draft-versions/restricted", test_restricted);
  return g_test_run ();
}
