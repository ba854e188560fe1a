/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "workbench-fixture.h"

#include "domain/trestle-change-refusal.h"
#include "domain/trestle-change-set-builder.h"
#include "domain/trestle-change-request.h"
#include "domain/trestle-difference.h"
#include "domain/trestle-draft-versions.h"
#include "domain/trestle-instance-price.h"
#include "domain/trestle-rate-card.h"
#include "domain/trestle-sample-key.h"
#include "workbench/trestle-open-draft.h"
#include "workbench/trestle-sample-trials.h"
#include "workbench/trestle-similar-prices.h"
#include "workbench/trestle-version-samples.h"

/* What a seller does with a draft: goes back to what it was, has AWS check it, compares its prices. */

#define TITLE "Product.ProductTitle"
#define PETAL "prod-c8n4r0s6w2yjf"

static TrestleSession *session;

static DexFuture *
open_fiber (gpointer data)
{
  session = open_session ("seller");
  return dex_future_new_true ();
}

static TrestleOpenDraft *
open_example (void)
{
  TrestleDrafts *drafts = trestle_session_get_drafts (session);
  g_autofree char *path = g_build_filename (g_getenv ("TRESTLE_SOURCE"), "data", "examples",
                                            "listing.yaml", NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *name = dex_await_string (trestle_drafts_import_file (drafts, path), &error);

  g_assert_no_error (error);
  return await_object (trestle_drafts_open (drafts, name));
}

static TrestleOpenDraft *
open_product (const char *id)
{
  TrestleDrafts *drafts = trestle_session_get_drafts (session);
  g_autoptr (TrestleOwnProduct) product = await_object (
      trestle_own_products_resolve (trestle_session_get_own_products (session), id));
  g_autoptr (GError) error = NULL;
  g_autofree char *name = dex_await_string (trestle_drafts_import_product (drafts, product),
                                            &error);

  g_assert_no_error (error);
  return await_object (trestle_drafts_open (drafts, name));
}

/* What a draft was comes back, but for what AWS gave; and what it was before that is not lost. */
static DexFuture *
test_history_fiber (gpointer data)
{
  g_autoptr (TrestleOpenDraft) open = open_example ();
  TrestleDraft *draft = trestle_open_draft_get_draft (open);
  g_autofree char *title = g_strdup (trestle_draft_get_text (draft, TITLE));
  g_autoptr (GListModel) none = await_object (trestle_open_draft_list_history (open));
  g_autoptr (GListModel) one = NULL;
  g_autoptr (GListModel) two = NULL;
  g_autoptr (TrestleDraftSnapshot) then = NULL;
  g_autoptr (TrestleDraftSnapshot) newest = NULL;
  g_autoptr (TrestleDifference) difference = NULL;
  g_autofree char *path = NULL;

  g_assert_cmpuint (count (none), ==, 0);
  trestle_draft_set_text (draft, TITLE, "Another Title");
  await_ok (trestle_open_draft_save (open));
  one = await_object (trestle_open_draft_list_history (open));
  g_assert_cmpuint (count (one), ==, 1);
  then = g_list_model_get_item (one, 0);
  g_assert_cmpuint (count (trestle_draft_snapshot_get_differences (then)), ==, 1);
  difference = g_list_model_get_item (trestle_draft_snapshot_get_differences (then), 0);
  g_assert_cmpstr (trestle_difference_get_mine (difference), ==, title);
  g_assert_cmpstr (trestle_difference_get_base (difference), ==, "Another Title");

  trestle_draft_set_text (draft, "Product.Identifier", "prod-aaaabbbbccccd");
  await_ok (trestle_open_draft_restore (open, then));
  g_assert_cmpstr (trestle_draft_get_text (draft, TITLE), ==, title);
  g_assert_cmpstr (trestle_draft_get_text (draft, "Product.Identifier"), ==, "prod-aaaabbbbccccd");
  two = await_object (trestle_open_draft_list_history (open));
  g_assert_cmpuint (count (two), ==, 2);
  newest = g_list_model_get_item (two, 0);
  g_assert_cmpuint (count (trestle_draft_snapshot_get_differences (newest)), ==, 1);

  path = trestle_draft_past_undo (trestle_open_draft_get_past (open));
  g_assert_cmpstr (path, ==, "");
  g_assert_cmpstr (trestle_draft_get_text (draft, TITLE), ==, "Another Title");
  return dex_future_new_true ();
}

/* A snapshot that somebody broke is left out, and restoring it fails and changes nothing. */
static DexFuture *
test_broken_history_fiber (gpointer data)
{
  g_autoptr (TrestleOpenDraft) open = open_example ();
  TrestleDraft *draft = trestle_open_draft_get_draft (open);
  g_autoptr (GListModel) list = NULL;
  g_autoptr (GListModel) rest = NULL;
  g_autoptr (TrestleDraftSnapshot) then = NULL;
  g_autoptr (GError) error = NULL;

  trestle_draft_set_text (draft, TITLE, "Another Title");
  await_ok (trestle_open_draft_save (open));
  list = await_object (trestle_open_draft_list_history (open));
  then = g_list_model_get_item (list, 0);
  g_assert_true (
      g_file_set_contents (trestle_draft_snapshot_get_path (then), "Product: [\n", -1, NULL));
  rest = await_object (trestle_open_draft_list_history (open));
  g_assert_cmpuint (count (rest), ==, 0);
  g_assert_false (dex_await (trestle_open_draft_restore (open, then), &error));
  g_assert_nonnull (error);
  g_assert_cmpstr (trestle_draft_get_text (draft, TITLE), ==, "Another Title");
  return dex_future_new_true ();
}

/* A new listing has nothing that AWS would check beforehand: that is said, and nothing is sent. */
static DexFuture *
test_validate_new_fiber (gpointer data)
{
  g_autoptr (TrestleOpenDraft) open = open_example ();
  g_autoptr (TrestleTask) task = trestle_open_draft_submit (open, NULL, TRUE);
  g_autoptr (GError) error = NULL;

  g_assert_false (dex_await (trestle_task_wait (task), &error));
  g_assert_error (error, TRESTLE_WORKBENCH_ERROR, TRESTLE_WORKBENCH_ERROR_FAILED);
  g_assert_nonnull (strstr (error->message, "does not check this change beforehand"));
  g_assert_null (trestle_submission_get_request (task));
  g_assert_false (trestle_draft_has (trestle_open_draft_get_draft (open), "Product.Identifier"));
  return dex_future_new_true ();
}

static void
price_all (TrestleDraft *draft, TrestlePackage *package)
{
  g_autoptr (GPtrArray) packages = g_ptr_array_new ();
  g_auto (GStrv) keys = NULL;

  g_ptr_array_add (packages, package);
  keys = trestle_rate_card_dup_keys (draft, packages);
  for (char **key = keys; *key != NULL; key++)
    if (trestle_rate_card_find (draft, *key) == NULL)
      trestle_rate_card_set (draft, *key, "1.00");
}

static TrestlePackage *
add_version (TrestleDraft *draft, const char *name)
{
  TrestlePackage *package = await_object (
      trestle_packages_describe (trestle_session_get_packages (session), name));
  guint index = trestle_draft_add_version (draft, package);
  g_autofree char *role = g_strdup_printf ("Versions[%u].AccessRoleArn", index);
  g_autofree char *notes = g_strdup_printf ("Versions[%u].ReleaseNotes", index);

  trestle_draft_set_text (draft, role, "arn:aws:iam::444455556666:role/MarketplaceAccess");
  trestle_draft_set_text (draft, notes, "Another package.");
  return package;
}

/* A version of a product that is there is tried by AWS, and nothing of it is applied. */
static DexFuture *
test_validate_version_fiber (gpointer data)
{
  g_autoptr (TrestleOpenDraft) open = open_product (PETAL);
  TrestleDraft *draft = trestle_open_draft_get_draft (open);
  g_autoptr (TrestlePackage) package = add_version (draft, "meadow-sorter-v1");
  g_autoptr (TrestleTask) task = NULL;
  g_autoptr (TrestleChangeRequest) request = NULL;
  g_autoptr (GError) error = NULL;
  guint n;

  price_all (draft, package);
  task = trestle_open_draft_submit (open, NULL, TRUE);
  request = dex_await_object (trestle_task_wait (task), &error);
  g_assert_no_error (error);
  g_assert_nonnull (
      request); /* that it lacks the prices which are sent with it is no fault of its */
  g_assert_cmpint (trestle_task_get_state (task), ==, TRESTLE_TASK_STATE_DONE);
  await_ok (trestle_open_draft_check (open));
  g_object_get (open, "n-changes", &n, NULL);
  g_assert_cmpuint (n, ==, 2); /* the version, and its prices: still to be sent */
  return dex_future_new_true ();
}

static void
submit (TrestleOpenDraft *open, guint n_changes)
{
  g_autoptr (TrestleTask) task = trestle_open_draft_submit (open, NULL, FALSE);
  g_autoptr (GError) error = NULL;
  g_autoptr (TrestleChangeRequest) request = dex_await_object (trestle_task_wait (task), &error);

  g_assert_no_error (error);
  g_assert_cmpuint (count (trestle_change_request_get_changes (request)), ==, n_changes);
}

/* Of two new versions the second brings an instance type: AWS takes its prices with it, not before. */
static DexFuture *
test_two_versions_fiber (gpointer data)
{
  g_autoptr (TrestleOpenDraft) open = open_product ("prod-5qk2w7x9v3tdm");
  TrestleDraft *draft = trestle_open_draft_get_draft (open);
  g_autoptr (TrestlePackage) first = add_version (draft, "tuning-fork-v1");
  g_autoptr (TrestlePackage) second = add_version (draft, "meadow-sorter-v1");
  guint n;

  price_all (draft, second);
  submit (open, 1);
  g_object_get (open, "n-changes", &n, NULL);
  g_assert_cmpuint (n, ==, 2);
  submit (open, 2);
  g_object_get (open, "n-changes", &n, NULL);
  g_assert_cmpuint (n, ==, 0);
  return dex_future_new_true ();
}

/* What AWS refuses at once leads to the field, as what it refuses later does. */
static DexFuture *
test_refusal_fiber (gpointer data)
{
  g_autoptr (TrestleOpenDraft) open = open_product (PETAL);
  TrestleDraft *draft = trestle_open_draft_get_draft (open);
  g_autofree char *long_text = g_strnfill (1001, 'x');
  const char *texts[] = { long_text, "7.123456789" };
  g_autoptr (GListModel) findings = await_object (trestle_open_draft_check (open));
  g_autofree char *rate = NULL;

  rate = g_strdup_printf ("Offer.RateCard[%u].Price",
                          trestle_draft_get_length (draft, "Offer.RateCard") - 1);
  for (guint i = 0; i < 2; i++)
    {
      const char *field = i == 0 ? "Product.ShortDescription" : rate;
      g_autoptr (TrestleDraft) live = trestle_draft_copy (trestle_open_draft_get_live (open));
      g_autoptr (TrestleDraft) wrong = trestle_draft_copy (live);
      g_autoptr (TrestleChangeSet) changes = NULL;
      g_autoptr (JsonNode) node = NULL;
      g_autoptr (TrestleTask) task = NULL;
      g_autoptr (TrestleFinding) finding = NULL;
      g_autoptr (GError) error = NULL;
      guint index = 7;

      /* one that is right in front of it */
      trestle_draft_set_text (wrong, i == 0 ? "Offer.RefundPolicy" : "Product.SupportDescription",
                              "Write to us.");
      trestle_draft_set_text (wrong, field, texts[i]);
      changes = trestle_change_set_build (wrong, live, NULL);
      node = trestle_change_set_to_json (changes, NULL, NULL);
      task = trestle_requests_submit (trestle_session_get_requests (session),
                                      json_node_dup_object (node), "Wrong", PETAL);
      g_assert_false (dex_await (trestle_task_wait (task), &error));
      g_assert_error (error, TRESTLE_AWS_ERROR, TRESTLE_AWS_ERROR_VALIDATION);
      g_assert_cmpstr (trestle_aws_error_details (error)->operation, ==, "StartChangeSet");
      finding = trestle_change_refusal_locate (trestle_draft_get_root (wrong),
                                               trestle_change_set_get_changes (changes),
                                               error->message, &index);
      g_test_message ("%s", error->message);
      g_assert_nonnull (finding);
      g_assert_cmpstr (trestle_finding_get_field (finding), ==, field);
      g_assert_cmpuint (index, ==, i == 0 ? 0 : 1);
    }
  return dex_future_new_true ();
}

/* Prices stand beside those of the same category, currency and use. */
static DexFuture *
test_similar_fiber (gpointer data)
{
  g_autoptr (TrestleOpenDraft) open = open_example ();
  TrestleDraft *draft = trestle_open_draft_get_draft (open);
  TrestleCatalogue *catalogue = trestle_session_get_catalogue (session);
  g_autoptr (TrestleSimilarPrices) found = NULL;
  g_autoptr (TrestleSimilarPrices) none = NULL;
  GListModel *spans;
  guint n_compared = 0;

  await_ok (trestle_catalogue_refresh (catalogue));
  found = await_object (trestle_similar_prices_find (catalogue, draft));
  spans = trestle_similar_prices_get_spans (found);
  g_assert_cmpuint (count (trestle_similar_prices_get_listings (found)), >, 1);
  g_assert_cmpuint (trestle_similar_prices_get_unread (found), ==, 0);
  g_assert_cmpuint (count (spans), ==, trestle_draft_get_length (draft, "Offer.RateCard"));
  for (guint i = 0; i < count (spans); i++)
    {
      g_autoptr (TrestlePriceSpan) span = g_list_model_get_item (spans, i);

      g_assert_nonnull (trestle_price_span_get_mine (span));
      if (trestle_price_span_get_offers (span) == 0)
        continue;
      n_compared++;
      g_assert_cmpint (trestle_money_compare (trestle_price_span_get_least (span),
                                              trestle_price_span_get_median (span)),
                       <=, 0);
      g_assert_cmpint (trestle_money_compare (trestle_price_span_get_median (span),
                                              trestle_price_span_get_most (span)),
                       <=, 0);
    }
  g_assert_cmpuint (n_compared, >, 0);

  trestle_draft_set (draft, "Product.Categories", NULL);
  none = await_object (trestle_similar_prices_find (catalogue, draft));
  g_assert_cmpuint (count (trestle_similar_prices_get_listings (none)), ==, 0);
  return dex_future_new_true ();
}

static TrestleInstancePrice *
find_machine (GListModel *machines, const char *component, const char *type)
{
  for (guint i = 0; i < count (machines); i++)
    {
      g_autoptr (TrestleInstancePrice) machine = g_list_model_get_item (machines, i);

      if (g_strcmp0 (trestle_instance_price_get_component (machine), component) == 0
          && g_strcmp0 (trestle_instance_price_get_instance_type (machine), type) == 0)
        return machine; /* the list keeps it */
    }
  return NULL;
}

/* What a machine costs goes by what it is used for, and some cannot be used for all. */
static DexFuture *
test_machines_fiber (gpointer data)
{
  g_autoptr (GListModel) machines = await_object (trestle_session_machine_prices (session));
  g_autoptr (GListModel) again = await_object (trestle_session_machine_prices (session));
  TrestleInstancePrice *gpu = find_machine (machines, "Training", "ml.g4dn.12xlarge");
  TrestleInstancePrice *plain = find_machine (machines, "Batch Transform", "ml.m5.large");

  g_assert_nonnull (gpu);
  g_assert_cmpstr (trestle_instance_price_get_gpu (gpu), ==, "4");
  g_assert_nonnull (plain);
  g_assert_cmpstr (trestle_instance_price_get_gpu (plain), ==, "0");
  g_assert_nonnull (find_machine (machines, "Hosting", "ml.t2.medium"));
  g_assert_null (find_machine (machines, "Training", "ml.t2.medium"));
  g_assert_cmpuint (count (machines), ==, count (again));
  return dex_future_new_true ();
}

/* A program of tests/container, and the port that it tells. */
static GSubprocess *
start_program (char **address)
{
  g_autofree char *program = g_build_filename (g_getenv ("TRESTLE_SOURCE"), "tests", "container",
                                               "program.py", NULL);
  g_autoptr (GError) error = NULL;
  GSubprocess *process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, "python3", "-B",
                                           program, NULL);
  g_autoptr (GDataInputStream) lines = NULL;
  g_autofree char *port = NULL;

  g_assert_no_error (error);
  lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (process));
  port = g_data_input_stream_read_line (lines, NULL, NULL, &error);
  g_assert_no_error (error);
  *address = g_strconcat ("http://127.0.0.1:", port, NULL);
  return process;
}

