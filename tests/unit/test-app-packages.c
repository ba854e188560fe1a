/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "domain/trestle-container-image.h"
#include "domain/trestle-draft-versions.h"
#include "domain/trestle-finding.h"
#include "domain/trestle-node.h"
#include "domain/trestle-package-check.h"
#include "domain/trestle-role.h"
#include "draft-sample.h"
#include "packages/trestle-package-form.h"
#include "packages/trestle-package-words.h"
#include "versions/trestle-version-words.h"

#define IMAGE SAMPLE_ACCOUNT ".dkr.ecr.us-east-1.amazonaws.com/iris:1"
#define ROLE "arn:aws:iam::" SAMPLE_ACCOUNT ":role/execution"

static const char *const one_type[] = { "ml.m5.large", NULL };
static const char *const csv[] = { "text/csv", NULL };

static void
set_list (TrestlePackageForm *form, const char *field, const char *const *texts)
{
  GtkStringList *list = trestle_package_form_get_list (form, field);

  gtk_string_list_splice (list, 0, g_list_model_get_n_items (G_LIST_MODEL (list)), texts);
}

/* A form that nothing is wrong with. */
static TrestlePackageForm *
good_form (void)
{
  TrestlePackageForm *form = trestle_package_form_new ("us-east-1");
  g_autoptr (GListStore) images = g_list_store_new (TRESTLE_TYPE_CONTAINER_IMAGE);
  g_autoptr (GListStore) roles = g_list_store_new (TRESTLE_TYPE_ROLE);
  g_autoptr (GListStore) packages = g_list_store_new (TRESTLE_TYPE_PACKAGE);
  g_autoptr (TrestleContainerImage)
      image = g_object_new (TRESTLE_TYPE_CONTAINER_IMAGE, "uri", IMAGE, "scan", "COMPLETE",
                            "critical", (gint64) 0, "high", (gint64) 0, NULL);
  g_autoptr (TrestleContainerImage) bad = g_object_new (
      TRESTLE_TYPE_CONTAINER_IMAGE, "uri", SAMPLE_ACCOUNT ".dkr.ecr.us-east-1.amazonaws.com/bad:1",
      "scan", "COMPLETE", "critical", (gint64) 2, "high", (gint64) 1, NULL);
  g_autoptr (TrestleRole) role = g_object_new (TRESTLE_TYPE_ROLE, "arn", ROLE, "name", "execution",
                                               "trusts-sagemaker", TRUE, NULL);
  g_autoptr (TrestleRole) other = g_object_new (TRESTLE_TYPE_ROLE, "arn", ROLE "-2", "name",
                                                "other", "trusts-sagemaker", FALSE, NULL);
  g_autoptr (TrestlePackage) taken = g_object_new (TRESTLE_TYPE_PACKAGE, "name", "iris-v2", NULL);

  g_list_store_append (images, image);
  g_list_store_append (images, bad);
  g_list_store_append (roles, role);
  g_list_store_append (roles, other);
  g_list_store_append (packages, taken);
  trestle_package_form_set_facts (form, SAMPLE_ACCOUNT, G_LIST_MODEL (images), G_LIST_MODEL (roles),
                                  G_LIST_MODEL (packages));
  set_list (form, "realtime", one_type);
  set_list (form, "batch", one_type);
  set_list (form, "content-types", csv);
  set_list (form, "response-types", csv);
  g_object_set (form, "name", "iris-v3", "image", IMAGE, "model-data",
                "s3://practice-seller-" SAMPLE_ACCOUNT "/models/iris/model.tar.gz", "role", ROLE,
                "sample", "s3://practice-seller-" SAMPLE_ACCOUNT "/validation/iris/", "output",
                "s3://practice-seller-" SAMPLE_ACCOUNT "/validation-output", "sample-type",
                "text/csv", "answer-type", "text/csv", "job-type", "ml.m5.large", NULL);
  return form;
}

static void
assert_found (TrestlePackageForm *form, const char *field, TrestleSeverity severity)
{
  g_autoptr (GPtrArray) findings = trestle_package_form_check (form);

  for (guint i = 0; i < findings->len; i++)
    if (g_str_equal (trestle_finding_get_field (findings->pdata[i]), field))
      {
        g_assert_cmpint (trestle_finding_get_severity (findings->pdata[i]), ==, severity);
        g_assert_cmpuint (strlen (trestle_finding_get_message (findings->pdata[i])), >, 5);
        return;
      }
  g_error ("nothing is found of %s", field);
}

