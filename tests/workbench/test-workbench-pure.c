/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gio/gio.h>
#include <libdex.h>

#include "aws/trestle-aws-error.h"
#include "base/trestle-clock.h"
#include "base/trestle-redact.h"
#include "domain/trestle-instance-price.h"
#include "domain/trestle-quota.h"
#include "domain/trestle-rate.h"
#include "domain/trestle-sample.h"
#include "domain/trestle-term.h"
#include "workbench/trestle-invoke-flow.h"
#include "workbench/trestle-price-table.h"
#include "workbench/trestle-samples.h"
#include "workbench/trestle-subscriptions-private.h"
#include "workbench/trestle-workbench-error.h"

/* --- Problems --- */

static TrestleProblem *
problem (TrestleAwsError code, const char *service, const char *operation, const char *message)
{
  TrestleAwsErrorDetails details = { .service = (char *) service,
                                     .operation = (char *) operation,
                                     .code = (char *) "SomeException",
                                     .request_id = (char *) "id-1",
                                     .status = 400 };
  g_autoptr (GError) error = trestle_aws_error_new (code, &details, "%s", message);

  return trestle_problem_new ("do it", error);
}

static void
test_problem_every_code (void)
{
  for (int code = TRESTLE_AWS_ERROR_NETWORK; code <= TRESTLE_AWS_ERROR_CONFIG; code++)
    {
      g_autoptr (TrestleProblem)
          it = problem ((TrestleAwsError) code, "sagemaker", "CreateEndpoint", "It went wrong");

      g_assert_cmpstr (it->title, ==, "Could not do it");
      g_assert_true (g_str_has_suffix (it->body, "."));
      g_assert_cmpuint (strlen (it->body), >, 30);
      g_assert_nonnull (strstr (it->details, "Request id: id-1"));
      g_assert_nonnull (strstr (it->details, "Operation: CreateEndpoint"));
      g_assert_cmpint (it->action != NULL, ==, code == TRESTLE_AWS_ERROR_ACCESS_DENIED);
    }
  for (int code = 0; code <= TRESTLE_WORKBENCH_ERROR_PRACTICE; code++)
    {
      g_autoptr (GError) error = g_error_new (TRESTLE_WORKBENCH_ERROR, code, "It went wrong");
      g_autoptr (TrestleProblem) it = trestle_problem_new ("do it", error);

      g_assert_true (g_str_has_prefix (it->body, "It went wrong."));
      g_assert_null (it->action);
    }
}

static void
test_problem_texts (void)
{
  g_autoptr (TrestleProblem) denied = problem (TRESTLE_AWS_ERROR_ACCESS_DENIED,
                                               "marketplace-agreement", "SearchAgreements", "No");
  g_autoptr (TrestleProblem) pass = problem (
      TRESTLE_AWS_ERROR_ACCESS_DENIED, "sagemaker", "CreateModel",
      "User: arn:aws:iam::111122223333:user/x is not authorized to perform: iam:PassRole on "
      "resource: arn:aws:iam::111122223333:role/y");
  g_autoptr (TrestleProblem) expired = problem (TRESTLE_AWS_ERROR_CREDENTIALS_EXPIRED, "sts",
                                                "GetCallerIdentity", "Expired");
  g_autoptr (TrestleProblem)
      quota = problem (TRESTLE_AWS_ERROR_QUOTA, "sagemaker", "CreateEndpoint", "The limit is 0");
  g_autoptr (TrestleProblem)
      bought = problem (TRESTLE_AWS_ERROR_VALIDATION, "sagemaker", "CreateModel",
                        "Caller is not subscribed to the marketplace offering.");
  g_autoptr (TrestleProblem)
      model = problem (TRESTLE_AWS_ERROR_MODEL, "sagemaker-runtime", "InvokeEndpoint", "Bad rows");
  g_autoptr (TrestleProblem)
      list = problem (TRESTLE_AWS_ERROR_ACCESS_DENIED, "s3", "ListObjectsV2", "Access Denied");
  g_autoptr (TrestleProblem)
      buckets = problem (TRESTLE_AWS_ERROR_ACCESS_DENIED, "s3", "ListBuckets", "Access Denied");

  g_assert_cmpstr (denied->action, ==, "aws-marketplace:SearchAgreements");
  g_assert_cmpstr (list->action, ==, "s3:ListBucket");
  g_assert_cmpstr (buckets->action, ==, "s3:ListAllMyBuckets");
  g_assert_nonnull (strstr (denied->body, "AWSMarketplaceFullAccess"));
  g_assert_cmpstr (pass->action, ==, "iam:PassRole");
  g_assert_nonnull (strstr (expired->body, "Sign in again"));
  g_assert_true (expired->retryable);
  g_assert_nonnull (strstr (quota->body, "increase"));
  g_assert_false (quota->retryable);
  g_assert_nonnull (strstr (bought->body, "Subscribe first"));
  g_assert_nonnull (strstr (model->body, "log"));
}