/* Samples are sent to a model on this computer, and what it answers is held against what is promised. */
static DexFuture *
test_samples_fiber (gpointer data)
{
  g_autoptr (TrestleOpenDraft) open = open_example ();
  TrestleDraft *draft = trestle_open_draft_get_draft (open);
  g_autoptr (GListModel) findings = await_object (trestle_open_draft_check (open));
  g_autofree char *address = NULL;
  g_autoptr (GSubprocess) process = start_program (&address);
  g_autoptr (GListModel) trials = NULL;
  g_autoptr (GListModel) later = NULL;
  g_autoptr (GListModel) none = NULL;
  g_autoptr (TrestleSampleTrial) realtime = NULL;
  g_autoptr (TrestleSampleTrial) batch = NULL;
  g_autoptr (TrestleSampleTrial) dead = NULL;
  g_autoptr (GError) foreign = NULL;
  g_autoptr (GError) empty = NULL;

#define INPUT "Versions[0].InputProperties.SampleInput"
#define OUTPUT "Versions[0].OutputProperties.SampleOutput"
  trestle_draft_set_text (draft, INPUT ".RealtimeInferenceText", "1,2\n3,4\n");
  trestle_draft_set_text (draft, OUTPUT ".RealtimeInferenceText", "{\"sums\": [3.0, 7.0]}  \r\n");
  trestle_draft_set_text (draft, INPUT ".BatchTransformText", "1,2\n");
  trestle_draft_set_text (draft, OUTPUT ".BatchTransformText", "4");
  trials = await_object (trestle_sample_trials_run (session, open, 0, address));
  g_assert_cmpuint (count (trials), ==, 2);
  realtime = g_list_model_get_item (trials, 0);
  g_assert_cmpstr (trestle_sample_trial_get_part (realtime), ==, "RealtimeInference");
  g_assert_cmpstr (trestle_sample_trial_get_content_type (realtime), ==, "text/csv");
  g_assert_cmpint (trestle_sample_trial_get_status (realtime), ==, 200);
  g_assert_cmpint (trestle_sample_trial_get_latency (realtime), >, 0);
  g_assert_null (trestle_sample_trial_get_problem (realtime));
  g_assert_true (trestle_sample_trial_get_matches (realtime));
  batch = g_list_model_get_item (trials, 1);
  g_assert_false (trestle_sample_trial_get_matches (batch));
  g_assert_true (trestle_sample_trial_get_promised (batch));
  g_assert_cmpstr (trestle_sample_trial_get_answer (batch), ==, "{\"sums\": [3.0]}");

  g_subprocess_force_exit (process);
  g_subprocess_wait (process, NULL, NULL);
  later = await_object (trestle_sample_trials_run (session, open, 0, address));
  dead = g_list_model_get_item (later, 0);
  g_assert_cmpint (trestle_sample_trial_get_status (dead), ==, 0);
  g_assert_nonnull (trestle_sample_trial_get_problem (dead));
  g_assert_false (trestle_sample_trial_get_matches (dead));

  /* nobody else's computer is asked, and nothing where there is no sample */
  none = dex_await_object (
      trestle_sample_trials_run (session, open, 0, "http://models.example:8080"), &foreign);
  g_assert_error (foreign, TRESTLE_WORKBENCH_ERROR, TRESTLE_WORKBENCH_ERROR_INPUT);
  g_assert_null (none);
  trestle_draft_set (draft, INPUT, NULL);
  none = dex_await_object (trestle_sample_trials_run (session, open, 0, address), &empty);
  g_assert_error (empty, TRESTLE_WORKBENCH_ERROR, TRESTLE_WORKBENCH_ERROR_INPUT);
  g_assert_null (none);
  return dex_future_new_true ();
}