static void
test_check (void)
{
  static const struct
  {
    const char *field;
    const char *value;
    TrestleSeverity severity;
  } cases[] = {
    { "name", "", TRESTLE_SEVERITY_ERROR },
    { "name", "-iris", TRESTLE_SEVERITY_ERROR },
    { "name", "iris_v3", TRESTLE_SEVERITY_ERROR },
    { "name", "iris-v2", TRESTLE_SEVERITY_ERROR },
    { "name", "a234567890123456789012345678901234567890123456789012345678901234",
      TRESTLE_SEVERITY_ERROR },
    { "image", "", TRESTLE_SEVERITY_ERROR },
    { "image", "registry.example.com/library/iris:1", TRESTLE_SEVERITY_ERROR },
    { "image", "111122223333.dkr.ecr.us-east-1.amazonaws.com/iris:1", TRESTLE_SEVERITY_ERROR },
    { "image", SAMPLE_ACCOUNT ".dkr.ecr.eu-west-1.amazonaws.com/iris:1", TRESTLE_SEVERITY_ERROR },
    { "image", SAMPLE_ACCOUNT ".dkr.ecr.us-east-1.amazonaws.com/none:1", TRESTLE_SEVERITY_ERROR },
    { "image", SAMPLE_ACCOUNT ".dkr.ecr.us-east-1.amazonaws.com/bad:1", TRESTLE_SEVERITY_WARNING },
    { "model-data", "https://example.com/model.tar.gz", TRESTLE_SEVERITY_ERROR },
    { "model-data", "s3://bucket/model.zip", TRESTLE_SEVERITY_ERROR },
    { "role", "", TRESTLE_SEVERITY_ERROR },
    { "role", ROLE "-2", TRESTLE_SEVERITY_ERROR },
    { "role", "arn:aws:iam::111122223333:role/execution", TRESTLE_SEVERITY_ERROR },
    { "sample", "", TRESTLE_SEVERITY_ERROR },
    { "sample", "s3:/bucket", TRESTLE_SEVERITY_ERROR },
    { "output", "", TRESTLE_SEVERITY_ERROR },
    { "sample-type", "image/png", TRESTLE_SEVERITY_ERROR },
    { "answer-type", "image/png", TRESTLE_SEVERITY_ERROR },
    { "job-type", "ml.m5.4xlarge", TRESTLE_SEVERITY_ERROR },
  };
  static const char *const wrong[] = { "large", NULL };
  g_autoptr (TrestlePackageForm) good = good_form ();
  g_autoptr (TrestlePackageForm) lists = good_form ();
  g_autoptr (GPtrArray) nothing = trestle_package_form_check (good);

  g_assert_cmpuint (nothing->len, ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (TrestlePackageForm) form = good_form ();

      g_object_set (form, cases[i].field, cases[i].value, NULL);
      assert_found (form, cases[i].field, cases[i].severity);
    }
  set_list (lists, "realtime", NULL);
  assert_found (lists, "realtime", TRESTLE_SEVERITY_ERROR);
  set_list (lists, "realtime", wrong);
  assert_found (lists, "realtime", TRESTLE_SEVERITY_ERROR);
  set_list (lists, "content-types", wrong);
  assert_found (lists, "content-types", TRESTLE_SEVERITY_ERROR);
}

/* Without a certificate nothing is validated, and nothing of the validation is missing. */
static void
test_uncertified (void)
{
  g_autoptr (TrestlePackageForm) form = good_form ();
  g_autoptr (GPtrArray) findings = NULL;
  JsonObject *input;

  g_object_set (form, "certify", FALSE, "role", "", "sample", "", "output", "", NULL);
  findings = trestle_package_form_check (form);
  g_assert_cmpuint (findings->len, ==, 0);
  input = trestle_package_form_build (form);
  g_assert_false (json_object_has_member (input, "ValidationSpecification"));
  g_assert_false (json_object_get_boolean_member (input, "CertifyForMarketplace"));
  json_object_unref (input);
}

/* A package that was made from a form gives the same form again, under the next name. */
static void
test_copy (void)
{
  g_autoptr (TrestlePackageForm) form = good_form ();
  g_autoptr (TrestlePackageForm) again = trestle_package_form_new ("us-east-1");
  g_autoptr (JsonNode) document = json_node_new (JSON_NODE_OBJECT);
  g_autoptr (JsonNode) copy = json_node_new (JSON_NODE_OBJECT);
  g_autoptr (TrestlePackage) package = NULL;
  g_autofree char *name = NULL;
  g_autofree char *code = NULL;

  g_object_set (form, "split", "Line", "description", "Irises, third time", NULL);
  json_node_take_object (document, trestle_package_form_build (form));
  package = g_object_new (TRESTLE_TYPE_PACKAGE, "name", "iris-v3", "description",
                          "Irises, third time", "document", document, NULL);
  trestle_package_form_copy (again, package);
  g_object_get (again, "name", &name, NULL);
  g_assert_cmpstr (name, ==, "iris-v4");
  g_object_set (again, "name", "iris-v3", NULL);
  json_node_take_object (copy, trestle_package_form_build (again));
  g_assert_true (json_node_equal (document, copy));
  code = trestle_package_form_dup_code (again);
  g_assert_nonnull (strstr (code, "aws sagemaker create-model-package --region us-east-1"));
}

