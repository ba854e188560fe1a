/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "aws/trestle-aws-client.h"
#include "aws/trestle-aws-error.h"
#include "practice-fixture.h"

/* A client of the practice account's buyer. */
static TrestleAwsClient *client;

static inline void
services_fixture_start (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TrestleAwsTransport) transport = NULL;
  g_autoptr (TrestleAwsConfig) config = NULL;
  g_autoptr (TrestleAwsCredentials) credentials = NULL;
  g_autoptr (TrestleAwsCredentialsProvider) provider = NULL;

  practice_fixture_home ();
  practice_fixture_start ("9000");
  transport = trestle_aws_transport_new (NULL, &error);
  g_assert_no_error (error);
  config = trestle_aws_config_new_fixed (practice.endpoint, "us-east-1");
  credentials = trestle_aws_credentials_new (practice.access_key_id, practice.secret_access_key,
                                             NULL, 0, "test");
  provider = trestle_aws_static_provider_new (credentials);
  client = trestle_aws_client_new (transport, config, provider, "us-east-1");
}

static inline void
services_fixture_end (void)
{
  g_clear_object (&client);
  practice_fixture_end ();
}

/* The object that @future resolves to; the test fails where it does not. */
static inline gpointer
await_object (DexFuture *future)
{
  g_autoptr (GError) error = NULL;
  gpointer object = dex_await_object (future, &error);

  g_assert_no_error (error);
  g_assert_nonnull (object);
  return object;
}

static inline char *
await_string (DexFuture *future)
{
  g_autoptr (GError) error = NULL;
  char *text = dex_await_string (future, &error);

  g_assert_no_error (error);
  return text;
}

static inline guint
count (GListModel *list)
{
  return g_list_model_get_n_items (list);
}