static void
test_problem_redacted (void)
{
  g_autoptr (TrestleProblem) it = NULL;

  trestle_redact_add ("very-secret-key-of-somebody");
  it = problem (TRESTLE_AWS_ERROR_SERVICE, "sts", "GetCallerIdentity",
                "said very-secret-key-of-somebody");
  g_assert_null (strstr (it->details, "very-secret"));
  g_assert_null (strstr (it->body, "very-secret"));
}

/* --- Prices --- */

static TrestleMoney *
usd (const char *amount)
{
  g_autoptr (GError) error = NULL;
  TrestleMoney *money = trestle_money_parse (amount, "USD", &error);

  g_assert_no_error (error);
  return money;
}

static void
add_rate (GListStore *rates, const char *type, TrestleUsageMode mode, const char *amount)
{
  g_autoptr (TrestleMoney) price = usd (amount);
  g_autoptr (TrestleRate) rate = g_object_new (TRESTLE_TYPE_RATE, "instance-type", type, "mode",
                                               mode, "price", price, NULL);

  g_list_store_append (rates, rate);
}

static TrestleOffer *
make_offer (TrestlePricingKind pricing, TrestleTermKind kind, GListStore *rates, guint trial_days)
{
  g_autoptr (GListStore) terms = g_list_store_new (TRESTLE_TYPE_TERM);
  g_autoptr (TrestleTerm)
      priced = g_object_new (TRESTLE_TYPE_TERM, "kind", kind, "rates", rates, "price", "990.00",
                             "currency", "USD", "duration", "P365D", NULL);
  g_autoptr (TrestleTerm) trial = g_object_new (TRESTLE_TYPE_TERM, "kind", TRESTLE_TERM_KIND_TRIAL,
                                                "trial-days", (gint64) trial_days, NULL);

  g_list_store_append (terms, priced);
  if (trial_days > 0)
    g_list_store_append (terms, trial);
  return g_object_new (TRESTLE_TYPE_OFFER, "id", "offer-1", "pricing", pricing, "terms", terms,
                       NULL);
}

static TrestleOffer *
hourly_offer (void)
{
  g_autoptr (GListStore) rates = g_list_store_new (TRESTLE_TYPE_RATE);

  add_rate (rates, "ml.m5.xlarge", TRESTLE_USAGE_MODE_REALTIME, "1.20");
  add_rate (rates, "ml.m5.large", TRESTLE_USAGE_MODE_REALTIME, "0.60");
  add_rate (rates, "ml.c5.large", TRESTLE_USAGE_MODE_REALTIME, "0.60");
  add_rate (rates, "ml.p3.large", TRESTLE_USAGE_MODE_BATCH, "0.01");
  return make_offer (TRESTLE_PRICING_KIND_USAGE, TRESTLE_TERM_KIND_USAGE, rates, 14);
}