static void
test_names (void)
{
  static const struct
  {
    const char *name;
    const char *next;
  } names[] = { { "iris-v1", "iris-v3" }, { "petal", "petal-2" }, { "7", "7-2" } };
  g_autoptr (TrestlePackageForm) form = good_form ();

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *next = trestle_package_form_dup_free_name (form, names[i].name);

      g_assert_cmpstr (next, ==, names[i].next);
    }
}

static void
test_words (void)
{
  g_autoptr (GListStore) checks = g_list_store_new (TRESTLE_TYPE_PACKAGE_CHECK);
  g_autoptr (TrestlePackageCheck) check = g_object_new (TRESTLE_TYPE_PACKAGE_CHECK, "name",
                                                        "Validation", "status", "Completed", NULL);
  g_autoptr (TrestlePackage) good = NULL;
  g_autoptr (TrestlePackage) raw = NULL;
  g_autofree char *nothing = NULL;
  g_autofree char *obstacles = NULL;
  g_autofree char *digest = trestle_package_dup_image_name (
      SAMPLE_ACCOUNT ".dkr.ecr.us-east-1.amazonaws.com/iris@sha256:0123456789abcdef0123456789");
  TrestleTone tone;

  g_list_store_append (checks, check);
  good = g_object_new (TRESTLE_TYPE_PACKAGE, "arn", SAMPLE_ARN, "status", "Completed", "certified",
                       TRUE, "image", IMAGE, "checks", checks, "realtime-types", one_type,
                       "transform-types", one_type, NULL);
  raw = g_object_new (TRESTLE_TYPE_PACKAGE, "arn", SAMPLE_ARN, "status", "Completed", "image",
                      IMAGE, "checks", checks, "realtime-types", one_type, "transform-types",
                      one_type, NULL);
  nothing = trestle_package_dup_obstacles (good, SAMPLE_ACCOUNT);
  g_assert_null (nothing);
  obstacles = trestle_package_dup_obstacles (raw, SAMPLE_ACCOUNT);
  g_assert_nonnull (strstr (obstacles, "not certified"));
  g_assert_cmpstr (trestle_package_status_word (good, &tone), ==, "Completed");
  g_assert_cmpint (tone, ==, TRESTLE_TONE_SUCCESS);
  g_assert_cmpstr (digest, ==, "iris@sha256:01234567…");
}

/* --- Versions ------------------------------------------------------------------------------- */

static void
test_versions (void)
{
  g_autoptr (TrestleDraft) draft = sample_draft ();
  g_autoptr (TrestleDraft) base = NULL;
  g_autoptr (TrestlePackage)
      package = g_object_new (TRESTLE_TYPE_PACKAGE, "arn", SAMPLE_ARN "-2", "realtime-types",
                              one_type, "transform-types", one_type, NULL);
  g_autofree char *label = NULL;
  g_autofree char *title = NULL;
  g_autofree char *drafted = NULL;

  trestle_draft_set_text (draft, "Versions[0].Id", SAMPLE_ID);
  base = trestle_draft_copy (draft);
  label = trestle_version_dup_label (draft, 0);
  g_assert_cmpstr (label, ==, "1.0 · at AWS");
  title = trestle_version_dup_title (draft, 0, "Input", "InputProperties.Parameters");
  g_assert_cmpstr (title, ==, "Input · 1");

  /* never the last one */
  g_assert_nonnull (strstr (trestle_version_get_bar (draft, base, 0), "last version"));
  trestle_draft_add_version (draft, package);
  drafted = trestle_version_dup_label (draft, 1);
  g_assert_cmpstr (drafted, ==, "1.1 · drafted");
  g_assert_null (trestle_version_get_bar (draft, base, 0));
  g_assert_nonnull (trestle_version_get_bar (draft, base, 1));

  /* drafted, it can be taken back; at AWS, it cannot */
  trestle_draft_set_bool (draft, "Versions[0].Restricted", TRUE);
  g_assert_null (trestle_version_get_bar (draft, base, 0));
  trestle_draft_set_bool (base, "Versions[0].Restricted", TRUE);
  g_assert_nonnull (trestle_version_get_bar (draft, base, 0));
}

