/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "aws/trestle-aws-model.h"

G_BEGIN_DECLS

/*
 * What the parser fills and trestle-aws-model.c answers from. All texts lie in @text, which the
 * parser cuts up in place; all arrays lie in @blocks. So a table is freed in a few calls, and
 * loading one makes few allocations.
 */
struct _TrestleAwsModel
{
  char *text;
  GPtrArray *blocks;
  char *block_at;
  gsize block_left;

  const char *service;
  const char *service_id;
  const char *signing_name;
  const char *target_prefix;
  const char *json_version;
  const char *api_version;
  const char *xml_namespace;
  TrestleAwsProtocol protocol;
  gboolean query_compatible;

  GHashTable *shapes;             /* name → TrestleAwsShape */
  GHashTable *operations_by_name; /* name → TrestleAwsOperation */
  GHashTable *exceptions;         /* shape and code → TrestleAwsException */

  TrestleAwsOperation *operations;
  guint n_operations;
};

/** trestle_aws_model_alloc: Returns: zeroed memory that lives as long as @self */
gpointer trestle_aws_model_alloc (TrestleAwsModel *self, gsize size);

/** trestle_aws_model_read: fills the empty @self from its text of @length bytes */
gboolean trestle_aws_model_read (TrestleAwsModel *self, gsize length, GError **error);

G_END_DECLS