static GListModel *
instances (void)
{
  static const char *const prices[][2] = { { "ml.m5.xlarge", "0.23" },
                                           { "ml.m5.large", "0.115" },
                                           { "ml.c5.large", "0.102" } };
  GListStore *list = g_list_store_new (TRESTLE_TYPE_INSTANCE_PRICE);

  for (guint i = 0; i < G_N_ELEMENTS (prices); i++)
    {
      g_autoptr (TrestleMoney) hourly = usd (prices[i][1]);
      g_autoptr (TrestleInstancePrice) price = g_object_new (
          TRESTLE_TYPE_INSTANCE_PRICE, "instance-type", prices[i][0], "hourly", hourly, NULL);

      g_list_store_append (list, price);
    }
  return G_LIST_MODEL (list);
}

static void
assert_row (GListModel *rows, guint at, const char *type, const char *total)
{
  g_autoptr (TrestlePriceRow) row = g_list_model_get_item (rows, at);
  g_autofree char *text = NULL;

  g_assert_cmpstr (trestle_price_row_get_instance_type (row), ==, type);
  if (trestle_price_row_get_total (row) != NULL)
    text = trestle_money_to_string (trestle_price_row_get_total (row));
  g_assert_cmpstr (text, ==, total);
}

static void
test_price_rows (void)
{
  g_autoptr (TrestleOffer) offer = hourly_offer ();
  g_autoptr (GListModel) prices = instances ();
  g_autoptr (GListStore) quotas = g_list_store_new (TRESTLE_TYPE_QUOTA);
  g_autoptr (TrestleQuota) quota = g_object_new (
      TRESTLE_TYPE_QUOTA, "name", "ml.m5.large for endpoint usage", "value", 4.0, NULL);
  TrestlePriceInput input = { .offer = offer,
                              .recommended = "ml.m5.xlarge",
                              .instances = prices,
                              .quotas = G_LIST_MODEL (quotas) };
  g_autoptr (GListModel) rows = NULL;
  g_autoptr (GListModel) bare = NULL;
  g_autoptr (GListModel) trial = NULL;
  g_autoptr (TrestlePriceRow) large = NULL;

  g_list_store_append (quotas, quota);
  rows = trestle_price_table_build (&input);
  g_assert_cmpuint (g_list_model_get_n_items (rows), ==, 3);
  assert_row (rows, 0, "ml.m5.xlarge", "1.43");
  assert_row (rows, 1, "ml.c5.large", "0.702");
  assert_row (rows, 2, "ml.m5.large", "0.715");
  large = g_list_model_get_item (rows, 2);
  g_assert_cmpint (trestle_price_row_get_quota (large), ==, 4);
  g_assert_cmpint (trestle_price_row_get_used (large), ==, 0);

  input.trial = TRUE;
  trial = trestle_price_table_build (&input);
  assert_row (trial, 0, "ml.m5.xlarge", "0.23");

  /* Without AWS's prices there is no total, and the seller's decides. */
  input.trial = FALSE;
  input.instances = NULL;
  input.recommended = NULL;
  bare = trestle_price_table_build (&input);
  assert_row (bare, 0, "ml.c5.large", NULL);
  assert_row (bare, 2, "ml.m5.xlarge", NULL);
}

static void
test_price_supported (void)
{
  static const char *const supported[] = { "ml.m5.large", "ml.g5.xlarge", NULL };
  g_autoptr (TrestleOffer) offer = hourly_offer ();
  TrestlePriceInput input = { .offer = offer, .supported = supported };
  g_autoptr (GListModel) rows = trestle_price_table_build (&input);

  g_assert_cmpuint (g_list_model_get_n_items (rows), ==, 2);
  assert_row (rows, 0, "ml.m5.large", NULL);
  assert_row (rows, 1, "ml.g5.xlarge", NULL);
}

static void
assert_hint (TrestleOffer *offer, const char *wanted)
{
  g_autofree char *hint = trestle_price_table_hint (offer);

  g_assert_cmpstr (hint, ==, wanted);
}