static void
test_version_errors (void)
{
  static const char *const input[] = { "InputProperties", NULL };
  static const char *const output[] = { "OutputProperties", NULL };
  g_autoptr (GListStore) findings = g_list_store_new (TRESTLE_TYPE_FINDING);
  g_autoptr (TrestleFinding) error = g_object_new (TRESTLE_TYPE_FINDING, "field",
                                                   "Versions[1].InputProperties.Parameters[0].Name",
                                                   "severity", TRESTLE_SEVERITY_ERROR, NULL);
  g_autoptr (TrestleFinding)
      warning = g_object_new (TRESTLE_TYPE_FINDING, "field", "Versions[1].OutputProperties",
                              "severity", TRESTLE_SEVERITY_WARNING, NULL);
  g_autoptr (TrestleFinding) whole = g_object_new (TRESTLE_TYPE_FINDING, "field", "Versions",
                                                   "severity", TRESTLE_SEVERITY_ERROR, NULL);

  g_list_store_append (findings, error);
  g_list_store_append (findings, warning);
  g_list_store_append (findings, whole);
  g_assert_true (trestle_version_has_error (G_LIST_MODEL (findings), 1, input));
  g_assert_false (trestle_version_has_error (G_LIST_MODEL (findings), 0, input));
  g_assert_false (trestle_version_has_error (G_LIST_MODEL (findings), 1, output));
  g_assert_cmpuint (trestle_version_index_of ("Versions[12].VersionTitle"), ==, 12);
  g_assert_cmpuint (trestle_version_index_of ("Product.Sku"), ==, G_MAXUINT);
}

/* What only algorithms have is in the request, and what is amiss in it is said where the form has it. */
static void
test_algorithm (void)
{
  g_autoptr (TrestlePackageForm) form = good_form ();
  g_autoptr (TrestleTrainingChannel) channel = NULL;
  g_autoptr (TrestleHyperparameter) parameter = NULL;
  g_autoptr (GPtrArray) findings = NULL;
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *code = NULL;
  JsonNode *spec, *profile;

  g_object_set (form, "algorithm", TRUE, "name", "iris-v2", "serving-image", IMAGE, "training-type",
                "ml.m5.large", NULL);
  /* the model package of that name is another thing */
  findings = trestle_package_form_check (form);
  for (guint i = 0; i < findings->len; i++)
    g_assert_cmpstr (trestle_finding_get_field (findings->pdata[i]), !=, "name");
  assert_found (form, "training", TRESTLE_SEVERITY_ERROR);
  assert_found (form, "channels", TRESTLE_SEVERITY_ERROR);
  assert_found (form, "training-type", TRESTLE_SEVERITY_ERROR);

  set_list (form, "training", one_type);
  channel = g_object_new (
      TRESTLE_TYPE_TRAINING_CHANNEL, "name", "train", "required", TRUE, "content-types", csv,
      "input-modes", (const char *const[]) { "File", NULL }, "sample", "s3://bucket/train/", NULL);
  g_list_store_append (trestle_package_form_get_channels (form), channel);
  parameter = g_object_new (TRESTLE_TYPE_HYPERPARAMETER, "name", "depth", "value-type", "Integer",
                            "tunable", TRUE, NULL);
  g_list_store_append (trestle_package_form_get_hyperparameters (form), parameter);
  assert_found (form, "hyperparameters", TRESTLE_SEVERITY_ERROR);
  g_list_store_remove_all (trestle_package_form_get_hyperparameters (form));
  g_clear_pointer (&findings, g_ptr_array_unref);
  findings = trestle_package_form_check (form);
  g_assert_cmpuint (findings->len, ==, 0);

  json_node_take_object (node, trestle_package_form_build (form));
  g_assert_cmpstr (trestle_node_text (node, "AlgorithmName"), ==, "iris-v2");
  g_assert_null (trestle_node_text (node, "ModelPackageName"));
  spec = trestle_node_member (node, "TrainingSpecification");
  g_assert_cmpstr (trestle_node_text (spec, "TrainingImage"), ==, IMAGE);
  profile = trestle_node_element (
      trestle_node_member (trestle_node_member (node, "ValidationSpecification"),
                           "ValidationProfiles"),
      0);
  g_assert_nonnull (trestle_node_member (profile, "TrainingJobDefinition"));
  g_assert_nonnull (trestle_node_member (profile, "TransformJobDefinition"));
  code = trestle_package_form_dup_code (form);
  g_assert_true (g_str_has_prefix (code, "aws sagemaker create-algorithm "));

  g_object_set (form, "algorithm", FALSE, NULL);
  assert_found (form, "name", TRESTLE_SEVERITY_ERROR);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/app/packages/check", test_check);
  g_test_add_func ("/app/packages/uncertified", test_uncertified);
  g_test_add_func ("/app/packages/copy", test_copy);
  g_test_add_func ("/app/packages/names", test_names);
  g_test_add_func ("/app/packages/words", test_words);
  g_test_add_func ("/app/versions/restrict", test_versions);
  g_test_add_func ("/app/versions/errors", test_version_errors);
  g_test_add_func ("/app/packages/algorithm", test_algorithm);
  return g_test_run ();
}
