/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-aws"

#include "aws/trestle-aws-reply-private.h"

struct _TrestleAwsReply
{
  GObject parent_instance;

  TrestleAwsExchange *exchange;
  char *request_id;
};

G_DEFINE_FINAL_TYPE (TrestleAwsReply, trestle_aws_reply, G_TYPE_OBJECT)

static void
trestle_aws_reply_finalize (GObject *object)
{
  TrestleAwsReply *self = TRESTLE_AWS_REPLY (object);

  trestle_aws_exchange_unref (self->exchange);
  g_free (self->request_id);
  G_OBJECT_CLASS (trestle_aws_reply_parent_class)->finalize (object);
}

static void
trestle_aws_reply_class_init (TrestleAwsReplyClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = trestle_aws_reply_finalize;
}

static void
trestle_aws_reply_init (TrestleAwsReply *self)
{
  /* the exchange comes with trestle_aws_reply_new() */
}

TrestleAwsReply *
trestle_aws_reply_new (TrestleAwsExchange *exchange)
{
  TrestleAwsReply *self = g_object_new (TRESTLE_TYPE_AWS_REPLY, NULL);

  self->exchange = trestle_aws_exchange_ref (exchange);
  self->request_id = trestle_aws_protocol_request_id (exchange->answer);
  return self;
}

JsonNode *
trestle_aws_reply_get_output (TrestleAwsReply *self)
{
  return self->exchange->output;
}

/* Whether the operation's body is a blob of its own. */
static gboolean
has_payload (const TrestleAwsOperation *operation)
{
  const TrestleAwsShape *output = operation->output;

  for (guint i = 0; output != NULL && i < output->n_members; i++)
    if (output->members[i].payload && output->members[i].shape->kind == TRESTLE_AWS_SHAPE_BLOB)
      return TRUE;
  return FALSE;
}

GBytes *
trestle_aws_reply_get_payload (TrestleAwsReply *self)
{
  return has_payload (self->exchange->operation) ? self->exchange->answer->body : NULL;
}

GInputStream *
trestle_aws_reply_get_stream (TrestleAwsReply *self)
{
  return self->exchange->body;
}

const char *
trestle_aws_reply_get_header (TrestleAwsReply *self, const char *name)
{
  return trestle_aws_headers_get (self->exchange->answer->headers, name);
}

const char *
trestle_aws_reply_get_request_id (TrestleAwsReply *self)
{
  return self->request_id;
}

guint
trestle_aws_reply_get_attempts (TrestleAwsReply *self)
{
  return self->exchange->attempts;
}

gint64
trestle_aws_reply_get_latency (TrestleAwsReply *self)
{
  return self->exchange->latency;
}
