/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "services-fixture.h"

#include "aws/trestle-aws-model.h"
#include "aws/trestle-aws-rates.h"
#include "services/trestle-discovery-service.h"

/* The practice account throttles as AWS does; a window that opens a long list does not run into it. */

#define N_CALLS 100
#define RATE 20

static guint n_records;
static guint n_spoilt;

static void
on_called (TrestleAwsClient *caller, const TrestleAwsCallRecord *record)
{
  n_records++;
  n_spoilt += record->attempts != 1 || record->error != NULL;
}

/* Of another account, on the same transport. */
static TrestleAwsClient *
new_client (TrestleAwsTransport *transport, const char *key, const char *secret)
{
  g_autoptr (TrestleAwsConfig)
      config = trestle_aws_config_new_fixed (practice.endpoint, "us-east-1");
  g_autoptr (TrestleAwsCredentials)
      credentials = trestle_aws_credentials_new (key, secret, NULL, 0, "test");
  g_autoptr (TrestleAwsCredentialsProvider)
      provider = trestle_aws_static_provider_new (credentials);

  return trestle_aws_client_new (transport, config, provider, "us-east-1");
}

static DexFuture *
describe (TrestleAwsClient *seller)
{
  g_autoptr (JsonNode) input = json_from_string (
      "{\"Catalog\":\"AWSMarketplace\",\"EntityId\":\"prod-5qk2w7x9v3tdm\"}", NULL);
  TrestleAwsCall call = {
    .service = "marketplace-catalog",
    .operation = "DescribeEntity",
    .input = input,
  };

  return trestle_aws_client_call_full (seller, &call);
}

/* All at once: none is throttled, none is tried twice, and nobody else waits. */
static DexFuture *
test_many_fiber (gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TrestleAwsTransport) transport = trestle_aws_transport_new (NULL, &error);
  g_autoptr (TrestleAwsClient) seller = new_client (transport, practice.seller_access_key_id,
                                                    practice.seller_secret_access_key);
  g_autoptr (TrestleAwsClient)
      buyer = new_client (transport, practice.access_key_id, practice.secret_access_key);
  g_autoptr (GPtrArray) calls = g_ptr_array_new_with_free_func (dex_unref);
  g_autoptr (DexFuture) all = NULL;
  g_autoptr (GListModel) found = NULL;
  gint64 start = g_get_monotonic_time (), elapsed;

  n_records = n_spoilt = 0;
  g_signal_connect (seller, "called", G_CALLBACK (on_called), NULL);
  for (guint i = 0; i < N_CALLS; i++)
    g_ptr_array_add (calls, describe (seller));
  all = dex_future_allv ((DexFuture **) calls->pdata, calls->len);
  found = await_object (trestle_discovery_service_search (buyer, "iris", NULL, NULL, NULL));
  g_assert_true (dex_future_is_pending (all));
  if (!dex_await (dex_ref (all), &error))
    g_error ("%s", error->message);
  elapsed = g_get_monotonic_time () - start;
  g_assert_cmpuint (n_records, ==, N_CALLS);
  g_assert_cmpuint (n_spoilt, ==, 0);
  /* but for those that may go at once */
  g_assert_cmpint (elapsed, >=, (gint64) (N_CALLS - RATE) * G_USEC_PER_SEC / RATE);
  return dex_future_new_true ();
}