static void
test_price_hints (void)
{
  g_autoptr (GListStore) calls = g_list_store_new (TRESTLE_TYPE_RATE);
  g_autoptr (GListStore) none = g_list_store_new (TRESTLE_TYPE_RATE);
  g_autoptr (TrestleOffer) hourly = hourly_offer ();
  g_autoptr (TrestleOffer) per_call = NULL;
  g_autoptr (TrestleOffer) free = NULL;
  g_autoptr (TrestleOffer) yearly = NULL;
  g_autoptr (TrestleMoney) software = NULL;

  add_rate (calls, NULL, TRESTLE_USAGE_MODE_INFERENCE, "0.0004");
  add_rate (calls, "ml.m5.large", TRESTLE_USAGE_MODE_BATCH, "2.00");
  per_call = make_offer (TRESTLE_PRICING_KIND_USAGE, TRESTLE_TERM_KIND_USAGE, calls, 0);
  free = make_offer (TRESTLE_PRICING_KIND_FREE, TRESTLE_TERM_KIND_USAGE, none, 0);
  yearly = make_offer (TRESTLE_PRICING_KIND_CONTRACT, TRESTLE_TERM_KIND_FIXED_UPFRONT, none, 0);
  assert_hint (hourly, "from $0.60/h");
  assert_hint (per_call, "$0.0004/request");
  assert_hint (free, "Free");
  assert_hint (yearly, "$990.00/year");
  assert_hint (NULL, NULL);

  g_assert_cmpuint (trestle_price_table_trial_days (hourly), ==, 14);
  g_assert_cmpuint (trestle_price_table_trial_days (free), ==, 0);
  software = trestle_price_table_software (per_call, "ml.m5.large");
  g_assert_true (trestle_money_is_zero (software));
  g_assert_null (trestle_price_table_software (hourly, "ml.unknown"));
}

static void
test_price_spent (void)
{
  g_autoptr (TrestleMoney) hourly = usd ("0.53");
  g_autoptr (TrestleMoney)
      spent = trestle_price_table_spent (hourly, TRESTLE_HOUR, TRESTLE_HOUR + 90 * TRESTLE_MINUTE);
  g_autoptr (TrestleMoney)
      nothing = trestle_price_table_spent (hourly, 2 * TRESTLE_HOUR, TRESTLE_HOUR);
  g_autofree char *text = trestle_money_to_string (spent);

  g_assert_cmpstr (text, ==, "0.795");
  g_assert_true (trestle_money_is_zero (nothing));
  g_assert_null (trestle_price_table_spent (NULL, 1, 2));
}

/* --- Samples --- */

static void
assert_sample (GListStore *samples, guint at, const char *name, const char *url, const char *type)
{
  g_autoptr (TrestleSample) sample = g_list_model_get_item (G_LIST_MODEL (samples), at);

  g_assert_nonnull (sample);
  g_assert_cmpstr (trestle_sample_get_name (sample), ==, name);
  g_assert_cmpstr (trestle_sample_get_url (sample), ==, url);
  g_assert_cmpstr (trestle_sample_get_content_type (sample), ==, type);
}

static void
test_samples (void)
{
  g_autoptr (GListStore) samples = g_list_store_new (TRESTLE_TYPE_SAMPLE);

  trestle_samples_extract (
      samples,
      "See https://docs.example/usage and https://docs.example/guide.html first.\n"
      "- Four flowers (text/csv): https://files.example/samples/iris-4.csv\n"
      "Pictures are at <https://files.example/a%20street.PNG?v=2>, (https://files.example/b.wav).\n"
      "Again: https://files.example/samples/iris-4.csv.\n"
      "Code: https://files.example/archive.zip https://files.example/.hidden\n");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (samples)), ==, 3);
  assert_sample (samples, 0, "iris-4.csv", "https://files.example/samples/iris-4.csv", "text/csv");
  assert_sample (samples, 1, "a street.PNG", "https://files.example/a%20street.PNG?v=2",
                 "image/png");
  assert_sample (samples, 2, "b.wav", "https://files.example/b.wav", "audio/wav");
  trestle_samples_extract (samples, NULL);
  trestle_samples_extract (samples, "");
}