/* The same on an endpoint with the seller's own package, which needs no subscription. */
static DexFuture *
test_endpoint_samples_fiber (gpointer data)
{
  TrestleEndpoints *endpoints = trestle_session_get_endpoints (session);
  g_autoptr (TrestleOpenDraft) open = open_example ();
  TrestleDraft *draft = trestle_open_draft_get_draft (open);
  g_autoptr (TrestlePackage) package = await_object (trestle_packages_describe (
      trestle_session_get_packages (session), trestle_draft_get_version_arn (draft, 0)));
  g_autoptr (TrestleDeployPlan)
      plan = g_object_new (TRESTLE_TYPE_DEPLOY_PLAN, "name", "meadow", "package", package,
                           "instance-type", "ml.m5.large", "delete-after", TRESTLE_HOUR, NULL);
  g_autoptr (TrestleTask) task = trestle_endpoints_deploy (endpoints, plan);
  g_autoptr (TrestleEndpoint) endpoint = await_object (trestle_task_wait (task));
  g_autoptr (GListModel) trials = NULL;
  g_autoptr (GListModel) refused = NULL;
  g_autoptr (GListModel) calls = NULL;
  g_autoptr (GListModel) nowhere = NULL;
  g_autoptr (TrestleSampleTrial) realtime = NULL;
  g_autoptr (TrestleSampleTrial) batch = NULL;
  g_autoptr (TrestleSampleTrial) bad = NULL;
  g_autoptr (TrestleSampleTrial) none = NULL;
  g_autoptr (TrestleEndpoint) bought = g_object_new (
      TRESTLE_TYPE_ENDPOINT, "name", "bought", "state", TRESTLE_ENDPOINT_STATE_IN_SERVICE,
      "package-arn", "arn:aws:sagemaker:us-east-1:865070037744:model-package/other", NULL);
  g_autoptr (TrestleEndpoint) starting = g_object_new (
      TRESTLE_TYPE_ENDPOINT, "name", "starting", "state", TRESTLE_ENDPOINT_STATE_CREATING, NULL);

  g_assert_true (trestle_sample_trials_may_ask (endpoint, "444455556666"));
  g_assert_false (trestle_sample_trials_may_ask (endpoint, NULL));
  g_assert_false (trestle_sample_trials_may_ask (bought, "444455556666"));
  g_assert_false (trestle_sample_trials_may_ask (starting, "444455556666"));

  trestle_draft_set_text (draft, INPUT ".BatchTransformText", "5.1,3.5,1.4,0.2\n");
  trestle_draft_set_text (draft, OUTPUT ".BatchTransformText", "virginica,1.0000");
  trials = await_object (trestle_sample_trials_run_endpoint (session, open, 0, "meadow"));
  g_assert_cmpuint (count (trials), ==, 2);
  realtime = g_list_model_get_item (trials, 0);
  g_assert_null (trestle_sample_trial_get_problem (realtime));
  g_assert_cmpint (trestle_sample_trial_get_status (realtime), ==, 200);
  g_assert_cmpint (trestle_sample_trial_get_latency (realtime), >, 0);
  g_assert_true (g_str_has_prefix (trestle_sample_trial_get_answer_type (realtime), "text/csv"));
  g_assert_true (trestle_sample_trial_get_matches (realtime));
  batch = g_list_model_get_item (trials, 1);
  g_assert_false (trestle_sample_trial_get_matches (batch));
  g_assert_cmpstr (trestle_sample_trial_get_answer (batch), ==, "setosa,1.0000");

  /* what the model says to a sample that is none is told, and is no answer to keep */
  trestle_draft_set_text (draft, INPUT ".RealtimeInferenceText", "not,a,flower");
  refused = await_object (trestle_sample_trials_run_endpoint (session, open, 0, "meadow"));
  bad = g_list_model_get_item (refused, 0);
  g_assert_nonnull (trestle_sample_trial_get_problem (bad));
  g_assert_null (trestle_sample_trial_get_answer (bad));
  g_assert_false (trestle_sample_trial_get_matches (bad));

  /* the calls are the endpoint's as any other */
  calls = await_object (trestle_invoke_history (session, "meadow", 10));
  g_assert_cmpuint (count (calls), ==, 4);

  nowhere = await_object (trestle_sample_trials_run_endpoint (session, open, 0, "no-such-one"));
  none = g_list_model_get_item (nowhere, 0);
  g_assert_nonnull (trestle_sample_trial_get_problem (none));
  clean_up (session);
  return dex_future_new_true ();
}

