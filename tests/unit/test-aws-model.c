/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-aws-model"

#include <glib.h>

#include "aws/trestle-aws-error.h"
#include "aws/trestle-aws-model.h"

static void
test_all_services (void)
{
  const char *const *services = trestle_aws_model_services ();

  for (guint i = 0; services[i] != NULL; i++)
    {
      const TrestleAwsModel *model = trestle_aws_model_get (services[i]);
      const TrestleAwsOperation *operations;
      guint n;

      g_assert_cmpstr (trestle_aws_model_get_service (model), ==, services[i]);
      g_assert_true (model == trestle_aws_model_get (services[i]));
      operations = trestle_aws_model_list_operations (model, &n);
      g_assert_cmpuint (n, >, 0);
      for (guint j = 0; j < n; j++)
        {
          g_assert_true (trestle_aws_model_get_operation (model, operations[j].name)
                         == &operations[j]);
          for (guint k = 0; operations[j].errors[k] != NULL; k++)
            g_assert_nonnull (trestle_aws_model_get_exception (model, operations[j].errors[k]));
        }
    }
}

static void
test_facts (void)
{
  const TrestleAwsModel *model = trestle_aws_model_get ("sagemaker");
  const TrestleAwsOperation *operation = trestle_aws_model_get_operation (model,
                                                                          "CreateEndpointConfig");
  const TrestleAwsMember *member;
  const TrestleAwsShape *variant;

  g_assert_cmpint (trestle_aws_model_get_protocol (model), ==, TRESTLE_AWS_PROTOCOL_JSON);
  g_assert_cmpstr (trestle_aws_model_get_target_prefix (model), ==, "SageMaker");
  g_assert_cmpstr (trestle_aws_model_get_json_version (model), ==, "1.1");
  g_assert_cmpint (operation->replay, ==, TRESTLE_AWS_REPLAY_ASK);

  member = trestle_aws_shape_get_member (operation->input, "ProductionVariants");
  g_assert_nonnull (member);
  g_assert_true (member->required);
  g_assert_cmpint (member->shape->kind, ==, TRESTLE_AWS_SHAPE_LIST);
  g_assert_cmpfloat (member->shape->min, ==, 1);
  g_assert_cmpfloat (member->shape->max, ==, 10);
  variant = member->shape->element;
  member = trestle_aws_shape_get_member (variant, "InstanceType");
  g_assert_true (g_strv_contains (member->shape->values, "ml.m5.xlarge"));
  member = trestle_aws_shape_get_member (variant, "VariantName");
  g_assert_cmpstr (member->shape->pattern, ==, "[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}");

  model = trestle_aws_model_get ("sagemaker-runtime");
  operation = trestle_aws_model_get_operation (model, "InvokeEndpoint");
  g_assert_cmpint (operation->replay, ==, TRESTLE_AWS_REPLAY_INVOKE);
  g_assert_cmpuint (operation->timeout_ms, ==, 70000);
  g_assert_true (trestle_aws_shape_get_member (operation->input, "Body")->payload);
  member = trestle_aws_shape_get_member (operation->input, "CustomAttributes");
  g_assert_cmpint (member->location, ==, TRESTLE_AWS_LOCATION_HEADER);
  g_assert_cmpstr (member->wire_name, ==, "X-Amzn-SageMaker-Custom-Attributes");
  g_assert_cmpuint (trestle_aws_model_get_exception (model, "ModelError")->status, ==, 424);

  model = trestle_aws_model_get ("marketplace-agreement");
  operation = trestle_aws_model_get_operation (model, "CreateAgreementRequest");
  g_assert_cmpint (operation->replay, ==, TRESTLE_AWS_REPLAY_TOKEN);
  g_assert_true (trestle_aws_shape_get_member (operation->input, "clientToken")->token);
  g_assert_cmpstr (trestle_aws_model_get_signing_name (model), ==, "aws-marketplace");

  model = trestle_aws_model_get ("iam");
  g_assert_cmpstr (trestle_aws_model_get_exception (model, "NoSuchEntity")->shape, ==,
                   "NoSuchEntityException");
  g_assert_null (trestle_aws_model_get_operation (model, "DeleteRole"));
}