/* --- Plans, requests, ARNs --- */

static void
check_plan (const char *name, const char *type, gint64 n, const char *fault)
{
  static const char *const types[] = { "ml.m5.large", "ml.c5.large", NULL };
  g_autoptr (TrestlePackage)
      package = g_object_new (TRESTLE_TYPE_PACKAGE, "arn", "arn", "realtime-types", types, NULL);
  g_autoptr (TrestleDeployPlan)
      plan = g_object_new (TRESTLE_TYPE_DEPLOY_PLAN, "name", name, "package", package,
                           "instance-type", type, "count", n, NULL);
  g_autoptr (GError) error = NULL;
  gboolean ok = trestle_deploy_plan_check (plan, &error);

  if (fault == NULL)
    {
      g_assert_no_error (error);
      g_assert_true (ok);
      return;
    }
  g_assert_false (ok);
  g_assert_error (error, TRESTLE_WORKBENCH_ERROR, TRESTLE_WORKBENCH_ERROR_INPUT);
  g_assert_nonnull (strstr (error->message, fault));
}

static void
test_plan (void)
{
  g_autofree char *most = g_strnfill (63, 'a');
  g_autofree char *more = g_strnfill (64, 'a');
  g_autoptr (TrestleDeployPlan) plan = g_object_new (TRESTLE_TYPE_DEPLOY_PLAN, NULL);

  check_plan ("iris", "ml.m5.large", 1, NULL);
  check_plan (most, "ml.c5.large", 2, NULL);
  check_plan (more, "ml.m5.large", 1, "63");
  check_plan ("", "ml.m5.large", 1, "needs a name");
  check_plan ("-iris", "ml.m5.large", 1, "begin and end");
  check_plan ("my iris", "ml.m5.large", 1, "letters, digits and hyphens");
  check_plan ("iris", NULL, 1, "Choose an instance type");
  check_plan ("iris", "m5.large", 1, "begin with “ml.”");
  check_plan ("iris", "ml.g5.large", 1, "it runs on ml.m5.large, ml.c5.large");
  check_plan ("iris", "ml.m5.large", 0, "at least one");
  g_assert_cmpint (trestle_deploy_plan_get_delete_after (plan), ==, 2 * TRESTLE_HOUR);
}