/* The time that a call has begins when it may go. */
static DexFuture *
test_patient_fiber (gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TrestleAwsTransport) transport = trestle_aws_transport_new (NULL, &error);
  g_autoptr (TrestleAwsClient) seller = new_client (transport, practice.seller_access_key_id,
                                                    practice.seller_secret_access_key);
  g_autoptr (JsonNode)
      input = json_from_string ("{\"Catalog\":\"AWSMarketplace\",\"MaxResults\":1}", NULL);
  const TrestleAwsCall call = {
    .service = "marketplace-catalog",
    .operation = "ListChangeSets",
    .input = input,
    .timeout_ms = 2000,
  };
  g_autoptr (GPtrArray) calls = g_ptr_array_new_with_free_func (dex_unref);
  gint64 start = g_get_monotonic_time ();

  for (guint i = 0; i < 18; i++)
    g_ptr_array_add (calls, trestle_aws_client_call_full (seller, &call));
  if (!dex_await (dex_future_allv ((DexFuture **) calls->pdata, calls->len), &error))
    g_error ("%s", error->message);
  g_assert_cmpint (g_get_monotonic_time () - start, >, 2 * G_USEC_PER_SEC);
  return dex_future_new_true ();
}

/* Whoever loses interest holds up nobody. */
static DexFuture *
test_dropped_fiber (gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TrestleAwsTransport) transport = trestle_aws_transport_new (NULL, &error);
  g_autoptr (TrestleAwsClient) seller = new_client (transport, practice.seller_access_key_id,
                                                    practice.seller_secret_access_key);
  DexFuture *calls[N_CALLS];
  g_autoptr (TrestleAwsReply) reply = NULL;
  gint64 start;

  dex_await (dex_timeout_new_msec (1200), NULL);
  n_records = n_spoilt = 0;
  g_signal_connect (seller, "called", G_CALLBACK (on_called), NULL);
  start = g_get_monotonic_time ();
  for (guint i = 0; i < N_CALLS; i++)
    calls[i] = describe (seller);
  dex_await (dex_timeout_new_msec (50), NULL);
  for (guint i = 0; i < N_CALLS; i++)
    dex_clear (&calls[i]);
  reply = await_object (describe (seller));
  g_assert_cmpuint (trestle_aws_reply_get_attempts (reply), ==, 1);
  g_assert_cmpint (g_get_monotonic_time () - start, <,
                   (gint64) (N_CALLS - RATE) * G_USEC_PER_SEC / RATE);
  return dex_future_new_true ();
}

/* Lines of the table as AWS's pages have them, and that each names an operation there is. */
static void
test_table (void)
{
  static const struct
  {
    const char *service, *operation, *region;
    guint rate;
  } cases[] = {
    { "marketplace-catalog", "DescribeEntity", "us-east-1", 20 },
    { "marketplace-catalog", "StartChangeSet", "us-east-1", 5 },
    { "marketplace-catalog", "BatchDescribeEntities", "us-east-1", 0 },
    { "marketplace-discovery", "SearchListings", "us-east-1", 10 },
    { "marketplace-discovery", "GetOffer", "eu-west-1", 5 },
    { "marketplace-agreement", "AcceptAgreementRequest", "us-east-1", 3 },
    { "logs", "FilterLogEvents", "us-east-1", 25 },
    { "logs", "FilterLogEvents", "eu-central-1", 5 },
    { "sagemaker", "DescribeEndpoint", "us-east-1", 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_assert_nonnull (trestle_aws_model_get_operation (trestle_aws_model_get (cases[i].service),
                                                         cases[i].operation));
      g_assert_cmpuint (
          trestle_aws_rate_find (cases[i].service, cases[i].operation, cases[i].region, FALSE), ==,
          cases[i].rate);
    }
  g_assert_cmpuint (
      trestle_aws_rate_find ("marketplace-catalog", "DescribeEntity", "us-east-1", TRUE), ==, 20);
  g_assert_cmpuint (trestle_aws_rate_find ("marketplace-discovery", "GetOffer", "us-east-1", TRUE),
                    ==, 0);
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  dex_init ();
  services_fixture_start ();
  g_test_add_func ("/services/rates/table", test_table);
  trestle_test_fiber ("/services/rates/many", test_many_fiber);
  trestle_test_fiber ("/services/rates/patient", test_patient_fiber);
  trestle_test_fiber ("/services/rates/dropped", test_dropped_fiber);
  status = g_test_run ();
  services_fixture_end ();
  return status;
}