static gpointer
load_thread (gpointer data)
{
  return (gpointer) trestle_aws_model_get ("pricing");
}

static void
test_threads (void)
{
  GThread *threads[8];
  const TrestleAwsModel *model = trestle_aws_model_get ("pricing");

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("load", load_thread, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_assert_true (g_thread_join (threads[i]) == model);
}

#define HEAD "service x\nprotocol rest-json\nsigning x\napi 1\n"

static void
test_bad_text (void)
{
  static const struct
  {
    const char *text;
    const char *message;
  } cases[] = {
    { "", "Wire table, line 0: the head lacks service, signing or api" },
    { "service\n", "Wire table, line 1: “service” says nothing" },
    { "protocol soap\n", "Wire table, line 1: unknown word “soap”" },
    { "  Member String\n", "Wire table, line 1: an indented line without one above" },
    { HEAD "banana split\n", "Wire table, line 5: unknown word “banana”" },
    { HEAD "string A min=many\n", "Wire table, line 5: “many” is no number" },
    { HEAD "string A\nstring A\n", "Wire table, line 6: “A” is there twice" },
    { HEAD "list A B\n", "Wire table, line 5: “B” is used and not there" },
    { HEAD "list A\n", "Wire table, line 5: the name of a shape is missing" },
    { HEAD "structure A\n  m\n", "Wire table, line 6: the name of a shape is missing" },
    { HEAD "structure A\n  m A in=body\n", "Wire table, line 6: unknown word “body”" },
    { HEAD "operation A later\n", "Wire table, line 5: unknown word “later”" },
    { HEAD "operation A read\n  http GET there\n",
      "Wire table, line 6: an operation's path starts with “/”" },
    { HEAD "operation A read\n  input S\nstring S\n",
      "Wire table, line 7: the input of A is no structure" },
    { HEAD "operation A read\noperation A read\n", "Wire table, line 6: “A” is there twice" },
    { "service x\nservice \xff\n", "Wire table, line 2: not UTF-8" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (TrestleAwsModel) model = trestle_aws_model_parse (cases[i].text, -1, &error);

      g_assert_error (error, TRESTLE_AWS_ERROR, TRESTLE_AWS_ERROR_CONFIG);
      g_assert_cmpstr (error->message, ==, cases[i].message);
      g_assert_null (model);
    }
}

static void
test_every_prefix (void)
{
  const char *text = HEAD "operation A read\n  http GET /a\n  input I\n  errors E\n"
                          "structure I\n  m L required as=n\nlist L S min=1\n"
                          "string S max=3\n  pattern a b\n  enum a\\sb c\\\\d\n"
                          "structure E exception code=E status=404\n";
  g_autoptr (GError) error = NULL;
  g_autoptr (TrestleAwsModel) whole = trestle_aws_model_parse (text, -1, &error);
  const TrestleAwsShape *shape;

  g_assert_no_error (error);
  shape = trestle_aws_model_get_shape (whole, "S");
  g_assert_cmpstr (shape->pattern, ==, "a b");
  g_assert_cmpstr (shape->values[0], ==, "a b");
  g_assert_cmpstr (shape->values[1], ==, "c\\d");
  g_assert_null (shape->values[2]);

  for (gsize length = 0; length < strlen (text); length++)
    {
      g_autoptr (GError) cut_error = NULL;
      g_autoptr (TrestleAwsModel) cut = trestle_aws_model_parse (text, (gssize) length, &cut_error);

      g_assert_true ((cut == NULL) == (cut_error != NULL));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/aws/model/all-services", test_all_services);
  g_test_add_func ("/aws/model/facts", test_facts);
  g_test_add_func ("/aws/model/threads", test_threads);
  g_test_add_func ("/aws/model/bad-text", test_bad_text);
  g_test_add_func ("/aws/model/every-prefix", test_every_prefix);

  return g_test_run ();
}