static void
check_request (const char *type, const char *attributes, gsize size, const char *fault)
{
  static const char *const types[] = { "text/csv", "application/json", NULL };
  g_autoptr (TrestlePackage)
      package = g_object_new (TRESTLE_TYPE_PACKAGE, "content-types", types, NULL);
  g_autoptr (TrestleInvokeRequest)
      request = g_object_new (TRESTLE_TYPE_INVOKE_REQUEST, "endpoint", "x", "content-type", type,
                              "attributes", attributes, "package", package, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (trestle_invoke_check (request, size, &error), ==, fault == NULL);
  if (fault != NULL)
    g_assert_nonnull (strstr (error->message, fault));
}

static void
test_request (void)
{
  g_autofree char *long_text = g_strnfill (1025, 'x');

  check_request ("text/csv", "a=1", 10, NULL);
  check_request ("text/csv; charset=utf-8", NULL, 25 * 1000 * 1000, NULL);
  check_request ("text/csv", NULL, 25 * 1000 * 1000 + 1, "batch transform");
  check_request ("text/csv", NULL, 200 * 1000 * 1000, "asynchronous");
  check_request ("text/csv", NULL, (gsize) 2 * 1000 * 1000 * 1000, "split");
  check_request ("image/png", NULL, 10, "it takes text/csv, application/json");
  check_request ("text/csv", long_text, 10, "1024");
  check_request ("text/csv", "naïve", 10, "ASCII");
}

static void
test_arn (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (trestle_subscriptions_check_arn (
      "arn:aws:sagemaker:us-east-1:865070037744:model-package/x-0", "us-east-1", &error));
  g_assert_true (trestle_subscriptions_check_arn (
      "arn:aws:sagemaker:us-east-1:865070037744:algorithm/x-0", "us-east-1", &error));
  g_assert_no_error (error);
  g_assert_false (trestle_subscriptions_check_arn (
      "arn:aws:sagemaker:eu-west-1:985815980388:model-package/x-0", "us-east-1", &error));
  g_assert_nonnull (strstr (error->message, "eu-west-1"));
  g_clear_error (&error);
  g_assert_false (trestle_subscriptions_check_arn ("arn:aws:s3:::bucket", "us-east-1", NULL));
  g_assert_false (
      trestle_subscriptions_check_arn ("arn:aws:sagemaker:us-east-1:1:model/x", "us-east-1", NULL));
  g_assert_false (trestle_subscriptions_check_arn ("", "us-east-1", NULL));
}

static void
test_configure_page (void)
{
  const char *page = "<code data-arn=\"a1\" data-version=\"1.1\" data-option=\"o1\" "
                     "data-region=\"us-east-1\">a1</code>"
                     "<code data-arn=\"a2\" data-version=\"1.1\" data-option=\"o1\" "
                     "data-region=\"eu-west-1\">a2</code>"
                     "<code data-arn=\"a3\" data-version=\"1.0\" data-option=\"o0\" "
                     "data-region=\"us-east-1\">a3</code><code data-arn=";
  g_autofree char *version = NULL, *older_version = NULL, *no_version = NULL;
  g_autofree char *newest = trestle_subscriptions_read_configure (page, "us-east-1", NULL,
                                                                  &version);
  g_autofree char *older = trestle_subscriptions_read_configure (page, "us-east-1", "o0",
                                                                 &older_version);

  g_assert_cmpstr (newest, ==, "a1");
  g_assert_cmpstr (version, ==, "1.1");
  g_assert_cmpstr (older, ==, "a3");
  g_assert_null (trestle_subscriptions_read_configure (page, "ap-south-1", NULL, &no_version));
}

static void
test_trial (void)
{
  const gint64 begun = 100 * TRESTLE_DAY;

  g_assert_cmpint (trestle_subscriptions_trial_left (14, begun, begun), ==, 14);
  g_assert_cmpint (trestle_subscriptions_trial_left (14, begun, begun + TRESTLE_HOUR), ==, 14);
  g_assert_cmpint (trestle_subscriptions_trial_left (14, begun, begun + 13 * TRESTLE_DAY), ==, 1);
  g_assert_cmpint (trestle_subscriptions_trial_left (14, begun, begun + 14 * TRESTLE_DAY), ==, -1);
  g_assert_cmpint (trestle_subscriptions_trial_left (0, begun, begun), ==, -1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();
  g_test_add_func ("/workbench/problem/every-code", test_problem_every_code);
  g_test_add_func ("/workbench/problem/texts", test_problem_texts);
  g_test_add_func ("/workbench/problem/redacted", test_problem_redacted);
  g_test_add_func ("/workbench/price/rows", test_price_rows);
  g_test_add_func ("/workbench/price/supported", test_price_supported);
  g_test_add_func ("/workbench/price/hints", test_price_hints);
  g_test_add_func ("/workbench/price/spent", test_price_spent);
  g_test_add_func ("/workbench/samples", test_samples);
  g_test_add_func ("/workbench/plan", test_plan);
  g_test_add_func ("/workbench/request", test_request);
  g_test_add_func ("/workbench/arn", test_arn);
  g_test_add_func ("/workbench/configure-page", test_configure_page);
  g_test_add_func ("/workbench/trial", test_trial);
  return g_test_run ();
}