/* What can be told of a sample's names: of the one that is there, wherever it is. */
static DexFuture *
test_sample_keys_fiber (gpointer data)
{
  g_autoptr (TrestleOpenDraft) open = open_example ();
  TrestleDraft *draft = trestle_open_draft_get_draft (open);
  g_autofree char *url = g_strconcat (practice.endpoint, "/samples/vehicles-truth.json", NULL);
  g_autoptr (GListModel) keys = NULL;
  g_autoptr (GListModel) none = NULL;
  g_autoptr (TrestleSampleKey) key = NULL;
  g_autoptr (GError) unnamed = NULL;
  g_autoptr (GError) empty = NULL;
  g_autoptr (GError) away = NULL;

#define PARAMETERS "Versions[0].InputProperties.Parameters"
  g_assert_true (trestle_version_sample_is_told (PARAMETERS));
  g_assert_false (
      trestle_version_sample_is_told ("Versions[0].InputProperties.SageMakerCustomAttributes"));
  g_assert_true (trestle_version_sample_exists (draft, PARAMETERS));
  none = dex_await_object (trestle_version_sample_keys (session, draft, PARAMETERS), &unnamed);
  g_assert_error (unnamed, TRESTLE_WORKBENCH_ERROR, TRESTLE_WORKBENCH_ERROR_INPUT);
  g_assert_null (none);

  trestle_draft_set_text (draft, INPUT ".RealtimeInferenceText", NULL);
  trestle_draft_set_text (draft, INPUT ".BatchTransformText", "{\"depth\": 4}\n{\"depth\": 9}\n");
  keys = await_object (trestle_version_sample_keys (session, draft, PARAMETERS));
  g_assert_cmpuint (count (keys), ==, 1);
  key = g_list_model_get_item (keys, 0);
  g_assert_cmpstr (trestle_sample_key_get_name (key), ==, "depth");
  g_assert_cmpstr (trestle_sample_key_get_constraints (key), ==, "Whole number, 4 to 9");

  trestle_draft_set_text (draft, INPUT ".RealtimeInferenceUrl", url);
  none = dex_await_object (trestle_version_sample_keys (session, draft, PARAMETERS), &away);
  g_assert_nonnull (away);
  g_assert_null (none);
  trestle_draft_set (draft, INPUT, NULL);
  g_assert_false (trestle_version_sample_exists (draft, PARAMETERS));
  none = dex_await_object (trestle_version_sample_keys (session, draft, PARAMETERS), &empty);
  g_assert_error (empty, TRESTLE_WORKBENCH_ERROR, TRESTLE_WORKBENCH_ERROR_INPUT);
  g_assert_null (none);
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
  trestle_test_fiber ("/workbench/drafts/open", open_fiber);
  trestle_test_fiber ("/workbench/drafts/history", test_history_fiber);
  trestle_test_fiber ("/workbench/drafts/broken-history", test_broken_history_fiber);
  trestle_test_fiber ("/workbench/drafts/validate-new", test_validate_new_fiber);
  trestle_test_fiber ("/workbench/drafts/validate-version", test_validate_version_fiber);
  trestle_test_fiber ("/workbench/drafts/refusal", test_refusal_fiber);
  trestle_test_fiber ("/workbench/drafts/similar", test_similar_fiber);
  trestle_test_fiber ("/workbench/drafts/machines", test_machines_fiber);
  trestle_test_fiber ("/workbench/drafts/samples", test_samples_fiber);
  trestle_test_fiber ("/workbench/drafts/endpoint-samples", test_endpoint_samples_fiber);
  trestle_test_fiber ("/workbench/drafts/sample-keys", test_sample_keys_fiber);
  trestle_test_fiber ("/workbench/drafts/two-versions", test_two_versions_fiber);
  g_test_add_func ("/workbench/drafts/close", test_close);
  status = g_test_run ();
  practice_fixture_end ();
  return status;
}
